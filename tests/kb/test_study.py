"""What a study tells of itself: how many people and studies, names, who was studied, and what can move a level."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.model import Design, Source
from kb.strength.study import study_of
from kb.strength.study.conditions import conditions
from kb.strength.study.names import cohorts, registrations
from kb.strength.study.numbers import counted, participants, reviewed_people, studies
from kb.strength.study.people import ages, species
from tests.costs import assert_within

FILLER = " It took place in three towns, and what was seen there is told below in the order in which it was seen."
"""Makes a sentence long enough to be an abstract."""


def source(
    abstract: str = "", design: Design = "randomized trial", title: str = "", mesh: Sequence[str] = ()
) -> Source:
    return Source(id="x", title=title, abstract=abstract + FILLER, design=design, mesh=tuple(mesh))


PEOPLE = (
    ("Sixty-four adults with gout were randomized to heat or rest.", 64),
    ("Of 300 people screened, 120 women with neck pain were randomly assigned to two groups.", 120),
    ("We enrolled 1,204 participants from nine clinics.", 1204),
    ("A total of 45 patients with tinnitus took part.", 45),
    ("Four-hundred forty-three older people were included from one town.", 443),
    ("In May 2004, 75 patients were randomized.", 75),
    ("A trial was carried out in 38 healthy volunteers.", 38),
    ("90 children aged 3-9 years were enrolled and 88 finished.", 90),
    ("We randomized 52 patients to heat and 50 patients to rest.", None),
    ("Heat was given to 31 patients in the first group.", None),
    ("A total of 150 participants will be required.", None),
    ("The control group consisted of 40 healthy subjects.", None),
    ("Pain fell in 67% of patients after 12 weeks.", None),
    ("These 25 patients were divided into three groups.", None),
    ("Of 200 women, the remaining 80 women were evaluated.", None),
)


@pytest.mark.parametrize(("text", "number"), PEOPLE)
def test_the_number_of_people_is_that_of_the_whole_study_or_none(text: str, number: int | None) -> None:
    told = participants("", text)
    assert (told.number if told else None) == number


def test_those_randomized_count_before_those_enrolled() -> None:
    told = participants("", "We enrolled 90 adults in spring. After a month 64 adults with gout were randomized.")
    assert told is not None
    assert (told.number, told.words) == (64, "64 adults")


def test_a_title_may_tell_the_number() -> None:
    told = participants("Heat for gout: a trial in 64 adults", "")
    assert told is not None
    assert told.number == 64


@pytest.mark.parametrize(
    ("written", "number"),
    [("12", 12), ("1,204", 1204), ("12 345", 12345), ("two thousand one hundred", 2100), ("one", None), ("0", None)],
)
def test_numbers_are_read_in_digits_and_words(written: str, number: int | None) -> None:
    assert counted(written) == number


REVIEWS = (
    ("We identified 340 records, of which 17 met the criteria.", 17, None),
    ("Of the 429 papers found by the first search, six fulfilled the criteria.", 6, None),
    ("Twelve trials with 1,204 participants were included.", 12, 1204),
    ("A total of 9 cohort studies, including 1231 patients, were included.", 9, 1231),
    ("We included 12 randomized controlled trials of heat.", 12, None),
    ("Fifteen trials (2345 participants) met the inclusion criteria.", 15, 2345),
    ("The search found 800 citations and 60 full texts.", None, None),
    ("In 25 patients the pain was worse.", None, None),
)


@pytest.mark.parametrize(("text", "pooled", "people"), REVIEWS)
def test_a_review_tells_studies_included_not_records_found(text: str, pooled: int | None, people: int | None) -> None:
    told = reviewed_people(text)
    assert studies("", text) == pooled
    assert (told.number if told else None) == people


REGISTERED = (
    ("ClinicalTrials.gov: NCT01234567.", "NCT01234567"),
    ("ClinicalTrials.gov identifier NCT 0123 4567", "NCT01234567"),
    ("(ISRCTN-12345678)", "ISRCTN12345678"),
    ("EudraCT number 2005-001234-56", "EudraCT 2005-001234-56"),
    ("ACTRN 12605000123456", "ACTRN12605000123456"),
    ("ChiCTR-TRC-10000123", "ChiCTR-TRC-10000123"),
    ("ChiCTR2000012345", "ChiCTR2000012345"),
    ("UMIN-CTR number: 000001234", "UMIN000001234"),
    ("JPRN-UMIN000001234", "UMIN000001234"),
    ("CTRI/2010/091/000123", "CTRI/2010/091/000123"),
    ("DRKS-ID: DRKS00001234", "DRKS00001234"),
    ("Trial register NTR1234", "NTR1234"),
    ("PACTR201501000123456", "PACTR201501000123456"),
    ("IRCT201201011234N5", "IRCT201201011234N5"),
    ("PROSPERO CRD42012001234", "CRD42012001234"),
)


@pytest.mark.parametrize(("text", "number"), REGISTERED)
def test_registrations_are_kept_in_the_form_of_their_register(text: str, number: str) -> None:
    assert registrations(text) == (number,)


@pytest.mark.parametrize("text", ["NCT123", "NCT012345678", "CRD42", "ISRCTN1234567", "2005-001234-56", "UMIN 12"])
def test_what_has_not_the_shape_of_a_register_is_no_registration(text: str) -> None:
    assert registrations(text) == ()


def test_a_number_that_is_told_twice_is_one_registration() -> None:
    assert registrations("NCT01234567 … see NCT 01234567 and NCT07654321") == ("NCT01234567", "NCT07654321")


NAMED = (
    ("Data came from the National Health and Nutrition Examination Survey.", ("NHANES",)),
    ("We used NHANES 2005-2010.", ("NHANES",)),
    ("Women of the Nurses’ Health Study were followed.", ("Nurses' Health Study",)),
    ("People in the UK Biobank were asked.", ("UK Biobank",)),
    ("The Lower Valley Birth Cohort was followed for ten years.", ("Lower Valley Birth Cohort",)),
    ("Records of the Northern Cancer Registry were linked.", ("Northern Cancer Registry",)),
    ("This Prospective Cohort Study asked whether heat helps.", ()),
    ("Study design: Randomized Controlled Study. Setting: one clinic.", ()),
    ("We searched the Cochrane Database and PubMed.", ()),
    ("Registered in the Iranian Registry of Clinical Trials.", ()),
    ("Quality of life was measured with the Short Form Health Survey.", ()),
)


@pytest.mark.parametrize(("text", "names"), NAMED)
def test_named_cohorts_are_known_by_their_shape_or_their_fame(text: str, names: tuple[str, ...]) -> None:
    assert cohorts(text) == names


def test_a_work_that_tells_of_others_data_has_no_cohort_and_no_people() -> None:
    study = study_of(source("The Framingham Heart Study enrolled 5,209 adults.", "narrative review"))
    assert (study.cohorts, study.participants) == ((), None)


@pytest.mark.parametrize(
    ("title", "abstract", "mesh", "design", "kind"),
    [
        ("Heat in rats", "Forty rats were randomized.", (), "randomized trial", "animals"),
        ("Heat", "Forty patients were randomized.", (), "randomized trial", "people"),
        ("Heat", "Cells were warmed.", (), "in vitro", "cells"),
        ("Heat", "It was warm.", ("Animals", "Mice"), "unknown", "animals"),
        ("Heat", "It was warm.", ("Humans",), "unknown", "people"),
        ("Heat", "Rats and patients were warmed.", (), "cohort", ""),
        ("Heat", "It was warm.", (), "unknown", ""),
    ],
)
def test_species(title: str, abstract: str, mesh: tuple[str, ...], design: Design, kind: str) -> None:
    assert species(title, abstract, mesh, design) == kind


@pytest.mark.parametrize(
    ("title", "abstract", "mesh", "groups"),
    [
        ("", "", ("Aged", "Middle Aged", "Humans"), ("adults", "older people")),
        ("", "We enrolled 80 women aged 50 to 70 years.", (), ("adults", "older people")),
        ("", "Children aged 3-9 years were asked.", (), ("children",)),
        ("", "The mean age was 44 years.", (), ("adults",)),
        ("", "People aged 65 years or older took part.", (), ("older people",)),
        ("Heat in preterm infants: newborns studied", "", (), ("infants",)),
        ("Falls in older adults", "", (), ("older people",)),
        ("", "Pain was measured at 12 and 24 weeks.", (), ()),
    ],
)
def test_ages(title: str, abstract: str, mesh: tuple[str, ...], groups: tuple[str, ...]) -> None:
    assert ages(title, abstract, mesh) == groups


@pytest.mark.parametrize(
    ("title", "mesh", "names"),
    [
        ("Heat for gout", ("Humans", "Osteoarthritis, Knee", "Pain Measurement"), ("knee osteoarthritis",)),
        ("Heat for patients with knee osteoarthritis: a trial", (), ("knee osteoarthritis",)),
        ("Does heat ease chronic low back pain?", (), ("chronic low back pain",)),
        ("Early rehabilitation after acute ischaemic stroke", (), ("acute ischaemic stroke",)),
        ("Adherence to guidelines in disease management", (), ()),
        ("Homeopathy in primary care", ("Homeopathy", "Humans"), ()),
    ],
)
def test_conditions(title: str, mesh: tuple[str, ...], names: tuple[str, ...]) -> None:
    assert conditions(title, "", mesh) == names


@pytest.mark.parametrize(
    ("abstract", "allocation"),
    [
        ("A randomised cross-over trial of heat.", "cross-over"),
        ("This cluster-randomised trial took in 40 practices.", "cluster"),
        ("Twelve villages were randomly assigned to heat or rest.", "cluster"),
        ("A double-blind, parallel-group trial of heat.", "parallel"),
        ("Patients were randomly divided into two groups.", "parallel"),
        ("Patients on placebo were offered the drug at the end.", ""),
    ],
)
def test_how_a_trial_assigns(abstract: str, allocation: str) -> None:
    assert study_of(source(abstract)).allocation == allocation
    assert study_of(source(abstract, "cohort")).allocation == ""


def test_who_paid_and_what_interests_were_declared() -> None:
    study = study_of(
        source("The trial was funded by the Medical Heat Council. The authors declare no competing interests.")
    )
    assert study.funding == "funded by the Medical Heat Council"
    assert study.conflicts == "declare no competing interests"
    assert study_of(source("The hypothesis was supported by these data.")).funding == ""


TRAITS: tuple[tuple[str, Design, str, str], ...] = (
    (
        "We pooled 12 randomized controlled trials.",
        "systematic review",
        "randomized trials",
        "randomized controlled trials",
    ),
    ("Nine cohort studies were included.", "systematic review", "observational studies", "cohort studies"),
    ("Results: RR 0.31 (95% CI 0.20 to 0.48).", "cohort", "large effect", "RR 0.31 (95% CI 0.20 to 0.48)"),
    ("Results: the risk ratio was 0.9, only a small effect.", "cohort", "small effect", "only a small effect"),
    ("There was a dose-response relationship.", "cohort", "dose-response", "dose-response relationship"),
    (
        "Results: pain did not differ significantly.",
        "randomized trial",
        "not significant",
        "did not differ significantly",
    ),
    ("Results: OR 0.9 (95% CI 0.5 to 1.6).", "cohort", "wide interval", "OR 0.9 (95% CI 0.5 to 1.6)"),
    ("Results: SMD 0.1 (95% CI -0.6 to 0.8).", "systematic review", "wide interval", "SMD 0.1 (95% CI -0.6 to 0.8)"),
    ("Twenty-four adults were randomized.", "randomized trial", "few people", "Twenty-four adults"),
    ("Four trials with 210 participants were included.", "systematic review", "few people", "210 participants"),
    ("Heterogeneity was large (I2 = 84%).", "systematic review", "heterogeneity", "I2 = 84%"),
    ("Most trials had a high risk of bias.", "systematic review", "risk of bias", "high risk of bias"),
    ("Funnel plots were asymmetrical.", "systematic review", "publication bias", "Funnel plots were asymmetrical"),
    ("This open-label trial compared heat and rest.", "randomized trial", "not blinded", "open-label"),
    ("A single-arm trial of heat.", "non-randomized trial", "no control group", "single-arm"),
    ("In all, 31% dropped out.", "randomized trial", "losses", "31% dropped out"),
    ("Bone density was a surrogate outcome.", "randomized trial", "surrogate outcome", "surrogate outcome"),
    ("An inception cohort of adults was followed.", "cohort", "inception cohort", "inception cohort"),
    ("A random sample of households was asked.", "cross-sectional", "random sample", "random sample"),
    (
        "Sensitivity was 0.9 against the reference standard.",
        "diagnostic accuracy",
        "reference standard",
        "reference standard",
    ),
    ("We saw 80 consecutive patients.", "case series", "consecutive", "consecutive patients"),
)


@pytest.mark.parametrize(("abstract", "design", "kind", "words"), TRAITS)
def test_traits_name_the_words_that_show_them(abstract: str, design: Design, kind: str, words: str) -> None:
    traits: dict[str, str] = {trait.kind: trait.words for trait in study_of(source(abstract, design)).traits}
    assert traits.get(kind) == words
    assert all(len(shown) <= 60 for shown in traits.values())


NO_TRAITS: tuple[tuple[str, Design], ...] = (
    ("Larger randomized trials are needed.", "systematic review"),
    ("There was no evidence of publication bias.", "systematic review"),
    ("The trials had a low risk of bias.", "systematic review"),
    ("There was no substantial heterogeneity (I2 = 12%).", "systematic review"),
    ("A double-blind trial with an open-label extension.", "randomized trial"),
    ("Adults with uncontrolled hypertension were followed.", "cohort"),
    ("Results: OR 2.4 (95% CI 1.9 to 3.1).", "cohort"),
    ("Results: RR 2.4 (95% CI 1.1 to 5.3).", "cohort"),
    ("Results: independent predictors were age (RR 3.1, 95% CI 2.2 to 4.4).", "cohort"),
    ("Results: RR 1.02 (95% CI 0.97 to 1.08).", "cohort"),
    ("There was no dose-response relationship.", "cohort"),
    ("Blood was drawn on five consecutive days.", "cohort"),
    ("Results: pain fell significantly; there was no significant difference in adverse events.", "randomized trial"),
    ("In all, 12% dropped out.", "randomized trial"),
    ("A total of 240 adults were randomized.", "randomized trial"),
    ("Forty adults were asked.", "cross-sectional"),
    ("Surgery is the gold standard treatment.", "diagnostic accuracy"),
)


@pytest.mark.parametrize(("abstract", "design"), NO_TRAITS)
def test_what_is_denied_asked_for_or_small_is_no_trait(abstract: str, design: Design) -> None:
    assert study_of(source(abstract, design)).traits == ()


def test_nothing_is_made_of_nothing() -> None:
    study = study_of(Source(id="x", abstract="[Abstract not available]"))
    assert study == type(study)()


def test_animals_are_no_participants() -> None:
    study = study_of(source("Forty adult males, all rats of one strain, were randomized.", "animal", "Heat in rats"))
    assert (study.species, study.participants, study.ages) == ("animals", None, ())


@given(st.text(max_size=400), st.text(max_size=2000))
def test_any_text_is_read(title: str, abstract: str) -> None:
    for design in ("randomized trial", "systematic review", "unknown"):
        study = study_of(Source(id="x", title=title, abstract=abstract, design=design))
        assert study.participants is None or study.participants > 1


@pytest.mark.parametrize("piece", ["one hundred and ", "12 of 13 patients and ", "12 studies, including ", "The The "])
def test_long_texts_are_read_in_little_time(piece: str) -> None:
    assert_within(5, lambda: study_of(source(piece * (100_000 // len(piece)), "systematic review", piece * 1000)))
