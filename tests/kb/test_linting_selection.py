"""Which rules count where, by the names of rules and the globs of articles."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from kb.errors import ConfigurationError
from kb.linting.globs import matches
from kb.linting.selection import FAMILIES, counts, meant, nearest, refuse_nonsense, severity
from kb.rules import RULES
from kb.settings import Linting
from tests.costs import assert_within


def options(**given: Any) -> Linting:
    return msgspec.convert({"origin": "kb.toml", **given}, Linting)


@pytest.mark.parametrize(
    ("article", "glob", "expected"),
    [
        ("a.md", "a.md", True),
        ("docs/a.md", "a.md", True),
        ("docs/a.md", "/a.md", False),
        ("docs/a.md", "./docs/a.md", True),
        ("docs/a.md", "docs", True),
        ("docs/a.md", "docs/", True),
        ("other/docs/a.md", "docs/", True),
        ("other/docs/a.md", "/docs/", False),
        ("docs/a.md", "doc", False),
        ("docs/a.md", "*.md", True),
        ("docs/a.md", "*.MD", False),
        ("docs/a.md", "docs/*", True),
        ("docs/b/a.md", "docs/*", False),
        ("docs/b/a.md", "docs/**", True),
        ("docs/b/c/a.md", "docs/**/a.md", True),
        ("docs/a.md", "docs/**/a.md", True),
        ("docs/a.md", "**/docs/**", True),
        ("docs/a.md", "**", True),
        ("docs/a.md", "*/b/*", False),
        ("docs/a1.md", "a[0-9].md", True),
        ("docs/a.md", "?.md", True),
        ("docs/é.md", "é.md", True),
        ("docs/a.md", "d[", False),
        ("../docs/a.md", "docs/a.md", False),
        ("https://example.org/a", "*", True),
    ],
)
def test_globs(article: str, glob: str, expected: bool) -> None:
    assert matches(article, glob) is expected


def test_a_glob_of_many_stars_takes_no_time() -> None:
    path = "/".join(["a" * 100] * 30)
    assert_within(0.2, lambda: matches(path, "/".join(["**", "*a" * 50 + "b"] * 20)))


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("ST001", {"ST001"}),
        ("st001", {"ST001"}),
        ("unsupported-statement", {"ST001"}),
        ("CI", {one.id for one in RULES if one.id.startswith("CI")}),
        ("citations", {one.id for one in RULES if one.id.startswith("CI")}),
        ("all", {one.id for one in RULES}),
        ("ST0", set()),
        ("", set()),
        ("*", set()),
    ],
)
def test_what_a_name_means(name: str, expected: set[str]) -> None:
    assert meant(name) == expected


def test_every_rule_is_of_one_family() -> None:
    assert all(sum(rule.id in meant(family) for family in FAMILIES) == 1 for rule in RULES)
    assert all(meant(code) == meant(name) for code, name in FAMILIES.items())


@pytest.mark.parametrize(
    ("name", "remedy"),
    [
        ("ST01", "did you mean 'ST001'?"),
        ("unsuported-statement", "did you mean 'unsupported-statement'?"),
        ("statement", "did you mean 'statements'?"),
        ("zzzzzz", "`kb rules` lists them all"),
    ],
)
def test_the_nearest_name(name: str, remedy: str) -> None:
    assert nearest(name) == remedy


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({}, True),
        ({"ignore": ["ST001"]}, False),
        ({"ignore": ["unsupported-statement"]}, False),
        ({"ignore": ["ST"]}, False),
        ({"ignore": ["statements"], "select": ["ST001"]}, True),
        ({"ignore": ["ST001"], "select": ["ST"]}, False),
        ({"ignore": ["CI"]}, True),
        ({"select": ["ST"]}, True),
        ({"select": ["CI"]}, False),
        ({"select": []}, False),
        ({"select": ["all", "ST001"], "ignore": ["ST"]}, True),
        ({"select": ["ST"], "ignore": ["all"]}, True),
        ({"per_file_ignores": {"docs/*": ["ST"]}}, False),
        ({"per_file_ignores": {"docs/*": ["CI"]}}, True),
        ({"per_file_ignores": {"other/*": ["ST"]}}, True),
        ({"per_file_ignores": {"docs": ["all"]}, "select": ["ST001"]}, False),
        ({"per_file_ignores": {"*.txt": ["ST"], "*.md": ["ST001"]}}, False),
    ],
)
def test_whether_a_rule_counts(given: dict[str, Any], expected: bool) -> None:
    assert counts("ST001", "docs/a.md", options(**given)) is expected


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({}, "warning"),
        ({"all": "info"}, "info"),
        ({"all": "info", "ST": "error"}, "error"),
        ({"ST001": "error", "all": "info", "statements": "warning"}, "error"),
        ({"unsupported-statement": "info", "ST": "error"}, "info"),
        ({"CI": "error"}, "warning"),
    ],
)
def test_how_severe_a_rule_is(given: dict[str, Any], expected: str) -> None:
    assert severity("ST001", "warning", options(severities=given)) == expected


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"select": ["ST01"]}, "kb.toml: select: there is no rule 'ST01'; did you mean 'ST001'?"),
        ({"ignore": ["ST001", "Q\n"]}, "kb.toml: ignore: there is no rule 'Q '; "),
        ({"severities": {"citation": "info"}}, "kb.toml: severities: there is no rule 'citation'; did you mean"),
        ({"per_file_ignores": {"a/*": ["x1"]}}, "kb.toml: per_file_ignores of 'a/*': there is no rule 'x1'; "),
        (
            {"select": ["ST001"], "ignore": ["ST001"]},
            "kb.toml: 'ST001' is both selected and ignored; say one of the two",
        ),
        (
            {"select": ["unsupported-statement"], "ignore": ["ST001"]},
            "kb.toml: 'ST001', which is 'unsupported-statement', is both selected and ignored; say one of the two",
        ),
        ({"select": ["ST"], "ignore": ["statements"]}, "kb.toml: 'statements', which is 'ST', is both selected"),
        ({"ignore": ["all"]}, "kb.toml: 'all' is both selected and ignored; say one of the two"),
    ],
)
def test_names_and_options_that_cannot_be_meant(given: dict[str, Any], message: str) -> None:
    with pytest.raises(ConfigurationError) as caught:
        refuse_nonsense(options(**given))
    assert str(caught.value).startswith(message)


@pytest.mark.parametrize(
    "given",
    [
        {"select": ["ST001"], "ignore": ["ST"]},
        {"select": ["ST"], "ignore": ["ST001"]},
        {"select": ["CI"], "ignore": ["CI001"]},
        {"select": ["evidence"], "ignore": ["all"]},
        {"per_file_ignores": {"*.md": ["ST001"]}, "select": ["ST001"]},
    ],
)
def test_a_narrower_name_contradicts_nothing(given: dict[str, Any]) -> None:
    refuse_nonsense(options(**given))
