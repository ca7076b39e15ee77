"""The app in a real browser, as a reader uses it: by mouse and by keyboard, and never reaching another host."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode

import msgspec
import pytest
from playwright.sync_api import Locator, Page, expect

from kb.base import KnowledgeBase
from kb.model import Audit
from tests.browser_fixtures import serve
from tests.samples import ARTICLE_ID, CURES, EASES, TITLE, VAGUE, sample_audit

pytestmark = pytest.mark.browser

HOSTILE_ID = "articles/z<img src=x onerror=hacked()>.txt"
PAYLOAD = "<img src=x onerror=hacked()><script>hacked()</script> **b**"


def hostile_audit() -> Audit:
    """The sample with markup in its names, titles and text."""
    audit = sample_audit()
    replace = msgspec.structs.replace
    article = replace(
        audit.article, id=HOSTILE_ID, title=PAYLOAD, text=audit.article.text.replace(TITLE, PAYLOAD[: len(TITLE)])
    )
    return replace(
        audit,
        article=article,
        sources=tuple(
            replace(source, id=f"ref:{at}", doi=None, title=PAYLOAD) for at, source in enumerate(audit.sources)
        ),
        references=tuple(replace(one, source=f"ref:{at}", text=PAYLOAD) for at, one in enumerate(audit.references)),
        resolutions=tuple(replace(one, source=f"ref:{at}") for at, one in enumerate(audit.resolutions)),
        evidence=tuple(replace(one, source=f"ref:{at}", quote=PAYLOAD) for at, one in enumerate(audit.evidence)),
        notes=(PAYLOAD,),
    )


@pytest.fixture(scope="module")
def knowledge(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("browser") / "knowledge.db"
    with KnowledgeBase.open(path) as base:
        base.add(sample_audit())
        base.add(hostile_audit())
    return path


@pytest.fixture(scope="module")
def app(knowledge: Path) -> Iterator[str]:
    with serve(knowledge) as address:
        yield address


def statement(page: Page, text: str) -> Locator:
    return page.locator("a.statement", has_text=text)


def evidence(page: Page) -> Locator:
    return page.get_by_role("region", name="Evidence", exact=True)


def test_a_click_on_a_statement_shows_its_verdict_and_reasons(app: str, page: Page) -> None:
    page.goto(app)
    expect(evidence(page)).to_contain_text("Choose a statement")
    statement(page, VAGUE).click()
    expect(evidence(page)).to_contain_text("unsupported")
    expect(evidence(page)).to_contain_text("It speaks of studies and names none.")
    expect(statement(page, VAGUE)).to_have_attribute("aria-current", "true")
    expect(page).to_have_url(re.compile("statement=s4"))


@pytest.mark.parametrize("key", ["Enter", "Space"])
def test_the_keyboard_does_what_the_mouse_does(app: str, page: Page, key: str) -> None:
    page.goto(app)
    statement(page, EASES).focus()
    page.keyboard.press(key)
    expect(evidence(page)).to_contain_text("One randomized trial supports it.")
    page.keyboard.press("ArrowDown")
    expect(statement(page, "About 40%")).to_be_focused()


def test_an_address_opens_at_a_statement_and_leads_on_to_the_one_it_leans_on(app: str, page: Page) -> None:
    page.goto(f"{app}/?{urlencode({'article': ARTICLE_ID, 'statement': 's5'})}")
    expect(statement(page, CURES)).to_have_attribute("aria-current", "true")
    evidence(page).get_by_role("link", name=EASES).click()
    expect(statement(page, EASES)).to_have_attribute("aria-current", "true")
    expect(evidence(page)).to_contain_text("OCEBM level 2")


def test_a_verdict_can_be_picked_out(app: str, page: Page) -> None:
    page.goto(app)
    page.get_by_role("button", name="unsupported 4").click()
    expect(page.locator("a.statement:not(.dimmed)")).to_have_count(4)
    page.get_by_role("button", name="unsupported 4").click()
    expect(page.locator("a.statement.dimmed")).to_have_count(0)


def test_a_source_leads_to_what_falls_with_it_and_from_there_to_a_statement(app: str, page: Page) -> None:
    page.goto(f"{app}/?{urlencode({'article': ARTICLE_ID, 'statement': 's2'})}")
    evidence(page).get_by_role("link", name="What falls with it?").click()
    expect(page.get_by_role("heading", name="What if this fell, retracted or wrong?")).to_be_visible()
    expect(page).to_have_url(re.compile(r"^[^?]+/questions(\?|$)"))
    expect(page.locator(".change", has_text="loses its support").first).to_contain_text("→ unsupported")
    page.get_by_role("link", name=EASES).first.click()
    expect(statement(page, EASES)).to_have_attribute("aria-current", "true")
    page.get_by_role("link", name="Questions").click()
    expect(page.get_by_role("heading", name="What if this fell, retracted or wrong?")).to_be_visible()


def test_a_question_is_chosen_and_a_statement_typed_by_keyboard(app: str, page: Page) -> None:
    page.goto(f"{app}/questions?{urlencode({'question': 'independence', 'article': ARTICLE_ID})}")
    chosen = page.get_by_role("combobox", name="Statement")
    chosen.fill("stiffness")
    page.get_by_role("option", name=EASES).click()
    expect(page.get_by_role("heading", name="Lines of evidence")).to_be_visible()
    page.get_by_text("Whence does a statement come?").click()
    expect(page.get_by_role("heading", name="The way to its studies")).to_be_visible()
    expect(page.locator(".tree")).to_contain_text("randomized trial primary study")
    page.go_back()
    expect(page.get_by_role("heading", name="Lines of evidence")).to_be_visible()


def test_a_source_that_is_not_listed_is_typed(app: str, page: Page) -> None:
    page.goto(f"{app}/questions")
    page.get_by_role("combobox", name="Sources that fall").fill("10.5555/elsewhere")
    page.keyboard.press("Enter")
    expect(page.get_by_text("No statement rests on that.")).to_be_visible()
    expect(page).to_have_url(re.compile("source=10.5555%2Felsewhere"))


@pytest.mark.parametrize("path", ["", "sources", "graph", "questions"])
def test_hostile_text_is_shown_and_does_nothing(app: str, page: Page, path: str) -> None:
    asked = {"question": "trace"} if path == "questions" else {}
    page.goto(f"{app}/{path}?{urlencode({'article': HOSTILE_ID, 'statement': 's2'} | asked)}")
    if path == "":
        expect(evidence(page)).to_contain_text(PAYLOAD)
    elif path == "questions":
        expect(page.locator(".tree")).to_contain_text("<img src=x onerror=hacked()>")
        page.get_by_text("What falls if a source falls?").click()
        page.get_by_role("combobox", name="Sources that fall").click()
        expect(page.get_by_role("option", name="<img src=x").first).to_be_visible()
    elif path == "graph":
        expect(page.get_by_role("button", name="<img src=x").first).to_be_visible()
    else:
        expect(page.locator("table.sources", has_text=PAYLOAD)).to_be_attached()
    assert page.locator("img[src=x]").count() == 0


def test_the_bundled_example_is_audited_at_a_click(tmp_path: Path, page: Page) -> None:
    with serve(tmp_path / "knowledge.db") as app:
        page.goto(app)
        page.get_by_role("button", name="Audit the bundled example").click()
        expect(page.locator("a.statement.verdict-unsupported").first).to_be_visible()
        page.locator("a.statement.verdict-unsupported").first.click()
        expect(evidence(page)).to_contain_text("Why this verdict")
