"""What a statement speaks of, as papers can be searched for it: known names, nouns with what says which one, words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from kb.language.assertion import without_markers
from kb.language.folding import fold
from kb.language.health_words import named_treatments
from kb.language.plain import plain
from kb.language.stems import stem
from kb.questions.pubmed_words import (
    AILMENTS,
    ALSO,
    DISEASES,
    EMPTY,
    HEADS,
    KEPT,
    LETTERED,
    LINKING,
    LONGER,
    NAMED,
    TREATMENTS,
)

LONGEST = 1_500
"""Characters of a text that are read."""
SHORT = 5
"""Letters of a word whose every continuation would be another word: "pain" and "painting"."""
_LONGEST_WORD = 40
_WORD = re.compile(r"[^\W_]{1,60}(?:[-'’‐‑][^\W_]{1,60}){0,5}")
_POSSESSIVE = re.compile("(?<=[a-z])'s$|(?<=s)'$")
_VERBS = ("ed", "ing")


class Subject(NamedTuple):
    """One thing that a paper must be about: its words, and where among the words of the text it stands."""

    words: tuple[str, ...]
    place: int

    @property
    def stems(self) -> frozenset[str]:
        """Its words without their endings."""
        return frozenset(stem(word.lower()) for word in self.words)

    @property
    def names(self) -> tuple[str, ...]:
        """What papers call it, as far as that is known."""
        return known(self.words)

    @property
    def treats(self) -> bool:
        """Whether it names a treatment."""
        return not TREATMENTS.isdisjoint(map(singular, self.words)) or bool(
            named_treatments(plain(" ".join(self.words)))
        )

    @property
    def tells(self) -> bool:
        """Whether it alone says what a paper is about."""
        last = singular(self.words[-1])
        ails = last in DISEASES or last.endswith(LONGER) or (len(self.words) > 1 and last in AILMENTS)
        return ails or bool(self.names) or self.treats


def subjects(text: str) -> list[Subject]:
    """What a text speaks of, in its order, each once."""
    found: dict[tuple[str, ...], Subject] = {}
    for start, run in _runs(without_markers(text[:LONGEST])):
        for one in _cut(start, run):
            found.setdefault(tuple(map(stem, one.words)), one)
    return list(found.values())


def _runs(text: str) -> Iterator[tuple[int, list[str]]]:
    """Words that stand side by side, with which word of the text the first is; punctuation parts them."""
    run: list[str] = []
    begun, end, count = 0, -1, 0
    shouted = text.isupper()
    for match in _WORD.finditer(text):
        if run and text[end : match.start()].strip():
            yield begun, run
            run = []
        begun = begun if run else count
        words = _parts(match.group().lower() if shouted else match.group())
        run += words
        count += len(words)
        end = match.end()
    if run:
        yield begun, run


def _parts(word: str) -> list[str]:
    """A word as it is searched, names of capitals as they are; of "sciatica-related" the first half."""
    if word.isupper() and word.isascii():
        return [word]
    bare = _POSSESSIVE.sub("", word.lower().replace("’", "'"))
    pieces = [fold(piece) for piece in re.split("[-‐‑]", bare)]
    if "-".join(pieces) in ALSO or LINKING.isdisjoint(pieces):
        return [bare if "'" in bare else "-".join(pieces)]
    return [piece for piece in pieces if piece not in LINKING]


def _cut(start: int, run: Sequence[str]) -> Iterator[Subject]:
    """The subjects of words that stand side by side: known names, else nouns with what says which one, else words."""
    at = 0
    while at < len(run):
        length = _name_at(run, at) or (0 if _is_empty(run[at]) else _noun_at(run, at))
        if length:
            yield Subject(tuple(run[at : at + length]), start + at)
        at += length or 1


def _name_at(run: Sequence[str], at: int) -> int:
    """How many words a name that is known has here; 0 where there is none."""
    if run[at] in LETTERED and at + 1 < len(run) and len(run[at + 1]) <= 2:
        return 2
    if run[at] == "type" and at + 2 < len(run) and run[at + 1].isdigit():
        return 3
    return next((length for length in (3, 2, 1) if at + length <= len(run) and known(run[at : at + length])), 0)


def _noun_at(run: Sequence[str], at: int) -> int:
    """How many words the noun has that begins here: up to two say which one it is."""
    heads = [singular(word.lower()) in HEADS and not _is_empty(word) for word in run[at + 1 : at + 3]]
    if heads[:1] == [True]:
        return 2
    if heads == [False, True] and not _is_empty(run[at + 1]) and not _name_at(run, at + 1):
        return 3
    return 1


def _is_empty(word: str) -> bool:
    if word.isupper() and len(word) > 1 and word[0].isalpha():
        return word.lower() in EMPTY
    if word in KEPT or word in NAMED:
        return False
    happens = word.endswith(_VERBS) and not word.endswith("eed") and len(word) > SHORT
    told = word in EMPTY or len(word) < 3 or len(word) > _LONGEST_WORD or word.endswith("ly") or happens
    return told or "'" in word or word[0].isdigit() or not any(map(str.isalpha, word))


def known(words: Sequence[str]) -> tuple[str, ...]:
    """What papers call something, as far as that is known; empty where it is not."""
    said = " ".join(words).lower()
    return ALSO.get(said) or ALSO.get(" ".join([*said.split()[:-1], singular(words[-1].lower())]), ())


def singular(word: str) -> str:
    """A word without the ending of a plural."""
    if word.endswith("ies") and len(word) > SHORT:
        return f"{word[:-3]}y"
    if word.endswith("s") and len(word) > 3 and not word.endswith(("ss", "us", "is", "etes")):
        return word[:-1]
    return word
