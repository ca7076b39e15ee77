"""What can be mended in the text of one article, out of its audit and the findings that count in it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from collections.abc import Set as AbstractSet

from ingest.linting.fixing.forms import addition, corrections, habit
from ingest.linting.fixing.lists import merged, says_more
from ingest.linting.fixing.records import DUPLICATE, FORM, MISSING, Edit, Expected, Pair, Plan, Told
from ingest.reading import Reading
from ingest.references.mending import edits_for
from ingest.references.rewrite import Edit as FieldEdit
from kb.identifiers import doi_url
from kb.language.same_work import Works
from kb.model import LISTED, Audit, Reference

TYPED = frozenset({"text", "markdown"})
"""Formats in which the author types what the file holds."""

UNCONFIRMED = "no registry confirmed by itself that this is the work with the DOI"
"""Why no DOI is added."""
_TARGET = re.compile(r"\[[^\]\n^]{1,60}\]:[ \t]{1,9}(?:<|\S{0,300}(?:://|\Z|\n))")
"""The definition of a link, which ends with its target."""


def missing_dois(audit: Audit, flagged: AbstractSet[str]) -> dict[str, FieldEdit]:
    """By reference, the DOI that a registry confirmed for an entry without one; nothing where it is not sure.

    What people said of an entry holds for its words, so those stay as they are.
    """
    resolutions = {one.reference: one for one in audit.resolutions}
    sources = {one.id: one for one in audit.sources}
    wanted: dict[str, FieldEdit] = {}
    for reference in audit.references:
        found = resolutions.get(reference.id)
        source = sources.get(found.source) if found else None
        if reference.id in flagged and found and source and not found.reviewed:
            wanted.update((edit.key, edit) for edit in edits_for(reference, found, source) if edit.field == "doi")
    return wanted


def pairs(audit: Audit, flagged: AbstractSet[str]) -> Iterator[Pair]:
    """The flagged references, each with the entry of the same work that stands first."""
    known = Works()
    firsts: dict[str, Reference] = {}
    for later in audit.references:
        first = known.find(later)
        known.put(later)
        if first and later.id in flagged:
            firsts[later.id] = first = firsts.get(first.id, first)
            yield Pair(first, later)


def plan(reading: Reading, audit: Audit, flagged: AbstractSet[tuple[str, str]]) -> Plan:
    """What to change in the text of an article, as far as it is in its own reference list.

    Parameters
    ----------
    reading, audit
        The article in plain text or Markdown.
    flagged
        The findings that may be mended, by rule and reference.
    """
    planner = _Planner(reading, audit, flagged)
    planner.merge()
    planner.mend()
    return planner.plan()


class _Planner:
    def __init__(self, reading: Reading, audit: Audit, flagged: AbstractSet[tuple[str, str]]) -> None:
        self._reading, self._audit, self._flagged = reading, audit, flagged
        self._text = audit.article.text
        self._listed = [one for one in audit.references if one.origin == LISTED]
        self._given = {one.doi for one in audit.references if one.doi}
        self._habit = habit(map(self._entry, self._listed))
        self._wanted = missing_dois(audit, {name for rule, name in flagged if rule == MISSING})
        self._edits: list[Edit] = []
        self._done: list[Told] = []
        self._left: list[Told] = []
        self._removed: dict[str, str] = {}
        self._dois: dict[str, str] = {}
        self._mended: set[tuple[str, str]] = set()

    def plan(self) -> Plan:
        expected = Expected(self._removed, self._dois, frozenset(self._mended))
        return Plan(tuple(self._edits), tuple(self._done), tuple(self._left), expected)

    def merge(self) -> None:
        """Take later entries of the same work out of the list."""
        found = pairs(self._audit, {name for rule, name in self._flagged if rule == DUPLICATE})
        listed = [pair for pair in found if pair.first.origin == pair.later.origin == LISTED]
        sure = []
        for pair in listed:
            if why := says_more(*pair):
                self._leave(DUPLICATE, pair.later, why)
            else:
                sure.append(pair)
        made = merged(self._reading, self._audit, sure) if sure else None
        for pair in sure:
            if made and made.why:
                self._leave(DUPLICATE, pair.later, made.why)
            else:
                self._removed[pair.later.id] = pair.first.id
                words = f"took out entry {_called(pair.later)}, the same work as entry {_called(pair.first)}"
                self._do(DUPLICATE, pair.later, words)
        if made:
            self._edits += made.edits

    def mend(self) -> None:
        """Add DOIs that are missing, and write others in a standard form."""
        for reference in self._listed:
            if reference.id in self._removed:
                continue
            if (MISSING, reference.id) in self._flagged:
                self._add(reference)
            if (FORM, reference.id) in self._flagged:
                self._correct(reference)

    def _add(self, reference: Reference) -> None:
        entry = self._entry(reference)
        if reference.id not in self._wanted:
            return self._leave(MISSING, reference, UNCONFIRMED)
        doi = self._wanted[reference.id].value
        if doi in self._given:
            return self._leave(MISSING, reference, f"another reference of the article gives {doi_url(doi)}")
        added = None if _TARGET.match(entry) else addition(entry, doi, self._habit)
        if added is None:
            return self._leave(MISSING, reference, f"its end is none to write {doi_url(doi)} behind")
        self._given.add(doi)
        self._edits.append(Edit(reference.end or 0, "", added))
        self._dois[reference.id] = doi
        return self._do(MISSING, reference, f"added {added.strip(' ').removeprefix('. ')}")

    def _correct(self, reference: Reference) -> None:
        entry = self._entry(reference)
        bare = self._audit.article.format in TYPED
        edits = corrections(entry, reference.doi, self._habit, bare=bare) if reference.doi else ()
        if not edits:
            return self._leave(FORM, reference, "; ".join(reference.problems) or "it is not sure where its DOI ends")
        start = reference.start or 0
        self._edits += [Edit(start + edit.start, edit.old, edit.new) for edit in edits]
        return self._do(FORM, reference, ", ".join(f"wrote {edit.new} for {edit.old}" for edit in edits))

    def _entry(self, reference: Reference) -> str:
        return self._text[reference.start : reference.end]

    def _do(self, rule: str, reference: Reference, words: str) -> None:
        self._mended.add((rule, reference.id))
        self._done.append(Told(rule, reference.line or 1, words))

    def _leave(self, rule: str, reference: Reference, why: str) -> None:
        self._left.append(Told(rule, reference.line or 1, f"entry {_called(reference)} was left as it is: {why}"))


def _called(reference: Reference) -> str:
    """What an entry is called: by its number or key, else by its place in the list."""
    return reference.label or str(reference.position)
