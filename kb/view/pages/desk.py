"""What ``app.py`` hands to the pages."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kb.base import KnowledgeBase
from kb.view.work import Looks, Reviewer, Word, Work

if TYPE_CHECKING:
    from streamlit.navigation.page import StreamlitPage


@dataclass(frozen=True)
class Desk:
    """What ``app.py`` hands to the pages.

    Attributes
    ----------
    name
        Where the knowledge base is, as it may be shown.
    exists
        Whether there is one.
    open
        Opens it; raises `kb.errors.StoreError` where there is none, so that to look at one that was deleted makes no
        other one.
    work
        Does what takes longer than a click.
    say
        Keeps a person's word, in the knowledge base and in the project's file of reviews; what became of it, a line
        each. Raises `kb.errors.UsageError` for a word that may not be said.
    reviewer
        Who sits before the screen, as far as that is known.
    looks
        How everything stood on former days.
    today
        The day that questions about time speak of, ISO 8601.
    pages
        By name, so that one can lead to another.
    """

    name: str
    exists: Callable[[], bool]
    open: Callable[[], KnowledgeBase]
    work: Work
    say: Callable[[Word], tuple[str, ...]]
    reviewer: Callable[[], Reviewer]
    looks: Looks
    today: Callable[[], str]
    pages: dict[str, StreamlitPage] = field(default_factory=dict)
