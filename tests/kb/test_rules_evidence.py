"""Rules about evidence: what each must flag and pass, and what it says."""

from __future__ import annotations

from kb.rules import check
from tests.ruled import POE, ROE, Rows, case

ROWS: Rows = {
    "EV001": (
        [
            case(references=(ROE,), cited=("roe",), locked=(False,)),
            case(references=(ROE, POE), cited=("roe", "poe"), locked=(True, False)),
        ],
        [
            case(references=(ROE,), cited=("roe",), locked=(True,)),
            case(references=(ROE,), cited=("roe",), locked=(None,)),
            case(),
        ],
    ),
}


def test_a_line_that_is_not_locked_is_named_by_its_references() -> None:
    audit = case((), "not checked", (ROE, POE), ("roe", "poe"), locked=(False, True))
    (finding,) = [one for one in check(audit) if one.rule == "EV001"]
    assert finding.message == "what roe says about this statement is not in the lock"
    assert finding.statement == "s1"
