"""Laws of impact over random audits: what it says is what an audit says after a real retraction, and nothing else."""

from __future__ import annotations

import tempfile
from collections.abc import Collection, Sequence
from pathlib import Path

import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st

from kb.base import KnowledgeBase
from kb.model import Audit, Design, Direction, Notice, ResolutionStatus, Review, Source, StatementKey, Study
from kb.questions.effects import Grading, grading
from kb.questions.impact import Affected, Impact, impact
from kb.report.answers.impact import to_text
from kb.strength.people import VALUES, VERDICTS
from kb.strength.regrade import has_fallen, regraded
from tests.graded import LEVELS, Drawn, assessed, audit_of

replace = msgspec.structs.replace

WORKS = tuple(f"doi:10.5555/{number}" for number in range(5))
DESIGNS: tuple[Design, ...] = (*LEVELS, "narrative review", "unknown")
DIRECTIONS: tuple[Direction, ...] = ("supports", "supports", "neutral", "disputes", "not checked")
STATUSES: tuple[ResolutionStatus, ...] = (
    "verified",
    "verified",
    "metadata differs",
    "another work",
    "not found",
    "unreachable",
)
NOTICES: tuple[tuple[Notice, ...], ...] = (
    (),
    (),
    (),
    (Notice(kind="retraction", said_by=("x",), date="2020-02"),),
    (Notice(kind="retraction", said_by=("x",)),),
    (Notice(kind="withdrawal", said_by=("x",), date="2020"), Notice(kind="reinstatement", said_by=("x",), date="2021")),
    (Notice(kind="expression of concern", said_by=("x",), date="2020"),),
)
LATER = Notice(kind="retraction", said_by=("x",), date="2027-01-01", doi="10.5555/notice")
NAMES = ("s1", "s2", "s3", "s4", "s5")
DAYS = ("2019-12-31", "2020-06-01", "2026-11-20", "2026-11-22")


@st.composite
def known_works(draw: st.DrawFn) -> tuple[Source, ...]:
    teams = st.lists(st.sampled_from(["Brook", "Lind", "Vale", "Finch", "Iyer"]), max_size=3, unique=True)
    return tuple(
        Source(
            id=name,
            doi=name.removeprefix("doi:"),
            authors=tuple(draw(teams)),
            year="2019",
            design=draw(st.sampled_from(DESIGNS)),
            study=Study(participants=draw(st.sampled_from([None, 50, 500]))),
            cites=tuple(draw(st.lists(st.sampled_from(WORKS), max_size=3, unique=True))),
            notices=draw(st.sampled_from(NOTICES)),
        )
        for name in WORKS
    )


@st.composite
def drawn_statements(draw: st.DrawFn) -> list[Drawn]:
    """Statements that lean on each other in any direction, themselves and circles included."""
    says = st.dictionaries(st.sampled_from(WORKS), st.sampled_from(DIRECTIONS), max_size=3)
    return [
        Drawn(
            name,
            draw(says),
            leans_on=draw(st.sampled_from((None, *NAMES[:number]))),
            goes_beyond=draw(st.sampled_from((None, None, "more"))),
            needs_source=draw(st.sampled_from((True, True, False))),
            parts=frozenset(draw(st.lists(st.sampled_from(WORKS), max_size=2))),
        )
        for number in [draw(st.integers(1, 5))]
        for name in NAMES[:number]
    ]


@st.composite
def words(draw: st.DrawFn, drawn: Sequence[Drawn]) -> tuple[Review, ...]:
    given_for = st.sampled_from(drawn)

    def one(said: Drawn) -> Review:
        on_line = bool(said.says) and draw(st.booleans())
        return Review(
            subject="line" if on_line else "statement",
            statement=said.name,
            source=draw(st.sampled_from(sorted(said.says))) if on_line else None,
            value=draw(st.sampled_from(VALUES["line"] if on_line else tuple(VERDICTS))),
            person=draw(st.sampled_from(["Ann Lee", "Bo Yu"])),
            date=draw(st.sampled_from(DAYS)),
            reason="read it",
            fingerprint=f"f-{said.name}",
            cited=None if on_line else draw(st.sampled_from((None, tuple(sorted(said.says)), WORKS[:1]))),
        )

    return tuple(one(draw(given_for)) for _ in range(draw(st.integers(0, 3))))


@st.composite
def bases(draw: st.DrawFn) -> list[Audit]:
    """Up to three articles over the same five works."""
    works = draw(known_works())
    audits = []
    for number in range(draw(st.integers(1, 3))):
        drawn = draw(drawn_statements())
        statuses = draw(st.dictionaries(st.sampled_from(WORKS), st.sampled_from(STATUSES)))
        audits.append(audit_of(f"{number}.md", drawn, works, draw(words(drawn)), statuses))
    return audits


falls = st.lists(st.sampled_from(WORKS), max_size=3, unique=True)


def affected(answer: Impact) -> dict[StatementKey, Affected]:
    return {one.statement.key: one for article in answer.articles for one in article.affected}


def gradings(audit: Audit) -> dict[StatementKey, Grading]:
    return {(audit.article.id, one.statement): grading(one) for one in audit.assessments}


def retracted(audit: Audit, fallen: Collection[str]) -> Audit:
    """The audit after a registry told of retractions: every statement of it graded anew."""
    sources = tuple(
        replace(one, notices=(*one.notices, LATER)) if one.id in fallen and not has_fallen(one) else one
        for one in audit.sources
    )
    return assessed(replace(audit, sources=sources))


@given(bases(), falls)
def test_what_impact_says_is_what_an_audit_says_after_a_real_retraction(base: list[Audit], fallen: list[str]) -> None:
    said = affected(impact(base, fallen))
    for audit in base:
        before, after = gradings(audit), gradings(retracted(audit, fallen))
        for key, now in after.items():
            assert now == (said[key].after if key in said else before[key])
            assert key not in said or said[key].before == before[key]


@given(bases(), falls)
def test_regraded_again_nothing_falls_further(base: list[Audit], fallen: list[str]) -> None:
    after = [retracted(audit, fallen) for audit in base]
    found = affected(impact(after, fallen))
    assert {one.effect for one in found.values()} <= {"already fallen"}
    assert found.keys() == affected(impact(base, fallen)).keys()


@given(bases())
def test_impact_of_nothing_is_nothing(base: list[Audit]) -> None:
    assert impact(base, []) == Impact(sources=(), counts=(), second_hand=0, articles=())
    assert [regraded(audit, ()) for audit in base] == [audit.assessments for audit in base]


@given(bases(), falls, falls)
def test_sources_that_fall_together_touch_at_first_hand_exactly_what_each_touches(
    base: list[Audit], one: list[str], other: list[str]
) -> None:
    each = affected(impact(base, one)).keys() | affected(impact(base, other)).keys()
    assert affected(impact(base, [*one, *other])).keys() == each


@given(bases(), falls)
def test_the_order_of_articles_does_not_matter(base: list[Audit], fallen: list[str]) -> None:
    assert impact(base[::-1], fallen) == impact(base, fallen)


@given(bases(), falls)
def test_every_statement_on_a_review_that_cites_it_is_named(base: list[Audit], fallen: list[str]) -> None:
    reviews = {
        one.id
        for audit in base
        for one in audit.sources
        if one.design in {"systematic review", "narrative review"}
        and one.id not in fallen
        and set(one.cites) & {*fallen}
    }
    told = {(one.statement.key, one.review) for article in impact(base, fallen).articles for one in article.second_hand}
    assert told == {
        ((audit.article.id, line.statement), line.source)
        for audit in base
        for line in audit.evidence
        if line.source in reviews
    }


@given(bases(), falls)
def test_the_text_names_every_article_and_source(base: list[Audit], fallen: list[str]) -> None:
    answer = impact(base, fallen)
    text = to_text(answer)
    assert all(f"\n{article.article}: " in text for article in answer.articles)
    assert all(source.source in text for source in answer.sources)


@settings(max_examples=25, deadline=None)
@given(bases(), st.lists(st.sampled_from(WORKS), min_size=1, max_size=3, unique=True))
def test_parts_out_of_the_store_answer_as_whole_audits_do(base: list[Audit], fallen: list[str]) -> None:
    with tempfile.TemporaryDirectory() as folder, KnowledgeBase.open(Path(folder) / "knowledge.db") as stored:
        for audit in base:
            stored.add(audit)
        known = {name: source for audit in base for source in audit.sources for name in (source.id, *source.cites)}
        asked = [name for name in fallen if name in known]
        assert stored.impact(*asked) == impact([stored.audit(audit.article.id) for audit in base], asked)
