"""Rules about sources: whether the works behind the references were found, and how old they are."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kb.language.counting import count
from kb.model import Reference, ResolutionStatus
from kb.rules.entries import entry
from kb.rules.rule import Case, Rule, Word, on_reference
from kb.strength.wording import listed

_NOT_ASKED = (
    "not looked up",
    "audit the article again where there is a network, or run `kb lock`; give a reference without a DOI the one that "
    "it has",
)
_WORDS: dict[ResolutionStatus, tuple[str, str]] = {
    "not attempted": _NOT_ASKED,
    "unreachable": ("could not be looked up", "run the audit again when the registry answers"),
    "ambiguous": ("could not be told apart from other works", "give the reference a DOI"),
}
"""The outcomes that leave open whether the work exists; what was found out for certain has rules of its own."""


def source_not_resolved(case: Case) -> Iterator[Word]:
    """A cited source was not verified at a registry.

    Why: only a registry can tell that the work exists, is the one that is meant, and has not been retracted. Misprints
    in references are copied from list to list by people who never looked the work up (Simkin & Roychowdhury, Complex
    Systems 2003;14:269).

    What to do: run the audit with a network, or give the reference its DOI.

    References that were not looked up for one and the same reason are told together, at the first of them.

    Wrong: a reference that no registry was asked about, or that was asked about while the registry was down.

    Right: a DOI under which the registry holds the title and the author of the reference.
    """
    unasked: dict[str, list[Reference]] = {}
    for reference in case.audit.references:
        resolution = case.resolutions.get(reference.id)
        if not resolution or resolution.status not in _WORDS or reference.id not in case.cited:
            continue
        if resolution.candidates:  # what it may be is told by identifier-missing
            continue
        if resolution.status == "not attempted":
            unasked.setdefault(resolution.note, []).append(reference)
            continue
        what, remedy = _WORDS[resolution.status]
        why = f": {resolution.note}" if resolution.note else ""
        yield on_reference(reference, f"the source of {entry(reference)} {what}{why}", remedy)
    for note, references in unasked.items():
        what, remedy = _NOT_ASKED
        many = len(references) > 1
        told = f"the sources of {count(len(references), 'reference')} were" if many else "the source was"
        names = listed([entry(reference) for reference in references])
        yield on_reference(references[0], f"{told} {what}{_because(note)}: {names}", remedy)


def _because(note: str) -> str:
    return f" ({note})" if note else ""


def old_source(case: Case) -> Iterator[Word]:
    """A cited source is older than the bound that is set.

    Why: what was known changes. Of guidelines that were followed up, half had become outdated within about six years
    (Shekelle et al., JAMA 2001;286:1461).

    How it is told: `max-age` in [tool.kb] sets the bound in years; without it nothing is old. The year of the source
    counts, as registered or else as the entry gives it, against the year that the report speaks of.

    What to do: look for newer evidence and cite that, or waive the finding and say why the old one still counts.

    Wrong: with a bound of 10 years, a guideline of 2003 cited in 2026 for what is done today.

    Right: the guideline that replaced it; or the trial of 2003, waived as the largest that there is.
    """
    bound = case.context.max_age
    if bound <= 0:
        return
    now = int(case.audit.as_of[:4])
    for reference in case.audit.references:
        year = _year(case, reference.id, reference.source) or _digits(reference.year)
        if year and now - year > bound and reference.id in case.cited:
            yield on_reference(
                reference,
                f"{entry(reference)} is of {year}, {now - year} years back; the bound that is set is {bound}",
                "look for newer evidence, or say in a waiver why this still counts",
            )


def _year(case: Case, reference: str, named: str) -> int | None:
    """The year of the work that a reference was found to lead to."""
    resolution = case.resolutions.get(reference)
    source = case.sources.get(resolution.source if resolution else named)
    return _digits(source.year) if source else None


def _digits(year: str | None) -> int | None:
    found = re.search(r"\d{4}", year or "", re.ASCII)
    return int(found.group()) if found else None


RULES = (
    Rule(id="SO001", name="source-not-resolved", severity="info", check=source_not_resolved),
    Rule(id="SO008", name="old-source", severity="info", check=old_source, contextual=True),
)
