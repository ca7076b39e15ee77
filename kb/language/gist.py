"""The gist of a sentence: a cheap set of words by which those that may assert the same are found among very many.

`kb.language.assertion.read_assertion` takes a sentence apart exactly, and too slowly to be asked about every sentence
of thousands of articles. A gist leaves out what it drops or may drop: function words, denials, directions, numbers, and
the words of ``LOOSE``, which belong to a quantity in one sentence and to the claim in another. What is left is what the
assertion holds, so where one assertion holds all words of another, its gist holds all of the other's gist.

Not quite always: adjectives of what is counted ("120 frail adults") stand in the gist and not in the assertion, and of
words that are glued to a number it can be the other way round. In 124 articles all 275 pairs of statements that are the
same or opposite were found, and of 42,000 made from these by adding, leaving out and exchanging words, all but 13.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from kb.language.assertion import LONGEST, canonical, claim_of, says_that
from kb.language.assertion_words import DIRECTIONS, FUNCTION, NEGATIONS
from kb.language.comparison import shared_key
from kb.language.folding import fold

_SHORTEST = 3
"""Letters of a word that counts: what is shorter is as a rule a unit."""
_ASIDE = re.compile(r"\[(?![0-9,;–\s-]{0,120}\])|\((?=[^()\n]{0,160}\b(?:1[89]|20)[0-9]{2})|[⁰¹²³⁴⁵⁶⁷⁸⁹]")
"""What may begin a citation marker with words in it, or one that is glued to a word."""
_LEAD = 200
"""Characters in which a sentence says who says so, with the markers in between."""
_ADVERB = re.compile(r"ly \w{3,20} by ")
"""An adverb that turning round a sentence in the passive voice drops."""

LOOSE = frozenset(
    """
    one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen
    nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred thousand million billion
    half halve halves third thirds quarter quarters fourth fourths fifth fifths once twice thrice double doubled doubles
    triple tripled triples fold times per each every out than total
    odds risk risks ratio ratios hazard hazards rate rates prevalence relative adjusted crude percent percentage point
    points cent confidence credible interval intervals range interquartile quartile quartiles iqr sem cis hdi
    value values trend interaction heterogeneity less greater
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
    help helps helped fail fails failed lack lacks longer unable low only merely simply doubt
    aint arent cant couldnt didnt doesnt dont hadnt hasnt havent isnt mightnt mustnt neednt shouldnt wasnt werent wont
    wouldnt
    """.split()
)
"""Words that an assertion may hold or not as their neighbours are: words of quantities, and those by which
``kb.language.assertion`` recognises a denial."""
_LOOSE = frozenset(map(canonical, LOOSE))


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
        keys = [self._keys[word] for word in folded.split()]
        counted = len(keys) - keys.count(None)
        return Gist(tuple(sorted({key for key in keys if key})), counted)


def _asks_for_care(text: str, folded: str) -> bool:
    """Whether a part of the sentence that asserts nothing must first be cut out of it."""
    return (
        len(text) > LONGEST
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
    one = canonical(word)
    if word in DIRECTIONS or one in _LOOSE or len(word) < _SHORTEST or not word.isalpha():
        return ""
    return shared_key(one)
