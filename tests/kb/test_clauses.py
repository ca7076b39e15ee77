"""Where a sentence is divided by its citations; "|" is where, and a sentence without one stays whole."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.language.clauses import clauses
from tests.costs import assert_within

DIVIDED = [
    # the marker ends the first clause, and another subject follows
    "Heat eases pain [1],| but cold makes it worse.",
    "Heat eases pain [1]| but cold makes it worse [2].",
    "Heat eases pain [1],| and cold makes the joints stiff [2].",
    "Most tears heal by themselves [1],| whereas large ones need surgery.",
    "Rest was once advised [1],| while doctors now recommend early movement [2].",
    "Yoga may help some people [1],| although the trials are small.",
    "Walking is safe for most adults [1];| swimming has been studied less [2].",
    "Walking is safe for most adults [1];| however, few trials have looked at children.",
    "Bone loss begins early [1],| so most women should know their risk.",
    "Vitamin D lowers the risk of falls [1, 2],| yet many older people take none.",
    "The disease is rare [1] [2],| but it can be fatal.",
    # markers behind punctuation
    "Heat eases pain,[1]| but cold makes it worse.[2]",
    "Heat eases pain;[1]| cold makes it worse.[2]",
    "Heat eases pain (Smith, 2010),| but cold makes it worse (Jones, 2012).",
    # the same subject goes on, each part with a marker
    "Pain is common [1]| and often lasts for years [2].",
    "The drug lowers blood pressure [1]| and can cause a dry cough [2].",
    "Sleep was poor in most patients [1],| but was not linked to pain [2].",
    # "although" leads
    "Although heat eases pain [1],| cold makes the joints stiff [2].",
    "While most tears heal by themselves [1],| large ones need surgery.",
    # behind the author's name, and at strong boundaries
    "Smith et al. [1] found that heat eases pain,| and Jones et al. [2] found that cold does.",
    "Heat [1] eases the pain in most people,| whereas cold [2] makes it worse.",
    "Heat [1] is used for stiff joints;| cold [2] is used for swollen ones.",
    # what is asserted behind "that"
    "Trials show that heat eases pain [1],| but it does not heal the joint.",
    "It is known that heat eases pain [1],| and cold has been shown to make it worse [2].",
    # three
    "Heat eases pain [1];| cold is no better than rest [2];| it may even harm [3].",
    "Pain is common in nurses [1],| and it is often severe [2],| but few of them seek help [3].",
    # a relative clause or a list within one side
    "Heat, which is cheap, eases the pain [1],| but cold makes it worse.",
    "HEAT EASES PAIN [1],| BUT COLD MAKES IT WORSE.",
    "Heat eases pain, stiffness and cramps [1],| but cold makes them worse.",
]

WHOLE = [
    # one marker for all
    "Heat eases pain, but cold makes it worse [1].",
    "Heat eases pain and cold makes it worse [1].",
    "Heat eases pain; cold makes it worse [1].",
    "Heat eases pain, but cold makes it worse [1], [2].",
    "Heat eases pain, and it is cheap.[1]",
    "Although heat eases pain, cold makes it worse [1].",
    "Heat eases pain [1].",
    # nouns
    "Common causes are age [1], injury [2] and gout [3].",
    "Heat is used for pain in the hip [1], the knee [2], and the small joints of the hand [3].",
    "Pain is treated with drugs that are cheap [1], and with exercises that are done at home [2].",
    "Pain is tied to low mood [1] and increases in stress at work [2].",
    "Heat [1] and cold are both effective for most people.",
    "Smith [1] and Jones [2] found that heat eases pain.",
    "Studies show that heat [1] and cold are effective in most people [2].",
    "Heat eases pain in adults [1] but not in children [2].",
    "Levels of iron [1], zinc [2], and copper [3] are low in most patients.",
    "Models can predict who falls ill [1] and how drugs are broken down by the liver [2].",
    "Cells of Was mice [1] and human Has cells [2] have a normal shape.",
    # relative and other dependent clauses
    "Heat, which eases pain [1] and is easy to use at home [2], is cheap.",
    "Patients who have pain [1] and children are at risk of falls [2].",
    "Gout is a disease that harms the joints [1] and is often missed by doctors [2].",
    "Heat eases pain [1], which is why doctors recommend it.",
    "Heat eases pain [1], suggesting that it is of use to most people.",
    "Heat eases pain [1] because it widens the blood vessels [2].",
    "Heat eases pain [1] when it is used early and it is safe [2].",
    # conditions
    "If pain is severe [1] and it lasts for weeks [2], tests are needed.",
    "When joints are swollen [1] and they feel warm [2], doctors should be asked.",
    "Because heat is cheap [1] and it is safe at home [2], many people use it.",
    "Whether heat eases pain [1] and it is safe at home [2] is not known.",
    "Considering heat is cheap [1] and it is safe, it should be tried first.",
    # pairs
    "Pain differs both between women [1] and men are less often asked about it [2].",
    "Heat not only eases pain [1] but also makes joints move more freely [2].",
    # within brackets and quotation marks
    "Both are used (heat eases pain [1], but cold makes it worse [2]) in most clinics.",
    "Patients say “heat eases pain [1], but cold makes it worse” in most clinics.",
    'Patients say "heat eases pain [1], but cold makes it worse" in most clinics.',
    # no verb, few words
    "Heat eases pain [1], but only for a short time in the morning [2].",
    "Heat eases pain [1] and helps sleep [2].",
    "It helps [1], but nobody knows why it does so.",
    "Heat eases pain [1] and thereby better sleep in most patients [2].",
    "Evidence of both the pain of women [1] and the neglect of men: a survey showed that few are asked [2].",
    # numbered parts
    "It acts in three ways: (1) it widens vessels [1]; (2) it relaxes the muscles [2]; (3) it calms people [3].",
    "Two things matter: heat eases the pain [1]; cold makes the joints stiff [2].",
    # the next sentence of a list that has no verb in its middle
    "Pain is tied to stress [1], and levels of iron [2], zinc [3], and copper [4] are low.",
]


def _blanked(text: str) -> tuple[str, list[tuple[int, int]]]:
    markers = [match.span() for match in re.finditer(r"\[[\d, ]+\]|\([A-Z]\w+, \d{4}\)", text)]
    for start, end in markers:
        text = text[:start] + " " * (end - start) + text[end:]
    return text, markers


def _divided(text: str) -> list[str]:
    return [text[span.start : span.end] for span in clauses(*_blanked(text))]


@pytest.mark.parametrize("marked", DIVIDED)
def test_clauses_with_citations_of_their_own_are_told_apart(marked: str) -> None:
    assert _divided(marked.replace("|", "")) == [part.strip() for part in marked.split("|")]


@pytest.mark.parametrize("sentence", WHOLE)
def test_a_sentence_stays_whole_where_there_is_doubt(sentence: str) -> None:
    assert _divided(sentence) == [sentence]


def test_without_a_marker_nothing_is_divided() -> None:
    assert _divided("Heat eases pain, but cold makes it worse.") == ["Heat eases pain, but cold makes it worse."]


_PIECES = st.sampled_from(
    "heat eases pain|cold is bad|[1]|[2, 3]|, but|;| and|, and|although|(|)|“|”|which|it may help them|,|.".split("|")
)


@given(st.lists(_PIECES, max_size=30))
def test_clauses_cover_every_word_once_and_every_marker_lies_in_one(pieces: list[str]) -> None:
    text = " ".join(pieces)
    words, markers = _blanked(text)
    spans = clauses(words, markers)
    assert spans[0].start == 0
    assert spans[-1].end == len(text)
    for before, after in pairwise(spans):
        assert before.start < before.end <= after.start
        assert not text[before.end : after.start].strip()
    assert all(sum(span.start <= start and end <= span.end for span in spans) == 1 for start, end in markers)


@pytest.mark.parametrize("piece", ["and [1] ", "it is bad [1], but ", "( ", "although [1], ", "; "])
def test_a_sentence_without_end_takes_no_time(piece: str) -> None:
    text = piece * 20_000
    words, markers = _blanked(text[:200_000])

    def job() -> None:
        assert clauses(words, markers)[-1].end == len(words)

    assert_within(1, job)
