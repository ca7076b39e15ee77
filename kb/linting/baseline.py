"""The baseline: findings that are known of old, so that only what is new fails a run.

An entry covers one finding of the same rule: one with the same fingerprint in the same article, or, where its own
article is gone, in another one; else one about words that are at least ``ALIKE`` % alike (rapidfuzz ``ratio`` of the
folded words) and of which everything that no small edit changes is the same (`Outcome.fixed`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import NamedTuple, TypeAlias

import msgspec

from kb import tracked
from kb.linting.outcome import Checked, Outcome
from kb.model import Record

FILE = "kb-baseline.json"
LARGEST = 20_000_000
"""Bytes of a baseline that are read."""
ALIKE = 90.0
FORM = tracked.Form(
    name="baseline",
    schema=1,
    largest=LARGEST,
    damaged="restore it from version control, or delete it and write it again",
    conflict="solve it, or delete it and write it again",
)
_RAREST = 6
"""Words of a finding by which alike ones are looked up: of two texts that alike one is shared."""
_MOST = 50
"""Entries that one finding is compared with, at most, so that the time grows with the findings."""

_GONE = ""
"""Stands for the article of entries whose own is gone."""

_Key: TypeAlias = tuple[str, str, str]
"""Article, rule and fingerprint."""
_Bucket: TypeAlias = tuple[str, str, tuple[str, ...]]
"""Article, rule, and what no small edit changes."""
_Place: TypeAlias = tuple[int, int]
"""An outcome: the index of its article, and its own in it."""


class Known(Record, frozen=True, kw_only=True):
    """A finding that is known; its fields are those of `Finding` and `Outcome`."""

    rule: str
    fingerprint: str
    words: str = ""
    fixed: tuple[str, ...] = ()


class Baseline(Record, frozen=True, kw_only=True):
    """The known findings by article, each article's in the order of their rules and fingerprints."""

    schema_version: int
    findings: dict[str, tuple[Known, ...]]


EMPTY = Baseline(schema_version=FORM.schema, findings={})


class _Open(NamedTuple):
    """A finding that stands, with its place and its article."""

    place: _Place
    article: str
    outcome: Outcome


class Laid(NamedTuple):
    """Articles with a baseline laid over them, and how many of its entries cover nothing any more."""

    articles: tuple[Checked, ...]
    needless: int


def to_json(baseline: Baseline) -> str:
    """Write a baseline; see `kb.tracked.to_json`."""
    return tracked.to_json(baseline)


def read(text: str | bytes, place: str) -> Baseline:
    """Read the baseline in a file of that name; see `kb.tracked.read`.

    Raises
    ------
    ConfigurationError
        It is no baseline, or a newer version wrote it.
    """
    return tracked.read(text, place, FORM, Baseline)


def baseline_of(
    checked: Sequence[Checked],
    former: Baseline = EMPTY,
    gone: AbstractSet[str] = frozenset(),
    asked: Callable[[str, str], bool] = lambda rule, article: True,
) -> Baseline:
    """The baseline that holds all findings of a run which nobody waived.

    Parameters
    ----------
    former
        The baseline so far. What it holds of articles that are neither in the run nor gone stays.
    gone
        Articles that are there no more.
    asked
        Whether a rule was asked for in an article of the run; what ``former`` holds of others stays.
    """
    run = {one.article for one in checked} | gone
    kept = {article: entries for article, entries in former.findings.items() if article not in run}
    new = {
        one.article: tuple(sorted((*_entries(one), *_aside(one.article, former, asked)), key=_in_order))
        for one in checked
    }
    found = {article: entries for article, entries in (kept | new).items() if entries}
    return Baseline(schema_version=FORM.schema, findings=found)


def _aside(article: str, former: Baseline, asked: Callable[[str, str], bool]) -> Iterator[Known]:
    return (entry for entry in former.findings.get(article, ()) if not asked(entry.rule, article))


def laid(checked: Sequence[Checked], baseline: Baseline, gone: AbstractSet[str] = frozenset()) -> Laid:
    """Lay a baseline over a run: open findings that it holds become ``known``.

    Parameters
    ----------
    gone
        Articles of the baseline that are there no more: their findings may have moved to another one.

    Returns
    -------
    Laid
        As needless count entries of articles that are in the run or gone; of others nothing is known.
    """
    left = _by_key(baseline, {one.article for one in checked}, gone)
    stand = [
        _Open((at, index), one.article, outcome)
        for at, one in enumerate(checked)
        for index, outcome in enumerate(one.outcomes)
        if outcome.state == "open"
    ]
    same = _same(stand, left)
    spare = [(home, entry) for (home, _, _), entries in left.items() for entry in entries]
    alike = _alike([one for one in stand if one.place not in same], spare)
    articles = tuple(_marked(one, at, same | alike) for at, one in enumerate(checked))
    return Laid(articles, len(spare) - len(alike))


def _by_key(baseline: Baseline, run: AbstractSet[str], gone: AbstractSet[str]) -> dict[_Key, list[Known]]:
    left: defaultdict[_Key, list[Known]] = defaultdict(list)
    for article, entries in baseline.findings.items():
        for entry in entries if article in run | gone else ():
            left[_GONE if article in gone else article, entry.rule, entry.fingerprint].append(entry)
    return left


def _same(stand: Sequence[_Open], left: Mapping[_Key, list[Known]]) -> set[_Place]:
    """The open findings that an entry of their fingerprint covers; these entries are taken out of ``left``."""
    covered: set[_Place] = set()
    for in_its_own in (True, False):
        for place, article, outcome in stand:
            key = article if in_its_own else _GONE, outcome.finding.rule, outcome.finding.fingerprint
            if place not in covered and left.get(key):
                left[key].pop()
                covered.add(place)
    return covered


def _marked(checked: Checked, at: int, known: AbstractSet[_Place]) -> Checked:
    outcomes = tuple(
        msgspec.structs.replace(outcome, state="known") if (at, index) in known else outcome
        for index, outcome in enumerate(checked.outcomes)
    )
    return msgspec.structs.replace(checked, outcomes=outcomes)


def _alike(stand: Sequence[_Open], spare: Sequence[tuple[str, Known]]) -> set[_Place]:
    """The open findings that an entry covers whose words are alike, each entry once, the most alike first."""
    if not (stand and spare):
        return set()
    from rapidfuzz import fuzz, process

    index: defaultdict[_Bucket, defaultdict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
    for number, (home, entry) in enumerate(spare):
        for word in set(entry.words.split()):
            index[home, entry.rule, entry.fixed][word].append(number)
    pairs: list[tuple[float, bool, _Place, int]] = []
    for place, article, outcome in stand:
        for home in (article, _GONE):
            numbers = _sharing(outcome.words, index.get((home, outcome.finding.rule, outcome.fixed), {}))
            texts = {number: spare[number][1].words for number in numbers}
            for _, score, number in process.extract(
                outcome.words, texts, scorer=fuzz.ratio, score_cutoff=ALIKE, limit=None
            ):
                pairs.append((-score, home == _GONE, place, number))
    covered: set[_Place] = set()
    taken: set[int] = set()
    for _, _, place, number in sorted(pairs):
        if place not in covered and number not in taken:
            covered.add(place)
            taken.add(number)
    return covered


def _sharing(words: str, index: Mapping[str, Sequence[int]]) -> list[int]:
    """The entries that share one of the rarest words, so that not each is compared with each."""
    rarest = sorted((word for word in set(words.split()) if word in index), key=lambda word: (len(index[word]), word))
    found = dict.fromkeys(number for word in rarest[:_RAREST] for number in index[word][:_MOST])
    return list(found)[:_MOST]


def _entries(checked: Checked) -> Iterator[Known]:
    for outcome in checked.outcomes:
        if outcome.state != "waived":
            one = outcome.finding
            yield Known(rule=one.rule, fingerprint=one.fingerprint, words=outcome.words, fixed=outcome.fixed)


def _in_order(entry: Known) -> tuple[str, str, str]:
    return entry.rule, entry.fingerprint, entry.words
