"""Articles with waivers in them, audited offline, and what each waiver speaks of."""

from __future__ import annotations

from ingest.pipeline import audit
from ingest.read import read_bytes
from ingest.waivers import waivers_of
from kb.model import Audit
from kb.rules.context import Waiver
from kb.settings import Settings

OFFLINE = Settings(offline=True, as_of="2026-01-01")


def audited(document: str | bytes, kind: str) -> tuple[Audit, tuple[Waiver, ...]]:
    """An article of a kind, such as ".md", and the waivers in it."""
    data = document.encode() if isinstance(document, str) else document
    reading = read_bytes(data, f"article{kind}")
    found = audit(reading, OFFLINE)
    return found, waivers_of(found, reading.remarks)


def spoken_of(document: str | bytes, kind: str) -> dict[str, str]:
    """By the first rule of each waiver the passage that it speaks of, on one line; else what is wrong with it."""
    found, waivers = audited(document, kind)
    return {
        ", ".join(waiver.rules) or "none": waiver.problem
        or " ".join(found.article.text[waiver.start : waiver.end].split())
        for waiver in waivers
    }
