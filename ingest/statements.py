"""Sentences → statements: what each asserts, whether that asks for a source, and why, in plain words."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterator, Sequence

from kb.language.cues import MEANING, cues
from kb.language.folding import fold
from kb.language.sentences import sentences
from kb.language.stance import framing, goes_beyond, leans, own_work
from kb.model import AUDITED, Article, Block, Citation, Cue, Kind, Question, Signal, Span, Statement

_KIND_OF_SIGNAL: tuple[tuple[Signal, Kind], ...] = (
    ("guideline", "recommendation"),
    ("benefit", "benefit"),
    ("harm", "harm"),
    ("course", "prognosis"),
    ("frequency", "prevalence"),
    ("practice", "recommendation"),
    ("cause", "mechanism"),
    ("comparison", "fact"),
    ("number", "quantity"),
    ("vague attribution", "fact"),
)
"""Which kind a statement has: the first of its signals in this order decides."""

_QUESTION_OF_KIND: dict[Kind, Question] = {
    "benefit": "benefit",
    "recommendation": "benefit",
    "harm": "common harm",
    "diagnosis": "diagnosis",
    "prognosis": "prognosis",
    "prevalence": "prevalence",
}
_DEFINITION = re.compile(
    r"^(?:The |An? )?[\w’'-]+(?: [\w’'()-]+){0,5} (?:is|are) "
    r"(?:an?|the|any|(?:also )?(?:called|known as|defined as|named))\b"
    r"|\b(?:refers? to|is defined as|also known as|stands for|is the (?:medical )?term for)\b",
    re.IGNORECASE,
)
_DIAGNOSIS = re.compile(r"\b(?:diagnos\w+|misdiagnos\w+|MRI|imaging|x-?rays?|screening|sensitivity|specificity)\b")
_RARE = re.compile(r"\b(?:rare|rarely|uncommon)\b", re.IGNORECASE)
_RESEARCH_SECTION = re.compile(
    r"\b(?:materials?|methods?|methodology|results?|findings|participants|procedures?|statistical analys[ie]s"
    r"|study design|outcomes?|measures?|data (?:collection|analysis)|sample size|setting|ethics|funding"
    r"|acknowledge?ments?|limitations?|author(?:s['’]|['’]s)? contributions?|competing interests"
    r"|conflicts? of interest|data availability|abbreviations)\b",
    re.IGNORECASE,
)


def find_statements(article: Article, citations: Sequence[Citation]) -> list[Statement]:
    """Every sentence of the audited blocks as a statement, in order.

    Parameters
    ----------
    article
        The article; its blocks say what is audited.
    citations
        Its markers: their digits and years are no numbers of the statement, and a cited sentence is not vague.
    """
    readable = masked(article.text, citations)
    research = is_research(article)
    seen: Counter[str] = Counter()
    found: list[Statement] = []
    for block in article.blocks:
        if block.kind not in AUDITED:
            continue
        before: Statement | None = None
        for span in sentences(article.text[block.start : block.end]):
            start, end = block.start + span.start, block.start + span.end
            before = _statement(article, block, readable, (start, end), before, research=research, seen=seen)
            found.append(before)
    return found


def masked(text: str, citations: Sequence[Citation]) -> str:
    """The text with citation markers, addresses and Markdown's marks as spaces: same length, so places hold."""
    for citation in citations:
        length = citation.end - citation.start
        text = text[: citation.start] + " " * length + text[citation.end :]
    return _MARKUP.sub(lambda match: " " * len(match.group()), text).replace("\n", " ")


_MARKUP = re.compile(
    r"\]\([^()\s]*(?:\([^()\s]*\)[^()\s]*)*\)|https?://\S+|[*_`#]+(?=\S)|(?<=\S)[*_`]+|[\[\]]|^>\s?|^#+\s"
)


def is_research(article: Article) -> bool:
    """Whether the article reports a study of its own: it has sections for methods and for results."""
    headings = " \n ".join(article.text[b.start : b.end].lower() for b in article.blocks if b.kind == "heading")
    return bool(re.search(r"\bmethods?\b|\bparticipants\b|\bprocedures?\b", headings)) and "result" in headings


def fingerprint(text: str, seen: Counter[str]) -> str:
    """Hash of the folded text, and an ordinal among equals: never path, line or section."""
    digest = hashlib.sha256(fold(text).encode("utf-8", "replace")).hexdigest()[:16]
    seen[digest] += 1
    return f"{digest}:{seen[digest]}"


def _statement(
    article: Article,
    block: Block,
    readable: str,
    place: tuple[int, int],
    before: Statement | None,
    *,
    research: bool,
    seen: Counter[str],
) -> Statement:
    start, end = place
    words = readable[start:end]
    found = tuple(cues(words, start))
    signals = tuple(cue.signal for cue in found)
    exempt = _exempt(words, block.section, signals, research=research)
    kind: Kind = exempt[0] if exempt else _kind(words, signals)
    print_ = fingerprint(words, seen)
    digest, _, ordinal = print_.partition(":")
    asks = bool(signals) and exempt is None
    lead = leans(words) if before is not None else None
    leaning = before if lead is not None and exempt is None else None
    return Statement(
        id=f"s{digest[:10]}" + (f"-{ordinal}" if ordinal != "1" else ""),
        fingerprint=print_,
        text=article.text[start:end],
        start=start,
        end=end,
        sentence=Span(start=start, end=end),
        line=block.line + article.text.count("\n", block.start, start),
        section=block.section,
        kind=kind,
        question=_question(kind, words),
        needs_source=asks,
        signals=signals if asks else (),
        cues=found if asks else (),
        leans_on=leaning.id if leaning else None,
        goes_beyond=goes_beyond(words, readable[leaning.start : leaning.end]) if leaning and asks else None,
        reasons=(exempt[1],) if exempt else tuple(_reasons(found)),
    )


def _exempt(words: str, section: str, signals: Sequence[Signal], *, research: bool) -> tuple[Kind, str] | None:
    """The kind, and the reason, of a sentence that asks for no source whatever its words."""
    stance = framing(words)
    if stance:
        return stance
    if research and (_RESEARCH_SECTION.search(section) or own_work(words)):
        return "own work", "reports what the authors themselves did, found or aim at"
    if _DEFINITION.search(words) and not signals:
        return "definition", "says what a word means or what a thing is"
    return None


def _kind(words: str, signals: Sequence[Signal]) -> Kind:
    if _DIAGNOSIS.search(words) and "benefit" not in signals:
        return "diagnosis"
    return next((kind for signal, kind in _KIND_OF_SIGNAL if signal in signals), "fact")


def _question(kind: Kind, words: str) -> Question | None:
    question = _QUESTION_OF_KIND.get(kind)
    return "rare harm" if question == "common harm" and _RARE.search(words) else question


def _reasons(found: Sequence[Cue]) -> Iterator[str]:
    for cue in found:
        yield f"{MEANING[cue.signal]} (“{cue.text}”)"
    if not found:
        yield "makes no claim that its words mark as one to be sourced"
