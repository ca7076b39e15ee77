"""Which articles report a study of their own, and which of their parts."""

from __future__ import annotations

import pytest

from ingest.read import read_bytes
from ingest.research import is_research, own_sections

PROSE = "The knee bends and carries the weight of the body all day."
OWN = "In this study, we measured pain. "


def article(*parts: str) -> str:
    """Headings, and a paragraph under each."""
    return (
        f"# Pain of the knee in runners\n\n{PROSE}\n\n" + "\n\n".join(f"## {part}\n\n{PROSE}" for part in parts) + "\n"
    )


@pytest.mark.parametrize(
    ("text", "research"),
    [
        (article("Introduction", "Methods", "Results", "Discussion"), True),
        (article("Background", "Materials and Methods", "Discussion"), True),
        (article("1. Introduction", "2. Results", "3. General discussion"), True),
        (article("Patients and methods", "Results"), True),
        (article("Statistical analysis") + OWN * 3, True),
        (article("About the knee") + OWN * 8, True),
        (article("About the knee", "Treatment"), False),
        (article("Surgical procedures", "Outcomes"), False),
        (article("Our methods", "What you can expect"), False),
        (article("Results", "Prices"), False),
        (article("About the knee") + OWN * 2, False),
    ],
)
def test_research_is_told_by_its_headings_or_by_how_it_speaks_of_itself(text: str, research: bool) -> None:
    assert is_research(read_bytes(text.encode(), "a.md").article) is research


def test_parts_of_a_research_article() -> None:
    text = article("Introduction", "Methods", "Statistical analysis", "Results", "Discussion", "Conclusion")
    found = read_bytes(text.encode(), "a.md").article
    owned = own_sections(found)
    assert {block.section: owned[block.start] for block in found.blocks if block.start in owned} == {
        "": "mixed",
        "Introduction": "mixed",
        "Methods": "whole",
        "Statistical analysis": "whole",
        "Results": "whole",
        "Discussion": "mixed",
        "Conclusion": "whole",
    }


def test_any_other_article_owns_nothing() -> None:
    assert own_sections(read_bytes(article("About the knee").encode(), "a.md").article) == {}
