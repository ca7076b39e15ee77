"""Rules about citations: what each must flag and pass, and what it says."""

from __future__ import annotations

from kb.rules import check
from tests.ruled import ROE, Rows, Said, case, graded, reviewed

NEUTRAL = Said(direction="neutral")
NOT_FOUND = Said(direction="not checked")
UNREAD = Said(direction="not checked", read="")

ROWS: Rows = {
    "CI001": (
        [case(missing=("7",)), case(references=(ROE,), cited=("roe",), missing=("Noe, 1999",))],
        [case(), case(references=(ROE,), cited=("roe",))],
    ),
    "CI002": (
        [
            graded(Said(), NEUTRAL),
            graded(Said(extent="part"), NOT_FOUND, NOT_FOUND),
            graded(UNREAD, Said(), NEUTRAL),
            graded(Said(), Said(direction="neutral", read="", reviewed=reviewed(says="does not address"))),
        ],
        [
            graded(Said(), Said()),
            graded(Said(), UNREAD),
            graded(NEUTRAL, NOT_FOUND),
            graded(Said(), NEUTRAL, together=False),
            graded(Said(), NEUTRAL, Said(direction="disputes")),
            graded(Said(), NEUTRAL, person=reviewed(), verdict="supported"),
            graded(Said(), Said(direction="not checked", reviewed=reviewed(says="not checked"))),
        ],
    ),
}


def test_a_bundle_is_told_by_its_marker_and_by_the_sources_that_do_not_say_it() -> None:
    (finding,) = [one for one in check(graded(Said(), NEUTRAL, NOT_FOUND)) if one.rule == "CI002"]
    assert finding.message == (
        "of the 3 sources of “[r1,r2,r3]” 1 was found to say this, and it was not found in what was read of Roe 2002"
        " (reference 2) and Roe 2003 (reference 3)"
    )
    assert (finding.statement, finding.severity) == ("s1", "info")
