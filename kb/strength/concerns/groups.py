"""Whom a study is about, and what was done to which end: tables for ``kb.strength.concerns``."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple


def _any(*ways: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(ways)})\b", re.IGNORECASE)


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
    r"child(?:ren|hood)?|p(?:a)?ediatrics?|infants?|infancy|newborns?|neonat\w{1,3}|bab(?:y|ies)|boys?|girls?|"
    r"adolescen\w{1,3}|teen(?:ager)?s?|toddlers?|preterm|preschool\w{0,3}|youths?|juvenile|schools?"
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
SAME: tuple[tuple[str, ...], ...] = tuple(
    tuple(row.split())
    for row in (
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
)
"""Beginnings or parts of words for one treatment or outcome, any of them is a mention of it."""
