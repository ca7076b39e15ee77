"""Dates as the records have them, ISO 8601 and often no more than a year: what they tell, and what they do not."""

from __future__ import annotations

import re

_YEAR = re.compile(r"(?:1[5-9]|20)[0-9]{2}")


def year_of(date: str | None) -> int | None:
    """The year of a date as a record has it; None where it tells none.

    >>> year_of("2016-05-01"), year_of("in press"), year_of(None)
    (2016, None, None)
    """
    found = _YEAR.match(date or "")
    return int(found.group()) if found else None


def comes_after(date: str | None, day: str) -> bool | None:
    """Whether a date is after a day; None where it does not go far enough to tell.

    >>> comes_after("2020-05", "2019-11-22"), comes_after("2020", "2020-11-22"), comes_after(None, "2020-11-22")
    (True, None, None)
    """
    shared = min(len(date or ""), len(day))
    if not date or (date[:shared] == day[:shared] and len(date) < len(day)):
        return None
    return date[:shared] > day[:shared]
