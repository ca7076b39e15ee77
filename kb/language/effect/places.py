"""Which sentence of an abstract decides about an outcome: what it covers, where it stands, whether it has results."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from typing import Literal, NamedTuple, TypeAlias

from kb.language.effect.cues import lowered
from kb.language.effect.numbers import P_VALUE
from kb.language.effect.terms import Arms, Target, root
from kb.language.effect.words import WAYS
from kb.language.sentences import sentences

Section: TypeAlias = Literal["title", "aim", "methods", "results", "conclusion", ""]

LONGEST = 1500
"""Characters of a sentence that are read; a longer one is a table or a list in one line."""

_SECTIONS: tuple[tuple[Section, re.Pattern[str]], ...] = (
    ("conclusion", re.compile(r"conclu|discussion|interpretation|significance|commentary|mean")),
    ("results", re.compile(r"result|find")),
    (
        "methods",
        re.compile(
            r"method|design|setting|participant|patients|subjects|intervention|measure|registr|funding|material|"
            r"electronic|procedure|analys"
        ),
    ),
    ("aim", re.compile(r"aim|objective|background|introduction|purpose|context|rationale|question|hypothes|why")),
    ("title", re.compile(r"title")),
)
"""The first of these whose words a heading holds."""
_HEADING = re.compile(r"\s{0,8}(?:ABSTRACT\.)?([A-Z][A-Za-z ,/&?'-]{2,60}):{1,2}\s{0,8}")
_LABEL = re.compile(
    r"(?:ABSTRACT\.)?(?:([A-Z][A-Za-z]{3,20}(?:\s(?:and|AND|&)\s[A-Za-z]{3,12}|\s[A-Za-z]{3,12}){0,2}):\s"
    r"|((?:Background|Introduction|Objectives?|Aims?|Purpose|Methods?|Results?|Findings|Conclusions?|Discussion|"
    r"Interpretation)|(?:BACKGROUND|OBJECTIVES?|AIMS?|PURPOSE|METHODS?|RESULTS?|FINDINGS|CONCLUSIONS?))\s(?=[A-Z0-9]))"
)
"""A heading at the start of a sentence, with a colon or, where tags were taken out, without one."""

_PLANS = re.compile(
    r"\b(?:aim(?:ed|s)?|objective|purpose|whether|hypothesi[sz]ed?|"
    r"to (?:determine|assess|evaluate|investigate|examine|compare|test|study|explore|describe|establish)|"
    r"we (?:investigated|assessed|evaluated|examined|compared|studied|tested|measured|aimed|sought)|"
    r"(?:were|was|is|are|will be) (?:then |also |randomly |prospectively )?(?:randomi[sz]ed|measured|assessed|assigned|"
    r"recorded|evaluated|included|collected|allocated|divided|enrolled|recruited|determined|analy[sz]ed|conducted|"
    r"performed|used|defined|calculated|monitored|investigated|obtained|noted)|"
    r"(?:outcomes?|end ?-?points?|parameters?|variables?|measures?|measurements?) "
    r"(?:of interest |measures? |variables? |parameters? )?(?:was|were|measured|assessed|included?|are|is|comprised))\b"
)
"""What a sentence says that tells of aims and methods."""
_COMPARES = re.compile(r"\b(?:vs\.?|versus|than|compared)(?![a-z])|±|\+/-|[0-9]%")
_DIFFERS = frozenset(
    "difference differences differ differed similar comparable effect significant significantly significance".split()
)
_WORD = re.compile(r"[^\W_]+(?:['-][^\W_]+)*")
_DIGIT = re.compile(r"[0-9]")
_FULL, _TOP = 0.95, 0.99
_LONG_SENTENCE = 40
"""Words."""


class Place(NamedTuple):
    """A sentence of a text and where it stands."""

    start: int
    end: int
    section: Section
    at: float
    """0 the first of its text, 1 the last."""
    lower: str
    words: tuple[str, ...]
    """In lower case, without stops."""
    roots: frozenset[str]


def places(text: str) -> list[Place]:
    """The sentences of a text with their sections, as its headings and labels tell."""
    found: list[tuple[int, int, Section]] = []
    section: Section = ""
    position = 0
    for line in text.split("\n"):
        heading = _HEADING.fullmatch(line)
        if heading:
            section = _section(heading[1])
        for span in [] if heading or not line.strip() else sentences(line):
            label = _LABEL.match(line, span.start, span.end)
            section = (_section(label[1] or label[2]) or section) if label else section
            found.append((position + span.start, min(position + span.end, position + span.start + LONGEST), section))
        if section == "title" and not heading and line.strip():
            section = ""
        position += len(line) + 1
    last = max(1, len(found) - 1)
    return [_place(text, *one, at / last) for at, one in enumerate(found)]


def _place(text: str, start: int, end: int, section: Section, at: float) -> Place:
    lower = lowered(text[start:end])
    words = tuple(_WORD.findall(lower))
    return Place(start, end, section, at, lower, words, frozenset(map(root, words)))


def _section(heading: str) -> Section:
    lower = heading.lower()
    return next((name for name, words in _SECTIONS if words.search(lower)), "")


def covered(asked: Target, given: Sequence[Place]) -> list[float]:
    """The share of an outcome's terms that each sentence holds, 0 … 1; rare terms count more."""
    held = [place.roots.union(*(asked.short[one] for one in place.words if one in asked.short)) for place in given]
    weights = {
        one: weight * math.log(1 + len(given) / (1 + sum(one in roots for roots in held)))
        for one, weight in asked.weights.items()
    }
    total = math.fsum(weights.values()) or 1.0
    return [math.fsum(weight for one, weight in weights.items() if one in roots) / total for roots in held]


def deciding(given: Sequence[Place], asked: Target, sides: Arms) -> list[dict[str, float]]:
    """Features of each sentence that tell whether it decides about an outcome; the weights are trained."""
    shares = covered(asked, given)
    most = max(shares, default=0.0) or 1.0
    roles = {word: sides.role(word) for word in {word for place in given for word in place.words}}
    mine = frozenset(word for word, role in roles.items() if role > 0)
    its = frozenset(word for word, role in roles.items() if role < 0)
    return [
        _features(
            place, share, share / most, asked, (not mine.isdisjoint(place.words), not its.isdisjoint(place.words))
        )
        for place, share in zip(given, shares, strict=True)
    ]


def _features(place: Place, share: float, near: float, asked: Target, named: tuple[bool, bool]) -> dict[str, float]:
    """The features of a sentence that covers a share of an outcome, and names the intervention or the comparator."""
    lower, words = place.lower, place.words
    plans = bool(_PLANS.search(lower))
    p_value = "p" in lower and bool(P_VALUE.search(lower))
    interval = " ci" in lower or "confidence" in lower
    differs = not _DIFFERS.isdisjoint(words)
    moves = any(word in WAYS and word not in asked.words for word in words)
    mine, its = named
    told = {
        "has a p-value": p_value,
        "has a direction": moves,
        "speaks of a difference": differs,
        "tells a plan": plans,
        "has no result": not (p_value or interval or moves or differs),
        "tells a plan without a result": plans and not (p_value or interval or differs),
        "has digits": bool(_DIGIT.search(lower)),
        "names both arms": mine and its,
        f"stands in {place.section or 'no section'}": True,
    }
    alone = {
        "has an interval": interval,
        "compares": bool(_COMPARES.search(lower)),
        "names the intervention": mine,
        "names the comparator": its,
        "covers nothing": share == 0,
        "covers all": share > _FULL,
        "covers most": near > _TOP,
        "holds the head": asked.head in place.roots,
        "late": place.at > 0.5,
    }
    return {
        "cover": share,
        "near": near,
        "near squared": near * near,
        "place": place.at,
        "place squared": place.at * place.at,
        "length": min(2.0, len(words) / _LONG_SENTENCE),
        **{name: 1.0 for name, holds in (told | alone).items() if holds},
        **{f"near and {name}": near for name, holds in told.items() if holds},
    }
