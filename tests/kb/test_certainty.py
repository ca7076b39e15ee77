"""Provisional certainty: where a body of evidence starts, and each step from there with its sentence."""

from __future__ import annotations

import msgspec
import pytest

from kb.model import (
    Certainty,
    Design,
    Direction,
    EvidenceLine,
    Notice,
    Source,
    Span,
    Statement,
    Study,
    Trait,
    TraitKind,
)
from kb.strength.certainty import Rating, certainty_of


def statement(text: str = "Thyme eases knee pain.") -> Statement:
    return Statement(
        id="s1",
        fingerprint="f1",
        text=text,
        start=0,
        end=len(text),
        sentence=Span(start=0, end=len(text)),
        line=1,
        section="",
        kind="benefit",
        question="benefit",
        needs_source=True,
    )


def pair(
    number: int, design: Design, direction: Direction = "supports", **fields: object
) -> tuple[EvidenceLine, Source]:
    source = Source(id=f"ref:{number}", design=design, **fields)  # type: ignore[arg-type]
    return EvidenceLine(statement="s1", source=source.id, references=(f"r{number}",), direction=direction), source


CONCERN = (Notice(kind="expression of concern", said_by=("Crossref",)),)


def told(*kinds: TraitKind, words: str = "as it says", **fields: object) -> Study:
    return Study(traits=tuple(Trait(kind=kind, words=words) for kind in kinds), **fields)  # type: ignore[arg-type]


TRIALS = told("randomized trials")
THREE: tuple[TraitKind, ...] = ("randomized trials", "heterogeneity", "publication bias", "wide interval")
ROWS: list[tuple[str, list[tuple[EvidenceLine, Source]], Certainty | None, str]] = [
    ("two trials", [pair(1, "randomized trial"), pair(2, "randomized trial")], "high", "starts high"),
    (
        "one trial",
        [pair(1, "randomized trial")],
        "moderate",
        "one step for imprecision: it rests on a single study",
    ),
    (
        "one small trial",
        [pair(1, "randomized trial", study=Study(participants=48))],
        "low",
        "down two steps for imprecision: few people took part (48); it rests on a single study",
    ),
    (
        "two trials, few people in all",
        [pair(n, "randomized trial", study=Study(participants=150)) for n in (1, 2)],
        "moderate",
        "few people took part (300)",
    ),
    (
        "two trials, people enough",
        [pair(n, "randomized trial", study=Study(participants=250)) for n in (1, 2)],
        "high",
        "starts high",
    ),
    ("a review of trials", [pair(1, "systematic review", study=TRIALS)], "high", "a systematic review of randomized"),
    ("a review of who knows what", [pair(1, "systematic review")], "low", "not known to be of randomized trials"),
    (
        "a review of trials and other studies",
        [pair(1, "systematic review", study=told("randomized trials", "observational studies"))],
        "low",
        "not of randomized trials alone",
    ),
    (
        "a review of one trial",
        [pair(1, "systematic review", study=told("randomized trials", studies=1))],
        "moderate",
        "single study",
    ),
    ("two cohorts", [pair(1, "cohort"), pair(2, "cohort")], "low", "starts low: a cohort"),
    ("one cohort", [pair(1, "cohort")], "very low", "single study"),
    (
        "a case series beside a trial carries nothing",
        [pair(1, "case series"), pair(2, "randomized trial")],
        "moderate",
        "single study",
    ),
    ("two case series", [pair(1, "case series"), pair(2, "case series")], "very low", "it compares with nobody"),
    (
        "two animal studies",
        [pair(1, "animal"), pair(2, "animal")],
        "very low",
        "down two steps for indirectness: it was studied in animals",
    ),
    (
        "trials in animals",
        [pair(n, "randomized trial", study=Study(species="animals")) for n in (1, 2)],
        "very low",
        "starts low",
    ),
    (
        "two preprints of trials",
        [
            pair(1, "randomized trial", type="posted-content"),
            pair(2, "randomized trial", publication_types=("Preprint",)),
        ],
        "moderate",
        "down one step for risk of bias: it is a preprint",
    ),
    (
        "one of them in doubt",
        [pair(1, "randomized trial", notices=CONCERN), pair(2, "randomized trial")],
        "high",
        "starts high",
    ),
    (
        "all of them in doubt",
        [pair(1, "randomized trial", notices=CONCERN), pair(2, "randomized trial", notices=CONCERN)],
        "moderate",
        "a notice casts doubt",
    ),
    (
        "at most two steps a domain",
        [pair(n, "randomized trial", study=told("risk of bias", "not blinded", "losses")) for n in (1, 2)],
        "low",
        "down two steps for risk of bias",
    ),
    (
        "three domains",
        [
            pair(
                1,
                "systematic review",
                study=told("randomized trials", "heterogeneity", "publication bias", "wide interval"),
            )
        ],
        "very low",
        "for publication bias",
    ),
    (
        "a trial that cannot show what its review shows does not outweigh it",
        [pair(1, "systematic review", study=told("randomized trials", "heterogeneity")), pair(2, "randomized trial")],
        "moderate",
        "for inconsistency: the studies that it pools differ",
    ),
    (
        "a dispute",
        [pair(1, "randomized trial"), pair(2, "randomized trial"), pair(3, "cohort", "disputes")],
        "moderate",
        "for inconsistency: sources disagree",
    ),
    (
        "large effects",
        [pair(n, "cohort", study=told("large effect")) for n in (1, 2)],
        "moderate",
        "certainty up one step: the effect is large",
    ),
    (
        "very large effects",
        [pair(n, "cohort", study=told("large effect", words="odds ratio 7.2")) for n in (1, 2)],
        "high",
        "certainty up two steps: the effect is large",
    ),
    (
        "a large effect in one of two",
        [pair(1, "cohort", study=told("large effect")), pair(2, "cohort")],
        "low",
        "starts low",
    ),
    (
        "a large effect and a dose-response",
        [pair(n, "case-control", study=told("large effect", "dose-response")) for n in (1, 2)],
        "high",
        "certainty up one step: more of it goes with more effect",
    ),
    (
        "a large effect, in doubt",
        [pair(n, "cohort", study=told("large effect", "risk of bias")) for n in (1, 2)],
        "very low",
        "for risk of bias",
    ),
    (
        "a large effect in trials",
        [pair(n, "randomized trial", study=told("large effect", "not blinded")) for n in (1, 2)],
        "moderate",
        "for risk of bias",
    ),
    ("a design that is not known", [pair(1, "unknown")], None, "no certainty: no source that supports it has a known"),
    (
        "reviews only",
        [pair(1, "narrative review"), pair(2, "book"), pair(3, "narrative review")],
        None,
        "no certainty: secondary sources only (a narrative review and a book), and not the studies",
    ),
    ("a review beside a trial", [pair(1, "narrative review"), pair(2, "randomized trial")], "moderate", "starts high"),
    ("a protocol", [pair(1, "protocol")], None, "no certainty: no source that supports it"),
]


@pytest.mark.parametrize(("why", "body", "certainty", "words"), ROWS, ids=[row[0] for row in ROWS])
def test_certainty(why: str, body: list[tuple[EvidenceLine, Source]], certainty: Certainty | None, words: str) -> None:
    found = certainty_of(statement(), body)
    assert found.certainty == certainty, why
    assert words in "; ".join(found.reasons)


@pytest.mark.parametrize("direction", ["not checked", "neutral", "disputes"])
def test_nothing_that_supports_means_no_certainty(direction: Direction) -> None:
    assert certainty_of(statement(), [pair(1, "randomized trial", direction)]) == Rating(None)


def test_an_animal_study_is_direct_for_a_statement_about_animals() -> None:
    body = [pair(1, "animal"), pair(2, "animal")]
    assert certainty_of(statement("Thyme eases knee pain in rats."), body).certainty == "low"


def test_a_trial_is_no_trial_of_how_common_something_is() -> None:
    asks = msgspec.structs.replace(statement(), question="prevalence")
    trials = [pair(1, "randomized trial"), pair(2, "randomized trial")]
    assert certainty_of(asks, trials).reasons == (
        "no certainty: no source that supports it is of a design that is rated for a question of prevalence",
    )
    course = msgspec.structs.replace(statement(), question="prognosis")
    assert certainty_of(course, trials).certainty == "low"


def test_one_team_or_one_trial_is_a_single_study() -> None:
    registered = Study(registrations=("NCT00000001",), participants=500)
    body = [pair(n, "randomized trial", study=registered) for n in (1, 2)]
    found = certainty_of(statement(), body)
    assert (found.certainty, "single study" in found.reasons[1]) == ("moderate", True)


def test_people_of_one_line_are_counted_once() -> None:
    registered = Study(registrations=("NCT00000001",), participants=250)
    found = certainty_of(statement(), [pair(n, "randomized trial", study=registered) for n in (1, 2)])
    assert found.certainty == "low"
    assert "few people took part (250)" in found.reasons[1]


def test_why_not_higher_and_why_not_lower() -> None:
    def read(line: EvidenceLine) -> EvidenceLine:
        return msgspec.structs.replace(line, read="abstract")

    line, source = pair(1, "randomized trial")
    single = certainty_of(statement(), [(read(line), source)])
    assert single.not_higher == ("not higher: too little evidence stands behind it to be sure of the result",)
    assert single.not_lower == (
        "not lower: it rests on a randomized trial",
        "not lower: nothing in the abstract, which is all that was read, speaks of risk of bias, inconsistency, "
        "indirectness or publication bias",
    )
    cohorts = certainty_of(statement(), [pair(1, "cohort"), pair(2, "cohort")])
    assert cohorts.not_higher == (
        "not higher: no randomized trial is among them, so other differences between people may explain the result",
    )
    assert cohorts.not_lower[1].startswith("not lower: nothing in what is at hand speaks of risk of bias")
    untold = certainty_of(statement(), [pair(1, "systematic review")])
    assert untold.not_higher == ("not higher: nothing at hand tells that the review is of randomized trials",)
    assert certainty_of(statement(), [pair(1, "cohort")]).not_lower == ()
    some = certainty_of(statement(), [pair(1, "randomized trial", type="posted-content"), pair(2, "randomized trial")])
    assert some.not_lower == (
        "not lower: it rests on a randomized trial",
        "not lower: risk of bias concerns some of its sources, and not all",
        "not lower: nothing in what is at hand speaks of inconsistency, indirectness, imprecision or publication bias",
    )
    mice = certainty_of(statement(), [pair(1, "animal"), pair(2, "animal")])
    assert mice.not_higher[0] == "not higher: studies in animals or in the laboratory start low"
    assert certainty_of(statement(), [pair(1, "randomized trial"), pair(2, "randomized trial")]).not_higher == ()


@pytest.mark.parametrize(
    ("words", "certainty"),
    [
        ("hazard ratio 0.12", "high"),
        ("OR 12.4", "high"),
        ("a six-fold rise, 6.5-fold", "high"),
        ("a dramatic fall", "high"),
        ("odds ratio (95 % interval 2.1 to 3)", "moderate"),
        ("risk ratio 2.4", "moderate"),
        ("or 6 weeks later", "moderate"),
    ],
)
def test_a_very_large_effect_is_told_by_its_words(words: str, certainty: Certainty) -> None:
    body = [pair(n, "cohort", study=told("large effect", words=words)) for n in (1, 2)]
    assert certainty_of(statement(), body).certainty == certainty
