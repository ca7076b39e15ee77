"""The same assertion made twice, and its opposite: a table of pairs by hand, and no sentence compared with all."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.language.assertion import Assertion, read_assertion
from kb.language.comparison import Comparison, compare
from kb.model import Kind, Span, Statement
from kb.questions import claims
from kb.questions.same_claim import same_claims
from tests.costs import assert_within

SAME = (
    ("Walking eases stiff knees.", "Walking eases stiff knees."),
    ("Walking eases stiff knees [3].", "Walking eases stiff knees (Roe, 2010)."),
    ("Walking eases stiff knees.12", "Walking eases stiff knees."),
    ("Walking reduces stiffness of the knee.", "Walking decreases stiffness of the knees."),
    ("Stiffness of the knee is reduced by walking.", "Walking reduces stiffness of the knee."),
    ("Studies have shown that walking eases stiff knees.", "Walking eases stiff knees."),
    ("Our earlier work has shown that walking eases stiff knees.", "Walking eases stiff knees."),
    ("Sciatica pain is often felt in the spine.", "Sciatic pain is often felt in the spine."),
    ("It is well known that smoking causes lung cancer.", "Smoking causes lung cancer."),
    ("Smoking can cause lung cancer.", "Smoking causes lung cancer."),
    ("Sciatica often causes knee pain.", "Sciatica causes knee pain."),
    ("In older adults, walking eases stiff knees.", "Walking eases stiff knees in older adults."),
    ("About 40% of nurses have back pain.", "40 per cent of nurses have back pain."),
    ("One in four adults has sore feet at some time.", "25% of adults have sore feet at some time."),
    ("Heat does not relieve swollen ankles.", "Heat doesn’t relieve swollen ankles."),
    ("Irritation of the nerve causes pain in the knee.", "Nerve irritation causes pain in the knee."),
    ("Many patients with sciatica recover without surgery.", "Many people with sciatica recover without surgery."),
    ("Stretching helps to relieve tension in the calf.", "Stretching relieves tension in the calf."),
    ("The drug is safe in pregnancy.", "The medication is safe in pregnancy."),
    ("Regular walking eases stiffness of the knee.", "Walking eases stiffness of the knee."),
)
CONTRADICT = (
    ("Smoking causes lung cancer.", "Smoking does not cause lung cancer.", "denies"),
    ("Heat relieves swollen ankles.", "Heat doesn't relieve swollen ankles.", "denies"),
    ("Sciatica can cause knee pain.", "Sciatica never causes knee pain.", "denies"),
    ("There is evidence that cupping works.", "There is no evidence that cupping works.", "denies"),
    ("Running is a risk factor for arthritis.", "Running is not a risk factor for arthritis.", "denies"),
    ("Coffee increases blood pressure.", "Coffee lowers blood pressure.", "“increases” and the other “lowers”"),
    ("Rest aggravates sciatic pain.", "Rest relieves sciatic pain.", "aggravates"),
    ("Exercise improves knee function.", "Exercise worsens knee function.", "improves"),
    ("Blood pressure is raised by coffee.", "Coffee lowers blood pressure.", "lowers"),
    ("Cupping is effective for sciatica pain.", "Cupping is ineffective for sciatica pain.", "ineffective"),
    ("Ibuprofen is safe in late pregnancy.", "Ibuprofen is unsafe in late pregnancy.", "unsafe"),
    ("Knee pain is common in sciatica.", "Knee pain is rare in sciatica.", "rare"),
    ("Bed rest is necessary in sciatica.", "Bed rest is unnecessary in sciatica.", "unnecessary"),
    ("Sciatica affects 5% of adults.", "Sciatica affects 40% of adults.", "5% and the other 40%"),
    ("One in ten nurses has back pain.", "60% of nurses have back pain.", "One in ten"),
    ("Sciatica affects 5–10% of adults.", "Sciatica affects 40% of adults.", "5–10%"),
)
NEITHER = (
    ("Walking eases stiff knees.", "Walking eases stiff hips."),
    ("Walking eases stiff knees.", "Swimming eases stiff knees."),
    ("Irritation of the nerve causes knee pain.", "Knee pain causes irritation of the nerve."),
    ("The disc compresses the sciatic nerve.", "The sciatic nerve compresses the disc."),
    ("Sciatica recovers with surgery in most adults.", "Sciatica recovers without surgery in most adults."),
    ("Walking eases stiff knees in children.", "Walking eases stiff knees."),
    ("Walking eases stiff knees after surgery.", "Walking eases stiff knees before surgery."),
    ("Some people need surgery for sciatica.", "Some people do not need surgery for sciatica."),
    ("Coffee may increase blood pressure.", "Coffee may lower blood pressure."),
    ("Surgery is needed in severe sciatica.", "Surgery is not always needed in severe sciatica."),
    ("Sciatica affects 5–10% of adults.", "Sciatica affects 7% of adults."),
    ("Up to 40% of nurses have back pain.", "12% of nurses have back pain."),
    ("One study found sore feet in 12% of nurses.", "One study found sore feet in 40% of nurses."),
    ("Sciatica affects 5% of adults.", "Sciatica affects adults."),
    ("Ten milligrams of the drug relieve knee pain.", "20 mg of the drug relieve knee pain."),
    ("A dose of 5.2 mg eases sore knees.", "A dose of 5.9 mg eases sore knees."),
    ("Hypertension is common in older men.", "Hypotension is common in older men."),
    ("Interleukin 6 is high in sore knees.", "Interleukin 8 is high in sore knees."),
    ("A higher dose lowers the pain of the knee.", "A lower dose raises the pain of the knee."),
    ("Pain in the lower limb is common.", "Pain in the upper limb is common."),
    ("Heat does not increase knee pain.", "Heat reduces knee pain."),
    ("Not only smoking causes lung cancer.", "Not all smoking causes lung cancer."),
    ("Acute back pain resolves within weeks.", "Chronic back pain resolves within weeks."),
    ("Surgery helps.", "Surgery does not help."),
    ("Walking eases stiff knees, and cycling strengthens the thigh.", "Walking eases stiff knees."),
)


def statement(number: int, text: str, kind: Kind = "benefit", leans_on: str | None = None) -> Statement:
    return Statement(
        id=f"s{number}",
        fingerprint=f"f{number}",
        text=text,
        start=0,
        end=len(text),
        sentence=Span(start=0, end=len(text)),
        line=number,
        section="",
        kind=kind,
        question=None,
        needs_source=True,
        leans_on=leans_on,
    )


def how(one: str, other: str) -> list[tuple[str, str]]:
    return [(pair.how, pair.why) for pair in same_claims((statement(1, one), statement(2, other)))]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_the_same_in_other_words(one: str, other: str) -> None:
    assert [found for found, _ in how(one, other)] == ["same"]
    assert [found for found, _ in how(other, one)] == ["same"]


@pytest.mark.parametrize(("one", "other", "why"), CONTRADICT)
def test_the_opposite(one: str, other: str, why: str) -> None:
    ((found, reason),) = how(one, other)
    assert found == "contradicts"
    assert why in reason
    assert [back for back, _ in how(other, one)] == ["contradicts"]


@pytest.mark.parametrize(("one", "other"), NEITHER)
def test_neither_the_same_nor_the_opposite(one: str, other: str) -> None:
    assert how(one, other) == []
    assert how(other, one) == []


def test_the_more_careful_of_two_is_named() -> None:
    ((_, why),) = how("Smoking may cause lung cancer.", "Smoking causes lung cancer.")
    assert why.endswith("one of them more carefully (“may”)")


@pytest.mark.parametrize(
    "other",
    [
        statement(2, "Walking eases stiff knees.", kind="framing"),
        statement(2, "Walking eases stiff knees.", kind="own work"),
        statement(2, "Walking eases stiff knees.", leans_on="s1"),
    ],
)
def test_what_asserts_nothing_by_itself_is_left_out(other: Statement) -> None:
    assert same_claims((statement(1, "Walking eases stiff knees."), other)) == ()


@pytest.mark.parametrize("start", ["It", "This", "However, they", "The latter"])
def test_a_subject_named_elsewhere_is_not_known_to_be_the_same(start: str) -> None:
    assert how(f"{start} clearly eased stiff knees in adults.", f"{start} clearly eased stiff knees in adults.") == []


def test_statements_of_several_articles_are_told_by_their_articles() -> None:
    # The id of a statement derives from its words, so the same sentence has the same id in both articles.
    twice = (statement(1, "Walking eases stiff knees."), statement(1, "Walking eases stiff knees."))
    (pair,) = same_claims(twice, ("a.txt", "b.txt"))
    assert (pair.first, pair.second, pair.first_article, pair.second_article) == ("s1", "s1", "a.txt", "b.txt")
    assert (pair.how, pair.alike) == ("same", 1.0)


def test_of_many_that_are_equal_each_is_paired_with_the_first() -> None:
    pairs = same_claims([statement(number, "Walking eases stiff knees.") for number in range(1, 6)])
    assert [(pair.first, pair.second) for pair in pairs] == [("s1", "s2"), ("s1", "s3"), ("s1", "s4"), ("s1", "s5")]


WORDS = "heat cold walking knees ankles pain adults nerve muscle not reduces increases 5% 40% may without of in".split()


@given(st.lists(st.sampled_from(WORDS), max_size=12), st.lists(st.sampled_from(WORDS), max_size=12))
def test_the_order_of_the_two_does_not_matter(one: list[str], other: list[str]) -> None:
    first, second = read_assertion(" ".join(one)), read_assertion(" ".join(other))
    there, back = compare(first, second), compare(second, first)
    assert (there and (there.how, there.alike)) == (back and (back.how, back.alike))


@given(st.text(max_size=300))
def test_any_text_can_be_read_and_is_like_itself(text: str) -> None:
    assertion = read_assertion(text)
    answer = compare(assertion, assertion)
    assert answer is not None
    assert answer.how == "same"


def test_a_sentence_without_end_takes_no_time() -> None:
    assert_within(1, lambda: (read_assertion("pain is eased by " * 20_000), read_assertion("is not " * 20_000)))


def test_statements_are_not_compared_each_with_each(monkeypatch: pytest.MonkeyPatch) -> None:
    compared = 0

    def counted(one: Assertion, other: Assertion) -> Comparison | None:
        nonlocal compared
        compared += 1
        return compare(one, other)

    monkeypatch.setattr(claims, "compare", counted)
    many = [
        statement(number, f"Herb{number % 400} tea eases complaint{number // 10} in joint{number % 25} of adults.")
        for number in range(3000)
    ]
    assert same_claims([*many, statement(3000, many[1500].text)])[0].first == "s1500"
    assert compared < 10 * len(many)


def test_a_table_of_like_rows_is_not_compared_row_by_row(monkeypatch: pytest.MonkeyPatch) -> None:
    looked = []
    monkeypatch.setattr(claims, "compare", lambda one, other: looked.append(one))
    same_claims([statement(number, f"The mean dose of the tea was {number} mg in adults.") for number in range(1000)])
    assert len(looked) <= 100 * 1000
