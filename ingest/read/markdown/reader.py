"""Markdown: markdown-it-py finds the blocks; what is inside them stays as written, so that every offset holds."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from ingest.citekeys import defined_keys
from ingest.dates import iso_date
from ingest.read.layout import Raw, non_empty, settle
from ingest.read.markdown.comments import comments
from ingest.read.markdown.regions import regions
from ingest.read.remarks import Comment, with_remarks
from ingest.read.wording import looks_like_entry
from ingest.reading import Reading
from kb.language.lines import line_starts
from kb.model import Article, BlockKind

if TYPE_CHECKING:
    from markdown_it import MarkdownIt

_FRONT_MATTER = re.compile(r"---[ \t]*\n(.*?)\n(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
_DEFINITION = re.compile(r"^ {0,3}\[(?!@)[^\]\n]{1,60}\]:[ \t]+(\S.*(?:\n(?: {2,}|\t)\S.*)*)", re.MULTILINE)
_IMAGES = re.compile(
    r"\s*(?:\[?!\[[^\]\n]{0,300}\]\([^)\n]{0,500}\)(?:\]\([^)\n]{0,500}\))?(?:\{[^{}\n]{0,300}\})?\s{0,9}){1,99}"
)
_TAGS = re.compile(r"(?:#[^\W\d][\w/-]{0,60}[ \t]{0,4}){1,30}")
_EQUATION = re.compile(r"\$\$.{0,5000}\$\$(?:\s?\{[^{}\n]{0,99}\})?", re.DOTALL)
_REMARK = re.compile(r"%%.{0,5000}%%", re.DOTALL)
_TEMPLATE = re.compile(r"\s*\{[{%#]")
_FENCE = re.compile(r":{3,}[^\n]*(?:\n:{3,}[^\n]*)*")
_OPENED = re.compile(r"(?:[ \t]{0,3}:{3,}[^\n]*\n)+|>?[ \t]*\[!\w{1,30}\][+-]?[^\n]*\n(?=.)")
_CLOSED = re.compile(r"(?:\n[ \t]{0,3}:{3,}[ \t]*)+$")
"""Marks around the text of a block: the fences of a division, the kind and title of a callout."""
_CAPTION = re.compile(r"(?:Table)?:[ \t]+(?P<text>[^\n{}]+?)[ \t]*(?:\{[^{}\n]{0,99}\})?$")
_NO_PROSE = (
    (_FENCE, "marks a part of the page"),
    (_TAGS, "is tags of the page"),
    (_EQUATION, "is an equation"),
    (_REMARK, "is a remark that readers do not see"),
)
_DATE_KEYS = ("date", "date-meta", "published", "lastmod", "last-modified", "date-modified")
_KINDS: dict[str, BlockKind] = {
    "heading_open": "heading",
    "paragraph_open": "paragraph",
    "fence": "code",
    "code_block": "code",
    "html_block": "comment",
    "table_open": "table",
}


def read(text: str, article_id: str) -> Reading:
    """Read Markdown (CommonMark with tables, citation keys, footnotes) with YAML front matter where there is any."""
    return with_remarks(text, article_id, _comments, _read)


def _comments(text: str) -> Iterator[Comment]:
    """The comments to this program, none of them in code."""
    return comments(text, [(raw.start, raw.end, raw.kind) for raw in _blocks(text, 0)])


def _read(text: str, article_id: str) -> Reading:
    front = _FRONT_MATTER.match(text)
    body = front.end() if front else 0
    metadata = _metadata(front.group(1)) if front else {}
    raws = [Raw(kind="front matter", start=0, end=body, line=1)] if front else []
    keys = list(defined_keys(text))
    raws = non_empty([*raws, *_with_definitions(text, body, _blocks(text, body), keys)], text)
    title, blocks = settle(text, raws, _scalar(metadata.get("title")))
    article = Article(
        id=article_id,
        title=title or article_id,
        text=text,
        blocks=blocks,
        format="markdown",
        date=next(filter(None, (iso_date(_scalar(metadata.get(key))) for key in _DATE_KEYS)), None),
        language=_scalar(metadata.get("lang")) or None,
        bibliographies=_several(metadata.get("bibliography")),
    )
    return Reading(article=article, aliases={key: target for _, _, key, target in keys})


def _blocks(text: str, body: int) -> list[Raw]:
    from markdown_it import MarkdownIt

    starts = [*line_starts(text), len(text) + 1]
    first = bisect_right(starts, body) - 1
    lines = [text[start : end - 1] for start, end in pairwise(starts[first:])]
    parser = MarkdownIt("commonmark").enable("table").disable("inline")  # what is inside the blocks is not needed
    raws: list[Raw] = []
    for region in regions(lines):
        at = first + region.first
        if region.plain:
            kind: BlockKind = "heading" if region.level else "paragraph"
            raws.append(_raw(kind, text, starts[at], starts[first + region.last] - 1, at + 1, region.level))
        else:
            raws.extend(_parsed(parser, text, starts, at, first + region.last))
    return raws


def _parsed(parser: MarkdownIt, text: str, starts: list[int], first: int, last: int) -> Iterator[Raw]:
    """The blocks that the parser finds in some lines."""
    items = quotes = covered = 0
    for token in parser.parse(text[starts[first] : starts[last] - 1]):
        items += {"list_item_open": 1, "list_item_close": -1}.get(token.type, 0)
        quotes += {"blockquote_open": 1, "blockquote_close": -1}.get(token.type, 0)
        kind = _KINDS.get(token.type)
        if kind is None or token.map is None or token.map[0] < covered:
            continue
        if kind == "table":
            covered = token.map[1]
        if kind == "paragraph" and (items or quotes):
            kind = "list item" if items else "quotation"
        start, end = starts[first + token.map[0]], starts[min(first + token.map[1], last)] - 1
        level = int(token.tag[1:]) if kind == "heading" else 0
        if token.markup in ("=", "-") and kind == "heading":
            end = starts[first + token.map[1] - 1] - 1  # without the line that underlines it
        yield _raw(kind, text, start, max(start, end), first + token.map[0] + 1, level)


def _raw(kind: BlockKind, text: str, start: int, end: int, line: int, level: int = 0) -> Raw:
    piece = text[start:end]
    why = _no_prose(piece) if kind == "paragraph" else ""
    if why or kind not in ("paragraph", "quotation"):
        return Raw(kind="comment" if why else kind, start=start, end=end, line=line, level=level, why=why)
    opened, caption, closed = _OPENED.match(piece), _CAPTION.match(piece), _CLOSED.search(piece)
    first = opened.end() if opened else caption.start("text") if caption else 0
    last = closed.start() if closed and closed.start() > first else caption.end("text") if caption else len(piece)
    line += piece.count("\n", 0, first)
    return Raw(kind="caption" if caption else kind, start=start + first, end=start + last, line=line, level=level)


def _no_prose(piece: str) -> str:
    """Why a paragraph is none of the article's text; empty where it is."""
    if _IMAGES.fullmatch(piece):
        return "is a picture"
    if _TEMPLATE.match(piece):
        return "is filled in by a template"
    bare = piece.strip()
    return next((why for pattern, why in _NO_PROSE if pattern.fullmatch(bare)), "")


def _with_definitions(text: str, body: int, raws: list[Raw], keys: Iterable[tuple[int, int, str, str]]) -> list[Raw]:
    """Footnotes and link definitions that name a work are entries of the reference list, wherever they stand.

    Other footnotes are remarks of the author's, and not searched for statements; nor are definitions of citation keys.
    """
    starts = line_starts(text)
    defined = [
        Raw(kind="comment", start=start, end=end, line=bisect_right(starts, start), why="defines a citation key")
        for start, end, _, _ in keys
    ]
    for match in _DEFINITION.finditer(text, body):
        names = looks_like_entry(match.group(1))
        kind: BlockKind = "reference list" if names else "comment"
        line = bisect_right(starts, match.start())
        defined.append(Raw(kind=kind, start=match.start(), end=match.end(), line=line))
    defined.sort(key=lambda raw: raw.start)
    return sorted([*defined, *_apart(raws, defined)], key=lambda raw: raw.start)


def _apart(raws: list[Raw], defined: list[Raw]) -> Iterator[Raw]:
    """The blocks that overlap no definition; both are in order."""
    position = 0
    for raw in raws:
        while position < len(defined) and defined[position].end <= raw.start:
            position += 1
        if position == len(defined) or defined[position].start >= raw.end:
            yield raw


def _metadata(yaml_text: str) -> dict[str, Any]:
    import yaml

    try:
        loaded = yaml.safe_load(yaml_text)
    except (yaml.YAMLError, ValueError, RecursionError):
        return {}
    return loaded if isinstance(loaded, dict) else {}


def _scalar(value: object) -> str:
    return " ".join(str(value).split()) if value is not None and not isinstance(value, (dict, list)) else ""


def _several(value: object) -> tuple[str, ...]:
    values = value if isinstance(value, list) else [value]
    return tuple(filter(None, map(_scalar, values)))
