"""Rules about evidence: what each must flag and pass, and what it says."""

from __future__ import annotations

from kb.model import NumberCheck
from kb.rules import check
from tests.ruled import POE, ROE, Rows, Said, case, concern, graded, reviewed

OTHER_NUMBER = NumberCheck(stated="58%", found="48%", outcome="differs")
SAME_NUMBER = NumberCheck(stated="58%", found="58%", outcome="agrees")
NO_NUMBER = NumberCheck(stated="58%", found=None, outcome="not found")
DISPUTES = Said(direction="disputes", concerns=(concern("direction"),))
NEUTRAL = Said(direction="neutral")
UNREAD = Said(direction="not checked", read="")
DIFFERS = Said(extent="part", numbers=(OTHER_NUMBER,), concerns=(concern("number differs"),))

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
    "EV002": (
        [
            graded(DISPUTES),
            graded(NEUTRAL, NEUTRAL),
            graded(UNREAD, DISPUTES),
            graded(Said(direction="neutral", reviewed=reviewed(says="does not address"))),
            graded(Said(), person=reviewed(says="not substantiated"), verdict="not substantiated"),
        ],
        [
            graded(Said()),
            graded(UNREAD),
            graded(NEUTRAL, UNREAD),
            graded(Said(), DISPUTES),
            graded(NEUTRAL, person=reviewed(), verdict="supported"),
            case(),
        ],
    ),
    "EV003": (
        [
            graded(DIFFERS),
            graded(Said(direction="not checked", numbers=(OTHER_NUMBER,))),
            graded(Said(numbers=(NO_NUMBER,)), DIFFERS),
        ],
        [
            graded(Said(numbers=(SAME_NUMBER,))),
            graded(Said(numbers=(NO_NUMBER,))),
            graded(Said(numbers=(SAME_NUMBER,)), DIFFERS),
            graded(Said(direction="disputes", numbers=(OTHER_NUMBER,))),
            graded(Said(numbers=(OTHER_NUMBER,), reviewed=reviewed())),
            graded(DIFFERS, person=reviewed(), verdict="supported"),
        ],
    ),
    "EV009": (
        [
            graded(Said(), DISPUTES),
            graded(Said(), Said(direction="disputes", reviewed=reviewed(says="disputes"))),
            graded(Said(), person=reviewed(says="contested"), verdict="contested"),
        ],
        [
            graded(Said(), Said()),
            graded(DISPUTES),
            graded(Said(), NEUTRAL),
            graded(Said(), DISPUTES, person=reviewed(), verdict="supported"),
        ],
    ),
    "EV010": (
        [
            graded(Said(extent="part", concerns=(concern("population"),))),
            graded(Said(direction="not checked", concerns=(concern("intervention"),))),
            graded(Said(concerns=(concern("outcome"),)), Said(concerns=(concern("population"),))),
            graded(Said(concerns=(concern("population"),), reviewed=reviewed("disputed"))),
        ],
        [
            graded(Said()),
            graded(Said(concerns=(concern("population"),)), Said()),
            graded(Said(concerns=(concern("population"),), reviewed=reviewed())),
            graded(Said(direction="disputes", concerns=(concern("population"),))),
        ],
    ),
    "EV011": (
        [
            graded(Said(extent="part", concerns=(concern("negation"),))),
            graded(Said(direction="not checked", concerns=(concern("direction"),))),
            graded(Said(concerns=(concern("significance"),)), UNREAD),
        ],
        [
            graded(DISPUTES),
            graded(Said(), DISPUTES),
            graded(Said(concerns=(concern("negation"),)), Said()),
            graded(Said(concerns=(concern("negation"),), reviewed=reviewed())),
        ],
    ),
    "EV012": (
        [
            graded(Said(extent="part", concerns=(concern("no guideline"),)), kind="recommendation"),
            graded(Said(direction="not checked", concerns=(concern("no guideline"),))),
            graded(UNREAD, Said(concerns=(concern("no guideline"),), design="narrative review", level=None)),
        ],
        [
            graded(Said(design="guideline", level=None), kind="recommendation"),
            graded(Said(concerns=(concern("no guideline"),)), Said(design="guideline", level=None)),
            graded(Said(concerns=(concern("no guideline"),), reviewed=reviewed())),
        ],
    ),
}


def test_a_line_that_is_not_locked_is_named_by_its_references() -> None:
    audit = case((), "not checked", (ROE, POE), ("roe", "poe"), locked=(False, True))
    (finding,) = [one for one in check(audit) if one.rule == "EV001"]
    assert finding.message == "what roe says about this statement is not in the lock"
    assert finding.statement == "s1"


def test_a_source_that_says_otherwise_is_told_once_and_named_as_the_author_cites_it() -> None:
    words = "the statement says “eases”, the source “worsens”"
    said = Said(direction="disputes", concerns=(concern("direction", words),), numbers=(OTHER_NUMBER,))
    (finding,) = check(graded(said))
    assert (finding.rule, finding.statement, finding.severity) == ("EV002", "s1", "warning")
    assert finding.message == f"cited, and not borne out: Roe 2001 (reference 1) says otherwise: {words}"
    (finding,) = check(graded(Said(), said))
    assert finding.rule == "EV009"
    assert finding.message == (
        f"its sources disagree: Roe 2001 (reference 1) supports this; Roe 2002 (reference 2) says otherwise: {words}"
    )


def test_sources_that_speak_of_other_things_are_told_together() -> None:
    (finding,) = check(graded(NEUTRAL, NEUTRAL))
    assert finding.message == (
        "cited, and not borne out: Roe 2001 (reference 1) and Roe 2002 (reference 2): the abstracts, which are all that"
        " was read, do not speak of this"
    )
    (finding,) = check(graded(Said(direction="neutral", read="full text")))
    assert finding.message.endswith("Roe 2001 (reference 1): what was read does not speak of this")


def test_at_most_one_sentence_of_a_source_is_quoted_and_a_long_one_is_cut() -> None:
    quote = "Heat did not ease " + "the stiff and swollen " * 30 + "knees."
    (finding,) = check(graded(Said(direction="disputes", quote=quote)))
    assert finding.message.endswith("swollen …”")
    assert len(finding.message) < 330


def test_each_number_that_differs_is_told_with_both_values() -> None:
    (finding,) = check(graded(DIFFERS))
    assert finding.rule == "EV003"
    assert finding.message == (
        "a number differs from the source: Roe 2001 (reference 1): the statement says 58%, and the source 48%"
    )


def test_a_persons_word_on_the_verdict_is_what_is_told() -> None:
    audit = graded(Said(), person=reviewed(says="not substantiated"), verdict="not substantiated")
    (finding,) = check(audit)
    assert finding.message == (
        "cited, and not borne out: Ann Lee (2026-01-01) says not substantiated: table 2; the program says not checked"
    )
