"""What a reader waits for, measured in the browser: by its own clock, and by when messages came and went."""

from __future__ import annotations

import base64
import statistics
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import pairwise
from typing import Any, NamedTuple

from playwright.sync_api import Browser, BrowserContext, Page

from tests.browser_fixtures import WIDE, settled

MOST_MILLISECONDS = 60_000
_STEPS = 60
"""Moves of the mouse in one pan."""

# The parts of the app stand in shadow trees, which querySelector does not enter.
_FIND = """
window.findDeep = (selector, root = document) => {
  const found = root.querySelector(selector)
  if (found) return found
  for (const one of root.querySelectorAll("*")) {
    const inside = one.shadowRoot && window.findDeep(selector, one.shadowRoot)
    if (inside) return inside
  }
  return null
}
"""
_SEEN = """
(() => {
  const look = () => {
    if (window.findDeep(%r)?.getClientRects().length) window.seen = performance.now()
    else requestAnimationFrame(look)
  }
  requestAnimationFrame(look)
})()
"""
_WAIT_FOR_OTHER_WORDS = """
selector => {
  const before = window.findDeep(selector)?.innerText
  window.shown = 0
  addEventListener("click", () => {
    const begun = performance.now()
    const look = () => {
      const now = window.findDeep(selector)?.innerText
      if (now && now !== before) window.shown = performance.now() - begun
      else requestAnimationFrame(look)
    }
    look()
  }, { capture: true, once: true })
}
"""
_CANVASES = "[...window.findDeep('canvas').parentElement.querySelectorAll('canvas')]"
_DRAWN = f"""
() => {_CANVASES}.some(canvas => {{
  if (!canvas.width || !canvas.height) return false
  const pixels = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height).data.buffer
  return new Uint32Array(pixels).some((pixel, _, all) => pixel !== all[0])
}}) && performance.now()
"""
"""A canvas is drawn where not all of its pixels are the same."""
_PICTURE = f"""
() => {_CANVASES}.filter(canvas => canvas.width && canvas.height).map(canvas => {{
  const pixels = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height).data.buffer
  return new Uint32Array(pixels).reduce((sum, pixel) => (sum * 31 + pixel) | 0, 7)
}}).join()
"""
"""A sum over the pixels, which takes less of what is timed than a picture would."""
_COUNT_FRAMES = """
() => {
  window.counted = []
  const count = time => { window.counted.push(time); window.counting = requestAnimationFrame(count) }
  window.counting = requestAnimationFrame(count)
}
"""
_FRAMES = "() => { cancelAnimationFrame(window.counting); return window.counted }"


@contextmanager
def visitor(browser: Browser) -> Iterator[BrowserContext]:
    """A reader with nothing kept."""
    context = browser.new_context(viewport={"width": WIDE, "height": 900})
    context.set_default_timeout(MOST_MILLISECONDS)
    context.add_init_script(_FIND)
    yield context
    context.close()


def first_seen(browser: Browser, address: str, selector: str) -> float:
    """Milliseconds from the beginning of a first visit until an element is in the window."""
    with visitor(browser) as context:
        context.add_init_script(_SEEN % selector)
        page = context.new_page()
        page.goto(address)
        return float(page.wait_for_function("() => window.seen").json_value())


class Click(NamedTuple):
    """What a click took, in milliseconds: on the server, and until something else was read beside the article."""

    server: float
    shown: float


def clicks(page: Page, selector: str, evidence: str, places: Sequence[int]) -> Iterator[Click]:
    """Click on elements by their places among all that a selector finds, one after the other.

    The time of the server is what passes between the message of the browser and the one that says that the script has
    run, by the browser's clock; the way over the loopback is in it.
    """
    messages = Messages(page)
    found = page.locator(selector)
    for place in places:
        found.nth(place).scroll_into_view_if_needed()
        settled(page)
        page.evaluate(_WAIT_FOR_OTHER_WORDS, evidence)
        messages.forget()
        found.nth(place).click()
        shown = float(page.wait_for_function("() => window.shown").json_value())
        settled(page)
        yield Click(messages.run(), shown)


class Messages:
    """When the browser asked for a run of the script, and when the server told of its end; in seconds."""

    def __init__(self, page: Page) -> None:
        self._page, self._sent, self._ended = page, list[float](), list[float]()
        session = page.context.new_cdp_session(page)
        session.send("Network.enable")
        session.on("Network.webSocketFrameSent", lambda event: self._sent.append(event["timestamp"]))
        session.on("Network.webSocketFrameReceived", self._received)

    def forget(self) -> None:
        """Begin anew."""
        self._sent.clear()
        self._ended.clear()

    def run(self) -> float:
        """Wait for the end of the first run; the milliseconds from the first message sent until then."""
        while not (self._sent and self._ended):
            self._page.wait_for_timeout(10)
        return (self._ended[0] - self._sent[0]) * 1000

    def _received(self, event: dict[str, Any]) -> None:
        from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

        message = ForwardMsg()
        message.ParseFromString(base64.b64decode(event["response"]["payloadData"]))
        if message.WhichOneof("type") == "script_finished":
            self._ended.append(event["timestamp"])


class Panned(NamedTuple):
    """A graph: milliseconds until it is drawn, and until it moved under the mouse; frames a second while it moves."""

    drawn: float
    moved: float
    frames: float


def graph(browser: Browser, address: str) -> Panned:
    """Open a graph for the first time, and pan it as soon as it is there."""
    with visitor(browser) as context:
        page = context.new_page()
        page.goto(address)
        page.wait_for_function("() => window.findDeep('canvas')")
        drawn = float(page.wait_for_function(_DRAWN, polling=50).json_value())
        box = page.locator("canvas").first.bounding_box()
        assert box
        before = page.evaluate(_PICTURE)
        while page.evaluate(_PICTURE) == before:
            _pan(page, box, 3)
            page.wait_for_timeout(10)
        moved = float(page.evaluate("performance.now()"))
        settled(page)
        page.evaluate(_COUNT_FRAMES)
        _pan(page, box, _STEPS)
        times = page.evaluate(_FRAMES)
        return Panned(drawn, moved, 1000 / statistics.mean(b - a for a, b in pairwise(times)))


def _pan(page: Page, box: Any, steps: int) -> None:
    left, top = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(left, top)
    page.mouse.down()
    page.mouse.move(left + 200, top - 150, steps=steps)
    page.mouse.up()
