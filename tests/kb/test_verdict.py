"""From what a statement cites to its evidence lines, and from those to a verdict: each row of the table."""

from __future__ import annotations

import msgspec
import pytest

from kb.model import (
    Assessment,
    Citation,
    Design,
    Direction,
    EvidenceLine,
    Extent,
    Notice,
    NoticeKind,
    NumberCheck,
    Question,
    Reference,
    Resolution,
    ResolutionStatus,
    Source,
    Span,
    Statement,
    Verdict,
)
from kb.strength.support import BuiltInJudge, Claim, Judgement
from kb.strength.verdict import assess
from kb.strength.weighing import weigh


def statement(
    name: str = "s1",
    text: str = "Thyme eases knee pain.",
    *,
    question: Question | None = "benefit",
    needs_source: bool = True,
    leans_on: str | None = None,
    goes_beyond: str | None = None,
    line: int = 1,
) -> Statement:
    return Statement(
        id=name,
        fingerprint=f"f-{name}",
        text=text,
        start=0,
        end=len(text),
        sentence=Span(start=0, end=len(text)),
        line=line,
        section="",
        kind="benefit",
        question=question,
        needs_source=needs_source,
        leans_on=leans_on,
        goes_beyond=goes_beyond,
    )


AUTHORS = (("Moss", "Lind"), ("Rowan", "Hale"), ("Aster", "Birk"), ("Cole", "Dunn"))


def source(number: int = 1, design: Design = "randomized trial", notices: tuple[Notice, ...] = ()) -> Source:
    """A source; those of different numbers have different authors."""
    return Source(
        id=f"ref:{number}",
        authors=AUTHORS[number % 4] if number < 4 else (f"Author{number}", f"Other{number}"),
        year=str(2010 + number),
        design=design,
        design_basis="its title says 'randomised'" if design != "unknown" else "nothing at hand names its design",
        notices=notices,
    )


def line(
    number: int = 1, direction: Direction = "supports", extent: Extent | None = "whole", level: int | None = 2
) -> EvidenceLine:
    return EvidenceLine(
        statement="s1",
        source=f"ref:{number}",
        references=(f"r{number}",),
        direction=direction,
        extent=extent if direction == "supports" else None,
        level=level,
    )


def citation(references: tuple[str, ...] = ("r1",), missing: tuple[str, ...] = (), covers: str = "s1") -> Citation:
    return Citation(text="[1]", start=0, end=3, line=1, references=references, missing=missing, statements=(covers,))


def resolution(number: int, status: ResolutionStatus) -> Resolution:
    return Resolution(reference=f"r{number}", source=f"ref:{number}", status=status)


def notice(kind: NoticeKind, date: str | None = None) -> Notice:
    return Notice(kind=kind, said_by=("Crossref",), date=date)


def one(
    *lines: EvidenceLine,
    sources: tuple[Source, ...] = (),
    resolutions: tuple[Resolution, ...] = (),
    citations: tuple[Citation, ...] | None = None,
    about: Statement | None = None,
) -> Assessment:
    """The assessment of one statement that cites these lines."""
    cited = citations if citations is not None else ((citation(),) if lines else ())
    found = sources or tuple(source(int(one.source.partition(":")[2])) for one in lines)
    (assessment,) = assess([about or statement()], lines, cited, resolutions, found)
    return assessment


LINES: list[tuple[str, list[EvidenceLine], Verdict, int | None]] = [
    ("one supports", [line()], "supported", 2),
    ("one supports a part", [line(extent="part")], "partly supported", 2),
    ("a part, and the whole", [line(extent="part"), line(2, level=3)], "supported", 2),
    ("one supports, one is silent", [line(), line(2, "neutral", level=1)], "supported", 2),
    ("one supports, one not checked", [line(level=3), line(2, "not checked", level=1)], "supported", 3),
    ("support and dispute", [line(), line(2, "disputes")], "contested", 2),
    ("one disputes", [line(1, "disputes")], "not substantiated", None),
    ("one disputes, one not checked", [line(1, "disputes"), line(2, "not checked")], "not substantiated", None),
    ("checked, and silent", [line(1, "neutral"), line(2, "neutral")], "not substantiated", None),
    ("one silent, one not checked", [line(1, "neutral"), line(2, "not checked")], "not checked", 2),
    ("not checked", [line(1, "not checked", level=None)], "not checked", None),
]


@pytest.mark.parametrize(("why", "lines", "verdict", "level"), LINES, ids=[row[0] for row in LINES])
def test_from_lines_to_a_verdict(why: str, lines: list[EvidenceLine], verdict: Verdict, level: int | None) -> None:
    assessment = one(*lines)
    supporting = [one for one in lines if one.direction == "supports"]
    assert (assessment.verdict, assessment.level, assessment.lines) == (verdict, level, len(supporting or lines)), why
    assert assessment.reasons


UNCITED: list[tuple[str, Statement, Verdict, str]] = [
    ("asks for none", statement(needs_source=False), "needs no source", "asks for no source"),
    ("asks for one", statement(), "unsupported", "asks for a source and shows none"),
    (
        "leans on what is not there",
        statement(leans_on="gone"),
        "unsupported",
        "asks for a source and shows none",
    ),
    (
        "goes beyond what is not there",
        statement(leans_on="gone", goes_beyond="speaks of everyone"),
        "unsupported",
        "goes beyond what it rests on: speaks of everyone",
    ),
]


@pytest.mark.parametrize(("why", "about", "verdict", "reason"), UNCITED, ids=[row[0] for row in UNCITED])
def test_without_a_citation(why: str, about: Statement, verdict: Verdict, reason: str) -> None:
    assessment = one(about=about)
    assert (assessment.verdict, assessment.reasons) == (verdict, (reason,)), why
    assert (assessment.level, assessment.certainty) == (None, None)


FAULTS: list[tuple[str, Source, tuple[Resolution, ...], Verdict, str]] = [
    (
        "retracted",
        source(notices=(notice("retraction", "2010-02-06"),)),
        (),
        "unsupported",
        "cites Rowan & Hale 2011: was retracted on 2010-02-06 (said by Crossref)",
    ),
    ("withdrawn", source(notices=(notice("withdrawal"),)), (), "unsupported", "was withdrawn (said by Crossref)"),
    (
        "reinstated",
        source(notices=(notice("retraction", "2010-02"), notice("reinstatement", "2010-02-20"))),
        (),
        "supported",
        "cites 1 source",
    ),
    (
        "reinstated and retracted again",
        source(notices=(notice("retraction", "2012-05-01"), notice("reinstatement", "2011"))),
        (),
        "unsupported",
        "was retracted on 2012-05-01",
    ),
    ("corrected", source(notices=(notice("correction", "2012"),)), (), "supported", "cites 1 source"),
    ("in doubt", source(notices=(notice("expression of concern"),)), (), "supported", "a notice casts doubt on it"),
    ("not found", source(), (resolution(1, "not found"),), "unsupported", "no such work is registered"),
    ("another work", source(), (resolution(1, "another work"),), "unsupported", "belongs to another work"),
    ("verified", source(), (resolution(1, "verified"),), "supported", "cites 1 source"),
    ("metadata differs", source(), (resolution(1, "metadata differs"),), "supported", "cites 1 source"),
    ("ambiguous", source(), (resolution(1, "ambiguous"),), "supported", "cites 1 source"),
    ("unreachable", source(), (resolution(1, "unreachable"),), "supported", "cites 1 source"),
    ("not attempted", source(), (resolution(1, "not attempted"),), "supported", "cites 1 source"),
]


@pytest.mark.parametrize(("why", "found", "resolutions", "verdict", "reason"), FAULTS, ids=[row[0] for row in FAULTS])
def test_what_can_stand_as_evidence(
    why: str, found: Source, resolutions: tuple[Resolution, ...], verdict: Verdict, reason: str
) -> None:
    assessment = one(line(), sources=(found,), resolutions=resolutions)
    assert assessment.verdict == verdict, why
    assert reason in "; ".join(assessment.reasons)
    if verdict == "unsupported":
        assert (assessment.level, assessment.certainty, assessment.lines) == (None, None, 0)


def test_a_marker_that_leads_nowhere_supports_nothing() -> None:
    assessment = one(citations=(citation((), ("7",)),))
    assert (assessment.verdict, assessment.reasons) == (
        "unsupported",
        ("cites '7', which the reference list does not hold",),
    )


def test_a_retracted_source_beside_a_sound_one_is_left_out_and_named() -> None:
    retracted = source(1, notices=(notice("retraction"),))
    assessment = one(
        line(1, level=1), line(2, level=3), sources=(retracted, source(2)), citations=(citation(("r1", "r2"), ("9",)),)
    )
    assert (assessment.verdict, assessment.level, assessment.lines) == ("supported", 3, 1)
    assert "cites Rowan & Hale 2011: was retracted (said by Crossref)" in assessment.reasons
    assert "cites '9', which the reference list does not hold" in assessment.reasons


def test_a_cited_statement_is_judged_by_its_lines_though_it_asks_for_no_source_or_leans() -> None:
    asks_for_none = statement(needs_source=False)
    leans = statement(leans_on="s0", goes_beyond="speaks of everyone")
    for about in (asks_for_none, leans):
        assert one(line(), about=about).verdict == "supported"


def test_a_leaning_statement_takes_the_verdict_and_at_most_the_certainty_of_what_it_leans_on() -> None:
    base = statement("s1", "Thyme eases knee pain in most people who take it for longer than a month or two.", line=25)
    same = statement("s2", "This makes it a remedy.", leans_on="s1")
    other = statement("s3", "So it is common.", leans_on="s2", question="prevalence")
    first, second, third = assess([base, same, other], [line()], [citation()], [], [source()])
    assert first.verdict == second.verdict == third.verdict == "supported"
    assert first.certainty == second.certainty == third.certainty == "moderate"
    assert (first.level, second.level, third.level) == (2, 2, None), "a level holds for one question only"
    assert second.reasons == (
        "leans on the statement in line 25 (“Thyme eases knee pain in most people who take it for longer …”) "
        "and goes no further, so it takes its verdict",
    )


def test_a_statement_that_goes_beyond_is_unsupported_and_says_what_it_goes_beyond() -> None:
    base, beyond = statement(), statement("s2", leans_on="s1", goes_beyond="speaks of all herbs")
    _, assessment = assess([base, beyond], [line()], [citation()], [], [source()])
    assert assessment.verdict == "unsupported"
    assert assessment.reasons == (
        "goes beyond the statement in line 1 (“Thyme eases knee pain.”): speaks of all herbs",
    )


def test_leaning_on_what_rests_on_nothing_is_no_support() -> None:
    unsupported = statement("s1")
    definition = statement("s2", "Thyme is a herb.", needs_source=False)
    chained = [statement("s3", leans_on="s1"), statement("s4", leans_on="s2")]
    found = assess([unsupported, definition, *chained], [], [], [], [])
    assert [assessment.verdict for assessment in found] == [
        "unsupported",
        "needs no source",
        "unsupported",
        "unsupported",
    ]
    assert "is unsupported itself" in found[2].reasons[1]
    assert "rests on no source either" in found[3].reasons[1]


def test_chains_keep_the_order_of_statements_and_circles_end() -> None:
    forward = [statement("s3", leans_on="s2"), statement("s2", leans_on="s1"), statement("s1")]
    found = assess(forward, [line()], [citation()], [], [source()])
    assert [assessment.statement for assessment in found] == ["s3", "s2", "s1"]
    assert {assessment.verdict for assessment in found} == {"supported"}
    circle = [statement("s1", leans_on="s2"), statement("s2", leans_on="s1"), statement("s3", leans_on="s3")]
    assert {assessment.verdict for assessment in assess(circle, [], [], [], [])} == {"unsupported"}


def test_a_chain_of_thousands_is_followed() -> None:
    many = [statement("s0")] + [statement(f"s{n}", leans_on=f"s{n - 1}") for n in range(1, 5000)]
    assert {assessment.verdict for assessment in assess(many[::-1], [], [], [], [])} == {"unsupported"}


class Says:
    """A judge that always says the same."""

    def __init__(self, judgement: Judgement) -> None:
        self.judgement = judgement

    def judge(self, claim: Claim, source: Source) -> Judgement:
        return self.judgement


def reference(name: str, number: int) -> Reference:
    return Reference(id=name, position=number, text="Rowan", source=f"ref:{number}")


SUPPORTS = Judgement(
    direction="supports",
    extent="whole",
    quote="Thyme eased pain.",
    numbers=(NumberCheck(stated="67%", found="67%", outcome="agrees"),),
    reasons=("one sentence says so",),
)


def test_weighing_gives_one_line_a_source_with_what_the_judge_and_the_table_say() -> None:
    references = [reference("r1", 1), reference("r1b", 1), reference("r2", 2)]
    first, second = weigh(
        statement(),
        references,
        [],
        [resolution(1, "not attempted")],
        {"ref:1": source(1), "ref:2": source(2, "cohort")},
        Says(SUPPORTS),
    )
    assert (first.source, first.references, first.direction, first.extent) == (
        "ref:1",
        ("r1", "r1b"),
        "supports",
        "whole",
    )
    assert (first.level, second.level) == (2, 3)
    assert (first.quote, first.numbers) == (SUPPORTS.quote, SUPPORTS.numbers)
    assert first.reasons == (
        "no registry was asked, so the reference was not confirmed",
        "a randomized trial: its title says 'randomised'",
        "good for a question of benefit: a randomized trial is level 2 of 5 (provisional)",
        "one sentence says so",
    )
    assert first.not_higher == ("not higher: level 1 takes a systematic review of randomized trials",)
    assert first.not_lower == (
        "not lower: who got which treatment was left to chance, and nothing at hand speaks against it",
    )


@pytest.mark.parametrize(
    ("found", "status"),
    [
        (source(notices=(notice("retraction"),)), "verified"),
        (source(), "not found"),
        (source(), "another work"),
    ],
)
def test_what_gives_no_evidence_is_not_judged_and_has_no_level(found: Source, status: ResolutionStatus) -> None:
    (only,) = weigh(statement(), [reference("r1", 1)], [], [resolution(1, status)], {"ref:1": found}, Says(SUPPORTS))
    assert (only.direction, only.level, only.quote) == ("not checked", None, None)
    assert only.reasons[0].startswith("gives no evidence: ")


def test_a_cited_statement_of_which_no_text_is_to_be_had_says_all_that_is_not_known() -> None:
    about = statement(text="One study found relief in 67% of participants (Rowan & Hale, 2011).")
    sources = {"ref:1": source(design="unknown")}
    lines = weigh(about, [reference("r1", 1)], [], [resolution(1, "unreachable")], sources, BuiltInJudge())
    (assessment,) = assess([about], lines, [citation()], [resolution(1, "unreachable")], list(sources.values()))
    assert assessment == Assessment(
        statement="s1",
        verdict="not checked",
        lines=1,
        reasons=(
            "cites 1 source",
            "the registry could not be reached, so the reference was not confirmed",
            "its design is not known: nothing at hand names it",
            "no abstract to be had",
            "the number 67% was not checked: no abstract to be had",
            "a single study would be weak for a question of benefit: "
            "level 1 takes a systematic review of randomized trials",
        ),
    )


def test_reasons_of_several_sources_name_the_source_they_are_about() -> None:
    lines = [
        EvidenceLine(statement="s1", source=f"ref:{n}", references=(f"r{n}",), direction="not checked", reasons=reasons)
        for n, reasons in ((1, ("no abstract to be had",)), (2, ("no abstract to be had", "a cohort")))
    ]
    reasons = one(*lines).reasons
    assert reasons == (
        "cites 2 sources, 2 independent lines as far as authors and registrations tell",
        "no abstract to be had",
        "Aster & Birk 2012: a cohort",
    )


def test_one_team_is_one_line_and_the_reason_says_so() -> None:
    team = [msgspec.structs.replace(source(number), authors=("Rowan", "Hale")) for number in (1, 2)]
    assessment = one(line(1), line(2), line(3), sources=(*team, source(3)))
    assert assessment.lines == 2
    assert assessment.reasons[0] == (
        "cites 3 sources, 2 independent lines: "
        "Rowan & Hale 2011 and Rowan & Hale 2012 are one (the same team: Rowan and Hale)"
    )


def test_of_sources_without_authors_it_is_said_that_their_number_of_lines_is_the_most() -> None:
    bare = [msgspec.structs.replace(source(number), authors=(), title=f"Work {number}") for number in (1, 2)]
    assert one(line(1), line(2), sources=tuple(bare)).reasons[0] == (
        "cites 2 sources, 2 independent lines at most: of some, neither authors nor a registration are known"
    )


def test_a_source_that_does_not_support_adds_no_line() -> None:
    assessment = one(line(1), line(2, "neutral"), line(3, "not checked"))
    assert (assessment.lines, assessment.reasons[0]) == (1, "cites 3 sources, of which one supports it")


def test_ten_sources_are_told_in_few_words() -> None:
    doubted = notice("expression of concern", "2015")
    sources = [source(n, "cohort" if n % 2 else "unknown", (doubted,) if n == 8 else ()) for n in range(1, 11)]
    references = [reference(f"r{n}", n) for n in range(1, 11)]
    lines = weigh(statement(), references, [], [], {one.id: one for one in sources}, BuiltInJudge())
    marker = citation(tuple(f"r{n}" for n in range(1, 11)))
    assessment = one(*lines, sources=tuple(sources), citations=(marker,))
    assert assessment.verdict == "not checked"
    assert "designs: cohort (5), not known (5)" in assessment.reasons
    assert (
        "one marker names 10 sources, and such bundles are more often inaccurate: check which of them says it"
        in assessment.reasons
    )
    assert any("Author8 & Other8 2018: an expression of concern" in reason for reason in assessment.reasons)
    assert (
        "Rowan & Hale 2011, Cole & Dunn 2013, Author5 & Other5 2015 and 2 more: a cohort: its title says 'randomised'"
        in (assessment.reasons)
    )
    assert len(assessment.reasons) <= 16


def test_hundreds_of_different_reasons_lost_markers_and_faults_are_counted() -> None:
    lines = [msgspec.structs.replace(line(n, "not checked"), reasons=(f"reason {n}",)) for n in range(1, 301)]
    retracted = [source(n, notices=(notice("retraction", f"{1700 + n}"),)) for n in range(301, 601)]
    markers = citation((), tuple(str(n) for n in range(1300)))
    assessment = one(
        *lines,
        *(line(n) for n in range(301, 601)),
        sources=(*(source(n) for n in range(1, 301)), *retracted),
        citations=(markers,),
    )
    assert len(assessment.reasons) < 35
    assert "and 288 more reasons, each beside its source" in assessment.reasons
    assert "cites '0', '1', '2' and 1297 more, which the reference list does not hold" in assessment.reasons
    assert "and 288 more reasons why sources cannot stand, each beside its source" in assessment.reasons


def test_a_notice_is_not_the_article_that_it_retracts() -> None:
    told = (notice("retraction", "2015"),)
    itself = msgspec.structs.replace(
        source(1, "editorial", told), publication_types=("Retraction of Publication",), title="Retraction: Thyme"
    )
    lines = weigh(statement(), [reference("r1", 1)], [], [], {"ref:1": itself}, Says(SUPPORTS))
    assert "it is itself a notice about another publication, and no study" in lines[0].reasons
    assessment = one(*lines, sources=(itself,))
    assert (assessment.verdict, assessment.level, assessment.certainty) == ("supported", None, None)
    assert not any("was retracted" in reason for reason in assessment.reasons)
    article = msgspec.structs.replace(itself, publication_types=("Retracted Publication",), title="RETRACTED: Thyme")
    assert one(line(), sources=(article,)).verdict == "unsupported"


def test_what_should_be_checked_first_makes_no_verdict() -> None:
    doubtful = msgspec.structs.replace(line(1, "not checked"), doubt=0.99)
    assert one(doubtful).verdict == "not checked"


def test_why_no_higher_and_no_lower_stands_with_the_assessment() -> None:
    assessment = one(line())
    assert assessment.not_higher == ("not higher: too little evidence stands behind it to be sure of the result",)
    assert assessment.not_lower[0] == "not lower: it rests on a randomized trial"
    base, same = statement(), statement("s2", leans_on="s1")
    leaning = assess([base, same], [line()], [citation()], [], [source()])[1]
    assert leaning.not_higher == ("not higher: it can be no more certain than the statement that it leans on",)
