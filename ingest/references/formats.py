"""Bibliographies in every format → ``Reference`` records."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from importlib import import_module
from pathlib import PurePath
from typing import TypeAlias

from ingest.csl import TYPES
from ingest.references.decoding import decoded, unified
from kb.errors import BibliographyError
from kb.model import Reference

Reader: TypeAlias = Callable[[bytes, str], tuple[list[Reference], list[str]]]


def _in(module: str, function: str) -> Reader:
    """A reader whose module is imported when it is first needed: most runs need one format, or none."""

    def read(data: bytes, name: str) -> tuple[list[Reference], list[str]]:
        reader: Reader = getattr(import_module(f"ingest.references.{module}"), function)
        return reader(data, name)

    return read


_BIBTEX = _in("bibtex", "read_bibtex")
_CSL_JSON = _in("csl_json", "read_csl_json")
_CSL_YAML = _in("csl_yaml", "read_csl_yaml")
_RIS = _in("ris", "read_ris")
_NBIB = _in("nbib", "read_nbib")
_ENDNOTE_XML = _in("endnote_xml", "read_endnote_xml")
FORMATS: Mapping[str, Reader] = {
    ".bib": _BIBTEX,
    ".json": _CSL_JSON,
    ".yaml": _CSL_YAML,
    ".yml": _CSL_YAML,
    ".ris": _RIS,
    ".nbib": _NBIB,
    ".xml": _ENDNOTE_XML,
}
"""The reader for files of each suffix. A file with another suffix is told by how it begins."""

HEAD = 100_000
"""Bytes at the start of a file that tell what it holds."""

_BEGINS: tuple[tuple[re.Pattern[str], Reader], ...] = (
    (re.compile(r"\A\s*[\[{]"), _CSL_JSON),
    (re.compile(r"\A\s*<"), _ENDNOTE_XML),
    (re.compile(r"^PMID- ", re.MULTILINE), _NBIB),
    (re.compile(r"^TY[ \t]{1,3}-", re.MULTILINE), _RIS),
    (re.compile(r"^[ \t]*@[A-Za-z]+[ \t]*[{(]", re.MULTILINE), _BIBTEX),
)
_SHARED = frozenset({"report", "dataset", "software", "review", "post", "entry", "collection", "patent"})
"""Types of CSL that are also words of other data."""
_TYPE = re.compile(r"""(?<![\w-])["']?type["']?\s{0,9}:\s{0,9}["']?([a-z_-]{4,30})""")
_FACT = re.compile(r"""(?<![\w-])["']?(?:title|author|issued|container-title|DOI)["']?\s{0,9}:""")
_YAML_LIST = re.compile(r"^(?:(?:references|items):|- )", re.MULTILINE)
_RECORD = re.compile(r"<record(?:\s[^<>]{0,1000})?>")
_ENDNOTE = re.compile(r"<ref-type\b|<titles>|<contributors>")


def read_bibliography(data: bytes, name: str) -> tuple[list[Reference], list[str]]:
    """The references of a bibliography, and what is wrong with it.

    Parameters
    ----------
    data
        The file as it is on disk.
    name
        Its name as the user knows it, by whose suffix the format is told; the ``origin`` of the references.

    Returns
    -------
    references, messages
        References in file order; each message is one line: file and line, what is wrong, what to do.

    Raises
    ------
    BibliographyError
        The file is of no format that is read, or holds not one entry, sound or not.
    """
    if not data.strip():
        return [], [f"{name}: the file is empty; add entries, or leave it out"]
    reader = _reader(data, name)
    if reader is None:
        remedy = f"name one of {', '.join(FORMATS)}"
        raise BibliographyError("is no bibliography of a format that is read", place=name, remedy=remedy)
    return reader(data, name)


def is_bibtex(data: bytes, name: str) -> bool:
    """Whether a bibliography is one that ``read_bibliography`` reads as BibTeX."""
    return _reader(data, name) is _BIBTEX


def _reader(data: bytes, name: str) -> Reader | None:
    """The reader that the suffix asks for, else that for files that begin so."""
    suffix = PurePath(name).suffix.lower()
    if suffix in FORMATS:
        return FORMATS[suffix]
    head = unified(decoded(data[:HEAD], name)[0])
    return next((reader for begins, reader in _BEGINS if begins.search(head)), None)


def looks_like_bibliography(head: bytes, suffix: str) -> bool:
    """Whether the start of a file whose suffix many kinds of files share speaks of works.

    Parameters
    ----------
    head
        Its first bytes, ``HEAD`` at most.
    suffix
        In lower case, one of ``FORMATS``.
    """
    if suffix in (".bib", ".ris", ".nbib"):
        return True
    try:
        text, _ = decoded(head, "")
    except BibliographyError:
        return False
    if suffix == ".xml":
        return bool(_RECORD.search(text) and _ENDNOTE.search(text))
    if suffix != ".json" and not _YAML_LIST.search(text):
        return False
    kinds = set(_TYPE.findall(text))
    return bool(kinds & (TYPES.keys() - _SHARED) and _FACT.search(text))
