"""What auditing loads at its first use, loaded once: in the process that makes the runs of `benchmarks.reliability`.

Without it a run loads for most of its time, and is seldom killed while it writes.
"""

from __future__ import annotations

import tempfile
from pathlib import Path

import requests  # noqa: F401 loaded when a registry is asked for the first time

from benchmarks._audits import articles
from ingest.pipeline import audit_file
from ingest.resolve.unasked import unasked
from kb import KnowledgeBase
from kb.settings import Settings
from kb.store.cache import Cache

with tempfile.TemporaryDirectory() as folder:
    first = min(articles(Path(folder)).glob("*.md"))
    audited = audit_file(first, first.name, Settings(), resolver=lambda references, *_: unasked(references))
    with Cache.open(str(Path(folder) / "cache.db")), KnowledgeBase.open(Path(folder) / "knowledge.db") as base:
        base.add(audited)
