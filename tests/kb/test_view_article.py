"""What the article page shows beside and above the article, as text and trees."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from kb.model import Audit, Candidate, Disagreement, NumberCheck, Review, Reviewed
from kb.rules.rule import Case
from kb.view.annotated import annotate
from kb.view.evidence import Shelf, statement_evidence
from kb.view.filters import Choice, choices, tools_panel
from kb.view.markup import Node, to_html
from kb.view.panels import evidence_panel, overview_panel, small_print
from kb.view.paper import article_panel
from kb.view.people import people_said
from kb.view.reference import reference_panel, reference_shown
from kb.view.source_card import numbers_table
from kb.view.summary import summarise
from tests.samples import CURES, DAILY, EASES, HARTWELL, VAGUE, sample_audit

_replace = msgspec.structs.replace


def to_text(node: Node | None) -> str:
    return node if isinstance(node, str) else "".join(map(to_text, node.children)) if node else ""


def link(name: str) -> str:
    return f"#{name}"


def test_filters_count_kinds_and_rules_the_most_frequent_first() -> None:
    found = choices(sample_audit())
    assert found.kinds[0] == Choice(value="benefit", words="benefit", count=4)
    assert {one.value: one.count for one in found.kinds} == {"benefit": 4, "harm": 1, "opinion": 1, "quantity": 1}
    assert found.rules == (Choice(value="unsupported-statement", words="unsupported statement", count=1),)


def test_rules_are_told_in_words() -> None:
    audit = sample_audit()
    found = _replace(audit.findings[0], rule="ST002")
    assert choices(_replace(audit, findings=(found,))).rules[0].words == "Number without source"


def test_a_rule_that_finds_two_things_in_a_statement_counts_once() -> None:
    audit = sample_audit()
    again = _replace(audit.findings[0], fingerprint="again")
    assert choices(_replace(audit, findings=(*audit.findings, again))).rules[0].count == 1


def test_the_menus_are_labelled_and_name_their_counts() -> None:
    audit = sample_audit()
    tools = tools_panel(summarise(audit), choices(audit))
    assert tools
    html = to_html(tools)
    assert '<label>Kind <select data-narrow="kind"><option value="">all kinds</option>' in html
    assert '<option value="benefit">benefit (4)</option>' in html
    assert html.count("data-filter") == len(summarise(audit).verdicts)
    none = _replace(audit, findings=())
    assert "Found" not in to_text(tools_panel(summarise(none), choices(none)))


def test_a_statement_tells_its_kind_and_the_rules_that_found_something() -> None:
    page = to_html(article_panel(annotate(sample_audit()), link, language=None))
    assert 'data-kind="quantity" data-rules="unsupported-statement"' in page
    assert page.count("data-rules") == 1


def test_entries_and_citations_lead_to_the_reference_and_entries_to_the_work() -> None:
    page = to_html(article_panel(annotate(sample_audit()), link, language=None, references=lambda name: f"?r={name}"))
    assert 'href="?r=hartwell-2019" data-reference="hartwell-2019"' in page
    assert '<a href="https://doi.org/10.5555/brindle.2019" rel="noreferrer" title="Open the work">' in page
    assert '<span class="cites" data-names="tern-2014">' in page
    without = to_html(article_panel(annotate(sample_audit()), link, language=None))
    assert "data-reference" not in without


def test_a_citation_outside_statements_is_a_link_of_its_own() -> None:
    audit = _replace(sample_audit(), statements=(), assessments=())
    page = to_html(article_panel(annotate(audit), link, language=None, references=link))
    assert '<a class="cites" href="#tern-2014" data-reference="tern-2014">(Tern, 2014)</a>' in page


def test_what_is_left_out_side_by_side_says_why_once() -> None:
    audit = sample_audit()
    listed = audit.article.blocks[-1]
    middle = audit.article.text.index("\n", listed.start)
    halves = (_replace(listed, end=middle), _replace(listed, start=middle + 1))
    article = _replace(audit.article, blocks=(*audit.article.blocks[:-1], *halves))
    page = to_text(article_panel(annotate(_replace(audit, article=article)), link, language=None))
    assert page.count("Not audited") == 1


def test_a_reference_shows_the_work_and_the_statements_that_cite_it() -> None:
    shown = reference_shown(Shelf(sample_audit()), "hartwell-2019")
    assert shown
    panel = reference_panel(shown, link)
    told = to_text(panel)
    for words in ("Reference 2", HARTWELL, "randomized trial: the title says", "found, and it is the work", EASES):
        assert words in told
    assert '<a href="https://doi.org/10.5555/brindle.2019" rel="noreferrer">' in to_html(panel)
    assert reference_shown(Shelf(sample_audit()), "nobody-1900") is None


def test_a_reference_tells_what_registries_and_entry_leave_open() -> None:
    audit = sample_audit()
    disagreement = Disagreement(field="year", says=(("Crossref", "2014"), ("PubMed", "2015")))
    candidate = Candidate(
        doi="10.5555/other", pmid=None, title="Other", authors=("Roe",), year="2001", container="", why="same title"
    )
    audit = _replace(
        audit,
        sources=tuple(_replace(one, disagreements=(disagreement,)) for one in audit.sources),
        resolutions=tuple(_replace(one, candidates=(candidate,)) for one in audit.resolutions),
        references=tuple(_replace(one, problems=("the DOI is none",)) for one in audit.references),
    )
    shown = reference_shown(Shelf(audit), "quill-2008")
    assert shown
    told = to_text(reference_panel(shown, link))
    for words in ("Registries differ on the year", "It may be Roe 2001", "The DOI is none.", "No statement cites it."):
        assert words in told


@pytest.mark.parametrize(
    ("check", "row"),
    [
        (NumberCheck(stated="84", found="84", outcome="agrees"), "8484✓ the same"),
        (
            NumberCheck(stated="58%", found="48%", outcome="differs", why="for the same"),
            "58%48%✗ differs: for the same",
        ),
        (NumberCheck(stated="3", found=None, outcome="not found"), "3–? not found"),
    ],
)
def test_numbers_stand_side_by_side(check: NumberCheck, row: str) -> None:
    assert to_text(numbers_table([check])).endswith(row)
    assert numbers_table([]) is None


def _reviewed(state: Any, value: str = "supported, certainty low") -> Audit:
    audit = sample_audit()
    review = Review(
        subject="statement",
        statement="s2",
        source=None,
        value=value,
        person="Ada",
        date="2026-11-01",
        reason="page 3",
        fingerprint=f"{2:016x}",
    )
    reviewed = Reviewed(state=state, program="supported, certainty moderate", words=())
    return _replace(
        audit,
        reviews=(review,),
        assessments=tuple(
            _replace(one, reviewed=reviewed) if one.statement == "s2" else one for one in audit.assessments
        ),
    )


@pytest.mark.parametrize(
    ("state", "words"),
    [
        ("disputed", "People disagree. The program's own verdict stands until they agree: supported"),
        ("overruled", "A person's word stands. The program says: supported, certainty moderate."),
        ("earlier words", "does not count now"),
        ("confirmed", "Ada 2026-11-01the statement is supported certainty low“page 3”"),
    ],
)
def test_peoples_words_and_what_became_of_them(state: str, words: str) -> None:
    evidence = statement_evidence(Shelf(_reviewed(state)), "s2")
    assert evidence
    told = "".join(map(to_text, people_said(evidence)))
    assert words in told
    assert "Ada 2026-11-01" in told


def test_a_word_that_was_taken_back_is_told_as_such() -> None:
    evidence = statement_evidence(Shelf(_reviewed("confirmed", "withdrawn")), "s2")
    assert evidence
    assert "took back what they had said" in "".join(map(to_text, people_said(evidence)))


def test_why_not_higher_has_a_heading_of_its_own() -> None:
    audit = sample_audit()
    audit = _replace(
        audit,
        assessments=tuple(_replace(one, not_higher=("not higher: few people",)) for one in audit.assessments),
        evidence=tuple(_replace(one, not_higher=("not higher: one trial",)) for one in audit.evidence),
    )
    evidence = statement_evidence(Shelf(audit), "s2")
    assert evidence
    page = to_html(evidence_panel(evidence, link))
    assert "<h4>Why not higher</h4><ul><li>Few people.</li></ul>" in page
    assert "<h4>Why the level is not higher</h4><ul><li>One trial.</li></ul>" in page


def test_what_is_told_beside_its_source_is_not_told_twice() -> None:
    audit = sample_audit()
    named = "Hartwell & Osei 2019: The abstract says the same."
    audit = _replace(audit, assessments=tuple(_replace(one, reasons=(named,)) for one in audit.assessments))
    evidence = statement_evidence(Shelf(audit), "s2")
    assert evidence
    assert to_text(evidence_panel(evidence, link)).count("The abstract says the same.") == 1


def test_what_is_offered_to_one_statement_is_what_is_offered_to_it_among_all() -> None:
    audit = sample_audit()
    fitting = "Studies of brindleweed: how it protects the heart and cures arthritis"
    sources = tuple(_replace(one, title=fitting, abstract=f"{VAGUE} {CURES} {DAILY}") for one in audit.sources[:2])
    audit = _replace(audit, sources=(*sources, *audit.sources[2:]))
    shelf, offered = Shelf(audit), Case(audit).offers
    assert offered
    assert {one.id: shelf.offered(one.id) for one in audit.statements if shelf.offered(one.id)} == offered


def test_the_small_print_counts_what_could_not_be_checked() -> None:
    assert "What could not be checked (1)" in to_text(small_print(sample_audit()))
    assert "could not be checked" not in to_text(small_print(_replace(sample_audit(), notes=())))


def test_an_overview_names_references_where_each_has_a_place_of_its_own() -> None:
    audit = sample_audit()
    page = to_html(overview_panel(Shelf(audit), summarise(audit), link, references=link))
    assert '2. <a href="#hartwell-2019" data-reference="hartwell-2019">' in page
    assert "Retracted 2016-05-01" in page
