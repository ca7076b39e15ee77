"""From references to the works behind them: one file a registry, how to compare, and whom to ask."""

from __future__ import annotations

from ingest.resolve.policy import Resolved, resolve, source_from_reference

__all__ = ["Resolved", "resolve", "source_from_reference"]
