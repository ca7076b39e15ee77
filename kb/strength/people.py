"""What people may say of an audit, whose word counts, and how it is told.

The latest word of each person counts. Where all who spoke agree, their word stands in place of the program's; where
they disagree, the program's stands, marked as disputed. A word that was given for other words, or for other sources,
than are there now does not count and is shown as what it is.
"""

from __future__ import annotations

import difflib
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import product
from typing import NamedTuple, get_args

from kb.errors import one_line
from kb.language.folding import fold
from kb.model import (
    Certainty,
    Design,
    Direction,
    Extent,
    ResolutionStatus,
    Review,
    Reviewed,
    ReviewState,
    Statement,
    Subject,
    Verdict,
)

LONGEST_REASON = 1_000
LONGEST_NAME = 200
"""Characters of a reason and of a person's name."""
WITHDRAWN = "withdrawn"
"""The value of a person's word that takes back what they said before; it may be given of any subject."""
NEEDS: Mapping[str, bool] = {"needs a source": True, "needs no source": False}
SAYS: Mapping[str, tuple[Direction, Extent | None]] = {
    "supports": ("supports", "whole"),
    "partly": ("supports", "part"),
    "disputes": ("disputes", None),
    "does not address": ("neutral", None),
    "not checked": ("not checked", None),
}
"""What a source may be said to say of a statement, and how an evidence line puts it."""
WORKS: tuple[ResolutionStatus, ...] = ("verified", "metadata differs", "another work", "not found", "ambiguous")
"""What a person can know of a reference: that a registry was not asked or did not answer is no opinion."""
RATED: tuple[Verdict, ...] = ("supported", "partly supported", "contested")
"""The verdicts under which there is evidence of which one can be more or less certain."""
_CERTAINTY = ", certainty "
VERDICTS: Mapping[str, tuple[Verdict, Certainty | None]] = {
    **{verdict: (verdict, None) for verdict in get_args(Verdict)},
    **{f"{one}{_CERTAINTY}{sure}": (one, sure) for one, sure in product(RATED, get_args(Certainty))},
}
"""A verdict, or a verdict and how certain the evidence is."""
VALUES: Mapping[Subject, tuple[str, ...]] = {
    "statement": tuple(VERDICTS),
    "line": tuple(SAYS),
    "design": get_args(Design),
    "resolution": WORKS,
    "need of a source": tuple(NEEDS),
}
"""What may be said of each subject, beside ``WITHDRAWN``."""
LONGEST_TEXT = 300
"""Characters of a statement or reference that a review keeps, so that a reader of the file sees what it is of."""

_NEAR = 75.0
"""How alike (rapidfuzz ``ratio`` of the folded words, 0 to 100) a statement must be to have come of reviewed words."""


def with_certainty(verdict: str, certainty: str) -> str:
    """A verdict and how certain the evidence is, as one value.

    >>> with_certainty("supported", "low")
    'supported, certainty low'
    """
    return f"{verdict}{_CERTAINTY}{certainty}"


def nearest(wrong: str, values: Sequence[str]) -> str:
    """What to say instead of a value that may not be said.

    >>> nearest("suported", tuple(VERDICTS)), nearest("maybe", tuple(NEEDS))
    ('did you mean “supported”?', 'take needs a source or needs no source')
    """
    near = difflib.get_close_matches(wrong.casefold()[:60], values, n=1)
    plain = [value for value in values if _CERTAINTY not in value]
    return f"did you mean “{near[0]}”?" if near else f"take {', '.join(plain[:-1])} or {plain[-1]}"


class Word(NamedTuple):
    """What people say together: ``value`` is what stands in place of the program's, None where the program's stands."""

    value: str | None
    reviewed: Reviewed


class Said:
    """What people said, indexed by what they spoke of.

    Parameters
    ----------
    reviews
        Of any article, in the order of their file: of two words of one person and day the later one counts.
    article
        The id of the article under audit.
    statements
        Those of the article.
    """

    def __init__(self, reviews: Iterable[Review], article: str, statements: Sequence[Statement]) -> None:
        self.reviews = tuple(reviews)
        self.article = article
        self._on: dict[tuple[Subject, str], list[Review]] = defaultdict(list)
        for review in self.reviews:
            if review.value in (*VALUES[review.subject], WITHDRAWN):
                self._on[review.subject, review.fingerprint].append(review)
        self._near: dict[tuple[Subject, str], list[Review]] = defaultdict(list)
        for review, statement in _reworded(self.reviews, article, statements):
            self._near[review.subject, statement].append(review)

    def on(self, subject: Subject, fingerprint: str) -> list[Review]:
        """What was said of something, by its fingerprint."""
        return self._on.get((subject, fingerprint), [])

    def before(self, subject: Subject, statement: str) -> list[Review]:
        """What was said of a statement, by its id, when it had other words."""
        return self._near.get((subject, statement), [])


def _reworded(reviews: Sequence[Review], article: str, statements: Sequence[Statement]) -> Iterable[tuple[Review, str]]:
    """The reviews of this article whose words are there no more, each with the id of the statement most like them."""
    known = {statement.fingerprint for statement in statements}
    lost = [
        review
        for review in reviews
        if review.article == article and review.statement and review.text and review.fingerprint not in known
    ]
    if not lost:
        return
    from rapidfuzz import fuzz, process

    now = {statement.id: fold(shortened(statement.text)) for statement in statements}
    for review in lost:
        found = process.extractOne(fold(review.text), now, scorer=fuzz.ratio, score_cutoff=_NEAR)
        if found:
            yield review, found[2]


def shortened(text: str) -> str:
    """The beginning of what a review is of, in one line."""
    return one_line(text)[:LONGEST_TEXT].rstrip()


def word_on(program: str, holding: Sequence[Review], earlier: Sequence[Review] = ()) -> Word | None:
    """What people say of one thing.

    Parameters
    ----------
    program
        The program's value, as a person would say it.
    holding
        The reviews that hold for it.
    earlier
        Those that were given for earlier words of it; they are told only where nobody spoke since.

    Returns
    -------
    Word
        None where nobody says anything, or all took it back.
    """
    speaking = latest(holding)
    if not speaking:
        stale = () if holding else latest(earlier)
        return _word("earlier words", None, program, stale) if stale else None
    value = _agreed({review.value for review in speaking})
    if value is None:
        return _word("disputed", None, program, speaking)
    if _agreed({value, program}) == program:
        return _word("confirmed", None, program, speaking)
    return _word("overruled", value, program, speaking)


def _word(state: ReviewState, value: str | None, program: str, speaking: Iterable[Review]) -> Word:
    return Word(value, Reviewed(state=state, program=program, words=tuple(map(_spoken, speaking))))


def latest(reviews: Iterable[Review]) -> tuple[Review, ...]:
    """The latest word of each person, by name; without those who took theirs back.

    Of two words of one day the later in the order given counts.
    """
    found: dict[str, Review] = {}
    for review in sorted(reviews, key=lambda one: one.date):
        found[person_of(review.person)] = review
    return tuple(found[name] for name in sorted(found) if found[name].value != WITHDRAWN)


def person_of(name: str) -> str:
    """The person of a name: capitals and spaces make no other one."""
    return " ".join(name.casefold().split())


def slot(review: Review) -> tuple[str, ...]:
    """Who speaks of what on which day: of two reviews with the same one, the later takes the place of the other."""
    return review.subject, review.fingerprint, review.source or "", person_of(review.person), review.date


def _agreed(values: Collection[str]) -> str | None:
    """The one value that all say; who adds a certainty to a verdict does not contradict who gives the bare verdict."""
    fullest = max(values, key=len)
    return fullest if all(value in (fullest, fullest.partition(_CERTAINTY)[0]) for value in values) else None


def _spoken(review: Review) -> str:
    reason = one_line(review.reason).rstrip(".")
    who = f"{one_line(review.person)} ({one_line(review.date)}) says {one_line(review.value)}"
    return f"{who}: {reason}" if reason else who


def sentence_of(reviewed: Reviewed) -> str:
    """What people say and what becomes of it, as one sentence without a full stop.

    >>> words = ("Ann Lee (2026-11-20) says supported: table 2 has it",)
    >>> sentence_of(Reviewed(state="overruled", program="not checked", words=words))
    'Ann Lee (2026-11-20) says supported: table 2 has it; the program says not checked'
    """
    words = "; ".join(reviewed.words)
    return {
        "overruled": f"{words}; the program says {reviewed.program}",
        "confirmed": f"{words}; so does the program",
        "disputed": f"people disagree, so the program's {reviewed.program} stands: {words}",
        "earlier words": f"given for earlier words or sources, so it does not count: {words}",
    }[reviewed.state]


def told(reasons: tuple[str, ...], reviewed: Reviewed) -> tuple[str, ...]:
    """The reasons with what people say: first where that decides, last where the program's word stands."""
    sentence = sentence_of(reviewed)
    return (sentence, *reasons) if reviewed.state == "overruled" else (*reasons, sentence)
