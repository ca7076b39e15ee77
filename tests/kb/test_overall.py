"""All articles together, in counts."""

from __future__ import annotations

from pathlib import Path

import pytest

from kb.base import KnowledgeBase
from kb.questions.overall import Overall
from tests.drawn import audit_of, source
from tests.samples import ARTICLE_ID, sample_audit


@pytest.fixture(params=["SQLite", "PostgreSQL"])
def where(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    return str(request.getfixturevalue("postgres") if request.param == "PostgreSQL" else tmp_path / "new.db")


def test_everything_is_counted_and_the_worst_articles_come_first(where: str) -> None:
    drawn = audit_of({"s1": ["tea"], "s2": [], "s3": ["gone"]}, [source("tea")], statuses={"gone": "not found"})
    with KnowledgeBase.open(where) as base:
        base.add_all([drawn, sample_audit()])
        found = base.overall()
        assert (found.articles, found.statements, found.sources) == (2, 10, 6)
        assert found.verdicts == {"needs no source": 1, "not checked": 1, "supported": 2, "unsupported": 6}
        assert found.bare == 4, "what cites a source that does not count shows one"
        assert sum(found.levels.values()) >= sum(found.certainties.values()) >= 1
        assert [(one.article, one.verdicts["unsupported"], one.statements) for one in found.worst] == [
            (ARTICLE_ID, 4, 7),
            ("drawn.md", 2, 3),
        ]
        assert [one.article for one in base.overall(most=1).worst] == [ARTICLE_ID]


def test_nothing_is_counted_where_there_is_nothing(where: str) -> None:
    with KnowledgeBase.open(where) as base:
        assert base.overall() == Overall()
