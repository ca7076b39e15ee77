"""``kb trace`` and ``kb independence`` on knowledge bases in a file: a small drawn one, and the tour."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

from ingest.commands.asking.independence import command as independence_command
from ingest.commands.asking.trace import command as trace_command
from ingest.pipeline import audit_file
from kb.base import KnowledgeBase
from kb.errors import KnowledgeBaseError, UsageError
from kb.lock import FILE, read
from kb.questions.trace import trace
from kb.questions.walk import MOST_DEPTH
from kb.reviews import FILE as REVIEWS
from kb.reviews import read as read_reviews
from kb.settings import Settings
from tests.drawn import audit_of, source, work

TOUR = Path(__file__).resolve().parents[2] / "examples" / "tour"
WORKS = [
    source("rook", "narrative review", ["vale", "moss"]),
    source("vale", "systematic review", ["trial"]),
    source("trial", "randomized trial"),
]


@pytest.fixture
def database(tmp_path: Path) -> Path:
    path = tmp_path / "knowledge.db"
    with KnowledgeBase.open(path) as base:
        base.add(audit_of({"s1": ["rook"], "s2": []}, WORKS[:1], leans={"s2": "s1"}))
        base.keep(WORKS[1:])
    return path


@pytest.fixture(scope="module")
def tour(tmp_path_factory: pytest.TempPathFactory) -> Iterator[KnowledgeBase]:
    settings = Settings(offline=True, as_of="2026-11-22")
    lock, reviews = read((TOUR / FILE).read_bytes(), FILE), read_reviews((TOUR / REVIEWS).read_bytes(), REVIEWS)
    with KnowledgeBase.open(tmp_path_factory.mktemp("tour") / "knowledge.db") as base:
        for path in sorted(TOUR.glob("*.md")):
            books = [TOUR / "amberleaf.nbib"]
            base.add(audit_file(path, path.name, settings, bibliographies=books, lock=lock, reviews=reviews))
        yield base


def run(command: click.Command, database: Path, *arguments: str) -> Result:
    return CliRunner().invoke(command, [*arguments, "--kb", str(database)])


def test_works_that_no_article_names_are_on_the_way(database: Path) -> None:
    out = run(trace_command, database, "drawn.md:1", "--offline").stdout
    assert out.splitlines()[:5] == [
        "drawn.md, line 1 (s1): “Statement s1.” (supported)",
        "  Rook 2012 · narrative review",
        "    Vale 2012 · systematic review",
        "      Trial 2012 · randomized trial — primary study",
        f"    {work('moss')} — nothing is known of it",
    ]
    assert "  → through Rook 2012 it reaches 1 primary study\n" in out
    assert f"Could be asked for: {work('moss')}\n" in out


def test_the_way_is_cut_where_one_wants_it(database: Path) -> None:
    out = run(trace_command, database, "drawn.md:1", "--offline", "--depth", "0").stdout
    assert out.splitlines()[1] == "  Rook 2012 · narrative review — cites more than was followed"


def test_the_help_tells_the_depth_that_there_is() -> None:
    assert f"[default: {MOST_DEPTH}]" in CliRunner().invoke(trace_command, ["--help"]).stdout


@pytest.mark.parametrize("statement", ["drawn.md:2", "drawn.md:s2", "s2"])
def test_what_leans_on_another_is_traced_by_any_name(database: Path, statement: str) -> None:
    answer = json.loads(run(trace_command, database, statement, "--offline", "--format", "json").stdout)
    assert (answer["statement"]["statement"], answer["leans_on"][0]["statement"]) == ("s2", "s1")
    assert [step["source"] for step in answer["steps"]] == [work(name) for name in ("rook", "vale", "moss", "trial")]


def test_lines_of_evidence_are_told(database: Path) -> None:
    assert run(independence_command, database, "drawn.md:1").stdout.splitlines()[:4] == [
        "drawn.md, line 1 (s1): “Statement s1.” (supported)",
        "  1. Rook 2012 · narrative review",
        "What it comes to",
        "  → one source, 1 line of evidence",
    ]
    answer = json.loads(run(independence_command, database, "s2", "--format", "json").stdout)
    assert [line["sources"] for line in answer["lines"]] == [[work("rook")]]


@pytest.mark.parametrize("command", [trace_command, independence_command], ids=["trace", "independence"])
@pytest.mark.parametrize("statement", ["drawn.md:9", "nowhere.md:1", "s9", "", ":", "\x1b[2J"])
def test_a_statement_that_is_not_there_is_one_line(database: Path, command: click.Command, statement: str) -> None:
    error = run(command, database, statement).exception
    assert isinstance(error, UsageError)
    assert str(error).isprintable()


@pytest.mark.parametrize("command", [trace_command, independence_command], ids=["trace", "independence"])
def test_without_a_knowledge_base_nothing_is_made(tmp_path: Path, command: click.Command) -> None:
    result = run(command, tmp_path / "none.db", "a.md:1")
    assert isinstance(result.exception, KnowledgeBaseError)
    assert "does not exist yet; audit an article first" in str(result.exception)
    assert not list(tmp_path.iterdir())


def test_the_number_of_lines_is_that_of_each_assessment_of_the_tour(tour: KnowledgeBase) -> None:
    asked = 0
    for article in tour.articles():
        for assessment in tour.audit(article.id).assessments:
            answer = tour.independence(f"{article.id}:{assessment.statement}")
            assert len(answer.lines) == assessment.lines, assessment.statement
            asked += assessment.lines > 0
    assert asked


def test_each_statement_of_the_tour_is_traced_as_in_the_whole_graph(tour: KnowledgeBase) -> None:
    graph = tour.graph()
    for article in tour.articles():
        for statement in tour.audit(article.id).statements:
            key = (article.id, statement.id)
            assert tour.trace(f"{article.id}:{statement.id}") == trace(graph, key)
