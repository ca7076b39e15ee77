"""Audits out of a few words a statement, graded as an audit grades them, for tests of what the graph is asked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import msgspec

from kb.model import (
    Article,
    Audit,
    Citation,
    Design,
    Direction,
    EvidenceLine,
    Reference,
    Resolution,
    ResolutionStatus,
    Review,
    Source,
    Span,
    Statement,
)
from kb.strength import overruled
from kb.strength.people import Said
from kb.strength.verdict import assess


class Drawn(msgspec.Struct, frozen=True):
    """A statement as it is drawn: what each source says of it, and what it leans on."""

    name: str
    says: dict[str, Direction] = {}
    leans_on: str | None = None
    goes_beyond: str | None = None
    needs_source: bool = True
    parts: frozenset[str] = frozenset()


LEVELS: dict[Design, int] = {"systematic review": 1, "randomized trial": 2, "cohort": 3}


def audit_of(
    article: str,
    drawn: Sequence[Drawn],
    known: Sequence[Source],
    reviews: tuple[Review, ...] = (),
    statuses: Mapping[str, ResolutionStatus] | None = None,
    listed: Sequence[str] = (),
) -> Audit:
    """The audit of drawn statements, graded as an audit grades them."""
    by_id = {one.id: one for one in known}
    cited = list(dict.fromkeys([name for one in drawn for name in one.says] + list(listed)))
    bare = Audit(
        article=Article(id=article, title=f"On {article}", text="", blocks=(), format="text", date="2026-01-01"),
        statements=tuple(_statement(number, one) for number, one in enumerate(drawn, 1)),
        citations=tuple(
            Citation(text="[1]", start=0, end=3, line=number, references=(f"r-{name}",), statements=(one.name,))
            for number, one in enumerate(drawn, 1)
            for name in one.says
        ),
        references=tuple(
            Reference(id=f"r-{name}", position=number, text=name, source=name) for number, name in enumerate(cited, 1)
        ),
        sources=tuple(by_id[name] for name in cited),
        resolutions=tuple(
            Resolution(reference=f"r-{name}", source=name, status=(statuses or {}).get(name, "verified"))
            for name in cited
        ),
        evidence=tuple(
            EvidenceLine(
                statement=one.name,
                source=name,
                references=(f"r-{name}",),
                direction=direction,
                extent="part" if name in one.parts else "whole",
                level=LEVELS.get(by_id[name].design),
            )
            for one in drawn
            for name, direction in one.says.items()
        ),
        assessments=(),
        findings=(),
        as_of="2026-11-22",
        reviews=reviews,
    )
    return assessed(bare)


def _statement(line: int, one: Drawn) -> Statement:
    return Statement(
        id=one.name,
        fingerprint=f"f-{one.name}",
        text=f"Thyme eases {one.name}.",
        start=0,
        end=0,
        sentence=Span(start=0, end=0),
        line=line,
        section="",
        kind="benefit",
        question="benefit",
        needs_source=one.needs_source,
        leans_on=one.leans_on,
        goes_beyond=one.goes_beyond,
    )


def assessed(audit: Audit) -> Audit:
    """The audit with all its assessments made anew, by the steps of `ingest.pipeline.audit`."""
    said = Said(audit.reviews, audit.article.id, audit.statements)
    known = overruled.ids(audit.references, audit.resolutions, audit.sources)
    word = overruled.verdicts(audit.statements, audit.evidence, audit.sources, known, said)
    graded = assess(
        audit.statements,
        audit.evidence,
        audit.citations,
        audit.resolutions,
        audit.sources,
        audit.article.date,
        word,
    )
    return msgspec.structs.replace(audit, assessments=graded)
