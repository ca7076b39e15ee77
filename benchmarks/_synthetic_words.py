"""Words of an invented health literature: names made of syllables, and sentences made of a few patterns.

Each topic, a remedy for a condition, has rare words of its own beside the common ones, as real articles have: where no
word is rare, what looks for rare words would be measured on something that there is not.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from random import Random
from typing import NamedTuple

from kb.model import Kind, Question, Signal

_FIRST = "bra cal dor fen gal hes jor kel lim mar nel orp pel quin ras sul tam uld ver wes yar zel cor lan".split()
_MIDDLE = "a o i el ar en il or an em ul es ad on ir am".split()
_LAST = {
    "plant": "wort leaf root weed berry bark mint seed thistle moss".split(),
    "substance": "erin olol atase idine oxide anone icate".split(),
    "condition": "itis osis algia emia opathy asthenia".split(),
    "person": "ford ley ton sen wick berg mann sky ham well by row".split(),
    "place": "mere dale port field haven mouth".split(),
}
_OUTCOMES = (
    "pain,stiffness,fatigue,quality of sleep,walking distance,grip strength,mood,headache,nausea,itching,swelling,"
    "anxiety,appetite,bloating,cramps,dizziness,systolic blood pressure,resting heart rate,body weight,waist size,"
    "fasting glucose,total cholesterol,cough at night,wheezing,shortness of breath,dryness of the skin,"
    "range of motion,attention,memory,relapse,hospital admissions,falls,wound infection,scarring,bone density"
).split(",")
_PEOPLE = (
    "adults,older adults,children,adolescents,women after menopause,pregnant women,young men,nurses on night shifts,"
    "runners,smokers,office workers,people in care homes,patients after surgery,people with {condition}"
).split(",")
_TISSUES = "liver,gut,skin,joint,muscle,kidney,lung,retina,bone marrow,spinal cord".split(",")
_RIVALS = "placebo,usual care,hot water,exercise,ibuprofen,a waiting list,{substance}".split(",")
_TAILS = (
    "",
    " when taken for {number} weeks",
    " at {number} mg a day",
    " compared with {rival}",
    " by about {number}%",
    " within {number} days",
    " and lowers {term} as well",
    " where {term} is low to begin with",
    " through {term} in the {tissue}",
)
_JOURNALS = ("Annals of", "Journal of Medicine,", "Archives of", "Letters from", "Clinical Reports of")
_OPENINGS = ("", "", "", "", "Studies show that ", "It is known that ", "For most readers, ")


class Pattern(NamedTuple):
    """A way to say something, its turned form beside it: ``{verb}`` takes the first or the second of ``verbs``."""

    text: str
    verbs: tuple[str, str]
    kind: Kind
    question: Question | None
    signal: Signal | None
    share: float


PATTERNS = (
    Pattern(
        "{plant} {verb} {outcome} in {people}{tail}", ("reduces", "increases"), "benefit", "benefit", "benefit", 16
    ),
    Pattern("{plant} {verb} {outcome} in {people}{tail}", ("improves", "worsens"), "benefit", "benefit", "benefit", 14),
    Pattern(
        "{plant} tea {verb} {outcome} in {people}{tail}", ("relieves", "aggravates"), "benefit", "benefit", "benefit", 8
    ),
    Pattern("{plant} {verb} {outcome} in {people}{tail}", ("causes", "prevents"), "harm", "common harm", "cause", 8),
    Pattern("{substance} {verb} {term} in the {tissue}{tail}", ("raises", "lowers"), "mechanism", None, "cause", 10),
    Pattern(
        "{outcome} is {verb} in {people} who take {plant}",
        ("common", "rare"),
        "prevalence",
        "prevalence",
        "frequency",
        5,
    ),
    Pattern(
        "about {number}% of {people} {verb} of {outcome}",
        ("complain", "complain"),
        "quantity",
        "prevalence",
        "number",
        6,
    ),
    Pattern(
        "{condition} is {verb} to pass within {number} weeks in {people}",
        ("likely", "unlikely"),
        "prognosis",
        "prognosis",
        "course",
        5,
    ),
    Pattern(
        "a raised {term} is {verb} to tell {condition} from {rival}",
        ("sufficient", "insufficient"),
        "diagnosis",
        "diagnosis",
        "comparison",
        4,
    ),
    Pattern(
        "{plant} is {verb} for {people}{tail}",
        ("recommended", "discouraged"),
        "recommendation",
        "benefit",
        "practice",
        6,
    ),
    Pattern("{condition} is a disorder of the {tissue} with {outcome}", ("", ""), "definition", None, None, 6),
    Pattern("many like {plant} best with {term} and honey", ("", ""), "opinion", None, None, 6),
    Pattern("this part looks at {plant} and {outcome} in {people}", ("", ""), "framing", None, None, 6),
)
"""``share`` is in percent."""
_SHARES = [pattern.share for pattern in PATTERNS]


class Topic(NamedTuple):
    """A remedy for a condition, and who writes of it."""

    slug: str
    words: dict[str, Sequence[str]]
    teams: tuple[tuple[str, ...], ...]
    journals: tuple[str, ...]
    cohorts: tuple[str, ...]


class Saying(NamedTuple):
    """What a sentence says: the same one turned says the opposite."""

    pattern: Pattern
    filled: str
    turned: bool
    agent: str

    @property
    def text(self) -> str:
        """The sentence without its full stop."""
        words = self.filled.replace("{verb}", self.verb)
        return words[0].upper() + words[1:]

    @property
    def verb(self) -> str:
        """The word that decides which way it goes."""
        return self.pattern.verbs[self.turned]


def name(random: Random, kind: str) -> str:
    """An invented name, in small letters: 24 × 16 × 16 beginnings and several ends of each kind."""
    middle = random.choice(_MIDDLE) + random.choice(("l", "r", "n", "d", "v", "s"))
    return random.choice(_FIRST) + middle + random.choice(_LAST[kind])


@lru_cache(maxsize=64)
def topic(number: int, seed: int) -> Topic:
    """The topic of this number; the same one whenever it is asked for."""
    random = Random(f"topic {seed} {number}")
    plant, condition = name(random, "plant"), name(random, "condition")
    people = [one.format(condition=condition) for one in random.sample(_PEOPLE, 8)]
    substances = [name(random, "substance") for _ in range(3)]
    words: dict[str, Sequence[str]] = {
        "plant": [plant],
        "substance": substances,
        "condition": [condition],
        "outcome": random.sample(_OUTCOMES, 12),
        "people": people,
        "term": [name(random, "substance") for _ in range(24)],
        "tissue": random.sample(_TISSUES, 4),
        "rival": [one.format(substance=substances[0]) for one in random.sample(_RIVALS, 4)],
    }
    return Topic(
        slug=plant,
        words=words,
        teams=tuple(tuple(name(random, "person").title() for _ in range(7)) for _ in range(14)),
        journals=tuple(f"{random.choice(_JOURNALS)} {name(random, 'place').title()}" for _ in range(8)),
        cohorts=tuple(f"{name(random, 'place').title()} Cohort" for _ in range(4)),
    )


def saying(about: Topic, random: Random) -> Saying:
    """Something that may be said of a topic."""
    pattern = random.choices(PATTERNS, _SHARES)[0]
    fill = {key: random.choice(words) for key, words in about.words.items()}
    fill["number"] = str(random.randint(2, 96))
    fill["tail"] = random.choice(_TAILS).format(**fill)
    words = pattern.text.format(verb="{verb}", **fill)
    agent = next((fill[key] for key in ("plant", "substance", "condition") if fill[key] in words), "")
    return Saying(pattern, words, random.random() < 0.2, agent)


def opening(random: Random) -> str:
    """How a sentence may begin, for the same to be said in other words."""
    return random.choice(_OPENINGS)
