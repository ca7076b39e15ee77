"""Whether a mended article still says and cites what it did: the net under all fixes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import NamedTuple

from ingest.linting.fixing.records import Expected
from kb.linting.outcome import Checked
from kb.model import Audit, Reference

_NEVER_CITED = "RE001"
_SAID = ("authors", "year", "title", "container", "pmid", "origin", "problems")


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
    was, now = _findings(before, names, expected), _findings(after, {}, expected)
    firsts = {names[first] for first in expected.removed.values()}
    new = now - was
    gone = [(rule, about) for rule, about, _ in was - now if (rule, about) not in _uncited(firsts)]
    if new or gone:
        rules = sorted({rule for rule, *_ in new} | {rule for rule, _ in gone})
        return f"other findings would change ({', '.join(rules)})"
    return ""


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


def _findings(seen: Seen, names: Mapping[str, str], expected: Expected) -> Counter[tuple[str, str, str]]:
    """The findings by rule, what they are about and what became of them, but for those that are to go.

    What was said of an entry that was taken out goes with it.
    """
    fingerprints = {one.id: one.fingerprint for one in seen.audit.statements}
    found: Counter[tuple[str, str, str]] = Counter()
    for outcome in seen.checked.outcomes:
        finding = outcome.finding
        about = finding.reference or ""
        if names and ((finding.rule, about) in expected.mended or about in expected.removed):
            continue
        found[finding.rule, fingerprints.get(finding.statement or "") or names.get(about, about), outcome.state] += 1
    return found


def _uncited(firsts: set[str]) -> set[tuple[str, str]]:
    """What may go where an entry gains the citations of the one that it stands for."""
    return {(_NEVER_CITED, first) for first in firsts}
