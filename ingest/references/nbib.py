"""PubMed's own export (MEDLINE tagged, ``.nbib``) → ``Reference`` records.

Tags: National Library of Medicine, "MEDLINE/PubMed Data Element (Field) Descriptions".
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ingest.entry import Entry, family_of, names_work, reference_of
from ingest.references.collected import Found, collected
from ingest.references.decoding import decoded, unified
from ingest.references.tagged import Tagged, tagged_records
from kb.model import Reference

BEGINS = re.compile(r"^PMID- ", re.MULTILINE)
"""The first line of a record."""

_TAG = re.compile(r"(?=[A-Z0-9 ]{4}-)([A-Z][A-Z0-9]{1,3}) *-(?: |$)(.*)")
_DOI = re.compile(r"(\S+) *\[doi\]", re.IGNORECASE)
_TRANSLATED = re.compile(r"\[(.*)\]\.?")


def read_nbib(data: bytes, name: str) -> tuple[list[Reference], list[str]]:
    """The references of a file that PubMed saved, and its faults; parameters and errors as of ``read_bibtex``."""
    raw, messages = decoded(data, name)
    text = unified(raw)
    records = tagged_records(text, _TAG, "PMID", "") if BEGINS.search(text) else iter(())
    references, told = collected(_found(records, name), name, "record of PubMed, which begins with 'PMID-'")
    return references, messages + told


def _found(records: Iterator[Tagged], name: str) -> Iterator[Found]:
    for position, record in enumerate(records, 1):
        reference = reference_of(_entry(record), origin=name, position=position)
        troubles = []
        if not record.opened:
            troubles.append("a record lacks its first line, 'PMID- ' and the number; save it from PubMed again")
        if not reference.title:
            troubles.append("a record has no title; save it from PubMed again")
        yield Found(record.line, reference if names_work(reference) else None, tuple(troubles))


def _entry(record: Tagged) -> Entry:
    title = record.first("TI", "BTI", "TT")
    translated = _TRANSLATED.fullmatch(title)
    return Entry(
        authors=tuple(map(family_of, _authors(record))),
        date=record.first("DP", "DEP"),
        title=translated.group(1).rstrip(".") if translated else title.removesuffix("."),
        container=record.first("JT", "BTI", "TA") if record.first("TI") else record.first("JT", "TA"),
        doi=next((found.group(1) for one in record.all("LID", "AID") if (found := _DOI.search(one))), ""),
        pmid=record.first("PMID"),
        type=_type(record),
        abstract=record.first("AB"),
        publication_types=tuple(record.all("PT")),
        keywords=tuple(word.replace("*", "") for word in map(_line, record.all("MH", "OT"))),
    )


def _authors(record: Tagged) -> list[str]:
    """Authors under their full names, else under their short ones, and groups where they stand among them."""
    person = "FAU" if record.all("FAU") else "AU"
    return record.all(person, "CN") or record.all("FED") or record.all("ED")


def _type(record: Tagged) -> str:
    if record.first("BTI"):
        return "incollection" if record.first("TI") else "book"
    return "article"


def _line(value: str) -> str:
    return " ".join(value.split())
