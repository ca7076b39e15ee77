"""Edits of an article's text, made in its bytes: whatever no edit names stays as it is, byte for byte."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable

from ingest.linting.fixing.records import Edit
from ingest.references.decoding import encoding, unified
from kb.errors import ArticleError

_CRLF = re.compile("\r\n")


def edited(data: bytes, edits: Iterable[Edit], name: str) -> bytes:
    r"""The file after the edits.

    Parameters
    ----------
    data
        An article that was read: UTF-8, with or without a byte order mark, or UTF-16 with one; any line ends.
    edits
        Apart from each other, in offsets of the text with newlines as its only line ends.
    name
        The file as the user knows it.

    Raises
    ------
    ArticleError
        The text does not hold what an edit replaces, or two edits overlap.

    >>> edited(b"\xef\xbb\xbfa\r\nb\r\n", [Edit(2, "b", "c")], "x.md")
    b'\xef\xbb\xbfa\r\nc\r\n'
    """
    mark, codec = encoding(data)
    raw = data[mark:].decode(codec)
    text = unified(raw)
    shorter = [match.start() - number for number, match in enumerate(_CRLF.finditer(raw))]
    pieces: list[str] = []
    at = 0
    for edit in sorted(edits):
        start, end = (offset + bisect_left(shorter, offset) for offset in (edit.start, edit.end))
        if start < at or text[edit.start : edit.end] != edit.old:
            problem = "its text stands in the file otherwise than it was read, so nothing was written"
            raise ArticleError(problem, place=name, remedy="mend it by hand")
        pieces += [raw[at:start], edit.new]
        at = end
    return data[:mark] + "".join([*pieces, raw[at:]]).encode(codec)
