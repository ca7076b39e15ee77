"""The article drawn as it reads: statements lead to their evidence, citations and entries to their reference."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from kb.view.annotated import Passage, Segment
from kb.view.colours import LOOKS
from kb.view.markup import Element, Node, element
from kb.view.parts import Link
from kb.view.wording import marked

_TAGS = {"title": "h1", "heading": "h2", "quotation": "blockquote", "list item": "li", "code": "pre", "table": "pre"}


def article_panel(
    passages: Iterable[Passage], link: Link, *, language: str | None, references: Link | None = None
) -> Element:
    """The article as it reads: statements are links to their evidence, what was left out is dimmed and says why.

    Parameters
    ----------
    references
        From the id of a reference to an address at which it is shown; None where there is no such place.
    """
    blocks: list[Node] = []
    for (kind, left_out), group in groupby(passages, key=lambda passage: (passage.kind, passage.left_out)):
        drawn = [_passage(passage, link, references) for passage in group]
        if left_out:
            why = element("p", f"Not audited ({kind}): {left_out}", class_="why")
            blocks.append(element("div", why, *drawn, class_="left-out"))
        else:
            blocks.extend([element("ul", *drawn)] if kind == "list item" else drawn)
    return element("article", *blocks, class_="article", lang=language)


def _passage(passage: Passage, link: Link, references: Link | None) -> Element:
    content = [
        _statement(identifier, list(run), link) if identifier is not None else _run(run, references)
        for identifier, run in groupby(passage.segments, key=lambda segment: segment.statement)
    ]
    tag = "div" if passage.left_out else _TAGS.get(passage.kind, "p")
    return element(tag, *content, class_=passage.kind.replace(" ", "-"))


def _statement(identifier: str, run: Sequence[Segment], link: Link) -> Element:
    verdict = run[0].verdict or "not checked"
    slug = LOOKS[verdict].slug
    return element(
        "a",
        *_pieces(run),
        class_=f"statement verdict-{slug}",
        href=link(identifier),
        title=marked(verdict, run[0].reviewed),
        data_statement=identifier,
        data_verdict=slug,
        data_kind=run[0].kind,
        data_rules=" ".join(run[0].rules) or None,
    )


def _run(run: Iterable[Segment], references: Link | None) -> Element:
    return element("span", *_pieces(run, references))


def _pieces(run: Iterable[Segment], references: Link | None = None) -> Iterator[Node]:
    """Text, citations and entries. Inside a statement, which is a link itself, a citation can be none: there it tells
    whom it names, and the statement's evidence leads on.
    """
    for segment in run:
        if segment.reference is not None:
            yield _entry(segment, segment.reference, references)
        elif segment.cites is not None:
            names = " ".join(segment.cites) or None
            first = segment.cites[0] if segment.cites and references else None
            if first and references and segment.statement is None:
                href = references(first)
                yield element("a", segment.text, class_="cites", href=href, data_reference=first)
            else:
                yield element("span", segment.text, class_="cites", data_names=names)
        else:
            yield segment.text


def _entry(segment: Segment, name: str, references: Link | None) -> Element:
    """An entry of the reference list: where it is shown there lead its words, and a sign leads to the work."""
    sign = element("a", "↗", href=segment.work, rel="noreferrer", title="Open the work") if segment.work else None
    uncited = element("span", "cited by nothing", class_="uncited") if segment.uncited else None
    words = element("a", segment.text, href=references(name), data_reference=name) if references else segment.text
    return element("span", words, " " if sign else None, sign, " " if uncited else None, uncited, class_="entry")
