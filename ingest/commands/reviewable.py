"""What of an article a person can speak of: how it is named on the command line, and what stands of it."""

from __future__ import annotations

import difflib
from collections.abc import Sequence
from pathlib import Path

import msgspec

from kb.errors import UsageError, one_line
from kb.identifiers import parse_doi, parse_pmid
from kb.language.digests import as_written, digest_of_reference
from kb.model import Audit, EvidenceLine, Record, Reference, Review, Reviewed, Source, Statement, Subject
from kb.questions import naming
from kb.questions.naming import MOST_OFFERED, Place, statement_at
from kb.strength.overruled import line_in_words, need_in_words, verdict_in_words
from kb.strength.people import WITHDRAWN, Said, latest, person_of, shortened


def place_of(given: str) -> Place:
    """What `kb.questions.naming.place_of` takes apart, unless there is a file of this very name."""
    return Place(given, "") if Path(given).is_file() else naming.place_of(given)


class Target(Record, frozen=True, kw_only=True):
    """What a word is given for."""

    subject: Subject
    statement: Statement | None = None
    source: Source | None = None
    reference: Reference | None = None


def target_of(audit: Audit, subject: Subject, where: str, source: str) -> Target:
    """What is meant on the command line.

    Parameters
    ----------
    where
        As of a `kb.questions.naming.Place`.
    source
        An id, position, DOI or PMID of a reference; may be empty where there is one source to choose from.

    Raises
    ------
    UsageError
        There is no such thing, or there are several.
    """
    if subject in ("statement", "need of a source"):
        return Target(subject=subject, statement=statement_at(audit.article, audit.statements, where))
    statement = statement_at(audit.article, audit.statements, where) if where or subject == "line" else None
    reference = _reference(audit, statement, source)
    by_id = {one.id: one for one in audit.sources}
    spoken_of = statement if subject == "line" else None
    return Target(subject=subject, statement=spoken_of, source=by_id[reference.source], reference=reference)


def _reference(audit: Audit, statement: Statement | None, given: str) -> Reference:
    """The reference that is meant, among those of a statement or of the whole article."""
    cited = {
        name for line in audit.evidence if statement and line.statement == statement.id for name in line.references
    }
    those = [one for one in audit.references if statement is None or one.id in cited]
    whose = f"the statement in line {statement.line}" if statement else "the article"
    found = [one for one in those if given in _called(one)] if given else those
    if len({one.source for one in found}) == 1:
        return found[0]
    if not those:
        raise UsageError(f"{whose} cites no source", place=audit.article.id, remedy="speak of the statement itself")
    listed = ", ".join(one.id for one in (found or those)[:MOST_OFFERED]) + (
        " …" if len(found or those) > MOST_OFFERED else ""
    )
    if given and not found:
        near = difflib.get_close_matches(given, [one.id for one in those], n=1)
        remedy = f"did you mean {near[0]}?" if near else f"there are {listed}"
        raise UsageError(f"{whose} has no source '{one_line(given)[:60]}'", place=audit.article.id, remedy=remedy)
    raise UsageError(f"{whose} has several sources", place=audit.article.id, remedy=f"name one with --source: {listed}")


def _called(reference: Reference) -> set[str]:
    """What a person may call a reference."""
    ids = {reference.id, str(reference.position), reference.source, reference.label}
    return (ids | {reference.doi or "", reference.pmid or ""}) - {""}


def source_named(given: str) -> str:
    """A source as a person names it, in the form that identifiers are compared in.

    >>> source_named("https://doi.org/10.5555/HEAT"), source_named("PMID: 123"), source_named(" roe2010 ")
    ('10.5555/heat', '123', 'roe2010')
    """
    text = given.strip()
    return parse_doi(text) or (parse_pmid(text) if text.lower().startswith(("pmid", "http")) else None) or text


def review_of(target: Target, audit: Audit, *, value: str, person: str, date: str, reason: str) -> Review:
    """A person's word on something, as it is kept.

    Sources go by the id that the reference's own words give them, which a run without a network gives them too.
    """
    statement, reference = target.statement, target.reference
    text = statement.text if statement else reference.text if reference else ""
    source = as_written(reference) if reference else None
    if target.subject == "design" and target.source:
        source = target.source.id
    cited = None
    if statement and target.subject == "statement":
        by_id = {one.id: one for one in audit.references}
        those = [line.references for line in audit.evidence if line.statement == statement.id]
        cited = tuple(sorted({as_written(by_id[name]) for named in those for name in named}))
    return Review(
        subject=target.subject,
        statement=statement.id if statement else None,
        source=source,
        value=value,
        person=person,
        date=date,
        reason=reason,
        fingerprint=_fingerprint(target),
        article=audit.article.id,
        text=shortened(text),
        cited=cited,
    )


def _fingerprint(target: Target) -> str:
    """As `kb.strength.overruled` says what holds."""
    if target.statement:
        return target.statement.fingerprint
    if target.reference is None:
        return ""
    return as_written(target.reference) if target.subject == "design" else digest_of_reference(target.reference)


def withdrawals(
    target: Target, audit: Audit, reviews: Sequence[Review], *, person: str, date: str, reason: str
) -> tuple[Review, ...]:
    """What takes back all that a person said of something, also of its earlier words.

    Raises
    ------
    UsageError
        They said nothing of it.
    """
    said = Said(reviews, audit.article.id, audit.statements)
    spoken = [*said.on(target.subject, _fingerprint(target))]
    spoken += said.before(target.subject, target.statement.id) if target.statement else []
    sources = {None, target.source and target.source.id, target.reference and as_written(target.reference)}
    by_thing: dict[tuple[str, str | None], list[Review]] = {}
    for one in spoken:
        if one.source in sources:
            by_thing.setdefault((one.fingerprint, one.source), []).append(one)
    counting = [one for those in by_thing.values() for one in latest(those)]
    mine = [one for one in counting if person_of(one.person) == person_of(person)]
    if not mine:
        others = ", ".join(dict.fromkeys(one_line(one.person) for one in counting))
        remedy = f"{others} did, and can take it back in that name" if others else "nobody did"
        raise UsageError(f"{person} said nothing of it", place=audit.article.id, remedy=remedy)
    return tuple(
        msgspec.structs.replace(one, value=WITHDRAWN, date=max(date, one.date), reason=reason, cited=None)
        for one in mine
    )


def now(audit: Audit, target: Target) -> tuple[str, Reviewed | None]:
    """What stands of it in an audit, as a review would say it, and what people said."""
    statement, source, reference = target.statement, target.source, target.reference
    if target.subject == "need of a source":
        asking = next(one for one in audit.statements if statement and one.id == statement.id)
        return need_in_words(asking), asking.reviewed
    if target.subject == "statement":
        assessment = next(one for one in audit.assessments if statement and one.statement == statement.id)
        return verdict_in_words(assessment), assessment.reviewed
    if target.subject == "line":
        line = next(one for one in audit.evidence if _ties(one, target))
        return line_in_words(line), line.reviewed
    if target.subject == "design":
        work = next(one for one in audit.sources if source and one.id == source.id)
        return work.design, work.design_reviewed
    resolution = next(one for one in audit.resolutions if reference and one.reference == reference.id)
    return resolution.status, resolution.reviewed


def _ties(line: EvidenceLine, target: Target) -> bool:
    ends = (target.statement and target.statement.id, target.source and target.source.id)
    return ends == (line.statement, line.source)
