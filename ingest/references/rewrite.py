"""Change single fields of a BibTeX file, and no other byte of it.

Entries are found as ``read_bibtex`` finds them; a value is replaced, or a field added, where it stands. What comes from
a registry is hostile, so nothing is taken on trust: each changed entry is parsed again alone, and in the end the whole
file, which must then hold the same blocks as before and in the changed entries the changed fields.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Literal, NamedTuple, TypeAlias

from ingest.references.bibtex_blocks import blocks_of, entries_of, placed, whole
from ingest.references.bibtex_values import read_value
from kb.errors import BibliographyError
from kb.identifiers import parse_doi
from kb.model import Difference, Record

if TYPE_CHECKING:
    from bibtexparser.model import Block, Entry

Mended: TypeAlias = Literal["doi", "year", "journal"]

_NAMES: dict[Mended, tuple[str, ...]] = {
    "doi": ("doi",),
    "year": ("year", "date"),
    "journal": ("journal", "journaltitle"),
}
"""The fields of BibTeX and BibLaTeX that hold the value, in the order in which they are read."""

_LONGEST = 300
_ESCAPED = str.maketrans({mark: f"\\{mark}" for mark in "&%$#_"})
_PLAIN = re.compile(r"\\([&%$#_])|[{}]")
_MARK = re.compile(r"(?<!\\),")


class Edit(Record, frozen=True, kw_only=True):
    """A field of an entry and the value that it should have, as plain text."""

    key: str
    field: Mended
    value: str


class Rewritten(Record, frozen=True, kw_only=True):
    """The file after the edits; what was changed, by the key of the entry; and what was left, in words.

    A field that held the value already is in neither.
    """

    data: bytes
    done: tuple[tuple[str, Difference], ...] = ()
    left: tuple[str, ...] = ()


class _Value(NamedTuple):
    """A field of an entry: its name, where it begins, and where its value begins and ends in the entry's text."""

    name: str
    begin: int
    start: int
    end: int


class _Changed(NamedTuple):
    """The text of an entry after its edits, what they changed, and what was left, in words."""

    raw: str
    done: tuple[Difference, ...]
    left: tuple[str, ...]


class _Left(Exception):
    """Why an edit is not made, in words."""


def rewrite(data: bytes, edits: Sequence[Edit], name: str) -> Rewritten:
    """Make edits in a BibTeX file that ``read_bibtex`` has read.

    Parameters
    ----------
    data
        The file as it is on disk: UTF-8 with or without a byte order mark, UTF-16, or Windows-1252.
    edits
        At most one for each entry and field. Only a DOI is added where the field is missing.
    name
        The file as the user knows it.

    Raises
    ------
    BibliographyError
        Its bytes cannot be kept as they are: UTF-16 that is cut off.
    """
    file = whole(data, name)
    wanted: dict[str, list[Edit]] = {}
    for edit in edits:
        wanted.setdefault(edit.key, []).append(edit)
    blocks = blocks_of(file.text)
    changed = {
        entry.key: _changed(entry.raw or "", wanted.pop(entry.key, ()), file.codec) for entry in entries_of(blocks)
    }
    rewritten, expected = _spliced(file.text, blocks, {key: one.raw for key, one in changed.items()})
    if [block.raw or "" for block in blocks_of(rewritten)] != expected:
        raise BibliographyError("cannot be changed without harm", place=name, remedy="close the braces of its entries")
    faulty = [f"entry '{key}' was left as it is (it has faults of its own; mend those first)" for key in wanted]
    return Rewritten(
        data=file.encoded(rewritten),
        done=tuple((key, difference) for key, one in changed.items() for difference in one.done),
        left=(*(words for one in changed.values() for words in one.left), *faulty),
    )


def _spliced(text: str, blocks: Sequence[Block], changed: dict[str, str]) -> tuple[str, list[str]]:
    """The text with the changed entries in their places, and the blocks that it must then read as."""
    entries = {id(entry): changed[entry.key] for entry in entries_of(blocks)}
    pieces: list[str] = []
    expected: list[str] = []
    last = 0
    for block, start, end in placed(text, blocks):
        expected.append(entries.get(id(block), block.raw or ""))
        pieces += [text[last:start], entries.get(id(block), text[start:end])]
        last = end
    return "".join([*pieces, text[last:]]), expected


def _changed(raw: str, edits: Sequence[Edit], codec: str) -> _Changed:
    """An entry after its edits, those that can be made."""
    done: list[Difference] = []
    left: list[str] = []
    for edit in edits:
        try:
            raw, difference = _edited(raw, edit, codec)
        except _Left as why:
            left.append(f"entry '{edit.key}': its {edit.field} was left as it is ({why})")
        else:
            done += [difference] if difference else []
    return _Changed(raw, tuple(done), tuple(left))


def _edited(raw: str, edit: Edit, codec: str) -> tuple[str, Difference | None]:
    """The text of an entry after an edit, and what that changed; None where the value was there already."""
    entry = _entry(raw)
    values = list(_values(raw, entry))
    held = _held(raw, values, _NAMES[edit.field])
    if held is None:
        return _with_doi(raw, entry, values, edit, codec)
    before = _words(raw, held)
    value = _as_printed(before, edit.value) if edit.field == "doi" else edit.value
    if before == value:
        return raw, None
    if edit.field == "year" and not re.fullmatch(r"[0-9]{4}|", before):
        raise _Left(f"it says “{before[:40]}”, which is more than a year")
    delimited = _delimited(raw[held.start : held.end], _written(edit, value, codec))
    fields = _fields(entry)
    fields[values.index(held)] = (held.name, delimited)
    changed = raw[: held.start] + delimited + raw[held.end :]
    return _checked(changed, entry, fields), Difference(field=held.name.lower(), cited=before, registered=value)


def _held(raw: str, values: Sequence[_Value], names: Sequence[str]) -> _Value | None:
    """The first field of these names that says something, else the first that is there."""
    named = {value.name.lower(): value for value in reversed(values)}  # of a field given twice the first counts
    there = [named[name] for name in names if name in named]
    return next((value for value in there if _words(raw, value)), there[0] if there else None)


def _with_doi(
    raw: str, entry: Entry, values: Sequence[_Value], edit: Edit, codec: str
) -> tuple[str, Difference | None]:
    """The entry with a DOI behind its last field, laid out as that one is."""
    if edit.field != "doi" or not values:
        raise _Left("the entry has no such field")
    last = values[-1]
    indented = raw[: last.begin].rstrip(" \t")
    line_end = next((mark for mark in ("\r\n", "\n", "\r") if indented.endswith(mark)), "")
    lead = line_end + raw[len(indented) : last.begin]
    before, _, after = raw[last.begin + len(last.name) : last.start].partition("=")
    name = ("doi " if before.startswith(" ") else "doi").ljust(_column(raw, values))
    delimited = _delimited(raw[last.start : last.start + 1], _written(edit, edit.value, codec))
    field = f"{lead}{name}={' ' if after.startswith(' ') else ''}{delimited}"
    comma = _past_space(raw, last.end)
    new = (
        f"{raw[: comma + 1]}{field},{raw[comma + 1 :]}"
        if raw[comma : comma + 1] == ","
        else f"{raw[: last.end]},{field}{raw[last.end :]}"
    )
    fields = [*_fields(entry), ("doi", delimited)]
    return _checked(new, entry, fields), Difference(field="doi", cited="", registered=edit.value)


def _column(raw: str, values: Sequence[_Value]) -> int:
    """How far from the beginning of a name the equals sign stands, where it does so in fields of unlike names."""
    columns = {raw.index("=", value.begin + len(value.name)) - value.begin for value in values}
    return columns.pop() if len(columns) == 1 and len({len(value.name) for value in values}) > 1 else 0


def _entry(raw: str) -> Entry:
    from bibtexparser.model import Entry

    blocks = blocks_of(raw)
    if len(blocks) != 1 or not isinstance(blocks[0], Entry):
        raise _Left("the value would break the entry")
    return blocks[0]


def _fields(entry: Entry) -> list[tuple[str, str]]:
    return [(field.key, str(field.value)) for field in entry.fields]


def _checked(raw: str, before: Entry, fields: list[tuple[str, str]]) -> str:
    """The text, once it is certain that it reads as the same entry with these fields."""
    after = _entry(raw)
    if (after.key, after.entry_type, _fields(after)) != (before.key, before.entry_type, fields):
        raise _Left("the value would break the entry")
    return raw


def _values(raw: str, entry: Entry) -> Iterator[_Value]:
    """Where the fields of an entry stand in its text."""
    first = _MARK.search(raw)
    at = first.end() if first else len(raw)
    for name, value in _fields(entry):
        begin = _past_space(raw, at)
        equals = _past_space(raw, begin + len(name))
        start = _past_space(raw, equals + 1)
        at = start + len(value)
        if raw[begin : begin + len(name)] != name or raw[equals : equals + 1] != "=" or raw[start:at] != value:
            raise _Left("its fields cannot be told apart")
        yield _Value(name, begin, start, at)
        at = _past_space(raw, at) + 1


def _past_space(raw: str, at: int) -> int:
    while at < len(raw) and raw[at].isspace():
        at += 1
    return at


def _words(raw: str, value: _Value) -> str:
    """The plain text of a value that is written out in one piece.

    One that is put together from ``@string`` names, or that has swallowed the next field, is not touched.
    """
    written = raw[value.start : value.end]
    text, rest = read_value(written, {})
    alone = written in (text, f"{{{text}}}", f'"{text}"') and (written[:1] in '{"' or written.isdecimal() or not text)
    if rest or not alone:
        raise _Left(f"“{written[:40]}” is not written out in one piece")
    return " ".join(_PLAIN.sub(r"\1", text).split())


def _as_printed(before: str, doi: str) -> str:
    """A DOI in its plain form, and in the letters in which the author wrote it."""
    at = before.lower().find(doi)
    return before[at : at + len(doi)] if at >= 0 and len(before.lower()) == len(before) else doi


def _written(edit: Edit, value: str, codec: str) -> str:
    """A value as BibTeX has it; refused where it could be more than a value."""
    value = " ".join(value.split())
    if not value or len(value) > _LONGEST or not value.isprintable() or re.search(r"[{}\\]", value):
        raise _Left("the registry's value is no plain text")
    wrong_doi = edit.field == "doi" and parse_doi(value) != value.lower()
    if wrong_doi or (edit.field == "year" and not re.fullmatch(r"[0-9]{4}", value)):
        raise _Left(f"“{value[:40]}” is none")
    if codec == "cp1252" and any(ord(letter) > 0xFF or 0x80 <= ord(letter) < 0xA0 for letter in value):
        raise _Left("the file's encoding lacks a letter of the registry's value; save it as UTF-8")
    return value if edit.field == "doi" else value.translate(_ESCAPED)  # a DOI field is read word for word


def _delimited(old: str, value: str) -> str:
    """A value between the same marks as the one it replaces."""
    if old.isdecimal() and value.isdecimal():
        return value
    return f'"{value}"' if old.startswith('"') and '"' not in value else f"{{{value}}}"
