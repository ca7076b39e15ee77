"""What the numbers of an abstract show of its main result: how large, how sure, how even, how many were lost.

The main result is taken to be the first ratio or standardized difference that the abstract prints with its interval,
from its results on: authors put the primary outcome first (CONSORT for Abstracts, item 9). Later ones are not read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from kb.language.quantities import Quantity, quantities
from kb.model import Design, Trait
from kb.strength.grounds import TRIALS
from kb.strength.study.numbers import Told

LARGE = (0.5, 2.0)
"""Relative risks beyond these are a large effect (GRADE guidelines 9, Guyatt et al., J Clin Epidemiol 2011;64:1311)."""
LARGE_ODDS = (0.2, 5.0)
"""The same for ratios of odds: where the outcome is common they lie further from 1 than the ratio of risks, so that
only what GRADE calls very large counts."""
APPRECIABLE = (0.75, 1.25)
"""An interval that holds 1 and reaches one of these leaves appreciable benefit or harm open (GRADE guidelines 6, Guyatt
et al., J Clin Epidemiol 2011;64:1283)."""
APPRECIABLE_DIFFERENCE = 0.5
"""The same of a standardized difference that holds 0, in standard deviations (ibid.)."""
SMALL_DIFFERENCE = 0.2
"""Standardized differences below it are very small (Cohen, Statistical Power Analysis, 1988: 0.2 is small)."""
FEW_IN_TRIAL = 100
"""Fewer people than this in a trial of two arms are below 50 an arm, which the Cochrane Pain, Palliative and Supportive
Care group rates as a high risk of bias from size (Moore et al., Pain 2010;150:386)."""
FEW_IN_REVIEW = 400
"""Fewer people than this in all are below the optimal information size of a body of evidence by GRADE's rule of thumb
(GRADE guidelines 6)."""
UNEVEN = 50.0
"""I² in per cent above which heterogeneity may be substantial (Cochrane Handbook, 10.10.2: 50 to 90 %)."""
MANY_LOST = 20.0
"""Per cent lost beyond which a trial's result is in doubt (Sackett et al., Evidence-Based Medicine, 1997)."""

_RESULTS = re.compile(r"\b(?:results?|findings|main results)\s?(?:and [a-z]+\s?)?[:.—-]", re.IGNORECASE)
_RATIO = re.compile(
    r"\b(?:a|c)?(?:OR|RR|HR|IRR)s?\b|\b(?i:odds|risk|hazards?|rate)\s(?i:ratios?)\b|\b(?i:relative\srisks?)\b", re.ASCII
)
_ODDS = re.compile(r"\bodds\b|\ba?c?ORs?\b", re.IGNORECASE)
_DIFFERENCE = re.compile(
    r"\b(?:SMD|Hedges['’]?s? g|Cohen['’]s d|standardi[sz]ed mean differences?)\b[\s,:;=(]{0,4}(?:\(SMD\)\s?)?(?:of |"
    r"was |= ?)?(?P<value>[-−–]?\d?[.·]\d{1,3})[\s,;([]{1,3}(?:95\s?%\s?(?:CI|confidence "
    r"interval))?[\s:,;=(]{0,3}(?P<low>[-−–]?\d?[.·]\d{1,3})\s?(?:to|,|;|–|-|and)\s?(?P<high>[-−–]?\d?[.·]\d{1,3})\)?",
    re.IGNORECASE,
)
_PREDICTS = re.compile(
    r"\b(?:predict\w{0,4}|risk factors?|(?:factor|multivaria\w{1,3}|univaria\w{1,3}|regression) analys[ie]s|factors|"
    r"independent\w{0,2}|subgroup|likely to|associated with (?:higher|increased|lower))\b",
    re.IGNORECASE,
)
_SENTENCE = 250
_WINDOW = 90
_MOST_TRIED = 4
_UNEVEN = re.compile(
    r"\bI\s?\^?(?:2|²|-squared|\ssquared)\s?(?:statistics?\s?)?(?:=|:|>|≥|of|"
    r"was)?\s?(?P<value>\d{1,3}(?:[.·]\d{1,2})?)\s?%",
    re.IGNORECASE,
)
_LOST = re.compile(
    r"\b(?P<lost>\d{1,2}(?:\.\d)?)\s?%\)?\s(?:[\w-]+\s){0,4}?(?:(?:were|was)\s)?(?:lost to follow-?\s?up|dropped out|"
    r"withdrew|dropouts?|attrition)|\b(?:loss to follow-?\s?up|attrition|drop-?\s?out rate|"
    r"dropout)\s(?:rate\s)?(?:was|of)\s(?P<rate>\d{1,2}(?:\.\d)?)\s?%|"
    r"\b(?P<kept>\d{1,2}(?:\.\d)?)\s?%\)?\s(?:of\s)?(?:[\w-]+\s){0,4}?completed\s(?:the\s)?(?:study|trial|"
    r"follow-?\s?up)",
    re.IGNORECASE,
)
_NOT_SIGNIFICANT = re.compile(
    r"\bno (?:statistically )?significant(?:ly)? (?:[\w-]+ ){0,2}(?:differences?|effects?|improvements?|changes?|"
    r"associations?|reductions?|benefits?)\b|\b(?:did|does|do) not (?:differ|improve|reduce|increase|change|"
    r"affect) (?:\w+ ){0,3}significantly|\bnot (?:statistically )?significantly (?:different|differ|better|lower|"
    r"higher|associated|improve\w*|reduce\w*)|\b(?:was|were) not statistically significant\b|\b(?:did|"
    r"do) not significantly (?:\w+)",
)
_ASIDE = re.compile(
    r"[^.;]{0,60}\b(?:baseline|demographic\w?|characteristics|age|sex|gender|stage|adverse|side effects|"
    r"complications|safety)\b",
)
"""What is said behind "no significant differences" where they are not those that were sought."""
_SIGNIFICANT = re.compile(
    r"(?<!no )(?<!not )(?<!no statistically )(?<!not statistically )\bsignificant(?:ly)?\b(?! (?:others?|threshold|"
    r"level))|\bp\s?[<=]\s?0?\.0[0-4]",
)
_NOT_SIZED: frozenset[Design] = frozenset({"animal", "in vitro", "protocol", "editorial", "narrative review", "book"})


class _Result(NamedTuple):
    words: str
    value: float
    low: float
    high: float
    odds: bool
    predicts: bool
    """Whether it is said of one predictor among several, and not of what was compared."""


def numbered_traits(abstract: str, design: Design, people: Told | None) -> Iterator[Trait]:
    """Traits that the numbers of an abstract show.

    Parameters
    ----------
    people
        How many were studied, as ``kb.strength.study.numbers`` reads it.

    >>> [trait.kind for trait in numbered_traits("Results: RR 0.31 (95% CI 0.20 to 0.48).", "cohort", None)]
    ['large effect']
    """
    few = FEW_IN_REVIEW if design == "systematic review" else FEW_IN_TRIAL if design in TRIALS else 0
    if people and people.number < few:
        yield Trait(kind="few people", words=people.words)
    if design in _NOT_SIZED:
        return
    start = match.end() if (match := _RESULTS.search(abstract)) else 0
    yield from _of_ratio(abstract, start)
    yield from _of_difference(abstract, start)
    if design == "systematic review" and (match := _UNEVEN.search(abstract)) and _number(match["value"]) > UNEVEN:
        yield Trait(kind="heterogeneity", words=match.group())
    yield from _of_losses(abstract)
    yield from _of_nothing(abstract[start:])


def _of_nothing(results: str) -> Iterator[Trait]:
    lower = results.lower()
    if "significan" not in lower:
        return
    found = (match for match in _NOT_SIGNIFICANT.finditer(lower) if not _ASIDE.match(lower, match.end()))
    match = next(found, None)
    if match and not _SIGNIFICANT.search(_NOT_SIGNIFICANT.sub(" ", lower)):
        words = results if len(results) == len(lower) else lower
        yield Trait(kind="not significant", words=words[match.start() : match.end()])


def _of_ratio(abstract: str, start: int) -> Iterator[Trait]:
    result = _main_ratio(abstract, start)
    if not result:
        return
    small, large = LARGE_ODDS if result.odds else LARGE
    sure = (result.value > large and result.low > APPRECIABLE[1]) or (
        result.value < small and result.high < APPRECIABLE[0]
    )
    if sure and not result.predicts:
        yield Trait(kind="large effect", words=result.words)
    if result.low <= 1 <= result.high and (result.low <= APPRECIABLE[0] or result.high >= APPRECIABLE[1]):
        yield Trait(kind="wide interval", words=result.words)


def _main_ratio(abstract: str, start: int) -> _Result | None:
    for tried, match in enumerate(_RATIO.finditer(abstract, start)):
        if tried == _MOST_TRIED:
            return None
        window = abstract[match.start() : match.start() + _WINDOW]
        ratio = next((one for one in quantities(window)[:2] if one.kind == "ratio"), None)
        if ratio and ratio.interval and _sound(ratio):
            words = window[ratio.start : ratio.end]
            before = abstract[max(0, match.start() - _SENTENCE) : match.start()].rpartition(". ")[2]
            predicts = bool(_PREDICTS.search(before))
            return _Result(words, ratio.low or 0.0, *ratio.interval, bool(_ODDS.search(match.group())), predicts)
    return None


def _sound(ratio: Quantity) -> bool:
    low, high = ratio.interval or (0.0, 0.0)
    return ratio.low is not None and 0 < low <= ratio.low <= high


def _of_difference(abstract: str, start: int) -> Iterator[Trait]:
    named = any(name in abstract for name in ("SMD", "Cohen", "Hedges", "tandardi"))
    match = _DIFFERENCE.search(abstract, start) if named else None
    if not match:
        return
    value, low, high = (_number(match[name]) for name in ("value", "low", "high"))
    words = match.group()
    if low <= 0 <= high and (low <= -APPRECIABLE_DIFFERENCE or high >= APPRECIABLE_DIFFERENCE):
        yield Trait(kind="wide interval", words=words)
    elif abs(value) < SMALL_DIFFERENCE and not low <= 0 <= high:
        yield Trait(kind="small effect", words=words)


def _of_losses(abstract: str) -> Iterator[Trait]:
    named = any(name in abstract for name in ("lost", "oss to", "drop", "withdr", "ttrition", "complet"))
    for match in _LOST.finditer(abstract) if named else ():
        lost = 100 - _number(match["kept"]) if match["kept"] else _number(match["lost"] or match["rate"])
        if MANY_LOST < lost < 100:
            yield Trait(kind="losses", words=match.group())
            return


def _number(written: str) -> float:
    return float(re.sub(r"^[−–]", "-", written).replace("·", "."))
