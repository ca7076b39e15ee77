"""Provisional certainty of the evidence for one statement, in GRADE's terms.

A body of randomized trials starts high, one of observational studies low. Five domains move it down, by two steps each
at most; a large effect or a dose-response moves an observational body up, and only where nothing moved it down. Source:
Guyatt et al., "GRADE: an emerging consensus on rating quality of evidence and strength of recommendations", BMJ
2008;336:924. GRADE rates a body of evidence for one outcome after reading it. What is seen here is metadata and at most
a text that a program read, so only what those can show counts, and where nothing was found to bear the statement out
there is no certainty to speak of. GRADE lets bodies of observational studies on prognosis and of test accuracy start
high where they were appraised; here, where nobody appraised them, they start low.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence, Set
from typing import NamedTuple

from kb.model import Certainty, Design, EvidenceLine, Question, Source, Statement, TraitKind
from kb.strength.grounds import (
    DOMAINS,
    EFFECTS,
    OBSERVATIONAL,
    TELLERS,
    TRAITS,
    Domain,
    Found,
    grounds_of,
    in_laboratory,
)
from kb.strength.independence import lines_of
from kb.strength.level import LEVELS, NO_STUDY
from kb.strength.standing import is_notice
from kb.strength.wording import listed, named

SCALE: tuple[Certainty, ...] = ("very low", "low", "moderate", "high")
_HIGH, _LOW = 3, 1
MOST_STEPS = 2
"""How far one domain moves a certainty: "serious" is one step, "very serious" two."""
ENOUGH = 400
"""Fewer people than this in the whole body are few: the rule of thumb for continuous outcomes in Guyatt et al., "GRADE
guidelines 6. Rating the quality of evidence: imprecision", J Clin Epidemiol 2011;64:1283."""
_BY_CHANCE: frozenset[Question | None] = EFFECTS | {None}
"""Questions that assigning people by chance answers; for any other a trial is followed like a cohort."""
_RAISING: Mapping[TraitKind, str] = {
    "large effect": "the effect is large",
    "dose-response": "more of it goes with more effect (dose-response)",
}
_VERY_LARGE = re.compile(
    r"\bvery large\b|\bdramatic|\b(?:[5-9]|[1-9]\d)(?:\.\d{1,3})?[- ]?(?:fold|times)\b"
    r"|\b(?:ratio|(?-i:RR|OR|HR))\b\D{0,12}(?:[5-9]|[1-9]\d|0\.[01])(?:\.\d|\d){0,3}\b(?!\.?\d|\s?%)",
    re.IGNORECASE,
)
"""Words of a very large effect: GRADE's relative risk above 5 or below 0.2."""
_LIMITS: Mapping[Domain, str] = {
    "risk of bias": "how it was done, or what was published about it, leaves room for bias",
    "inconsistency": "the results do not agree with each other",
    "indirectness": "what was studied is not quite what the statement speaks of",
    "imprecision": "too little evidence stands behind it to be sure of the result",
    "publication bias": "results may be missing that were never published",
}
_STARTS_LOW = "no randomized trial is among them, so other differences between people may explain the result"
_UNTOLD = "nothing at hand tells that the review is of randomized trials"
_READ: Mapping[frozenset[str], str] = {
    frozenset({"abstract"}): "the abstract, which is all that was read,",
    frozenset({"full text"}): "the text",
}
"""Designs that tell of studies; a protocol, or a preprint of who knows what, does not even that."""


class Rating(NamedTuple):
    """A provisional certainty, the steps that led there, and why it is neither higher nor lower."""

    certainty: Certainty | None
    reasons: tuple[str, ...] = ()
    not_higher: tuple[str, ...] = ()
    not_lower: tuple[str, ...] = ()


class _Step(NamedTuple):
    domain: Domain
    steps: int
    words: str


_Body = Sequence[tuple[EvidenceLine, Source]]


def certainty_of(statement: Statement, body: _Body) -> Rating:
    """The provisional certainty of the evidence that speaks for a statement.

    Of the sources that support it, those of the strongest designs carry the certainty; a doubt counts where it holds
    for all of them, as one that is free of it outweighs the rest.

    Parameters
    ----------
    body
        The lines that can stand as evidence, each with its source, whatever their direction.

    Returns
    -------
    Rating
        Without a certainty where no line supports the statement, or none of a design that can be rated.
    """
    support = [(line, source) for line, source in body if line.direction == "supports"]
    rated = [(line, source) for line, source in support if _is_rated(statement.question, source)]
    if not support:
        return Rating(None)
    if not rated:
        return Rating(None, (_unrated(statement.question, [source for _, source in support]),))
    start = max(_start(statement.question, source) for _, source in rated)
    carrying = [(line, source) for line, source in rated if _start(statement.question, source) == start]
    found = [grounds_of(statement, source, line.concerns) for line, source in carrying]
    steps = _steps([source for _, source in carrying], found, any(line.direction == "disputes" for line, _ in body))
    # Only observational studies move up, so only where nothing speaks against them.
    raised = [] if steps or start == _HIGH else _raised([source for _, source in carrying])
    after = start - sum(step.steps for step in steps) + sum(step for step, _ in raised)
    certainty = SCALE[min(max(after, 0), _HIGH)]
    begins = listed(list(dict.fromkeys(_described(source) for _, source in carrying)))
    return Rating(
        certainty,
        (f"provisional certainty starts {SCALE[start]}: {begins}", *_told(steps), *_told_up(raised)),
        _not_higher(statement.question, certainty, start, steps, carrying),
        _not_lower(certainty, begins, found, steps, {line.read for line, _ in carrying}),
    )


def _of_trials(source: Source) -> bool:
    """Whether a review is known to be one of randomized trials, and of no other studies."""
    kinds = {trait.kind for trait in source.study.traits}
    return "randomized trials" in kinds and "observational studies" not in kinds


def _is_rated(question: Question | None, source: Source) -> bool:
    if source.design == "unknown" or source.design in NO_STUDY or is_notice(source):
        return False
    return question is None or source.design in LEVELS[question]


def _start(question: Question | None, source: Source) -> int:
    by_chance = source.design == "randomized trial" or (source.design == "systematic review" and _of_trials(source))
    return _HIGH if by_chance and question in _BY_CHANCE and not in_laboratory(source) else _LOW


def _described(source: Source) -> str:
    if source.design != "systematic review":
        return named(source.design)
    kinds = {trait.kind for trait in source.study.traits}
    if "observational studies" in kinds:
        return "a systematic review that is not of randomized trials alone"
    return f"a systematic review {'of' if _of_trials(source) else 'not known to be of'} randomized trials"


def _unrated(question: Question | None, sources: Sequence[Source]) -> str:
    """Why sources that support a statement give no certainty."""
    told = [source.design for source in sources if source.design in TELLERS]
    if len(told) == len(sources):
        kinds = listed(list(dict.fromkeys(map(named, told))))
        return f"no certainty: secondary sources only ({kinds}), and not the studies that they tell of"
    if all(source.design == "unknown" or source.design in NO_STUDY or is_notice(source) for source in sources):
        return "no certainty: no source that supports it has a known study design"
    return f"no certainty: no source that supports it is of a design that is rated for a question of {question}"


def _steps(sources: Sequence[Source], found: Sequence[Sequence[Found]], disputed: bool) -> list[_Step]:
    """The steps down, one a domain, in the order of the domains; ``found`` are the grounds of each source."""
    of_body, steps = _of_body(sources, disputed), []
    for domain in DOMAINS:
        able = [grounds for source, grounds in zip(sources, found, strict=True) if _can_show(domain, source)]
        shared = min((_of_domain(grounds, domain) for grounds in able), key=_weight, default=[])
        all_found = [*shared, *((1, words) for about, words in of_body if about == domain)]
        few = TRAITS["few people"].words
        kept = {few if words.startswith(few) else words: (step, words) for step, words in all_found}.values()
        if kept:
            words = "; ".join(words for _, words in kept)
            steps.append(_Step(domain, min(_weight(kept), MOST_STEPS), words))
    return steps


def _can_show(domain: Domain, source: Source) -> bool:
    """Whether a source could show a doubt of this domain: one that cannot is not free of it."""
    return source.design == "systematic review" or domain not in {"inconsistency", "publication bias"}


def _of_domain(found: Iterable[Found], domain: Domain) -> list[tuple[int, str]]:
    return [(one.ground.certainty, one.words) for one in found if one.ground.domain == domain and one.ground.certainty]


def _weight(found: Iterable[tuple[int, str]]) -> int:
    return sum(step for step, _ in found)


def _of_body(sources: Sequence[Source], disputed: bool) -> list[tuple[Domain, str]]:
    """What only the body as a whole shows: one step each."""
    found: list[tuple[Domain, str]] = [("inconsistency", "sources disagree")] if disputed else []
    lines = lines_of(sources)
    reviews = [source for source in sources if source.design == "systematic review" and source.study.studies != 1]
    if len(lines) == 1 and not reviews:
        found.append(("imprecision", "it rests on a single study"))
    people = _people(sources, [line.sources for line in lines])
    if people is not None and people < ENOUGH:
        found.append(("imprecision", f"{TRAITS['few people'].words} ({people})"))
    return found


def _people(sources: Sequence[Source], lines: Sequence[Sequence[str]]) -> int | None:
    """How many people stand behind the body, those of one line counted once; None where that is not known."""
    told = {source.id: source.study.participants for source in sources if not in_laboratory(source)}
    counts = [[count for one in line if (count := told.get(one)) is not None] for line in lines]
    return sum(map(max, counts)) if counts and all(counts) else None


def _raised(sources: Sequence[Source]) -> list[tuple[int, str]]:
    """Steps up that every source of an observational body bears out."""
    raising: frozenset[Design] = OBSERVATIONAL | {"non-randomized trial", "systematic review"}
    if any(source.design not in raising or in_laboratory(source) for source in sources):
        return []
    shown = [{trait.kind: trait.words for trait in source.study.traits} for source in sources]
    found = []
    for kind, words in _RAISING.items():
        if all(kind in traits for traits in shown):
            very = kind == "large effect" and all(_VERY_LARGE.search(traits[kind]) for traits in shown)
            found.append((2 if very else 1, f"{words} (“{shown[0][kind]}”)"))
    return found


def _told(steps: Iterable[_Step]) -> list[str]:
    return [f"certainty down {_counted(step.steps)} for {step.domain}: {step.words}" for step in steps]


def _told_up(raised: Iterable[tuple[int, str]]) -> list[str]:
    return [f"certainty up {_counted(steps)}: {words}" for steps, words in raised]


def _counted(steps: int) -> str:
    return "one step" if steps == 1 else "two steps"


def _not_higher(
    question: Question | None, certainty: Certainty, start: int, steps: Sequence[_Step], carrying: _Body
) -> tuple[str, ...]:
    if certainty == SCALE[_HIGH]:
        return ()
    limits = [_LIMITS[step.domain] for step in steps]
    if start == _LOW:
        limits.insert(0, _why_low(question, [source for _, source in carrying]))
    return tuple(f"not higher: {limit}" for limit in limits)


def _why_low(question: Question | None, sources: Sequence[Source]) -> str:
    """Why a body that starts low does."""
    if all(map(in_laboratory, sources)):
        return "studies in animals or in the laboratory start low"
    if question not in _BY_CHANCE:
        return f"what nobody appraised on {question} starts low"
    untold = all(source.design == "systematic review" and not source.study.traits for source in sources)
    return _UNTOLD if untold else _STARTS_LOW


def _not_lower(
    certainty: Certainty, begins: str, found: Sequence[Sequence[Found]], steps: Sequence[_Step], read: Set[str]
) -> tuple[str, ...]:
    if certainty == SCALE[0]:
        return ()
    moved = {step.domain for step in steps}
    in_some = {one.ground.domain for grounds in found for one in grounds if one.ground.certainty} - moved
    clean = [domain for domain in _LIMITS if domain not in moved | in_some]
    where = _READ.get(frozenset(read), "what is at hand")
    some = listed([domain for domain in _LIMITS if domain in in_some], len(_LIMITS))
    return (
        f"not lower: it rests on {begins}",
        *([f"not lower: {some} concerns some of its sources, and not all"] if some else []),
        *([f"not lower: nothing in {where} speaks of {listed(clean, len(_LIMITS), 'or')}"] if clean else []),
    )
