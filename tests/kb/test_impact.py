"""What falls if a source falls: a graph drawn by hand, the rules of each effect, and laws over random audits.

::

    one.md                                    sources
    s1 ── supports ───────────────► trial     trial    randomized, 500 people
    s2 ── supports ───────────────► trial     cohort   another team's, level 3
       ── supports ───────────────► cohort    second   randomized, 500 people, a third team's
    s3 ── disputes ───────────────► trial     review   systematic, of randomized trials; cites trial and two others
       ── supports ───────────────► cohort    letter   a narrative review; cites trial
    s4 ── supports ───────────────► trial     old      randomized, retracted in 2020
       ── supports ───────────────► second
    s5 ── leans on s1
    s6 ── leans on s1, cites cohort           two.md
    s7 ── says nothing ───────────► trial     t1 ── supports ────► review
       ── supports ───────────────► review    t2 ── not checked ─► trial
    s8 ── supports ───────────────► old       t3 ── supports ────► cohort

By hand, were ``trial`` to fall: a randomized trial starts high, and goes down one step where it stands alone; a cohort
starts low, and goes down one step where it stands alone; so s2 falls from moderate to very low, s4 from high to
moderate. The review carries s7 alone, before and after.
"""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from kb.model import (
    Audit,
    Certainty,
    Design,
    Notice,
    ResolutionStatus,
    Review,
    Source,
    Study,
    Trait,
    Verdict,
)
from kb.questions.effects import Effect, Grading, effect_of
from kb.questions.impact import Affected, Impact, impact
from kb.report.answers.impact import MOST, to_text
from kb.strength.regrade import has_fallen
from kb.view.answers.impact import MOST_ARTICLES
from tests.costs import assert_within
from tests.graded import Drawn, audit_of

replace = msgspec.structs.replace

TRIAL, COHORT, SECOND, REVIEW, LETTER, OLD = (
    f"doi:10.5555/{name}" for name in ("trial", "cohort", "second", "review", "letter", "old")
)

TEAMS = {
    TRIAL: ("Brook", "Lind"),
    COHORT: ("Finch", "Iyer"),
    SECOND: ("Hale", "Moss"),
    REVIEW: ("Vale", "Orsini", "Mbeki"),
    LETTER: ("Rook",),
    OLD: ("Pike", "Ferro"),
}


def source(name: str, design: Design, **fields: Any) -> Source:
    known = {"doi": name.removeprefix("doi:"), "authors": TEAMS.get(name, ()), "year": "2019"}
    return Source(id=name, design=design, **(known | fields))


def sources() -> tuple[Source, ...]:
    many = Study(participants=500)
    of_trials = Study(studies=9, traits=(Trait(kind="randomized trials", words="randomised trials"),))
    gone = Notice(kind="retraction", said_by=("a registry",), date="2020-02-01")
    return (
        source(TRIAL, "randomized trial", study=many, title="Thyme for knees"),
        source(COHORT, "cohort", study=many, year="2008", title="Walking and sleep"),
        source(SECOND, "randomized trial", study=many, title="Balm for hips"),
        source(REVIEW, "systematic review", study=of_trials, cites=(TRIAL, "doi:10.5555/x", "doi:10.5555/y")),
        source(LETTER, "narrative review", cites=(TRIAL,)),
        source(OLD, "randomized trial", study=many, notices=(gone,)),
    )


def one_md(*reviews: Review) -> Audit:
    drawn = [
        Drawn("s1", {TRIAL: "supports"}),
        Drawn("s2", {TRIAL: "supports", COHORT: "supports"}),
        Drawn("s3", {TRIAL: "disputes", COHORT: "supports"}),
        Drawn("s4", {TRIAL: "supports", SECOND: "supports"}),
        Drawn("s5", leans_on="s1"),
        Drawn("s6", {COHORT: "supports"}, leans_on="s1"),
        Drawn("s7", {TRIAL: "neutral", REVIEW: "supports"}),
        Drawn("s8", {OLD: "supports"}),
    ]
    return audit_of("one.md", drawn, sources(), reviews)


def two_md() -> Audit:
    drawn = [
        Drawn("t1", {REVIEW: "supports"}),
        Drawn("t2", {TRIAL: "not checked"}),
        Drawn("t3", {COHORT: "supports"}),
    ]
    return audit_of("two.md", drawn, sources())


def both() -> tuple[Audit, Audit]:
    return one_md(), two_md()


def by_statement(answer: Impact) -> dict[str, Affected]:
    return {one.statement.statement: one for article in answer.articles for one in article.affected}


def graded(verdict: Verdict, level: int | None = None, certainty: Certainty | None = None, lines: int = 0) -> Grading:
    return Grading(verdict=verdict, level=level, certainty=certainty, lines=lines)


BY_HAND: list[tuple[str, Effect, Grading, Grading]] = [
    ("s1", "loses its support", graded("supported", 2, "moderate", 1), graded("unsupported")),
    ("s2", "falls", graded("supported", 2, "moderate", 2), graded("supported", 3, "very low", 1)),
    ("s3", "gains", graded("contested", 3, "very low", 1), graded("supported", 3, "very low", 1)),
    ("s4", "falls", graded("supported", 2, "high", 2), graded("supported", 2, "moderate", 1)),
    ("s5", "loses its support", graded("supported", 2, "moderate", 1), graded("unsupported")),
    ("s7", "stands", graded("supported", 1, "high", 1), graded("supported", 1, "high", 1)),
    ("t2", "falls", graded("not checked", 2, None, 1), graded("unsupported")),
]


def test_the_drawn_graph_answers_as_worked_out_by_hand() -> None:
    answer = impact(both(), [TRIAL])
    found = by_statement(answer)
    assert {name: (one.effect, one.before, one.after) for name, one in found.items()} == {
        name: (effect, before, after) for name, effect, before, after in BY_HAND
    }
    assert answer.counts == (("loses its support", 2), ("falls", 3), ("gains", 1), ("stands", 1))
    assert [(one.article, one.counts) for one in answer.articles] == [
        ("one.md", (("loses its support", 2), ("falls", 2), ("gains", 1), ("stands", 1))),
        ("two.md", (("falls", 1),)),
    ]


def test_in_an_article_the_gravest_comes_first_and_then_what_comes_first() -> None:
    affected = impact(both(), [TRIAL]).articles[0].affected
    assert [one.statement.statement for one in affected] == ["s1", "s5", "s2", "s4", "s3", "s7"]


def test_a_statement_that_leans_on_one_that_falls_names_it() -> None:
    found = by_statement(impact(both(), [TRIAL]))
    assert found["s5"].through == found["s1"].statement
    assert found["s5"].sources == ()
    assert found["s5"].reasons == ("it leans on line 1 (“Thyme eases s1.”)",)
    assert found["s1"].through is None
    assert found["s1"].sources == (TRIAL,)


WHY = [
    ("s1", ("without Brook & Lind 2019 (supports it)", "it cites nothing else")),
    (
        "s2",
        (
            "without Brook & Lind 2019 (supports it)",
            "left is Finch & Iyer 2008 (supports it)",
            "provisional certainty starts low: a cohort",
        ),
    ),
    ("s3", ("without Brook & Lind 2019 (disputes it)", "left is Finch & Iyer 2008 (supports it)")),
    (
        "s4",
        (
            "without Brook & Lind 2019 (supports it)",
            "left is Hale & Moss 2019 (supports it)",
            "certainty down one step for imprecision: it rests on a single study",
        ),
    ),
    ("s7", ("without Brook & Lind 2019 (says nothing for or against it)", "left is Vale et al. 2019 (supports it)")),
]


@pytest.mark.parametrize(("name", "reasons"), WHY, ids=[row[0] for row in WHY])
def test_why_in_words(name: str, reasons: tuple[str, ...]) -> None:
    assert by_statement(impact(both(), [TRIAL]))[name].reasons == reasons


def test_who_rests_on_a_review_that_cites_it_is_named_and_not_graded() -> None:
    one, two = (article.second_hand for article in impact(both(), [TRIAL]).articles)
    assert [(told.statement.statement, told.effect) for told in one] == [("s7", "stands")]
    (told,) = two
    assert (told.statement.statement, told.statement.verdict, told.effect) == ("t1", "supported", None)
    assert (told.review, told.includes, told.cites, told.pools) == (REVIEW, (TRIAL,), 3, 9)


def test_a_study_that_cites_a_fallen_one_does_not_rest_on_it() -> None:
    citing = replace(sources()[1], cites=(TRIAL,))
    known = tuple(citing if one.id == COHORT else one for one in sources())
    answer = impact([audit_of("two.md", [Drawn("t3", {COHORT: "supports"})], known)], [TRIAL], known)
    assert answer.articles == ()
    assert answer.sources[0].cited_by == (COHORT, LETTER, REVIEW)
    assert answer.sources[0].reviews == (LETTER, REVIEW)


def test_a_review_knows_a_work_under_its_other_identifier_too() -> None:
    trial = replace(sources()[0], pmid="77")
    review = replace(sources()[3], cites=("pmid:77",))
    known = tuple({TRIAL: trial, REVIEW: review}.get(one.id, one) for one in sources())
    answer = impact([audit_of("two.md", [Drawn("t1", {REVIEW: "supports"})], known)], [TRIAL], known)
    assert [told.includes for told in answer.articles[0].second_hand] == [(TRIAL,)]


def test_a_review_that_falls_too_is_first_hand() -> None:
    answer = impact(both(), [TRIAL, REVIEW])
    assert answer.second_hand == 0
    assert by_statement(answer)["t1"].effect == "loses its support"


def test_a_source_that_cites_itself_is_not_its_own_review() -> None:
    own = replace(sources()[3], cites=(REVIEW, TRIAL))
    known = tuple(own if one.id == REVIEW else one for one in sources())
    answer = impact([audit_of("two.md", [Drawn("t1", {REVIEW: "supports"})], known)], [REVIEW], known)
    assert (answer.second_hand, answer.sources[0].cited_by) == (0, ())


def test_what_was_retracted_already_changes_nothing() -> None:
    answer = impact(both(), [OLD])
    (found,) = by_statement(answer).values()
    assert (found.effect, found.before, found.after) == ("already fallen", graded("unsupported"), graded("unsupported"))
    assert found.reasons == ("Pike & Ferro 2019 could not stand as evidence before either", "it cites nothing else")
    assert answer.sources[0].already


def test_what_leans_on_what_had_fallen_already_has_so_too() -> None:
    drawn = [Drawn("s1", {OLD: "supports"}), Drawn("s2", leans_on="s1")]
    found = by_statement(impact([audit_of("a.md", drawn, sources())], [OLD]))
    assert [one.effect for one in found.values()] == ["already fallen", "already fallen"]


def test_a_retraction_that_came_after_the_audit_is_told_as_such() -> None:
    audit = one_md()
    gone = Notice(kind="retraction", said_by=("a registry",), date="2026-11-23")
    newer = replace(audit, sources=tuple(replace(one, notices=(gone,)) for one in audit.sources))
    found = by_statement(impact([newer], [TRIAL]))["s1"]
    assert (found.effect, found.after) == ("loses its support", graded("unsupported"))
    assert found.reasons[-1] == "its article was audited before that was known: audit it again"


def test_a_source_that_nothing_rests_on_is_told_with_who_lists_and_cites_it() -> None:
    audit = audit_of("list.md", [Drawn("s1", {COHORT: "supports"})], sources(), listed=[LETTER])
    answer = impact([audit, one_md()], [LETTER], sources(), {LETTER: ("far.md",)})
    assert (answer.articles, answer.counts, answer.second_hand) == ((), (), 0)
    assert answer.sources[0].listed == ("far.md", "list.md")
    assert to_text(answer).splitlines()[:4] == [
        "What if this fell, retracted or wrong?",
        "  Rook 2019 (doi:10.5555/letter)",
        "    listed, with nothing resting on it, in far.md and list.md",
        "No statement rests on that.",
    ]


def test_a_work_that_only_sources_cite_can_fall() -> None:
    answer = impact(both(), ["doi:10.5555/x"])
    assert answer.counts == ()
    assert [told.statement.statement for article in answer.articles for told in article.second_hand] == ["s7", "t1"]
    assert answer.sources[0].named == "doi:10.5555/x"


def test_impact_of_nothing_is_nothing() -> None:
    assert impact(both(), []) == Impact(sources=(), counts=(), second_hand=0, articles=())


WAYS: list[tuple[Grading, Grading, Effect]] = [
    (graded("supported", 2, "low", 1), graded("not checked", 2, None, 1), "loses its support"),
    (graded("partly supported"), graded("not substantiated"), "loses its support"),
    (graded("not checked"), graded("not substantiated"), "falls"),
    (graded("not checked", 2, None, 2), graded("not checked", 3, None, 1), "stands"),
    (graded("needs no source"), graded("unsupported"), "loses its support"),
    (graded("not substantiated"), graded("unsupported"), "falls"),
    (graded("supported"), graded("partly supported"), "falls"),
    (graded("supported", 2, "low", 1), graded("supported", 3, "low", 1), "falls"),
    (graded("supported", 2, "low", 1), graded("supported", 2, None, 1), "falls"),
    (graded("supported", 2, "low", 1), graded("supported", 3, "moderate", 1), "falls"),
    (graded("supported", 2, "low", 2), graded("supported", 2, "low", 1), "falls"),
    (graded("supported", 2, "low", 1), graded("supported", 2, "low", 2), "stands"),
    (graded("supported", 2, "low", 1), graded("supported", 2, "moderate", 1), "gains"),
    (graded("contested", 2, "low", 2), graded("partly supported", 3, "very low", 1), "gains"),
    (graded("not substantiated"), graded("not checked"), "gains"),
    (graded("needs no source"), graded("supported", 2, "low", 1), "gains"),
    (graded("unsupported"), graded("unsupported"), "stands"),
    (graded("not substantiated", lines=2), graded("not substantiated", lines=1), "stands"),
]


@pytest.mark.parametrize(("before", "after", "effect"), WAYS)
def test_which_way_a_statement_goes(before: Grading, after: Grading, effect: Effect) -> None:
    assert effect_of(before, after) == effect


# People's words.


def word(value: str, statement: str, cited: tuple[str, ...] | None, date: str = "2026-11-20") -> Review:
    return Review(
        subject="statement",
        statement=statement,
        source=None,
        value=value,
        person="Ann Lee",
        date=date,
        reason="read it",
        fingerprint=f"f-{statement}",
        article="one.md",
        text=f"Thyme eases {statement}.",
        cited=cited,
    )


@pytest.mark.parametrize("cited", [(TRIAL,), None])
def test_a_word_given_before_the_fall_does_not_hold_a_statement_up(cited: tuple[str, ...] | None) -> None:
    found = by_statement(impact([one_md(word("supported, certainty high", "s1", cited))], [TRIAL]))["s1"]
    assert (found.before, found.after) == (graded("supported", 2, "high", 1), graded("unsupported"))
    assert found.reasons[-1] == (
        "people's word on it was given before and holds no longer: "
        "Ann Lee (2026-11-20) says supported, certainty high: read it"
    )


def test_a_word_on_a_statement_that_only_leans_holds_as_after_a_real_retraction() -> None:
    found = by_statement(impact([one_md(word("supported", "s5", ()))], [TRIAL]))["s5"]
    assert found.after.verdict == "supported"
    assert found.reasons[-1].startswith("people's word decides: Ann Lee (2026-11-20) says supported: read it")


def test_a_word_given_since_a_retraction_holds() -> None:
    found = by_statement(impact([one_md(word("supported", "s8", (OLD,)))], [OLD]))["s8"]
    assert (found.effect, found.after.verdict) == ("already fallen", "supported")


def test_a_word_on_a_line_does_not_raise_a_fallen_source() -> None:
    line = replace(word("supports", "s1", None), subject="line", source=TRIAL)
    assert by_statement(impact([one_md(line)], [TRIAL]))["s1"].after == graded("unsupported")


def test_a_review_that_had_tied_two_studies_together() -> None:
    pooling = replace(sources()[3], cites=(TRIAL, SECOND))
    known = tuple(pooling if one.id == REVIEW else one for one in sources())
    drawn = [Drawn("s1", {TRIAL: "supports", SECOND: "supports", REVIEW: "supports"})]
    found = by_statement(impact([audit_of("a.md", drawn, known)], [REVIEW]))["s1"]
    assert (found.before.lines, found.after.lines, found.effect) == (1, 2, "falls")  # from level 1 to level 2
    assert found.reasons[-1] == "more independent lines are counted, as what falls tied some of them together"


FAULTY: list[tuple[ResolutionStatus, Verdict, str]] = [
    ("verified", "unsupported", "without Brook & Lind 2019 (supports it)"),
    ("another work", "unsupported", "Brook & Lind 2019 could not stand as evidence before either"),
]


@pytest.mark.parametrize(("status", "after", "reason"), FAULTY)
def test_a_reference_to_another_work_never_held(status: ResolutionStatus, after: Verdict, reason: str) -> None:
    audit = audit_of("a.md", [Drawn("s1", {TRIAL: "supports"})], sources(), statuses={TRIAL: status})
    found = by_statement(impact([audit], [TRIAL]))["s1"]
    assert found.after.verdict == after
    assert found.reasons[0] == reason


def test_a_word_on_a_reference_to_another_work_does_not_outlast_its_fall() -> None:
    reviews = (word("supported", "s1", (TRIAL,)),)
    audit = audit_of("one.md", [Drawn("s1", {TRIAL: "supports"})], sources(), reviews, {TRIAL: "another work"})
    found = by_statement(impact([audit], [TRIAL]))["s1"]
    assert (found.before.verdict, found.after.verdict) == ("supported", "unsupported")
    assert found.reasons == (
        "Brook & Lind 2019 could not stand as evidence before either",
        "it cites nothing else",
        "people's word on it was given before and holds no longer: Ann Lee (2026-11-20) says supported: read it",
    )


def test_a_notice_that_is_cited_as_evidence_falls_too() -> None:
    notice = replace(sources()[0], title="Correction: thyme for knees")
    audit = audit_of("a.md", [Drawn("s1", {TRIAL: "supports"})], [notice])
    assert not has_fallen(notice)
    assert by_statement(impact([audit], [TRIAL]))["s1"].after == graded("unsupported")


def test_a_source_reinstated_nobody_knows_when_falls_all_the_same() -> None:
    back = (Notice(kind="retraction", said_by=("x",), date="2020"), Notice(kind="reinstatement", said_by=("x",)))
    audit = audit_of("a.md", [Drawn("s1", {TRIAL: "supports"})], [replace(sources()[0], notices=back)])
    found = by_statement(impact([audit], [TRIAL]))["s1"]
    assert (found.before.verdict, found.after.verdict) == ("supported", "unsupported")


# In words.


def test_an_answer_in_words() -> None:
    assert to_text(impact(both(), [TRIAL, OLD], sources())).splitlines()[:-2] == [
        "What if these fell, retracted or wrong?",
        "  Brook & Lind 2019: Thyme for knees (doi:10.5555/trial)",
        "    cited by 2 other known works, of which 2 report what others found",
        "  Pike & Ferro 2019 (doi:10.5555/old, retracted already)",
        "8 statements in 2 articles rest on that: 2 lose their support, 3 fall, 1 gains, 1 stands, "
        "1 rested on what had fallen already.",
        "2 statements rest on a work that cites it: not graded again for that.",
        "",
        "one.md: 2 lose their support, 2 fall, 1 gains, 1 stands, 1 rested on what had fallen already",
        "  line 1 (s1): “Thyme eases s1.”",
        "    loses its support: supported, OCEBM level 2, certainty moderate → unsupported",
        "    without Brook & Lind 2019 (supports it); it cites nothing else",
        "  line 5 (s5): “Thyme eases s5.”",
        "    loses its support: supported, OCEBM level 2, certainty moderate → unsupported",
        "    it leans on line 1 (“Thyme eases s1.”)",
        "  line 2 (s2): “Thyme eases s2.”",
        "    falls: supported, OCEBM level 2, certainty moderate, 2 independent lines → "
        "supported, OCEBM level 3, certainty very low",
        "    without Brook & Lind 2019 (supports it); left is Finch & Iyer 2008 (supports it); "
        "provisional certainty starts low: a cohort",
        "  line 4 (s4): “Thyme eases s4.”",
        "    falls: supported, OCEBM level 2, certainty high, 2 independent lines → "
        "supported, OCEBM level 2, certainty moderate",
        "    without Brook & Lind 2019 (supports it); left is Hale & Moss 2019 (supports it); "
        "certainty down one step for imprecision: it rests on a single study",
        "  line 3 (s3): “Thyme eases s3.”",
        "    gains: contested, OCEBM level 3, certainty very low → supported, OCEBM level 3, certainty very low",
        "    without Brook & Lind 2019 (disputes it); left is Finch & Iyer 2008 (supports it)",
        "  line 7 (s7): “Thyme eases s7.”",
        "    stands on what is left: supported, OCEBM level 1, certainty high",
        "    without Brook & Lind 2019 (says nothing for or against it); left is Vale et al. 2019 (supports it)",
        "  line 8 (s8): “Thyme eases s8.”",
        "    rested on what had fallen already: unsupported",
        "    Pike & Ferro 2019 could not stand as evidence before either; it cites nothing else",
        "  At second hand",
        "  line 7 (s7): “Thyme eases s7.”",
        "    Vale et al. 2019 (systematic review) supports it and cites what falls, one of 3 works; it pools 9 studies"
        "; the statement is affected at first hand too: it stands",
        "",
        "two.md: 1 falls",
        "  line 2 (t2): “Thyme eases t2.”",
        "    falls: not checked, OCEBM level 2 → unsupported",
        "    without Brook & Lind 2019 (not checked); it cites nothing else",
        "  At second hand",
        "  line 1 (t1): “Thyme eases t1.”",
        "    Vale et al. 2019 (systematic review) supports it and cites what falls, one of 3 works; it pools 9 studies",
    ]


def test_what_is_as_bad_as_before_does_not_stand() -> None:
    drawn = [Drawn("s1", {TRIAL: "neutral", COHORT: "neutral"})]
    assert "    is as before: not substantiated\n" in to_text(impact([audit_of("a.md", drawn, sources())], [TRIAL]))


def test_the_text_of_ten_thousand_statements_is_short_and_takes_seconds() -> None:
    drawn = [Drawn(f"s{number}", {TRIAL: "supports", SECOND: "supports"}) for number in range(400)]
    one = audit_of("0.md", [*drawn, Drawn("r", {REVIEW: "supports"})], sources())
    many = [replace(one, article=replace(one.article, id=f"{number}.md")) for number in range(25)]
    came: list[tuple[Impact, str]] = []

    def job() -> None:
        answer = impact(many, [TRIAL], sources())
        came.append((answer, to_text(answer)))

    assert_within(20, job)
    answer, text = came[0]
    assert answer.counts == (("falls", 10_000),)
    assert answer.second_hand == 25
    assert text.count("\n") < MOST_ARTICLES * (MOST * 5 + 6)
    assert f"    and {400 - MOST} more\n" in text
    assert f"\nand {25 - MOST_ARTICLES} more articles, the least affected\n" in text


def test_a_long_chain_of_leaning_statements_falls_as_one() -> None:
    drawn = [Drawn("s0", {TRIAL: "supports"}), *(Drawn(f"s{n}", leans_on=f"s{n - 1}") for n in range(1, 5_000))]
    assert impact([audit_of("a.md", drawn, sources())], [TRIAL]).counts == (("loses its support", 5_000),)


def test_words_from_outside_steer_nothing() -> None:
    evil = "a\x1b[2J\nb\u202ec"
    audit = one_md()
    shown = replace(audit, statements=tuple(replace(one, text=evil, place=evil) for one in audit.statements))
    named = tuple(replace(one, title=evil, authors=(evil,)) for one in audit.sources)
    text = to_text(impact([replace(shown, article=replace(audit.article, id=evil), sources=named)], [TRIAL, evil]))
    assert all(line.isprintable() for line in text.split("\n"))
