"""The bibliography of an article: its own reference list, and bibliographies in files, as ``Reference`` records."""

from __future__ import annotations

from ingest.entry import source_id
from ingest.references.bibtex import read_bibtex
from ingest.references.formats import FORMATS, HEAD, is_bibtex, looks_like_bibliography, read_bibliography
from ingest.references.listed import completed, parse_reference_list
from ingest.references.merge import Merged, merge
from ingest.references.united import united

__all__ = [
    "FORMATS",
    "HEAD",
    "Merged",
    "completed",
    "is_bibtex",
    "looks_like_bibliography",
    "merge",
    "parse_reference_list",
    "read_bibliography",
    "read_bibtex",
    "source_id",
    "united",
]
