"""Every page as people need it who do not see well, who use no mouse, or whose screen is small."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlencode

import pytest
from playwright.sync_api import Page

from tests.accessible import Place, out_of_reach, scrolls_sideways, violations
from tests.browser_fixtures import NARROW, WIDE, Watched, settled
from tests.samples import ARTICLE_ID, TERN_SOURCE

pytestmark = pytest.mark.browser

PAGES = {
    "article": f"?{urlencode({'article': ARTICLE_ID, 'statement': 's2'})}",
    "audit": "audit",
    "worklist": "worklist",
    "sources": f"sources?{urlencode({'source': TERN_SOURCE})}",
    "graph": "graph",
    "questions": f"questions?{urlencode({'question': 'impact', 'source': TERN_SOURCE})}",
    "search": "questions?question=search&words=tea",
    "overview": "overview",
    "report": "report",
}
EMPTY = ("", "audit", "overview")
"""Pages of which the first one shows what all others show too."""

_GROUND = "() => getComputedStyle(document.querySelector('.stApp')).backgroundColor"


@pytest.fixture(scope="session")
def empty_app(serving: Callable[[Path], str], tmp_path_factory: pytest.TempPathFactory) -> str:
    """Where a knowledge base is served that is not there yet."""
    return serving(tmp_path_factory.mktemp("empty") / "knowledge.db")


def visit(page: Page, address: str) -> None:
    """Open a page, and wait until it is drawn."""
    page.goto(address)
    page.locator('[data-testid="stMainBlockContainer"] [data-testid="stElementContainer"]').first.wait_for()
    settled(page)


def look(page: Page, address: str) -> list[object]:
    """What keeps people out of a page: rules that it breaks, what Tab does not reach, what stands out of the window."""
    visit(page, address)
    sideways = ["scrolls sideways"] if scrolls_sideways(page) else []
    assert page.locator("html").get_attribute("lang") == "en"
    return [*violations(page).items(), *out_of_reach(page), *sideways]


def in_the_dark(page: Page) -> dict[Place, str]:
    """What of a page that is open cannot be read in a wide window where the system is set to dark."""
    light = page.evaluate(_GROUND)
    page.set_viewport_size({"width": WIDE, "height": 900})
    page.emulate_media(color_scheme="dark")
    page.wait_for_function(f"light => ({_GROUND})() !== light", arg=light)
    settled(page)
    faults = violations(page, "color-contrast")
    page.emulate_media(color_scheme="light")
    page.set_viewport_size({"width": NARROW, "height": 900})
    page.wait_for_function(f"light => ({_GROUND})() === light", arg=light)
    return faults


def test_no_page_keeps_anybody_out(sample_app: str, watched: Watched) -> None:
    page = watched(width=NARROW)
    wrong: dict[str, object] = {}
    for name, way in PAGES.items():
        if faults := look(page, f"{sample_app}/{way}"):
            wrong[name] = faults
        if unread := in_the_dark(page):
            wrong[f"{name}, dark"] = unread
    assert not wrong


def test_no_page_without_an_article_keeps_anybody_out(empty_app: str, page: Page) -> None:
    wrong = {name: faults for name in EMPTY if (faults := look(page, f"{empty_app}/{name}"))}
    assert not wrong
