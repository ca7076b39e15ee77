"""Audits of a few words for rules: one statement or several, with what is said of them, and how rows are written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal, TypeAlias

import msgspec

from kb.model import (
    Article,
    Assessment,
    Audit,
    Block,
    Citation,
    Concern,
    ConcernKind,
    Cue,
    Design,
    Direction,
    EvidenceLine,
    Extent,
    Kind,
    Mark,
    MarkKind,
    Notice,
    NumberCheck,
    Question,
    Reference,
    Resolution,
    ResolutionStatus,
    Reviewed,
    ReviewState,
    Signal,
    Source,
    Span,
    Statement,
    Study,
    Verdict,
)
from kb.rules import RULES
from kb.rules.rule import Case
from kb.strength.verdict import assess

Rows: TypeAlias = Mapping[str, tuple[Sequence[Audit | Case], Sequence[Audit | Case]]]
"""By id of a rule: what it must flag, and what it must pass; a `Case` where the rule needs more than an audit. Each
``tests/kb/test_rules_<family>.py`` has some as ``ROWS``, and ``tests/kb/test_rules.py`` holds every rule to its own."""
TEXT = "Title\nHeat helps. "

CONTEXTUAL = [rule for rule in RULES if rule.contextual]
"""The rules that need more than an audit."""


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

    def led(name: str) -> str:
        return next((one.source for one in references if one.id == name), f"ref:{name}")

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
        sources=tuple(
            Source(id=one)
            for one in dict.fromkeys([*(one.source for one in references), *(led(name) for name in cited)])
        ),
        resolutions=tuple(Resolution(reference=one.id, source=one.source, status=status) for one in references),
        evidence=tuple(
            EvidenceLine(statement="s1", source=led(name), references=(name,), direction="not checked", locked=one)
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


class Said(msgspec.Struct, frozen=True, kw_only=True):
    """What one source says of the statement, and what it is."""

    direction: Direction = "supports"
    extent: Extent | None = None
    concerns: tuple[Concern, ...] = ()
    numbers: tuple[NumberCheck, ...] = ()
    design: Design = "randomized trial"
    study: Study = Study(participants=900)
    level: int | None = 2
    read: Literal["", "abstract", "full text"] = "abstract"
    quote: str | None = None
    notices: tuple[Notice, ...] = ()
    reviewed: Reviewed | None = None


def concern(kind: ConcernKind, words: str = "the statement says “heals”, the source “may heal”") -> Concern:
    return Concern(kind=kind, words=words)


def reviewed(state: ReviewState = "overruled", says: str = "supports") -> Reviewed:
    """A person's word, where the program says otherwise, or as the state has it."""
    return Reviewed(state=state, program="not checked", words=(f"Ann Lee (2026-01-01) says {says}: table 2",))


def graded(
    *said: Said,
    text: str = "Heat eases stiff knees.",
    kind: Kind = "benefit",
    marks: Mapping[MarkKind, str] | None = None,
    question: Question | None = "benefit",
    together: bool = True,
    person: Reviewed | None = None,
    verdict: Verdict | None = None,
) -> Audit:
    """An article of one statement that cites sources, the first Roe 2001 (reference 1), graded as an audit does.

    Parameters
    ----------
    marks
        By kind the words of ``text`` that are marked.
    together
        Whether one marker names all of the sources.
    person, verdict
        What people say of the verdict, and the verdict that stands by it.
    """
    names = [f"r{number}" for number in range(1, len(said) + 1)]
    sources = [
        Source(id=f"ref:{name}", design=one.design, study=one.study, notices=one.notices, authors=(name,))
        for name, one in zip(names, said, strict=True)
    ]
    lines = [
        EvidenceLine(
            statement="s1",
            source=f"ref:{name}",
            references=(name,),
            **{field: getattr(one, field) for field in _OF_LINE},
        )
        for name, one in zip(names, said, strict=True)
    ]
    end = len(text)
    statement = msgspec.structs.replace(
        case().statements[0],
        text=text,
        start=0,
        end=end,
        sentence=Span(start=0, end=end),
        line=1,
        kind=kind,
        question=question,
        marks=tuple(
            Mark(kind=each, text=words, start=text.index(words), end=text.index(words) + len(words))
            for each, words in (marks or {}).items()
        ),
    )
    markers = [
        Citation(text=f"[{','.join(group)}]", start=0, end=3, line=1, references=group, statements=("s1",))
        for group in ([tuple(names)] if together else [(name,) for name in names])
    ]
    (assessment,) = assess([statement], lines, markers, [], sources)
    return msgspec.structs.replace(
        case(),
        article=Article(id="a.txt", title="", text=text, format="text", blocks=()),
        statements=(statement,),
        citations=tuple(markers),
        references=tuple(
            Reference(
                id=name,
                position=number,
                label=str(number),
                text="",
                source=f"ref:{name}",
                authors=("Roe",),
                year=f"200{number}",
            )
            for number, name in enumerate(names, 1)
        ),
        sources=tuple(sources),
        evidence=tuple(lines),
        assessments=(msgspec.structs.replace(assessment, verdict=verdict or assessment.verdict, reviewed=person),),
    )


_OF_LINE = tuple("direction extent concerns numbers level read quote reviewed".split())


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
