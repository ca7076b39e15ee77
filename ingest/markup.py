"""Plain text out of the markup that registries and bibliographies keep: JATS, HTML, entities."""

from __future__ import annotations

import re
from html import unescape

LONGEST = 60_000
"""Characters of one field that are read; the rest is left out, so that a hostile record costs little time."""
FEWEST_LETTERS = 15
_NAMES = (
    r"(?:[a-z]+:[a-z-]+|i|b|u|em|strong|italic|bold|su[bp]|sc|scp|tt|span|br|p|div|a|abstract|section|sec|(?:sub)?title|h[1-6]"
    r"|ul|ol|li|list|list-item)"
)
_ESCAPED = re.compile(rf"&lt;(/?{_NAMES}(?:\s[^<>&]{{0,300}}(?:&quot;[^<>&]{{0,300}}){{0,8}})?/?)&gt;", re.IGNORECASE)
_TWICE = re.compile(r"&amp;(?=(?:lt|gt|amp|quot|apos|nbsp|#\d{1,6});)", re.IGNORECASE)
_TAG = re.compile(r"</?[A-Za-z][^<>]*>|<!--[^<>]*-->|<\?[^<>]*\?>")
_TEX = re.compile(r"<(?:jats:)?tex-math[^<>]*>[^<>]*</(?:jats:)?tex-math>", re.IGNORECASE)
_POWER = re.compile(r"(?<=\d)\s{0,40}<(?:jats:)?sup>\s{0,40}([+\-−–]?\d{1,3})\s{0,40}</(?:jats:)?sup>", re.IGNORECASE)
_RAISED = str.maketrans("0123456789+-−–", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁻")
_HEADING = re.compile(r"<(?:jats:)?(title|h[1-6])(?:\s[^<>]*)?>([^<>]{0,200})</(?:jats:)?\1>", re.IGNORECASE)
_BLOCK = re.compile(
    r"</?(?:jats:)?(?:p|sec|(?:sub)?title|list|list-item|li|br|div|h[1-6])(?:\s[^<>]*)?/?>", re.IGNORECASE
)
# Marks of our own while blocks are told apart; no text holds them, since control characters are dropped first.
_SECTION, _PARAGRAPH = "\x01", "\x02"
_MARKS = {ord(_SECTION): None, ord(_PARAGRAPH): None}


def plain(markup: str) -> str:
    """One line of plain text; a power keeps its place, since 10⁶ is not 106.

    >>> plain("<i>n</i> &lt; 10<sup>6</sup>, H<sub>2</sub>O")
    'n < 10⁶, H2O'
    """
    return _line(_tags(markup))


def abstract_text(markup: str) -> str:
    """The text of an abstract, one paragraph a line, a section's heading before it; "Abstract" itself is dropped.

    Empty where there is none, or only a dash or "n/a" in its place: a missing abstract must not pass for one.

    >>> abstract_text("<p>n/a</p>")
    ''
    >>> abstract_text("<title>Abstract</title><sec><title>Aim</title><p>To <i>see</i> what helps.</p></sec>")
    'Aim: To see what helps.'
    """
    marked = _HEADING.sub(rf"{_SECTION}\2{_SECTION}", _tags(markup).translate(_MARKS))
    first, *sections = _BLOCK.sub(_PARAGRAPH, marked).split(_SECTION)
    lines = _paragraphs(first)
    for heading, text in zip(sections[::2], sections[1::2], strict=False):
        name, body = _line(heading).rstrip(":. "), _paragraphs(text)
        if body and name and name.casefold() != "abstract":
            body[0] = f"{name}: {body[0]}"
        lines += body
    text = "\n".join(lines)
    return text if sum(map(str.isalpha, text)) >= FEWEST_LETTERS else ""


def _tags(markup: str) -> str:
    # Some records hold markup that was escaped once too often.
    once = _TWICE.sub("&", markup[:LONGEST])
    return _ESCAPED.sub(r"<\1>", _TWICE.sub("&", once))


def _paragraphs(text: str) -> list[str]:
    return [line for line in map(_line, text.split(_PARAGRAPH)) if line]


def _line(text: str) -> str:
    text = _POWER.sub(lambda found: found.group(1).translate(_RAISED), _TEX.sub(" ", text))
    return " ".join(unescape(_TAG.sub("", _BLOCK.sub(" ", text))).split())
