"""How far the systematic reviews behind a statement take in the same works.

By the works that each of them cites, which are more than the studies that it pools: registries do not tell these apart.

Source: Pieper et al., J Clin Epidemiol 2014;67:368-375 (corrected covered area).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import combinations

from kb.model import Record, Source
from kb.strength.independence import FEWEST_CITED, Overlap, corrected_covered_area, overlap
from kb.strength.wording import label, listed

MOST_COMPARED = 30
"""Reviews that are compared at most, two by two and together."""


class Overlapping(Record, frozen=True, kw_only=True):
    """How far two or more reviews take in the same works."""

    reviews: tuple[str, ...]
    """Their ids."""
    area: float | None
    """The corrected covered area, 0 (nothing in common) to 1 (all); None where it cannot be told."""
    band: Overlap | None = None
    shared: int = 0
    """Works that more than one of them cites."""
    works: int = 0
    """Different works that they cite."""
    why: str
    """The overlap, or why it cannot be told, in plain words."""


def reviews_among(sources: Sequence[Source]) -> tuple[Source, ...]:
    """The systematic reviews among some sources, each once."""
    return tuple({source.id: source for source in sources if source.design == "systematic review"}.values())


def overlaps(reviews: Sequence[Source]) -> tuple[Overlapping, ...]:
    """The overlap of systematic reviews: of all together where they are three or more, then two by two in their order.

    Those that cannot be compared, because too little is known of what they cite, are left out of "all together". Time
    grows with the square of the number of reviews, of which at most ``MOST_COMPARED`` are compared.

    >>> one = Source(id="a", authors=("Ash",), design="systematic review", cites=("1", "2", "3", "4", "5"))
    >>> two = Source(id="b", authors=("Birk",), design="systematic review", cites=("4", "5", "6", "7", "8"))
    >>> [(each.shared, each.works, each.area, each.band) for each in overlaps([one, two])]
    [(2, 8, 0.25, 'very high')]
    """
    first = reviews[:MOST_COMPARED]
    told = [review for review in first if _enough(review)]
    together = [_overlapping(told)] if len(told) > 2 else []
    return (*together, *(_overlapping(pair) for pair in combinations(first, 2)))


def _enough(review: Source) -> bool:
    return len(set(review.cites)) >= FEWEST_CITED


def _overlapping(reviews: Sequence[Source]) -> Overlapping:
    ids = tuple(review.id for review in reviews)
    untold = [review for review in reviews if not _enough(review)]
    if untold:
        return Overlapping(
            reviews=ids, area=None, why=f"how far {_named(reviews)} overlap is not known: {_lack(untold)}"
        )
    included = [frozenset(review.cites) for review in reviews]
    citing = Counter(work for works in included for work in works)
    shared = sum(count > 1 for count in citing.values())
    area = corrected_covered_area(included) or 0.0
    band = overlap(area)
    both = "both" if len(reviews) == 2 else "more than one of them"
    return Overlapping(
        reviews=ids,
        area=area,
        band=band,
        shared=shared,
        works=len(citing),
        why=f"{_named(reviews)} cite {len(citing)} works, {shared} of them in {both}"
        f" (corrected covered area {area:.0%}, {band} overlap)",
    )


def _lack(reviews: Sequence[Source]) -> str:
    silent = [label(review) for review in reviews if not review.cites]
    few = [label(review) for review in reviews if review.cites]
    told = [f"what {listed(silent)} {'cites' if len(silent) == 1 else 'cite'} is not known"] if silent else []
    told += [f"of what {listed(few)} {'cites' if len(few) == 1 else 'cite'} too little is known"] if few else []
    return " and ".join(told)


def _named(reviews: Sequence[Source]) -> str:
    return listed([label(review) for review in reviews])
