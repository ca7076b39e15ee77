"""From evidence lines to a verdict: what is known of a statement as a whole.

The table, for a statement that
    asks for no source and cites none: ``needs no source``;
    asks for one and has none, or only ones that cannot stand as evidence: ``unsupported``;
    leans on another and goes no further: that one's verdict, at most its certainty;
    leans on another and goes beyond it: ``unsupported``;
    cites sources of which some support it: ``supported``, ``partly supported``, or with a dispute ``contested``;
    cites sources that were all checked, and none supports it: ``not substantiated``;
    cites sources, and whether they say so is not known: ``not checked``.
A statement that cites a source is judged by its own lines, whether or not it asks for one or leans on another.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from kb.language.naming import authors_and_year
from kb.model import Assessment, Citation, EvidenceLine, Question, Record, Resolution, Source, Statement, Verdict
from kb.strength.certainty import certainty_of
from kb.strength.level import TAKES
from kb.strength.standing import fault

_SHOWN = 60
"""Characters of a statement that a reason quotes."""


class _Cited(Record, frozen=True, kw_only=True):
    """What a statement cites: lines that can stand, what is wrong with the others, and markers that lead nowhere."""

    body: tuple[tuple[EvidenceLine, Source], ...]
    faults: tuple[str, ...]
    missing: tuple[str, ...]
    by_citation: bool

    @property
    def anything(self) -> bool:
        return bool(self.body or self.faults or self.missing or self.by_citation)


def assess(
    statements: Sequence[Statement],
    lines: Sequence[EvidenceLine],
    citations: Sequence[Citation],
    resolutions: Sequence[Resolution],
    sources: Sequence[Source],
    written: str | None = None,
) -> tuple[Assessment, ...]:
    """The assessment of every statement, in the order of the statements.

    Parameters
    ----------
    lines
        As ``kb.strength.weigh`` gives them, of all statements.
    written
        The article's date as its author gives it.
    """
    faults = _faults(lines, resolutions, sources, written)
    cited = _cited(statements, lines, citations, faults, {source.id: source for source in sources})
    by_id = {statement.id: statement for statement in statements}
    done: dict[str, Assessment] = {}
    for statement in statements:
        _follow(statement, by_id, cited, done)
    return tuple(done[statement.id] for statement in statements)


def _follow(
    statement: Statement, by_id: Mapping[str, Statement], cited: Mapping[str, _Cited], done: dict[str, Assessment]
) -> None:
    """Assess a statement and all that it leans on; a circle, which is no foundation, counts as none."""
    chain: dict[str, Statement] = {}
    while statement.id not in done:
        base = by_id.get(statement.leans_on or "")
        own = _own(statement, base, cited[statement.id])
        if own is None and base is not None and statement.id not in chain:
            chain[statement.id] = statement
            statement = base
        else:
            done[statement.id] = own or _without(statement)
    for leaning in reversed(chain.values()):
        if leaning.id not in done and leaning.leans_on:
            done[leaning.id] = _leaning(leaning, by_id[leaning.leans_on], done[leaning.leans_on])


def _own(statement: Statement, base: Statement | None, cited: _Cited) -> Assessment | None:
    """The assessment that a statement has of itself; None where it depends on what it leans on."""
    if cited.anything:
        return _judged(statement, cited)
    if not statement.needs_source:
        return Assessment(statement=statement.id, verdict="needs no source", reasons=("asks for no source",))
    if statement.goes_beyond:
        what = _told(base) if base else "what it rests on"
        reason = f"goes beyond {what}: {statement.goes_beyond}"
        return Assessment(statement=statement.id, verdict="unsupported", reasons=(reason,))
    return None if base else _without(statement)


def _without(statement: Statement) -> Assessment:
    return Assessment(statement=statement.id, verdict="unsupported", reasons=("asks for a source and shows none",))


def _leaning(statement: Statement, base: Statement, its: Assessment) -> Assessment:
    if its.verdict in {"unsupported", "needs no source"}:
        why = "is unsupported itself" if its.verdict == "unsupported" else "rests on no source either"
        reasons = ("asks for a source and shows none", f"leans on {_told(base)}, which {why}")
        return Assessment(statement=statement.id, verdict="unsupported", reasons=reasons)
    return Assessment(
        statement=statement.id,
        verdict=its.verdict,
        level=its.level if statement.question == base.question else None,
        certainty=its.certainty,
        lines=its.lines,
        reasons=(f"leans on {_told(base)} and goes no further, so it takes its verdict",),
    )


def _told(statement: Statement) -> str:
    text = " ".join(statement.text.split())
    shown = text if len(text) <= _SHOWN else text[:_SHOWN].rsplit(" ", 1)[0] + " …"
    return f"the statement in line {statement.line} (“{shown}”)"


def _judged(statement: Statement, cited: _Cited) -> Assessment:
    lost = tuple(f"cites {marker!r}, which the reference list does not hold" for marker in cited.missing)
    if not cited.body and (cited.faults or lost):
        return Assessment(statement=statement.id, verdict="unsupported", reasons=(*cited.faults, *lost))
    verdict = _verdict([line for line, _ in cited.body])
    weighing = [line for line, _ in cited.body if verdict == "not checked" or line.direction == "supports"]
    certainty, steps = certainty_of(statement, cited.body)
    count = len({source.id for _, source in cited.body})
    return Assessment(
        statement=statement.id,
        verdict=verdict,
        level=min((line.level for line in weighing if line.level), default=None),
        certainty=certainty,
        lines=count,
        reasons=(
            f"cites {count} source{'' if count == 1 else 's'}",
            *_of_lines(cited.body),
            *_single(statement.question, cited.body),
            *steps,
            *cited.faults,
            *lost,
        ),
    )


def _verdict(lines: Sequence[EvidenceLine]) -> Verdict:
    directions = {line.direction for line in lines}
    if "supports" in directions:
        if "disputes" in directions:
            return "contested"
        whole = any(line.direction == "supports" and line.extent != "part" for line in lines)
        return "supported" if whole else "partly supported"
    # A source that could not be read might support it; but one that was read and disputes it is a finding already.
    if "disputes" in directions or directions == {"neutral"}:
        return "not substantiated"
    return "not checked"


def _of_lines(body: Sequence[tuple[EvidenceLine, Source]]) -> list[str]:
    """The reasons of the lines, each told once, with the sources it is about where those are not all."""
    about: dict[str, list[str]] = defaultdict(list)
    for line, source in body:
        for reason in line.reasons:
            about[reason].append(_label(source))
    return [reason if len(who) == len(body) else f"{', '.join(who)}: {reason}" for reason, who in about.items()]


def _single(question: Question | None, body: Sequence[tuple[EvidenceLine, Source]]) -> list[str]:
    if len(body) != 1 or body[0][1].design != "unknown" or question is None or question == "prevalence":
        return []
    return [f"a single study would be weak for a question of {question}: level 1 takes {TAKES[question][0]}"]


def _cited(
    statements: Sequence[Statement],
    lines: Sequence[EvidenceLine],
    citations: Sequence[Citation],
    faults: Mapping[tuple[str, str], str | None],
    sources: Mapping[str, Source],
) -> dict[str, _Cited]:
    of_statement: dict[str, list[EvidenceLine]] = defaultdict(list)
    for line in lines:
        of_statement[line.statement].append(line)
    markers: dict[str, list[Citation]] = defaultdict(list)
    for citation in citations:
        for statement in citation.statements:
            markers[statement].append(citation)
    return {
        statement.id: _of_statement(of_statement[statement.id], markers[statement.id], faults, sources)
        for statement in statements
    }


def _faults(
    lines: Sequence[EvidenceLine],
    resolutions: Sequence[Resolution],
    sources: Sequence[Source],
    written: str | None,
) -> dict[tuple[str, str], str | None]:
    """Why the source of a line, by statement and source, cannot stand as evidence; None where it can."""
    by_id = {source.id: source for source in sources}
    of_reference: dict[str, list[Resolution]] = defaultdict(list)
    for resolution in resolutions:
        of_reference[resolution.reference].append(resolution)
    return {
        (line.statement, line.source): fault(
            by_id[line.source], [one for name in line.references for one in of_reference[name]], written
        )
        for line in lines
    }


def _of_statement(
    lines: Sequence[EvidenceLine],
    markers: Sequence[Citation],
    against: Mapping[tuple[str, str], str | None],
    sources: Mapping[str, Source],
) -> _Cited:
    body, faults = [], []
    for line in lines:
        source = sources[line.source]
        why = against[line.statement, line.source]
        if why:
            faults.append(f"cites {_label(source)}: {why}")
        else:
            body.append((line, source))
    return _Cited(
        body=tuple(body),
        faults=tuple(faults),
        missing=tuple(dict.fromkeys(lost for marker in markers for lost in marker.missing)),
        by_citation=bool(markers),
    )


def _label(source: Source) -> str:
    """A short name of a source: authors and year, else its title or identifier."""
    named = authors_and_year(source.authors, source.year) if source.authors else ""
    return named or source.title[:_SHOWN] or source.id
