"""How titles name their own design: an ordered table, the first row that matches decides.

The words are those of the reporting guidelines (CONSORT, PRISMA, STROBE, STARD, SPIRIT, CARE, ARRIVE), which ask
authors to name the design there. Every gap between words is bounded, so that no text takes long.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from kb.model import Design


class Pattern(NamedTuple):
    """One way to name a design.

    ``words`` explains a match that does not itself name the design; ``unless`` is what elsewhere in the text speaks
    against it. ``hints`` are pieces of words of which one stands, in lower case, in every match within ASCII: these are
    quickly seen. Without any it is always tried.
    """

    design: Design
    regex: re.Pattern[str]
    words: str = ""
    unless: re.Pattern[str] | None = None
    hints: tuple[str, ...] = ()


def pattern(design: Design, *ways: str, words: str = "", unless: tuple[str, ...] = (), hints: str = "") -> Pattern:
    """A pattern from several ways to say it, in a notation that is short enough to read.

    ``<3>`` stands for up to three words, ``<animal>`` for any of those; case does not matter.
    """
    return Pattern(design, _any_of(ways), words, _any_of(unless) if unless else None, tuple(hints.split()))


def _any_of(ways: tuple[str, ...]) -> re.Pattern[str]:
    joined = "|".join(ways).replace("<animal>", _ANIMAL)
    return re.compile(_WORDS.sub(r"(?:[\\w-]+ ){0,\1}", joined), re.IGNORECASE)


def said(pattern: Pattern, text: str) -> str | None:
    """The words of a text that match, in single spaces; None where none do or others speak against them."""
    found = pattern.regex.search(text)
    if not found or (pattern.unless and pattern.unless.search(text)):
        return None
    return " ".join(found.group().split()).strip(" :–-")


_WORDS = re.compile(r"<(\d)>")


_ANIMAL = (
    r"(?:rats?|mice|mouse|murine|rabbits?|pigs?|piglets?|swine|porcine|sheep|ovine|dogs|canine|cats|feline|"
    r"zebrafish|drosophila|hamsters?|guinea[- ]pigs?|monkeys?|macaques?|chickens?|hens|broilers?|cows|bovine|"
    r"cattle|horses|equine|goats|calves|lambs|ferrets?|gerbils?)"
)

_ANIMAL_HINTS = """
    rat mice mouse murine rabbit pig swine porcine sheep ovine dogs canine cats feline zebrafish drosophila hamster
    monkey macaque chicken hens broiler cow cattle horses equine goats calves lambs ferret gerbil rodent animal"""

TITLE: tuple[Pattern, ...] = (
    pattern(
        "editorial",
        r"^(?:(?:re|reply|response|comment(?:s|ary)?|letter|editorial|author'?s'? reply)\b\s?[:.]|editorial\b)",
        hints="re comment letter editorial author",
    ),
    pattern(
        "protocol",
        r"\bprotocol (?:for|of)\b",
        r"\b(?:study|trial|review) protocol\b",
        r"[:–-] (?:a )?protocol\b",
        r"\brationale and (?:study )?design\b",
        r"\bdesign and rationale\b",
        hints="protocol rationale",
    ),
    pattern(
        "guideline",
        r"\b(?:clinical )?(?:practice )?guidelines?\b(?: (?:for|on|of)\b|$)",
        r"\bconsensus statement\b",
        r"\bposition (?:statement|paper)\b",
        unless=(
            r"adherence",
            r"compliance",
            r"implement",
            r"impact of",
            r"effect",
            r"follow(?:ing)? guideline",
        ),
        hints="guideline consensus position",
    ),
    pattern(
        "systematic review",
        r"\bsystematic(?:ally)? (?:literature )?review",
        r"\bmeta-?\s?analy",
        r"\bumbrella review",
        r"\bscoping review",
        r"\bcochrane review",
        hints="systematic meta umbrella scoping cochrane",
    ),
    pattern(
        "animal",
        r"\bin (?:an? )?<3><animal>\b",
        r"\b(?:rat|mouse|murine|rabbit|porcine|canine|ovine|rodent|animal) (?:model|study)",
        unless=(
            r"\bbites?\b",
            r"\ballerg",
        ),
        hints=_ANIMAL_HINTS,
    ),
    pattern(
        "in vitro",
        r"\bin[- ]vitro\b",
        unless=(r"in[- ]vitro fertili",),
        hints="vitro",
    ),
    pattern(
        "non-randomized trial",
        r"\b(?:non-?|quasi-?)randomi[sz]ed\b",
        r"\bquasi-?experiment",
        r"\bsingle[- ]arm\b",
        r"\bopen[- ]label (?:phase|pilot)",
        hints="randomi quasi single arm open",
    ),
    pattern(
        "randomized trial",
        r"\brandomi[sz]ed\b",
        r"\brandomi[sz]ation\b",
        r"\bplacebo[- ]controlled\b",
        r"\bcontrolled (?:clinical )?trial\b",
        r"\bdouble[- ]blind",
        unless=(r"mendelian randomi[sz]ation",),
        hints="randomi placebo controlled double",
    ),
    pattern(
        "case report",
        r"\bcase reports?\b",
        r"\breport of (?:a|one|two|three) cases?\b",
        r"\ba rare case\b",
        hints="case",
    ),
    pattern(
        "case series",
        r"\bcase[- ]series\b",
        hints="case",
    ),
    pattern(
        "case-control",
        r"\bcase[-– ](?:control|referent)\b",
        hints="case",
    ),
    pattern(
        "cross-sectional",
        r"\bcross[- ]sectional\b(?! area)",
        hints="cross",
    ),
    pattern(
        "cross-sectional",
        r"\bsurvey of\b",
        r"\ba <2>survey\b",
        unless=(r"\bfollow[- ]up\b", r"\bcohort\b", r"\blongitudinal\b"),
        hints="survey",
    ),
    pattern(
        "diagnostic accuracy",
        r"\bdiagnostic (?:test )?accuracy\b",
        hints="accuracy",
    ),
    pattern(
        "cohort",
        r"\bcohort\b",
        r"\bfollow[- ]up (?:study|survey)\b",
        r"\blongitudinal study\b",
        r"\b(?:pro|retro)spective <3>(?:study|analysis|review|evaluation)\b",
        r"\bregistry\b",
        hints="cohort follow longitudinal spective registry",
    ),
    pattern(
        "narrative review",
        r"\b(?:literature|narrative|mini-?|state[- ]of[- ]the[- ]art|critical|clinical) ?review\b",
        r"[:–-] (?:a|an) <2>(?:review|overview)\b",
        r"\breview of the literature\b",
        r"\ban overview\b",
        hints="review overview",
    ),
)

ARGUING: tuple[Pattern, ...] = (
    pattern(
        "editorial",
        r"\b(?:in|for) the era of\b",
        r"\burgent need\b",
        r"\bcall (?:to|for) (?:action|a|an|more|better|change|reform)\b",
        r"\b(?:time|need|plea|case|argument) (?:to|for|against) \w",
        r"\b(?:re-?think|re-?focus|re-?consider|re-?imagin|re-?visit|re-?fram|re-?defin)\w*",
        r"\blessons (?:from|learn)",
        r"\bwhere (?:do|are) we\b",
        r"\bwhat(?:'s| is)? (?:now|next)\b",
        r"\b(?:way|path|road) forward\b",
        r"\b(?:broader|bigger|wider) (?:scope|picture|view)\b",
        r"\bnew (?:era|dawn|frontier|normal)\b",
        r"^(?:foreword|preface|obituary|in memoriam|errat|correction|introduction to|in this issue|president)",
        words="there is no abstract, and the title argues or announces and names no study",
    ),
)
"""How the title of a comment sounds: asked only where there is no abstract."""
