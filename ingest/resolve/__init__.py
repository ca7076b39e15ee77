"""From references to the works behind them: one file a registry, how to compare, and whom to ask."""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ingest.resolve.desk import client
    from ingest.resolve.merge import source_from_reference
    from ingest.resolve.policy import resolve
    from ingest.resolve.resolved import Resolved

__all__ = ["Resolved", "client", "resolve", "source_from_reference"]
_PLACES = ("resolved.Resolved", "desk.client", "policy.resolve", "merge.source_from_reference")


def __getattr__(name: str) -> object:
    # Not imported above: a linter reads references and asks no registry, so it needs none of their files.
    for place in _PLACES:
        module, _, there = place.partition(".")
        if there == name:
            return getattr(importlib.import_module(f"ingest.resolve.{module}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
