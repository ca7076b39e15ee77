"""How much memory the server takes for readers who look at a large knowledge base at the same time."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from urllib.parse import urlencode

import psutil  # type: ignore[import-untyped]
from playwright.sync_api import Browser

from benchmarks._app_browser import Messages, visitor
from tests.browser_fixtures import settled

HEAVY = ("load-bearing", "contested", "stale")
"""Questions about everything, of which each reader asks one."""
_SECONDS = 0.2
"""Between two looks at the memory."""


def resident(process: int) -> float:
    """MB of memory of a process and of those that it started, as it is now."""
    running = psutil.Process(process)
    return float(sum(one.memory_info().rss for one in (running, *running.children(recursive=True))) / 1e6)


class Peak:
    """The most memory that was seen, in MB."""

    def __init__(self) -> None:
        self.megabytes = 0.0


@contextmanager
def watching(process: int) -> Iterator[Peak]:
    """Look at the memory of a process many times a second until the end of the block."""
    peak, over = Peak(), threading.Event()

    def watch() -> None:
        while not over.wait(_SECONDS):
            peak.megabytes = max(peak.megabytes, resident(process))

    thread = threading.Thread(target=watch)
    thread.start()
    try:
        yield peak
    finally:
        over.set()
        thread.join()


def visits(article: str, heavy: str) -> list[str]:
    """The addresses that a reader goes to, one after the other."""
    named = urlencode({"article": article})
    pages = [f"?{named}", "sources", "overview", f"worklist?{named}", f"graph?{named}"]
    return [*pages, "questions?question=search&words=pain", f"questions?question={heavy}"]


def read_together(browser: Browser, address: str, articles: Sequence[str]) -> None:
    """One reader an article: each goes through the pages, and all stay until the last one has."""
    with ExitStack() as readers:
        for number, article in enumerate(articles):
            page = readers.enter_context(visitor(browser)).new_page()
            messages = Messages(page)
            for visit in visits(article, HEAVY[number % len(HEAVY)]):
                messages.forget()
                page.goto(f"{address}/{visit}")
                messages.run()
                settled(page)
