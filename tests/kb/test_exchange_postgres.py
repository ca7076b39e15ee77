"""A knowledge base is moved to a server of PostgreSQL and back, and is the same."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from kb.base import KnowledgeBase
from kb.model import Audit, Source
from kb.report.exchange.incoming import opened
from tests.postgres_server import Server


@pytest.fixture
def where(postgres_server: Server) -> Iterator[str]:
    """The address of a fresh database."""
    with postgres_server.database() as name:
        yield postgres_server.at(name)


def exported(base: KnowledgeBase) -> bytes:
    return b"".join(base.export("records", full=True))


def test_everything_goes_there_and_back(where: str, tmp_path: Path, sample_audit: Audit) -> None:
    with KnowledgeBase.open(tmp_path / "one.db") as one:
        for name in ("b.md", "a b.md", "Ä.md", "B.md"):
            one.add(
                msgspec.structs.replace(sample_audit, article=msgspec.structs.replace(sample_audit.article, id=name))
            )
        one.keep([Source(id="doi:10.5555/Elsewhere", title="cited by a source alone")])
        data = exported(one)
        forms = {form: b"".join(one.export(form)) for form in ("json", "graphml", "ris", "records")}
    with KnowledgeBase.open(where) as server:
        assert server.bring_in(opened(io.BytesIO(data), "moved.jsonl"))[:4] == (4, 0, 0, 5)
        assert exported(server) == data
        assert {form: b"".join(server.export(form)) for form in forms} == forms
        assert server.bring_in(opened(io.BytesIO(data), "moved.jsonl"))[:4] == (0, 0, 4, 5)
        assert len(server.evidence()) == len(server.statements()[lambda table: table["verdict"] == "supported"]) * 3
    with KnowledgeBase.open(tmp_path / "two.db") as two:
        two.bring_in(opened(io.BytesIO(data), "moved.jsonl"))
        assert exported(two) == data
