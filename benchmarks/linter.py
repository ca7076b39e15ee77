"""How fast is ``kb check``? Whole processes, side by side with other command-line programs in one run.

``python -m benchmarks.linter [--data PATH] [--json] [--passes 3] [--no-peers]``. The data folder holds ``linking`` (the
.txt articles) and ``manuscripts/deep-review``, whose parts joined are the article of 269 KB. The peers are proselint,
which checks the wording of that article, and manubot, which is asked for its version; they live below
``.venv-peers``. A time is the least of the passes. "All new" is with ``--no-cache``: nothing is known of the articles,
but patterns were compiled by an earlier run on this machine; what a machine's very first run takes is printed too.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from itertools import cycle, islice
from pathlib import Path

from benchmarks import _peers
from benchmarks._front import Figure, command, data_folder, show
from benchmarks.speed import PROSELINT

MANUBOT = "manubot==0.6.1"
MANY, FEW = 1_000, 100
"""Articles of a large project, and of one in which one file changes."""
SLICE = 8_000
"""Characters of an article of these projects, about 1,200 words: a patient leaflet, a page of a guideline."""


class Project:
    """A folder with articles, and the command in it."""

    def __init__(self, folder: Path, caches: Path) -> None:
        self.folder = folder
        folder.mkdir()
        (folder / "kb.toml").touch()
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("KB_", "PYTHON"))}
        self._environment = kept | {"XDG_CACHE_HOME": str(caches)}

    def put(self, name: str, text: str) -> None:
        """Write an article."""
        (self.folder / name).write_text(text, "utf-8")

    def run(self, *arguments: str) -> float:
        """The seconds that a run takes; its findings are thrown away, and only having some is no failure."""
        begun = time.perf_counter()
        done = subprocess.run(
            [_beside("kb"), *arguments],
            cwd=self.folder,
            env=self._environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            check=False,
        )
        taken = time.perf_counter() - begun
        if done.returncode not in (0, 1):
            raise SystemExit(done.stderr.decode("utf-8", "replace"))
        return taken


def _beside(name: str) -> str:
    return str(Path(sys.executable).with_name(name))


def least(passes: int, run: Callable[[], float]) -> float:
    """The least of what some runs take, after one that is not counted."""
    run()
    return min(run() for _ in range(passes))


def peer_seconds(arguments: Sequence[str | Path], passes: int) -> float:
    """The same for another program; it may complain of what it reads."""

    def run() -> float:
        begun = time.perf_counter()
        subprocess.run(arguments, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
        return time.perf_counter() - begun

    return least(passes, run)


def slices(texts: Sequence[str], count: int) -> list[str]:
    """So many articles of ``SLICE`` characters out of the first halves of texts, where the prose is.

    Each is cut at a line, and no two are the same.
    """
    starts = ((text, at) for text in texts for at in range(0, len(text) // 2 - SLICE, SLICE))
    pieces = [text[at : at + SLICE].rpartition("\n")[0] for text, at in starts]
    return [f"Article {number}\n\n{piece}\n" for number, piece in enumerate(islice(cycle(pieces), count), 1)]


def measure(data: Path, folder: Path, passes: int) -> dict[str, float]:
    """Seconds by what was run."""
    articles = sorted((data / "linking").glob("*.txt"))
    texts = [article.read_text("utf-8") for article in articles]
    review = "".join(
        part.read_text("utf-8") for part in sorted((data / "manuscripts/deep-review/content").glob("0*.md"))
    )
    long, many, few, linking = (
        Project(folder / name, folder / "caches") for name in ("long", "many", "few", "linking")
    )
    long.put("review.md", review)
    taken = {"first run": long.run("check", "--no-cache", "review.md")}
    long.run("lock", "--offline", "review.md")
    taken["version"] = least(passes * 3, lambda: long.run("--version"))
    taken["review, all new"] = least(passes, lambda: long.run("check", "--no-cache", "review.md"))
    taken["review, unchanged"] = least(passes, lambda: long.run("check", "review.md"))
    for number, text in enumerate(slices(texts, MANY)):
        many.put(f"{number}.txt", text)
    taken["many, all new"] = many.run("check")
    taken["many, unchanged"] = least(passes, lambda: many.run("check"))
    for article in articles:
        shutil.copy(article, linking.folder)
    taken["linking, all new"] = least(passes, lambda: linking.run("check", "--no-cache"))
    taken["linking, per second"] = len(articles) / taken["linking, all new"]
    for number, text in enumerate(slices(texts, FEW)):
        few.put(f"{number}.txt", text)
    few.run("check")
    taken["one changed"] = min(_one_changed(few, number) for number in range(passes))
    return taken


def _one_changed(project: Project, number: int) -> float:
    file = project.folder / f"{number}.txt"
    file.write_text(file.read_text("utf-8") + "\nA sentence was added, and heat eases knee pain.\n", "utf-8")
    return project.run("check")


def main(arguments: list[str] | None = None) -> None:
    """Print the figures beside those of the peers."""
    parser = command(__doc__)
    data_folder(parser, "data")
    parser.add_argument("--passes", type=int, default=3, help="of how many runs the best counts")
    parser.add_argument("--no-peers", action="store_true", help="measure only our own")
    given = parser.parse_args(arguments)
    notes: list[str] = []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        taken = measure(given.data, folder, given.passes)
        figures = [
            Figure(name="1,000 articles unchanged: seconds", value=taken["many, unchanged"], target="≤ 1.0"),
            Figure(name="1,000 articles all new: seconds", value=taken["many, all new"]),
            Figure(name="121 articles all new: a second", value=taken["linking, per second"], target="≥ 30"),
            Figure(name="one of 100 changed: seconds", value=taken["one changed"], target="≤ 0.5"),
            Figure(name="269 KB unchanged: seconds", value=taken["review, unchanged"]),
            Figure(name="269 KB all new, with a lock: seconds", value=taken["review, all new"]),
            Figure(name="269 KB, first run of a machine: seconds", value=taken["first run"]),
            Figure(name="kb --version: seconds", value=taken["version"]),
        ]
        if not given.no_peers:
            figures += _with_peers(taken, folder / "long" / "review.md", given.passes, notes)
    show(figures, as_json=given.json, notes=notes)


def _with_peers(taken: dict[str, float], review: Path, passes: int, notes: list[str]) -> list[Figure]:
    """The peers' figures, and ours as part of them."""
    figures: list[Figure] = []
    try:
        proselint = peer_seconds(
            [_peers.python("proselint", PROSELINT).with_name("proselint"), "check", review], passes
        )
        parts = {name: taken[f"review, {name}"] / proselint for name in ("unchanged", "all new")}
        figures += [
            Figure(name="269 KB: proselint's seconds", value=proselint),
            Figure(name="269 KB unchanged as part of it", value=parts["unchanged"], target="≤ 0.167", peer="1"),
            Figure(name="269 KB all new as part of it", value=parts["all new"], target="≤ 1", peer="1"),
        ]
    except _peers.PeerError as error:
        notes.append(f"proselint is not there: {error}")
    try:
        program = _peers.python("manubot", MANUBOT).with_name("manubot")
        manubot = peer_seconds([program, "--version"], passes * 3)
        figures += [
            Figure(name="manubot --version: seconds", value=manubot),
            Figure(name="kb --version as part of it", value=taken["version"] / manubot, target="≤ 0.8", peer="1"),
        ]
    except _peers.PeerError as error:
        notes.append(f"manubot is not there: {error}")
    return figures


if __name__ == "__main__":
    main()
