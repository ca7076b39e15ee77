"""Dates as documents give them → ISO 8601."""

from __future__ import annotations

import re

_ISO = re.compile(r"((?:1[6-9]|20)\d\d)(?:-(0[1-9]|1[0-2])(?:-(0[1-9]|[12]\d|3[01]))?)?(?![\d-])")
_SLASHED = re.compile(r"((?:1[6-9]|20)\d\d)[/.](0?[1-9]|1[0-2])[/.](0?[1-9]|[12]\d|3[01])\b")
_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
_MONTH = rf"(?P<month>{'|'.join(_MONTHS)})[a-z]*\.?"
_NAMED = (
    re.compile(
        rf"\b(?P<day>[0-3]?\d)(?:st|nd|rd|th)?\.? (?:of )?{_MONTH},? (?P<year>(?:1[6-9]|20)\d\d)\b", re.IGNORECASE
    ),
    re.compile(rf"\b{_MONTH} (?P<day>[0-3]?\d)(?:st|nd|rd|th)?,? (?P<year>(?:1[6-9]|20)\d\d)\b", re.IGNORECASE),
    re.compile(rf"\b{_MONTH},? (?P<year>(?:1[6-9]|20)\d\d)\b", re.IGNORECASE),
)


def iso_date(text: str) -> str | None:
    """The first date of a text as ISO 8601, as exact as it is given; None where there is none to be sure of.

    Numbers alone are read only with the year first: 03/04/2020 is March in one country and April in another.

    >>> iso_date("2021-12-28T10:00:00Z"), iso_date("May 4th, 2020"), iso_date("03/04/2020"), iso_date("2019")
    ('2021-12-28', '2020-05-04', None, '2019')
    """
    text = text.strip()[:200]
    for pattern in _NAMED:
        named = pattern.search(text)
        if named:
            found = named.groupdict()
            month = _MONTHS.index(found["month"].lower()) + 1
            day = int(found.get("day") or 0)
            if day <= 31:
                return f"{found['year']}-{month:02}-{day:02}" if day else f"{found['year']}-{month:02}"
    slashed = _SLASHED.match(text)
    if slashed:
        year, month_written, day_written = slashed.groups()
        return f"{year}-{int(month_written):02}-{int(day_written):02}"
    iso = _ISO.match(text)
    return "-".join(filter(None, iso.groups())) if iso else None
