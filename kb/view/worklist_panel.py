"""The worklist drawn as a tree of ``kb.view.markup``."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from kb.model import Audit, Severity
from kb.questions.pubmed import pubmed_link
from kb.view.evidence import Shelf
from kb.view.first import TITLE, check_first
from kb.view.markup import Element, element
from kb.view.parts import listing, place_of, section
from kb.view.ways import to_statement
from kb.view.worklist import Matter, Task

SIGNS: Mapping[Severity, str] = {"error": "✗", "warning": "!", "info": "i"}
"""What says the same as the colour of a severity."""
SEVERITY_WORDS: Mapping[Severity, str] = {"error": "error", "warning": "warning", "info": "note"}
"""What a reader is told of a severity."""
LEAVES = "Opens pubmed.ncbi.nlm.nih.gov in a new tab: the words of this search leave your machine."


def worklist_panel(tasks: Sequence[Task], titles: Mapping[str, str]) -> Element:
    """The tasks in their order.

    Parameters
    ----------
    titles
        Of articles, by their ids, where tasks of several are shown; empty where all are of one.
    """
    return element("ol", *(_task(task, titles.get(task.article, "")) for task in tasks), class_="worklist")


def first_panel(audit: Audit) -> Element | None:
    """The citations to check first, each with a link to its statement; None where none stands out."""
    found = check_first(Shelf(audit))
    return section(
        TITLE,
        listing(
            [
                element(
                    "a",
                    f"{place_of(one.line, one.place)}: {one.words}",
                    href=to_statement(audit.article.id, one.statement),
                )
                for one in found
            ]
        ),
    )


def _task(task: Task, title: str) -> Element:
    at = task.where.partition(", element ")[0]  # the path of an element of HTML or XML tells a reader nothing
    where = f"{at[:1].upper()}{at[1:]}"
    return element(
        "li",
        element(
            "p",
            element(
                "span", f"{SIGNS[task.severity]} {SEVERITY_WORDS[task.severity]}", class_=f"severity {task.severity}"
            ),
            element("span", f"{title}, {at}" if title else where, class_="faint"),
            class_="head",
        ),
        element("p", element("a", task.text, href=task.address, title="Show it in the article"), class_="words"),
        *(_matter(matter) for matter in task.matters),
        _search(task.query) if task.query else None,
        _found("In the knowledge base", task.offers),
        _found("What others say against it", task.against),
        class_=f"task {task.severity}",
    )


def _matter(matter: Matter) -> Element:
    return element(
        "div",
        element("p", matter.wrong, " ", element("span", matter.name, class_="faint", title=matter.rule)),
        element("p", element("b", "To do: "), matter.remedy, class_="to-do"),
        class_="matter",
    )


def _search(query: str) -> Element:
    return element(
        "div",
        element("p", "A search of PubMed for it", class_="faint"),
        element("pre", query, class_="query", tabindex="0", aria_label="Search of PubMed"),
        element(
            "p",
            element("button", "Copy the search", data_does="copy"),
            " ",
            element("a", "Search PubMed ↗", href=pubmed_link(query), rel="noreferrer", title=LEAVES),
            element("span", class_="copied faint", role="status"),
            class_="row",
        ),
        class_="search",
    )


def _found(title: str, words: Iterable[str]) -> Element | None:
    told = listing(list(words))
    return element("div", element("p", title, class_="faint"), told, class_="found") if told else None
