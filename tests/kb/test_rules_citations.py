"""Rules about citations: what each must flag and pass."""

from __future__ import annotations

from tests.ruled import ROE, Rows, case

ROWS: Rows = {
    "CI001": (
        [case(missing=("7",)), case(references=(ROE,), cited=("roe",), missing=("Noe, 1999",))],
        [case(), case(references=(ROE,), cited=("roe",))],
    ),
}
