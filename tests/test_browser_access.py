"""Every page as people need it who do not see well, who use no mouse, or whose screen is small."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlencode

import pytest
from playwright.sync_api import Page

from tests.accessible import ACCEPTED, accepted, out_of_reach, scrolls_sideways, violations
from tests.browser_fixtures import NARROW, WIDE, Scheme, Watched, settled
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
EMPTY = ("", "audit", "worklist", "sources", "graph", "questions", "overview", "report")


@pytest.fixture(scope="session")
def empty_app(serving: Callable[[Path], str], tmp_path_factory: pytest.TempPathFactory) -> str:
    """Where a knowledge base is served that is not there yet."""
    return serving(tmp_path_factory.mktemp("empty") / "knowledge.db")


def visit(page: Page, address: str) -> None:
    """Open a page, and wait until it is drawn."""
    page.goto(address)
    page.locator('[data-testid="stMainBlockContainer"] [data-testid="stElementContainer"]').first.wait_for()
    settled(page)


@pytest.mark.parametrize(("scheme", "width"), [("light", NARROW), ("dark", WIDE)])
def test_no_page_breaks_a_rule_that_matters(
    sample_app: str, empty_app: str, watched: Watched, scheme: Scheme, width: int
) -> None:
    page = watched(width=width, scheme=scheme)
    broken, used = {}, set()
    for address in [f"{sample_app}/{one}" for one in PAGES.values()] + [f"{empty_app}/{one}" for one in EMPTY]:
        visit(page, address)
        for place, why in violations(page).items():
            used.add(accepted(place))
            if accepted(place) is None:
                broken[address, place] = why
        assert page.locator("html").get_attribute("lang") == "en"
        assert not (width == NARROW and scrolls_sideways(page)), address
    assert not broken
    assert used - {None} == set(ACCEPTED), "an exception that nothing needs any more"


@pytest.mark.parametrize("name", PAGES)
def test_everything_is_reached_with_tab(sample_app: str, page: Page, name: str) -> None:
    visit(page, f"{sample_app}/{PAGES[name]}")
    assert out_of_reach(page) == []
