"""Which citations are named to be checked first, in which order, and with which words."""

from __future__ import annotations

from msgspec.structs import replace

from kb.model import Audit, Concern, EvidenceLine, Reviewed
from kb.rules.rule import Case
from kb.view.first import USUAL, check_first

SETTLED = Reviewed(state="confirmed", program="supports", words=())
DIFFERS = Concern(kind="number differs", words="the statement says 58%, and the source gives 48% for the same")


def first(audit: Audit, *lines: EvidenceLine) -> list[str]:
    return [one.words for one in check_first(Case(replace(audit, evidence=lines)))]


def test_the_worst_first_and_only_what_looks_worse_than_usual(sample_audit: Audit) -> None:
    line = sample_audit.evidence[1]
    usual = replace(line, doubt=USUAL)
    worse, worst = replace(line, doubt=0.52), replace(line, doubt=0.76, missing=("knees", "dawn", "tea", "rain"))
    assert first(sample_audit, usual, worse, worst) == [
        "Hartwell & Osei 2019: of citations that look like this, readers found 8 in 10 inaccurate; "
        "what was read of it does not speak of “knees”, “dawn”, “tea”",
        "Hartwell & Osei 2019: of citations that look like this, readers found 5 in 10 inaccurate",
    ]


def test_what_was_found_weighs_more_than_what_such_citations_are_like(sample_audit: Audit) -> None:
    line = replace(sample_audit.evidence[1], doubt=0.6, concerns=(DIFFERS,))
    assert first(sample_audit, line) == [f"Hartwell & Osei 2019: {DIFFERS.words}"]


def test_peoples_word_settles_a_line_and_without_a_doubt_there_is_none(sample_audit: Audit) -> None:
    line = sample_audit.evidence[1]
    assert first(sample_audit, replace(line, doubt=0.9, reviewed=SETTLED), line) == []


def test_five_are_named_at_most(sample_audit: Audit) -> None:
    assert len(first(sample_audit, *(replace(sample_audit.evidence[1], doubt=0.9) for _ in range(9)))) == 5
