"""The tables: what stands in them, whatever it is that comes from outside, and how they are written."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pandas
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.base import KnowledgeBase
from kb.model import Audit, Concern, NumberCheck
from kb.report import tables
from kb.report.columns import EVIDENCE_COLUMNS, Columns
from kb.report.exchange.cells import cell, sheet
from tests import samples


@pytest.fixture
def base(tmp_path: Path, sample_audit: Audit) -> Iterator[KnowledgeBase]:
    with KnowledgeBase.open(tmp_path / "knowledge.db") as opened:
        opened.add(sample_audit)
        yield opened


def test_evidence_has_one_row_a_line_with_the_place_of_its_statement(base: KnowledgeBase) -> None:
    dreams, eases, pressure = base.evidence().to_dict("records")
    assert [one["statement"] for one in (dreams, eases, pressure)] == ["s1", "s2", "s6"]
    assert (eases["article"], eases["line"]) == (samples.ARTICLE_ID, 3)
    assert (eases["source"], eases["direction"]) == (samples.HARTWELL_SOURCE, "supports")
    assert (eases["level"], eases["quote"]) == (2, "The tea eased morning stiffness.")
    assert eases["numbers"] == ("84: agrees (84)",)
    assert pandas.isna(dreams["quote"])


def test_tables_have_their_columns_and_types_with_and_without_rows(tmp_path: Path, base: KnowledgeBase) -> None:
    full = dict(base.tables())
    with KnowledgeBase.open(tmp_path / "empty.db") as empty:
        bare = dict(empty.tables())
    assert full.keys() == bare.keys() == tables.COLUMNS.keys()
    for name, columns in tables.COLUMNS.items():
        assert list(full[name].columns) == [column for column, _ in columns]
        assert dict(full[name].dtypes) == dict(bare[name].dtypes) == dict(columns)
        assert len(bare[name]) == 0


def test_the_tables_of_some_articles_hold_nothing_of_others(base: KnowledgeBase, sample_audit: Audit) -> None:
    other = msgspec.structs.replace(
        sample_audit, article=msgspec.structs.replace(sample_audit.article, id="other.md"), sources=(), references=()
    )
    base.add(msgspec.structs.replace(other, citations=(), resolutions=(), evidence=(), findings=()))
    found = dict(base.tables("other.md"))
    assert list(found["articles"]["id"]) == ["other.md"]
    assert set(found["statements"]["article"]) == {"other.md"}
    assert len(found["sources"]) == 0


def test_sources_count_the_articles_and_statements_that_use_them(base: KnowledgeBase) -> None:
    sources = dict(base.tables())["sources"].set_index("id")
    assert list(sources["articles"]) == [1, 1, 1, 1]
    assert dict(sources["statements"]) == {
        samples.HARTWELL_SOURCE: 1,
        samples.TERN_SOURCE: 1,
        samples.MARLOW_SOURCE: 1,
        samples.QUILL_SOURCE: 0,
    }
    assert list(sources["retracted"]) == [False, True, False, False]


@pytest.mark.parametrize(
    "hostile",
    [
        "=1+1",
        "+1",
        "-1",
        "@SUM(A1)",
        "\t=1",
        "\r=1",
        " =1",
        "\n\n=1",
        "\u00a0=1",
        "＝1",
        "＋1",
        "－1",
        "＠x",
        "\t",
        "\ufeff=1",
    ],
)
def test_no_cell_of_csv_is_a_formula(hostile: str) -> None:
    assert cell(hostile).startswith("'")


@pytest.mark.parametrize("plain", ["", "a=b", "10.5555/x", "1 - 2", "“=1”", "(-1)"])
def test_cells_that_are_no_formula_stay(plain: str) -> None:
    assert cell(plain) == plain


def read_csv(piece: pandas.DataFrame, columns: Columns) -> list[list[str]]:
    out = io.BytesIO()
    writing = sheet("csv", out, columns)
    writing.add(piece)
    writing.close()
    return list(csv.reader(io.StringIO(out.getvalue().decode(), newline="")))


@given(st.lists(st.tuples(st.text(), st.lists(st.text(), max_size=3).map(tuple)), max_size=4))
def test_whatever_the_cells_hold_csv_has_the_same_rows_and_no_formula(rows: list[tuple[str, tuple[str, ...]]]) -> None:
    columns: Columns = (("words", "string"), ("list", "object"))
    head, *read = read_csv(tables.frame(rows, columns), columns)
    assert head == ["words", "list"]
    assert [len(row) for row in read] == [2] * len(rows)
    for (words, several), row in zip(rows, read, strict=True):
        assert row == [cell(words), cell("; ".join(several))]
        assert not any(told.lstrip().startswith(("=", "+", "-", "@", "＝", "＋", "－", "＠")) for told in row)


def test_parquet_keeps_every_value_and_says_no_date(base: KnowledgeBase, sample_audit: Audit) -> None:
    hostile = msgspec.structs.replace(
        sample_audit.evidence[1],
        numbers=(NumberCheck(stated="=1", found=None, outcome="not found"),),
        concerns=(Concern(kind="negation", words="+2"),),
        reasons=("=A1", ""),
    )
    evidence = (sample_audit.evidence[0], hostile, *sample_audit.evidence[2:])
    base.add(msgspec.structs.replace(sample_audit, evidence=evidence))
    written = []
    for _ in range(2):
        out = io.BytesIO()
        writing = sheet("parquet", out, EVIDENCE_COLUMNS)
        for name, piece in base.tables():
            if name == "evidence":
                writing.add(piece)
        writing.close()
        written.append(out.getvalue())
    assert written[0] == written[1]
    bare, told, _ = pandas.read_parquet(io.BytesIO(written[0])).to_dict("records")
    assert [list(told[name]) for name in ("reasons", "numbers", "concerns")] == [["=A1", ""], ["=1: not found"], ["+2"]]
    assert told["level"] == 2
    assert pandas.isna(bare["level"])
