"""Whether a mended article still says and cites what it did: the net under all fixes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import NamedTuple

from ingest.linting.fixing.records import Expected
from kb.linting.outcome import Checked
from kb.model import Audit, Reference

_NEVER_CITED, _NOT_LOOKED_UP = "RE001", "SO001"
"""The latter is said of all works together in an audit without a lock, and so tells nothing."""
_SAID = ("authors", "year", "title", "container", "pmid", "origin", "problems")


_Findings = Counter[tuple[str, str, str]]


class Seen(NamedTuple):
    """An article as it was audited and checked."""

    audit: Audit
    checked: Checked


def harm(before: Seen, after: Seen, expected: Expected) -> str:
    """What is otherwise than it should be after the edits, in words; empty where nothing is.

    Both audits are made without a lock, which knows entries by their words and so would not know the mended ones.
    """
    names = _names(before.audit, after.audit, expected)
    if names is None:
        return "its reference list would be read otherwise"
    if [one.fingerprint for one in before.audit.statements] != [one.fingerprint for one in after.audit.statements]:
        return "its statements would be read otherwise"
    if _citations(before.audit, names) != _citations(after.audit, {}):
        return "its citations would lead elsewhere"
    stays, may = _findings(before, names, expected)
    now = _told_of(after)
    changed = [*(now - stays - may), *(stays - now)]
    return f"other findings would change ({', '.join(sorted({rule for rule, *_ in changed}))})" if changed else ""


def _names(before: Audit, after: Audit, expected: Expected) -> Mapping[str, str] | None:
    """What the references are called afterwards; None where they are not those that are expected."""
    kept = [one for one in before.references if one.id not in expected.removed]
    if len(kept) != len(after.references):
        return None
    for one, other in zip(kept, after.references, strict=True):
        if _told(one) != _told(other) or other.doi != expected.dois.get(one.id, one.doi):
            return None
    names = {one.id: other.id for one, other in zip(kept, after.references, strict=True)}
    return names | {later: names[first] for later, first in expected.removed.items()}


def _told(reference: Reference) -> list[object]:
    return [getattr(reference, name) for name in _SAID]


def _citations(audit: Audit, names: Mapping[str, str]) -> list[tuple[frozenset[str], tuple[str, ...], tuple[str, ...]]]:
    return [
        (frozenset(names.get(name, name) for name in one.references), one.missing, one.statements)
        for one in audit.citations
    ]


def _findings(before: Seen, names: Mapping[str, str], expected: Expected) -> tuple[_Findings, _Findings]:
    """The findings that must stay, and those that may be there or not.

    What was said of an entry that was taken out goes, or is said of the one that stands for it, which may also be
    cited for the first time now.
    """
    stays, may = _Findings(), _Findings()
    for (rule, about, state), times in _told_of(before).items():
        told = rule, names.get(about, about), state
        if about in expected.removed or (rule == _NEVER_CITED and about in expected.removed.values()):
            may[told] += times
        elif (rule, about) not in expected.mended:
            stays[told] += times
    return stays, may


def _told_of(seen: Seen) -> _Findings:
    """The findings by rule, the words or the entry that they are about, and what became of them."""
    fingerprints = {one.id: one.fingerprint for one in seen.audit.statements}
    about = ((one.finding, one.state) for one in seen.checked.outcomes)
    return _Findings(
        (one.rule, fingerprints.get(one.statement or "") or one.reference or "", state)
        for one, state in about
        if one.rule != _NOT_LOOKED_UP
    )
