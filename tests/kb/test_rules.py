"""Rules: for each one what it must flag and what it must pass, and that its documentation is whole."""

from __future__ import annotations

from collections.abc import Callable

import msgspec
import pytest

from kb.model import (
    Article,
    Assessment,
    Audit,
    Block,
    Citation,
    Cue,
    EvidenceLine,
    Reference,
    Resolution,
    ResolutionStatus,
    Signal,
    Source,
    Span,
    Statement,
    Verdict,
)
from kb.rules import RULES, check
from kb.rules.rule import Rule

TEXT = "Title\nHeat helps. "


def case(
    signals: tuple[Signal, ...] = (),
    verdict: Verdict = "unsupported",
    references: tuple[Reference, ...] = (),
    cited: tuple[str, ...] = (),
    missing: tuple[str, ...] = (),
    status: ResolutionStatus = "verified",
    locked: tuple[bool | None, ...] = (),
) -> Audit:
    """An article of one statement, and what is said of it."""
    statement = Statement(
        id="s1",
        fingerprint="f1",
        text="Heat helps.",
        start=6,
        end=17,
        sentence=Span(start=6, end=17),
        line=2,
        section="",
        kind="benefit",
        question="benefit",
        needs_source=True,
        signals=signals,
        cues=tuple(Cue(signal=signal, text="helps", start=11, end=16) for signal in signals),
    )
    marker = Citation(text="[1]", start=15, end=17, line=2, references=cited, missing=missing, statements=("s1",))
    return Audit(
        article=Article(
            id="a.txt",
            title="Title",
            text=TEXT,
            format="text",
            blocks=(Block(kind="paragraph", start=6, end=17, line=2),),
        ),
        statements=(statement,),
        citations=(marker,) if cited or missing else (),
        references=references,
        sources=(),
        resolutions=tuple(Resolution(reference=one.id, source=one.source, status=status) for one in references),
        evidence=tuple(
            EvidenceLine(statement="s1", source=f"ref:{name}", references=(name,), direction="not checked", locked=one)
            for name, one in zip(cited, locked, strict=False)
        ),
        assessments=(Assessment(statement="s1", verdict=verdict, reasons=("shows no source",)),),
        findings=(),
        as_of="2026-01-01",
    )


def entry(name: str, position: int = 1, doi: str | None = None, title: str = "Heat for stiff knees") -> Reference:
    source = f"doi:{doi}" if doi else f"ref:{name}"
    return Reference(
        id=name, position=position, text=title, source=source, doi=doi, title=title, authors=("Roe",), year="2010"
    )


def telling(*texts: str, cited: str | None = None) -> Audit:
    """An article of several statements, one a line; the first one cites a reference where one is named."""
    bare = case(("benefit",))
    statements, assessments, position = [], [], 0
    for number, text in enumerate(texts, 1):
        span = Span(start=position, end=position + len(text))
        one = msgspec.structs.replace(
            bare.statements[0],
            id=f"s{number}",
            fingerprint=f"f{number}",
            text=text,
            start=span.start,
            end=span.end,
            sentence=span,
            line=number,
        )
        statements.append(one)
        supported = cited and number == 1
        assessments.append(Assessment(statement=one.id, verdict="not checked" if supported else "unsupported"))
        position = span.end + 1
    source = Source(id=f"ref:{cited}", title="Heat for stiff knees", authors=("Roe",), year="2010")
    line = EvidenceLine(statement="s1", source=source.id, references=(str(cited),), direction="not checked")
    return msgspec.structs.replace(
        bare,
        article=msgspec.structs.replace(bare.article, text="\n".join(texts)),
        statements=tuple(statements),
        assessments=tuple(assessments),
        sources=(source,) if cited else (),
        evidence=(line,) if cited else (),
    )


ROE, POE = entry("roe", doi="10.5555/1"), entry("poe", 2, doi="10.5555/2", title="Cold for swollen hands")
TABLE: dict[str, tuple[list[Callable[[], Audit]], list[Callable[[], Audit]]]] = {
    "ST001": (
        [lambda: case(("cause",)), lambda: case(("benefit", "comparison")), lambda: case(("frequency",))],
        [
            lambda: case(("cause",), "supported"),
            lambda: case(("cause",), "not checked"),
            lambda: case((), "needs no source"),
            lambda: case(("number",)),
        ],
    ),
    "ST002": (
        [lambda: case(("number",)), lambda: case(("number", "cause"))],
        [lambda: case(("cause",)), lambda: case(("number",), "not checked")],
    ),
    "ST003": (
        [lambda: case(("vague attribution",)), lambda: case(("vague attribution", "number"))],
        [lambda: case(("vague attribution",), "supported"), lambda: case(("vague attribution", "guideline"))],
    ),
    "ST004": (
        [lambda: case(("guideline",)), lambda: case(("vague attribution", "guideline"))],
        [lambda: case(("guideline",), "not checked"), lambda: case(("cause",))],
    ),
    "ST005": (
        [
            lambda: telling("Heat eases stiff knees.", "Cold is free.", "Heat does not ease stiff knees."),
            lambda: telling("Coffee raises blood pressure.", "Coffee lowers blood pressure."),
            lambda: telling("Sciatica affects 5% of adults.", "Sciatica affects 40% of adults."),
        ],
        [
            lambda: telling("Heat eases stiff knees.", "Heat eases stiff knees."),
            lambda: telling("Heat eases stiff knees.", "Heat does not ease stiff hips."),
            lambda: telling("Heat may ease stiff knees.", "Heat may not ease stiff knees."),
            lambda: case(),
        ],
    ),
    "CI001": (
        [lambda: case(missing=("7",)), lambda: case(references=(ROE,), cited=("roe",), missing=("Noe, 1999",))],
        [lambda: case(), lambda: case(references=(ROE,), cited=("roe",))],
    ),
    "RE001": (
        [lambda: case(references=(ROE,)), lambda: case(references=(ROE, POE), cited=("roe",))],
        [lambda: case(), lambda: case(references=(ROE,), cited=("roe",))],
    ),
    "RE002": (
        [
            lambda: case(references=(ROE, entry("roe2", 2, doi="10.5555/1", title="Heat")), cited=("roe", "roe2")),
            lambda: case(references=(entry("roe"), entry("roe2", 2)), cited=("roe", "roe2")),
        ],
        [lambda: case(references=(ROE, POE), cited=("roe", "poe"))],
    ),
    "SO001": (
        [
            lambda: case(references=(ROE,), cited=("roe",), status="unreachable"),
            lambda: case(references=(ROE,), cited=("roe",), status="not attempted"),
            lambda: case(references=(ROE,), cited=("roe",), status="not found"),
            lambda: case(references=(ROE,), cited=("roe",), status="another work"),
        ],
        [
            lambda: case(references=(ROE,), cited=("roe",), status="verified"),
            lambda: case(references=(ROE,), cited=("roe",), status="metadata differs"),
            lambda: case(references=(ROE,), status="unreachable"),
        ],
    ),
    "EV001": (
        [
            lambda: case(references=(ROE,), cited=("roe",), locked=(False,)),
            lambda: case(references=(ROE, POE), cited=("roe", "poe"), locked=(True, False)),
        ],
        [
            lambda: case(references=(ROE,), cited=("roe",), locked=(True,)),
            lambda: case(references=(ROE,), cited=("roe",), locked=(None,)),
            lambda: case(),
        ],
    ),
}


@pytest.mark.parametrize("rule", RULES, ids=[rule.id for rule in RULES])
def test_must_flag_and_must_pass(rule: Rule) -> None:
    must_flag, must_pass = TABLE[rule.id]
    assert must_flag
    assert must_pass
    for build in must_flag:
        assert rule.id in {finding.rule for finding in check(build())}
    for build in must_pass:
        assert rule.id not in {finding.rule for finding in check(build())}


@pytest.mark.parametrize("rule", RULES, ids=[rule.id for rule in RULES])
def test_documentation_says_why_what_to_do_wrong_and_right(rule: Rule) -> None:
    for part in ("Why: ", "What to do: ", "Wrong: ", "Right: "):
        assert f"\n\n{part}" in rule.documentation


def test_ids_and_names_are_unique() -> None:
    assert len({rule.id for rule in RULES}) == len({rule.name for rule in RULES}) == len(RULES)


def test_a_finding_points_at_its_place_and_says_what_to_do() -> None:
    (finding,) = check(case(("number",)))
    assert (finding.line, finding.column, finding.statement, finding.severity) == (2, 1, "s1", "error")
    assert finding.message == "a number without a source: “helps”"
    assert finding.remedy == "cite a source that shows it, or say less"


def test_a_line_that_is_not_locked_is_named_by_its_references() -> None:
    audit = case((), "not checked", (ROE, POE), ("roe", "poe"), locked=(False, True))
    (finding,) = [one for one in check(audit) if one.rule == "EV001"]
    assert finding.message == "what roe says about this statement is not in the lock"
    assert finding.statement == "s1"


def test_fingerprints_do_not_move_with_the_line() -> None:
    audit = case(("number",))
    moved = msgspec.structs.replace(
        audit,
        article=msgspec.structs.replace(audit.article, text="\n\n\n" + TEXT),
        statements=(msgspec.structs.replace(audit.statements[0], start=9, end=20, line=5),),
    )
    (before,), (after,) = check(audit), check(moved)
    assert before.fingerprint == after.fingerprint
    assert before.line != after.line


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
