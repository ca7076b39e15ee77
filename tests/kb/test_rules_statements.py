"""Rules about statements: what each must flag and pass, and what it says."""

from __future__ import annotations

import msgspec
import pytest

from kb.model import Cue, Signal
from kb.rules import check
from tests.ruled import Rows, case, telling

ROWS: Rows = {
    "ST001": (
        [case(("cause",)), case(("benefit", "comparison")), case(("frequency",))],
        [
            case(("cause",), "supported"),
            case(("cause",), "not checked"),
            case((), "needs no source"),
            case(("number",)),
        ],
    ),
    "ST002": (
        [case(("number",)), case(("number", "cause"))],
        [case(("cause",)), case(("number",), "not checked")],
    ),
    "ST003": (
        [case(("vague attribution",)), case(("vague attribution", "number"))],
        [case(("vague attribution",), "supported"), case(("vague attribution", "guideline"))],
    ),
    "ST004": (
        [case(("guideline",)), case(("vague attribution", "guideline"))],
        [case(("guideline",), "not checked"), case(("cause",))],
    ),
    "ST005": (
        [
            telling("Heat eases stiff knees.", "Cold is free.", "Heat does not ease stiff knees."),
            telling("Coffee raises blood pressure.", "Coffee lowers blood pressure."),
            telling("Sciatica affects 5% of adults.", "Sciatica affects 40% of adults."),
        ],
        [
            telling("Heat eases stiff knees.", "Heat eases stiff knees."),
            telling("Heat eases stiff knees.", "Heat does not ease stiff hips."),
            telling("Heat may ease stiff knees.", "Heat may not ease stiff knees."),
            case(),
        ],
    ),
}


def test_a_contradiction_names_the_other_place_and_what_differs() -> None:
    audit = telling("Coffee raises blood pressure.", "Tea is free.", "Coffee lowers blood pressure.")
    (finding,) = [one for one in check(audit) if one.rule == "ST005"]
    assert (finding.line, finding.statement, finding.severity) == (3, "s3", "warning")
    assert finding.message == (
        "contradicts line 1 (“Coffee raises blood pressure.”): one says “raises” and the other “lowers”, with the same"
        " words besides"
    )


@pytest.mark.parametrize("signal", ["benefit", "number", "vague attribution", "guideline"])
def test_what_is_said_with_a_source_elsewhere_is_offered_and_still_asked_for(signal: Signal) -> None:
    audit = telling("Heat eases stiff knees.", "Knees that are stiff are eased by heat.", cited="roe")
    cue = Cue(signal=signal, text="eased", start=30, end=35)
    later = msgspec.structs.replace(audit.statements[1], text="Heat eases stiff knees.", signals=(signal,), cues=(cue,))
    (finding,) = check(msgspec.structs.replace(audit, statements=(audit.statements[0], later)))
    assert finding.statement == "s2"
    assert finding.remedy.endswith("; the same is said in line 1, with a source: Roe 2010: Heat for stiff knees")
