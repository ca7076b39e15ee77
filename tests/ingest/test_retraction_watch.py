"""The file of Retraction Watch, in both layouts, as users have it and as nobody should."""

from __future__ import annotations

import csv
import gzip
import io
import re
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.resolve import retraction_watch
from kb.errors import BibliographyError
from kb.model import Notice
from tests.registry_samples import loaded

COLUMNS = (
    *("Record ID", "Title", "RetractionDate", "RetractionDOI", "RetractionPubMedID", "OriginalPaperDate"),
    *("OriginalPaperDOI", "OriginalPaperPubMedID", "RetractionNature", "Reason", "Notes"),
)


def table(*rows: dict[str, str]) -> bytes:
    out = io.StringIO()
    writer = csv.DictWriter(out, COLUMNS, restval="")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode()


ROW = {
    "Title": "Heat, cold and Ménard",
    "RetractionDate": "2/6/2010 0:00",
    "RetractionDOI": "10.1000/Note",
    "OriginalPaperDOI": "10.1000/ABC",
    "OriginalPaperPubMedID": "12345.0",
    "RetractionNature": "Retraction",
    "Reason": "+Concerns/Issues About Data;+Unreliable Results;;+Unreliable Results;",
}
NOTICE = Notice(
    kind="retraction",
    said_by=("Retraction Watch",),
    date="2010-02-06",
    doi="10.1000/note",
    reasons=("Concerns/Issues About Data", "Unreliable Results"),
)


@pytest.mark.parametrize(
    "content",
    [
        table(ROW),
        b"\xef\xbb\xbf" + table(ROW),
        table(ROW).decode().encode("cp1252"),
        gzip.compress(table(ROW)),
        table(ROW).replace(b"\r\n", b"\n"),
    ],
    ids=["utf-8", "with a mark", "windows", "gzip", "unix"],
)
def test_the_whole_database_is_read_by_doi_and_pubmed_id(content: bytes, tmp_path: Path) -> None:
    file = tmp_path / "retractions.csv"
    file.write_bytes(content)
    assert (
        retraction_watch.read(file)
        == retraction_watch.read(content)
        == {
            "10.1000/abc": (NOTICE,),
            "12345": (NOTICE,),
        }
    )


def test_notices_of_one_work_are_gathered_and_rows_without_an_identifier_are_passed_over() -> None:
    concern = ROW | {"RetractionNature": "Expression of concern", "RetractionDate": "1/31/2009 0:00", "Reason": ""}
    unknown = ROW | {"OriginalPaperDOI": "unavailable", "OriginalPaperPubMedID": "0.0"}
    odd = ROW | {"RetractionNature": "Applause", "OriginalPaperDOI": "10.1000/odd", "OriginalPaperPubMedID": ""}
    found = retraction_watch.read(table(ROW, concern, ROW, unknown, odd))
    assert found["10.1000/abc"] == (
        NOTICE,
        Notice(kind="expression of concern", said_by=("Retraction Watch",), date="2009-01-31", doi="10.1000/note"),
    )
    assert set(found) == {"10.1000/abc", "12345"}


@pytest.mark.parametrize(
    ("cell", "date"),
    [("7/12/2023 0:00", "2023-07-12"), ("13/1/2023", None), ("2023-07-12", None), ("", None), ("1/1/20233", None)],
)
def test_dates_are_read_month_first(cell: str, date: str | None) -> None:
    (notice,) = retraction_watch.read(table(ROW | {"RetractionDate": cell}))["10.1000/abc"]
    assert notice.date == date


def test_the_list_of_natures_is_read() -> None:
    found = retraction_watch.read(
        b"doi,nature\n10.1000/A,Retraction;Expression of concern\n10.1000/b,Reinstatement\nx,y\n"
    )
    assert {doi: [notice.kind for notice in notices] for doi, notices in found.items()} == {
        "10.1000/a": ["retraction", "expression of concern"],
        "10.1000/b": ["reinstatement"],
    }


def test_a_quoted_cell_may_hold_line_breaks_and_commas() -> None:
    assert set(retraction_watch.read(table(ROW | {"Notes": 'a,\n"b"\r\nc'}))) == {"10.1000/abc", "12345"}


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"", "none of the columns"),
        (b"title,year\nA,2016\n", "none of the columns"),
        (b"\x00\x01\x02", "none of the columns"),
        (b"\x1f\x8bnot gzip at all", "cannot be read"),
        (gzip.compress(table(ROW))[:-20], "cannot be read"),
        (gzip.compress(b"doi,nature\n" + b"x" * 5_000_000), "larger"),
        (b"doi,nature\n" + b"x" * 200_000, "cannot be read"),
    ],
    ids=["empty", "other", "binary", "no gzip", "cut gzip", "long line", "long cell"],
)
def test_what_is_no_such_file_is_told_in_one_line(content: bytes, problem: str) -> None:
    with pytest.raises(BibliographyError, match=problem) as raised:
        retraction_watch.read(content)
    assert "\n" not in str(raised.value)


def test_a_file_that_grows_without_end_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(retraction_watch, "MOST_CHARACTERS", 1000)
    with pytest.raises(BibliographyError, match="larger"):
        retraction_watch.read(b"doi,nature\n" + b"10.1000/a,Retraction\n" * 100)


@pytest.mark.parametrize("name", ["missing.csv", "."])
def test_a_missing_file_and_a_folder_are_told_by_name(name: str, tmp_path: Path) -> None:
    with pytest.raises(BibliographyError, match="cannot be read") as raised:
        retraction_watch.read(tmp_path / name)
    assert str(raised.value).startswith((tmp_path / name).name)
    assert str(tmp_path.parent) not in str(raised.value)


@given(st.binary(max_size=300))
def test_any_bytes_give_notices_or_one_line(content: bytes) -> None:
    for start in (b"", b"doi,nature\n", table(), b"\x1f\x8b"):
        try:
            assert isinstance(retraction_watch.read(start + content), dict)
        except BibliographyError as error:
            assert "\n" not in str(error)


def test_the_recorded_sample(shared: Path) -> None:
    file = shared / "data/retraction/retraction-watch-sample.csv"
    if not file.is_file():
        pytest.skip("no sample of Retraction Watch in the shared data")
    with file.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    found = retraction_watch.read(file)
    for row in rows:
        (notice,) = found[row["OriginalPaperDOI"].lower()]
        assert (notice.kind, notice.doi) == ("retraction", row["RetractionDOI"].lower())
        month, day, year = re.split("[/ ]", row["RetractionDate"])[:3]
        assert notice.date == f"{year}-{int(month):02}-{int(day):02}"
        assert len(notice.reasons) == len({one for one in row["Reason"].split(";") if one})


def test_the_recorded_list_of_natures(shared: Path) -> None:
    file = shared / "data/retraction/retractionwatch_doi_nature.csv.gz"
    if not file.is_file():
        pytest.skip("no list of natures in the shared data")
    with gzip.open(file, "rt", encoding="utf-8", newline="") as lines:
        rows = [row for row in csv.DictReader(lines) if row["doi"].startswith("10.")]
    found = retraction_watch.read(file)
    kinds = Counter(notice.kind for notices in found.values() for notice in notices)
    assert kinds == Counter(kind for row in rows for kind in set(row["nature"].lower().split(";")))
    assert set(found) == {row["doi"].lower() for row in rows}


def test_the_recorded_retraction_is_told(shared: Path) -> None:
    folder = shared / "data/registry-responses/one-retraction-many-registries/mock-xera-doi"
    paths = list(folder.rglob("advanced-*.json"))
    if not paths:
        pytest.skip("no recorded retraction in the shared data")
    rows = []
    for record in loaded(paths[0])["items"]:
        year, month, day = record["retraction_date"][:10].split("-")
        rows.append(
            {
                "RetractionDate": f"{int(month)}/{int(day)}/{year} 0:00",
                "RetractionDOI": record["retraction_doi"],
                "OriginalPaperDOI": record["original_paper_doi"],
                "OriginalPaperPubMedID": record["original_paper_pubmed_id"],
                "RetractionNature": record["retraction_nature"],
            }
        )
    notices = retraction_watch.read(table(*rows))["9500320"]
    assert [(notice.kind, notice.date) for notice in notices] == [
        ("retraction", "2010-02-06"),
        ("correction", "2004-03-06"),
    ]
