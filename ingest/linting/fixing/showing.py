"""How changes are shown: a file before and after as a unified diff, and what was done in lines."""

from __future__ import annotations

import difflib

from ingest.references.decoding import encoding


def diff(name: str, before: bytes, after: bytes) -> str:
    """The change of a text file as a unified diff, for people to read; empty where nothing changed."""
    mark, codec = encoding(before)
    old, new = (one[mark:].decode(codec, "replace").splitlines() for one in (before, after))
    return "\n".join(difflib.unified_diff(old, new, name, name, lineterm=""))
