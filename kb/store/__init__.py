"""Where audits are kept: one SQLite file, many articles.

Importing this imports SQLAlchemy (about 140 ms), so it is imported where it is used.
"""

from __future__ import annotations

from kb.store.sql import ArticleSummary
from kb.store.store import Store

__all__ = ["ArticleSummary", "Store"]
