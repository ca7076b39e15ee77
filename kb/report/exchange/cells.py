"""Tables as CSV and as Parquet, written piece by piece.

A spreadsheet takes a cell of CSV that begins with ``=``, ``+``, ``-`` or ``@`` for a formula and runs it, also behind
blanks (OWASP, "CSV Injection"): such a cell gets an apostrophe before it. Parquet has types, and keeps every value.
"""

from __future__ import annotations

import re
from importlib import import_module
from typing import TYPE_CHECKING, Any, BinaryIO, Protocol

if TYPE_CHECKING:
    import pandas

    from kb.report.columns import Columns

_FORMULA = re.compile(r"[\s\x00-\x20\ufeff\u200b-\u200f\u2060]*[=+\-@＝＋－＠]|[\t\r]")
_BREAK = re.compile(r"\r\n?")
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f]")


class Sheet(Protocol):
    """A table that is being written."""

    def add(self, piece: pandas.DataFrame) -> None:
        """Write some more rows."""
        ...

    def close(self) -> None:
        """Write what ends the table; the file stays open."""
        ...


def sheet(form: str, file: BinaryIO, columns: Columns) -> Sheet:
    """A table of these columns that is written to a file as ``csv`` or ``parquet``."""
    return _Parquet(file, columns) if form == "parquet" else _Csv(file)


def cell(value: str) -> str:
    r"""A cell of CSV that no spreadsheet runs, with line feeds as its only line breaks.

    >>> cell("=1+1"), cell(" \t@SUM"), cell("a-b")
    ("'=1+1", "' \t@SUM", 'a-b')
    """
    safe = f"'{value}" if _FORMULA.match(value) else value
    return _CONTROL.sub("\N{REPLACEMENT CHARACTER}", _BREAK.sub("\n", safe))


class _Csv:
    """UTF-8, commas, quotation marks where needed; lists are joined by "; "."""

    def __init__(self, file: BinaryIO) -> None:
        self._file, self._begun = file, False

    def add(self, piece: pandas.DataFrame) -> None:
        told = piece.copy()
        for name, kind in piece.dtypes.items():
            if kind == "object":
                told[name] = [cell("; ".join(value)) for value in piece[name]]
            elif kind == "string":
                told[name] = piece[name].map(cell, na_action="ignore")
        text = told.to_csv(index=False, header=not self._begun, lineterminator="\n")
        self._file.write(text.encode("utf-8", "replace"))
        self._begun = True

    def close(self) -> None:
        pass


class _Parquet:
    def __init__(self, file: BinaryIO, columns: Columns) -> None:
        self._arrow: Any = import_module("pyarrow")  # it tells no types
        types = {
            "string": self._arrow.string(),
            "Int64": self._arrow.int64(),
            "Float64": self._arrow.float64(),
            "bool": self._arrow.bool_(),
            "object": self._arrow.list_(self._arrow.string()),
        }
        self._schema = self._arrow.schema([(name, types[kind]) for name, kind in columns])
        self._writer: Any = import_module("pyarrow.parquet").ParquetWriter(file, self._schema)

    def add(self, piece: pandas.DataFrame) -> None:
        told = self._arrow.Table.from_pandas(piece, schema=self._schema, preserve_index=False)
        self._writer.write_table(told.replace_schema_metadata(None))

    def close(self) -> None:
        self._writer.close()
