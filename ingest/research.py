"""Which parts of a research article report that research itself, and so need no other source.

A report of a study is built as introduction, methods, results and discussion. What stands between introduction and
discussion is the study's own; the discussion mixes its own results with what is known. The headings "Methods" and
"Results" are often lost in a copy, so an article is also known for research by how it speaks of itself.
"""

from __future__ import annotations

import re
from itertools import islice
from typing import Literal, TypeAlias

from kb.model import AUDITED, Article

Ownership: TypeAlias = Literal["whole", "mixed"]
"""``whole``: the study's own throughout; ``mixed``: its own beside what is known."""

_NUMBERING = r"^\W*(?:\d+(?:\.\d+)*\.?\s*)?"
_INTRODUCTION = re.compile(_NUMBERING + r"(?:introduction|background|rationale|objectives?|aims?)\b", re.IGNORECASE)
_DISCUSSION = re.compile(_NUMBERING + r"(?:(?:general |results and )?discussion|comments?)\b", re.IGNORECASE)
_CONCLUSION = re.compile(
    r"\b(?:conclusions?|limitations?|summary|key messages|funding|acknowledge?ments?|contributions?|disclosures?"
    r"|competing interests|conflicts? of interest|data availability|abbreviations|ethic\w*|consent)\b",
    re.IGNORECASE,
)
_METHODS = re.compile(
    r"\b(?:methods?|methodology|participants|subjects|patients|procedures?|protocol|statistical|statistics|study design"
    r"|data (?:collection|analysis)|measure(?:s|ments)|outcomes?|results?|findings|experimental|sample size)\b",
    re.IGNORECASE,
)
_PLAIN_METHODS = re.compile(
    _NUMBERING + r"(?:(?:materials?|patients|subjects|participants)(?: and |/))?(?:methods?|results?)\W*$",
    re.IGNORECASE,
)
_OWN_STUDY = re.compile(
    r"\b(?:(?:in )?(?:this|the present|the current|our) (?:study|trial|experiment|cohort)"
    r"|we (?:enrolled|recruited|measured|found|examined|investigated|performed|used|analy[sz]ed|compared|tested"
    r"|observed|randomi[sz]ed|assessed|included|conducted)"
    r"|participants were|patients were (?:randomi[sz]ed|enrolled|recruited))\b",
    re.IGNORECASE,
)
_FEW_MENTIONS, _MANY_MENTIONS = 3, 8


def is_research(article: Article) -> bool:
    """Whether the article reports a study of its own.

    It does where it has the plain headings "Methods" and "Results", or one of them between an introduction and a
    discussion, or where it speaks of its own study: a few times under headings of methods, or many times. Headings such
    as "Surgical procedures" alone stand on clinics' pages too.
    """
    headings = [article.text[block.start : block.end] for block in article.blocks if block.kind == "heading"]
    framed = any(map(_INTRODUCTION.match, headings)) and any(map(_DISCUSSION.match, headings))
    if sum(bool(_PLAIN_METHODS.match(heading)) for heading in headings) >= (1 if framed else 2):
        return True
    body = (article.text[block.start : block.end] for block in article.blocks if block.kind in AUDITED)
    enough = _FEW_MENTIONS if any(map(_METHODS.search, headings)) else _MANY_MENTIONS
    mentions = (match for piece in body for match in _OWN_STUDY.finditer(piece))
    return len(list(islice(mentions, enough))) == enough


def own_sections(article: Article) -> dict[int, Ownership]:
    """What each audited block of a research article reports of the research itself, by where it starts.

    Empty for any other article. Without a heading for the discussion only sections that are named as methods or
    results are the study's own throughout.
    """
    if not is_research(article):
        return {}
    headings = [article.text[block.start : block.end] for block in article.blocks if block.kind == "heading"]
    discusses = any(_DISCUSSION.match(heading) for heading in headings)
    owned: dict[int, Ownership] = {}
    part: Literal["introduction", "study", "discussion", "end"] = "introduction"
    for block in article.blocks:
        heading = article.text[block.start : block.end] if block.kind == "heading" else ""
        if _INTRODUCTION.match(heading):
            part = "introduction"
        elif _DISCUSSION.match(heading):
            part = "discussion"
        elif heading and _CONCLUSION.search(heading):
            part = "end"
        elif heading and part != "discussion" and (_METHODS.search(heading) or part == "study"):
            part = "study" if discusses or _METHODS.search(heading) else "introduction"
        elif block.kind in AUDITED:
            owned[block.start] = "whole" if part in ("study", "end") else "mixed"
    return owned
