"""What other articles assert against the statements of one article, without comparing each with each.

The contradictions are those of ``kb.questions.claims``; here is which statements of a whole knowledge base could have
one with a statement at hand. As of two that contradict each other the gist of one holds that of the other
(``kb.language.gist``), the smaller is found by its rarest word.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice, permutations
from typing import NamedTuple

from kb.language.folding import fold
from kb.language.gist import Gists
from kb.model import Statement
from kb.questions.asserted import Said
from kb.questions.claims import claims
from kb.questions.same_claim import ASSERT_NOTHING

_MOST = 50
"""Statements that share the rarest word of one and are looked at: where more do, they are rows of a table."""


class Opposed(NamedTuple):
    """A statement of the article at hand, one of another article that contradicts it, and why."""

    statement: str
    other: Said
    why: str


class Others:
    """The statements of many articles, ready to be asked whether any of them contradicts a given one."""

    def __init__(self, said: Iterable[Said]) -> None:
        self._said = [one for one in said if one.kind not in ASSERT_NOTHING and not one.leans_on]
        self._gists = Gists()
        self._words = [frozenset(self._gists.gist(one.text, one.words).words) for one in self._said]
        self._frequency = Counter(word for words in self._words for word in words)
        self._holding: defaultdict[str, list[int]] = defaultdict(list)
        self._led: defaultdict[str, list[int]] = defaultdict(list)
        for place, words in enumerate(self._words):
            for word in words:
                self._holding[word].append(place)
            if words:
                self._led[self._rarest(words)].append(place)

    def against(self, article: str, statements: Sequence[Statement]) -> tuple[Opposed, ...]:
        """The contradictions of an article's statements, in their order, each with one statement of another article.

        Time grows with the statements and with how many others share their rarest words, not with the knowledge base.
        """
        told = [one for one in statements if one.kind not in ASSERT_NOTHING and not one.leans_on]
        near = {place for one in told for place in self._near(one.text) if self._said[place].article != article}
        others = [self._said[place] for place in sorted(near)]
        if not others:
            return ()
        found = claims([one.text for one in told] + [one.text for one in others])
        opposed: dict[int, Opposed] = {}
        for one, other, how in found.pairs:
            if how.how == "contradicts":
                for mine, theirs in permutations((found.groups[one], found.groups[other])):
                    said = [others[place - len(told)] for place in theirs if place >= len(told)]
                    for place in (place for place in mine if said and place < len(told)):
                        opposed.setdefault(place, Opposed(told[place].id, said[0], how.why))
        return tuple(opposed[place] for place in sorted(opposed))

    def _near(self, text: str) -> Iterator[int]:
        """The places of statements of which one gist may hold the other."""
        words = frozenset(self._gists.gist(text, fold(text)).words)
        known = [word for word in words if word in self._frequency]
        if len(known) == len(words) and words:
            holding = (place for place in self._holding[self._rarest(words)] if words <= self._words[place])
            yield from islice(holding, _MOST)
        for word in sorted(known):
            led = (place for place in self._led[word] if self._words[place] <= words)
            yield from islice(led, _MOST)

    def _rarest(self, words: frozenset[str]) -> str:
        return min(words, key=lambda word: (self._frequency[word], word))
