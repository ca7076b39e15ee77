"""Rules about the reference list."""

from __future__ import annotations

from collections.abc import Iterator

from kb.language.same_work import Works
from kb.rules.rule import Case, Rule, Word, on_reference


def reference_never_cited(case: Case) -> Iterator[Word]:
    """A reference is listed and no sentence cites it.

    Why: a list that no sentence uses looks like evidence and is none; the reader cannot tell what it is meant to show.

    What to do: cite it where it belongs, or take it off the list (or move it under "Further reading").

    Wrong: a list of three works, of which the text names one.

    Right: each work of the list is named by a sentence.
    """
    for reference in case.audit.references:
        if reference.id not in case.cited:
            yield on_reference(
                reference,
                f"“{_short(reference.title or reference.text)}” ({reference.id}) is listed and never cited",
                "cite it where it belongs, or take it off the list",
            )


def duplicate_reference(case: Case) -> Iterator[Word]:
    """The same work is listed twice.

    Why: one study that appears twice looks like two, and citations are split between them.

    What to do: keep one entry and point all citations to it.

    Wrong: entries 2 and 5 have the same DOI.

    Right: one entry, cited twice.
    """
    earlier = Works()
    for later in case.audit.references:
        first = earlier.find(later)
        earlier.put(later)
        if first:
            yield on_reference(
                later,
                f"“{_short(later.title or later.text)}” ({later.id}) is the same work as entry {first.position}"
                f" ({first.id})",
                "keep one of the two and point all citations to it",
            )


def _short(text: str) -> str:
    return text if len(text) <= 80 else text[:79].rstrip() + "…"


RULES = (
    Rule(id="RE001", name="reference-never-cited", severity="warning", check=reference_never_cited),
    Rule(id="RE002", name="duplicate-reference", severity="warning", check=duplicate_reference),
)
