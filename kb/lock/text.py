"""The lock as text: written in one way, and read without trust."""

from __future__ import annotations

import json

from kb import tracked
from kb.lock.records import SCHEMA_VERSION, Lock

LARGEST = 50_000_000
"""Bytes of a lock that are read."""
FORM = tracked.Form(
    name="evidence lock",
    schema=SCHEMA_VERSION,
    largest=LARGEST,
    damaged="restore it from version control, or delete it and run `kb lock`",
    conflict="solve it, or delete the file and run `kb lock`",
)


def to_json(lock: Lock) -> str:
    """Write a lock; see `kb.tracked.to_json`."""
    return tracked.to_json(lock)


def read(text: str | bytes, place: str) -> Lock:
    """Read the lock in a file of that name; see `kb.tracked.read`.

    Raises
    ------
    ConfigurationError
        It is no lock, or a newer version wrote it.
    """
    return tracked.read(text, place, FORM, Lock, _upgraded)


def _upgraded(schema: int, data: bytes) -> bytes:
    """A lock of schema 1 in schema 2: that a review is one of trials is a trait of its study."""
    if schema != 1:
        return data
    try:
        lock = json.loads(data)
    except (ValueError, RecursionError):
        return data
    for source in lock["sources"].values() if isinstance(lock.get("sources"), dict) else ():
        if isinstance(source, dict) and source.pop("of_trials", None) is True:
            source["study"] = {"traits": [{"kind": "randomized trials", "words": ""}]}
    return json.dumps(lock | {"schema_version": 2}).encode()
