"""Whether a cited source can stand as evidence: found, the work that was meant, and not retracted.

A correction is no retraction; what was reinstated after its retraction stands; that a registry did not answer says
nothing against a source; and a notice is not the article that it retracts.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from kb.graph import retraction
from kb.model import OWN_BIBLIOGRAPHY, Notice, NoticeKind, Resolution, ResolutionStatus, Source
from kb.strength.wording import listed, shortened

_IN_DOUBT: Mapping[NoticeKind, str] = {
    "expression of concern": "an expression of concern was published about it",
    "partial retraction": "a part of it was retracted",
}
_NOTED: Mapping[NoticeKind, str] = {
    "correction": "a correction, which is no retraction, was published",
    "reinstatement": "its retraction was undone",
    "new version": "a newer version of it was published",
    "published version": "it is a preprint that was published since",
}
NO_EVIDENCE: Mapping[ResolutionStatus, str] = {
    "not found": "no such work is registered under the identifier that is given",
    "another work": "the identifier that is given belongs to another work",
}
"""Outcomes of looking a reference up that leave it no work to stand on, in plain words."""
UNSETTLED: frozenset[ResolutionStatus] = frozenset({"unreachable", "not attempted"})
"""Outcomes without an answer of any registry: they say nothing against what was known before."""
_UNSURE: Mapping[ResolutionStatus, str] = {
    "metadata differs": "the reference and the registered work differ",
    "ambiguous": "it is not clear which registered work the reference means",
    "unreachable": "the registry could not be reached, so the reference was not confirmed",
    "not attempted": "no registry was asked, so the reference was not confirmed",
}
_NOTICE_TYPES = frozenset(
    {
        "retraction of publication",
        "retraction notice",
        "retraction",
        "published erratum",
        "erratum",
        "correction",
        "corrigendum",
        "expression of concern",
    }
)
"""Publication types and types of work of a notice: PubMed's, Crossref's, OpenAlex's."""
_RETRACTED = "retracted publication"
_NOTICE_TITLE = re.compile(
    r"\W{0,3}(?:(?:notice of |statement of )?retraction(?: notice| note)?(?: to| of| for)?\s{0,2}:|retraction notice\b"
    r"|notice of (?:retraction|withdrawal)\b|(?:editorial )?expression of concern\b|(?:erratum|corrigendum)\b"
    r"|(?:author |publisher )?correction(?: to| of| for)?\s{0,2}:)",
    re.IGNORECASE,
)
"""How notices are titled; "RETRACTED: …" is the title of the retracted article itself."""


_TELLING: Mapping[str, str] = {
    "abstract": "abstract",
    "publication_types": "publication types",
    "keywords": "keywords",
}
"""Facts that say what a source is and what it found."""


def doubts(source: Source) -> tuple[str, ...]:
    """What was published against a source, short of its retraction, in plain words."""
    return tuple(f"{_IN_DOUBT[notice.kind]}{_when(notice)}" for notice in source.notices if notice.kind in _IN_DOUBT)


def origin(source: Source) -> tuple[str, ...]:
    """Which facts that a judgement rests on come from the author's own bibliography alone, in plain words."""
    return tuple(
        f"its {listed([_TELLING[name] for name in said.fields if name in _TELLING])} {_come(said.fields)} {said.by}, "
        "and from no registry"
        for said in source.said
        if said.by.startswith(OWN_BIBLIOGRAPHY) and not _TELLING.keys().isdisjoint(said.fields)
    )


def _come(fields: Sequence[str]) -> str:
    return "comes from" if set(fields) & _TELLING.keys() == {"abstract"} else "come from"


def notes(source: Source) -> tuple[str, ...]:
    """Notices about a source that leave it standing, in plain words."""
    own = ("it is itself a notice about another publication, and no study",) if is_notice(source) else ()
    return (*own, *(f"{_NOTED[notice.kind]}{_when(notice)}" for notice in source.notices if notice.kind in _NOTED))


def is_notice(source: Source) -> bool:
    """Whether a source is itself a retraction, a correction or another notice about a publication.

    >>> [is_notice(Source(id="x", title=title)) for title in ("Retraction: Thyme for knees", "RETRACTED: Thyme")]
    [True, False]
    """
    types = {one.strip().lower() for one in (*source.publication_types, source.type)}
    if _RETRACTED in types:
        return False
    return not types.isdisjoint(_NOTICE_TYPES) or bool(_NOTICE_TITLE.match(source.title))


def fault(source: Source, resolutions: Sequence[Resolution], written: str | None = None) -> str | None:
    """Why a source cannot stand as evidence, in plain words; None where it can.

    Parameters
    ----------
    resolutions
        Those of the references through which the source is cited: one that leads to it is enough.
    written
        The article's date as its author gives it; where it is known, a retraction is told to be earlier or later.
    """
    # What tells of a retraction under the notice's own identifier tells of the article that the notice is about.
    notice = retraction(source) if source.notices and not is_notice(source) else None
    if notice:
        what = "was retracted" if notice.kind == "retraction" else "was withdrawn"
        return f"{what}{_on(notice)}{_against(notice, written)}{_tellers(notice)}"
    statuses = [resolution.status for resolution in resolutions]
    if statuses and all(status in NO_EVIDENCE for status in statuses):
        return NO_EVIDENCE[statuses[0]]
    return None


def unsure(resolutions: Sequence[Resolution]) -> tuple[str, ...]:
    """What was not confirmed about the references, in plain words."""
    return tuple(dict.fromkeys(_unsure(one) for one in resolutions if one.status in _UNSURE))


def _unsure(resolution: Resolution) -> str:
    fields = listed(
        [
            f"{one.field} ({shortened(one.cited)!r}, registered {shortened(one.registered)!r})"
            for one in resolution.differences
        ]
    )
    words = _UNSURE[resolution.status]
    return f"{words} in {fields}" if resolution.status == "metadata differs" and fields else words


def _when(notice: Notice) -> str:
    return f"{_on(notice)}{_tellers(notice)}"


def _on(notice: Notice) -> str:
    if not notice.date:
        return ""
    return f" {'on' if len(notice.date) == len('2016-05-01') else 'in'} {notice.date}"


def _tellers(notice: Notice) -> str:
    return f" (said by {', '.join(map(shortened, notice.said_by))})" if notice.said_by else ""


def _against(notice: Notice, written: str | None) -> str:
    """Whether a notice came before or after the article, as far as both dates go; nothing where they do not tell."""
    day = iso_date(written or "")
    shared = min(len(notice.date or ""), len(day or ""))
    if not day or not notice.date or notice.date[:shared] == day[:shared]:
        return ""
    return f", {'before' if notice.date[:shared] < day[:shared] else 'after'} this article was written ({day})"


def iso_date(text: str) -> str | None:
    """The date that an author's words give, ISO 8601 as far as it goes; a year where only that can be told.

    >>> iso_date("2019-03-04T10:00"), iso_date("4 March 2019"), iso_date("between 2018 and 2019")
    ('2019-03-04', '2019', None)
    """
    found = re.match(r"\s*(\d{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?)(?![\d–/-])", text)
    if found:
        return found.group(1)
    years = set(re.findall(r"(?<!\d)(?:19|20)\d\d(?!\d)", text))
    return years.pop() if len(years) == 1 else None
