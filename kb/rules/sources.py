"""Rules about sources: the works behind the references."""

from __future__ import annotations

from collections.abc import Iterator

from kb.model import ResolutionStatus
from kb.rules.rule import Case, Rule, Word, on_reference

_WORDS: dict[ResolutionStatus, tuple[str, str]] = {
    "not attempted": (
        "was not looked up",
        "run the audit again with a network; give the reference a DOI if it has none",
    ),
    "unreachable": ("could not be looked up", "run the audit again when the registry answers"),
    "ambiguous": ("could not be told apart from other works", "give the reference a DOI"),
    "not found": (
        "has a DOI that no registry knows",
        "check the DOI; a DOI that leads nowhere is often a typing error",
    ),
    "another work": ("has a DOI that belongs to another work", "look up the right DOI, or cite the work that it names"),
}


def source_not_resolved(case: Case) -> Iterator[Word]:
    """A cited source was not verified at a registry.

    Why: only a registry can tell that the work exists, is the one that is meant, and has not been retracted.

    What to do: run the audit with a network, or correct what the message names.

    Wrong: a DOI with a typing error, which leads to another article or to none.

    Right: a DOI under which the registry holds the title and the author of the reference.
    """
    for reference in case.audit.references:
        resolution = case.resolutions.get(reference.id)
        if resolution and resolution.status in _WORDS and reference.id in case.cited:
            what, remedy = _WORDS[resolution.status]
            note = f" ({resolution.note})" if resolution.note else ""
            yield on_reference(reference, f"the source of {reference.id} {what}{note}", remedy)


RULES = (Rule(id="SO001", name="source-not-resolved", severity="info", check=source_not_resolved),)
