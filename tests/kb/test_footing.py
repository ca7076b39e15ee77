"""What the store tells of a whole knowledge base is what its audits tell one by one."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

import msgspec
import networkx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kb.base import KnowledgeBase
from kb.model import Attribution, Audit, Direction, Notice, ResolutionStatus, Source, StatementKey
from kb.questions.load_bearing import VERDICTS
from kb.store.store import Store
from kb.strength.cited import cited_by
from tests.graded import Drawn, audit_of

replace = msgspec.structs.replace

WORKS = tuple(f"doi:10.5555/{name}" for name in ("heat", "cold", "tea", "salt"))
RETRACTION = Notice(kind="retraction", said_by=("a registry",), date="2020-02")
BACK = Notice(kind="reinstatement", said_by=("a registry",), date="2021")
DIRECTIONS: tuple[Direction, ...] = ("supports", "supports", "neutral", "disputes", "not checked")
STATUSES: tuple[ResolutionStatus, ...] = ("verified", "metadata differs", "another work", "not found", "unreachable")
NAMES = ("s1", "s2", "s3", "s4", "s5")


def works() -> dict[str, Source]:
    return {name: Source(id=name, doi=name[4:], authors=("Roe",), year="2010", title=f"On {name}") for name in WORKS}


@pytest.fixture(params=["SQLite", "PostgreSQL"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    """The store in either database."""
    on_file = request.param == "SQLite"
    opened = Store.open(str(tmp_path / "knowledge.db") if on_file else request.getfixturevalue("postgres"))
    yield opened
    opened.close()


def edges(audits: Sequence[Audit]) -> set[tuple[StatementKey, str]]:
    """What the statements of these audits stand on, by the steps of an audit."""
    found: set[tuple[StatementKey, str]] = set()
    for audit in audits:
        cited = cited_by(audit.statements, audit.evidence, audit.citations, audit.resolutions, audit.sources, None)
        counts = {one.statement for one in audit.assessments if one.verdict in VERDICTS}
        leans = {one.id: one.leans_on for one in audit.statements}
        for name in counts:
            base, seen = name, {name}
            while not cited[base].anything and (on := leans[base]) in counts and on not in seen:
                base = on
                seen.add(base)
            body = cited[base].body
            found |= {((audit.article.id, name), source.id) for line, source in body if line.direction == "supports"}
    return found


@st.composite
def audits(draw: st.DrawFn) -> tuple[Audit, ...]:
    notices = st.sampled_from([(), (), (RETRACTION,), (RETRACTION, BACK)])
    titles = st.sampled_from(["Heat", "Heat", "Retraction: Heat"])
    known = [replace(one, notices=draw(notices), title=draw(titles)) for one in works().values()]
    says = st.dictionaries(st.sampled_from(WORKS), st.sampled_from(DIRECTIONS), max_size=3)
    leans = st.one_of(st.none(), st.sampled_from(NAMES))
    found = []
    for article in ("one.md", "two.md"):
        statements = [Drawn(name, draw(says), leans_on=draw(leans)) for name in NAMES]
        statuses = {name: draw(st.sampled_from(STATUSES)) for name in WORKS}
        found.append(audit_of(article, statements, known, statuses=statuses))
    return tuple(found)


@given(audits())
@settings(max_examples=40, deadline=None)
def test_statements_stand_on_what_their_audits_say(drawn: tuple[Audit, ...]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        store = Store.open(Path(folder) / "knowledge.db")
        for audit in drawn:
            store.save(audit)
        graph = store.standing()
        store.close()
    assert set(graph.edges) == edges(drawn)
    assert all(graph.nodes[source]["authors"] == ("Roe",) for _, source in graph.edges)


def test_the_strength_and_place_of_a_statement_come_with_it(store: Store) -> None:
    audit = audit_of(
        "one.md", [Drawn("s0"), Drawn("s1", {WORKS[0]: "supports"}), Drawn("s2", leans_on="s1")], [*works().values()]
    )
    store.save(audit)
    assessed = {one.statement: one for one in audit.assessments}
    graph = store.standing()
    assert graph.nodes["one.md", "s1"] == {
        "place": 1,
        "level": assessed["s1"].level,
        "certainty": assessed["s1"].certainty,
    }
    assert graph.nodes["one.md", "s2"]["leans"]


def test_a_source_that_falls_after_the_audit_holds_nothing_up(store: Store) -> None:
    told = Attribution(by="a registry", fields=(), asked="2026-11-01")
    known = {name: replace(one, said=(told,)) for name, one in works().items()}
    store.save(audit_of("one.md", [Drawn("s1", {WORKS[0]: "supports"})], [*known.values()]))
    fallen = replace(known[WORKS[0]], notices=(RETRACTION,), said=(replace(told, asked="2026-11-02"),))
    store.save(audit_of("two.md", [], [fallen], listed=[WORKS[0]]))
    assert not store.standing().edges


def test_statements_are_told_in_their_words(store: Store) -> None:
    store.save(audit_of("one.md", [Drawn("s1"), Drawn("s2")], []))
    store.save(audit_of("two.md", [Drawn("s1")], []))
    found = store.told([("two.md", "s1"), ("one.md", "s2"), ("one.md", "gone")])
    assert {key: (one.line, one.text, one.verdict) for key, one in found.items()} == {
        ("two.md", "s1"): (1, "Thyme eases s1.", "unsupported"),
        ("one.md", "s2"): (2, "Thyme eases s2.", "unsupported"),
    }


def test_what_may_be_stale_or_old(store: Store) -> None:
    heat, cold, tea, salt = works().values()
    known = [replace(heat, notices=(RETRACTION,)), replace(cold, year="1999"), tea, replace(salt, year=None)]
    statements = [
        Drawn("s1", {heat.id: "not checked", cold.id: "supports"}),
        Drawn("s2", {cold.id: "supports", tea.id: "supports"}),
        Drawn("s3", {cold.id: "supports", salt.id: "supports"}),
    ]
    store.save(audit_of("one.md", statements, known))
    ground = store.ground(2005)
    assert list(ground.noticed) == [heat.id]
    assert [(one.statement, one.direction, one.audited, one.read) for one in ground.lines] == [
        (("one.md", "s1"), "not checked", "2026-11-22", False)
    ]
    assert [(one.statement[1], one.source, one.year) for one in ground.supporting] == [("s1", cold.id, "1999")]
    assert store.ground().supporting == []


def test_whatever_the_database_the_answer_is_the_same(store: Store) -> None:
    found = []
    for number in range(3):
        says = dict.fromkeys(WORKS[number:], DIRECTIONS[number])
        audit = audit_of(f"{number}.md", [Drawn("s1", says), Drawn("s2", leans_on="s1")], [*works().values()])
        found.append(audit)
        store.save(audit)
    assert set(store.standing().edges) == edges(found)


def test_an_empty_knowledge_base(tmp_path: Path) -> None:
    with KnowledgeBase.open(tmp_path / "knowledge.db") as base:
        found = base.load_bearing()
    assert (found.supported, found.sources) == (0, ())
    assert networkx.is_empty(Store.open(tmp_path / "knowledge.db").standing())
