"""People's words in a real browser: two who differ are both heard, and a name is the one that the login tells."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlencode

import msgspec
import pytest

from kb.base import KnowledgeBase
from kb.reviews import FILE, read
from tests.browser_fixtures import HERE, NARROW, serve, settled
from tests.samples import ARTICLE_ID, EASES, sample_audit

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

    from tests.browser_fixtures import Watched

expect = pytest.importorskip("playwright.sync_api").expect

pytestmark = pytest.mark.browser

AT_EASES = urlencode({"article": ARTICLE_ID, "statement": "s2"})
PROXY = "127.0.0.3"
"""Another address of this machine, from which a proxy connects."""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    with KnowledgeBase.open(tmp_path / "knowledge.db") as base:
        base.add(sample_audit())
    return tmp_path / "knowledge.db"


def evidence(page: Page) -> Locator:
    return page.get_by_role("region", name="Evidence", exact=True)


def opened(page: Page, address: str) -> None:
    page.goto(f"{address}/?{AT_EASES}")
    expect(evidence(page)).to_contain_text("supported")
    page.get_by_text("Say what you think of it").click()


def say(page: Page, value: str, why: str, name: str) -> None:
    page.locator("label", has=page.get_by_text(value, exact=True)).click()
    page.get_by_label("Why? One line").fill(why)
    page.get_by_label("Your name").fill(name)
    page.get_by_role("button", name="Keep my word").click()
    expect(page.get_by_text("Your word is kept.")).to_be_visible()


def test_two_people_who_differ_are_both_kept_and_shown_to_both(path: Path, watched: Watched) -> None:
    with serve(path) as address:
        ann, bo = watched(), watched(width=NARROW, scheme="dark")
        opened(ann, address)
        say(ann, "contested", "table 2 says <b>otherwise</b>", "Ann Lee")
        expect(evidence(ann)).to_contain_text("Ann Lee")
        opened(bo, address)
        expect(evidence(bo)).to_contain_text("table 2 says <b>otherwise</b>")
        say(bo, "unsupported", "page 4", "Bo Yu")
        expect(evidence(bo)).to_contain_text("People disagree")
        ann.locator("a.statement", has_text="Studies show").click()
        ann.locator("a.statement", has_text=EASES[:30]).click()
        expect(evidence(ann)).to_contain_text("People disagree")
        expect(evidence(ann)).to_contain_text("page 4")
        ann.reload()
        expect(evidence(ann)).to_contain_text("Bo Yu")
        # What is written beside, as `kb review` does it, is seen at the next click.
        with KnowledgeBase.open(path) as base:
            (of_bo,) = [one for one in base.reviews() if one.person == "Bo Yu"]
            base.say(ARTICLE_ID, [msgspec.structs.replace(of_bo, value="contested")])
        bo.locator("a.statement", has_text="Studies show").click()
        bo.locator("a.statement", has_text=EASES[:30]).click()
        expect(evidence(bo)).to_contain_text("A person's word stands")
    filed = read((path.parent / FILE).read_bytes(), FILE)
    assert sorted((one.person, one.value) for one in filed) == [("Ann Lee", "contested"), ("Bo Yu", "unsupported")]


@contextmanager
def behind_login(path: Path, *options: str) -> Iterator[int]:
    """`kb app` as it is started behind a proxy at ``PROXY``; its port."""
    start = "import sys; from ingest.cli import main; main()"
    command = [sys.executable, "-c", start, "app", "--kb", str(path), "--no-browser", "--proxy", PROXY, *options]
    process = subprocess.Popen(
        command, cwd=path.parent, env=os.environ | {"PYTHONUNBUFFERED": "1"}, stdout=subprocess.PIPE, text=True
    )
    try:
        assert process.stdout
        line = next((line for line in process.stdout if "URL:" in line), "")
        yield int(re.findall(r":(\d+)", line)[-1])
    finally:
        process.kill()
        process.communicate()


@contextmanager
def relay(port: int, source: str, *headers: bytes) -> Iterator[str]:
    """A proxy of our own that connects from an address and adds headers; where it listens."""
    with socket.create_server((HERE, 0)) as listening:

        def serve_all() -> None:
            with suppress(OSError):
                while True:
                    client, _ = listening.accept()
                    threading.Thread(target=pass_on, args=(client,), daemon=True).start()

        def pass_on(client: socket.socket) -> None:
            with suppress(OSError), client, socket.create_connection((HERE, port), source_address=(source, 0)) as app:
                head = b""
                while b"\r\n\r\n" not in head and (more := client.recv(65536)):
                    head += more
                first, _, rest = head.partition(b"\r\n")
                app.sendall(b"\r\n".join([first, *headers, rest]))
                back = threading.Thread(target=pump, args=(app, client), daemon=True)
                back.start()
                pump(client, app)
                back.join()

        def pump(one: socket.socket, other: socket.socket) -> None:
            with suppress(OSError):
                while data := one.recv(65536):
                    other.sendall(data)
                other.shutdown(socket.SHUT_WR)

        threading.Thread(target=serve_all, daemon=True).start()
        yield f"http://{HERE}:{listening.getsockname()[1]}"
        listening.shutdown(socket.SHUT_RDWR)


def test_the_login_names_who_speaks_and_nobody_else_can(path: Path, watched: Watched) -> None:
    with behind_login(path, "--user-header", "X-User", "--base-path", "tools/kb") as port:
        told = ("X-User: Zoë Roe".encode(), b"X-Forwarded-For: 198.51.100.7")
        with relay(port, PROXY, *told) as login:
            page = watched()
            opened(page, f"{login}/tools/kb")
            expect(page.get_by_text("As Zoë Roe")).to_be_visible()
            page.get_by_role("link", name="Questions").click()
            expect(page).to_have_url(re.compile(r"/tools/kb/questions(\?|$)"))
            settled(page)
            page.get_by_role("link", name="Article").first.click()
            expect(evidence(page)).to_contain_text("supported")
            page.close()
        # Whoever comes past the proxy, and says that they are somebody and come from there, is not believed.
        forged = (b"X-User: Zoe", f"X-Forwarded-For: {PROXY}".encode(), f"Forwarded: for={PROXY}".encode())
        with relay(port, HERE, *forged) as past:
            page = watched()
            opened(page, f"{past}/tools/kb")
            expect(page.get_by_text("No word can be given here: you did not come through the login")).to_be_visible()
            expect(page.get_by_role("button", name="Keep my word")).to_have_count(0)
            page.close()
