"""What the tables of signs are made of: a sign is a way in which abstracts name their design, or let it be seen.

The words are those of the reporting guidelines (CONSORT, SPIRIT, PRISMA, STROBE, STARD, CARE, ARRIVE), which ask
authors to name the design, and of the methods that go with one. Rows are read by ``kb.language.wordings``: first words,
what follows, what stands before. A first word is a rare one where there is a choice: that is what makes it fast.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple, TypeAlias

from kb.model import Design

Row: TypeAlias = tuple[str] | tuple[str, str] | tuple[str, str, str]


class Sign(NamedTuple):
    """One sign: the designs that it speaks for or, below 0, against, its own design first, and its wordings.

    The strengths are in log odds and stood before any data was seen: 5 names the design, 2 goes with it, 1 is often
    said there.
    """

    speaks: Mapping[Design, float]
    rows: tuple[Row, ...]
    aside: float = 0.3
    """What is left of its strength in background and conclusion."""


LISTS = {
    "people": (
        "patients patient participants participant subjects subject women men children adults adolescents infants "
        "neonates newborns girls boys volunteers individuals people persons students residents mothers parents couples "
        "pairs families households nurses physicians practitioners workers veterans survivors smokers athletes donors "
        "recipients clusters practices schools villages hospitals clinics eyes knees teeth"
    ),
    "clinical": (
        "cases procedures operations transplants implants biopsies surgeries hospitalizations admissions deaths births "
        "pregnancies men man woman child infant outpatients inpatients human humans clinic clinical"
    ),
    "animal": (
        "rat rats mouse mice murine rabbit rabbits pig pigs piglet piglets swine porcine sheep ewe ewes ovine dogs "
        "canine cats feline zebrafish drosophila hamster hamsters monkey monkeys macaque macaques chicken chickens "
        "hens broilers cows bovine cattle horses equine goats calves lambs ferret ferrets gerbil "
        "gerbils rodent rodents"
    ),
    "database": "medline pubmed embase cinahl psycinfo psychinfo scopus lilacs scielo cochrane",
    "included": (
        "included studied examined evaluated assessed treated divided enrolled enroled compared analyzed analysed "
        "recruited reviewed investigated identified selected considered classified categorized grouped operated "
        "admitted diagnosed referred"
    ),
}


def trial(strength: float) -> Mapping[Design, float]:
    """What a sign of a trial speaks for: the trial, its protocol, and in part what is said in the same words."""
    return {
        "randomized trial": strength,
        "protocol": strength,
        "animal": 0.8 * strength,
        "non-randomized trial": 0.2 * strength,
        "systematic review": 0.7 * strength,
    }
