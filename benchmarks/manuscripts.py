"""Links of real manuscripts in the formats in which their authors keep and publish them.

``python -m benchmarks.manuscripts [--data PATH] [--json]``. Two reviews written with Manubot: as Markdown with citation
keys (the parts joined, with the keys that the back matter defines), as the built web page, and one of them as a Word
file. Counted are links, that is a marker and a reference that it names. Right is a link of Markdown whose reference is
the work that the authors' table of keys says, and a link of a page or Word file that leads to the entry that its own
markup names. The peer is Manubot itself, which made them.
"""

from __future__ import annotations

import csv
import re
import tempfile
from collections import Counter
from pathlib import Path

from benchmarks._front import Figure, options, show
from ingest.bibliography import Gathered, gather_references
from ingest.citations import find_citations
from ingest.citekeys import normal
from ingest.read import read_file
from ingest.reading import Reading
from kb.model import Citation

_HREF = re.compile(r'href="#ref-([^"]+)"')


def linked(path: Path) -> tuple[Reading, Gathered, list[Citation]]:
    """An article with its references and citations."""
    reading = read_file(path, path.name)
    gathered = gather_references(reading, path)
    return reading, gathered, find_citations(reading, gathered.references, gathered.aliases)


def of_markdown(folder: Path) -> tuple[int, int]:
    """Right links of the parts of a manuscript, and the keys that they cite."""
    with (folder / "citations.tsv").open(encoding="utf-8") as file:
        meant = {normal(row["input_id"]): normal(row["standard_id"]) for row in csv.DictReader(file, delimiter="\t")}
    parts = [*sorted(folder.glob("content/0*.md")), folder / "content" / "90.back-matter.md"]
    with tempfile.TemporaryDirectory() as place:
        path = Path(place) / "manuscript.md"
        path.write_text("".join(part.read_text("utf-8") for part in parts if part.exists()), "utf-8")
        reading, gathered, citations = linked(path)
    names = {one.id: {one.id, f"doi:{one.doi}", f"pmid:{one.pmid}"} for one in gathered.references}
    cited = {(one.start, name) for one in citations for name in one.references}
    places = [(key, one.start) for one in reading.keys for key in dict.fromkeys(one.keys) if normal(key) in meant]
    right = sum(
        any((start, name) in cited and meant[normal(key)] in says for name, says in names.items())
        for key, start in places
    )
    return right, len(places)


def of_page(path: Path) -> tuple[int, int]:
    """Right links of a built page, and the links to its list in its markup."""
    _, _, citations = linked(path)
    wanted = Counter(f"ref-{name}" for name in _HREF.findall(path.read_text("utf-8")))
    found = Counter(name for one in citations for name in one.references)
    return sum((wanted & found).values()), sum(wanted.values())


def of_word(path: Path) -> tuple[int, int]:
    """Links of a Word file that are found as citations, and those that its markup holds."""
    reading, gathered, citations = linked(path)
    aliases = dict(gathered.aliases)
    wanted = Counter(aliases.get(name, name) for anchor in reading.anchors for name in anchor.targets)
    found = Counter(name for one in citations for name in one.references)
    return sum((wanted & found).values()), sum(wanted.values())


def main(arguments: list[str] | None = None) -> None:
    """Print how many links are right, of how many."""
    given = options(__doc__, "data/manuscripts", arguments)
    figures: list[Figure] = []
    for folder in sorted(one for one in Path(given.data).iterdir() if one.is_dir()):
        parts = [("Markdown", folder / "content", of_markdown), ("HTML", folder / "index.html", of_page)]
        for name, path, count in [*parts, ("Word", folder / "manuscript.docx", of_word)]:
            if path.exists():
                right, there = count(folder if path.is_dir() else path)
                peer = str(there) if name != "Word" else ""
                figures.append(Figure(name=f"{folder.name} {name}", value=right, target=f"of {there}", peer=peer))
    show(figures, as_json=given.json)


if __name__ == "__main__":
    main()
