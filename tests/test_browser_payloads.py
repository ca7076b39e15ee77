"""Text and addresses from people who want a page to act: shown as text, and nothing else happens."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlencode

import pytest
from playwright.sync_api import Page, expect

from kb.base import KnowledgeBase
from tests.browser_fixtures import settled
from tests.hostile_audit import ARTICLE_ID, FIRST, MARKUP, hostile_audit
from tests.payloads import FOR_BROWSERS

pytestmark = pytest.mark.browser

_ARTICLE = {"article": ARTICLE_ID}
_SOURCE = "ref:0<img src=x onerror=hacked()>"
WALK: dict[str, str] = {
    "article": f"?{urlencode(_ARTICLE | {'statement': FIRST})}",
    "audit": "audit",
    "worklist": f"worklist?{urlencode(_ARTICLE)}",
    "sources": f"sources?{urlencode({'source': _SOURCE})}",
    "graph": f"graph?{urlencode(_ARTICLE)}",
    "impact": f"questions?{urlencode({'question': 'impact', 'source': _SOURCE})}",
    "trace": f"questions?{urlencode(_ARTICLE | {'question': 'trace', 'statement': FIRST})}",
    "search": "questions?question=search&words=hacked",
    "overview": "overview",
    "report": f"report?{urlencode(_ARTICLE)}",
}
_NAMES: tuple[str, ...] = (
    "article",
    "statement",
    "source",
    "question",
    "job",
    "verdict",
    "kind",
    "rule",
    "words",
    "scope",
    "about",
)
_NAMES += ("open", "order", "turned", "design", "only", "years", "author")

_TRAP = "window.acted = []; window.hacked = () => window.acted.push(document.location.href)"
# What markup from outside would leave behind: handlers, scripts, frames, links that run, pictures from elsewhere.
_LEFT_BEHIND = """
() => {
  const inside = one => one.shadowRoot ? all(one.shadowRoot) : []
  const all = root => [...root.querySelectorAll("*")].flatMap(one => [one, ...inside(one)])
  const wrong = one => [...one.attributes].some(({ name, value }) => /^on/i.test(name)
      || (/^(href|src|srcset|action|data|xlink:href|ping)$/i.test(name)
        && (/^[\\s\\x00-\\x1f]*(javascript|data:text)/i.test(value)
          || (/evil\\.example/.test(value) && !(one.matches("a") && name === "href")))))
    || one.matches("iframe, object, embed, base, marquee, math, form[action]")
    || (one.matches("script, style") && /hacked\\(|evil\\.example/.test(one.textContent))
  return [...window.acted, ...all(document).filter(wrong).map(one => one.outerHTML.slice(0, 200))]
}
"""
_SHOWS = """
words => {
  const inside = root => [...root.querySelectorAll("*")].flatMap(one => one.shadowRoot ? [one.shadowRoot] : [])
  const read = root => [root.textContent, ...[...root.querySelectorAll?.("input") ?? []].map(one => one.value),
    ...inside(root).map(read)].join(" ")
  const shown = read(document.body)
  return words.every(one => shown.includes(one))
}
"""


@pytest.fixture(scope="module")
def hostile_app(serving: Callable[[Path], str], tmp_path_factory: pytest.TempPathFactory) -> str:
    path = tmp_path_factory.mktemp("hostile") / "knowledge.db"
    with KnowledgeBase.open(path) as base:
        base.add(hostile_audit())
    return serving(path)


@pytest.fixture
def trap(page: Page) -> Page:
    """A page that notes what was made to act."""
    page.add_init_script(_TRAP)
    return page


def look(page: Page, address: str, *words: str) -> None:
    """Open a page, wait until it shows these words as they are, and check that nothing in it acts."""
    page.goto(address)
    page.locator('[data-testid="stMainBlockContainer"] [data-testid="stElementContainer"]').first.wait_for()
    settled(page)
    page.wait_for_function(_SHOWS, arg=words)
    assert page.evaluate(_LEFT_BEHIND) == [], address


def test_what_stands_in_an_article_and_its_sources_is_text(hostile_app: str, trap: Page) -> None:
    # Of a long list the beginning is shown.
    shown = dict.fromkeys(WALK, FOR_BROWSERS[:1])
    shown |= {"article": FOR_BROWSERS, "worklist": FOR_BROWSERS[:25], "overview": (MARKUP,)}
    shown |= {"audit": (), "graph": (), "report": (), "search": ("hacked()",)}
    for name, way in WALK.items():
        look(trap, f"{hostile_app}/{way}", *shown[name])


def test_what_stands_in_an_address_is_text(hostile_app: str, trap: Page) -> None:
    pages = sorted({way.partition("?")[0] for way in WALK.values()})
    each = -(-len(FOR_BROWSERS) // len(pages))
    for at, page in enumerate(pages):
        payloads = FOR_BROWSERS[at * each : (at + 1) * each]
        given = {name: payloads[number % len(payloads)] for number, name in enumerate(_NAMES)}
        look(trap, f"{hostile_app}/{page}?{urlencode(given)}")
    look(
        trap,
        f"{hostile_app}/questions?{urlencode([('question', 'impact'), *(('source', one) for one in FOR_BROWSERS)])}",
    )
    for one in FOR_BROWSERS[:3]:
        expect(trap.get_by_text(one, exact=True).first).to_be_attached()
