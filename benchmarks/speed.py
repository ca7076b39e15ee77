"""How fast is an article read, split into sentences and linked? Whole processes, side by side in one run.

``python -m benchmarks.speed [--data PATH] [--json] [--passes 3] [--no-peers]``. The articles are the parts of a
600-reference review with the keys that its back matter defines, and the same text over and over up to 10 MB. The peers
are proselint, which checks the wording of the review, and pandoc, which reads the long one; they live below
``.venv-peers``. A time is the least of the passes, and memory the most that was resident.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from benchmarks import _peers
from benchmarks._front import Figure, command, data_folder, show

LONG = 10_000_000
"""Characters of the long article."""
PROSELINT, PANDOC = "proselint==0.16.0", "pypandoc_binary==1.17"
_FIND_PANDOC = "import pypandoc; print(pypandoc.get_pandoc_path())"


class Run(NamedTuple):
    """What a process took: seconds of wall clock, and MB of memory at its highest."""

    seconds: float
    megabytes: float


def measured(arguments: Sequence[str | Path], passes: int) -> Run:
    """The best of some runs of a command, whose output is thrown away; it may complain of what it reads."""
    runs = []
    for _ in range(passes):
        begun = time.perf_counter()
        with subprocess.Popen(arguments, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
            _, status, used = os.wait4(process.pid, 0)
            process.returncode = os.waitstatus_to_exitcode(status)
        runs.append(Run(time.perf_counter() - begun, used.ru_maxrss / 1024))
    return Run(min(run.seconds for run in runs), max(run.megabytes for run in runs))


def ours(path: Path, passes: int) -> Run:
    """Our own reading, splitting and linking of an article."""
    return measured([sys.executable, "-m", "benchmarks._speed_ours", path], passes)


def review(folder: Path) -> str:
    """The text of the review: its parts joined, and what defines their keys."""
    parts = [*sorted(folder.glob("content/0*.md")), folder / "content" / "90.back-matter.md"]
    return "".join(part.read_text("utf-8") for part in parts)


def main(arguments: list[str] | None = None) -> None:
    """Print the figures beside those of the peers."""
    parser = command(__doc__)
    data_folder(parser, "data/manuscripts/deep-review")
    parser.add_argument("--passes", type=int, default=3, help="of how many runs the best counts")
    parser.add_argument("--no-peers", action="store_true", help="measure only our own")
    given = parser.parse_args(arguments)
    text = review(given.data)
    notes: list[str] = []
    with tempfile.TemporaryDirectory() as folder:
        files = {name: Path(folder) / f"{name}.md" for name in ("review", "long", "tenth")}
        long = (text * (LONG // len(text) + 1))[:LONG]
        for name, content in (("review", text), ("long", long), ("tenth", long[: LONG // 10])):
            files[name].write_text(content, "utf-8")
        short, big, tenth = (ours(files[name], given.passes) for name in ("review", "long", "tenth"))
        figures = [
            Figure(name="review: seconds", value=short.seconds),
            Figure(name="10 MB: seconds", value=big.seconds),
            Figure(name="10 MB: MB of memory", value=big.megabytes),
            Figure(name="10 MB over 1 MB, time", value=big.seconds / tenth.seconds, target="≤ 11"),
        ]
        if not given.no_peers:
            figures += _beside(short, big, files, given.passes, notes)
    show(figures, as_json=given.json, notes=notes)


def _beside(short: Run, big: Run, files: dict[str, Path], passes: int, notes: list[str]) -> list[Figure]:
    """The peers' figures, and ours as part of them."""
    figures: list[Figure] = []
    try:
        proselint = _peers.python("proselint", PROSELINT).with_name("proselint")
        said = measured([proselint, "check", files["review"]], passes)
        figures += [
            Figure(name="review: proselint's seconds", value=said.seconds),
            Figure(name="review: ours as part of it", value=short.seconds / said.seconds, target="≤ 0.5", peer="1"),
        ]
    except _peers.PeerError as error:
        notes.append(f"proselint is not there: {error}")
    try:
        interpreter = _peers.python("pandoc", PANDOC)
        pandoc = subprocess.run([interpreter, "-c", _FIND_PANDOC], capture_output=True, text=True, check=True).stdout
        said = measured([pandoc.strip(), "-t", "json", files["long"]], 1)
        figures += [
            Figure(name="10 MB: pandoc's seconds", value=said.seconds),
            Figure(name="10 MB: pandoc's MB of memory", value=said.megabytes),
            Figure(name="10 MB: ours as part, time", value=big.seconds / said.seconds, target="≤ 0.2", peer="1"),
            Figure(name="10 MB: ours as part, memory", value=big.megabytes / said.megabytes, target="≤ 0.25", peer="1"),
        ]
    except (_peers.PeerError, subprocess.CalledProcessError) as error:
        notes.append(f"pandoc is not there: {error}")
    return figures


if __name__ == "__main__":
    main()
