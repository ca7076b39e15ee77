"""One way through the whole app, as a writer and then a reviewer go it, on the example that the project began with."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser_fixtures import PROJECT, serve

pytestmark = pytest.mark.browser

EXAMPLE = "sciatica-and-knee-pain.md"
NUMBER = "Some 5–10% of people have sciatica"
RULE = "number-without-source"


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
    expect(evidence(page)).to_contain_text("a number without a source")


def overrule(page: Page) -> None:
    page.get_by_text("Your own word").click()
    page.get_by_text("needs no source", exact=True).last.click()
    page.get_by_role("textbox", name="Why?").fill("textbook knowledge, chapter 3")
    page.get_by_role("textbox", name="Your name").fill("Ada Roe")
    page.get_by_role("button", name="Keep my word").click()
    expect(page.get_by_text("Your word is kept.")).to_be_visible()


def test_from_an_upload_to_a_report(project: Path, page: Page, tmp_path: Path) -> None:
    assert NUMBER[:12] in checked(project)
    with serve(project / "knowledge.db") as app:
        page.goto(app)
        audit_by_upload(page, project)
        open_the_number_without_a_source(page)
        overrule(page)

        page.reload()
        expect(evidence(page)).to_contain_text("Ada Roe")
        expect(page.locator("a.statement.selected")).to_have_attribute("data-verdict", "needs-no-source")
        assert NUMBER[:12] not in checked(project)
