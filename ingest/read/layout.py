"""What each block of an article is: the part of reading that plain text and Markdown share.

A page copied from the web brings its byline, its reference list and its promotion along. They are recognised by where
they stand and how they are worded, and each block that is left out says how it was recognised.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from enum import Enum, auto
from itertools import pairwise

import msgspec

from ingest.read.reference_list import begins_list, holds_list, trailing_entries
from ingest.read.wording import (
    ADMINISTRATIVE,
    AT_OURS,
    BACK_MATTER,
    BYLINE,
    CALL,
    CHROME,
    EARNING,
    NAME,
    PERHAPS_REFERENCES,
    POINTER,
    REACH,
    REFERENCES,
    RELATED,
    SENTENCE_END,
    looks_like_entry,
    promotes,
)
from kb.language.sentences import sentences
from kb.model import Block, BlockKind

_MARK = re.compile(r"(?:(?:[-*+•●▪◦·–]|o(?= )|\d{1,3}[.)]|>|#{1,6})[ \t]+(?=\S))*")
_LONGEST_BYLINE = 40
_LONGEST_POINTER = 25
_FEW_WORDS = 6
_PROMOTIONS = (
    (CALL, "calls on the reader to get in touch"),
    (AT_OURS, "speaks of the publisher's own services"),
    (EARNING, "tells how the publisher earns"),
)


class Raw(msgspec.Struct, frozen=True, kw_only=True):
    """A block as a reader found it: ``kind`` where the markup says so, else ``paragraph``; ``level`` of a heading.

    ``place`` and ``why`` are those of ``kb.model.Block``; what has a ``why`` already is left out whatever its words.
    """

    kind: BlockKind
    start: int
    end: int
    line: int
    level: int = 0
    place: str = ""
    why: str = ""


def settle(text: str, raws: Sequence[Raw], title: str = "") -> tuple[str, tuple[Block, ...]]:
    """Decide what each block is.

    Parameters
    ----------
    text
        The whole article.
    raws
        Its blocks in order.
    title
        The title where metadata gives one, else empty.

    Returns
    -------
    tuple
        The title, and the blocks with kind, section and, for those left out, why.
    """
    raws = [part for raw in raws for part in _divided(raw, text)]
    pieces = [text[raw.start : raw.end] for raw in raws]
    body = _first_body(raws, pieces)
    title = title or _title(raws, pieces, body)
    blocks: list[Block] = []
    section, zone = "", _Zone.ARTICLE
    lists = _lists(raws, pieces)
    for index, (raw, piece) in enumerate(zip(raws, pieces, strict=True)):
        listed = bool(blocks) and blocks[-1].kind == "reference list"
        ends = listed and not any(map(looks_like_entry, pieces[index : index + 3]))
        zone = lists.get(index) or _next_zone(zone, raw, piece, list_ends=ends)
        if index <= body and _folded(piece) == _folded(title):
            kind, why = _TITLE
        elif raw.kind in _SETTLED or raw.why:
            kind, why = raw.kind, raw.why
        elif zone is _Zone.ARTICLE:
            kind, why = _in_article(raw, piece, before_body=index < body)
        else:
            opens = raw.kind == "heading" and (lists.get(index) is _Zone.REFERENCES or ADMINISTRATIVE.match(piece))
            kind, why = ("heading", "") if opens else _OUTSIDE[zone]
        if kind == "heading" and zone is _Zone.ARTICLE:
            section = _plain(piece)
        start = raw.start if kind in ("reference list", "front matter") else raw.start + _mark(piece)
        blocks.append(
            Block(kind=kind, start=start, end=raw.end, line=raw.line, section=section, why=why, place=raw.place)
        )
    return _plain(title), tuple(blocks)


class _Zone(Enum):
    ARTICLE = auto()
    REFERENCES = auto()
    AFTER = auto()
    RELATED = auto()
    ADMINISTRATIVE = auto()
    UNANNOUNCED = auto()


_TITLE: tuple[BlockKind, str] = ("title", "repeats the title")
_SETTLED: frozenset[BlockKind] = frozenset({"front matter", "comment", "code", "table", "reference list"})
_OUTSIDE: dict[_Zone, tuple[BlockKind, str]] = {
    _Zone.ADMINISTRATIVE: ("byline", "stands under a heading about the authors, funding or interests"),
    _Zone.REFERENCES: ("reference list", "stands under the heading of the reference list"),
    _Zone.UNANNOUNCED: ("reference list", "reads like a list of references at the end of the article"),
    _Zone.AFTER: ("promotion", "comes after the reference list"),
    _Zone.RELATED: ("promotion", "stands under a heading that points to other pages"),
}


_RUN_IN = re.compile(r"[*_]{0,3}(?P<heading>[^:\n]{5,40}?)[*_]{0,3}:[*_]{0,3}\s*(?=\S)")


def _divided(raw: Raw, text: str) -> Iterator[Raw]:
    """A block; where it opens with the heading of a list and a colon, and goes on with entries, that heading apart."""
    opening = _RUN_IN.match(text, raw.start, raw.end) if raw.kind == "paragraph" and not raw.why else None
    if opening and REFERENCES.match(opening.group("heading")) and begins_list([text[opening.end() : raw.end]]):
        yield msgspec.structs.replace(raw, kind="heading", level=2, end=opening.end("heading"))
        line = raw.line + text.count("\n", raw.start, opening.end()) * (raw.place == "")
        yield msgspec.structs.replace(raw, start=opening.end(), line=line)
    else:
        yield raw


_LISTS = (_Zone.REFERENCES, _Zone.UNANNOUNCED)


def _lists(raws: Sequence[Raw], pieces: Sequence[str]) -> dict[int, _Zone]:
    """Where reference lists begin: at their headings, or without any at the first entry of one at the end."""
    headings = [*(index for index, raw in enumerate(raws) if raw.kind == "heading"), len(raws)]
    announced = [
        index
        for index, end in pairwise(headings)
        if (REFERENCES.match(pieces[index]) and holds_list(pieces[index + 1 : end]))
        or (PERHAPS_REFERENCES.match(pieces[index]) and begins_list(pieces[index + 1 : end]))
    ]
    if announced or any(raw.kind == "reference list" for raw in raws):
        return dict.fromkeys(announced, _Zone.REFERENCES)
    first = trailing_entries(pieces)
    return {} if first is None else {first: _Zone.UNANNOUNCED}


def _next_zone(zone: _Zone, raw: Raw, piece: str, *, list_ends: bool) -> _Zone:
    """Which part of the page a block belongs to, given the part that the block before it belongs to."""
    if raw.kind == "heading":
        if RELATED.match(piece):
            return _Zone.RELATED
        if ADMINISTRATIVE.match(piece):
            return _Zone.ADMINISTRATIVE
        if zone in (_Zone.RELATED, _Zone.ADMINISTRATIVE) or BACK_MATTER.match(piece):
            return _Zone.ARTICLE
        if zone in _LISTS and not looks_like_entry(piece):
            return _Zone.AFTER
    return _Zone.AFTER if zone in _LISTS and list_ends else zone


def _first_body(raws: Sequence[Raw], pieces: Sequence[str]) -> int:
    """Index of the first block that is a paragraph of sentences."""
    for index, (raw, piece) in enumerate(zip(raws, pieces, strict=True)):
        if (
            raw.kind == "paragraph"
            and len(piece.split()) > 8
            and SENTENCE_END.search(piece)
            and not BYLINE.match(piece)
        ):
            return index
    return len(raws)


def _title(raws: Sequence[Raw], pieces: Sequence[str], body: int) -> str:
    """The first heading before the text that is more than the name of a site; else the first heading."""
    headings = [
        piece
        for raw, piece in zip(raws[: body + 1], pieces, strict=False)
        if raw.kind == "heading" and not any(aside.match(piece) for aside in (CHROME, BYLINE, ADMINISTRATIVE))
    ]
    return next((piece for piece in headings if len(piece.split()) >= 3), headings[0] if headings else "")


def _in_article(raw: Raw, piece: str, *, before_body: bool) -> tuple[BlockKind, str]:
    """A block before the reference list: the article's own, or byline, page furniture or promotion."""
    words = len(piece.split())
    if CHROME.match(piece) and words < 40:
        return "promotion", "is part of the page around the article"
    named = BYLINE.match(piece) or (words <= 12 and NAME.match(piece.strip()))
    if before_body and words <= _LONGEST_BYLINE and named and not SENTENCE_END.search(piece):
        return "byline", "stands before the article and names its author or date"
    if words <= 30 and REACH.search(piece) and _only_reaches(piece):
        return "promotion", "tells how to reach the publisher"
    if words <= _LONGEST_POINTER and POINTER.match(piece) and not looks_like_entry(piece):
        return "promotion", "points to another page"
    if raw.kind == "heading":
        return "heading", ""
    if not promotes(_opening(piece)):  # nor do all of its sentences, and most blocks end here
        return raw.kind, ""
    said = [piece[span.start : span.end] for span in sentences(piece)]
    if all(map(promotes, said)):
        for pattern, why in _PROMOTIONS:
            if any(map(pattern.search, said)):
                return "promotion", why
    return raw.kind, ""


def _only_reaches(piece: str) -> bool:
    """Whether a passage with an address or number says nothing else: no other sentence of more than a few words."""
    said = [piece[span.start : span.end] for span in sentences(piece)]
    return all(REACH.search(sentence) or len(sentence.split()) <= _FEW_WORDS for sentence in said)


_SURELY_ENDED = re.compile(r"[.!?][\"”’)]?\s")


def _opening(piece: str) -> str:
    """The beginning of a block, with at least its first sentence."""
    ended = _SURELY_ENDED.search(piece, 120)
    return piece[: ended.end()] if ended else piece


def _mark(piece: str) -> int:
    """Length of the bullet, number or other mark that a block begins with."""
    match = _MARK.match(piece)
    return match.end() if match else 0


def _folded(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold()))


def _plain(text: str) -> str:
    """A heading or title without Markdown's marks."""
    return " ".join(
        re.sub(r"^#+\s*|\s*#+$|\s*\{[^{}]*\}\s*$|[*_`]{1,3}(?=\S)|(?<=\S)[*_`]{1,3}", "", text.strip()).split()
    )


def non_empty(raws: Iterable[Raw], text: str) -> list[Raw]:
    """Blocks without surrounding white space; those that hold nothing else are dropped."""
    found = []
    for raw in raws:
        piece = text[raw.start : raw.end]
        if piece.strip():
            start = raw.start + len(piece) - len(piece.lstrip())
            line = raw.line + text.count("\n", raw.start, start)
            found.append(msgspec.structs.replace(raw, start=start, end=start + len(piece.strip()), line=line))
    return found
