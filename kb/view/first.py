"""Which citations to check first: a ranking for a reader with little time, and no verdict on any of them."""

from __future__ import annotations

from kb.language.naming import authors_and_year
from kb.model import EvidenceLine, Record
from kb.rules.rule import Case

TITLE = "Check these citations first (a ranking by their words, and no verdict)"
USUAL = 0.39
"""The share of citations that is inaccurate anyway (39 % of 3,063 in biomedical articles, Sarol 2024): what looks no
worse than that is not named."""
_MOST = 5
"""More than these are no longer first."""
_TERMS = 3


class First(Record, frozen=True, kw_only=True):
    """A citation that is worth a look, with why in words; ``doubt`` as of its evidence line."""

    statement: str
    line: int
    place: str
    source: str
    doubt: float
    words: str


def check_first(case: Case) -> tuple[First, ...]:
    """The citations that look worse than usual, the worst first, at most five; people's word settles one."""
    statements = {statement.id: statement for statement in case.audit.statements}
    ranked = sorted(
        (line for line in case.audit.evidence if (line.doubt or 0.0) > USUAL and line.reviewed is None),
        key=lambda line: (-(line.doubt or 0.0), statements[line.statement].start, line.source),
    )
    return tuple(
        First(
            statement=line.statement,
            line=statements[line.statement].line,
            place=statements[line.statement].place,
            source=line.source,
            doubt=line.doubt or 0.0,
            words=_words(case, line),
        )
        for line in ranked[:_MOST]
    )


def _words(case: Case, line: EvidenceLine) -> str:
    source = case.sources[line.source]
    named = authors_and_year(source.authors, source.year) or source.title or source.id
    if line.concerns:  # what was found weighs more than what such citations are like
        return f"{named}: {line.concerns[0].words}"
    share = f"of citations that look like this, readers found {round(10 * (line.doubt or 0.0))} in 10 inaccurate"
    if not line.missing:
        return f"{named}: {share}"
    terms = ", ".join(f"“{term}”" for term in line.missing[:_TERMS])
    return f"{named}: {share}; what was read of it does not speak of {terms}"
