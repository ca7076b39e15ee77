"""The worklist as text: what comes first, what is said of it, and the search that goes with it."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from kb.errors import one_line
from kb.model import Audit, Finding, Severity
from kb.questions.advice import Advice
from kb.questions.offers import Offer
from kb.rules import RULES
from kb.view.markup import to_html
from kb.view.worklist import NAMES, advised, counted, narrowed, rules_in, weight, worklist
from kb.view.worklist_panel import first_panel, worklist_panel
from tests.payloads import HIDDEN, PAYLOADS
from tests.samples import ARTICLE_ID, QUILL, sample_audit


def finding(rule: str, severity: Severity, line: int = 1, **about: str) -> Finding:
    return Finding(
        rule=rule,
        severity=severity,
        message=f"{rule} is wrong",
        remedy="mend it",
        line=line,
        column=1,
        fingerprint=f"{rule} {about}",
        **about,
    )


def found(*findings: Finding, **article: Any) -> Audit:
    audit = sample_audit()
    return msgspec.structs.replace(
        audit,
        findings=findings,
        article=msgspec.structs.replace(audit.article, **article) if article else audit.article,
    )


def test_errors_come_first_then_what_weighs_most_then_the_place() -> None:
    tasks = worklist(
        [
            found(
                finding("ST001", "warning", statement="s4"),
                finding("ST001", "warning", statement="s5"),
                finding("ST002", "warning", statement="s3"),
                finding("RE001", "info", reference="quill-2008"),
                finding("SO002", "error", reference="tern-2014"),
            )
        ]
    )
    assert [task.statement or task.where for task in tasks] == ["reference 3", "s3", "s4", "s5", "reference 4"]
    assert [task.severity for task in tasks] == ["error", "warning", "warning", "warning", "info"]


def test_a_number_weighs_more_than_an_effect_and_that_more_than_an_opinion() -> None:
    weights = {statement.id: weight(statement) for statement in sample_audit().statements}
    assert weights == {"s1": 2, "s2": 6, "s3": 4, "s4": 2, "s5": 2, "s6": 2, "s7": 0}


def test_one_matter_is_one_item_and_a_statement_is_told_once() -> None:
    (task,) = worklist([found(finding("EV008", "info", statement="s2"), finding("EV003", "error", statement="s2"))])
    assert [(matter.rule, matter.severity) for matter in task.matters] == [("EV003", "error"), ("EV008", "info")]
    assert (task.severity, task.matters[0].wrong, task.matters[0].remedy) == ("error", "EV003 is wrong.", "Mend it.")
    assert task.matters[0].name == "Number differs"
    assert (task.where, task.address) == ("line 3", "./?article=articles%2Fbrindleweed.txt&statement=s2")


def test_a_reference_is_shown_as_the_author_wrote_it_and_the_article_by_its_title() -> None:
    entry, whole = worklist(
        [found(finding("RE001", "warning", reference="quill-2008"), finding("WA001", "warning", line=7))]
    )
    assert (entry.text, entry.statement, entry.bare, entry.query) == (QUILL, None, False, "")
    assert entry.address.endswith("reference=quill-2008")
    assert (whole.text, whole.where) == ("Brindleweed tea for stiff knees", "line 7")


def test_only_a_statement_without_a_source_has_a_search() -> None:
    tasks = worklist([found(finding("EV008", "info", statement="s2"), finding("ST003", "info", statement="s4"))])
    bare, searched = {task.statement: task.bare for task in tasks}, {task.statement: task.query for task in tasks}
    assert bare == {"s2": False, "s4": True}
    assert searched["s2"] == ""
    assert searched["s4"].startswith('("brindleweed tea"[tiab] OR "brindleweed teas"[tiab]) AND (heart[tiab]')


def test_an_article_in_another_language_has_no_search() -> None:
    (task,) = worklist([found(finding("ST003", "error", statement="s4"), language="de-AT")])
    assert task.bare
    assert not task.query


@pytest.mark.parametrize(
    ("severities", "rules", "bare", "left"),
    [
        (("error", "warning", "info"), (), False, ["s3", "s2", "reference 4"]),
        (("error",), (), False, ["s3"]),
        (("error", "warning", "info"), ("EV008", "RE001"), False, ["s2", "reference 4"]),
        (("error", "warning", "info"), (), True, ["s3"]),
        (("info",), ("ST002",), True, []),
    ],
)
def test_it_is_narrowed_down(severities: list[str], rules: list[str], bare: bool, left: list[str]) -> None:
    tasks = worklist(
        [
            found(
                finding("ST002", "error", statement="s3"),
                finding("EV008", "warning", statement="s2"),
                finding("RE001", "info", reference="quill-2008"),
            )
        ]
    )
    assert [task.statement or task.where for task in narrowed(tasks, severities, rules, bare=bare)] == left
    assert counted(tasks) == {"error": 1, "warning": 1, "info": 1}
    assert set(rules_in(tasks)) == {"ST002", "EV008", "RE001"}


def test_advice_stands_with_its_statement() -> None:
    tasks = worklist([sample_audit()])
    daily = next(task for task in tasks if task.statement == "s3")
    advice = Advice(
        article=ARTICLE_ID,
        place="line 3",
        text=daily.text,
        offers=(Offer(source="doi:10.5555/x", words="may fit: Roe, 2019 (tea, adults)", score=0.7),),
        against=("contradicts b.md, line 2 (“Nobody drinks it”): one denies it",),
    )
    with_advice = {task.text: task for task in advised(tasks, [advice])}
    assert with_advice[daily.text].offers == ("May fit: Roe, 2019 (tea, adults).",)
    assert with_advice[daily.text].against == ("Contradicts b.md, line 2 (“Nobody drinks it”): one denies it.",)
    assert not any(task.offers for text, task in with_advice.items() if text != daily.text)


def test_every_rule_has_a_name_in_words() -> None:
    assert set(NAMES) == {rule.id for rule in RULES}
    assert NAMES["ST003"] == "Vague attribution"


def test_nothing_found_is_an_empty_list() -> None:
    assert worklist([found()]) == ()


def test_the_panel_says_what_is_wrong_what_to_do_and_where_to_search() -> None:
    page = to_html(worklist_panel(worklist([sample_audit()]), {}))
    for words in (
        "About 40% of adults drink it every day.",
        "This statement asks for a source and shows none.",
        "Cite a source, or say less.",
        "https://pubmed.ncbi.nlm.nih.gov/?term=",
        'rel="noreferrer"',
        "Nothing in the text cites this reference.",
    ):
        assert words in page
    assert "Brindleweed tea for stiff knees, line 3" in to_html(
        worklist_panel(worklist([sample_audit()]), {ARTICLE_ID: "Brindleweed tea for stiff knees"})
    )


def test_citations_to_check_first_are_named_where_there_are_any() -> None:
    audit = sample_audit()
    assert first_panel(audit) is None
    doubted = tuple(msgspec.structs.replace(line, doubt=0.6) for line in audit.evidence)
    panel = first_panel(msgspec.structs.replace(audit, evidence=doubted))
    assert panel
    assert "Check these citations first" in to_html(panel)


@pytest.mark.parametrize("payload", PAYLOADS.values(), ids=PAYLOADS)
def test_hostile_text_is_text(payload: str) -> None:
    audit = sample_audit()
    replace = msgspec.structs.replace
    hostile = replace(
        audit,
        article=replace(audit.article, id=payload, title=payload),
        statements=tuple(replace(one, text=payload) for one in audit.statements),
        references=tuple(replace(one, text=payload) for one in audit.references),
        findings=tuple(replace(one, message=payload, remedy=payload) for one in audit.findings),
    )
    tasks = worklist([hostile])
    page = to_html(worklist_panel(advised(tasks, []), {payload: one_line(payload)}))
    assert "<script" not in page
    assert "<img" not in page
    assert not HIDDEN & set(page)
