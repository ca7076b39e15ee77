"""What came of checking a reference, in words and a line each: notices, differences, works that it may mean."""

from __future__ import annotations

from collections.abc import Iterator

from kb.language.naming import authors_and_year
from kb.model import Candidate, Difference, Disagreement, Notice, NoticeKind, Record, Resolution, Source
from kb.view.wording import NOTICES

_FIELDS = {"author": "first author", "container": "journal or book"}
_GRAVE: frozenset[NoticeKind] = frozenset({"retraction", "partial retraction", "withdrawal", "expression of concern"})
_VERSIONS: frozenset[NoticeKind] = frozenset({"new version", "published version", "preprint"})
_MOST_CANDIDATES = 3
_LONGEST = 160
"""Characters of one value; who needs the rest finds it in the JSON report."""


class Remark(Record, frozen=True, kw_only=True):
    """One line about a reference; ``grave`` where it may take the source's weight away."""

    text: str
    grave: bool = False


def remarks(resolution: Resolution, source: Source) -> tuple[Remark, ...]:
    """Everything that a reader should know of a reference, what weighs most first; empty where all is well."""
    return tuple(_remarks(resolution, source))


def _remarks(resolution: Resolution, source: Source) -> Iterator[Remark]:
    for notice in sorted(source.notices, key=lambda one: one.kind not in _GRAVE):
        yield Remark(text=notice_in_words(notice), grave=notice.kind in _GRAVE)
    for difference in resolution.differences:
        yield Remark(text=difference_in_words(difference), grave=resolution.status == "another work")
    for disagreement in source.disagreements:
        yield Remark(text=disagreement_in_words(disagreement))
    for candidate in resolution.candidates[:_MOST_CANDIDATES]:
        yield Remark(text=candidate_in_words(candidate))
    more = len(resolution.candidates) - _MOST_CANDIDATES
    if more > 0:
        yield Remark(text=f"or {more} more that {'fits' if more == 1 else 'fit'} less well")


def notice_in_words(notice: Notice) -> str:
    """What happened, when and who told of it; of another version also where it is found.

    >>> notice_in_words(Notice(kind="retraction", said_by=("Crossref", "PubMed"), date="2016-05-01"))
    'Retracted 2016-05-01, say Crossref and PubMed'
    """
    where = f"(doi:{notice.doi})" if notice.doi and notice.kind in _VERSIONS else ""
    what = " ".join(filter(None, (NOTICES[notice.kind], notice.date, where)))
    return f"{what}, {'say' if len(notice.said_by) > 1 else 'says'} {' and '.join(notice.said_by)}"


def difference_in_words(difference: Difference) -> str:
    """A field with both values.

    >>> difference_in_words(Difference(field="author", cited="Roe", registered="Poe"))
    'first author: cited “Roe”, registered “Poe”'
    """
    name = _FIELDS.get(difference.field, difference.field)
    return f"{name}: cited “{_clipped(difference.cited)}”, registered “{_clipped(difference.registered)}”"


def disagreement_in_words(disagreement: Disagreement) -> str:
    """Who says what.

    >>> says = (("Crossref", "2014"), ("PubMed", "2015"), ("OpenAlex", ""))
    >>> disagreement_in_words(Disagreement(field="year", says=says))
    'registries differ on the year: Crossref says “2014”, PubMed says “2015”, OpenAlex says nothing of it'
    """
    said = (f"{who} says {f'“{_clipped(what)}”' if what else 'nothing of it'}" for who, what in disagreement.says)
    return f"registries differ on the {disagreement.field}: {', '.join(said)}"


def candidate_in_words(candidate: Candidate) -> str:
    """A work that is offered, with its identifier and what speaks for and against it."""
    names = authors_and_year(candidate.authors, candidate.year)
    work = ", ".join(filter(None, (names, _clipped(candidate.title), _clipped(candidate.container))))
    identifier = f"doi:{candidate.doi}" if candidate.doi else f"PMID {candidate.pmid}" if candidate.pmid else ""
    why = f" ({_clipped(candidate.why)})" if candidate.why else ""
    return f"it may be {'; '.join(filter(None, (work, identifier)))}{why}"


def _clipped(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1].rstrip() + "…"
