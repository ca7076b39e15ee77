"""The report on a terminal: each statement with its verdict and reasons, then what to do, then the counts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from io import StringIO
from typing import TYPE_CHECKING

from kb.errors import printable
from kb.language.counting import count
from kb.language.naming import authors_and_year
from kb.language.places import where
from kb.model import Audit, Source, Statement
from kb.rules.rule import Case
from kb.strength.people import sentence_of
from kb.view.checked import remarks
from kb.view.colours import LOOKS
from kb.view.first import TITLE, check_first
from kb.view.study import study_in_words
from kb.view.summary import in_words, left_out, summarise
from kb.view.wording import CAVEAT, RESOLUTIONS, mark_of, marked, strength_in_words

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

_SEVERITY = {"error": "red", "warning": "yellow", "info": "cyan"}
_LONGEST = 1_200
"""Most characters of one passage: more than a sentence has; wrapping takes a hundred times its size in memory."""


def to_text(audits: Sequence[Audit], *, colour: bool, width: int) -> str:
    """Write the report.

    Parameters
    ----------
    audits
        The articles in order.
    colour
        Whether to write ANSI colours; off where the output is no terminal.
    width
        Columns, 40 or more.
    """
    from rich.console import Console

    out = StringIO()
    console = Console(
        file=out, width=max(40, width), force_terminal=colour, no_color=not colour, highlight=False, emoji=False
    )
    for audit in audits:
        _article(console, audit)
    console.print(_styled(CAVEAT, "dim"))
    return out.getvalue() if colour else "\n".join(line.rstrip() for line in out.getvalue().splitlines()) + "\n"


def _styled(text: str, style: str = "") -> Text:
    """Text from outside: never markup, never control characters, and no more of it than a reader could follow."""
    from rich.text import Text

    shown = printable(text)
    return Text(shown if len(shown) <= _LONGEST else f"{shown[:_LONGEST]} …", style=style)


def _article(console: Console, audit: Audit) -> None:
    from rich.rule import Rule

    console.print(Rule(_styled(audit.article.title, "bold"), align="left"))
    console.print(_styled(f"{audit.article.id} · as of {audit.as_of}", "dim"))
    case = Case(audit)
    section = ""
    for statement in audit.statements:
        if statement.section != section:
            section = statement.section
            console.print()
            console.print(_styled(section, "bold"))
        _statement(console, case, statement)
    _references(console, case)
    _first(console, case)
    if left_out(audit.article):
        console.print(_styled(left_out(audit.article), "dim"))
    for note in audit.notes:
        console.print(_styled(f"Not checked: {note}", "yellow"))
    console.print(_styled(in_words(summarise(audit)), "bold"))
    console.print(_styled(_findings_in_words(audit), "dim"))
    console.print()


def _statement(console: Console, case: Case, statement: Statement) -> None:
    from rich.padding import Padding

    assessment = case.assessments[statement.id]
    verdict = assessment.verdict
    look = LOOKS[verdict]
    text = " ".join(statement.text.split())
    place = f"{look.sign} {statement.line:>4}  "
    indented = (0, 0, 0, len(place))
    if verdict == "needs no source":
        console.print(_styled(place + text, "dim"), overflow="ellipsis", no_wrap=True)
        for reviewed in filter(None, (statement.reviewed, assessment.reviewed)):
            console.print(Padding(_styled(f"→ {sentence_of(reviewed)}", "dim"), indented))
        return
    head = _styled(place, look.terminal)
    head.append(verdict, style=f"bold {look.terminal}")
    head.append(f" ({mark_of(assessment.reviewed)})" if assessment.reviewed else "", style="bold")
    head.append(f" · {strength}" if (strength := strength_in_words(assessment)) else "", style="dim")
    console.print(head)
    console.print(Padding(_styled(text), indented))
    for line in _why(case, statement):
        console.print(Padding(_styled(f"→ {line}", "dim"), indented))


def _why(case: Case, statement: Statement) -> Iterator[str]:
    """What the statement rests on and why it has its verdict, a line each, nothing twice."""
    assessment = case.assessments[statement.id]
    for line in case.lines.get(statement.id, ()):
        source = case.sources[line.source]
        named = authors_and_year(source.authors, source.year)
        work = ": ".join(part for part in (named, source.title or source.url or source.id) if part)
        yield marked(f"rests on {work}", line.reviewed)
        if study := study_in_words(source):
            yield f"the study: {study}"
        if line.quote:
            yield f"there it says: “{line.quote}”"
    yield from assessment.reasons
    yield from (*assessment.not_higher, *assessment.not_lower) or _levels(case, statement)
    if assessment.verdict == "unsupported" and statement.needs_source:
        yield from statement.reasons
    elif statement.reviewed:
        yield sentence_of(statement.reviewed)
    for offer in case.offers.get(statement.id, ()):
        yield f"{offer.words}; there it says: “{offer.quote}”" if offer.quote else offer.words


def _levels(case: Case, statement: Statement) -> Iterator[str]:
    """Why no higher or lower level, of a statement whose evidence has no certainty to speak of; each once."""
    lines = case.lines.get(statement.id, ())
    yield from dict.fromkeys(why for line in lines for why in (*line.not_higher, *line.not_lower))


def _first(console: Console, case: Case) -> None:
    from rich.padding import Padding

    found = check_first(case)
    if found:
        console.print(_styled(TITLE, "bold underline"))
    for one in found:
        console.print(Padding(_styled(f"{where(one.line, one.place)}: {one.words}"), (0, 0, 0, 2)))


def _references(console: Console, case: Case) -> None:
    from rich.padding import Padding

    audit = case.audit
    console.print()
    if not audit.references:
        console.print(_styled("The article has no reference list.", "bold"))
        console.print()
        return
    console.print(_styled("References", "bold underline"))
    for reference in audit.references:
        resolution = case.resolutions[reference.id]
        used = "cited" if reference.id in case.cited else "cited by nothing"
        noted = resolution.note and resolution.status != "unreachable"  # that note stands below, once for all
        said = f"{RESOLUTIONS[resolution.status]}{f' ({resolution.note})' if noted else ''}"
        head = _styled(f"{reference.position:>6}  ", "")
        head.append(printable(used), style="" if reference.id in case.cited else "bold yellow")
        head.append(printable(f" · {said}"), style="dim")
        console.print(head)
        console.print(_styled(f"        {reference.title or reference.text}"), overflow="ellipsis", no_wrap=True)
        for remark in remarks(resolution, case.sources.get(resolution.source) or Source(id=resolution.source)):
            line = _styled(f"→ {remark.text}", "bold red" if remark.grave else "yellow")
            console.print(Padding(line, (0, 0, 0, 8)))
    console.print()


def _findings_in_words(audit: Audit) -> str:
    counts = {name: sum(finding.severity == name for finding in audit.findings) for name in _SEVERITY}
    said = ", ".join(count(number, name) for name, number in counts.items() if number)
    return f"Findings: {said or 'none'}."
