"""What is stale: sources with notices drawn by hand, the laws of the question, and what the store tells of them.

::

    one.md, audited 2024-06-01                two.md, audited 2026-11-01
    s1 ── supports ──► heat                   t1 ── not checked ─► heat
    s2 ── supports ──► cold                   t2 ── supports ────► tea
    s3 ── supports ──► tea, salt              t3 ── neutral ─────► mint

    heat  2010, retracted 2025-03-01          tea   1999
    cold  2012, corrected 2020, newer version 2021
    salt  2003
    mint  2015, retracted 2016, reinstated 2017

By hand, as of 2026-11-22: ``heat`` is retracted, for s1, which was graded before that, and for t1, which was not;
``cold`` is corrected, for s2, which was audited after that. By more than 20 years, t2 (1999) and s3 (2003) are old;
``mint`` is neither stale nor old.
"""

from __future__ import annotations

import tempfile
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kb.base import KnowledgeBase
from kb.model import Attribution, Direction, Notice, NoticeKind, Reviewed, Source, StatementKey
from kb.questions.shown import unworded
from kb.questions.stale import EACH, Ground, Resting, Stale, stale
from kb.questions.staleness import REASONS, Reason, in_force
from kb.questions.stated import Stated
from kb.report.answers.stale import to_text
from kb.store.store import Store
from kb.view.wording import CAVEAT
from tests.graded import Drawn, audit_of

replace = msgspec.structs.replace

TODAY = "2026-11-22"


def notice(kind: NoticeKind, date: str | None = None, doi: str | None = None) -> Notice:
    return Notice(kind=kind, said_by=("Crossref",), date=date, doi=doi)


def work(name: str, year: str | None, *notices: Notice, title: str = "") -> Source:
    return Source(
        id=f"doi:10.5555/{name}",
        doi=f"10.5555/{name}",
        authors=(name.capitalize(),),
        year=year,
        title=title or f"On {name}",
        notices=notices,
    )


HEAT = work("heat", "2010", notice("retraction", "2025-03-01", "10.5555/fell"))
COLD = work("cold", "2012", notice("new version", "2021", "10.5555/colder"), notice("correction", "2020"))
TEA = work("tea", "1999")
SALT = work("salt", "2003")
MINT = work("mint", "2015", notice("retraction", "2016"), notice("reinstatement", "2017"))
WORKS = {one.id: one for one in (HEAT, COLD, TEA, SALT, MINT)}


def line(name: str, source: Source, direction: Direction = "supports") -> Resting:
    article, audited = ("one.md", "2024-06-01") if name.startswith("s") else ("two.md", "2026-11-01")
    read = direction != "not checked"
    return Resting((article, name), source.id, direction, audited, read, source.year, int(name[1:]))


LINES = [
    line("s1", HEAT),
    line("s2", COLD),
    line("t1", HEAT, "not checked"),
    line("t3", MINT, "neutral"),
]
SUPPORTING = [line("s1", HEAT), line("s2", COLD), line("s3", TEA), line("s3", SALT), line("t2", TEA)]
GROUND = Ground({one.id: one for one in (HEAT, COLD, MINT)}, LINES, SUPPORTING)


def known(sources: Collection[str]) -> Mapping[str, Source]:
    return {name: WORKS[name] for name in sources}


def told(answer: Stale) -> list[tuple[Reason, str, str, bool | None, bool]]:
    return [
        (group.reason, one.label, rested.statement.statement, rested.later, rested.again)
        for group in answer.groups
        for one in group.sources
        for rested in one.statements
    ]


def test_by_hand() -> None:
    assert told(stale(GROUND, TODAY, 20, works=known)) == [
        ("retracted", "Heat 2010", "s1", True, True),
        ("retracted", "Heat 2010", "t1", False, False),
        ("corrected", "Cold 2012", "s2", False, False),
        ("old", "Salt 2003", "s3", None, False),
        ("old", "Tea 1999", "t2", None, False),
    ]


def test_what_to_audit_again_is_named() -> None:
    found = stale(GROUND, TODAY)
    assert (found.again, found.to_audit) == (("one.md",), 1)


def test_all_notices_of_a_source_come_with_it_the_gravest_first() -> None:
    (source,) = stale(GROUND, TODAY).groups[1].sources
    assert [(one.kind, one.date, one.doi) for one in source.notices] == [
        ("correction", "2020", None),
        ("new version", "2021", "10.5555/colder"),
    ]


@pytest.mark.parametrize(
    ("as_of", "reasons"),
    [
        (TODAY, ["retracted", "corrected"]),
        ("2025-02-28", ["corrected"]),
        ("2019-12-31", []),
        ("2016-06-01", ["retracted"]),  # mint, of which the year alone is known, and which was reinstated later
    ],
)
def test_what_came_after_the_day_is_left_out(as_of: str, reasons: list[str]) -> None:
    assert [group.reason for group in stale(GROUND, as_of).groups] == reasons


@pytest.mark.parametrize(
    ("older_than", "old"),
    [(22, ["s3", "t2"]), (23, ["t2"]), (26, ["t2"]), (27, []), (10, ["s1", "s2", "s3", "t2"])],
)
def test_a_statement_is_old_where_all_that_supports_it_is(older_than: int, old: list[str]) -> None:
    groups = [group for group in stale(GROUND, TODAY, older_than).groups if group.reason == "old"]
    assert sorted(one.statement.statement for group in groups for of in group.sources for one in of.statements) == old


@pytest.mark.parametrize("year", [None, "", "in press", "19", "c. 1999", "²⁰⁰¹"])
def test_a_year_that_is_not_known_is_not_old(year: str | None) -> None:
    lines = [line("s1", TEA), line("s1", work("dill", year))]
    assert stale(Ground({}, [], lines), TODAY, 1).groups == ()


@pytest.mark.parametrize(
    ("notices", "title", "expected"),
    [
        ([notice("retraction")], "", ["retraction"]),
        ([notice("withdrawal", "2020")], "", ["withdrawal"]),
        ([notice("retraction", "2020"), notice("reinstatement", "2021")], "", []),
        ([notice("retraction", "2022"), notice("reinstatement", "2021")], "", ["retraction"]),
        ([notice("retraction", "2020"), notice("reinstatement")], "", []),
        ([notice("correction"), notice("retraction", "2020")], "", ["retraction", "correction"]),
        (
            [notice("partial retraction"), notice("expression of concern")],
            "",
            ["partial retraction", "expression of concern"],
        ),
        ([notice("published version", doi="10.5555/v")], "", ["published version"]),
        ([notice("preprint", doi="10.5555/v")], "", []),
        ([notice("retraction")], "Retraction: On dill", []),  # it is the notice, not the article
        ([notice("retraction", "2027")], "", []),
        ([notice("retraction", "2026")], "", ["retraction"]),
    ],
)
def test_notices_in_force(notices: list[Notice], title: str, expected: list[str]) -> None:
    assert [one.kind for one in in_force(work("dill", "2010", *notices, title=title), TODAY)] == expected


@pytest.mark.parametrize(
    ("date", "kind", "read", "later", "again"),
    [
        ("2025-01-01", "retraction", True, True, True),
        ("2025", "correction", True, True, True),
        ("2024", "correction", True, None, False),
        ("2024-06-01", "correction", True, False, False),
        (None, "correction", True, None, False),
        (None, "retraction", True, None, True),  # it was taken for evidence, so nobody knew
        ("2020", "retraction", True, False, True),  # brought by another audit
        ("2020", "retraction", False, False, False),
    ],
)
def test_graded_before_the_notice(
    date: str | None, kind: NoticeKind, read: bool, later: bool | None, again: bool
) -> None:
    fallen = work("dill", "2010", notice(kind, date))
    ground = Ground({fallen.id: fallen}, [line("s1", fallen)._replace(read=read)])
    assert [(one[3], one[4]) for one in told(stale(ground, TODAY))] == [(later, again)]


def test_no_more_is_shown_than_was_asked_for_and_all_is_counted() -> None:
    asked: list[int] = []

    def counting(statements: Collection[StatementKey]) -> Mapping[StatementKey, Stated]:
        asked.append(len(statements))
        return unworded(statements)

    ground = Ground({HEAT.id: HEAT}, [line(f"s{number}", HEAT) for number in range(1, 100_001)])
    (group,) = stale(ground, TODAY, most=1, telling=counting).groups
    assert asked == [EACH]
    assert (group.statements, group.sources[0].resting, len(group.sources[0].statements)) == (100_000, 100_000, EACH)


def test_in_words() -> None:
    lines = to_text(stale(GROUND, TODAY, 20, works=known)).splitlines()
    assert lines[:2] == [
        "As of 2026-11-22: statements whose evidence was retracted, corrected or superseded, or older than 20 years.",
        "Graded before or without a notice, to be audited again: one.md.",
    ]
    assert "Rest on a source that was retracted: 2 statements, 1 source" in lines
    assert "  Heat 2010: On heat (doi:10.5555/heat)" in lines
    assert "    Retracted, 2025-03-01, said by Crossref; the notice is doi:10.5555/fell" in lines
    assert "    There is a newer version, 2021, said by Crossref; the newer version is doi:10.5555/colder" in lines
    again = "audited 2024-06-01, before the notice; graded before the notice; audit the article again"
    assert f"      source: supports it; {again}" in lines
    assert "      source: not checked; audited 2026-11-01, after the notice" in lines
    assert "  Tea 1999: On tea (doi:10.5555/tea), the newest of its sources" in lines
    assert lines[-1] == CAVEAT


def test_nothing_stale_in_words() -> None:
    assert "\nNone.\n" in to_text(stale(Ground({}, []), TODAY))


def test_words_from_outside_steer_no_terminal() -> None:
    evil = replace(work("a\x1b[31m", "2010", notice("retraction", "2020\x07", "10.5555/\nx")), title="A\nB\x1b")
    answer = stale(Ground({evil.id: evil}, [Resting(("a\x1b.md", "s"), evil.id, "supports", "2019\x07")]), TODAY)
    assert not set(to_text(answer)) & {"\x1b", "\x07"}


# Laws.

DATES = st.sampled_from([None, "2019", "2020-05", "2021-01-01", "2030-01-01"])


@st.composite
def grounds(draw: st.DrawFn, kinds: tuple[NoticeKind, ...] = (*REASONS, "reinstatement", "preprint")) -> Ground:
    notices = st.lists(st.builds(notice, st.sampled_from(kinds), DATES), max_size=3) if kinds else st.just([])
    years = st.sampled_from([None, "1990", "2005", "2020", "soon"])
    sources = [work(name, draw(years), *draw(notices)) for name in ("heat", "cold", "tea")]
    directions: st.SearchStrategy[Direction] = st.sampled_from(["supports", "neutral", "disputes", "not checked"])
    pairs = draw(st.sets(st.tuples(st.sampled_from(["s1", "s2", "t1"]), st.sampled_from(sources).map(sources.index))))
    lines = [line(name, sources[at], draw(directions)) for name, at in sorted(pairs)]
    supporting = [one for one in lines if one.direction == "supports"]
    return Ground({one.id: one for one in sources}, lines, supporting)


@given(grounds(()))
@settings(deadline=None)
def test_nothing_is_stale_without_notices_and_bound(ground: Ground) -> None:
    assert stale(ground, TODAY).groups == ()


@given(grounds())
@settings(deadline=None)
def test_each_line_is_told_once_at_most_and_under_the_gravest_notice(ground: Ground) -> None:
    found = stale(ground, TODAY)
    gravest = {name: kinds[0].kind for name, one in ground.noticed.items() if (kinds := in_force(one, TODAY))}
    expected = {
        (one.statement, one.source, REASONS[gravest[one.source]]) for one in ground.lines if one.source in gravest
    }
    named = [
        (rested.statement.key, one.source, group.reason)
        for group in found.groups
        for one in group.sources
        for rested in one.statements
    ]
    assert len(named) == len(set(named))
    assert set(named) == expected


@given(grounds(), st.integers(1, 40))
@settings(deadline=None)
def test_a_longer_bound_makes_nothing_old_that_was_not(ground: Ground, years: int) -> None:
    def old(bound: int) -> set[StatementKey]:
        groups = [group for group in stale(ground, TODAY, bound, most=100).groups if group.reason == "old"]
        return {one.statement.key for group in groups for of in group.sources for one in of.statements}

    assert old(years + 1) <= old(years)


# The store.


@pytest.fixture
def base(tmp_path: Path) -> Iterator[KnowledgeBase]:
    with KnowledgeBase.open(tmp_path / "knowledge.db") as opened:
        yield opened


def asked(source: Source, day: str) -> Source:
    return replace(source, said=(Attribution(by="Crossref", fields=(), asked=day),))


def test_a_notice_that_another_audit_brings_makes_the_old_verdict_stale(base: KnowledgeBase) -> None:
    before = asked(replace(HEAT, notices=()), "2026-11-01")
    base.add(audit_of("one.md", [Drawn("s1", {HEAT.id: "supports"})], [before]))
    assert base.stale(TODAY).groups == ()
    base.add(audit_of("two.md", [Drawn("t1", {HEAT.id: "not checked"})], [asked(HEAT, "2026-11-02")]))
    found = base.stale(TODAY)
    assert told(found) == [
        ("retracted", "Heat 2010", "s1", False, True),
        ("retracted", "Heat 2010", "t1", False, False),
    ]
    assert found.again == ("one.md",)
    assert found.groups[0].sources[0].statements[0].statement.text == "Thyme eases s1."


def test_a_persons_word_on_a_fallen_source_does_not_hide_that_the_audit_knew(base: KnowledgeBase) -> None:
    audit = audit_of("one.md", [Drawn("s1", {HEAT.id: "supports"})], [HEAT])
    (weighed,) = audit.evidence
    word = Reviewed(state="overruled", program="not checked", words=("Ann says supports",))
    base.add(replace(audit, evidence=(replace(weighed, reviewed=word),)))
    assert [one[4] for one in told(base.stale(TODAY))] == [False]


def test_what_is_old_is_found_in_the_store(base: KnowledgeBase) -> None:
    undated = work("dill", None)
    statements = [
        Drawn("s1", {TEA.id: "supports", SALT.id: "supports"}),
        Drawn("s2", {TEA.id: "supports", HEAT.id: "supports"}),
        Drawn("s3", {TEA.id: "supports", undated.id: "supports"}),
        Drawn("s4", {TEA.id: "supports", MINT.id: "neutral"}),
        Drawn("s5", {TEA.id: "disputes"}),
    ]
    base.add(audit_of("one.md", statements, [TEA, SALT, replace(HEAT, notices=()), replace(MINT, notices=()), undated]))
    assert [(reason, label, name) for reason, label, name, _, _ in told(base.stale(TODAY, 20))] == [
        ("old", "Salt 2003", "s1"),
        ("old", "Tea 1999", "s4"),
    ]


@given(grounds(), st.sampled_from([None, 1, 10, 30]))
@settings(deadline=None, max_examples=40)
def test_the_store_tells_enough(ground: Ground, older_than: int | None) -> None:
    """Asked of the store, the answer is as of all lines there are."""
    says: dict[str, dict[str, Direction]] = {}
    for one in ground.lines:
        says.setdefault(one.statement[1], {})[one.source] = one.direction
    audit = audit_of("one.md", [Drawn(name, its) for name, its in says.items()], [*ground.noticed.values()])
    # As drawn: an audit would not have read a retracted source.
    places = {(one.statement, one.source): at for at, one in enumerate(audit.evidence)}
    lines = [
        one._replace(
            statement=("one.md", one.statement[1]),
            audited=audit.as_of,
            place=places[one.statement[1], one.source],
            read=one.direction != "not checked",
        )
        for one in ground.lines
    ]
    with tempfile.TemporaryDirectory() as folder:
        store = Store.open(Path(folder) / "knowledge.db")
        store.save(audit)
        before = None if older_than is None else int(TODAY[:4]) - older_than
        found = stale(store.ground(before), TODAY, older_than, telling=store.told, works=store.known)
        words = store.told([one.statement for one in lines])
        store.close()
    supporting = [one for one in lines if one.direction == "supports"]
    whole = Ground(ground.noticed, lines, supporting)
    expected = stale(
        whole,
        TODAY,
        older_than,
        telling=lambda keys: {key: words[key] for key in keys},
        works=lambda names: {name: ground.noticed[name] for name in names},
    )
    assert found == expected
