"""What a person can say of a statement on screen, and what people said of it already, ready for a form."""

from __future__ import annotations

from collections.abc import Mapping

from kb.language.naming import authors_and_year
from kb.model import Certainty, Record, Reviewed, Source, Subject
from kb.strength.overruled import line_in_words, need_in_words, verdict_in_words
from kb.strength.people import NEEDS, RATED, SAYS, with_certainty
from kb.view.evidence import Shelf
from kb.view.wording import distinct

LONGEST_LABEL = 90
"""Characters of what a source is called in a list to choose from."""

MEANINGS: Mapping[Subject, Mapping[str, str]] = {
    "statement": {
        "supported": "its sources say all of it",
        "partly supported": "its sources say a part of it",
        "contested": "one source says it, another disputes it",
        "not substantiated": "its sources can be read, and none says it",
        "unsupported": "it needs a source and has none that can stand",
        "needs no source": "it can stand without one",
        "not checked": "nobody could see what its sources say",
    },
    "line": {
        "supports": "it says all of the statement",
        "partly": "it says a part of the statement",
        "disputes": "it says otherwise",
        "does not address": "it is about something else",
        "not checked": "I could not read it",
    },
    "need of a source": {
        "needs a source": "a reader may ask how this is known",
        "needs no source": "common knowledge, an opinion, or no claim at all",
    },
}
"""What can be said here, in the order in which it is offered, each with what it means. Whether a reference leads to the
work that is meant, and of which design that is, moves how every line is weighed: `kb review` takes these words."""
assert set(MEANINGS["line"]) == set(SAYS)
assert set(MEANINGS["need of a source"]) == set(NEEDS)


class Sayable(Record, frozen=True, kw_only=True):
    """One thing about a statement that a person can speak of.

    Attributes
    ----------
    source
        The id of the source whose line it is; None for any other subject.
    label
        What it is called in a list to choose from.
    stands
        What holds of it now, as a person would say it.
    reviewed
        What people said of it.
    """

    subject: Subject
    source: str | None
    label: str
    stands: str
    reviewed: Reviewed | None


def sayable(shelf: Shelf, statement_id: str) -> tuple[Sayable, ...]:
    """What can be spoken of about a statement: its verdict, what each source says of it, whether it needs one.

    Empty where the audit holds no such statement.
    """
    statement, assessment = shelf.statements.get(statement_id), shelf.assessments.get(statement_id)
    if statement is None or assessment is None:
        return ()
    lines = shelf.lines.get(statement_id, [])
    names = distinct({line.source: _called(shelf.sources.get(line.source)) or line.source for line in lines})
    return (
        Sayable(
            subject="statement",
            source=None,
            label="this statement",
            stands=verdict_in_words(assessment),
            reviewed=assessment.reviewed,
        ),
        *(
            Sayable(
                subject="line",
                source=line.source,
                label=f"what {names[line.source]} says of it",
                stands=line_in_words(line),
                reviewed=line.reviewed,
            )
            for line in lines
        ),
        Sayable(
            subject="need of a source",
            source=None,
            label="whether it needs a source",
            stands=need_in_words(statement),
            reviewed=statement.reviewed,
        ),
    )


def _called(source: Source | None) -> str:
    if source is None:
        return ""
    by = authors_and_year(source.authors, source.year)
    title = source.title if len(source.title) <= LONGEST_LABEL else f"{source.title[:LONGEST_LABEL].rstrip()} …"
    return ": ".join(filter(None, (by, title)))


def value_of(subject: Subject, value: str, certainty: Certainty | None) -> str:
    """The value of a word as it is kept: a verdict under which evidence is rated may name how certain that is."""
    return with_certainty(value, certainty) if certainty and subject == "statement" and value in RATED else value
