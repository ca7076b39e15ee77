"""Take the screenshot of the README: the app on the tour's article. Run as ``python -m scripts.screenshot``."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import expect, sync_playwright

from tests.browser_fixtures import BROWSER_FLAGS, PROJECT, find_browser, serve

OUTPUT = PROJECT / "docs" / "screenshot.png"
TOUR = PROJECT / "examples" / "tour"


def main() -> None:
    """Audit the tour, choose the statement on which sources disagree, and keep what the reader then sees."""
    browser = find_browser()
    if browser is None:
        sys.exit("no Chromium on this machine; install one or name it in KB_BROWSER")
    with (
        tempfile.TemporaryDirectory() as folder,
        serve(_audited(Path(folder) / "knowledge.db")) as app,
        sync_playwright() as driver,
    ):
        running = driver.chromium.launch(executable_path=browser, args=BROWSER_FLAGS)
        page = running.new_page(viewport={"width": 1440, "height": 900}, color_scheme="light")
        page.goto(app)
        page.locator("a.statement[data-verdict=contested]").first.click()
        expect(page.get_by_text("Why this verdict")).to_be_visible()
        page.screenshot(path=OUTPUT)
        running.close()
    print(OUTPUT.relative_to(PROJECT))


def _audited(database: Path) -> Path:
    command = [sys.executable, "-m", "ingest.cli", "audit", "--frozen", "--kb", str(database), "amberleaf.md"]
    subprocess.run(command, cwd=TOUR, check=True, capture_output=True)
    return database


if __name__ == "__main__":
    main()
