"""What most hangs on: sources that many statements stand on alone, and articles that rest on one team."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kb.model import Record

if TYPE_CHECKING:
    import networkx


class LoadBearing(Record, frozen=True, kw_only=True):
    """What most hangs on."""


def load_bearing(graph: networkx.DiGraph[object], most: int = 20) -> LoadBearing:
    """Find what most hangs on."""
    raise NotImplementedError
