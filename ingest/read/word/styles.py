"""What Word's styles and list numbers say of a paragraph and of a run of text."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING

import msgspec

from ingest.read.word.xml import child, full_name, name_of, switched_on, value
from kb.model import BlockKind

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_DEEPEST = 20
"""How many styles may rest on one another; Word itself allows fewer."""
_LOWEST_RAISED = 4
"""Half-points above the line from which text is raised; less is a correction of the typesetter's."""
_HEADING = re.compile(
    r"(?:heading|(?:ü|ue)?berschrift|titre|t[ií]?tulo|titolo|kop|rubrik|nag(?:[łl][óo])?wek|заголовок)[ _-]?([1-9])",
    re.IGNORECASE,
)
"""Names that programs give to headings. Word itself keeps the English name of its own styles in every language, and
translates their ids, dropping letters that are not ASCII."""
_KINDS: tuple[tuple[str, BlockKind, str], ...] = (
    (r"(?:(?:article|document|main|paper) )?title|titel|titre|t[ií]tulo|titolo", "heading", ""),
    (r"subtitle|untertitel|sous-titre|subt[ií]tulo|sottotitolo", "title", "is the subtitle"),
    (r"author|authors|affiliations?", "byline", "is styled as the author's name"),
    (r"date", "byline", "is styled as the date"),
    (r"toc heading|(?:toc|contents|verzeichnis|table of figures|index)[ _-]?\d*", "front matter", "lists the contents"),
    (r"(?:\w+ )?caption|beschriftung|l[ée]gende|ep[ií]grafe", "caption", ""),
    (r"(?:intense |block )?quot(?:e|ation)s?|block text|(?:intensives )?zitat|cita", "quotation", ""),
    (r"source code|html preformatted|preformatted text|code", "code", ""),
    (r"(?:endnote )?bibliography(?: \d)?|references?|literaturverzeichnis|bibliographie|\w+[ _.\d]{1,6}references?",
     "reference list", "is styled as an entry of the reference list"),
    (r"endnote bibliography title|(?:references?|bibliography) heading|toa heading", "heading", ""),
    (r"list(?:[ _-]?(?:bullet|number|continue))?(?: \d)?|compact list", "list item", ""),
)  # fmt: skip
_NAMED = [(re.compile(names, re.IGNORECASE), kind, why) for names, kind, why in _KINDS]
_TITLE = _NAMED[0][0]
_LONGEST_NAME = 80


class Look(msgspec.Struct, frozen=True, kw_only=True):
    """How a paragraph looks: its kind as far as its style says; None where it is an ordinary one."""

    kind: BlockKind | None = None
    why: str = ""
    level: int = 0
    title: bool = False
    label: str = ""
    """The number that Word prints in front of it."""


class Face(msgspec.Struct, frozen=True, kw_only=True):
    """How a run of text looks."""

    raised: bool = False
    hidden: bool = False
    bold: bool = False


PLAIN, HIDDEN = Face(), Face(hidden=True)


class _Style(msgspec.Struct, frozen=True, kw_only=True):
    names: tuple[str, ...]
    based_on: str
    level: int | None
    listed: tuple[str, str] | None
    run: dict[str, str]


class Styles:
    """The styles and lists of one document; both parts may be missing."""

    def __init__(self, styles: Element | None, numbering: Element | None) -> None:
        found = styles.findall(full_name("w:style")) if styles is not None else []
        self._styles = {value(one, "w:styleId"): _style(one) for one in found}
        self._starts = dict(_decimal_lists(numbering)) if numbering is not None else {}
        self._counted: Counter[str] = Counter()
        self._faces: dict[str, dict[str, str]] = {}

    def paragraph(self, element: Element) -> Look:
        """What a paragraph is. Each numbered one counts on, so they have to be asked for once each, in order."""
        properties = child(element, "w:pPr")
        style_id = value(child(properties, "w:pStyle"))
        chain = list(self._chain(style_id))
        names = [*dict.fromkeys(name for style in chain for name in style.names)] or [style_id]
        level = _level(properties, chain, names)
        if level:
            return Look(kind="heading", level=level)
        listed = _list_of(properties) or next((style.listed for style in chain if style.listed), None)
        label = self._label(listed)
        for name in names:
            for pattern, kind, why in _NAMED:
                if pattern.fullmatch(name[:_LONGEST_NAME]):
                    title = pattern is _TITLE
                    return Look(kind=kind, why=why, level=1 if kind == "heading" else 0, title=title, label=label)
        return Look(kind="list item" if listed and listed[0] != "0" else None, label=label)

    def run(self, element: Element) -> Face:
        """How a run looks, by itself, else by its style; text that was moved up by hand is raised too."""
        properties = child(element, "w:rPr")
        if properties is None:
            return PLAIN
        own = _run_properties(properties)
        styled = own.get("w:rStyle", "")
        found = {**self._inherited(styled), **own} if styled else own
        alignment, moved = found.get("w:vertAlign", ""), found.get("w:position", "")
        lifted = moved.isdecimal() and int(moved[:4]) >= _LOWEST_RAISED
        return Face(
            raised=alignment == "superscript" or (not alignment and lifted),
            hidden=found.get("w:vanish") == "on",
            bold=found.get("w:b") == "on",
        )

    def _inherited(self, style_id: str) -> dict[str, str]:
        if style_id not in self._faces:
            chain = [style.run for style in self._chain(style_id)]
            self._faces[style_id] = {name: told for run in reversed(chain) for name, told in run.items()}
        return self._faces[style_id]

    def _chain(self, style_id: str) -> Iterator[_Style]:
        """A style and those that it rests on."""
        for _ in range(_DEEPEST):
            style = self._styles.get(style_id)
            if style is None:
                return
            yield style
            style_id = style.based_on

    def _label(self, listed: tuple[str, str] | None) -> str:
        """The number of a paragraph of a numbered list, of its first level alone."""
        if listed is None or listed[1] not in ("", "0") or listed[0] not in self._starts:
            return ""
        self._counted[listed[0]] += 1
        return str(self._starts[listed[0]] + self._counted[listed[0]] - 1)


def _style(element: Element) -> _Style:
    properties = child(element, "w:pPr")
    names = (value(child(element, "w:name")), value(element, "w:styleId"))
    run = child(element, "w:rPr")
    return _Style(
        names=tuple(filter(None, names)),
        based_on=value(child(element, "w:basedOn")),
        level=_outline(properties),
        listed=_list_of(properties),
        run=_run_properties(run) if run is not None else {},
    )


def _level(properties: Element | None, chain: list[_Style], names: list[str]) -> int:
    """The level of a heading, from 1; 0 for body text, which Word's outline calls level 9."""
    own = _outline(properties)
    outline = own if own is not None else next((style.level for style in chain if style.level is not None), None)
    if outline is not None:
        return outline + 1 if outline < 9 else 0
    return next((int(match.group(1)) for name in names if (match := _HEADING.fullmatch(name))), 0)


def _outline(properties: Element | None) -> int | None:
    level = value(child(properties, "w:outlineLvl"))
    return int(level) if level in tuple("0123456789") else None


def _list_of(properties: Element | None) -> tuple[str, str] | None:
    """The list and level of a paragraph or style; list "0" takes it out of the list of its style."""
    numbers = child(properties, "w:numPr")
    name = value(child(numbers, "w:numId"))
    return (name, value(child(numbers, "w:ilvl"))) if name else None


def _run_properties(properties: Element) -> dict[str, str]:
    found: dict[str, str] = {}
    for one in properties:
        name = name_of(one)
        if name in ("w:vertAlign", "w:position", "w:rStyle"):
            found[name] = value(one)
        elif name in ("w:vanish", "w:b"):
            found[name] = "on" if switched_on(one) else "off"
    return found


def _decimal_lists(numbering: Element) -> Iterator[tuple[str, int]]:
    """The lists that count 1, 2, 3 on their first level, and where they begin."""
    kinds: dict[str, int] = {}
    for one in numbering.findall(full_name("w:abstractNum")):
        first = next((level for level in one.findall(full_name("w:lvl")) if value(level, "w:ilvl") == "0"), None)
        if first is not None and value(child(first, "w:numFmt")) == "decimal":
            start = value(child(first, "w:start"))
            kinds[value(one, "w:abstractNumId")] = int(start) if start.isdecimal() and len(start) < 6 else 1
    for one in numbering.findall(full_name("w:num")):
        kind = value(child(one, "w:abstractNumId"))
        if kind in kinds:
            yield value(one, "w:numId"), kinds[kind]
