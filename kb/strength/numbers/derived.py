"""Numbers that a source bears out without printing them: a complement, a change, a share of counts, a range's ends.

Each asks that the words make it plain: that 67 % and 33 % add up to 100 shows nothing where no word says "not".
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import combinations, groupby, pairwise
from typing import NamedTuple

from kb.strength.numbers.amounts import COUNT, POINTS, SHARE
from kb.strength.numbers.places import alike
from kb.strength.numbers.reading import DOWN, REACH, Mention, Reading
from kb.strength.numbers.rounding import decimals

ENOUGH = 0.45
"""Share of the words next to a number that the place it is derived from must have."""
_ABOUT_HALF = 5.0
_MOST_IN_A_SENTENCE = 12
"""Counts of one sentence that are taken by twos."""


class Derived(NamedTuple):
    """Words of the source that a number follows from, and how."""

    found: str
    why: str


def derived(claim: Reading, one: Mention, source: Reading) -> Derived | None:
    """How a number of the claim follows from others of the source; None where none shows it plainly."""
    if one.amount.dimension in {SHARE, POINTS} or one.quantity.kind == "measure":
        for told in (_complement, _change, _of_counts, _ends):
            if answer := told(claim, one, source):
                return answer
    return None


_PART = re.compile(r"[,;:.()\[\]]\s|\b(?:and|but|while|whereas|compared|versus|vs)\b", re.IGNORECASE)
_NOT = re.compile(
    r"\b(?:not|no|never|neither|without|none|non|fail(?:s|ed|ure)?|lack(?:s|ed|ing)?|free\s(?:of|from))\b|n['’]t\b|\bnon(?=[a-z])",
    re.IGNORECASE,
)
_COMPLEMENTS: tuple[tuple[re.Pattern[str], re.Pattern[str]], ...] = tuple(
    (re.compile(rf"\b(?:{one})", re.IGNORECASE), re.compile(rf"\b(?:{other})", re.IGNORECASE))
    for one, other in (
        (r"surviv|alive\b", r"died\b|dead\b|deaths?\b|mortality\b"),
        (r"women\b|females?\b|girls\b", r"men\b|males?\b|boys\b"),
        (r"success|succeed", r"fail|unsuccess"),
        (r"complet", r"drop(?:ped)?[\s-]?out|withdr[ae]w|incomplet|lost\sto"),
        (r"positiv", r"negativ"),
        (r"present\b", r"absent\b"),
        (r"continu", r"discontinu|stopp"),
        (r"respon[ds]", r"non-?respon"),
        (r"adher|compli", r"non-?adher|non-?compli"),
        (r"smok", r"non-?smok"),
    )
)
"""Words of which one is true of everybody of whom the other is not."""


def clause(reading: Reading, one: Mention) -> str:
    """The part of a sentence in which a number stands, from mark to mark."""
    start, end = reading.spans[one.sentence]
    start, end = max(start, one.start - REACH), min(end, one.end + REACH)
    before = [match.end() for match in _PART.finditer(reading.text, start, one.start)]
    after = _PART.search(reading.text, one.end, end)
    return reading.text[before[-1] if before else start : after.start() if after else end]


def opposite(mine: str, other: str) -> bool:
    """Whether words say of some people what others deny of them: a negation, or complements such as alive, dead."""
    negated = bool(_NOT.search(mine)) != bool(_NOT.search(other))
    for pair in _COMPLEMENTS:
        for here, there in (pair, pair[::-1]):
            if here.search(mine) and not there.search(mine) and there.search(other) and not here.search(other):
                return True
    return negated


def _complementary(claim: Reading, one: Mention, source: Reading, other: Mention) -> bool:
    """A number may stand in a part that leaves the verb to another one: then the sentences are asked."""
    if opposite(clause(claim, one), clause(source, other)):
        return True
    return opposite(claim.words_of(one), source.words_of(other))


def denied(claim: Reading, one: Mention, source: Reading, other: Mention) -> bool:
    """Whether a claim states of some share of people what the source, with the same figure, denies of them.

    At about half, complements are the same figure.
    """
    if one.amount.dimension != SHARE or abs(one.amount.low - 50) <= _ABOUT_HALF:
        return False
    near = alike(claim, one, source, other).near
    return near >= ENOUGH and opposite(clause(claim, one), clause(source, other))


def _shares(source: Reading) -> Iterator[Mention]:
    return (one for one in source.mentions if one.amount.dimension == SHARE and one.amount.single)


def _complement(claim: Reading, one: Mention, source: Reading) -> Derived | None:
    if one.amount.dimension != SHARE or not one.amount.single:
        return None
    slack = 2.0 if one.quantity.kind == "fraction" else 0.5 * 10.0 ** -decimals(one.written) + 1e-9
    for other in _shares(source):
        if abs(100 - other.amount.low - one.amount.low) > slack:
            continue
        near = alike(claim, one, source, other)
        if near.near >= ENOUGH and _complementary(claim, one, source, other):
            return Derived(other.written, f"the complement: the source gives {other.written} for the others")
    return None


_UP = re.compile(
    r"\b(?:increas|rose\b|rise|rising|grew|gain|higher\b|more\b|greater\b|raise|elevat|lengthen)", re.IGNORECASE
)
_NOUN = r"(?:reduction|decrease|decline|drop|fall|loss|increase|rise|gain|difference)"
_BY = re.compile(rf"\b(?:by|{_NOUN}\sof)\s(?:[a-z]+\s){{0,2}}$", re.IGNORECASE)
_CHANGE = re.compile(rf"\s?(?:{_NOUN}|lower|higher|less|fewer|shorter|longer)", re.IGNORECASE)
_TO = re.compile(r"\s(?:[a-z]+\s){0,4}to\s(?:[a-z]+\s){0,3}", re.IGNORECASE)
_FROM = re.compile(r"\bfrom\s(?:[a-z]+\s){0,3}$", re.IGNORECASE)
_CLOSE_BY = 40


class _Course(NamedTuple):
    """From one value to another, as a source tells it."""

    first: float
    last: float
    dimension: str
    mention: Mention
    written: str


def _courses(source: Reading) -> Iterator[_Course]:
    text = source.text
    for one in source.mentions:
        if not one.amount.single and _FROM.search(text[max(0, one.start - _CLOSE_BY) : one.start]):
            low, high = one.amount.low, one.amount.high
            ends = (high, low) if _falls(one) else (low, high)
            yield _Course(*ends, one.amount.dimension, one, one.written)
    for one, other in pairwise(source.mentions):
        between = text[one.end : other.start]
        if one.sentence == other.sentence and len(between) <= _CLOSE_BY and _TO.fullmatch(between):
            same = one.amount.dimension == other.amount.dimension or one.amount.dimension == COUNT
            if same and _FROM.search(text[max(0, one.start - _CLOSE_BY) : one.start]):
                ends = (
                    (_first(one), _first(other))
                    if one.amount.dimension == COUNT
                    else (one.amount.low, other.amount.low)
                )
                written = " ".join(text[one.start : other.end].split())
                yield _Course(*ends, other.amount.dimension, other, written)


def _first(one: Mention) -> float:
    return one.quantity.low or 0.0


def _falls(one: Mention) -> bool:
    numbers = re.findall(r"[0-9]+(?:[.·][0-9]+)?", one.written)
    return len(numbers) > 1 and float(numbers[0].replace("·", ".")) > float(numbers[1].replace("·", "."))


def _change(claim: Reading, one: Mention, source: Reading) -> Derived | None:
    """A change by so much, of a value that the source gives before and after."""
    start, _ = claim.spans[one.sentence]
    by = _BY.search(claim.text[max(start, one.start - _CLOSE_BY) : one.start])
    if not one.amount.single or not (by or _CHANGE.match(claim.text, one.end)):
        return None
    words = claim.words_of(one)
    for course in _courses(source):
        if not (course.first > course.last and DOWN.search(words)) and not (
            course.first < course.last and _UP.search(words)
        ):
            continue
        amount = _changed(one, course)
        slack = max(0.5 * 10.0 ** -decimals(one.written), 0.005 * abs(one.amount.low)) + 1e-9
        if one.quantity.kind == "fraction":
            slack = 3.0
        shared = claim.stems[one.sentence] & source.stems[course.mention.sentence]
        if amount is not None and abs(amount - abs(one.amount.low)) <= slack and len(shared) >= _FEWEST:
            return Derived(course.written, f"from {course.written} is a change of {one.written.lstrip('-−')}")
    return None


_FEWEST = 2
"""Content words that a claim of a change and the sentence that tells of it must share."""


def _changed(one: Mention, course: _Course) -> float | None:
    """How far the course goes, in what the claim counts by; None where it counts something else."""
    if one.amount.dimension == POINTS:
        return abs(course.last - course.first) if course.dimension == SHARE else None
    if one.amount.dimension == SHARE:
        return abs(course.last - course.first) / abs(course.first) * 100 if course.first else None
    return abs(course.last - course.first) if course.dimension == one.amount.dimension else None


_OF_WHICH = re.compile(r"\bof\s(?:which|whom|these|them|those)\b", re.IGNORECASE)
_WHOLE = re.compile(r"\b(?:of|among|in)\s(?:all\s|the\s|these\s|a\stotal\sof\s)*$", re.IGNORECASE)


def _of_counts(claim: Reading, one: Mention, source: Reading) -> Derived | None:
    """A share of which the source gives part and whole: "of the 48 patients, 12 improved"."""
    if one.amount.dimension != SHARE or not one.amount.single:
        return None
    slack = 2.0 if one.quantity.kind == "fraction" else 0.5 * 10.0 ** -decimals(one.written) + 1e-9
    for number, there in groupby(source.mentions, key=lambda it: it.sentence):
        if len(claim.stems[one.sentence] & source.stems[number]) < _FEWEST:
            continue
        counts = [it for it in there if it.quantity.kind == "count"]
        for part, whole in combinations(counts[:_MOST_IN_A_SENTENCE], 2):
            small, large = sorted((part, whole), key=lambda it: it.amount.low)
            if not 0 < small.amount.low < large.amount.low or large.amount.unit != "people":
                continue
            before = source.text[max(0, large.start - _CLOSE_BY) : large.start]
            share = 100 * small.amount.low / large.amount.low
            told = _WHOLE.search(before) or _OF_WHICH.search(source.text, large.end, max(small.start, large.end))
            if told and abs(share - one.amount.low) <= slack:
                return Derived(small.written, f"{small.written} of {large.written} are {one.written.lower()}")
    return None


def _ends(claim: Reading, one: Mention, source: Reading) -> Derived | None:
    """A range whose ends the source prints apart, or the course that the claim tells as one."""
    if one.amount.single:
        return None
    by_sentence: dict[int, list[Mention]] = {}
    for other in source.mentions:
        if other.amount.dimension == one.amount.dimension and other.amount.single:
            by_sentence.setdefault(other.sentence, []).append(other)
    for number, there in by_sentence.items():
        if len(claim.stems[one.sentence] & source.stems[number]) < _FEWEST:
            continue
        low = next((it for it in there if abs(it.amount.low - one.amount.low) <= 1e-9), None)
        high = next((it for it in there if abs(it.amount.low - one.amount.high) <= 1e-9), None)
        if low and high:
            return Derived(low.written, f"the source gives {low.written} and {high.written}")
    return None
