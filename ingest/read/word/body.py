"""The text of a Word file: its elements in order → ``Flow``, with what stands behind passages."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING

from ingest.read.flow import Flow
from ingest.read.word.comments import Comments
from ingest.read.word.fields import Code, read_code, read_tag
from ingest.read.word.notes import Kind, Notes
from ingest.read.word.open_fields import OpenFields
from ingest.read.word.package import Relation
from ingest.read.word.styles import HIDDEN, PLAIN, Look, Styles
from ingest.read.word.symbols import PRIVATE, symbol
from ingest.read.word.works import Works
from ingest.read.word.xml import THROUGH, child, deleted, full_name, name_of, parts, switched_on, text_boxes, value
from ingest.read.wording import REFERENCES, looks_like_heading
from kb.model import BlockKind

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

WORK, NOTE, PLACE, LINK = "work:", "note:", "place:", "link:"


class Body:
    """Reads the elements of one part.

    Passages that stand for something become anchors of the flow, whose targets say what: ``work:ID`` for each work of
    a citation field, ``note:NAME``, ``place:BOOKMARK`` or ``link:ADDRESS``.

    Paragraphs are numbered as they stand in the file, empty ones and those in tables too; a text box belongs to the
    paragraph that it hangs on.

    Parameters
    ----------
    styles, relations
        Of the part.
    works
        Where the works of citation fields are kept.
    notes
        The notes that marks in the text stand for; none inside notes themselves.
    comments
        The comments to this program, which are told where their marks stand.
    """

    def __init__(
        self,
        styles: Styles,
        relations: Mapping[str, Relation],
        works: Works,
        notes: Notes | None = None,
        comments: Comments | None = None,
    ) -> None:
        self.flow = Flow()
        self.bookmarks: dict[str, int] = {}
        self.labels: dict[int, str] = {}
        """The numbers that Word prints in front of blocks, by where the blocks start."""
        self.title = ""
        self._styles, self._relations, self._works, self._notes = styles, relations, works, notes
        self._comments = comments
        self._number = self._first = 0
        self._fields = OpenFields()
        self._boxes: list[Element] = []
        self._in_table = self._in_box = self._lifted = 0
        self._gap = ""
        self._raised: list[str] = []
        self._run = PLAIN
        self._begin()

    def read(self, element: Element) -> None:
        """Add everything inside an element."""
        for one in element:
            name = name_of(one)
            reader = _READERS.get(name)
            if reader is not None:
                reader(self, one)
            elif name in THROUGH or (name.startswith("m:") and not name.endswith("Pr")):
                self.read(one)

    def finish(self) -> None:
        """Close what is still open at the end."""
        if self._said:
            self._end(Look())

    def _begin(self) -> None:
        self._said: list[str] = []
        self._regions: set[str] = set()
        self._all_bold = True
        self._first = 0

    def _paragraph(self, element: Element) -> None:
        if not self._in_box:
            self._number += 1
        self._first = self._first or self._number
        look = self._styles.paragraph(element)
        if self._in_table:
            self.flow.add(self._gap, keep_space=True)
            self._gap = " "
        self.read(element)
        self._flush()
        self._fields.end_paragraph()
        if not self._in_table and not deleted(element):  # without its mark it runs on into the next one
            self._end(look)

    def _end(self, look: Look) -> None:
        """Close the block at hand, then read the text boxes that hang on it."""
        piece = "".join(self._said).strip()
        kind, why, level = self._kind(look, piece)
        raw = self.flow.close(kind, self._first, place=f"paragraph {self._first}", why=why, level=level)
        if raw is not None:
            self.labels |= {raw.start: look.label} if look.label else {}
            self.title = self.title or (" ".join(piece.split()) if look.title else "")
        self._begin()
        boxes, self._boxes = self._boxes, []
        self._in_box += 1
        for box in boxes:
            self.read(box)
        self._in_box -= 1

    def _kind(self, look: Look, piece: str) -> tuple[BlockKind, str, int]:
        if "contents" in self._regions:
            return "front matter", "stands in the table of contents", 0
        if "list" in self._regions and look.kind != "heading":
            return "reference list", "stands in the list that a citation program wrote", 0
        if look.kind in (None, "list item") and looks_like_heading(piece):
            first = look.kind is None and not self.flow.raws
            if self._all_bold or first or REFERENCES.match(piece):
                return "heading", "", 2
        return look.kind or "paragraph", look.why, look.level

    def _table(self, element: Element) -> None:
        """A table is one block, a line a row; one of a single column is a frame around paragraphs."""
        rows = [[*parts(row, "w:tc")] for row in parts(element, "w:tr") if not deleted(row)]
        if not self._in_table:
            self.finish()
        if not self._in_table and all(len(row) < 2 for row in rows):
            for row in rows:
                for cell in row:
                    self.read(cell)
            return
        self._in_table += 1
        for row in rows:
            for index, cell in enumerate(row):
                self._gap = "\t" if index else ("\n" if self._said else "")
                self.read(cell)
        self._in_table -= 1
        if not self._in_table:
            self._end(Look(kind="table"))

    def _control(self, element: Element) -> None:
        """A content control; what it shows until somebody fills it in is no text."""
        properties = child(element, "w:sdtPr")
        if switched_on(child(properties, "w:showingPlcHdr")):
            return
        gallery = value(child(child(properties, "w:docPartObj"), "w:docPartGallery"))
        code = read_tag(value(child(properties, "w:tag")))
        if gallery == "Table of Contents":
            code = Code(kind="contents")
        elif child(properties, "w:bibliography") is not None:
            code = Code(kind="list")
        with self._framed(code):
            self.read(element)

    def _alternatives(self, element: Element) -> None:
        """The same content in several forms, of which one is read."""
        chosen = child(element, "mc:Choice")
        self.read(element if chosen is None else chosen)

    def _boxed(self, element: Element) -> None:
        self._boxes.extend(text_boxes(element))

    def _read_run(self, element: Element) -> None:
        before = self._run
        self._run = self._styles.run(element)
        self.read(element)
        self._run = before

    def _text(self, element: Element) -> None:
        text = element.text or ""
        self._say(text if text.isascii() else text.translate(PRIVATE))

    def _symbol(self, element: Element) -> None:
        self._say(symbol(value(element, "w:font"), value(element, "w:char")))

    def _break(self, element: Element) -> None:
        on_line = value(element, "w:type") in ("", "textWrapping") and not self._in_table
        self._say("\n" if on_line else " ")

    def _raise(self, element: Element) -> None:
        self._lifted += 1
        self.read(element)
        self._lifted -= 1

    def _divide(self, element: Element) -> None:
        self._say("/")
        self.read(element)

    def _say(self, text: str) -> None:
        if not text or self._run.hidden or self._fields.instructing:
            return
        self._said.append(text)
        self._regions.update(self._fields.kinds)
        if text.strip():
            self._all_bold = self._all_bold and self._run.bold
        if self._run.raised or self._lifted:
            self._raised.append(text)
        else:
            self._flush()
            self.flow.add(text, keep_space=text == "\n")

    def _flush(self) -> None:
        """Add the superscript that was read; its runs are one, because "1", "," and "3" mean something together."""
        if self._raised:
            text = "".join(self._raised)
            self._raised.clear()
            with self.flow.superscript():
                self.flow.add(text)

    def _bookmark(self, element: Element) -> None:
        self._flush()
        self.bookmarks.setdefault(value(element, "w:name"), self.flow.position)

    def _comment(self, element: Element) -> None:
        if self._comments is not None:  # superscript that is held back stays one piece, whatever is said of it
            self._comments.mark(name_of(element), element, self.flow.position + sum(map(len, self._raised)))

    def _hyperlink(self, element: Element) -> None:
        relation = self._relations.get(value(element, "r:id"))
        if relation is not None and relation.external:
            code = Code(kind="link", target=relation.target)
        else:
            code = Code(kind="bookmark", target=value(element, "w:anchor"))
        with self._framed(code):
            self.read(element)

    def _note(self, element: Element) -> None:
        if self._notes is None or self._run.hidden or self._fields.instructing:
            return
        kind: Kind = "footnote" if name_of(element) == "w:footnoteReference" else "endnote"
        note = self._notes.cite(kind, value(element, "w:id"), self._number)
        if note is not None and note.cites:
            with self._tied((f"{NOTE}{note.name}",)):
                self._raised.append(str(note.number))
        if value(element, "w:customMarkFollows"):
            self._run = HIDDEN  # the mark that the author set instead of the number

    def _simple_field(self, element: Element) -> None:
        with self._framed(read_code(value(element, "w:instr"), element.findtext(full_name("w:fldData")) or "")):
            self.read(element)

    def _field_mark(self, element: Element) -> None:
        kind = value(element, "w:fldCharType")
        if kind == "begin":
            self._fields.begin(element.findtext(full_name("w:fldData")) or "")
        elif kind == "separate":
            self._fields.separate(lambda code: self._tied(self._targets(code)))
        elif kind == "end":
            self._fields.end()

    def _instruction(self, element: Element) -> None:
        self._fields.instruct(element.text or "")

    @contextmanager
    def _framed(self, code: Code) -> Iterator[None]:
        """What is read inside is the result of a field."""
        with self._fields.framed(code), self._tied(self._targets(code)):
            yield

    @contextmanager
    def _tied(self, targets: tuple[str, ...]) -> Iterator[None]:
        self._flush()
        with self.flow.anchor(*targets):
            yield
            self._flush()

    def _targets(self, code: Code) -> tuple[str, ...]:
        if code.kind == "citation":
            return tuple(f"{WORK}{name}" for name in self._works.ids(code.items))
        if not code.target or code.kind == "other":
            return ()
        return (f"{LINK if code.kind == 'link' else PLACE}{code.target}",)


_READERS: dict[str, Callable[[Body, Element], None]] = {
    "w:p": Body._paragraph,
    "w:tbl": Body._table,
    "w:sdt": Body._control,
    "mc:AlternateContent": Body._alternatives,
    "w:drawing": Body._boxed,
    "w:pict": Body._boxed,
    "w:object": Body._boxed,
    "w:r": Body._read_run,
    "m:r": Body._read_run,
    "w:t": Body._text,
    "m:t": Body._text,
    "m:sup": Body._raise,
    "m:den": Body._divide,
    "w:sym": Body._symbol,
    "w:br": Body._break,
    "w:cr": Body._break,
    "w:tab": lambda body, _: body._say(" "),
    "w:ptab": lambda body, _: body._say(" "),
    "w:noBreakHyphen": lambda body, _: body._say("-"),
    "w:bookmarkStart": Body._bookmark,
    "w:commentRangeStart": Body._comment,
    "w:commentRangeEnd": Body._comment,
    "w:commentReference": Body._comment,
    "w:hyperlink": Body._hyperlink,
    "w:footnoteReference": Body._note,
    "w:endnoteReference": Body._note,
    "w:fldSimple": Body._simple_field,
    "w:fldChar": Body._field_mark,
    "w:instrText": Body._instruction,
}
