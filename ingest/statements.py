"""Sentences → statements: what each asserts, whether that asks for a source, and why, in plain words."""

from __future__ import annotations

import hashlib
import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence

from ingest.research import Ownership, own_sections
from kb.language.cues import MEANING, cues
from kb.language.folding import fold
from kb.language.places import Places
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
    ("conclusion", "fact"),
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


def find_statements(article: Article, citations: Sequence[Citation]) -> list[Statement]:
    """Every sentence of the audited blocks as a statement, in order.

    Parameters
    ----------
    article
        The article; its blocks say what is audited.
    citations
        Its markers, in order: their digits and years are no numbers of the statement, and who cites is not vague.
    """
    finder = _Finder(article, citations)
    return [statement for block in article.blocks if block.kind in AUDITED for statement in finder.of(block)]


class _Finder:
    """What is known of the whole article while its statements are found one after the other."""

    def __init__(self, article: Article, citations: Sequence[Citation]) -> None:
        self._article = article
        self._readable = masked(article.text, citations)
        self._markers = [citation.start for citation in citations]
        self._places = Places(article)
        self._own = own_sections(article)
        self._seen: Counter[str] = Counter()

    def of(self, block: Block) -> Iterator[Statement]:
        """The statements of one block; each may lean on the one before it."""
        before: Statement | None = None
        for span in sentences(self._article.text[block.start : block.end]):
            before = self._statement(block, Span(start=block.start + span.start, end=block.start + span.end), before)
            yield before

    def _statement(self, block: Block, place: Span, before: Statement | None) -> Statement:
        words = self._readable[place.start : place.end]
        cited = bisect_left(self._markers, place.end) > bisect_left(self._markers, place.start)
        found = tuple(cue for cue in cues(words, place.start) if not (cited and cue.signal == "vague attribution"))
        signals = tuple(cue.signal for cue in found)
        exempt = _exempt(words, signals, self._own.get(block.start))
        kind = exempt[0] if exempt else _kind(words, signals)
        asks = bool(signals) and exempt is None
        leaning = before if before and not exempt and leans(words) else None
        beyond = goes_beyond(words, self._readable[leaning.start : leaning.end]) if leaning and asks else None
        mark = fingerprint(words, self._seen)
        return Statement(
            id=_id(mark),
            fingerprint=mark,
            text=self._article.text[place.start : place.end],
            start=place.start,
            end=place.end,
            sentence=place,
            line=self._places.line(place.start),
            place=block.place,
            section=block.section,
            kind=kind,
            question=_question(kind, words),
            needs_source=asks,
            signals=signals if asks else (),
            cues=found if asks else (),
            leans_on=leaning.id if leaning else None,
            goes_beyond=beyond,
            reasons=(exempt[1],) if exempt else tuple(_reasons(found)),
        )


_MARKUP = re.compile(
    r"\]\([^()\s]*(?:\([^()\s]*\)[^()\s]*)*\)|https?://\S+|[*_`#]+(?=\S)|(?<=\S)[*_`]+|[\[\]]|^>\s?|^#+\s", re.MULTILINE
)


def masked(text: str, citations: Sequence[Citation]) -> str:
    """The text with citation markers, addresses and Markdown's marks as spaces: same length, so places hold."""
    pieces, position = [], 0
    for citation in citations:
        pieces += [text[position : citation.start], " " * (citation.end - citation.start)]
        position = citation.end
    joined = "".join([*pieces, text[position:]])
    return _MARKUP.sub(lambda match: " " * len(match.group()), joined).replace("\n", " ")


def fingerprint(text: str, seen: Counter[str]) -> str:
    """Hash of the folded text, and an ordinal among equals: never path, line or section."""
    digest = hashlib.sha256(fold(text).encode("utf-8", "replace")).hexdigest()[:16]
    seen[digest] += 1
    return f"{digest}:{seen[digest]}"


def _id(mark: str) -> str:
    """The short id that derives from a fingerprint."""
    digest, _, ordinal = mark.partition(":")
    return f"s{digest[:10]}" if ordinal == "1" else f"s{digest[:10]}-{ordinal}"


def _exempt(words: str, signals: Sequence[Signal], own: Ownership | None) -> tuple[Kind, str] | None:
    """The kind, and the reason, of a sentence that asks for no source whatever its words.

    ``own`` is what a research article's block reports of that research itself; None in any other article.
    """
    stance = framing(words)
    if stance:
        return stance
    if own == "whole" or (own == "mixed" and own_work(words)):
        return "own work", "reports what the authors themselves did, found or conclude from it"
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
