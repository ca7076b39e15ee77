"""A knowledge base on a server, as the commands use it."""

from __future__ import annotations

import json
import socket
from pathlib import Path

import pytest

from ingest.cli import main
from ingest.config import ENVIRONMENT
from kb import KnowledgeBase
from kb.store.store import Store
from tests.costs import assert_within, wall

# It names no source, so no registry has anything to be asked about.
ARTICLE = "# Coffee\n\nCoffee raises blood pressure in adults. Studies show that cold packs help.\n"
SERVER = "postgresql://ada:secret@127.0.0.1:9/evidence"
SHOWN = "postgresql://ada@127.0.0.1:9/evidence"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in ("KB_DATABASE", "NO_COLOR", *ENVIRONMENT.values()):
        monkeypatch.delenv(name, raising=False)
    (tmp_path / "coffee.md").write_text(ARTICLE, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    with pytest.raises(SystemExit) as caught:
        main(list(arguments))
    captured = capsys.readouterr()
    return int(caught.value.code or 0), captured.out, captured.err


def test_an_audit_is_kept_on_the_server_and_asked_there(
    folder: Path, postgres: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    code, out, _ = run(capsys, "audit", "--kb", postgres, "coffee.md")
    assert code == 0
    assert "Coffee raises blood pressure" in out
    assert not (folder / ".kb" / "knowledge.db").exists()
    monkeypatch.setenv("KB_DATABASE", postgres)
    code, out, err = run(capsys, "suggest", "Coffee lowers blood pressure in adults")
    assert (code, err) == (0, "")
    assert "contradicts coffee.md, line 3" in out


def test_what_people_said_is_shared_by_the_server(
    folder: Path, postgres: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KB_DATABASE", postgres)
    word = ["supported", "--person", "Ada", "--reason", "read it"]
    code, out, _ = run(capsys, "review", "coffee.md:3.1", *word)
    assert (code, "kept in evidence.reviews.json" in out) == (0, True)
    (folder / "evidence.reviews.json").unlink()
    code, out, _ = run(capsys, "audit", "--format", "json", "coffee.md")
    assert code == 0
    assert [review["person"] for review in json.loads(out)["articles"][0]["reviews"]] == ["Ada"]
    with KnowledgeBase.open(postgres) as base:
        assert [review.person for review in base.reviews()] == ["Ada"]


def test_offline_no_server_is_asked(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Store, "open", None)
    code, out, err = run(capsys, "audit", "--offline", "--kb", SERVER, "coffee.md")
    line = f"kb: {SHOWN}: this knowledge base is on a server, and offline no socket is opened; name a file with --kb\n"
    assert (code, out, err) == (2, "", line)


def test_check_opens_no_knowledge_base(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KB_DATABASE", SERVER)
    monkeypatch.setattr(Store, "open", None)
    code, out, err = run(capsys, "check", "coffee.md")
    assert code == 1
    assert out.startswith("coffee.md:3:")
    assert "secret" not in out + err


@pytest.mark.parametrize(
    ("address", "line"),
    [
        ("postgresql://ada:se/cret@db/e", "--kb or KB_DATABASE: this is no address of a knowledge base; write it as "),
        ("postgresql:/ada:secret@db/e", "--kb or KB_DATABASE: this is no address of a knowledge base; write it as "),
        (
            "postgresql://ada:secret@127.0.0.1:{port}/e",
            "postgresql://ada@127.0.0.1:{port}/e: the server cannot be reached",
        ),
    ],
)
@pytest.mark.parametrize("command", [["audit", "coffee.md"], ["suggest", "Coffee helps"], ["app", "--no-browser"]])
def test_a_server_that_cannot_be_used_is_told_in_one_line(
    folder: Path, capsys: pytest.CaptureFixture[str], command: list[str], address: str, line: str
) -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        port = closed.getsockname()[1]
        code, out, err = run(capsys, *command, "--kb", address.format(port=port))
    assert (code, out) == (3, "")
    assert err.startswith("kb: " + line.format(port=port))
    assert err.count("\n") == 1
    assert "secret" not in err
    assert sorted(file.name for file in folder.iterdir()) == ["coffee.md"]


def test_a_server_that_never_answers_is_waited_for_once(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kb.store.postgres.CONNECT_SECONDS", 0.5)
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        address = f"postgresql://127.0.0.1:{silent.getsockname()[1]}/e"

        def job() -> None:
            code, out, err = run(capsys, "audit", "--kb", address, "coffee.md")
            assert (code, out) == (3, "")
            assert "the server did not answer within 0.5 s" in err

        assert_within(10, job, wall)
