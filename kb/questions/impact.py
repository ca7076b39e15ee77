"""What falls if a source falls: if it were retracted, or turned out wrong.

First hand
    Every statement that cites a fallen source, or that leans on such a statement and goes no further, is graded again
    as an audit would grade it after a retraction (`kb.strength.regrade`), and compared with how it stood.
Second hand
    A statement may also rest on a review, a guideline or a book that cites a fallen source. Whether that one would say
    something else without it nobody knows who has not done it again, so such statements are named and not graded.

Asked about twelve trials that were retracted, 68 reviews, guidelines and trials had cited them, 13 of which would
likely find otherwise without, and one of which was reassessed (Avenell et al., BMJ Open 2019;9:e031909).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple, get_args

from kb.graph import newer_source
from kb.model import Assessment, Audit, Design, Direction, Record, Source
from kb.questions.effects import Effect, Grading, effect_of, grading, why_direct, why_leaning
from kb.questions.stated import Stated, stated
from kb.questions.suggest import named
from kb.strength.cited import cited_by
from kb.strength.grounds import TELLERS
from kb.strength.overruled import names
from kb.strength.regrade import has_fallen, regraded, resting_on
from kb.strength.wording import label

EFFECTS: tuple[Effect, ...] = get_args(Effect)
SECOND_HAND: frozenset[Design] = TELLERS | {"systematic review"}
"""Designs that report what others found; a primary study cites a work and does not rest on it."""


class Fallen(Record, frozen=True, kw_only=True):
    """A source that is taken to fall."""

    source: str
    named: str
    """Authors, year and title as far as they are known; else the id."""
    label: str
    already: bool = False
    """Whether it is retracted or withdrawn as it is."""
    listed: tuple[str, ...] = ()
    """Articles that name it and in which no statement rests on it."""
    cited_by: tuple[str, ...] = ()
    """Other known works that cite it, by id."""
    reviews: tuple[str, ...] = ()
    """Those of them that report what others found (``SECOND_HAND``)."""


class Affected(Record, frozen=True, kw_only=True):
    """A statement that rests on what falls."""

    statement: Stated
    effect: Effect
    before: Grading
    after: Grading
    sources: tuple[str, ...] = ()
    """The fallen sources that it cites itself."""
    through: Stated | None = None
    """The statement that it leans on, where it cites none itself."""
    reasons: tuple[str, ...] = ()


class SecondHand(Record, frozen=True, kw_only=True):
    """A statement with an evidence line on a work that reports what a fallen source found."""

    statement: Stated
    direction: Direction
    """What that work says of the statement."""
    review: str
    label: str
    design: Design
    includes: tuple[str, ...]
    """The fallen sources that it cites."""
    cites: int
    """How many works it cites, those included."""
    pools: int | None = None
    """How many studies it pools or includes, where its text says so."""
    effect: Effect | None = None
    """What becomes of the same statement at first hand, where it rests on a fallen source that way too."""


class InArticle(Record, frozen=True, kw_only=True):
    """What falls in one article: the gravest first, and then in the order of the article."""

    article: str
    title: str
    counts: tuple[tuple[Effect, int], ...]
    """How many statements go which way, in the order of ``EFFECTS``, without those that none goes."""
    affected: tuple[Affected, ...]
    second_hand: tuple[SecondHand, ...]


class Impact(Record, frozen=True, kw_only=True):
    """What becomes of the statements that rest on some sources, were those to fall."""

    sources: tuple[Fallen, ...]
    counts: tuple[tuple[Effect, int], ...]
    second_hand: int
    """How many statements rest on it at second hand."""
    articles: tuple[InArticle, ...]
    """Those with the gravest effects first."""


class _Fall(NamedTuple):
    """What is asked about: the ids that fall, and by id the works that report of them with those they cite."""

    fallen: frozenset[str]
    reviews: Mapping[str, tuple[Source, tuple[str, ...]]]


def impact(
    audits: Iterable[Audit],
    fallen: Sequence[str],
    known: Iterable[Source] = (),
    naming: Mapping[str, Collection[str]] | None = None,
) -> Impact:
    """Grade again without the sources that fall.

    Time grows with the number of records, and for each statement with the square of the sources that it cites.

    Parameters
    ----------
    audits
        At most one of each article, whole or parts (`kb.store.store.Store.parts`) with every statement that has a line
        on one of the sources, or on a work that cites one, and all that lean on these.
    fallen
        Ids of sources; one that no record describes falls all the same.
    known
        Further works that are known: the fallen ones, and those that cite them.
    naming
        By fallen source the articles that name it, where the audits are parts and may not tell.

    Examples
    --------
    >>> impact([], [])
    Impact(sources=(), counts=(), second_hand=0, articles=())
    """
    asked = tuple(dict.fromkeys(fallen))
    ordered = sorted(audits, key=lambda audit: audit.article.id)
    works = _works(ordered, known)
    citing = _citing(works, asked)
    reviews = {one: (works[one], cited) for one, cited in citing.items() if works[one].design in SECOND_HAND}
    fall = _Fall(frozenset(asked), reviews)
    found = [one for audit in ordered if (one := _in_article(audit, fall))]
    found.sort(key=lambda one: [-dict(one.counts).get(effect, 0) for effect in EFFECTS])
    listed = _listed(ordered, fall.fallen, naming or {})
    told = {name: [one for one, cited in citing.items() if name in cited] for name in asked}
    return Impact(
        sources=tuple(_fallen(name, works.get(name), listed[name], told[name], reviews) for name in asked),
        counts=_counted(affected for one in found for affected in one.affected),
        second_hand=sum(len({told.statement.statement for told in one.second_hand}) for one in found),
        articles=tuple(found),
    )


def _works(audits: Iterable[Audit], known: Iterable[Source]) -> dict[str, Source]:
    newest: dict[str, Source] = {}
    for source in (*(source for audit in audits for source in audit.sources), *known):
        newest[source.id] = newer_source(newest.get(source.id, source), source)
    return newest


def _citing(works: Mapping[str, Source], fallen: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """By work, in the order of ids, the fallen sources that it cites, under whichever of their identifiers."""
    meant = {alias: name for name in fallen for alias in ((name, *names(works[name])) if name in works else (name,))}
    found: dict[str, tuple[str, ...]] = {}
    for name in sorted(works.keys() - set(fallen)):
        if cited := tuple(dict.fromkeys(meant[one] for one in works[name].cites if one in meant)):
            found[name] = cited
    return found


def _listed(
    audits: Iterable[Audit], fallen: frozenset[str], naming: Mapping[str, Collection[str]]
) -> dict[str, set[str]]:
    """By fallen source the articles that name it and in which no statement rests on it."""
    found = {name: set(naming.get(name, ())) for name in fallen}
    for audit in audits:
        for name in fallen.intersection(reference.source for reference in audit.references):
            found[name].add(audit.article.id)
        for name in fallen.intersection(line.source for line in audit.evidence):
            found[name].discard(audit.article.id)
    return found


def _fallen(
    name: str, source: Source | None, listed: Collection[str], citing: Collection[str], reviews: Collection[str]
) -> Fallen:
    return Fallen(
        source=name,
        named=named(source) if source else name,
        label=label(source) if source else name,
        already=source is not None and has_fallen(source),
        listed=tuple(sorted(listed)),
        cited_by=tuple(citing),
        reviews=tuple(one for one in citing if one in reviews),
    )


def _in_article(audit: Audit, fall: _Fall) -> InArticle | None:
    """What falls in an article; None where nothing in it rests on what falls, at first or second hand."""
    affected = _affected(audit, fall.fallen)
    told = tuple(_second_hand(audit, fall, {one.statement.statement: one.effect for one in affected}))
    if not affected and not told:
        return None
    return InArticle(
        article=audit.article.id,
        title=audit.article.title,
        counts=_counted(affected),
        affected=tuple(sorted(affected, key=lambda one: EFFECTS.index(one.effect))),
        second_hand=told,
    )


def _affected(audit: Audit, fallen: frozenset[str]) -> list[Affected]:
    """The statements that rest on what falls, in the order of the article."""
    through = resting_on(audit, fallen)
    if not through:
        return []
    statements = {statement.id: statement for statement in audit.statements if statement.id in through}
    direct = [statement for name, statement in statements.items() if through[name] is None]
    cited = cited_by(direct, audit.evidence, audit.citations, audit.resolutions, audit.sources, audit.article.date)
    before = {one.statement: one for one in audit.assessments}
    after = {one.statement: one for one in regraded(audit, fallen)}
    found: dict[str, Affected] = {}
    for name, base in through.items():
        then, now = before[name], after[name]
        if base is None:
            own = tuple(dict.fromkeys(line.source for line, _ in cited[name].body if line.source in fallen))
            faulty = tuple(dict.fromkeys(source.id for source, _ in cited[name].faults if source.id in fallen))
            reasons = why_direct(cited[name], fallen, then, now)
            effect = _effect(then, now, already=not own)
            sources, leant_on = (*own, *faulty), None
        else:
            reasons = why_leaning(statements[base], then, now)
            effect = _effect(then, now, already=found[base].effect == "already fallen")
            sources, leant_on = (), found[base].statement
        found[name] = Affected(
            statement=stated(audit.article.id, statements[name], then.verdict),
            effect=effect,
            before=grading(then),
            after=grading(now),
            sources=sources,
            through=leant_on,
            reasons=tuple(reasons),
        )
    return [found[name] for name in statements]


def _effect(before: Assessment, after: Assessment, *, already: bool) -> Effect:
    effect = effect_of(grading(before), grading(after))
    return "already fallen" if effect == "stands" and already else effect


def _second_hand(audit: Audit, fall: _Fall, effects: Mapping[str, Effect]) -> Iterator[SecondHand]:
    if fall.reviews.keys().isdisjoint(source.id for source in audit.sources):
        return
    verdicts = {one.statement: one.verdict for one in audit.assessments}
    statements = {statement.id: (place, statement) for place, statement in enumerate(audit.statements)}
    lines = [line for line in audit.evidence if line.source in fall.reviews]
    for line in sorted(lines, key=lambda line: statements[line.statement][0]):
        review, includes = fall.reviews[line.source]
        _, statement = statements[line.statement]
        yield SecondHand(
            statement=stated(audit.article.id, statement, verdicts.get(statement.id)),
            direction=line.direction,
            review=review.id,
            label=label(review),
            design=review.design,
            includes=includes,
            cites=len(set(review.cites)),
            pools=review.study.studies,
            effect=effects.get(statement.id),
        )


def _counted(affected: Iterable[Affected]) -> tuple[tuple[Effect, int], ...]:
    counts = Counter(one.effect for one in affected)
    return tuple((effect, counts[effect]) for effect in EFFECTS if counts[effect])
