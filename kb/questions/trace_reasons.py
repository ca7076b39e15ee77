"""What a trace comes to, in a few plain sentences."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from kb.language.counting import count, plural
from kb.language.places import where
from kb.questions.ends import SECONDARY
from kb.questions.stated import Stated
from kb.questions.traced import End, Step
from kb.questions.walk import follows
from kb.strength.wording import MOST, listed, named, shortened


def reasons_of(
    steps: Sequence[Step], circles: Iterable[Sequence[str]], leans_on: Sequence[Stated], goes_beyond: str
) -> tuple[str, ...]:
    """The way from a statement, told from its sources to where it ends.

    Parameters
    ----------
    steps, circles, leans_on, goes_beyond
        Those of the trace.
    """
    by_id = {step.source: step for step in steps}
    by_end: dict[End, list[Step]] = {}
    for step in steps:
        by_end.setdefault(step.end, []).append(step)
    return (
        *_of_leaning(leans_on, goes_beyond),
        *_of_sources([step for step in steps if step.depth == 0]),
        *_of_ways(steps, by_id),
        *_of_ends(by_end),
        *(_of_circle([by_id[name] for name in circle]) for circle in circles),
        *_of_unknown(by_end.get("not known", [])),
        *_of_retracted(_labels(step for step in steps if step.retracted)),
    )


def _of_leaning(leans_on: Sequence[Stated], goes_beyond: str) -> Iterator[str]:
    if leans_on:
        through = "" if len(leans_on) == 1 else f", over {len(leans_on) - 1} more"
        place = where(leans_on[-1].line, leans_on[-1].place)
        yield f"it has no source of its own and leans on the statement in {place}{through}, whose sources these are"
    if goes_beyond:
        yield f"it goes beyond what it leans on: {goes_beyond}"


def _of_sources(own: Sequence[Step]) -> Iterator[str]:
    """How many of the statement's own sources are studies."""
    if not own:
        yield "no source is cited, so there is nothing to follow"
    elif len(own) == 1:
        step = own[0]
        what = named(step.design) if step.design != "unknown" else "of a design that is not known"
        study = ", a primary study" if step.end == "primary study" else ""
        yield f"its only source, {shortened(step.label)}, is {what}{study}"
    else:
        studies = sum(step.end == "primary study" for step in own)
        reviews = sum(step.design == "systematic review" for step in own)
        unknown = sum(step.design == "unknown" for step in own)
        none = "none is known to be a primary study" if unknown else "none is a primary study"
        told = [_are(studies, "primary study") if studies else none]
        told += [_are(reviews, "systematic review")] if reviews else []
        told += [f"of {unknown} the design is not known"] if unknown else []
        yield f"of {len(own)} sources, {', '.join(told)}"


def _of_ways(steps: Sequence[Step], by_id: Mapping[str, Step]) -> Iterator[str]:
    """Through which sources studies are reached that the statement does not cite itself; and where none is reached."""
    own = any(step.end == "primary study" for step in steps if step.depth == 0)
    study = "more primary study" if own else "primary study"
    ways = [step for step in steps if step.depth == 0 and step.end == "" and follows(step.design)]
    for step in ways[:MOST]:
        studies = [one for one in _beyond(step, by_id) if one.end == "primary study" and one.depth]
        if studies:
            yield f"through {shortened(step.label)} it reaches {count(len(studies), study)}"
    if len(ways) > MOST:
        yield f"and so on through {count(len(ways) - MOST, 'other source')}"
    reached = [step for step in steps if step.end == "primary study"]
    if steps and not reached:
        yield f"no primary study is reached{', as far as is known' if any(map(_is_open, steps)) else ''}"
    elif len(ways) > 1:
        yield f"in all it reaches {count(len(reached), 'primary study')}"


def _is_open(step: Step) -> bool:
    return step.end in ("not known", "systematic review", "cut")


def _beyond(step: Step, by_id: Mapping[str, Step]) -> list[Step]:
    """All that citations lead to from a work."""
    found, ahead = {step.source: step}, [step]
    while ahead:
        for name in ahead.pop().cites:
            if name not in found:
                found[name] = by_id[name]
                ahead.append(by_id[name])
    return list(found.values())[1:]


def _of_ends(by_end: Mapping[End, Sequence[Step]]) -> Iterator[str]:
    pooling = _labels(by_end.get("systematic review", ()))
    if pooling:
        reviews, pool = (
            ("the systematic review", "it pools") if len(pooling) == 1 else ("the systematic reviews", "they pool")
        )
        yield f"which studies {pool} is not known of {reviews} {listed(pooling)}"
    repeating = _labels(by_end.get("amplification", ()))
    if repeating:
        cite = "cites" if len(repeating) == 1 else "cite"
        yield f"{listed(repeating)} {cite} only reviews and the like, which lead to no study: repetition, not evidence"
    for step in by_end.get("dead end", ())[:MOST]:
        yield f"{shortened(step.label)}: {step.why}"
    cut = _labels(by_end.get("cut", ()))
    if cut:
        yield f"{listed(cut)} {'cites' if len(cut) == 1 else 'cite'} more than was followed"


def _of_circle(works: Sequence[Step]) -> str:
    labels = _labels(works)
    each = "each other" if len(works) == 2 else "one another in a circle"
    told = f"{listed(labels)} cite {each}" if len(works) > 1 else f"{labels[0]} cites itself"
    if any(step.end != "circle" for step in works):
        return told
    repeating = ": repetition, not evidence" if all(step.design in SECONDARY for step in works) else ""
    return f"{told} and nothing else{repeating}"


def _of_unknown(steps: Sequence[Step]) -> Iterator[str]:
    blank = _labels([step for step in steps if not step.known])
    if blank:
        yield f"nothing is known of {listed(blank) if len(blank) == 1 else f'{len(blank)} works on the way'}"
    silent = _labels([step for step in steps if step.known and not step.cites])
    if silent:
        yield f"nothing is known of what {listed(silent)} {'cites' if len(silent) == 1 else 'cite'}"
    partly = _labels([step for step in steps if step.cites])
    if partly:
        cites = "cites" if len(partly) == 1 else "cite"
        yield f"of what {listed(partly)} {cites} too little is known to tell whether it leads to a study"


def _of_retracted(labels: Sequence[str]) -> Iterator[str]:
    if labels:
        yield f"{listed(labels)} {'was' if len(labels) == 1 else 'were'} retracted or withdrawn"


def _labels(steps: Iterable[Step]) -> list[str]:
    return [shortened(step.label) for step in steps]


def _are(number: int, what: str) -> str:
    """How many of them are something: "1 is a cohort", "2 are cohorts"."""
    return f"1 is a {what}" if number == 1 else f"{number} are {plural(what)}"
