"""What the tests of several registries share: odd DOIs, answers, and JSON of any shape."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import strategies as st

from ingest.http import Answer

ODD_DOIS = (
    "10.1002/(sici)1096-8644(199601)99:1<1::aid-ajpa1>3.0.co;2-1",
    "10.1016/s0140-6736(97)11096-0",
    "10.1000/a b",
    "10.1000/a%2fb",
    "10.1000/a/b/../c",
    '10.1000/"quoted"',
    "10.1000/ünïcode",
    "10.1000/a&rows=0",
    "10.1000/a#b?c",
    "10.1000/a|b",
    "10.1000/a,b",
    "10.1000/a+b",
    "10.1000/a\\b",
    "10.1000/a;b=c",
    "10.1000/{a}[b]",
    "10.1000/a)or(b",
)
"""DOIs whose characters mean something in an address, a filter or a query language."""


def ok(data: Any) -> Answer:
    """An answer 200 that holds this JSON value, as ``ingest.http`` hands it over."""
    return Answer(
        outcome="ok",
        data=data if isinstance(data, dict) else None,
        items=data if isinstance(data, list) else None,
        status=200,
    )


def any_json(keys: Sequence[str]) -> st.SearchStrategy[Any]:
    """JSON of any shape, whose objects use the keys that a registry uses."""
    leaves = (
        st.none()
        | st.booleans()
        | st.integers()
        | st.floats()
        | st.text(max_size=12)
        | st.sampled_from(["10.1000/abc", "https://doi.org/10.1000/ABC", "2016-05-03", "1", "<p>&lt;", "retraction"])
    )
    return st.recursive(
        leaves,
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(list(keys)), inner, max_size=5),
        max_leaves=14,
    )


def recorded(shared: Path, host: str) -> Iterator[tuple[Path, int, str]]:
    """The recorded exchanges with a host: file, HTTP status, address. Skips where there are none."""
    folder = shared / "data" / "registry-responses"
    index = folder / "index.csv"
    rows = csv.DictReader(index.read_text(encoding="utf-8").splitlines()) if index.is_file() else ()
    found = [(folder / row["file"], int(row["status"]), row["uri"]) for row in rows if row["file"].startswith(host)]
    if not found:
        pytest.skip(f"no recorded exchanges with {host} in the shared data")
    yield from found


def loaded(path: Path) -> Any:
    """The JSON value of a file; None where it holds something else."""
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except ValueError:  # some recorded answers are plain text or HTML under this name
        return None
