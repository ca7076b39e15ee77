"""The graph in a real browser: found by words, unfolded, asked what falls, moved by mouse and by keyboard."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from kb.base import KnowledgeBase
from tests.drawn import audit_of, source
from tests.samples import EASES

pytestmark = pytest.mark.browser

VIEW = """drawing => {
  const canvas = drawing.querySelectorAll("canvas")[2]
  const pixels = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height).data
  let sum = 0
  for (let at = 3; at < pixels.length; at += 4) sum = (sum * 31 + pixels[at]) % 1000000007
  return sum
}"""
"""A number for what a canvas shows."""

LINES = "drawing => drawing.closest('.kb').cy.edges().length"
NAMED = "drawing => drawing.closest('.kb').cy.nodes('.named').map(node => node.id())"


def drawing(page: Page) -> Locator:
    return page.get_by_role("application", name="The drawing")


def find(page: Page, words: str) -> None:
    page.get_by_label("Find in the drawing").fill(words)


def test_a_source_is_found_unfolded_and_asked_what_falls_with_it(sample_app: str, page: Page) -> None:
    page.goto(f"{sample_app}/graph")
    find(page, "hartwell trial")
    page.get_by_role("button", name=re.compile("Hartwell")).click()
    chosen = page.get_by_role("region", name="What is chosen")
    expect(chosen).to_contain_text("randomized trial")
    chosen.get_by_role("link", name="Show what it cites and who else cites it").click()
    expect(page).to_have_url(re.compile("open=doi"))
    expect(chosen.get_by_role("button", name="doi:10.5555/elsewhere")).to_be_visible()
    chosen.get_by_role("link", name="What falls if this is retracted?").click()
    expect(page.locator(".told")).to_contain_text("1 loses its support")
    expect(page.locator(".answer .change").first).to_contain_text("→ unsupported")
    find(page, "loses its support")
    page.get_by_role("button", name=EASES[:40]).click()
    expect(chosen).to_contain_text("Without it")
    chosen.get_by_role("link", name="Show its evidence").click()
    expect(page.locator("a.statement[aria-current=true]")).to_contain_text(EASES[:40])


def test_the_drawing_is_moved_by_mouse_and_by_keyboard(sample_app: str, page: Page) -> None:
    page.goto(f"{sample_app}/graph")
    drawing(page).focus()
    seen = [moved(page, None)]
    for key in ("ArrowRight", "+", "ArrowDown", "Home"):
        page.keyboard.press(key)
        seen.append(moved(page, seen[-1]))
    box = drawing(page).bounding_box()
    assert box
    page.mouse.move(box["x"] + 20, box["y"] + box["height"] - 20)
    page.mouse.down()
    page.mouse.move(box["x"] + 120, box["y"] + box["height"] - 60, steps=4)
    page.mouse.up()
    moved(page, seen[-1])


def moved(page: Page, before: object) -> object:
    """What is seen once it is another than before."""
    page.wait_for_function(
        f"([drawing, before]) => {{ const now = ({VIEW})(drawing); return now && now !== before }}",
        arg=[drawing(page).element_handle(), before],
    )
    return drawing(page).evaluate(VIEW)


def test_a_long_article_is_drawn_from_its_top_with_letters_where_they_are_read(
    serving: Callable[[Path], str], tmp_path_factory: pytest.TempPathFactory, page: Page
) -> None:
    path = tmp_path_factory.mktemp("long") / "knowledge.db"
    names = [f"s{number}" for number in range(600)]
    audit = audit_of({name: ["tea"] for name in names}, [source("tea", title="Tea for sore knees")])
    with KnowledgeBase.open(path) as base:
        base.add(audit)
    page.goto(f"{serving(path)}/graph")
    page.wait_for_function(f"drawing => ({NAMED})(drawing).length", arg=drawing(page).element_handle())
    named = drawing(page).evaluate(NAMED)
    assert any(name.endswith("#s0") for name in named)
    assert not any(name.endswith("#s599") for name in named)
    before = drawing(page).evaluate(LINES)
    page.get_by_label("Find in the drawing").fill("article")
    page.get_by_role("region", name="What was found").get_by_role("button").first.click()
    expect(page.get_by_role("region", name="What is chosen")).to_contain_text("says")
    assert drawing(page).evaluate(LINES) == before + len(names)
