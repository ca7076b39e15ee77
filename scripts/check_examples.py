"""Lints the project's own examples and compares what is found with examples/findings.expected.

    python scripts/check_examples.py            exit code 1 where a finding appeared or went missing
    python scripts/check_examples.py --write    take what is found now as expected; read the difference

The examples are full of faults on purpose, so a clean run would be a wrong one. The real command runs, as users run it:
the tour's articles out of the tour's own lock, the clinic's out of nothing but the article and its bibliography.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
EXPECTED = ROOT / "examples" / "findings.expected"
AS_OF = "2026-11-22"
RUNS = (("examples/tour", ()), ("", ("examples/sciatica-and-knee-pain.md",)))
"""Each project by its folder, and the articles that are named there; without any, all of its folder."""
FINDINGS = (0, 1)
"""Exit codes of a run that could check."""


class FailedError(Exception):
    """The linter could not check; in one line."""


def found(folder: str, articles: Sequence[str]) -> list[str]:
    """What the linter finds in the articles of a project: ``path:line RULE name``, in the order of the report.

    Raises
    ------
    FailedError
        It could not check.
    """
    kb = Path(sys.executable).with_name("kb")
    command = [str(kb), "check", "--no-cache", "--as-of", AS_OF, "--format", "json", *articles]
    run = subprocess.run(command, cwd=ROOT / folder, capture_output=True, text=True, check=False)
    if run.returncode not in FINDINGS:
        raise FailedError(run.stderr.strip() or f"kb check ended with {run.returncode} and said nothing")
    return [
        f"{Path(folder, article['path']).as_posix()}:{one['line']} {one['rule']} {one['name']}"
        for article in json.loads(run.stdout)["articles"]
        for one in article["findings"]
    ]


def differences(expected: Sequence[str], now: Sequence[str]) -> list[str]:
    """What went missing and what appeared, a sentence each; a finding counts as often as it is there."""
    missing, appeared = Counter(expected) - Counter(now), Counter(now) - Counter(expected)
    return [
        *(f"{one} is expected, and was not found" for one in missing.elements()),
        *(f"{one} was found, and is not expected" for one in appeared.elements()),
    ]


def main(arguments: Sequence[str]) -> int:
    """Compare, or write; the exit code."""
    try:
        now = [line for folder, articles in RUNS for line in found(folder, articles)]
    except FailedError as error:
        sys.stderr.write(f"The examples could not be checked: {error}\n")
        return 3
    if arguments == ["--write"]:
        EXPECTED.write_text("".join(f"{line}\n" for line in now), "utf-8")
        return 0
    wrong = differences(EXPECTED.read_text("utf-8").splitlines(), now)
    if wrong:
        remedy = "if that is meant: python scripts/check_examples.py --write, and read the difference"
        sys.stderr.write("".join(f"{line}\n" for line in (*wrong, remedy)))
        return 1
    print(f"The examples have their {len(now)} findings, no more and no fewer.")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
