"""The questions in a real browser: asked from a source, by keyboard, and of what no list holds."""

from __future__ import annotations

import re
from urllib.parse import urlencode

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.samples import ARTICLE_ID, EASES

pytestmark = pytest.mark.browser


def statement(page: Page, text: str) -> Locator:
    return page.locator("a.statement", has_text=text)


def evidence(page: Page) -> Locator:
    return page.get_by_role("region", name="Evidence", exact=True)


def test_a_source_leads_to_what_falls_with_it_and_from_there_to_a_statement(sample_app: str, page: Page) -> None:
    page.goto(f"{sample_app}/?{urlencode({'article': ARTICLE_ID, 'statement': 's2'})}")
    evidence(page).get_by_role("link", name="What falls with it?").click()
    expect(page.get_by_role("heading", name="What if this fell, retracted or wrong?")).to_be_visible()
    expect(page).to_have_url(re.compile(r"^[^?]+/questions(\?|$)"))
    expect(page.locator(".change", has_text="loses its support").first).to_contain_text("→ unsupported")
    page.get_by_role("link", name=EASES).first.click()
    expect(statement(page, EASES)).to_have_attribute("aria-current", "true")
    page.get_by_role("link", name="Questions").click()
    expect(page.get_by_role("heading", name="What if this fell, retracted or wrong?")).to_be_visible()


def test_a_question_is_chosen_and_a_statement_typed_by_keyboard(sample_app: str, page: Page) -> None:
    page.goto(f"{sample_app}/questions?{urlencode({'question': 'independence', 'article': ARTICLE_ID})}")
    chosen = page.get_by_role("combobox", name="Statement")
    chosen.fill("stiffness")
    page.get_by_role("option", name=EASES).click()
    expect(page.get_by_role("heading", name="Lines of evidence")).to_be_visible()
    page.get_by_text("Where does a statement come from?").click()
    expect(page.get_by_role("heading", name="The way to its studies")).to_be_visible()
    expect(page.locator(".tree")).to_contain_text("randomized trial primary study")
    page.go_back()
    expect(page.get_by_role("heading", name="Lines of evidence")).to_be_visible()


def test_a_source_that_is_not_listed_is_typed(sample_app: str, page: Page) -> None:
    page.goto(f"{sample_app}/questions")
    page.get_by_role("combobox", name="Sources that fall").fill("10.5555/elsewhere")
    page.keyboard.press("Enter")
    expect(page.get_by_text("No statement rests on that.")).to_be_visible()
    expect(page).to_have_url(re.compile("source=10.5555%2Felsewhere"))
