"""Rules about citations: markers in the text."""

from __future__ import annotations

from collections.abc import Iterator

from kb.rules.rule import Case, Rule, Word


def citation_without_reference(case: Case) -> Iterator[Word]:
    """A citation names a work that the reference list does not hold.

    Why: the reader is promised a source and cannot find it; often an entry was deleted, or the year or the number is
    off by one.

    What to do: add the entry to the reference list, or correct the name, year or number in the text.

    Wrong: Walking eases the pain [7]. (The list ends at 6.)

    Right: Walking eases the pain [6].
    """
    for citation in case.audit.citations:
        for name in citation.missing:
            statement = citation.statements[0] if citation.statements else None
            yield Word(
                message=f"“{citation.text}” cites {name}, which the reference list does not hold",
                remedy="add the entry to the reference list, or correct the citation",
                start=citation.start,
                about=f"{name}|{statement or citation.text}",
                statement=statement,
            )


RULES = (Rule(id="CI001", name="citation-without-reference", severity="error", check=citation_without_reference),)
