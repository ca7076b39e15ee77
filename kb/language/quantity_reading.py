"""Reading a number in digits, and what stands around it: pure functions from text and place to what is known."""

from __future__ import annotations

import re
from typing import NamedTuple, TypeAlias

from kb.language import quantity_patterns as written
from kb.language.quantity_names import belongs, name_end, symbol_before
from kb.language.quantity_patterns import Fields, QuantityKind
from kb.language.quantity_words import SCALES, value


class Found(NamedTuple):
    """A quantity before it becomes a record."""

    start: int
    end: int
    kind: QuantityKind
    fields: Fields


Attempt: TypeAlias = tuple[Found | None, int]
"""What was read, if anything, and where to go on."""


def read_number(text: str, start: int, taken: int) -> Attempt:
    """A number in digits, unless the digits are a name or a part of something; and where to go on.

    ``start`` is the place of its first digit, ``taken`` the end of the last quantity.
    """
    begin = _lead(text, start, taken)
    if begin == start:
        if _attached(text, start):
            return None, _token(text, start)
        named = name_end(text, start, taken)
        if named is not None:
            return None, named
        level = written.LEVEL.match(text, start)
        if level:
            return read_interval(text, start, level.end())
    between = text[max(0, start - 8) : start] == "between "
    match = (between and written.BETWEEN.match(text, start)) or written.HEAD.match(text, begin)
    if not match:
        return None, start + 1
    fields = read_head(match)
    read = read_tail(text, begin, match.end(), fields) or _bare(text, begin, match.end(), fields)
    if read and read.fields.get("of") and "/" in text[start : read.end] and symbol_before(text, start):
        read = None
    return read, read.end if read else _token(text, match.end())


def _lead(text: str, start: int, taken: int) -> int:
    """Where the sign, the limit or the point before the first digit starts; ``start`` where there is none."""
    before = text[max(0, start - 2) : start]
    if before[-1:] not in _LEADING or (before[-1:] == " " and before[:1] not in _LEADING):
        return start
    first = max(taken, start - 5, 0)
    match = written.LEAD.search(text, first, start)
    return match.start() if match and first < start else start


_LEADING = frozenset("<>≤≥⩾⩽=-−–+.· ")


def _attached(text: str, start: int) -> bool:
    """Whether digits go on with what stands before them: "IL-6", "pain.12", "a/3"."""
    before, further = text[start - 1 : start] if start else "", text[start - 2 : start - 1] if start > 1 else ""
    if before in {")", "]"}:
        return True
    if before in {"-", "–", "‐", "‑", "/", "_", ".", ",", "·"}:
        return further.isalnum() or further in {")", "]", "%", "”", '"'}
    return before == ":" and further.isdigit()


def _token(text: str, start: int) -> int:
    """The end of the run of letters, digits and signs at a place."""
    match = _TOKEN.match(text, start)
    return max(start + 1, match.end()) if match else start + 1


_TOKEN = re.compile(r"\w{0,40}(?:[.,·/–‐-]\w{1,40}){0,20}")


def read_head(match: re.Match[str]) -> Fields:
    """Low, high, spread and limit of a number in digits."""
    groups = match.groupdict()
    scale = SCALES.get(groups.get("scale") or "", 1.0)
    upper = power(groups.get("f"))
    lower = power(groups.get("e")) if groups.get("e") or not groups.get("f") else upper
    low = value(match["low"]) * lower * scale * (-1.0 if (groups.get("sign") or "+").strip() != "+" else 1.0)
    high = _signed(groups["high"]) * upper * scale if groups.get("high") else low
    fields: Fields = {"low": min(low, high), "high": max(low, high)}
    if groups.get("spread"):
        fields["spread"] = value(groups["spread"]) * lower * scale
    if groups.get("limit"):
        fields["limit"] = limit_of(groups["limit"])
    return fields


def power(exponent: str | None) -> float:
    """Ten to an exponent as written, 1 without one."""
    if not exponent:
        return 1.0
    plain = exponent.translate(_RAISED)
    return float(10.0 ** int(re.sub(r"[-−–⁻]\s?", "-", plain)))


_RAISED = str.maketrans("¹²³⁴⁵⁶⁷⁸⁹", "123456789")


def _signed(number: str) -> float:
    return -value(number[1:].strip()) if number[0] in "-−–" else value(number)


_LIMITS = {"⩾": "≥", "⩽": "≤", ">=": "≥", "<=": "≤", "less than": "<", "greater than": ">"}


def limit_of(sign: str) -> str:
    """A sign in the form that a record keeps."""
    sign = sign.strip()
    return _LIMITS.get(sign, sign.rstrip("="))


def read_tail(text: str, start: int, end: int, fields: Fields) -> Found | None:
    """The quantity that what stands behind a number makes of it."""
    if text[end : end + 1] in _NO_TAIL:
        return None
    for tail in written.TAILS:
        match = tail.pattern.match(text, end)
        extra = tail.read(match, fields) if match else None
        if match and extra is not None:
            read = fields | extra
            end = match.end()
            among = written.AMONG.match(text, end) if tail.kind in {"percent", "fraction"} else None
            if among:
                read["among"] = among["among"].lower()
            return Found(start, *read_around(text, end, tail.kind, read))
    return None


_NO_TAIL = frozenset({"", ")", "]", ";", ",", ".", "\n"})


def read_around(text: str, end: int, kind: QuantityKind, fields: Fields) -> tuple[int, QuantityKind, Fields]:
    """Add the spread or the interval that is printed behind a value."""
    if fields["low"] != fields["high"] or text[end : end + 2].strip()[:1] not in _MAY_OPEN:
        return end, kind, fields
    if "spread" not in fields:
        match = written.SPREAD.match(text, end)
        if match and not (match["listed"] and not written.MEAN.search(text, max(0, end - _NEAR), end)):
            return _closed(match), kind, fields | {"spread": value(match["spread"])}
    match = written.AROUND.match(text, end)
    if match:
        low, high = sorted((_signed(match["low"]), _signed(match["high"])))
        told = match["level"] or match["named"] or ""
        confident = "%" in told or "CI" in told
        exact = match["dash"] and ("." in match.group() or "·" in match.group() or "to" in match["dash"])
        if confident or (low <= fields["low"] <= high and (told or (exact and match["close"]))):
            return _closed(match), kind, fields | {"interval": (low, high)}
    return end, kind, fields


_NEAR = 40
"""How far back from a value its being a mean is told."""
_MAY_OPEN = frozenset("([,;±+981C")


def _closed(match: re.Match[str]) -> int:
    """The end of a match, with a closing bracket only if its opening one is inside."""
    whole = match.group()
    if match["close"] and not ("(" in whole or "[" in whole):
        whole = whole[:-1]
    return match.start() + len(whole.rstrip())


def read_interval(text: str, start: int, level: int) -> Attempt:
    """An interval without a value before it; ``level`` is the end of its level, where to go on if there is none."""
    match = written.INTERVAL.match(text, start)
    if not match:
        return None, level
    low, high = sorted((_signed(match["low"]), _signed(match["high"])))
    end = _closed(match)
    return Found(start, end, "interval", {"low": low, "high": high}), end


def _bare(text: str, start: int, end: int, fields: Fields) -> Found | None:
    """A number in digits that no unit follows, or one only behind a bracket."""
    kind: QuantityKind = "count" if fields["low"] == fields["high"] else "range"
    if written.NO_NUMBER.match(text, end):
        shared = _shared(text, end, kind, fields) if text[end : end + 2] == "- " else (kind, fields)
        return Found(start, end, *shared) if "unit" in shared[1] else None
    behind, _, around = read_around(text, end, kind, fields)
    bracket = None if behind > end else written.BARE_SPREAD.match(text, end)
    if bracket:
        behind, around = bracket.end(), fields | {"spread": value(bracket["spread"])}
    tail = read_tail(text, start, behind, around) if behind > end else None
    if tail and tail.kind in {"measure", "percent"}:
        return tail
    if behind > end and (not bracket or written.SPREAD_ANNOUNCED.search(text, max(0, start - _ANNOUNCED), start)):
        return Found(start, behind, kind, around)
    if written.AGE.search(text[max(0, start - _AGE) : start]):
        return Found(start, end, "measure", fields | {"unit": "years"})
    kind, fields = _shared(text, end, kind, fields)
    named = "unit" not in fields and _SMALL.fullmatch(text[start:end]) and belongs(text, start, end)
    return None if named else Found(start, end, kind, fields)


_SMALL = re.compile(r"[0-9]{1,5}(?:\s?[-–]\s?[0-9]{1,4}|\sto\s[0-9]{1,4})?")
"""Whole numbers that things may be numbered by."""
_ANNOUNCED = 200
"""How far back "mean (SD)" tells what the brackets behind values hold."""
_AGE = 20
"""How far back "age" is looked for."""


def _shared(text: str, end: int, kind: QuantityKind, fields: Fields) -> tuple[QuantityKind, Fields]:
    """The unit that a number has in common with a later one of the same list."""
    if text[end : end + 1] not in {",", " ", "-"}:
        return kind, fields
    between = written.SHARED.match(text, end)
    last = between and written.HEAD.match(text, between.end())
    tail = last and read_tail(text, last.start(), last.end(), read_head(last))
    if not (last and tail and tail.kind in {"measure", "percent"}):
        return kind, fields
    times = power(last["e"]) * SCALES.get(last["scale"] or "", 1.0)
    return tail.kind, fields | {
        "low": fields["low"] * times,
        "high": fields["high"] * times,
        "unit": tail.fields["unit"],
    }
