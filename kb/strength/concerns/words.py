"""Words by which a statement and the text of its source are seen to part: tables for ``kb.strength.concerns``."""

from __future__ import annotations

import re
from collections.abc import Mapping

from kb.model import Design


def _any(*ways: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(ways)})\b", re.IGNORECASE)


DENIAL = re.compile(
    r"\b(?:(?:does|do|did|is|are|was|were|has|have|had|can|could|will|would)(?: not|n[o'’]t)"
    r"(?! (?:only|yet|just|always|all|necessarily|significant)\b)"
    r"(?: (?:been|be|have|\w{2,20}ly))?(?: to)? (?P<it>[a-z]{4,24})"
    r"|(?:cannot|never|fail(?:s|ed)? to) (?:be )?(?P<that>[a-z]{4,24}))\b",
    re.IGNORECASE,
)
"""A denial and the word that is denied."""
EMPTY = frozenset(
    "have been with only that this show showed shown find found seen develop developed clear known differ".split()
)
"""Words whose denial says nothing by itself."""
NOT_SIGNIFICANT = _any(
    r"(?:no|not|without|neither|nor)[\s-](?:[\w-]+\s){0,3}significan(?:t|tly|ce)",
    r"(?:non-?|in)significant(?:ly)?",
    r"n[o'’]t (?:[\w-]+ ){0,2}significan(?:t|tly|ce)",
)
SIGNIFICANT = _any(
    r"significantly|statistically significant",
    r"significant (?:\w+ ){0,1}(?:difference|reduction|increase|improvement|effect|association|decrease|change)s?",
)
CERTAIN = _any(
    r"(?:proven|proved) to|(?:is|are|been|was) (?:\w+ly )?(?:proven|proved)|proves|cures?|cured|guarantee[ds]?|always",
    r"certainly|definitely|undoubtedly|undeniably|unquestionably|conclusively|without (?:a |any )?doubt|no doubt",
    r"well[- ](?:established|proven)|(?:clearly|firmly) (?:shown|established|demonstrated|proven)|established that",
)
"""Words by which a statement claims to be beyond doubt."""
HEDGED = _any(
    r"may|might|could|suggests?|suggested|suggesting|possibl[ey]|potentially|perhaps|appears?|seems?|preliminary",
    r"hypothesi[sz]\w{1,4}|limited evidence|low certainty|further (?:research|studies|trials)",
)
"""Words by which a source claims less."""
GUESSED = _any(
    r"(?:it (?:is|was|has been)|has been|have been|is|are|was|were) (?:\w+ly )?(?:hypothesi[sz]ed|speculated)",
    r"(?:consistent|in line) with the hypothesis|(?:this|the) hypothesis (?:remains|needs|has not|should)",
    r"(?:remains?|is|are) (?:still |as yet |largely |currently )?(?:unknown|unclear|uncertain|controversial|unproven)",
    r"(?:remains?|yet) to be (?:established|determined|shown|elucidated|proven)",
)
"""Words by which a source says that it does not know."""
OWN_DOUBT = _any(
    r"may|might|could|possibl[ey]|potentially|perhaps|probably|suggests?|suggested|seems?|appears?",
    r"hypothesi[sz]\w{1,4}|unknown|unclear|uncertain|controversial|whether|thought to|believed to|can|likely|proposed",
    r"speculat\w{1,4}|unproven",
)
"""Words by which a statement is careful itself."""

CAUSAL = _any(
    r"causes?|triggers?|provokes?|leads? (?:directly )?to|prevents?|cures?|heals?|protects? (?:against|from)",
    r"(?:reduces|lowers|increases|raises|improves|relieves|eases|alleviates|worsens|shortens|prolongs|decreases)"
    r"(?! in\b| of\b)",
    r"(?:is|are) responsible for",
)
"""Verbs that say that one thing brings another about."""
NO_CAUSE = _any(
    r"(?:\w+ )?causes? of|(?:most|all|any|each|the|a|other|by|common|leading|underlying|root)[\s-](?:\w+ )?causes?|"
    r"leads? to (?:[\w.,]+ ){0,4}deaths?"
)
"""A cause as a thing that is named or counted."""
SHOWS_NO_CAUSE: Mapping[Design, str] = {
    "cross-sectional": "a cross-sectional study, which looks once and cannot tell what came first",
    "cohort": "a cohort study, which shows what goes together and not by itself what brings it about",
    "case-control": "a case-control study, which shows what goes together and not by itself what brings it about",
    "case series": "a case series, which has nobody to compare with",
    "case report": "a case report, which has nobody to compare with",
}
"""Designs that show no cause by themselves, with the reason in plain words (OCEBM Levels of Evidence, 2011: levels 3
and 4 of a question of benefit or harm)."""
RANDOMIZED = re.compile(r"(?<!mendelian )\brandomi[sz](?:ed|ation)\b|\brcts?\b", re.IGNORECASE)

LABORATORY: Mapping[str, str] = {
    "animals": "animals",
    "cells": "cells in the laboratory",
    "animal": "animals",
    "in vitro": "cells or tissue in the laboratory",
}
"""Kinds of species and of design that are not people, in plain words."""
PEOPLE = _any(
    r"patients?|people|persons?|adults|women|woman|men|man|children|child|infants?|babies|humans?|participants?|"
    r"individuals?|volunteers?|smokers?|athletes?|clinical (?:trials?|practice)"
)
NOT_PEOPLE = _any(
    r"animals?|rats?|mice|mouse|murine|rodents?|rabbits?|dogs?|canine|cats?|pigs?|porcine|swine|sheep|horses?|"
    r"zebrafish|drosophila|flies|fly|worms?|elegans|monkeys?|macaques?|primates?|hamsters?|ferrets?|chick(?:en)?s?|"
    r"yeast|bacteri\w{1,4}|cells?|cell lines?|in[- ]vitro|in[- ]vivo|pre-?clinical(?:ly)?|laborator\w{1,4}|"
    r"experimental(?:ly)?|models?|knock-?outs?|transgenic|cultures?|cultured|tissues?|xenografts?|neurons?|"
    r"fibroblasts|macrophages"
)
"""Words by which a statement owns that it is about the laboratory."""

ADVISES = _any(
    r"guidelines? (?:\w+ ){0,3}(?:recommends?|recommended|advises?|advised|suggests?|states?|says?|endorses?)",
    r"(?:is|are|been) (?:\w+ly |currently |now |not )?(?:recommended|advised)",
    r"recommended (?:by|in|as|for|that|to)",
    r"according to (?:\w+ ){0,4}guidelines?",
    r"(?:first|second)[- ]line (?:treatment|therapy)",
)
"""A statement that rests on somebody's recommendation."""
RECOMMENDS = _any(
    r"recommend\w{0,7}|guid(?:eline|ance)s?|should|advis(?:e|es|ed|able)|consensus|must|(?:first|second)[- ]line|"
    r"standard (?:of care|treatment|therapy)|ought|indicated|endorse\w{0,2}|propose[ds]?|suggest\w{0,3}"
)
"""A source that recommends something."""
