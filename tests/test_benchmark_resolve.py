"""The benchmark of resolving: its registry keeps the limits that it is to keep, and its figures are counted there."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import quote

import pytest

from benchmarks import resolve
from benchmarks._registry import LAVISH, Limits, Registry, works

KNOWN = works(30, "journal-article")
DOIS = [work["DOI"] for work in KNOWN]


def list_of(dois: list[str], rest: str = "") -> str:
    return f"/works?filter={','.join('doi:' + quote(doi, safe='') for doi in dois)}{rest}"


def message(body: bytes) -> Any:
    return json.loads(body)["message"]


@pytest.mark.parametrize(("rest", "given"), [("", 20), ("&rows=30", 30), ("&rows=5", 5)])
def test_a_list_gives_as_many_works_as_rows_and_else_20(rest: str, given: int) -> None:
    with Registry(KNOWN, LAVISH) as registry:
        status, pool, body = registry.answer(list_of(DOIS, rest))
    assert (status, pool) == (200, "list")
    assert message(body)["items"] == KNOWN[:given]


def test_a_single_work_and_one_that_is_not_there() -> None:
    with Registry(KNOWN, LAVISH) as registry:
        assert message(registry.answer("/works/" + quote(DOIS[3], safe=""))[2]) == KNOWN[3]
        assert registry.answer("/works/10.5555%2Fnone")[0] == 404
        assert registry.answer("/works?filter=" + "x" * 5000)[0] == 414


def test_questions_beyond_the_limits_are_refused_and_counted() -> None:
    with Registry(KNOWN, Limits(lists=2, singles=3, at_once=3, latency=0.0)) as registry:
        lists = [registry.answer(list_of(DOIS))[0] for _ in range(4)]
        singles = [registry.answer("/works/" + quote(DOIS[0], safe=""))[0] for _ in range(4)]
    assert (lists, singles) == ([200, 200, 429, 429], [200, 200, 200, 429])
    assert (registry.limited, registry.requests) == (3, 8)


@pytest.mark.parametrize(("lists", "seconds"), [(1, 0.06), (3, 0.06), (4, 1.06), (8, 2.06), (10, 3.06)])
def test_the_floor_is_when_the_last_list_may_be_answered(lists: int, seconds: float) -> None:
    assert resolve.floor(lists) == pytest.approx(seconds)


def test_figures(capsys: pytest.CaptureFixture[str]) -> None:
    resolve.main(["--no-peers", "--dois", "30", "--many", "150", "--json"])
    figures = json.loads(capsys.readouterr().out)
    assert figures["30 DOIs: requests"] == 1
    assert figures["30 DOIs: told to wait (429)"] == 0
    assert figures["30 DOIs: right"] == 30
    assert figures["150 DOIs: requests"] == 2
    assert figures["150 DOIs: right"] == 150
    assert figures["30 DOIs again: requests"] == 0
    assert figures["30 DOIs again: right"] == 30
