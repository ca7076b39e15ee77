"""The walk through a JATS article: elements → text, blocks, anchors.

It keeps a stack of its own, so that no depth of nesting exhausts Python's.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack
from functools import cached_property
from itertools import chain
from typing import TYPE_CHECKING, Any, NamedTuple

import msgspec

from ingest.read.flow import Flow
from ingest.read.jats import rules
from ingest.read.jats.front import authors_of
from ingest.read.jats.references import Listed
from ingest.read.jats.text import formula, running_text
from ingest.read.noted import Noted, around, comments
from ingest.read.xml_tree import local_name
from ingest.reading import Anchor
from kb.model import Block, BlockKind, Reference

if TYPE_CHECKING:
    from lxml.etree import _Element

_SEPARATORS = re.compile(r"[\s,;]+")
_LONGEST_ID, _LONGEST_PLACE = 80, 60
_MOST_TARGETS = 1000


class _Part(msgspec.Struct, kw_only=True, eq=False):
    """An element that makes a block, or holds some: what is true of the text in it."""

    element: Any
    name: str
    place: str = "/article"
    kind: BlockKind = "paragraph"
    why: str = ""
    level: int = 0
    heading: int | None = None
    """Which block is the heading that the text stands under."""
    paragraph: _Part | None = None
    """The paragraph that it is or stands in."""
    afloat: list[_Afloat] = msgspec.field(default_factory=list)
    seen: Counter[str] = msgspec.field(default_factory=Counter)


class _Afloat(NamedTuple):
    """An element that is read after the paragraph in which the file has it."""

    element: Any
    place: str


class _Frame(msgspec.Struct, kw_only=True, eq=False):
    """An element on the stack: what of it is still to be read, and what ends with it."""

    name: str
    part: _Part
    items: Iterator[Any]
    """Text, elements and ``_Afloat``."""
    exits: ExitStack | None = None
    """Of an element in running text; None where it is a part."""
    within: frozenset[str] = frozenset()
    """Which of ``sup`` and ``xref`` it stands in: one in another of its kind says nothing more."""


class Walk:
    """Reads an article once; ``flow``, ``entries`` and ``blocks`` then hold what it gave."""

    def __init__(self, article: _Element, listed: Listed) -> None:
        self.flow = Flow()
        self.noted = Noted(self.flow)
        self.entries: list[Reference] = []
        self._article = article
        self._listed = listed
        self._headings: list[int | None] = []
        self._read()

    def blocks(self, text: str) -> tuple[Block, ...]:
        """The blocks in order, each with the heading that it stands under; ``text`` is that of the flow."""
        raws = self.flow.raws
        return tuple(
            Block(
                kind=raw.kind,
                start=raw.start,
                end=raw.end,
                line=raw.line,
                section="" if at is None else " ".join(text[raws[at].start : raws[at].end].split()),
                why=raw.why,
                place=raw.place,
            )
            for raw, at in zip(raws, self._headings, strict=True)
        )

    def _read(self) -> None:
        before, behind = around(self._article)
        for comment in before:
            self.noted.take(comment, None)
        root = _Part(element=self._article, name="article")
        stack = [_Frame(name="article", part=root, items=_inside(self._article, "article"))]
        while stack:
            item = next(stack[-1].items, None)
            if item is None:
                self._leave(stack.pop(), stack[-1] if stack else None)
            elif isinstance(item, str):
                self.flow.add(item)
            else:
                opened = self._enter(item, stack[-1])
                if opened:
                    stack.append(opened)
        for comment in behind:
            self.noted.take(comment, None)

    def _enter(self, item: Any, parent: _Frame) -> _Frame | None:
        """The frame of an element that has to be walked through; None where it was read, left out or put off."""
        afloat = isinstance(item, _Afloat)
        element = item.element if afloat else item
        name = local_name(element.tag)
        if not name:
            self.noted.take(element, parent.part)
            return None
        if name in rules.SKIPPED or name not in rules.READ_OF.get(parent.name, (name,)):
            return None
        if not _divides(name, parent):
            return self._inline(element, name, parent)
        place = item.place if afloat else _place(element, name, parent.part)
        paragraph = parent.part.paragraph
        if name in rules.FLOATS and paragraph and not afloat:
            paragraph.afloat.append(_Afloat(element, place))
            return None
        self._close(parent.part)
        part = _part(element, name, parent.part, place)
        if name == "contrib-group" or name == "ref" or element in self._listed.by_element:
            self._write(part)
            return None
        if name == "abstract" and not any(local_name(child.tag) == "title" for child in element):
            self.flow.add("Abstract")
            self._head(part, msgspec.structs.replace(part, kind="heading"))
        return _Frame(name=name, part=part, items=_inside(element, name))

    def _inline(self, element: _Element, name: str, parent: _Frame) -> _Frame:
        """The frame of an element within running text."""
        exits = ExitStack()
        raises = name == "sup" or (parent.name in ("msup", "msubsup") and element.getnext() is None)
        mark = "sup" if raises else name
        if raises and mark not in parent.within:
            exits.enter_context(self.flow.superscript())
        elif name == "xref" and mark not in parent.within:
            self._cite(element, exits)
        within = parent.within | {mark} if mark in ("sup", "xref") else parent.within
        if name == "tr" or (name in ("td", "th") and element.getprevious() is not None):
            self.flow.add("\n" if name == "tr" else "\t", keep_space=True)
        elif name in rules.APART or (parent.name == "mfrac" and element.getprevious() is not None):
            self.flow.add("/" if parent.name == "mfrac" else " ")
        items = iter([formula(element)]) if name == "tex-math" else _inside(element, name)
        return _Frame(name=name, part=parent.part, items=items, exits=exits, within=within)

    def _leave(self, frame: _Frame, parent: _Frame | None) -> None:
        if frame.exits is not None:
            frame.exits.close()
            if frame.name in rules.APART:
                self.flow.add(": " if frame.name == "term" else " ")
            return
        part = frame.part
        if part.kind == "heading" and parent is not None:
            self._head(parent.part, part)
        else:
            self._close(part)
        if parent is not None and part.afloat:
            parent.items = chain(part.afloat, parent.items)

    def _head(self, under: _Part, heading: _Part) -> None:
        """Close a heading, under which the rest of a part stands."""
        heading.heading = len(self.flow.raws)
        if self._close(heading):
            under.heading = heading.heading

    def _close(self, part: _Part) -> bool:
        """Make a block of the text that was added to a part; whether there was any."""
        line = part.element.sourceline or 1
        raw = self.flow.close(part.kind, line, place=part.place, why=part.why, level=part.level)
        if raw:
            self._headings.append(part.heading)
            self.noted.closed(part)
        return raw is not None

    def _write(self, part: _Part) -> None:
        """Add what is put together rather than read: the byline, the entries of the reference list."""
        for comment in comments(part.element):
            self.noted.take(comment, part)
        if part.name == "contrib-group":
            self.flow.add(authors_of(part.element))
            part.kind, part.why = "byline", "names the authors"
            self._close(part)
        elif part.element not in self._listed.by_element:
            self.flow.add(running_text(part.element))
            self._close(part)
        for entry in self._listed.by_element.get(part.element, ()):
            part.kind, part.why = "reference list", "stands in the reference list"
            self.flow.add(entry.text)
            raws = self.flow.raws
            span = {"start": raws[-1].start, "end": raws[-1].end} if self._close(part) else {}
            self.entries.append(msgspec.structs.replace(entry, **span))

    def _cite(self, xref: _Element, exits: ExitStack) -> None:
        """What is added from here on cites the works that the ``xref`` names, if any.

        One without words belongs to the citation before it: some publishers name the works inside a range so.
        """
        targets = self._targets(xref)
        anchors = self.flow.anchors
        if targets and not running_text(xref):
            if anchors and anchors[-1].start >= (self.flow.raws[-1].end if self.flow.raws else 0):
                last = anchors[-1]
                named = (*last.targets, *targets)[:_MOST_TARGETS]
                anchors[-1] = Anchor(start=last.start, end=last.end, targets=named)
        elif targets:
            exits.enter_context(self.flow.anchor(*targets))

    def _targets(self, xref: _Element) -> list[str]:
        """The references that an ``xref`` names; those that are not there only where it says that it cites."""
        cites = (xref.get("ref-type") or "") in rules.CITING
        found: list[str] = []
        for name in filter(None, _SEPARATORS.split(xref.get("rid") or "")):
            if name in self._listed.by_name:
                found += self._listed.by_name[name]
            elif cites and name not in self._ids:
                found.append(name)
        return found

    @cached_property
    def _ids(self) -> frozenset[str]:
        return frozenset(filter(None, (one.get("id") for one in self._article.iter("*"))))


def _divides(name: str, parent: _Frame) -> bool:
    """Whether an element begins a block: not in tables, and not where it belongs to a sentence or definition."""
    part = parent.part
    if part.kind == "table" or (name == "p" and parent.name == "def"):
        return False
    if name == "disp-formula" and part.paragraph:
        return False
    return name in rules.DIVISIONS or name in rules.KINDS or name in rules.ASIDE


def _part(element: _Element, name: str, parent: _Part, place: str) -> _Part:
    """What is true of the text in an element, given what is true around it."""
    around, kind = (parent.why, parent.kind) if not _shown(name, parent) else ("", "paragraph")
    if name != "title" or parent.name != "caption":
        kind = rules.KINDS.get(name, kind)
    why = around or rules.ASIDE.get(name, "") or _unfit(element, name, parent)
    if why and kind not in ("heading", "table", "code"):
        kind = "comment"
    part = _Part(
        element=element,
        name=name,
        place=place,
        kind=kind,
        why=_REPEATED if kind == "title" else "" if kind == "heading" else why,
        level=parent.level + (name in rules.LEVELS),
        heading=parent.heading,
        paragraph=parent.paragraph,
    )
    if name in rules.PARAGRAPHS:
        part.paragraph = part
    return part


_REPEATED = "is the title"


def _shown(name: str, parent: _Part) -> bool:
    """Whether it is a figure or table that the publisher has put behind the article, where it does not belong."""
    return parent.why == rules.BEHIND and name in ("fig", "fig-group", "table-wrap", "table-wrap-group")


def _unfit(element: _Element, name: str, parent: _Part) -> str:
    """Why an element is left out that its place or its words tell: a section about the article, the DOI of a figure."""
    if name == "p" and parent.name == "caption" and rules.OWN_DOI.fullmatch(running_text(element)):
        return "names the figure itself"
    if name != "sec":
        return ""
    if parent.name == "back":
        return rules.BEHIND
    title = next((child for child in element if local_name(child.tag) == "title"), None)
    return rules.BEHIND if title is not None and rules.NOT_FINDINGS.match(running_text(title)[:200]) else ""


def _inside(element: _Element, name: str) -> Iterator[Any]:
    """The text and elements in an element, in order; of the forms of one thing the best."""
    if name == "alternatives":
        forms = {local_name(child.tag): child for child in element}
        yield from [forms[form] for form in rules.ALTERNATIVES if form in forms][:1]
        return
    bare = name in rules.BARE
    if element.text and not bare:
        yield element.text
    for child in element:
        yield child
        if child.tail and not bare:
            yield child.tail


def _place(element: _Element, name: str, parent: _Part) -> str:
    """The path of an element from the nearest id, numbered where it has siblings of its name."""
    parent.seen[name] += 1
    own = element.get("id")
    if own and len(own) <= _LONGEST_ID:
        return f"#{own}"
    above = parent.place if len(parent.place) <= _LONGEST_PLACE else f"...{parent.place[-_LONGEST_PLACE:]}"
    alone = parent.seen[name] == 1 and next(element.itersiblings(f"{{*}}{name}"), None) is None
    return f"{above}/{name}" if alone else f"{above}/{name}[{parent.seen[name]}]"
