"""People's words applied, at each step of an audit, beside the program's.

A review holds for what has its fingerprint, in whatever article and line that stands:

================ ============================= =====================================================================
subject          fingerprint                   and
================ ============================= =====================================================================
need of a source that of the statement
statement        that of the statement         it cites the same sources (``Review.cited``), none retracted since then
line             that of the statement         the source is the same, under whichever of its identifiers
design           the id of the source           (or ``Review.source`` is)
resolution       the digest of the reference's the reference still leads to the same source
                 words
================ ============================= =====================================================================

Designs and resolutions are overruled before the evidence is weighed and lines before it is assessed, so that level,
certainty and verdict follow from them; a verdict is overruled as it is reached, so that what leans on it follows.
A source that cannot stand as evidence, such as one that was retracted, does not rise by a word on its line.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import cast

import msgspec

from kb.graph import retraction
from kb.language.digests import as_written, digest_of_reference
from kb.model import (
    Assessment,
    Audit,
    Design,
    EvidenceLine,
    Reference,
    Resolution,
    ResolutionStatus,
    Review,
    Reviewed,
    ReviewState,
    Source,
    Statement,
    Subject,
)
from kb.strength.people import NEEDS, RATED, SAYS, VERDICTS, Said, sentence_of, told, with_certainty, word_on

_replace = msgspec.structs.replace


def needs(statements: Iterable[Statement], said: Said) -> tuple[Statement, ...]:
    """The statements, with people's word on whether each asks for a source."""
    if not said.reviews:
        return tuple(statements)
    return tuple(_need(statement, said) for statement in statements)


def _need(statement: Statement, said: Said) -> Statement:
    subject: Subject = "need of a source"
    holding, earlier = said.on(subject, statement.fingerprint), said.before(subject, statement.id)
    word = word_on(need_in_words(statement), holding, earlier)
    if word is None:
        return statement
    asks = statement.needs_source if word.value is None else NEEDS[word.value]
    reasons = told(statement.reasons, word.reviewed)
    return _replace(statement, needs_source=asks, reasons=reasons, reviewed=word.reviewed)


def need_in_words(statement: Statement) -> str:
    """Whether a statement asks for a source, as a review says it."""
    return next(words for words, asks in NEEDS.items() if asks == statement.needs_source)


def ids(references: Iterable[Reference], found: Iterable[Resolution], sources: Iterable[Source]) -> dict[str, str]:
    """From every id under which a source may have been spoken of to the one that it has now.

    Without a network a reference may lead to no more than its own words, or to a PMID whose DOI is not known.

    Parameters
    ----------
    references
        As they were read, or as they were found to lead to works.
    """
    led = {one.reference: one.source for one in found}
    known = {name: led.get(one.id, one.source) for one in references for name in (one.source, as_written(one))}
    return known | {name: source.id for source in sources for name in names(source)}


def names(source: Source) -> tuple[str, ...]:
    """The ids that the identifiers of a source give it."""
    known = (f"doi:{source.doi}" if source.doi else "", f"pmid:{source.pmid}" if source.pmid else "")
    return tuple(dict.fromkeys((source.id, *filter(None, known))))


def designs(sources: Iterable[Source], known: Mapping[str, str], said: Said) -> tuple[Source, ...]:
    """The sources, with people's word on their design; how it is known then names the person.

    Parameters
    ----------
    known
        As `ids` gives it.
    """
    if not said.reviews:
        return tuple(sources)
    given: dict[str, list[Review]] = defaultdict(list)
    for review in said.reviews:
        if review.subject == "design":
            for name in {known.get(review.fingerprint), known.get(review.source or "")} - {None}:
                given[str(name)].append(review)
    return tuple(_designed(source, given.get(source.id, [])) for source in sources)


def _designed(source: Source, given: Sequence[Review]) -> Source:
    word = word_on(source.design, given)
    if word is None:
        return source
    design = source.design if word.value is None else cast(Design, word.value)
    basis = _noted(source.design_basis, word.reviewed)
    return _replace(source, design=design, design_basis=basis, design_reviewed=word.reviewed)


def _noted(note: str, reviewed: Reviewed) -> str:
    """A note with what people say, and in its place where they overrule it."""
    sentence = sentence_of(reviewed)
    return sentence if reviewed.state == "overruled" or not note else f"{note}; {sentence}"


def resolutions(
    found: Iterable[Resolution], references: Iterable[Reference], known: Mapping[str, str], said: Said
) -> tuple[Resolution, ...]:
    """The resolutions, with people's word on whether each reference leads to the work that is meant."""
    if not said.reviews:
        return tuple(found)
    digests = {reference.id: digest_of_reference(reference) for reference in references}
    here = set(digests.values())
    reworded = [
        one
        for one in said.reviews
        if one.subject == "resolution" and one.article == said.article and one.fingerprint not in here
    ]

    def reviewed(resolution: Resolution) -> Resolution:
        given = said.on("resolution", digests[resolution.reference])
        holding = [one for one in given if _same_source(one, resolution.source, known)]
        elsewhere = [one for one in given if one not in holding]
        earlier = [*elsewhere, *(one for one in reworded if _same_source(one, resolution.source, known))]
        return _resolved(resolution, holding, earlier)

    return tuple(map(reviewed, found))


def _resolved(resolution: Resolution, holding: Sequence[Review], earlier: Sequence[Review]) -> Resolution:
    word = word_on(resolution.status, holding, earlier)
    if word is None:
        return resolution
    note = _noted(resolution.note, word.reviewed)
    if word.value is None:
        return _replace(resolution, note=note, reviewed=word.reviewed)
    # Which registry said so and when was told of the other answer.
    status = cast(ResolutionStatus, word.value)
    return _replace(resolution, status=status, said_by="", asked=None, note=note, reviewed=word.reviewed)


def _same_source(review: Review, source: str, known: Mapping[str, str]) -> bool:
    return review.source is not None and known.get(review.source, review.source) == source


def lines(
    found: Iterable[EvidenceLine], statements: Iterable[Statement], known: Mapping[str, str], said: Said
) -> tuple[EvidenceLine, ...]:
    """The evidence lines, with people's word on what each source says of the statement."""
    if not said.reviews:
        return tuple(found)
    fingerprints = {statement.id: statement.fingerprint for statement in statements}
    return tuple(_line(line, fingerprints[line.statement], known, said) for line in found)


def _line(line: EvidenceLine, fingerprint: str, known: Mapping[str, str], said: Said) -> EvidenceLine:
    holding = [one for one in said.on("line", fingerprint) if _same_source(one, line.source, known)]
    earlier = [one for one in said.before("line", line.statement) if _same_source(one, line.source, known)]
    word = word_on(line_in_words(line), holding, earlier)
    if word is None:
        return line
    reasons = told(line.reasons, word.reviewed)
    # What somebody has read need not be checked first.
    doubt = None if word.reviewed.state in ("overruled", "confirmed") else line.doubt
    direction, extent = (line.direction, line.extent) if word.value is None else SAYS[word.value]
    return _replace(line, direction=direction, extent=extent, doubt=doubt, reasons=reasons, reviewed=word.reviewed)


def line_in_words(line: EvidenceLine) -> str:
    """What a source says of a statement, as a review says it."""
    if line.direction == "supports":
        return "partly" if line.extent == "part" else "supports"
    return next(words for words, (direction, _) in SAYS.items() if direction == line.direction)


def verdicts(
    statements: Iterable[Statement],
    weighed: Iterable[EvidenceLine],
    sources: Iterable[Source],
    known: Mapping[str, str],
    said: Said,
) -> Callable[[Assessment], Assessment] | None:
    """What gives an assessment with people's word on the verdict, for `kb.strength.verdict.assess`; None without any.

    Parameters
    ----------
    weighed
        All evidence lines: a verdict holds as long as the statement cites the same sources.
    """
    if not said.reviews:
        return None
    by_id = {source.id: source for source in sources}
    fingerprints = {statement.id: statement.fingerprint for statement in statements}
    cited: dict[str, set[str]] = defaultdict(set)
    spoken_of: set[str] = set()
    for line in weighed:
        cited[line.statement].add(line.source)
        if line.reviewed:
            spoken_of.add(line.statement)

    def reviewed(assessment: Assessment) -> Assessment:
        name = assessment.statement
        now = cited.get(name, set())
        given = said.on("statement", fingerprints[name])
        holding = [one for one in given if _still_cited(one, now, known) and not _retracted_since(one, now, by_id)]
        earlier = [*(one for one in given if one not in holding), *said.before("statement", name)]
        if name not in spoken_of:  # what was said of a source that it cites no longer, or of its earlier words
            earlier += [*said.on("line", fingerprints[name]), *said.before("line", name)]
        return _assessed(assessment, holding, earlier)

    return reviewed


def _still_cited(review: Review, now: set[str], known: Mapping[str, str]) -> bool:
    return review.cited is None or {known.get(name, name) for name in review.cited} == now


def _retracted_since(review: Review, cited: Iterable[str], sources: Mapping[str, Source]) -> bool:
    """Whether a source was retracted after the word was given, as far as the dates go: nobody has seen that then."""
    dates = [notice.date for name in cited if name in sources and (notice := retraction(sources[name]))]
    return any(date and date > review.date[: len(date)] for date in dates)


def _assessed(assessment: Assessment, holding: Sequence[Review], earlier: Sequence[Review]) -> Assessment:
    word = word_on(verdict_in_words(assessment), holding, earlier)
    if word is None:
        return assessment
    assessment = _replace(assessment, reasons=told(assessment.reasons, word.reviewed), reviewed=word.reviewed)
    if word.value is None:
        return assessment
    verdict, certainty = VERDICTS[word.value]
    rated = verdict in RATED
    own = rated and certainty is None  # the program's certainty, and why it is that, stands with any rated verdict
    return _replace(
        assessment,
        verdict=verdict,
        level=assessment.level if rated or verdict == "not checked" else None,
        certainty=assessment.certainty if own else certainty,
        not_higher=assessment.not_higher if own else (),
        not_lower=assessment.not_lower if own else (),
    )


def verdict_in_words(assessment: Assessment) -> str:
    """The verdict, and the certainty where there is one, as a review says it."""
    if assessment.certainty is None or assessment.verdict not in RATED:
        return assessment.verdict
    return with_certainty(assessment.verdict, assessment.certainty)


def of_article(audit: Audit, known: Mapping[str, str], said: Said) -> tuple[Review, ...]:
    """The reviews that were given in this article, or that hold for something in it."""
    if not said.reviews:
        return ()
    here = {statement.fingerprint for statement in audit.statements} | known.keys()
    here |= {digest_of_reference(reference) for reference in audit.references}
    return tuple(
        one
        for one in said.reviews
        if one.article == said.article or one.fingerprint in here or (one.subject == "design" and one.source in here)
    )


def notes(audit: Audit) -> tuple[str, ...]:
    """What is to be known of people's words: where they disagree, and where they spoke of words that changed since."""
    disputed, stale = _about(audit, "disputed"), _about(audit, "earlier words")
    return (
        *([f"people disagree on {disputed}, where the program's word stands until they agree"] if disputed else []),
        *([f"people's words on {stale} were given for earlier words or sources and do not count"] if stale else []),
    )


def _about(audit: Audit, state: ReviewState) -> str:
    """The lines, and then the references, of which people's words are in a state."""
    places = {statement.id: statement.line for statement in audit.statements}
    lines = {one.line for one in audit.statements if one.reviewed and one.reviewed.state == state}
    spoken_of: tuple[EvidenceLine | Assessment, ...] = (*audit.evidence, *audit.assessments)
    lines |= {places[one.statement] for one in spoken_of if one.reviewed and one.reviewed.state == state}
    works = [one.reference for one in audit.resolutions if one.reviewed and one.reviewed.state == state]
    return ", ".join([f"line {line}" for line in sorted(lines)] + [f"reference {name}" for name in works])
