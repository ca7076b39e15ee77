"""Take the screenshots of the README: the app on articles of examples/. Run as ``python -m scripts.screenshots``."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlencode

from playwright.sync_api import Page, expect, sync_playwright

from tests.browser_fixtures import BROWSER_FLAGS, PROJECT, Scheme, find_browser, serve, settled

OUTPUT = PROJECT / "docs" / "screenshots"
TOUR = ("amberleaf.md", "leaflet.md", "newsletter.md")
"""Articles of examples/tour, audited out of their lock."""


class Shot(NamedTuple):
    """A screenshot: its name, the address that is opened, and what the reader does there and then sees."""

    name: str
    address: str
    act: Callable[[Page], None]
    scheme: Scheme = "light"


def _evidence(page: Page) -> None:
    page.locator("a.statement[data-verdict=contested]").first.click()
    expect(page.get_by_text("Why this verdict")).to_be_visible()


def _falls(page: Page) -> None:
    expect(page.locator("canvas").first).to_be_visible()


def _items(page: Page) -> None:
    expect(page.get_by_role("link", name="Search PubMed").first).to_be_attached()


def _bars(page: Page) -> None:
    expect(page.get_by_role("heading", name="Verdicts").first).to_be_visible()


SHOTS = (
    Shot("article", "?article=amberleaf.md", _evidence),
    Shot("falls", f"graph?{urlencode({'question': 'impact', 'source': 'doi:10.5555/amberleaf.2'})}", _falls),
    Shot("worklist", "worklist?article=leaflet.md", _items),
    Shot("overview", "overview", _bars, "dark"),
)


def main() -> None:
    """Audit the examples, and keep what a reader sees of them."""
    browser = find_browser()
    if browser is None:
        sys.exit("no Chromium on this machine; install one or name it in KB_BROWSER")
    OUTPUT.mkdir(exist_ok=True)
    with (
        tempfile.TemporaryDirectory() as folder,
        serve(_audited(Path(folder) / "knowledge.db")) as app,
        sync_playwright() as driver,
    ):
        running = driver.chromium.launch(executable_path=browser, args=BROWSER_FLAGS)
        for shot in SHOTS:
            page = running.new_page(viewport={"width": 1440, "height": 900}, color_scheme=shot.scheme)
            page.goto(f"{app}/{shot.address}")
            shot.act(page)
            settled(page)
            path = OUTPUT / f"{shot.name}.png"
            page.screenshot(path=path, animations="disabled")
            page.close()
            print(path.relative_to(PROJECT))
        running.close()


def _audited(database: Path) -> Path:
    audit = [sys.executable, "-m", "ingest.cli", "audit", "--frozen", "--kb", str(database), *TOUR]
    subprocess.run(audit, cwd=PROJECT / "examples" / "tour", check=True, capture_output=True)
    return database


if __name__ == "__main__":
    main()
