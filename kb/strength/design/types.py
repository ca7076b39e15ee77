"""What PubMed publication types say of a design, and which of two that conflict decides, and why.

A record often carries several. Names: National Library of Medicine, "Publication Characteristics (Publication Types)".
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from kb.model import Design
from kb.strength.design.words import Read


class Type(NamedTuple):
    """A publication type and its design; the headings, or title and abstract, may choose one of ``among`` instead."""

    name: str
    design: Design
    among: frozenset[Design] = frozenset()


_TRIALS: frozenset[Design] = frozenset({"randomized trial", "non-randomized trial", "protocol"})
_OBSERVATIONAL: frozenset[Design] = frozenset(
    {"cohort", "case-control", "cross-sectional", "case series", "diagnostic accuracy"}
)
STUDIES: frozenset[Design] = (
    _TRIALS
    | _OBSERVATIONAL
    | {"systematic review", "guideline", "narrative review", "case report", "animal", "in vitro", "editorial"}
)

TYPES: tuple[Type, ...] = (
    Type("retraction of publication", "editorial"),
    Type("retraction notice", "editorial"),
    Type("published erratum", "editorial"),
    Type("expression of concern", "editorial"),
    Type("clinical trial protocol", "protocol"),
    Type("practice guideline", "guideline"),
    Type("guideline", "guideline"),
    Type("consensus development conference", "guideline"),
    Type("consensus development conference, nih", "guideline"),
    Type("network meta-analysis", "systematic review"),
    Type("meta-analysis", "systematic review"),
    Type("systematic review", "systematic review"),
    Type("scoping review", "systematic review"),
    Type("randomized controlled trial, veterinary", "animal"),
    Type("clinical trial, veterinary", "animal"),
    Type("observational study, veterinary", "animal"),
    Type("randomized controlled trial", "randomized trial"),
    Type("equivalence trial", "randomized trial"),
    Type("case reports", "case report"),
    Type("adaptive clinical trial", "non-randomized trial", _TRIALS),
    Type("controlled clinical trial", "non-randomized trial", _TRIALS),
    Type("pragmatic clinical trial", "randomized trial", _TRIALS),
    Type("clinical trial, phase i", "non-randomized trial", _TRIALS),
    Type("clinical trial, phase ii", "non-randomized trial", _TRIALS),
    Type("clinical trial, phase iii", "non-randomized trial", _TRIALS),
    Type("clinical trial, phase iv", "non-randomized trial", _TRIALS),
    Type("clinical trial", "non-randomized trial", _TRIALS),
    Type("observational study", "unknown", _OBSERVATIONAL),
    Type("editorial", "editorial"),
    Type("comment", "editorial"),
    Type("letter", "editorial", frozenset({"randomized trial", *_OBSERVATIONAL})),
    Type("review", "narrative review", frozenset({"systematic review", "guideline"})),
    Type("preprint", "preprint", STUDIES),
)
"""The more telling first."""

NOTICES = frozenset({"retraction of publication", "retraction notice", "published erratum", "expression of concern"})
RETRACTED = "retracted publication"
_WAYS_TO_PUBLISH = frozenset({"letter", "preprint"})

WHY: Mapping[tuple[Design, Design], str] = {
    ("protocol", "randomized trial"): "a protocol has no results yet",
    ("protocol", "systematic review"): "a protocol has no results yet",
    ("guideline", "systematic review"): "the review is what its recommendations rest on",
    ("systematic review", "randomized trial"): "it pools trials, or was published with one",
    ("randomized trial", "narrative review"): "the trial is what was done, the review what stands around it",
    ("randomized trial", "case report"): "the trial is more than the cases told from it",
    ("case report", "narrative review"): "a case with a review of the literature is a case",
    ("randomized trial", "editorial"): "a letter can report a trial",
    ("case report", "editorial"): "a letter can report a case",
    ("systematic review", "editorial"): "a letter can report a review",
    ("editorial", "editorial"): "both speak about the work of others",
    ("editorial", "narrative review"): "it is a comment, whatever it reviews",
}
"""Why the first design stands where the types of a record say both."""
_NOTICE = "a notice is not the article that it is about"
_PUBLISHED = "that tells how it was published, not how it was done"
_OTHERWISE = "the more telling of them stands"
_TEXT_CHOOSES: frozenset[frozenset[Design]] = frozenset(
    {
        frozenset[Design]({"randomized trial", "narrative review"}),
        frozenset[Design]({"randomized trial", "systematic review"}),
        frozenset[Design]({"randomized trial", "case report"}),
    }
)
"""Two that cannot both be right: title and abstract choose, where they name one of them."""


def from_publication_types(types: Sequence[str], headings: Read | None, read: Read | None) -> Read | None:
    """The design that publication types name.

    Parameters
    ----------
    headings, read
        What headings, and what title and abstract, tell: they choose where a type leaves the design open.
    """
    given = {name.strip().lower(): name.strip() for name in types}
    named = [kind for kind in TYPES if kind.name in given]
    if not named:
        return None
    first = named[0]
    said = f"its publication types say {given[first.name]}"
    chosen = next((one for one in (headings, read) if one and one.design in first.among), None)
    if chosen:
        return Read(chosen.design, f"{said}, and {chosen.basis}")
    other = next((kind for kind in named[1:] if _telling(kind, first)), None)
    if other:
        return _decided(first, other, given, read)
    said += _retracted(given)
    return Read(first.design, said if first.design != "unknown" else f"{said}, but not of which kind")


def _telling(other: Type, first: Type) -> bool:
    """Whether another type says something beside the first: a broader word for the same thing does not."""
    if other.design == first.design:
        return other.design == "editorial"
    return other.design != "unknown" and (first.design not in other.among or other.name in _WAYS_TO_PUBLISH)


def _decided(first: Type, other: Type, given: Mapping[str, str], read: Read | None) -> Read:
    said = f"its publication types say {given[first.name]} and {given[other.name]}"
    both = frozenset({first.design, other.design})
    if read and read.named and read.design in both and both in _TEXT_CHOOSES:
        return Read(read.design, f"{said}, and {read.basis}")
    if other.name == "preprint":
        why = _PUBLISHED
    else:
        why = _NOTICE if first.name in NOTICES else WHY.get((first.design, other.design), _OTHERWISE)
    return Read(first.design, f"{said}: {why}{_retracted(given)}")


def _retracted(given: Mapping[str, str]) -> str:
    if RETRACTED not in given:
        return ""
    return f"; that it was retracted ({given[RETRACTED]}) changes what it is worth, not what it is"
