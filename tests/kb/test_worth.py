"""How much a sentence looks like one that is cited: what tells for and against, and what nothing may hang on."""

from __future__ import annotations

import math
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.language.worth import WEIGHTS, loaded, threshold, worth
from kb.language.worth_features import features, meaning, simplified
from kb.language.worth_wordings import PATTERNS, SECTIONS, WORDINGS
from tests.costs import assert_within

MORE_AND_LESS = (
    ("Previous studies have shown that walking eases back pain.", "In this study walking eased back pain."),
    ("Walking has been shown to ease back pain.", "Walking will be looked at in future work."),
    ("Back pain is known to be the leading cause of disability worldwide.", "Our results must be read with caution."),
    ("This is consistent with previous reports of weak muscles.", "Therefore, we conclude that walking is feasible."),
    ("Several trials have reported fewer falls after training.", "We recruited 40 people in two groups."),
    ("The prevalence of gout has been estimated at 4% in the United States.", "Falls are listed by group in Table 2."),
    (
        "Statins are widely used and reduce mortality in older adults.",
        "The aim of the present study was to count falls.",
    ),
    ("Similar effects have been observed in mice.", "One limitation of our study is its small sample size."),
)


@pytest.mark.parametrize(("more", "less"), MORE_AND_LESS)
def test_what_others_found_looks_more_cited_than_what_the_authors_did(more: str, less: str) -> None:
    assert worth(less).probability < threshold() < worth(more).probability


@pytest.mark.parametrize("words", [more for more, _ in MORE_AND_LESS])
def test_the_introduction_cites_more_than_the_conclusion(words: str) -> None:
    opening, closing = worth(words, "1. Introduction"), worth(words, "Conclusions")
    assert opening.probability > worth(words, "Discussion").probability > closing.probability


def test_the_end_of_an_introduction_cites_less_than_its_beginning() -> None:
    words = "Back pain keeps many people from work."
    assert worth(words, "Background", 0.0).probability > worth(words, "Background", 1.0).probability


def test_reasons_name_the_wording_and_the_heaviest_comes_first() -> None:
    reasons = worth("Previous studies have shown that walking eases back pain.").reasons
    assert "speaks of earlier studies" in [why for why, _ in reasons]
    sizes = [abs(weight) for _, weight in reasons]
    assert sizes == sorted(sizes, reverse=True)
    against = dict(worth("In this study we found no difference between the groups (Table 2).").reasons)
    assert against["speaks of this study"] < 0


@pytest.mark.parametrize(
    ("left", "clean"),
    [
        ("Walking eases pain ( ).", "Walking eases pain."),
        ("Walking eases pain (, ; ).", "Walking eases pain."),
        ("Walking  eases pain ,, and sleep .", "Walking eases pain, and sleep."),
        ("Walking eases pain, as shown by .", "Walking eases pain, as shown."),
        ("Walking eases pain (see ).", "Walking eases pain."),
        ("Muller et al., found that walking eases pain.", "Muller, found that walking eases pain."),
        ("It fell by 12.5 % in 1998.", "It fell by 8% in 2011."),
        ("It’s a low–cost way.", "It's a low-cost way."),
    ],
)
def test_what_a_citation_leaves_behind_changes_nothing(left: str, clean: str) -> None:
    assert simplified(left) == simplified(clean)


@pytest.mark.parametrize("words", ["", "   ", "12 (3.4) %", "…", "[1]", "\u202e\u200b"])
def test_where_nothing_is_said_nothing_looks_cited(words: str) -> None:
    assert worth(words) == (0.0, ())


@given(st.text(max_size=300), st.text(max_size=40), st.none() | st.floats(allow_nan=False))
def test_any_text_has_a_probability_and_reasons(words: str, section: str, position: float | None) -> None:
    found = worth(words, section, position)
    assert 0 <= found.probability <= 1
    assert all(why and math.isfinite(weight) for why, weight in found.reasons)


@pytest.mark.parametrize(
    "piece", ["a, ", "( ", "of ", "x", "1.", "has been ", "studies ", "are a ", " ,", "we ", "higher ", "A1-", "\n"]
)
def test_very_long_text_takes_no_long_time(piece: str) -> None:
    # Milliseconds where expressions are linear; minutes where one is not.
    assert_within(5, lambda: worth("a " + piece * 20_000))


def test_the_answer_is_the_same_in_every_process() -> None:
    words = "Previous studies have shown that 12% of older adults fall each year."
    code = f"from kb.language.worth import worth; print(worth({words!r}, 'Introduction', 0.5))"
    said = {
        subprocess.run(
            [sys.executable, "-c", code], env={"PYTHONHASHSEED": seed, "PYTHONPATH": str(WEIGHTS.parents[2])},
            capture_output=True, text=True, check=True,
        ).stdout
        for seed in ("1", "2", "3")
    }  # fmt: skip
    assert said == {f"{worth(words, 'Introduction', 0.5)}\n"}


def test_neither_numpy_nor_a_learning_library_is_needed_to_judge() -> None:
    code = "import sys; from kb.language.worth import worth; worth('It is known.'); print(*sys.modules)"
    said = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=WEIGHTS.parents[2]
    )
    assert not {"numpy", "scipy", "sklearn", "pandas"} & set(said.stdout.split())


def test_the_file_of_weights_is_small_and_tells_where_it_comes_from() -> None:
    model = loaded()
    assert 1_000 <= len(model.weights) <= 5_000
    assert WEIGHTS.stat().st_size < 200_000
    assert "cite-worthiness" in model.data and "CC BY" in model.licence
    assert (WEIGHTS.parents[2] / model.script).is_file()
    assert {"F1", "average precision", "precision at 10 flags per 100", "flags per 100 at recall 0.8"} == set(
        model.scores
    )
    assert 0 < model.thresholds["strict"] < model.thresholds["normal"] < model.thresholds["lenient"] < 1


def test_every_weight_has_a_meaning_in_plain_words() -> None:
    for name in loaded().weights:
        assert meaning(name) and "@" not in meaning(name) and "|" not in meaning(name)


def test_no_wording_lacks_a_weight() -> None:
    weighed = {name[1:].partition("|")[0] for name in loaded().weights if name.startswith("@")}
    assert {*WORDINGS, *PATTERNS} - weighed == set()
    assert set(SECTIONS) <= weighed
    assert len({*WORDINGS, *PATTERNS}) == len(WORDINGS) + len(PATTERNS)


def test_a_pair_of_words_does_not_reach_over_a_gap() -> None:
    assert "in for" not in features("This was shown in, for example, mice.", "", None)
