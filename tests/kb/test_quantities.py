"""Quantities: what must be read as one, what must not, and which numbers agree."""

from __future__ import annotations

import math
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.language.quantities import agrees, quantities
from tests.costs import assert_grows_little

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
    ("It takes 3.2 per 100,000 a year.", "3.2 per 100,000 a year", ("ratio", 3.2, 3.2, "per year")),
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
    ("It was lower (p < 0.05).", "p < 0.05", ("p", 0.05, 0.05, "")),
    ("Only a small percentage of patients need it.", "Only a small percentage", ("vague share", None, None, "")),
    ("Most patients get well.", "Most patients", ("vague share", None, None, "")),
    ("The vast majority of them get well.", "The vast majority", ("vague share", None, None, "")),
    ("It hits 1 200 samples.", "1 200", ("count", 1200, 1200, "")),
    ("It held 1.2 × 10^6 cells/ml.", "1.2 × 10^6 cells/ml", ("measure", 1.2e6, 1.2e6, "cells/ml")),
    ("It held 3.1 × 10−3 g.", "3.1 × 10−3 g", ("measure", 0.0031, 0.0031, "g")),
    ("Give 10 mg/kg/day.", "10 mg/kg/day", ("measure", 10, 10, "mg/kg per day")),
    ("It ran at 5 ml min−1.", "5 ml min−1", ("measure", 5, 5, "ml per minute")),
    ("It was kept at −80 °C.", "−80 °C", ("measure", -80, -80, "°C")),
    ("It changed by -0.4 points.", "-0.4 points", ("measure", -0.4, -0.4, "points")),
    ("They took it three times daily.", "three times daily", ("measure", 3, 3, "times per day")),
    ("They took it twice a day.", "twice a day", ("measure", 2, 2, "times per day")),
    ("It came back two to three times.", "two to three times", ("measure", 2, 3, "times")),
    ("It is rare between 18 and 65 years.", "18 and 65 years", ("measure", 18, 65, "years")),
    ("It loses 2.4%/hour.", "2.4%/hour", ("percent", 2.4, 2.4, "% per hour")),
    ("The mean was .129 in all.", ".129", ("count", 0.129, 0.129, "")),
    ("Twenty-four patients came.", "Twenty-four patients", ("count", 24, 24, "people")),
    ("Thirty Wistar rats were fed.", "Thirty Wistar rats", ("count", 30, 30, "animals")),
    ("It was shown in eight countries.", "eight", ("count", 8, 8, "")),
    ("They were kept at age 11 as well.", "11", ("measure", 11, 11, "years")),
    ("They were mixed 2:1 before use.", "2:1", ("ratio", 2, 2, "")),
    ("It ran (CI 0.9 to 1.4).", "CI 0.9 to 1.4", ("interval", 0.9, 1.4, "")),
    ("One third of it was lost.", "One third", ("fraction", 1 / 3, 1 / 3, "")),
    ("We plan to recruit 48 of them in all.", "48", ("count", 48, 48, "")),
    ("It was above 140/90 mmHg.", "140/90 mmHg", ("measure", 140, 140, "mmHg")),
    ("A 126-subject sample was taken.", "126-subject", ("count", 126, 126, "people")),
    ("It held 200 EU/ml.", "200 EU/ml", ("measure", 200, 200, "EU/ml")),
    ("It was equal (P=1.000).", "P=1.000", ("p", 1, 1, "")),
    ("It took 93 of 116 days.", "93 of 116", ("fraction", 93 / 116, 93 / 116, "")),
    ("It fell by half.", "half", ("fraction", 0.5, 0.5, "")),
    ("One fourth had it.", "One fourth", ("fraction", 0.25, 0.25, "")),
    ("It rose by a third above the start.", "a third", ("fraction", 1 / 3, 1 / 3, "")),
    ("It was rarer (P less than 0.05).", "P less than 0.05", ("p", 0.05, 0.05, "")),
    ("Seven hundred and fifty patients came.", "Seven hundred and fifty patients", ("count", 750, 750, "people")),
    ("Two thousand five hundred men came.", "Two thousand five hundred men", ("count", 2500, 2500, "people")),
    ("It held 1.8 g/100 mL.", "1.8 g/100 mL", ("measure", 1.8, 1.8, "g per 100 ml")),
    ("This was a trial. 19 patients came.", "19 patients", ("count", 19, 19, "people")),
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
    "Key theme 1 was pain; in Theorem 2 and on the Borg 6–20 scale it was not.",
    "They must be 1) healthy; 2) fed; 3. willing, in that order.",
    "It was shown for keratin 85 (Arrow 5).",
    "They met between 16:00 and 19:00 and paid $US 8,257.",
    "They asked about scans 1 and 2, and Figs. 1, 2.",
    "The lower half of the lung was kept.",
    "Residue 102 and residues 598–609 were changed.",
    "It binds at position 34, at Ser 473 and at codon 12.",
    "The genes TLR 4 and HPV 16 were found.",
    "See Figures 2, 3 and 4, or Videos 1–3.",
    "Weeks 9 and 12, days 14 and 28 and minutes 3, 5 and 10 were named.",
    "Studies 1-3 in the series came first.",
    "It was done (SPSS version 16.0; Stata 12).",
    "They came from 8 AM to 6 p.m. on that day.",
    "It is written as the height in (m)2.",
    "It hurts.12 Rest helps.4-7",
    "It was counted per 1,000 cells.",
    "The limits are twofold: time and money.",
    "One of the two came, and at one point both.",
    "The two groups had three arms, and the three trials agree.",
    "A six-residue insertion and a 36-item scale.",
    "They found F(1, 21) and t(50).",
    "The mean±90% confidence interval is shown.",
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


BESIDE: list[tuple[str, str, dict[str, object]]] = [
    ("It fell in 3 of 12.", "3 of 12", {"of": 12}),
    ("It fell in 16 of the 59 patients.", "16 of the 59", {"of": 59, "among": "patients"}),
    ("It is seen in 67 % of participants.", "67 %", {"among": "participants"}),
    ("It is seen in 67% of all older women.", "67%", {"among": "women"}),
    ("About half (55%) of patients have it.", "half", {"among": "patients"}),
    ("It hits 1 in 4 adults.", "1 in 4", {"of": 4, "among": "adults"}),
    ("It takes 35 per 100,000 inhabitants.", "35 per 100,000 inhabitants", {"of": 100_000, "among": "inhabitants"}),
    ("It takes 12 per 1000 person-years.", "12 per 1000 person-years", {"of": 1000, "unit": "person-years"}),
    ("They weighed 3.4 ± 1.2 kg.", "3.4 ± 1.2 kg", {"low": 3.4, "spread": 1.2, "unit": "kg"}),
    ("It fell by −5 ± 3%.", "−5 ± 3%", {"low": -5, "spread": 3}),
    ("It took 45.3 (SD 12.1) weeks.", "45.3 (SD 12.1) weeks", {"spread": 12.1, "unit": "weeks"}),
    ("It took 45.3 weeks (SD = 12.1).", "45.3 weeks (SD = 12.1)", {"spread": 12.1, "unit": "weeks"}),
    ("It took 2.6 (2.0) hours.", "2.6 (2.0) hours", {"spread": 2, "unit": "hours"}),
    ("It was OR 1.4 (95 % CI 1.1–1.8).", "OR 1.4 (95 % CI 1.1–1.8)", {"low": 1.4, "interval": (1.1, 1.8)}),
    ("It was HR 0.7, 95% CI 0.5 to 0.9.", "HR 0.7, 95% CI 0.5 to 0.9", {"interval": (0.5, 0.9)}),
    ("It was (RR 1.5 [95% CI, 1.2, 1.9]).", "RR 1.5 [95% CI, 1.2, 1.9]", {"interval": (1.2, 1.9)}),
    ("It was 10.7 (10.0 to 11.4) g/dl.", "10.7 (10.0 to 11.4) g/dl", {"interval": (10, 11.4), "unit": "g/dl"}),
    ("It was 6.0 mg (IQR 5.4 - 6.7 mg).", "6.0 mg (IQR 5.4 - 6.7 mg)", {"interval": (5.4, 6.7)}),
    ("It fell by 2.4 mm; 95% CI: 0.8 mm, 3.9 mm.", "2.4 mm; 95% CI: 0.8 mm, 3.9 mm", {"interval": (0.8, 3.9)}),
    (
        "It was odds ratio [OR] = 1.8, 95% confidence interval [CI] = 1.2–2.6.",
        "odds ratio [OR] = 1.8, 95% confidence interval [CI] = 1.2–2.6",
        {"interval": (1.2, 2.6)},
    ),
    ("The mean (SE) was 22.8 (0.71).", "22.8 (0.71)", {"spread": 0.71}),
    ("Above 140/90 mmHg.", "140/90 mmHg", {"of": 90}),
    ("It was fewer (p ≤ .05).", "p ≤ .05", {"low": 0.05, "limit": "≤"}),
    ("They were ≥ 18 years old.", "≥ 18 years", {"low": 18, "limit": "≥", "unit": "years"}),
    ("It was <5% in all.", "<5%", {"low": 5, "limit": "<"}),
]


@pytest.mark.parametrize(("text", "written", "expected"), BESIDE)
def test_what_stands_beside_the_value(text: str, written: str, expected: dict[str, object]) -> None:
    found = quantities(text)[0]
    assert text[found.start : found.end] == written
    assert {name: getattr(found, name) for name in expected} == expected


SEVERAL: list[tuple[str, list[tuple[str, float | None, str]]]] = [
    ("It was seen at 6 and 12 weeks.", [("6", 6, "weeks"), ("12 weeks", 12, "weeks")]),
    ("At 1, 2 and 24 hours it fell.", [("1", 1, "hours"), ("2", 2, "hours"), ("24 hours", 24, "hours")]),
    ("After a 6- and 12-week rest.", [("6", 6, "weeks"), ("12-week", 12, "weeks")]),
    ("It fell in 3/12 (25%).", [("3/12", 0.25, ""), ("25%", 25, "%")]),
    ("The drug (5 [4.7%]) won.", [("5", 5, ""), ("4.7%", 4.7, "%")]),
    ("Pain lasts 5 days (3–11) at most.", [("5 days", 5, "days")]),
    ("Four patients (range 7 to 11) left.", [("Four patients", 4, "people"), ("7 to 11", 7, "")]),
    ("Here d=5, 1-β=0.90, SD=7.", [("5", 5, ""), ("0.90", 0.9, ""), ("7", 7, "")]),
    ("It was (28.0, 26.0–29.0).", [("28.0", 28, ""), ("26.0–29.0", 26, "")]),
    ("It rose from 35.8 in 1997 to 155.2 in 2010.", [("35.8", 35.8, ""), ("155.2", 155.2, "")]),
    ("After 6 weeks 12 patients left.", [("6 weeks", 6, "weeks"), ("12 patients", 12, "people")]),
    ("Six individual scans and 6 individual scans.", [("6", 6, "")]),
]


@pytest.mark.parametrize(("text", "expected"), SEVERAL)
def test_several_in_one_sentence(text: str, expected: list[tuple[str, float | None, str]]) -> None:
    assert [(text[one.start : one.end], one.low, one.unit) for one in quantities(text)] == expected


def test_a_result_in_full() -> None:
    text = "In 2016, pain fell in 12 of 45 patients (27%; OR 0.7, 95% CI 0.5 to 0.9; p=0.03) [4]."
    assert [(one.kind, text[one.start : one.end]) for one in quantities(text)] == [
        ("fraction", "12 of 45"),
        ("percent", "27%"),
        ("ratio", "OR 0.7, 95% CI 0.5 to 0.9"),
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
    ("p < 0.05", "p = 0.05", False),
    ("OR 1.4 (95% CI 1.1–1.8)", "OR 1.4", True),
    ("OR 1.4 (95% CI 1.1–1.8)", "OR 1.4 (95% CI 1.12 to 1.79)", True),
    ("OR 1.4 (95% CI 1.1–1.8)", "OR 1.4 (95% CI 0.9 to 1.8)", False),
    ("95% CI 1.1–1.8", "OR 1.4 (95% CI 1.1–1.8)", True),
    ("3 per 1,000", "3 per 100,000", False),
    ("5%", "5%/hour", False),
    ("10 mg/kg/day", "10 mg/kg per day", True),
]


@pytest.mark.parametrize(("stated", "found", "expected"), AGREE)
def test_which_numbers_agree(stated: str, found: str, expected: bool) -> None:
    assert agrees(quantities(stated)[0], quantities(found)[0]) is expected


PIECES = st.sampled_from(
    "0 1 12 1,200 2016 .5 ½ % mg/kg /day ± × 10 ^ -3 – − to and or of in per ( ) [ ] , . : ; < ≥ = p n OR CI 95% SD "
    "IQR age patients weeks times fold two twenty-four third half a most the Figure residue May http://x µ".split()
)


def well_placed(text: str) -> None:
    end = 0
    for one in quantities(text):
        assert end <= one.start < one.end <= len(text)
        assert text[one.start : one.end] == text[one.start : one.end].strip()
        assert (one.low is None) == (one.high is None)
        if one.low is not None and one.high is not None:
            assert one.low <= one.high
            assert math.isfinite(one.low) and math.isfinite(one.high)
        end = one.end


@given(st.text(max_size=120))
def test_any_text_gives_ordered_places_inside_it(text: str) -> None:
    well_placed(text)


@given(st.lists(st.tuples(PIECES, st.sampled_from(["", " ", "\n", "\u00a0"])), max_size=40))
def test_any_pieces_of_quantities_give_ordered_places(pieces: list[tuple[str, str]]) -> None:
    well_placed("".join(piece + space for piece, space in pieces))


@pytest.mark.parametrize(
    "unit",
    [
        "1",
        "1,",
        "111,",
        "1 in ",
        "1-",
        "(a 2016 ",
        "[1,",
        "95% CI ",
        "12 ",
        "a third ",
        "1 (",
        "1 ± ",
        "one ",
        "per 1 ",
        "1 or ",
        "3 a b c ",
    ],
)
def test_time_grows_with_the_length_and_no_faster(unit: str) -> None:
    assert_grows_little(
        lambda size: partial(quantities, unit * (size // len(unit))), 2_000, 8_000, factor=12, at_least=0.05
    )
