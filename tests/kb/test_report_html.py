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
    assert len(ids) == len(set(ids)) == 14
    assert links == set(ids)


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
        article=replace(audit.article, title=payload, text=text, id=payload),
        statements=tuple(replace(one, text=payload, section=payload) for one in audit.statements),
        references=tuple(replace(one, text=payload, title=payload) for one in audit.references),
        sources=tuple(
            replace(one, title=payload, authors=(payload,), container=payload, url=payload, doi=payload)
            for one in audit.sources
        ),
        evidence=tuple(replace(one, quote=payload, reasons=(payload,)) for one in audit.evidence),
        notes=(payload,),
    )


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
    assert tags == {tag for tag, _ in Page(to_html([sample_audit()])).elements}
    for _, attributes in page.elements:
        assert not [name for name in attributes if name.startswith("on")]
        assert (attributes.get("href") or "#").startswith(("#", "https://doi.org/"))
    assert payload in page.text
