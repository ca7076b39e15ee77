"""Lines of a text by offset."""

from __future__ import annotations

import re


def line_starts(text: str) -> list[int]:
    r"""The offset at which each line starts; the line of an offset is ``bisect_right(starts, offset)``, from 1.

    >>> line_starts("a\nbc\n")
    [0, 2, 5]
    """
    return [0, *[match.end() for match in re.finditer("\n", text)]]
