"""What a statement is known by: its words alone, so that it is the same one wherever it stands."""

from __future__ import annotations

import hashlib
from collections import Counter

from kb.language.folding import fold
from kb.language.plain import plain


def fingerprint(text: str, seen: Counter[str]) -> str:
    """Hash of the folded text, and an ordinal among equals: never path, line or section.

    ``seen`` counts the texts of the article so far, and is counted on.
    """
    digest = hashlib.sha256(fold(plain(text).text).encode("utf-8", "replace")).hexdigest()[:16]
    seen[digest] += 1
    return f"{digest}:{seen[digest]}"
