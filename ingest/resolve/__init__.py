"""From references to the works behind them: one file a registry, how to compare, and whom to ask."""

from __future__ import annotations

from ingest.resolve.desk import client
from ingest.resolve.merge import source_from_reference
from ingest.resolve.outcome import Resolved
from ingest.resolve.policy import resolve

__all__ = ["Resolved", "client", "resolve", "source_from_reference"]
