"""The searches of PubMed: few subjects, the names that papers use, designs that answer, and never anything else."""

from __future__ import annotations

import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.language.marks import marks
from kb.model import Question, Span, Statement
from kb.questions.pubmed import MOST, pubmed_link, pubmed_query
from kb.questions.pubmed_subjects import subjects
from kb.questions.pubmed_words import DESIGNS, OF_GUIDELINES, OF_MECHANISMS
from tests.payloads import PAYLOADS


def said(text: str, question: Question | None = "benefit", **fields: Any) -> Statement:
    """A statement of these words."""
    known: dict[str, Any] = {"section": "", "needs_source": True, "kind": "benefit" if question else "mechanism"}
    return Statement(
        id="s",
        fingerprint="",
        text=text,
        start=0,
        end=len(text),
        sentence=Span(start=0, end=len(text)),
        line=1,
        question=question,
        marks=marks(text),
        **known | fields,
    )


def searched(text: str, topic: str = "") -> str:
    """The subjects of a search, without the designs and the name of the fields."""
    return pubmed_query(said(text), topic).rsplit(" AND (", 1)[0].replace("[tiab]", "")


@pytest.mark.parametrize(
    ("text", "subjects"),
    [
        (
            "Statins reduce the risk of heart attack in people with diabetes.",
            'statin* AND ("myocardial infarction*" OR "heart attack*") AND diabetes',
        ),
        ("Vitamin D supplements do not prevent falls in older adults.", '"vitamin D" AND (fall OR falls)'),
        (
            "Ibuprofen is better than paracetamol for period pain.",
            "ibuprofen* AND (paracetamol OR acetaminophen) AND pain",
        ),
        ("The MMR vaccine does not cause autism.", '"MMR vaccin*" AND autism'),
        ("Proton pump inhibitors can cause low magnesium levels.", '"proton pump inhibitor*" AND magnesium*'),
        (
            "About one in five pregnant women has iron deficiency anaemia.",
            'pregnan* AND "iron deficienc*" AND (anaemia OR anemia)',
        ),
        (
            "Some 40% of adults over 65 have knee osteoarthritis.",
            '("knee osteoarthritis" OR "osteoarthritis of the knee")',
        ),
        ("A D-dimer test rules out deep vein thrombosis in low-risk patients.", '"d-dimer" AND "deep vein thrombosis"'),
        ("Most people with whiplash recover within three months.", "whiplash*"),
        ("Mammography screening lowers breast cancer mortality.", 'mammograph* AND screening* AND "breast cancer*"'),
        ("Probiotics relieve bloating in irritable bowel syndrome.", 'probiotic* AND "irritable bowel syndrome*"'),
        (
            "Drinking green tea every day helps you lose weight.",
            '("green tea" OR "green teas") AND ("weight loss" OR "weight reduction")',
        ),
        (
            "Sitting for more than eight hours a day raises the risk of type 2 diabetes.",
            'sitting* AND "type 2 diabetes"',
        ),
        (
            "Omega-3 fatty acids cut triglycerides by 20–30 % (Smith, 2019).",
            '("omega-3 fatty acid" OR "omega-3 fatty acids") AND triglyceride*',
        ),
        ("The HPV vaccine protects against cervical cancer.", '"HPV vaccin*" AND "cervical cancer*"'),
        (
            "Exercise, physiotherapy and yoga ease sciatica.",
            '(exercis* OR physiotherap* OR "physical therap*" OR yoga) AND (sciatica OR "lumbar radicul*")',
        ),
        ("B12 injections treat pernicious anemia.", 'B12 AND "pernicious anemia"'),
        ("STATINS PREVENT STROKES!", "statin* AND stroke*"),
        ("Sciatica-related knee pain doesn’t last.", '(sciatica OR "lumbar radicul*") AND "knee pain"'),
        ("Studies show that it is very effective.", ""),
        ("", ""),
    ],
)
def test_a_search_asks_for_few_subjects_by_the_names_that_papers_use(text: str, subjects: str) -> None:
    assert searched(text) == subjects


SCIATICA = '(sciatica OR "lumbar radicul*")'


@pytest.mark.parametrize(
    ("text", "topic", "subjects"),
    [
        (
            "It prevents migraine.",
            "Brindleweed tea for headaches",
            '("brindleweed tea" OR "brindleweed teas") AND migraine*',
        ),
        (
            "This can lead to numbness of the foot.",
            "Living with sciatica",
            f"{SCIATICA} AND numbness AND (foot OR foots)",
        ),
        (
            "Surgery is kept for severe cases.",
            "Living with sciatica",
            f"{SCIATICA} AND (surger* OR surgical OR operation*)",
        ),
        ("Statins prevent strokes.", "Living with sciatica", "statin* AND stroke*"),
        ("Sciatica is common.", "Living with sciatica", SCIATICA),
    ],
)
def test_what_the_article_is_about_is_lent_where_the_statement_does_not_say_it(
    text: str, topic: str, subjects: str
) -> None:
    assert searched(text, topic) == subjects


@pytest.mark.parametrize("question", list(DESIGNS))
def test_the_question_decides_which_designs_are_asked_for(question: Question) -> None:
    assert pubmed_query(said("Statins prevent strokes.", question)).endswith(f"stroke*[tiab] AND ({DESIGNS[question]})")


def test_guidelines_and_mechanisms_ask_for_others() -> None:
    assert pubmed_query(said("Statins are advised.", signals=("guideline",))).endswith(f"({OF_GUIDELINES})")
    assert pubmed_query(said("Statins are advised.", kind="recommendation")).endswith(f"({OF_GUIDELINES})")
    assert pubmed_query(said("Cholesterol narrows arteries.", None)).endswith(f"({OF_MECHANISMS})")


_TERM = r'(?:[\w*-]+|"[\w* -]+")\[tiab\]'
_QUERY = re.compile(rf"(?:(?:{_TERM}|\({_TERM}(?: OR {_TERM})+\)) AND ){{1,{MOST}}}\((?P<designs>[^()]*)\)")


def well_formed(query: str) -> bool:
    """Whether a search is of the form of all: up to three groups of terms with their field, and designs."""
    match = _QUERY.fullmatch(query)
    return match is not None and match["designs"] in {*DESIGNS.values(), OF_GUIDELINES, OF_MECHANISMS}


@pytest.mark.parametrize(
    "payload", [*PAYLOADS.values(), 'x"[tiab]) NOT (cancer[ti]) AND "', "a AND b OR NOT c", "(((("]
)
def test_hostile_words_stay_words(payload: str) -> None:
    query = pubmed_query(said(f"{payload} Statins prevent strokes {payload}"), payload)
    assert well_formed(query)
    assert "statin*" in query


@given(st.text(max_size=300), st.text(max_size=80))
def test_any_text_gives_a_search_of_this_form_or_none(text: str, topic: str) -> None:
    query = pubmed_query(said(text), topic)
    assert not query or well_formed(query)
    assert len(query) < 2_000


@given(st.text(alphabet="abc knee pain nerve -,.", max_size=200))
def test_subjects_are_told_once_and_in_order(text: str) -> None:
    found = subjects(text)
    assert len({one.words for one in found}) == len(found)
    assert [one.place for one in found] == sorted(one.place for one in found)


def test_a_link_holds_the_search_and_nothing_else() -> None:
    link = pubmed_link('"knee pain"[tiab] AND (a OR b)')
    assert link == "https://pubmed.ncbi.nlm.nih.gov/?term=%22knee+pain%22%5Btiab%5D+AND+%28a+OR+b%29"
