"""What kind of study a source is, and how that is known.

The places are asked in the order in which they can be trusted: PubMed publication types (given by indexers), the
registry's type of work, MeSH headings and keywords, then what title and abstract say of themselves. The first that
answers decides, and the answer names it; where it leaves the design open, the next ones choose. Types of work: Crossref
REST API ``/types``, CSL 1.0.2 and BibTeX.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from kb.language.abstract import abstract_of
from kb.model import Design, Source
from kb.strength.design.headings import ANIMALS_ALONE, animals_alone, from_headings
from kb.strength.design.types import STUDIES, from_publication_types
from kb.strength.design.words import Read, from_words

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

UNKNOWN = "nothing at hand names its design"
NO_ABSTRACT = "there is no abstract to be had, and nothing else at hand names its design"
_COCHRANE = re.compile(r"cochrane database (?:of )?syst", re.IGNORECASE)
_DONE_ON_ANIMALS: frozenset[Design] = frozenset({"randomized trial", "non-randomized trial", "cohort", "unknown"})


def design_of(source: Source) -> tuple[Design, str]:
    """The design of a source and, in plain words, how it is known.

    Returns
    -------
    tuple
        ``"unknown"``, and what is missing, where no place answers.

    >>> design_of(Source(id="x", publication_types=("Journal Article", "Randomized Controlled Trial")))
    ('randomized trial', 'its publication types say Randomized Controlled Trial')
    """
    read = from_words(source)
    headings = from_headings(source.mesh, "MeSH headings", read) or from_headings(source.keywords, "keywords", read)
    found = (
        _on_animals(from_publication_types(source.publication_types, headings, read), source)
        or _from_work(source, read)
        or headings
        or read
    )
    if found:
        return found.design, found.basis
    return "unknown", NO_ABSTRACT if source.abstract.strip() and not abstract_of(source) else UNKNOWN


def _on_animals(typed: Read | None, source: Source) -> Read | None:
    """A trial on animals is a study of animals, whatever its allocation."""
    if typed and typed.design in _DONE_ON_ANIMALS and animals_alone(source.mesh):
        return Read("animal", f"{typed.basis}, and its MeSH headings {ANIMALS_ALONE}")
    return typed


def _from_work(source: Source, read: Read | None) -> Read | None:
    if _COCHRANE.search(source.container):
        stands = "it stands in the Cochrane Database of Systematic Reviews"
        if read and read.design == "protocol":
            return Read("protocol", f"{stands}, and {read.basis}")
        return Read("systematic review", stands)
    kind = source.type.strip().lower()
    design = WORK_TYPES.get(kind)
    if design == "preprint" and read and read.design in STUDIES:
        return Read(read.design, f"{read.basis}; it is a preprint (registered or listed as {kind})")
    return Read(design, f"it is registered or listed as {kind}") if design else None
