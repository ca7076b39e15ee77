"""The tables for people who open them in a spreadsheet: one XLSX workbook, or an archive of CSV files.

Every value of a workbook has a type, so no text is ever run as a formula or followed as a link; in CSV, which has no
types, `kb.report.exchange.cells` sees to that.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterable, Sequence
from datetime import datetime
from importlib import import_module
from io import BytesIO
from typing import TYPE_CHECKING, Any

from kb.errors import UsageError
from kb.report.exchange.cells import Sheet, sheet
from kb.report.tables import COLUMNS

if TYPE_CHECKING:
    import pandas

MOST_ROWS = 1_048_576
"""Rows of a sheet, with its header, and"""
LONGEST = 32_767
"""characters of a cell: the bounds of XLSX (Microsoft, "Excel specifications and limits")."""
_OLDEST = datetime(1980, 1, 1)
"""When everything was made: the same tables give the same bytes."""
_WIDTHS = (10, 60)
"""Of columns, in characters: at least, at most."""
_LOOKED_AT = 200
"""Rows by which the width of a column is chosen."""
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f\ufffe\uffff]")
_OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "nan_inf_to_errors": True,
}


def workbook(pieces: Iterable[tuple[str, pandas.DataFrame]]) -> bytes:
    """Tables as a workbook: a sheet for each, with a header that stays in sight and can be filtered by.

    Parameters
    ----------
    pieces
        As `kb.report.exchange.outgoing.tabled` gives them.

    Raises
    ------
    UsageError
        A table has more rows than a sheet takes.
    """
    made: Any = import_module("xlsxwriter")  # it tells no types
    file = BytesIO()
    with made.Workbook(file, _OPTIONS) as book:
        book.set_properties({"created": _OLDEST, "author": "evidence-kb"})
        sheets: dict[str, _Rows] = {}
        for name, piece in pieces:
            if name not in sheets:
                sheets[name] = _Rows(book, name, list(piece.columns))
            sheets[name].add(piece)
        for rows in sheets.values():
            rows.close()
    return file.getvalue()


def csv_archive(pieces: Iterable[tuple[str, pandas.DataFrame]]) -> bytes:
    """The tables as CSV files in a ZIP archive."""
    files: dict[str, BytesIO] = {}
    sheets: dict[str, Sheet] = {}
    for name, piece in pieces:
        if name not in sheets:
            files[name] = BytesIO()
            sheets[name] = sheet("csv", files[name], COLUMNS[name])
        sheets[name].add(piece)
    made = BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, file in files.items():
            told = zipfile.ZipInfo(f"{name}.csv", _OLDEST.timetuple()[:6])
            archive.writestr(told, file.getvalue(), zipfile.ZIP_DEFLATED)
    return made.getvalue()


class _Rows:
    """A sheet that is being written, row by row."""

    def __init__(self, book: Any, name: str, columns: Sequence[str]) -> None:
        self._name, self._columns = name, columns
        self._sheet = book.add_worksheet(name)
        self._sheet.freeze_panes(1, 0)
        bold = book.add_format({"bold": True})
        self._widths = [max(_WIDTHS[0], len(column) + 4) for column in columns]
        for at, column in enumerate(columns):
            self._sheet.write_string(0, at, column, bold)
        self._row = 1

    def add(self, piece: pandas.DataFrame) -> None:
        told = piece.astype(object).where(piece.notna(), None)
        for values in told.itertuples(index=False, name=None):
            if self._row >= MOST_ROWS:
                problem = f"the table of {self._name} has more rows than a sheet takes ({MOST_ROWS - 1:,})"
                raise UsageError(problem, remedy="take --format csv or parquet, or name some articles")
            for at, value in enumerate(values):
                self._write(at, value)
            self._row += 1

    def close(self) -> None:
        self._sheet.autofilter(0, 0, self._row - 1, len(self._columns) - 1)
        for at, width in enumerate(self._widths):
            self._sheet.set_column(at, at, min(width, _WIDTHS[1]))

    def _write(self, at: int, value: Any) -> None:
        if value is None:
            return
        if isinstance(value, bool):
            self._sheet.write_boolean(self._row, at, value)
        elif isinstance(value, (int, float)):
            self._sheet.write_number(self._row, at, value)
        else:
            self._text(at, value if isinstance(value, str) else "; ".join(value))

    def _text(self, at: int, value: str) -> None:
        told = _CONTROL.sub("\N{REPLACEMENT CHARACTER}", value).encode("utf-8", "replace").decode()
        if len(told) > LONGEST:
            told = f"{told[: LONGEST - 2]} …"
        if told:
            self._sheet.write_string(self._row, at, told)
        if self._row <= _LOOKED_AT:
            self._widths[at] = max(self._widths[at], len(told))
