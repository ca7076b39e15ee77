"""A BibTeX file as text and blocks, each with its place, so that single blocks can be changed and no other byte."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from ingest.references.decoding import encoding
from kb.errors import BibliographyError

if TYPE_CHECKING:
    from bibtexparser.model import Block, Entry

_OPENING = re.compile(r"@\w*[ \t]*\Z")


class Whole(NamedTuple):
    """The text of a file, from which ``encoded`` gives every byte again."""

    text: str
    mark: bytes
    codec: str
    faults: str

    def encoded(self, text: str) -> bytes:
        """The bytes of the file with another text."""
        return self.mark + text.encode(self.codec, self.faults)


def whole(data: bytes, name: str) -> Whole:
    """The text of a BibTeX file: UTF-8 with or without a byte order mark, UTF-16, or Windows-1252.

    Raises
    ------
    BibliographyError
        Its bytes cannot be kept as they are: UTF-16 that is cut off.
    """
    mark, codec = encoding(data)
    faults = "surrogateescape" if codec == "cp1252" else "surrogatepass"  # so that every byte comes out again
    try:
        return Whole(data[mark:].decode(codec, faults), data[:mark], codec, faults)
    except UnicodeDecodeError:
        raise BibliographyError("ends amid a character", place=name, remedy="save it as UTF-8") from None


def blocks_of(text: str) -> Sequence[Block]:
    """The blocks of a BibTeX text, as ``read_bibtex`` finds them."""
    from bibtexparser.entrypoint import parse_string

    return parse_string(text, parse_stack=[]).blocks


def entries_of(blocks: Sequence[Block]) -> Iterator[Entry]:
    """The blocks that are entries without a fault."""
    from bibtexparser.model import Entry

    return (block for block in blocks if isinstance(block, Entry))


def placed(text: str, blocks: Sequence[Block]) -> Iterator[tuple[Block, int, int]]:
    """The blocks of a text, each with its place."""
    entries = set(map(id, entries_of(blocks)))
    at = 0
    for block in blocks:
        raw = block.raw or ""
        # A block that breaks off where the next one opens also claims the opening of that.
        claimed = raw if id(block) in entries else _OPENING.sub("", raw)
        start = text.index(claimed, at)
        at = start + len(claimed)
        yield block, start, at


def lines_of(data: bytes, name: str) -> dict[str, int]:
    """The line, from 1, in which each entry of a file begins, by its key; errors as of ``whole``."""
    return {entry.key: (entry.start_line or 0) + 1 for entry in entries_of(blocks_of(whole(data, name).text))}
