"""One source out of what several say of a work.

Of each fact the word of the most trusted who says anything is taken. What registries differ on is shown beside it as
a disagreement and not settled in silence, and notices that several registries tell of are one notice with all tellers.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import msgspec

from ingest.resolve import match
from kb.graph import retraction
from kb.model import OWN_BIBLIOGRAPHY, Attribution, Disagreement, Notice, NoticeKind, Reference, Source

FACTS = (
    "doi",
    "pmid",
    "pmcid",
    "title",
    "authors",
    "year",
    "container",
    "type",
    "abstract",
    "full_text",
    "publication_types",
    "keywords",
    "mesh",
    "url",
    "cites",
    "notices",
)
"""The fields of a source that somebody says; the others are identity, or follow from these."""

ORDER = (
    "Crossref",
    "DataCite",
    "PubMed",
    "Europe PMC",
    "Europe PMC (full text)",
    "OpenAlex",
    "Retraction Watch",
    "doi.org",
)
"""Whose word on a fact is taken first. The agency that registered a DOI keeps the publisher's own record; whoever is
not named here, such as the author of the article, comes last."""

_BIOMEDICAL_FIRST = ("PubMed", "Europe PMC")
TRUST: Mapping[str, tuple[str, ...]] = {
    # Indexed by hand or deposited with its headings, where the agencies often hold none or one full of markup.
    "abstract": _BIOMEDICAL_FIRST,
    "pmid": _BIOMEDICAL_FIRST,
    "pmcid": _BIOMEDICAL_FIRST,
    "publication_types": _BIOMEDICAL_FIRST,
    "keywords": _BIOMEDICAL_FIRST,
}
"""Facts on which others come before ``ORDER``."""

KEEPS_NOTICES = frozenset({"Crossref", "PubMed", "Europe PMC", "OpenAlex"})
"""Registries of works that keep track of retractions: their silence about one is a fact that can be disagreed with.
Retraction Watch is a list of notices: a work that it lacks is one that it says nothing of."""

_ONCE: frozenset[NoticeKind] = frozenset({"retraction", "withdrawal"})
"""What happens to a work once, so that two tellers with two dates speak of one event."""


def source_from_reference(reference: Reference) -> Source:
    """The work as the author describes it."""
    own = reference.origin == "reference list"
    by = reference.origin if own else f"{OWN_BIBLIOGRAPHY} ({reference.origin})"
    facts = {name: getattr(reference, name) for name in FACTS if hasattr(reference, name)}
    said = Attribution(by=by, fields=tuple(name for name, value in facts.items() if value))
    return Source(id=reference.source, **facts, said=(said,) if said.fields else ())


def tellings_of(reference: Reference) -> tuple[Source, ...]:
    """What the author says of the work: on the list, and in the bibliography that lent what the list lacks."""
    whole = source_from_reference(reference)
    facts = {name: getattr(whole, name) for said in whole.said for name in said.fields}
    lent = {name: value for name, value in facts.items() if name in reference.lent}
    if not lent:
        return (whole,)
    own = {name: value for name, value in facts.items() if name not in lent}
    lender = f"{OWN_BIBLIOGRAPHY} ({reference.lender})"
    return tuple(
        Source(id=reference.source, **some, said=(Attribution(by=by, fields=tuple(some)),))
        for by, some in ((reference.origin, own), (lender, lent))
        if some
    )


def merged(identity: str, tellings: Iterable[Source]) -> Source:
    """One source out of what several say of it.

    Parameters
    ----------
    identity
        The id of the source.
    tellings
        What each says, with one attribution each; among those whom ``ORDER`` does not name, the first counts.

    Returns
    -------
    Source
        ``said`` names for each field the one whose word was taken, and for the notices everyone who told of any.
    """
    told = sorted((one for one in tellings if one.said), key=lambda one: _place(teller(one), ORDER))
    facts: dict[str, Any] = {}
    taken: dict[int, list[str]] = {}
    for name in FACTS[:-1]:
        sayers = [index for index, one in enumerate(told) if getattr(one, name)]
        if not sayers:
            continue
        first = sayers[0]
        if len(sayers) > 1:
            trusted = TRUST.get(name, ())
            first = min(sayers, key=lambda index: _place(teller(told[index]), trusted))
        facts[name] = getattr(told[first], name)
        taken.setdefault(first, []).append(name)
    for index, one in enumerate(told):
        if one.notices:
            taken.setdefault(index, []).append("notices")
    said = (
        Attribution(by=teller(told[index]), fields=tuple(names), asked=told[index].said[0].asked)
        for index, names in sorted(taken.items())
    )
    return Source(
        id=identity,
        **facts,
        notices=joined_notices(told, facts.get("doi")),
        disagreements=disagreements(told),
        said=tuple(said),
    )


def teller(telling: Source) -> str:
    """Who says what a telling holds."""
    return telling.said[0].by


def _place(name: str, order: Sequence[str]) -> int:
    return order.index(name) if name in order else len(order)


def joined_notices(tellings: Sequence[Source], own_doi: str | None = None) -> tuple[Notice, ...]:
    """The notices of all tellings, each once with everyone who told of it.

    Two are one where they are of one kind and name the same notice or, where one of them names none, agree on the
    date as far as both give one and are not told apart by one registry. For what happens only once the date does not
    matter. The date that is kept is that of the first, or a more exact one that agrees with it.

    Parameters
    ----------
    own_doi
        The DOI of the work itself: as the place of a notice it names none, since the work was marked in place.
    """
    found: list[Notice] = []
    for notices in _by_one_name(tellings):
        used: set[int] = set()
        for notice in notices:
            bare = msgspec.structs.replace(notice, doi=None if notice.doi == own_doi else notice.doi)
            place = _same_notice(bare, found, used)
            if place is None:
                place = len(found)
                found.append(bare)
            else:
                found[place] = _joined(found[place], bare)
            used.add(place)
    return tuple(found)


def _by_one_name(tellings: Sequence[Source]) -> Iterator[tuple[Notice, ...]]:
    """The notices of each telling, without those that a more trusted one calls otherwise (see ``disagreements``).

    A partial retraction is a correction to one registry and a retraction to another. But what may be the only
    retraction is kept under that name too.
    """
    retractions = {notice.doi for telling in tellings for notice in telling.notices if notice.kind in _ONCE}
    names: dict[str, frozenset[NoticeKind]] = {}
    for telling in tellings:
        own = _names(telling)
        names = {**own, **names}
        yield tuple(
            notice
            for notice in telling.notices
            if not notice.doi
            or names[notice.doi] & own[notice.doi]
            or (notice.kind in _ONCE and retractions == {notice.doi})
        )


def _names(telling: Source) -> dict[str, frozenset[NoticeKind]]:
    """What a telling calls each notice that it names."""
    dois = {notice.doi for notice in telling.notices if notice.doi}
    return {doi: frozenset(one.kind for one in telling.notices if one.doi == doi) for doi in dois}


def _same_notice(notice: Notice, found: Sequence[Notice], used: set[int]) -> int | None:
    alike = [place for place, known in enumerate(found) if known.kind == notice.kind]
    by_name = [place for place in alike if notice.doi and found[place].doi == notice.doi]
    by_date = [
        place
        for place in alike
        if not (notice.doi and found[place].doi)
        and (notice.kind in _ONCE or (place not in used and _agree(notice.date, found[place].date)))
    ]
    return next(iter([*by_name, *by_date]), None)


def _joined(known: Notice, other: Notice) -> Notice:
    more_exact = _agree(known.date, other.date) and len(other.date or "") > len(known.date or "")
    return msgspec.structs.replace(
        known,
        said_by=tuple(dict.fromkeys((*known.said_by, *other.said_by))),
        date=other.date if more_exact else known.date,
        doi=known.doi or other.doi,
        reasons=tuple(dict.fromkeys((*known.reasons, *other.reasons))),
    )


def _agree(one: str | None, other: str | None) -> bool:
    """Whether two dates are the same as far as both go; one that is not given contradicts nothing."""
    shared = min(len(one or ""), len(other or ""))
    return (one or "")[:shared] == (other or "")[:shared]


def disagreements(tellings: Sequence[Source]) -> tuple[Disagreement, ...]:
    """The facts on which registries differ: title, year, whether and when it was retracted, and what a notice is."""
    told = [one for one in tellings if teller(one) in ORDER]
    titles = [(teller(one), one.title) for one in told if one.title]
    years = [(teller(one), one.year) for one in told if one.year]
    standing = [(one, _retracted(one)) for one in told if teller(one) in KEEPS_NOTICES or _retracted(one)]
    dates = [(teller(one), notice.date) for one in told if (notice := retraction(one)) and notice.date]
    found: list[Disagreement] = []
    if any(match.title_similarity(titles[0][1], title) < match.SAME_TITLE for _, title in titles[1:]):
        found.append(Disagreement(field="title", says=tuple(titles)))
    if len({year for _, year in years}) > 1:
        found.append(Disagreement(field="year", says=tuple(years)))
    if len({retraction(one) is None for one, _ in standing}) > 1:
        found.append(Disagreement(field="retraction", says=tuple((teller(one), words) for one, words in standing)))
    if any(not _agree(dates[0][1], date) for _, date in dates[1:]):
        found.append(Disagreement(field="date of the retraction", says=tuple(dates)))
    return (*found, *_names_that_differ(told))


def _names_that_differ(told: Sequence[Source]) -> Iterator[Disagreement]:
    named = [(teller(one), _names(one)) for one in told]
    for doi in dict.fromkeys(notice.doi for one in told for notice in one.notices if notice.doi):
        says = [(name, names[doi]) for name, names in named if doi in names]
        if any(not kinds & says[0][1] for _, kinds in says):
            words = tuple((name, " and ".join(sorted(kinds))) for name, kinds in says)
            yield Disagreement(field=f"kind of the notice {doi}", says=words)


def _retracted(telling: Source) -> str:
    notice = retraction(telling)
    if notice:
        return "retracted" if notice.kind == "retraction" else "withdrawn"
    return "retraction undone" if any(one.kind in _ONCE for one in telling.notices) else ""
