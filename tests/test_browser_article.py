"""The article page in a real browser: filters, keys, references, numbers and links, as a reader uses them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import urlencode

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser_fixtures import NARROW, WIDE
from tests.samples import ARTICLE_ID, CURES, DAILY, DREAMS, EASES, HARTWELL, PRESSURE, VAGUE

if TYPE_CHECKING:
    from tests.browser_fixtures import Watched

pytestmark = pytest.mark.browser


def at(app: str, **given: str) -> str:
    return f"{app}/?{urlencode({'article': ARTICLE_ID, **given})}"


def statement(page: Page, text: str) -> Locator:
    return page.locator("a.statement", has_text=text)


def evidence(page: Page) -> Locator:
    return page.get_by_role("region", name="Evidence", exact=True)


def left(page: Page) -> Locator:
    return page.locator("a.statement:not(.dimmed)")


def test_a_click_on_a_statement_shows_its_verdict_and_reasons(sample_app: str, page: Page) -> None:
    page.goto(sample_app)
    expect(evidence(page)).to_contain_text("Choose a statement")
    statement(page, VAGUE).click()
    expect(evidence(page)).to_contain_text("unsupported")
    expect(evidence(page)).to_contain_text("It speaks of studies and names none.")
    expect(statement(page, VAGUE)).to_have_attribute("aria-current", "true")
    expect(page).to_have_url(re.compile("statement=s4"))


def test_the_keyboard_does_what_the_mouse_does(sample_app: str, page: Page) -> None:
    page.goto(at(sample_app))
    for key, text, told in (("Enter", EASES, "One randomized trial supports it."), ("Space", VAGUE, "names none")):
        statement(page, text).focus()
        page.keyboard.press(key)
        expect(evidence(page)).to_contain_text(told)
    page.keyboard.press("ArrowUp")
    expect(statement(page, VAGUE)).not_to_be_focused()


def test_an_address_opens_at_a_statement_and_leads_on_to_the_one_it_leans_on(sample_app: str, page: Page) -> None:
    page.goto(at(sample_app, statement="s5"))
    expect(statement(page, CURES)).to_have_attribute("aria-current", "true")
    evidence(page).get_by_role("link", name=EASES).click()
    expect(statement(page, EASES)).to_have_attribute("aria-current", "true")
    expect(evidence(page)).to_contain_text("OCEBM level 2")


def test_filters_hold_together_are_passed_over_and_taken_back(sample_app: str, page: Page) -> None:
    page.goto(at(sample_app))
    page.get_by_role("button", name="unsupported 4").click()
    expect(left(page)).to_have_count(4)
    page.get_by_role("combobox", name="Kind").select_option("benefit")
    expect(left(page)).to_have_count(3)
    expect(page.get_by_text("3 of 7 shown")).to_be_visible()
    page.get_by_role("button", name="Next").click()
    expect(statement(page, VAGUE)).to_have_attribute("aria-current", "true")
    page.get_by_role("button", name="Show all").click()
    expect(left(page)).to_have_count(7)
    page.get_by_role("combobox", name="Found").select_option("unsupported-statement")
    expect(left(page)).to_have_text(re.compile(re.escape(DAILY)))


def test_keys_open_the_next_statement_from_anywhere_but_where_words_are_typed(sample_app: str, page: Page) -> None:
    page.goto(at(sample_app, statement="s2"))
    expect(evidence(page)).to_contain_text("One randomized trial supports it.")
    page.keyboard.press("n")
    expect(statement(page, DAILY)).to_be_focused()
    expect(evidence(page)).to_contain_text("It gives a number and shows no source.")
    page.keyboard.press("p")
    expect(evidence(page)).to_contain_text("One randomized trial supports it.")
    expect(page).to_have_url(re.compile("statement=s2"))
    page.get_by_role("button", name="Say what you think ↓").click()
    why = page.get_by_role("textbox", name="Why?")
    why.press_sequentially("n p ?")
    expect(why).to_have_value("n p ?")
    expect(statement(page, EASES)).to_have_attribute("aria-current", "true")


def test_the_article_is_one_stop_of_the_tab_key(sample_app: str, page: Page) -> None:
    page.goto(at(sample_app))
    statement(page, DREAMS).focus()
    page.keyboard.press("j")
    expect(statement(page, EASES)).to_be_focused()
    expect(page.locator(".article [tabindex='0']")).to_have_count(1)


def test_a_citation_points_out_its_source_and_an_entry_tells_who_cites_it(sample_app: str, page: Page) -> None:
    page.goto(at(sample_app))
    statement(page, PRESSURE).locator(".cites").click()
    expect(evidence(page).locator(".source.meant")).to_contain_text("Brindleweed and blood pressure")
    page.get_by_role("link", name=HARTWELL).first.click()
    expect(evidence(page)).to_contain_text("Cited by")
    expect(page).to_have_url(re.compile("reference=hartwell-2019"))
    evidence(page).get_by_role("link", name=EASES).click()
    expect(statement(page, EASES)).to_have_attribute("aria-current", "true")
    numbers = evidence(page).get_by_role("row").filter(has_text="84")
    expect(numbers.get_by_role("cell")).to_have_text(["84", "84", "✓ the same"])


def test_a_copied_link_opens_at_the_statement_with_the_filters(sample_app: str, watched: Watched) -> None:
    page = watched(permissions=["clipboard-read", "clipboard-write"])
    page.goto(at(sample_app, statement="s4", verdict="unsupported"))
    expect(left(page)).to_have_count(4)
    page.get_by_role("button", name="Copy link").click()
    expect(page.get_by_text("Link copied")).to_be_visible()
    page.goto(page.evaluate("navigator.clipboard.readText()"))
    expect(evidence(page)).to_contain_text("It speaks of studies and names none.")
    expect(left(page)).to_have_count(4)


def test_where_nothing_can_be_copied_the_link_is_shown(sample_app: str, page: Page) -> None:
    page.add_init_script("Object.defineProperty(navigator, 'clipboard', { value: undefined })")
    page.goto(at(sample_app, statement="s4"))
    page.get_by_role("button", name="Copy link").click()
    expect(page.get_by_role("textbox", name="Link to copy")).to_have_value(re.compile("statement=s4"))


@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_nothing_is_cut_off_and_each_column_scrolls_by_itself(sample_app: str, watched: Watched, width: int) -> None:
    page = watched(width=width)
    page.goto(at(sample_app, statement="s2"))
    expect(evidence(page)).to_contain_text("One randomized trial supports it.")
    expect(page.get_by_text("Say what you think of it")).to_be_attached()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.get_by_role("button", name="Say what you think ↓").click()
    expect(page.get_by_text("Say what you think of it")).to_be_in_viewport()
    expect(statement(page, EASES)).to_be_in_viewport()
