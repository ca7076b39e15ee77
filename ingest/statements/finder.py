"""The statements of an article, one after the other."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby

from ingest.research import own_sections
from ingest.statements.identity import fingerprint
from ingest.statements.language import language_of, not_judged
from ingest.statements.need import Circumstances, Need, need
from ingest.statements.weighed import weighed
from kb.language.clauses import clauses
from kb.language.digests import statement_id
from kb.language.kinds import question_of
from kb.language.marks import marks
from kb.language.places import Places
from kb.language.sentences import sentences
from kb.language.stance import goes_beyond, leans
from kb.model import AUDITED, Article, Block, Citation, Span, Statement
from kb.settings import Strictness


def find_statements(
    article: Article, citations: Sequence[Citation], strictness: Strictness = "normal"
) -> list[Statement]:
    """Every sentence of the audited blocks as a statement, or each of its clauses where citations tell them apart.

    Parameters
    ----------
    article
        The article; its blocks say what is audited.
    citations
        Its markers, in order: their digits and years are no numbers of the statement, and who cites is not vague.
    strictness
        How much asks for a source: ``lenient`` what plainly does, ``normal``, ``strict`` also what might.
    """
    finder = _Finder(article, citations, strictness)
    return [statement for block in article.blocks if block.kind in AUDITED for statement in finder.of(block)]


class _Finder:
    """What is known of the whole article while its statements are found."""

    def __init__(self, article: Article, citations: Sequence[Citation], strictness: Strictness) -> None:
        self._article = article
        self._readable = masked(article.text, citations)
        self._markers = [(citation.start, citation.end) for citation in citations]
        self._places = Places(article)
        self._own = own_sections(article)
        self._seen: Counter[str] = Counter()
        self._strictness = strictness
        self._positions = positions(article)
        foreign = not_judged(language_of(article))
        self._foreign = Need("fact", False, (), (f"not judged: {foreign}",), exempt=True) if foreign else None

    def of(self, block: Block) -> Iterator[Statement]:
        """The statements of one block; each may lean on the one before it."""
        before: Statement | None = None
        for span in sentences(self._article.text[block.start : block.end]):
            sentence = Span(start=block.start + span.start, end=block.start + span.end)
            for clause in self._clauses(sentence):
                before = self._statement(block, sentence, clause, before)
                yield before

    def _clauses(self, sentence: Span) -> list[Span]:
        """The clauses of a sentence that its citations tell apart; mostly the sentence itself."""
        inside = [(start - sentence.start, end - sentence.start) for start, end in self._within(sentence)]
        if not inside:
            return [sentence]
        found = clauses(self._readable[sentence.start : sentence.end], inside)
        return [Span(start=sentence.start + clause.start, end=sentence.start + clause.end) for clause in found]

    def _within(self, place: Span) -> list[tuple[int, int]]:
        """The markers that start within a passage."""
        return self._markers[bisect_left(self._markers, (place.start,)) : bisect_left(self._markers, (place.end,))]

    def _statement(self, block: Block, sentence: Span, place: Span, before: Statement | None) -> Statement:
        words = self._readable[place.start : place.end]
        found, likely = self._judged(block, place, words)
        leaning = before if before and not found.exempt and leans(words) else None
        mark = fingerprint(words, self._seen)
        return Statement(
            id=statement_id(mark),
            fingerprint=mark,
            text=self._article.text[place.start : place.end],
            start=place.start,
            end=place.end,
            sentence=sentence,
            line=self._places.line(place.start),
            place=block.place,
            section=block.section,
            kind=found.kind,
            question=question_of(found.kind, words),
            needs_source=found.asks,
            signals=tuple(cue.signal for cue in found.cues),
            cues=found.cues,
            marks=() if self._foreign else marks(words, place.start),
            worth=likely,
            leans_on=leaning.id if leaning else None,
            goes_beyond=self._beyond(words, leaning, found),
            reasons=found.reasons,
        )

    def _judged(self, block: Block, place: Span, words: str) -> tuple[Need, float | None]:
        """What the words of a passage say, and how likely a model holds a citation."""
        if self._foreign:
            return self._foreign, None
        circumstances = Circumstances(
            cited=bool(self._within(place)),
            own=self._own.get(block.start),
            strictness=self._strictness,
            section=block.section,
            position=self._positions.get(block.start),
        )
        return weighed(need(words, place.start, circumstances), words, circumstances)

    def _beyond(self, words: str, leaning: Statement | None, found: Need) -> str | None:
        """What a sentence that asks for a source claims beyond the one that it leans on."""
        if leaning is None or not found.asks:
            return None
        return goes_beyond(words, self._readable[leaning.start : leaning.end])


def positions(article: Article) -> dict[int, float]:
    """Where each audited block stands among those of its section, 0 the first and 1 the last, by where it starts."""
    found: dict[int, float] = {}
    audited = (block for block in article.blocks if block.kind in AUDITED)
    for _, those in groupby(audited, key=lambda block: block.section):
        starts = [block.start for block in those]
        found.update((start, at / max(1, len(starts) - 1)) for at, start in enumerate(starts))
    return found


_MARKUP = re.compile(
    r"(?=[][*_`#>h])(?:\]\([^()\s]*(?:\([^()\s]*\)[^()\s]*)*\)|https?://\S+|[*_`#]+(?=\S)|(?<=\S)[*_`]+|[\[\]]|^>\s?"
    r"|^#+\s)",
    re.MULTILINE,
)
"""Links but for their words, addresses, emphasis, brackets, and what leads a quotation or a heading."""


def masked(text: str, citations: Sequence[Citation]) -> str:
    """The text with citation markers, addresses and Markdown's marks as spaces: same length, so places hold."""
    pieces, position = [], 0
    for citation in citations:
        pieces += [text[position : citation.start], " " * (citation.end - citation.start)]
        position = citation.end
    joined = "".join([*pieces, text[position:]])
    return _MARKUP.sub(lambda match: " " * len(match.group()), joined).replace("\n", " ")
