"""Footnotes and endnotes: which of them name a work, and are cited by their mark, and which are remarks."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Literal, NamedTuple

import msgspec

from ingest.read.word.xml import full_name, value
from ingest.read.wording import looks_like_entry

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

Kind = Literal["footnote", "endnote"]
KINDS: tuple[Kind, ...] = ("footnote", "endnote")
_AGAIN = re.compile(r"\W*(?:ibid(?:em)?|id(?:em)?|ebd|ebenda|ibídem|íbidem)\b", re.IGNORECASE)
_LONGEST_AGAIN = 60


class Rendered(NamedTuple):
    """A note as read: its text, the works of its citation fields, the addresses of its links."""

    text: str
    works: tuple[str, ...]
    addresses: tuple[str, ...]


class Note(msgspec.Struct, frozen=True, kw_only=True):
    """A note as it is cited for the first time.

    ``works`` are ids of works that citation fields inside it name; ``entry`` is the name of the note whose text is the
    entry of the reference list: its own, that of the note before it for "ibid.", none for a remark.
    """

    kind: Kind
    number: int
    text: str
    line: int
    works: tuple[str, ...] = ()
    addresses: tuple[str, ...] = ()
    entry: str = ""

    @property
    def name(self) -> str:
        """Such as "footnote 3": what Word prints, and the note's place."""
        return f"{self.kind} {self.number}"

    @property
    def cites(self) -> bool:
        """Whether its mark in the text is a citation."""
        return bool(self.works or self.entry)


class Notes:
    """The notes of a document, numbered as the text cites them."""

    def __init__(self, parts: Mapping[Kind, Element | None], render: Callable[[Kind, Element], Rendered]) -> None:
        self._render = render
        self._elements: dict[tuple[Kind, str], Element] = {}
        for kind, root in parts.items():
            for one in root.iter(full_name(f"w:{kind}")) if root is not None else ():
                if value(one, "w:type") in ("", "normal"):
                    self._elements[kind, value(one, "w:id")] = one
        self._cited: dict[tuple[Kind, str], Note] = {}
        self._numbers: Counter[Kind] = Counter()
        self._entries: dict[str, str] = {}
        self._before: Note | None = None

    @property
    def cited(self) -> tuple[Note, ...]:
        """The notes that the text cites, in order."""
        return tuple(self._cited.values())

    def cite(self, kind: Kind, note_id: str, line: int) -> Note | None:
        """The note that a mark in paragraph ``line`` stands for; None where there is none."""
        element = self._elements.pop((kind, note_id), None)
        if element is None:
            return self._cited.get((kind, note_id))
        read = self._render(kind, element)
        self._numbers[kind] += 1
        note = self._settled(
            Note(
                kind=kind,
                number=self._numbers[kind],
                text=read.text,
                line=line,
                works=read.works,
                addresses=read.addresses,
            )
        )
        self._cited[kind, note_id] = note
        self._before = note if note.cites else self._before
        return note

    def _settled(self, note: Note) -> Note:
        """The note with what it cites: by its fields, by "ibid.", or by being an entry itself."""
        if note.works:
            return note
        if self._before is not None and len(note.text) <= _LONGEST_AGAIN and _AGAIN.match(note.text):
            return msgspec.structs.replace(note, works=self._before.works, entry=self._before.entry)
        entry = self._entries.setdefault(note.text, note.name) if looks_like_entry(note.text) else ""
        return msgspec.structs.replace(note, entry=entry)
