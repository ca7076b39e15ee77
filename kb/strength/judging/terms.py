"""The words by which a claim and a source are compared, and how telling each is.

A word that few sentences hold says more of what a sentence is about than one that many hold: its rarity is the inverse
document frequency (Spärck Jones, Journal of Documentation, 1972), the logarithm of how many sentences of biomedical
articles there are to each one with the word. The table was counted by ``scripts/train_judge.py``.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache, lru_cache
from pathlib import Path

import msgspec

from kb.language.assertion_words import FUNCTION
from kb.language.folding import fold
from kb.language.stems import stem

RARITY = Path(__file__).with_name("rarity.json")
_WRITTEN = re.compile(r"[^\W_]+(?:[-'’./][^\W_]+)*")
EMPTY = FUNCTION | frozenset(
    """
    al any another because before being between but each et how if into make makes more most must no nor not only other
    others over own same should show showed shown shows since some study studies suggest suggested suggests than under
    up what when where while why without result results
    """.split()
)
"""Words that say nothing of what a sentence is about."""
_TYPOGRAPHY = str.maketrans("’‘“”–—‐‑−…•·°±×≥≤≈®™\u00a0\u2009\u202f", "''" + " " * 21)
_SHORTEST = 2


class Rarity(msgspec.Struct, frozen=True, kw_only=True):
    """The file of rarities.

    Attributes
    ----------
    data, licence, script
        What was counted, under which licences, and by which script.
    unknown
        The rarity of a stem that is not listed.
    levels
        For each rarity, rounded, the stems that have it, in one text.
    """

    data: str
    licence: str
    script: str
    unknown: float
    levels: dict[str, str]


@cache
def _table() -> tuple[Mapping[str, float], float]:
    read = msgspec.json.decode(RARITY.read_bytes(), type=Rarity)
    return {word: float(level) for level, words in read.levels.items() for word in words.split()}, read.unknown


def rarity(term: str) -> float:
    """How telling a stem is: 0 for one in every sentence, about 9 for one that hardly any sentence holds."""
    known, unknown = _table()
    return known.get(term, unknown)


def terms(text: str) -> frozenset[str]:
    """The stems of the content words of a text.

    >>> sorted(terms("Cupping eased the pain of 60 patients."))
    ['60', 'cupp', 'eased', 'pain', 'patient']
    """
    return terms_of_folded(folded(text))


def folded(text: str) -> str:
    """The text as ``kb.language.folding.fold`` leaves it; faster where only its typography is not plain."""
    return fold(text if text.isascii() else text.translate(_TYPOGRAPHY))


def terms_of_folded(text: str) -> frozenset[str]:
    """The same of a text that is folded already."""
    return frozenset(map(_term, text.split())) - _NOTHING


def written(text: str) -> dict[str, str]:
    """The stems of the content words of a text in their order, each with the word as it is first written there.

    >>> written("miR-211 slows the cells")
    {'mir': 'miR-211', '211': 'miR-211', 'slow': 'slows', 'cell': 'cells'}
    """
    found: dict[str, str] = {}
    for word in _WRITTEN.findall(text):
        for term in _terms_of(word):
            found.setdefault(term, word)
    return found


@lru_cache(maxsize=4096)
def _terms_of(word: str) -> tuple[str, ...]:
    return tuple(term for part in fold(word).split() if (term := _term(part)))


@lru_cache(maxsize=32_768)
def _term(word: str) -> str:
    """The stem of a folded word; empty for one of no content."""
    return "" if len(word) < _SHORTEST or word in EMPTY else stem(word)


_NOTHING = frozenset({""})
