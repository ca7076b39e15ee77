"""An audit in whose references registries told something else since: what rests on these is graded again.

The article is not read again, so that it need not be there any more, and all that rests on other sources is taken as it
was weighed: their texts may not be there either, as after an audit with a lock alone.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from functools import partial

import msgspec

from ingest.pipeline import described, evidence_lines
from ingest.resolve.outcome import unchecked
from ingest.resolve.resolved import Resolved
from kb.model import Audit, EvidenceLine, Review, Source
from kb.rules.spoken import with_words
from kb.strength import overruled
from kb.strength.people import Said
from kb.strength.study import study_of
from kb.strength.support import Judge
from kb.strength.weighing import weigh

_replace = msgspec.structs.replace


def reconsidered(audit: Audit, told: Resolved, as_of: str, reviews: Sequence[Review], judge: Judge) -> Audit:
    """The audit as it is with what is known now of some of its references.

    Parameters
    ----------
    audit
        As it is stored.
    told
        Of each of these references the resolution, and the sources that they lead to.
    as_of
        The day that the audit speaks of then, ISO 8601.
    reviews
        What people said of any article, in the order of `kb.strength.people.Said`.
    """
    known = _known(audit, told, Said(reviews, audit.article.id, audit.statements))
    evidence = _weighed(known, {one.source for one in told.resolutions}, judge)
    before, now = set(unchecked(audit.resolutions)), tuple(unchecked(known.resolutions))
    notes = (*(note for note in audit.notes if note not in before), *now)
    return with_words(_replace(known, evidence=evidence, as_of=as_of, notes=notes), reviews)


def _known(audit: Audit, told: Resolved, said: Said) -> Audit:
    """The audit with its references, sources and resolutions as they are known now, and its evidence as it was."""
    now = {one.reference: one for one in told.resolutions}
    led = tuple(now.get(one.reference, one) for one in audit.resolutions)
    source_of = {one.reference: one.source for one in led}
    references = tuple(_replace(one, source=source_of.get(one.id, one.source)) for one in audit.references)
    works = {source.id: source for source in (*audit.sources, *map(described, told.sources))}
    cited = [works[name] for name in dict.fromkeys(one.source for one in references) if name in works]
    known = overruled.ids(audit.references, led, cited)
    new = {one.id for one in told.sources}
    spoken = {one.id: _studied(one) for one in overruled.designs([one for one in cited if one.id in new], known, said)}
    outcomes = {one.reference: one for one in overruled.resolutions(told.resolutions, references, known, said)}
    return _replace(
        audit,
        references=references,
        sources=tuple(spoken.get(one.id, one) for one in cited),
        resolutions=tuple(outcomes.get(one.reference, one) for one in led),
    )


def _studied(source: Source) -> Source:
    """The source with its study, which depends on the design that people say."""
    return _replace(source, study=study_of(source))


def _weighed(known: Audit, touched: Collection[str], judge: Judge) -> tuple[EvidenceLine, ...]:
    """The evidence lines: those on what is told anew weighed again, the others as they were."""
    names = {one.id for one in known.references if one.source in touched}
    citing = {name for one in known.citations if names.intersection(one.references) for name in one.statements}
    again = evidence_lines(
        [one for one in known.statements if one.id in citing],
        known.citations,
        known.references,
        known.resolutions,
        known.sources,
        partial(weigh, judge=judge, written=known.article.date),
    )
    led = {one.source for one in known.references}
    stays = {(one.statement, one.source): one for one in known.evidence if one.source in led - set(touched)}
    fresh = {(one.statement, one.source): one for one in again}
    both = {**fresh, **stays}
    order = {one.id: place for place, one in enumerate(known.statements)}
    return tuple(both[key] for key in sorted(both, key=lambda key: order[key[0]]))
