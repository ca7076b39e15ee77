"""The HTML report: complete, self-contained, and inert whatever the article says."""

from __future__ import annotations

import base64
import hashlib
import re
from html.parser import HTMLParser

import msgspec
import pytest

from kb.model import Audit
from kb.report.html import to_html
from tests.payloads import HIDDEN, PAYLOADS
from tests.samples import sample_audit


class Page(HTMLParser):
    """What a browser would find in the page: elements, attributes, text."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data


def test_it_shows_the_article_its_verdicts_their_reasons_and_the_sources() -> None:
    text = Page(to_html([sample_audit()])).text
    for words in (
        "3 of 7 statements ask for a source and show none",
        "Brindleweed tea for stiff knees",
        "It speaks of studies and names none.",
        "Its only source is retracted.",
        "Retracted 2016-05-01, says Crossref",
        "cited by nothing",
        "no medical advice",
        "as of 2026-11-22",
    ):
        assert words in text


def test_every_link_inside_leads_somewhere() -> None:
    elements = Page(to_html([sample_audit(), sample_audit()])).elements
    ids = [attributes["id"] for _, attributes in elements if "id" in attributes]
    links = {href[1:] for _, attributes in elements if (href := attributes.get("href") or "").startswith("#")}
    assert len(ids) == len(set(ids))
    assert links <= set(ids)
    assert {f"{kind}{article}-s{number}" for kind in "at" for article in "12" for number in range(1, 8)} <= links
    assert {"a1", "a2", "a1-text"} <= links


def test_statements_and_their_notes_have_the_same_numbers() -> None:
    page = to_html([sample_audit()])
    numbers = re.findall(r'data-statement="(s\d)"[^>]*id="t1-s\d">[^\0]*?<span class="note">(\d)</span></a>', page)
    notes = re.findall(r'<div id="a1-(s\d)" class="card-of-statement"><p><span class="note">(\d)</span>', page)
    assert numbers == notes == [("s1", "1"), ("s2", "2"), ("s3", "3"), ("s4", "4"), ("s5", "5"), ("s6", "6")]
    assert '<div id="a1-s7" class="card-of-statement unnumbered"><p><a' in page, "it asks for no source"


def test_a_statement_with_another_one_inside_has_one_name_and_one_number() -> None:
    audit = sample_audit()
    first, second, *rest = audit.statements
    inner = msgspec.structs.replace(second, start=first.start + 5, end=first.start + 12)
    page = to_html([msgspec.structs.replace(audit, statements=(first, inner, *rest))])
    assert page.count('data-statement="s1"') == 2
    assert page.count('id="t1-s1"') == page.count('id="t1-s2"') == 1
    assert len(re.findall(r'<span class="note">1</span></a>', page)) == 1


def test_several_articles_are_listed_and_it_can_be_read_by_ear() -> None:
    elements = Page(to_html([sample_audit(), sample_audit()])).elements
    assert ("nav", {"aria-label": "Articles"}) in elements
    assert ("html", {"lang": "en"}) in elements
    assert ("a", {"href": "#a1-text", "class": "skip"}) in elements
    assert sum(attributes.get("role") == "region" for _, attributes in elements) == 2


def test_it_asks_for_nothing_from_elsewhere() -> None:
    page = to_html([sample_audit()])
    assert not {tag for tag, _ in Page(page).elements} & {"script", "link", "img", "iframe", "object", "form", "base"}
    assert "url(" not in page
    assert "@import" not in page


def test_the_policy_allows_its_own_style_and_nothing_else() -> None:
    page = to_html([sample_audit()])
    style = re.search(r"<style>(.*?)</style>", page, re.DOTALL)
    assert style
    digest = base64.b64encode(hashlib.sha256(style.group(1).encode()).digest()).decode()
    policy = [
        attributes["content"]
        for tag, attributes in Page(page).elements
        if tag == "meta" and attributes.get("http-equiv") == "Content-Security-Policy"
    ]
    assert policy == [f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"]


def test_the_same_audits_give_the_same_bytes() -> None:
    assert to_html([sample_audit()]) == to_html([sample_audit()])


def test_no_article_gives_an_empty_report() -> None:
    assert "<title>Evidence audit: 0 articles</title>" in to_html([])


def hostile_audit(payload: str) -> Audit:
    """The sample with the payload in every field that comes from outside."""
    audit = sample_audit()
    text = payload + audit.article.text[len(payload) :]
    replace = msgspec.structs.replace
    return replace(
        audit,
        article=replace(audit.article, title=payload, text=text, id=payload, language=payload),
        statements=tuple(replace(one, text=payload, section=payload, reasons=(payload,)) for one in audit.statements),
        references=tuple(replace(one, text=payload, title=payload, problems=(payload,)) for one in audit.references),
        resolutions=tuple(replace(one, said_by=payload, note=payload) for one in audit.resolutions),
        sources=tuple(
            replace(
                one,
                title=payload,
                authors=(payload,),
                container=payload,
                url=payload,
                doi=payload,
                design_basis=payload,
                notices=tuple(replace(notice, said_by=(payload,), reasons=(payload,)) for notice in one.notices),
            )
            for one in audit.sources
        ),
        evidence=tuple(
            replace(one, quote=payload, reasons=(payload,), not_higher=(payload,), not_lower=(payload,))
            for one in audit.evidence
        ),
        assessments=tuple(replace(one, reasons=(payload,), not_higher=(payload,)) for one in audit.assessments),
        findings=tuple(replace(one, message=payload, remedy=payload) for one in audit.findings),
        notes=(payload,),
    )


@pytest.mark.parametrize("payload", PAYLOADS.values(), ids=PAYLOADS)
def test_none_of_the_payloads_becomes_an_element_an_attribute_or_an_address(payload: str) -> None:
    page = Page(to_html([hostile_audit(payload)]))
    assert {tag for tag, _ in page.elements} <= {
        tag for tag, _ in Page(to_html([hostile_audit("plain words")])).elements
    }
    for _, attributes in page.elements:
        assert not [name for name in attributes if name.startswith("on")]
        assert (attributes.get("href") or "#").startswith(("#", "https://doi.org/"))
    assert not (HIDDEN - {"\t", "\r"}) & set(page.text)


@pytest.mark.parametrize(
    "payload",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "</style><script>alert(1)</script>",
        "</title><svg onload=alert(1)>",
        "\"><b onmouseover='alert(1)'>x</b>",
        "[click](javascript:alert(1)) **bold** $x$ :red[y]",
        "javascript:alert(1)",
        "&lt;script&gt; &amp; &#x3C;b&#x3E;",
        "<!-- --><base href=//evil.example>",
    ],
)
def test_hostile_text_is_shown_and_does_nothing(payload: str) -> None:
    page = Page(to_html([hostile_audit(payload)]))
    tags = {tag for tag, _ in page.elements}
    assert tags == {tag for tag, _ in Page(to_html([hostile_audit("plain words")])).elements}
    for _, attributes in page.elements:
        assert not [name for name in attributes if name.startswith("on")]
        assert (attributes.get("href") or "#").startswith(("#", "https://doi.org/"))
    assert payload in page.text
