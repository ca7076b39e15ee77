"""RIS, the format that databases and reference managers exchange → ``Reference`` records.

Tags and types: "RIS Format Specifications" (Research Information Systems, 2011). Programs differ in which tag holds
what, so several are looked at for each fact.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from ingest.entry import Entry, family_of, names_work, reference_of
from ingest.references.collected import Found, collected
from ingest.references.decoding import decoded, unified
from ingest.references.tagged import Tagged, tagged_records
from kb.identifiers import parse_doi
from kb.model import Reference

TYPES: Mapping[str, str] = {
    **dict.fromkeys(("JOUR", "EJOUR", "JFULL", "INPR", "MGZN", "NEWS", "ABST"), "article"),
    **dict.fromkeys(("BOOK", "EBOOK", "EDBOOK", "SER", "CLSWK"), "book"),
    **dict.fromkeys(("CHAP", "ECHAP", "ENCYC", "DICT"), "incollection"),
    **dict.fromkeys(("CONF", "CPAPER"), "inproceedings"),
    **dict.fromkeys(("RPRT", "GOVDOC", "STAND"), "report"),
    **dict.fromkeys(("ELEC", "WEB", "BLOG"), "online"),
    **dict.fromkeys(("UNPB", "MANSCPT", "PCOMM"), "unpublished"),
    "THES": "thesis",
    "DATA": "dataset",
    "COMP": "software",
    "PAT": "patent",
}
"""Types of RIS in the words of BibTeX; the others are ``misc``."""

BEGINS = re.compile(r"^TY([ \t]{1,3})-", re.MULTILINE)
"""The first line of an entry; the space before the dash is meant to be two wide, and some programs write one."""

_TEXT = ("N1", "AN", "RN", "C1", "C2", "C5", "C6", "C7", "C8", "U1", "U2", "M1", "M2")
"""Fields of free words, in which a PubMed id may be named."""
_PUBMED = re.compile(r"pubmed|medline|nlm", re.IGNORECASE)
_SPLIT = re.compile(r"\s*[;\n]\s*")


def read_ris(data: bytes, name: str) -> tuple[list[Reference], list[str]]:
    """The references of a RIS file, and what is wrong with it; parameters and errors as of ``read_bibtex``."""
    raw, messages = decoded(data, name)
    text = unified(raw)
    begins = BEGINS.search(text)
    space = begins.group(1) if begins else "  "
    tag = re.compile(rf"([A-Z][A-Z0-9]){space}-(?:[ \t]|$)(.*)")
    records = tagged_records(text, tag, "TY", "ER") if begins else iter(())
    references, told = collected(_found(records, name), name, "RIS entry, which begins with 'TY  -'")
    return references, messages + told


def _found(records: Iterator[Tagged], name: str) -> Iterator[Found]:
    for position, record in enumerate(records, 1):
        reference = reference_of(_entry(record), origin=name, position=position)
        troubles = []
        if not record.opened:
            troubles.append("an entry lacks its first line; begin it with 'TY  - ' and its type")
        if not record.closed:
            troubles.append("an entry is not closed; end it with the line 'ER  - '")
        if not names_work(reference):
            troubles.append("an entry names no work; give it a title, or remove it")
        yield Found(record.line, reference if names_work(reference) else None, tuple(troubles))


def _entry(record: Tagged) -> Entry:
    kind = TYPES.get(record.first("TY").upper(), "misc")
    key = record.first("LB", "ID")
    types = [word for value in record.all("M3") for word in _SPLIT.split(value)]
    said = [one for one in types if parse_doi(one)]
    accession = record.first("AN")
    return Entry(
        key="" if key.isdecimal() else key,  # the number of a record in its database, and none of the author's
        authors=tuple(map(family_of, record.all("AU", "A1") or record.all("A2", "ED"))),
        date=record.first("PY", "Y1", "DA"),
        title=record.first("TI", "T1", "CT", *(("BT",) if kind == "book" else ())),
        container="" if kind == "book" else record.first("T2", "JF", "BT", "JO", "JA", "J2", "J1"),
        doi=record.first("DO") or next(iter(said), ""),
        pmid=accession if _PUBMED.search(record.first("DB") + record.first("DP")) else "",
        note="\n".join(record.all(*_TEXT)),
        url=record.first("UR", "L2", "LK"),
        type=kind,
        abstract=record.first("AB", "N2"),
        publication_types=tuple(one for one in types if one not in said),
        keywords=tuple(word for value in record.all("KW") for word in _SPLIT.split(value)),
    )
