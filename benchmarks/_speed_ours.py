"""The part of the audit that is compared for speed, as a process of its own: read, split into sentences, link."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from ingest.bibliography import gather_references
from ingest.citations import find_citations
from ingest.read import read_file
from kb.language.sentences import sentences
from kb.model import AUDITED


def main(path: Path) -> None:
    """Print how many sentences and links the article holds, as JSON."""
    reading = read_file(path, path.name)
    article = reading.article
    audited = [article.text[block.start : block.end] for block in article.blocks if block.kind in AUDITED]
    split = sum(len(sentences(piece)) for piece in audited)
    gathered = gather_references(reading, path)
    citations = find_citations(reading, gathered.references, gathered.aliases)
    print(json.dumps({"sentences": split, "links": sum(len(citation.references) for citation in citations)}))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
