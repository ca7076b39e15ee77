"""What passages of a Word file stand for: from marks of the file to ids of references."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

import msgspec

from ingest.links import Link, link_to
from ingest.read.word.body import LINK, NOTE, PLACE, WORK, Body
from ingest.read.word.list import divided, joined, linked, standing_at
from ingest.read.word.notes import Note, Notes
from ingest.read.word.works import Works
from ingest.reading import Anchor
from kb.model import AUDITED, Block, Record, Reference


class Ties(Record, frozen=True, kw_only=True):
    """The fields of ``Reading`` of the same names."""

    entries: tuple[Reference, ...]
    works: tuple[Reference, ...]
    anchors: tuple[Anchor, ...]
    links: tuple[Link, ...]


def tie(body: Body, notes: Notes, cited: Works, text: str, blocks: Sequence[Block]) -> Ties:
    """The references of a file and the passages that cite them.

    Parameters
    ----------
    body, notes, cited
        The file as read, its notes, and the works that its citation fields name.
    text, blocks
        The article that came of it.
    """
    by_note = {note.name: note for note in notes.cited}
    entries = _entries(body, by_note, bool(cited.found), text, blocks)
    entries, places = joined(entries, cited.found)
    resolve = _Resolver(body, by_note, entries, places)
    anchors = []
    for anchor in body.flow.anchors:
        found = [name for target in anchor.targets for name in resolve.ids(target)]
        if found:
            anchors.append(msgspec.structs.replace(anchor, targets=tuple(dict.fromkeys(found))))
    return Ties(
        entries=tuple(entries),
        works=tuple(work for work in cited.found if work.id not in places),
        anchors=tuple(anchors),
        links=tuple(_links(body, text, blocks)),
    )


class _Resolver:
    """Finds the ids of the references that the targets of ``Body`` stand for."""

    def __init__(
        self, body: Body, notes: dict[str, Note], entries: Sequence[Reference], places: dict[str, str]
    ) -> None:
        self._bookmarks, self._notes, self._entries, self._places = body.bookmarks, notes, entries, places
        self._marks = {
            anchor.start: target.removeprefix(NOTE)
            for anchor in body.flow.anchors
            for target in anchor.targets
            if target.startswith(NOTE)
        }
        starts = {raw.place: raw.start for raw in body.flow.raws if raw.place in notes}
        self._note_entries = {
            place: entry.id for place, start in starts.items() for entry in entries if entry.start == start
        }

    def ids(self, target: str) -> Iterator[str]:
        """The ids of a target; none for a link, and for a place that is no entry of the list."""
        if target.startswith(WORK):
            name = target.removeprefix(WORK)
            yield self._places.get(name, name)
        elif target.startswith(NOTE):
            yield from self._of_note(self._notes[target.removeprefix(NOTE)])
        elif target.startswith(PLACE):
            offset = self._bookmarks.get(target.removeprefix(PLACE), -1)
            entry = standing_at(self._entries, offset) if offset >= 0 else None
            if offset in self._marks:
                yield from self._of_note(self._notes[self._marks[offset]])
            elif entry is not None:
                yield entry.id

    def _of_note(self, note: Note) -> Iterator[str]:
        for name in note.works:
            yield self._places.get(name, name)
        if note.entry in self._note_entries:
            yield self._note_entries[note.entry]


def _entries(body: Body, notes: dict[str, Note], cited: bool, text: str, blocks: Sequence[Block]) -> list[Reference]:
    """The list by its paragraphs, where Word's marks show that it is divided so; else nothing."""
    listed = [block for block in blocks if block.kind == "reference list"]
    marked = {raw.start for raw in body.flow.raws if raw.kind == "reference list"}
    named: dict[int, str] = {}
    for anchor in body.flow.anchors:
        for target in anchor.targets:
            bookmark = target.removeprefix(PLACE) if target.startswith(PLACE) else ""
            block = standing_at(listed, body.bookmarks[bookmark]) if bookmark in body.bookmarks else None
            if block is not None:
                named.setdefault(block.start, bookmark)
    if not (cited or named or any(block.start in marked or block.start in body.labels for block in listed)):
        return []
    own = {name: note for name, note in notes.items() if note.entry == name}
    entries = divided(text, listed, body.labels, named, own)
    found: dict[int, list[Link]] = defaultdict(list)
    for anchor in body.flow.anchors:
        entry = standing_at(entries, anchor.start)
        if entry is not None:
            found[entry.position].extend(filter(None, map(_behind, anchor.targets)))
    inside = {block.start: own[block.place].addresses for block in listed if block.place in own}
    for entry in entries:
        found[entry.position].extend(filter(None, map(_behind, inside.get(entry.start or 0, ()))))
    return [linked(entry, found[entry.position]) for entry in entries]


def _links(body: Body, text: str, blocks: Sequence[Block]) -> Iterator[Link]:
    """The links of the audited text that name a work."""
    for anchor in body.flow.anchors:
        block = standing_at(blocks, anchor.start)
        if block is not None and block.kind in AUDITED:
            for target in anchor.targets:
                words = text[anchor.start : anchor.end]
                link = _behind(target, "" if words.startswith("http") else words, anchor.start, anchor.end)
                if link is not None:
                    yield link


def _behind(target: str, words: str = "", start: int = 0, end: int = 0) -> Link | None:
    """What a target of ``Body`` leads to, where that is an address that can be a source."""
    address = target.removeprefix(LINK).strip()
    web = target.startswith(LINK) and address.lower().startswith(("http://", "https://"))
    return link_to(address, words, start, end) if web else None
