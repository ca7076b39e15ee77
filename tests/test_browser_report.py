"""What is taken along, in a real browser: the report opened from a file, and the worklist that leads to statements."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from kb.report.html import to_html
from tests.accessible import scrolls_sideways, violations
from tests.browser_fixtures import NARROW, WIDE, Scheme, Watched
from tests.samples import CURES, DAILY, EASES, sample_audit

pytestmark = pytest.mark.browser


def test_the_report_is_taken_along_and_opened_without_the_app(sample_app: str, page: Page, tmp_path: Path) -> None:
    page.goto(f"{sample_app}/report")
    with page.expect_download() as downloading:
        page.get_by_role("button", name="Page (HTML)").click()
    assert downloading.value.suggested_filename == "brindleweed-evidence.html"
    file = tmp_path / "report.html"
    downloading.value.save_as(file)
    page.goto(file.as_uri())
    evidence = page.get_by_role("region", name="Evidence")
    expect(evidence).to_contain_text("Choose a statement")
    page.locator("a.statement", has_text=EASES).click()
    expect(evidence).to_contain_text("One randomized trial supports it.")
    expect(evidence.get_by_text("Choose a statement")).to_be_hidden()
    expect(evidence.get_by_text("It speaks of studies and names none.").first).to_be_hidden()
    evidence.get_by_role("link", name="Back to the text").locator("visible=true").click()
    expect(evidence.get_by_text("Choose a statement")).to_be_visible()
    expect(page.locator("a.statement:target")).to_contain_text(EASES)


@pytest.mark.parametrize(("width", "scheme"), [(WIDE, "light"), (NARROW, "dark")])
def test_the_report_breaks_no_rule_that_matters(width: int, scheme: Scheme, watched: Watched, tmp_path: Path) -> None:
    file = tmp_path / "report.html"
    file.write_text(to_html([sample_audit(), sample_audit()]), encoding="utf-8")
    page = watched(width=width, scheme=scheme)
    for address in (file.as_uri(), f"{file.as_uri()}#a1-s5"):
        page.goto(address)
        assert violations(page) == {}
        assert not scrolls_sideways(page)


def test_on_paper_the_evidence_follows_as_numbered_notes(watched: Watched, tmp_path: Path) -> None:
    file = tmp_path / "report.html"
    file.write_text(to_html([sample_audit()]), encoding="utf-8")
    page = watched(width=794)
    page.goto(file.as_uri())
    expect(page.locator("a.statement .note").first).to_be_hidden()
    page.emulate_media(media="print")
    expect(page.locator("a.statement", has_text=CURES).locator(".note")).to_have_text("5")
    note = page.locator(".card-of-statement", has=page.locator(".quoted", has_text=CURES))
    expect(note.locator("> p .note")).to_have_text("5")
    expect(note).to_contain_text("It goes beyond the statement it leans on.")
    text, notes = page.locator("article").bounding_box(), note.bounding_box()
    assert text and notes
    assert text["y"] + text["height"] <= notes["y"]
    assert violations(page) == {}
    for paper in ("A4", "Letter"):
        assert len(re.findall(rb"/Type\s*/Page\b", page.pdf(format=paper))) >= 2


def test_the_worklist_leads_to_the_statement(sample_app: str, page: Page) -> None:
    page.goto(f"{sample_app}/worklist")
    task = page.locator(".task", has_text=DAILY)
    search = task.get_by_role("link", name="Search PubMed")
    expect(search).to_have_attribute("href", re.compile(r"^https://pubmed\.ncbi\.nlm\.nih\.gov/\?term="))
    expect(search).to_have_attribute("rel", "noreferrer")
    expect(search).to_have_attribute("target", "_blank")
    task.get_by_role("button", name="Copy the search").click()
    expect(task.get_by_role("status")).to_have_text(re.compile("^(Copied|Chosen: copy it with your keyboard)\\.$"))
    task.get_by_role("link", name=DAILY).click()
    expect(page).to_have_url(re.compile("statement=s3"))
    expect(page.get_by_role("region", name="Evidence", exact=True)).to_contain_text(DAILY)
