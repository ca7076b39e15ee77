"""The knowledge base as one object, as a notebook uses it."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from kb import KnowledgeBase
from kb.errors import StoreError, UsageError
from kb.graph import build_graph
from kb.model import Audit
from tests import samples

PROJECT = Path(__file__).resolve().parents[2]


@pytest.fixture
def base(tmp_path: Path) -> Iterator[KnowledgeBase]:
    with KnowledgeBase.open(tmp_path / "knowledge.db") as opened:
        yield opened


def second(audit: Audit) -> Audit:
    """Another article with one statement, on the work of Hartwell & Osei alone."""
    return msgspec.structs.replace(
        audit,
        article=msgspec.structs.replace(audit.article, id="articles/second.txt"),
        statements=audit.statements[1:2],
        citations=audit.citations[1:2],
        references=audit.references[1:2],
        sources=audit.sources[1:2],
        resolutions=audit.resolutions[1:2],
        evidence=audit.evidence[1:2],
        assessments=audit.assessments[1:2],
        findings=(),
    )


def test_what_is_added_can_be_asked_for(base: KnowledgeBase, sample_audit: Audit) -> None:
    base.add(sample_audit)
    base.add(second(sample_audit))
    assert [article.id for article in base.articles()] == [samples.ARTICLE_ID, "articles/second.txt"]
    assert base.audit("articles/second.txt") == second(sample_audit)
    with pytest.raises(UsageError, match="holds no such article"):
        base.audit("articles/third.txt")


def test_the_graph_is_that_of_all_articles(base: KnowledgeBase, sample_audit: Audit) -> None:
    base.add(second(sample_audit))
    base.add(sample_audit)
    graph, drawn = base.graph(), build_graph([sample_audit, second(sample_audit)])
    assert list(graph.nodes(data=True)) == list(drawn.nodes(data=True))
    assert list(graph.edges(keys=True, data=True)) == list(drawn.edges(keys=True, data=True))


def test_the_table_of_statements(base: KnowledgeBase, sample_audit: Audit) -> None:
    base.add(sample_audit)
    base.add(second(sample_audit))
    table = base.statements()
    assert list(table["id"]) == ["s1", "s2", "s3", "s4", "s5", "s6", "s7", "s2"]
    assert list(table["article"].unique()) == [samples.ARTICLE_ID, "articles/second.txt"]
    assert list(table[table["verdict"] == "supported"]["text"]) == [samples.EASES, samples.EASES]
    eases = table.iloc[1]
    assert (eases["level"], eases["certainty"], eases["lines"]) == (2, "moderate", 1)
    assert (eases["signals"], bool(eases["needs_source"])) == (("number", "benefit"), True)
    assert table["level"].isna().sum() == 6
    assert table["level"].dtype == "Int64"
    assert list(table["question"].isna()) == [False] * 6 + [True, False]


def test_a_statement_without_a_verdict_is_in_no_group(base: KnowledgeBase, sample_audit: Audit) -> None:
    base.add(msgspec.structs.replace(sample_audit, assessments=sample_audit.assessments[:3]))
    assert list(base.statements().query("verdict == 'unsupported'")["id"]) == ["s3"]


def test_the_table_of_sources(base: KnowledgeBase, sample_audit: Audit) -> None:
    base.add(sample_audit)
    base.add(second(sample_audit))
    table = base.sources().set_index("id")
    assert list(table.index) == sorted(source.id for source in sample_audit.sources)
    counts = {
        samples.MARLOW_SOURCE: (1, 1),
        samples.HARTWELL_SOURCE: (2, 2),
        samples.TERN_SOURCE: (1, 1),
        samples.QUILL_SOURCE: (1, 0),
    }
    told = zip(table.index, table["articles"], table["statements"], strict=True)
    assert {name: (articles, statements) for name, articles, statements in told} == counts
    assert list(table.index[table["retracted"]]) == [samples.TERN_SOURCE]
    assert table.loc[samples.TERN_SOURCE, "notices"] == ("retraction",)
    assert table.loc[samples.HARTWELL_SOURCE, "authors"] == ("Hartwell", "Osei")


def test_an_empty_knowledge_base_has_empty_tables_of_the_same_types(base: KnowledgeBase, sample_audit: Audit) -> None:
    statements, sources = base.statements(), base.sources()
    assert (len(statements), len(sources), base.articles(), len(base.graph())) == (0, 0, (), 0)
    base.add(sample_audit)
    assert dict(base.statements().dtypes) == dict(statements.dtypes)
    assert dict(base.sources().dtypes) == dict(sources.dtypes)


def test_advice_is_asked_of_an_article_a_statement_or_words(base: KnowledgeBase, sample_audit: Audit) -> None:
    base.add(sample_audit)
    base.add(msgspec.structs.replace(second(sample_audit), statements=(), citations=(), evidence=(), assessments=()))
    (said,) = base.advice(samples.EASES)
    assert (said.article, said.place, said.text) == ("", "", samples.EASES)
    assert said.offers[0].source == samples.HARTWELL_SOURCE
    assert base.advice("s7") == base.advice("articles/second.txt") == ()
    with pytest.raises(UsageError, match="holds no such article"):
        base.advice("s8")


def test_what_cannot_be_opened_is_told(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="it is a folder"):
        KnowledgeBase.open(tmp_path)


def test_importing_it_imports_nothing_heavy() -> None:
    code = (
        "import sys\n"
        "import kb\n"
        "assert 'kb.base' not in sys.modules\n"
        "from kb import KnowledgeBase\n"
        "heavy = {'pandas', 'networkx', 'sqlalchemy', 'streamlit', 'requests', 'rich'} & set(sys.modules)\n"
        "assert not heavy, heavy\n"
    )
    subprocess.run([sys.executable, "-c", code], cwd=PROJECT, check=True)
