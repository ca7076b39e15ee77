"""Workbooks and archives of CSV: the tables, each value of its type, nothing that a spreadsheet would run."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

import msgspec
import pandas
import pytest

from kb.base import KnowledgeBase
from kb.errors import UsageError
from kb.report import spreadsheet
from kb.report.columns import STATEMENT_COLUMNS
from kb.report.spreadsheet import csv_archive, workbook
from kb.report.tables import COLUMNS, frame, statement_rows
from tests.payloads import PAYLOADS
from tests.samples import DAILY, sample_audit

WHOLE = [payload for name, payload in PAYLOADS.items() if name != "half a character"]
"""Those that a table can hold."""
_S = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


@pytest.fixture
def base(tmp_path: Path) -> Iterator[KnowledgeBase]:
    with KnowledgeBase.open(tmp_path / "knowledge.db") as opened:
        opened.add(sample_audit())
        yield opened


def sheets(book: bytes) -> dict[str, ElementTree.Element]:
    """The sheets by name, in order."""
    with zipfile.ZipFile(io.BytesIO(book)) as archive:
        names = re.findall(r'<sheet name="([^"]+)"', archive.read("xl/workbook.xml").decode())
        return {
            name: ElementTree.fromstring(archive.read(f"xl/worksheets/sheet{at}.xml"))
            for at, name in enumerate(names, 1)
        }


def cells(sheet: ElementTree.Element) -> list[list[tuple[str, str]]]:
    """Rows of cells: the type and the text of each."""
    return [
        [(cell.get("t", "n"), "".join(cell.itertext())) for cell in row.iter(f"{_S}c")]
        for row in sheet.iter(f"{_S}row")
    ]


def _table(text: str) -> pandas.DataFrame:
    audit = sample_audit()
    told = tuple(msgspec.structs.replace(one, text=text) for one in audit.statements)
    return frame(statement_rows(msgspec.structs.replace(audit, statements=told)), STATEMENT_COLUMNS)


def statements(text: str) -> list[list[tuple[str, str]]]:
    """The sheet of statements of the sample with other words."""
    return cells(sheets(workbook([("statements", _table(text))]))["statements"])


def test_there_is_a_sheet_for_each_table_with_a_header_that_stays_and_filters(base: KnowledgeBase) -> None:
    made = sheets(workbook(base.tables()))
    assert set(made) == set(COLUMNS)
    for name, sheet in made.items():
        assert [text for _, text in cells(sheet)[0]] == [column for column, _ in COLUMNS[name]]
        (pane,) = sheet.iter(f"{_S}pane")
        assert (pane.get("ySplit"), pane.get("state")) == ("1", "frozen")
        assert list(sheet.iter(f"{_S}autoFilter"))
        assert list(sheet.iter(f"{_S}col"))


def test_values_keep_their_types(base: KnowledgeBase) -> None:
    _, *rows = cells(sheets(workbook(base.tables()))["statements"])
    (daily,) = (row for row in rows if ("inlineStr", DAILY) in row)
    assert ("n", "3") in daily
    assert ("b", "1") in daily
    assert ("inlineStr", "number; frequency") in daily


def test_the_same_tables_give_the_same_bytes(base: KnowledgeBase) -> None:
    assert workbook(base.tables()) == workbook(base.tables())
    assert csv_archive(base.tables()) == csv_archive(base.tables())


def test_no_abstract_leaves(base: KnowledgeBase) -> None:
    with zipfile.ZipFile(io.BytesIO(workbook(base.tables()))) as archive:
        written = b"".join(archive.read(name) for name in archive.namelist())
    assert b"84 adults drank" not in written
    assert b"Brindleweed" in written


@pytest.mark.parametrize("payload", [*WHOLE, "=1+1", "@SUM(A1)", "+1", "-1", "http://evil.example", "<f>1</f>"])
def test_hostile_text_is_text(payload: str) -> None:
    rows = statements(payload)
    assert {kind for row in rows for kind, _ in row} <= {"n", "b", "inlineStr"}
    with zipfile.ZipFile(io.BytesIO(workbook([("statements", _table(payload))]))) as archive:
        assert "xl/worksheets/_rels/sheet1.xml.rels" not in archive.namelist()
        assert b"<f>" not in archive.read("xl/worksheets/sheet1.xml")


def test_what_no_cell_holds_is_cut() -> None:
    (_, first, *_) = statements("x" * 40_000)
    assert max(len(text) for _, text in first) == spreadsheet.LONGEST


def test_more_rows_than_a_sheet_takes_is_an_error_in_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spreadsheet, "MOST_ROWS", 4)
    with pytest.raises(UsageError, match="the table of statements has more rows than a sheet takes"):
        statements("x")


def test_an_archive_holds_the_tables_as_csv_that_runs_nothing(base: KnowledgeBase) -> None:
    with zipfile.ZipFile(io.BytesIO(csv_archive([("statements", _table("=1+1"))]))) as archive:
        assert archive.namelist() == ["statements.csv"]
        rows = list(csv.DictReader(io.StringIO(archive.read("statements.csv").decode())))
    assert {row["text"] for row in rows} == {"'=1+1"}
    with zipfile.ZipFile(io.BytesIO(csv_archive(base.tables()))) as archive:
        assert {name.removesuffix(".csv") for name in archive.namelist()} == set(COLUMNS)
