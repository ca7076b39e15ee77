"""What people said of a statement and its sources, each with name and date, beside what the program says."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import cast

from kb.model import Review, Subject, Verdict
from kb.strength.people import VERDICTS, WITHDRAWN
from kb.view.evidence import StatementEvidence
from kb.view.markup import Element, Node, element
from kb.view.parts import verdict_badge

_SUBJECTS: Mapping[Subject, str] = {
    "statement": "the statement is",
    "line": "its source says:",
    "design": "the design of its source is",
    "resolution": "the reference is",
    "need of a source": "it",
}
"""How a person's word of each subject begins."""


def people_said(evidence: StatementEvidence) -> Iterator[Element]:
    """Everybody's words, and first of all that they disagree, where they do."""
    reviewed = evidence.assessment.reviewed
    if reviewed and reviewed.state == "disputed":
        yield element(
            "p",
            element("b", "People disagree. "),
            f"The program's own verdict stands until they agree: {reviewed.program}.",
        )
    elif reviewed and reviewed.state == "overruled":
        yield element("p", f"A person's word stands. The program says: {reviewed.program}.")
    elif reviewed and reviewed.state == "earlier words":
        yield element("p", "Said of earlier words or other sources, so it does not count now.")
    for review in evidence.reviews:
        yield _review(review)


def _review(review: Review) -> Element:
    return element(
        "div",
        element("p", element("b", review.person), element("span", f" {review.date}", class_="faint")),
        element("p", *_value(review)),
        element("p", f"“{review.reason}”") if review.reason else None,
        class_="said",
    )


def _value(review: Review) -> tuple[Node, ...]:
    if review.value == WITHDRAWN:
        return ("took back what they had said",)
    verdict, _, certainty = review.value.partition(", ")
    if review.subject == "statement" and review.value in VERDICTS:
        badge = verdict_badge(cast("Verdict", verdict))
        return (f"{_SUBJECTS['statement']} ", badge, f" {certainty}" if certainty else "")
    return (f"{_SUBJECTS[review.subject]} {review.value}",)
