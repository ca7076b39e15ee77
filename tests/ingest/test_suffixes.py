"""The suffixes of bibliographies are those that are read."""

from __future__ import annotations

from ingest.naming import BIBLIOGRAPHIES
from ingest.references.formats import FORMATS


def test_the_suffixes_are_those_that_are_read() -> None:
    assert FORMATS.keys() == BIBLIOGRAPHIES
