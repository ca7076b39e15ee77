"""Every rule: it has rows that it must flag and must pass, holds to them, and its documentation is whole."""

from __future__ import annotations

import re
from collections.abc import Mapping
from importlib import import_module
from pathlib import Path

import msgspec
import pytest

from kb.model import Audit
from kb.rules import RULES, check
from kb.rules.rule import Case, Rule
from tests.ruled import TEXT, Rows, case


def _all_rows() -> Mapping[str, Rows]:
    """The rows of each file beside this one."""
    return {
        path.stem: import_module(f"tests.kb.{path.stem}").ROWS
        for path in sorted(Path(__file__).parent.glob("test_rules_*.py"))
    }


FILES = _all_rows()
ROWS = {name: rows for table in FILES.values() for name, rows in table.items()}
NAMED = pytest.mark.parametrize("rule", RULES, ids=[rule.id for rule in RULES])


def _found(rule: Rule, row: Audit | Case) -> int:
    return len(list(rule.findings(Case(row) if isinstance(row, Audit) else row)))


@NAMED
def test_a_rule_flags_what_it_must_and_passes_what_it_must(rule: Rule) -> None:
    must_flag, must_pass = ROWS[rule.id]
    assert must_flag, "a rule without a row that it must flag"
    assert must_pass, "a rule without a row that it must pass"
    assert [number for number, row in enumerate(must_flag) if not _found(rule, row)] == []
    assert [number for number, row in enumerate(must_pass) if _found(rule, row)] == []


def test_each_rule_has_its_rows_in_one_place_and_no_row_is_of_a_rule_that_is_not_there() -> None:
    assert sorted(name for table in FILES.values() for name in table) == sorted(rule.id for rule in RULES)


@NAMED
def test_documentation_says_why_what_to_do_wrong_and_right(rule: Rule) -> None:
    for part in ("Why: ", "What to do: ", "Wrong: ", "Right: "):
        assert f"\n\n{part}" in rule.documentation


@NAMED
def test_why_it_matters_rests_on_a_source_in_the_literature(rule: Rule) -> None:
    why = rule.documentation.partition("\n\nWhy: ")[2].partition("\n\nWhat to do: ")[0]
    assert re.search(r"\b(?:19|20)\d\d\b", why), "name who found that, where and when"


def test_ids_and_names_are_unique() -> None:
    assert len({rule.id for rule in RULES}) == len({rule.name for rule in RULES}) == len(RULES)


def test_a_finding_points_at_its_place_and_says_what_to_do() -> None:
    (finding,) = check(case(("number",)))
    assert (finding.line, finding.column, finding.statement, finding.severity) == (2, 1, "s1", "error")
    assert finding.message == "a number without a source: “helps”"
    assert finding.remedy == "cite a source that shows it, or say less"


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
