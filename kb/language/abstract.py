"""The abstract of a source as plain text: what is read before a design is named or a statement is compared."""

from __future__ import annotations

import html
import re
from functools import lru_cache

from kb.language.detect import detect
from kb.model import Source

_TAG = re.compile(r"</?[A-Za-z][^<>]{0,300}>")
_NONE = re.compile(r"\W{0,3}(?:no abstract|abstract (?:is )?not available|not available|n/?a|none)\b", re.IGNORECASE)
_SHORTEST = 80
"""Fewer characters than this are a placeholder or a heading, not an abstract."""


def abstract_of(source: Source) -> str:
    """The abstract without markup, in single spaces; empty where there is none to be had.

    Registries send JATS or HTML markup, entities, words that stand for a missing abstract, and one abstract in several
    languages, a paragraph each: where one of them is English, the others are left out.
    """
    return _plain(source.abstract)


@lru_cache(maxsize=2048)
def _plain(abstract: str) -> str:
    unmarked = html.unescape(_TAG.sub(" ", abstract))
    text = " ".join(" ".join(_english(unmarked.splitlines())).split())
    return "" if len(text) < _SHORTEST or _NONE.match(text) else text


def _english(paragraphs: list[str]) -> list[str]:
    """The paragraphs without those that say it again in another language; all where none is English."""
    if len(paragraphs) < 2:
        return paragraphs
    languages = [detect(paragraph) for paragraph in paragraphs]
    if "en" not in languages:
        return paragraphs
    return [one for one, language in zip(paragraphs, languages, strict=True) if language in ("en", None)]
