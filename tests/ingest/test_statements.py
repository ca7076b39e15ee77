"""Statements: kinds, what asks for a source, what leans on what, and ids that survive a move."""

from __future__ import annotations

import pytest

from ingest.citations import find_citations
from ingest.read import read_bytes
from ingest.statements import find_statements
from kb.model import Kind, Question, Reference, Statement

ROE = Reference(id="roe2010", position=1, text="", source="ref:roe", authors=("Roe",), year="2010")


def statements(text: str, name: str = "a.txt") -> list[Statement]:
    reading = read_bytes(text.encode(), name)
    return find_statements(reading.article, find_citations(reading, [ROE]))


@pytest.mark.parametrize(
    ("sentence", "kind", "question", "asks"),
    [
        ("Walking improves sleep in older adults.", "benefit", "benefit", True),
        ("Nausea is a common side effect of it.", "harm", "common harm", True),
        ("Blindness is a rare side effect of it.", "harm", "rare harm", True),
        ("Most adults recover within six weeks.", "prognosis", "prognosis", True),
        ("About 7% of adults have it.", "prevalence", "prevalence", True),
        ("Stress can trigger the disease.", "mechanism", None, True),
        ("Current guidelines recommend rest.", "recommendation", "benefit", True),
        ("Studies show that MRI finds it early.", "diagnosis", "diagnosis", True),
        ("It weighs about 40% of the whole.", "quantity", None, True),
        ("A meniscus is a disc of cartilage in the knee.", "definition", None, False),
        ("The nerve runs down the back of the leg.", "fact", None, False),
        ("We believe that rest helps most people.", "opinion", None, False),
        ("What helps against pain?", "framing", None, False),
    ],
)
def test_kind_question_and_need(sentence: str, kind: Kind, question: Question | None, asks: bool) -> None:
    (found,) = statements(f"# Title\n\n{sentence}\n", "a.md")
    assert (found.kind, found.question, found.needs_source) == (kind, question, asks)
    assert bool(found.signals) is asks
    assert found.reasons


def test_cues_point_at_their_words() -> None:
    (found,) = statements("# Title\n\nAbout **7%** of adults have it (Roe, 2010).\n", "a.md")
    text = "# Title\n\nAbout **7%** of adults have it (Roe, 2010).\n"
    assert [(cue.signal, text[cue.start : cue.end]) for cue in found.cues if cue.signal == "number"] == [
        ("number", "7%")
    ]


def test_years_and_numbers_of_citations_are_no_numbers_of_the_statement() -> None:
    (found,) = statements("# Title\n\nWalking improves sleep (Roe, 2010).\n", "a.md")
    assert "number" not in found.signals


def test_who_cites_is_not_vague() -> None:
    vague, cited = statements("# T\n\nStudies show that it helps. Studies show that it heals (Roe, 2010).\n", "a.md")
    assert "vague attribution" in vague.signals
    assert "vague attribution" not in cited.signals


def test_leaning_stays_within_the_paragraph() -> None:
    first, second, third = statements(
        "# T\n\nHeat eases pain (Roe, 2010). This suggests that all treatments help.\n\nThis is so.\n", "a.md"
    )
    assert (first.leans_on, second.leans_on, third.leans_on) == (None, first.id, None)
    assert second.goes_beyond


def test_research_articles_own_work_needs_no_source() -> None:
    text = "# T\n\n## Methods\n\nAbout 40% were women.\n\n## Results\n\nPain fell by 30%.\n\n## Discussion\n\n"
    text += "We found that pain can be lowered. Stress can trigger pain.\n"
    assert [(one.kind, one.needs_source) for one in statements(text, "a.md")] == [
        ("own work", False),
        ("own work", False),
        ("own work", False),
        ("mechanism", True),
    ]


def test_ids_come_from_the_words_and_not_from_the_place() -> None:
    before = statements("# T\n\nHeat helps knees a lot (Roe, 2010).\n\nHeat helps knees a lot.\n", "a.md")
    after = statements("# Other\n\nNew words first.\n\nHeat  helps knees, a lot.\n\nHeat helps knees a lot.\n", "b.md")
    assert [one.fingerprint for one in before] == [one.fingerprint for one in after[1:]]
    assert len({one.id for one in before}) == 2


def test_offsets_and_lines_are_those_of_the_article() -> None:
    text = "# T\n\nHeat helps\nall knees. Cold\nhelps too.\n"
    found = statements(text, "a.md")
    assert [(text[one.start : one.end], one.line) for one in found] == [
        ("Heat helps\nall knees.", 3),
        ("Cold\nhelps too.", 4),
    ]
    assert all(one.text == text[one.start : one.end] for one in found)
