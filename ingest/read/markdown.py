"""Markdown: markdown-it-py finds the blocks; what is inside them stays as written, so that every offset holds."""

from __future__ import annotations

import re
from typing import Any

from ingest.read.layout import Raw, looks_like_entry, non_empty, settle
from kb.language.lines import line_starts
from kb.model import Article, BlockKind

_FRONT_MATTER = re.compile(r"---[ \t]*\n(.*?)\n(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
_DEFINITION = re.compile(r"^ {0,3}\[[^\]\n]{1,60}\]:[ \t]+(\S.*(?:\n(?: {2,}|\t)\S.*)*)", re.MULTILINE)
_IMAGES = re.compile(r"\s*(?:\[?!\[[^\]\n]{0,300}\]\([^)\n]{0,500}\)(?:\]\([^)\n]{0,500}\))?\s*)+")
_KINDS: dict[str, BlockKind] = {
    "heading_open": "heading",
    "paragraph_open": "paragraph",
    "fence": "code",
    "code_block": "code",
    "html_block": "comment",
    "table_open": "table",
}


def read(text: str, article_id: str) -> Article:
    """Read Markdown (CommonMark with tables), with YAML front matter where there is one."""
    front = _FRONT_MATTER.match(text)
    body = front.end() if front else 0
    metadata = _metadata(front.group(1)) if front else {}
    raws = [Raw(kind="front matter", start=0, end=body, line=1)] if front else []
    raws = non_empty([*raws, *_blocks(text, body)], text)
    title, blocks = settle(text, raws, _scalar(metadata.get("title")))
    return Article(
        id=article_id,
        title=title or article_id,
        text=text,
        blocks=blocks,
        format="markdown",
        date=_scalar(metadata.get("date")) or None,
        language=_scalar(metadata.get("lang")) or None,
        bibliographies=_several(metadata.get("bibliography")),
    )


def _blocks(text: str, body: int) -> list[Raw]:
    from markdown_it import MarkdownIt

    starts = [*line_starts(text), len(text) + 1]
    first = text.count("\n", 0, body)
    raws: list[Raw] = []
    items = quotes = covered = 0
    for token in MarkdownIt("commonmark").enable("table").parse(text[body:]):
        items += {"list_item_open": 1, "list_item_close": -1}.get(token.type, 0)
        quotes += {"blockquote_open": 1, "blockquote_close": -1}.get(token.type, 0)
        kind = _KINDS.get(token.type)
        if kind is None or token.map is None or token.map[0] < covered:
            continue
        if kind == "table":
            covered = token.map[1]
        if kind == "paragraph" and (items or quotes):
            kind = "list item" if items else "quotation"
        start, end = starts[first + token.map[0]], starts[min(first + token.map[1], len(starts) - 1)] - 1
        level = int(token.tag[1:]) if kind == "heading" else 0
        if token.markup in ("=", "-") and kind == "heading":
            end = starts[first + token.map[1] - 1] - 1  # without the line that underlines it
        if kind == "paragraph" and _IMAGES.fullmatch(text[start:end]):
            kind = "comment"
        raws.append(Raw(kind=kind, start=start, end=max(start, end), line=first + token.map[0] + 1, level=level))
    return sorted(_with_definitions(text, body, raws), key=lambda raw: raw.start)


def _with_definitions(text: str, body: int, raws: list[Raw]) -> list[Raw]:
    """Footnotes and link definitions that name a work are entries of the reference list, wherever they stand.

    Other footnotes are remarks of the author's, and not searched for statements.
    """
    found = list(_DEFINITION.finditer(text, body))
    definitions = [
        Raw(
            kind="reference list" if looks_like_entry(match.group(1)) else "comment",
            start=match.start(),
            end=match.end(),
            line=text.count("\n", 0, match.start()) + 1,
        )
        for match in found
    ]
    return definitions + [raw for raw in raws if not any(m.start() < raw.end and raw.start < m.end() for m in found)]


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
