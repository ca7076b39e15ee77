"""Cues of direction in a sentence: words of more, less, better, worse and no difference, with denials taken in."""

from __future__ import annotations

import re
from collections.abc import Set
from functools import lru_cache
from typing import NamedTuple

from kb.language.effect import words as known
from kb.language.effect.words import Way

_TOKEN = re.compile(r"[0-9]+(?:[.,·][0-9]+)*|[^\W_]+(?:['’-][^\W\d_]+)*|[;:.,()\[\]]")
_SAME = re.compile("|".join(known.SAME))
_NOT_ONLY = frozenset({"only", "just", "merely", "least", "least,"})
_REACH = 6
"""Words before a word of change within which a denial is looked for."""
_OPPOSITE: dict[Way, Way] = {"more": "less", "less": "more", "better": "worse", "worse": "better", "same": "same"}
_PLACES = frozenset(
    "back limb limbs leg legs extremity extremities body abdomen abdominal spine jaw lip lobe eyelid third respiratory "
    "urinary gastrointestinal esophageal oesophageal education molar incisor uterine segment".split()
)
"""Behind "lower" or "higher" they make a name of it: the lower back lowers nothing."""


class Cue(NamedTuple):
    """A word or wording that says which way something went, and where it stands in the sentence."""

    way: Way
    start: int
    end: int
    denied: bool = False
    """Whether the sentence denies that way: "did not reduce"."""


class Token(NamedTuple):
    """A word or stop of a sentence in lower case, and where it stands."""

    word: str
    start: int
    end: int


def lowered(text: str) -> str:
    """The text in lower case, every character in its place, and one kind of dash and apostrophe."""
    lower = text.lower()
    if len(lower) != len(text):
        lower = "".join(one.lower() if len(one.lower()) == 1 else one for one in text)
    return lower if lower.isascii() else lower.translate(_PLAIN)


_PLAIN = str.maketrans(
    {"’": "'", "‐": "-", "‑": "-", "–": "-", "−": "-", "—": "-", "\n": " ", "\u00a0": " ", "\u2009": " "}
)


@lru_cache(maxsize=512)
def tokens(lower: str) -> tuple[Token, ...]:
    """Words, numbers and stops of a text in lower case."""
    return tuple([Token(match.group(), match.start(), match.end()) for match in _TOKEN.finditer(lower)])


def cues(sentence: str, names: Set[str] = frozenset()) -> list[Cue]:
    """Every cue of a sentence in order; linear in its length.

    Parameters
    ----------
    sentence
        As written.
    names
        Words in lower case that name the outcome itself, and so say nothing of where it went: "loss" in "weight loss".

    Examples
    --------
    >>> [(cue.way, cue.denied) for cue in cues("Heat gave a greater reduction in pain but did not improve sleep.")]
    [('less', False), ('better', True)]
    """
    lower = lowered(sentence)
    found = [Cue("same", match.start(), match.end()) for match in _SAME.finditer(lower)]
    words = tokens(lower)
    found += [cue for at in range(len(words)) if (cue := _cue(words, at, names))]
    return sorted(found, key=lambda cue: (cue.start, cue.end))


def _cue(words: tuple[Token, ...], at: int, names: Set[str]) -> Cue | None:
    word, start, end = words[at]
    way = known.WAYS.get(word)
    if way is None or word in names:
        return None
    following = words[at + 1].word if at + 1 < len(words) else ""
    if word in {"lower", "higher", "upper"} and following in _PLACES:
        return None
    if word in known.DEGREES and _only_degree(words, at, names):
        return None
    degree = _degree(words, at, names) if word in known.CHANGES else None
    if degree is not None:
        start = degree.start
        way = way if known.DEGREES[degree.word] > 0 else _OPPOSITE[way]
    return Cue(way, start, end, _denied(words, at))


def _only_degree(words: tuple[Token, ...], at: int, names: Set[str]) -> bool:
    """Whether a comparative belongs to a word of change that follows."""
    for token in words[at + 1 : at + 4]:
        if token.word in known.CHANGES and token.word not in names:
            return True
        if not token.word[0].isalpha() or token.word in {"in", "of", "than", "and", "or", "for", "with", "to"}:
            return False
    return False


def _degree(words: tuple[Token, ...], at: int, names: Set[str]) -> Token | None:
    """The comparative that belongs to a word of change."""
    for token in reversed(words[max(0, at - 3) : at]):
        if token.word in known.DEGREES and token.word not in names:
            return token
        if not token.word[0].isalpha() or token.word in {"in", "of", "than", "and", "or", "for", "with", "to"}:
            return None
    return None


def _denied(words: tuple[Token, ...], at: int) -> bool:
    for place in range(at - 1, max(-1, at - 1 - _REACH), -1):
        word = words[place].word
        if word in known.BREAKS or word in ";:.)":
            return False
        if word in known.DENIALS or word.endswith("n't"):
            return words[place + 1].word not in _NOT_ONLY
    return False
