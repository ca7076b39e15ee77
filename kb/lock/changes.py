"""What a new lock says that the former did not, and what a lock lacks, in words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from kb.language.naming import authors_and_year
from kb.lock.frozen import Frozen
from kb.lock.records import Lock, LockedSource
from kb.model import Audit, NoticeKind

_TOLD: Mapping[NoticeKind, str] = {
    "retraction": "is now retracted",
    "partial retraction": "is now retracted in part",
    "withdrawal": "is now withdrawn",
    "expression of concern": "is now under an expression of concern",
    "correction": "has a new correction",
    "reinstatement": "is now reinstated",
    "new version": "has a new version",
    "published version": "has a published version now",
    "preprint": "has a preprint",
}
_FACTS = (
    "title",
    "authors",
    "year",
    "container",
    "type",
    "publication_types",
    "design",
)
_LONGEST = 80
"""Characters of a value that are shown."""


def changes(former: Lock, new: Lock, audits: Iterable[Audit]) -> tuple[str, ...]:
    """What changed in the lock, one line a source, and which statements that touches.

    Parameters
    ----------
    audits
        Those that the new lock was made of: they say where a statement stands.

    Returns
    -------
    tuple
        In the order of the sources; empty where both locks say the same.
    """
    told = []
    articles = list(audits)
    for name in sorted(former.sources.keys() | new.sources.keys()):
        before, after = former.sources.get(name), new.sources.get(name)
        if after is None:
            told.append(f"{_label(name, before)} is no longer in the lock")
        elif before is None:
            told.append(f"{_label(name, after)} is new in the lock")
        else:
            what = [
                *_of_notices(before, after),
                *_of_references(before, after),
                *_of_facts(before, after),
            ]
            touched = list(_touched(name, former, new, articles, changed=bool(what)))
            if what or touched:
                said = f"{_label(name, after)} {' and '.join(what) or 'is judged otherwise'}"
                told.append(f"{said}: {'; '.join(touched)}" if touched else said)
    return tuple(told)


def misfits(lock: Lock, audits: Iterable[Audit]) -> tuple[str, ...]:
    """Where the lock does not fit the articles, one line a place; the audits were made from the lock alone."""
    found: list[str] = []
    old = Frozen(lock)
    for audit in audits:
        place = audit.article.id
        lines = {statement.id: statement.line for statement in audit.statements}
        references = {one.id for one in audit.references}
        fingerprints = {one.fingerprint for one in audit.statements}
        for reference in audit.references:
            if old.reference(reference) is None:
                found.append(f"{place}: the reference {reference.id} is not in the lock as it stands now")
        for line in audit.evidence:
            if line.locked is False:
                names = ", ".join(line.references)
                found.append(f"{place}:{lines[line.statement]}: what {names} says of this statement is not in the lock")
        locked = {name for source in lock.sources.values() for name in source.references.get(place, ())}
        gone = [f"the reference {name}" for name in sorted(locked - references)]
        gone += [f"a statement ({name})" for name in sorted(lock.evidence.get(place, {}).keys() - fingerprints)]
        found += [f"{place}: the lock holds {what}, which the article no longer has" for what in gone]
    return tuple(found)


def _label(name: str, source: LockedSource | None) -> str:
    if source is None or not source.authors:
        return name
    return f"{authors_and_year(source.authors, source.year)} ({name})"


def _of_notices(before: LockedSource, after: LockedSource) -> Iterator[str]:
    then = {(one.kind, one.doi, one.date) for one in before.notices}
    for notice in after.notices:
        if (notice.kind, notice.doi, notice.date) not in then:
            yield f"{_TOLD[notice.kind]} (said by {', '.join(notice.said_by)})"
    for kind in sorted({one.kind for one in before.notices} - {one.kind for one in after.notices}):
        yield f"no longer has the notice “{kind}”"


def _of_references(before: LockedSource, after: LockedSource) -> Iterator[str]:
    for article, references in sorted(after.references.items()):
        for name, row in sorted(references.items()):
            known = before.references.get(article, {}).get(name)
            if known and known.status != row.status:
                yield f"was {known.status} as {name} of {article} and is {row.status}"


def _of_facts(before: LockedSource, after: LockedSource) -> Iterator[str]:
    for name in _FACTS:
        then, now = getattr(before, name), getattr(after, name)
        if then != now:
            yield f"has another {name.replace('_', ' ')} (“{_shown(now)}”, was “{_shown(then)}”)"
    if before.text != after.text:
        yield "has another abstract" if before.text else "has an abstract now"


def _shown(value: str | Sequence[str] | None) -> str:
    text = value if isinstance(value, str) else ", ".join(value or ("nothing",))
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"


def _touched(source: str, former: Lock, new: Lock, audits: Iterable[Audit], *, changed: bool) -> Iterator[str]:
    """The statements of each article that a source loses, gains, or speaks of otherwise."""
    then = {mark: of[source] for lines in former.evidence.values() for mark, of in lines.items() if source in of}
    for audit in audits:
        now = new.evidence.get(audit.article.id, {})
        moved: dict[str, list[int]] = {}
        for statement in audit.statements:
            before, after = (
                then.get(statement.fingerprint),
                now.get(statement.fingerprint, {}).get(source),
            )
            if before is None or after is None:
                continue
            if before.direction == after.direction:
                what = "is touched" if changed else ""
            elif "supports" in (before.direction, after.direction):
                what = "loses its support" if before.direction == "supports" else "gains support"
            else:
                what = f"was “{before.direction}” and is “{after.direction}”"
            if what:
                moved.setdefault(what, []).append(statement.line)
        for what, lines in moved.items():
            yield _statements(audit.article.id, what, lines)


_MANY = {
    "is touched": "are touched",
    "loses its support": "lose their support",
    "gains support": "gain support",
}


def _statements(article: str, what: str, lines: Sequence[int]) -> str:
    if len(lines) == 1:
        return f"the statement in line {lines[0]} of {article} {what}"
    listed = f"{', '.join(map(str, lines[:-1]))} and {lines[-1]}"
    many = _MANY.get(what, what.replace("was ", "were ").replace("and is ", "and are "))
    return f"the statements in lines {listed} of {article} {many}"
