"""Quantities: what must be read as one, what must not, and which numbers agree."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.language.quantities import agrees, quantities

MUST: list[tuple[str, str, tuple[str, float | None, float | None, str]]] = [
    ("It affects about 5–10 % of people.", "5–10 %", ("percent", 5, 10, "%")),
    ("It rose from 10% to 20%.", "10% to 20%", ("percent", 10, 20, "%")),
    ("Of these, 67% of participants improved.", "67%", ("percent", 67, 67, "%")),
    ("It fell by 50 per cent.", "50 per cent", ("percent", 50, 50, "%")),
    ("It fell by 3.5 percentage points.", "3.5 percentage points", ("percent", 3.5, 3.5, "percentage points")),
    ("It hits 1 in 4 adults.", "1 in 4", ("fraction", 0.25, 0.25, "")),
    ("One in five people have it.", "One in five", ("fraction", 0.2, 0.2, "")),
    ("In 3 of 12 it came back.", "3 of 12", ("fraction", 0.25, 0.25, "")),
    ("Relief in 12/48 of them.", "12/48", ("fraction", 0.25, 0.25, "")),
    ("A third of patients had it.", "A third", ("fraction", 1 / 3, 1 / 3, "")),
    ("In half of them it lasted.", "half", ("fraction", 0.5, 0.5, "")),
    ("Two-thirds had pain.", "Two-thirds", ("fraction", 2 / 3, 2 / 3, "")),
    ("It was worse (OR 1.4).", "OR 1.4", ("ratio", 1.4, 1.4, "")),
    ("A hazard ratio of 0·75 was found.", "hazard ratio of 0·75", ("ratio", 0.75, 0.75, "")),
    ("It was worse (95 % CI 1.1–1.8).", "95 % CI 1.1–1.8", ("interval", 1.1, 1.8, "")),
    ("It takes 3.2 per 100,000 a year.", "3.2 per 100,000", ("ratio", 3.2, 3.2, "per 100,000")),
    ("It hits 10,000 people.", "10,000 people", ("count", 10000, 10000, "people")),
    ("It hits 10 000 people.", "10 000 people", ("count", 10000, 10000, "people")),
    ("It hits 1.5 million adults per year.", "1.5 million adults per year", ("count", 1.5e6, 1.5e6, "people per year")),
    ("It cost 3 million.", "3 million", ("count", 3e6, 3e6, "")),
    ("We asked 2000 patients.", "2000 patients", ("count", 2000, 2000, "people")),
    ("Two patients died.", "Two patients", ("count", 2, 2, "people")),
    ("The others (n = 45) left.", "n = 45", ("count", 45, 45, "")),
    ("It takes 500 mg at night.", "500 mg", ("measure", 500, 500, "mg")),
    ("Give 5 mg/kg per day.", "5 mg/kg per day", ("measure", 5, 5, "mg/kg per day")),
    ("They were 18 to 65 years old.", "18 to 65 years", ("measure", 18, 65, "years")),
    ("After a 6-month rest it went.", "6-month", ("measure", 6, 6, "months")),
    ("It lasts six to twelve weeks.", "six to twelve weeks", ("measure", 6, 12, "weeks")),
    ("A twofold rise.", "twofold", ("multiple", 2, 2, "")),
    ("A 2.5-fold rise.", "2.5-fold", ("multiple", 2.5, 2.5, "")),
    ("They are twice as likely to fall.", "twice", ("multiple", 2, 2, "")),
    ("Three times higher than before.", "Three times", ("multiple", 3, 3, "")),
    ("It was lower (p < 0.05).", "p < 0.05", ("p", 0, 0.05, "")),
    ("Only a small percentage of patients need it.", "Only a small percentage", ("vague share", None, None, "")),
    ("Most patients get well.", "Most patients", ("vague share", None, None, "")),
    ("The vast majority of them get well.", "The vast majority", ("vague share", None, None, "")),
]


@pytest.mark.parametrize(("text", "written", "expected"), MUST)
def test_must_be_read(text: str, written: str, expected: tuple[str, float | None, float | None, str]) -> None:
    found = quantities(text)
    assert [text[one.start : one.end] for one in found] == [written]
    kind, low, high, unit = expected
    assert (found[0].kind, found[0].unit) == (kind, unit)
    assert found[0].low == pytest.approx(low)
    assert found[0].high == pytest.approx(high)


MUST_NOT = [
    "It was found in 2016.",
    "It was done in 2004 and 2010.",
    "Between 1990–1995 it was common, as in the 1980s.",
    "It was found (Bilal & Khan, 2016).",
    "It was found [12], and again [1–3, 7].",
    "It was found (12, 13).",
    "See Figure 3, Table 2 and section 4.1.",
    "1. Rest the knee.\n2) Cool it.",
    "The discs L4/L5 and C6 press on the root S1.",
    "IL-6, CD4 and H1N1 rise in COVID-19.",
    "Fish oil holds omega-3 and vitamin B12.",
    "People with type 2 diabetes and a grade 3 tear.",
    "It is a phase III trial; on day 7 they came back.",
    "On 12 May 2016 and on March 3, 2019 they met.",
    "Open 24/7 at https://example.org/123/45.",
    "Printed in 7(08), 326-330, as doi 10.5555/pp.2016.780.",
    "The 3rd week was the worst.",
    "The half-life is short; wait half an hour.",
    "A third group got 5-fluorouracil.",
    "One study found that it helps.",
    "The 95% confidence intervals were wide.",
    "This is the second most common cause.",
]


@pytest.mark.parametrize("text", MUST_NOT)
def test_must_not_be_read(text: str) -> None:
    assert [text[one.start : one.end] for one in quantities(text)] == []


def test_a_result_in_full() -> None:
    text = "In 2016, pain fell in 12 of 45 patients (27%; OR 0.7, 95% CI 0.5 to 0.9; p=0.03) [4]."
    assert [(one.kind, text[one.start : one.end]) for one in quantities(text)] == [
        ("fraction", "12 of 45"),
        ("percent", "27%"),
        ("ratio", "OR 0.7"),
        ("interval", "95% CI 0.5 to 0.9"),
        ("p", "p=0.03"),
    ]


AGREE: list[tuple[str, str, bool]] = [
    ("67%", "67 %", True),
    ("67%", "66.7%", True),
    ("67%", "two-thirds of them", True),
    ("66.7%", "67%", False),
    ("67%", "76%", False),
    ("67%", "33%", False),
    ("5–10%", "5 to 10%", True),
    ("5–10%", "7%", False),
    ("a third of them", "34%", True),
    ("1 in 3", "40%", False),
    ("120 patients", "n = 120", True),
    ("120 patients", "121 patients", False),
    ("120 patients", "120 mg", False),
    ("6 weeks", "6 months", False),
    ("six weeks", "6-week", True),
    ("OR 1.4", "odds ratio of 1.38", True),
    ("5%", "5 percentage points", False),
    ("most patients", "most patients", False),
    ("p < 0.05", "p < 0.05", True),
]


@pytest.mark.parametrize(("stated", "found", "expected"), AGREE)
def test_which_numbers_agree(stated: str, found: str, expected: bool) -> None:
    assert agrees(quantities(stated)[0], quantities(found)[0]) is expected


@given(st.text(alphabet=st.sampled_from("0123456789 ,.-–%/():[]pPnmgahfiOR<=n\ntwohal"), max_size=120))
def test_any_text_gives_ordered_places_inside_it(text: str) -> None:
    end = 0
    for one in quantities(text):
        assert end <= one.start < one.end <= len(text)
        assert (one.low is None) == (one.high is None)
        if one.low is not None and one.high is not None:
            assert one.low <= one.high
        end = one.end


@pytest.mark.parametrize("unit", ["1", "1,", "111,", "1 in ", "1-", "(a 2016 ", "[1,", "95% CI ", "12 ", "a third "])
def test_time_grows_with_the_length_and_no_faster(unit: str) -> None:
    def seconds(size: int) -> float:
        text = unit * (size // len(unit))
        return min(_timed(text) for _ in range(3))

    def _timed(text: str) -> float:
        begun = time.perf_counter()
        quantities(text)
        return time.perf_counter() - begun

    assert seconds(8_000) < 12 * seconds(2_000) + 0.05, "four times the text, and far more than four times the time"
