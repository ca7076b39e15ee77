"""The benchmark of the graph: what it makes up holds together, and it loads the rows that it says."""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from contextlib import closing
from pathlib import Path
from random import Random
from typing import get_args

import pytest

from benchmarks import graph
from benchmarks._graph_loading import load
from benchmarks._synthetic import audits
from benchmarks._synthetic_words import PATTERNS, saying, topic
from kb import KnowledgeBase
from kb.language.assertion import read_assertion
from kb.language.comparison import compare
from kb.model import Audit, Direction, Verdict

ARTICLES = 50


@pytest.fixture(scope="module")
def made() -> list[Audit]:
    return list(audits(ARTICLES, 3))


def test_the_same_numbers_make_the_same_articles(made: list[Audit]) -> None:
    again = audits(ARTICLES, 3)
    assert [next(again) for _ in range(3)] == made[:3]
    assert next(audits(ARTICLES, 4)) != made[0]


def test_every_passage_stands_where_it_says(made: list[Audit]) -> None:
    for audit in made:
        text = audit.article.text
        passages = [
            *((one.start, one.end, one.text) for one in audit.statements),
            *((one.start, one.end, one.text) for one in audit.citations),
            *((one.start or 0, one.end or 0, one.text) for one in audit.references),
            *((cue.start, cue.end, cue.text) for one in audit.statements for cue in one.cues),
            *((mark.start, mark.end, mark.text) for one in audit.statements for mark in one.marks),
        ]
        assert [text[start:end] for start, end, _ in passages] == [words for _, _, words in passages]
        assert all(text.count("\n", 0, one.start) + 1 == one.line for one in audit.statements)


def test_it_has_the_shape_that_is_asked_for(made: list[Audit]) -> None:
    known = {source.id: source for audit in made for source in audit.sources}
    cited = [work for source in known.values() for work in source.cites]
    lines = [line for audit in made for line in audit.evidence]
    assert {len(audit.statements) for audit in made} == {30}
    assert len(known) == 20 * ARTICLES
    assert 9 < len(cited) / len(known) < 12
    assert sum(work in known for work in cited) > 0.8 * len(cited)
    assert 20 < len(lines) / ARTICLES < 32
    assert {line.direction for line in lines} == set(get_args(Direction))
    assert {one.verdict for audit in made for one in audit.assessments} == set(get_args(Verdict))
    assert 0 < sum(bool(source.notices) for source in known.values()) < 0.04 * len(known)


def test_few_works_are_listed_often_and_most_once(made: list[Audit]) -> None:
    listed = Counter(source.id for audit in made for source in audit.sources)
    times = sorted(listed.values(), reverse=True)
    assert times[0] > 10
    assert times[len(times) // 2] == 1


def test_a_work_is_the_same_in_every_article(made: list[Audit]) -> None:
    sources = [source for audit in made for source in audit.sources]
    assert len(set(sources)) == len({source.id for source in sources}) < len(sources)


def test_most_works_cite_older_ones(made: list[Audit]) -> None:
    year = {source.id: source.year or "" for audit in made for source in audit.sources}
    pairs = [
        (source.year or "", year[work])
        for audit in made
        for source in audit.sources
        for work in source.cites
        if work in year
    ]
    assert 0 < sum(citing < cited for citing, cited in pairs) < 0.02 * len(pairs)


def test_a_saying_that_is_turned_says_the_opposite() -> None:
    """Of patterns that have two ways, the program itself finds that in almost all."""
    random, about = Random(5), topic(0, 3)
    said = [one for one in (saying(about, random) for _ in range(200)) if len(set(one.pattern.verbs)) == 2]
    both = [(one, one._replace(turned=not one.turned)) for one in said]
    found = [compare(read_assertion(one.text), read_assertion(other.text)) for one, other in both]
    assert sum(one is not None and one.how == "contradicts" for one in found) > 0.8 * len(found)
    assert sum(pattern.share for pattern in PATTERNS) == 100


def test_what_is_timed_is_the_rows_of_the_file(tmp_path: Path) -> None:
    loaded = load(4, 3, tmp_path / "knowledge.db")
    with closing(sqlite3.connect(tmp_path / "knowledge.db")) as raw:
        tables = [name for (name,) in raw.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        rows = sum(raw.execute(f"SELECT count(*) FROM {name}").fetchone()[0] for name in tables if name != "meta")
    assert loaded.rows == rows
    assert loaded.seconds > 0 < loaded.bare
    with KnowledgeBase.open(tmp_path / "knowledge.db") as base:
        assert [base.audit(one.id) for one in base.articles()] == sorted(audits(4, 3), key=lambda one: one.article.id)


def test_it_prints_its_figures(capsys: pytest.CaptureFixture[str]) -> None:
    graph.main(["--articles", "20", "--asked", "5", "--json", "--no-server"])
    figures = json.loads(capsys.readouterr().out)
    assert {"load 20 articles: seconds", "load / bare inserts", "load / a tenth of it"} <= figures.keys()
