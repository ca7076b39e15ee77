"""The reference list as it is asked for by author and year."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import islice
from typing import NamedTuple

from ingest.citations.phrases import AND, PARTICLES, Word, tells_others
from kb.language.folding import fold
from kb.model import Reference

UNDATED = 0
"""The year of a work that has none yet."""

_LONGEST_NAME = 12
"""Words of a name that are compared."""

_FEWEST_INITIALS = 3
_MANY = 3
"""From how many authors on a work is cited as "et al."."""

_MISFIT, _CONTRADICTION = 1, 3
_SHORTEST_MISSPELT = 5
_LONG = 8
"""Letters from which on a name may be misspelt in two places."""

_WORDS = re.compile(r"[^\W_]+")
_IN_BRACKETS = re.compile(r"[(\[]([A-Z][A-Za-z&-]{1,9})[)\]]")
_OPENING = re.compile(r"\W*(?:\d{1,4}\W+)?([^\W\d_]{3,40}(?:[’'-][^\W\d_]{1,40}){0,3})")
_OF_ORGANISATIONS = frozenset("of for on and the".split())
_STARTERS = frozenset("the for and about how what why when".split())
_OPENING_CHARACTERS = 150


class Found(NamedTuple):
    """The work that a phrase means, and where in the text the name of its first author begins."""

    id: str
    start: int


class _Work:
    """A reference with its year in parts; its text is folded only where a marker tells more than the first author."""

    def __init__(self, reference: Reference) -> None:
        year = reference.year or ""
        self.reference = reference
        self.year = int(year[:4]) if year[:4].isdecimal() else UNDATED
        self.letter = year[4:5].lower()

    @cached_property
    def text(self) -> str:
        return f" {fold(self.reference.text)} "

    @cached_property
    def others(self) -> list[str]:
        """The further authors, each folded into one run of letters."""
        return [_folded(author) for author in self.reference.authors[1:_LONGEST_NAME]]


class _Match(NamedTuple):
    """A work whose first author a phrase names: at which word, and how badly the rest of the phrase fits it."""

    at: int
    misfit: int
    several: bool
    """Whether the phrase tells more of the authors than the first, and rightly."""
    work: _Work


class Works:
    """References by the names that their first author goes by.

    Asking costs time in the length of the phrase and the number of works that share the name, not in the length of
    the list; only a name that no work has is compared with those of the same year and the same first two letters.
    """

    def __init__(self, references: Sequence[Reference]) -> None:
        self._by_name: dict[str, list[_Work]] = defaultdict(list)
        self._by_opening: dict[tuple[int, str], list[tuple[str, _Work]]] = defaultdict(list)
        self._first = {one.id: _folded(one.authors[0]) for one in references if one.authors}
        for reference in references:
            work = _Work(reference)
            for name in _names(reference):
                self._by_name[name].append(work)
                self._by_opening[work.year, name[:2]].append((name, work))

    def find(self, phrase: Sequence[Word], year: int, letter: str = "") -> Found | None:
        """The work of a year that the names before the year mean, if the list holds one.

        Parameters
        ----------
        phrase
            The words before the year; others than names may stand among them.
        year
            The year as cited; ``UNDATED`` where the work has none yet ("in press").
        letter
            What follows the year, as in 2004b; else empty. Where the list has no letters, they count the works of
            these authors and this year in the order of the list.
        """
        matches = list(self._matches(phrase))
        same = [match for match in matches if match.work.year == year]
        chosen = _chosen(same, letter) if same else _near(matches, year) or self._misspelt(phrase, year)
        return Found(chosen.work.reference.id, phrase[chosen.at].start) if chosen else None

    def only(self, phrase: Sequence[Word]) -> Found | None:
        """The one work, of whatever year, whose several authors the phrase names."""
        fits = [match for match in self._matches(phrase) if match.misfit == 0 and match.several]
        return Found(fits[0].work.reference.id, phrase[fits[0].at].start) if len(fits) == 1 else None

    def latest(self, cited: Sequence[str], phrase: Sequence[Word]) -> str | None:
        """Of the works cited so far the last one, by the author named where the phrase names any."""
        ids = {match.work.reference.id for match in self._matches(phrase)}
        return next((name for name in reversed(cited) if name in ids or not ids), None)

    def call(self, short: str, reference_id: str) -> None:
        """Let the organisation that wrote a work go by the short name that the article gives it in brackets."""
        known = self._by_name.get(self._first.get(reference_id, ""), [])
        if known:
            self._by_name.setdefault(_folded(short), known)

    def _matches(self, phrase: Sequence[Word]) -> Iterator[_Match]:
        """The works whose first author stands in the phrase, each once, where it stands first."""
        seen: set[str] = set()
        for at, word in enumerate(phrase):
            if word.folded in AND or (at > 1 and phrase[at - 1].folded in AND and phrase[at - 2].capital):
                continue
            name, capital = "", False
            for length, part in enumerate(islice(phrase, at, at + _LONGEST_NAME), 1):
                name, capital = name + part.folded, capital or part.capital
                for work in self._by_name.get(name, ()) if capital else ():
                    if work.reference.id not in seen:
                        seen.add(work.reference.id)
                        yield _Match(at, *_fit(work, phrase[at + length :]), work)

    def _misspelt(self, phrase: Sequence[Word], year: int) -> _Match | None:
        """The one work of that year whose first author is spelt a little differently, where the others agree."""
        at, word = next(((at, word) for at, word in enumerate(phrase) if word.capital), (0, None))
        if word is None or len(word.folded) < _SHORTEST_MISSPELT:
            return None
        most = 2 if len(word.folded) >= _LONG else 1
        fits: dict[str, _Match] = {}
        for name, work in self._by_opening.get((year, word.folded[:2]), ()):
            if _mistyped(name, word.folded, score_cutoff=most) <= most:
                match = _Match(at, *_fit(work, phrase[at + 1 :]), work)
                if match.misfit == 0 and match.several:
                    fits[work.reference.id] = match
        return next(iter(fits.values())) if len(fits) == 1 else None


def _chosen(matches: Sequence[_Match], letter: str) -> _Match | None:
    """Of works by a first author named and of one year, the one that the rest of the phrase and the letter mean."""
    first = min(matches, key=lambda match: (match.misfit >= _CONTRADICTION, match.at))
    if first.misfit >= _CONTRADICTION:
        return None
    rivals = [match for match in matches if match.at == first.at and match.misfit < _CONTRADICTION]
    rivals.sort(key=lambda match: (match.misfit, match.work.reference.position))
    if not letter:
        return rivals[0]
    exact = [match for match in rivals if match.work.letter == letter]
    if exact:
        return exact[0]
    unlettered = [match for match in rivals if not match.work.letter]
    if not unlettered:
        return None
    best = [match for match in unlettered if match.misfit == unlettered[0].misfit]
    place = ord(letter) - ord("a")
    if len(best) == 1:  # the names tell more than a letter that the list lacks
        return best[0]
    return next((group[place] for group in (best, unlettered) if place < len(group)), None)


def _near(matches: Sequence[_Match], year: int) -> _Match | None:
    """The one work by the authors named that has no year where one is cited, or the reverse, or the year beside it.

    A work is cited as "in press" and listed with its year, or by the year of its print and listed by that online; one
    year beside is taken only where more than the first author agrees.
    """
    fits = [match for match in matches if match.misfit == 0]
    for near in (
        [match for match in fits if UNDATED in (match.work.year, year)],
        [match for match in fits if match.several and abs(match.work.year - year) == 1],
    ):
        if near:
            return near[0] if len(near) == 1 else None
    return None


def _fit(work: _Work, rest: Sequence[Word]) -> tuple[int, bool]:
    """How badly what follows the first author in a phrase fits a work, and whether it tells more, and rightly."""
    others = tells_others(rest)
    named = [word.folded for word in rest if word.capital and len(word.folded) > 1 and word.folded not in AND]
    known = [name for name in named if f" {name} " in work.text or _is_author(name, work)]
    count = _MANY if " et al " in work.text else len(work.reference.authors)
    if named and not known:
        return (_CONTRADICTION if _names_authors(rest) else 2 * _MISFIT), False
    if known:
        wrong_count = count < _MANY if others else len(known) + 1 < count
        strange = len(named) > len(known) or not _is_author(known[0], work, second=True)
        return _MISFIT * (wrong_count + strange), True
    if others:
        return _MISFIT * max(0, _MANY - max(1, count)), count >= _MANY
    return _MISFIT * (count > 1), False


def _is_author(name: str, work: _Work, *, second: bool = False) -> bool:
    """Whether a word names a further author of a work, or the second of them, if need be with another spelling."""
    authors = work.others[:1] if second else work.others
    most = 1 if len(name) >= _SHORTEST_MISSPELT else 0
    return any(author.endswith(name) or _mistyped(author, name, score_cutoff=most) <= most for author in authors)


def _names_authors(rest: Sequence[Word]) -> bool:
    """Whether the words after a first author are worded as further authors."""
    return tells_others(rest) or any(word.folded in AND for word in rest)


def _folded(name: str) -> str:
    return fold(name.replace("&", " and ")).replace(" ", "")


def _names(reference: Reference) -> set[str]:
    """What the first author may be called in the text, each name folded into one run of letters.

    A person goes by the family name, its first or its last word; an organisation by its name or its initials, of which
    short names skip one at times: NICE is the National Institute for Health and Care Excellence. The word that the
    entry opens with counts too, for an author whose name could not be read; a work without author goes by its title.
    """
    opening = _OPENING.match(reference.text)
    names = {_folded(opening.group(1))} - _STARTERS if opening else set()
    if not reference.authors:
        return names | ({_folded(reference.title)} if reference.title else set())
    first = _IN_BRACKETS.sub("", reference.authors[0]).removeprefix("The ")
    words = fold(first).split()
    names.add(_folded(first))
    if _OF_ORGANISATIONS.intersection(words) or (len(words) >= 4 and words[0] not in PARTICLES):
        names.update(map(_folded, _IN_BRACKETS.findall(reference.text[:_OPENING_CHARACTERS])))
    elif words:
        names.update(word for word in (words[0], words[-1]) if word not in PARTICLES)
    names.update(_initials(first))
    return {name for name in names if len(name) > 1}


def _initials(name: str) -> set[str]:
    initials = "".join(word[0] for word in _WORDS.findall(name) if word[0].isupper() and len(word) > 1).lower()
    if len(initials) < _FEWEST_INITIALS:
        return set()
    return {initials, *(initials[:at] + initials[at + 1 :] for at in range(1, len(initials) - 1))}


def _mistyped(one: str, other: str, *, score_cutoff: int) -> int:
    """Letters that are wrong, missing, too many or swapped; more than ``score_cutoff`` are not counted out."""
    from rapidfuzz.distance import OSA

    return OSA.distance(one, other, score_cutoff=score_cutoff)
