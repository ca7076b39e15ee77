"""How a work is named in a sentence."""

from __future__ import annotations


def authors_and_year(authors: tuple[str, ...], year: str | None) -> str:
    """A work as a reader names it.

    >>> authors_and_year(("Bilal", "Khan"), "2016"), authors_and_year(("A", "B", "C"), None)
    ('Bilal & Khan 2016', 'A et al.')
    """
    names = f"{authors[0]} et al." if len(authors) > 2 else " & ".join(authors)
    return " ".join(part for part in (names, year or "") if part)
