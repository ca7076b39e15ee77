"""The bibliography of an article: its own reference list, and the ``.bib`` beside it, as ``Reference`` records."""

from __future__ import annotations

from ingest.entry import source_id
from ingest.references.bibtex import read_bibtex
from ingest.references.listed import completed, parse_reference_list
from ingest.references.merge import Merged, merge

__all__ = ["Merged", "completed", "merge", "parse_reference_list", "read_bibtex", "source_id"]
