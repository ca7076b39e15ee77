"""Retraction Watch: the file of notices that the user has downloaded, read row by row.

Two layouts are read: the whole database (``OriginalPaperDOI``, ``RetractionNature``, ``Reason`` …, as Crossref
distributes it) and a list of DOIs with what befell them (``doi``, ``nature``). Either may be compressed by gzip.
"""

from __future__ import annotations

import csv
import gzip
import io
import re
import zlib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import BinaryIO

from ingest.resolve import untyped
from kb.errors import BibliographyError
from kb.model import Notice, NoticeKind

NAME = "Retraction Watch"
MOST_CHARACTERS = 200_000_000
"""Characters after decompression; the whole database takes about 65 million."""
LONGEST_LINE = 1_000_000
MOST_REASONS = 40
LONGEST_REASON = 200

KINDS: Mapping[str, NoticeKind] = {
    "retraction": "retraction",
    "expression of concern": "expression of concern",
    "correction": "correction",
    "reinstatement": "reinstatement",
}
"""``RetractionNature`` (Retraction Watch Database User Guide)."""
_LAYOUTS = (("OriginalPaperDOI", "RetractionNature"), ("doi", "nature"))
_REMEDY = "give the CSV file of the Retraction Watch database"


def read(file: Path | bytes) -> dict[str, tuple[Notice, ...]]:
    """The notices about each work: by its DOI and, where the file names it, by its PubMed id.

    Parameters
    ----------
    file
        A path, or the content; UTF-8 or, where it is none, Windows-1252.

    Raises
    ------
    BibliographyError
        A file that cannot be read, or one of another layout.
    """
    place = "the file of retractions" if isinstance(file, bytes) else file.name
    try:
        try:
            return _collected(file, "utf-8-sig", place)
        except UnicodeDecodeError:
            return _collected(file, "cp1252", place)
    except (OSError, EOFError, csv.Error, zlib.error) as error:
        said = error.strerror if isinstance(error, OSError) and error.strerror else "it is no table of text"
        raise BibliographyError(f"cannot be read ({said})", place=place, remedy=_REMEDY) from None


def _collected(file: Path | bytes, encoding: str, place: str) -> dict[str, tuple[Notice, ...]]:
    found: dict[str, dict[Notice, None]] = {}
    with io.BytesIO(file) if isinstance(file, bytes) else file.open("rb") as raw, _text(raw, encoding) as text:
        rows = csv.DictReader(_bounded(text, place))
        layout = next((one for one in _LAYOUTS if set(one) <= set(rows.fieldnames or ())), None)
        if layout is None:
            raise BibliographyError("has none of the columns of Retraction Watch", place=place, remedy=_REMEDY)
        for row in rows:
            notices = dict.fromkeys(_notices(row, row.get(layout[1]) or ""))
            for name in (untyped.doi(row.get(layout[0])), _pmid(row.get("OriginalPaperPubMedID"))):
                if name is not None:
                    found.setdefault(name, {}).update(notices)
    return {name: tuple(notices) for name, notices in found.items() if notices}


def _text(raw: BinaryIO, encoding: str) -> io.TextIOWrapper:
    compressed = raw.read(2) == b"\x1f\x8b"
    raw.seek(0)
    # What Windows-1252 leaves undefined is of no weight here: identifiers and kinds are ASCII.
    errors = "strict" if encoding == "utf-8-sig" else "replace"
    return io.TextIOWrapper(gzip.GzipFile(fileobj=raw) if compressed else raw, encoding, errors, newline="")


def _bounded(text: io.TextIOWrapper, place: str) -> Iterator[str]:
    """The lines of the file, as long as they and their number stay within bounds."""
    left = MOST_CHARACTERS
    while line := text.readline(LONGEST_LINE + 1):
        left -= len(line)
        if left < 0 or len(line) > LONGEST_LINE:
            raise BibliographyError("is larger than such a file can be", place=place, remedy=_REMEDY)
        yield line


def _notices(row: Mapping[str, str], natures: str) -> Iterator[Notice]:
    for nature in natures.split(";"):
        kind = KINDS.get(nature.strip().casefold())
        if kind is not None:
            yield Notice(
                kind=kind,
                said_by=(NAME,),
                date=_date(row.get("RetractionDate") or ""),
                doi=untyped.doi(row.get("RetractionDOI")),
                reasons=tuple(_reasons(row.get("Reason") or "")),
            )


def _reasons(cell: str) -> list[str]:
    named = (" ".join(one.strip(" +").split())[:LONGEST_REASON] for one in cell.split(";"))
    return [one for one in dict.fromkeys(named) if one][:MOST_REASONS]


def _date(cell: str) -> str | None:
    """A date as the database writes it, month first: ``7/12/2023 0:00``."""
    found = re.match(r"(\d{1,2})/(\d{1,2})/(\d{4})(?!\d)", cell.strip())
    if found is None:
        return None
    month, day, year = map(int, found.groups())
    return f"{year:04d}-{month:02d}-{day:02d}" if 1 <= month <= 12 and 1 <= day <= 31 else None


def _pmid(cell: str | None) -> str | None:
    """A PubMed id as the database writes it: ``37476288.0``, and ``0`` for none."""
    return untyped.pmid(re.sub(r"\.0$", "", (cell or "").strip()))
