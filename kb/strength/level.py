"""The level of a design for the question that a statement asks: the OCEBM 2011 table, as data.

Source: OCEBM Levels of Evidence Working Group, "The Oxford 2011 Levels of Evidence", Oxford Centre for Evidence-Based
Medicine. Level 1 is the strongest. A level is provisional: the table lets it be moved down for quality, imprecision,
indirectness, inconsistency or a small effect and up for a large one, which takes a reader. Where one design may have
two levels (an inception cohort or any cohort, a random sample or any sample) and metadata cannot tell, it gets the
lower one.
"""

from __future__ import annotations

from collections.abc import Mapping

from kb.model import Design, Question

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
    "systematic review": 1,
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
        "systematic review": 1,
        "diagnostic accuracy": 2,
        "cross-sectional": 3,
        "cohort": 3,
        "case-control": 4,
        "case series": 4,
        "animal": 5,
        "in vitro": 5,
    },
    "prognosis": {
        "systematic review": 1,
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
"""The level of each design that the table rates. Designs that it does not name stand with their nearest: a case report
with case series, a cross-sectional study of a treatment with studies that have no control group."""

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


def level_for(question: Question | None, design: Design) -> tuple[int | None, str]:
    """The provisional OCEBM level of one source for the question that a statement asks, and why.

    Returns
    -------
    tuple
        1 (strongest) … 5, or None where question or design is not known or the table does not rate the design.

    >>> level_for("benefit", "case series")
    (4, 'weak for a question of benefit: a case series is level 4 of 5')
    >>> level_for(None, "cohort")
    (None, 'no level: what the statement asks for (benefit, harm, prognosis …) is not known')
    """
    if design == "unknown":
        return None, "no level: its design is not known"
    if design in NO_STUDY:
        return None, f"no level: {NO_STUDY[design]}"
    if question is None:
        return None, "no level: what the statement asks for (benefit, harm, prognosis …) is not known"
    level = LEVELS[question].get(design)
    if level is None:
        return None, f"no level: {named(design)} is not rated for a question of {question}"
    return level, f"{WORDS[level - 1]} for a question of {question}: {named(design)} is level {level} of 5"


def why_not_higher(question: Question, level: int) -> str | None:
    """What the next higher level takes; None at level 1.

    >>> why_not_higher("benefit", 2)
    'not higher: level 1 takes a systematic review of randomized trials'
    """
    return f"not higher: level {level - 1} takes {TAKES[question][level - 2]}" if level > 1 else None


def named(design: Design) -> str:
    """The design with its article, as in "a cohort" and "an animal study".

    >>> named("animal"), named("cross-sectional")
    ('an animal study', 'a cross-sectional study')
    """
    noun = f"{design} study" if design in {"animal", "in vitro", "cross-sectional", "case-control"} else design
    noun = {"diagnostic accuracy": "study of diagnostic accuracy"}.get(noun, noun)
    return f"{'an' if noun[0] in 'aeiou' else 'a'} {noun}"
