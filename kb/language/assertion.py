"""What a sentence asserts, taken apart so that two can be compared: its words, directions, negations and numbers."""

from __future__ import annotations

import re
from functools import lru_cache

from kb.language.assertion_words import DIRECTIONS, FUNCTION, HEDGES, NEGATIONS, SYNONYMS
from kb.language.folding import fold
from kb.language.gated import Gated
from kb.language.quantities import Quantity, quantities
from kb.language.stems import stem
from kb.model import Record

LONGEST = 1500
"""Characters of a sentence that are read; a longer one is a table or a list in one line."""

_MARKER = re.compile(r"[\[(⁰¹²³⁴⁵⁶⁷⁸⁹]|[.,;)][0-9]")
"""What every marker begins with, as is quickly seen."""
_MARKERS = re.compile(
    r"\[[^\[\]\n]{0,3}(?:[0-9]|@)[^\[\]\n]{0,120}\]"
    r"|\([^()\n]{0,160}\b(?:1[89]|20)[0-9]{2}[a-z]?\b[^()\n]{0,40}\)"
    r"|\([0-9]{1,3}(?:\s?[,;–-]\s?[0-9]{1,3}){0,20}\)"
    r"|[⁰¹²³⁴⁵⁶⁷⁸⁹]+(?:[⁻⁺,–-][⁰¹²³⁴⁵⁶⁷⁸⁹]+)*"
    r"|(?<=[.,;)])(?<![0-9][.,])[0-9]{1,3}(?:[,–-][0-9]{1,3}){0,10}(?=\s|$)"
)
_ATTRIBUTION = re.compile(
    r"^\W*(?:(?:it is|it has been)\s(?:\w+\s)?(?:known|shown|thought|established)"
    r"|(?!no\b|few\b|neither\b)(?:[\w-]+\s){0,3}(?:stud(?:y|ies)|research|work|findings|data|evidence|trials?"
    r"|experts|doctors|reviews?)"
    r"\s(?:\w+\s){0,2}?(?<!not\s)(?:shows?|shown|suggests?|suggested|finds?|found|indicates?|reports?|says?|agree))"
    r"\sthat\s",
    re.IGNORECASE,
)
_PASSIVE = re.compile(
    r"(?P<what>[^,;:]{3,200}?)\s(?P<be>(?:(?:can|may|might|could|will)\s(?:not\s)?be|is|are|was|were|(?:has|have)\s(?:not\s)?been))"
    r"\s(?P<how>not\s)?(?:\w{2,20}ly\s)?(?P<verb>\w{3,20}(?:ed|en))\sby\s(?P<who>[^,;:]{3,200}?)\W*",
    re.IGNORECASE,
)
_ANATOMY = Gated(
    "lower", r"\blower(?=\s(?:back|limbs?|legs?|extremit\w{1,6}|body|abdom\w{1,5}|spine|jaw|lips?|lobes?)\b)"
)
"""A place in the body, no direction."""
_FAILING = Gated(
    "fail lack no_longer unable n't", r"\b(?:fail(?:s|ed)? to|lacks? of|no longer|unable to)\b|(?:\b(?:ca|wo))?n[’']t\b"
)
_NO_DENIAL = Gated("not no_doubt or_less", r"\bnot (?:only|just|merely|simply)\b|\bno doubt\b|\bmore or less\b")
_PARTIAL = Gated(
    "not", r"\bnot (?:all|every|everyone|always|necessarily|completely|fully|entirely|yet|enough|alone|the only)\b"
)
_HELP = Gated("help", r"\bhelp(?:s|ed)?\s(?:to\s)?(?=(?P<verb>[a-z]+))")


_ONE_STUDY = Gated(
    "stud trial survey review meta-analys authors et_al participants respondents group arm sample cohort found report"
    " observed",
    r"\b(?:stud(?:y|ies)|trials?|surveys?|reviews?|meta-analys[ie]s|authors|et al|participants|respondents|groups?|"
    r"arms?|samples?|cohorts?|found|reported|observed)\b",
)
"""Where one study counted this and another one that, both numbers stand."""
_LOOSE = Gated(
    "up_to at_least at_most than over under nearly almost about around approximately roughly between as_many estimat"
    " some < > ~",
    r"\b(?:up to|at (?:least|most)|more than|less than|fewer than|over|under|nearly|almost|about|around|approximately|"
    r"roughly|between|as many as|estimat\w{1,4}|some)\b|[<>≤≥~≈]",
)


_POINTS_BACK = re.compile(
    r"\W*(?:(?:however|but|so|thus|therefore|moreover|furthermore|also|then|and),?\s)?"
    r"(?:it|they|he|she|this|these|that|those|such|both|neither|the (?:former|latter|same|other)|another)\b",
    re.IGNORECASE,
)


class Assertion(Record, frozen=True, kw_only=True):
    """A sentence as it is compared with others.

    ``words`` are its content words by their stems, in order, with ``±`` in the place of each direction; ``directions``
    are those words as written.
    """

    words: tuple[str, ...]
    directions: tuple[str, ...]
    negations: tuple[str, ...]
    """The word that follows each "not", so that it is seen what is denied."""
    hedges: tuple[str, ...]
    partial: bool
    """Whether it denies only a part ("not all", "not always"), so that its opposite is not known."""
    numbers: tuple[Quantity, ...]
    stated: tuple[str, ...]
    """The same as written."""
    points_back: bool
    """Whether it begins with "This" or the like, so that what it speaks of stands in another sentence."""
    loose: bool
    """Whether its numbers are bounds or guesses ("up to"), or what one study counted, so that others may stand too."""


@lru_cache(maxsize=4096)
def read_assertion(text: str) -> Assertion:
    """Take a sentence apart; linear in its length, of which at most `LONGEST` characters count.

    >>> read_assertion("Walking does not ease swelling of the knee in adults.").words
    ('walk', '±', 'swell', 'knee', 'adult')
    """
    claim = claim_of(text)
    numbers = [found for found in quantities(claim) if found.kind != "vague share"]
    words = _plain(_blanked(claim, numbers)).split()
    kept: list[str] = []
    directions: list[str] = []
    negations: list[str] = []
    denied = False
    for word in words:
        if word in NEGATIONS:
            denied = True
            continue
        if word in FUNCTION:
            continue
        if word in DIRECTIONS:
            directions.append(word)
        kept.append("±" if word in DIRECTIONS else canonical(word))
        if denied:
            negations.append(kept[-1])
            denied = False
    return Assertion(
        words=tuple(kept),
        directions=tuple(directions),
        negations=tuple(negations),
        hedges=tuple(word for word in words if word in HEDGES),
        partial=_PARTIAL.within(claim),
        numbers=tuple(numbers),
        stated=tuple(claim[one.start : one.end] for one in numbers),
        points_back=bool(_POINTS_BACK.match(claim)),
        loose=bool(numbers) and (_ONE_STUDY.within(text[:LONGEST]) or _LOOSE.within(claim)),
    )


def claim_of(text: str) -> str:
    """The claim of a sentence: without citation markers, without who says so, and in the active voice if it can be."""
    return _active(_ATTRIBUTION.sub("", without_markers(text[:LONGEST]), count=1))


def plain_claim(text: str) -> str:
    """The claim as folded words, each denial as "not"; its numbers are still in it."""
    return _plain(claim_of(text))


def who_says(text: str) -> str:
    """The beginning of a sentence that tells who says so ("Studies have shown that"); empty where there is none."""
    match = _ATTRIBUTION.match(" ".join(text.split()))
    return match.group() if match else ""


def without_markers(text: str) -> str:
    """The text in single spaces, without what looks like a citation marker."""
    return " ".join((_MARKERS.sub(" ", text) if has_markers(text) else text).split())


def has_markers(text: str) -> bool:
    """Whether something stands in the text that citation markers begin with."""
    return _MARKER.search(text) is not None


@lru_cache(maxsize=16_384)
def canonical(word: str) -> str:
    """The word by which words for the same are compared.

    >>> [canonical(word) for word in ("patients", "people", "nerves")]
    ['peopl', 'peopl', 'nerv']
    """
    return stem(SYNONYMS.get(word, SYNONYMS.get(word.removesuffix("s"), word)))


def _active(claim: str) -> str:
    """A simple sentence in the passive voice turned round: "pain is eased by heat" → "heat eased pain"."""
    match = _PASSIVE.fullmatch(claim) if " by " in claim.lower() else None
    if match is None:
        return claim
    denied = "not " if "not" in f"{match['be']} {match['how'] or ''}".split() else ""
    careful = match["be"].split()[0] if match["be"].split()[0] in HEDGES else ""
    return f"{match['who']} {careful} {denied}{match['verb']} {match['what']}"


def _plain(claim: str) -> str:
    """The words alone, each denial as "not", and without what only looks like a denial or a direction."""
    claim = _HELP.replaced(lambda match: "" if match["verb"].lower() in DIRECTIONS else match.group(), claim)
    return fold(_FAILING.replaced(" not ", _NO_DENIAL.replaced(" ", _ANATOMY.replaced("low", claim))))


def _blanked(claim: str, numbers: list[Quantity]) -> str:
    pieces, position = [], 0
    for number in numbers:
        pieces += [claim[position : number.start], " "]
        position = number.end
    return "".join([*pieces, claim[position:]])
