"""What MeSH headings and keywords say of a design.

"… as Topic" is what a work is about, and is left out. Names: National Library of Medicine, Medical Subject Headings,
tree E05.318 (Epidemiologic Methods) and E05.581 (Research Design).
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from kb.model import Design
from kb.strength.design.words import Read

ANIMALS_ALONE = "say Animals and do not say Humans"
_NAMED_BETTER: frozenset[Design] = frozenset(
    {
        "randomized trial",
        "non-randomized trial",
        "protocol",
        "case-control",
        "cross-sectional",
        "case series",
        "diagnostic accuracy",
        "systematic review",
    }
)
_OF_A_TRIAL: frozenset[Design] = frozenset({"protocol", "systematic review", "non-randomized trial"})


class Heading(NamedTuple):
    """A heading that names a design; title and abstract may name a nearer one among ``among``."""

    name: str
    design: Design
    among: frozenset[Design] = frozenset()


HEADINGS: tuple[Heading, ...] = (
    Heading("systematic review", "systematic review"),
    Heading("meta-analysis", "systematic review"),
    Heading("study protocol", "protocol"),
    Heading("randomized controlled trial", "randomized trial", _OF_A_TRIAL),
    Heading("randomised controlled trial", "randomized trial", _OF_A_TRIAL),
    Heading("non-randomized controlled trials as topic", "non-randomized trial"),
    Heading("double-blind method", "randomized trial", _OF_A_TRIAL),
    Heading("random allocation", "randomized trial", _OF_A_TRIAL),
    Heading("cross-over studies", "randomized trial", _OF_A_TRIAL),
    Heading("case-control studies", "case-control"),
    Heading("cross-sectional studies", "cross-sectional"),
    Heading("cohort studies", "cohort"),
    Heading("cohort study", "cohort"),
    Heading("retrospective studies", "cohort", frozenset({"case-control", "cross-sectional", "case series"})),
    Heading("longitudinal studies", "cohort", _NAMED_BETTER),
    Heading("prospective studies", "cohort", _NAMED_BETTER),
    Heading("follow-up studies", "cohort", _NAMED_BETTER),
    Heading("case report", "case report"),
    Heading("in vitro techniques", "in vitro"),
)
"""The more telling first. Trials are given Prospective Studies and Follow-Up Studies too: there the words are asked."""


def from_headings(given: Iterable[str], place: str, read: Read | None) -> Read | None:
    """The design that headings name.

    Parameters
    ----------
    given
        Headings or keywords, with or without their qualifiers ("Cohort Studies/methods").
    place
        What they are called in the basis.
    read
        What title and abstract tell, to choose where several headings or a broad one leave it open.
    """
    by_name = {_plain(word): word.strip() for word in given}
    if _animals_alone(by_name):
        return Read("animal", f"its {place} {ANIMALS_ALONE}")
    named = [heading for heading in HEADINGS if heading.name in by_name]
    if not named:
        return None
    first = named[0]
    if read and read.named and read.design != first.design:
        if read.design in {heading.design for heading in named}:
            said = " and ".join(by_name[heading.name] for heading in named)
            return Read(read.design, f"its {place} say {said}, and {read.basis}")
        if read.design in first.among:
            return Read(read.design, f"its {place} say {by_name[first.name]}, and {read.basis}")
    return Read(first.design, f"its {place} say {by_name[first.name]}")


def animals_alone(given: Iterable[str]) -> bool:
    """Whether headings say Animals and do not say Humans."""
    return _animals_alone({_plain(word): word for word in given})


def _animals_alone(by_name: dict[str, str]) -> bool:
    return "animals" in by_name and "humans" not in by_name


def _plain(word: str) -> str:
    return word.partition("/")[0].strip(" *.").lower()
