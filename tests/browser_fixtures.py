"""The app served on this machine and a browser to see it with, for tests and for the screenshot of the README.

A test takes the fixture `page` (or `watched`, for pages of another size, dark, or in several browsers), and
`sample_app` where it only reads; one that writes serves a knowledge base of its own (`serve`).
"""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import sys
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, Self, TypeAlias
from urllib.parse import urlsplit

import pytest

from kb.base import KnowledgeBase
from tests.samples import sample_audit

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Dialog, Page

PROJECT = Path(__file__).resolve().parent.parent
START_SECONDS = 90
HERE = "127.0.0.1"
BROWSER_FLAGS = [
    f"--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE {HERE}",  # nothing else is reached, whatever is asked for
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"),
    *("--disable-component-update", "--disable-sync"),
]

MOST_MILLISECONDS = 60_000
"""How long the app may take to show something: the bound of a test that fails, on a busy machine."""
WIDE, NARROW = 1440, 900
"""How wide a window is: on a desk, and on a small laptop."""
_PROBE = re.compile(r"/[a-z]+/_stcore/(?:health|host-config)")
"""Where a page of Streamlit looks first whether the server is there; below the name of the page nobody answers."""
Watched: TypeAlias = "Callable[..., Page]"
Scheme: TypeAlias = Literal["light", "dark"]


def find_browser() -> str | None:
    """The Chromium to use: ``KB_BROWSER``, else what this machine has."""
    named = os.environ.get("KB_BROWSER")
    names = [named] if named else ["chromium", "chromium-browser", "google-chrome"]
    return next(filter(None, map(shutil.which, names)), None)


class Server(NamedTuple):
    """A server of Streamlit: where it answers, and its process."""

    address: str
    process: int


@contextmanager
def serve(path: Path) -> Iterator[str]:
    """The app on a free port of this machine, with the address at which it answers."""
    # Port 9 of this machine answers nobody: the registry is out of reach, as it is for a reader without a network.
    environment = {"KB_DATABASE": str(path), "KB_CROSSREF": f"http://{HERE}:9"}
    with run_streamlit(PROJECT / "app.py", path.parent, environment) as server:
        yield server.address


@contextmanager
def run_streamlit(script: Path, folder: Path, environment: Mapping[str, str]) -> Iterator[Server]:
    """A script of Streamlit on a free port of this machine, in a folder, until the end of the block."""
    with socket.socket() as probe:
        probe.bind((HERE, 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "streamlit", "run", str(script), "--server.headless=true"]
    command += [f"--server.port={port}", f"--server.address={HERE}"]
    command += ["--server.fileWatcherType=none"]
    process = subprocess.Popen(
        command,
        env={**os.environ, "PYTHONUNBUFFERED": "1", **environment},
        cwd=folder,
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )
    assert process.stdout
    deadline = threading.Timer(START_SECONDS, process.kill)
    deadline.start()
    # A server whose output nobody reads stops when the pipe is full.
    reading = threading.Thread(target=deque, args=(process.stdout, 0), daemon=True)
    try:
        told = []
        for line in process.stdout:
            told.append(line)
            if "URL:" in line:
                break
        else:
            raise RuntimeError("the app did not start:\n" + "".join(told))
        deadline.cancel()
        reading.start()
        yield Server(f"http://{HERE}:{port}", process.pid)
    finally:
        deadline.cancel()
        process.kill()
        if reading.is_alive():
            reading.join()
        process.stdout.close()
        process.wait()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One browser for all tests of a process."""
    from playwright.sync_api import expect, sync_playwright

    found = find_browser()
    if found is None:
        missing = pytest.fail if os.environ.get("CI") == "true" else pytest.skip
        missing("no Chromium on this machine; install one or name it in KB_BROWSER")
    expect.set_options(timeout=MOST_MILLISECONDS)
    with sync_playwright() as driver:
        running = driver.chromium.launch(executable_path=found, args=BROWSER_FLAGS)
        yield running
        running.close()


@pytest.fixture(scope="session")
def serving() -> Iterator[Callable[[Path], str]]:
    """Serves a knowledge base until the end of all tests, and gives its address; the same one when asked again."""
    addresses: dict[Path, str] = {}
    with ExitStack() as servers:

        def served(path: Path) -> str:
            if path not in addresses:
                addresses[path] = servers.enter_context(serve(path))
            return addresses[path]

        yield served


@pytest.fixture(scope="session")
def sample_app(serving: Callable[[Path], str], tmp_path_factory: pytest.TempPathFactory) -> str:
    """Where the sample alone is served, for tests that do not write."""
    path = tmp_path_factory.mktemp("sample") / "knowledge.db"
    with KnowledgeBase.open(path) as base:
        base.add(sample_audit())
    return serving(path)


@pytest.fixture
def watched(browser: Browser) -> Iterator[Watched]:
    """Opens pages, each in a browser of its own (no cookie is shared); what `Watch` sees in any fails the test.

    ``watched(width=NARROW, scheme="dark")``; further arguments are those of Playwright's ``new_context``.
    """
    watches = []

    def opened(**others: Any) -> Page:
        watches.append(Watch.of(browser, **others))
        return watches[-1].context.new_page()

    yield opened
    for watch in watches:
        watch.context.close()
    fail_for(fault for watch in watches for fault in watch.faults)


@pytest.fixture(scope="session")
def usual(browser: Browser) -> Iterator[Watch]:
    """What `page` is opened in: the scripts of Streamlit are loaded and compiled once for all tests."""
    watch = Watch.of(browser)
    yield watch
    watch.context.close()


@pytest.fixture
def page(usual: Watch) -> Iterator[Page]:
    """A page that fails the test if it asked another host for anything, failed at something or opened a dialog.

    It finds nothing that a page of another test left behind, but for files that the browser remembers.
    """
    yield usual.context.new_page()
    for left in usual.context.pages:
        left.evaluate("() => { if (location.protocol.startsWith('http')) localStorage.clear() }")
        left.close()
    usual.context.clear_cookies()
    usual.context.clear_permissions()
    faults, usual.faults = usual.faults, []
    fail_for(faults)


def fail_for(faults: Iterable[str]) -> None:
    """Fail the test, if anything was seen that must not happen."""
    if told := "\n".join(faults):
        pytest.fail(told)


class Watch:
    """What must not happen in any page of a browser, as it happens: a line each in ``faults``.

    These are requests (of whatever kind, WebSockets too) to another host, answers of 400 and above, requests that
    fail, errors told to the console, errors that nothing catches, and dialogs.
    """

    def __init__(self, context: BrowserContext) -> None:
        self.context, self.faults = context, list[str]()
        context.set_default_timeout(MOST_MILLISECONDS)
        context.on("request", lambda request: self._asked(request.url))
        context.on("response", lambda answer: self._tell(answer.status >= 400, f"{answer.status}", answer.url))
        context.on("requestfailed", lambda request: self._failed(request.url, request.failure))
        context.on("console", self._printed)
        context.on("weberror", lambda error: self._tell(True, f"error: {error.error}"))
        context.on("dialog", self._opened)
        context.on("page", lambda page: page.on("websocket", lambda socket: self._asked(socket.url)))

    @classmethod
    def of(
        cls, browser: Browser, width: int = WIDE, height: int = 900, scheme: Scheme = "light", **others: Any
    ) -> Self:
        """A browser of its own with a window of this size; nothing is kept from another one."""
        return cls(browser.new_context(viewport={"width": width, "height": height}, color_scheme=scheme, **others))

    def _asked(self, address: str) -> None:
        away = not address.startswith(("data:", "blob:", "file:", "about:")) and urlsplit(address).hostname != HERE
        self._tell(away, "asks another host", address)

    def _opened(self, dialog: Dialog) -> None:
        self._tell(True, f"dialog: {dialog.message}")
        dialog.dismiss()

    def _failed(self, address: str, why: str | None) -> None:
        # What is under way when a page is left is given up, as it should be.
        self._tell(why != "net::ERR_ABORTED", str(why), address)

    def _printed(self, message: ConsoleMessage) -> None:
        self._tell(message.type == "error", f"console: {message.text}", message.location.get("url", ""))

    def _tell(self, wrong: bool, fault: str, address: str = "") -> None:
        if wrong and not _PROBE.fullmatch(urlsplit(address).path):
            self.faults.append(f"{fault} {address}".strip())


def settled(page: Page) -> None:
    """Wait until the app has nothing more to do: its script has run, and no part of the page is stale."""
    page.locator('[data-testid="stApp"][data-test-script-state="notRunning"]').wait_for()
