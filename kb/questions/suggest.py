"""Which known source might show this? For a statement without a source: offered, never counted as support.

Sources are ranked by BM25 (Robertson & Zaragoza, Found Trends Inf Retr 2009;3:333) over title and abstract, with
k1 = 1.2 and b = 0.75 and the words of a title counted three times. BM25 has no scale of its own, so whether a source is
offered at all depends on how much of the statement it speaks of: the share of the statement's words, each weighted by
its rarity, that title and abstract hold.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import NamedTuple

from kb.graph import retraction
from kb.language.abstract import abstract_of
from kb.language.assertion import canonical, without_markers
from kb.language.folding import fold
from kb.language.naming import authors_and_year
from kb.language.sentences import sentences
from kb.language.stance import content_words
from kb.model import Record, Source

LEAST_SHARE = 0.5
"""Share of the statement's words, by rarity, that title and abstract must hold; or else, by the title alone:"""
LEAST_OF_TITLE = 0.5
"""share of the title's words, by rarity, that the statement must hold, where it holds"""
ENOUGH_OF_TITLE = 4
"""at least so many of them, or"""
SHARE_BY_TITLE = 0.25
"""at least this share of the statement's words.

Set on 604 citing sentences of 31 research articles, each against the titles of its own reference list: 67 of the 99
works that are offered are cited there. A sentence has more works that fit than it cites."""
FEWEST_SHARED = 3
"""Words that statement and source must share in any case."""
_SENTENCE_SHARE = 0.4
"""Share of the statement's words, by rarity, that a sentence of the abstract must hold to be quoted."""
_LONGEST_QUOTE = 600
"""Characters; what is longer is no sentence."""
_K1 = 1.2
_B = 0.75
_TITLE = 3
_LONGEST = 20_000
"""Characters of an abstract that are read."""
_NAMED = 5
"""Words that a reason names, at most."""


class Suggestion(Record, frozen=True, kw_only=True):
    """A source that may fit a statement.

    ``share`` is how much of the statement title and abstract speak of, 0 to 1; ``score`` is BM25, comparable only among
    the suggestions for one statement. ``quote`` is the sentence of the abstract that holds most of it, where one holds
    enough.
    """

    source: str
    named: str
    why: str
    share: float
    score: float
    quote: str | None = None


class _Entry(NamedTuple):
    source: Source
    title: frozenset[str]
    length: int


class Catalogue:
    """Sources by the words of their titles and abstracts; made once, asked about many statements.

    Retracted and withdrawn sources are left out: they hold nothing up.
    """

    def __init__(self, sources: Iterable[Source]) -> None:
        self._entries: list[_Entry] = []
        self._holding: defaultdict[str, dict[int, int]] = defaultdict(dict)
        for source in {source.id: source for source in sources if not retraction(source)}.values():
            words = _words(source.title) * _TITLE + _words(abstract_of(source)[:_LONGEST])
            for word, count in Counter(words).items():
                self._holding[word][len(self._entries)] = count
            self._entries.append(_Entry(source, frozenset(_terms(source.title)), len(words)))
        self._mean = sum(entry.length for entry in self._entries) / max(1, len(self._entries)) or 1.0
        self._rarities = {word: self._rarity_of(len(held)) for word, held in self._holding.items()}
        self._unheard = self._rarity_of(0)

    def suggest(self, statement: str, most: int = 3) -> tuple[Suggestion, ...]:
        """The sources that fit best, the best first; empty where none fits well enough.

        Parameters
        ----------
        statement
            Its text; citation markers in it count for nothing.
        most
            How many are offered at most, 1 or more.
        """
        terms = _terms(without_markers(statement))
        scores: defaultdict[int, float] = defaultdict(float)
        shared: defaultdict[int, list[str]] = defaultdict(list)
        for term in sorted(terms, key=lambda term: (-self._rarity(term), term)):
            rarity = self._rarity(term)
            for place, count in self._holding.get(term, {}).items():
                long = 1 - _B + _B * self._entries[place].length / self._mean
                scores[place] += rarity * count * (_K1 + 1) / (count + _K1 * long)
                shared[place].append(term)
        whole = sum(map(self._rarity, terms))
        fitting = [place for place, words in shared.items() if self._fits(whole, words, self._entries[place])]
        best = sorted(fitting, key=lambda place: (-scores[place], self._entries[place].source.id))[:most]
        return tuple(self._suggestion(terms, shared[place], self._entries[place], scores[place]) for place in best)

    def _fits(self, whole: float, words: Sequence[str], entry: _Entry) -> bool:
        """Whether a source fits that shares these words; ``whole`` is the rarity of all words of the statement."""
        if len(words) < FEWEST_SHARED:
            return False
        share = sum(map(self._rarity, words)) / whole
        if share >= LEAST_SHARE:
            return True
        of_title = [word for word in words if word in entry.title]
        by_title = len(of_title) >= FEWEST_SHARED and self._share(of_title, entry.title) >= LEAST_OF_TITLE
        return by_title and (len(of_title) >= ENOUGH_OF_TITLE or share >= SHARE_BY_TITLE)

    def _suggestion(self, terms: Mapping[str, str], words: Sequence[str], entry: _Entry, score: float) -> Suggestion:
        return Suggestion(
            source=entry.source.id,
            named=named(entry.source),
            why=_why([terms[word] for word in words], entry.source),
            share=round(self._share(words, terms), 2),
            score=round(score, 2),
            quote=self._quote(terms, entry.source),
        )

    def _quote(self, terms: Mapping[str, str], source: Source) -> str | None:
        """The sentence of the abstract that holds most of the statement; None where none holds enough of it."""
        abstract = abstract_of(source)[:_LONGEST]
        found = [
            (self._share([word for word in _terms(abstract[span.start : span.end]) if word in terms], terms), span)
            for span in sentences(abstract)
            if span.end - span.start <= _LONGEST_QUOTE
        ]
        share, best = max(found, key=lambda each: each[0], default=(0.0, None))
        return abstract[best.start : best.end] if best and share >= _SENTENCE_SHARE else None

    def _share(self, words: Iterable[str], of: Collection[str]) -> float:
        whole = sum(map(self._rarity, of))
        return sum(map(self._rarity, words)) / whole if whole else 0.0

    def _rarity(self, word: str) -> float:
        return self._rarities.get(word, self._unheard)

    def _rarity_of(self, count: int) -> float:
        """The inverse document frequency of BM25 of a word that so many sources hold, never negative."""
        return math.log(1 + (len(self._entries) - count + 0.5) / (count + 0.5))


def named(source: Source) -> str:
    """A source as a reader knows it: authors, year and title, as far as there are any."""
    said = ": ".join(filter(None, (authors_and_year(source.authors, source.year), source.title)))
    return said or source.url or source.id


def _why(words: Sequence[str], source: Source) -> str:
    abstract = bool(abstract_of(source))
    listed = ", ".join(f"“{word}”" for word in words[:_NAMED]) + (" …" if len(words) > _NAMED else "")
    return f"{'title and abstract speak' if abstract else 'its title speaks'} of {listed}"


def _terms(text: str) -> dict[str, str]:
    """The words that count, as they are compared and as they are written."""
    return {canonical(word): word for word in content_words(text).values()}


def _words(text: str) -> list[str]:
    return [canonical(word) for word in fold(text).split()]
