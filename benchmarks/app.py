"""How long people wait for the app, and how much memory it takes, as a browser and the system see it.

``python -m benchmarks.app [--articles 10000] [--statements 2000] [--sessions 10] [--passes 7] [--json]``. All that is
shown is synthetic (``benchmarks/_synthetic.py``). The peer of the first visit to an article is Streamlit's own hello
page, served and opened in the same way. The time of a click is told twice: how long the server takes, and how much
of that a processor works for it, which does not grow when other programs keep the machine busy. Memory is that of the
server while readers look at a knowledge base of so many articles of 30 statements, each reader at every kind of page.
"""

from __future__ import annotations

import statistics
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from urllib.parse import urlencode

import psutil  # type: ignore[import-untyped]
import streamlit
from playwright.sync_api import Browser, sync_playwright

from benchmarks import _app_browser as measure
from benchmarks._app_memory import read_together, resident, watching
from benchmarks._front import Figure, command, show
from benchmarks._synthetic import audit, audits
from benchmarks._synthetic_sources import Works
from kb import KnowledgeBase
from kb.graph import build_graph
from kb.model import Audit
from kb.view.drawn.scenes import of_article
from tests.browser_fixtures import BROWSER_FLAGS, PROJECT, Server, find_browser, run_streamlit, settled

SEED = 7
SHORT = 100
"""Statements of the article whose first visit is measured."""
DRAWN = 1.15
"""The article that is drawn has as many times the statements of the one that is clicked on: 2,000 nodes of 2,000."""
HELLO = Path(streamlit.__file__).parent / "hello" / "streamlit_app.py"
_QUIET = {"STREAMLIT_BROWSER_GATHER_USAGE_STATS": "false"}
STATEMENT, EVIDENCE = "a.statement", "[aria-label=Evidence]"


def main(arguments: Sequence[str] | None = None, browser: Browser | None = None) -> None:
    """Print the figures, as they are in a browser that runs, or in one of its own."""
    parser = command(__doc__)
    parser.add_argument("--articles", type=int, default=10_000, help="of the knowledge base that readers share")
    parser.add_argument("--statements", type=int, default=2000, help="of the article that is clicked on")
    parser.add_argument("--sessions", type=int, default=10, help="readers at the same time")
    parser.add_argument("--passes", type=int, default=7, help="how often each page is opened; three clicks for each")
    given = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as made, running(browser) as opened:
        found = [*waiting(opened, Path(made), given.statements, given.passes)]
        found += memory(opened, Path(made), given.articles, given.sessions)
    show(found, as_json=given.json)


@contextmanager
def running(browser: Browser | None) -> Iterator[Browser]:
    """A browser that runs already, or else one that is closed at the end of the block."""
    if browser:
        yield browser
        return
    with sync_playwright() as driver, driver.chromium.launch(executable_path=find_browser(), args=BROWSER_FLAGS) as own:
        yield own


def waiting(browser: Browser, folder: Path, statements: int, passes: int) -> Iterator[Figure]:
    """What a reader of one article waits for."""
    works = Works(200, SEED)
    short, long, drawn = (
        audit(works, number, length) for number, length in enumerate((SHORT, statements, int(statements * DRAWN)))
    )
    path = folder / "articles.db"
    with KnowledgeBase.open(path) as base:
        base.add_all((short, long, drawn))
    with serving(path) as app, run_streamlit(HELLO, folder, _QUIET) as hello:
        yield from first_visit(browser, address_of(app, short), hello.address, passes)
        yield from click(browser, app, long, 3 * passes)
        yield from drawing(browser, app, drawn, passes)


def serving(path: Path) -> AbstractContextManager[Server]:
    """The app on a knowledge base."""
    return run_streamlit(PROJECT / "app.py", path.parent, {"KB_DATABASE": str(path)})


def address_of(app: Server, shown: Audit, page: str = "") -> str:
    """Where a page shows an article."""
    return f"{app.address}/{page}?{urlencode({'article': shown.article.id})}"


def first_visit(browser: Browser, ours: str, hello: str, passes: int) -> Iterator[Figure]:
    """A first visit, from its beginning until the first statement, or the peer's heading, is in the window."""
    for address, selector in ((ours, STATEMENT), (hello, "h1")):
        measure.first_seen(browser, address, selector)  # what only the first visitor of a server waits for
    both = [
        (measure.first_seen(browser, ours, STATEMENT), measure.first_seen(browser, hello, "h1")) for _ in range(passes)
    ]
    app, peer = (statistics.median(times) / 1000 for times in zip(*both, strict=True))
    yield Figure(name=f"first visit, {SHORT} statements: seconds", value=app, peer=f"hello {peer:.2f}")
    yield Figure(name="first visit / Streamlit's hello", value=app / peer, target="<= 1.5", peer="1")


def click(browser: Browser, app: Server, shown: Audit, times: int) -> Iterator[Figure]:
    """Clicks on statements all over an article."""
    count = len(shown.statements)
    with measure.visitor(browser) as context:
        page = context.new_page()
        page.goto(address_of(app, shown))
        page.locator(STATEMENT).last.wait_for()
        settled(page)
        places = [count * one // times for one in range(times)]
        list(measure.clicks(page, STATEMENT, EVIDENCE, places[:1]))
        before = worked(app)
        made = list(measure.clicks(page, STATEMENT, EVIDENCE, places[1:]))
        work = (worked(app) - before) * 1000 / len(made)
    name = f"click, {count:,} statements"
    server = [one.server for one in made]
    yield Figure(name=f"{name}: ms of the server, median", value=statistics.median(server), target="<= 150")
    yield Figure(name=f"{name}: ms of the server, slowest", value=max(server))
    yield Figure(name=f"{name}: ms of processor on the server, mean", value=work)
    yield Figure(name=f"{name}: ms until it is shown, median", value=statistics.median(one.shown for one in made))


def worked(app: Server) -> float:
    """Seconds that processors have worked for a server."""
    times = psutil.Process(app.process).cpu_times()
    return float(times.user + times.system)


def drawing(browser: Browser, app: Server, shown: Audit, passes: int) -> Iterator[Figure]:
    """A graph that is opened, and panned as soon as it is there."""
    scene = of_article(build_graph([shown]), shown.article.id, {}, all_statements=False)
    address = address_of(app, shown, "graph")
    measure.graph(browser, address)
    drawn, moved, frames = (
        statistics.median(values)
        for values in zip(*(measure.graph(browser, address) for _ in range(passes)), strict=True)
    )
    name = f"graph, {len(scene.nodes):,} nodes"
    yield Figure(name=f"{name}: seconds until it is drawn", value=drawn / 1000)
    yield Figure(name=f"{name}: seconds until it moved", value=moved / 1000, target="<= 3")
    yield Figure(name=f"{name}: frames a second while it moves", value=frames, peer="60 at most")


def memory(browser: Browser, folder: Path, articles: int, sessions: int) -> Iterator[Figure]:
    """Readers of a large knowledge base, one after the other through every kind of page, none of whom leaves."""
    path = folder / "many.db"
    with KnowledgeBase.open(path) as base:
        base.add_all(audits(articles, SEED))
        names = [article.id for article in base.articles()]
    with serving(path) as app:
        empty = resident(app.process)
        with watching(app.process) as peak:
            read_together(browser, app.address, names[:: max(1, articles // sessions)][:sessions])
    name = f"{sessions} sessions, {articles:,} articles"
    yield Figure(name="MB of the server before anybody comes", value=empty)
    yield Figure(name=f"{name}: MB of the server at most", value=peak.megabytes, target="<= 1000")


if __name__ == "__main__":
    main()
