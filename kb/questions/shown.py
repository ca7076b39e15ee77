"""How an answer about a whole knowledge base names what it shows, when all else was found by ids alone."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from typing import TypeAlias

from kb.model import Source, StatementKey
from kb.questions.stated import Stated

MOST = 20
"""How many of each kind an answer shows, where nothing else is asked for."""

Telling: TypeAlias = Callable[[Collection[StatementKey]], Mapping[StatementKey, Stated]]
"""Gives the words of statements; it is asked once, and only about those that are shown."""
Works: TypeAlias = Callable[[Collection[str]], Mapping[str, Source]]
"""Gives sources by their ids, likewise."""


def unworded(statements: Collection[StatementKey]) -> dict[StatementKey, Stated]:
    """Statements by their keys alone, where their words are not at hand."""
    return {key: Stated(article=key[0], statement=key[1], line=0, text="") for key in statements}


def unknown(_: Collection[str]) -> dict[str, Source]:
    """No sources, where no more is known of them than their ids."""
    return {}
