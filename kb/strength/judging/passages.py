"""The text of a source in sentences, and those of them that come nearest to a claim."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import islice
from typing import NamedTuple

from kb.language.sentences import sentences
from kb.strength.judging.terms import folded, terms_of_folded

CLOSEST = 5
"""Sentences that count as what a source says on a claim: as many as readers of the training data were shown."""
MOST_SENTENCES = 2_000
_LONGEST_PARAGRAPH = 20_000
_LONGEST_TEXT = 1_000_000
_WORDS = "background|introduction|objectives?|aims?|purpose|methods?|design|setting|results?|findings|conclusions?"
_LABEL = re.compile(
    rf"(?:[#*]{{1,6}}\s{{1,3}})?(?:[A-Z][A-Z /,&-]{{2,60}}:\s|(?:{_WORDS.upper()})[.:]?\s(?=[A-Z])"
    rf"|(?i:{_WORDS}):\s|(?:{'|'.join(word.capitalize() for word in _WORDS.split('|'))})\.?\s(?=[A-Z][a-z]))\s{{0,3}}"
)
"""The name of a part of an abstract, as "BACKGROUND: " or, where markup is gone, "Results "."""
_ENGLISH = re.compile(
    r"\b(?:the|of|and|in|to|with|for|was|were|is|are|that|by|on|from|as|at|or|than|this)\b", re.IGNORECASE
)
_LEAST_ENGLISH = 0.15
"""Least share of English function words in an English text; below it a comparison of words means nothing."""
_SHORT, _LEAST_IN_SHORT = 60, 0.08
"""In a text of fewer words that share varies more."""


class Passage(NamedTuple):
    """A sentence of a source, its terms, and its words as they are folded for comparison."""

    text: str
    terms: frozenset[str]
    folded: str


class Text(NamedTuple):
    """A text in sentences, all its terms, its folded words with a space before each, and these in one run."""

    passages: tuple[Passage, ...]
    terms: frozenset[str]
    words: str
    run: str


@lru_cache(maxsize=256)
def of_abstract(abstract: str) -> Text:
    """The sentences of an abstract, without the labels of its parts."""
    return _text(_passages(abstract))


@lru_cache(maxsize=8)
def of_full_text(full_text: str) -> Text:
    """The first sentences of a full text whose lines are its paragraphs."""
    lines = (line[:_LONGEST_PARAGRAPH] for line in full_text[:_LONGEST_TEXT].splitlines())
    found = (passage for line in lines for passage in _passages(line))
    return _text(islice(found, MOST_SENTENCES))


def _text(passages: Iterable[Passage]) -> Text:
    kept = tuple(passages)
    words = " " + " ".join(passage.folded for passage in kept)
    return Text(kept, frozenset().union(*(passage.terms for passage in kept)), words, words.replace(" ", ""))


def _passages(paragraph: str) -> Iterator[Passage]:
    for span in sentences(paragraph):
        sentence = paragraph[span.start : span.end]
        label = _LABEL.match(sentence)
        words = sentence[label.end() :] if label else sentence
        if words:
            plain = folded(words)
            yield Passage(words, terms_of_folded(plain), plain)


@lru_cache(maxsize=256)
def english(text: str) -> bool:
    """Whether a text has as many of the small words of English as an English text has."""
    words = len(text.split())
    return len(_ENGLISH.findall(text)) >= (_LEAST_ENGLISH if words >= _SHORT else _LEAST_IN_SHORT) * words


def closest(wanted: Mapping[str, float], passages: Sequence[Passage]) -> list[tuple[float, Passage]]:
    """The sentences that hold most of the wanted terms by weight, with the share that they hold; the nearest first.

    Parameters
    ----------
    wanted
        The weight of each term, 0 < weight.
    """
    total = sum(wanted.values()) or 1.0
    # In the order of the claim, since that of a set differs from run to run and with it the last digit of a sum.
    weights = tuple(wanted.items())
    shares = [sum([weight for term, weight in weights if term in one.terms]) / total for one in passages]
    best = sorted(range(len(passages)), key=lambda place: (-shares[place], place))[:CLOSEST]
    return [(shares[place], passages[place]) for place in best]
