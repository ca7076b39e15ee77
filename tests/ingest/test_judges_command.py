"""The command with a chat model as judge: nothing leaves before that is allowed, and what is remembered stays home."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path

import pytest

from ingest.cli import main
from ingest.config import ENVIRONMENT, read_settings
from kb.errors import ConfigurationError
from tests.loopback import Loopback, Reply, closed_port, json_reply

KEY = "sk-very-secret"
SENTENCE = "Warm compresses eased pain of the knee in 40 adults after two weeks of daily use."
ARTICLE = """# Warmth

Warm compresses ease pain of the knee in adults [@heat].
"""
BIBLIOGRAPHY = (
    "@article{heat, title={Warmth for the knee}, author={Able, Ann}, year={2020}, "
    f"abstract={{{SENTENCE} Stiffness in the morning did not change at all.}}}}"
)


@pytest.fixture(autouse=True)
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project whose one article cites one work; registries are out of reach."""
    for name in ("KB_DATABASE", "NO_COLOR", *ENVIRONMENT.values()):
        monkeypatch.delenv(name, raising=False)
    for name in ("KB_CROSSREF", "KB_DATACITE", "KB_DOI_ORG", "KB_NCBI", "KB_PMC", "KB_EUROPEPMC"):
        monkeypatch.setenv(name, closed_port())
    (tmp_path / "kb.toml").write_text('bibliography = ["works.bib"]\n')
    (tmp_path / "works.bib").write_text(BIBLIOGRAPHY)
    (tmp_path / "article.md").write_text(ARTICLE)
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def serve(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., Loopback]]:
    """A server of a chat model, which the environment names."""
    with ExitStack() as stack:

        def start(*acts: Reply) -> Loopback:
            server = stack.enter_context(Loopback(acts))
            monkeypatch.setenv("KB_JUDGE_ADDRESS", f"{server.url}/v1")
            monkeypatch.setenv("KB_JUDGE_MODEL", "tiny")
            monkeypatch.setenv("KB_JUDGE_KEY", KEY)
            return server

        yield start


def completion(reply: object) -> Reply:
    return json_reply({"model": "tiny", "choices": [{"message": {"content": json.dumps(reply)}}]})


SAID = ("direction", "extent", "quote", "numbers", "judge")
DISPUTES = completion({"direction": "disputes", "extent": None, "quote": SENTENCE, "reasons": ["It says otherwise."]})


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    with pytest.raises(SystemExit) as caught:
        main.main(list(arguments))
    out, err = capsys.readouterr()
    assert isinstance(caught.value.code, int)
    return caught.value.code, out, err


def lines(out: str) -> Sequence[dict[str, object]]:
    found: Sequence[dict[str, object]] = json.loads(out)["articles"][0]["evidence"]
    return found


def test_without_leave_the_command_says_what_would_be_sent_and_where_and_sends_nothing(
    capsys: pytest.CaptureFixture[str], serve: Callable[..., Loopback]
) -> None:
    server = serve(DISPUTES)
    code, out, err = run(capsys, "audit", "article.md", "--judge", "chat")
    host = server.url.removeprefix("http://")
    assert (code, out) == (2, "")
    assert err.splitlines()[-1] == (
        f"kb: the judge 'chat' would send 1 statement, with title and abstract of 1 source to {host}, "
        f"which nobody has allowed; allow it with --send-text {host}, or leave the judge out"
    )
    assert server.seen == []


def test_leave_for_one_host_is_none_for_another(
    capsys: pytest.CaptureFixture[str], serve: Callable[..., Loopback]
) -> None:
    server = serve(DISPUTES)
    code, _, _ = run(capsys, "audit", "article.md", "--judge", "chat", "--send-text", "models.example")
    assert (code, server.seen) == (2, [])


def test_a_file_of_the_project_cannot_give_leave(project: Path) -> None:
    (project / "kb.toml").write_text('send_text = "models.example"\n')
    with pytest.raises(ConfigurationError, match="there is no setting 'send_text'"):
        read_settings(project)
    (project / "kb.toml").write_text('judge_key = "sk"\n')
    with pytest.raises(ConfigurationError, match="there is no setting 'judge_key'"):
        read_settings(project)


def test_with_leave_the_model_is_asked_once_and_its_word_is_remembered(
    capsys: pytest.CaptureFixture[str], serve: Callable[..., Loopback], project: Path
) -> None:
    server = serve(DISPUTES)
    host = server.url.removeprefix("http://")
    asking = ("audit", "article.md", "--judge", "chat", "--send-text", host, "--format", "json")
    code, out, err = run(capsys, *asking)
    assert code == 0
    assert f"kb: sending statements, with title and abstract of their sources, to {host} …" in err.splitlines()
    (line,) = lines(out)
    assert (line["direction"], line["quote"]) == ("disputes", SENTENCE)
    assert len(server.seen) == 1
    _, again, _ = run(capsys, *asking)
    assert lines(again) == lines(out)
    assert len(server.seen) == 1
    _, offline, _ = run(capsys, *asking, "--offline")
    assert {name: lines(offline)[0][name] for name in SAID} == {name: line[name] for name in SAID}
    for file in (project / ".kb").iterdir():
        assert KEY.encode() not in file.read_bytes()
    assert KEY not in out + err


def test_the_environment_can_give_leave(
    capsys: pytest.CaptureFixture[str], serve: Callable[..., Loopback], monkeypatch: pytest.MonkeyPatch
) -> None:
    server = serve(DISPUTES)
    monkeypatch.setenv("KB_SEND_TEXT", server.url.removeprefix("http://"))
    monkeypatch.setenv("KB_JUDGE", "chat")
    code, _, _ = run(capsys, "audit", "article.md")
    assert (code, len(server.seen)) == (0, 1)


def test_where_the_model_gives_no_answer_the_built_in_judge_speaks_and_says_so(
    capsys: pytest.CaptureFixture[str], serve: Callable[..., Loopback]
) -> None:
    server = serve(Reply(401, b"{}"))
    host = server.url.removeprefix("http://")
    code, out, _ = run(capsys, "audit", "article.md", "--judge", "chat", "--send-text", host, "--format", "json")
    assert code == 0
    (line,) = lines(out)
    reason = "chat tiny (prompt 1) did not judge it: its server declined the question (status 401)"
    assert isinstance(line["reasons"], list)
    assert reason in line["reasons"]


def test_the_linter_asks_no_model(
    capsys: pytest.CaptureFixture[str], serve: Callable[..., Loopback], monkeypatch: pytest.MonkeyPatch
) -> None:
    server = serve(DISPUTES)
    monkeypatch.setenv("KB_SEND_TEXT", server.url.removeprefix("http://"))
    monkeypatch.setenv("KB_JUDGE", "chat")
    code, _, _ = run(capsys, "check", "article.md")
    assert code in (0, 1)
    assert server.seen == []


def test_a_lock_keeps_what_the_model_said(
    capsys: pytest.CaptureFixture[str], serve: Callable[..., Loopback], project: Path
) -> None:
    server = serve(DISPUTES)
    code, _, _ = run(capsys, "lock", "article.md", "--judge", "chat")
    assert (code, server.seen) == (2, [])
    host = server.url.removeprefix("http://")
    code, _, _ = run(capsys, "lock", "article.md", "--judge", "chat", "--send-text", host)
    assert (code, len(server.seen)) == (0, 1)
    assert "chat tiny (prompt 1)" in (project / "evidence.lock.json").read_text()
    code, out, _ = run(capsys, "audit", "article.md", "--frozen", "--format", "json")
    assert (lines(out)[0]["direction"], len(server.seen)) == ("disputes", 1)


@pytest.mark.parametrize(
    ("name", "value", "message"),
    [
        ("KB_JUDGE", "oracle", "KB_JUDGE: there is no judge 'oracle'; take built-in, embedding, nli or chat"),
        ("KB_JUDGE_ADDRESS", "ftp://x", "KB_JUDGE_ADDRESS: 'judge_address' is no web address"),
        ("KB_JUDGE_ADDRESS", "https://me:pass@models.example", "KB_JUDGE_ADDRESS: 'judge_address' is no web address"),
        ("KB_JUDGE_KEY", "two\nlines", "KB_JUDGE_KEY: this is no key; it has no spaces and no line breaks"),
    ],
)
def test_mistakes_are_told_in_one_line_without_a_secret(
    project: Path, monkeypatch: pytest.MonkeyPatch, name: str, value: str, message: str
) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(ConfigurationError) as caught:
        read_settings(project)
    assert str(caught.value).startswith(message)
    assert "pass" not in str(caught.value)
    assert "two" not in str(caught.value)


def test_a_folder_that_a_file_names_is_relative_to_the_project(project: Path) -> None:
    (project / "models" / "small").mkdir(parents=True)
    (project / "kb.toml").write_text('judge = "nli"\njudge_model = "models/small"\n')
    assert read_settings(project).judge_model == str(project / "models" / "small")
    (project / "kb.toml").write_text('judge = "chat"\njudge_model = "small"\n')
    assert read_settings(project).judge_model == "small"
