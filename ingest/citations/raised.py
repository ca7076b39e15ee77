"""Candidates that are raised: superscripts of the markup and of Unicode, told apart from exponents and charges."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ingest.citations.candidates import DASH, NUMBERS, Candidate, expand
from ingest.reading import Raised

_DIGITS = "\u2070\u00b9\u00b2\u00b3\u2074\u2075\u2076\u2077\u2078\u2079"
_MINUS = "\u207b"
_COMMA = "\u02d2\u201a\u02bc"
"""What some typesetters put for a raised comma."""
_PLAIN = str.maketrans(f"{_DIGITS}{_MINUS}\u207d\u207e{_COMMA}", "0123456789-(),,,")
_UNICODE = re.compile(rf"[{_DIGITS}]+(?:[{_COMMA},{_MINUS}{DASH}][{_DIGITS}]+)*")
_WRITTEN = re.compile(rf"<sup>\s?(?P<tag>{NUMBERS})\s?</sup>|(?<=\S)\^(?P<caret>{NUMBERS})\^")
"""Superscripts as Markdown writes them."""
_JOINT = re.compile(rf"\s{{0,2}}[,;{DASH}]\s{{0,2}}")
_LIST = re.compile(rf"[(\[]?\s?(?P<list>{NUMBERS})\s?,?[)\]]?")
_SPACE = " \u00a0\u2009\u202f"
_END = ".,;:!?)]}\u201d\u2019\"'\u00bb\u2026%*\u2020\u2021\u00ae\u2122\u00b0"
_LENGTH = re.compile(r"(?:^|[\s\d(/·*×])(?:[mcdkµμn]?m|ft|inch|yd|sec|s|min|hr?|kg|d|g|L)$")
_UNIT_ALONE = re.compile(r"\((?:[^\s()]{1,3}|[^()]{0,20}[-+−–×*/=][^()]{0,20})\)$")
_WORD = re.compile(r"[^\W\d_]+$")
_FUNCTIONS = frozenset(("sin", "cos", "tan", "log", "ln", "exp", "eta", "chi", "rho", "adj", "df"))
_IN_BRACKETS = re.compile(r"\s{0,2}(?:[)\],;]|pp?\b)")
"""What follows a superscript that stands in a bracket of its own: "( ¹ , ² )", "(³¹ p 223)"."""
_TEN = re.compile(r"(?:^|\D)10$")
_NAMED_NUMBER = re.compile(r"(?:[^\W\d_]{2,}-?\d+|\b(?:1[89]|20)\d\d)$")
_LETTERED = re.compile(r"\b[a-z]{3,} [A-Z]$")


def raised(text: str, spans: Sequence[tuple[int, int]], passages: Sequence[Raised]) -> list[Candidate]:
    """Raised numbers; neighbouring ones with a comma or dash between are one marker.

    Parameters
    ----------
    text
        The article.
    spans
        The passages to search, in order.
    passages
        What the format sets as superscript, in order; raised digits of Unicode count without being named here.
    """
    found: list[Candidate] = []
    pieces = _pieces(text, passages)
    at = 0
    for start, end in spans:
        while at < len(pieces) and pieces[at][0] < start:
            at += 1  # also what sticks out of the passage before
        here = at
        while at < len(pieces) and pieces[at][1] <= end:
            at += 1
        for group in _groups(text, pieces[here:at]):
            found.extend(_candidate(text, start, end, group))
    return found


def _pieces(text: str, passages: Sequence[Raised]) -> list[tuple[int, int, str]]:
    """Raised passages as (start, end, what they say in plain digits), in order and without overlap."""
    marks = _WRITTEN.finditer(text) if "<sup>" in text or "^" in text else ()
    written = [(m.start(), m.end(), m.group("tag") or m.group("caret")) for m in marks]
    typed = [(m.start(), m.end(), m.group()) for m in _UNICODE.finditer(text)]
    marked = [(one.start, one.end, text[one.start : one.end]) for one in passages]
    pieces: list[tuple[int, int, str]] = []
    for start, end, says in sorted([*marked, *written, *typed], key=lambda one: one[0]):
        if not pieces or start >= pieces[-1][1]:
            pieces.append((start, end, says.translate(_PLAIN)))
    return pieces


def _groups(text: str, pieces: Sequence[tuple[int, int, str]]) -> Iterator[tuple[int, int, str]]:
    """Neighbours that a comma or a dash joins, as one: ¹, ², ³."""
    group: tuple[int, int, str] | None = None
    for start, end, says in pieces:
        between = text[group[1] : start] if group else ""
        if group and _JOINT.fullmatch(between) and group[2][-1:].isdigit() and says[:1].isdigit():
            group = group[0], end, group[2] + between + says
        elif group and not between and group[2][-1:] in f",{DASH}" and says[:1].isdigit():
            group = group[0], end, group[2] + says
        else:
            if group:
                yield group
            group = start, end, says
    if group:
        yield group


def _candidate(text: str, floor: int, ceiling: int, group: tuple[int, int, str]) -> Iterator[Candidate]:
    start, end, says = group
    listed = _LIST.fullmatch(says.strip())
    if not listed:
        return
    numbers = tuple(expand(listed.group("list")))
    sure = _cites(text[max(floor, start - 40) : start], text[end : min(ceiling, end + 4)], numbers)
    if sure is not None and min(numbers) > 0:
        yield Candidate(start=start, end=end, numbers=numbers, sure=sure)


def _cites(before: str, after: str, numbers: tuple[int, ...]) -> bool | None:
    """Whether what stands around a raised number lets it cite: yes, doubtful (False), or no (None)."""
    behind = before.rstrip(_SPACE)
    last = behind[-1:]
    if not last or after.startswith(("\u207a", _MINUS, "+")):
        return None
    if last in "([" and _IN_BRACKETS.match(after):
        behind = behind[:-1].rstrip(_SPACE)
        last, before, after = behind[-1:], behind, ""
    isotope = after[:1].isalpha() and not (after[:1].isupper() and last in _END)
    if isotope and (behind != before or not last.isalpha()):
        return None
    if last in _DIGITS:
        return True
    if last.isdigit():
        return _behind_number(behind, numbers)
    if last.isalpha():
        return _behind_word(behind, numbers)
    if last == ")" and _UNIT_ALONE.search(behind) and numbers in ((2,), (3,)):
        return False
    return (
        True
        if last and (last in _END or last in "\u2070\u00b9\u00b2\u00b3\u2074\u2075\u2076\u2077\u2078\u2079")
        else None
    )


def _behind_number(behind: str, numbers: tuple[int, ...]) -> bool | None:
    if _TEN.search(behind):
        return None
    return bool(_NAMED_NUMBER.search(behind)) or len(numbers) > 1 or numbers[0] > 9


def _behind_word(behind: str, numbers: tuple[int, ...]) -> bool | None:
    power = numbers in ((2,), (3,))
    if power and _LENGTH.search(behind):
        return None
    word = _WORD.search(behind)
    letters = word.group() if word else ""
    if len(letters) > 1:
        return not (power and letters.lower() in _FUNCTIONS)
    return bool(_LETTERED.search(behind)) and (len(numbers) > 1 or numbers[0] > 3)
