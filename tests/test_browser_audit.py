"""The page of audits in a browser: a file, pasted text and a link, from the click to the article."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from playwright.sync_api import Page, expect

from tests.browser_fixtures import MOST_MILLISECONDS, PROJECT, run_streamlit, serve
from tests.loopback import Loopback, Reply, Seen

pytestmark = pytest.mark.browser
EXAMPLE = [PROJECT / "examples" / "sciatica-and-knee-pain.md", PROJECT / "references.bib"]


class Served(NamedTuple):
    """The app on an empty knowledge base, and what lets the registry answer that it asks."""

    address: str
    answers: threading.Event


@pytest.fixture(scope="module")
def audits(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    folder, answers = tmp_path_factory.mktemp("audits"), threading.Event()

    def registry(seen: Seen) -> Reply:
        answers.wait(MOST_MILLISECONDS / 1000)
        return Reply(404)

    (folder / "kb.toml").write_text("patience = 120.0\n")
    with Loopback(registry) as server:
        names = ("KB_CROSSREF", "KB_DATACITE", "KB_DOI_ORG", "KB_NCBI", "KB_PMC", "KB_EUROPEPMC")
        environment = dict.fromkeys(names, server.url) | {"KB_DATABASE": str(folder / "knowledge.db")}
        with run_streamlit(PROJECT / "app.py", folder, environment) as app:
            yield Served(app.address, answers)


def test_an_uploaded_article_is_followed_over_a_reload_to_its_statements(audits: Served, page: Page) -> None:
    page.goto(audits.address)
    page.get_by_role("link", name="Audit an article").click()
    with page.expect_file_chooser() as chooser:
        page.get_by_role("button", name="Upload", exact=True).click()
    chooser.value.set_files(EXAMPLE)
    page.get_by_role("button", name="Audit this article").click()
    expect(page.get_by_role("progressbar")).to_be_visible()
    expect(page.get_by_text("Asking Crossref about 3 works …")).to_be_visible()
    page.reload()
    expect(page.get_by_text("Asking Crossref about 3 works …")).to_be_visible()
    audits.answers.set()
    expect(page.locator("a.statement.verdict-unsupported").first).to_be_visible()
    expect(page.get_by_text("What could not be checked")).to_be_visible()
    page.go_back()
    expect(page.get_by_role("heading", name="Audited before")).to_be_visible()
    page.get_by_role("button", name="Open").click()
    expect(page.locator("a.statement.verdict-unsupported").first).to_be_visible()


def test_a_link_into_a_network_is_refused_and_pasted_text_is_audited(audits: Served, page: Page) -> None:
    page.goto(f"{audits.address}/audit")
    page.get_by_role("tab", name="Give a link").click()
    page.get_by_label("Address of the page").fill("http://127.1:8501/")
    page.keyboard.press("Enter")
    expect(page.get_by_text("hides an IP address in another spelling")).to_be_visible()
    expect(page.get_by_label("Address of the page")).to_have_value("http://127.1:8501/")
    page.get_by_role("tab", name="Paste text").click()
    page.get_by_label("Text of the article").fill("# Heat\n\nHeat eased pain in 40% of adults.")
    page.get_by_label("Name").fill("Heat, second draft")
    page.get_by_role("button", name="Audit this text").click()
    expect(page.locator("a.statement", has_text="Heat eased pain in 40% of adults.")).to_be_visible()
    expect(page.get_by_text("Heat, second draft.md")).to_be_visible()


def test_the_bundled_example_is_audited_at_a_click(tmp_path: Path, page: Page) -> None:
    with serve(tmp_path / "knowledge.db") as app:
        page.goto(app)
        page.get_by_role("button", name="Audit the bundled example").click()
        expect(page.locator("a.statement.verdict-unsupported").first).to_be_visible()
        page.locator("a.statement.verdict-unsupported").first.click()
        expect(page.get_by_role("region", name="Evidence", exact=True)).to_contain_text("Why this verdict")
