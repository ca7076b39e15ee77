"""The level of a design for the question that a statement asks: the OCEBM 2011 table, as data.

Source: OCEBM Levels of Evidence Working Group, "The Oxford 2011 Levels of Evidence", Oxford Centre for Evidence-Based
Medicine. Level 1 is the strongest. Where one design may have two levels (an inception cohort or any cohort, a random
sample or any sample, a review of trials or of other studies) and nothing at hand tells which, it gets the lower one.
What moves a level from there is in ``kb.strength.grade``.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

from kb.model import Design, Question, Study, TraitKind
from kb.strength.wording import named

TAKES: Mapping[Question, tuple[str, ...]] = {
    "prevalence": (
        "a local and current random sample survey or census",
        "a systematic review of surveys",
        "a local sample that is not random",
        "a case series",
    ),
    "diagnosis": (
        "a systematic review of cross-sectional studies with a reference standard and blinding",
        "a cross-sectional study with a reference standard and blinding",
        "a study of patients who were not consecutive, or not all held against the reference standard",
        "a case-control study, or one with a poor reference standard",
        "reasoning from mechanism",
    ),
    "prognosis": (
        "a systematic review of inception cohorts",
        "an inception cohort",
        "a cohort, or the control arm of a randomized trial",
        "a case series, a case-control study or a poor cohort",
    ),
    "benefit": (
        "a systematic review of randomized trials",
        "a randomized trial, or an observational study with a dramatic effect",
        "a controlled cohort or non-randomized trial",
        "a case series, a case-control study or one with historical controls",
        "reasoning from mechanism",
    ),
    "common harm": (
        "a systematic review of randomized trials or of nested case-control studies",
        "a randomized trial, or an observational study with a dramatic effect",
        "a controlled cohort with enough people",
        "a case series, a case-control study or one with historical controls",
        "reasoning from mechanism",
    ),
    "rare harm": (
        "a systematic review of randomized trials",
        "a randomized trial, or an observational study with a dramatic effect",
        "a controlled cohort with enough people",
        "a case series, a case-control study or one with historical controls",
        "reasoning from mechanism",
    ),
    "screening": (
        "a systematic review of randomized trials",
        "a randomized trial",
        "a controlled cohort or non-randomized trial",
        "a case series, a case-control study or one with historical controls",
        "reasoning from mechanism",
    ),
}
"""For each question, what level 1, 2, … takes; prevalence and prognosis have no fifth."""

_TREATMENT: Mapping[Design, int] = {
    "systematic review": 3,
    "randomized trial": 2,
    "non-randomized trial": 3,
    "cohort": 3,
    "case-control": 4,
    "cross-sectional": 4,
    "case series": 4,
    "case report": 4,
    "animal": 5,
    "in vitro": 5,
}
LEVELS: Mapping[Question, Mapping[Design, int]] = {
    "prevalence": {
        "systematic review": 2,
        "cross-sectional": 3,
        "cohort": 3,
        "case series": 4,
    },
    "diagnosis": {
        "systematic review": 3,
        "diagnostic accuracy": 3,
        "cross-sectional": 3,
        "cohort": 3,
        "case-control": 4,
        "case series": 4,
        "animal": 5,
        "in vitro": 5,
    },
    "prognosis": {
        "systematic review": 3,
        "cohort": 3,
        "randomized trial": 3,
        "case-control": 4,
        "cross-sectional": 4,
        "case series": 4,
        "case report": 4,
    },
    "benefit": _TREATMENT,
    "common harm": _TREATMENT,
    "rare harm": _TREATMENT,
    "screening": _TREATMENT,
}
"""The level of each design that the table rates, the lower one where it has two: see ``TOLD``. Designs that the table
does not name stand with their nearest: a case report with case series, a cross-sectional study of a treatment with
studies that have no control group."""


class Told(NamedTuple):
    """What a study must tell of itself to have the other of its design's two levels.

    Attributes
    ----------
    traits
        All of them are needed.
    without
        A trait that speaks against it.
    words
        What it then is called, after the design.
    saying
        What the words of one of those traits must hold.
    """

    traits: tuple[TraitKind, ...]
    level: int
    words: str
    without: TraitKind | None = None
    saying: str = ""

    def holds(self, study: Study) -> bool:
        """Whether a study tells of all that."""
        shown = {trait.kind: trait.words for trait in study.traits}
        if not shown.keys() >= set(self.traits) or self.without in shown:
            return False
        return not self.saying or any(re.search(self.saying, shown[kind], re.IGNORECASE) for kind in self.traits)


_OF_TRIALS = Told(("randomized trials",), 1, "of randomized trials", without="observational studies")
_UNCONTROLLED = Told(("no control group",), 4, "without a control group")
_TOLD_OF_TREATMENT: Mapping[Design, tuple[Told, ...]] = {
    "systematic review": (_OF_TRIALS,),
    "cohort": (_UNCONTROLLED,),
    "non-randomized trial": (_UNCONTROLLED,),
}
_STANDARD = "with a reference standard"
_CONSECUTIVE = Told(("reference standard", "consecutive"), 2, f"{_STANDARD} in consecutive patients")
_RANDOM_SAMPLE = Told(("random sample",), 1, "of a random sample (whether local and current is not known)")
TOLD: Mapping[Question, Mapping[Design, tuple[Told, ...]]] = {
    "prevalence": {"cross-sectional": (_RANDOM_SAMPLE,), "cohort": (_RANDOM_SAMPLE,)},
    "diagnosis": {
        "systematic review": (Told(("reference standard",), 1, f"of studies {_STANDARD}"),),
        "diagnostic accuracy": (_CONSECUTIVE,),
        "cross-sectional": (_CONSECUTIVE,),
    },
    "prognosis": {
        "systematic review": (Told(("inception cohort",), 1, "of inception cohorts"),),
        "cohort": (Told(("inception cohort",), 2, "that followed people from the onset (inception)"),),
    },
    "benefit": _TOLD_OF_TREATMENT,
    "common harm": {
        **_TOLD_OF_TREATMENT,
        "systematic review": (
            _OF_TRIALS,
            Told(("observational studies",), 1, "of nested case-control studies", saying=r"\bnested\b"),
        ),
    },
    "rare harm": _TOLD_OF_TREATMENT,
    "screening": _TOLD_OF_TREATMENT,
}
"""Where a design has two levels in the table, what tells that a study has the other; the first that holds decides."""

WORDS: tuple[str, ...] = ("strong", "good", "fair", "weak", "very weak")

NO_STUDY: Mapping[Design, str] = {
    "guideline": "a guideline is no study: its strength is that of the evidence it rests on",
    "narrative review": "a narrative review is no study: its strength is that of the studies it tells of",
    "protocol": "a protocol says what is going to be studied and has no result yet",
    "editorial": "an editorial, letter or comment is opinion",
    "book": "a book or chapter is no study: its strength is that of the studies it tells of",
    "preprint": "a preprint was not reviewed by others, and what kind of study it is was not settled",
    "web page": "a web page is no study",
}
"""Why a source that is no study of its own has no level."""


_NOTHING_TOLD = Study()


class Place(NamedTuple):
    """The level of a source in the table, None where it has none, and why in plain words.

    ``told`` is what the study told of itself that gave it this one of two levels.
    """

    level: int | None
    words: str
    told: Told | None = None


def level_for(question: Question | None, design: Design, study: Study = _NOTHING_TOLD) -> Place:
    """The OCEBM level of a design for the question that a statement asks, before anything moves it.

    Returns
    -------
    Place
        Level 1 (strongest) … 5; None where question or design is not known or the table does not rate the design.

    >>> level_for("benefit", "case series")[:2]
    (4, 'weak for a question of benefit: a case series is level 4 of 5')
    >>> level_for(None, "cohort")[:2]
    (None, 'no level: what the statement asks for (benefit, harm, prognosis …) is not known')
    """
    if design == "unknown":
        return Place(None, "no level: its design is not known")
    if design in NO_STUDY:
        return Place(None, f"no level: {NO_STUDY[design]}")
    if question is None:
        return Place(None, "no level: what the statement asks for (benefit, harm, prognosis …) is not known")
    if design not in LEVELS[question]:
        return Place(None, f"no level: {named(design)} is not rated for a question of {question}")
    told = next((one for one in TOLD[question].get(design, ()) if one.holds(study)), None)
    level = told.level if told else LEVELS[question][design]
    what = f"{named(design)} {told.words}" if told else named(design)
    return Place(level, f"{WORDS[level - 1]} for a question of {question}: {what} is level {level} of 5", told)
