"""What stands in the way of the knowledge base is told in words, on a page that is open already too."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import text
from streamlit.testing.v1 import AppTest

from kb.base import KnowledgeBase
from tests.desks import run
from tests.samples import sample_audit


def page(path: str) -> None:
    from pathlib import Path

    from kb.view.pages import article
    from tests.desks import desk_at

    article.show(desk_at(Path(path)))


@pytest.fixture
def path(tmp_path: Path) -> Iterator[Path]:
    with KnowledgeBase.open(tmp_path / "knowledge.db") as base:
        base.add(sample_audit())
    yield tmp_path / "knowledge.db"
    tmp_path.chmod(0o700)


def told(shown: AppTest) -> str:
    """What the page says; never a traceback."""
    assert not shown.exception
    return "\n".join(one.value for one in (*shown.header, *shown.error, *shown.code))


def deleted(path: Path) -> None:
    for file in path.parent.iterdir():
        file.unlink()


def half_deleted(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:5000])


def emptied(path: Path) -> None:
    path.write_bytes(b"")


def replaced_by_words(path: Path) -> None:
    path.write_bytes(b"notes of mine, and no database at all\n" * 50)


def replaced_by_a_folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


def of_a_newer_version(path: Path) -> None:
    with KnowledgeBase.open(path) as base, base._store._database.writing() as connection:
        connection.execute(text("UPDATE meta SET schema_version = 999"))


HAPPENS: list[tuple[Callable[[Path], None], str]] = [
    (deleted, "Nothing audited yet"),
    (half_deleted, "the knowledge base is damaged"),
    (emptied, "the file is empty, not a knowledge base"),
    (replaced_by_words, "it is not a knowledge base"),
    (replaced_by_a_folder, "it is a folder, not a knowledge base"),
    (of_a_newer_version, "a newer version of this program wrote it"),
]


@pytest.mark.parametrize(("happens", "words"), HAPPENS, ids=[row[0].__name__ for row in HAPPENS])
def test_what_happens_to_it_while_it_is_open_is_told_at_the_next_click(
    path: Path, happens: Callable[[Path], None], words: str
) -> None:
    shown = run(page, path)
    assert told(shown) == "Article"
    happens(path)
    assert words in told(shown.run())


def test_an_article_that_is_too_large_to_be_shown_is_told(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kb.view.pages.frame.MOST_STATEMENTS", 2)
    with KnowledgeBase.open(path) as base:
        base.add(sample_audit())  # a revision that no other test has kept anything of
    assert "has more than 2 statements, and no more are shown of an article; split it" in told(run(page, path))


def test_looking_at_one_that_was_deleted_makes_no_other_one(path: Path) -> None:
    shown = run(page, path)
    deleted(path)
    assert "Nothing audited yet" in told(shown.run())
    assert list(path.parent.iterdir()) == []


@pytest.mark.skipif(os.geteuid() == 0, reason="whoever may do everything may read every folder")
def test_a_folder_without_rights_is_told(path: Path) -> None:
    shown = run(page, path)
    path.parent.chmod(0)
    assert "Permission denied" in told(shown.run())


def test_what_the_file_system_refuses_is_told(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shown = run(page, path)

    exists = Path.exists

    def refuse(self: Path) -> bool:
        if self == path:
            raise PermissionError(13, "Permission denied", str(self))
        return exists(self)

    monkeypatch.setattr(Path, "exists", refuse)
    words = told(shown.run())
    assert "could not go on (Permission denied)" in words
    assert "see whether there is room, and the right to read and write there" in words


def test_a_writer_keeps_no_reader_waiting(path: Path) -> None:
    shown = run(page, path)
    with KnowledgeBase.open(path) as other, other._store._database.writing():
        shown.session_state["statement"] = "s2"
        assert told(shown.run()) == "Article"
        assert [one.label for one in shown.expander] == ["Say what you think of it"]


def test_who_keeps_everybody_out_is_told_soon(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kb.store.file.READ_SECONDS", 0.05)
    shown = run(page, path)
    with KnowledgeBase.open(path) as other, other._store._database.engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA locking_mode = EXCLUSIVE")
        connection.exec_driver_sql("UPDATE meta SET schema_version = schema_version")
        connection.commit()
        assert "another program keeps the knowledge base busy" in told(shown.run())


def test_a_server_that_is_gone_is_told() -> None:
    shown = run(of_server, Path("postgresql://nobody@127.0.0.1:9/none"))
    assert "the server cannot be reached" in told(shown) or "driver of PostgreSQL is missing" in told(shown)


def of_server(path: str) -> None:
    from dataclasses import replace
    from functools import partial
    from pathlib import Path

    from kb.base import KnowledgeBase
    from kb.store.address import place
    from kb.view.pages import article
    from tests.desks import desk_at

    where = place("postgresql://nobody@127.0.0.1:9/none")
    desk = replace(desk_at(Path(path)), exists=where.exists, open=partial(KnowledgeBase.open, where, new=False))
    article.show(desk)


def following(path: str) -> None:
    from pathlib import Path
    from typing import Any, cast

    import streamlit as st

    from kb.view.pages.frame import follow
    from tests.desks import desk_at

    desk = desk_at(Path(path))
    desk.pages["worklist"] = cast("Any", "worklist")
    st.session_state["article"], st.session_state["statement"] = "read.md", "s1"
    follow(desk, "./worklist?article=other.md")


def test_a_link_to_an_article_leads_away_from_the_one_that_was_read(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[tuple[object, object]] = []
    monkeypatch.setattr("streamlit.switch_page", lambda page, query_params: asked.append((page, query_params)))
    test = run(following, path)
    assert not test.exception
    assert asked == [("worklist", {"article": ["other.md"]})]
    assert (test.session_state["article"], test.session_state["statement"]) == ("other.md", None)
