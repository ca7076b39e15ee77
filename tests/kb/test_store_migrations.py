"""A knowledge base of an older version becomes one of this version: whole, or not at all."""

from __future__ import annotations

import signal
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, Engine, create_engine, inspect

from kb.errors import StoreError
from kb.model import (
    Article,
    Assessment,
    Block,
    Citation,
    EvidenceLine,
    Finding,
    Notice,
    Reference,
    Resolution,
    Review,
    Source,
    Span,
    Statement,
)
from kb.store import migrations
from kb.store.schema import SCHEMA_VERSION
from kb.store.store import Store

PROJECT = Path(__file__).resolve().parents[2]
VERSION_1 = Path(__file__).with_name("knowledge_base_of_version_1.sql").read_text(encoding="utf-8")
OURS = int.from_bytes(b"EvKb", "big")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A file of version 1, made by hand."""
    made = tmp_path / "knowledge.db"
    with closing(sqlite3.connect(made)) as raw:
        raw.executescript(VERSION_1)
        raw.execute(f"PRAGMA application_id = {OURS}")
        raw.execute("PRAGMA journal_mode = WAL")
    return made


def version(path: Path) -> int:
    with closing(sqlite3.connect(path)) as raw:
        found: int = raw.execute("SELECT schema_version FROM meta").fetchone()[0]
        return found


def dump(path: Path) -> list[str]:
    with closing(sqlite3.connect(path)) as raw:
        return list(raw.iterdump())


@pytest.fixture
def store(path: Path) -> Iterator[Store]:
    opened = Store.open(path)
    yield opened
    opened.close()


ELBOW = Source(
    id="doi:10.5555/elbow",
    doi="10.5555/elbow",
    pmid="70000001",
    title="Fénnet oil for O'Dell's elbow",
    authors=("Łukas P", "Ábel K"),
    year="2018",
    container="Elbow Letters",
    abstract="Forty elbows were rubbed. Soreness fell.",
    cites=("doi:10.5555/older", "pmid:70000009", "doi:10.5555/elbow"),
    notices=(
        Notice(kind="retraction", said_by=("Crossref",), date="2020-02", doi="10.5555/elbow.r"),
        Notice(kind="reinstatement", said_by=("Crossref",), date="2021"),
    ),
    design="randomized trial",
    design_basis="the title says so",
    full_text="Forty elbows.\nAll were rubbed.",
)
ADA = Review(
    subject="statement",
    statement="gone",
    source=None,
    value="supported",
    person="Ada",
    date="2026-11-20",
    reason="read it",
    fingerprint="gone00",
)


def test_everything_is_there_afterwards(store: Store) -> None:
    audit = store.load("oil.md")
    assert audit.article == Article(
        id="oil.md",
        title="Fennet oil",
        text="Fennet oil\n\nFennet oil calms a sore elbow [1].\nSo it calms a sore knee too.\n",
        blocks=(Block(kind="title", start=0, end=10, line=1), Block(kind="paragraph", start=12, end=74, line=3)),
        format="markdown",
        language="en",
    )
    assert (audit.as_of, audit.notes) == ("2026-11-20", ("PubMed did not answer.",))
    assert audit.sources == (ELBOW, Source(id="ref:00ff"))
    assert audit.statements == (
        Statement(
            id="c0ffee",
            fingerprint="c0ffee00",
            text="Fennet oil calms a sore elbow [1].",
            start=12,
            end=46,
            sentence=Span(start=12, end=46),
            line=3,
            section="",
            kind="benefit",
            question="benefit",
            needs_source=True,
            signals=("benefit",),
            worth=0.5,
        ),
        Statement(
            id="decade",
            fingerprint="decade00",
            text="So it calms a sore knee too.",
            start=47,
            end=75,
            sentence=Span(start=47, end=75),
            line=4,
            section="",
            kind="opinion",
            question=None,
            needs_source=False,
            leans_on="c0ffee",
            goes_beyond="a knee is no elbow",
        ),
    )
    assert audit.citations == (
        Citation(text="[1]", start=42, end=45, line=3, references=("1",), statements=("c0ffee", "c0ffee", "decade")),
        Citation(text="[7]", start=46, end=46, line=3, missing=("7",)),
    )
    assert audit.references == (
        Reference(id="1", position=1, text="Lukas. Fennet oil.", source=ELBOW.id),
        Reference(id="2", position=2, text="Illegible.", source="ref:00ff"),
    )
    assert audit.resolutions == (
        Resolution(reference="1", source=ELBOW.id, status="verified", said_by="Crossref", asked="2026-11-20"),
    )
    assert audit.evidence == (
        EvidenceLine(
            statement="c0ffee",
            source=ELBOW.id,
            references=("1",),
            direction="supports",
            extent="part",
            level=2,
            certainty="low",
            quote="Soreness fell.",
        ),
        EvidenceLine(statement="decade", source="ref:00ff", references=("2",), direction="not checked"),
    )
    assert audit.assessments == (
        Assessment(
            statement="c0ffee",
            verdict="partly supported",
            level=2,
            certainty="low",
            lines=1,
            reasons=("one trial says a part of it",),
        ),
        Assessment(statement="decade", verdict="not checked"),
    )
    assert audit.findings == (
        Finding(
            rule="undefined-reference",
            severity="error",
            message="No reference 7.",
            remedy="List it.",
            line=3,
            column=35,
            fingerprint="f7",
            statement="c0ffee",
        ),
        Finding(
            rule="reference-never-cited",
            severity="info",
            message="Nothing cites 2.",
            remedy="Cite it.",
            line=6,
            column=1,
            fingerprint="f2",
            reference="2",
        ),
    )
    assert audit.reviews == (ADA,)


def test_the_other_article_and_what_is_shared(store: Store) -> None:
    assert [(one.id, one.as_of, one.statements) for one in store.articles()] == [
        ("oil.md", "2026-11-20", 2),
        ("tea.md", "2026-11-21", 0),
    ]
    assert store.load("tea.md").sources[1] == ELBOW
    assert [source.id for source in store.sources()] == ["doi:10.5555/elbow", "doi:10.5555/older", "ref:00ff"]
    assert [review.person for review in store.reviews()] == ["Ada", "Ben"]


def rows(path: Path) -> dict[str, list[Any]]:
    with closing(sqlite3.connect(path)) as raw:
        tables = [name for (name,) in raw.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")]
        return {name: sorted(raw.execute(f"SELECT * FROM {name}"), key=repr) for name in tables}


def test_the_rows_are_those_that_this_version_writes(path: Path, store: Store, tmp_path: Path) -> None:
    fresh = Store.open(tmp_path / "fresh.db")
    for audit in store.audits():
        fresh.save(audit)
    fresh.close()
    # By value: the order and the spaces of the JSON were the author's of the fixture.
    assert _read(rows(path)) == _read(rows(tmp_path / "fresh.db"))


def _read(tables: dict[str, list[Any]]) -> dict[str, list[Any]]:
    import json

    def value(cell: Any) -> Any:
        return json.loads(cell) if isinstance(cell, str) and cell.startswith("{") else cell

    return {name: [[value(cell) for cell in row] for row in found] for name, found in tables.items()}


def schema(engine: Engine) -> dict[str, Any]:
    found = inspect(engine)

    def by_name(described: Any) -> list[Any]:
        return sorted(described, key=repr)

    def comparable(index: Any) -> dict[str, Any]:
        # The condition of an index on some of the rows is an object that equals itself alone.
        return {**index, "dialect_options": {key: str(value) for key, value in index["dialect_options"].items()}}

    return {
        name: {
            "columns": [(c["name"], repr(c["type"]), c["nullable"], c["default"]) for c in found.get_columns(name)],
            "key": found.get_pk_constraint(name),
            "foreign keys": by_name(found.get_foreign_keys(name)),
            "indexes": by_name(map(comparable, found.get_indexes(name))),
            "unique": by_name(found.get_unique_constraints(name)),
            "options": found.get_table_options(name),
        }
        for name in found.get_table_names()
    }


def test_its_schema_is_that_of_a_fresh_one(path: Path, store: Store, tmp_path: Path) -> None:
    Store.open(tmp_path / "fresh.db").close()
    migrated, fresh = (schema(create_engine(f"sqlite:///{file}")) for file in (path, tmp_path / "fresh.db"))
    assert migrated == fresh
    assert migrated["source_cites"]["options"] == {"sqlite_with_rowid": False}
    assert version(path) == SCHEMA_VERSION


def test_it_can_be_written_to(path: Path, store: Store) -> None:
    audit = store.load("oil.md")
    store.save(audit)
    store.delete("tea.md")
    assert list(store.audits()) == [audit]
    assert [source.id for source in store.sources()] == ["doi:10.5555/elbow", "ref:00ff"]


def test_there_is_a_step_from_every_version() -> None:
    assert set(migrations.STEPS) == set(range(1, SCHEMA_VERSION))


class Injected(Exception):
    """A failure that a test puts in the way."""


@pytest.fixture
def failing_step(monkeypatch: pytest.MonkeyPatch) -> Callable[[Callable[[], None]], None]:
    """Let something happen when the step has done all its work and nothing is told of it yet."""

    def put(happen: Callable[[], None]) -> None:
        first = migrations.STEPS[1]

        def step(connection: Connection) -> None:
            first(connection)
            happen()

        monkeypatch.setattr(migrations, "STEPS", {1: step})

    return put


def test_a_failure_half_way_leaves_it_as_it_was(
    path: Path, failing_step: Callable[[Callable[[], None]], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail() -> None:
        raise Injected

    before = dump(path)
    failing_step(fail)
    with pytest.raises(Injected):
        Store.open(path)
    assert dump(path) == before
    monkeypatch.undo()
    store = Store.open(path)
    assert len(store.articles()) == 2
    store.close()


KILLED = """
import os, signal, sys
from kb.store import migrations
from kb.store.store import Store

step = migrations.STEPS[1]

def killed(connection):
    step(connection)
    os.kill(os.getpid(), signal.SIGKILL)

migrations.STEPS = {1: killed}
Store.open(sys.argv[1])
"""


def test_a_program_that_is_killed_half_way_leaves_it_as_it_was(path: Path) -> None:
    before = dump(path)
    done = subprocess.run([sys.executable, "-c", KILLED, str(path)], cwd=PROJECT, timeout=120, check=False)
    assert done.returncode == -signal.SIGKILL
    assert dump(path) == before
    Store.open(path).close()
    assert version(path) == SCHEMA_VERSION


def test_who_opens_it_meanwhile_waits_and_finds_it_done(
    path: Path, failing_step: Callable[[Callable[[], None]], None]
) -> None:
    second: list[Store] = []
    done: list[int] = []
    other = threading.Thread(target=lambda: second.append(Store.open(path)))

    def meanwhile() -> None:
        done.append(1)
        if len(done) == 1:
            other.start()
            assert version(path) == 1

    failing_step(meanwhile)
    first = Store.open(path)
    other.join(timeout=60)
    assert done == [1]
    assert second[0].load("oil.md") == first.load("oil.md")
    for store in (first, *second):
        store.close()


def test_programs_that_open_it_at_once_all_find_everything(path: Path) -> None:
    opening = "import sys; from kb.store.store import Store; print(len(Store.open(sys.argv[1]).load('oil.md').sources))"
    programs = [
        subprocess.Popen([sys.executable, "-c", opening, str(path)], cwd=PROJECT, stdout=subprocess.PIPE, text=True)
        for _ in range(3)
    ]
    assert [(program.communicate(timeout=120)[0], program.returncode) for program in programs] == [("2\n", 0)] * 3


@pytest.mark.parametrize(
    ("harm", "told"),
    [
        ("UPDATE statement SET record = '{\"id\": 7}' WHERE id = 'decade'", r"is damaged \(.*`line`.*\); restore it"),
        ("UPDATE source SET record = 'x' WHERE id = 'ref:00ff'", r"is damaged \(.*\); restore it"),
        ("UPDATE article SET record = '{}' WHERE id = 'tea.md'", r"is damaged \(.*`article`\); restore it"),
        ("DROP TABLE finding", r"cannot be used \(no such table: finding\); restore it"),
        ("UPDATE meta SET schema_version = 0", "the knowledge base is damaged; restore it"),
        ("UPDATE meta SET schema_version = 'one'", "the knowledge base is damaged; restore it"),
        ("INSERT INTO meta VALUES (1)", "the knowledge base is damaged; restore it"),
    ],
)
def test_one_that_does_not_hold_together_is_told_in_one_line_and_left_as_it_was(
    path: Path, harm: str, told: str
) -> None:
    with closing(sqlite3.connect(path)) as raw:
        raw.execute(harm)
        raw.commit()
    before = dump(path)
    with pytest.raises(StoreError, match=told) as caught:
        Store.open(path)
    assert "\n" not in str(caught.value)
    assert dump(path) == before


def test_a_full_disk_leaves_it_as_it_was(path: Path, tmp_path: Path) -> None:
    """The file may not grow, as if the disk had no more room."""
    before = dump(path)
    limited = (
        "import resource, signal, sys\n"
        "from kb.errors import StoreError\n"
        "from kb.store.store import Store\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (40_000, 40_000))\n"
        "try:\n    Store.open(sys.argv[1])\nexcept StoreError as error:\n    print(error)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", limited, str(path)], cwd=PROJECT, capture_output=True, text=True, timeout=120, check=True
    )
    assert "nothing was changed" in done.stdout
    assert done.stdout.count("\n") == 1
    assert dump(path) == before
