"""What is offered to a statement without a source: what another one cites for the same, and sources that may fit.

An offer is never counted as support: whether the source shows it, a person must read.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain, islice
from typing import NamedTuple, TypeAlias

from kb.language.places import where
from kb.model import Audit, Record, ResolutionStatus, Source, Span, Statement
from kb.questions.same_claim import Pair, same_claims
from kb.questions.suggest import Catalogue, Suggestion, named

Key: TypeAlias = tuple[str, str]
"""The ids of an article and of a statement in it."""

_NOT_THE_ONE_MEANT: frozenset[ResolutionStatus] = frozenset({"another work", "not found"})
_MOST = 3
"""Sources that are offered to one statement, of each kind."""


class Offer(Record, frozen=True, kw_only=True):
    """A source that is offered to a statement; ``words`` says it in plain words, without the quoted sentence."""

    source: str
    words: str
    score: float
    """How alike the two statements are, or how much of the statement the source speaks of; 0 to 1."""
    quote: str | None = None
    """The fitting sentence of the source's abstract."""
    said_in: str | None = None
    """The statement that says the same and cites this source; None where the source alone seems to fit."""


class Told(NamedTuple):
    """A statement of an article, the sources that it rests on, and whether it asks for one and has none that stands."""

    article: str
    statement: Statement
    sources: tuple[Source, ...]
    bare: bool


class _Cited(NamedTuple):
    """A source, the statement that cites it, and how alike that one is."""

    source: Source
    by: Key
    alike: float


def told(audit: Audit) -> tuple[Told, ...]:
    """The statements of an article, in order."""
    verdicts = {assessment.statement: assessment.verdict for assessment in audit.assessments}
    sources = {source.id: source for source in audit.sources}
    cited: defaultdict[str, dict[str, Source]] = defaultdict(dict)
    for line in audit.evidence:
        if verdicts.get(line.statement) != "unsupported" and line.source in sources:
            cited[line.statement][line.source] = sources[line.source]
    return tuple(
        Told(
            article=audit.article.id,
            statement=one,
            sources=tuple(cited[one.id].values()),
            bare=one.needs_source and verdicts.get(one.id) == "unsupported",
        )
        for one in audit.statements
    )


def in_words(text: str) -> Told:
    """A statement that stands in no article, and asks for a source."""
    whole = Span(start=0, end=len(text))
    statement = Statement(
        id="",
        fingerprint="",
        text=text,
        start=whole.start,
        end=whole.end,
        sentence=whole,
        line=1,
        section="",
        kind="fact",
        question=None,
        needs_source=True,
    )
    return Told(article="", statement=statement, sources=(), bare=True)


def pairs_of(statements: Sequence[Told]) -> tuple[Pair, ...]:
    """Those that say the same or contradict each other, in one article or in several."""
    return same_claims([one.statement for one in statements], [one.article for one in statements])


def said_elsewhere(statements: Sequence[Told], pairs: Sequence[Pair]) -> dict[Key, tuple[Offer, ...]]:
    """By statement without a source: what other statements that say the same cite for it.

    Parameters
    ----------
    pairs
        Of these statements, as `pairs_of` gives them.
    """
    by_key = {key(one): one for one in statements}
    same = _same(pairs)
    best = {name: _best(_cited(by_key, others)) for name, others in same.items()}
    found: dict[Key, tuple[Offer, ...]] = {}
    for name, others in same.items():
        if (one := by_key[name]).bare:
            through = chain.from_iterable(best[near] for near, alike in others.items() if alike == 1)
            if said := _best((*through, *best[name])):
                found[name] = tuple(_said(one, by_key[other], source, alike) for source, other, alike in said)
    return found


def fitting(statement: Statement, catalogue: Catalogue) -> tuple[Offer, ...]:
    """The sources that may fit a statement."""
    return tuple(map(_fits, catalogue.suggest(statement.text, _MOST)))


def offers(
    statements: Sequence[Told], said: Mapping[Key, tuple[Offer, ...]], catalogue: Catalogue
) -> dict[Key, tuple[Offer, ...]]:
    """Both of these by statement, each source once; statements to which nothing is offered are left out."""
    found: dict[Key, tuple[Offer, ...]] = {}
    for one in statements:
        if one.bare:
            first = said.get(key(one), ())
            known = {offer.source for offer in first}
            both = (*first, *(offer for offer in fitting(one.statement, catalogue) if offer.source not in known))
            found |= {key(one): both} if both else {}
    return found


def sound(audit: Audit) -> tuple[Source, ...]:
    """The article's sources, but for those whose reference names another work or none."""
    wrong = {one.source for one in audit.resolutions if one.status in _NOT_THE_ONE_MEANT}
    return tuple(source for source in audit.sources if source.id not in wrong)


def key(one: Told) -> Key:
    """What tells a statement from all others: its id alone derives from its words, so two articles can share it."""
    return one.article, one.statement.id


def _same(pairs: Sequence[Pair]) -> dict[Key, dict[Key, float]]:
    """By statement those that it is paired with as saying the same, and how alike they are.

    Many that are equal are each paired with the first, so what the others cite is found through that one.
    """
    direct: defaultdict[Key, dict[Key, float]] = defaultdict(dict)
    for pair in pairs:
        if pair.how == "same":
            first, second = (pair.first_article, pair.first), (pair.second_article, pair.second)
            direct[first][second] = direct[second][first] = pair.alike
    return direct


def _cited(by_key: Mapping[Key, Told], others: Mapping[Key, float]) -> Iterator[_Cited]:
    return (_Cited(source, other, alike) for other, alike in others.items() for source in by_key[other].sources)


def _best(cited: Iterable[_Cited]) -> tuple[_Cited, ...]:
    """The first few sources, each once, those of the most alike statements first."""
    each: dict[str, _Cited] = {}
    for one in sorted(cited, key=lambda one: -one.alike):
        each.setdefault(one.source.id, one)
    return tuple(islice(each.values(), _MOST))


def _said(one: Told, other: Told, source: Source, alike: float) -> Offer:
    words = f"the same is said in {place(other, one.article)}, with a source: {named(source)}"
    return Offer(source=source.id, words=words, score=alike, said_in=other.statement.id)


def place(one: Told, seen_from: str) -> str:
    """Where a statement stands, with its article where that is another one."""
    there = where(one.statement.line, one.statement.place)
    return there if one.article == seen_from else f"{one.article}, {there}"


def _fits(one: Suggestion) -> Offer:
    return Offer(source=one.source, words=f"may fit: {one.named} ({one.why})", score=one.share, quote=one.quote)
