"""Which files are read, by suffix: a table that costs nothing to load, for those who only look at names."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, TypeAlias

Format: TypeAlias = Literal["text", "markdown", "html", "jats", "word"]

ARTICLES: Mapping[str, Format] = {
    ".txt": "text",
    ".text": "text",
    ".md": "markdown",
    ".markdown": "markdown",
    ".qmd": "markdown",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".nxml": "jats",
    ".xml": "jats",
    ".docx": "word",
    ".docm": "word",
}
"""The format of an article with this suffix."""

BIBLIOGRAPHIES: frozenset[str] = frozenset({".bib", ".json", ".yaml", ".yml", ".ris", ".nbib", ".xml"})
"""What bibliographies are named; a file with another suffix than ``.bib``, ``.ris`` or ``.nbib`` may be anything."""
