"""Pieces that panels are put together from."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TypeAlias

from kb.language.places import where
from kb.model import Verdict
from kb.view.colours import LOOKS
from kb.view.markup import Element, Node, element
from kb.view.ways import to_question

Link: TypeAlias = Callable[[str], str]
"""From the id of a statement, or of a reference, to an address at which it is shown."""


def verdict_badge(verdict: Verdict) -> Element:
    """Sign and name of a verdict, in its colour."""
    return element("span", verdict, class_=f"badge verdict-{LOOKS[verdict].slug}", title=LOOKS[verdict].meaning)


def section(title: str, *content: Node | None) -> Element | None:
    """A titled part; nothing where there is nothing to say."""
    kept = [part for part in content if part is not None]
    return element("section", element("h3", title), *kept) if kept else None


def listing(items: Sequence[Node], *, class_: str | None = None, label: str | None = None) -> Element | None:
    """A list; nothing where it is empty."""
    return element("ul", *(element("li", item) for item in items), class_=class_, aria_label=label) if items else None


def definitions(facts: Iterable[tuple[str, str]], *, class_: str | None = None) -> Element:
    """Terms, and what is known of each; without those of which nothing is."""
    parts = (part for term, known in facts if known for part in (element("dt", term), element("dd", known)))
    return element("dl", *parts, class_=class_)


def sentences(phrases: Iterable[str]) -> list[str]:
    """Phrases, which other rooms write without capital and full stop, as sentences."""
    return [f"{phrase[:1].upper()}{phrase[1:].removesuffix('.')}." for phrase in phrases if phrase]


def place_within(line: int, place: str) -> str:
    """Where a statement stands, within a line; the path of an element of HTML or XML tells a reader nothing.

    >>> place_within(12, "paragraph 12"), place_within(40, "#results/p[3]")
    ('paragraph 12', 'line 40')
    """
    return where(line, "" if place.startswith(("/", "#")) else place)


def place_of(line: int, place: str) -> str:
    """As `place_within`, to begin a line with.

    >>> place_of(12, ""), place_of(12, "paragraph 12"), place_of(40, "#results/p[3]")
    ('Line 12', 'Paragraph 12', 'Line 40')
    """
    said = place_within(line, place)
    return said[0].upper() + said[1:]


def asks(*questions: tuple[str, str]) -> Element:
    """Links to questions, each by its words and its address."""
    return element("span", *(element("a", words, href=address) for words, address in questions), class_="asks")


def what_falls(source: str) -> Element:
    """A link to what falls if a source falls."""
    return asks(("What falls with it?", to_question("impact", source=source)))
