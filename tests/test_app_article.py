"""The page of the article in each of its states, as Streamlit runs it without a browser."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest
from streamlit.testing.v1 import AppTest

from kb.model import Assessment, Audit, Review, Reviewed
from tests.desks import keep, run, words
from tests.payloads import PAYLOADS
from tests.samples import ARTICLE_ID, EASES, HARTWELL, TITLE, sample_audit

OTHER_ID = "articles/other.md"
HOSTILE = "<script>alert(1)</script> **bold** :red[x] $y$ [a](javascript:alert(1))"


def another_audit(title: str = "Another article", name: str = OTHER_ID) -> Audit:
    """The sample under another name and title."""
    audit = sample_audit()
    return msgspec.structs.replace(audit, article=msgspec.structs.replace(audit.article, id=name, title=title))


def bare_audit() -> Audit:
    """An article in which nothing reads as a statement."""
    nothing: dict[str, tuple[()]] = dict.fromkeys(
        ("statements", "citations", "evidence", "assessments", "findings"), ()
    )
    return msgspec.structs.replace(sample_audit(), **nothing)


@pytest.fixture
def knowledge(tmp_path: Path) -> Path:
    """A knowledge base that holds the sample."""
    path = tmp_path / "knowledge.db"
    keep(path, sample_audit())
    return path


def page(path: Path, **query: str | list[str]) -> AppTest:
    """The page, opened at an address."""

    def script(path: str) -> None:
        from pathlib import Path

        from kb.view.pages import article
        from tests.desks import desk_at

        article.show(desk_at(Path(path)))

    test = run(script, path, **query)
    assert not test.exception
    return test


def sent(test: AppTest, name: str) -> Any:
    """What was sent to a component of our own."""
    (one,) = (one.proto for one in test.get("bidi_component") if one.proto.component_name == name)
    told = json.loads(one.json)
    if isinstance(told["trees"], str):
        told["trees"] = json.loads(told["trees"])
    return told


def address(test: AppTest) -> dict[str, list[str]]:
    return {name: [value] if isinstance(value, str) else value for name, value in test.query_params.items()}


def chosen(test: AppTest) -> str | None:
    """What the article is told to mark."""
    told = sent(test, "kb_article")
    which: str | None = told["statement"] or told["reference"]
    return which


def article(test: AppTest) -> str:
    return " ".join(map(words, sent(test, "kb_article")["trees"]))


def beside(test: AppTest) -> str:
    return " ".join(map(words, sent(test, "kb_evidence")["trees"]))


def elements(tree: Any) -> Iterator[Any]:
    """Every element of a tree."""
    if not isinstance(tree, str):
        yield tree
        for child in tree[2]:
            yield from elements(child)


def test_the_page_shows_the_sentence_the_article_and_how_to_go_on(knowledge: Path) -> None:
    test = page(knowledge)
    assert not test.selectbox
    assert "3 of 7 statements ask for a source and show none" in article(test)
    assert TITLE in article(test)
    assert "no medical advice" in article(test)
    assert not chosen(test)
    assert "Choose a statement" in beside(test)
    assert address(test) == {"article": [ARTICLE_ID]}


def test_an_address_opens_at_a_statement(knowledge: Path) -> None:
    keep(knowledge, another_audit())
    test = page(knowledge, article=OTHER_ID, statement="s2")
    assert test.selectbox[0].value == OTHER_ID
    assert chosen(test) == "s2"
    assert "One randomized trial supports it." in beside(test)
    assert sent(test, "kb_evidence")["said"] == "Line 3: supported"
    assert address(test) == {"article": [OTHER_ID], "statement": ["s2"]}


def test_an_address_opens_at_a_reference_with_the_statements_that_cite_it(knowledge: Path) -> None:
    test = page(knowledge, article=ARTICLE_ID, reference="hartwell-2019")
    assert HARTWELL in beside(test)
    assert EASES in beside(test)
    assert sent(test, "kb_evidence")["said"] == "Reference 2"
    linked = [one[1].get("href") for tree in sent(test, "kb_evidence")["trees"] for one in elements(tree)]
    assert "https://doi.org/10.5555/brindle.2019" in linked
    assert "No statement cites it." in beside(page(knowledge, reference="quill-2008"))


@pytest.mark.parametrize("what", ["statement", "reference"])
def test_what_the_article_does_not_hold_any_more_is_told(knowledge: Path, what: str) -> None:
    test = page(knowledge, article=ARTICLE_ID, **{what: HOSTILE})
    assert f"no such {what}" in beside(test)
    assert TITLE in article(test)


def test_an_article_that_is_not_there_is_told_and_the_others_are_offered(knowledge: Path) -> None:
    keep(knowledge, another_audit())
    test = page(knowledge, article=HOSTILE, statement="s2")
    assert "not in this knowledge base" in test.info[0].value
    assert test.code[0].value == HOSTILE
    assert set(test.selectbox[0].options) == {"Another article", TITLE}
    assert "Choose a statement" in beside(test)
    assert not test.run().info, "what the address says now is an article that is there"


def test_another_article_starts_without_anything_chosen(knowledge: Path) -> None:
    keep(knowledge, another_audit())
    for what, which in (("statement", "s2"), ("reference", "quill-2008")):
        test = page(knowledge, article=ARTICLE_ID, **{what: which})
        test.selectbox[0].select(OTHER_ID).run()
        assert not chosen(test)
        assert address(test) == {"article": [OTHER_ID]}


def test_another_address_in_the_same_session_is_heeded(knowledge: Path) -> None:
    test = page(knowledge, article=ARTICLE_ID, statement="s2")
    test.query_params.clear()
    test.query_params.update({"article": ARTICLE_ID, "statement": "s4"})
    assert "It speaks of studies and names none." in beside(test.run())


def test_a_new_audit_is_seen_at_the_next_click(knowledge: Path) -> None:
    test = page(knowledge)
    keep(knowledge, msgspec.structs.replace(sample_audit(), notes=("Audited anew.",)))
    assert "Audited anew." in article(test.run())


def test_an_article_without_statements_says_what_to_do(knowledge: Path) -> None:
    keep(knowledge, bare_audit())
    test = page(knowledge)
    assert "No statement was found" in article(test)
    assert "audit it again from another file" in beside(test)
    assert not [one for tree in sent(test, "kb_article")["trees"] for one in elements(tree) if one[0] == "select"]


def test_the_filters_of_an_address_are_handed_on_and_kept(knowledge: Path) -> None:
    test = page(knowledge, article=ARTICLE_ID, verdict=["not checked", "supported"], kind="benefit", rule=HOSTILE)
    told = sent(test, "kb_article")
    assert (told["verdicts"], told["kind"], told["rule"]) == (["not-checked", "supported"], "benefit", HOSTILE)
    assert address(test)["verdict"] == ["not checked", "supported"]


def test_a_statement_has_a_form_for_the_persons_own_word(knowledge: Path) -> None:
    assert page(knowledge, statement="s2").expander[0].label == "Say what you think of it"
    assert not page(knowledge).expander


def test_two_peoples_verdicts_are_both_shown(knowledge: Path) -> None:
    said = tuple(
        Review(
            subject="statement",
            statement="s2",
            source=None,
            value=value,
            person=person,
            date=date,
            reason=f"{person}'s reason",
            fingerprint=f"{2:016x}",
        )
        for person, date, value in (("Ada", "2026-11-01", "supported"), ("Bo", "2026-11-02", "not substantiated"))
    )
    disputed = Reviewed(state="disputed", program="supported", words=())
    audit = sample_audit()
    assessments = tuple(
        msgspec.structs.replace(one, reviewed=disputed) if one.statement == "s2" else one for one in audit.assessments
    )
    keep(knowledge, msgspec.structs.replace(audit, reviews=said, assessments=assessments))
    told = beside(page(knowledge, statement="s2"))
    assert "People disagree." in told
    for words_of_people in ("Ada 2026-11-01", "Ada's reason", "Bo 2026-11-02", "Bo's reason"):
        assert words_of_people in told


def payloads_everywhere() -> Audit:
    """The sample with every payload in titles, notes, reasons, quotes, names and findings."""
    audit, text = sample_audit(), " ".join(PAYLOADS.values())
    replace = msgspec.structs.replace
    return replace(
        audit,
        article=replace(audit.article, title=text),
        sources=tuple(replace(one, title=text, authors=(text,), design_basis=text) for one in audit.sources),
        references=tuple(replace(one, text=text, problems=(text,)) for one in audit.references),
        evidence=tuple(replace(one, quote=text, reasons=(text,), not_higher=(text,)) for one in audit.evidence),
        assessments=tuple(
            Assessment(statement=one.statement, verdict=one.verdict, reasons=(text,)) for one in audit.assessments
        ),
        findings=tuple(replace(one, message=text, remedy=text, rule=text[:40]) for one in audit.findings),
        notes=(text,),
        reviews=(
            Review(
                subject="statement",
                statement="s2",
                source=None,
                value=text,
                person=text,
                date="2026-11-01",
                reason=text,
                fingerprint=f"{2:016x}",
            ),
        ),
    )


@pytest.mark.parametrize("given", [{}, {"statement": "s2"}, {"statement": "s3"}, {"reference": "tern-2014"}])
def test_payloads_are_text_and_nothing_else(tmp_path: Path, given: dict[str, str]) -> None:
    path = tmp_path / "knowledge.db"
    keep(path, payloads_everywhere(), another_audit())
    test = page(path, article=ARTICLE_ID, **given)
    assert "onerror" in beside(test)
    for name in ("kb_article", "kb_evidence"):
        for tree in sent(test, name)["trees"]:
            for tag, attributes, _ in elements(tree):
                assert tag not in ("script", "img", "iframe", "style")
                assert not [one for one in attributes if one.startswith("on") or one in ("src", "style")]
                assert attributes.get("href", "#").startswith(("?", "#", "./", "https://doi.org/10.5555/"))
    for native in (*test.markdown, *test.caption, *test.info, *test.error):
        assert "evil" not in native.value


def test_payloads_in_the_address_are_no_error(knowledge: Path) -> None:
    hostile = " ".join(PAYLOADS.values()).encode("utf-8", "replace").decode()
    names = ("article", "statement", "reference", "verdict", "kind", "rule")
    test = page(knowledge, **dict.fromkeys(names, hostile))
    assert test.info
    assert not [one for one in (*test.markdown, *test.info) if "evil" in one.value or "alert" in one.value]
