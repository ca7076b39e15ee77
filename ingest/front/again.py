"""The registries asked again about sources, whatever is remembered, and everything that rests on these graded again."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import nullcontext
from pathlib import Path
from typing import NamedTuple

import msgspec

from ingest.commands.judges import judge_of
from ingest.commands.options import answers
from ingest.commands.reviews import reviews_for
from ingest.config import read_settings
from ingest.front.jobs import Tell
from ingest.front.reconsidered import reconsidered
from ingest.front.steps import WEIGHING, Steps
from ingest.resolve import Resolved, client, resolve
from kb.base import KnowledgeBase
from kb.errors import UsageError
from kb.language.counting import count, does
from kb.language.digests import as_written
from kb.model import Audit, Reference, Resolution, Source
from kb.questions.diff import diff
from kb.questions.states import state_of
from kb.store.address import Place
from kb.strength.standing import UNSETTLED
from kb.strength.support import Judge

MOST_ARTICLES = 500
"""Articles that are graded again in one job; of more, it is told that the others are to be audited again."""
_ATTEMPTS = 3


class _Entry(NamedTuple):
    """An entry of an article that leads to one of the sources, and what was known of both."""

    article: str
    reference: Reference
    resolution: Resolution
    source: Source


class _Answer(NamedTuple):
    """What is known of an entry by now."""

    resolution: Resolution
    source: Source


def ask_again(where: Place, project: Path, sources: Sequence[str], tell: Tell, *, offline: bool) -> tuple[str, ...]:
    """Ask about sources, keep what is told of them, and grade anew the statements of all articles that rest on them.

    What a registry does not tell because it cannot be reached is taken from what is known, and never for its word that
    there is nothing.

    Parameters
    ----------
    sources
        Their ids.

    Returns
    -------
    tuple
        What became of it, a line each.

    Raises
    ------
    UsageError
        No article cites any of them, or no registry may be asked.
    StoreError
        There is no knowledge base (any more).
    """
    settings = msgspec.structs.replace(read_settings(project, offline=offline), anew=True)
    if settings.offline:
        raise UsageError("no registry is asked while this is offline", remedy="let it go online, and ask again")
    steps, warned = Steps(tell), list[str]()
    with KnowledgeBase.open(where, new=False) as base, answers(settings, warned.append) or nullcontext() as cache:
        articles = sorted({article for those in base.naming(*sources).values() for article in those})
        entries = [one for article in articles[:MOST_ARTICLES] for one in _entries(base.audit(article), {*sources})]
        if not entries:
            raise UsageError("no article cites this", remedy="choose a source that an article cites")
        asked = [msgspec.structs.replace(one.reference, source=as_written(one.reference)) for one in entries]
        told = resolve(asked, settings, steps, client(settings, cache), cache)
        learned = _learned(entries, told)
        reviews = reviews_for(project, where)

        def graded(audit: Audit, judge: Judge) -> Audit:
            return reconsidered(audit, _of(audit, learned), settings.as_of, reviews, judge)

        judge = judge_of(
            settings, cache, steps, lambda _, one: [graded(base.audit(article), one) for article in learned]
        )
        changed = _Changed()
        for place, article in enumerate(learned):
            tell(f"grading again what rests on it ({place + 1:,} of {count(len(learned), 'article')})", WEIGHING)
            changed.add(_grade(base, article, lambda audit: graded(audit, judge)))
    beyond = articles[MOST_ARTICLES:]
    return (
        *warned,
        *changed.told(len({one.source.id for one in entries})),
        *told.notes,
        *_left(entries, learned, beyond),
    )


def _entries(audit: Audit, sources: Collection[str]) -> Iterator[_Entry]:
    """The entries of an article that lead to these sources."""
    outcomes = {one.reference: one for one in audit.resolutions}
    works = {one.id: one for one in audit.sources}
    for reference in audit.references:
        outcome = outcomes.get(reference.id)
        if outcome and outcome.source in sources and outcome.source in works:
            yield _Entry(audit.article.id, reference, outcome, works[outcome.source])


def _learned(entries: Sequence[_Entry], told: Resolved) -> dict[str, dict[str, _Answer]]:
    """By article and reference what registries told, where that is no less than was known."""
    works = {source.id: source for source in told.sources}
    learned: dict[str, dict[str, _Answer]] = {}
    for entry, outcome in zip(entries, told.resolutions, strict=True):
        answer = _Answer(outcome, works[outcome.source])
        if not _tells_less(answer, entry, troubled=bool(told.notes)):
            named = msgspec.structs.replace(outcome, reference=entry.reference.id)
            learned.setdefault(entry.article, {})[entry.reference.id] = answer._replace(resolution=named)
    return learned


def _tells_less(answer: _Answer, entry: _Entry, *, troubled: bool) -> bool:
    """Whether nobody answered, or somebody who told of the work before could not be asked."""
    silent = _tellers(entry.source) - _tellers(answer.source)
    return answer.resolution.status in UNSETTLED or (troubled and bool(silent))


def _tellers(source: Source) -> set[str]:
    """The registries that told of a source."""
    return {said.by for said in source.said if said.asked}


def _of(audit: Audit, learned: dict[str, dict[str, _Answer]]) -> Resolved:
    """What was learned of an article's references."""
    known = learned[audit.article.id].values()
    works = {one.source.id: one.source for one in known}
    return Resolved(sources=tuple(works.values()), resolutions=tuple(one.resolution for one in known))


def _grade(base: KnowledgeBase, article: str, graded: Callable[[Audit], Audit]) -> tuple[Audit, Audit]:
    """The audit of an article before and after; made again where somebody has changed it meanwhile.

    Raises
    ------
    UsageError
        It is changed again and again.
    """
    for _ in range(_ATTEMPTS):
        before = base.audit(article)
        after = graded(before)
        if base.put(before, after):
            return before, after
    raise UsageError("is being changed by somebody else", place=article, remedy="try again in a moment")


class _Changed:
    """What stands otherwise than before, to be told at the end."""

    def __init__(self) -> None:
        self._works: dict[str, str] = {}
        self._statements = 0

    def add(self, audits: tuple[Audit, Audit]) -> None:
        """Compare an audit with what it became."""
        before, after = audits
        found = diff(state_of([before]), state_of([after]))
        self._statements += len(found.changed)
        self._works |= {one.work.id: f"{one.work.label}: {'; '.join(one.words)}" for one in found.told}

    def told(self, asked: int) -> Iterator[str]:
        """What became of it, a line each."""
        yield f"{count(asked, 'source')} asked about again; notices or design are new of {len(self._works) or 'none'}"
        yield from self._works.values()
        yield f"{count(self._statements, 'statement')} {does(self._statements, 'stand')} otherwise than before"


def _left(
    entries: Sequence[_Entry], learned: Mapping[str, Mapping[str, _Answer]], beyond: Sequence[str]
) -> Iterator[str]:
    """What stays as it was, and what is to be audited again."""
    untold = {one.source.id for one in entries if one.reference.id not in learned.get(one.article, ())}
    if untold:
        yield f"what was known of {count(len(untold), 'source')} stays, since not every registry could be asked"
    if beyond:
        yield f"{count(len(beyond), 'more article')} {does(len(beyond), 'cite')} these sources; audit these again"
