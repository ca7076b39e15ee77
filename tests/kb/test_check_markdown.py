"""The summary of a pull request, rendered: what it tells, and that text from outside stays text."""

from __future__ import annotations

import re
from collections.abc import Iterator

import msgspec
import pytest
from markdown_it import MarkdownIt
from markdown_it.token import Token

from kb.linting.outcome import Checked, Run
from kb.report.check.markdown import MOST, to_markdown
from tests.linted import NUMBER, VAGUE, clean, hostile, sample
from tests.payloads import HIDDEN, PAYLOADS, commands

LINKED = re.compile(
    r"@[A-Za-z0-9]|[#!]\d|\bGH-\d|://|\bwww\.|[\w.+-]@[\w-]+\.\w",
    re.IGNORECASE,
)
"""What GitHub makes links of in plain text: mentions, issues, addresses; `!1` is GitLab's."""


def tokens(out: str) -> Iterator[Token]:
    """All tokens of the rendered document, those within lines too."""
    for token in MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(out):
        yield token
        yield from token.children or ()


def shape(out: str) -> list[str]:
    """The structure of a document without its words."""
    return [token.type for token in tokens(out) if token.type not in ("text", "inline")]


def words(out: str) -> str:
    """The words of a document as a reader sees them."""
    return "\n".join(token.content for token in tokens(out) if token.type == "text")


def test_the_summary_tells_the_run() -> None:
    out = to_markdown(sample())
    assert out.splitlines()[:3] == [
        "## kb check: 3 findings in 2 of 3 articles since main",
        "",
        "1 error, 1 warning, 1 info; 1 waived, 1 known from the baseline; 1 file could not be checked. "
        "As of 2026-11-23.",
    ]
    assert [line for line in out.splitlines() if line.startswith("#")] == [
        "## kb check: 3 findings in 2 of 3 articles since main",
        "### What the change did to the evidence since main",
        "### Findings",
        "### Not checked",
    ]
    assert "- **Worse:** articles/brindleweed tea.md:12: statement: moderate → low" in out
    assert "| articles/brindleweed tea.md | 1 | 1 | 0 | 4 | 2 |" in out
    assert (
        "- **error** ST002 number-without-source, articles/brindleweed tea.md:3:56: “40%” shows no source; "
        "cite the source of the number" in out
    )
    assert "- Not checked: leaflet.docx: a table could not be read" in out
    assert "no medical advice" in out.splitlines()[-1]


def test_a_run_without_findings_says_so_in_few_words() -> None:
    assert to_markdown(clean()).splitlines()[:3] == ["## kb check: No findings in 1 article", "", "As of 2026-11-23."]
    assert "###" not in to_markdown(clean())


def test_a_change_that_did_nothing_says_so() -> None:
    assert "- Nothing.\n" in to_markdown(msgspec.structs.replace(clean(), since="main"))


@pytest.mark.parametrize(("number", "more"), [(MOST, ""), (MOST + 1, "- … and 1 more"), (1_300, "- … and 1,250 more")])
def test_many_findings_are_counted(number: int, more: str) -> None:
    run = Run(articles=(Checked(article="a.md", outcomes=(NUMBER,) * number),), as_of="2026-11-23", version="0.1.0")
    out = to_markdown(run).splitlines()
    assert len([line for line in out if line.startswith("- **error**")]) == MOST
    assert [line for line in out if line.startswith("- …")] == ([more] if more else [])


def test_errors_come_first_so_that_none_is_cut_off() -> None:
    article = Checked(article="a.md", outcomes=(*(VAGUE,) * MOST, NUMBER))
    out = to_markdown(Run(articles=(article,), as_of="2026-11-23", version="0.1.0"))
    rules = re.findall(r"^- \*\*\w+\*\* (\w+)", out, re.MULTILINE)
    assert rules == ["ST002", *["ST003"] * (MOST - 1)]


def test_many_articles_are_counted() -> None:
    articles = tuple(Checked(article=f"{number}.md", outcomes=(NUMBER,)) for number in range(60))
    out = to_markdown(Run(articles=articles, as_of="2026-11-23", version="0.1.0"))
    assert len(re.findall(r"^\| \d+\.md ", out, re.MULTILINE)) == MOST
    assert "| … and 10 more |" in out


@pytest.mark.parametrize("payload", PAYLOADS.values(), ids=PAYLOADS)
def test_nothing_from_an_article_is_active(payload: str) -> None:
    out = to_markdown(hostile(payload))
    assert not HIDDEN & set(out)
    assert commands(out) == []
    assert shape(out) == shape(to_markdown(hostile("plain")))
    assert not {"link_open", "image", "html_inline", "html_block", "code_inline", "fence", "s_open"} & set(shape(out))
    assert not LINKED.search(words(out))
    assert not re.search(r"[$<>`]", out)  # nothing that mathematics or HTML could begin with
    assert all(
        re.match(r"(?:$|## kb |### [WFN]|\d |As |- (?:\*\*|Not )|\| |\*Grades )", line) for line in out.split("\n")
    )


def test_what_is_escaped_reads_as_it_was() -> None:
    text = "a*b_c [d] <e> | f` \\g ~h~ & #i $5"
    seen = words(to_markdown(hostile(text))).replace("\u200b", "")
    assert f"shows no source: “{text}”" in seen
