"""An audit whose words come from somebody who wants a page to act: a payload each statement, source and person."""

from __future__ import annotations

from kb.model import (
    Article,
    Assessment,
    Attribution,
    Audit,
    Block,
    Citation,
    Difference,
    EvidenceLine,
    Finding,
    Notice,
    NumberCheck,
    Reference,
    Resolution,
    Review,
    Source,
    Span,
    Statement,
    Verdict,
)
from tests.payloads import FOR_BROWSERS

ARTICLE_ID = "articles/<img src=x onerror=hacked()>.md"
MARKUP = "<img src=x onerror=hacked()> **b** $x$"
FIRST = "s0"
"""The statement that rests on every source."""
_VERDICTS: tuple[Verdict, ...] = ("supported", "unsupported", "contested", "not checked", "not substantiated")


def hostile_audit() -> Audit:
    """Statement ``s<n>`` says the payload ``n``; source ``n`` and what is said of it are full of it."""
    lines = [MARKUP, "", *FOR_BROWSERS, ""]
    begin = [sum(len(line) + 1 for line in lines[:at]) for at in range(len(lines))][2:]
    text = "\n".join(lines) + "\n"
    listed = len(text)
    text += "\n".join(FOR_BROWSERS)
    numbered = list(enumerate(FOR_BROWSERS))
    return Audit(
        article=Article(
            id=ARTICLE_ID,
            title=MARKUP,
            text=text,
            blocks=(
                Block(kind="title", start=0, end=len(MARKUP), line=1),
                Block(kind="paragraph", start=begin[0], end=listed - 2, line=3, section=MARKUP),
                Block(kind="reference list", start=listed, end=len(text), line=9, section=MARKUP, why=MARKUP),
            ),
            format="markdown",
            date="2026-10-01",
            language="en",
        ),
        statements=tuple(_statement(at, words, begin[at]) for at, words in numbered),
        citations=(
            Citation(
                text=FOR_BROWSERS[0],
                start=begin[0],
                end=begin[0] + 8,
                line=3,
                references=tuple(_name(at) for at, _ in numbered),
                statements=(FIRST,),
            ),
        ),
        references=tuple(_reference(at, words) for at, words in numbered),
        sources=tuple(_source(at, words) for at, words in numbered),
        resolutions=tuple(_resolution(at, words) for at, words in numbered),
        evidence=tuple(_evidence(at, words) for at, words in numbered),
        assessments=tuple(
            Assessment(statement=f"s{at}", verdict=_VERDICTS[at % len(_VERDICTS)], reasons=(words,))
            for at, words in numbered
        ),
        findings=tuple(
            Finding(
                rule="ST001",
                severity="warning",
                message=words,
                remedy=words,
                line=3 + at,
                column=1,
                fingerprint=f"f{at}",
                statement=f"s{at}",
            )
            for at, words in numbered
        ),
        reviews=tuple(
            Review(
                subject="statement",
                statement=FIRST,
                source=None,
                value="contested",
                person=words,
                date="2026-11-01",
                reason=words,
                fingerprint=f"{0:016x}",
                article=ARTICLE_ID,
            )
            for words in FOR_BROWSERS
        ),
        as_of="2026-11-22",
        notes=FOR_BROWSERS,
    )


def _name(at: int) -> str:
    return f"r{at}<img src=x onerror=hacked()>"


def _work(at: int) -> str:
    return f"ref:{at}<img src=x onerror=hacked()>"


def _statement(at: int, words: str, start: int) -> Statement:
    place = Span(start=start, end=start + len(words))
    return Statement(
        id=f"s{at}",
        fingerprint=f"{at:016x}",
        text=words,
        start=place.start,
        end=place.end,
        sentence=place,
        line=3 + at,
        section=MARKUP,
        kind="benefit",
        question="benefit",
        needs_source=True,
        reasons=(words,),
    )


def _reference(at: int, words: str) -> Reference:
    return Reference(
        id=_name(at),
        position=at + 1,
        text=words,
        source=_work(at),
        line=9 + at,
        authors=(words,),
        year=words,
        title=words,
        container=words,
        url=words,
    )


def _source(at: int, words: str) -> Source:
    return Source(
        id=_work(at),
        title=words,
        authors=(words,),
        year=words,
        container=words,
        type=words,
        abstract=words,
        publication_types=(words,),
        keywords=(words,),
        url=words,
        notices=(Notice(kind="retraction", said_by=(words,), date=words, doi=words),),
        said=(Attribution(by=words, fields=("title",), asked="2026-11-22"),),
        design="randomized trial",
        design_basis=words,
    )


def _resolution(at: int, words: str) -> Resolution:
    return Resolution(
        reference=_name(at),
        source=_work(at),
        status="metadata differs",
        note=words,
        said_by=words,
        asked="2026-11-22",
        differences=(Difference(field="title", cited=words, registered=words),),
    )


def _evidence(at: int, words: str) -> EvidenceLine:
    return EvidenceLine(
        statement=FIRST,
        source=_work(at),
        references=(_name(at),),
        direction="supports",
        extent="whole",
        level=2,
        certainty="low",
        quote=words,
        numbers=(NumberCheck(stated=words, found=words, outcome="differs"),),
        reasons=(words,),
    )
