"""What the model of ``kb.language.worth`` sees of a sentence: wordings with their meaning, words, section and place.

Everything looks at the sentence as ``simplified`` leaves it, so that nothing hangs on the holes that markers leave.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache
from itertools import pairwise

from kb.language.worth_wordings import LISTS, PATTERNS, SECTIONS, WORDINGS

LONGEST = 2_000
"""Characters of a sentence that are looked at; what is longer is a table or a list, and its beginning tells as much."""

_PLACES = ((0.2, "at its beginning"), (0.4, "in its first half"), (0.6, "at its middle"), (0.8, "in its second half"))
_PLACE_LAST = "at its end"
_SHAPES = {
    "codes": re.compile(r"\b(?:[A-Z]{2,}\w*|[A-Za-z]++-?\d\w*)"),
    "names": re.compile(r"[A-Z](?<=[a-z,] [A-Z])[a-z]+"),
    "figures": re.compile(r"\d+"),
}
_SHAPE_NAMES = {"codes": "abbreviations or codes", "names": "capitalised names", "figures": "numbers"}
_MANY = 3
_COUNTS = ("none", "one", "two", "three or more")
_LENGTHS = tuple(range(8, 56, 8))


def _with_lists(text: str, between: str) -> str:
    for name, words in LISTS.items():
        text = text.replace(f"<{name}>", between.join(words.split()))
    return text


def _named() -> Mapping[str, Sequence[str]]:
    """The names of the wordings that each word, or pair of words, belongs to."""
    names: dict[str, list[str]] = {}
    for name, (_, words) in WORDINGS.items():
        for word in words.split("|"):
            names.setdefault(word, []).append(name)
    return names


_NAMED = _named()
_WORDINGS = frozenset(_NAMED)
_PATTERNS = {
    name: (frozenset(_with_lists(needed, " ").split()), re.compile(_with_lists(expression, "|")))
    for name, (_, needed, expression) in PATTERNS.items()
}
_SECTIONS = {name: re.compile(expression, re.IGNORECASE) for name, (_, expression) in SECTIONS.items()}

_TYPOGRAPHY = str.maketrans({"’": "'", "‘": "'", "–": "-", "—": "-", "‐": "-", "‑": "-", "−": "-", "\u00a0": " "})
_ACRONYM = re.compile(r"\([A-Z][A-Za-z\d-]{1,9}\)")
_NUMBER = re.compile(r"\d+(?:[.,·:/]\d+)*(?:\s?(%))?")
_YEAR = re.compile(r"(?:19|20)\d\d(?<![\d.,]\d{4})(?![\d%]|[.,]\d)")
_DIGIT = re.compile(r"\d")
_OTHERS = re.compile(r"\bet al\b\.?")
"""What is left of the names of authors whose marker is gone."""
_LED_UP = re.compile(
    r"\b(?:e\.g\.|i\.e\.|by|in|from|see|of|with|to|and|or|cf|for|also|as)\s{0,9}(?=[,;]?\s{0,9}(?:[().;]|$))"
)
"""Words that led up to a marker."""
_LEFT_OVER = (
    (_LED_UP, ""),
    (re.compile(r"[(\[][\s,;.&-]{0,20}[)\]]"), " "),
    (re.compile(r"\s+(?=[,;.)\s])"), ""),
    (re.compile(r"[,;](?=[,;.])"), ""),
)
_WORD = re.compile(r"[a-z#]+(?:['-][a-z#]+)*%?")
_BREAK = re.compile(r"[^\w\s#%'-]+")


def simplified(words: str) -> str:
    """The sentence in lower case, numbers as ``#``, and without the traces that a citation taken out leaves behind.

    >>> simplified("Pain fell by 12.5 % in 1998 (Smith et al., ), as shown in .")
    'pain fell by #% in year# (smith,), as shown.'
    """
    text = words[:LONGEST]
    if not text.isascii():
        text = text.translate(_TYPOGRAPHY)
    text = _ACRONYM.sub("(acronym)", text).lower()
    if _DIGIT.search(text):
        text = _NUMBER.sub(r"#\1", _YEAR.sub("year#", text))
    cleared = _cleared(text)
    if cleared != text:
        cleared = _cleared(cleared)
    return " ".join(cleared.split())


def _cleared(text: str) -> str:
    if "et al" in text:
        text = _OTHERS.sub(" ", text)
    for pattern, instead in _LEFT_OVER:
        text = pattern.sub(instead, text)
    return text


def features(words: str, section: str, position: float | None) -> set[str]:
    """The names of what the model sees of a sentence; parameters as of ``kb.language.worth.worth``.

    Words and pairs of words go by themselves, what has a meaning by its name behind ``@``; ``|opening`` follows where
    the sentence stands in an introduction, since much reads otherwise there.
    """
    text = simplified(words)
    found = _words(text)
    part = _part(section)
    named = [name for word in found & _WORDINGS for name in _NAMED[word]]
    named += [
        name
        for name, (needed, pattern) in _PATTERNS.items()
        if (not needed or not needed.isdisjoint(found)) and pattern.search(text)
    ]
    found.update(f"@{name}" for name in named)
    if part:
        found.add(f"@{part}")
        found.update(f"@{name}|{part}" for name in named if part == "opening")
    if part and position is not None:
        found.add(f"@{part}, {_place(position)}")
    head = words[:LONGEST]
    found.update(f"@{name} {min(_MANY, len(shape.findall(head)))}" for name, shape in _SHAPES.items())
    found.add(f"@length {bisect_right(_LENGTHS, text.count(' '))}")
    return found


def _words(text: str) -> set[str]:
    """Words and pairs of words; no pair reaches over a punctuation mark, where a marker may have been."""
    found: set[str] = set()
    for index, piece in enumerate(_BREAK.split(text)):
        words = _WORD.findall(piece)
        found.update(words, map(" ".join, pairwise(words)))
        if index == 0 and words:
            found.add(f"^ {words[0]}")
    return found


@lru_cache(maxsize=64)
def _part(section: str) -> str:
    return next((name for name, heading in _SECTIONS.items() if heading.search(section)), "")


def _place(position: float) -> str:
    return next((place for end, place in _PLACES if position < end), _PLACE_LAST)


@cache
def meaning(feature: str) -> str:
    """What a feature of the file of weights means, in plain words."""
    if not feature.startswith("@"):
        return _quoted(feature)
    name = feature[1:].partition("|")[0]
    section, _, place = name.partition(", ")
    if section in SECTIONS:
        return SECTIONS[section][0] + (f", {place}" if place else "")
    shape, _, count = name.rpartition(" ")
    if shape == "length":
        return f"has {int(count) * _LENGTHS[0]} words or more"
    if shape in _SHAPES:
        return f"has {_COUNTS[int(count)]} of: {_SHAPE_NAMES[shape]}"
    table = WORDINGS if name in WORDINGS else PATTERNS
    return table[name][0]


def _quoted(words: str) -> str:
    return f"begins with “{words[2:]}”" if words.startswith("^ ") else f"says “{words}”"
