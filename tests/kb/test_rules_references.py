"""Rules about the reference list: what each must flag and pass."""

from __future__ import annotations

from tests.ruled import POE, ROE, Rows, case, entry

ROWS: Rows = {
    "RE001": (
        [case(references=(ROE,)), case(references=(ROE, POE), cited=("roe",))],
        [case(), case(references=(ROE,), cited=("roe",))],
    ),
    "RE002": (
        [
            case(references=(ROE, entry("roe2", 2, doi="10.5555/1", title="Heat")), cited=("roe", "roe2")),
            case(references=(entry("roe"), entry("roe2", 2)), cited=("roe", "roe2")),
        ],
        [case(references=(ROE, POE), cited=("roe", "poe"))],
    ),
}
