"""What the built-in judge's model sees of a claim and a source: a few numbers, each with a meaning of its own."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from kb.strength.judging.own_words import Words
from kb.strength.judging.passages import Passage, closest
from kb.strength.judging.terms import rarity, terms, written

_JOINED = re.compile(r"\b(?:and|or)\b")
_EXAMPLE = re.compile(r"\b(?:e\.g|for example|such as|including|see)\b", re.IGNORECASE)
_METHOD = re.compile(
    r"\b(?:using|used|performed|described|obtained|methods?|protocol|calculated|measured|according|software|analy[sz]ed)\b",
    re.IGNORECASE,
)
_STUDIES = re.compile(r"\b(?:et al|reported|showed|shown|found|demonstrated|observed|stud(?:y|ies))\b", re.IGNORECASE)
_CODE = re.compile(r"[A-Z0-9]")


class Comparison(NamedTuple):
    """A claim held against the sentences of a source that come nearest.

    Attributes
    ----------
    wanted
        The terms of the claim's own words with their rarity.
    words
        The same terms as the author wrote them.
    passages
        The closest sentences, the nearest first, each with the share of the wanted terms, weighed by rarity, that it
        holds.
    held
        The terms of these sentences and of the title.
    """

    wanted: Mapping[str, float]
    words: Mapping[str, str]
    passages: Sequence[tuple[float, Passage]]
    held: frozenset[str]

    @property
    def together(self) -> float:
        """The share of the wanted terms, weighed by rarity, that is held."""
        return _share(self.wanted, self.held)


def compared(own: str, title: str, passages: Sequence[Passage]) -> Comparison:
    """Hold the own words of a claim against the title and the sentences of a source."""
    words = written(own)
    wanted = {term: rarity(term) for term in words}
    nearest = closest(wanted, passages)
    held = terms(title).union(*(passage.terms for _, passage in nearest))
    return Comparison(wanted, words, nearest, held)


def features(words: Words, comparison: Comparison, others: int) -> dict[str, float]:
    """What the model sees, by name.

    Parameters
    ----------
    others
        How many markers of other sources the statement has.
    """
    wanted, held = comparison.wanted, comparison.held
    best = comparison.passages[0][1].terms if comparison.passages else frozenset()
    whole = {term: rarity(term) for term in written(words.whole)} if words.whole != words.own else wanted
    codes = {term: weight for term, weight in wanted.items() if _CODE.search(comparison.words[term][1:])}
    squared = {term: weight * weight for term, weight in wanted.items()}
    return {
        "rare words in the closest sentence": _share(squared, best),
        "codes and names in the closest sentence": _share(codes or wanted, best),
        "words said again and again": _repeated(comparison),
        "likeness of statement and closest sentences": _likeness(whole, held),
        "the statement in one sentence": max(
            (_share(whole, passage.terms) for _, passage in comparison.passages), default=0.0
        ),
        "things joined": math.log1p(len(_JOINED.findall(words.own))),
        "things listed": math.log1p(words.own.count(",")),
        "codes and names": math.log1p(len(codes)),
        "example": float(bool(_EXAMPLE.search(words.own))),
        "method": float(bool(_METHOD.search(words.own))),
        "studies": float(bool(_STUDIES.search(words.own))),
        "other markers": float(min(3, others)),
    }


def _share(wanted: Mapping[str, float], held: frozenset[str]) -> float:
    """The share of the wanted terms, by weight, that is held."""
    return sum([weight for term, weight in wanted.items() if term in held]) / (sum(wanted.values()) or 1.0)


def _repeated(comparison: Comparison) -> float:
    """Mean over the wanted terms, by rarity, of the logarithm of how many of the closest sentences hold them."""
    total = 0.0
    for term, weight in comparison.wanted.items():
        total += weight * math.log1p(sum([term in passage.terms for _, passage in comparison.passages]))
    return total / (sum(comparison.wanted.values()) or 1.0)


def _likeness(whole: Mapping[str, float], held: Iterable[str]) -> float:
    """Cosine of the two sets of terms, each term by its rarity."""
    shared = sum([weight * weight for term, weight in whole.items() if term in held])
    # Exact in any order, as a set has another one in each process.
    there = math.fsum([rarity(term) ** 2 for term in held])
    size = math.sqrt(sum([weight * weight for weight in whole.values()]) * there)
    return shared / size if size else 0.0
