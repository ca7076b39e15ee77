"""What each source says of a statement, and how strong it is for the question asked: the evidence lines."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from kb.model import Citation, EvidenceLine, Reference, Resolution, Source, Statement
from kb.strength.grade import level_of
from kb.strength.standing import doubts, fault, notes, origin, unsure
from kb.strength.support import Claim, Judge, claim_of


def weigh(
    statement: Statement,
    references: Sequence[Reference],
    citations: Sequence[Citation],
    resolutions: Sequence[Resolution],
    sources: Mapping[str, Source],
    judge: Judge,
    written: str | None = None,
) -> tuple[EvidenceLine, ...]:
    """One evidence line for each source that a statement cites, in the order of its references.

    Parameters
    ----------
    references
        Those that the statement cites; several may lead to one source and then share a line.
    citations
        The markers that cover the statement.
    resolutions
        Of any references; those of other references are left aside.
    sources
        By id, with their design.
    written
        The article's date as its author gives it.

    Returns
    -------
    tuple
        Lines without certainty: GRADE rates a body of evidence, so that stands in the assessment.
    """
    cited: dict[str, list[str]] = {}
    for reference in references:
        cited.setdefault(reference.source, []).append(reference.id)
    return tuple(
        _line(
            statement,
            claim_of(statement, citations, frozenset(ids)),
            sources[source],
            tuple(dict.fromkeys(ids)),
            [resolution for resolution in resolutions if resolution.reference in ids],
            judge,
            written,
        )
        for source, ids in cited.items()
    )


def _line(
    statement: Statement,
    claim: Claim,
    source: Source,
    references: tuple[str, ...],
    resolutions: Sequence[Resolution],
    judge: Judge,
    written: str | None,
) -> EvidenceLine:
    against = fault(source, resolutions, written)
    if against:
        return EvidenceLine(
            statement=statement.id,
            source=source.id,
            references=references,
            direction="not checked",
            reasons=(f"gives no evidence: {against}",),
        )
    judgement = judge.judge(claim, source)
    grade = level_of(statement, source, judgement.concerns)
    return EvidenceLine(
        statement=statement.id,
        source=source.id,
        references=references,
        direction=judgement.direction,
        extent=judgement.extent,
        level=grade.level,
        quote=judgement.quote,
        numbers=judgement.numbers,
        read=judgement.read,
        concerns=judgement.concerns,
        missing=judgement.missing,
        doubt=judgement.doubt,
        reasons=(
            *unsure(resolutions),
            *doubts(source),
            *notes(source),
            *origin(source),
            *grade.reasons,
            *judgement.reasons,
        ),
        not_higher=grade.not_higher,
        not_lower=grade.not_lower,
        judge=judgement.judge,
    )
