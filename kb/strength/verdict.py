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

from collections.abc import Callable, Mapping, Sequence

from kb.model import Assessment, Citation, EvidenceLine, Resolution, Source, Statement, Verdict
from kb.strength.certainty import SCALE, certainty_of
from kb.strength.cited import Cited, cited_by
from kb.strength.independence import lines_of
from kb.strength.reasons import of_body, of_faults
from kb.strength.wording import shortened


def assess(
    statements: Sequence[Statement],
    lines: Sequence[EvidenceLine],
    citations: Sequence[Citation],
    resolutions: Sequence[Resolution],
    sources: Sequence[Source],
    written: str | None = None,
    reviewed: Callable[[Assessment], Assessment] | None = None,
) -> tuple[Assessment, ...]:
    """The assessment of every statement, in the order of the statements.

    Parameters
    ----------
    lines
        As ``kb.strength.weighing.weigh`` gives them, of all statements.
    written
        The article's date as its author gives it.
    reviewed
        Gives an assessment with people's word on it; a statement that leans on another then takes that one's verdict
        as people see it.
    """
    cited = cited_by(statements, lines, citations, resolutions, sources, written)
    by_id = {statement.id: statement for statement in statements}
    done: dict[str, Assessment] = {}
    for statement in statements:
        _follow(statement, by_id, cited, done, reviewed or _as_it_is)
    return tuple(done[statement.id] for statement in statements)


def _as_it_is(assessment: Assessment) -> Assessment:
    return assessment


def _follow(
    statement: Statement,
    by_id: Mapping[str, Statement],
    cited: Mapping[str, Cited],
    done: dict[str, Assessment],
    reviewed: Callable[[Assessment], Assessment],
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
            done[statement.id] = reviewed(own or _without(statement))
    for leaning in reversed(chain.values()):
        if leaning.id not in done and leaning.leans_on:
            its = _leaning(leaning, by_id[leaning.leans_on], done[leaning.leans_on])
            done[leaning.id] = reviewed(its)


def _own(statement: Statement, base: Statement | None, cited: Cited) -> Assessment | None:
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
    no_more = "not higher: it can be no more certain than the statement that it leans on"
    return Assessment(
        statement=statement.id,
        verdict=its.verdict,
        level=its.level if statement.question == base.question else None,
        certainty=its.certainty,
        lines=its.lines,
        reasons=(f"leans on {_told(base)} and goes no further, so it takes its verdict",),
        not_higher=(no_more,) if its.certainty and its.certainty != SCALE[-1] else (),
    )


def _told(statement: Statement) -> str:
    return f"the statement in line {statement.line} (“{shortened(statement.text)}”)"


def _judged(statement: Statement, cited: Cited) -> Assessment:
    if not cited.body and (cited.faults or cited.missing):
        return Assessment(statement=statement.id, verdict="unsupported", reasons=tuple(of_faults(cited)))
    verdict = verdict_of([line for line, _ in cited.body])
    support = [(line, source) for line, source in cited.body if line.direction == "supports"]
    levels = [line.level for line, _ in (cited.body if verdict == "not checked" else support) if line.level]
    independent = lines_of([source for _, source in cited.counting])
    rating = certainty_of(statement, cited.body)
    return Assessment(
        statement=statement.id,
        verdict=verdict,
        level=min(levels, default=None),
        certainty=rating.certainty,
        lines=len(independent),
        reasons=(
            *of_body(statement.question, cited, independent),
            *rating.reasons,
            *of_faults(cited),
        ),
        not_higher=rating.not_higher,
        not_lower=rating.not_lower,
    )


def verdict_of(lines: Sequence[EvidenceLine]) -> Verdict:
    """The verdict on a statement by its lines that can stand as evidence, of which there is at least one."""
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
