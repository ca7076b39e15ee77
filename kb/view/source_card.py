"""One source of a statement, drawn: which work, what it says, the numbers of both, and why it weighs what it weighs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from kb.model import NumberCheck
from kb.view.colours import CERTAINTY_SIGNS
from kb.view.evidence import SourceLine
from kb.view.markup import Element, element
from kb.view.parts import Link, definitions, listing, sentences, what_falls
from kb.view.wording import DIRECTIONS, EXTENTS, marked

_OUTCOMES = {"agrees": "✓ the same", "differs": "✗ differs", "not found": "? not found"}


def source_card(line: SourceLine, *, references: Link | None, questions: bool) -> Element:
    """The card of one source.

    Parameters
    ----------
    references
        From the id of a reference to an address at which it is shown; None where there is no such place.
    questions
        Whether links lead on to what the graph can be asked of it.
    """
    title = element("a", line.title, href=line.url, rel="noreferrer") if line.url else element("span", line.title)
    return element(
        "div",
        element("p", title, class_="title"),
        element("p", " · ".join(part for part in (line.by, line.container) if part), class_="faint"),
        *(element("p", notice, class_="notice") for notice in line.notices),
        _facts(line),
        element("blockquote", line.quote, class_="quote") if line.quote else None,
        numbers_table(line.numbers),
        listing(line.differences),
        listing(sentences(line.reasons)),
        titled("Why the level is not higher", without(line.not_higher, "not higher")),
        titled("Why the level is not lower", without(line.not_lower, "not lower")),
        *_as_cited(line, references),
        what_falls(line.source) if questions else None,
        class_="source",
        data_names=" ".join(line.references) or None,
    )


def _facts(line: SourceLine) -> Element:
    stance = DIRECTIONS[line.direction] + (f" ({EXTENTS[line.extent]})" if line.extent else "")
    design = line.design if line.design != "unknown" else "design unknown"
    facts = [
        ("What it says", marked(stance, line.reviewed)),
        ("Design", marked(design, line.design_reviewed) + (f": {line.design_basis}" if line.design_basis else "")),
        ("Study", line.study),
        ("Level", f"OCEBM {line.level}" if line.level is not None else ""),
        ("Certainty", f"{line.certainty} {CERTAINTY_SIGNS[line.certainty]}" if line.certainty else ""),
        ("Which work", line.resolved),
    ]
    return definitions(facts)


def _as_cited(line: SourceLine, references: Link | None) -> Iterable[Element]:
    for name, text in zip(line.references, line.as_cited, strict=True):
        words = element("a", text, href=references(name), data_reference=name) if references else text
        yield element("p", "In the article's list: " if references else None, words, class_="as-cited")


def numbers_table(numbers: Sequence[NumberCheck]) -> Element | None:
    """The numbers of a statement beside those of its source; nothing where none were compared."""
    if not numbers:
        return None
    heads = ("The statement says", "The source says", "Compared")
    return element(
        "table",
        element("thead", element("tr", *(element("th", head, scope="col") for head in heads))),
        element("tbody", *map(_number, numbers)),
        class_="numbers",
    )


def _number(check: NumberCheck) -> Element:
    compared = _OUTCOMES[check.outcome] + (f": {check.why}" if check.why else "")
    cells = (element("td", check.stated), element("td", check.found or "–"), element("td", compared))
    return element("tr", *cells, class_=check.outcome.replace(" ", "-"))


def titled(title: str, reasons: Sequence[str]) -> Element | None:
    """Reasons under a small heading of their own; nothing where there are none."""
    told = listing(sentences(reasons))
    return element("div", element("h4", title), told) if told else None


def without(reasons: Iterable[str], beginning: str) -> list[str]:
    """Reasons without the words that their heading says already.

    >>> without(["not higher: few people"], "not higher")
    ['few people']
    """
    return [reason.removeprefix(f"{beginning}: ") for reason in reasons]
