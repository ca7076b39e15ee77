"""Parts of audits and neighbours out of the store: all that a question needs, exactly as the whole has it, and no more.

The hand-drawn knowledge base, of two articles::

    a.md  line 1  s1 ──► review ──► trial ──► seed          s: statements, ──► cites
          line 3  s2 ──► trial
          line 3  s3 ─leans on─► s2
          line 5  s4 ─leans on─► s3, and cites note
    b.md  line 1  s1 ──► trial, and the marker names a work that the list lacks
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from contextlib import ExitStack
from functools import cache
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import event

from ingest.pipeline import audit_file
from kb.errors import UsageError
from kb.graph import build_graph
from kb.lock import FILE, read
from kb.model import (
    Article,
    Assessment,
    Audit,
    Citation,
    EvidenceLine,
    Reference,
    Resolution,
    Review,
    Source,
    Span,
    Statement,
    StatementKey,
)
from kb.reviews import FILE as REVIEWS
from kb.reviews import read as read_reviews
from kb.settings import Settings
from kb.store.store import Store
from kb.strength.overruled import ids, verdicts
from kb.strength.people import Said
from kb.strength.verdict import assess
from tests import samples
from tests.postgres_server import Server

TOUR = Path(__file__).resolve().parents[2] / "examples" / "tour"
REVIEW, TRIAL, NOTE, SEED = "doi:10.5555/review", "doi:10.5555/trial", "ref:0a1b", "doi:10.5555/seed"


def stated(name: str, line: int, leans_on: str | None = None, lines: int = 1) -> Statement:
    start = 10 * (line - 1)
    return Statement(
        id=name,
        fingerprint=f"{name:0>16}",
        text=f"Words of {name}.",
        start=start,
        end=start + 10 * lines - 1,
        sentence=Span(start=start, end=start + 10 * lines - 1),
        line=line,
        section="",
        kind="benefit",
        question="benefit",
        needs_source=True,
        leans_on=leans_on,
    )


SOURCES = {
    REVIEW: Source(
        id=REVIEW, doi="10.5555/review", title="A review", abstract="Long.", cites=(TRIAL,), design="systematic review"
    ),
    TRIAL: Source(id=TRIAL, doi="10.5555/trial", pmid="77", title="A trial", full_text="Longer.", cites=(SEED,)),
    NOTE: Source(id=NOTE, title="A note"),
}
CITED = {"review": REVIEW, "trial": TRIAL, "note": NOTE}


def drawn(
    article: str, statements: tuple[Statement, ...], cites: Mapping[str, tuple[str, ...]], lost: tuple[str, ...] = ()
) -> Audit:
    """An audit in which statements cite references; every source that they name is on the list."""
    listed = [name for name in CITED if any(name in names for names in cites.values())]
    lines = tuple(
        EvidenceLine(statement=one, source=CITED[name], references=(name,), direction="supports", read="abstract")
        for one, names in cites.items()
        for name in names
    )
    bare = Audit(
        article=Article(id=article, title="", text="123456789\n" * 6, blocks=(), format="text"),
        statements=statements,
        citations=tuple(
            Citation(text="[…]", start=0, end=3, line=1, references=names, missing=lost, statements=(one,))
            for one, names in cites.items()
        ),
        references=tuple(
            Reference(id=name, position=at, text=name, source=CITED[name]) for at, name in enumerate(listed, 1)
        ),
        sources=tuple(SOURCES[CITED[name]] for name in listed),
        resolutions=tuple(Resolution(reference=name, source=CITED[name], status="verified") for name in listed),
        evidence=lines,
        assessments=(),
        findings=(),
        as_of="2026-11-22",
    )
    return msgspec.structs.replace(bare, assessments=graded(bare))


def graded(audit: Audit) -> tuple[Assessment, ...]:
    """As the last step of an audit grades it, with the words that people said in it."""
    said = Said(audit.reviews, audit.article.id, audit.statements)
    known = ids(audit.references, audit.resolutions, audit.sources)
    word = verdicts(audit.statements, audit.evidence, audit.sources, known, said)
    written = audit.article.date
    return assess(
        audit.statements, audit.evidence, audit.citations, audit.resolutions, audit.sources, written, reviewed=word
    )


A = drawn(
    "a.md",
    (stated("s1", 1), stated("s2", 3), stated("s3", 3, "s2"), stated("s4", 5, "s3", lines=2)),
    {"s1": ("review",), "s2": ("trial",), "s4": ("note",)},
)
B = drawn("b.md", (stated("s1", 1),), {"s1": ("trial",)}, lost=("Lost 2001",))


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = Store.open(tmp_path / "knowledge.db")
    for audit in (A, B):
        opened.save(audit)
    yield opened
    opened.close()


@pytest.fixture(scope="module", params=["SQLite", "PostgreSQL"])
def either(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """The same in each kind of database; tests only read it."""
    with ExitStack() as stack:
        if request.param == "SQLite":
            where = str(tmp_path_factory.mktemp("either") / "knowledge.db")
        else:
            server: Server = request.getfixturevalue("postgres_server")
            where = server.at(stack.enter_context(server.database()))
        opened = Store.open(where)
        stack.callback(opened.close)
        for audit in (A, B):
            opened.save(audit)
        yield opened


def names(audit: Audit) -> dict[str, list[str]]:
    return {
        "statements": [one.id for one in audit.statements],
        "citations": [name for one in audit.citations for name in one.statements],
        "references": [one.id for one in audit.references],
        "resolutions": [one.reference for one in audit.resolutions],
        "evidence": [one.statement for one in audit.evidence],
        "assessments": [one.statement for one in audit.assessments],
        "sources": [one.title for one in audit.sources],
    }


PARTS: tuple[tuple[tuple[StatementKey, ...], bool, dict[str, tuple[list[str], list[str], list[str]]]], ...] = (
    ((), False, {}),
    ((("a.md", "s9"), ("c.md", "s1")), True, {}),
    ((("a.md", "s1"),), False, {"a.md": (["s1"], ["review"], ["s1"])}),
    ((("a.md", "s3"),), False, {"a.md": (["s2", "s3"], ["trial"], ["s2"])}),
    ((("a.md", "s2"),), False, {"a.md": (["s2"], ["trial"], ["s2"])}),
    ((("a.md", "s2"),), True, {"a.md": (["s2", "s3", "s4"], ["trial", "note"], ["s2", "s4"])}),
    (
        (("b.md", "s1"), ("a.md", "s4"), ("a.md", "s4")),
        False,
        {"a.md": (["s2", "s3", "s4"], ["trial", "note"], ["s2", "s4"]), "b.md": (["s1"], ["trial"], ["s1"])},
    ),
)


@pytest.mark.parametrize(("keys", "leaning", "expected"), PARTS)
def test_a_part_holds_what_says_something_of_its_statements(
    either: Store, keys: Collection[StatementKey], leaning: bool, expected: Any
) -> None:
    found = either.parts(keys, leaning=leaning)
    assert {
        one.article.id: (names(one)["statements"], names(one)["references"], names(one)["evidence"]) for one in found
    } == expected
    for one in found:
        told = names(one)
        assert told["citations"] == told["evidence"]
        assert told["resolutions"] == told["references"]
        assert told["assessments"] == told["statements"]
        assert told["sources"] == [f"A {name}" for name in told["references"]]


def test_a_part_comes_without_texts_and_with_what_sources_cite(either: Store) -> None:
    (part,) = either.parts([("a.md", "s1")])
    assert part.article == msgspec.structs.replace(A.article, text="")
    assert part.sources == (msgspec.structs.replace(SOURCES[REVIEW], abstract=""),)
    assert (part.as_of, part.sources[0].cites) == (A.as_of, (TRIAL,))


def test_a_marker_over_several_statements_tells_only_of_those_that_are_there(store: Store) -> None:
    shared = Citation(text="[1]", start=0, end=3, line=1, references=("trial",), statements=("s1", "s2"))
    audit = drawn("c.md", (stated("s1", 1), stated("s2", 3)), {"s1": ("trial",), "s2": ("trial",)})
    store.save(msgspec.structs.replace(audit, citations=(shared,)))
    (part,) = store.parts([("c.md", "s2")])
    assert part.citations == (msgspec.structs.replace(shared, statements=("s2",)),)
    assert "type" in build_graph([part]).nodes["statement:c.md#s2"]


def test_a_circle_of_statements_that_lean_on_each_other_ends(store: Store) -> None:
    store.save(drawn("c.md", (stated("s1", 1, "s3"), stated("s2", 2, "s1"), stated("s3", 3, "s2")), {}))
    for leaning in (False, True):
        (part,) = store.parts([("c.md", "s2")], leaning=leaning)
        assert names(part)["statements"] == ["s1", "s2", "s3"]


@cache
def audits() -> tuple[Audit, ...]:
    """Real and hand-made ones: the tour, its two neighbours, the sample, and those that are drawn above."""
    chosen = Settings(offline=True, as_of="2026-11-22")
    lock = read((TOUR / FILE).read_bytes(), FILE)
    reviews = read_reviews((TOUR / REVIEWS).read_bytes(), REVIEWS)
    tour = (
        audit_file(file, file.name, chosen, bibliographies=[TOUR / "amberleaf.nbib"], lock=lock, reviews=reviews)
        for file in sorted(TOUR.glob("*.md"))
    )
    return (*tour, samples.sample_audit(), A, B)


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    opened = Store.open(tmp_path_factory.mktemp("whole") / "knowledge.db")
    for audit in audits():
        opened.save(audit)
    yield opened
    opened.close()


@settings(max_examples=150, deadline=None)
@given(data=st.data(), leaning=st.booleans())
def test_a_part_is_graded_as_the_whole_is(whole: Store, data: st.DataObject, leaning: bool) -> None:
    every = [(audit.article.id, one.id) for audit in audits() for one in audit.statements]
    keys = data.draw(st.lists(st.sampled_from(every), max_size=6))
    found = {part.article.id: part for part in whole.parts(keys, leaning=leaning)}
    assert set(found) == {article for article, _ in keys}
    for article, part in found.items():
        audit = whole.load(article)
        there = {one.id for one in part.statements}
        assert there >= {name for where, name in keys if where == article}
        assert _without_peoples_words(part) == tuple(
            one for one in _without_peoples_words(audit) if one.statement in there
        )
        for field in ("statements", "references", "resolutions", "evidence", "assessments", "reviews"):
            kept = getattr(part, field)
            assert kept == tuple(one for one in getattr(audit, field) if one in kept)
        graph = build_graph([part])
        assert all("type" in told for _, told in graph.nodes(data=True))


def _without_peoples_words(audit: Audit) -> tuple[Assessment, ...]:
    written = audit.article.date
    return assess(audit.statements, audit.evidence, audit.citations, audit.resolutions, audit.sources, written)


def test_all_statements_of_an_article_are_graded_with_peoples_words_as_it_was(whole: Store) -> None:
    audit = audits()[0]
    (part,) = whole.parts([(audit.article.id, one.id) for one in audit.statements])
    assert any(one.reviewed for one in audit.assessments)
    assert graded(part) == audit.assessments
    assert isinstance(part.reviews[0], Review)


def test_what_rests_on_a_source_comes_by_article_and_place(either: Store) -> None:
    assert either.resting_on([TRIAL]) == (("a.md", "s2"), ("b.md", "s1"))
    assert either.resting_on([TRIAL, NOTE, REVIEW]) == (("a.md", "s1"), ("a.md", "s2"), ("a.md", "s4"), ("b.md", "s1"))
    assert either.resting_on([SEED, "doi:10.5555/none"]) == either.resting_on([]) == ()


def test_who_cites_a_work_under_any_of_its_identifiers(store: Store) -> None:
    store.keep([Source(id="doi:10.5555/later", doi="10.5555/later", cites=("pmid:77",))])
    assert store.citing([TRIAL, SEED, NOTE]) == {SEED: (TRIAL,), TRIAL: ("doi:10.5555/later", REVIEW)}
    assert store.citing(["pmid:77"]) == {"pmid:77": ("doi:10.5555/later",)}


def test_what_is_known_of_sources_comes_without_texts(either: Store) -> None:
    known = either.known([SEED, TRIAL])
    assert known == {TRIAL: msgspec.structs.replace(SOURCES[TRIAL], full_text="")}
    assert known[TRIAL].cites == (SEED,)


def test_more_keys_than_a_database_takes_at_once(either: Store) -> None:
    strangers = [f"doi:10.5555/{number}" for number in range(40_000)]
    assert either.resting_on([*strangers, NOTE]) == (("a.md", "s4"),)
    assert set(either.known([*strangers, NOTE])) == {NOTE}
    (part,) = either.parts([*(("a.md", one) for one in strangers), ("a.md", "s1")])
    assert names(part)["statements"] == ["s1"]


STATEMENTS = (
    ("a.md:1", ("a.md", "s1")),
    ("a.md:3.2", ("a.md", "s3")),
    ("a.md:s4", ("a.md", "s4")),
    ("s4", ("a.md", "s4")),
    ("a.md:6", ("a.md", "s4")),
    ("b.md:1.1", ("b.md", "s1")),
)


@pytest.mark.parametrize(("name", "key"), STATEMENTS)
def test_a_statement_by_name(either: Store, name: str, key: StatementKey) -> None:
    assert either.statement(name) == key


NO_STATEMENTS = (
    ("a.md:3", "a.md: line 3 holds 2 statements; say which: 3.1 “Words of s2.”, 3.2 “Words of s3.”"),
    ("a.md:3.9", "a.md: line 3 holds 2 statements; say which"),
    ("a.md:2", "a.md: no statement stands in line 2; the nearest stand in lines 1 and 3"),
    ("a.md", "a.md: which statement?; give its line: a.md:LINE"),
    ("s1", "s1: 2 statements have this id; say which: a.md:s1, b.md:s1"),
    ("s0123456789", "s0123456789: the knowledge base holds no such statement; name it as ARTICLE:LINE"),
    ("a.md:s0123456789", "a.md: there is no statement s0123456789; `kb review a.md` lists them"),
    ("notes/a.md:3", "notes/a.md: the knowledge base holds no such article; audit it first"),
    ("aa.md:3", "aa.md: the knowledge base holds no such article; did you mean a.md:3?"),
    ("", "the knowledge base holds no such statement"),
    ("a.md:999999999", "a.md: no statement stands in line 999999999"),
    ("a\0b:3", "the knowledge base holds no such statement"),
    ("\ud800", "the knowledge base holds no such statement"),
    ("' OR 1=1 --", "the knowledge base holds no such statement"),
)


@pytest.mark.parametrize(("name", "line"), NO_STATEMENTS)
def test_a_name_of_no_statement_is_told_in_one_line(either: Store, name: str, line: str) -> None:
    with pytest.raises(UsageError) as told:
        either.statement(name)
    assert line in str(told.value)
    assert "\n" not in str(told.value)


def test_an_article_in_another_folder_is_offered(store: Store) -> None:
    store.save(msgspec.structs.replace(B, article=msgspec.structs.replace(B.article, id="notes/knees.md")))
    with pytest.raises(
        UsageError, match=r"knees\.md: the knowledge base holds no such .*did you mean notes/knees\.md:1\?"
    ):
        store.statement("knees.md:1")


def test_an_article_whose_name_ends_like_a_line_is_itself(store: Store) -> None:
    store.save(msgspec.structs.replace(B, article=msgspec.structs.replace(B.article, id="http://localhost:8000")))
    assert store.statement("http://localhost:8000:1") == ("http://localhost:8000", "s1")
    with pytest.raises(UsageError, match="which statement"):
        store.statement("http://localhost:8000")


WORKS = (
    (TRIAL, TRIAL),
    ("10.5555/TRIAL", TRIAL),
    (" https://doi.org/10.5555/Trial ", TRIAL),
    ("77", TRIAL),
    ("PMID: 77", TRIAL),
    ("pmid:77", TRIAL),
    ("https://pubmed.ncbi.nlm.nih.gov/77/", TRIAL),
    (NOTE, NOTE),
    ("10.5555/SEED", SEED),
)


@pytest.mark.parametrize(("name", "expected"), WORKS)
def test_a_work_by_name(either: Store, name: str, expected: str) -> None:
    assert either.source(name) == expected


NO_WORKS = (
    ("10.5555/triall", "10.5555/triall: the knowledge base holds no such work; did you mean doi:10.5555/trial?"),
    ("78", "78: the knowledge base holds no such work; give a DOI, a PubMed id, or an id that a report shows"),
    ("", "the knowledge base holds no such work; give a DOI"),
    ("trial\0", "the knowledge base holds no such work"),
    ("%", "%: the knowledge base holds no such work"),
    ("x" * 100_000, "x…: the knowledge base holds no such work"),
)


@pytest.mark.parametrize(("name", "line"), NO_WORKS)
def test_a_name_of_no_work_is_told_in_one_line(either: Store, name: str, line: str) -> None:
    with pytest.raises(UsageError) as told:
        either.source(name)
    assert line in str(told.value)
    assert len(str(told.value)) < 300


def test_every_question_goes_by_an_index(store: Store) -> None:
    asked: list[tuple[str, Any]] = []
    engine = store._database.engine
    event.listen(engine, "before_cursor_execute", lambda *told: asked.append((told[2], told[3])))
    store.parts([("a.md", "s2"), ("b.md", "s1")], leaning=True)
    store.parts([("a.md", "s2")])
    store.resting_on([TRIAL])
    store.citing([TRIAL])
    store.known([TRIAL])
    for name in ("a.md:6", "a.md:s4", "s4"):
        store.statement(name)
    store.source("10.5555/trial")
    store.source("10.5555/seed")
    questions = [one for one in asked if one[0].lstrip().startswith(("SELECT", "WITH"))]
    assert len(questions) > 20
    tables = {"article", "source", "statement", "citation", "covers", "reference", "resolution", "evidence"}
    tables |= {"assessment", "article_source", "source_cites", "review"}
    with engine.connect() as connection:
        for question, values in questions:
            plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {question}", values).all()
            scanned = [step.detail for step in plan if step.detail.startswith("SCAN")]
            assert not [one for one in scanned if one.split()[1] in tables], (question, scanned)


def test_the_number_of_questions_does_not_grow_with_the_statements(store: Store) -> None:
    asked: list[str] = []
    event.listen(store._database.engine, "before_cursor_execute", lambda *told: asked.append(told[2]))
    store.parts([("a.md", "s1")])
    few = len(asked)
    store.parts([("a.md", "s1"), ("a.md", "s4"), ("b.md", "s1")], leaning=True)
    assert len(asked) == 2 * few


def test_a_work_asked_for_by_its_pubmed_id_is_the_source_known_by_its_doi(store: Store) -> None:
    store.keep([Source(id="doi:10.5555/known", doi="10.5555/known", pmid="77", cites=("pmid:78",), design="cohort")])
    found = store.known(["pmid:77", "pmid:78", "doi:10.5555/known"])
    assert {name: (one.id, one.cites) for name, one in found.items()} == {
        "doi:10.5555/known": ("doi:10.5555/known", ("pmid:78",)),
        "pmid:77": ("doi:10.5555/known", ("pmid:78",)),
    }
    assert store.known(["pmid:77"], {"cohort"})["pmid:77"].cites == ()
