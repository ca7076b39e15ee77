"""``kb rules`` and ``kb explain``."""

from __future__ import annotations

import json

import pytest

from ingest.cli import main
from kb.rules import RULES


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[object, str, str]:
    with pytest.raises(SystemExit) as ended:
        main(list(arguments))
    out, err = capsys.readouterr()
    return ended.value.code, out, err


def test_rules_are_listed_one_a_line(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, "rules")
    assert code == 0
    assert sorted(line.split()[0] for line in out.splitlines()) == sorted(rule.id for rule in RULES)


def test_rules_as_json_hold_their_documentation(capsys: pytest.CaptureFixture[str]) -> None:
    _, out, _ = run(capsys, "rules", "--format", "json")
    by_id = {one["id"]: one for one in json.loads(out)}
    assert by_id.keys() == {rule.id for rule in RULES}
    assert by_id["CI001"]["severity"] == "error"
    assert by_id["CI001"]["right"] == "Walking eases the pain [6]."


@pytest.mark.parametrize("name", ["RE004", "re004", "doi-not-found", "DOI-not-found"])
def test_a_rule_is_explained_by_its_id_or_name(capsys: pytest.CaptureFixture[str], name: str) -> None:
    code, out, _ = run(capsys, "explain", name)
    assert code == 0
    assert out.startswith(
        "RE004 doi-not-found (error)\n\nThe DOI or PubMed id of a reference leads to no work.\n\nWhy:"
    )


@pytest.mark.parametrize("name", ["WA", "wa", "waivers"])
def test_a_family_is_listed(capsys: pytest.CaptureFixture[str], name: str) -> None:
    _, out, _ = run(capsys, "explain", name)
    assert [line.split()[0] for line in out.splitlines()] == ["WA001", "WA002", "WA003", "WA004"]


@pytest.mark.parametrize(
    ("typo", "remedy"),
    [
        ("doi-not-fond", "did you mean 'doi-not-found'?"),
        ("RE04", "did you mean 'RE004'?"),
        ("horoscope", "`kb rules` lists them all"),
    ],
)
def test_a_typo_is_answered_with_the_nearest_rule(capsys: pytest.CaptureFixture[str], typo: str, remedy: str) -> None:
    assert run(capsys, "explain", typo) == (2, "", f"kb: there is no rule '{typo}'; {remedy}\n")
