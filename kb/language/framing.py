"""Sentences that claim nothing to be sourced: framing, advice without a factual claim, and the author's own view."""

from __future__ import annotations

import re

from kb.language.plain import plain
from kb.language.wordings import Table, Wording
from kb.model import Kind

_LISTS = {
    "imperative": """
        try make be talk speak ask consult see remember keep avoid hold bend repeat drink take rest use apply eat walk
        do get go buy stop start wash rinse place lie sit stand put bring write visit call follow breathe stretch lift
        raise choose check read click wear note contact tell learn find think imagine consider look focus aim add
        switch limit discuss schedule seek tighten lean step turn pull push relax release bear""",
    "yet_to_come": """
        ongoing future further continued more additional larger new longer prospective""",
    "view": """
        explore discuss explain review look examine cover describe consider see start show walk dive go break unpack
        outline answer share take turn focus delve summarise summarize learn""",
}
_CLAIMS = (
    r"(?!.*\d\s?%)(?!.*\b(?:because|since|which|reduces?|causes?|cures?|heals?|lowers?|prevents?|improves?|studies)\b)"
    r"(?!.*\bto (?:avoid|prevent|reduce)\b)"
)
_QUESTION = "asks a question"
_AIM = "states an aim"
_PLAN = "tells what the article will do"
_YET = "speaks of research that is yet to come"
_VIEW = "gives the author's own view"
_SAYING = "is a saying or a transition, with nothing in it to check"
_TOUCH = "calls on the reader to get in touch"
_ADVICE = "tells the reader what to do, and claims nothing"

_KINDS: dict[str, Kind] = {
    _QUESTION: "framing",
    _PLAN: "framing",
    _AIM: "framing",
    _YET: "opinion",
    _VIEW: "opinion",
    _SAYING: "framing",
    _TOUCH: "framing",
    _ADVICE: "framing",
}
"""Each reason with the kind that it gives; the first that fits decides."""

_TABLE = Table(
    (
        Wording(
            _PLAN,
            "in",
            r" (?:this|the (?:following|next)) (?:article|post|blog|guide|section|review|chapter|paper|page)\b",
        ),
        Wording(
            _PLAN,
            "we",
            r"(?:'ll| will| shall)? (?:also |first |then |now |briefly )?<view>\b",
            r"(?:\A|[,:;] |\bhow |\bhere |\bbelow |\bway |\band )\W*",
        ),
        Wording(_PLAN, "let", r"(?:'s| us) (?:also |first |then |now )?<view>"),
        Wording(_PLAN, "read keep", r" (?:on|reading)\b"),
        Wording(_PLAN, "see", r" below\b"),
        Wording(_PLAN, "as", r" (?:mentioned|discussed|described) (?:above|below|earlier)\b"),
        Wording(
            _AIM,
            "the our a this",
            r" (?:\w+ )?(?:goal|aim|purpose|objective)s? (?:of (?:this|the) \w+ )?(?:is|are) ",
            r"\A\W*(?:\w+, )?",
        ),
        Wording(
            _YET,
            "<yet_to_come>",
            r"\s(?:[\w-]+\s){0,3}(?:research|studies|work|trials?|investigations?|collaboration)\b.{0,60}?"
            r"\b(?:will|needed|required|warranted|recommended|encouraged|should|could|may)\b",
        ),
        Wording(
            _YET,
            "research studies work trials",
            r"\s(?:is|are) (?:still |also |therefore |urgently )?"
            r"(?:needed|required|warranted|recommended|necessary|lacking)\b",
        ),
        Wording(_VIEW, "we", r" (?:\w+ly )?(?:believe|think|hope|feel|recommend|like)\b"),
        Wording(_VIEW, "i", r" (?:\w+ly )?(?:believe|think|hope|feel|prefer|suspect|doubt|like)\b"),
        Wording(_VIEW, "in", r" (?:my|our) (?:opinion|view|experience)\b"),
        Wording(_VIEW, "seems", r" to (?:me|us)\b"),
        Wording(_VIEW, "personally arguably admittedly hopefully", ",", r"\A\W*"),
        Wording(_SAYING, "not", r" all\b.{0,60}\b(?:equal|the same)\b.{0,20}\Z", r"\A\W*"),
        Wording(
            _SAYING, "here", r"(?:'s| is| are) (?:what|why|how|the|some|a few|\w+ (?:tips|ways))\b.{0,60}\Z", r"\A\W*"
        ),
        Wording(_SAYING, "the", rf" good news is\b{_CLAIMS}.{{0,60}}\Z", r"\A\W*"),
        Wording(_SAYING, "in", rf" (?:short|summary)\b{_CLAIMS}.{{0,60}}\Z", r"\A\W*"),
        Wording(_SAYING, "to", rf" sum up\b{_CLAIMS}.{{0,60}}\Z", r"\A\W*"),
        Wording(_TOUCH, "get", r" in touch\b"),
        Wording(_TOUCH, "contact visit", r" us\b"),
        Wording(_TOUCH, "call", r" (?:us|now|today)\b"),
        Wording(_TOUCH, "book", r" (?:a|an|your|now) "),
        Wording(_TOUCH, "sign", r" up\b"),
        Wording(_TOUCH, "subscribe", r" to our\b"),
        Wording(_TOUCH, "our", r" newsletter\b"),
        Wording(_TOUCH, "shop buy", r" now\b"),
        Wording(
            _ADVICE,
            "<imperative>",
            r"\s" + _CLAIMS,
            r"\A\W*(?:(?:please|never|always|do not|don't|simply|just|then|first|next|and|so)\b\W*)?",
        ),
    ),
    _LISTS,
)
_ASKS = re.compile(r"\?[\"')\]]*\s*\Z")


def framing(words: str) -> tuple[Kind, str] | None:
    """The kind and the reason where a sentence frames, opines or asks, and so claims nothing to be sourced."""
    text = plain(words)
    if _ASKS.search(text.lower, max(0, len(text.lower) - _TAIL)):
        return _KINDS[_QUESTION], _QUESTION
    found = _TABLE.first(text)
    return next(((kind, why) for why, kind in _KINDS.items() if why in found), None)


_TAIL = 12
"""Where the question mark of a question is looked for, in characters from its end."""
