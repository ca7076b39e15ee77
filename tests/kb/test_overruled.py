"""People's words beside the program's: whose word counts, where it holds, and what follows from it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeVar

import msgspec
import pytest

from kb.language.digests import digest_of_reference
from kb.model import (
    Assessment,
    Audit,
    EvidenceLine,
    Notice,
    Record,
    Reference,
    Review,
    Reviewed,
    Source,
    Statement,
    Subject,
)
from kb.strength import overruled
from kb.strength.people import VALUES, WITHDRAWN, Said, sentence_of, word_on
from kb.strength.verdict import assess
from tests import samples
from tests.samples import HARTWELL_SOURCE as HARTWELL
from tests.samples import MARLOW_SOURCE as MARLOW
from tests.samples import TERN_SOURCE as TERN

replace = msgspec.structs.replace
AnyRecord = TypeVar("AnyRecord", bound=Record)
HERE = samples.ARTICLE_ID


def review(value: str, person: str = "Ann Lee", **fields: Any) -> Review:
    known = {
        "subject": "statement",
        "statement": None,
        "source": None,
        "date": "2026-11-20",
        "reason": "read it",
        "fingerprint": "f",
        "article": HERE,
    }
    return Review(**(known | fields | {"value": value, "person": person}))


def one(records: Sequence[AnyRecord], **fields: str) -> AnyRecord:
    (found,) = [record for record in records if all(getattr(record, name) == value for name, value in fields.items())]
    return found


# Whose word counts.

ANN, BO = ("Ann Lee", "2026-11-20"), ("Bo Yu", "2026-11-21")
WORDS: list[tuple[str, list[Review], str, str | None, str | None]] = [
    ("nobody", [], "not checked", None, None),
    ("one, otherwise", [review("supported")], "not checked", "overruled", "supported"),
    ("one, the same", [review("not checked")], "not checked", "confirmed", None),
    ("two who agree", [review("supported"), review("supported", "Bo Yu")], "not checked", "overruled", "supported"),
    ("two who differ", [review("supported"), review("unsupported", "Bo Yu")], "not checked", "disputed", None),
    ("one with the program", [review("supported"), review("not checked", "Bo Yu")], "not checked", "disputed", None),
    (
        "the later word of one person, whatever the order",
        [review("unsupported", date="2026-11-22"), review("supported", date="2026-11-20")],
        "not checked",
        "overruled",
        "unsupported",
    ),
    ("the later of one day", [review("supported"), review("unsupported")], "not checked", "overruled", "unsupported"),
    (
        "one person, written twice",
        [review("supported"), review("contested", "ann  LEE")],
        "x",
        "overruled",
        "contested",
    ),
    ("taken back", [review("supported"), review(WITHDRAWN, date="2026-11-21")], "not checked", None, None),
    (
        "taken back by one of two",
        [review("supported"), review("unsupported", "Bo Yu"), review(WITHDRAWN, "Bo Yu", date="2026-11-21")],
        "not checked",
        "overruled",
        "supported",
    ),
    (
        "said again after it was taken back",
        [review(WITHDRAWN, date="2026-11-21"), review("supported", date="2026-11-22")],
        "not checked",
        "overruled",
        "supported",
    ),
    (
        "a certainty beside the same verdict",
        [review("supported"), review("supported, certainty low", "Bo Yu")],
        "not checked",
        "overruled",
        "supported, certainty low",
    ),
    ("the verdict without its certainty", [review("supported")], "supported, certainty low", "confirmed", None),
    (
        "another certainty",
        [review("supported, certainty low")],
        "supported, certainty high",
        "overruled",
        "supported, c",
    ),
]


@pytest.mark.parametrize(
    ("said", "program", "state", "value"), [row[1:] for row in WORDS], ids=[row[0] for row in WORDS]
)
def test_whose_word_counts(said: list[Review], program: str, state: str | None, value: str | None) -> None:
    word = word_on(program, said)
    assert (word.reviewed.state if word else None) == state
    assert ((word.value or "") if word else "").startswith(value or "")
    assert bool(word and word.value) is bool(value)
    if word:
        assert word.reviewed.program == program


def test_words_are_told_by_person_with_date_and_reason() -> None:
    word = word_on("not checked", [review("unsupported", "Zoe"), review("supported", reason="table 2 has it.")])
    assert word is not None
    assert word.reviewed.words == (
        "Ann Lee (2026-11-20) says supported: table 2 has it",
        "Zoe (2026-11-20) says unsupported: read it",
    )
    assert sentence_of(word.reviewed).startswith("people disagree, so the program's not checked stands: Ann Lee (")


def test_earlier_words_are_told_only_where_nobody_spoke_since() -> None:
    old, new = review("supported"), review("unsupported", "Bo Yu")
    stale, fresh = word_on("not checked", [], [old]), word_on("not checked", [new], [old])
    assert stale is not None
    assert fresh is not None
    assert (stale.value, stale.reviewed.state) == (None, "earlier words")
    assert fresh.reviewed.words == ("Bo Yu (2026-11-20) says unsupported: read it",)
    assert word_on("not checked", [], [old, review(WITHDRAWN, date="2026-11-21")]) is None


def test_what_steers_a_terminal_or_turns_the_text_is_no_part_of_a_sentence() -> None:
    evil = "x\x1b]0;owned\x07\nline\u202egpj"
    word = word_on("not checked", [review("supported", evil, reason=evil)])
    assert word is not None
    assert sentence_of(word.reviewed).isprintable()
    assert "\u202e" not in sentence_of(word.reviewed)


# Where it holds, and what follows. The sample: s1 cites Marlow (not checked), s2 Hartwell (supported), s3 and s4 are
# bare, s5 leans on s2 and goes beyond it, s6 cites Tern, which is retracted, s7 asks for nothing.


def applied(audit: Audit, *reviews: Review) -> Audit:
    """The audit as the pipeline makes it of its parts, with people's words."""
    said = Said(reviews, audit.article.id, audit.statements)
    known = overruled.ids(audit.references, audit.resolutions, audit.sources)
    statements = overruled.needs(audit.statements, said)
    sources = overruled.designs(audit.sources, known, said)
    resolutions = overruled.resolutions(audit.resolutions, audit.references, known, said)
    evidence = overruled.lines(audit.evidence, statements, known, said)
    word = overruled.verdicts(statements, evidence, sources, known, said)
    assessments = assess(statements, evidence, audit.citations, resolutions, sources, audit.article.date, word)
    made = replace(
        audit,
        statements=statements,
        sources=sources,
        resolutions=resolutions,
        evidence=evidence,
        assessments=assessments,
    )
    return replace(made, reviews=overruled.of_article(made, known, said), notes=overruled.notes(made))


def of(audit: Audit, statement: str, value: str, subject: Subject = "statement", **fields: Any) -> Review:
    about = one(audit.statements, id=statement)
    known = {"statement": statement, "fingerprint": about.fingerprint, "text": about.text, "subject": subject}
    return review(value, **(known | fields))


def verdict(audit: Audit, statement: str) -> Assessment:
    return one(audit.assessments, statement=statement)


def test_a_verdict(sample_audit: Audit) -> None:
    audit = applied(sample_audit, of(sample_audit, "s1", "supported", cited=(MARLOW,)))
    its = verdict(audit, "s1")
    assert (its.verdict, its.certainty) == ("supported", None)
    assert its.reasons[0] == "Ann Lee (2026-11-20) says supported: read it; the program says not checked"
    assert its.reviewed is not None
    assert (its.reviewed.state, its.reviewed.program) == ("overruled", "not checked")
    assert len(audit.reviews) == 1
    assert [one for one in audit.assessments if one.reviewed] == [its]


def test_a_verdict_with_its_certainty(sample_audit: Audit) -> None:
    its = verdict(applied(sample_audit, of(sample_audit, "s2", "partly supported, certainty low")), "s2")
    assert (its.verdict, its.certainty) == ("partly supported", "low")
    lost = verdict(applied(sample_audit, of(sample_audit, "s2", "not substantiated")), "s2")
    assert (lost.verdict, lost.certainty, lost.level) == ("not substantiated", None, None)


def test_what_leans_on_a_statement_follows_people(sample_audit: Audit) -> None:
    leaning = tuple(
        replace(statement, goes_beyond=None) if statement.id == "s5" else statement
        for statement in sample_audit.statements
    )
    audit = replace(sample_audit, statements=leaning)
    assert verdict(applied(audit), "s5").verdict == "supported"
    reviewed = applied(audit, of(audit, "s2", "not substantiated"))
    assert verdict(reviewed, "s5").verdict == "not substantiated"
    assert verdict(reviewed, "s5").reviewed is None


LINES = [
    ("supports", ("supports", "whole"), "supported"),
    ("partly", ("supports", "part"), "partly supported"),
    ("disputes", ("disputes", None), "not substantiated"),
    ("does not address", ("neutral", None), "not substantiated"),
]


@pytest.mark.parametrize(("value", "line", "reached"), LINES, ids=[row[0] for row in LINES])
def test_a_line(sample_audit: Audit, value: str, line: tuple[str, str | None], reached: str) -> None:
    audit = applied(sample_audit, of(sample_audit, "s1", value, "line", source=MARLOW))
    its = one(audit.evidence, statement="s1")
    assert (its.direction, its.extent) == line
    assert its.reviewed is not None
    assert its.reviewed.program == "not checked"
    assert verdict(audit, "s1").verdict == reached
    assert any("Ann Lee (2026-11-20) says" in reason for reason in verdict(audit, "s1").reasons)


def test_a_line_that_somebody_read_is_not_to_be_checked_first(sample_audit: Audit) -> None:
    doubted = tuple(replace(line, doubt=0.7) for line in sample_audit.evidence)
    audit = applied(
        replace(sample_audit, evidence=doubted), of(sample_audit, "s2", "supports", "line", source=HARTWELL)
    )
    assert one(audit.evidence, statement="s2").doubt is None
    assert one(audit.evidence, statement="s1").doubt == 0.7


def test_a_retracted_source_does_not_rise_by_a_word_on_its_line(sample_audit: Audit) -> None:
    audit = applied(sample_audit, of(sample_audit, "s6", "supports", "line", source=TERN))
    assert verdict(audit, "s6").verdict == "unsupported"


def test_the_need_of_a_source(sample_audit: Audit) -> None:
    no = of(sample_audit, "s4", "needs no source", "need of a source")
    yes = of(sample_audit, "s7", "needs a source", "need of a source")
    audit = applied(sample_audit, no, yes)
    assert [(verdict(audit, name).verdict) for name in ("s4", "s7")] == ["needs no source", "unsupported"]
    asked = one(audit.statements, id="s7")
    assert asked.reviewed is not None
    assert asked.reviewed.program == "needs no source"
    assert asked.reasons[0].startswith("Ann Lee (2026-11-20) says needs a source: read it; the program says")


def test_a_design_holds_wherever_the_source_is_cited(sample_audit: Audit) -> None:
    word = review("cohort", subject="design", source=HARTWELL, fingerprint=HARTWELL, article="other.md")
    source = one(applied(sample_audit, word).sources, id=HARTWELL)
    assert source.design == "cohort"
    assert source.design_basis == "Ann Lee (2026-11-20) says cohort: read it; the program says randomized trial"
    disputed = one(applied(sample_audit, word, replace(word, person="Bo", value="animal")).sources, id=HARTWELL)
    assert disputed.design == "randomized trial"
    assert disputed.design_basis.startswith("the title says 'randomized trial'; people disagree, so the program's")


def test_a_source_that_was_spoken_of_under_another_id(sample_audit: Audit) -> None:
    """Offline a reference with a PMID leads to ``pmid:…``, and one without to its own words; online both have a DOI."""

    def written(reference: Reference) -> Reference:
        return replace(reference, source="ref:words") if reference.source == HARTWELL else reference

    audit = replace(
        sample_audit,
        references=tuple(map(written, sample_audit.references)),
        sources=tuple(replace(one, pmid="123") if one.id == HARTWELL else one for one in sample_audit.sources),
    )
    for name in ("pmid:123", "ref:words", HARTWELL):
        design = review("cohort", subject="design", source=None, fingerprint=name)
        line = of(audit, "s2", "partly", "line", source=name)
        whole = of(audit, "s2", "contested", cited=(name,))
        made = applied(audit, design, line, whole)
        assert one(made.sources, id=HARTWELL).design == "cohort"
        assert one(made.evidence, statement="s2").extent == "part"
        assert verdict(made, "s2").verdict == "contested"
        assert len(made.reviews) == 3


def test_a_resolution(sample_audit: Audit) -> None:
    marlow = one(sample_audit.references, id="marlow-2011")
    word = review("verified", subject="resolution", source=MARLOW, fingerprint=digest_of_reference(marlow))
    its = one(applied(sample_audit, word).resolutions, reference="marlow-2011")
    assert (its.status, its.said_by) == ("verified", "")
    assert its.note == "Ann Lee (2026-11-20) says verified: read it; the program says not attempted"
    wrong = applied(sample_audit, replace(word, value="another work"))
    assert verdict(wrong, "s1").verdict == "unsupported"


def test_where_people_disagree_is_told_beside_the_article(sample_audit: Audit) -> None:
    word = of(sample_audit, "s1", "supported")
    audit = applied(sample_audit, word, replace(word, person="Bo Yu", value="unsupported"))
    assert audit.notes == ("people disagree on line 3, where the program's word stands until they agree",)
    assert applied(sample_audit, word, replace(word, person="Bo Yu")).notes == ()


# Where it does not hold any more.


def reworded(audit: Audit, statement: str, text: str) -> Audit:
    def changed(one: Statement) -> Statement:
        return replace(one, text=text, fingerprint="changed:1") if one.id == statement else one

    return replace(audit, statements=tuple(map(changed, audit.statements)))


SUBJECTS: list[tuple[Subject, str, str | None]] = [
    ("statement", "supported", None),
    ("need of a source", "needs no source", None),
    ("line", "supports", MARLOW),
]


@pytest.mark.parametrize(("subject", "value", "source"), SUBJECTS, ids=[row[0] for row in SUBJECTS])
def test_a_word_on_earlier_words_does_not_count_and_is_told(
    sample_audit: Audit, subject: Subject, value: str, source: str | None
) -> None:
    word = of(sample_audit, "s1", value, subject, source=source)
    audit = applied(reworded(sample_audit, "s1", samples.DREAMS.replace("vivid", "wild")), word)
    assert verdict(audit, "s1").verdict == "not checked"
    marks: list[Reviewed | None] = [one(audit.statements, id="s1").reviewed]
    marks += [verdict(audit, "s1").reviewed, one(audit.evidence, statement="s1").reviewed]
    assert [mark.state for mark in marks if mark] == ["earlier words"]
    assert audit.notes == ("people's words on line 3 were given for earlier words or sources and do not count",)
    assert audit.reviews == (word,)


def test_a_word_of_another_article_is_not_told_of_words_that_are_like_it(sample_audit: Audit) -> None:
    word = replace(of(sample_audit, "s1", "supported"), article="other.md")
    audit = applied(reworded(sample_audit, "s1", samples.DREAMS.replace("vivid", "wild")), word)
    assert verdict(audit, "s1").reviewed is None
    assert (audit.notes, audit.reviews) == ((), ())


def test_a_word_on_a_sentence_that_is_gone_is_kept(sample_audit: Audit) -> None:
    word = review("supported", statement="s99", fingerprint="gone:1", text="Nothing of this kind stands here now.")
    audit = applied(sample_audit, word)
    assert not any(assessment.reviewed for assessment in audit.assessments)
    assert audit.reviews == (word,)


def test_a_verdict_does_not_hold_for_other_sources(sample_audit: Audit) -> None:
    word = of(sample_audit, "s1", "supported", cited=(HARTWELL,))
    its = verdict(applied(sample_audit, word), "s1")
    assert its.verdict == "not checked"
    assert its.reviewed is not None
    assert its.reviewed.state == "earlier words"
    assert its.reasons[-1].startswith("given for earlier words or sources, so it does not count: Ann Lee (2026-11-20)")
    bare = of(sample_audit, "s1", "supported", cited=())
    assert verdict(applied(sample_audit, bare), "s1").verdict == "not checked"


def test_a_line_word_on_a_source_that_is_cited_no_longer_is_told(sample_audit: Audit) -> None:
    word = of(sample_audit, "s1", "supports", "line", source=HARTWELL)
    its = verdict(applied(sample_audit, word), "s1")
    assert (its.verdict, its.reviewed and its.reviewed.state) == ("not checked", "earlier words")
    newer = of(sample_audit, "s1", "does not address", "line", source=MARLOW)
    assert verdict(applied(sample_audit, word, newer), "s1").reviewed is None


RETRACTIONS = [
    ("2016-05-01", "overruled"),
    ("2026-11", "overruled"),
    ("2026-12-01", "earlier words"),
    (None, "overruled"),
]


@pytest.mark.parametrize(("date", "state"), RETRACTIONS)
def test_a_verdict_from_before_a_retraction_does_not_count(sample_audit: Audit, date: str | None, state: str) -> None:
    notice = Notice(kind="retraction", said_by=("Crossref",), date=date)

    def retracted(source: Source) -> Source:
        return replace(source, notices=(notice,)) if source.id == TERN else source

    audit = replace(sample_audit, sources=tuple(map(retracted, sample_audit.sources)))
    its = verdict(applied(audit, of(audit, "s6", "supported", cited=(TERN,))), "s6")
    assert its.reviewed is not None
    assert its.reviewed.state == state


def test_a_resolution_does_not_hold_for_other_words(sample_audit: Audit) -> None:
    word = review("verified", subject="resolution", source=MARLOW, fingerprint="0" * 16)
    its = one(applied(sample_audit, word).resolutions, reference="marlow-2011")
    assert its.status == "not attempted"
    assert its.reviewed is not None
    assert its.reviewed.state == "earlier words"


def test_a_value_that_may_not_be_said_is_no_word(sample_audit: Audit) -> None:
    assert applied(sample_audit, of(sample_audit, "s1", "splendid")).assessments == applied(sample_audit).assessments


@pytest.mark.parametrize("subject", list(VALUES))
def test_every_value_can_be_applied(sample_audit: Audit, subject: Subject) -> None:
    marlow = one(sample_audit.references, id="marlow-2011")
    prints = {"design": MARLOW, "resolution": digest_of_reference(marlow)}
    for value in VALUES[subject]:
        word = of(sample_audit, "s1", value, subject, source=MARLOW)
        word = replace(word, fingerprint=prints.get(subject, word.fingerprint))
        audit = applied(sample_audit, word)
        records: tuple[Any, ...] = (*audit.statements, *audit.evidence, *audit.assessments, *audit.resolutions)
        marks = [record.reviewed for record in records] + [source.design_reviewed for source in audit.sources]
        assert next(mark.state for mark in marks if mark) in ("overruled", "confirmed")
        assert msgspec.convert(msgspec.to_builtins(audit), Audit) == audit


def test_without_reviews_nothing_is_touched(sample_audit: Audit) -> None:
    audit = applied(sample_audit)
    assert (audit.statements, audit.sources, audit.resolutions) == (
        sample_audit.statements,
        sample_audit.sources,
        sample_audit.resolutions,
    )
    lines: tuple[EvidenceLine, ...] = audit.evidence
    assert lines == sample_audit.evidence
