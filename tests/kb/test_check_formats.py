"""What holds of every format: the same run gives the same bytes, and printing loads little."""

from __future__ import annotations

import hashlib
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from kb.report.check import FORMATS, writer
from tests.linted import hostile, sample

PROJECT = Path(__file__).resolve().parents[2]
HEAVY = "kb.rules kb.language.sentences kb.graph kb.strength kb.store lxml rich click networkx pandas requests".split()


def _elsewhere(code: str, seed: str = "0") -> str:
    """What a fresh interpreter prints."""
    environment = os.environ | {"PYTHONHASHSEED": seed, "PYTHONPATH": str(PROJECT), "PYTHONIOENCODING": "utf-8"}
    done = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, check=True, cwd=PROJECT)
    return done.stdout.decode().strip()


def _digests() -> dict[str, str]:
    runs = (sample(), hostile("a | b\n::error::c {0} [d](1)"))
    return {form: hashlib.sha256("".join(writer(form)(run) for run in runs).encode()).hexdigest() for form in FORMATS}


@pytest.mark.parametrize("seed", ["1", "2"])
def test_the_same_run_gives_the_same_bytes_in_every_process(seed: str) -> None:
    code = "import json; from tests.kb.test_check_formats import _digests; print(json.dumps(_digests()))"
    assert json.loads(_elsewhere(code, seed)) == _digests()


@pytest.mark.parametrize("form", sorted(FORMATS.keys() - {"sarif"}))
def test_printing_a_run_loads_little(form: str) -> None:
    code = (
        "import sys; from tests.linted import sample; from kb.report.check import writer; "
        f"writer({form!r})(sample()); print(*[name for name in {HEAVY!r} if name in sys.modules])"
    )
    assert _elsewhere(code) == ""


@pytest.mark.parametrize("form", FORMATS)
def test_a_format_ends_with_one_line_break(form: str) -> None:
    out = writer(form)(sample())
    assert out.endswith("\n")
    assert not out.endswith("\n\n")


def test_the_documentation_knows_every_format_and_no_other() -> None:
    page = (PROJECT / "docs" / "linter.md").read_text("utf-8")
    section = page[page.index("## Formats") :].partition("\n## ")[0]
    assert re.findall(r"^\| `(\w+)` \|", section, re.MULTILINE) == list(FORMATS)
