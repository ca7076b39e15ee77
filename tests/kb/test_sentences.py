"""Sentences: where they end, that nothing is lost between them, and that no text takes them long."""

from __future__ import annotations

import re
from collections import Counter
from functools import partial
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.language import sentence_rules as rules
from kb.language import sentences as splitter
from kb.language.sentences import sentences
from tests.costs import assert_grows_little

SPLIT = "|"
"""Stands in the examples where a sentence ends; the splitter never sees it."""

CASES = {
    "two": "It hurts.| It lasts.",
    "questions": "Does it hurt?| Yes!| It does.",
    "et al. and a number": "Smith et al. [1] found pain.| It lasted.",
    "et al. at the end": "This was shown by Roe et al.| However, we doubt it.",
    "et al. with a raised number": "Roe, et al.26 (2015) found pain.| It was like that of Doe et al27. (2013) then.",
    "statistics": "We used F(1, 25) = 3.2 here.| It was significant, t(60) = 4.12, p < .001.| There were no others.",
    "less than": "Pain eased (p < 0.05).| Sleep did not (p > 0.05).| Mood did.",
    "pointers": "Pain eased (p. 4, Fig. 2A).| Sleep too, as Figs. 1 and 2 show.",
    "exempli gratia": "Pain eased (e.g. by heat), i.e. it went.| Sleep too.",
    "versus": "It was 2.1 vs. 3.4 mm.| Heat vs. Cold was the question.",
    "names": "Dr. J. A. Brown said “no.”| Then he left.",
    "species": "It holds E. coli, S. aureus, etc.| They grow.| They are Bacillus spp.| A. baumannii was absent.",
    "country": "The U.S. Navy agreed.| It was in the U.S.| The rest was not.",
    "company": "Made by Sigma Inc. (Basel).| We bought it from Sigma Inc.| The rest was ours.",
    "lettered": "Patients with hepatitis C.| Few had group A or B.| It was at 10 N.| Then 98.6° F.| It fell.",
    "bracket": "Heat (it was dry. It was long) eased pain.| (It was dry.| It was long.)| It eased.",
    "open bracket": "Heat (dry eased pain.| It did (often).",
    "quotation": "We asked, “Does it hurt?” and left.| It read: “Ann is ill.| She fell.”| Then we asked.",
    "omission": "He is ill.| (…) We wait.",
    "ellipsis": "It is...| However, few know.| It may…| Others doubt.",
    "lines": "one line\nbroken in the\nmiddle.|\nSecond.",
    "a section's number": "2.2. Motor noise grows.| It does.",
    "items": "1. First we ran.| 2. Then we sat.| 3) We slept.| b) We woke.",
    "items within": "We did (1) heat, (2) cold; and 3) rest.| It was: (a) dry; (b) long.",
    "a heading": "## 2.1. Methods and results",
    "emphasis": "**Pain eased.**| The rest is *unclear*.| _It was E. coli._| Yes.",
    "a link": "See [the review](https://example.org/b.c).| And ![a picture](p.png) too.",
    "addresses": "Visit www.example.org.| Write to a@example.org.| See https://example.org/a.b?c=d.| Done.",
    "time of day": "It was 5 a.m.| Patients slept.| At 6 p.m. they woke.",
    "German": "Am 3. Mai kamen ca. 20 Kranke, z. B. Kinder.| Dr. Roe sah das bzw. Ähnliches.| Im 19. Jahrhundert?",
    "French": "Selon M. Roe, c.-à-d. l’auteur, c’est vrai.| L’étude a duré 3 ans.| Est-ce sûr ?| À Paris, p. ex. oui.",
    "Spanish": "El Dr. Roe (p. ej. en Madrid) dijo: «No.»| ¿Por qué?| ¡Nadie sabe!| La Sra. Roe tampoco.",
    "space around": "   Spaces around.   ",
}

EXAMPLES = {
    "white space": "It hurts.| It lasts.",
    "mark of a citation": "Pain eased.[2]| Sleep improved.",
    "number of a citation": "Pain eased.1,2| However, 0.5 mg did not; nor did .75 mg.",
    "number of a citation behind a digit": "It lowers IL-6.12| These held in 2010.4| The rest is at pH 7.4 or so.",
    "ideographic": "患者は回復した。|これは良い。",
    "forgotten space": "It lasted.|The next one did [2].|Another did not.",
    "glued list number": "It was reported.|(2)Gait was not.",
    "raised numbers": "It lowers LDL.1, 2, 4–6| However, few take it.16-18| Recently, more do.",
    "raised digits": "It lowers LDL.¹,²| However, few take it.³",
    "marked as raised": "It lowers LDL.^1,2^| However, few take it.<sup>3</sup>| Yes.",
    "numbers in square brackets": "Pain eased. [2]| Sleep improved.[[3]](#r3)| Mood too.| [10] found none.",
    "keys and notes in square brackets": "Pain eased. [@roe; @doe, p. 3]| Sleep improved.[^1]| Mood too.",
    "year in brackets": "Pain eased. (Roe, 2010)| Sleep improved. [Roe, 2010]| Mood too.",
    "numbers in round brackets": "Pain eased.(12)| Sleep improved.",
    "orphaned pointer": "Pain eased. (Table 1)| Sleep improved. (data not shown)| Mood too.",
    "bracket before a full stop": "We used R 3.1. (Vienna, Austria).| It took 30 min. (4°C).| Then we left.",
    "raised numbers after a space": "It lowers LDL. 1,2| However, few take it.",
    "lower case": "The report (2013). that came first.| mRNA rose.| pH fell.| van Dijk agreed.",
    "joint": "The sd. = 4.5 was low.| It was 5 mg. ± 2.",
    "bracket within": "It ran 5 min. (Sigma, Basel), then it stopped.| It eased.",
    "leads on": "Pain eased, cf. The Handbook.| It did.",
    "before a number": "Ask for No. 5 of it.| Did it help?| No.| It did not.",
    "before a name or number": "See Fig. 2 or Eq. A.| It is in Fig. S1 there.",
    "before a capital": "They had heat, cold, etc. 5 times.| They had heat, cold, etc.| Patients slept.",
}


def shown(text: str) -> list[str]:
    return [text[span.start : span.end] for span in sentences(text)]


def pieces(marked: str) -> list[str]:
    return [piece.strip() for piece in marked.split(SPLIT)]


@pytest.mark.parametrize("marked", [*CASES.values(), *EXAMPLES.values()], ids=[*CASES, *EXAMPLES])
def test_where_sentences_end(marked: str) -> None:
    assert shown(marked.replace(SPLIT, "")) == pieces(marked)


@pytest.mark.parametrize("text", ["", "   ", "\n"])
def test_nothing_holds_no_sentence(text: str) -> None:
    assert sentences(text) == []


TABLES = {"_UNSPACED": rules.UNSPACED, "_CARRIED": rules.CARRIED, "_GOES_ON": rules.GOES_ON}
"""The tables of patterns, by the name of the expression that each becomes."""


@pytest.mark.parametrize(
    ("compiled", "rule"), [(name, rule) for name, table in TABLES.items() for rule in table], ids=lambda given: given[0]
)
def test_every_rule_changes_its_example(compiled: str, rule: rules.Rule, monkeypatch: pytest.MonkeyPatch) -> None:
    marked = EXAMPLES[rule.name]
    others = re.compile(rules.either(tuple(other for other in TABLES[compiled] if other is not rule)))
    monkeypatch.setattr(splitter, compiled, others)
    assert shown(marked.replace(SPLIT, "")) != pieces(marked)


@pytest.mark.parametrize(
    "rule", [rule for rule in rules.BEHIND_STOP if rule not in rules.UNSPACED], ids=lambda rule: rule.name
)
def test_every_stop_changes_its_example(rule: rules.Rule, monkeypatch: pytest.MonkeyPatch) -> None:
    marked = EXAMPLES[rule.name]
    others = rules.either(tuple(other for other in rules.BEHIND_STOP if other is not rule))
    monkeypatch.setattr(splitter, "_STOP", re.compile(rf"{rules.STOP}(?={others})"))
    assert shown(marked.replace(SPLIT, "")) != pieces(marked)


@pytest.mark.parametrize("table", rules.ABBREVIATIONS, ids=lambda table: table.name)
def test_every_table_of_abbreviations_changes_its_example(
    table: rules.Abbreviations, monkeypatch: pytest.MonkeyPatch
) -> None:
    marked = EXAMPLES[table.name]
    for word in table.words.split():
        monkeypatch.delitem(splitter._ENDS_BEFORE, word)
    assert shown(marked.replace(SPLIT, "")) != pieces(marked)


def test_no_abbreviation_stands_twice() -> None:
    counted = Counter(word for table in rules.ABBREVIATIONS for word in table.words.split())
    assert [word for word, count in counted.items() if count > 1] == []


ANY_TEXT = st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=300)
LIKE_ARTICLES = st.lists(
    st.sampled_from(
        "It Pain eased fell et al . . . ? ! , ; : ( ) [ ] “ ” 1 12 2010 0.5 [2] (1) (Roe, 2010) e.g. i.e. Fig. vs. Dr. "
        "J. A. E. coli etc. Inc. 1. a) (b) p < .05 … ... ^1,2^ [@roe] .3,4 1,2 ¹ 。 * _ U.S. mRNA The However".split(
            " "
        )
    ).flatmap(lambda word: st.sampled_from([word, f"{word} "])),
    max_size=40,
).map("".join)


@given(ANY_TEXT | LIKE_ARTICLES)
def test_every_visible_character_lies_in_exactly_one_sentence(text: str) -> None:
    spans = sentences(text)
    assert all(span.start < span.end for span in spans)
    assert all(before.end <= behind.start for before, behind in pairwise(spans))
    inside = {index for span in spans for index in range(span.start, span.end)}
    assert {index for index, sign in enumerate(text) if not sign.isspace()} <= inside
    assert all(text[span.start : span.end].strip() == text[span.start : span.end] for span in spans)


@given(LIKE_ARTICLES | st.sampled_from([marked.replace(SPLIT, "") for marked in CASES.values()]))
def test_a_sentence_by_itself_is_one_sentence(text: str) -> None:
    for sentence in shown(text):
        assert shown(sentence) == [sentence]


HOSTILE = (
    *(
        "(",
        "(((((( ",
        "[1][1]",
        "[1].",
        "[1, ",
        ". ",
        "...",
        "..a",
        "1. ",
        "1.1",
        "; 1. ",
        "_*. ",
        "\n",
        " \u00a0",
        "。",
    ),
    *("et al. et al. ", "et al. [1] ", "A. B. ", "“A.” ", "(a. B) ", "[A. B ", "F(1, 25) = 3.2, p", "x. (See Table "),
    *("x.1,2,3-4 ", "x.1-1", "x. [@", "x.(a 2010", "x.¹,²", "x. [[1](", "x.<sup>1"),
    "Smith et al. (2010) [1–3], [4, 5]; Doe, 2011, p. 3. ",
)
SHORT, LONG = 10_000, 40_000


@pytest.mark.parametrize("unit", HOSTILE)
def test_time_grows_with_length_alone(unit: str) -> None:
    # Squared growth would take 16 times as long.
    assert_grows_little(lambda size: partial(sentences, (unit * size)[:size]), SHORT, LONG, factor=10, at_least=0.02)
