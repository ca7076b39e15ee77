"""``kb audit URL``: a page becomes an article; what cannot be one is a line, and the others are audited."""

from __future__ import annotations

import json
import socket
from pathlib import Path

import pytest

from ingest.cli import main
from kb.base import KnowledgeBase
from tests.loopback import Loopback, Reply, Seen, closed_port

ARTICLE = """# Heat for stiff knees

Heat eased pain in 40% of adults (Roe, 2010). Studies show that cold helps too.

## References

Roe, J. (2010). Heat for knees. Knee Journal, 3, 1-9. https://doi.org/10.5555/heat
"""
REGISTRIES = ("CROSSREF", "DATACITE", "DOI_ORG", "NCBI", "PMC", "EUROPEPMC", "OPENALEX")
MARKDOWN = {"Content-Type": "text/markdown; charset=utf-8"}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in ("KB_DATABASE", "KB_MAILTO", "NO_COLOR"):
        monkeypatch.delenv(name, raising=False)
    nobody = closed_port()
    for name in REGISTRIES:
        monkeypatch.setenv(f"KB_{name}", nobody)
    (tmp_path / "knees.md").write_text(ARTICLE)
    (tmp_path / "knees.bib").write_text("@article{poe2011, title={Cold for knees}, doi={10.5555/cold}}\n")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, list[str]]:
    """Exit code, stdout, and the lines of stderr without those of progress."""
    with pytest.raises(SystemExit) as caught:
        main(list(arguments))
    captured = capsys.readouterr()
    lines = [line for line in captured.err.splitlines() if not line.endswith("…")]
    return int(caught.value.code or 0), captured.out, lines


def test_a_page_is_an_article_whose_id_is_its_address(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with Loopback([Reply(200, ARTICLE.encode(), MARKDOWN)]) as server:
        code, out, err = run(capsys, "audit", "--allow-private", "--format", "json", f"{server.url}/a/knees#top")
        assert len(server.seen) == 1
    (article,) = json.loads(out)["articles"]
    assert (code, err) == (0, [])
    assert article["path"] == f"{server.url}/a/knees"
    assert article["title"] == "Heat for stiff knees"
    assert article["statements"][0]["references"] == ["roe2010"]
    assert [reference["id"] for reference in article["references"]] == ["roe2010"]  # not the .bib of this folder
    with KnowledgeBase.open(folder / ".kb" / "knowledge.db") as base:
        assert [one.id for one in base.articles()] == [f"{server.url}/a/knees"]


HTML = """<!doctype html><html><head><meta charset="{inside}"><title>Heat</title></head><body><nav>Home</nav><main>
<h1>Heat for stiff knees</h1><p>For naïve readers: heat eased pain in 40% of adults.</p></main></body></html>"""
JATS = """<?xml version="1.0" encoding="{inside}"?><article><front><article-meta><title-group>
<article-title>Heat for stiff knees</article-title></title-group></article-meta></front>
<body><p>For naïve readers: heat eased pain in 40% of adults.</p></body></article>"""


@pytest.mark.parametrize(
    ("page", "kind", "told", "inside"),
    [
        (HTML, "text/html", "", "windows-1252"),
        (HTML, "text/html", "; charset=ISO-8859-1", "utf-8"),
        (HTML, "text/html", "; charset=utf-8", "windows-1252"),
        (JATS, "application/xml", "", "iso-8859-1"),
        (JATS, "text/xml", "; charset=iso-8859-1", "utf-8"),
        (JATS, "application/xml", '; charset="UTF-8"', "iso-8859-1"),
    ],
)
def test_pages_in_formats_and_encodings(
    folder: Path, capsys: pytest.CaptureFixture[str], page: str, kind: str, told: str, inside: str
) -> None:
    encoding = told.rpartition("=")[2].strip('"') or inside
    body = page.format(inside=inside).encode(encoding)
    with Loopback([Reply(200, body, {"Content-Type": kind + told})]) as server:
        code, out, err = run(capsys, "audit", "--allow-private", "--format", "json", server.url)
    assert (code, err) == (0, [])
    (article,) = json.loads(out)["articles"]
    assert article["title"] == "Heat for stiff knees"
    assert [one["text"] for one in article["statements"]] == ["For naïve readers: heat eased pain in 40% of adults."]


def test_bibliographies_that_a_page_names_are_not_looked_for(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    page = f"---\nbibliography: [knees.bib, {folder}/knees.bib, ../secret.bib]\n---\n{ARTICLE}"
    with Loopback([Reply(200, page.encode(), MARKDOWN)]) as server:
        code, out, _ = run(capsys, "audit", "--allow-private", server.url)
    assert code == 0
    assert " ".join(out.split()).count("that the article names lies elsewhere and was not read") == 3
    assert "Cold for knees" not in out


def test_one_page_that_fails_does_not_stop_the_others(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    def answer(seen: Seen) -> Reply:
        if seen.path == "/away":
            return Reply(302, b"", {"Location": "ftp://pages.example/"})
        return Reply(200, ARTICLE.encode(), MARKDOWN) if seen.path == "/knees" else Reply(404)

    bad = ["file:///etc/passwd", "http://anna:geheim@pages.example/", "missing.md"]
    with Loopback(answer) as server:
        pages = [f"{server.url}/{name}" for name in ("gone", "away", "knees", "knees#again")]
        code, out, err = run(capsys, "audit", "--allow-private", "--format", "json", *bad, *pages, "knees.md")
    assert [article["path"] for article in json.loads(out)["articles"]] == [f"{server.url}/knees", "knees.md"]
    assert code == 2
    assert err == [
        "kb: file:…: is not fetched: only http and https are; give a file, or the https:// address of a page",
        "kb: http://…@pages.example: holds a name or password, which is not sent; leave it out",
        "kb: missing.md: there is no such file; check the name and the folder",
        f"kb: {server.url}/gone: there is no such page (404); check the address",
        f"kb: {server.url}/away: sends us on to what is not fetched: only http and https are; give a file, or the "
        "https:// address of a page",
    ]


def test_a_page_without_text_is_one_line(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with Loopback([Reply(200, b"", MARKDOWN)]) as server:
        code, out, err = run(capsys, "audit", "--allow-private", server.url)
    assert (code, out) == (2, "")
    assert err == [f"kb: {server.url}/: is empty; check that the right file was saved"]


@pytest.mark.parametrize("flags", [(), ("--format", "json")])
def test_this_machine_is_not_reached_unless_asked_for(
    folder: Path, capsys: pytest.CaptureFixture[str], flags: tuple[str, ...]
) -> None:
    with Loopback([Reply(200, ARTICLE.encode(), MARKDOWN)]) as server:
        code, out, err = run(capsys, "audit", *flags, server.url, server.url.replace("127.0.0.1", "localhost"))
        assert server.seen == []
    assert (code, out) == (2, "")
    assert len(err) == 2
    assert all("leads to this machine" in line and "--allow-private" in line for line in err)
    assert not (folder / ".kb" / "knowledge.db").exists()


@pytest.mark.parametrize("command", [("audit", "--offline"), ("check",), ("check", "--frozen"), ("lock",)])
def test_commands_that_fetch_no_page(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, command: tuple[str, ...]
) -> None:
    assert run(capsys, "lock", "--offline", "knees.md")[0] == 0

    def used(*_: object, **__: object) -> None:
        raise AssertionError("a socket was used")

    monkeypatch.setattr(socket.socket, "connect", used)
    monkeypatch.setattr(socket, "getaddrinfo", used)
    code, out, err = run(capsys, *command, "https://pages.example/knees")
    assert (code, out, len(err)) == (2, "", 1)
    assert err[0].startswith("kb: https://pages.example/knees: is ")
    assert "give the file" in err[0]
