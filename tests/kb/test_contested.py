"""What is contested over several articles, worked out by hand.

    rest.md (2020)     s1 "Bed rest eases acute back pain in adults."          ── for (2015) supports
    walk.md (2021)     s1 "Bed rest does not ease acute back pain in adults."  ── against (2018) supports
    both.md (2022)     s1 "Bed rest eases acute back pain in adults."          ── for supports, against disputes
    late.md (2016)     s1 "Bed rest eases acute back pain in adults."          ── for supports

- both.md's sources disagree.
- The claim and its denial contradict each other: three articles against one.
- rest.md and walk.md cite one side alone though the other was there; late.md was written before "against" appeared.
"""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.base import KnowledgeBase
from kb.model import Audit, Direction, Statement
from kb.questions.asserted import asserted
from kb.questions.contested import Contested, contested
from kb.report.answers.contested import to_text
from kb.view.answers.contested import panel
from kb.view.markup import to_data
from tests.drawn import audit_of, source

CLAIM = "Bed rest eases acute back pain in adults."
DENIAL = "Bed rest does not ease acute back pain in adults."
FOR = source("for", "randomized trial", year="2015", title="Bed rest for the back")
AGAINST = source("against", "randomized trial", year="2018", title="Staying in bed and the back")


def worded(audit: Audit, date: str, *texts: str) -> Audit:
    """The audit with other words for its statements, and with a date."""
    said: tuple[Statement, ...] = tuple(
        msgspec.structs.replace(one, text=text, kind="benefit")
        for one, text in zip(audit.statements, texts, strict=True)
    )
    return msgspec.structs.replace(
        audit, statements=said, article=msgspec.structs.replace(audit.article, date=date, text="")
    )


def drawn() -> list[Audit]:
    works = [FOR, AGAINST]
    both = audit_of({"s1": ["for", "against"]}, works, article="both.md", directions={"against": "disputes"})
    return [
        worded(audit_of({"s1": ["for"]}, works, article="rest.md"), "2020-05", CLAIM),
        worded(audit_of({"s1": ["against"]}, works, article="walk.md"), "2021", DENIAL),
        worded(both, "2022-01-31", CLAIM),
        worded(audit_of({"s1": ["for"]}, works, article="late.md"), "2016", CLAIM),
    ]


@pytest.fixture
def found() -> Contested:
    return contested(asserted(drawn()))


def test_the_statement_whose_sources_disagree_is_named_with_both_sides(found: Contested) -> None:
    (one,) = found.disputed
    assert (one.statement.key, one.statement.verdict) == (("both.md", "s1"), "contested")
    assert [each.source for each in one.supporting] == [FOR.id]
    assert [each.source for each in one.disputing] == [AGAINST.id]


def test_the_claim_stands_against_its_denial(found: Contested) -> None:
    (one,) = found.contradictions
    assert [(side.statements[0].text, side.articles) for side in one.sides] == [(CLAIM, 3), (DENIAL, 1)]
    assert one.against_themselves == 0
    assert "denies" in one.reasons[0]


def test_who_could_have_known_the_other_side_and_cites_one_alone_is_named(found: Contested) -> None:
    assert {(one.statement.article, one.cites) for one in found.one_sided} == {
        ("rest.md", "supporting"),
        ("walk.md", "supporting"),
    }
    assert all(one.others["both"] == 1 for one in found.one_sided if one.statement.article == "rest.md")


def test_an_article_that_says_both_is_told_so() -> None:
    audit = worded(audit_of({"s1": ["for"], "s2": []}, [FOR], article="two.md"), "2020", CLAIM, DENIAL)
    (one,) = contested(asserted([audit])).contradictions
    assert one.both == ("two.md",)
    assert one.reasons[-1] == "two.md says both"


def test_nothing_is_contested_where_all_say_the_same() -> None:
    found = contested(asserted([one for one in drawn() if one.article.id in ("rest.md", "late.md")]))
    assert (found.disputed_count, found.contradictions_count, found.one_sided_count) == (0, 0, 0)
    assert "Claims that contradict" not in to_text(found)


@pytest.mark.parametrize("most", [0, 1])
def test_all_are_counted_and_few_are_named(most: int) -> None:
    found = contested(asserted(drawn()), most)
    assert (len(found.one_sided), found.one_sided_count) == (min(most, 2), 2)
    assert len(found.disputed) == len(found.contradictions) == most


def test_where_no_year_tells_the_finding_says_so() -> None:
    undated = [msgspec.structs.replace(each, year=None) for each in (FOR, AGAINST)]
    audits = [
        worded(audit_of({"s1": ["for"]}, undated, article="rest.md"), "2020", CLAIM),
        worded(audit_of({"s1": ["against"]}, undated, article="walk.md"), "", DENIAL),
    ]
    found = contested(asserted(audits))
    assert [one.reasons[1] for one in found.one_sided if one.statement.article == "rest.md"] == [
        "1 that disputes it is not cited; no year tells which came first"
    ]


def test_a_source_that_two_articles_read_differently_takes_no_side() -> None:
    audits = [
        worded(audit_of({"s1": ["for"]}, [FOR], article="rest.md"), "2020", CLAIM),
        worded(audit_of({"s1": ["for"]}, [FOR], article="other.md", directions={"for": "disputes"}), "2020", CLAIM),
        worded(audit_of({"s1": ["against"]}, [AGAINST], article="third.md"), "2020", CLAIM),
    ]
    assert contested(asserted(audits)).one_sided == ()


def test_that_a_source_disputes_the_denial_does_not_make_it_support_the_claim() -> None:
    audits = [
        worded(audit_of({"s1": ["for"]}, [FOR], article="rest.md", directions={"for": "disputes"}), "2020", CLAIM),
        worded(
            audit_of({"s1": ["against"]}, [AGAINST], article="walk.md", directions={"against": "disputes"}),
            "2020",
            DENIAL,
        ),
    ]
    assert contested(asserted(audits)).one_sided == ()


DRAWN = st.lists(
    st.tuples(
        st.sampled_from((CLAIM, DENIAL, "Bed rest eases chronic back pain in adults.", "Walking is free.")),
        st.frozensets(st.sampled_from("abcd"), max_size=3),
        st.sampled_from(("2010", "2014", "2018", "")),
    ),
    max_size=8,
)
DIRECTIONS: dict[str, Direction] = {"a": "supports", "b": "disputes", "c": "neutral", "d": "supports"}
YEARS = {"a": "2009", "b": "2013", "c": "2016", "d": None}


@given(DRAWN)
def test_every_finding_holds_what_it_says(articles: list[tuple[str, frozenset[str], str]]) -> None:
    works = [source(name, year=year) for name, year in YEARS.items()]
    audits = [
        worded(audit_of({"s1": sorted(cited)}, works, article=f"{at}.md", directions=DIRECTIONS), date, text)
        for at, (text, cited, date) in enumerate(articles)
    ]
    found = contested(asserted(audits), most=100)
    cites = {one.article.id: {line.source for line in one.evidence} for one in audits}
    for one in found.one_sided:
        own, other = ({each.source for each in some} for some in (one.cited, one.left_out))
        assert own <= cites[one.statement.article]
        assert other.isdisjoint(cites[one.statement.article])
    assert found.disputed_count == sum({"a", "d"} & cited != set() and "b" in cited for _, cited, _ in articles)
    texts = {text for text, _, _ in articles}
    assert found.contradictions_count == int({CLAIM, DENIAL} <= texts)
    for part, count in ((found.disputed, found.disputed_count), (found.one_sided, found.one_sided_count)):
        assert len(part) == count


def test_the_place_in_a_page_is_that_of_the_record(tmp_path: Path) -> None:
    placed = [
        msgspec.structs.replace(
            one, statements=tuple(msgspec.structs.replace(each, place="paragraph 7") for each in one.statements)
        )
        for one in drawn()
    ]
    with KnowledgeBase.open(tmp_path / "base.db") as base:
        base.add_all(placed)
        found = base.contested()
    assert {one.statement.place for one in found.disputed} == {"paragraph 7"}
    assert {each.place for one in found.contradictions for side in one.sides for each in side.statements} == {
        "paragraph 7"
    }


def test_the_order_of_articles_does_not_matter(found: Contested) -> None:
    assert contested(asserted(reversed(drawn()))) == found


def test_a_store_asserts_what_its_audits_do(tmp_path: object) -> None:
    with KnowledgeBase.open(f"{tmp_path}/base.db") as base:
        base.add_all(drawn())
        assert base.contested() == contested(asserted(drawn()))


def test_a_thousand_equal_sentences_are_one_side() -> None:
    audits = [worded(audit_of({"s1": ["for"]}, [FOR], article=f"{n}.md"), "2020", CLAIM) for n in range(1000)]
    (one,) = contested(asserted([*audits, drawn()[1]])).contradictions
    assert [side.articles for side in one.sides] == [1000, 1]
    assert len(to_text(contested(asserted(audits))).splitlines()) < 20


def test_both_faces_show_the_same_and_no_word_from_outside_steers_them() -> None:
    hostile = [
        worded(audit_of({"s1": ["for"]}, [FOR], article=f"{name}.md"), "2020", f"{text}\x1b[31m <script>")
        for name, text in (("a", CLAIM.rstrip(".")), ("b", DENIAL.rstrip(".")))
    ]
    answer = contested(asserted(hostile))
    assert answer.contradictions_count == 1
    assert "\x1b" not in to_text(answer)
    assert "\x1b" not in str(to_data(panel(answer)))
