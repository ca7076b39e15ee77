"""The core of evidence-kb: what is known, and what follows from it. No network, no clock, no article formats."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kb.base import KnowledgeBase

__all__ = ["VERSION", "KnowledgeBase"]

VERSION = "0.1.0"
"""Of the program, as its package has it."""


def __getattr__(name: str) -> object:
    # Not imported above: the command imports `kb` on every run, and mostly asks for no knowledge base.
    if name == "KnowledgeBase":
        from kb.base import KnowledgeBase

        return KnowledgeBase
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
