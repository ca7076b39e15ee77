"""A BibTeX file → ``Reference`` records, and a message for each entry that could not be read as written."""

from __future__ import annotations

import logging
import re
from typing import TYPE_CHECKING

from ingest.entry import Entry as Facts
from ingest.entry import reference_of
from ingest.references.bibtex_values import read_fields, read_strings
from ingest.references.decoding import decoded
from kb.errors import BibliographyError, printable
from kb.model import Reference

if TYPE_CHECKING:
    from bibtexparser.library import Library
    from bibtexparser.model import Block, Entry, ParsingFailedBlock

_DECODED = ("author", "editor", "title", "subtitle", "journal", "journaltitle", "booktitle")
"""Fields with LaTeX in them. Elsewhere decoding would be slow, and would harm addresses."""

_LONGEST_DECODED = 5_000
_LATEX = re.compile(r"[\\~$]")
_BRACES = str.maketrans("", "", "{}")
_KEY = re.compile(r"@\s*\w+\s*[{(]\s*([^\s,={}()\"]{1,100})\s*,")
_KEYWORD_END = re.compile(r"\s*[;,\n]\s*")
_ESCAPED = re.compile(r"\\([%&_#$])")


def read_bibtex(data: bytes, name: str) -> tuple[list[Reference], list[str]]:
    """The references of a BibTeX file, and what is wrong with it.

    Parameters
    ----------
    data
        The file as it is on disk.
    name
        Its name as the user knows it; the ``origin`` of the references.

    Returns
    -------
    references, messages
        References in file order; each message is one line: file and line, what is wrong, what to do.

    Raises
    ------
    BibliographyError
        Where the file holds something, and not one entry.
    """
    from bibtexparser.entrypoint import parse_string

    text, messages = decoded(data, name)
    logging.getLogger("bibtexparser").addHandler(logging.NullHandler())  # what it would log is told in the messages
    library = parse_string(text, parse_stack=[])
    if not library.entries and not library.failed_blocks:
        if text.strip():
            remedy = "name a .bib file, whose entries begin with @"
            raise BibliographyError("holds no BibTeX entry", place=name, remedy=remedy)
        return [], [f"{name}: the file is empty; add entries, or leave it out"]
    troubles = [_trouble(block, name) for block in library.failed_blocks]
    strings = read_strings((key, string.value) for key, string in library.strings_dict.items())
    read = []
    for entry in _entries(library):
        fields, uncommaed = read_fields(((field.key, field.value) for field in entry.fields), strings)
        read.append((entry, fields))
        line = (entry.start_line or 0) + 1
        troubles += [(line, f"entry '{entry.key}' lacks a comma before '{key}'; add it") for key in uncommaed]
    _decode([fields for _, fields in read])
    references = [_reference(entry, fields, position, name) for position, (entry, fields) in enumerate(read, 1)]
    for (entry, _), reference in zip(read, references, strict=True):
        troubles += [((entry.start_line or 0) + 1, f"entry '{entry.key}': {problem}") for problem in reference.problems]
    messages += [printable(f"{name}:{line}: {trouble}") for line, trouble in sorted(troubles)]
    return references, [" ".join(message.split()) for message in messages]


def _entries(library: Library) -> list[Entry]:
    """The entries in file order; of one that names a field twice, the first of each."""
    from bibtexparser.model import DuplicateFieldKeyBlock, Entry

    entries = list(library.entries)
    keys = {entry.key for entry in entries}
    for block in library.failed_blocks:
        inside = block.ignore_error_block
        if isinstance(block, DuplicateFieldKeyBlock) and isinstance(inside, Entry) and inside.key not in keys:
            keys.add(inside.key)
            entries.append(inside)
    return sorted(entries, key=lambda entry: entry.start_line or 0)


def _trouble(block: ParsingFailedBlock, name: str) -> tuple[int, str]:
    """What is wrong with a block, and its line."""
    from bibtexparser.model import DuplicateBlockKeyBlock, DuplicateFieldKeyBlock

    line = (block.start_line or 0) + 1
    if isinstance(block, DuplicateBlockKeyBlock):
        first = (block.previous_block.start_line or 0) + 1
        return line, f"key '{block.key}' is used in line {first} already; rename or remove one of the two"
    if isinstance(block, DuplicateFieldKeyBlock):
        key = getattr(block.ignore_error_block, "key", "?")
        return (
            line,
            f"entry '{key}' gives {', '.join(sorted(block.duplicate_keys))} twice; the first is taken, remove one",
        )
    match = _KEY.match(block.raw or "")
    what = f"entry '{match.group(1)}'" if match else "an entry"
    reason = getattr(block.error, "abort_reason", "") or "its braces or commas are wrong"
    return line, f"{what} could not be read ({reason.split(': `')[0].rstrip('. ')}); close its braces, and set commas"


def _decode(entries: list[dict[str, str]]) -> None:
    """Turn LaTeX into characters, in the fields that hold names and titles."""
    from bibtexparser.library import Library
    from bibtexparser.middlewares import LatexDecodingMiddleware
    from bibtexparser.model import Entry, Field

    blocks: list[Block] = []
    for position, fields in enumerate(entries):
        latex = [key for key in _DECODED if _LATEX.search(fields.get(key, ""))]
        if latex:
            values = [Field(key, fields[key][:_LONGEST_DECODED]) for key in latex]
            blocks.append(Entry("misc", str(position), values))
    decoded = LatexDecodingMiddleware(keep_braced_groups=True).transform(Library(blocks))
    for entry in decoded.entries:
        entries[int(entry.key)].update({field.key: str(field.value) for field in entry.fields})


def _reference(entry: Entry, fields: dict[str, str], position: int, name: str) -> Reference:
    said = Facts(
        key=entry.key,
        authors=_families(fields.get("author") or fields.get("editor", "")),
        date=fields.get("year") or fields.get("date", ""),
        title=": ".join(filter(None, (_plain(fields, "title"), _plain(fields, "subtitle")))),
        container=next(filter(None, (_plain(fields, key) for key in ("journal", "journaltitle", "booktitle"))), ""),
        doi=_plain(fields, "doi"),
        pmid=fields.get("pmid") or (fields.get("eprint", "") if fields.get("eprinttype") == "pubmed" else ""),
        note=fields.get("note", ""),
        url=fields.get("url") or fields.get("howpublished", ""),
        type=entry.entry_type.lower(),
        abstract=_plain(fields, "abstract"),
        keywords=tuple(filter(None, _KEYWORD_END.split(_plain(fields, "keywords")))),
    )
    return reference_of(said, origin=name, position=position)


def _plain(fields: dict[str, str], key: str) -> str:
    return " ".join(_ESCAPED.sub(r"\1", fields.get(key, "")).translate(_BRACES).split())


def _families(names: str) -> tuple[str, ...]:
    """Family names; a name in braces is an organisation and stays whole."""
    from bibtexparser.middlewares.names import parse_single_name_into_parts, split_multiple_persons_names

    families = []
    for name in split_multiple_persons_names(names[:_LONGEST_DECODED]):
        parts = parse_single_name_into_parts(name, strict=False)
        family = " ".join(" ".join([*parts.von, *parts.last]).translate(_BRACES).split())
        if family and name.strip().lower() != "others":
            families.append(family)
    return tuple(families)
