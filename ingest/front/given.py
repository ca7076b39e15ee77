"""What people give in the browser: which file is the article, and what pasted text is."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import PurePath

from ingest import beside
from ingest.front.names import safe_name
from ingest.naming import BIBLIOGRAPHIES, FORMATS
from ingest.read import refuse_kind, refuse_large
from ingest.read.web import kind_of
from ingest.references.formats import HEAD, looks_like_bibliography
from kb.errors import UsageError
from kb.view.work import Upload

_TEXTS = frozenset({".md", ".markdown", ".qmd", ".txt", ".text"})
_MARKDOWN = re.compile(
    r"^(?:\#{1,6}[ ]\S|```|---$|\[\^?[^\]\n]{1,80}\]:[ ])|\]\([^)\s]|\[@|\*\*\w|(?<!\S)@[A-Za-z]{2,40}\d{4}",
    re.MULTILINE,
)
"""What hardly any plain text has: headings, fences, front matter, definitions, links, citation keys, bold words."""


class Given:
    """An article with its bibliographies, out of the files of one drop.

    Parameters
    ----------
    files
        In any order; a file that only an article can be, by its name, is the article, and the others go with it.

    Raises
    ------
    UsageError
        There is no article among them, or more than one, or one of the files is of no kind that is read, or too large.
    """

    def __init__(self, files: Sequence[Upload]) -> None:
        self.bibliographies = [one for one in files if _is_bibliography(one)]
        articles = [one for one in files if one not in self.bibliographies]
        if not files:
            raise UsageError("no file was given", remedy="choose an article, such as a Word file")
        for one in articles:
            refuse_kind(_suffix(one), safe_name(one.name, "the file"))
        if not articles:
            names = ", ".join(safe_name(one.name, "the file") for one in files[:3])
            raise UsageError("is a bibliography, and an article is needed", place=names, remedy="give the article too")
        if len(articles) > 1:
            names = ", ".join(safe_name(one.name, "a file") for one in articles[:3])
            raise UsageError(
                f"{len(articles)} articles were given ({names}), and one is audited at a time",
                remedy="leave all but one of them out",
            )
        (self.article,) = articles
        self.name = safe_name(self.article.name, f"article{_suffix(self.article)}")
        refuse_large(len(self.article.content), self.name)
        for one in self.bibliographies:
            beside.refuse_large(len(one.content), safe_name(one.name, "the bibliography"))


def _suffix(one: Upload) -> str:
    return PurePath(safe_name(one.name, "")).suffix.lower()


def _is_bibliography(one: Upload) -> bool:
    suffix = _suffix(one)
    if suffix in FORMATS:  # of the kinds of articles, one is also that of a bibliography
        return suffix in BIBLIOGRAPHIES and looks_like_bibliography(one.content[:HEAD], suffix)
    return suffix in BIBLIOGRAPHIES


def pasted_name(text: str, name: str) -> str:
    """What a pasted text is called, with the suffix of its format: HTML, JATS, Markdown or plain text.

    >>> pasted_name("# Knees", "My draft"), pasted_name("Knees creak.", ""), pasted_name("Knees.", "a/notes.md")
    ('My draft.md', 'pasted text.txt', 'notes.md')

    Raises
    ------
    UsageError
        There is nothing in it, or too much.
    """
    if not text.strip():
        raise UsageError("nothing was pasted", remedy="paste the text of the article")
    safe = safe_name(name, "pasted text")
    refuse_large(len(text.encode("utf-8", "replace")), safe)
    if PurePath(safe).suffix.lower() in _TEXTS:
        return safe
    seen = kind_of("", "", text[:HEAD].encode("utf-8", "replace"))
    plain = ".md" if _MARKDOWN.search(text) else ".txt"
    return safe + (seen if seen in (".html", ".xml") else plain)
