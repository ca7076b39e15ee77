"""Audits of invented articles drawn in a few words: statements, the sources that they cite, and what these cite."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

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
    Source,
    Span,
    Statement,
)
from kb.strength.verdict import assess


def work(name: str) -> str:
    """The id of a source with this name."""
    return f"doi:10.5555/{name}"


def source(name: str, design: Design = "unknown", cites: Sequence[str] = (), **facts: object) -> Source:
    """A source that cites others by their names; written by somebody of its own name, in 2012."""
    told = {"authors": (name.capitalize(),), "year": "2012"} | facts
    cited = tuple(work(one) for one in cites)
    return Source(id=work(name), doi=f"10.5555/{name}", design=design, cites=cited, **told)  # type: ignore[arg-type]


def audit_of(
    statements: Mapping[str, Sequence[str]],
    sources: Sequence[Source],
    *,
    article: str = "drawn.md",
    leans: Mapping[str, str] | None = None,
    beyond: Mapping[str, str] | None = None,
    directions: Mapping[str, Direction] | None = None,
    statuses: Mapping[str, ResolutionStatus] | None = None,
) -> Audit:
    """An audit, assessed by the program.

    Parameters
    ----------
    statements
        By id the names of the sources that it cites, in order. The first stands in line 1, the second in line 2 ….
    sources
        Those that the article lists; cited ones are added bare where they are not among them.
    leans, beyond
        By id of a statement the one that it leans on, and what it claims beyond that.
    directions
        By name of a source what it says of every statement; "supports" where nothing is told.
    statuses
        By name of a source how its reference was resolved; "verified" where nothing is told.
    """
    known = {one.id: one for one in sources}
    names = list(dict.fromkeys(name for cited in statements.values() for name in cited))
    listed = [known.get(work(name), source(name)) for name in names]
    drawn = tuple(_statement(at, name, leans or {}, beyond or {}) for at, name in enumerate(statements))
    status = statuses or {}
    resolutions = tuple(
        Resolution(reference=name, source=work(name), status=status.get(name, "verified")) for name in names
    )
    citations = tuple(
        Citation(text=f"({name})", start=0, end=0, line=1, references=tuple(cited), statements=(name,))
        for name, cited in statements.items()
        if cited
    )
    evidence = tuple(
        EvidenceLine(
            statement=name,
            source=work(one),
            references=(one,),
            direction="not checked" if one in status else (directions or {}).get(one, "supports"),
        )
        for name, cited in statements.items()
        for one in cited
    )
    return Audit(
        article=Article(id=article, title="", text="", blocks=(), format="markdown"),
        statements=drawn,
        citations=citations,
        references=tuple(
            Reference(id=name, position=at, text=name, source=work(name)) for at, name in enumerate(names, 1)
        ),
        sources=tuple(listed),
        resolutions=resolutions,
        evidence=evidence,
        assessments=assess(drawn, evidence, citations, resolutions, listed),
        findings=(),
        as_of="2026-11-22",
    )


def _statement(at: int, name: str, leans: Mapping[str, str], beyond: Mapping[str, str]) -> Statement:
    return Statement(
        id=name,
        fingerprint=name,
        text=f"Statement {name}.",
        start=at,
        end=at,
        sentence=Span(start=at, end=at),
        line=at + 1,
        section="",
        kind="benefit",
        question="benefit",
        needs_source=True,
        leans_on=leans.get(name),
        goes_beyond=beyond.get(name),
    )
