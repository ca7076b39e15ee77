"""The article's own reference list → ``Reference`` records."""

from __future__ import annotations

import msgspec

from ingest.references.identity import Ids
from kb.language.digests import source_id
from kb.model import Reference


def parse_reference_list(text: str, start: int, end: int, line: int) -> list[Reference]:
    """The references of a reference list.

    Parameters
    ----------
    text
        The article's full text.
    start, end
        The block of the list in it, in code points, half-open, its heading excluded.
    line
        The line of ``text[start]``, from 1.

    Returns
    -------
    list of Reference
        In list order; ``text[r.start:r.end]`` is the entry as printed, ``r.text`` the same with its white space folded.
    """
    from ingest.references.entries import split_entries
    from ingest.references.fields import parse_reference

    references: list[Reference] = []
    ids = Ids()
    at = start
    before: tuple[str, ...] = ()
    for position, entry in enumerate(split_entries(text, start, end), 1):
        line += text.count("\n", at, entry.start)
        at = entry.start
        printed = " ".join(text[entry.start : entry.end].split())
        fields = parse_reference(_words(text[entry.body : entry.end], entry.label))
        authors = before if fields.same_authors else fields.authors
        before = authors
        references.append(
            Reference(
                id=ids.give(entry.label, authors, fields.year, position),
                position=position,
                text=printed,
                source=source_id(fields.doi, fields.pmid, printed),
                line=line,
                start=entry.start,
                end=entry.end,
                label=entry.label,
                authors=authors,
                year=fields.year,
                title=fields.title,
                container=fields.container,
                doi=fields.doi,
                pmid=fields.pmid,
                url=fields.url,
                type=fields.type,
                problems=fields.problems,
            )
        )
    return references


def completed(entry: Reference) -> Reference:
    """An entry that the document's markup gave, with what its markup does not say read out of its text."""
    from ingest.references.fields import parse_reference

    fields = parse_reference(_words(entry.text, entry.label))
    missing = {
        name: getattr(fields, name)
        for name in ("authors", "year", "title", "container", "doi", "pmid", "url", "type")
        if not getattr(entry, name) and getattr(fields, name)
    }
    whole = msgspec.structs.replace(entry, **missing, problems=(*entry.problems, *fields.problems))
    return msgspec.structs.replace(whole, source=source_id(whole.doi, whole.pmid, whole.text))


def _words(text: str, label: str) -> str:
    """The entry without a number that some renderings print twice: "1. 1 Ott A"."""
    words = text.strip()
    again = label and words.startswith(f"{label} ")
    return words[len(label) :] if again else words
