"""What kind of study a source is, and how that is known.

The places are asked in the order in which they can be trusted: PubMed publication types (given by indexers), the
registry's type of work, MeSH headings and keywords, then what title and abstract say of themselves. The first that
answers decides, and the answer names it. Names of publication types and headings: National Library of Medicine,
"Publication Characteristics (Publication Types)" and MeSH; types of work: Crossref REST API ``/types``, CSL 1.0.2 and
BibTeX.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from kb.language.abstract import abstract_of
from kb.model import Design, Source
from kb.strength.design_abstract import ABSTRACT
from kb.strength.design_patterns import TITLE, Pattern

PUBLICATION_TYPES: tuple[tuple[str, Design], ...] = (
    ("retraction of publication", "editorial"),
    ("retraction notice", "editorial"),
    ("published erratum", "editorial"),
    ("expression of concern", "editorial"),
    ("clinical trial protocol", "protocol"),
    ("practice guideline", "guideline"),
    ("guideline", "guideline"),
    ("consensus development conference", "guideline"),
    ("consensus development conference, nih", "guideline"),
    ("network meta-analysis", "systematic review"),
    ("meta-analysis", "systematic review"),
    ("systematic review", "systematic review"),
    ("randomized controlled trial", "randomized trial"),
    ("randomized controlled trial, veterinary", "animal"),
    ("clinical trial, veterinary", "animal"),
    ("observational study, veterinary", "animal"),
    ("equivalence trial", "randomized trial"),
    ("case reports", "case report"),
)
"""Types that settle the design, the more telling first: a record often carries several."""


class Broad(NamedTuple):
    """A publication type that leaves the design open: title and abstract may choose among ``among``."""

    type: str
    among: frozenset[Design]
    otherwise: Design


_TRIALS: frozenset[Design] = frozenset({"randomized trial", "non-randomized trial", "protocol"})
_OBSERVATIONAL: frozenset[Design] = frozenset(
    {"cohort", "case-control", "cross-sectional", "case series", "diagnostic accuracy"}
)
BROAD_TYPES: tuple[Broad, ...] = (
    Broad("controlled clinical trial", _TRIALS, "non-randomized trial"),
    Broad("pragmatic clinical trial", _TRIALS, "randomized trial"),
    Broad("clinical trial, phase i", _TRIALS, "non-randomized trial"),
    Broad("clinical trial, phase ii", _TRIALS, "non-randomized trial"),
    Broad("clinical trial, phase iii", _TRIALS, "non-randomized trial"),
    Broad("clinical trial, phase iv", _TRIALS, "non-randomized trial"),
    Broad("clinical trial", _TRIALS, "non-randomized trial"),
    Broad("observational study", _OBSERVATIONAL, "unknown"),
    Broad("editorial", frozenset(), "editorial"),
    Broad("comment", frozenset(), "editorial"),
    Broad("letter", frozenset({"randomized trial", *_OBSERVATIONAL}), "editorial"),
    Broad("review", frozenset({"systematic review", "guideline"}), "narrative review"),
    Broad("preprint", frozenset(), "preprint"),
)

WORK_TYPES: Mapping[str, Design] = {
    **dict.fromkeys(
        ("book", "monograph", "edited-book", "reference-book", "book-set", "book-series", "book-chapter"), "book"
    ),
    **dict.fromkeys(
        ("book-section", "book-part", "book-track", "chapter", "inbook", "incollection", "booklet"), "book"
    ),
    **dict.fromkeys(("posted-content", "preprint"), "preprint"),
    **dict.fromkeys(("peer-review", "editorial", "letter"), "editorial"),
    **dict.fromkeys(("webpage", "online", "www", "electronic", "post-weblog", "post"), "web page"),
}
"""Types of work that settle it; ``journal-article`` and its like say nothing about the design."""

HEADINGS: tuple[tuple[str, Design], ...] = (
    ("systematic review", "systematic review"),
    ("meta-analysis", "systematic review"),
    ("study protocol", "protocol"),
    ("randomized controlled trial", "randomized trial"),
    ("randomised controlled trial", "randomized trial"),
    ("non-randomized controlled trials as topic", "non-randomized trial"),
    ("case-control studies", "case-control"),
    ("cross-sectional studies", "cross-sectional"),
    ("cohort studies", "cohort"),
    ("cohort study", "cohort"),
    ("prospective studies", "cohort"),
    ("retrospective studies", "cohort"),
    ("longitudinal studies", "cohort"),
    ("follow-up studies", "cohort"),
    ("case report", "case report"),
)
"""MeSH headings and authors' keywords that name a design. "… as Topic" is what a work is about, and is left out."""

UNKNOWN = "nothing at hand names its design"
_COCHRANE = re.compile(r"cochrane database (?:of )?syst", re.IGNORECASE)


def design_of(source: Source) -> tuple[Design, str]:
    """The design of a source and, in plain words, how it is known.

    Returns
    -------
    tuple
        ``("unknown", "nothing at hand names its design")`` where no place answers.

    >>> design_of(Source(id="x", publication_types=("Journal Article", "Randomized Controlled Trial")))
    ('randomized trial', 'its publication types say Randomized Controlled Trial')
    """
    read = _from_words(source)
    return (
        _from_publication_types(source.publication_types, read)
        or _from_work(source)
        or _from_headings(source.keywords)
        or read
        or ("unknown", UNKNOWN)
    )


def _from_publication_types(types: Sequence[str], read: tuple[Design, str] | None) -> tuple[Design, str] | None:
    given = {name.strip().lower(): name.strip() for name in types}
    for name, design in PUBLICATION_TYPES:
        if name in given:
            return design, f"its publication types say {given[name]}"
    for broad in BROAD_TYPES:
        if broad.type in given:
            said = f"its publication types say {given[broad.type]}"
            if read and read[0] in broad.among:
                return read[0], f"{said}, and {read[1]}"
            return broad.otherwise, said if broad.otherwise != "unknown" else f"{said}, but not of which kind"
    return None


def _from_work(source: Source) -> tuple[Design, str] | None:
    if _COCHRANE.search(source.container):
        return "systematic review", "it stands in the Cochrane Database of Systematic Reviews"
    kind = source.type.strip().lower()
    return (WORK_TYPES[kind], f"it is registered or listed as {kind}") if kind in WORK_TYPES else None


def _from_headings(keywords: Sequence[str]) -> tuple[Design, str] | None:
    given = {word.partition("/")[0].strip(" *.").lower(): word.strip() for word in keywords}
    for name, design in HEADINGS:
        if name in given:
            return design, f"its keywords say {given[name]}"
    if "animals" in given and "humans" not in given:
        return "animal", "its keywords say Animals and do not say Humans"
    return None


def _from_words(source: Source) -> tuple[Design, str] | None:
    for place, text, patterns in (("title", source.title, TITLE), ("abstract", abstract_of(source), ABSTRACT)):
        for pattern in patterns:
            if said := _says(pattern, text):
                return pattern.design, f"its {place} {said}"
    return None


def _says(pattern: Pattern, text: str) -> str | None:
    found = pattern.regex.search(text)
    if not found or (pattern.unless and pattern.unless.search(text)):
        return None
    says = f"says '{' '.join(found.group().split())}'"
    return f"{says}: {pattern.words}" if pattern.words else says
