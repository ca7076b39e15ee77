"""The gist of a sentence: a cheap set of words by which those that may assert the same are found among very many.

`kb.language.assertion.read_assertion` takes a sentence apart exactly, and too slowly to be asked about every sentence
of thousands of articles. A gist leaves out what it drops or may drop: function words, denials, directions, numbers,
words that say how a number is meant, and the nouns behind a number. Where one assertion holds all words of another, the
gist of the one holds that of the other, so nothing is missed by comparing gists first.

Not quite always: the noun that one sentence counts ("84 adults") may stand elsewhere in the other ("adults, n = 84"),
adjectives before it stay, and words can be glued to a number. Most such pairs are found all the same, because a gist
may hold some words more. In 124 articles all 270 pairs of statements that are the same or opposite were found, and of
42,000 pairs made from these by adding, leaving out and exchanging words, all but 22.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from kb.language.assertion import LONGEST, canonical, claim_of, says_that
from kb.language.assertion_words import DIRECTIONS, FUNCTION, NEGATIONS
from kb.language.comparison import shared_key
from kb.language.folding import fold
from kb.language.quantity_words import NUMBER_WORDS, SCALES, value

_SHORTEST = 3
"""Letters of a word that counts: what is shorter is as a rule a unit."""
_ASIDE = re.compile(r"\[(?![0-9,;–\s-]{0,120}\])|\((?=[^()\n]{0,160}\b(?:1[89]|20)[0-9]{2})|[⁰¹²³⁴⁵⁶⁷⁸⁹]")
"""What may begin a citation marker with words in it, or one that is glued to a word."""
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
_NUMBERS = frozenset((*NUMBER_WORDS, *SCALES))
_A_NUMBER = "#"


class Gist(NamedTuple):
    """The words of a sentence that count, each once and in order, and how many words it asserts at most."""

    words: tuple[str, ...]
    length: int


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
        >>> Gists().gist("In 2 of 5 trials, walking did not ease swelling of the knee [3].")
        Gist(words=('knee', 'swell', 'trial', 'walk'), length=6)
        """
        folded = fold(text) if words is None else words
        if _asks_for_care(text, folded):
            folded = fold(claim_of(text))
        told = folded.split()
        keys = [self._keys[word] for word in told]
        length = len(keys) - keys.count(None)
        if _A_NUMBER in keys:
            keys = _without_quantities(keys, told)
        return Gist(tuple(sorted({key for key in keys if key})), length)


def _without_quantities(keys: list[str | None], told: list[str]) -> list[str | None]:
    """The keys without numbers and what they count, and with each plain dose or time as one key."""
    kept: list[str | None] = []
    last = -_BEHIND - 1
    for place, (key, word) in enumerate(zip(keys, told, strict=True)):
        if key == _A_NUMBER:
            last = place
        elif place - last > _BEHIND or key is None or canonical(word) not in _COUNTED:
            kept.append(key)
        elif last == place - 1 and keys[place - 2 : place - 1] != [_A_NUMBER]:
            kept.append(_measure(told[last], word.removesuffix("s")))
    return kept


def _measure(number: str, unit: str) -> str:
    if unit not in _MEASURES:
        return ""
    return f"{number if number.isdigit() else f'{value(number):g}'} {unit}"


def _asks_for_care(text: str, folded: str) -> bool:
    """Whether a part of the sentence that asserts nothing must first be cut out of it."""
    return (
        len(text) > LONGEST
        or -1 < text.find("]") < len(text) - _AT_THE_END
        or (("[" in text or "(" in text or not text.isascii()) and _ASIDE.search(text) is not None)
        or (" that " in folded[:_LEAD] and ("[" in text or "(" in text or says_that(text)))
        or (" by " in folded and _ADVERB.search(folded) is not None)
    )


class _Keys(dict[str, str | None]):
    """What a folded word counts as: None for one that asserts nothing, empty for one that may be dropped."""

    def __missing__(self, word: str) -> str | None:
        key = self[word] = _key(word)
        return key


def _key(word: str) -> str | None:
    if word in FUNCTION or word in NEGATIONS:
        return None
    if word.isdigit() or word in _NUMBERS:
        return _A_NUMBER
    one = canonical(word)
    if word in DIRECTIONS or one in _DROPPED or len(word) < _SHORTEST or not word.isalpha():
        return ""
    return shared_key(one)
