"""How everything stood on former days: kept once a day, a few days, and believed only as far as it can be read."""

from __future__ import annotations

import gzip
import stat
from pathlib import Path

import pytest

from ingest.front.looks import FOLDER, MOST, FrontLooks
from kb.questions.states import State, state_of
from tests.samples import sample_audit

STATE = state_of([sample_audit()])
EMPTY = State(kind="audit", statements=(), works=())


def test_the_first_state_of_a_day_is_kept(tmp_path: Path) -> None:
    looks = FrontLooks("k.db", tmp_path)
    assert looks.days() == ()
    assert looks.keep("2026-11-20", STATE)
    assert looks.keep("2026-11-20", EMPTY)
    assert looks.keep("2026-11-21", EMPTY)
    assert looks.days() == ("2026-11-21", "2026-11-20")
    assert looks.state("2026-11-20") == STATE
    assert looks.state("2026-11-19") is None


def test_each_knowledge_base_has_its_own(tmp_path: Path) -> None:
    FrontLooks("k.db", tmp_path).keep("2026-11-20", STATE)
    assert FrontLooks("other.db", tmp_path).days() == ()


def test_only_the_owner_can_read_them(tmp_path: Path) -> None:
    FrontLooks("k.db", tmp_path).keep("2026-11-20", STATE)
    (file,) = (tmp_path / FOLDER).glob("*.gz")
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE((tmp_path / FOLDER).stat().st_mode) & 0o077 == 0


def test_a_few_days_are_kept(tmp_path: Path) -> None:
    looks = FrontLooks("k.db", tmp_path)
    for day in range(1, MOST + 4):
        looks.keep(f"2026-11-{day:02}", EMPTY)
    assert len(looks.days()) == MOST
    assert looks.days()[0] == f"2026-11-{MOST + 3:02}"


UNREADABLE = {
    "nothing": b"",
    "no gzip": b"no gzip",
    "no state": gzip.compress(b"{}"),
    "no JSON": gzip.compress(b"[" * 9),
    "cut off": b"\x1f\x8b\x08",
}


@pytest.mark.parametrize("data", UNREADABLE.values(), ids=UNREADABLE)
def test_what_cannot_be_read_is_as_if_it_was_not_there(tmp_path: Path, data: bytes) -> None:
    looks = FrontLooks("k.db", tmp_path)
    looks.keep("2026-11-20", STATE)
    (file,) = (tmp_path / FOLDER).glob("*.gz")
    file.write_bytes(data)
    assert looks.state("2026-11-20") is None


def test_where_nothing_can_be_written_nothing_is_kept(tmp_path: Path) -> None:
    (tmp_path / ".kb").write_text("in the way")
    assert not FrontLooks("k.db", tmp_path).keep("2026-11-20", STATE)


@pytest.mark.parametrize("day", ["../../x", "", "20261120", "2026-13-01"])
def test_what_is_no_day_leads_to_no_file(tmp_path: Path, day: str) -> None:
    looks = FrontLooks("k.db", tmp_path)
    assert not looks.keep(day, STATE)
    assert looks.state(day) is None
    assert not (tmp_path / FOLDER).exists()
