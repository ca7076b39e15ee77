"""The numbers of a text with what stands around them: what each is of, and how exactly it is meant."""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import lru_cache
from itertools import islice
from typing import Literal, NamedTuple, TypeAlias

from kb.language.quantities import Quantity, quantities
from kb.language.sentences import sentences
from kb.language.stems import stem
from kb.strength.numbers.amounts import VAGUE, Amount, amount_of

MOST_CHARACTERS, MOST_NUMBERS, MOST_WORDS = 100_000, 500, 400
"""What is read of a text, its numbers, and the content words of a sentence; more is not compared, so that the time is
bounded whatever the text is."""
REACH = 300
"""How far from a number, in characters, the words of its sentence are looked at."""
_EITHER_SIDE = 6
"""Content words on either side of a number that tell what it is of."""
_BESIDE = 4
"""Words of any kind on either side that must stand in the same place for two numbers to hold the same place."""

Bound: TypeAlias = Literal["", "about", "least", "most", "above", "below"]

_HEDGE_WORDS: tuple[tuple[Bound, str], ...] = (
    ("least", r"\bat\sleast|\bno\s(?:less|fewer)\sthan|\ba\sminimum\sof|\bnot\sless\sthan"),
    ("most", r"\bup\sto|\bat\s(?:the\s)?most|\bno\smore\sthan|\bas\s(?:many|much|high)\sas|\ba\smaximum\sof"),
    ("above", r"\b(?:more|greater|higher|larger|longer)\sthan|\bover|\babove|\bexceed(?:s|ed|ing)?|\bin\sexcess\sof"),
    ("below", r"\b(?:less|fewer|lower|smaller|shorter)\sthan|\bunder|\bbelow"),
    (
        "about",
        r"\babout|\baround|\bapproximately|\bapprox\.?|\broughly|\bnearly|\balmost|\bsome|\bclose\sto|\bcirca|"
        r"\bca\.?|\bjust\s(?:under|over)|[~≈∼]",
    ),
)
_HEDGE = re.compile(
    rf"(?:{'|'.join(f'(?P<{bound}>{words})' for bound, words in _HEDGE_WORDS)})\s?(?:(?:a|an|the|of)\s)?[(~≈]?\s?$",
    re.IGNORECASE,
)
_THROUGHOUT = re.compile(r"\b(?:over|up\sto)\s(?:the\s|a\s)?$", re.IGNORECASE)
"""Before a time it tells how long something went on: "over 12 weeks"."""
DOWN = re.compile(
    r"\b(?:reduc|decreas|fell\b|falls?\b|declin|drop|lower|less\b|fewer\b|los[st]|shorten|cut\b|sav(?:ed|ing))",
    re.IGNORECASE,
)
_CLOSE_BY = 60
"""How far from a number, in characters, a word may stand that tells of its direction."""
_SIGNS: dict[str, Bound] = {"<": "below", "≤": "most", ">": "above", "≥": "least", "": ""}
_LONGEST_HEDGE = 24

_TOKEN = re.compile(r"[^\W\d_]{1,30}|[0-9]+(?:[.,·][0-9]+)*")
_STOP = frozenset(
    """
    a an the this that these those such it its they them their there here of in on at to for from by with and or but
    nor so as is are was were be been being has have had do does did can could may might will would shall should
    must also even than then when while if because which who whom whose what about into over under between through
    more most less least all both each any some own same very too just only up down out off again we our us his her
    he she vs versus respectively compared ci cis sd se sem however whereas during after before within not no
    abstract title background objective objectives aim aims methods method results conclusion conclusions
    """.split()
)


class Mention(NamedTuple):
    """A number of a text: its amount, how it is meant, and the words around it."""

    start: int
    end: int
    written: str
    quantity: Quantity
    amount: Amount
    bound: Bound
    sentence: int
    near: frozenset[str]
    """Stems of the content words next to it, in its sentence."""
    before: tuple[str, ...]
    after: tuple[str, ...]
    """The words next to it, outwards, of any kind; a number among them is ``#``."""
    beside: tuple[tuple[str, ...], tuple[str, ...]]
    """The content words next to it, outwards, on the left and on the right."""
    falls: bool
    """Whether a word beside it says that something became less, so that it may be told with or without a minus."""


class Reading(NamedTuple):
    """A text with its numbers in order and, of each sentence, place and stems of the content words.

    A sentence without numbers has no stems: nobody asks for them.
    """

    text: str
    spans: tuple[tuple[int, int], ...]
    stems: tuple[frozenset[str], ...]
    mentions: tuple[Mention, ...]

    def words_of(self, mention: Mention) -> str:
        """The sentence in which a number stands; of a very long one what is around it."""
        start, end = self.spans[mention.sentence]
        return self.text[max(start, mention.start - REACH) : min(end, mention.end + REACH)]


@lru_cache(maxsize=8)
def read(text: str) -> Reading:
    """Read a text; the last few are remembered, since several statements cite a source in turn."""
    text = text[:MOST_CHARACTERS]
    found = quantities(text)[:MOST_NUMBERS]
    spans = tuple((span.start, span.end) for span in sentences(text)) if found else ()
    stems: list[frozenset[str]] = []
    mentions: list[Mention] = []
    position = 0
    for number, (start, end) in enumerate(spans):
        here: list[Quantity] = []
        while position < len(found) and found[position].start < end:
            here.append(found[position])
            position += 1
        if not here:
            stems.append(frozenset())
            continue
        words = _words(text, start, end, here)
        stems.append(frozenset(islice((word.stem for word in words if word.content), MOST_WORDS)))
        mentions += [_mention(text, one, number, start, words) for one in here]
    return Reading(text, spans, tuple(stems), tuple(mentions))


class _Word(NamedTuple):
    start: int
    stem: str
    content: bool


def _words(text: str, start: int, end: int, numbers: list[Quantity]) -> list[_Word]:
    """The words of a sentence, each number with its unit as one; its people count among the words."""
    words: list[_Word] = []
    position = start
    for one in numbers:
        words += _plain_words(text, position, one.start)
        words.append(_Word(one.start, "#", content=False))
        position = max(position, _end_of_number(text, one))
    return words + _plain_words(text, position, end)


def _end_of_number(text: str, one: Quantity) -> int:
    if one.kind == "vague share" or (one.kind == "count" and one.unit):
        digits = _TOKEN.match(text, one.start)
        return digits.end() if digits else one.start
    return one.end


def _plain_words(text: str, start: int, end: int) -> list[_Word]:
    return [_Word(match.start(), *_told(match.group())) for match in _TOKEN.finditer(text, start, end)]


@lru_cache(maxsize=8192)
def _told(token: str) -> tuple[str, bool]:
    """The stem of a token, and whether it is a content word."""
    if token[0].isdigit():
        return "#", False
    word = token.lower()
    return stem(word), len(word) > 1 and word not in _STOP


def _mention(text: str, one: Quantity, sentence: int, start: int, words: list[_Word]) -> Mention:
    place = bisect_left(words, one.start, key=lambda word: word.start)
    content_before = [word.stem for word in words[max(0, place - 3 * _EITHER_SIDE) : place] if word.content]
    content_after = [word.stem for word in words[place + 1 : place + 1 + 3 * _EITHER_SIDE] if word.content]
    written = text[one.start : one.end]
    amount = amount_of(one, written)
    return Mention(
        start=one.start,
        end=one.end,
        written=" ".join(written.split()),
        quantity=one,
        amount=amount,
        bound=_bound(text, one, amount, start),
        sentence=sentence,
        near=frozenset(content_before[-_EITHER_SIDE:] + content_after[:_EITHER_SIDE]),
        before=tuple(word.stem for word in reversed(words[max(0, place - _BESIDE) : place])),
        after=tuple(word.stem for word in words[place + 1 : place + 1 + _BESIDE]),
        beside=(tuple(reversed(content_before[-_EITHER_SIDE:])), tuple(content_after[:_EITHER_SIDE])),
        falls=bool(DOWN.search(text, max(start, one.start - _CLOSE_BY), one.end + _CLOSE_BY)),
    )


def _bound(text: str, one: Quantity, amount: Amount, start: int) -> Bound:
    if one.limit:
        return _SIGNS[one.limit]
    if one.kind == VAGUE:
        return ""
    before = text[max(start, one.start - _LONGEST_HEDGE) : one.start]
    if amount.dimension == "time" and _THROUGHOUT.search(before):
        return ""
    match = _HEDGE.search(before)
    return next((bound for bound, _ in _HEDGE_WORDS if match[bound]), "") if match else ""
