"""What the built-in judge sees: own words, terms and their rarity, closest sentences, missing words, and its model."""

from __future__ import annotations

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.language.sentences import sentences
from kb.model import Source, Span
from kb.strength.judging.limits import more_careful
from kb.strength.judging.missing import missing
from kb.strength.judging.model import WEIGHTS, Weights, loaded, reading
from kb.strength.judging.own_words import words_of
from kb.strength.judging.passages import MOST_SENTENCES, closest, of_abstract, of_full_text
from kb.strength.judging.terms import RARITY, rarity, terms, written
from kb.strength.support import BuiltInJudge, Claim
from tests.costs import assert_within


def claim(text: str, bundle: int = 1) -> Claim:
    """A claim whose own markers are written ``[*]`` and those of others ``[-]``."""

    def spans(marker: str) -> tuple[Span, ...]:
        places = [place for place in range(len(text)) if text.startswith(marker, place)]
        return tuple(Span(start=place, end=place + len(marker)) for place in places)

    return Claim(text=text, own=spans("[*]"), others=spans("[-]"), bundle=bundle)


OWN_WORDS = [
    ("Warm mud eased stiff knees in adults [*].", "Warm mud eased stiff knees in adults ."),
    ("Warm mud eased stiff knees [-] and cold mud calmed sore ankles [*].", "and cold mud calmed sore ankles ."),
    ("Khan et al. [*] saw stiff knees eased by warm mud.", "saw stiff knees eased by warm mud."),
    ("Warm mud eased stiff knees (Khan [-]; Rossi [*]) in adults.", "Warm mud eased stiff knees"),
    ("Warm mud eased stiff knees [-], [*] in adults.", "Warm mud eased stiff knees ,"),
    ("Warm mud eased stiff knees [12], cold mud calmed sore ankles [*].", ", cold mud calmed sore ankles"),
    ("Warm mud eased stiff knees of most adults.", "Warm mud eased stiff knees of most adults."),
]


@pytest.mark.parametrize(("text", "own"), OWN_WORDS, ids=[text for text, _ in OWN_WORDS])
def test_own_words_stand_before_the_own_marker(text: str, own: str) -> None:
    assert terms(words_of(claim(text)).own) == terms(own)


@given(st.text(max_size=120), st.lists(st.tuples(st.integers(0, 150), st.integers(0, 150)), max_size=5))
def test_own_words_of_any_claim_are_words_of_it(text: str, places: list[tuple[int, int]]) -> None:
    spans = tuple(Span(start=min(pair), end=max(pair)) for pair in places)
    words = words_of(Claim(text=text, own=spans[::2], others=spans[1::2]))
    assert set(words.own) - {" "} <= set(text)
    assert set(words.whole) - {" "} <= set(text)


def test_rare_words_weigh_more_than_common_ones() -> None:
    assert rarity("patient") < rarity("sciatic") <= rarity("zzyzx")


def test_terms_leave_out_words_without_content_and_unite_forms() -> None:
    assert terms("The nerves of the leg") == {"nerv", "leg"}
    assert terms("O’Brien’s “miR-211” – and ΔF508") == terms("obriens mir 211 δf508")
    assert list(written("miR-211 slows the cells")) == ["mir", "211", "slow", "cell"]


LABELLED = [
    ("BACKGROUND: Mud is warm. RESULTS: Knees bent further.", ["Mud is warm.", "Knees bent further."]),
    ("Background Mud is warm. Results Knees bent further.", ["Mud is warm.", "Knees bent further."]),
    ("METHODS AND RESULTS: Knees bent further.", ["Knees bent further."]),
    ("Results of the trial were clear.", ["Results of the trial were clear."]),
    ("DNA was taken. Design matters.", ["DNA was taken.", "Design matters."]),
]


@pytest.mark.parametrize(("abstract", "shown"), LABELLED, ids=[abstract for abstract, _ in LABELLED])
def test_names_of_parts_are_no_words_of_a_sentence(abstract: str, shown: list[str]) -> None:
    assert [passage.text for passage in of_abstract(abstract).passages] == shown


@given(st.text(max_size=300))
def test_passages_of_any_text_stand_in_it(text: str) -> None:
    passages = of_abstract(text).passages
    assert len(passages) <= len(sentences(text))
    assert all(passage.text in text for passage in passages)


def test_a_long_full_text_is_cut() -> None:
    paragraph = "Knees bent further on warm days. " * 50
    assert len(of_full_text("\n".join([paragraph] * 100)).passages) == MOST_SENTENCES


def test_the_closest_sentence_holds_most_of_the_rare_words_and_the_first_of_equals_wins() -> None:
    text = of_abstract("Knees are joints. Warm mud eased knees. Mud is warm. Mud was warm.")
    found = closest({"mud": 3.0, "warm": 2.0, "knee": 1.0}, text.passages)
    assert [passage.text for _, passage in found] == [
        "Warm mud eased knees.",
        "Mud is warm.",
        "Mud was warm.",
        "Knees are joints.",
    ]
    assert [round(share, 2) for share, _ in found] == [1.0, 0.83, 0.83, 0.17]


MISSING = [
    ("the word stands there", "neutralising antibodies", "They measured neutralising antibodies.", ()),
    ("another form of it", "randomised hamsters", "Hamsters were randomized.", ()),
    ("a code joined otherwise", "miR-211 fell", "MIR211 and miR 211 fell.", ()),
    ("another code", "miR-212 fell", "miR 211 fell.", ("miR-212",)),
    ("as the author wrote it", "Leeches and Moxibustion", "Cupping was tried.", ("Leeches", "Moxibustion")),
    ("numbers are compared elsewhere", "4711 hamsters", "Hamsters ran.", ()),
    (
        "no more than six, in the order of the claim",
        "zebras yodelled xylophones while quokkas juggled pineapples before kazoos vanished",
        "Mud was warm.",
        6,
    ),
]


@pytest.mark.parametrize(("why", "own", "text", "expected"), MISSING, ids=[row[0] for row in MISSING])
def test_missing_words(why: str, own: str, text: str, expected: tuple[str, ...] | int) -> None:
    words = written(own)
    found = missing({term: rarity(term) for term in words}, words, [of_abstract(text)])
    if isinstance(expected, int):
        assert len(found) == expected, why
        assert sorted(found, key=own.index) == list(found)
    else:
        assert found == expected, why


CAREFUL = [
    ("Mud eases knees.", 0.9, "Mud might ease knees.", True),
    ("Mud may ease knees.", 0.9, "Mud might ease knees.", False),
    ("Mud eases knees.", 0.4, "Mud might ease knees.", False),
    ("Mud eases knees.", 0.9, "Mud eased knees.", False),
]


@pytest.mark.parametrize(("own", "best", "sentence", "found"), CAREFUL)
def test_a_more_careful_source_is_told(own: str, best: float, sentence: str, found: bool) -> None:
    concern = more_careful(own, best, sentence)
    assert (concern is not None) == found
    assert concern is None or "might" in concern.words


def model(**changes: float) -> Weights:
    return msgspec.structs.replace(loaded(), **changes)


def test_thresholds_decide_and_several_sources_to_a_marker_are_weighed_apart() -> None:
    seen = dict.fromkeys(loaded().unaddressed.weights, 0.3)
    alone, bundled = reading(seen, 1), reading(seen, 3)
    assert alone.doubt < bundled.doubt
    between = (alone.doubt + bundled.doubt) / 2
    lenient = model(whole=between, too_little=1.0)
    assert [reading(seen, bundle, lenient).call for bundle in (1, 3)] == ["whole", "part"]
    assert [reading(seen, bundle, lenient).bundled for bundle in (1, 3)] == [False, True]
    assert reading(seen, 1, model(too_little=0.0)).call == "too little"
    assert reading(seen, 1, model(first=0.0)).first


def test_the_files_name_data_licence_and_script_and_are_small() -> None:
    weights = loaded()
    assert weights.script == "scripts/train_judge.py"
    assert "MIT" in weights.licence
    assert weights.scores["macro-F1"] > 0.48
    assert WEIGHTS.stat().st_size < 20_000
    assert RARITY.stat().st_size < 50_000


def test_a_statement_with_many_markers_and_a_long_text_is_judged_in_time() -> None:
    text = "Warm mud (as tried, [-]) eased knees [*], " * 400
    source = Source(id="ref:1", abstract="Warm mud (was tried [1) on knees. " * 3_000)
    assert_within(5, lambda: BuiltInJudge().judge(claim(text), source))
