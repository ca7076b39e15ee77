"""The gist of a sentence: a cheap set of words by which those that may assert the same are found among very many.

`kb.language.assertion.read_assertion` takes a sentence apart exactly, and too slowly to be asked about every sentence
of thousands of articles. A gist leaves out what it drops or may drop: function words, denials, which directions there
are, numbers that may differ, words that say how a number is meant, and the nouns behind a number. Where one assertion
holds all words of another, the gist of the one holds that of the other, so nothing is missed by comparing gists first.

Not quite always: the noun that one sentence counts ("84 adults") may stand elsewhere in the other ("adults, n = 84"),
and words can be glued to a number. Most such pairs are found all the same, because a gist may hold some words more. In
124 articles all 270 pairs of statements that are the same or opposite were found, and of 42,000 pairs made from these
by adding, leaving out and exchanging words, all but 30.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Literal, NamedTuple, TypeAlias

from kb.language.assertion import LONGEST, canonical, has_markers, plain_claim, who_says, without_markers
from kb.language.assertion_words import DECISIVE, DIRECTIONS, FUNCTION, NEGATIONS
from kb.language.comparison import MORE, shared_key
from kb.language.folding import fold
from kb.language.quantity_words import NUMBER_WORDS, SCALES, value

_SHORTEST = 3
"""Letters of a word that counts: what is shorter is as a rule a unit."""
_ASIDE = re.compile(r"\[(?![0-9,;–\s-]{0,120}\])|\((?=[^()\n]{0,160}\b(?:1[89]|20)[0-9]{2})|[⁰¹²³⁴⁵⁶⁷⁸⁹]")
"""What may begin a citation marker with words in it, or one that is glued to a word."""
_DIGITS = re.compile(r"[0-9]+")
_AT_THE_END = 3
"""Characters that may follow the last marker of a sentence: words behind one would be taken for what it counts."""
_LEAD = 200
"""Characters in which a sentence says who says so, with the markers in between."""
_ADVERB = re.compile(r"ly \w{3,20} by ")
"""An adverb that turning round a sentence in the passive voice drops."""
_BEHIND = 4
"""How far behind a number the noun stands that it counts: up to three adjectives are in between."""

_DROPPED = frozenset(
    map(
        canonical,
        """
    half halve halves third thirds quarter quarters fourth fourths fifth fifths once twice thrice double doubled doubles
    triple tripled triples fold times per each every out than total
    odds risk risks ratio ratios hazard hazards rate rates prevalence relative adjusted crude percent percentage point
    points cent confidence credible interval intervals range interquartile quartile quartiles iqr sem cis hdi
    value values trend interaction heterogeneity less greater
    help helps helped fail fails failed lack lacks longer unable low only merely simply doubt
    aint arent cant couldnt didnt doesnt dont hadnt hasnt havent isnt mightnt mustnt neednt shouldnt wasnt werent wont
    wouldnt
    """.split(),
    )
)
"""Words that an assertion may hold or not, as what is around them is: they tell of a number, or help to deny."""
_COUNTED = frozenset(
    map(
        canonical,
        """
    people person persons patient patients participant participants subject subjects adult adults child children infant
    infants newborn newborns neonate neonates adolescent adolescents teenagers toddlers girl girls boy boys woman women
    man men male males female females individual individuals volunteer volunteers cases deaths controls student students
    nurse nurses physician physicians doctors clinicians therapists athletes donor donors respondent respondents
    sufferer sufferers survivor survivors caregiver caregivers carers parents mothers fathers inhabitants residents
    users smokers soldiers veterans workers employees responders recipients members staff pregnancies births
    animals rats mice rabbits pigs piglets dogs cats monkeys macaques sheep goats horses hamsters
    millisecond milliseconds second seconds sec secs minute minutes min mins hour hours hrs day days daily night nightly
    week weeks wks weekly month months monthly year years yrs yearly annually decade decades
    mcg microgram micrograms milligram milligrams nanogram nanograms kilogram kilograms kilo kilos gram grams lbs pound
    pounds microliter microliters microlitre microlitres milliliter milliliters millilitre millilitres liter liters
    litre litres mmhg cmh osm mosm meq meter meters metre metres millimeter millimeters millimetre millimetres
    centimeter centimeters centimetre centimetres kilometer kilometers kilometre kilometres inch inches feet foot mile
    miles mol mmol nmol pmol umol μmol miu international units unit kcal calories khz mhz ghz cgy mgy msv kda kbp
    degree degrees celsius parts ppm ppb bpm rpm cells beats breaths copies events steps drinks
    """.split(),
    )
)
"""Words that an assertion does not hold where a number counts them."""
_MEASURES = frozenset("mg kg ml mcg second minute hour day night week month year".split())
"""Units whose number belongs to the gist: one dose or time is never said to contradict another."""
_LOOSE = frozenset(
    """
    about around approximately roughly nearly almost over under than between most least some many estimated estimate
    study studies trial trials survey surveys review reviews metaanalysis analysis authors et participants respondents
    group groups arm arms sample samples cohort cohorts found reported observed
    """.split()
)
"""With one of these, no number is said to contradict another (`kb.language.assertion.Assertion.loose`)."""
_NUMBERS = frozenset((*NUMBER_WORDS, *SCALES))
_A_NUMBER = "#"
_A_DIRECTION = "±"
_OFTEN = frozenset(word for word, poles in DIRECTIONS.items() if poles & {"often+", "often-"})
"""Directions of which one of two sentences that assert the same may have one more."""


NEVER_MORE = frozenset(word for word in map(canonical, DECISIVE) if word == shared_key(word))
"""Words that the gist of another sentence that asserts the same has too: one of these makes another claim."""


Counts: TypeAlias = Literal["digits", "words", ""]


class Gist(NamedTuple):
    """What a sentence is found by: ``words`` are those that count, each once and in order.

    Two with different numbers of directions are neither the same nor opposite, so that number is one of the words.
    ``length`` is how many words it asserts at most, and ``more`` how many words its gist may hold beside those of
    another one that asserts the same: those that the assertion may (`kb.language.comparison.MORE`), and each number.
    ``counts`` is whether it gives a number: in digits, in words, which can be none, or not at all.
    """

    words: tuple[str, ...]
    length: int
    more: int
    counts: Counts


class Gists:
    """Reads the gists of many sentences; what is known of a word is looked up once."""

    def __init__(self) -> None:
        self._keys = _Keys()

    def gist(self, text: str, words: str | None = None) -> Gist:
        """The gist of a sentence.

        Parameters
        ----------
        words
            The same folded (`kb.language.folding.fold`), where that is known already.

        Examples
        --------
        >>> Gists().gist("In trials, walking did not ease swelling of the knee [3].")
        Gist(words=('knee', 'swell', 'trial', 'walk', '±1'), length=5, more=1, counts='')
        """
        folded = fold(text) if words is None else words
        told = _told(text, folded)
        keys = list(map(self._keys.__getitem__, told))
        length = len(keys) - keys.count(None)
        numbers = 0
        counts: Counts = ""
        if _A_NUMBER in keys and "[" not in text and has_markers(text):
            told = plain_claim(text).split()
            keys = list(map(self._keys.__getitem__, told))
        if _A_NUMBER in keys:
            agreeing = _agreeing(keys, told, exact=not _LOOSE.isdisjoint(told))
            numbers = len(agreeing)
            counts = "digits" if any(word.isdigit() for word in told) else "words"
            keys = [*_without_quantities(keys, told), *agreeing]
        found = set(filter(None, keys))
        if _A_DIRECTION in found:
            found.remove(_A_DIRECTION)
            found.add(f"{_A_DIRECTION}{keys.count(_A_DIRECTION)}")
        return Gist(tuple(sorted(found)), length, length // MORE + numbers, counts)


def _told(text: str, folded: str) -> list[str]:
    """The words of a sentence without what asserts nothing."""
    padded = f" {folded} "
    if _asks_for_care(text, padded):
        return plain_claim(text).split()
    words = folded.split()
    if " that " in padded[:_LEAD]:
        words = words[len(fold(who_says(without_markers(text))).split()) :]
    marker = text.find("[")
    return words if marker == -1 else words[: len(words) - len(_DIGITS.findall(text, marker))]


def _asks_for_care(text: str, folded: str) -> bool:
    """Whether a part of the sentence that asserts nothing stands elsewhere than in a numeric marker at its end."""
    return (
        len(text) > LONGEST
        or -1 < text.find("]") < len(text) - _AT_THE_END
        or (("[" in text or "(" in text or not text.isascii()) and _ASIDE.search(text) is not None)
        or (" by " in folded and _ADVERB.search(folded) is not None)
        or " lower " in folded
        or " no longer " in folded
        or " or less " in folded
    )


def _without_quantities(keys: list[str | None], told: list[str]) -> list[str | None]:
    """The keys without numbers and what they count, with its adjectives."""
    kept = list(keys)
    for place, key in enumerate(keys):
        if key == _A_NUMBER:
            kept[place] = ""
            for behind in range(place + 1, min(place + _BEHIND + 1, len(keys))):
                if canonical(told[behind]) in _COUNTED:
                    kept[behind] = ""
                    if None not in keys[place:behind]:
                        kept[place:behind] = [""] * (behind - place)
    return kept


def _agreeing(keys: list[str | None], told: list[str], *, exact: bool) -> list[str]:
    """The numbers that must agree, as keys; of two in a row, such as a decimal, none."""
    alone = (
        place
        for place, key in enumerate(keys)
        if key == _A_NUMBER and keys[max(0, place - 1) : place + 2].count(_A_NUMBER) == 1
    )
    return [found for place in alone if (found := _must_agree(told[place], told[place + 1 : place + 2], exact=exact))]


def _must_agree(number: str, behind: list[str], *, exact: bool) -> str:
    """A number as a key where another one in its place would make it another claim, and no contradiction; or empty."""
    unit = behind[0].removesuffix("s") if behind else ""
    if unit in _MEASURES:
        return f"{number if number.isdigit() else f'{value(number):g}'} {unit}"
    return number if exact and number.isdigit() else ""


class _Keys(dict[str, str | None]):
    """What a folded word counts as: None for one that asserts nothing, empty for one that may be dropped."""

    def __missing__(self, word: str) -> str | None:
        key = self[word] = _key(word)
        return key


@lru_cache(maxsize=16_384)
def _key(word: str) -> str | None:
    if word in FUNCTION or word in NEGATIONS:
        return None
    if word.isdigit() or word in _NUMBERS:
        return _A_NUMBER
    if word in DIRECTIONS:
        return "" if word in _OFTEN else _A_DIRECTION
    one = canonical(word)
    if one in _DROPPED or len(word) < _SHORTEST or not word.isalpha():
        return ""
    return shared_key(one)
