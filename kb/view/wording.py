"""The field's terms in words that need no glossary: one table each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from kb.errors import one_line
from kb.language.counting import count
from kb.model import Assessment, Direction, Extent, NoticeKind, Question, ResolutionStatus, Reviewed, ReviewState
from kb.view.colours import CERTAINTY_SIGNS

CAVEAT = (
    "Grades are provisional: a program that read at most an abstract has not appraised a study. "
    "Findings speak of citations, not of their authors. This is no medical advice."
)

DIRECTIONS: dict[Direction, str] = {
    "supports": "supports it",
    "neutral": "says nothing for or against it",
    "disputes": "disputes it",
    "not checked": "not checked",
}

EXTENTS: dict[Extent, str] = {"whole": "the whole statement", "part": "a part of the statement"}

QUESTIONS: dict[Question, str] = {
    "prevalence": "how common it is",
    "diagnosis": "how it is diagnosed",
    "prognosis": "how it goes on",
    "benefit": "what helps",
    "common harm": "what commonly harms",
    "rare harm": "what rarely harms",
    "screening": "whether to screen",
}

RESOLUTIONS: dict[ResolutionStatus, str] = {
    "verified": "found, and it is the work that is cited",
    "metadata differs": "found, but the reference gives other details",
    "another work": "the identifier leads to another work",
    "not found": "the registry knows no such work",
    "ambiguous": "several works fit",
    "unreachable": "the registry could not be reached",
    "not attempted": "not looked up",
}

NOTICES: dict[NoticeKind, str] = {
    "retraction": "Retracted",
    "partial retraction": "Partly retracted",
    "withdrawal": "Withdrawn",
    "expression of concern": "Expression of concern",
    "correction": "Corrected",
    "reinstatement": "Reinstated",
    "new version": "There is a newer version",
    "published version": "It was published in another version",
    "preprint": "There is a preprint of it",
}

REVIEWED: dict[ReviewState, str] = {
    "overruled": "by a person's word",
    "confirmed": "confirmed by a person",
    "disputed": "people disagree",
    "earlier words": "a person spoke of earlier words or sources",
}
"""What stands beside whatever people spoke of; who said what, and why, is among the reasons."""


def strength_in_words(assessment: Assessment) -> str:
    """Level, certainty and independent lines, as far as there are any; empty where there are none.

    >>> strength_in_words(Assessment(statement="s1", verdict="supported", level=1, certainty="high", lines=2))
    'OCEBM level 1, certainty high ⊕⊕⊕⊕, 2 independent lines of evidence'
    """
    level = f"OCEBM level {assessment.level}" if assessment.level is not None else ""
    sure = assessment.certainty
    certainty = f"certainty {sure} {CERTAINTY_SIGNS[sure]}" if sure else ""
    lines = f"{count(assessment.lines, 'independent line')} of evidence"
    graded = [part for part in (level, certainty) if part]
    return ", ".join([*graded, lines] if graded and assessment.lines else graded)


def mark_of(reviewed: Reviewed | None) -> str:
    """The mark of something that people spoke of; empty where nobody did."""
    return REVIEWED[reviewed.state] if reviewed else ""


def marked(words: str, reviewed: Reviewed | None) -> str:
    """Words with that mark.

    >>> marked("cohort", Reviewed(state="overruled", program="unknown", words=()))
    "cohort (by a person's word)"
    """
    return f"{words} ({mark_of(reviewed)})" if reviewed else words


def distinct(words: Mapping[str, str]) -> dict[str, str]:
    """What things are called, by their ids, with the id beside words that several share: who chooses by words must.

    >>> distinct({"a.md": "Tea", "b.md": "Tea", "c.md": "Honey"})
    {'a.md': 'Tea (a.md)', 'b.md': 'Tea (b.md)', 'c.md': 'Honey'}
    """
    shared = Counter(words.values())
    return {name: f"{said} ({one_line(name)})" if shared[said] > 1 else said for name, said in words.items()}
