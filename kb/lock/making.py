"""From audits to a lock, beside what was locked before.

Three rules keep the lock true and its diffs short. An outage changes nothing: where no registry answered this time,
what was locked stays. A date of asking moves only when the answer does. A notice, such as a retraction, goes away only
when one who told of it answers and no longer does.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import NamedTuple

import msgspec

from kb.language.abstract import abstract_of
from kb.language.digests import digest_of_reference, digest_of_source, digest_of_statement
from kb.lock.frozen import Frozen, settled
from kb.lock.records import (
    EMPTY,
    SCHEMA_VERSION,
    Lock,
    LockedLine,
    LockedReference,
    LockedSource,
    Passage,
)
from kb.model import (
    UNTOLD,
    Attribution,
    Audit,
    EvidenceLine,
    Notice,
    Reference,
    Resolution,
    Source,
    Statement,
)
from kb.strength.kinship import Facts


class _Home(NamedTuple):
    """Where a reference stands in the new lock; ``kept`` where the former lock's word on its source holds."""

    source: str
    row: LockedReference
    kept: bool


def lock_of(audits: Iterable[Audit], former: Lock = EMPTY, keep: AbstractSet[str] = frozenset()) -> Lock:
    """The lock of these audits.

    Parameters
    ----------
    audits
        One an article. What the former lock holds of other articles stays as it is.
    former
        The lock so far.
    keep
        Sources on which the former lock's word holds, whatever the audits say; see `complete`.
    """
    ordered = sorted(audits, key=lambda audit: audit.article.id)
    audited = {audit.article.id for audit in ordered}
    old = Frozen(former)
    homes = {
        (audit.article.id, reference.id): _home(reference, resolution, old, keep)
        for audit in ordered
        for reference, resolution in _resolved(audit)
    }
    kept = {home.source for home in homes.values() if home.kept}
    told = _told(ordered)
    sources = {}
    for name, references in _rows(homes, former, audited).items():
        before = former.sources.get(name)
        after = before if before and (name in kept or name not in told) else _facts(told[name], before)
        sources[name] = msgspec.structs.replace(after, references=references)
    evidence = {article: lines for article, lines in former.evidence.items() if article not in audited}
    for audit in ordered:
        evidence[audit.article.id] = _lines(audit, homes, old, kept)
    return Lock(
        schema_version=SCHEMA_VERSION,
        sources=sources,
        evidence={article: lines for article, lines in evidence.items() if lines},
    )


def without(lock: Lock, articles: AbstractSet[str]) -> Lock:
    """The lock without what it holds of some articles; a source that no other article names goes too."""
    sources = {}
    for name, source in lock.sources.items():
        left = {article: rows for article, rows in source.references.items() if article not in articles}
        if left:
            sources[name] = msgspec.structs.replace(source, references=left)
    evidence = {article: lines for article, lines in lock.evidence.items() if article not in articles}
    return msgspec.structs.replace(lock, sources=sources, evidence=evidence)


def complete(lock: Lock, audits: Iterable[Audit]) -> frozenset[str]:
    """The sources about which nothing needs to be asked to lock these audits, which were made from the lock alone."""
    old = Frozen(lock)
    missing: set[str] = set()
    for audit in audits:
        missing |= {line.source for line in audit.evidence if line.locked is False}
        for reference, resolution in _resolved(audit):
            askable = bool(reference.doi or reference.pmid)
            if old.reference(reference) is None or (askable and not settled(resolution.status)):
                missing.add(resolution.source)
    return frozenset(lock.sources.keys() - missing)


def _resolved(audit: Audit) -> Iterable[tuple[Reference, Resolution]]:
    by_reference = {resolution.reference: resolution for resolution in audit.resolutions}
    return [(one, by_reference[one.id]) for one in audit.references if one.id in by_reference]


def _home(reference: Reference, resolution: Resolution, old: Frozen, keep: AbstractSet[str]) -> _Home:
    facts = {name: getattr(resolution, name) for name in LockedReference.__struct_fields__ if hasattr(resolution, name)}
    row = LockedReference(digest=digest_of_reference(reference), **facts)
    before = old.reference(reference)
    if before is None:
        return _Home(resolution.source, row, False)
    source, known = before
    if source in keep or (settled(known.status) and not settled(row.status)):
        return _Home(source, known, True)
    unmoved = source == resolution.source and msgspec.structs.replace(row, asked=known.asked) == known
    return _Home(resolution.source, known if unmoved else row, False)


def _told(audits: Sequence[Audit]) -> dict[str, Source]:
    """What the audits say of each source; where one of them met an outage, what another one heard."""
    told: dict[str, Source] = {}
    for only_settled in (True, False):
        for audit in audits:
            heard = {one.source for one in audit.resolutions if settled(one.status) or not only_settled}
            for source in audit.sources:
                if source.id in heard:
                    told.setdefault(source.id, source)
    return told


def _rows(
    homes: Mapping[tuple[str, str], _Home], former: Lock, audited: AbstractSet[str]
) -> dict[str, dict[str, dict[str, LockedReference]]]:
    """The references that lead to each source: those of the audits, and those of the articles left alone."""
    rows: dict[str, dict[str, dict[str, LockedReference]]] = {}
    for name, source in former.sources.items():
        for article, references in source.references.items():
            if article not in audited:
                rows.setdefault(name, {})[article] = references
    for (article, reference), home in homes.items():
        rows.setdefault(home.source, {}).setdefault(article, {})[reference] = home.row
    return rows


def _facts(source: Source, before: LockedSource | None) -> LockedSource:
    facts = {name: getattr(source, name) for name in LockedSource.__struct_fields__ if hasattr(source, name)}
    facts["cites"] = Facts(source).tells_of
    if source.study == UNTOLD:
        facts["study"] = UNTOLD  # only this very record is left out of the text as the default
    after = LockedSource(references={}, text=digest_of_source(source), **facts)
    if before is None:
        return after
    notices = (*after.notices, *_unanswered(after, before))
    if before.text and not after.text:
        return msgspec.structs.replace(before, notices=notices)
    after = msgspec.structs.replace(after, notices=notices)
    return msgspec.structs.replace(after, said=_asked(after, before))


def _unanswered(after: LockedSource, before: LockedSource) -> list[Notice]:
    """The notices of which all tellers are silent now, and that nobody else tells of."""
    speaking = {one.by for one in after.said} | {name for notice in after.notices for name in notice.said_by}
    known = {notice.kind for notice in after.notices}
    return [one for one in before.notices if not speaking.intersection(one.said_by) and one.kind not in known]


def _asked(after: LockedSource, before: LockedSource) -> tuple[Attribution, ...]:
    """Who said what, with the former date of asking for each who says the same as then."""
    moved = {name for name in after.__struct_fields__ if getattr(after, name) != getattr(before, name)}
    if "text" in moved:
        moved.add("abstract")
    dates = {(one.by, one.fields): one.asked for one in before.said}
    return tuple(
        msgspec.structs.replace(one, asked=dates[one.by, one.fields])
        if (one.by, one.fields) in dates and not moved.intersection(one.fields)
        else one
        for one in after.said
    )


def _lines(
    audit: Audit, homes: Mapping[tuple[str, str], _Home], old: Frozen, kept: AbstractSet[str]
) -> dict[str, dict[str, LockedLine]]:
    """The lines of an article; of a source on which the former lock's word holds, those that it has."""
    statements = {statement.id: statement for statement in audit.statements}
    sources = {source.id: source for source in audit.sources}
    found: dict[str, dict[str, LockedLine]] = {}
    for line in audit.evidence:
        statement = statements[line.statement]
        home = homes.get((audit.article.id, line.references[0])) if line.references else None
        name = home.source if home else line.source
        before = old.line(statement, name)
        after = None if name in kept else _line(line, statement, sources.get(line.source, Source(id=line.source)))
        text_lost = before and before.source_text and after and after.source_text is None
        if after is None or (text_lost and line.judge):  # a source that cannot stand as evidence has no judge
            after = before
        if after:
            found.setdefault(statement.fingerprint, {})[name] = after
    return found


def _line(line: EvidenceLine, statement: Statement, source: Source) -> LockedLine:
    facts = {name: getattr(line, name) for name in LockedLine.__struct_fields__ if hasattr(line, name)}
    text = source.full_text if line.read == "full text" else abstract_of(source)
    start = text.find(line.quote) if line.quote else -1
    return LockedLine(
        statement_text=digest_of_statement(statement),
        source_text=digest_of_source(source),
        sentence=Passage(start=start, end=start + len(line.quote)) if line.quote and start >= 0 else None,
        **facts,
    )
