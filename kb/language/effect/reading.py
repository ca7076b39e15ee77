"""Which way a sentence says that an outcome went: its clues, and as features for the weights that are trained."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Literal

from kb.language.effect.cues import Cue, cues
from kb.language.effect.frame import Frame, frame, weight
from kb.language.effect.numbers import Clue, number_clues
from kb.language.effect.terms import Arms, Target

SIGNED = "way"
"""What the names of signed features start with."""
_STRONG = frozenset("significant significantly markedly substantially dramatically considerably strongly".split())
_GROUPS = ("between", "both", "among", "groups")
_LOOK_AHEAD = 60
"""Characters behind a cue of no difference within which the groups are named."""
_BACK = 2.0
"""How far away a cue counts that refers back to the outcome, in words."""
_SAME_KINDS = (
    ("a trend", ("trend", "tend")),
    ("similar", ("similar", "compar", "equi", "equal", "the same", "as ")),
)
BETTER = "better"
_BETTER = {-1: f"{BETTER}, where less is good", 0: BETTER, 1: f"{BETTER}, where more is good"}
NEAREST_WAY = f"{SIGNED} of the nearest cue"


def clues(sentence: str, asked: Target, sides: Arms, pole: Literal[-1, 0, 1]) -> list[Clue]:
    """Every clue of a sentence to what happened to an outcome.

    Parameters
    ----------
    asked, sides, pole
        The outcome's terms, the words that name an arm, and whether more of the outcome is good.
    """
    given = frame(sentence, asked, sides)
    found = list(_worded(given, asked, pole))
    found += number_clues(given)
    if given.outcome is None:
        found.append(Clue("outcome not named", 1.0, 0, 0))
    return found


def features(found: Iterable[Clue]) -> dict[str, float]:
    """Clues as features: of signed ones the sum, of the others the strongest."""
    gathered: dict[str, float] = {}
    for clue in found:
        before = gathered.get(clue.name)
        if before is None:
            gathered[clue.name] = clue.value
        elif clue.name.startswith(SIGNED):
            gathered[clue.name] = before + clue.value
        else:
            gathered[clue.name] = max(before, clue.value)
    return gathered


def _worded(given: Frame, asked: Target, pole: Literal[-1, 0, 1]) -> Iterator[Clue]:
    """Clues of words: each cue by its distance from the outcome, and the nearest one once more."""
    found = cues(given.text, asked.words)
    same = [cue for cue in found if cue.way == "same"]
    nearest: tuple[float, Cue, list[Clue]] | None = None
    for cue in found:
        if cue.way != "same" and _within(cue.start, same):
            continue
        distance = given.distance(given.at(cue.start))
        if cue.way == "same" and given.refers_back(given.at(cue.start)):
            distance = min(distance, _BACK)
            yield Clue("no difference, said of the outcome before", 1.0, cue.start, cue.end)
        told = list(_told(given, cue, weight(distance), pole))
        yield from told
        if nearest is None or distance < nearest[0]:
            nearest = distance, cue, told
    if nearest is None:
        yield Clue("no cue", 1.0, 0, 0)
    else:
        yield from _nearest(*nearest[1:], pole)
    for at, token in enumerate(given.words):
        if token.word in _STRONG and not _within(token.start, same):
            yield Clue("called significant", given.near(at), token.start, token.end)


def _within(place: int, found: Iterable[Cue]) -> bool:
    return any(cue.start <= place < cue.end for cue in found)


def _told(given: Frame, cue: Cue, near: float, pole: Literal[-1, 0, 1]) -> Iterator[Clue]:
    if cue.way == "same":
        yield from _same(given, cue, near)
    elif cue.denied:
        yield Clue("a change is denied", near, cue.start, cue.end)
    else:
        yield from _moved(given, cue, near, pole)


def _same(given: Frame, cue: Cue, near: float) -> Iterator[Clue]:
    written = given.lower[cue.start : cue.end]
    kind = next((name for name, starts in _SAME_KINDS if written.startswith(starts)), "")
    kind = kind or ("not significant" if "signific" in written else "none")
    yield Clue("no difference", near, cue.start, cue.end)
    yield Clue(f"no difference: {kind}", near, cue.start, cue.end)
    if any(word in given.lower[cue.start : cue.end + _LOOK_AHEAD] for word in _GROUPS):
        yield Clue("no difference between groups", near, cue.start, cue.end)
        yield Clue("no difference between groups, of anything", 1.0, cue.start, cue.end)


def _moved(given: Frame, cue: Cue, near: float, pole: Literal[-1, 0, 1]) -> Iterator[Clue]:
    """A way, turned round where the intervention is what one compares with.

    One that stands beside the comparator alone is not: such a clause mostly goes on from the sentence before or names a
    baseline, and turning it was wrong more often than right.
    """
    at = given.at(cue.start)
    against, subject = given.compared(at), given.subject(at)
    if against:
        how = "against the other arm"
    elif subject:
        how = "beside the comparator" if subject < 0 else "beside the intervention"
    else:
        how = "beside no arm"
    way = near if (cue.way in {"more", "better"}) != (against > 0) else -near
    axis = _axis(cue, pole)
    yield Clue(f"{SIGNED}: {axis}", way, cue.start, cue.end)
    yield Clue(f"{SIGNED}: {axis}, {how}", way, cue.start, cue.end)


def _axis(cue: Cue, pole: Literal[-1, 0, 1]) -> str:
    return "more or less" if cue.way in {"more", "less"} else _BETTER[pole]


def _nearest(cue: Cue, told: list[Clue], pole: Literal[-1, 0, 1]) -> Iterator[Clue]:
    """The nearest cue once more, whatever its distance."""
    place = cue.start, cue.end
    if cue.way == "same" or cue.denied:
        yield Clue(f"nearest cue: {told[0].name}", 1.0, *place)
        return
    way = 1.0 if told[0].value > 0 else -1.0
    axis = _axis(cue, pole)
    yield Clue("nearest cue: a change", 1.0, *place)
    yield Clue(f"{SIGNED} of the nearest cue: {axis}", way, *place)
    yield Clue(NEAREST_WAY, -way if axis == _BETTER[-1] else way, *place)
