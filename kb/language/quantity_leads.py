"""Reading a quantity where ``START`` says that one may begin, by what it begins with.

Each reader answers what it found, if anything, and where to go on. Numbers in digits are read in
``kb.language.quantity_reading``.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TypeAlias

from kb.language import quantity_patterns as written
from kb.language.quantity_names import ADDRESS
from kb.language.quantity_patterns import Fields
from kb.language.quantity_reading import (
    Attempt,
    Found,
    limit_of,
    power,
    read_around,
    read_head,
    read_interval,
    read_number,
    read_tail,
)
from kb.language.quantity_words import NUMBER_WORDS, unit_name, value


def _words(text: str, start: int, _: int) -> Attempt:
    """A number in words; without a unit only from ten on, or where it counts what could be checked."""
    fold = written.FOLD_WORD.match(text, start)
    if fold:
        amount = value(fold["low"])
        return Found(start, fold.end(), "multiple", {"low": amount, "high": amount}), fold.end()
    match = written.WORDS.match(text, start)
    if not match or text[start - 1 : start] in {"-", "‐", "‑"}:
        return None, start + 3
    low, high = value(match["low"]), value(match["high"] or match["low"])
    end = match.end()
    if high < low:
        high, end = low, match.end("low")
    read = read_tail(text, start, end, {"low": low, "high": high})
    if read:
        return (read, read.end) if _sound(text[end : read.end], high, read) else (None, end)
    more = text[end : end + 2]
    if more[:1] in {"-", "‐", "‑"} and more[1:].isalpha():
        return None, end
    told = text[max(0, start - 8) : start].lower().endswith(_TOLD)
    if high >= 10 or (high > 1 and not told and written.COUNTED_TAIL.match(text, end)):
        return Found(start, end, "count" if low == high else "range", {"low": low, "high": high}), end
    return None, end


_TOLD = ("the ", "these ", "those ", "both ", "all ", "first ", "last ", "next ", "other ")
"""What stands before things that are known already: "all three trials"."""


def _sound(behind: str, amount: float, read: Found) -> bool:
    """Whether a number in words is meant as one: not "one of the two", "at one point", "one patient"."""
    kind, unit = read.kind, read.fields.get("unit", "").partition(" ")[0]
    if kind == "measure":
        return unit in _WORDED and (amount > 1 or unit in _WORDED_TIMES)
    if kind == "fraction":
        return amount > 1 or not behind.startswith(" of")
    return amount > 1 or kind != "count"


_WORDED_TIMES = frozenset("seconds minutes hours days weeks months years decades".split())
_WORDED = _WORDED_TIMES | frozenset("times points inches feet miles pounds kg g mg ml l cm mm km m ° drinks".split())
"""Units that go with a number in words."""


def _ratio(text: str, start: int, _: int) -> Attempt:
    name = written.RATIO.match(text, start)
    match = name and written.HEAD.match(text, name.end())
    if not name or not match:
        return None, name.end() if name else start + 1
    if written.NO_NUMBER.match(text, match.end()):
        return None, match.end()
    end, _kind, fields = read_around(text, match.end(), "ratio", read_head(match))
    return Found(start, end, "ratio", fields), end


def _p_value(text: str, start: int, _: int) -> Attempt:
    match = written.P_VALUE.match(text, start)
    if not match:
        return None, start + 1
    amount = value(match["low"].replace(",", ".")) * power(match["e"])
    fields: Fields = {"low": amount, "high": amount}
    sign = limit_of((match["limit"] or "").replace("=", ""))
    return Found(start, match.end(), "p", fields | ({"limit": sign} if sign else {})), match.end()


def _sample(text: str, start: int, _: int) -> Attempt:
    match = written.SAMPLE.match(text, start)
    if not match:
        return None, start + 1
    amount = value(match["low"])
    fields: Fields = {"low": amount, "high": amount} | ({"unit": "people"} if match["people"] else {})
    return Found(start, match.end(), "count", fields), match.end()


def _fraction(pattern: re.Pattern[str]) -> Callable[[str, int, int], Attempt]:
    def read(text: str, start: int, _: int) -> Attempt:
        match = pattern.match(text, start)
        if not match or text[start - 1 : start] in {"-", "‐", "‑"}:
            return None, start + 1
        share = written.FRACTIONS[match.groupdict().get("name", "half").lower()]
        among = written.AMONG.match(text, match.end())
        fields: Fields = {"low": share, "high": share} | ({"among": among["among"].lower()} if among else {})
        return Found(start, match.end(), "fraction", fields), match.end()

    return read


def _twice(text: str, start: int, _: int) -> Attempt:
    match = written.TWICE.match(text, start)
    if not match:
        return None, start + 1
    amount = written.TIMES_NAMED[(match["name"] or match["multiple"]).lower().rstrip("sd")]
    fields: Fields = {"low": amount, "high": amount}
    if match["multiple"]:
        return Found(start, match.end(), "multiple", fields), match.end()
    unit = unit_name(f"times {match['each'].strip(' -')}")
    return Found(start, match.end(), "measure", fields | {"unit": unit}), match.end()


def _vague(text: str, start: int, _: int) -> Attempt:
    match = written.VAGUE.match(text, start)
    return (Found(start, match.end(), "vague share", {}), match.end()) if match else (None, start + 1)


def _address(text: str, start: int, _: int) -> Attempt:
    match = ADDRESS.match(text, start)
    return None, match.end() if match else start + 1


_Reader: TypeAlias = Callable[[str, int, int], Attempt]
"""From the text, the place where a quantity may start, and the end of the last one."""

_READERS: dict[str, _Reader] = {
    **dict.fromkeys(NUMBER_WORDS, _words),
    **dict.fromkeys("odds risk_ratio relative hazard rate_ratio prevalence_ratio".replace("_", " ").split(), _ratio),
    **dict.fromkeys("once twice thrice double triple".split(), _twice),
    **dict.fromkeys("most almost nearly very majority minority only the".split(), _vague),
    "p": _p_value,
    "n": _sample,
    "half": _fraction(written.HALF),
    "ci": lambda text, start, _: read_interval(text, start, start + 2),
}


def reader(led: str) -> _Reader:
    """What reads the quantity that starts with what ``START`` has matched."""
    if not led[0].isalpha():
        return read_number
    known = _READERS.get(led.partition(" ")[0].lower())
    if known:
        return known
    if led[:1] in "aA" and led[1:2] in " n-\u00a0":
        return _vague if len(led) > 3 else _fraction(written.A_FRACTION)
    return _address if led[-1] in ":./" else _ratio
