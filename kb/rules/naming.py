"""How a message names the sources of a statement: as the author's list does, so that a reader finds them there."""

from __future__ import annotations

from collections.abc import Iterable

from kb.language.naming import authors_and_year
from kb.model import EvidenceLine
from kb.rules.rule import Case
from kb.strength.wording import listed, shortened


def named(case: Case, lines: Iterable[EvidenceLine]) -> str:
    """The sources of these lines, the first few by name: "Roe 2010 (reference 3) and Poe 2012 (reference 4)"."""
    return listed([_cited(case, line) for line in lines])


def _cited(case: Case, line: EvidenceLine) -> str:
    """Who and when as far as the entry says so, and its number or key; of several entries for a source the first."""
    reference = next((case.references[name] for name in line.references if name in case.references), None)
    if reference is None:
        return line.source
    by = authors_and_year(reference.authors, reference.year) if reference.authors else reference.title
    place = f"reference {shortened(reference.label or reference.id)}"
    return f"{shortened(by)} ({place})" if by else place
