"""The reference list of a Word file as its paragraphs divide it, and which entry each cited work is.

Lists without any mark of Word's stay undivided here: they are found in the words, as in plain text.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import TypeVar

import msgspec

from ingest.entry import enriched
from ingest.links import Link
from ingest.read.html.entries import label_of
from ingest.read.word.notes import Note
from ingest.read.word.works import Names
from kb.language.digests import source_id
from kb.language.folding import fold
from kb.model import Block, Reference

_MOST_COMPARED = 30
"""Entries that a work is compared with; more share its rarest word only in lists that were made to be slow."""
_BEFORE = 2
"""Characters between blocks, where a bookmark between two paragraphs stands."""
_TELLING = 30
"""Letters from which a title alone tells a work."""


def divided(
    text: str, blocks: Sequence[Block], labels: Mapping[int, str], named: Mapping[int, str], notes: Mapping[str, Note]
) -> list[Reference]:
    """The entries of the list, one a paragraph, without what is written in them beyond text and label.

    Parameters
    ----------
    text
        The article.
    blocks
        Its blocks of the kind "reference list", in order.
    labels
        The numbers that Word prints in front of blocks, by where they start; where the list is numbered so, a
        paragraph without a number belongs to the entry before it.
    named
        Bookmarks that citations point to, by the start of the block that they stand in.
    notes
        The notes that are entries, by their place. They come last and, beside a list, without a label.
    """
    passages: list[tuple[int, int, Block]] = []
    numbered = 2 * sum(block.start in labels for block in blocks) > len(blocks)
    for block in blocks:
        if numbered and passages and block.start not in labels and block.place not in notes:
            passages[-1] = (passages[-1][0], block.end, passages[-1][2])
        else:
            passages.append((block.start, block.end, block))
    names = Names()
    alone = all(block.place in notes for block in blocks)
    found = []
    for position, (start, end, block) in enumerate(passages, 1):
        printed = " ".join(text[start:end].split())
        note = notes.get(block.place)
        number, body = ("", 0) if note or start in labels else label_of(printed, str(position))
        label = (str(note.number) if alone else "") if note else labels.get(start, number)
        wanted = block.place if note else named.get(start) or label or f"ref{position}"
        found.append(
            Reference(
                id=names.give(wanted),
                position=position,
                text=printed[body:],
                source=source_id(None, None, printed),
                line=block.line,
                start=start,
                end=end,
                label=label,
            )
        )
    return found


def joined(entries: Sequence[Reference], works: Sequence[Reference]) -> tuple[list[Reference], dict[str, str]]:
    """The entries with what the citation fields know of their works, and by the id of each such work its entry's.

    A citation program wrote the list out of the same data, so an entry is the one that holds the work's DOI, or its
    title with year or author. Reading titles out of entries, which errs, is not needed for that.
    """
    found = list(entries)
    folded = [f" {fold(entry.text)} " for entry in entries]
    holding: dict[str, list[int]] = defaultdict(list)
    for index, words in enumerate(folded):
        for word in set(words.split()):
            holding[word].append(index)
    places: dict[str, str] = {}
    free = set(range(len(entries)))
    for work in works:
        near = _near(work, holding)
        ranked = [(-_likeness(work, entries[index].text, folded[index]), index) for index in near if index in free]
        if ranked and min(ranked)[0] < 0:
            index = min(ranked)[1]
            free.discard(index)
            places[work.id] = found[index].id
            found[index] = enriched(found[index], work)
    return found, places


def linked(entry: Reference, links: Sequence[Link]) -> Reference:
    """The entry with the identifiers that links in it lead to, or else the address: its words may not show them."""
    doi = entry.doi or next((link.doi for link in links if link.doi), None)
    pmid = entry.pmid or next((link.pmid for link in links if link.pmid), None)
    url = entry.url or (None if doi or pmid else next((link.url for link in links), None))
    return msgspec.structs.replace(entry, doi=doi, pmid=pmid, url=url, source=source_id(doi, pmid, entry.text))


Spanning = TypeVar("Spanning", Block, Reference)


def standing_at(passages: Sequence[Spanning], offset: int) -> Spanning | None:
    """The block or entry, of those in order, that a bookmark at an offset marks: it stands in it or right before."""
    index = bisect_left(passages, offset, key=lambda one: one.end or 0)
    if index < len(passages) and offset >= (passages[index].start or 0) - _BEFORE:
        return passages[index]
    return None


def _near(work: Reference, holding: Mapping[str, Sequence[int]]) -> Iterator[int]:
    """The entries that can be a work: those with the rarest word of its title, else with its author's name."""
    words = fold(work.title or " ".join(work.authors[:1])).split()
    if work.doi:
        words += fold(work.doi).split()
    rows = sorted((holding[word] for word in set(words) if word in holding), key=len)
    return iter(dict.fromkeys(index for row in rows[:2] for index in row[:_MOST_COMPARED]))


def _likeness(work: Reference, text: str, folded: str) -> int:
    """How surely an entry is a work, from 1; 0 where it is not."""
    if work.doi and work.doi in text.casefold():
        return 9
    title = fold(work.title)
    dated = bool(work.year) and (work.year or "")[:4] in folded
    author = bool(work.authors) and f" {fold(work.authors[0])} " in folded
    if title and f" {title} " in folded:
        telling = len(title) >= _TELLING or dated or author
        return (2 + 2 * dated + author) if telling else 0
    return 1 if not title and dated and author else 0
