"""A lock as a state that can be compared with another (`kb.questions.diff`)."""

from __future__ import annotations

from kb.language.digests import statement_id
from kb.lock.frozen import Frozen
from kb.lock.records import Lock, LockedLine
from kb.model import EvidenceLine, Resolution, Source
from kb.questions.states import Standing, State, work_of
from kb.strength.standing import fault
from kb.strength.verdict import verdict_of


def state_of_lock(lock: Lock) -> State:
    """What a lock says of the statements that cite anything; their texts and certainties are not in it."""
    frozen = Frozen(lock)
    sources = {name: source for name in sorted(lock.sources) if (source := frozen.source(name))}
    return State(
        kind="lock",
        statements=tuple(
            _standing(lock, sources, article, fingerprint, lines)
            for article, of_article in sorted(lock.evidence.items())
            for fingerprint, lines in sorted(of_article.items())
        ),
        works=tuple(map(work_of, sources.values())),
    )


def _standing(
    lock: Lock, sources: dict[str, Source], article: str, fingerprint: str, lines: dict[str, LockedLine]
) -> Standing:
    sound = {name: line for name, line in lines.items() if not fault(sources[name], _resolutions(lock, article, name))}
    body = [
        EvidenceLine(statement="", source=name, references=(), direction=line.direction, extent=line.extent)
        for name, line in sorted(sound.items())
    ]
    verdict = verdict_of(body) if body else "unsupported"
    speaking = [line for line in sound.values() if line.direction == "supports" or verdict == "not checked"]
    return Standing(
        article=article,
        fingerprint=fingerprint,
        statement=statement_id(fingerprint),
        verdict=verdict,
        level=min((line.level for line in speaking if line.level), default=None),
        directions=tuple(sorted((name, line.direction) for name, line in lines.items())),
    )


def _resolutions(lock: Lock, article: str, source: str) -> list[Resolution]:
    rows = lock.sources[source].references.get(article, {})
    return [Resolution(reference=name, source=source, status=row.status) for name, row in sorted(rows.items())]
