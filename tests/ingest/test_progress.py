"""Progress: what counts becomes a bar on a terminal, and a line elsewhere."""

from __future__ import annotations

import io
import sys

import pytest

from ingest.commands.progress import shown, told


@pytest.mark.parametrize(
    ("step", "counted"),
    [
        ("Crossref: 120 of 1,000 DOIs", ("Crossref", 120, 1000, "DOIs")),
        ("Europe PMC: 1 of 2 works", ("Europe PMC", 1, 2, "works")),
        ("Asking Crossref about 3 DOIs", None),
        ("reading a.md: 1 of", None),
    ],
)
def test_steps_that_count(step: str, counted: tuple[str, int, int, str] | None) -> None:
    assert told(step) == counted


def test_elsewhere_each_step_is_a_line(capsys: pytest.CaptureFixture[str]) -> None:
    with shown() as tell:
        tell("reading \x1b[31mknees.md")
        tell("Crossref: 1 of 2 DOIs")
    assert capsys.readouterr().err == "kb: reading \ufffd[31mknees.md …\nkb: Crossref: 1 of 2 DOIs …\n"


def test_on_a_terminal_a_bar_says_what_is_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    terminal = Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("COLUMNS", "120")
    with shown() as tell:
        tell("Asking Crossref about 1,000 DOIs")
        tell("Crossref: 100 of 1,000 DOIs")
        tell("Crossref: 1,000 of 1,000 DOIs")
    assert "Crossref" in terminal.getvalue()
    assert "1,000 DOIs" in terminal.getvalue()
