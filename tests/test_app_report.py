"""The page of reports in each of its states, and every file that it makes."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path

import msgspec
import pytest
from docx import Document
from streamlit.testing.v1 import AppTest

from kb.base import KnowledgeBase
from kb.errors import StoreError
from kb.view.pages.report import FORMS, Form, _made
from kb.view.taking import file_name, link_to, only_here
from tests.desks import desk_at, keep, run
from tests.payloads import PAYLOADS
from tests.samples import ARTICLE_ID, TITLE, sample_audit

OFFERED = {form.ending: form for forms in FORMS.values() for form in forms}


def page(path: Path, **query: str) -> AppTest:
    def script(path: str) -> None:
        from pathlib import Path

        from kb.view.pages import report
        from tests.desks import desk_at

        report.show(desk_at(Path(path)))

    return run(script, path, **query)


@pytest.fixture
def knowledge(tmp_path: Path) -> Path:
    return tmp_path / "knowledge.db"


def made(path: Path, form: Form, article: str = ARTICLE_ID) -> bytes:
    with KnowledgeBase.open(path) as base:
        return form.make(base, article)


def test_without_a_knowledge_base_it_says_what_to_do(knowledge: Path) -> None:
    test = page(knowledge)
    assert not test.exception
    assert test.header[0].value == "Nothing audited yet"


def test_it_offers_every_form_and_makes_none_before_it_is_asked_for(
    knowledge: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep(knowledge, sample_audit())
    monkeypatch.setattr("kb.report.html.to_html", lambda audits: pytest.fail("made before it was asked for"))
    test = page(knowledge)
    assert not test.exception
    offered = [one.proto for one in test.get("download_button")]
    assert [one.label for one in offered] == [form.label for form in OFFERED.values()]
    assert all(one.deferred_file_id and not one.url for one in offered)


def test_a_link_opens_at_the_article_or_at_a_statement(knowledge: Path) -> None:
    keep(knowledge, sample_audit())
    test = page(knowledge)
    assert test.code[0].value.endswith("/?article=articles%2Fbrindleweed.txt")
    test.selectbox[0].set_value("s3").run()
    assert test.code[0].value.endswith("/?article=articles%2Fbrindleweed.txt&statement=s3")


def test_an_article_that_was_a_word_file_is_told_that_its_formatting_is_lost(knowledge: Path) -> None:
    audit = sample_audit()
    keep(knowledge, audit)
    assert not any("formatting" in one.value for one in page(knowledge).caption)
    keep(knowledge, msgspec.structs.replace(audit, article=msgspec.structs.replace(audit.article, format="word")))
    assert any("formatting of your Word file is not kept" in one.value for one in page(knowledge).caption)


def test_a_knowledge_base_that_is_gone_is_not_made_anew(knowledge: Path) -> None:
    with pytest.raises(StoreError, match="there is no knowledge base"):
        _made(desk_at(knowledge), ARTICLE_ID, OFFERED[".html"].make)
    assert not knowledge.exists()


def test_each_form_is_what_it_says(knowledge: Path) -> None:
    keep(knowledge, sample_audit())
    files = {ending: made(knowledge, form) for ending, form in OFFERED.items()}
    assert files[".html"].startswith(b"<!doctype html>")
    assert any(TITLE in one.text for one in Document(io.BytesIO(files[".docx"])).paragraphs)
    assert json.loads(files[".json"])["articles"][0]["path"] == ARTICLE_ID
    assert "xl/workbook.xml" in zipfile.ZipFile(io.BytesIO(files[".xlsx"])).namelist()
    assert "statements.csv" in zipfile.ZipFile(io.BytesIO(files[".csv.zip"])).namelist()
    assert b"@article{" in files[".bib"]
    assert files[".ris"].startswith(b"TY  - ")
    assert not any(b"84 adults drank brindleweed tea or hot water" in file for file in files.values())


@pytest.mark.parametrize(
    "payload", [*PAYLOADS.values(), "CON", "a" * 500, "", ".", "..", "/", "https://x.example/a/?b=/c"]
)
def test_a_file_has_a_plain_name_whatever_the_article_is_called(payload: str) -> None:
    name = file_name(payload, ".html")
    assert name.endswith("-evidence.html")
    assert len(name) < 100
    assert set(name) <= set("abcdefghijklmnopqrstuvwxyz0123456789-.")
    assert name.count(".") == 1


@pytest.mark.parametrize(
    ("page", "link"),
    [
        ("http://127.0.0.1:8501/report", "http://127.0.0.1:8501/?article=a.md&statement=s1"),
        ("http://127.0.0.1:8501/", "http://127.0.0.1:8501/?article=a.md&statement=s1"),
        ("https://kb.example/team/report?x=1#y", "https://kb.example/team/?article=a.md&statement=s1"),
    ],
)
def test_a_link_leads_to_the_first_page_of_the_app(page: str, link: str) -> None:
    assert link_to(page, "a.md", "s1") == link


@pytest.mark.parametrize(
    ("page", "here"),
    [("http://localhost:1/", True), ("http://127.0.1.1/", True), ("http://192.168.0.7:8501/", False), ("", False)],
)
def test_what_answers_on_one_machine_alone_is_known(page: str, here: bool) -> None:
    assert only_here(page) == here
