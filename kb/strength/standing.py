"""Whether a cited source can stand as evidence: found, the work that was meant, and not retracted.

A correction is no retraction; what was reinstated after its retraction stands; that a registry did not answer says
nothing against a source.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from kb.graph import retraction
from kb.model import Notice, NoticeKind, Resolution, ResolutionStatus, Source

_IN_DOUBT: Mapping[NoticeKind, str] = {
    "expression of concern": "an expression of concern was published about it",
    "partial retraction": "a part of it was retracted",
}
_NOTED: Mapping[NoticeKind, str] = {
    "correction": "a correction was published, which is no retraction",
    "reinstatement": "its retraction was undone",
}
_NO_EVIDENCE: Mapping[ResolutionStatus, str] = {
    "not found": "no such work is registered under the identifier that is given",
    "another work": "the identifier that is given belongs to another work",
}
_UNSURE: Mapping[ResolutionStatus, str] = {
    "metadata differs": "the reference and the registered work differ",
    "ambiguous": "more than one registered work fits the reference",
    "unreachable": "the registry could not be reached, so the reference was not confirmed",
    "not attempted": "no registry was asked, so the reference was not confirmed",
}


def doubts(source: Source) -> tuple[str, ...]:
    """What was published against a source, short of its retraction, in plain words."""
    return tuple(f"{_IN_DOUBT[notice.kind]}{_when(notice)}" for notice in source.notices if notice.kind in _IN_DOUBT)


def notes(source: Source) -> tuple[str, ...]:
    """Notices about a source that leave it standing, in plain words."""
    return tuple(f"{_NOTED[notice.kind]}{_when(notice)}" for notice in source.notices if notice.kind in _NOTED)


def fault(source: Source, resolutions: Sequence[Resolution]) -> str | None:
    """Why a source cannot stand as evidence, in plain words; None where it can.

    Parameters
    ----------
    resolutions
        Those of the references through which the source is cited: one that leads to it is enough.
    """
    notice = retraction(source)
    if notice:
        return f"{'was retracted' if notice.kind == 'retraction' else 'was withdrawn'}{_when(notice)}"
    statuses = [resolution.status for resolution in resolutions]
    if statuses and all(status in _NO_EVIDENCE for status in statuses):
        return _NO_EVIDENCE[statuses[0]]
    return None


def unsure(resolutions: Sequence[Resolution]) -> tuple[str, ...]:
    """What was not confirmed about the references, in plain words."""
    return tuple(dict.fromkeys(_unsure(one) for one in resolutions if one.status in _UNSURE))


def _unsure(resolution: Resolution) -> str:
    fields = ", ".join(
        f"{difference.field} ({difference.cited!r}, registered {difference.registered!r})"
        for difference in resolution.differences
    )
    words = _UNSURE[resolution.status]
    return f"{words} in {fields}" if resolution.status == "metadata differs" and fields else words


def _when(notice: Notice) -> str:
    tellers = ", ".join(notice.said_by)
    return f" on {notice.date} (said by {tellers})" if notice.date else f" (said by {tellers})"
