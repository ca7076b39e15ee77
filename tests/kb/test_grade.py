"""A level moved down or up, each step with its reason, and why it is neither higher nor lower."""

from __future__ import annotations

import pytest

from kb.model import Concern, Design, Kind, Notice, Question, Source, Span, Statement, Study, Trait, TraitKind
from kb.strength.grade import Grade, level_of


def statement(
    text: str = "Thyme eases knee pain.", question: Question | None = "benefit", kind: Kind = "benefit"
) -> Statement:
    return Statement(
        id="s1",
        fingerprint="f1",
        text=text,
        start=0,
        end=len(text),
        sentence=Span(start=0, end=len(text)),
        line=1,
        section="",
        kind=kind,
        question=question,
        needs_source=True,
    )


def source(design: Design, *kinds: TraitKind, words: str = "as it says", **fields: object) -> Source:
    participants = fields.pop("participants", None)
    species = fields.pop("species", "")
    told = Study(
        traits=tuple(Trait(kind=kind, words=words) for kind in kinds),
        participants=participants,  # type: ignore[arg-type]
        species=species,  # type: ignore[arg-type]
    )
    return Source(id="ref:1", design=design, design_basis="its title says so", study=told, **fields)  # type: ignore[arg-type]


CONCERN = (Notice(kind="expression of concern", said_by=("Crossref",)),)
MOVES: list[tuple[str, Question, Source, int, str]] = [
    ("risk of bias", "benefit", source("randomized trial", "risk of bias"), 3, "for quality: its own text speaks of"),
    ("a preprint", "benefit", source("randomized trial", type="posted-content"), 3, "not reviewed by others"),
    ("a notice of concern", "benefit", source("randomized trial", notices=CONCERN), 3, "a notice casts doubt on it"),
    ("a wide interval", "benefit", source("randomized trial", "wide interval"), 3, "for imprecision"),
    ("one small trial", "benefit", source("randomized trial", participants=48), 3, "few people took part (48)"),
    ("a larger trial", "benefit", source("randomized trial", participants=480), 2, "good for a question of benefit"),
    ("a small review", "benefit", source("systematic review", "randomized trials", "few people"), 2, "imprecision"),
    ("heterogeneity", "benefit", source("systematic review", "randomized trials", "heterogeneity"), 2, "inconsistency"),
    ("heterogeneity within a trial", "benefit", source("randomized trial", "heterogeneity"), 2, "good"),
    ("a stand-in", "benefit", source("randomized trial", "surrogate outcome", words="serum marker"), 3, "indirectness"),
    ("a very small effect", "benefit", source("randomized trial", "small effect"), 3, "for a very small effect"),
    ("a small effect on a rare harm", "rare harm", source("randomized trial", "small effect"), 2, "good"),
    (
        "two domains",
        "benefit",
        source("randomized trial", "risk of bias", "wide interval"),
        4,
        "from level 3 to 4 (weak) for imprecision",
    ),
    (
        "two doubts in one domain",
        "benefit",
        source("randomized trial", "risk of bias", type="posted-content"),
        3,
        "not reviewed by others and its own text speaks",
    ),
    ("never below the last level", "benefit", source("in vitro", "risk of bias"), 5, "very weak"),
    ("never below that of the question", "prognosis", source("case series", "risk of bias"), 4, "weak"),
    ("a trial in animals", "benefit", source("randomized trial", species="animals"), 5, "studied in animals"),
    ("an animal study", "benefit", source("animal"), 5, "studied in animals"),
    ("a large effect", "benefit", source("cohort", "large effect"), 2, "moved up from level 3 to 2 (good)"),
    ("a large effect, in doubt", "benefit", source("cohort", "large effect", "risk of bias"), 4, "for quality"),
    ("a large effect in a trial", "benefit", source("randomized trial", "large effect"), 2, "good"),
    ("a large effect without controls", "benefit", source("case series", "large effect"), 4, "weak"),
    ("a large share", "prevalence", source("cross-sectional", "large effect"), 3, "fair"),
]


@pytest.mark.parametrize(("why", "question", "found", "level", "words"), MOVES, ids=[row[0] for row in MOVES])
def test_moves(why: str, question: Question, found: Source, level: int, words: str) -> None:
    grade = level_of(statement(question=question), found)
    assert grade.level == level, why
    assert words in "; ".join(grade.reasons)


def test_a_stand_in_that_the_statement_itself_speaks_of_is_direct() -> None:
    found = source("randomized trial", "surrogate outcome", words="LDL cholesterol")
    assert level_of(statement("Thyme lowers cholesterol."), found).level == 2
    assert level_of(statement("Thyme prevents strokes."), found).level == 3


def test_animals_are_direct_under_a_statement_about_animals() -> None:
    grade = level_of(statement("Thyme eases pain in rats."), source("randomized trial", species="animals"))
    assert grade.level == 2


def test_another_population_is_indirect_and_so_is_what_the_judge_says_of_animals() -> None:
    people = (Concern(kind="population", words="the source speaks of children"),)
    grade = level_of(statement(), source("randomized trial"), people)
    assert (grade.level, grade.reasons[-1]) == (
        3,
        "moved down from level 2 to 3 (fair) for indirectness: it studied other people than the statement speaks of: "
        "the source speaks of children",
    )
    animals = (Concern(kind="animals", words="the source speaks of mice"),)
    assert level_of(statement(), source("randomized trial"), animals).level == 5


WHY: list[tuple[str, Source, tuple[str, ...], tuple[str, ...]]] = [
    (
        "a trial",
        source("randomized trial"),
        ("not higher: level 1 takes a systematic review of randomized trials",),
        ("not lower: who got which treatment was left to chance, and nothing at hand speaks against it",),
    ),
    (
        "a moved one",
        source("randomized trial", "wide interval", "risk of bias"),
        ("not higher: it lost level 2 for quality and imprecision",),
        ("not lower: who got which treatment was left to chance",),
    ),
    (
        "a review of who knows what",
        source("systematic review"),
        (
            "not higher: nothing at hand tells that it is “a systematic review of randomized trials”, "
            "which would be level 1",
        ),
        ("not lower: it looked for all studies of its question by a plan, and nothing at hand speaks against it",),
    ),
    (
        "the best",
        source("systematic review", "randomized trials"),
        (),
        ("not lower: it looked for all studies of its question by a plan, and nothing at hand speaks against it",),
    ),
    (
        "the lowest",
        source("in vitro"),
        ("not higher: level 4 takes a case series, a case-control study or one with historical controls",),
        (),
    ),
]


@pytest.mark.parametrize(("why", "found", "higher", "lower"), WHY, ids=[row[0] for row in WHY])
def test_why_not_higher_and_why_not_lower(
    why: str, found: Source, higher: tuple[str, ...], lower: tuple[str, ...]
) -> None:
    grade = level_of(statement(), found)
    assert (grade.not_higher, grade.not_lower) == (higher, lower)


def test_no_level_without_a_basis() -> None:
    unknown = Source(id="ref:1", design="unknown", design_basis="nothing at hand names its design")
    assert level_of(statement(), unknown) == Grade(None, ("its design is not known: nothing at hand names it",))
    notice = source("editorial", publication_types=("Retraction of Publication",))
    assert level_of(statement(), notice).reasons == (
        "no level: it is a notice about another publication, and no study",
    )
    assert level_of(statement(question=None), source("cohort", "risk of bias")).level is None


def test_a_recommendation_on_a_guideline_says_what_that_is() -> None:
    recommends = statement("Doctors recommend thyme.", kind="recommendation")
    grade = level_of(recommends, source("guideline"))
    assert grade.level is None
    assert grade.reasons[1] == "a guideline is where a recommendation stands; no level: its evidence is not here"
    assert "a guideline is no study" in level_of(statement(), source("guideline")).reasons[1]
