"""The table of suffixes is that of the readers."""

from __future__ import annotations

from ingest.read import READERS
from ingest.references.formats import FORMATS
from ingest.suffixes import ARTICLES, BIBLIOGRAPHIES


def test_the_suffixes_are_those_that_are_read() -> None:
    assert READERS.keys() == ARTICLES.keys()
    assert FORMATS.keys() == BIBLIOGRAPHIES
