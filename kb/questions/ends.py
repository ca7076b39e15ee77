"""How the way from a statement ends at each work that it meets, and citations that lead back."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import NamedTuple

from kb.model import Design
from kb.questions.traced import End
from kb.questions.walk import follows
from kb.strength.grounds import TELLERS
from kb.strength.wording import named

SECONDARY: frozenset[Design] = TELLERS | {"systematic review", "protocol"}
"""Designs of works that are no study for sure; of an unknown design or a preprint that cannot be said."""
_CITES_NOTHING = frozenset({"book", "web page", "protocol"})
"""Designs of works of which no registry tells what they cite, or whose own findings are none."""


class Work(NamedTuple):
    """What decides how the way ends at a work."""

    design: Design
    known: bool
    cites: tuple[str, ...]
    more: int
    unmeant: str


def circles_of(works: Mapping[str, Work]) -> tuple[tuple[str, ...], ...]:
    """The groups of works each of which leads back to itself, nearest first."""
    import networkx

    among = networkx.DiGraph((name, cited) for name, work in works.items() for cited in work.cites)
    order = {name: place for place, name in enumerate(works)}
    groups = [sorted(group, key=order.__getitem__) for group in networkx.strongly_connected_components(among)]
    back = [tuple(group) for group in groups if len(group) > 1 or group[0] in works[group[0]].cites]
    return tuple(sorted(back, key=lambda group: order[group[0]]))


def ends_of(works: Mapping[str, Work], circles: Iterable[Sequence[str]]) -> dict[str, tuple[End, str]]:
    """How the way ends at each work, and that in words."""
    ways = _ways(works, circles)
    return {name: _sound_end(name, work, ways) or _lost_end(name, works, ways) for name, work in works.items()}


class _Ways(NamedTuple):
    """Works by where their citations lead."""

    to_studies: AbstractSet[str]
    pooling: AbstractSet[str]
    """Systematic reviews that lead to no study because it is not known which ones they pool."""
    to_pooling: AbstractSet[str]
    back: AbstractSet[str]
    """Those that lead back to themselves and nowhere else."""


def _ways(works: Mapping[str, Work], circles: Iterable[Sequence[str]]) -> _Ways:
    to_studies = _leading_to([name for name, work in works.items() if not follows(work.design)], works)
    pooling = {name for name, work in works.items() if _pools_unknown(work, works) and name not in to_studies}
    back = {name for circle in circles if _is_closed(circle, works) for name in circle}
    return _Ways(to_studies, pooling, _leading_to(pooling, works), back)


def _leading_to(ends: Collection[str], works: Mapping[str, Work]) -> set[str]:
    """These works, and all from which citations lead to one of them."""
    citing: defaultdict[str, list[str]] = defaultdict(list)
    for name, work in works.items():
        for cited in work.cites:
            citing[cited].append(name)
    found, ahead = set(ends), list(ends)
    while ahead:
        for name in citing[ahead.pop()]:
            if name not in found:
                found.add(name)
                ahead.append(name)
    return found


def _pools_unknown(work: Work, works: Mapping[str, Work]) -> bool:
    """Whether it is a systematic review of which no one can say from here which studies it pools."""
    told = bool(work.cites) and not work.more and all(works[cited].known for cited in work.cites)
    return work.design == "systematic review" and not work.unmeant and not told


def _is_closed(circle: Sequence[str], works: Mapping[str, Work]) -> bool:
    return all(not works[name].more and set(works[name].cites) <= set(circle) for name in circle)


def _sound_end(name: str, work: Work, ways: _Ways) -> tuple[End, str] | None:
    """The end of a work that is evidence or leads to some, and of one that is not the work which was meant."""
    if work.unmeant:
        return "dead end", work.unmeant
    if not follows(work.design):
        return "primary study", "primary study"
    if name in ways.pooling:
        unknown = "which studies it pools is not known"
        return "systematic review", f"{unknown}: it cites more than was followed" if work.more else unknown
    if name in ways.to_studies:
        return "", "leads to primary studies"
    return ("", "leads to a systematic review") if name in ways.to_pooling else None


def _lost_end(name: str, works: Mapping[str, Work], ways: _Ways) -> tuple[End, str]:
    """The end of a work from which no evidence is reached."""
    work = works[name]
    if not work.known:
        return "not known", "nothing is known of it"
    if work.more:
        return "cut", "cites more than was followed"
    if not work.cites and work.design in _CITES_NOTHING:
        return "dead end", f"the way ends in {named(work.design)}"
    if not work.cites:
        return "not known", "what it cites is not known"
    if name in ways.back:
        return "circle", "cites nothing but what leads back to it"
    if all(works[one].design in SECONDARY for one in (name, *work.cites)):
        return "amplification", "cites only reviews and the like: repetition, not evidence"
    known, all_told = sum(works[cited].known for cited in work.cites), len(work.cites)
    if not known:
        return "not known", f"nothing is known of the {f'{all_told} works' if all_told > 1 else 'work'} that it cites"
    return (
        "not known",
        f"of {all_told} works that it cites {known} {_be(known)} known, and none leads to a study so far",
    )


def _be(number: int) -> str:
    return "is" if number == 1 else "are"
