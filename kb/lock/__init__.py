"""The evidence lock: what is known about the evidence, in a file fit for git, and an audit out of that file alone.

Pure: text in, text out. ``ingest.commands.lock`` reads and writes the file and asks the registries.
"""

from __future__ import annotations

from kb.lock.changes import changes, misfits
from kb.lock.frozen import NOT_LOCKED, Frozen
from kb.lock.making import complete, lock_of, without
from kb.lock.records import EMPTY, FILE, Lock
from kb.lock.text import LARGEST, read, to_json

__all__ = [
    "EMPTY",
    "FILE",
    "LARGEST",
    "NOT_LOCKED",
    "Frozen",
    "Lock",
    "changes",
    "complete",
    "lock_of",
    "misfits",
    "read",
    "to_json",
    "without",
]
