"""The abstract of a source as plain text: what is read before a design is named or a statement is compared."""

from __future__ import annotations

import html
import re

from kb.model import Source

_TAG = re.compile(r"</?[A-Za-z][^<>]{0,300}>")
_NONE = re.compile(r"\W{0,3}(?:no abstract|abstract (?:is )?not available|not available|n/?a|none)\b", re.IGNORECASE)
_SHORTEST = 80
"""Fewer characters than this are a placeholder or a heading, not an abstract."""


def abstract_of(source: Source) -> str:
    """The abstract without markup, in single spaces; empty where there is none to be had.

    Registries send JATS or HTML markup, entities, and words that stand for a missing abstract.
    """
    text = " ".join(html.unescape(_TAG.sub(" ", source.abstract)).split())
    return "" if len(text) < _SHORTEST or _NONE.match(text) else text
