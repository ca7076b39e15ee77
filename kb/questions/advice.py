"""What all articles of a knowledge base together say to one statement, or to each of one article."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence

from kb.model import Record, Source
from kb.questions.offers import Key, Offer, Told, key, offers, pairs_of, place, said_elsewhere
from kb.questions.same_claim import Pair
from kb.questions.suggest import Catalogue

_SHOWN = 80
"""Characters of another statement that a contradiction quotes."""


class Advice(Record, frozen=True, kw_only=True):
    """What there is for a statement: sources that are offered, and what other statements say against it."""

    article: str
    place: str
    text: str
    offers: tuple[Offer, ...] = ()
    against: tuple[str, ...] = ()
    """Each statement that contradicts it: where, its beginning, and why, in plain words."""


def advise(statements: Sequence[Told], sources: Iterable[Source], asked: Callable[[Told], bool]) -> tuple[Advice, ...]:
    """The advice for every statement that is asked about and has any, in the order of the statements.

    Parameters
    ----------
    statements
        Of all articles.
    sources
        Those that may be offered.
    asked
        Whether a statement is asked about. Sources are offered only to those that ask for one and have none.
    """
    wanted = [one for one in statements if asked(one)]
    pairs = pairs_of(statements)
    offered = offers(wanted, said_elsewhere(statements, pairs), Catalogue(sources))
    against = _against(statements, pairs)
    found = (
        Advice(
            article=one.article,
            place=place(one, one.article) if one.article else "",
            text=one.statement.text,
            offers=offered.get(key(one), ()),
            against=tuple(against[key(one)]),
        )
        for one in wanted
    )
    return tuple(advice for advice in found if advice.offers or advice.against)


def _against(statements: Sequence[Told], pairs: Sequence[Pair]) -> defaultdict[Key, list[str]]:
    by_key = {key(one): one for one in statements}
    found: defaultdict[Key, list[str]] = defaultdict(list)
    for pair in pairs:
        if pair.how == "contradicts":
            first, second = by_key[pair.first_article, pair.first], by_key[pair.second_article, pair.second]
            for one, other in ((first, second), (second, first)):
                found[key(one)].append(f"contradicts {place(other, one.article)} (“{_beginning(other)}”): {pair.why}")
    return found


def _beginning(one: Told) -> str:
    text = " ".join(one.statement.text.split())
    return text if len(text) <= _SHOWN else text[:_SHOWN].rsplit(" ", 1)[0] + " …"
