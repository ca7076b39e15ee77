"""Waivers in Markdown and plain text: what they speak of, and that they are no words of the article."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.read import read_bytes
from tests.waived import audited, spoken_of

ARTICLE = """# Heat and pain in the lower back

Heat eases pain in most people [1]. Cold eases it less, and
rest does nothing at all. [2] Walking helps 20% of patients.

- Stretching may prevent relapses.
- Massage reduces pain for a week.

## References

1. Smith J, Roe A. Heat for low back pain. J Pain. 2010;3:1-9.
2. Poe B, Doe C. Rest and low back pain. J Pain. 2012;5:11-19.
"""
KINDS = (".md", ".txt")

PLACED = [
    ("within a sentence", "most people", "most <!-- kb: allow X --> people", "Heat eases pain in most people [1]."),
    ("behind a sentence", "[1]. Cold", "[1]. <!-- kb: allow X --> Cold", "Heat eases pain in most people [1]."),
    ("close behind it", "patients.", "patients.<!-- kb: allow X -->", "Walking helps 20% of patients."),
    (
        "before its citation",
        "all. [2]",
        "all. <!-- kb: allow X --> [2]",
        "Cold eases it less, and rest does nothing at all. [2]",
    ),
    ("before its full stop", "relapses.", "relapses <!-- kb: allow X -->.", "Stretching may prevent relapses ."),
    ("at its start", "Heat eases", "<!-- kb: allow X --> Heat eases", "Heat eases pain in most people [1]."),
    ("over two lines", "most people", "most <!-- kb:\nallow X --> people", "Heat eases pain in most people [1]."),
    (
        "in a line of a paragraph",
        "\nrest",
        "\n<!-- kb: allow X -->\nrest",
        "Cold eases it less, and rest does nothing at all. [2]",
    ),
    ("in a line below", "patients.", "patients.\n<!-- kb: allow X -->", "Walking helps 20% of patients."),
    ("between list items", "\n- Massage", "\n<!-- kb: allow X -->\n- Massage", "Massage reduces pain for a week."),
    ("within a list item", "\n- Massage", "\n  <!-- kb: allow X -->\n- Massage", "Stretching may prevent relapses."),
    ("before a list", "- Stretching", "<!-- kb: allow X -->\n- Stretching", "Stretching may prevent relapses."),
    (
        "before an entry",
        "2. Poe",
        "<!-- kb: allow X -->\n2. Poe",
        "2. Poe B, Doe C. Rest and low back pain. J Pain. 2012;5:11-19.",
    ),
    (
        "at its start",
        "2. Poe",
        "2. <!-- kb: allow X --> Poe",
        "2. Poe B, Doe C. Rest and low back pain. J Pain. 2012;5:11-19.",
    ),
    (
        "at its end",
        "3:1-9.",
        "3:1-9. <!-- kb: allow X -->",
        "1. Smith J, Roe A. Heat for low back pain. J Pain. 2010;3:1-9.",
    ),
    ("before nothing", "11-19.\n", "11-19.\n\n<!-- kb: allow X -->\n", "nothing follows"),
    ("in a word", "Walking", "Wal<!-- kb: allow X -->king", "in the middle of a word"),
]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(("old", "new", "expected"), [case[1:] for case in PLACED], ids=[case[0] for case in PLACED])
def test_a_waiver_speaks_of(old: str, new: str, expected: str, kind: str) -> None:
    passage = spoken_of(ARTICLE.replace(old, new, 1), kind)["X"]
    assert passage == expected or ("X" not in expected and expected in passage)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(("old", "new"), [case[1:3] for case in PLACED[:-1]], ids=[case[0] for case in PLACED[:-1]])
def test_a_waiver_changes_nothing_of_what_is_audited(old: str, new: str, kind: str) -> None:
    before, _ = audited(ARTICLE, kind)
    text = ARTICLE.replace(old, new, 1)
    after, _ = audited(text, kind)
    assert [one.fingerprint for one in after.statements] == [one.fingerprint for one in before.statements]
    assert [one.needs_source for one in after.statements] == [one.needs_source for one in before.statements]
    for name in ("references", "statements", "missing"):
        assert [getattr(one, name) for one in after.citations] == [getattr(one, name) for one in before.citations]
    assert [one.text for one in after.references] == [one.text for one in before.references]
    assert [one.line for one in after.references] == [
        text.count("\n", 0, text.index(one.text[3:12])) + 1 for one in after.references
    ]
    for one in after.statements:
        assert after.article.text[one.start : one.end] == one.text
        assert one.line == text.count("\n", 0, one.start) + 1
        assert (
            re.sub(r"<!--.*?-->", lambda m: re.sub(r"[^\n]", " ", m[0]), text[one.start : one.end], flags=re.S)
            == one.text
        )


@pytest.mark.parametrize("kind", KINDS)
def test_a_line_of_its_own_divides_no_entries(kind: str) -> None:
    entries = [
        "Smith J, Roe A. Heat for low back pain. Journal of Pain and",
        "Its Relief. 2010;3:1-9.",
        "Poe B, Doe C. Rest and low back pain. Journal of Pain and",
        "Its Relief. 2012;5:11-19.",
    ]
    body = ARTICLE.partition("1. Smith")[0]
    bare, _ = audited(body + "\n".join(entries) + "\n", kind)
    for at in range(1, 4):
        lines = [*entries[:at], "<!-- kb: allow X -->", *entries[at:]]
        found, _ = audited(body + "\n".join(lines) + "\n", kind)
        assert [one.text for one in found.references] == [one.text for one in bare.references]


@pytest.mark.parametrize("kind", KINDS)
def test_a_block_of_its_own_speaks_of_the_whole_block_behind_it(kind: str) -> None:
    written = ARTICLE.replace("Heat eases", "<!-- kb: allow X -->\n\nHeat eases", 1)
    assert spoken_of(written, kind)["X"].endswith("Walking helps 20% of patients.")
    assert spoken_of(ARTICLE.replace("## Ref", "<!-- kb: allow X -->\n## Ref"), kind)["X"].endswith("References")


@pytest.mark.parametrize("kind", KINDS)
def test_a_waiver_of_the_file_speaks_of_all_of_it(kind: str) -> None:
    found, (waiver,) = audited(f"<!-- kb: allow-file X reason='old' -->\n{ARTICLE}", kind)
    assert (waiver.start, waiver.end, waiver.place) == (0, len(found.article.text), 0)
    assert (waiver.reason, waiver.problem, found.article.title) == ("old", "", "Heat and pain in the lower back")


def test_front_matter_stays_first() -> None:
    found, _ = audited(f"---\ntitle: Warmth\n---\n<!-- kb: allow-file X -->\n{ARTICLE}", ".md")
    assert found.article.title == "Warmth"


def test_the_definition_of_a_link_that_nobody_uses_is_a_comment_too() -> None:
    written = ARTICLE.replace("- Massage", '[//]: # (kb: allow X reason="so (as said)")\n- Massage')
    found, (waiver,) = audited(written, ".md")
    assert waiver.reason == "so (as said)"
    assert found.article.text[waiver.start : waiver.end] == "Massage reduces pain for a week."


def test_in_plain_text_a_line_may_begin_so() -> None:
    assert spoken_of(ARTICLE.replace("- Massage", "KB: allow X\n- Massage"), ".txt") == {
        "X": "Massage reduces pain for a week."
    }
    assert spoken_of(ARTICLE.replace("Cold", "kb: allow X Cold"), ".txt") == {}
    assert spoken_of(ARTICLE.replace("- Massage", "kb: a knowledge base\n- Massage"), ".txt") == {}


@pytest.mark.parametrize(
    "code",
    [
        "`<!-- kb: allow X -->`",
        "``a ` <!-- kb: allow X -->``",
        "\n\n```html\n<!-- kb: allow X -->\n```\n\n",
        "\n\n    <!-- kb: allow X -->\n\n",
        "\n\n```\n[//]: # (kb: allow X)\n```\n\n",
        "<!-- a remark <!-- kb: allow X -->",
    ],
)
def test_nothing_in_code_or_in_another_comment_is_a_waiver(code: str) -> None:
    assert spoken_of(ARTICLE.replace("Cold eases", f"{code} Cold eases"), ".md") == {}


def test_a_tick_that_opens_nothing_hides_no_waiver() -> None:
    assert "X" in spoken_of(ARTICLE.replace("Cold eases", r"\`a`` <!-- kb: allow X --> ` Cold eases"), ".md")


@pytest.mark.parametrize("kind", KINDS)
def test_a_comment_that_is_never_closed_waives_nothing_and_says_so(kind: str) -> None:
    _, (waiver,) = audited(ARTICLE.replace("Cold eases", "<!-- kb: allow ST001\nCold eases"), kind)
    assert "does not come to its end" in waiver.problem
    assert waiver.start == waiver.end


HOSTILE = {
    "many": " ".join(f"Heat helps {n}. <!-- kb: allow ST001 -->" for n in range(4000)),
    "many lines": "\n".join(f"Heat helps {n}.\n<!-- kb: allow ST001 -->" for n in range(4000)),
    "many in a row": "Heat helps. " + "<!-- kb: allow ST001 -->" * 4000,
    "never closed": "Heat helps. " + "<!-- kb: allow ST001 " * 40_000,
    "opened and closed": "Heat helps. " + "<!--" * 100_000 + "-->" * 100_000 + "kb:",
    "huge": f"Heat helps. <!-- kb: allow {'ST001 ' * 170_000} -->",
    "ticks": "Heat helps. " + "`<!-- kb: allow ST001 -->" * 10_000 + "``",
    "labels": "[//]: # (kb: allow ST001\n" * 10_000 + "\nHeat helps.",
    "blanks": "Heat helps. <!--" + " " * 500_000 + "kb: allow ST001 -->",
}


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_hostile_text_is_read_in_a_time_that_grows_with_its_length(text: str, kind: str) -> None:
    reading = read_bytes(f"# Title of it\n\nHeat helps people.\n\n{text}\n".encode(), f"a{kind}")
    assert all(0 <= one.start <= one.end <= len(reading.article.text) for one in reading.remarks)
    assert all(len(one.text) <= 2001 for one in reading.remarks)


WORDS = [
    "Heat helps. ",
    "Cold ",
    "\n",
    "\n\n",
    "- ",
    "1. ",
    "> ",
    "`",
    "```\n",
    "<!-- ",
    "kb: ",
    "allow X ",
    "-->",
    "    ",
]


@settings(max_examples=150, deadline=None)
@given(
    st.lists(st.sampled_from([*WORDS, "<!-- kb: allow X -->", "[//]: # (kb: allow X)\n", "kb: allow X\n"]), max_size=14)
)
def test_waivers_lie_within_the_text_whatever_it_is(pieces: list[str]) -> None:
    for kind in KINDS:
        text = "Heat helps people.\n\n" + "".join(pieces)
        found, waivers = audited(text, kind)
        assert len(found.article.text) == len(text)
        assert all(0 <= one.start <= one.end <= len(text) for one in waivers)
