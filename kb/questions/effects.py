"""What the fall of a source does to one statement: which way it goes, and why, in words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Literal, TypeAlias

from kb.language.places import where
from kb.model import Assessment, Certainty, EvidenceLine, Record, Source, Statement, Verdict
from kb.strength.certainty import SCALE
from kb.strength.cited import Cited
from kb.strength.people import sentence_of
from kb.strength.regrade import has_fallen
from kb.strength.scale import VERDICTS
from kb.strength.wording import label, listed, shortened

Effect: TypeAlias = Literal["loses its support", "falls", "gains", "stands", "already fallen"]
"""What becomes of a statement.

===================== ==============================================================================================
``loses its support`` it was borne out, at least in part, or needed no source; now it is unsupported, not substantiated
                      or not checked
``falls``             its verdict, level or certainty is lower in another way, or it has fewer independent lines
``gains``             its verdict is better, as where what disputed it falls; or its level or certainty, and nothing
                      else is lower
``stands``            its grade is what it was; or nothing held it up before, and nothing does
``already fallen``    the same, and what falls could not stand as evidence before
===================== ==============================================================================================
"""

_NOT_HELD: frozenset[Verdict] = frozenset({"unsupported", "not substantiated", "not checked"})
_NO_LEVEL = 6
"""One below the lowest of the OCEBM table."""
_OF_CERTAINTY = ("provisional certainty ", "certainty ", "no certainty")
"""How `kb.strength.certainty` begins its reasons."""
_SAYS = {
    "supports": "supports it",
    "neutral": "says nothing for or against it",
    "disputes": "disputes it",
    "not checked": "not checked",
}

Body: TypeAlias = Sequence[tuple[EvidenceLine, Source]]


class Grading(Record, frozen=True, kw_only=True):
    """How a statement stands: its assessment without reasons."""

    verdict: Verdict
    level: int | None = None
    certainty: Certainty | None = None
    lines: int = 0


def grading(assessment: Assessment) -> Grading:
    """How a statement stands, out of its assessment."""
    return Grading(
        verdict=assessment.verdict,
        level=assessment.level,
        certainty=assessment.certainty,
        lines=assessment.lines,
    )


def effect_of(before: Grading, after: Grading) -> Effect:
    """Which way a statement goes; the verdict decides, and where that is the same, whatever is lower.

    More independent lines alone are no gain: a review that fell may have tied two studies into one line.

    >>> effect_of(Grading(verdict="supported", lines=2), Grading(verdict="supported", lines=1))
    'falls'
    >>> effect_of(Grading(verdict="contested", lines=2), Grading(verdict="supported", lines=2))
    'gains'
    """
    verdict = _rank(after.verdict) - _rank(before.verdict)
    if verdict < 0:
        lost = before.verdict not in _NOT_HELD and after.verdict in _NOT_HELD
        return "loses its support" if lost else "falls"
    if verdict > 0:
        return "gains"
    if after.verdict in _NOT_HELD:  # level and lines are of sources that bear nothing out, as far as is known
        return "stands"
    strength = (_strength(after.level, after.certainty), _strength(before.level, before.certainty))
    steps = [now - then for now, then in zip(*strength, strict=True)]
    if min(steps) < 0 or after.lines < before.lines:
        return "falls"
    return "gains" if max(steps) > 0 else "stands"


def _rank(verdict: Verdict) -> int:
    """A statement that needs no source lacks as little as one that is supported."""
    return VERDICTS.index("supported" if verdict == "needs no source" else verdict)


def _strength(level: int | None, certainty: Certainty | None) -> tuple[int, int]:
    """Higher is better; what is not known is the lowest."""
    return -(level or _NO_LEVEL), SCALE.index(certainty) if certainty else -1


def why_direct(cited: Cited, fallen: frozenset[str], before: Assessment, after: Assessment) -> Iterator[str]:
    """Why a statement goes where it goes that cites a fallen source itself; ``cited`` as it was before."""
    gone = [(line, source) for line, source in cited.body if source.id in fallen]
    left = [(line, source) for line, source in cited.body if source.id not in fallen]
    if gone:
        yield f"without {_named(gone)}"
    already = [source for source, _ in cited.faults if source.id in fallen]
    if already:
        yield f"{listed([label(source) for source in already])} could not stand as evidence before either"
    if left:
        yield f"left {'is' if len(left) == 1 else 'are'} {_named(left)}"
    elif len(cited.faults) > len(already) or cited.missing:
        yield "nothing else that it cites can stand as evidence"
    else:
        yield "it cites nothing else"
    if not gone and any(map(has_fallen, already)) and grading(before) != grading(after):
        yield "its article was audited before that was known: audit it again"
    if before.certainty != after.certainty:
        new = (reason for reason in after.reasons if reason not in before.reasons)
        yield from (reason for reason in new if reason.startswith(_OF_CERTAINTY))
    if after.lines > before.lines:
        yield "more independent lines are counted, as what falls tied some of them together"
    yield from _by_people(before, after)


def why_leaning(base: Statement, before: Assessment, after: Assessment) -> Iterator[str]:
    """Why a statement goes where it goes that leans on one which rests on a fallen source."""
    yield f"it leans on {where(base.line, base.place)} (“{shortened(base.text)}”)"
    yield from _by_people(before, after)


def _named(body: Body) -> str:
    return listed([f"{label(source)} ({_said(line)})" for line, source in body])


def _said(line: EvidenceLine) -> str:
    return "supports a part of it" if (line.direction, line.extent) == ("supports", "part") else _SAYS[line.direction]


def _by_people(before: Assessment, after: Assessment) -> Iterator[str]:
    """What people said of the verdict, where that decides or decided it."""
    if after.reviewed and after.reviewed.state == "overruled":
        yield f"people's word decides: {sentence_of(after.reviewed)}"
    elif before.reviewed and before.reviewed.state == "overruled":
        yield f"people's word on it was given before and holds no longer: {'; '.join(before.reviewed.words)}"
