"""What is told of the rules themselves: nothing is lost on the way from the docstring, and the page is up to date."""

from __future__ import annotations

import json
import re
from pathlib import Path

from kb.linting.selection import FAMILIES
from kb.report.rules import PARTS, by_family, explained, page, parts_of, to_json, to_list
from kb.rules import RULES
from kb.rules.rule import Case, Rule

PAGE = Path(__file__).resolve().parents[2] / "docs" / "rules.md"


def _check(case: Case) -> None:
    """A sentence without a verb.

    Why: nobody understands
    it (Roe, J Words 2001;1:1).

    Nor would you.

    What to do: add one; docs/statements.md says which.

    Wrong: The knee.

    Right: The knee aches.
    """


MADE_UP = Rule(id="ST900", name="no-verb", severity="info", check=_check)  # type: ignore[arg-type]


def test_the_page_is_the_one_that_the_script_writes() -> None:
    assert PAGE.read_text("utf-8") == page(), "run scripts/make_rules_page.py and read the difference"


def test_the_page_tells_of_every_rule_and_its_links_lead_to_headings() -> None:
    text = page()
    headings = re.findall(r"^##+ (.*)$", text, re.MULTILINE)
    assert [one.split()[0] for one in headings if not one.endswith(")")] == [
        rule.id for own in by_family().values() for rule in own
    ]
    made = {re.sub(r"[^\w -]", "", one.lower()).replace(" ", "-") for one in headings}
    linked = re.findall(r"\]\(#([^)]*)\)", text)
    assert len(linked) == len(headings)
    assert set(linked) == made


def test_no_rule_is_lost_and_those_of_a_family_stand_together() -> None:
    listed = [line.split()[0] for line in to_list().splitlines()]
    assert sorted(listed) == sorted(rule.id for rule in RULES)
    assert listed == [one["id"] for one in json.loads(to_json())]
    families = [one[:2] for one in listed]
    assert families == sorted(families, key=list(FAMILIES).index)


def test_the_parts_of_a_docstring_keep_their_paragraphs() -> None:
    assert parts_of(MADE_UP) == {
        "Why": "nobody understands\nit (Roe, J Words 2001;1:1).\n\nNor would you.",
        "What to do": "add one; docs/statements.md says which.",
        "Wrong": "The knee.",
        "Right": "The knee aches.",
    }


def test_every_rule_has_its_parts_in_one_order() -> None:
    for rule in RULES:
        names = list(parts_of(rule))
        assert names == [name for name in PARTS if name in names], rule.id
        assert set(PARTS) - set(names) <= {"How it is told"}, rule.id


def test_json_gives_each_part_on_one_line() -> None:
    (one,) = json.loads(to_json([MADE_UP]))
    assert one == {
        "id": "ST900",
        "name": "no-verb",
        "family": "statements",
        "severity": "info",
        "summary": "A sentence without a verb.",
        "why": "nobody understands it (Roe, J Words 2001;1:1). Nor would you.",
        "what_to_do": "add one; docs/statements.md says which.",
        "wrong": "The knee.",
        "right": "The knee aches.",
    }


def test_a_rule_is_explained_in_the_words_of_its_docstring() -> None:
    assert explained(MADE_UP).startswith("ST900 no-verb (info)\n\nA sentence without a verb.\n\nWhy: nobody")


def test_every_rule_says_why_with_a_source() -> None:
    source = re.compile(r"[,(]\s?[A-Z][^;]{1,100}\b(?:19|20)\d\d\b")  # journal and year
    assert [rule.id for rule in RULES if not source.search(parts_of(rule)["Why"])] == []
