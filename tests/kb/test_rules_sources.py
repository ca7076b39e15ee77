"""Rules about sources: what each must flag and pass."""

from __future__ import annotations

from tests.ruled import ROE, Rows, case

ROWS: Rows = {
    "SO001": (
        [
            case(references=(ROE,), cited=("roe",), status="unreachable"),
            case(references=(ROE,), cited=("roe",), status="not attempted"),
            case(references=(ROE,), cited=("roe",), status="not found"),
            case(references=(ROE,), cited=("roe",), status="another work"),
        ],
        [
            case(references=(ROE,), cited=("roe",), status="verified"),
            case(references=(ROE,), cited=("roe",), status="metadata differs"),
            case(references=(ROE,), status="unreachable"),
        ],
    ),
}
