"""How a DOI is written into an entry of a reference list: as the rest of the list writes its DOIs."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import NamedTuple
from urllib.parse import unquote

from ingest.linting.fixing.records import Edit
from kb.identifiers import FoundDoi, doi_url, find_dois, in_standard_form, parse_doi

ADDRESS = "https://doi.org/"

_LABEL = re.compile(r"\bdoi\s{0,2}[:=]?\s{0,2}\Z", re.IGNORECASE)
_LONGEST_LABEL = 12
_WITHIN = frozenset("(<[\"'=")
"""Marks before an address that may make it the target of a link."""
_SENTENCE_END = re.compile(r"[.,;:!?][*_”’\"')\]]{0,4}\Z")
_ADDRESS_END = re.compile(r"https?://\S{1,2000}\Z")
_PLAIN_END = re.compile(r"[\w.,;:!?)\]”’\"'»*_/%–-]\Z")
"""What an entry may end in so that what is written behind it is still a part of it and of no markup."""


class Habit(NamedTuple):
    """How a list writes DOIs: what leads them in, and whether a full stop follows at an entry's end."""

    lead: str = ADDRESS
    stop: str = ""


def habit(entries: Iterable[str]) -> Habit:
    """The habit of a list, by what most of its entries do; without any, the address and no full stop.

    >>> habit(["Roe. Heat. doi:10.5555/a.", "Poe. Cold. doi:10.5555/b.", "Loe. https://doi.org/10.5555/c"])
    Habit(lead='doi:', stop='.')
    """
    leads: Counter[str] = Counter()
    stops: Counter[str] = Counter()
    for entry in entries:
        for found in find_dois(entry):
            written = entry[found.start : found.end]
            if in_standard_form(written):
                lead = written[: written.index("10.")].replace("\n", " ")
                leads[ADDRESS if "/" in lead else lead] += 1
            rest = entry[found.end :]
            if rest in ("", "."):
                stops[rest] += 1
    lead = max(leads, key=lambda one: (leads[one], one == ADDRESS), default=ADDRESS)
    return Habit(lead, "." if stops["."] > stops[""] else "")


def addition(entry: str, doi: str, habit: Habit) -> str | None:
    """What to write behind an entry to give its DOI; None where that would not be read as meant.

    >>> addition("Roe J. Heat for knees. J Knees 2019;3:1-9.", "10.5555/a(b)", Habit())
    ' https://doi.org/10.5555/a%28b%29'
    """
    if not _PLAIN_END.search(entry):
        return None
    joint = " " if _SENTENCE_END.search(entry) or _ADDRESS_END.search(entry) else ". "
    given = [one.doi for one in find_dois(entry)]
    for written in dict.fromkeys((_stated(doi, habit.lead), doi_url(doi))):
        added = f"{joint}{written}{habit.stop}"
        found = find_dois(entry + added)
        if [one.doi for one in found] == [*given, doi] and found[-1].end == len(entry + added) - len(habit.stop):
            return added
    return None


def corrections(entry: str, doi: str, habit: Habit, *, bare: bool) -> tuple[Edit, ...]:
    """The edits, in offsets of the entry, that put its DOI into a standard form; none where that is not sure.

    Parameters
    ----------
    bare
        Whether the author types what the reader sees, so that a DOI which nothing names as one is changed too.

    >>> corrections("Roe. Heat. doi: http://dx.doi.org/10.5555/Ab", "10.5555/ab", Habit(), bare=True)
    (Edit(start=11, old='doi: http://dx.doi.org/10.5555/Ab', new='https://doi.org/10.5555/Ab'),)
    """
    before = find_dois(entry)
    for lead in dict.fromkeys((habit.lead, ADDRESS)):
        edits = tuple(_corrections(entry, before, doi, lead, bare=bare))
        changed = entry
        for edit in reversed(edits):
            changed = changed[: edit.start] + edit.new + changed[edit.end :]
        after = find_dois(changed)
        written = [changed[one.start : one.end] for one in after if one.doi == doi]
        if [one.doi for one in after] == [one.doi for one in before] and any(map(in_standard_form, written)):
            return edits
    return ()


def _corrections(entry: str, found: Iterable[FoundDoi], doi: str, lead: str, *, bare: bool) -> Iterator[Edit]:
    for one in found:
        written = entry[one.start : one.end]
        address = "doi.org/" in written.lower()
        if one.doi != doi or in_standard_form(written) or not (address or (bare and written.startswith("10."))):
            continue
        label = _LABEL.search(entry, max(0, one.start - _LONGEST_LABEL), one.start)
        start = label.start() if label else one.start
        linked = address and entry[start - 1 : start] in _WITHIN
        tail = written[written.index("10.") :] if "10." in written else doi_url(doi).removeprefix(ADDRESS)
        plain = unquote(tail) if address else tail
        plain = plain if parse_doi(plain) == doi else doi
        as_address = f"{ADDRESS}{tail}" if address else doi_url(plain)
        yield Edit(start, entry[start : one.end], as_address if lead == ADDRESS or linked else lead + plain)


def _stated(doi: str, lead: str) -> str:
    return doi_url(doi) if lead == ADDRESS else lead + doi
