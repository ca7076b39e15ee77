"""Where nodes stand: in columns beside what they are tied to, as a tree, or in blocks; the same for the same nodes.

In columns, the first keeps its order, and every node further right stands beside the mean height of what it is tied to
on its left (the barycentre heuristic of Sugiyama, Tagawa and Toda, IEEE Trans. Syst. Man Cybern. 1981;11:109), pushed
down where labels would overlap. All of it takes time in the number of nodes and lines, times its logarithm.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from msgspec.structs import replace

from kb.view.drawn.scene import Line, Node, labelled

ROW = 26
"""Between the middles of two nodes with a label of one line; …"""
TALL = 42
"""… and of two."""
GAP = 22
"""Above an article, and around blocks."""
COLUMNS = (0, 150, 560)
"""The middles of signs: statements, whose labels stand on the left of them; sources; and what is tied to these."""
STEP = 410
"""Between the columns of a tree."""
CELL = 26
"""Between the signs of a block, …"""
ABREAST = 14
"""… and how many of them stand in a row."""
_SHAPE = 1.7
"""How much wider than high a drawing of many blocks becomes."""


def height_of(node: Node) -> int:
    """The room that a node takes up and down; an article keeps some above itself."""
    return _label_height(node) + (GAP if node.form == "article" else 0)


def _label_height(node: Node) -> int:
    return TALL if node.note else ROW


def in_columns(columns: Sequence[Sequence[Node]], lines: Sequence[Line]) -> list[Node]:
    """Place columns of nodes beside each other, each further one by what its nodes are tied to."""
    placed: list[Node] = []
    for at, column in enumerate(columns):
        placed += beside(placed, column, lines, COLUMNS[at]) if at else _down(column, {}, COLUMNS[at])
    return placed


def beside(placed: Sequence[Node], column: Sequence[Node], lines: Iterable[Line], x: int) -> list[Node]:
    """Place one more column; what is tied to nothing that is placed goes to its end."""
    middles = {node.id: node.y for node in placed}
    tied: defaultdict[str, list[int]] = defaultdict(list)
    for line in lines:
        for one, other in ((line.start, line.end), (line.end, line.start)):
            if other in middles:
                tied[one].append(middles[other])
    bottom = max(middles.values(), default=0) + TALL
    wanted = {node.id: sum(near) // len(near) if (near := tied[node.id]) else bottom for node in column}
    return _down(sorted(column, key=lambda node: wanted[node.id]), wanted, x)


def _down(column: Iterable[Node], wanted: Mapping[str, int], x: int) -> list[Node]:
    placed, top = [], 0
    for node in column:
        high = height_of(node)
        top = max(top, wanted.get(node.id, 0) - high // 2)
        top += high
        placed.append(replace(node, x=x, y=top - _label_height(node) // 2))
    return placed


def as_tree(nodes: Sequence[Node], parents: Mapping[str, str]) -> list[Node]:
    """Place nodes from left to right by their depth below what they hang on, each in the middle of its own.

    Parameters
    ----------
    parents
        By node the one that it hangs on; those that hang on none are roots. Without circles.
    """
    below: defaultdict[str, list[Node]] = defaultdict(list)
    for node in nodes:
        below[parents.get(node.id, "")].append(node)
    middles: dict[str, int] = {}
    depths: dict[str, int] = {}
    top = 0
    ahead = [(node, 0, False) for node in reversed(below[""])]
    while ahead:
        node, depth, seen = ahead.pop()
        own = below[node.id]
        if own and not seen:
            depths[node.id] = depth
            ahead.append((node, depth, True))
            ahead += [(one, depth + 1, False) for one in reversed(own)]
        elif own:
            middles[node.id] = (middles[own[0].id] + middles[own[-1].id]) // 2
        else:
            depths[node.id] = depth
            middles[node.id] = top + height_of(node) // 2
            top += height_of(node)
    return [replace(node, x=depths[node.id] * STEP, y=middles[node.id]) for node in nodes]


def as_block(heading: Node, *groups: Sequence[Node]) -> list[Node]:
    """A heading and below it groups of signs in rows, whose labels are only shown when they are asked for."""
    cut = {"label": labelled(heading.label, ABREAST * 3), "note": labelled(heading.note, ABREAST * 3)}
    placed, top = [replace(heading, side="right", x=0, y=0, **cut)], TALL
    for group in groups:
        for at, node in enumerate(group):
            x, y = at % ABREAST * CELL, top + at // ABREAST * CELL
            placed.append(replace(node, side="right", quiet=True, x=x, y=y))
        top += -(-len(group) // ABREAST) * CELL + GAP // 2
    return placed


def in_blocks(blocks: Sequence[Sequence[Node]]) -> list[Node]:
    """Put blocks of nodes that are placed already below and beside each other, in columns of about the same height."""
    wide, high = ABREAST * CELL + 2 * GAP, [max(node.y for node in block) + CELL + 2 * GAP for block in blocks]
    tops = [0] * max(1, min(len(blocks), round((sum(high) * _SHAPE / wide) ** 0.5)))
    placed: list[Node] = []
    for block, taken in zip(blocks, high, strict=True):
        column = tops.index(min(tops))
        placed += [replace(node, x=node.x + column * wide, y=node.y + tops[column]) for node in block]
        tops[column] += taken
    return placed
