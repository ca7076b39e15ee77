"""Audits of a few words for rules: one statement or several, with what is said of them, and how rows are written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypeAlias

import msgspec

from kb.model import (
    Article,
    Assessment,
    Audit,
    Block,
    Citation,
    Cue,
    EvidenceLine,
    Reference,
    Resolution,
    ResolutionStatus,
    Signal,
    Source,
    Span,
    Statement,
    Verdict,
)
from kb.rules.rule import Case

Rows: TypeAlias = Mapping[str, tuple[Sequence[Audit | Case], Sequence[Audit | Case]]]
"""By id of a rule: what it must flag, and what it must pass; a `Case` where the rule needs more than an audit. Each
``tests/kb/test_rules_<family>.py`` has some as ``ROWS``, and ``tests/kb/test_rules.py`` holds every rule to its own."""
TEXT = "Title\nHeat helps. "


def case(
    signals: tuple[Signal, ...] = (),
    verdict: Verdict = "unsupported",
    references: tuple[Reference, ...] = (),
    cited: tuple[str, ...] = (),
    missing: tuple[str, ...] = (),
    status: ResolutionStatus = "verified",
    locked: tuple[bool | None, ...] = (),
) -> Audit:
    """An article of one statement, and what is said of it."""
    statement = Statement(
        id="s1",
        fingerprint="f1",
        text="Heat helps.",
        start=6,
        end=17,
        sentence=Span(start=6, end=17),
        line=2,
        section="",
        kind="benefit",
        question="benefit",
        needs_source=True,
        signals=signals,
        cues=tuple(Cue(signal=signal, text="helps", start=11, end=16) for signal in signals),
    )
    marker = Citation(text="[1]", start=15, end=17, line=2, references=cited, missing=missing, statements=("s1",))
    return Audit(
        article=Article(
            id="a.txt",
            title="Title",
            text=TEXT,
            format="text",
            blocks=(Block(kind="paragraph", start=6, end=17, line=2),),
        ),
        statements=(statement,),
        citations=(marker,) if cited or missing else (),
        references=references,
        sources=(),
        resolutions=tuple(Resolution(reference=one.id, source=one.source, status=status) for one in references),
        evidence=tuple(
            EvidenceLine(statement="s1", source=f"ref:{name}", references=(name,), direction="not checked", locked=one)
            for name, one in zip(cited, locked, strict=False)
        ),
        assessments=(Assessment(statement="s1", verdict=verdict, reasons=("shows no source",)),),
        findings=(),
        as_of="2026-01-01",
    )


def entry(name: str, position: int = 1, doi: str | None = None, title: str = "Heat for stiff knees") -> Reference:
    source = f"doi:{doi}" if doi else f"ref:{name}"
    return Reference(
        id=name, position=position, text=title, source=source, doi=doi, title=title, authors=("Roe",), year="2010"
    )


def telling(*texts: str, cited: str | None = None) -> Audit:
    """An article of several statements, one a line; the first one cites a reference where one is named."""
    bare = case(("benefit",))
    statements, assessments, position = [], [], 0
    for number, text in enumerate(texts, 1):
        span = Span(start=position, end=position + len(text))
        one = msgspec.structs.replace(
            bare.statements[0],
            id=f"s{number}",
            fingerprint=f"f{number}",
            text=text,
            start=span.start,
            end=span.end,
            sentence=span,
            line=number,
        )
        statements.append(one)
        supported = cited and number == 1
        assessments.append(Assessment(statement=one.id, verdict="not checked" if supported else "unsupported"))
        position = span.end + 1
    source = Source(id=f"ref:{cited}", title="Heat for stiff knees", authors=("Roe",), year="2010")
    line = EvidenceLine(statement="s1", source=source.id, references=(str(cited),), direction="not checked")
    return msgspec.structs.replace(
        bare,
        article=msgspec.structs.replace(bare.article, text="\n".join(texts)),
        statements=tuple(statements),
        assessments=tuple(assessments),
        sources=(source,) if cited else (),
        evidence=(line,) if cited else (),
    )


ROE, POE = entry("roe", doi="10.5555/1"), entry("poe", 2, doi="10.5555/2", title="Cold for swollen hands")
