"""Whether a page can be used without a mouse, without colours and with a screen reader, as far as programs can tell."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple

from playwright.sync_api import Page

IMPACTS = ("serious", "critical")


class Place(NamedTuple):
    """A rule of axe-core, and the element that breaks it."""

    rule: str
    selector: str


@cache
def _axe() -> str:
    return files("axe_playwright_python").joinpath("axe.min.js").read_text("utf-8")


def violations(page: Page, *rules: str) -> dict[Place, str]:
    """What breaks a rule of axe-core with a serious or critical impact on people, and what is wrong there.

    Parameters
    ----------
    rules
        The only ones that are asked for; all where none is named.
    """
    page.evaluate(_axe())
    asked: dict[str, Any] = {"resultTypes": ["violations"]} | ({"runOnly": list(rules)} if rules else {})
    told: dict[str, Any] = page.evaluate("asked => axe.run(asked)", asked)
    return {
        Place(rule["id"], _selector(node["target"])): f"{node['failureSummary']}\n{node['html'][:200]}"
        for rule in told["violations"]
        if rule["impact"] in IMPACTS
        for node in rule["nodes"]
    }


def _selector(target: list[str | list[str]]) -> str:
    """Where an element is; one in a shadow tree is told with the way there."""
    return " ".join(part if isinstance(part, str) else " >>> ".join(part) for part in target)


# What takes part in the order of Tab, shadow trees included; of a group of radio buttons, tools or tabs one does, and
# the arrows lead to the others.
_INTERACTIVE = """
() => {
  const asked = "a[href], button, input, select, textarea, summary, [tabindex], [role=button], [role=tab], [role=link]"
  const seen = one => one.checkVisibility({ opacityProperty: true, visibilityProperty: true })
    && one.getClientRects().length && !one.closest("[inert]")
  const all = root => [...root.querySelectorAll("*")].flatMap(one => [
    ...(one.matches(asked) ? [one] : []), ...(one.shadowRoot ? all(one.shadowRoot) : [])])
  const together = "[role=radiogroup], [role=toolbar], [role=tablist], [role=listbox], [role=menu], [role=grid]"
  const groups = new Set()
  window.interactive = all(document).filter(one => {
    if (!seen(one) || one.disabled || one.closest("[aria-hidden=true]")) return false
    const group = one.closest(together)
    if (group) {
      if (groups.has(group)) return false
      groups.add(group)
      window.groups = (window.groups ?? new Map()).set(one, group)
      return true
    }
    return one.tabIndex >= 0
  })
  return window.interactive.length
}
"""
_FOCUSED = """
() => {
  let one = document.activeElement
  while (one?.shadowRoot?.activeElement) one = one.shadowRoot.activeElement
  window.reached = (window.reached ?? new Set()).add(one)
  return one === document.body
}
"""
_LEFT = """
() => window.interactive.filter(one => one.isConnected && one.tabIndex >= 0 && !window.reached.has(one)
    && ![...window.reached].some(other => window.groups?.get(one)?.contains(other)))
  .map(one => one.outerHTML.slice(0, 160))
"""


def out_of_reach(page: Page) -> list[str]:
    """What can be used with a mouse and is not reached with Tab, from the top of the page to its end."""
    page.evaluate("() => { document.activeElement?.blur(); window.reached = new Set() }")
    count = int(page.evaluate(_INTERACTIVE))
    for _ in range(count + 30):
        page.keyboard.press("Tab")
        if page.evaluate(_FOCUSED):
            break
    left: list[str] = page.evaluate(_LEFT)
    return left


def scrolls_sideways(page: Page) -> bool:
    """Whether a part of the page stands outside of the window's width."""
    wider = "one => one && one.scrollWidth > one.clientWidth"
    return any(page.evaluate(f"() => ({wider})(document.querySelector('{one}'))") for one in ("html", "section.stMain"))
