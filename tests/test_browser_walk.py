"""One way through the whole app, as a writer and then a reviewer go it, on the example that the project began with."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser_fixtures import PROJECT, serve

pytestmark = pytest.mark.browser

EXAMPLE = "sciatica-and-knee-pain.md"
NUMBER = "Some 5–10% of people have sciatica"
RULE = "ST002"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A writer's folder: the example, its bibliography, and a configuration that names it."""
    shutil.copy(PROJECT / "examples" / EXAMPLE, tmp_path)
    shutil.copy(PROJECT / "references.bib", tmp_path)
    (tmp_path / "kb.toml").write_text('bibliography = ["references.bib"]\n')
    return tmp_path


def checked(project: Path) -> str:
    """What ``kb check`` prints of numbers without a source."""
    command = [sys.executable, "-m", "ingest.cli", "check", "--select", "ST002", EXAMPLE]
    return subprocess.run(command, cwd=project, capture_output=True, text=True, check=False).stdout


def evidence(page: Page) -> Locator:
    return page.get_by_role("region", name="Evidence", exact=True)


def audit_by_upload(page: Page, project: Path) -> None:
    page.get_by_role("link", name="Audit", exact=True).click()
    page.locator("input[type=file]").set_input_files(project / EXAMPLE)
    page.get_by_role("button", name="Audit this article").click()
    expect(page.locator(".summary")).to_contain_text("statements ask for a source and show none")


def open_the_number_without_a_source(page: Page) -> None:
    page.get_by_role("combobox", name="Found").select_option(RULE)
    found = page.locator("a.statement:not(.dimmed)", has_text=NUMBER)
    found.click()
    expect(evidence(page)).to_contain_text("A number without a source")


def overrule(page: Page) -> None:
    page.get_by_text("Say what you think of it").click()
    page.get_by_test_id("stRadio").get_by_text("needs no source", exact=True).click()
    page.get_by_role("textbox", name="Why?").fill("textbook knowledge, chapter 3")
    page.get_by_role("textbox", name="Your name").fill("Ada Roe")
    page.get_by_role("button", name="Keep my word").click()
    expect(page.get_by_text("Your word is kept.")).to_be_visible()


def ask_what_falls_with(page: Page, author: str) -> None:
    """From the statement that cites it to what falls with its source, in words and then drawn."""
    page.locator("a.statement", has_text="67% of participants").click()
    source = evidence(page).locator(".source", has_text=author)
    source.get_by_role("link", name="What falls with it?").click()
    page.get_by_role("link", name="See it drawn").click()
    expect(page.locator("canvas").first).to_be_visible()


def report(page: Page, folder: Path) -> Path:
    """The report as the browser saves it."""
    page.get_by_role("link", name="Report", exact=True).click()
    with page.expect_download() as coming:
        page.get_by_role("button", name="Page (HTML)").click()
    path = folder / coming.value.suggested_filename
    coming.value.save_as(path)
    return path


@pytest.fixture
def app(project: Path) -> Iterator[str]:
    with serve(project / "knowledge.db") as address:
        yield address


def test_from_an_upload_to_a_report(project: Path, app: str, page: Page, tmp_path: Path) -> None:
    assert NUMBER[:12] in checked(project)
    page.goto(app)
    audit_by_upload(page, project)
    open_the_number_without_a_source(page)
    overrule(page)

    page.reload()
    expect(evidence(page)).to_contain_text("Ada Roe")
    expect(page.locator("a.statement.selected")).to_have_attribute("data-verdict", "needs-no-source")
    assert NUMBER[:12] not in checked(project)

    ask_what_falls_with(page, "Bilal")
    expect(page.get_by_text("What falls").first).to_be_visible()

    taken = report(page, tmp_path)
    page.goto(taken.as_uri())
    expect(page.get_by_role("main")).to_contain_text("Ada Roe")
    page.locator("a.statement", has_text="67% of participants").click()
    expect(page.locator(":target")).to_contain_text("Bilal")
