"""An audit out of the lock alone: which references, sources and lines it holds, and what it does not."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import msgspec

from kb.language.abstract import abstract_of
from kb.language.digests import digest_of_reference, digest_of_source, digest_of_statement
from kb.lock.records import (
    Lock,
    LockedLine,
    LockedReference,
)
from kb.model import (
    Citation,
    EvidenceLine,
    Reference,
    Resolution,
    ResolutionStatus,
    Source,
    Statement,
)
from kb.strength.standing import UNSETTLED
from kb.strength.support import Claim, Judgement
from kb.strength.weighing import weigh

NOT_LOCKED = "not in the evidence lock as it stands now"


def settled(status: ResolutionStatus) -> bool:
    """Whether a registry has answered (`kb.strength.standing.UNSETTLED`)."""
    return status not in UNSETTLED


class _Nobody:
    """The judge of a run that may not read any text."""

    def judge(self, claim: Claim, source: Source) -> Judgement:
        return Judgement(direction="not checked", reasons=(NOT_LOCKED,))


class _Recalled:
    """Says again what is locked, by source."""

    def __init__(self, judgements: Mapping[str, Judgement]) -> None:
        self._judgements = judgements

    def judge(self, claim: Claim, source: Source) -> Judgement:
        return self._judgements.get(source.id) or _Nobody().judge(claim, source)


class Frozen:
    """A lock, indexed by what an audit looks for.

    References and statements are found by their words, wherever they stand now: a renamed article, or an entry
    that moved, keeps what was locked. Where two articles hold the same words, an answer outweighs an outage.
    """

    def __init__(self, lock: Lock) -> None:
        self.lock = lock
        rows = [
            (row, name)
            for name, source in sorted(lock.sources.items())
            for _, of_article in sorted(source.references.items())
            for _, row in sorted(of_article.items())
        ]
        rows.sort(key=lambda row: settled(row[0].status))
        self._references = {row.digest: (name, row) for row, name in rows}
        lines = [
            ((fingerprint, line.statement_text, source), line)
            for _, of_article in sorted(lock.evidence.items())
            for fingerprint, of_statement in sorted(of_article.items())
            for source, line in sorted(of_statement.items())
        ]
        lines.sort(key=lambda line: line[1].source_text is not None)
        self._lines = dict(lines)

    def reference(self, reference: Reference) -> tuple[str, LockedReference] | None:
        """The source that a reference leads to and how; None where its words are not locked."""
        return self._references.get(digest_of_reference(reference))

    def resolution(self, reference: Reference) -> Resolution:
        """The resolution of a reference; one that is not locked was "not attempted"."""
        found = self.reference(reference)
        if found is None:
            note = NOT_LOCKED
            return Resolution(
                reference=reference.id,
                source=reference.source,
                status="not attempted",
                note=note,
            )
        source, row = found
        facts = {name: getattr(row, name) for name in row.__struct_fields__ if name != "digest"}
        return Resolution(reference=reference.id, source=source, **facts)

    def source(self, name: str) -> Source | None:
        """A source as it was locked: without its text, and with what follows from that."""
        locked = self.lock.sources.get(name)
        if locked is None:
            return None
        facts = {field: getattr(locked, field) for field in locked.__struct_fields__}
        return Source(
            id=name,
            **{field: value for field, value in facts.items() if field in Source.__struct_fields__},
        )

    def line(self, statement: Statement, source: str) -> LockedLine | None:
        """The line of a statement and a source, where both texts are still those that were compared."""
        line = self._lines.get((statement.fingerprint, digest_of_statement(statement), source))
        locked = self.lock.sources.get(source)
        if line is None or locked is None or line.source_text not in (None, locked.text):
            return None
        return line

    def weigh(
        self,
        statement: Statement,
        references: Sequence[Reference],
        citations: Sequence[Citation],
        resolutions: Sequence[Resolution],
        sources: Mapping[str, Source],
        written: str | None = None,
    ) -> tuple[EvidenceLine, ...]:
        """As ``kb.strength.weighing.weigh``, with the lock in place of a judge.

        A source that cannot stand as evidence needs no judge and therefore no lock.
        """
        lines = weigh(statement, references, citations, resolutions, sources, _Nobody(), written)
        rows = {line.source: self.line(statement, line.source) for line in lines if NOT_LOCKED in line.reasons}
        cited = {reference.id for reference in references}
        marks = [sources[name].design_reviewed for name in rows]
        marks += [resolution.reviewed for resolution in resolutions if resolution.reference in cited]
        if any(mark and mark.state == "overruled" for mark in marks):
            # The level that is locked was that of the program's word, so the lines are graded anew, by people's.
            known = {name: self.source(name) or source for name, source in sources.items()}
            told = list(map(self.resolution, references))
            before = weigh(statement, references, citations, told, known, _Nobody(), written)
            judge = _Recalled({line.source: _judgement(row, line) for line in before if (row := rows.get(line.source))})
            anew = weigh(statement, references, citations, resolutions, sources, judge, written)
            return tuple(
                msgspec.structs.replace(line, locked=rows[line.source] is not None) if line.source in rows else line
                for line in anew
            )
        return tuple(
            _reused(line, rows[line.source], sources[line.source]) if line.source in rows else line for line in lines
        )


def _reused(line: EvidenceLine, locked: LockedLine | None, source: Source) -> EvidenceLine:
    if locked is None:
        return msgspec.structs.replace(line, locked=False)
    facts = {name: getattr(locked, name) for name in locked.__struct_fields__}
    shared = {name: value for name, value in facts.items() if name in EvidenceLine.__struct_fields__}
    return msgspec.structs.replace(line, **shared, quote=_quoted(locked, source), locked=True)


def _quoted(locked: LockedLine, source: Source) -> str | None:
    """The deciding sentence, where the text that was locked is at hand: in the author's own bibliography, say."""
    if locked.sentence is None or digest_of_source(source) != locked.source_text:
        return None
    text = source.full_text if locked.read == "full text" else abstract_of(source)
    return text[locked.sentence.start : locked.sentence.end]


def _judgement(row: LockedLine, before: EvidenceLine) -> Judgement:
    """What was judged when the line was locked, without the reasons that the program gives by itself."""
    if not row.judge:
        return Judgement(direction="not checked", reasons=("what it says was not judged when it was locked",))
    facts = {name: getattr(row, name) for name in Judgement.__struct_fields__ if hasattr(row, name)}
    reasons = tuple(reason for reason in row.reasons if reason not in before.reasons)
    return Judgement(**{**facts, "reasons": reasons})
