"""The numbers of a statement against those of a source: which agree, which differ, which are not found."""

from __future__ import annotations

import pytest

from kb.strength.numbers import compare

SOURCE = (
    "We gave 120 adults with sciatica massage or rest for 8 weeks. Pain fell in 62.5% of those in "
    "the massage group and in 30% of those at rest (OR 3.9, 95% CI 1.8 to 8.3; p < 0.001). Both took 0.5 g of "
    "paracetamol twice daily."
)

COMPARED: list[tuple[str, list[str]]] = [
    ("Pain fell in 62.5% of those in the massage group.", ["agrees"]),
    ("Pain fell in 63% of those in the massage group.", ["agrees"]),
    ("Pain fell in 75% of those in the massage group.", ["differs"]),
    ("Pain fell in 62.5% of those in the massage group and in 40% of those at rest.", ["agrees", "differs"]),
    ("Massage relieved sciatica in 120 adults over two months.", ["agrees", "agrees"]),
    ("Both took 500 mg of paracetamol twice daily.", ["agrees", "agrees"]),
    ("Both took 500 µg of paracetamol twice daily.", ["differs", "agrees"]),
    ("Swimming helps 75% of children with asthma.", ["not found"]),
    ("Massage relieves pain.", []),
]


@pytest.mark.parametrize(("claim", "outcomes"), COMPARED)
def test_outcomes(claim: str, outcomes: list[str]) -> None:
    assert [check.outcome for check in compare(claim, SOURCE)] == outcomes
