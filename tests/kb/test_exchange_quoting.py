"""Other people's text stays home: at most one sentence of a source in an export, and few words in a row elsewhere."""

from __future__ import annotations

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.model import Audit, Concern, EvidenceLine, NumberCheck, Study, Trait
from kb.report.exchange.quoting import MOST, Quoting, bounded, cut, words_in_a_row
from tests import samples

ABSTRACT = (
    "In this trial eighty adults drank brindleweed tea or hot water each morning. "
    "The tea eased morning stiffness of the knee by two points on a scale of ten. "
    "Nobody in either group was harmed in the six weeks that the trial went on for."
)
FIRST, SECOND, THIRD = ("".join((one, ".")) for one in ABSTRACT.rstrip(".").split(". "))


def with_text(audit: Audit, *lines: EvidenceLine) -> Audit:
    """The audit with a work of three sentences behind its second reference, and these lines on it."""
    sources = tuple(
        msgspec.structs.replace(one, abstract=ABSTRACT) if one.id == samples.HARTWELL_SOURCE else one
        for one in audit.sources
    )
    return msgspec.structs.replace(audit, sources=sources, evidence=lines)


def line(statement: str, quote: str | None = None, **fields: object) -> EvidenceLine:
    return EvidenceLine(
        statement=statement,
        source=samples.HARTWELL_SOURCE,
        references=("hartwell-2019",),
        direction="supports",
        quote=quote,
        **fields,  # type: ignore[arg-type]
    )


def test_of_a_source_the_first_sentence_that_is_quoted_is_left_in_all_articles(sample_audit: Audit) -> None:
    quoting = Quoting()
    first = quoting.audit(
        with_text(sample_audit, line("s1"), line("s2", SECOND), line("s3", FIRST), line("s4", SECOND))
    )
    assert [one.quote for one in first.evidence] == [None, SECOND, None, SECOND]
    second = quoting.audit(with_text(sample_audit, line("s1", THIRD), line("s2", f" {SECOND}\n")))
    assert [one.quote and one.quote.strip() for one in second.evidence] == [None, SECOND]


def test_a_quote_of_several_sentences_is_one(sample_audit: Audit) -> None:
    told = Quoting().audit(with_text(sample_audit, line("s1", f"{FIRST} {SECOND}")))
    assert told.evidence[0].quote == FIRST


def test_no_text_of_a_source_leaves(sample_audit: Audit) -> None:
    audit = with_text(sample_audit)
    lent = tuple(msgspec.structs.replace(one, abstract=ABSTRACT) for one in audit.references)
    full = tuple(msgspec.structs.replace(one, full_text=ABSTRACT) for one in audit.sources)
    told = Quoting().audit(msgspec.structs.replace(audit, references=lent, sources=full))
    assert not any(one.abstract for one in told.references)
    assert not any(one.abstract or one.full_text for one in told.sources)


@pytest.mark.parametrize("field", ["reasons", "not_higher", "not_lower"])
def test_reasons_hold_few_words_of_a_source_in_a_row(sample_audit: Audit, field: str) -> None:
    reason = f"the model says: “{THIRD}”, so it holds"
    told = Quoting().audit(with_text(sample_audit, line("s2", SECOND, **{field: (reason, "plain")})))
    assert getattr(told.evidence[0], field) == (
        "the model says: “Nobody in either group was harmed in …”, so it holds".replace("…”", "….”"),
        "plain",
    )
    of_statement = [one for one in sample_audit.assessments if one.statement == "s2"]
    assessments = [msgspec.structs.replace(one, **{field: (reason,)}) for one in of_statement]
    audit = msgspec.structs.replace(with_text(sample_audit, line("s2")), assessments=tuple(assessments))
    (assessment,) = Quoting().audit(audit).assessments
    assert "six weeks" not in getattr(assessment, field)[0]


def test_what_else_tells_of_a_source_holds_few_of_its_words(sample_audit: Audit) -> None:
    shown = line(
        "s2",
        numbers=(NumberCheck(stated="2", found=SECOND, outcome="differs", why=SECOND),),
        concerns=(Concern(kind="negation", words=SECOND),),
    )
    audit = with_text(sample_audit, shown)
    finding = msgspec.structs.replace(sample_audit.findings[0], statement="s2", message=SECOND, remedy=THIRD)
    told = Quoting().audit(msgspec.structs.replace(audit, findings=(finding,)))
    number, concern = told.evidence[0].numbers[0], told.evidence[0].concerns[0]
    for words in (number.found or "", number.why, concern.words, told.findings[0].message, told.findings[0].remedy):
        assert len(words.rstrip("….").split()) == MOST
    source = msgspec.structs.replace(
        audit.sources[1],
        design_basis=FIRST,
        study=Study(funding=SECOND, conflicts=THIRD, traits=(Trait(kind="losses", words=FIRST),)),
    )
    bare = bounded(source)
    for words in (bare.design_basis, bare.study.funding, bare.study.conflicts, bare.study.traits[0].words):
        assert len(words.rstrip("….").split()) == MOST


def test_the_articles_own_words_and_those_of_people_stay(sample_audit: Audit) -> None:
    told = Quoting().audit(sample_audit)
    assert (told.article, told.statements, told.citations) == (
        sample_audit.article,
        sample_audit.statements,
        sample_audit.citations,
    )
    assert (told.reviews, told.references) == (sample_audit.reviews, sample_audit.references)


@given(st.lists(st.sampled_from("tea knee ease pain of the".split()), max_size=40), st.text(max_size=60), st.data())
def test_never_more_words_of_a_text_in_a_row_than_may_stand(words: list[str], around: str, data: st.DataObject) -> None:
    text = words_in_a_row(" ".join(words))
    start = data.draw(st.integers(0, len(words)))
    end = data.draw(st.integers(start, len(words)))
    told = cut(f"{around} {', '.join(words[start:end])} {around}", text)
    left = words_in_a_row(told).split()
    pieces = told.split("…")
    for piece in pieces:
        row = words_in_a_row(piece).split()
        for at in range(len(row) - MOST):
            assert f" {' '.join(row[at : at + MOST + 1])} " not in text
    assert len(left) <= 2 * len(words_in_a_row(around).split()) + len(words)


@given(st.text(max_size=80))
def test_what_is_not_of_the_text_is_left_as_it_is(words: str) -> None:
    assert cut(words, words_in_a_row("Nobody drank any of the tea that was left over in the morning.")) == words
