"""``kb check``: what is remembered between runs, and that nothing is when it must not be."""

from __future__ import annotations

import shutil
import signal
import sqlite3
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import msgspec
import pytest

from ingest.caches import results_of
from ingest.linting import checking
from ingest.linting.given import LOCK, REVIEWS
from kb.linting.outcome import Brief
from tests.checks import BARE, Kb, add_to, started


def kept(folder: Path) -> Path:
    """Where the results of a project are remembered."""
    file = results_of(folder)
    assert file
    return file


def test_a_result_is_taken_again_until_something_changes(tour: Path, kb: Kb, monkeypatch: pytest.MonkeyPatch) -> None:
    first = kb("--format", "json")
    made: list[str] = []
    plain = checking._make

    def counted(job: checking.Job, *rest: object) -> checking.Made:
        made.append(job.article)
        return plain(job, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(checking, "_make", counted)
    assert kb("--format", "json") == first
    assert made == []
    add_to(tour / "leaflet.md")
    assert kb("--format", "json") != first
    assert made == ["leaflet.md"]


@pytest.mark.parametrize(
    "change",
    [
        lambda tour: (tour / "amberleaf.nbib").write_text((tour / "amberleaf.nbib").read_text() + "\n"),
        lambda tour: (tour / LOCK).write_text((tour / LOCK).read_text() + "\n"),
        lambda tour: (tour / REVIEWS).write_text((tour / REVIEWS).read_text() + "\n"),
        lambda tour: (tour / "kb.toml").write_text((tour / "kb.toml").read_text() + 'strictness = "strict"\n'),
        lambda tour: (tour / "leaflet.nbib").write_text("PMID- 1\nTI  - Tea\n"),
    ],
    ids=["bibliography", "lock", "reviews", "configuration", "bibliography beside it"],
)
def test_what_a_result_rests_on_is_looked_at(
    change: Callable[[Path], object], tour: Path, kb: Kb, monkeypatch: pytest.MonkeyPatch
) -> None:
    kb("leaflet.md")
    change(tour)
    made: list[object] = []
    plain = checking._make

    def counted(job: checking.Job, *rest: object) -> checking.Made:
        made.append(job)
        return plain(job, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(checking, "_make", counted)
    kb("leaflet.md")
    assert len(made) == 1


def test_what_only_says_how_findings_are_told_is_not_looked_at(
    tour: Path, kb: Kb, monkeypatch: pytest.MonkeyPatch
) -> None:
    kb("leaflet.md")
    monkeypatch.setattr(checking, "_make", None)
    (tour / "kb.toml").write_text((tour / "kb.toml").read_text() + 'articles = ["leaflet.md"]\nexclude = ["old"]\n')
    assert kb("--fail-on", "never", "--format", "json")[0] == 0


def test_what_was_mended_beside_an_article_is_told_no_more(folder: Path, kb: Kb) -> None:
    entry = "title = {{Heat for knees}}, author = {{Roe, J}}, year = 2010, doi = {{10.5555/heat}}"
    (folder / "refs.bib").write_text("".join(f"@article{{{name}, {entry.format()}}}\n\n" for name in ("roe", "roe2")))
    (folder / "heat.md").write_text("# Heat\n\nHeat eased the knee pain in 40% of adults [@roe].\n")
    assert "RE002" in kb()[1]
    out = kb("--fix")[1]
    assert "RE002 took out entry 'roe2'" in out
    assert "duplicate-reference" not in out


def test_another_day_is_another_result(tour: Path, kb: Kb) -> None:
    assert kb("--as-of", "2026-03-02", "--format", "json")[1] != kb("--as-of", "2026-03-03", "--format", "json")[1]


def test_without_a_cache_nothing_is_written(folder: Path, kb: Kb) -> None:
    (folder / "heat.md").write_text(BARE)
    kb("--no-cache")
    assert not kept(folder).exists()
    kb()
    assert kept(folder).exists()
    assert not (folder / ".kb").exists()


def test_a_damaged_cache_stops_no_run(folder: Path, kb: Kb) -> None:
    (folder / "heat.md").write_text(BARE)
    before = kb()
    file = kept(folder)
    file.write_bytes(file.read_bytes()[:5000])
    assert kb() == before
    file.write_text("a letter of somebody")
    code, out, err = kb()
    assert (code, out) == before[:2]
    assert "(nothing is remembered in this run)" in err
    assert file.read_text() == "a letter of somebody"


@pytest.mark.parametrize("column", ["named", "brief", "found"])
def test_damage_that_the_database_does_not_see_stops_no_run(column: str, folder: Path, kb: Kb) -> None:
    (folder / "heat.md").write_text(BARE)
    before = kb("--format", "json")
    with closing(sqlite3.connect(kept(folder))) as connection, connection:
        kind = "text" if column == "named" else "blob"
        connection.execute(f"UPDATE result SET {column} = CAST('[nothing' AS {kind})")
    assert kb("--format", "json") == before


@pytest.mark.skipif(sys.platform == "win32", reason="no such signal there")
def test_an_interrupt_ends_with_130_and_keeps_a_sound_cache(tour: Path, kb: Kb) -> None:
    article = (tour / "amberleaf.md").read_text()
    for number in range(200):
        (tour / f"copy{number}.md").write_text(f"# {number}\n\n{article}")
    process = started(tour)
    while not kept(tour).exists():
        assert process.poll() is None
    process.send_signal(signal.SIGINT)
    out, err = process.communicate()
    assert (process.returncode, out) == (130, "")
    assert err.splitlines()[-1] == "kb: interrupted; what was stored before is still there"
    for number in range(199):
        (tour / f"copy{number}.md").unlink()
    assert kb("copy199.md", "leaflet.md")[0] == 1


def test_results_that_a_project_brings_along_are_not_believed(folder: Path, kb: Kb) -> None:
    (folder / "heat.md").write_text(BARE)
    told = kb()
    file = kept(folder)
    with closing(sqlite3.connect(file)) as connection, connection:
        (digest,) = connection.execute("SELECT digest FROM result").fetchone()
        connection.execute("PRAGMA journal_mode = DELETE")
    (folder / ".kb").mkdir()
    shutil.move(file, folder / ".kb" / "check.db")
    with closing(sqlite3.connect(folder / ".kb" / "check.db")) as connection, connection:
        brief = msgspec.msgpack.encode(Brief(article="heat.md"))
        connection.execute("UPDATE result SET brief = ? WHERE digest = ?", (brief, digest))
    assert kb() == told
