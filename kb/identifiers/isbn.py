"""ISBNs of ten and of thirteen digits, with their check digits (ISO 2108; ISBN Users' Manual, 7th edition)."""

from __future__ import annotations

import re

_BETWEEN = r"[-\s‐‑‒–]?"
_THIRTEEN = rf"97[89](?:{_BETWEEN}[0-9]){{10}}"
_TEN = rf"[0-9](?:{_BETWEEN}[0-9]){{8}}{_BETWEEN}[0-9X]"
_NUMBER = rf"(?:{_THIRTEEN}|{_TEN})(?![0-9\w])"
_BARE = re.compile(_NUMBER, re.IGNORECASE)
_NAMED = re.compile(
    rf"(?<![a-z])ISBNs?(?:[-\s]?1[03](?=[:\s)]))?\s?(?:\([^()]{{1,30}}\))?\s?[:=]?\s?({_NUMBER})", re.IGNORECASE
)


def parse_isbn(text: str) -> str | None:
    """The ISBN that a field holds, as thirteen digits; None where there is none or its check digit is wrong.

    >>> parse_isbn("0-306-40615-2"), parse_isbn("ISBN 978-0-306-40615-7"), parse_isbn("0-306-40615-3")
    ('9780306406157', '9780306406157', None)
    """
    bare = _BARE.fullmatch(text.strip())
    return _checked(bare.group()) if bare else find_isbn(text)


def find_isbn(text: str) -> str | None:
    """The first valid ISBN that running text names as one, as thirteen digits.

    >>> find_isbn("Plenum, 1982. ISBN-10: 0306406152.")
    '9780306406157'
    """
    checked = (_checked(match.group(1)) for match in _NAMED.finditer(text))
    return next(filter(None, checked), None)


def _checked(written: str) -> str | None:
    digits = re.sub(r"[^0-9X]", "", written.upper())
    if len(digits) == 13:
        return digits if digits[-1] == _check_digit(digits[:12]) else None
    values = [10 if digit == "X" else int(digit) for digit in digits]
    if sum(weight * value for weight, value in zip(range(10, 0, -1), values, strict=True)) % 11:
        return None
    body = "978" + digits[:9]
    return body + _check_digit(body)


def _check_digit(twelve: str) -> str:
    """The weights are 1 and 3 in turn, and the sum of all thirteen is a multiple of ten."""
    return str(-sum(int(digit) * (1, 3)[place % 2] for place, digit in enumerate(twelve)) % 10)
