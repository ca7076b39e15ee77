"""Rules about statements: what each must flag and pass, and what it says."""

from __future__ import annotations

import msgspec
import pytest

from kb.model import Audit, Cue, Finding, Notice, ResolutionStatus, Signal, Verdict
from kb.rules import check, found_by
from kb.rules.context import Context, Elsewhere
from kb.rules.rule import Case
from tests.ruled import CONTEXTUAL, ROE, Rows, Said, case, graded, reviewed, telling

RETRACTED = Notice(kind="retraction", said_by=("Reg",), date="2020-05-01")


def leaning(
    beyond: str | None, base: str = "s1", signals: tuple[Signal, ...] = ("benefit",), verdict: Verdict = "unsupported"
) -> Audit:
    """The second statement leans on the first, which has a source, and goes beyond it where that is said."""
    audit = telling("Heat eases stiff knees.", "This means that it eases life.", cited="roe")
    first, second = audit.statements
    cues = tuple(Cue(signal=signal, text="life", start=50, end=54) for signal in signals)
    leant = msgspec.structs.replace(second, leans_on=base, goes_beyond=beyond, signals=signals, cues=cues)
    assessment = msgspec.structs.replace(audit.assessments[1], verdict=verdict)
    return msgspec.structs.replace(
        audit, statements=(first, leant), assessments=(audit.assessments[0], assessment), references=(ROE,)
    )


def fallen(
    *notices: Notice,
    status: ResolutionStatus = "verified",
    signals: tuple[Signal, ...] = (),
    missing: tuple[str, ...] = (),
) -> Audit:
    """A statement whose only source cannot stand."""
    audit = case(signals, references=(ROE,), cited=("roe",), missing=missing, status=status, locked=(None,))
    (source,) = audit.sources
    return msgspec.structs.replace(audit, sources=(msgspec.structs.replace(source, notices=notices),))


def elsewhere(article: str = "b.md", statement: str = "s1") -> Elsewhere:
    why = "one says “eases” and the other “worsens”"
    return Elsewhere(statement=statement, article=article, line=3, text="Heat worsens knees.", why=why)


def contradicted(*others: Elsewhere) -> Case:
    return Case(telling("Heat eases knees."), Context(elsewhere=others))


def check_of(row: Case) -> tuple[Finding, ...]:
    return found_by(CONTEXTUAL, row)


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
    "ST006": (
        [
            leaning("adds what the sentence that it leans on does not say (“life”)"),
            leaning("speaks more generally (“all”) than the sentence that it leans on"),
            leaning("adds what the sentence that it leans on does not say (“life”)", base="s9"),
        ],
        [
            leaning(None),
            leaning("adds “7 %”", signals=("number",)),
            leaning("adds “life”", verdict="supported"),
            leaning("adds “life”", verdict="needs no source"),
            case(("cause",)),
        ],
    ),
    "ST007": (
        [
            contradicted(elsewhere()),
            contradicted(elsewhere("b.md"), elsewhere("c.md")),
            contradicted(elsewhere(statement="s9"), elsewhere()),
        ],
        [case(("benefit",)), contradicted(), contradicted(elsewhere(statement="s9"))],
    ),
}


@pytest.mark.parametrize(
    ("audit", "rules"),
    [
        (leaning("adds “life”"), ["ST006"]),
        (leaning("adds “7 %”", signals=("number",)), ["ST002"]),
        (case(("number",), missing=("7",)), ["CI001"]),
        (fallen(RETRACTED), ["ST001"]),
        (fallen(RETRACTED, signals=("number", "guideline")), ["ST001"]),
        (fallen(status="not found"), []),
        (fallen(status="another work", missing=("7",)), ["CI001"]),
        (fallen(RETRACTED, missing=("7",)), ["CI001", "ST001"]),
    ],
)
def test_a_statement_without_support_has_one_finding_where_it_is_to_be_mended(audit: Audit, rules: list[str]) -> None:
    found = [finding.rule for finding in check(audit) if finding.rule[:2] in ("ST", "CI")]
    assert sorted(found) == rules


def test_a_statement_whose_sources_were_retracted_names_them_and_why_they_cannot_stand() -> None:
    (finding,) = [one for one in check(fallen(RETRACTED)) if one.rule == "ST001"]
    assert finding.message == (
        "unsupported: what it cites cannot stand, as Roe 2010 (reference roe) was retracted on 2020-05-01 (said by Reg)"
    )
    assert finding.remedy == "cite another source that shows it, or say less"


def test_what_a_person_calls_unsupported_is_told_with_their_word() -> None:
    audit = graded(Said(), person=reviewed(says="unsupported"), verdict="unsupported")
    (finding,) = check(audit)
    assert (finding.rule, finding.message) == (
        "ST001",
        "unsupported: Ann Lee (2026-01-01) says unsupported: table 2; the program says not checked",
    )


def test_a_sentence_that_goes_beyond_names_the_one_that_it_leans_on() -> None:
    (finding,) = [one for one in check(leaning("adds “life”")) if one.rule == "ST006"]
    assert finding.message == "goes beyond line 1 (“Heat eases stiff knees.”): adds “life”"
    assert finding.remedy == "cite a source for what it adds, or say no more than the sentence that it leans on"


def test_what_contradicts_a_statement_elsewhere_is_told_once_with_the_first_few_places() -> None:
    (finding,) = check_of(contradicted(*(elsewhere(f"{name}.md") for name in "bcdef")))
    place = "line 3 (“Heat worsens knees.”): one says “eases” and the other “worsens”"
    assert finding.message == f"contradicted by b.md, {place}; c.md, {place}; d.md, {place}; and 2 more"
    assert (finding.rule, finding.statement) == ("ST007", "s1")


def test_a_contradiction_names_the_other_place_and_what_differs() -> None:
    audit = telling("Coffee raises blood pressure.", "Tea is free.", "Coffee lowers blood pressure.")
    (finding,) = [one for one in check(audit) if one.rule == "ST005"]
    assert (finding.line, finding.statement, finding.severity) == (3, "s3", "warning")
    assert finding.message == (
        "contradicts line 1 (“Coffee raises blood pressure.”): one says “raises” and the other “lowers”, in otherwise"
        " the same words"
    )


@pytest.mark.parametrize("signal", ["benefit", "number", "vague attribution", "guideline"])
def test_what_is_said_with_a_source_elsewhere_is_offered_and_still_asked_for(signal: Signal) -> None:
    audit = telling("Heat eases stiff knees.", "Knees that are stiff are eased by heat.", cited="roe")
    cue = Cue(signal=signal, text="eased", start=30, end=35)
    later = msgspec.structs.replace(audit.statements[1], text="Heat eases stiff knees.", signals=(signal,), cues=(cue,))
    (finding,) = check(msgspec.structs.replace(audit, statements=(audit.statements[0], later)))
    assert finding.statement == "s2"
    assert finding.remedy.endswith("; the same is said in line 1, with a source: Roe 2010: Heat for stiff knees")


def test_an_unsupported_statement_is_told_with_the_words_by_which_it_asks() -> None:
    audit = case(("cause",))
    (statement,) = audit.statements
    asking = msgspec.structs.replace(statement, reasons=("claims a cause or an effect (“helps”)", "gives a number"))
    (finding,) = check(msgspec.structs.replace(audit, statements=(asking,)))
    assert finding.message == "unsupported: claims a cause or an effect (“helps”), and shows no source"
    assert check(audit)[0].message == "unsupported: shows no source"
