"""What makes two sources one line of evidence, rule by rule, each answering with the reason in plain words."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cached_property

from kb.language.folding import fold
from kb.language.stance import content_words
from kb.model import Design, Notice, Source
from kb.strength.grounds import TELLERS
from kb.strength.standing import is_notice
from kb.strength.wording import label, listed, shortened

SHARED_NAMES = 3.0
"""Family names that two lists of authors must share to be one team, if that is a quarter of the shorter list; a common
family name counts half."""
FEWEST_SHARED = 2.0
"""The same where it is half of the shorter list, with a first or last author of both: one name alone is nothing."""
SHARED_TOPIC = 0.25
"""Share of the shorter title's content words that the other title must hold to be about the same."""
YEARS_APART = 5
SAME_PLAN = 0.5
"""The same share between a protocol's title and that of its study."""
_LONGEST = 1_000
_MOST_AUTHORS = 200
"""Authors that are compared: lists of whole collaborations run into the thousands."""

COMMON_NAMES = frozenset(
    """
    wang li zhang liu chen yang huang zhao wu zhou xu sun ma zhu hu guo he lin luo lee kim park choi jung kang
    nguyen tran pham singh kumar sharma gupta patel khan ahmed ali hussain smith jones brown williams johnson miller
    davis garcia martinez rodriguez lopez gonzalez silva santos tanaka suzuki sato takahashi ito yamamoto muller schmidt
    """.split()
)
"""Family names so common that sharing one says little."""

_VERSIONS = frozenset({"published version", "preprint", "new version"})
_ON_ANOTHER = frozenset({"retraction", "partial retraction", "withdrawal", "expression of concern", "correction"})
_COMMENTS = frozenset({"comment", "letter", "editorial"})
_TELLERS: frozenset[Design] = TELLERS - {"web page"}
"""What a web page tells, it may have found itself."""
_PREPRINTED = frozenset({"preprint", "posted-content"})
_NO_RESULT: frozenset[Design] = _TELLERS | {"systematic review", "protocol"}
"""What a systematic review may cite and cannot pool."""
_OPENING = 3
"""Words by whose sequence titles in titles are looked for."""
_NOT_TITLE = re.compile(
    r"\b(?:study )?protocol (?:for|of)\b|\b(?:study )?protocol\b|\brationale and design\b", re.IGNORECASE
)


class Facts:
    """A source with what it is compared by, each worked out once, most of it only where a rule asks."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.names = tuple(name for one in source.authors[:_MOST_AUTHORS] if (name := fold(one[:_LONGEST])))
        self.title = fold(source.title[:_LONGEST])
        self.ids = frozenset(
            one
            for one in (source.id, source.doi and f"doi:{source.doi.lower()}", source.pmid and f"pmid:{source.pmid}")
            if one
        )
        self.registrations = {fold(one).replace(" ", ""): one for one in source.study.registrations}
        self.cohorts = {fold(one): one for one in source.study.cohorts}

    @cached_property
    def topic(self) -> frozenset[str]:
        """The stems of what the title speaks of."""
        return frozenset(content_words(self.source.title[:_LONGEST]))

    @cached_property
    def types(self) -> frozenset[str]:
        """Its publication types and its type of work, in lower case."""
        return frozenset(one.strip().lower() for one in (*self.source.publication_types, self.source.type))

    @cached_property
    def is_comment(self) -> bool:
        """Whether it comments on another publication or is a notice about one."""
        comments = not self.types.isdisjoint(_COMMENTS) and self.source.design in {"unknown", "narrative review"}
        return comments or self.source.design == "editorial" or is_notice(self.source)

    @cached_property
    def only_tells(self) -> bool:
        """Whether it tells of studies and is none itself."""
        return self.source.design in _TELLERS or self.is_comment

    @property
    def tells_of(self) -> tuple[str, ...]:
        """What it cites, where that can make it one line of evidence with another source; nothing of a study."""
        return self.source.cites if self.only_tells or self.source.design == "systematic review" else ()

    @cached_property
    def keys(self) -> frozenset[str]:
        """Keys of which two sources share at least one where any of the rules here could hold."""
        source = self.source
        linked = (f"doi:{notice.doi.lower()}" for notice in source.notices if notice.doi)
        return frozenset(
            [
                *self.ids,
                *linked,
                *map(str.casefold, self.tells_of),
                *(f"registration {one}" for one in self.registrations),
                *(f"cohort {one}" for one in self.cohorts),
                *(f"author {name}" for name in self.names),
                *(f"title {opening}" for opening in self._openings()),
            ]
        )

    def _openings(self) -> list[str]:
        """The first words of the title; of a comment, which names another title somewhere in its own, all sequences."""
        words = self.title.split()
        starts = range(len(words) - _OPENING + 1)
        return [" ".join(words[at : at + _OPENING]) for at in (starts if self.is_comment else starts[:1])]


def kinship(one: Facts, other: Facts) -> str | None:
    """Why two sources are one line of evidence, whichever of them comes first; None where nothing shows that."""
    return next((why for rule in _RULES if (why := rule(one, other))), None)


def told_in(telling: Facts, told: Facts) -> str | None:
    """Why a work that is no study adds nothing to another source, as a review that tells of it or a comment on it."""
    if not telling.only_tells:
        return None
    if any(notice.doi and f"doi:{notice.doi.lower()}" in telling.ids for notice in _notices(told, _ON_ANOTHER)):
        return f"{label(telling.source)} is a notice about {label(told.source)}"
    if telling.is_comment and _names(telling.title, told.title):
        return f"{label(telling.source)} is on {label(told.source)}"
    if told.ids.intersection(telling.source.cites):
        return f"{label(telling.source)} tells of {label(told.source)}"
    return None


def _registered(one: Facts, other: Facts) -> str | None:
    shared = sorted(one.registrations[key] for key in one.registrations.keys() & other.registrations.keys())
    return f"the same registered study, {listed(shared)}" if shared else None


def _cohort(one: Facts, other: Facts) -> str | None:
    shared = sorted(one.cohorts[key] for key in one.cohorts.keys() & other.cohorts.keys())
    return f"the same people, {listed([shortened(name) for name in shared])}" if shared else None


def _versions(one: Facts, other: Facts) -> str | None:
    for first, second in ((one, other), (other, one)):
        if any(notice.doi and f"doi:{notice.doi.lower()}" in second.ids for notice in _notices(first, _VERSIONS)):
            return "two versions of the same work"
    posted = [_is_posted(one), _is_posted(other)]
    if any(posted) and one.title and one.title == other.title and set(one.names) & set(other.names):
        return "two versions of the same work, a preprint and the article"
    return None


def _pooled(one: Facts, other: Facts) -> str | None:
    for review, study in ((one, other), (other, one)):
        if review.source.design != "systematic review" or study.source.design in _NO_RESULT or study.is_comment:
            continue
        if study.ids.intersection(review.source.cites):
            return f"the review {label(review.source)} already takes in {label(study.source)}"
    return None


def _planned(one: Facts, other: Facts) -> str | None:
    for plan, study in ((one, other), (other, one)):
        if plan.source.design != "protocol" or study.source.design == "protocol" or study.only_tells:
            continue
        alike = _alike(_topic(plan), study.topic) >= SAME_PLAN
        if alike and _leading(plan, study) and not _registered_apart(plan, study):
            return f"{label(plan.source)} is the protocol of {label(study.source)}"
    return None


def _team(one: Facts, other: Facts) -> str | None:
    shared = [name for name in dict.fromkeys(one.names) if name in other.names]
    weight = sum(0.5 if name in COMMON_NAMES else 1.0 for name in shared)
    shorter = min(len(one.names), len(other.names))
    half = weight >= FEWEST_SHARED and 2 * len(shared) >= shorter and _leading(one, other)
    many = weight >= SHARED_NAMES and 4 * len(shared) >= shorter
    if not (many or half) or _registered_apart(one, other):
        return None
    if _alike(one.topic, other.topic) < SHARED_TOPIC and not _close(one.source.year, other.source.year):
        return None
    written = [name for name in one.source.authors if fold(name[:_LONGEST]) in shared]
    return f"the same team: {listed([shortened(name) for name in dict.fromkeys(written)])}"


_RULES: tuple[Callable[[Facts, Facts], str | None], ...] = (_registered, _cohort, _versions, _pooled, _planned, _team)
"""The plainest first: one reason is enough."""


def _notices(facts: Facts, kinds: frozenset[str]) -> list[Notice]:
    return [notice for notice in facts.source.notices if notice.kind in kinds]


def _registered_apart(one: Facts, other: Facts) -> bool:
    """Whether both are registered, and not under one number: two studies, though one team did both."""
    return bool(one.registrations and other.registrations and not one.registrations.keys() & other.registrations.keys())


def _is_posted(facts: Facts) -> bool:
    return facts.source.design == "preprint" or not facts.types.isdisjoint(_PREPRINTED)


def _names(title: str, other: str) -> bool:
    """Whether a title holds another one, which is long enough to be told from a common phrase."""
    return len(other.split()) >= _OPENING and title != other and f" {other} " in f" {title} "


def _topic(plan: Facts) -> frozenset[str]:
    return frozenset(content_words(_NOT_TITLE.sub(" ", plan.source.title[:_LONGEST])))


def _alike(one: frozenset[str], other: frozenset[str]) -> float:
    """The share of the shorter set that the other one holds, 0 to 1; fewer than two words in common are none."""
    shared = len(one & other)
    return shared / min(len(one), len(other)) if shared > 1 else 0.0


def _leading(one: Facts, other: Facts) -> bool:
    """Whether the first or last author of one is the first or last author of the other."""
    ends = [{facts.names[0], facts.names[-1]} if facts.names else set() for facts in (one, other)]
    return bool(ends[0] & ends[1])


def _close(one: str | None, other: str | None) -> bool:
    years = [int(year[:4]) for year in (one, other) if year and year[:4].isdecimal()]
    return len(years) == 2 and abs(years[0] - years[1]) <= YEARS_APART
