"""How articles are known by their files: which files are articles, and what an article is called.

Light: listing the articles of a project loads no reader.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Literal, TypeAlias

Format: TypeAlias = Literal["text", "markdown", "html", "jats", "word"]
FORMATS: Mapping[str, Format] = {
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
"""The format of an article by the suffix of its file, in lower case."""
BIBLIOGRAPHIES = frozenset({".bib", ".json", ".yaml", ".yml", ".ris", ".nbib", ".xml"})
"""What bibliographies are named; a file with another suffix than ``.bib``, ``.ris`` or ``.nbib`` may be anything."""
NO_ARTICLES = frozenset(
    "readme license licence copying notice changelog changes contributing code_of_conduct security authors requirements"
    " robots humans cmakelists".split()
)
"""Names, in lower case and without their suffixes, of files that are about a project or for machines."""


def relative_id(path: Path, project: Path) -> str:
    """The id of an article file: its path relative to the project, in POSIX form, and so never an absolute one."""
    return Path(os.path.relpath(os.path.realpath(path), project.resolve())).as_posix()
