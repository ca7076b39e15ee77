"""A library that EndNote exported as XML → ``Reference`` records.

Each record is cut out of the file and parsed by itself. So one that is broken costs only itself, and a document type
with its entities is never seen by the parser: nothing can be expanded or fetched.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ingest.endnote import reference_from_record
from ingest.references.collected import Found, collected
from ingest.references.decoding import decoded, unified
from kb.model import Reference

LONGEST_RECORD = 1_000_000
"""Characters of one record that is read; real ones have some ten thousand."""

BEGINS = re.compile(r"<record(?:\s[^<>]{0,1000})?>")
_END = "</record>"
_FORBIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]"
    "|&#(?:x0{0,9}(?:[0-8bcef]|1[0-9a-f])|0{0,9}(?:[0-8]|1[124-9]|2[0-9]|3[01]));",
    re.IGNORECASE,
)
"""Characters that XML forbids, and that EndNote keeps where they were pasted in."""


def read_endnote_xml(data: bytes, name: str) -> tuple[list[Reference], list[str]]:
    """The references of an EndNote library, and what is wrong with it; parameters and errors as of ``read_bibtex``."""
    text, messages = decoded(data, name)
    references, told = collected(_found(unified(text), name), name, "EndNote record")
    return references, messages + told


def _found(text: str, name: str) -> Iterator[Found]:
    line, at, position, end = 1, 0, 0, 0
    while begin := BEGINS.search(text, at):
        line, at, position = line + text.count("\n", at, begin.start()), begin.start(), position + 1
        end = text.find(_END, at) if end <= at else end
        following = BEGINS.search(text, begin.end(), max(end, at))
        if end < 0 or following:
            yield Found(line, None, ("a record is not closed; export the library again",))
        if end < 0:
            return
        stop = following.start() if following else end + len(_END)
        if not following:
            yield _one(text[at:stop], line, position, name)
        line, at = line + text.count("\n", at, stop), stop


def _one(raw: str, line: int, position: int, name: str) -> Found:
    from xml.etree.ElementTree import ParseError, fromstring

    if len(raw) > LONGEST_RECORD:
        return Found(line, None, (f"a record is longer than {LONGEST_RECORD:,} characters; shorten it",))
    try:
        element = fromstring(_FORBIDDEN.sub(" ", raw))
    except ParseError as error:
        wrong = str(error).partition(":")[0]
        return Found(line + error.position[0] - 1, None, (f"a record could not be read ({wrong}); mend it",))
    reference = reference_from_record(element, origin=name, position=position)
    return Found(line, reference, () if reference else ("a record names no work; give it a title, or remove it",))
