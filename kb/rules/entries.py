"""How findings name an entry of the reference list, the work behind it, and where the article cites it."""

from __future__ import annotations

from kb.identifiers import doi_url, pmid_url
from kb.language.naming import authors_and_year
from kb.language.places import where
from kb.model import LISTED, Candidate, Reference, Source
from kb.rules.rule import Case
from kb.strength.wording import listed

LONGEST = 80
"""Characters of a title that a message quotes."""


def entry(reference: Reference) -> str:
    """An entry by its title, and by its number in the article, or its key in the file where it stands.

    Keys that were made up, or that stand in the markup alone, tell a reader nothing.

    >>> entry(Reference(id="roe", position=1, text="Roe. Heat.", source="ref:1", title="Heat", start=90))
    '“Heat” (reference 1)'
    >>> entry(Reference(id="roe", position=1, text="Roe. Heat.", source="ref:1", title="Heat", origin="works.bib"))
    '“Heat” (roe, in works.bib)'
    """
    beside = reference.start is None and reference.origin != LISTED
    name = f"{reference.id}, in {reference.origin}" if beside else f"reference {_number(reference)}"
    return f"“{cut(reference.title or reference.text)}” ({name})"


def _number(reference: Reference) -> str:
    return reference.id if reference.id.isdecimal() else str(reference.position)


def work(described: Source | Candidate) -> str:
    """A work by its title, authors and year, as far as they are known."""
    by = authors_and_year(described.authors, described.year)
    return f"“{cut(described.title)}”{f' ({by})' if by else ''}" if described.title else by or "one without a title"


def address(doi: str | None, pmid: str | None) -> str:
    """The address of a work by its identifier; empty where it has none."""
    return doi_url(doi) if doi else pmid_url(pmid) if pmid else ""


def cited_in(case: Case, reference: Reference) -> str:
    """Where an entry is cited: ``line 4, line 9 and line 12``; empty where no sentence cites it."""
    places = case.places
    citing = (one.start for one in case.audit.citations if reference.id in one.references)
    return listed(list(dict.fromkeys(where(places.line(start), places.element(start)) for start in citing)))


def cut(text: str) -> str:
    """A text on one line, cut where it is long."""
    text = " ".join(text.split())
    return text if len(text) <= LONGEST else text[: LONGEST - 1].rstrip() + "…"
