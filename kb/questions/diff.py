"""What changed between two audits, or two evidence locks: verdicts, grades, sources and notices.

Statements are the same where article and fingerprint are; a statement that is there no more and one that is new in the
same article are taken for one, reworded, where their texts are at least ``ALIKE`` % alike (rapidfuzz ``ratio`` of the
folded words) with the same numbers and denials on the same sources.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from kb.language.assertion import read_assertion
from kb.language.folding import fold
from kb.model import Notice, NoticeKind, Record
from kb.questions.states import Standing, State, Work
from kb.strength.scale import Grade, Way, way

ALIKE = 90.0
AS_BEFORE = "reworded, and stands as before"
_GRAVE: frozenset[NoticeKind] = frozenset({"retraction", "partial retraction", "withdrawal", "expression of concern"})
"""Notices that no longer being told of is no better than being told of for the first time."""


class Change(Record, frozen=True, kw_only=True):
    """A statement that stands otherwise than before, in words; ``reworded`` is its former text where that differs."""

    now: Standing
    way: Way
    words: tuple[str, ...]
    reworded: str = ""


class Told(Record, frozen=True, kw_only=True):
    """A source of which something else is known than before, in words, and the statements that rest on it.

    ``way`` is "down" where a notice such as a retraction is new, and where it is no longer told: a notice that goes
    without a reinstatement was lost, and the source is cited still.
    """

    work: Work
    way: Way = "same"
    words: tuple[str, ...]
    statements: tuple[Standing, ...]


class Diff(Record, frozen=True, kw_only=True):
    """What changed, in the order of articles and of their statements."""

    before: str
    after: str
    """The dates that the two speak of, where they name one."""
    changed: tuple[Change, ...]
    added: tuple[Standing, ...]
    removed: tuple[Standing, ...]
    sources_in: tuple[Work, ...]
    sources_out: tuple[Work, ...]
    told: tuple[Told, ...]

    @property
    def anything(self) -> bool:
        """Whether anything changed."""
        return any((self.changed, self.added, self.removed, self.sources_in, self.sources_out, self.told))


def diff(before: State, after: State) -> Diff:
    """What is otherwise in ``after`` than in ``before``; linear but for statements without counterpart in one article.

    Examples
    --------
    >>> one = Standing(article="a.md", fingerprint="f:1", statement="s1", verdict="supported")
    >>> two = Standing(article="a.md", fingerprint="f:1", statement="s1", verdict="unsupported")
    >>> states = [State(kind="audit", statements=(each,), works=()) for each in (one, two)]
    >>> [(change.way, change.words) for change in diff(*states).changed]
    [('down', ('supported → unsupported',))]
    """
    mixed = before.kind != after.kind  # a lock knows the statements that cite anything
    then, now = (
        {_key(one): one for one in state.statements if one.directions or not mixed} for state in (before, after)
    )
    lost = [one for key, one in then.items() if key not in now]
    new = [one for key, one in now.items() if key not in then]
    reworded = _reworded(lost, new)
    pairs = [(then.get(key) or reworded.get(key), one) for key, one in now.items()]
    graded = before.kind == after.kind == "audit"
    changes = [change for old, one in pairs if old and (change := _change(old, one, graded=graded))]
    kept = {_key(old) for old in reworded.values()}
    old_works, new_works = ({work.id: work for work in state.works} for state in (before, after))
    return Diff(
        before=before.as_of,
        after=after.as_of,
        changed=tuple(changes),
        added=tuple(one for one in new if _key(one) not in reworded),
        removed=tuple(one for one in lost if _key(one) not in kept),
        sources_in=tuple(work for name, work in new_works.items() if name not in old_works),
        sources_out=tuple(work for name, work in old_works.items() if name not in new_works),
        told=tuple(_told(old_works, new_works, after.statements)),
    )


def _key(one: Standing) -> tuple[str, str]:
    return one.article, one.fingerprint


def _reworded(lost: Sequence[Standing], new: Sequence[Standing]) -> dict[tuple[str, str], Standing]:
    """By a new statement's key the one that it was before, each once, the most alike first."""
    if not (lost and new):
        return {}
    from rapidfuzz import fuzz

    candidates = [
        (fuzz.ratio(fold(old.text), fold(one.text)), _key(old), _key(one))
        for old in lost
        for one in new
        if old.article == one.article and old.text and one.text and _same_sources(old, one)
    ]
    by_key = {_key(old): old for old in lost}
    texts = {_key(one): one.text for one in (*lost, *new)}
    found: dict[tuple[str, str], Standing] = {}
    taken: set[tuple[str, str]] = set()
    for alike, old, one in sorted(candidates, key=lambda each: (-each[0], each[1], each[2])):
        if alike >= ALIKE and one not in found and old not in taken and _says_as_much(texts[old], texts[one]):
            found[one] = by_key[old]
            taken.add(old)
    return found


def _same_sources(one: Standing, other: Standing) -> bool:
    return [name for name, _ in one.directions] == [name for name, _ in other.directions]


def _says_as_much(one: str, other: str) -> bool:
    first, second = read_assertion(one), read_assertion(other)
    return first.stated == second.stated and len(first.negations) == len(second.negations)


def _change(old: Standing, one: Standing, *, graded: bool) -> Change | None:
    words = [*_grades(old, one, graded=graded), *_sources(old, one)]
    if not words and old.fingerprint != one.fingerprint:
        words = [AS_BEFORE]
    if not words:
        return None
    went = _way(old, one, graded=graded)
    return Change(now=one, way=went, words=tuple(words), reworded=old.text if old.text != one.text else "")


def _way(old: Standing, one: Standing, *, graded: bool) -> Way:
    """As `kb.strength.scale.way`, but what can no longer be checked never made a statement better.

    Where a source's word is lost the statement may stand higher, as one that was disputed; that is neither. And where
    the certainty went with the word of a source that supported it, it stands worse, whatever its verdict.
    """
    sure = (old.certainty, one.certainty) if graded else (None, None)
    went = way(Grade(old.verdict, old.level, sure[0]), Grade(one.verdict, one.level, sure[1]))
    now = dict(one.directions)
    lost = {said for name, said in old.directions if now.get(name) == "not checked"} - {"not checked"}
    if went == "up" and lost:
        return "same"
    if went == "same" and "supports" in lost and sure[0] and not sure[1]:
        return "down"
    return went


def _grades(old: Standing, one: Standing, *, graded: bool) -> Iterator[str]:
    if old.verdict != one.verdict:
        yield f"{old.verdict} → {one.verdict}"
    if graded and old.certainty != one.certainty:
        yield f"certainty {old.certainty or 'none'} → {one.certainty or 'none'}"
    if old.level != one.level:
        yield f"OCEBM level {old.level or 'none'} → {one.level or 'none'}"


def _sources(old: Standing, one: Standing) -> Iterator[str]:
    then, now = dict(old.directions), dict(one.directions)
    for name in sorted(now.keys() - then.keys()):
        yield f"now also on {name} ({now[name]})"
    for name in sorted(then.keys() - now.keys()):
        yield f"no longer on {name} ({then[name]})"
    for name in sorted(then.keys() & now.keys()):
        if then[name] != now[name]:
            yield f"{name}: {then[name]} → {now[name]}"


def _told(before: Mapping[str, Work], after: Mapping[str, Work], statements: Sequence[Standing]) -> Iterator[Told]:
    resting: dict[str, list[Standing]] = {}
    for one in statements:
        for name, _ in one.directions:
            resting.setdefault(name, []).append(one)
    for name, work in after.items():
        old = before.get(name)
        if old and (words := tuple(_facts(old, work))):
            went: Way = "same" if _grave(old) == _grave(work) else "down"
            yield Told(work=work, way=went, words=words, statements=tuple(resting.get(name, ())))


def _grave(work: Work) -> set[NoticeKind]:
    return {one.kind for one in work.notices} & _GRAVE


def _facts(old: Work, work: Work) -> Iterator[str]:
    then = {(one.kind, one.doi, one.date): one for one in old.notices}
    now = {(one.kind, one.doi, one.date): one for one in work.notices}
    for key, notice in now.items():
        if key not in then:
            yield f"new notice: {_notice(notice)}"
    for key, notice in then.items():
        if key not in now:
            yield f"no longer told: {_notice(notice)}"
    if old.design != work.design:
        yield f"design: {old.design} → {work.design}"


def _notice(notice: Notice) -> str:
    when = f" of {notice.date}" if notice.date else ""
    return f"{notice.kind}{when} (said by {', '.join(notice.said_by)})" if notice.said_by else f"{notice.kind}{when}"
