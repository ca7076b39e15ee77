"""What a reader can choose from, and whether anything was written since."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from kb.base import KnowledgeBase
from kb.model import Audit
from tests.drawn import audit_of, source, work
from tests.samples import sample_audit

replace = msgspec.structs.replace


def named(article: str, title: str) -> Audit:
    """An article with three statements: two rest on ``tea``, one of these on ``walk`` too, and the third on nothing."""
    drawn = audit_of({"s1": ["tea"], "s2": ["tea", "walk"], "s3": []}, [source("tea"), source("walk")], article=article)
    return replace(drawn, article=replace(drawn.article, title=title))


@pytest.fixture(params=["SQLite", "PostgreSQL"])
def where(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The place of a knowledge base that is not there yet."""
    address: str = request.getfixturevalue("postgres") if request.param == "PostgreSQL" else str(tmp_path / "new.db")
    return address


@pytest.fixture
def base(where: str) -> Iterator[KnowledgeBase]:
    with KnowledgeBase.open(where) as opened:
        yield opened


def test_articles_come_by_id_and_no_more_than_asked_for(base: KnowledgeBase) -> None:
    base.add_all([named("c.md", "Tea"), named("a.md", "Walking"), named("b.md", "Tea, again")])
    assert list(base.titles()) == ["a.md", "b.md", "c.md"]
    assert dict(base.titles(most=2)) == {"a.md": "Walking", "b.md": "Tea, again"}


@pytest.mark.parametrize(
    ("words", "found"),
    [("tea", ["b.md", "c.md"]), ("A.MD", ["a.md"]), ("%", []), ("_", []), ("", ["a.md", "b.md", "c.md"])],
)
def test_articles_are_found_by_words_in_a_row(base: KnowledgeBase, words: str, found: list[str]) -> None:
    base.add_all([named("c.md", "Tea"), named("a.md", "Walking"), named("b.md", "Tea, again")])
    assert list(base.titles(words)) == found


def test_statements_of_an_article_come_in_its_order_with_their_verdicts(base: KnowledgeBase) -> None:
    base.add(named("a.md", "Walking"))
    told = [(one.statement, one.line, one.verdict) for one in base.statements_of("a.md")]
    assert told == [("s1", 1, "supported"), ("s2", 2, "supported"), ("s3", 3, "unsupported")]
    assert [one.statement for one in base.statements_of("a.md", most=1)] == ["s1"]
    assert base.statements_of("no such.md") == ()


def test_the_most_used_sources_come_first(base: KnowledgeBase) -> None:
    base.add_all([named("a.md", ""), named("b.md", "")])
    assert [(one.id, number) for one, number in base.most_used()] == [(work("tea"), 4), (work("walk"), 2)]
    assert [one.id for one, _ in base.most_used(1)] == [work("tea")]


def test_the_revision_of_a_file_stays_while_nothing_is_written(tmp_path: Path) -> None:
    with KnowledgeBase.open(tmp_path / "knowledge.db") as base:
        base.add(sample_audit())
        before = base.revision()
        base.audit(sample_audit().article.id)
        with KnowledgeBase.open(tmp_path / "knowledge.db") as other:
            other.articles()
            assert other.revision() == before
        assert base.revision() == before


def test_every_write_changes_the_revision(base: KnowledgeBase, where: str) -> None:
    seen = {base.revision()}
    base.add(sample_audit())
    seen.add(base.revision())
    base.add(replace(sample_audit(), notes=("again",)))
    seen.add(base.revision())
    with KnowledgeBase.open(where) as other:
        other.keep([source("elsewhere")])
    seen.add(base.revision())
    assert len(seen) == 4
