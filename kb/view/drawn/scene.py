"""A drawing as records: nodes with places, and the lines between them.

One unit is one pixel at full size. A node's place is the middle of its sign; its label stands beside it.
"""

from __future__ import annotations

from typing import Literal, TypeAlias

from kb.errors import one_line
from kb.model import Record

Side: TypeAlias = Literal["left", "right"]
LABEL = 66
"""Characters of a line of a label."""
FACT = 400
"""Characters of anything that is told of a node."""


class Node(Record, frozen=True, kw_only=True):
    """A node; ``form`` is a slug of `kb.view.drawn.forms.FORMS`, which says how it looks."""

    id: str
    form: str
    label: str
    note: str = ""
    """A second line of the label."""
    side: Side = "right"
    x: int = 0
    y: int = 0
    quiet: bool = False
    """Whether its label is only shown when it is asked for."""
    facts: tuple[tuple[str, str], ...] = ()
    """What it is, as pairs of a term and its value."""
    links: tuple[tuple[str, str], ...] = ()
    """Where it leads, as pairs of words and an address (`kb.view.ways`, or of the web)."""


class Line(Record, frozen=True, kw_only=True):
    """A line from one node to another, by their ids; ``form`` is a slug of `kb.view.drawn.forms.LINES`."""

    start: str
    end: str
    form: str


class Scene(Record, frozen=True, kw_only=True):
    """A drawing.

    Attributes
    ----------
    told
        What it shows and what it leaves out, a sentence each.
    tree
        Whether the lines part like a tree's, from left to right.
    """

    nodes: tuple[Node, ...] = ()
    lines: tuple[Line, ...] = ()
    told: tuple[str, ...] = ()
    tree: bool = False


def labelled(text: str, longest: int = LABEL) -> str:
    """A text from outside on one line, cut where it is longer.

    >>> labelled("Thyme  eases pain.", 9)
    'Thyme ea…'
    """
    line = one_line(text)
    return line if len(line) <= longest else f"{line[: longest - 1].rstrip()}…"


def facts(*pairs: tuple[str, object]) -> tuple[tuple[str, str], ...]:
    """What is told of a node, without what is not known.

    >>> facts(("Year", "2016"), ("Journal", ""), ("Level", None))
    (('Year', '2016'),)
    """
    return tuple((term, labelled(str(value), FACT)) for term, value in pairs if value not in (None, ""))
