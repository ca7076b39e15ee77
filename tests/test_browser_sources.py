"""The sources and the overview in a real browser: by keyboard, by mouse, and from one to the other."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser_fixtures import settled

pytestmark = pytest.mark.browser


def test_the_table_is_ordered_and_a_source_opened_by_keyboard(sample_app: str, page: Page) -> None:
    page.goto(f"{sample_app}/sources")
    titles = page.locator("table.sources a.title")
    expect(titles).to_have_count(4)
    page.locator("#order-title").focus()
    page.keyboard.press("Enter")
    expect(page.locator("th[aria-sort=ascending]")).to_contain_text("Source")
    expect(page.locator("#order-title")).to_be_focused()
    expect(page).to_have_url(re.compile(r"order=title"))
    expect(titles.nth(1)).to_contain_text("Brindleweed and blood pressure")
    titles.nth(1).focus()
    page.keyboard.press("Enter")
    beside = page.get_by_role("region", name="The chosen source")
    expect(beside).to_contain_text("Retracted 2016-05-01, says Crossref")
    expect(titles.nth(1)).to_have_attribute("aria-current", "true")
    expect(page.get_by_role("button", name="Ask the registries again about the chosen source")).to_be_visible()
    page.reload()
    expect(beside).to_contain_text("1 statement rests on it.")
    beside.get_by_role("link", name="Close").click()
    expect(beside).to_have_count(0)
    page.get_by_label("Find").fill("sleep")
    page.keyboard.press("Enter")
    expect(titles).to_have_count(1)


def test_a_bar_of_the_overview_leads_on(sample_app: str, page: Page) -> None:
    page.goto(f"{sample_app}/overview")
    expect(page.get_by_text("In 1 article 3 of 7 statements")).to_be_visible()
    settled(page)
    page.get_by_role("link", name="Brindleweed and blood pressure").first.click()
    expect(page.get_by_role("region", name="The chosen source")).to_contain_text("Retracted")
    page.go_back()
    page.get_by_role("link", name=re.compile("unsupported: 4")).first.click()
    expect(page).to_have_url(re.compile(r"/questions\?question=search"))
    expect(page.locator(".answer")).to_contain_text("4 statements")
