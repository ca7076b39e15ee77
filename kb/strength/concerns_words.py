"""Words by which a statement and the text of its source are seen to part: tables for ``kb.strength.concerns``."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from kb.model import Design


def _any(*ways: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(ways)})\b", re.IGNORECASE)


OPPOSED = frozenset("amount state works safe advised".split())
"""The scales of ``kb.language.assertion_words.DIRECTIONS`` on which two texts that differ contradict each other."""
BEING = frozenset("was were is are be been being became remained significantly markedly greatly also".split())
"""Right before a word of direction, they tell that what goes up or down has been named already."""
TOO_COMMON = frozenset(
    """
    risk risks rate rates level levels group groups patient patients people number numbers result results effect effects
    score scores study studies treatment control compared comparison change changes significant difference amount time
    likely likelihood incidence prevalence odds outcome outcomes use value values high low cell cells expression
    """.split()
)
"""Words that name no subject: that both texts speak of a risk does not mean that they speak of the same one."""

COMPARED = _any(r"than|versus|vs|compared (?:with|to)|rather|whereas|while|but|however")
"""What may turn a direction round: "lower in A than in B" says of B that it is higher."""
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
NO_EFFECT = _any(
    r"(?:no|without|neither|nor|lack of) (?:[\w-]+ ){0,3}(?:differences?|effects?|associations?|benefits?|"
    r"improvements?|reductions?|increases?|changes?|advantages?|correlations?)",
    r"(?:did|does|do|was|were|is|are|has|have)(?: not|n[o'’]t) (?:[\w-]+ ){0,2}(?:differ\w{0,3}|affect\w{0,3}|"
    r"change\w?|associated|improved?|reduced?|increased?|related|correlated?|lower|higher|better|effective|superior)",
    r"fail(?:s|ed)? to (?:[\w-]+ ){0,1}(?:improve|reduce|increase|lower|prevent|affect|show|demonstrate)",
)
"""A source that saw nothing."""
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
    r"patients?|people|persons?|adults?|women|woman|men|man|children|child|infants?|babies|humans?|participants?|"
    r"individuals?|volunteers?|smokers?|athletes?|clinical (?:trials?|practice)"
)
NOT_PEOPLE = _any(
    r"animals?|rats?|mice|mouse|murine|rodents?|rabbits?|dogs?|canine|cats?|pigs?|porcine|swine|sheep|horses?|zebrafish|"
    r"drosophila|flies|fly|worms?|elegans|monkeys?|macaques?|primates?|hamsters?|ferrets?|chick(?:en)?s?|yeast|bacteri\w{1,4}|"
    r"cells?|cell lines?|in[- ]vitro|in[- ]vivo|pre-?clinical(?:ly)?|laborator\w{1,4}|experimental(?:ly)?|models?|"
    r"knock-?outs?|transgenic|cultures?|cultured|tissues?|xenografts?|neurons?|fibroblasts|macrophages"
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


class Group(NamedTuple):
    """People by age, sex or state."""

    name: str
    named: re.Pattern[str]
    """How a statement names them."""
    present: re.Pattern[str]
    """Words of a source that may mean them too."""
    apart: Sequence[str]
    """Groups that hold none of them."""


_YOUNG = (
    r"child(?:ren|hood)?|p(?:a)?ediatrics?|infants?|infancy|newborns?|neonat\w{1,3}|bab(?:y|ies)|boys?|girls?|adolescen\w{1,3}"
    r"|teen(?:ager)?s?|toddlers?|preterm|preschool\w{0,3}|youths?|juvenile|schools?"
)
_PREGNANT = r"pregnan\w{1,4}|gestation\w{0,3}|antenatal|prenatal|perinatal|maternal|obstetric\w{0,2}|pre-?eclampsia"
_OLD = r"older (?:adults?|people|persons?|patients?|women|men)|elderly|geriatric|seniors|nursing homes?|old age"
GROUPS: tuple[Group, ...] = (
    Group(
        "children",
        _any(r"children|child|infants?|newborns?|neonates?|babies|adolescents?|teenagers?|toddlers?"),
        _any(_YOUNG, r"young(?:er)?|students?|pupils?|famil(?:y|ies)|parents?|all ages|under \d{1,2}|aged? \d"),
        ("adults", "older people", "postmenopausal women"),
    ),
    Group(
        "adults",
        _any(r"adults"),
        _any(r"adults?|adulthood|older|elderly|m[ae]n|wom[ae]n|mothers?|fathers?|students?|workers?|aged? \d|all ages"),
        ("children",),
    ),
    Group(
        "older people",
        _any(_OLD),
        _any(_OLD, r"older|ageing|aging|aged|dementia|alzheimer\w{0,2}|postmenopausal|years|frail\w{0,2}"),
        ("children",),
    ),
    Group(
        "women",
        _any(r"women|woman"),
        _any(r"wom[ae]n|females?|girls?|mothers?|sex(?:es)?|gender", _PREGNANT, r"(?:peri|post|pre)?-?menopaus\w{1,3}"),
        ("men",),
    ),
    Group("men", _any(r"men|man"), _any(r"m[ae]n|males?|boys?|fathers?|sex(?:es)?|gender|msm|prostate"), ("women",)),
    Group(
        "pregnant women",
        _any(r"pregnant|(?:in|during|of) pregnancy"),
        _any(_PREGNANT, r"birth|labou?r|delivery|deliveries|caesarean|cesarean|midwi\w{2,5}|f(?:o)?etal|f(?:o)?etus"),
        ("men", "children", "postmenopausal women"),
    ),
    Group(
        "patients",
        _any(r"patients|sufferers|(?:people|adults|women|men|children|those) with"),
        _any(r"patients?|sufferers?|with|disease\w?|disorders?|syndromes?|diagnos\w{1,4}|cases?|clinic\w{0,3}"),
        ("healthy people",),
    ),
)
APART: Mapping[str, re.Pattern[str]] = {
    "children": _any(r"(?:in|among|of) (?:\w+ ){0,3}(?:children|infants|newborns|neonates|adolescents)"),
    "adults": _any(r"(?:in|among|of) (?:\w+ ){0,3}adults"),
    "older people": _any(rf"(?:in|among|of) (?:\w+ ){{0,2}}(?:{_OLD})"),
    "women": _any(r"(?:in|among|of) (?:[\w-]+ ){0,3}women"),
    "men": _any(r"(?:in|among|of) (?:[\w-]+ ){0,3}men"),
    "postmenopausal women": _any(r"post-?menopausal women"),
    "healthy people": _any(r"healthy (?:\w+ ){0,2}(?:volunteers|subjects|men|women|adults|participants|people)"),
}
"""How a source says that it studied a group."""

GENERIC = frozenset(
    """
    treatment treatments therapy therapies drug drugs medication medications medicine medicines tablet tablets pill
    pills injection injections surgery operation operations procedure procedures supplement supplements intervention
    interventions training diet screening rehabilitation antibiotics antibiotic painkillers painkiller nsaids steroids
    steroid opioids opioid hormones implant implants transplant transplantation infusion radiation exercises exercise
    stretching walking heat laser splint brace braces taping vitamin vitamins antidepressants antidepressant
    antihistamines stent counselling psychotherapy chemotherapy radiotherapy immunotherapy physiotherapy
    pharmacotherapy monotherapy
    """.split()
)
"""Treatments that go by many names: that the word is not there says little."""
OUTCOMES = frozenset(
    """
    pain mortality death deaths survival depression anxiety sleep fatigue cholesterol falls fractures relapse recurrence
    stroke strokes bleeding nausea headache headaches fever cough
    """.split()
)
"""Outcomes whose other names are known, in ``SAME``."""
SAME: tuple[str, ...] = (
    "paracetamol acetaminophen",
    "aspirin acetylsalicyl asa salicylate antiplatelet",
    "ibuprofen nsaid anti-inflammator",
    "turmeric curcumin curcuma",
    "hijama cupping",
    "vaccin immuni inocul",
    "probiotic lactobac bifido",
    "acupunct electroacup needling meridian acupoint",
    "yoga asana mind-body",
    "massage manual",
    "mindful meditat",
    "pilates exercis",
    "swimming aquatic exercis water",
    "ginger zingiber",
    "insulin glargin aspart lispro detemir degludec",
    "chiropract spinal manip osteopath",
    "hypnos hypnot",
    "insol orthos orthot",
    "zinc zn",
    "magnesium mg",
    "calcium",
    "metformin biguanid antidiabet",
    "mortal death dead die dying fatal lethal surviv decease life",
    "pain ache analges nocicep algi migrain arthr ischia neuropath vas womac sore",
    "fall",
    "fractur",
    "depress mood antidepress psych phq mental",
    "anxi gad stress mental psych",
    "sleep insomni",
    "fatigu tired exhaust energy vigo",
    "cholesterol ldl lipid hdl",
    "bleed hemorrhag haemorrhag blood",
    "nause vomit emet emesis pon",
    "headach migrain cephal",
    "fever febril pyrex temperat",
    "cough",
    "stroke cerebrovasc cerebral ischem ischaem",
    "relaps recur",
)
"""Beginnings or parts of words for one treatment or outcome, blanks between them: any of them is a mention of it."""
