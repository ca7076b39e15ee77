"""Take entries out of a BibTeX file that say nothing which another entry does not say, and no other byte of it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import TYPE_CHECKING, NamedTuple

from ingest.references.bibtex_blocks import Whole, blocks_of, entries_of, placed, whole
from ingest.references.bibtex_values import read_fields, read_strings
from kb.errors import BibliographyError
from kb.identifiers import parse_doi
from kb.language.folding import fold
from kb.model import Record

if TYPE_CHECKING:
    from bibtexparser.model import Block, Entry

_POINTING = frozenset("crossref xref xdata entryset related ids".split())
"""Fields that hold keys of entries."""
_KEY_PARTS = re.compile(r"[\s,{}\"]+")
_BRACES = str.maketrans("", "", "{}")
_ACCENT = re.compile(r"\\[\"'`^~=.]\s?")
_SPACE = re.compile(r"\s*")
_LINE_END = re.compile(r"[ \t]*(?:\r\n|\n|\r)")


class Removed(Record, frozen=True, kw_only=True):
    """The file without the entries; their keys; and by key why others were left."""

    data: bytes
    done: tuple[str, ...] = ()
    left: tuple[tuple[str, str], ...] = ()


class _Left(Exception):
    """Why an entry is not taken out, in words."""


class _File(NamedTuple):
    """A file that is read once, however many entries are asked about."""

    whole: Whole
    blocks: Sequence[Block]
    entries: Mapping[str, Entry]
    fields: Mapping[str, Mapping[str, str]]
    pointed: frozenset[str]


def without(data: bytes, pairs: Sequence[tuple[str, str]], name: str) -> Removed:
    """Take the second entry of each pair out of a file that ``read_bibtex`` has read.

    Parameters
    ----------
    data
        The file as it is on disk.
    pairs
        Keys of two entries each, of the same work; the second one goes where each of its fields stands in the first
        one too and says the same.
    name
        The file as the user knows it.

    Raises
    ------
    BibliographyError
        Its bytes cannot be kept as they are.
    """
    file = _read(data, name)
    gone: set[str] = set()
    left: list[tuple[str, str]] = []
    for first, later in pairs:
        try:
            _refuse(file, first, later)
            gone.add(later)
        except _Left as why:
            left.append((later, str(why)))
    out = {id(file.entries[key]) for key in gone}
    text = _cut(file, out)
    expected = [block.raw for block in file.blocks if id(block) not in out]
    if gone and [block.raw for block in blocks_of(text)] != expected:
        raise BibliographyError("cannot be changed without harm", place=name, remedy="close the braces of its entries")
    return Removed(data=file.whole.encoded(text) if gone else data, done=tuple(sorted(gone)), left=tuple(left))


def _read(data: bytes, name: str) -> _File:
    from bibtexparser.model import String

    file = whole(data, name)
    blocks = blocks_of(file.text)
    strings = read_strings((block.key, block.value) for block in blocks if isinstance(block, String))
    entries = {entry.key: entry for entry in entries_of(blocks)}
    fields = {
        key: read_fields(((field.key, str(field.value)) for field in entry.fields), strings)[0]
        for key, entry in entries.items()
    }
    pointed = (_KEY_PARTS.split(one[name]) for one in fields.values() for name in _POINTING.intersection(one))
    return _File(file, blocks, entries, fields, frozenset(key for keys in pointed for key in keys))


def _refuse(file: _File, first: str, later: str) -> None:
    """Refuse to take out an entry with which something would be lost."""
    if first not in file.entries or later not in file.entries:
        raise _Left("the file has faults of its own there; mend those first")
    if later in file.pointed:
        raise _Left("another entry of the file points to it")
    mine, other = file.fields[first], file.fields[later]
    if more := sorted(name for name, value in other.items() if value.strip() and not mine.get(name, "").strip()):
        raise _Left(f"it says more: {', '.join(more)}")
    if unlike := sorted(name for name, value in other.items() if not _agree(name, value, mine.get(name, ""))):
        raise _Left(f"the two say different things: {', '.join(unlike)}")
    if file.entries[first].entry_type.lower() != file.entries[later].entry_type.lower():
        raise _Left("the two are of different types")


def _agree(name: str, one: str, other: str) -> bool:
    """Whether two values of a field say the same, case, accents and punctuation aside."""
    if name == "doi" and (doi := parse_doi(one)):
        return doi == parse_doi(other)
    if name in ("url", "file", "abstract"):
        return " ".join(one.split()) == " ".join(other.split())
    return _folded(one) == _folded(other)


def _folded(value: str) -> str:
    return fold(_ACCENT.sub("", value).translate(_BRACES))


def _cut(file: _File, out: AbstractSet[int]) -> str:
    """The text without entries and the line ends behind them."""
    text = file.whole.text
    pieces: list[str] = []
    last = 0
    whole_length = len(text.rstrip())
    for block, start, end in placed(text, file.blocks):
        if id(block) in out:
            pieces.append(text[last:start])
            last = _behind(text, start, end)
            if last == end == whole_length:  # the last entry goes with the empty lines before it
                pieces = ["".join(pieces).rstrip()]
    return "".join([*pieces, text[last:]])


def _behind(text: str, start: int, end: int) -> int:
    """Where what is kept begins behind an entry: where the next one does, if it has its lines to itself."""
    opens = text[max(0, start - 1) : start] in ("", "\n", "\r")
    space = _SPACE.match(text, end)
    following = space.end() if space else end
    if not opens or following == len(text) or not _LINE_END.match(text, end):
        return end
    return max(text.rfind("\n", end, following), text.rfind("\r", end, following)) + 1
