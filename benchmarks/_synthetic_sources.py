"""The works that the articles of a synthetic knowledge base cite, each made from its number alone.

Nothing is remembered: a work is the same whoever names it, so that articles share works in a bounded memory.
"""

from __future__ import annotations

from functools import lru_cache
from random import Random
from typing import NamedTuple

from benchmarks._synthetic_words import Topic, name, saying, topic
from kb.model import Attribution, Design, Notice, NoticeKind, Source, Study, Trait

OWN = 20
"""Works that an article is the first to list; others may list them too."""
OF_A_TOPIC = 25
"""Articles on one topic."""
ASKED = "2026-11-22"
_LAST_YEAR, _YEARS = 2025, 34

_DESIGNS: dict[Design, tuple[float, int]] = {
    "randomized trial": (20, 9),
    "systematic review": (14, 20),
    "cohort": (14, 9),
    "narrative review": (12, 18),
    "cross-sectional": (10, 8),
    "animal": (5, 7),
    "in vitro": (4, 7),
    "guideline": (4, 16),
    "case-control": (3, 8),
    "non-randomized trial": (3, 8),
    "case series": (2, 5),
    "case report": (2, 4),
    "diagnostic accuracy": (2, 8),
    "web page": (2, 0),
    "book": (1, 0),
    "editorial": (1, 4),
    "protocol": (1, 6),
}
"""The share of each design, in percent, and how many works such a one cites on average that are known."""
_NOTICES: dict[NoticeKind, float] = {
    "retraction": 0.5,
    "correction": 0.6,
    "expression of concern": 0.1,
    "new version": 0.2,
    "published version": 0.1,
}
"""In percent of the works."""
_ELSEWHERE = 0.1
"""The share of what is cited that no article names."""
_WORKS_ELSEWHERE = 1000
"""How many such there are on a topic."""
_AGAINST_TIME = 0.002
"""The share of what is cited that may be younger than who cites it, as when two works in press cite each other."""


class Works(NamedTuple):
    """All works of a knowledge base of so many articles."""

    articles: int
    seed: int

    @property
    def total(self) -> int:
        """How many there are."""
        return self.articles * OWN

    @property
    def topics(self) -> int:
        """How many topics the articles have."""
        return -(-self.articles // OF_A_TOPIC)

    def topic_of(self, article: int) -> Topic:
        """What an article and the works that it is the first to list are about."""
        return topic(article % self.topics, self.seed)

    def near(self, article: int, random: Random) -> int:
        """A work on the topic of an article, few of them often and most seldom (Zipf's law)."""
        subject = article % self.topics
        articles = (self.articles - subject - 1) // self.topics + 1
        slot, which = divmod(_rank(articles * OWN, random), articles)
        return (which * self.topics + subject) * OWN + slot

    def anywhere(self, random: Random) -> int:
        """A work on any topic, few of them often and most seldom."""
        rank = _rank(self.total, random)
        slot, article = divmod(rank, self.articles)
        return article * OWN + slot


def _rank(count: int, random: Random) -> int:
    """A rank from 0 on, the probability of which falls as its inverse."""
    return min(int(count ** random.random()) - 1, count - 1)


def mixed(*numbers: int) -> float:
    """A number from 0 to 1 that only these decide; cheap, unlike a seeded generator."""
    value = 0x9E3779B97F4A7C15
    for number in numbers:
        value = ((value ^ number) * 0xBF58476D1CE4E5B9) & 0xFFFFFFFFFFFFFFFF
        value ^= value >> 29
    return value / 2**64


def source_id(works: Works, number: int) -> str:
    """The id of a work: of most the DOI, of some the PubMed id, of a few a hash."""
    which = mixed(works.seed, number, 1)
    if which < 0.9:
        return f"doi:10.5555/{works.topic_of(number // OWN).slug}.{number:06}"
    return f"pmid:{70_000_000 + number}" if which < 0.97 else f"ref:{number * 2654435761 % 2**48:012x}"


def year(works: Works, number: int) -> int:
    """When a work was published; what many cite is older than the rest."""
    much_cited = number % OWN < 2
    back = mixed(works.seed, number, 2) * _YEARS / 2
    return int(_LAST_YEAR - back - (_YEARS / 2 if much_cited else 0))


@lru_cache(maxsize=4096)
def source(works: Works, number: int) -> Source:
    """The work of this number."""
    random = Random(f"source {works.seed} {number}")
    about = works.topic_of(number // OWN)
    key = source_id(works, number)
    design = random.choices(list(_DESIGNS), [share for share, _ in _DESIGNS.values()])[0]
    registered = not key.startswith("ref:")
    doi = key.removeprefix("doi:") if key.startswith("doi:") else None
    found = tuple(_sentence(about, random) for _ in range(random.randint(2, 4)))
    return Source(
        id=key,
        doi=doi,
        pmid=key.removeprefix("pmid:") if key.startswith("pmid:") else None,
        title=f"{_sentence(about, random)[:-1]}: {_called(design)}",
        authors=_authors(works, number, about, random),
        year=str(year(works, number)),
        container=random.choice(about.journals),
        type="journal-article" if registered else "",
        abstract=" ".join(found) if registered and random.random() < 0.85 else "",
        cites=_cites(works, number, design, random) if registered else (),
        notices=_notices(doi, random) if registered else (),
        said=(Attribution(by="Crossref", fields=("title", "authors", "year", "container"), asked=ASKED),),
        design=design,
        design_basis="the title says so",
        study=_study(design, about, random),
    )


def _called(design: Design) -> str:
    return {"systematic review": "a systematic review", "unknown": "a study"}.get(design, f"a {design}")


def _sentence(about: Topic, random: Random) -> str:
    return saying(about, random).text + "."


def _authors(works: Works, number: int, about: Topic, random: Random) -> tuple[str, ...]:
    """Some of a team and mostly its head last; a few articles rest on one team alone."""
    article = number // OWN
    alone = mixed(works.seed, article, 3) < 0.03
    team = about.teams[article % len(about.teams) if alone else _rank(len(about.teams), random)]
    members = random.sample(team[:-1], random.randint(1, 5))
    guest = (name(random, "person").title(),) if random.random() < 0.3 else ()
    return (*members, *guest, team[-1])


def _cites(works: Works, number: int, design: Design, random: Random) -> tuple[str, ...]:
    usual, about = _DESIGNS[design][1], works.topic_of(number // OWN).slug
    wanted = random.randint(usual // 2, usual + usual // 2)
    found: dict[str, None] = {}
    for _ in range(3 * wanted):
        if len(found) == wanted:
            break
        if random.random() < _ELSEWHERE:
            found[f"doi:10.5555/{about}-elsewhere.{_rank(_WORKS_ELSEWHERE, random):04}"] = None
            continue
        other = works.anywhere(random) if random.random() < 0.02 else works.near(number // OWN, random)
        earlier = (year(works, other), other) < (year(works, number), number)
        key = source_id(works, other)
        if not key.startswith("ref:") and (earlier or random.random() < _AGAINST_TIME):
            found[key] = None
    return tuple(found)


def _notices(doi: str | None, random: Random) -> tuple[Notice, ...]:
    drawn = 100 * random.random()
    for kind, share in _NOTICES.items():
        if drawn < share:
            date = f"20{random.randint(10, 25)}-{random.randint(1, 12):02}"
            return (Notice(kind=kind, said_by=("Crossref",), date=date, doi=f"{doi}.notice" if doi else None),)
        drawn -= share
    return ()


def _study(design: Design, about: Topic, random: Random) -> Study:
    if design == "systematic review":
        pooled = Trait(kind="randomized trials", words="randomized controlled trials")
        if random.random() < 0.5:
            pooled = Trait(kind="observational studies", words="cohort studies")
        return Study(studies=random.randint(3, 60), traits=(pooled,))
    people = int(10 ** (1.3 + 2 * random.random()))
    if design == "randomized trial":
        numbers = (f"NCT{10_000_000 + random.randrange(10**7)}",) if random.random() < 0.4 else ()
        few = (Trait(kind="few people", words=f"{people} participants"),) if people < 50 else ()
        return Study(allocation="parallel", participants=people, registrations=numbers, species="people", traits=few)
    if design == "cohort":
        named = (random.choice(about.cohorts),) if random.random() < 0.4 else ()
        return Study(participants=10 * people, cohorts=named, species="people")
    return Study(species="animals") if design == "animal" else Study()
