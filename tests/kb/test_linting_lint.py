"""From an audit to outcomes: what counts, how severe it is, what is waived, and how the line looks."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.language.places import Places
from kb.linting.lines import MOST, shown
from kb.linting.lint import lint
from kb.linting.outcome import Checked, Outcome
from kb.linting.waiving import Placed, waive
from kb.model import Article, Audit, Block, Resolution
from kb.rules import check
from kb.rules.context import Elsewhere, Used, Waiver
from kb.settings import Linting
from tests.costs import assert_within
from tests.samples import ARTICLE_ID, CURES, DAILY, PRESSURE, TEXT, sample_audit

AS_OF = "2026-11-22"


def sample(**changes: Any) -> Audit:
    audit = msgspec.structs.replace(sample_audit(), **changes)
    return msgspec.structs.replace(audit, findings=check(audit))


def options(**given: Any) -> Linting:
    return msgspec.convert({"origin": "kb.toml", **given}, Linting)


def waiver(*rules: str, passage: str = TEXT, **fields: Any) -> Waiver:
    start = TEXT.index(passage)
    known: dict[str, Any] = {"reason": "our own view", "start": start, "end": start + len(passage), "place": start}
    return Waiver(rules=rules, **(known | fields))


def rules(checked: Checked, state: str = "open") -> list[str]:
    return [one.finding.rule for one in checked.outcomes if one.state == state]


def of_rule(checked: Checked, rule: str) -> Outcome:
    return next(one for one in checked.outcomes if one.finding.rule == rule)


def test_what_is_found_stands_in_the_order_of_the_article_with_its_counts() -> None:
    audit = sample()
    checked = lint(audit, Linting())
    assert [one.finding for one in checked.outcomes] == list(audit.findings)
    assert (checked.article, checked.notes) == (ARTICLE_ID, audit.notes)
    assert (checked.statements, checked.asking, checked.unsupported) == (7, 6, 4)


def test_an_outcome_shows_the_passage_without_the_article() -> None:
    one = of_rule(lint(sample(), Linting()), "ST002")
    assert (one.name, one.state, one.why) == ("number-without-source", "open", "")
    assert one.shown[one.caret : one.caret + one.width] == DAILY
    assert (one.finding.line, one.end_line) == (3, 3)
    assert one.end_column - one.finding.column == len(DAILY)
    assert one.words == "about 40 of adults drink it every day"
    assert one.fixed == ("40%",)


def test_an_entry_is_known_by_its_words_and_numbers() -> None:
    one = of_rule(lint(sample(), Linting()), "RE001")
    assert one.words.startswith("quill r 2008 a history of brindleweed")
    assert one.fixed == ("2008", "1", "1", "2", "5", "ref:7175696c6c08")
    assert one.width == len(one.shown)


def test_selection_and_severities_are_those_of_the_options() -> None:
    audit = sample()
    checked = lint(audit, options(select=["ST", "RE001"], ignore=["ST003"], severities={"ST": "info"}))
    assert "ST002" in rules(checked)
    assert not {"ST003", "SO001"} & set(rules(checked))
    assert of_rule(checked, "ST002").finding.severity == "info"
    assert of_rule(checked, "RE001").finding.severity == of_rule(lint(audit, Linting()), "RE001").finding.severity
    assert not lint(audit, options(per_file_ignores={"articles/*": ["all"]})).outcomes


@pytest.mark.parametrize(
    ("given", "waived", "said"),
    [
        (waiver("ST002"), ["ST002"], []),
        (waiver("ST002", passage=DAILY), ["ST002"], []),
        (waiver("ST002", "ST003", passage=DAILY), ["ST002"], []),
        (waiver("ST002", passage=PRESSURE), [], ["WA003"]),
        (waiver("statements", passage=DAILY), ["ST002"], []),
        (waiver("all", passage=DAILY, until=AS_OF), ["ST002"], []),
        (waiver("ST002", passage=DAILY, until="2026-11-21"), [], ["WA002"]),
        (waiver("ST002", passage=DAILY, until="soon"), [], ["WA004"]),
        (waiver("ST002", passage=DAILY, reason=" "), [], ["WA001"]),
        (waiver("ST02", passage=DAILY), [], ["WA004"]),
        (waiver("ST002", "nothing", passage=DAILY), [], ["WA004"]),
        (waiver("ST002", passage=DAILY, problem="it is not closed"), [], ["WA004"]),
        (waiver(passage=DAILY), [], ["WA004"]),
        (waiver("WA003"), [], ["WA004"]),
        (waiver("waivers", "ST002"), [], ["WA004"]),
    ],
    ids=lambda one: " ".join(one.rules) if isinstance(one, Waiver) else None,
)
def test_waivers_of_the_article(given: Waiver, waived: list[str], said: list[str]) -> None:
    audit = sample()
    checked = lint(audit, Linting(), [given])
    assert rules(checked, "waived") == waived
    assert [rule for rule in rules(checked) if rule.startswith("WA")] == said
    assert {one.why for one in checked.outcomes if one.state == "waived"} == ({given.reason} if waived else set())
    assert len(checked.outcomes) == len(audit.findings) + len(said)


def test_what_is_wrong_with_a_waiver_is_told_where_it_stands_and_names_the_nearest_rule() -> None:
    one = of_rule(lint(sample(), Linting(), [waiver("ST02", passage=CURES)]), "WA004")
    assert (one.finding.line, one.end_line, one.width) == (3, 3, 1)
    assert "there is no rule 'ST02'; did you mean 'ST002'?" in one.finding.message
    assert one.shown[one.caret :].startswith("It therefore")


def test_a_waiver_is_needed_for_what_is_not_selected() -> None:
    checked = lint(sample(), options(ignore=["ST002"]), [waiver("ST002", passage=DAILY)])
    assert not {"ST002", "WA003"} & {one.finding.rule for one in checked.outcomes}


@pytest.mark.parametrize(
    ("status", "passage", "said"),
    [
        ("verified", TEXT, ["WA003"]),
        ("unreachable", TEXT, []),
        ("not attempted", TEXT, []),
        ("unreachable", DAILY, ["WA003"]),
        ("unreachable", PRESSURE, []),
    ],
)
def test_a_waiver_on_sources_is_not_needless_where_nobody_answered(status: Any, passage: str, said: list[str]) -> None:
    references = sample_audit().references
    audit = sample(
        resolutions=tuple(Resolution(reference=one.id, source=one.source, status=status) for one in references)
    )
    checked = lint(audit, Linting(), [waiver("EV004", passage=passage)])
    assert [rule for rule in rules(checked) if rule.startswith("WA")] == said


@pytest.mark.parametrize(
    ("given", "waived", "said"),
    [
        ({"rules": ["RE001"], "articles": [ARTICLE_ID]}, ["RE001"], []),
        ({"rules": ["RE001"], "articles": ["articles"]}, ["RE001"], []),
        ({"rules": ["RE001"], "articles": ["other/*", "*.txt"]}, ["RE001"], []),
        ({"rules": ["RE001"], "articles": ["*.md"]}, [], []),
        ({"rules": ["all"], "articles": ["**"], "containing": "A History of Brindleweed."}, ["RE001"], []),
        ({"rules": ["RE001"], "articles": ["*.txt"], "containing": "Herbs and sleep"}, [], []),
        ({"rules": ["RE001"], "articles": [ARTICLE_ID], "containing": "Herbs and sleep"}, [], ["WA003"]),
        ({"rules": ["RE001"], "articles": [ARTICLE_ID], "containing": "%%"}, [], ["WA003"]),
        ({"rules": ["RE001"], "articles": [ARTICLE_ID], "reason": ""}, [], ["WA001"]),
        ({"rules": ["RE001"], "articles": [ARTICLE_ID], "until": "2020-01-01"}, [], ["WA002"]),
    ],
)
def test_waivers_of_the_configuration(given: dict[str, Any], waived: list[str], said: list[str]) -> None:
    checked = lint(sample(), options(waivers=[{"reason": "told as such", **given}]))
    assert rules(checked, "waived") == waived
    assert [rule for rule in rules(checked) if rule.startswith("WA")] == said
    assert all("kb.toml" in one.finding.message for one in checked.outcomes if one.finding.rule in said)


def test_of_several_waivers_the_first_gives_its_reason_and_each_is_needed() -> None:
    checked = lint(sample(), Linting(), [waiver("ST002", reason="first"), waiver("all", passage=DAILY)])
    assert of_rule(checked, "ST002").why == "first"
    assert not [rule for rule in rules(checked) if rule.startswith("WA")]


def test_what_other_articles_and_bounds_tell_is_linted_and_waived_too() -> None:
    other = Elsewhere(statement="s3", article="b.md", line=4, text="About 4% drink it.", why="one says 40% and one 4%")
    checked = lint(sample(), options(max_age=5), [waiver("ST007", passage=DAILY)], [other])
    assert of_rule(checked, "ST007").state == "waived"
    assert of_rule(checked, "SO008").state == "open"
    assert not {"ST007", "SO008"} & set(rules(lint(sample(), Linting())))


def test_a_finding_in_a_format_without_lines_shows_none() -> None:
    article = sample_audit().article
    blocks = tuple(
        msgspec.structs.replace(block, place=f"paragraph {number}", line=number)
        for number, block in enumerate(article.blocks, 1)
    )
    audit = sample(article=msgspec.structs.replace(article, blocks=blocks, format="word"))
    checked = lint(audit, Linting(), [waiver("ST002", passage=DAILY)])
    one = of_rule(checked, "ST002")
    assert (one.finding.place, one.end_line, one.shown, one.state) == ("paragraph 2", 2, "", "waived")
    assert one.end_column - one.finding.column == len(DAILY)


def test_a_statement_as_long_as_a_table_is_known_by_its_fingerprint_alone() -> None:
    audit = sample()
    long = msgspec.structs.replace(audit.statements[2], text=DAILY * 50)
    audit = msgspec.structs.replace(audit, statements=(*audit.statements[:2], long, *audit.statements[3:]))
    one = of_rule(lint(audit, Linting()), "ST002")
    assert (one.words, one.fixed) == ("", ())


@pytest.mark.parametrize(
    ("text", "passage", "expected"),
    [
        ("Tea helps.", "Tea helps.", ("Tea helps.", "Tea helps.")),
        ("One.\nTea helps.\nTwo.", "Tea helps.", ("Tea helps.", "Tea helps.")),
        ("One. Tea\nhelps. Two.", "Tea\nhelps.", ("One. Tea", "Tea")),
        ("One.\tTea helps.", "Tea helps.", ("One. Tea helps.", "Tea helps.")),
        ("\x1b[31mRed.\u202e Tea\u00ad helps.", "Tea\u00ad helps.", ("�[31mRed.� Tea helps.", "Tea helps.")),
        ("", "", ("", "")),
        ("One.\n\nTwo.", "", ("One.", "")),
    ],
)
def test_the_line_of_a_passage(text: str, passage: str, expected: tuple[str, str]) -> None:
    start = text.index(passage)
    line = shown(text, start, start + len(passage))
    assert (line.text, line.text[line.caret : line.caret + len(passage and expected[1])]) == expected


def test_of_a_long_line_the_part_around_the_passage_is_shown_in_whole_words() -> None:
    text = f"{'word ' * 100}Tea helps. {'more ' * 100}"
    start = text.index("Tea helps.")
    line = shown(text, start, start + 10)
    assert line.text.startswith("… word ")
    assert line.text.endswith(" more …")
    assert line.text[line.caret : line.caret + line.width] == "Tea helps."
    assert len(line.text) <= MOST + 4


@given(st.text(max_size=400), st.integers(0, 400), st.integers(0, 400))
def test_any_line_can_be_shown(text: str, start: int, length: int) -> None:
    start = min(start, len(text))
    line = shown(text, start, min(len(text), start + length))
    assert "\n" not in line.text
    assert "\t" not in line.text
    assert len(line.text) <= MOST + 4
    assert line.caret >= 0
    assert line.width >= 1


BLOCKS = tuple(Block(kind="paragraph", start=at * 10, end=at * 10 + 9, line=at + 3, place=f"p{at}") for at in range(4))


@pytest.mark.parametrize("blocks", [(), BLOCKS], ids=["lines", "blocks"])
def test_places_lead_back_to_offsets(blocks: tuple[Block, ...]) -> None:
    text = "\n".join(["a" * 9] * 4)
    places = Places(Article(id="a", title="", text=text, blocks=blocks, format="text"))
    for at in range(len(text)):
        assert places.offset(places.line(at), places.column(at), places.element(at)) == at


def test_many_waivers_over_many_findings_take_a_moment() -> None:
    findings = [Placed("ST001", at, "words") for at in range(2000)]
    waivers = [Waiver(rules=("ST", "ST001"), reason="x", start=at % 50, end=2000, place=0) for at in range(5000)]
    waived = waive(findings, waivers, AS_OF, [])
    assert len(waived.reasons) == 2000
    assert waived.used[0] == Used(waiver=waivers[0], state="holds", needed=True)
    assert_within(1.0, lambda: waive(findings, waivers, AS_OF, []))
