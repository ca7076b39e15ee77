"""Which files `kb check` reads."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import msgspec
import pytest

from ingest.linting.files import Listed, articles_of
from kb.settings import Linting, Settings
from tests.costs import assert_within

TREE = (
    "a.md",
    "b.txt",
    "c.docx",
    "picture.png",
    "works.bib",
    "works.json",
    "README.md",
    "LICENSE.txt",
    "requirements.txt",
    "CHANGELOG.md",
    "docs/d.html",
    "docs/readme.txt",
    "docs/deep/er/e.MD",
    "drafts/f.md",
    ".hidden/g.md",
    ".h.md",
    "node_modules/package/index.md",
    "_build/a.html",
    "venv/lib/note.txt",
    "article.nxml",
)
JATS = '<?xml version="1.0"?>\n<!DOCTYPE article>\n<article><front/><body/></article>'


@pytest.fixture
def tree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in TREE:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("Thyme helps.\n")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def listed(*paths: str, project: Path | None = None, bibliography: Sequence[str] = (), **options: object) -> Listed:
    linting = msgspec.convert({"origin": "kb.toml", **options}, Linting)
    return articles_of(paths, Settings(bibliography=tuple(bibliography), linting=linting), project or Path.cwd())


def ids(found: Listed) -> list[str]:
    assert not found.errors
    return [article.id for article in found.articles]


@pytest.mark.parametrize(
    ("paths", "options", "expected"),
    [
        ([], {}, ["a.md", "article.nxml", "b.txt", "c.docx", "docs/d.html", "docs/deep/er/e.MD", "drafts/f.md"]),
        (["docs"], {}, ["docs/d.html", "docs/deep/er/e.MD"]),
        (["docs", "docs/d.html", "./docs/d.html"], {}, ["docs/d.html", "docs/deep/er/e.MD"]),
        (["README.md", "works.bib", "missing.md"], {}, ["README.md", "works.bib", "missing.md"]),
        ([".hidden"], {}, [".hidden/g.md"]),
        ([".hidden/g.md", "drafts/f.md"], {"exclude": ["drafts", "**/g.md"]}, [".hidden/g.md", "drafts/f.md"]),
        (["_build"], {}, ["_build/a.html"]),
        (["."], {"exclude": ["d*", "*.txt"]}, ["a.md", "article.nxml", "c.docx"]),
        (["."], {"exclude": ["docs/deep", "/[abc]*", "drafts/"]}, ["docs/d.html"]),
        ([], {"articles": ["docs/*"]}, ["docs/d.html", "docs/readme.txt"]),
        ([], {"articles": ["docs/**", "a.md"], "exclude": ["readme.*"]}, ["docs/d.html", "docs/deep/er/e.MD", "a.md"]),
        ([], {"articles": ["README.md"]}, ["README.md"]),
        ([], {"articles": ["./b.txt", "drafts"]}, ["b.txt", "drafts/f.md"]),
        (["."], {"articles": ["/README.md"], "exclude": ["docs", "drafts", "[abc].*", "*.nxml"]}, ["README.md"]),
        ([], {"articles": [".hidden/*.md"]}, [".hidden/g.md"]),
        ([], {"articles": ["**/*.docx"]}, ["c.docx"]),
    ],
)
def test_what_is_read(tree: Path, paths: list[str], options: dict[str, Any], expected: list[str]) -> None:
    assert ids(listed(*paths, **options)) == expected


def test_a_file_that_is_named_is_told_from_one_that_was_found(tree: Path) -> None:
    assert [article.named for article in listed("a.md", "drafts").articles] == [True, False]


def test_paths_are_relative_to_where_the_user_is_and_ids_to_the_project(
    tree: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tree / "docs")
    found = listed("deep", "../a.md", project=tree)
    assert [(article.id, str(article.file)) for article in found.articles] == [
        ("docs/deep/er/e.MD", "deep/er/e.MD"),
        ("a.md", "../a.md"),
    ]
    assert ids(listed(project=tree, articles=["drafts/*"])) == ["drafts/f.md"]
    assert ids(listed("..", project=tree / "docs", exclude=["*.txt", "*.docx", "*.nxml", "*.html"])) == [
        "../a.md",
        "../drafts/f.md",
        "deep/er/e.MD",
    ]


def test_of_xml_only_articles_are_read_and_no_bibliography_that_is_configured(tree: Path) -> None:
    (tree / "xml").mkdir()
    for name, text in (
        ("article.xml", JATS),
        ("spaced.xml", '<oai:record xmlns:j="x"><j:article j:lang="en"><j:front/></j:article></oai:record>'),
        ("endnote.xml", "<xml><records><record><titles><title>On thyme</title></titles></record></records></xml>"),
        ("pom.xml", "<project><artifactId>articles</artifactId></project>"),
        ("empty.xml", ""),
        ("cited.txt", "TY  - JOUR"),
    ):
        (tree / "xml" / name).write_text(text)
    assert ids(listed("xml")) == ["xml/article.xml", "xml/cited.txt", "xml/spaced.xml"]
    assert ids(listed("xml", bibliography=["./xml/cited.txt"])) == ["xml/article.xml", "xml/spaced.xml"]


@pytest.mark.parametrize("glob", ["articles/*.md", "missing.md", "*.png", "works.*", "docs/*.md", "a.md/b"])
def test_a_glob_that_means_nothing_is_an_error_that_names_it_and_its_file(tree: Path, glob: str) -> None:
    found = listed(articles=[glob, "a.md"])
    assert [article.id for article in found.articles] == ["a.md"]
    (error,) = found.errors
    assert str(error) == f"kb.toml: articles: '{glob}' means no article; correct the glob, or leave it out"


def test_a_folder_without_articles_is_told(tree: Path) -> None:
    (tree / "empty").mkdir()
    found = listed("empty", "a.md")
    assert ids(found) == ["a.md"]
    assert found.notes == ("empty holds no article that is read",)


def test_links_are_followed_within_the_project_alone_and_never_in_circles(tree: Path) -> None:
    outside = tree.parent / f"{tree.name}-outside"
    outside.mkdir()
    (outside / "secret.md").write_text("Thyme helps.\n")
    links = tree / "links"
    links.mkdir()
    for name, target in (
        ("out", outside),
        ("out.md", outside / "secret.md"),
        ("round", tree / "links"),
        ("other.md", tree / "drafts" / "f.md"),
        ("drafts", tree / "drafts"),
        ("nowhere.md", tree / "nothing.md"),
    ):
        (links / name).symlink_to(target)
    found = listed("links")
    assert ids(found) == ["drafts/f.md"]
    assert found.notes == (
        "links/nowhere.md leads nowhere, and is passed over",
        "links/out leads out of the project, and is not followed",
        "links/out.md leads out of the project, and is not followed",
    )
    assert ids(listed("links/out.md")) == [f"../{outside.name}/secret.md"]
    for glob in ("links/out/secret.md", "links/out/*.md"):
        assert [error.problem for error in listed(articles=(glob,)).errors] == [f"articles: '{glob}' means no article"]


def test_what_is_no_file_or_cannot_be_read_or_named(tree: Path) -> None:
    odd = tree / "odd"
    (odd / "folder.md").mkdir(parents=True)
    os.mkfifo(odd / "pipe.md")
    (odd / os.fsdecode(b"bad-\xff.md")).write_text("Thyme helps.\n")
    found = listed("odd")
    assert not found.articles
    (error,) = found.errors
    assert str(error).endswith("has a name that is no Unicode; rename it")
    assert "\n" not in str(error)


def test_a_thousand_files_are_listed_in_a_moment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(1000):
        (tmp_path / f"a{number}.md").write_text("Thyme helps.\n")
    monkeypatch.chdir(tmp_path)
    assert_within(0.1, lambda: listed(".", exclude=["drafts/**", "*.txt"]))
    assert_within(0.1, lambda: listed(*(f"a{number}.md" for number in range(1000))))
