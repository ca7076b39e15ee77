"""The walk through a page that writes its article: one block a paragraph, with what was marked in it."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from contextlib import ExitStack

import msgspec

from ingest.read.flow import Flow
from ingest.read.html.entries import Item
from ingest.read.html.manners import Manner, Manners, ends_block
from ingest.read.html.page import Node, Page, Text, walk
from ingest.read.layout import Raw
from ingest.read.noted import Noted
from ingest.read.wording import looks_like_heading
from ingest.reading import Remark

_BOLD = frozenset({"b", "strong"})
_INVISIBLE = re.compile("[\u00ad\u200b\u2060\ufeff]")
_CLOSING = frozenset(".])")
_LONGEST_HEADING = 200
_WEIGHTY = Manner(kind="heading", level=7)
"""A heading that only its bold type makes one stands below all others."""

Targets = Callable[[Node], Sequence[str]]
"""What a link, or an element that holds several, cites; nothing where it cites nothing."""


class Written(msgspec.Struct, frozen=True, kw_only=True):
    """The article as written, the block of each entry, links to other places (passage and element), and remarks."""

    flow: Flow
    entries: tuple[tuple[Item, Raw], ...]
    links: tuple[tuple[int, int, Node], ...]
    remarks: tuple[Remark, ...]


def write(page: Page, manners: Manners, targets: Targets) -> Written:
    """Write the article of a page."""
    writer = _Writer(page, manners, targets)
    skipped: Node | None = None
    before, behind = page.remarks
    for remark in before:
        writer.noted.note(remark, None)
    for one, opened in walk(page.body):
        if skipped is not None:
            skipped = None if one is skipped else skipped
        elif isinstance(one, Text):
            writer.note(one) if one.remark else writer.add(one)
        elif not opened:
            writer.close(one)
        elif manners.drops(one, writer.manner):
            skipped = one
        else:
            writer.open(one)
    writer.end_block()
    for remark in behind:
        writer.noted.note(remark, None)
    return Written(
        flow=writer.flow,
        entries=tuple(writer.entries),
        links=tuple(writer.links),
        remarks=writer.noted.all(),
    )


class _Writer:
    """Where the walk is: the open elements that matter, and the block that is being written."""

    def __init__(self, page: Page, manners: Manners, targets: Targets) -> None:
        self.flow = Flow()
        self.noted = Noted(self.flow)
        self.entries: list[tuple[Item, Raw]] = []
        self.links: list[tuple[int, int, Node]] = []
        self._page = page
        self._of = manners
        self._targets = targets
        self._manners: list[tuple[Node, Manner]] = [(page.body, Manner())]
        self._blocks: list[Node] = [page.body]
        self._marks: list[tuple[Node, ExitStack]] = []
        self._citing: Node | None = None
        self._linked: tuple[Node, int] | None = None
        self._begun: tuple[Manner, Node, int] | None = None
        self._bold = 0
        self._heavy: str | None = ""
        """The block so far where all of it is bold and short, else None."""
        self._breaks = 0
        self._pending = ""
        self._last = ""

    @property
    def manner(self) -> Manner:
        """How text is taken here."""
        return self._manners[-1][1]

    def open(self, node: Node) -> None:
        """Begin an element."""
        if node.tag == "br":
            self._breaks += 1
            return
        manner = self._of.of(node, self.manner) if node is not self._page.body else None
        if manner is not None or ends_block(node):
            self._boundary(manner)
            self._blocks.append(node)
        if manner is not None:
            self._manners.append((node, manner))
        self._bold += node.tag in _BOLD
        if node.tag == "q":
            self._put("“")
        self._mark(node)

    def close(self, node: Node) -> None:
        """End an element."""
        if self._marks and self._marks[-1][0] is node:
            self._marks.pop()[1].close()
        self._citing = None if self._citing is node else self._citing
        if self._linked and self._linked[0] is node:
            self.links.append((self._linked[1], self.flow.position, node))
            self._linked = None
        self._bold -= node.tag in _BOLD
        if node.tag == "q":
            self._put("”")
        if self._blocks[-1] is not node:
            return
        if self._manners[-1][0] is node:
            self.end_block()
            self._manners.pop()
        else:
            self._boundary(None)
            if self.manner.kind == "table" and self._pending:
                self._pending = " | " if node.tag in ("td", "th") else self.manner.glue
        self._blocks.pop()

    def add(self, text: Text) -> None:
        """Take a piece of running text."""
        words = _INVISIBLE.sub("", text.words)
        if not words.strip():
            if self._begun and not self._breaks and not self._pending:
                self.flow.add(words, keep_space=self.manner.verbatim)
            return
        self._separate()
        if self._begun and self.manner.item and self._last in _CLOSING and words[0].isalnum():
            self.flow.add(" ")  # parts of an entry that only style sets apart
        self._last = words[-1]
        if self._begun is None:
            bare = words.lstrip()
            line = text.line + words.count("\n", 0, len(words) - len(bare))
            self._begun = (self.manner, self._manners[-1][0] if self.manner.glue else self._blocks[-1], line)
            words = words.lstrip("\n") if self.manner.verbatim else bare
        heavy = self._heavy if self._bold and self._heavy is not None else None
        self._heavy = heavy + words if heavy is not None and len(heavy) < _LONGEST_HEADING else None
        self.flow.add(words, keep_space=self.manner.verbatim)

    def note(self, text: Text) -> None:
        """Take a comment to this program."""
        self.noted.note(text.remark, self._blocks[-1])

    def end_block(self) -> None:
        """End the block that text was added to, if any."""
        self._breaks, self._pending = 0, ""
        if self._begun is None:
            return
        manner, node, line = self._begun
        if self._is_heading_by_weight(manner):
            manner = _WEIGHTY
        self._begun, self._heavy = None, ""
        raw = self.flow.close(manner.kind, line, place=self._page.place(node), why=manner.why, level=manner.level)
        if raw is not None:
            self.noted.closed(node)
        if raw is not None and manner.item is not None and manner.item.is_entry:
            self.entries.append((manner.item, raw))

    def _is_heading_by_weight(self, manner: Manner) -> bool:
        words = " ".join((self._heavy or "").split())
        return bool(words) and manner == Manner() and looks_like_heading(words)

    def _boundary(self, manner: Manner | None) -> None:
        """Come to where a block begins or ends, unless the blocks here are glued together."""
        if manner is None and self.manner.glue:
            self._pending = self._pending or self.manner.glue
        else:
            self.end_block()

    def _separate(self) -> None:
        """Write what stands between the texts so far and the next one: glue, or line breaks."""
        breaks, self._breaks = self._breaks, 0
        pending, self._pending = self._pending, ""
        if self._begun is None:
            return
        if breaks and self.manner.verbatim:
            self.flow.add("\n" * breaks, keep_space=True)
        elif pending or (breaks and self.manner.glue):
            self._put(pending or self.manner.glue)
        elif breaks > 1 or (breaks and self._is_heading_by_weight(self.manner)):
            self.end_block()
        elif breaks:
            self._put("\n")

    def _put(self, words: str) -> None:
        if words == "“":
            self.add(Text(words, self._begun[2] if self._begun else self._blocks[-1].line))
        elif self._begun:
            self.flow.add(words, keep_space=words == "\n")

    def _mark(self, node: Node) -> None:
        """Note superscripts, citations and links. Of those inside of one another only the outermost count."""
        aside = self.manner.item is not None or bool(self.manner.why)
        names = () if aside or self._citing else self._targets(node)
        raised = node.tag == "sup" and not any(one.tag == "sup" for one, _ in self._marks)
        if names or raised:
            marks = ExitStack()
            self._marks.append((node, marks))
            if names:
                self._citing = node
                marks.enter_context(self.flow.anchor(*names))
            if raised:
                marks.enter_context(self.flow.superscript())
        elif node.tag == "a" and not (aside or self._linked or self._citing):
            self._linked = (node, self.flow.position)
