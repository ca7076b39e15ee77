"""How fast a large knowledge base is loaded, and how fast its questions are answered.

``python -m benchmarks.graph [--articles 10000] [--json] [--keep FILE]``. The knowledge base is synthetic
(``benchmarks/_synthetic.py``): of 10,000 articles 300,000 statements, 200,000 sources, 2 million citations among them.
Loading is held against bare inserts of the same rows, prepared beforehand, into the same tables with their keys and
indexes (``benchmarks/_graph_loading.py``). Each is also done with a tenth of the articles.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from benchmarks._front import Figure, command, show
from benchmarks._graph_loading import Load, load

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
    parser.add_argument("--keep", type=Path, help="where to leave the knowledge base; it must not be there yet")
    given = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        tenth = load(given.articles // 10, SEED, Path(folder) / "tenth.db")
        whole = load(given.articles, SEED, given.keep or Path(folder) / "whole.db")
        figures = [*loading_figures(whole, tenth, given.articles)]
    show(figures, as_json=given.json)


if __name__ == "__main__":
    main()
