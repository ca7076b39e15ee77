"""How writers name authors in a sentence: the words of such a phrase, and the phrase that ends at a given place."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from kb.language.folding import fold

_WORD = re.compile(r"[^\W\d_](?:[^\W_]|[’'ʼ‘`´‐‑-](?=[^\W\d_]))*")
_TOKEN = re.compile(rf"{_WORD.pattern}|&|[^\w\s]|\d+")
_POSSESSIVE = re.compile(r"[’'ʼ]s?$")
AND = frozenset("and & et und y e og och en i".split())
PARTICLES = frozenset(
    "van von der den de da di du del della dell dalla dos das do la le les el al bin ibn bint ter ten te af av zu zur "
    "zum san 't".split()
)
_SMALL = frozenset("of for the on in".split())
"""What may stand within the name of an organisation."""

OTHERS = frozenset("al coll colleagues coworkers collaborators associates others coauthors mitarbeiter cols".split())
_OWNED = frozenset("his her their team group lab co workers study trial work review paper report s".split())
"""What may stand between a name and the year that is told of it: "Smith and his co-workers (2004)"."""

_DOTTED = re.compile(r"[A-ZÀ-Þ]{1,2}|St|Jr|Sr|al|coll")
_FAR = 200
"""Characters before a year in which the names that belong to it are looked for."""

_OPENERS = frozenset(
    "as in see by while although when both and but the like however since for from with furthermore moreover "
    "additionally also similarly likewise recently previously thus therefore yet because if that according following "
    "after before finally indeed consequently conversely specifically notably interestingly only".split()
)
"""Words that open a sentence or a remark, and belong to no name."""


class Word(NamedTuple):
    """A word of a phrase: its passage in the text, and the word folded into one run of letters."""

    start: int
    end: int
    folded: str
    capital: bool
    """Whether any of its letters is a capital."""


def words_of(text: str, start: int, end: int) -> list[Word]:
    """The words and ampersands of a passage, in order; a possessive ending is no part of a word."""
    found = []
    for match in re.finditer(rf"{_WORD.pattern}|&", text[start:end]):
        word = _POSSESSIVE.sub("", match.group())
        at = start + match.start()
        folded = "and" if word == "&" else fold(word).replace(" ", "")
        found.append(Word(at, at + len(word), folded, word != word.lower()))
    return found


def phrase_before(text: str, floor: int, end: int) -> int:
    """Where the names begin that end right before ``end``; ``end`` itself where no name stands there.

    Walks backwards over names, initials, particles, "and", "et al.", commas and the small words of organisations, and
    over one short remark in brackets, at most 200 characters and not beyond ``floor``.
    """
    low = max(floor, end - _FAR)
    tokens = list(_TOKEN.finditer(text, low, end))
    if low > floor and tokens and tokens[0].start() == low and text[low - 1 : low].isalnum():
        del tokens[0]  # the rest of a word
    begin, at = end, len(tokens) - 1
    named = False
    while at >= 0:
        word = tokens[at].group()
        if word in ")]" and not named and (opening := _remark(tokens, at)) is not None:
            at = opening - 1
            continue
        if not _belongs(word, tokens[at + 1].group() if at + 1 < len(tokens) else "", named=named):
            if not (word == "." and at and _DOTTED.fullmatch(tokens[at - 1].group())):
                break
        elif word[0].isalpha() and (word[0].isupper() or word != word.lower()):
            named, begin = True, tokens[at].start()
        at -= 1
    return begin


def _remark(tokens: list[re.Match[str]], closing: int) -> int | None:
    """The index of the bracket that opens a remark of at most four words without a number."""
    for at in range(closing - 1, max(-1, closing - 6), -1):
        word = tokens[at].group()
        if word in "([":
            return at
        if word.isdecimal():
            return None
    return None


def _belongs(word: str, following: str, *, named: bool) -> bool:
    """Whether a word or mark can be part of a phrase of names, given whether a name follows it already."""
    if word[0].isupper() or word in AND or word in ",’'":
        return True
    lower = _POSSESSIVE.sub("", word).lower()
    if lower.replace("-", "") in OTHERS or lower in _OWNED or lower == "-":
        return not named or lower == "al"
    if word != lower:
        return True
    return named and (lower in PARTICLES or (lower in _SMALL and following[:1].isalpha()))


def without_openers(words: list[Word]) -> list[Word]:
    """The words from the first that can begin a name: "As in Smith" → "Smith"."""
    at = 0
    while at < len(words) and (
        words[at].folded in _OPENERS or words[at].folded in AND or not (words[at].capital or _is_particle(words[at]))
    ):
        at += 1
    return words[at:]


def _is_particle(word: Word) -> bool:
    return word.folded in PARTICLES and word.folded not in AND


def tells_others(words: Sequence[Word]) -> bool:
    """Whether the phrase says that there are more authors than it names: "et al.", "and colleagues"."""
    return any(word.folded in OTHERS and not word.capital for word in words[1:])
