"""The Word copy: the article's own text, a comment at each finding, the same bytes for the same audit."""

from __future__ import annotations

import io
import zipfile
from typing import Any

import msgspec
import pytest
from docx import Document
from docx.document import Document as Opened

from ingest.read.word.reader import read
from kb.model import Audit, Block, Finding
from kb.report.word import to_word
from tests.payloads import HIDDEN, PAYLOADS
from tests.samples import DAILY, QUILL, TITLE, sample_audit


def opened(audit: Audit) -> Opened:
    return Document(io.BytesIO(to_word(audit)))


def comments(document: Opened) -> list[tuple[str, str]]:
    """What each comment is about, and its words."""
    body = document.element.body
    told = []
    for comment in document.comments:
        number = str(comment.comment_id)
        (start,) = body.xpath(f"//w:commentRangeStart[@w:id='{number}']")
        inside = f"following::w:t[following::w:commentRangeEnd[@w:id='{number}']]"
        about = "".join(one.text for one in start.xpath(inside, namespaces=body.nsmap))
        told.append((about, comment.text))
    return told


def test_it_opens_and_its_text_is_the_articles() -> None:
    audit = sample_audit()
    document = opened(audit)
    assert [one.text for one in document.paragraphs if one.style and one.style.name == "Title"] == [TITLE]
    text = " ".join(one.text for one in document.paragraphs)
    assert text.split() == audit.article.text.split()
    assert read(to_word(audit), "copy.docx").article.text.split() == audit.article.text.split()


def test_each_finding_is_one_comment_on_what_it_is_about() -> None:
    (daily, quill) = comments(opened(sample_audit()))
    assert daily[0] == DAILY
    assert daily[1].startswith("This statement asks for a source and shows none. Cite a source, or say less.")
    assert 'A search of PubMed: ("knee stiffness"[tiab]' in daily[1]
    assert quill[0] == QUILL
    assert "A search of PubMed" not in quill[1]
    assert {comment.author for comment in opened(sample_audit()).comments} == {"evidence-kb"}


def test_a_finding_of_nothing_in_the_text_stands_at_its_line_or_at_the_title() -> None:
    base = sample_audit().findings[0]
    placed = [msgspec.structs.replace(base, statement=None, line=line, fingerprint=str(line)) for line in (5, 0)]
    audit = msgspec.structs.replace(sample_audit(), findings=tuple(placed))
    (at_line, at_title) = comments(opened(audit))
    assert at_line[0].startswith("The tea lowers blood pressure")
    assert at_title[0] == TITLE


def test_the_same_audit_gives_the_same_bytes_and_no_time_of_day() -> None:
    first = to_word(sample_audit())
    assert first == to_word(sample_audit())
    with zipfile.ZipFile(io.BytesIO(first)) as archive:
        assert {one.date_time for one in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert b"2026-11-22T00:00:00Z" in archive.read("word/comments.xml")


def test_it_says_what_grades_are_worth_and_of_when_it_is() -> None:
    (paragraph,) = opened(sample_audit()).sections[0].footer.paragraphs
    assert "as of 2026-11-22" in paragraph.text
    assert "no medical advice" in paragraph.text


def test_blocks_become_what_they_are_and_what_nobody_sees_is_left_out() -> None:
    parts = ("front matter", "heading", "list item", "quotation", "paragraph", "comment")
    text = ""
    blocks: list[Block] = []
    for part in parts:
        start = len(text)
        text += f"words of the {part},\non two lines"
        blocks.append(Block(kind=part, start=start, end=len(text), line=len(blocks) + 1))  # type: ignore[arg-type]
        text += "\n\n"
    document = opened(bare(text, tuple(blocks)))
    styled = [(one.style.name if one.style else "", one.text) for one in document.paragraphs]
    assert styled == [
        ("Heading 1", "words of the heading, on two lines"),
        ("List Bullet", "words of the list item, on two lines"),
        ("Quote", "words of the quotation, on two lines"),
        ("Normal", "words of the paragraph, on two lines"),
    ]


def bare(text: str, blocks: tuple[Block, ...], *findings: Finding) -> Audit:
    """An audit of an article in which nothing was found but these."""
    audit = sample_audit()
    nothing: dict[str, Any] = dict.fromkeys(
        ("statements", "citations", "references", "sources", "resolutions", "evidence", "assessments"), ()
    )
    article = msgspec.structs.replace(audit.article, text=text, blocks=blocks)
    return msgspec.structs.replace(audit, article=article, findings=findings, **nothing)


def test_an_empty_article_is_an_empty_document_without_comments() -> None:
    document = opened(bare("", (), *sample_audit().findings))
    assert [one.text for one in document.paragraphs] == []
    assert not list(document.comments)


def test_a_day_that_is_none_is_no_error() -> None:
    assert to_word(msgspec.structs.replace(sample_audit(), as_of="yesterday"))


@pytest.mark.parametrize("payload", PAYLOADS.values(), ids=PAYLOADS)
def test_hostile_text_is_text(payload: str) -> None:
    audit = sample_audit()
    replace = msgspec.structs.replace
    text = payload + audit.article.text[len(payload) :]
    hostile = replace(
        audit,
        article=replace(audit.article, id=payload, title=payload, text=text),
        findings=tuple(replace(one, message=payload, remedy=payload, rule=payload) for one in audit.findings),
        as_of=payload,
    )
    document = opened(hostile)
    shown = [one.text for one in document.paragraphs] + [one.text for one in document.comments]
    assert not (HIDDEN - {"\t", "\r"}) & set("".join(shown))
    with zipfile.ZipFile(io.BytesIO(to_word(hostile))) as archive:
        assert not [
            one for one in archive.namelist() if not one.startswith(("word/", "docProps/", "_rels/", "[", "custom"))
        ]
        assert b"TargetMode" not in archive.read("word/_rels/document.xml.rels")
