"""What screens show, as text."""

from __future__ import annotations

import re
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.model import Article, Audit, Block, Citation, Resolution, Span, Statement, Verdict
from kb.view.annotated import annotate
from kb.view.colours import LOOKS, stylesheet
from kb.view.evidence import Shelf, resolution_in_words, source_url, statement_evidence
from kb.view.markup import Node, element, to_data, to_html
from kb.view.panels import evidence_panel, legend_panel, overview_panel, summary_panel
from kb.view.paper import article_panel
from kb.view.sources import source_rows
from kb.view.summary import Summary, in_words, left_out, summarise
from tests.samples import sample_audit


def to_text(node: Node) -> str:
    return node if isinstance(node, str) else "".join(map(to_text, node.children))


def link(statement: str) -> str:
    return f"#{statement}"


def evidence_text(statement: str) -> str:
    evidence = statement_evidence(Shelf(sample_audit()), statement)
    assert evidence is not None
    return to_text(evidence_panel(evidence, link))


def test_the_article_reads_as_it_was_written() -> None:
    audit = sample_audit()
    shown = ["".join(segment.text for segment in passage.segments) for passage in annotate(audit)]
    assert shown == [audit.article.text[block.start : block.end].strip() for block in audit.article.blocks]


def test_each_piece_of_text_knows_its_statement_citation_and_reference() -> None:
    title, first, _, listed = annotate(sample_audit())
    assert [segment.statement for segment in title.segments] == [None]
    assert [(one.text, one.statement, one.verdict, one.cites) for one in first.segments[:3]] == [
        ("Brindleweed is a cause of vivid dreams ", "s1", "not checked", None),
        ("(Marlow, 2011)", "s1", "not checked", ("marlow-2011",)),
        (".", "s1", "not checked", None),
    ]
    assert [(one.reference, one.uncited) for one in listed.segments if one.reference] == [
        ("marlow-2011", False),
        ("hartwell-2019", False),
        ("tern-2014", False),
        ("quill-2008", True),
    ]


def test_what_is_left_out_says_why() -> None:
    *shown, listed = annotate(sample_audit())
    assert [passage.left_out for passage in shown] == ["", "", ""]
    assert listed.left_out == "entries with authors and years under a heading 'References'"


@pytest.mark.parametrize("kind", ["byline", "table", "code", "front matter", "comment", "reference list", "promotion"])
def test_a_block_that_is_left_out_without_a_reason_gets_one(kind: str) -> None:
    block = Block(kind=kind, start=0, end=4, line=1)  # type: ignore[arg-type]
    audit = _audit("Text", blocks=(block,))
    assert annotate(audit)[0].left_out


def _audit(text: str, *, blocks: tuple[Block, ...], spans: tuple[tuple[int, int], ...] = ()) -> Audit:
    statements = tuple(
        Statement(
            id=f"s{number}",
            fingerprint=f"{number}",
            text=text[start:end],
            start=start,
            end=end,
            sentence=Span(start=start, end=end),
            line=1,
            section="",
            kind="fact",
            question=None,
            needs_source=True,
        )
        for number, (start, end) in enumerate(spans)
    )
    article = Article(id="a.txt", title="", text=text, blocks=blocks, format="text")
    return msgspec.structs.replace(
        sample_audit(),
        article=article,
        statements=statements,
        citations=(Citation(text=text[1:2], start=1, end=2, line=1),),
        references=(),
    )


@given(
    text=st.text(alphabet="ab c", min_size=3, max_size=40).filter(lambda text: not text[0].isspace()),
    spans=st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40)), max_size=6),
)
def test_no_text_is_lost_or_doubled_however_statements_overlap(text: str, spans: list[tuple[int, int]]) -> None:
    kept = tuple((low, min(high, len(text))) for low, high in spans if low < min(high, len(text)))
    audit = _audit(text, blocks=(Block(kind="paragraph", start=0, end=len(text), line=1),), spans=kept)
    (passage,) = annotate(audit)
    assert "".join(segment.text for segment in passage.segments) == text.rstrip()
    assert all(segment.text for segment in passage.segments)


def test_the_innermost_statement_wins() -> None:
    audit = _audit("abcdef", blocks=(Block(kind="paragraph", start=0, end=6, line=1),), spans=((0, 6), (2, 4)))
    assert [(one.text, one.statement) for one in annotate(audit)[0].segments] == [
        ("a", "s0"),
        ("b", "s0"),
        ("cd", "s1"),
        ("ef", "s0"),
    ]


def test_the_sample_in_one_sentence() -> None:
    summary = summarise(sample_audit())
    assert in_words(summary) == (
        "3 of 7 statements ask for a source and show none; 1 cites one that does not count; 3 cite a source; "
        "1 reference is cited by nothing."
    )
    assert summary.verdicts == {"unsupported": 4, "not checked": 1, "supported": 1, "needs no source": 1}


@pytest.mark.parametrize(
    ("statements", "bare", "idle", "citing", "uncited", "words"),
    [
        (
            37,
            25,
            0,
            1,
            2,
            "25 of 37 statements ask for a source and show none; 1 cites a source; 2 references are cited by nothing.",
        ),
        (1, 1, 0, 0, 0, "1 of 1 statement asks for a source and shows none; none cites a source."),
        (3, 0, 0, 3, 0, "Of 3 statements none asks for a source that it does not show; 3 cite a source."),
        (
            3,
            0,
            1,
            1,
            0,
            "Of 3 statements none asks for a source that it does not show; 1 cites one that does not count; "
            "1 cites a source.",
        ),
        (0, 0, 0, 0, 3, "No statement was found in the text that was read."),
    ],
)
def test_the_summary_reads_well(statements: int, bare: int, idle: int, citing: int, uncited: int, words: str) -> None:
    summary = Summary(statements=statements, bare=bare, idle=idle, citing=citing, uncited=uncited, verdicts={})
    assert in_words(summary) == words


def test_every_verdict_has_a_look_of_its_own() -> None:
    assert set(LOOKS) == set(Verdict.__args__)  # type: ignore[attr-defined]
    for trait in ("slug", "sign", "light", "dark"):
        assert len({getattr(look, trait) for look in LOOKS.values()}) == len(LOOKS), trait
    assert stylesheet().count(".verdict-") == len(LOOKS)


@pytest.mark.parametrize("verdict", list(LOOKS))
@pytest.mark.parametrize(("trait", "background"), [("light", "#ffffff"), ("dark", "#191816")])
def test_signs_and_lines_stand_out_from_the_page(verdict: Verdict, trait: str, background: str) -> None:
    lighter, darker = sorted((_luminance(getattr(LOOKS[verdict], trait)), _luminance(background)), reverse=True)
    assert (lighter + 0.05) / (darker + 0.05) >= 4.5


def _luminance(colour: str) -> float:
    """Relative luminance as WCAG 2.2 defines it."""
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4 for value in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize(
    ("statement", "words"),
    [
        ("s1", "not checked"),
        ("s1", "Herbs and sleep"),
        ("s1", "Marlow 2011"),
        ("s1", "not looked up: shows no DOI"),
        ("s1", "“cause” claims a cause"),
        ("s2", "OCEBM level 2"),
        ("s2", "certainty moderate ⊕⊕⊕◯, 1 independent line of evidence"),
        ("s2", "supports it (the whole statement)"),
        ("s2", "The tea eased morning stiffness."),
        ("s2", "The statement saysThe source saysCompared8484✓ the same"),
        ("s2", "randomized trial: the title says 'randomized trial'"),
        ("s2", "found, and it is the work that is cited, says Crossref (2026-11-22)"),
        ("s3", "It gives a number and shows no source."),
        ("s3", "Warning: This statement asks for a source and shows none. Cite a source, or say less."),
        ("s5", "Leans onBrindleweed tea eased morning stiffness"),
        ("s5", "'cures' and 'at every age' are more than 'eased'"),
        ("s6", "Retracted 2016-05-01, says Crossref"),
        ("s6", "Its only source is retracted."),
        ("s7", "It asks for no source."),
    ],
)
def test_the_evidence_of_a_statement(statement: str, words: str) -> None:
    assert words in evidence_text(statement)


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"status": "not attempted", "note": "no DOI"}, "not looked up: no DOI"),
        ({"status": "unreachable"}, "the registry could not be reached"),
        ({"status": "unreachable", "note": "Crossref did not answer in time"}, "Crossref did not answer in time"),
        (
            {"status": "not found", "said_by": "doi.org", "asked": "2026-11-22"},
            "the registry knows no such work, says doi.org (2026-11-22)",
        ),
    ],
)
def test_outcomes_of_a_look_up_keep_their_differences(fields: dict[str, Any], words: str) -> None:
    assert resolution_in_words(Resolution(reference="r", source="ref:1", **fields)) == words


def test_an_unknown_statement_has_no_evidence() -> None:
    assert statement_evidence(Shelf(sample_audit()), "s99") is None


def test_a_number_that_differs_shows_both() -> None:
    audit = sample_audit()
    lines = [
        msgspec.structs.replace(
            line, numbers=tuple(msgspec.structs.replace(n, found="48", outcome="differs") for n in line.numbers)
        )
        for line in audit.evidence
    ]
    evidence = statement_evidence(Shelf(msgspec.structs.replace(audit, evidence=tuple(lines))), "s2")
    assert evidence is not None
    assert "8448✗ differs" in to_text(evidence_panel(evidence, link))


def test_a_statement_is_one_link_with_its_citation_inside() -> None:
    page = to_html(article_panel(annotate(sample_audit()), link, language="en"))
    assert len(re.findall(r'<a [^>]*data-statement="s2"', page)) == 1
    assert '<span class="cites" data-names="hartwell-2019">(Hartwell &amp; Osei, 2019)</span>.</a>' in page
    assert 'lang="en"' in page


def test_summary_legend_and_overview_tell_what_is_known() -> None:
    audit = sample_audit()
    summary = summarise(audit)
    head = to_text(summary_panel(audit, summary))
    assert "as of 2026-11-22" in head
    assert "no medical advice" in head
    assert "Crossref was not asked about 2 references" in head
    assert to_text(legend_panel(summary, filters=False)) == ("unsupported 4not checked 1supported 1needs no source 1")
    assert to_html(legend_panel(summary, filters=True)).count("<button") == 4
    beside = to_text(overview_panel(Shelf(audit), summary, link))
    assert "Nothing in the text cites this reference." in beside
    assert "Quill, R. (2008)" in beside


def test_sources_as_rows() -> None:
    marlow, hartwell, tern, quill = source_rows([sample_audit()])
    assert (marlow.title, marlow.design, marlow.cited) == ("Herbs and sleep", "book", 1)
    assert (hartwell.doi, hartwell.url) == ("10.5555/brindle.2019", "https://doi.org/10.5555/brindle.2019")
    assert hartwell.said_by == "Crossref (2026-11-22)"
    assert tern.notices == "Retracted 2016-05-01, says Crossref"
    assert (quill.cited, quill.statements, quill.resolution) == (0, 0, "not looked up: shows no DOI")


@pytest.mark.parametrize("url", ["javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", None])
def test_an_address_that_is_no_web_address_is_no_link(url: str | None) -> None:
    assert source_url(msgspec.structs.replace(sample_audit().sources[0], url=url)) is None


def test_outside_text_stays_text() -> None:
    hostile = '<script>alert("1")</script>'
    made = element("p", hostile, title=hostile)
    assert to_html(made) == (
        '<p title="&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;">'
        "&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;</p>"
    )
    assert to_data(made) == ["p", {"title": hostile}, [hostile]]


@pytest.mark.parametrize("href", ["javascript:alert(1)", " javascript:alert(1)", "data:text/html,x", "//evil.example"])
def test_an_address_that_could_run_is_dropped(href: str) -> None:
    assert element("a", "x", href=href).attributes == ()


@pytest.mark.parametrize(("tag", "attributes"), [("script", {}), ("p", {"onclick": "x"}), ("img", {"src": "x"})])
def test_what_could_run_is_not_in_the_vocabulary(tag: str, attributes: dict[str, str]) -> None:
    with pytest.raises(ValueError, match="vocabulary"):
        element(tag, **attributes)


def test_what_was_left_out_is_said_by_lines() -> None:
    article = Article(
        id="a.txt",
        title="Knees",
        text="Knees\nJane Roe\n\nText.\n\nCall us.\nNow.\n",
        format="text",
        blocks=(
            Block(kind="title", start=0, end=5, line=1, why="repeats the title"),
            Block(kind="byline", start=6, end=14, line=2, why="names its author or date"),
            Block(kind="paragraph", start=16, end=21, line=4),
            Block(kind="promotion", start=23, end=31, line=6, why="comes after the reference list"),
            Block(kind="promotion", start=32, end=36, line=7, why="comes after the reference list"),
        ),
    )
    assert left_out(article) == (
        "Not searched for statements: line 2 (names its author or date), lines 6–7 (comes after the reference list)."
    )
    assert left_out(msgspec.structs.replace(article, blocks=article.blocks[2:3])) == ""
