"""The findings on a terminal: what is wrong and what to do, then the author's line with a caret under the passage.

The beginning of a finding, ``path:line:column: ``, is for programs: editors and problem matchers look for it.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence

from kb.linting.outcome import Brief, Checked, Moved, Outcome, Run
from kb.model import Severity
from kb.report.check.wording import (
    advice,
    changes,
    familiar,
    harmless,
    inert,
    seen,
    spot,
    spot_of_change,
    summary,
    summary_of,
    tally,
)

_COLOURS: dict[Severity, str] = {"error": "31", "warning": "33", "info": "36"}
_BOLD, _DIM, _GREEN = "1", "2", "32"
_GUTTER = 6
"""Columns for the number of a line: more lines than 999,999 no article has."""


def to_text(run: Run, *, colour: bool = False) -> str:
    """Write the open findings, what the change did to the evidence, and the counts.

    Parameters
    ----------
    run
        The run; what it could not check is counted here and told by the command on stderr, so where it could check
        nothing there is nothing to write.
    colour
        Whether to write ANSI colours; off where the output is no terminal.
    """
    if run.failed and not run.articles:
        return ""
    articles = "".join(_article(checked, colour) for checked in run.articles)
    changes = "".join(f"{line}\n" for line in _changes(run, colour)) if run.since else ""
    return f"{articles}{changes}{_painted(summary(run), _BOLD, colour)}\n"


def brief(checked: Checked) -> Brief:
    """An article as it stands in ``to_text`` without colours, and what it comes to."""
    return Brief(
        article=checked.article, tally=tally(checked), text=_article(checked, colour=False), notes=checked.notes
    )


def of_briefs(briefs: Sequence[Brief]) -> str:
    """What ``to_text`` writes of a run, out of what was written of its articles before."""
    checked = [one for one in briefs if not one.failed]
    if briefs and not checked:
        return ""
    last = summary_of([one.tally for one in checked], len(briefs) - len(checked))
    return f"{''.join(one.text for one in checked)}{last}\n"


def _article(checked: Checked, colour: bool) -> str:
    lines: list[str] = []
    for outcome in checked.outcomes:
        if outcome.state == "open":
            lines += _finding(checked.article, outcome, colour)
    return "".join(f"{line}\n" for line in lines)


def _painted(text: str, code: str, colour: bool) -> str:
    return f"\x1b[{code}m{text}\x1b[0m" if colour else text


def _finding(article: str, outcome: Outcome, colour: bool) -> Iterator[str]:
    finding = outcome.finding
    rule = _painted(finding.rule, f"{_BOLD};{_COLOURS[finding.severity]}", colour)
    kind = _painted(f"[{finding.severity}: {outcome.name}]", _DIM, colour)
    yield f"{_painted(spot(article, finding), _BOLD, colour)}: {rule} {advice(finding)} {kind}"
    if outcome.shown:
        yield from _passage(outcome, colour)
    yield ""


def _passage(outcome: Outcome, colour: bool) -> Iterator[str]:
    """The author's line and the caret: cut where the passage begins and ends before anything is dropped from it."""
    end = outcome.caret + outcome.width
    parts = outcome.shown[: outcome.caret], outcome.shown[outcome.caret : end], outcome.shown[end:]
    before, passage, after = map(_blanked, parts)
    number = _painted(f"{outcome.finding.line:>{_GUTTER}} |", _DIM, colour)
    below = _painted(f"{'':>{_GUTTER}} |", _DIM, colour)
    mark = "^".ljust(max(1, _columns(passage)), "~")
    yield f"{number} {inert(before + passage + after)}".rstrip()
    yield f"{below} {' ' * _columns(before)}{_painted(mark, _COLOURS[outcome.finding.severity], colour)}"


def _blanked(part: str) -> str:
    """A part of a line in which every blank is one space and stays, because columns count here."""
    return seen(part).replace("\t", " ").replace("\n", " ")


def _columns(text: str) -> int:
    """How many columns a terminal takes for a text.

    Wide and full-width characters take two (Unicode Standard Annex 11), marks on a letter none.
    """
    if familiar(text):
        return len(text)
    wide = sum(unicodedata.east_asian_width(character) in "WF" for character in text)
    return len(text) + wide - sum(unicodedata.category(character) in ("Mn", "Me") for character in text)


def _changes(run: Run, colour: bool) -> Iterator[str]:
    yield _painted(f"What the change did to the evidence since {harmless(run.since)}", _BOLD, colour)
    if not run.changes:
        yield "  nothing"
    for name, moved in changes(run):
        yield f"  {_painted(name, _painted_way(name), colour)} ({len(moved)})"
        yield from (f"    - {_change(one)}" for one in moved)
    yield ""


def _painted_way(name: str) -> str:
    return {"Worse": _COLOURS["error"], "Better": _GREEN}.get(name, _BOLD)


def _change(one: Moved) -> str:
    return ": ".join(filter(None, (spot_of_change(one), harmless(one.words))))
