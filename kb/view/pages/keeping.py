"""Answers about a whole knowledge base: found once for all sessions, until something is written, one at a time."""

from __future__ import annotations

from collections.abc import Callable
from threading import Lock
from typing import TypeVar, cast

import streamlit as st

from kb.base import KnowledgeBase
from kb.view.pages.desk import Desk

Answer = TypeVar("Answer")


def kept(desk: Desk, base: KnowledgeBase, question: str, *given: object, find: Callable[[], Answer]) -> Answer:
    """An answer, found where none is kept to the same question under the revision that the knowledge base has.

    Parameters
    ----------
    question, given
        What is asked, with everything that the answer depends on beside the knowledge base.
    find
        Finds the answer, which all sessions share: small, and frozen. One is found at a time, so that several people
        who ask need the memory of one question and not of several.
    """
    return cast("Answer", _kept(find, desk.name, base.revision(), question, given))


@st.cache_resource(max_entries=24, show_spinner=False)
def _kept(_find: Callable[[], object], name: str, revision: str, question: str, given: tuple[object, ...]) -> object:
    with _one_at_a_time():
        return _find()


@st.cache_resource(show_spinner=False)
def _one_at_a_time() -> Lock:
    return Lock()
