"""The findings as the summary of a pull request, in GitHub's Markdown.

Every line begins with words of this program, so that nothing from outside can begin a heading, a list or a command;
within the line its signs are escaped. An entity of no width after ``@``, ``#`` and the like keeps services from making
mentions, references and links of plain text, for which they do not heed escapes.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

from kb.linting.outcome import Checked, Moved, Outcome, Run
from kb.report.check.wording import (
    SEVERITIES,
    advice,
    changes,
    counted,
    harmless,
    headline,
    open_findings,
    path_of,
    spot,
    spot_of_change,
    tally,
)
from kb.view.wording import CAVEAT

T = TypeVar("T")

MOST = 50
"""Lines of one kind that are shown; more are counted."""
_BREAK = "&#8203;"
_ESCAPES = str.maketrans(
    {sign: f"\\{sign}" for sign in "*_[]~"}
    | {sign: f"&#{ord(sign)};" for sign in "\\`|<>&$"}
    | {sign: f"&#{ord(sign)};{_BREAK}" for sign in "@#!"}
)
_LINKS = re.compile(r"(?<=:)(?=//)|(?<=\bwww)(?=\.)|(?<=\bGH)(?=-)", re.IGNORECASE)
"""Where plain text becomes a link without any sign that could be escaped."""


def to_markdown(run: Run) -> str:
    """Write the headline, what the change did to the evidence, the articles with findings, and the findings."""
    parts = [
        [f"## kb check: {_plain(headline(run))}"],
        [". ".join(filter(None, (counted(run), f"As of {_plain(run.as_of)}"))) + "."],
        _changes(run) if run.since else [],
        _table(run),
        _section("Findings", sorted(open_findings(run), key=_severity), _finding),
        _section("Not checked", list(_not_checked(run)), lambda words: f"- Not checked: {_plain(words)}"),
        [f"*{CAVEAT}*"],
    ]
    return "\n\n".join("\n".join(part) for part in parts if part) + "\n"


def _plain(text: str) -> str:
    """Text from outside as words, whatever signs are in it."""
    apart = _LINKS.sub("\0", harmless(text))  # harmless text holds no zero byte of its own
    return apart.translate(_ESCAPES).replace("\0", _BREAK)


def _section(title: str, told: Sequence[T], line: Callable[[T], str]) -> list[str]:
    """A heading and a line for each of what is told, of which only the first are written; nothing for nothing."""
    if not told:
        return []
    more = [f"- … and {len(told) - MOST:,} more"] if len(told) > MOST else []
    return [f"### {title}", "", *map(line, told[:MOST]), *more]


def _changes(run: Run) -> list[str]:
    title = f"What the change did to the evidence since {_plain(run.since)}"
    told = [(name, one) for name, moved in changes(run) for one in moved]
    return _section(title, told, _change) or [f"### {title}", "", "- Nothing."]


def _change(told: tuple[str, Moved]) -> str:
    name, one = told
    return f"- **{name}:** " + ": ".join(filter(None, (_plain(spot_of_change(one)), _plain(one.words))))


def _table(run: Run) -> list[str]:
    flawed = [checked for checked in run.articles if tally(checked).open]
    if not flawed:
        return []
    head = [
        "| Article | Errors | Warnings | Infos | Statements that ask for a source | … without support |",
        "| :--- | ---: | ---: | ---: | ---: | ---: |",
    ]
    more = [f"| … and {len(flawed) - MOST:,} more | | | | | |"] if len(flawed) > MOST else []
    return [*head, *map(_row, flawed[:MOST]), *more]


def _row(checked: Checked) -> str:
    found = tally(checked)
    numbers = (found.error, found.warning, found.info, checked.asking, checked.unsupported)
    return f"| {_plain(path_of(checked.article))} | {' | '.join(f'{number:,}' for number in numbers)} |"


def _severity(told: tuple[Checked, Outcome]) -> int:
    """Errors come first, so that none of them is cut off; those of one severity stay in the order of the articles."""
    return SEVERITIES.index(told[1].finding.severity)


def _finding(told: tuple[Checked, Outcome]) -> str:
    checked, outcome = told
    finding = outcome.finding
    rule = f"**{finding.severity}** {finding.rule} {outcome.name}"
    return f"- {rule}, {_plain(spot(checked.article, finding))}: {_plain(advice(finding))}"


def _not_checked(run: Run) -> Iterator[str]:
    yield from run.failed
    for checked in run.articles:
        yield from (f"{path_of(checked.article)}: {note}" for note in checked.notes)
