"""Designs of studies: each place that can name one, which goes before which, and what names none."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.design import main, rows, score
from kb.model import Design, Source
from kb.strength.design import UNKNOWN, design_of

LONG = "It was done at one hospital, and what was measured is told below in the words of the people who did it. "


def source(**fields: object) -> Source:
    return Source(id="ref:test", **fields)  # type: ignore[arg-type]


TYPES: list[tuple[tuple[str, ...], Design]] = [
    (("Journal Article", "Randomized Controlled Trial"), "randomized trial"),
    (("Meta-Analysis", "Review", "Journal Article"), "systematic review"),
    (("Systematic Review",), "systematic review"),
    (("Review",), "narrative review"),
    (("Practice Guideline", "Systematic Review"), "guideline"),
    (("Clinical Trial Protocol", "Randomized Controlled Trial"), "protocol"),
    (("Case Reports", "Review"), "case report"),
    (("Letter", "Randomized Controlled Trial"), "randomized trial"),
    (("Letter",), "editorial"),
    (("Editorial",), "editorial"),
    (("Clinical Trial, Phase II",), "non-randomized trial"),
    (("Controlled Clinical Trial",), "non-randomized trial"),
    (("Observational Study",), "unknown"),
    (("Retraction of Publication",), "editorial"),
    (("Preprint",), "preprint"),
    (("Randomized Controlled Trial", "Preprint"), "randomized trial"),
    (("Randomized Controlled Trial, Veterinary",), "animal"),
    (("Journal Article", "Retracted Publication"), "unknown"),
]


@pytest.mark.parametrize(("types", "design"), TYPES)
def test_publication_types(types: tuple[str, ...], design: Design) -> None:
    found, basis = design_of(source(publication_types=types))
    assert found == design
    assert basis == UNKNOWN or basis.startswith("its publication types say ")


WORKS: list[tuple[dict[str, object], Design, str]] = [
    ({"type": "book-chapter", "title": "A systematic review"}, "book", "it is registered or listed as book-chapter"),
    ({"type": "monograph"}, "book", "it is registered or listed as monograph"),
    ({"type": "posted-content"}, "preprint", "it is registered or listed as posted-content"),
    ({"type": "webpage"}, "web page", "it is registered or listed as webpage"),
    ({"type": "journal-article"}, "unknown", UNKNOWN),
    (
        {"type": "journal-article", "container": "Cochrane Database of Systematic Reviews"},
        "systematic review",
        "it stands in the Cochrane Database of Systematic Reviews",
    ),
    ({"keywords": ("Humans", "Cohort Studies/methods")}, "cohort", "its keywords say Cohort Studies/methods"),
    ({"keywords": ("*Case-Control Studies",)}, "case-control", "its keywords say *Case-Control Studies"),
    ({"keywords": ("Animals", "Rats")}, "animal", "its keywords say Animals and do not say Humans"),
    ({"keywords": ("Animals", "Humans")}, "unknown", UNKNOWN),
    ({"keywords": ("Randomized Controlled Trials as Topic",)}, "unknown", UNKNOWN),
    ({"keywords": ("Cohort Studies",), "title": "A case report"}, "cohort", "its keywords say Cohort Studies"),
    ({}, "unknown", UNKNOWN),
]


@pytest.mark.parametrize(("fields", "design", "basis"), WORKS)
def test_type_of_work_and_headings(fields: dict[str, object], design: Design, basis: str) -> None:
    assert design_of(source(**fields)) == (design, basis)


TITLES: list[tuple[str, Design]] = [
    ("Exercise for knee pain: a systematic review", "systematic review"),
    ("EXERCISE FOR KNEE PAIN: A META-ANALYSIS", "systematic review"),
    ("Exercise for knee pain: a randomised controlled trial", "randomized trial"),
    ("Exercise for knee pain: study protocol for a randomised controlled trial", "protocol"),
    ("A quasi-randomized comparison of two braces", "non-randomized trial"),
    ("Knee pain in miners: a cross-sectional study", "cross-sectional"),
    ("Knee pain and lifting: a case-control study", "case-control"),
    ("Ten-year follow-up study of knee pain", "cohort"),
    ("Diagnostic accuracy of the straight leg raise", "diagnostic accuracy"),
    ("Knee pain after a bee sting: case report", "case report"),
    ("Nerve regrowth in rats fed on thyme", "animal"),
    ("Clinical practice guideline for low back pain", "guideline"),
    ("Adherence to a guideline on low back pain", "unknown"),
    ("Knee pain: an overview", "narrative review"),
    ("Reply: knee pain", "editorial"),
    ("Body weight and arthritis: a Mendelian randomization study", "unknown"),
    ("Therapeutic effectiveness of cupping in back pain", "unknown"),
    ("Rats!", "unknown"),
]


@pytest.mark.parametrize(("title", "design"), TITLES)
def test_titles(title: str, design: Design) -> None:
    found, basis = design_of(source(title=title))
    assert found == design
    if found != "unknown":
        assert basis.startswith("its title says '")
        assert basis.split("'")[1] in title


ABSTRACTS: list[tuple[str, Design]] = [
    ("Eighty patients with knee pain were randomly allocated to a brace or to none.", "randomized trial"),
    ("Participants will be randomised to a brace or to usual care, and seen at six weeks.", "protocol"),
    ("MEDLINE and EMBASE were searched to May for trials of braces, and the results were pooled.", "systematic review"),
    ("Randomized trials are needed. We retrospectively reviewed the charts of 90 patients who had a brace.", "cohort"),
    ("We did a cross-sectional study of knee pain among miners.", "cross-sectional"),
    ("A questionnaire was mailed to all general practitioners of the county.", "cross-sectional"),
    ("Ninety cases and 180 controls were asked how often they lifted loads.", "case-control"),
    ("We present the case of a miner whose knee was stung.", "case report"),
    ("Twenty male Wistar rats were fed on thyme, and their nerves were examined.", "animal"),
    ("Cell lines were exposed to thyme oil, and death of cells was counted.", "in vitro"),
    ("In this review we discuss what is known of knee pain.", "narrative review"),
    ("We report a case series of braces.", "case series"),
    ("Knee pain is common, and 120 patients told us what they think of it.", "unknown"),
]


@pytest.mark.parametrize(("words", "design"), ABSTRACTS)
def test_abstracts(words: str, design: Design) -> None:
    found, basis = design_of(source(abstract=LONG + words))
    assert (found, basis == UNKNOWN) == (design, design == "unknown")


def test_a_broad_publication_type_lets_the_abstract_say_which() -> None:
    found, basis = design_of(
        source(
            publication_types=("Clinical Trial, Phase III",),
            abstract=LONG + "Patients were randomly assigned to thyme or placebo.",
        )
    )
    assert found == "randomized trial"
    assert basis.startswith("its publication types say Clinical Trial, Phase III, and its abstract says '")


def test_markup_and_placeholders_in_the_abstract() -> None:
    marked = f"<jats:p>{LONG}Patients were <jats:italic>randomly</jats:italic> allocated &amp; seen.</jats:p>"
    assert design_of(source(abstract=marked))[0] == "randomized trial"
    assert design_of(source(abstract="[Abstract not available]"))[0] == "unknown"


@given(st.text(max_size=300), st.text(max_size=600))
def test_any_text_gets_an_answer_with_a_basis(title: str, abstract: str) -> None:
    design, basis = design_of(source(title=title, abstract=abstract))
    assert basis
    assert (design == "unknown") == (basis == UNKNOWN)


def test_the_score_counts_any_of_the_labels_as_a_hit() -> None:
    answers: list[tuple[list[str], Design]] = [
        (["rct", "cohort"], "cohort"),
        (["rct"], "randomized trial"),
        (["rct"], "protocol"),
        (["cohort"], "randomized trial"),
    ]
    figures = score(answers)
    assert figures["accuracy"] == 0.5
    assert figures["accuracy, trial and protocol as one"] == 0.75
    assert figures["rct F1"] == pytest.approx(2 / 4)
    assert figures["macro recall"] == 0, "no class has the four rows that it takes"


def test_accuracy_on_labelled_studies(shared: Path) -> None:
    data = rows(shared / "data" / "study-design" / "design_dev.csv")
    figures = score([(labels, design_of(one)[0]) for labels, one in data])
    assert figures["accuracy"] >= 0.79
    assert figures["rct F1"] >= 0.84


def test_the_benchmark_reads_any_file_of_the_layout(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "design_dev.csv").write_text(
        "id,source,title,abstract,labels,year\n"
        "1,pubmedqa_mesh,A cohort study,,cohort,2020\n"
        "2,evidence_inference_title,A randomized trial,,rct,2020\n",
        encoding="utf-8",
    )
    main(["--data", str(tmp_path), "--json"])
    assert '"accuracy": 0.5' in capsys.readouterr().out
