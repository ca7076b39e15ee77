"""The findings on a terminal: what stands where, and that nothing from an article steers the terminal or the log."""

from __future__ import annotations

import re

import msgspec
import pytest

from kb.report.check.text import to_text
from kb.report.check.wording import summary, tally
from tests.linted import NUMBER, VAGUE, clean, hostile, sample
from tests.payloads import HIDDEN, PAYLOADS, commands

FIRST_LINE = re.compile(
    r"^(?P<path>.+?):(?P<line>\d+):(?P<column>\d+)(?: \((?P<place>.+?)\))?: (?P<rule>[A-Z]{2}\d{3}) "
)


def test_each_finding_begins_with_its_place_for_programs() -> None:
    found = [match.groupdict() for line in to_text(sample()).splitlines() if (match := FIRST_LINE.match(line))]
    assert [(one["path"], one["line"], one["column"], one["place"], one["rule"]) for one in found] == [
        ("articles/brindleweed tea.md", "3", "1", None, "ST003"),
        ("articles/brindleweed tea.md", "3", "56", None, "ST002"),
        ("leaflet.docx", "1", "1", "paragraph 12", "RE007"),
    ]


def test_a_finding_says_what_is_wrong_what_to_do_and_shows_the_line_with_a_caret() -> None:
    assert to_text(sample()).splitlines()[:3] == [
        "articles/brindleweed tea.md:3:1: ST003 studies or experts without a name: “Studies show”; "
        "name the study or the guideline that says so [warning: vague-attribution]",
        "     3 | Studies show that brindleweed tea eases stiff knees in 40% of adults.",
        "       | ^~~~~~~~~~~~",
    ]


@pytest.mark.parametrize(
    ("shown", "caret", "width", "line", "mark"),
    [
        ("It helps 40%.", 9, 3, "It helps 40%.", "         ^~~"),
        ("It helps.", 0, 1, "It helps.", "^"),
        ("茶 helps 40%.", 8, 3, "茶 helps 40%.", "         ^~~"),  # a wide character takes two columns
        ("cafe\u0301 helps 40%.", 12, 3, "cafe\u0301 helps 40%.", "           ^~~"),  # an accent takes none
        ("\tIt helps.", 1, 2, " It helps.", " ^~"),
        ("a\u200bb 40%.", 4, 3, "ab 40%.", "   ^~~"),  # what nobody sees takes no column
        ("\x1b[31m 40%.", 6, 3, "�[31m 40%.", "      ^~~"),
        ("It helps.", 9, 5, "It helps.", "         ^"),  # the place after the last word
    ],
)
def test_the_caret_stands_under_the_passage(shown: str, caret: int, width: int, line: str, mark: str) -> None:
    outcome = msgspec.structs.replace(VAGUE, shown=shown, caret=caret, width=width)
    run = msgspec.structs.replace(
        clean(), articles=(msgspec.structs.replace(clean().articles[0], outcomes=(outcome,)),)
    )
    assert to_text(run).splitlines()[1:3] == [f"     3 | {line}", f"       | {mark}"]


def test_what_is_waived_or_known_is_counted_and_not_told() -> None:
    out = to_text(sample())
    assert not {"EV008", "ST001", "out of print"} & set(re.findall(r"[A-Z]{2}\d{3}|out of print", out))
    assert out.splitlines()[-1] == (
        "3 findings in 2 of 3 articles since main: 1 error, 1 warning, 1 info; "
        "1 waived, 1 known from the baseline; 1 file could not be checked"
    )


def test_a_run_without_findings_says_so() -> None:
    assert to_text(clean()) == "No findings in 1 article\n"


def test_findings_in_every_article_need_no_second_number() -> None:
    run = msgspec.structs.replace(clean(), articles=(msgspec.structs.replace(clean().articles[0], outcomes=(NUMBER,)),))
    assert summary(run) == "1 finding in 1 article: 1 error"


def test_what_the_change_did_is_told_with_what_got_worse_first() -> None:
    out = to_text(sample())
    assert out[out.index("What the change") :].splitlines()[:7] == [
        "What the change did to the evidence since main",
        "  Worse (1)",
        "    - articles/brindleweed tea.md:12: statement: moderate → low",
        "  Better (1)",
        "    - plain.txt:1: statement: now supported",
        "  Otherwise (1)",
        "    - one source has left the lock",
    ]


def test_a_change_that_did_nothing_says_so_and_a_whole_run_speaks_of_none() -> None:
    assert "evidence since main\n  nothing\n" in to_text(msgspec.structs.replace(clean(), since="main"))
    assert "What the change" not in to_text(clean())


def test_colours_change_nothing_else() -> None:
    assert re.sub(r"\x1b\[[0-9;]*m", "", to_text(sample(), colour=True)) == to_text(sample())


def test_the_counts_are_those_of_the_articles() -> None:
    found = tally(*sample().articles)
    assert (found.open, found.error, found.warning, found.info, found.waived, found.known) == (3, 1, 1, 1, 1, 1)


@pytest.mark.parametrize("payload", PAYLOADS.values(), ids=PAYLOADS)
def test_nothing_from_an_article_is_active(payload: str) -> None:
    out = to_text(hostile(payload))
    assert not HIDDEN & set(out)
    assert commands(out) == []
    assert len([line for line in out.splitlines() if FIRST_LINE.match(line)]) >= 3
    assert out.count("\n") == to_text(hostile("plain")).count("\n")
    coloured = to_text(hostile(payload), colour=True)
    assert re.sub(r"\x1b\[[0-9;]*m", "", coloured) == out
