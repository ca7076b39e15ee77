"""What may be a citation by number: the candidate, and how lists of numbers are written and read."""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec

NUMBER = r"\d{1,3}"
DASH = "–—‐‑−-"
SEPARATOR = rf"\s{{0,2}}[,;{DASH}]\s{{0,2}}"
NUMBERS = rf"{NUMBER}(?:{SEPARATOR}{NUMBER}){{0,60}}"
"""A list of numbers as pattern: ``1, 3–5``."""
UNIT = (
    r"(?:%|°|[mkcdµμn]?m[²³]?|[mkµμn]?g|[dmµμ]?[lL]|cc|mmol|[mµμ]mol|mmHg|kcal|kJ|[kM]?Hz|kDa|Da|bp|U|IU|fold"
    r"|s|sec(?:ond)?s?|min(?:ute)?s?|h|hrs?|hours?|d|days?|w|wks?|weeks?|mo|months?|y|yrs?|years?|times|points?)"
)
"""Units that stand behind a quantity."""
_INTERVAL_WORD = re.compile(
    r"(?:\b(?:CI|CrI|IQR|ICC|ranges?|ranging|interval|mean|median|SD|SE|quartiles?|limits|between|min|max)\b"
    r"|±)[\s:,=]*(?:from\s)?$",
    re.IGNORECASE,
)
_QUANTITY = re.compile(rf"(?<![\d.,])(\d{{1,4}}(?:\.\d{{1,4}})?)\s?(?:{UNIT})?\s?$")
_LARGEST_RANGE = 60


class Candidate(msgspec.Struct, frozen=True, kw_only=True):
    """A passage that may cite by number; ``sure`` where its surroundings speak for it and nothing against it."""

    start: int
    end: int
    numbers: tuple[int, ...]
    sure: bool = True


def expand(numbers: str) -> list[int]:
    """The numbers that a list with ranges names.

    >>> expand("1, 3–5")
    [1, 3, 4, 5]
    """
    named: list[int] = []
    position = 0
    for match in re.finditer(r"\d+", numbers):
        value = int(match.group())
        between = numbers[position : match.start()]
        ranged = bool(re.search(rf"[{DASH}]|\bto\b", between))
        if ranged and named and 0 < value - named[-1] <= _LARGEST_RANGE:
            named.extend(range(named[-1] + 1, value + 1))
        else:
            named.append(value)
        position = match.end()
    return named


def is_interval(before: str, numbers: Sequence[int]) -> bool:
    """Whether two or more numbers are rather the bounds of a quantity: "95% CI [1, 3]", "5 days [3–11]".

    ``before`` is what stands before the bracket. Bounds that hold the value before them belong to that value.
    """
    if len(numbers) < 2:
        return False
    if _INTERVAL_WORD.search(before):
        return True
    value = _QUANTITY.search(before)
    return value is not None and min(numbers) <= float(value.group(1)) <= max(numbers)
