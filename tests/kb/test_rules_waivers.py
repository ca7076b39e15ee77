"""Rules about waivers: what each must flag and pass, where it stands, and what it says."""

from __future__ import annotations

from typing import Literal, TypeAlias

import msgspec
import pytest

from kb.rules import check, found_by
from kb.rules.context import Context, Used, Waiver
from kb.rules.rule import Case
from tests.ruled import CONTEXTUAL, Rows, case

State: TypeAlias = Literal["holds", "without reason", "out of date", "unknown rule", "malformed"]
WAIVER = Waiver(rules=("ST001",), reason="our own view", start=0, end=18, place=6)
OF_A_FILE = msgspec.structs.replace(WAIVER, place=None, origin="kb.toml")


def using(*waivers: Waiver, state: State = "holds", needed: bool = True) -> Case:
    """An article of one statement, and what its waivers came to."""
    return Case(case(), Context(waivers=tuple(Used(waiver=waiver, state=state, needed=needed) for waiver in waivers)))


HOLDING = [using(), using(WAIVER), using(OF_A_FILE), using(WAIVER, OF_A_FILE)]
ROWS: Rows = {
    "WA001": (
        [
            using(WAIVER, state="without reason"),
            using(OF_A_FILE, state="without reason"),
            using(WAIVER, state="without reason", needed=False),
        ],
        [*HOLDING, using(WAIVER, state="out of date"), using(WAIVER, state="malformed")],
    ),
    "WA002": (
        [
            using(WAIVER, state="out of date"),
            using(OF_A_FILE, state="out of date"),
            using(WAIVER, state="out of date", needed=False),
        ],
        [*HOLDING, using(WAIVER, state="without reason"), using(WAIVER, needed=False)],
    ),
    "WA003": (
        [using(WAIVER, needed=False), using(OF_A_FILE, needed=False), using(WAIVER, WAIVER, needed=False)],
        [*HOLDING, using(WAIVER, state="out of date", needed=False), using(WAIVER, state="malformed", needed=False)],
    ),
    "WA004": (
        [
            using(WAIVER, state="unknown rule"),
            using(OF_A_FILE, state="unknown rule", needed=False),
            using(WAIVER, state="malformed"),
        ],
        [*HOLDING, using(WAIVER, state="without reason"), using(WAIVER, needed=False)],
    ),
}


def told(built: Case) -> list[tuple[str, int, int, str, str]]:
    found = found_by(CONTEXTUAL, built)
    return [(one.rule, one.line, one.column, one.message, one.remedy) for one in found]


@pytest.mark.parametrize(
    ("waiver", "state", "finding"),
    [
        (
            WAIVER,
            "without reason",
            ("WA001", 2, 1, "the waiver for ST001 gives no reason, so it waives nothing", 'say why: reason="…"'),
        ),
        (
            msgspec.structs.replace(OF_A_FILE, rules=("ST", "SO001"), until="2025-12-31"),
            "out of date",
            (
                *("WA002", 1, 1),
                "the waiver for ST, SO001 in kb.toml held until 2025-12-31 and waives nothing since",
                "mend what it let stand and take it out, or set a new day",
            ),
        ),
        (WAIVER, "holds", ("WA003", 2, 1, "the waiver for ST001 has nothing to waive", "take it out")),
        (
            msgspec.structs.replace(WAIVER, rules=(), problem="it names no rule"),
            "malformed",
            ("WA004", 2, 1, "the waiver waives nothing: it names no rule", "correct it, or take it out"),
        ),
    ],
)
def test_a_waiver_is_told_of_where_it_stands(
    waiver: Waiver, state: State, finding: tuple[str, int, int, str, str]
) -> None:
    assert told(using(waiver, state=state, needed=False)) == [finding]


def test_equal_waivers_have_findings_of_their_own_and_other_lines_change_none() -> None:
    later = msgspec.structs.replace(WAIVER, place=12)
    first = found_by(CONTEXTUAL, using(WAIVER, later, needed=False))
    moved = found_by(CONTEXTUAL, using(msgspec.structs.replace(WAIVER, place=0), needed=False))
    assert len({one.fingerprint for one in first}) == 2
    assert moved[0].fingerprint in {one.fingerprint for one in first}


def test_an_audit_by_itself_knows_of_no_waivers() -> None:
    assert not [one for one in check(case()) if one.rule.startswith("WA")]
