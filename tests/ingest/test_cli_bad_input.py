"""Bad input to the command: each is one clear line, nothing outside the folder is read, the others are audited."""

from __future__ import annotations

import json
import os
from itertools import pairwise
from pathlib import Path

import pytest

from ingest.cli import main
from tests.costs import Job, assert_grows_little

GOOD = "# Cold\n\nCold helps 30% of stiff knees.\n"
ARTICLE = "# Heat\n\nHeat eased pain in 40% of adults [@secret2011].\n"
SECRET = "@article{secret2011, title={The secret title}, doi={10.5555/secret}}\n"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a good article and what leads out of it; beside it lies what must not be read."""
    monkeypatch.delenv("KB_DATABASE", raising=False)
    inner = tmp_path / "project"
    inner.mkdir()
    (tmp_path / "secret.bib").write_text(SECRET)
    (inner / "good.md").write_text(GOOD)
    (inner / "leads-out.bib").symlink_to("../secret.bib")
    (inner / "endless.bib").symlink_to("/dev/zero")
    (inner / "circle.bib").symlink_to("circle.bib")
    (inner / "folder.bib").mkdir()
    os.mkfifo(inner / "pipe.bib")
    monkeypatch.chdir(inner)
    return inner


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, list[str]]:
    """Exit code, stdout, and the lines of stderr without those of progress."""
    with pytest.raises(SystemExit) as caught:
        main(["audit", "--offline", *(arguments if "--format" in arguments else ("--format", "json", *arguments))])
    captured = capsys.readouterr()
    lines = [line for line in captured.err.splitlines() if not line.endswith("…")]
    return int(caught.value.code or 0), captured.out, lines


def audited(out: str) -> list[str]:
    return [article["path"] for article in json.loads(out)["articles"]]


OUTSIDE = "lies outside the article's folder and was not read"
ABSENT = "that the article names is not there"


@pytest.mark.parametrize(
    ("name", "problem"),
    [
        ("../secret.bib", OUTSIDE),
        ("./x/../../secret.bib", OUTSIDE),
        ("/dev/zero", OUTSIDE),
        ("/etc/passwd", OUTSIDE),
        ("leads-out.bib", OUTSIDE),
        ("endless.bib", OUTSIDE),
        ("pipe.bib", ABSENT),
        ("circle.bib", ABSENT),
        ("folder.bib", ABSENT),
        ("missing.bib", ABSENT),
        ("https://pages.example/secret.bib", ABSENT),
        ('"a\\0b.bib"', ABSENT),
        ("x" * 5000 + ".bib", ABSENT),
    ],
)
def test_a_bibliography_that_the_article_should_not_have(
    folder: Path, capsys: pytest.CaptureFixture[str], name: str, problem: str
) -> None:
    (folder / "heat.md").write_text(f"---\nbibliography: {name}\n---\n{ARTICLE}")
    code, out, err = run(capsys, "heat.md", "good.md")
    assert (code, err) == (0, [])
    assert audited(out) == ["heat.md", "good.md"]
    (told,) = [note for note in json.loads(out)["articles"][0]["notes"] if problem in note]
    assert told.startswith("heat.md: the bibliography '")
    assert "secret title" not in out


def test_a_bibliography_beside_the_article_that_leads_out(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "heat.md").write_text(ARTICLE)
    (folder / "heat.bib").symlink_to("../secret.bib")
    code, out, _ = run(capsys, "heat.md")
    assert (code, audited(out)) == (0, ["heat.md"])
    assert "secret title" not in out
    code, out, _ = run(capsys, "heat.md", "-b", "../secret.bib")
    assert "secret title" in out  # named by the user, it is read


ENTITY = b"<!DOCTYPE article [<!ENTITY x %s>]><article><front/><body><p>Heat helps &x;.</p></body></article>"
LEVELS = [b'<!ENTITY l%d "%s">' % (level, b"&l%d;" % (level - 1) * 10) for level in range(1, 11)]
GROWING = b'"&l10;"><!ENTITY l0 "growing">' + b"".join(LEVELS).removesuffix(b">")


@pytest.mark.parametrize(
    ("name", "data", "problem"),
    [
        ("utf8.txt", b"fine\n\nna\xefve\n", "utf8.txt:3: is not valid UTF-8; save it again"),
        ("cut.md", b"Heat helps \xe2\x80", "cut.md:1: is not valid UTF-8; save it again"),
        ("surrogate.md", b"Heat \xed\xa0\x80 helps", "surrogate.md:1: is not valid UTF-8; save it again"),
        ("nul.txt", b"Heat\0helps people.\n", "nul.txt: is a binary file, not text; save"),
        ("utf16-without-mark.md", ARTICLE.encode("utf-16-le"), "utf16-without-mark.md: is a binary file, not text; "),
        ("utf16-cut.md", b"\xff\xfeH\x00e", "utf16-cut.md: is a binary file, not text; "),
        ("utf32.txt", ARTICLE.encode("utf-32"), "utf32.txt: is a binary file, not text; "),
        ("blank.md", b" \n\t\r\n", "blank.md: is empty; check"),
        ("only-headings.md", b"# Heat\n\n## Cold\n", "only-headings.md: holds no paragraph of text; check"),
        ("picture.png", b"\x89PNG", "picture.png: files of the kind '.png' are not read; give one of"),
        ("deep.html", b"<div>" * 100_000 + b"<p>Heat helps.</p>", "deep.html: is nested too deep"),
        ("nul.html", b"<p>Heat\0helps.</p>", "nul.html: is a binary file"),
        ("outside.xml", ENTITY % b'SYSTEM "secret.bib"', "outside.xml:1: uses the entity &x;"),
        ("grown.xml", ENTITY % GROWING, "grown.xml:1: has entities that unpack to too much text"),
        ("cut.xml", b"<article><front/><body><p>Heat", "cut.xml:1: is not well-formed XML"),
        ("page.docx", b"<p>Heat helps.</p>", "page.docx: is no Word file"),
        ("notes", b"Heat helps.", "notes: files of the kind 'without a suffix' are not read; give one of"),
    ],
)
def test_bytes_that_are_no_article(
    folder: Path, capsys: pytest.CaptureFixture[str], name: str, data: bytes, problem: str
) -> None:
    (folder / name).write_bytes(data)
    code, out, err = run(capsys, name, "good.md")
    assert (code, audited(out)) == (2, ["good.md"])
    assert len(err) == 1
    assert err[0].startswith(f"kb: {problem}")


def test_utf16_with_its_mark_is_read(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "heat.md").write_bytes(ARTICLE.encode("utf-16"))
    code, out, _ = run(capsys, "heat.md")
    assert code == 0
    assert json.loads(out)["articles"][0]["statements"][0]["text"].startswith("Heat eased pain in 40% of adults")


def test_files_that_are_none(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    os.mkfifo(folder / "pipe.md")
    (folder / "circle.md").symlink_to("circle.md")
    (folder / "device.md").symlink_to("/dev/zero")
    long = "x" * 5000 + ".md"
    code, out, err = run(capsys, "pipe.md", "circle.md", "device.md", long, "folder.bib", "gone.md", "good.md")
    assert (code, audited(out)) == (2, ["good.md"])
    problems = [
        "is no regular file",
        "cannot be read",
        "is no regular file",
        "cannot be read",
        "is a folder",
        "no such",
    ]
    assert len(err) == len(problems)
    assert all(problem in line for problem, line in zip(problems, err, strict=True))


@pytest.mark.parametrize(
    ("name", "problem"),
    [
        ("pipe.bib", "pipe.bib: is no regular file; name"),
        ("endless.bib", "endless.bib: is no regular file; name"),
        ("folder.bib", "folder.bib: is a folder; name"),
        ("circle.bib", "circle.bib: cannot be read ("),
        ("x" * 5000, "cannot be read ("),
    ],
)
def test_a_bibliography_that_the_user_names_and_that_is_none(
    folder: Path, capsys: pytest.CaptureFixture[str], name: str, problem: str
) -> None:
    code, out, err = run(capsys, "good.md", "-b", name)
    assert (code, out, len(err)) == (2, "", 1)
    assert problem in err[0]


def test_front_matter_that_grows_without_bounds(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    letters = "abcdefghijklmnop"
    grown = [f"{new}: &{new} [{', '.join([f'*{old}'] * 9)}]" for old, new in pairwise(letters)]
    front = "\n".join(["a: &a [x, x]", *grown, "bibliography: *p", "title: *p"])
    (folder / "heat.md").write_text(f"---\n{front}\n---\n{ARTICLE}")
    code, out, _ = run(capsys, "heat.md", "good.md")
    assert (code, audited(out)) == (0, ["heat.md", "good.md"])


@pytest.mark.parametrize("text", ["> " * 50_000, "- " * 50_000, "[" * 50_000, "*" * 50_000, "<div>" * 20_000])
def test_text_that_is_nested_without_end(folder: Path, capsys: pytest.CaptureFixture[str], text: str) -> None:
    (folder / "deep.md").write_text(f"{text}deep\n\nHeat helps.\n")
    code, out, _ = run(capsys, "deep.md", "good.md")
    assert (code, audited(out)) == (0, ["deep.md", "good.md"])


def test_a_sentence_without_end_is_shown_by_its_beginning(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "long.md").write_text("Studies show that heat helps " + "and helps " * 20_000 + "everyone.\n")
    code, out, _ = run(capsys, "--format", "text", "long.md")
    assert code == 0
    assert "Studies show that heat helps and helps" in " ".join(out.split())
    assert " …" in out
    assert len(out) < 20_000


@pytest.mark.parametrize("unit", ["[^1]", "[^1]: ", "[", "*", "1,", "@a;", "heat ", "Roe, ", "a (b) ", "[1] "])
def test_four_times_the_text_takes_no_sixteen_times_the_time(
    folder: Path, capsys: pytest.CaptureFixture[str], unit: str
) -> None:
    def prepared(times: int) -> Job:
        (folder / "same.md").write_text(f"Heat helps {unit * times}\n")
        return job

    def job() -> None:
        assert run(capsys, "same.md")[0] in (0, 2)

    assert_grows_little(prepared, 2000, 8000, factor=10, at_least=0.5)
