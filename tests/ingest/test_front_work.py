"""What the app audits: files, pasted texts and links, the same as the command does, and again from where they came."""

from __future__ import annotations

import errno
import os
import re
import socket
import stat
import unicodedata
from pathlib import Path, PurePosixPath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.cli import main
from ingest.config import ENVIRONMENT
from ingest.front.given import pasted_name
from ingest.front.kept import FOLDER, Kept
from ingest.front.names import LONGEST, numbered, safe_name
from ingest.front.work import FrontWork
from ingest.http.page import Fetched, Pages
from ingest.read import LARGEST
from kb.base import KnowledgeBase
from kb.errors import CannotCheckError, KnowledgeBaseError, UsageError
from kb.model import Audit
from kb.view.work import Job, Leaving, Upload
from tests.fronts import outcome
from tests.loopback import closed_port

ARTICLE = b"# Heat for knees\n\nHeat eased pain in 40% of adults [@roe2010]. Tea cures arthritis.\n"
BIBLIOGRAPHY = (
    b"@article{roe2010, title={Heat for knees: a trial}, author={Roe, J.}, year={2010}, doi={10.5555/heat}}\n"
)
COLD = b"# Cold for knees\n\nCold packs helped 3 of 10 adults.\n"
ENDNOTE = b'<xml><records><record><ref-type name="Journal Article">17</ref-type></record></records></xml>'
REGISTRIES = ("KB_CROSSREF", "KB_DATACITE", "KB_DOI_ORG", "KB_NCBI", "KB_PMC", "KB_EUROPEPMC")


def upload(name: str, content: bytes) -> Upload:
    return Upload(name=name, content=content)


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project without an article; registries are out of reach."""
    for name in ("KB_DATABASE", *ENVIRONMENT.values()):
        monkeypatch.delenv(name, raising=False)
    for name in REGISTRIES:
        monkeypatch.setenv(name, closed_port())
    folder = tmp_path / "project"
    folder.mkdir()
    (folder / "kb.toml").write_text("")
    return folder


@pytest.fixture
def work(project: Path) -> FrontWork:
    return FrontWork(project / "knowledge.db", project)


def known(project: Path, article: str) -> Audit:
    with KnowledgeBase.open(project / "knowledge.db") as base:
        return base.audit(article)


def done(work: FrontWork, name: str) -> Job:
    job = outcome(work, name)
    assert job.state == "done", job.told
    return job


def kept(project: Path) -> list[str]:
    """The files that are kept of articles, each without its folder."""
    return sorted(file.name for file in (project / FOLDER).glob("*/*"))


def test_an_uploaded_article_is_audited_as_the_command_does(
    work: FrontWork, project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = tmp_path / "other"
    other.mkdir()
    for name, content in (("kb.toml", b""), ("heat.md", ARTICLE), ("refs.bib", BIBLIOGRAPHY)):
        (other / name).write_bytes(content)
    monkeypatch.chdir(other)
    with pytest.raises(SystemExit) as ended:
        main(["audit", "--kb", str(other / "knowledge.db"), "heat.md"])
    assert ended.value.code == 0
    job = done(work, work.upload([upload("refs.bib", BIBLIOGRAPHY), upload("heat.md", ARTICLE)]))
    assert job.article == "heat.md"
    assert known(project, "heat.md") == known(other, "heat.md")
    assert known(project, "heat.md").references[0].doi == "10.5555/heat"


def test_without_a_network_an_audit_is_done_and_says_what_was_not_checked(work: FrontWork) -> None:
    job = done(work, work.upload([upload("heat.md", ARTICLE), upload("refs.bib", BIBLIOGRAPHY)]))
    assert any("1 reference was not checked" in line for line in job.told), job.told


def test_offline_no_socket_is_opened(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*given: object) -> None:
        raise AssertionError("a socket was opened")

    monkeypatch.setattr(socket, "create_connection", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    work = FrontWork(project / "knowledge.db", project, offline=True)
    job = done(work, work.upload([upload("heat.md", ARTICLE), upload("refs.bib", BIBLIOGRAPHY)]))
    assert job.told == ("Offline, so no registry was asked: 1 reference was not checked.",)
    failed = outcome(work, work.page("https://pages.example/heat"))
    assert "save the page and give the file" in failed.told[0]
    assert work.leaving() == Leaving(registries=())


@pytest.mark.parametrize(
    ("files", "message"),
    [
        ([], "no file was given"),
        ([("refs.bib", BIBLIOGRAPHY)], "refs.bib: is a bibliography, and an article is needed; give the article too"),
        ([("refs.xml", ENDNOTE)], "refs.xml: is a bibliography, and an article is needed"),
        (
            [("a.md", ARTICLE), ("b.md", COLD)],
            "2 articles were given (a.md, b.md), and one is audited at a time; leave",
        ),
        ([("a.md", ARTICLE), ("a.md", ARTICLE)], "2 articles were given (a.md, a.md)"),
        ([("heat.pdf", b"%PDF-1.7")], "heat.pdf: files of the kind '.pdf' are not read; save it as Word (.docx)"),
        ([("heat.doc", b"\xd0\xcf\x11\xe0")], "heat.doc: files of the kind '.doc' are not read; save it as .docx"),
        ([("heat.png", b"\x89PNG")], "heat.png: files of the kind '.png' are not read; give one of .docm, .docx"),
        ([("a.md", ARTICLE), ("heat.png", b"\x89PNG")], "heat.png: files of the kind '.png' are not read"),
        ([("heat.zip", b"PK\x03\x04")], "heat.zip: files of the kind '.zip' are not read"),
        ([("heat", ARTICLE)], "heat: files of the kind 'without a suffix' are not read"),
        ([("", ARTICLE)], "the file: files of the kind 'without a suffix' are not read"),
        ([("big.md", bytes(LARGEST + 1))], "big.md: is 12 MB, more than the 12 MB that are read; split it"),
        ([("a.md", ARTICLE), ("big.bib", bytes(20_000_001))], "big.bib: is larger than 20 MB; split it"),
    ],
)
def test_what_is_refused_at_once(work: FrontWork, project: Path, files: list[tuple[str, bytes]], message: str) -> None:
    with pytest.raises(UsageError) as caught:
        work.upload([upload(name, content) for name, content in files])
    assert str(caught.value).startswith(message)
    assert "\n" not in str(caught.value)
    assert not (project / FOLDER).exists()


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("empty.md", b"", "empty.md: is empty; check that the right file was saved"),
        ("binary.md", b"\x89PNG\r\n\x1a\n\0\0", "binary.md: is a binary file, not text"),
        ("zero.txt", b"Heat\0helps people.\n", "zero.txt: is a binary file, not text"),
        ("wide.md", ARTICLE.decode().encode("utf-16-le"), "wide.md: is a binary file, not text"),
        ("latin.md", b"na\xefve\n", "latin.md:1: is not valid UTF-8"),
        ("page.docx", b"<p>Heat helps.</p>", "page.docx: is no Word file"),
        ("archive.docx", b"PK\x03\x04broken", "archive.docx: is no Word file"),
        ("heading.md", b"# Only a heading\n", "heading.md: holds no paragraph of text"),
        ("deep.html", b"<div>" * 100_000 + b"<p>Heat helps.</p>", "deep.html: is nested too deep"),
    ],
)
def test_what_cannot_be_read_fails_in_one_line_and_is_not_kept(
    work: FrontWork, project: Path, name: str, content: bytes, message: str
) -> None:
    job = outcome(work, work.upload([upload(name, content)]))
    assert job.state == "failed"
    (line,) = job.told
    assert line.startswith(message)
    assert not list((project / FOLDER).iterdir())


def test_a_bibliography_that_is_none_fails_in_one_line(work: FrontWork, project: Path) -> None:
    job = outcome(work, work.upload([upload("heat.md", ARTICLE), upload("refs.ris", b"\x89PNG\0\0")]))
    assert job.state == "failed"
    assert job.told[0].startswith("refs.ris: ")
    assert not list((project / FOLDER).iterdir())


def test_an_article_without_statements_is_audited(work: FrontWork, project: Path) -> None:
    job = done(work, work.upload([upload("greeting.md", b"# Hello\n\nWelcome to our pages.\n")]))
    assert job.article == "greeting.md"
    assert known(project, "greeting.md").article.title == "Hello"


HOSTILE = [
    ("../../etc/heat.md", "heat.md"),
    ("C:\\Users\\ann\\heat.md", "heat.md"),
    ("/heat.md", "heat.md"),
    ("..md", "md"),
    ("he\0at.md", "he_at.md"),
    ("he\nat\x1b[31m.md", "he at_[31m.md"),
    ("heat\u202edm.md", "heat_dm.md"),
    ("heat\u200b.md", "heat.md"),
    ("CON.md", "_CON.md"),
    ("lpt1.heat.md", "_lpt1.heat.md"),
    ("heat.md. . ", "heat.md"),
    (".htaccess.md", "htaccess.md"),
    ("https:heat.md", "https_heat.md"),
    ("<img src=x onerror=a()>.md", "_img src=x onerror=a()_.md"),
    ("he\ud800at.md", "he_at.md"),
    ("x" * 5000 + ".md", "x" * (LONGEST - 3) + ".md"),
    ("ü" * 5000 + ".md", "ü" * ((LONGEST - 3) // 2) + ".md"),
    ("Knie und Rücken – 2.docx", "Knie und Rücken – 2.docx"),
    ("膝の痛み.md", "膝の痛み.md"),
    ("", "article"),
    ("..", "article"),
    ("a/..", "article"),
]


@pytest.mark.parametrize(("name", "safe"), HOSTILE)
def test_names_that_browsers_tell(name: str, safe: str) -> None:
    assert safe_name(name, "article") == safe


@given(st.text(max_size=300))
def test_every_name_becomes_one_of_a_file(name: str) -> None:
    safe = safe_name(name, "article")
    assert safe == safe_name(safe, "article")
    assert 1 <= len(safe.encode()) <= LONGEST
    assert not set(safe) & set('/\\<>:"|?*')
    assert safe not in (".", "..")
    assert not any(unicodedata.category(character) in ("Cc", "Cf", "Cs", "Zl", "Zp") for character in safe)


@pytest.mark.parametrize("name", [name for name, safe in HOSTILE if safe.endswith(".md")])
def test_under_whatever_name_an_article_is_audited_nothing_is_written_elsewhere(
    work: FrontWork, project: Path, name: str
) -> None:
    article = done(work, work.upload([upload(name, COLD), upload(name.replace(".md", ".bib"), BIBLIOGRAPHY)])).article
    assert article is not None
    assert not PurePosixPath(article).is_absolute()
    assert ".." not in PurePosixPath(article).parts
    assert len(article) <= 200
    assert known(project, article).article.title == "Cold for knees"
    assert {file.name for file in project.parent.iterdir()} == {"project"}
    assert {file.name for file in project.iterdir()} == {"kb.toml", "knowledge.db", ".kb"}


def test_numbers_tell_names_apart() -> None:
    assert numbered("a.bib", {"a.bib", "a 2.bib"}.__contains__) == "a 3.bib"
    assert numbered("a", {"a"}.__contains__) == "a 2"


def test_what_was_given_is_kept_for_its_owner_alone(work: FrontWork, project: Path) -> None:
    files = [upload("heat.md", ARTICLE), upload("refs.bib", BIBLIOGRAPHY), upload("x/refs.bib", b"@misc{a, title={A}}")]
    done(work, work.upload(files))
    assert kept(project) == ["kept-article.md", "refs 2.bib", "refs.bib"]
    modes = {stat.S_IMODE(file.stat().st_mode) for file in (project / FOLDER).glob("*/*")}
    folders = {stat.S_IMODE(file.stat().st_mode) for file in ((project / FOLDER), *(project / FOLDER).iterdir())}
    assert (modes, folders) == ({0o600}, {0o700})
    assert (project / ".kb" / ".gitignore").read_text() == "*\n"


def test_what_was_given_again_takes_the_place_of_the_former(work: FrontWork, project: Path) -> None:
    done(work, work.upload([upload("heat.md", ARTICLE), upload("refs.bib", BIBLIOGRAPHY)]))
    done(work, work.upload([upload("heat.md", COLD)]))
    assert kept(project) == ["kept-article.md"]
    assert known(project, "heat.md").article.title == "Cold for knees"
    outcome(work, work.upload([upload("heat.md", b"")]))
    done(work, work.again("heat.md"))
    assert known(project, "heat.md").article.title == "Cold for knees"


def test_what_cannot_be_put_in_place_takes_nothing_away(project: Path) -> None:
    articles = Kept(project)
    articles.keep("heat.md", articles.stage("heat.md", ARTICLE, ()))
    lost = articles.stage("heat.md", COLD, ())
    articles.drop(lost)
    (told,) = articles.keep("heat.md", lost)
    assert "cannot be written" in told
    file = articles.file("heat.md")
    assert file is not None
    assert file.read_bytes() == ARTICLE
    assert kept(project) == ["kept-article.md"]


def test_an_upload_is_audited_again_with_its_bibliographies(work: FrontWork, project: Path) -> None:
    done(work, work.upload([upload("heat.md", ARTICLE), upload("refs.bib", BIBLIOGRAPHY)]))
    before = known(project, "heat.md")
    with KnowledgeBase.open(project / "knowledge.db") as base:
        base.add(Audit(**{**{name: getattr(before, name) for name in before.__struct_fields__}, "notes": ("Old.",)}))
    assert done(work, work.again("heat.md")).article == "heat.md"
    assert known(project, "heat.md") == before


def test_a_file_of_the_project_is_audited_again_with_the_bibliographies_of_its_settings(
    work: FrontWork, project: Path
) -> None:
    (project / "docs").mkdir()
    (project / "docs" / "heat.md").write_bytes(ARTICLE)
    (project / "docs" / "cold.md").write_bytes(COLD)
    (project / "refs.bib").write_bytes(BIBLIOGRAPHY)
    (project / "kb.toml").write_text('bibliography = ["refs.bib"]\n')
    done(work, work.again("docs/heat.md"))
    assert [one.doi for one in known(project, "docs/heat.md").references] == ["10.5555/heat"]


def test_an_upload_that_is_named_like_another_file_of_the_project_stays_apart(work: FrontWork, project: Path) -> None:
    (project / "heat.md").write_bytes(ARTICLE)
    assert done(work, work.upload([upload("heat.md", COLD)])).article == "given/heat.md"
    assert done(work, work.upload([upload("heat.md", ARTICLE)])).article == "heat.md"
    done(work, work.again("given/heat.md"))
    done(work, work.again("heat.md"))
    titles = [known(project, name).article.title for name in ("given/heat.md", "heat.md")]
    assert titles == ["Cold for knees", "Heat for knees"]


def test_the_bundled_example_is_audited_and_again(work: FrontWork, project: Path) -> None:
    article = done(work, work.example()).article
    assert article is not None
    assert len(known(project, article).references) == 3
    assert done(work, work.again(article)).article == article


@pytest.mark.parametrize(
    "article",
    [
        *("gone.md", "../secret.md", "docs/../../secret.md", "link.md", "notes.pdf", "folder.md", "", ".", "a\0b.md"),
        "x" * 5000 + ".md",
    ],
)
def test_what_is_not_known_where_it_came_from_is_to_be_given_again(
    work: FrontWork, project: Path, article: str
) -> None:
    (project.parent / "secret.md").write_bytes(ARTICLE)
    (project / "link.md").symlink_to("../secret.md")
    (project / "notes.pdf").write_bytes(b"%PDF")
    (project / "folder.md").mkdir()
    with pytest.raises(UsageError, match="where it came from is not known here; give the file, the text or the link"):
        work.again(article)


def test_a_link_that_came_with_the_project_is_not_what_was_given(work: FrontWork, project: Path) -> None:
    files = [upload("heat.md", ARTICLE), upload("refs.bib", BIBLIOGRAPHY)]
    done(work, work.upload(files))
    secret = project.parent / "secret"
    (folder,) = (project / FOLDER).iterdir()
    (folder / "refs.bib").rename(secret)
    (folder / "refs.bib").symlink_to(secret)
    done(work, work.again("heat.md"))
    assert [one.doi for one in known(project, "heat.md").references] != ["10.5555/heat"]
    (folder / "kept-article.md").unlink()
    (folder / "kept-article.md").symlink_to(secret)
    with pytest.raises(UsageError, match="give the file"):
        work.again("heat.md")


def test_an_absolute_path_is_no_article_of_the_project(work: FrontWork, project: Path) -> None:
    (project / "heat.md").write_bytes(ARTICLE)
    with pytest.raises(UsageError, match="give the file"):
        work.again(str(project / "heat.md"))


@pytest.mark.parametrize(
    ("text", "name", "called"),
    [
        ("Heat helps.", "", "pasted text.txt"),
        ("# Heat\n\nHeat helps.", "", "pasted text.md"),
        ("Heat helps [@roe2010].", "Knee pain", "Knee pain.md"),
        ("Heat helps, [they say](https://pages.example).", "v1.2", "v1.2.md"),
        ("<!doctype html><p>Heat helps.</p>", "Knee pain", "Knee pain.html"),
        ("- Heat\n- Cold\n", "notes", "notes.txt"),
        ("Heat helps.", "heat.docx", "heat.docx.txt"),
        ("Heat helps.", "../heat.md", "heat.md"),
        ("%PDF-1.7 heat", "", "pasted text.txt"),
    ],
)
def test_what_pasted_text_is_called(text: str, name: str, called: str) -> None:
    assert pasted_name(text, name) == called


@pytest.mark.parametrize("text", ["", " \n\t"])
def test_nothing_pasted_is_refused(work: FrontWork, text: str) -> None:
    with pytest.raises(UsageError, match="nothing was pasted; paste the text of the article"):
        work.paste(text, "")


def test_too_much_pasted_is_refused(work: FrontWork) -> None:
    with pytest.raises(UsageError, match="more than the 12 MB that are read"):
        work.paste("x" * (LARGEST + 1), "")


def test_pasted_texts_are_told_apart_and_audited_again(work: FrontWork, project: Path) -> None:
    first, second = "Heat eased pain in 40% of adults.", "Cold helped \ud800 3 of 10 adults."
    assert done(work, work.paste(first, "")).article == "pasted text.txt"
    assert done(work, work.paste(second, " ")).article == "pasted text 2.txt"
    assert done(work, work.paste(first, "")).article == "pasted text.txt"
    assert done(work, work.paste(second, "pasted text")).article == "pasted text.txt"
    done(work, work.again("pasted text.txt"))
    assert "Cold helped" in known(project, "pasted text.txt").article.text


@pytest.mark.parametrize(
    "address",
    [
        *("http://127.0.0.1/", "http://localhost:8501/", "https://[::1]/", "http://0.0.0.0/", "http://127.1/"),
        *("http://2130706433/", "http://0x7f000001/", "http://0177.0.0.1/", "http://[::ffff:127.0.0.1]/"),
        *("http://10.1.2.3/", "http://192.168.1.1/", "http://172.16.0.9/", "http://169.254.169.254/latest/meta-data"),
        *("http://[fe80::1]/", "http://[fd00:ec2::254]/", "http://100.64.0.1/", "http://[64:ff9b::a00:1]/"),
        *("127.0.0.1/admin", "localhost/x"),
    ],
)
def test_addresses_inside_a_network_are_refused_whatever_they_look_like(work: FrontWork, address: str) -> None:
    (line,) = outcome(work, work.page(address)).told
    assert re.search("leads to|hides an IP address", line)
    assert line.endswith("pages of the public web alone are fetched here, so save the page and give the file")
    assert "--allow-private" not in line


def test_no_page_is_ever_fetched_from_within_the_network(work: FrontWork, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[bool] = []

    class Watched(Pages):
        def __init__(self, *given: object, allow_private: bool = False, **more: object) -> None:
            asked.append(allow_private)
            super().__init__(*given, allow_private=allow_private, **more)  # type: ignore[arg-type]

    monkeypatch.setattr("ingest.http.page.Pages", Watched)
    outcome(work, work.page("http://127.0.0.1/"))
    assert asked == [False]


@pytest.mark.parametrize(
    ("address", "message"),
    [
        ("file:///etc/passwd", "is not fetched: only http and https are"),
        ("ftp://pages.example/x", "is not fetched: only http and https are"),
        ("javascript:alert(1)", "is not fetched: only http and https are"),
        ("https://ann:secret@pages.example/", "holds a name or password"),
        ("", "no address was given"),
        ("two words", "is no web address"),
        ("https://pages.example/" + "x" * 3000, "is no web address"),
    ],
)
def test_what_is_no_address_is_refused_at_once(work: FrontWork, address: str, message: str) -> None:
    with pytest.raises(UsageError) as caught:
        work.page(address)
    assert message in str(caught.value)
    assert "secret" not in str(caught.value)


def test_a_page_is_audited_and_again(work: FrontWork, project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    came = iter([b"<h1>Heat</h1><p>Heat eased pain in 40% of adults.</p>", b"<h1>Cold</h1><p>Cold helps knees.</p>"])
    monkeypatch.setattr(
        Pages, "get", lambda self, url, most: Fetched(url=url, content_type="text/html", data=next(came))
    )
    job = done(work, work.page(" pages.example/heat#top "))
    assert job.article == "https://pages.example/heat"
    done(work, work.again(job.article))
    assert "Cold helps knees." in known(project, job.article).article.text


def test_a_disk_that_is_full_is_told(work: FrontWork, project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(file: Path, content: bytes) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr("ingest.front.kept._write", full)
    with pytest.raises(CannotCheckError, match=r"what you gave cannot be written there .*; make room on the disk"):
        work.upload([upload("heat.md", ARTICLE)])
    assert kept(project) == []


def test_a_folder_that_cannot_be_written_is_told(work: FrontWork, project: Path) -> None:
    (project / ".kb").write_text("no folder")
    with pytest.raises(CannotCheckError, match=r"what you gave cannot be written there .*; make the folder"):
        work.upload([upload("heat.md", ARTICLE)])


def test_a_knowledge_base_that_is_none_fails_in_words(work: FrontWork, project: Path) -> None:
    (project / "knowledge.db").write_text("not a database")
    job = outcome(work, work.upload([upload("heat.md", ARTICLE)]))
    assert job.state == "failed"
    assert "is not a knowledge base" in job.told[0]
    assert not list((project / FOLDER).iterdir())


def test_settings_that_are_none_are_told(work: FrontWork, project: Path) -> None:
    (project / "kb.toml").write_text("strictnes = 'strict'\n")
    job = outcome(work, work.upload([upload("heat.md", ARTICLE)]))
    assert job.state == "failed"
    assert job.told[0].startswith("kb.toml: ")
    with pytest.raises(KnowledgeBaseError):
        work.leaving()


def test_what_people_said_counts_in_an_audit_of_the_app(
    work: FrontWork, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (project / "cold.md").write_bytes(COLD)
    monkeypatch.chdir(project)
    done(work, work.again("cold.md"))
    assert [one.verdict for one in known(project, "cold.md").assessments] == ["unsupported"]
    said = ("cold.md:3", "--needs-source", "no", "--person", "Ann Lee", "--reason", "it is our own count")
    with pytest.raises(SystemExit):
        main(["review", *said, "--kb", str(project / "elsewhere.db")])
    assert (project / "evidence.reviews.json").exists()
    done(work, work.again("cold.md"))
    audit = known(project, "cold.md")
    assert [one.verdict for one in audit.assessments] == ["needs no source"]
    assert [one.person for one in audit.reviews] == ["Ann Lee"]


def test_what_leaves_the_machine_is_told(work: FrontWork, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = ("Crossref", "doi.org", "DataCite", "PubMed", "Europe PMC")
    assert work.leaving() == Leaving(registries=asked)
    monkeypatch.setenv("KB_OPENALEX_KEY", "secret")
    monkeypatch.setenv("KB_JUDGE", "chat")
    monkeypatch.setenv("KB_JUDGE_MODEL", "model")
    monkeypatch.setenv("KB_JUDGE_ADDRESS", "https://models.example/v1")
    assert work.leaving() == Leaving(registries=(*asked, "OpenAlex"))
    monkeypatch.setenv("KB_SEND_TEXT", "models.example")
    assert work.leaving() == Leaving(registries=(*asked, "OpenAlex"), judge="models.example")
