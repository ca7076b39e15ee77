"""Text from outside on its way to a screen: nothing hidden in it reorders, hides or floods what is shown."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.errors import ArticleError, escaped, one_line, printable
from kb.graph import build_graph
from kb.lock import lock_of
from kb.lock import to_json as lock_to_json
from kb.model import Audit
from kb.report import bibliography, document
from kb.report.html import to_html
from kb.report.text import to_text
from kb.view.annotated import annotate
from kb.view.drawn import scenes
from kb.view.evidence import Shelf, statement_evidence
from kb.view.markup import to_data
from kb.view.panels import evidence_panel, overview_panel, summary_panel
from kb.view.paper import article_panel
from kb.view.summary import summarise
from tests.costs import assert_within

TURNING = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
HIDDEN = "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\u2061\ufeff\u061c\u034f\u3164\u115f\ufe0e\ufe0f\U000e0101"
TAGS = "\U000e0001\U000e0041\U000e007f"
CONTROLS = "\x00\x07\x08\x1b\x7f\x85\x9b"
BAD = frozenset(TURNING + HIDDEN + TAGS + CONTROLS)
PAYLOAD = f"tea{TURNING}{HIDDEN}{TAGS} cures"

SHOWN = [
    ("Heat eases pain.", "Heat eases pain."),
    ("two\nlines\tand a tab", "two\nlines\tand a tab"),
    ("Müller, Łoś, Ångström; αβ; 5 × 10⁻³; “quoted” – dash … é", None),
    ("疼痛 痛み 통증 боль ألم כאב", None),
    ("naïve with a mark of its own: nai\u0308ve", None),
    ("5\u00a0mg, 20\u202f%, 1\u2009000, wide\u3000blank", "5 mg, 20 %, 1 000, wide blank"),
    ("para\u2029graph and\u2028line", "para graph and line"),
    ("to\u00adday and no\u200bthing, \ufeffstart", "today and nothing, start"),
    ("heart \u2764\ufe0f", "heart \u2764"),
    ("invoice\u202efdp.exe", "invoice�fdp.exe"),
    ("a\u2066b\u2069c", "a�b�c"),
    ("\u202e\u202e\u202d\u2067four in a row", "�four in a row"),
    ("flag\U000e0067\U000e0062\U000e007f end", "flag� end"),
    ("\x1b[31mred\x1b[0m", "�[31mred�[0m"),
    ("half \ud83d of a pair", "half � of a pair"),
    ("own \ue000 sign", "own � sign"),
    ("Zalgo: o" + "\u0301\u0316" * 50 + "k", "Zalgo: o\u0301\u0316\u0301\u0316k"),
    (
        "between\u0301\u200b\u0301\u200b\u0301\u200b\u0301\u200b\u0301\u200b\u0301 them",
        "between\u0301\u0301\u0301\u0301 them",
    ),
]


@pytest.mark.parametrize(("text", "expected"), SHOWN)
def test_only_what_is_seen_is_shown(text: str, expected: str | None) -> None:
    assert printable(text) == (text if expected is None else expected)


@given(st.text() | st.text(st.sampled_from([*BAD, "a", "\u0301", "\n", " "])))
def test_what_is_shown_is_printable_and_shown_again_the_same(text: str) -> None:
    shown = printable(text)
    assert not BAD & set(shown)
    assert all(ch.isprintable() or ch in "\n\t" for ch in shown)
    assert printable(shown) == shown
    assert "\n" not in one_line(text)


@given(st.recursive(st.text(st.characters(exclude_categories=["Cs"])), st.lists, max_leaves=5))
def test_an_escaped_document_holds_the_same_data_and_nothing_hidden(data: Any) -> None:
    document = escaped(json.dumps(data, ensure_ascii=False))
    assert json.loads(document) == data
    assert document.isprintable()
    assert not BAD & set(document)


@pytest.mark.parametrize("piece", ["\u202e", "o\u0301\u0316", "\u0301\u0316", "\u200b", "\U000e0041", "\u00a0"])
def test_a_flood_takes_no_time(piece: str) -> None:
    assert_within(2, lambda: (printable(piece * 30_000), escaped(piece * 30_000)))


def test_an_error_names_a_hostile_file_in_one_readable_line() -> None:
    line = str(ArticleError("cannot be read", place=f"{PAYLOAD}\nsecond.md", remedy="rename it"))
    assert line == "tea� cures second.md: cannot be read; rename it"


def _poisoned(value: Any) -> Any:
    """The records with the payload before every text that names nothing: no id, no key, no closed word."""
    if isinstance(value, dict):
        return {
            name: f"{PAYLOAD} {held}" if name in _FREE and isinstance(held, str) else _poisoned(held)
            for name, held in value.items()
        }
    if isinstance(value, list):
        return [_poisoned(one) for one in value]
    return value


_FREE = frozenset(
    "title container section why place note quote reason message remedy basis design_basis person value cited"
    " registered label abstract goes_beyond".split()
)


@pytest.fixture
def hostile(sample_audit: Audit) -> Audit:
    """The sample with hidden signs in its titles, names, references, statements, reasons and notes."""
    plain = msgspec.to_builtins(sample_audit)
    audit: Audit = msgspec.convert(_poisoned(plain), Audit)
    replace = msgspec.structs.replace
    word, instead = "Brindleweed", f"Br{TURNING}w{HIDDEN}"
    assert len(audit.article.text) > 500
    return replace(
        audit,
        article=replace(
            audit.article, id=f"a{PAYLOAD}.md", text=audit.article.text.replace(" tea ", " t\u202e\u200b ")
        ),
        statements=tuple(
            replace(one, text=f"{PAYLOAD} {one.text}", reasons=(*one.reasons, PAYLOAD)) for one in audit.statements
        ),
        references=tuple(
            replace(one, text=one.text.replace(word, instead) + PAYLOAD, authors=(PAYLOAD,), problems=(PAYLOAD,))
            for one in audit.references
        ),
        sources=tuple(replace(one, authors=(PAYLOAD, *one.authors), year=PAYLOAD) for one in audit.sources),
        assessments=tuple(replace(one, reasons=(*one.reasons, PAYLOAD)) for one in audit.assessments),
        evidence=tuple(replace(one, reasons=(*one.reasons, PAYLOAD)) for one in audit.evidence),
        notes=(PAYLOAD,),
    )


def _panels(audit: Audit) -> str:
    """Everything that the app's page of the article sends to the browser, but for ids and addresses."""
    shelf = Shelf(audit)
    trees = [
        summary_panel(audit, summarise(audit)),
        article_panel(annotate(audit), lambda statement: f"#{statement}", language="en"),
        overview_panel(shelf, summarise(audit), lambda statement: f"#{statement}"),
    ]
    for statement in audit.statements:
        evidence = statement_evidence(shelf, statement.id)
        assert evidence
        trees.append(evidence_panel(evidence, lambda statement: f"#{statement}"))
    return repr([_words(to_data(tree)) for tree in trees])


def _words(tree: Any) -> Any:
    if isinstance(tree, str):
        return tree
    return [tree[1].get("title"), tree[1].get("aria-label"), *map(_words, tree[2])]


def _drawing(audit: Audit) -> str:
    """Everything that the drawing of an article shows."""
    scene = scenes.of_article(build_graph([audit]), audit.article.id, {}, all_statements=True)
    told = [(node.label, node.note, *(value for _, value in node.facts)) for node in scene.nodes]
    return "\n".join("\n".join(one) for one in told)


def _checked(audit: Audit) -> bibliography.Checked:
    one = bibliography.Bibliography(
        path=f"{PAYLOAD}.bib",
        references=tuple(msgspec.structs.replace(one, id=f"{PAYLOAD}-{one.id}") for one in audit.references),
        resolutions=audit.resolutions,
        problems=(PAYLOAD,),
        diff=f"+{PAYLOAD}",
    )
    return bibliography.Checked(as_of=audit.as_of, bibliographies=(one,), sources=audit.sources, notes=(PAYLOAD,))


WAYS_OUT: dict[str, Callable[[Audit], str]] = {
    "terminal": lambda audit: to_text([audit], colour=False, width=100),
    "coloured terminal": lambda audit: to_text([audit], colour=True, width=100).replace("\x1b[", ""),
    "HTML": lambda audit: to_html([audit]),
    "JSON": lambda audit: document.to_json([audit]),
    "app, article": _panels,
    "app, graph": _drawing,
    "bibliography": lambda audit: bibliography.to_text(_checked(audit), colour=False, width=100),
    "bibliography as JSON": lambda audit: bibliography.to_json(_checked(audit)),
    "lock": lambda audit: lock_to_json(lock_of([audit])),
}


@pytest.mark.parametrize("way", WAYS_OUT)
def test_nothing_hidden_gets_out(way: str, hostile: Audit) -> None:
    out = WAYS_OUT[way](hostile)
    assert "cures" in out
    assert not {f"U+{ord(ch):04X}" for ch in BAD & set(out)}


def test_the_json_report_still_holds_the_exact_text(hostile: Audit) -> None:
    (article,) = json.loads(document.to_json([hostile]))["articles"]
    assert article["title"] == hostile.article.title
    assert [one["text"] for one in article["statements"]] == [one.text for one in hostile.statements]
