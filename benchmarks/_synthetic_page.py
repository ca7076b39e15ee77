"""The page of a synthetic article while it is written: its text, and what stands where in it."""

from __future__ import annotations

import zlib
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from benchmarks._synthetic_sources import mixed
from benchmarks._synthetic_words import Saying
from ingest.statements.identity import fingerprint
from kb.language.digests import statement_id
from kb.model import Article, Block, Citation, Cue, Mark, Reference, Source, Span, Statement

_BEYOND = 0.3
"""The share of leaning statements that say more than what they lean on."""


class Sentence(NamedTuple):
    """What a sentence says, how it begins, and by their places in the list the works that it cites."""

    said: Saying
    opening: str
    cited: tuple[int, ...]


class Page:
    """The text of an article while it is written, with what stands where."""

    def __init__(self, title: str) -> None:
        self.statements: list[Statement] = []
        self.citations: list[Citation] = []
        self._title = title
        self._parts = [title, "\n"]
        self._length, self._line = len(title) + 1, 2
        self._blocks = [Block(kind="title", start=0, end=len(title), line=1)]
        self._begun = self._length
        self._seen: Counter[str] = Counter()

    def _write(self, text: str) -> tuple[int, int]:
        start = self._length
        self._parts.append(text)
        self._length += len(text)
        self._line += text.count("\n")
        return start, self._length

    def _end_paragraph(self) -> None:
        if self._length > self._begun:
            self._blocks.append(Block(kind="paragraph", start=self._begun, end=self._length, line=self._line))
            self._write("\n")
        self._write("\n")
        self._begun = self._length

    def add(self, sentence: Sentence, *, new_paragraph: bool, leaning: bool) -> None:
        """Write a sentence; where it leans on the one before, it says so."""
        if new_paragraph:
            self._end_paragraph()
        elif self._length > self._begun:
            self._write(" ")
        words = sentence.opening + sentence.said.text[:1].lower() * bool(sentence.opening)
        words += sentence.said.text[bool(sentence.opening) :]
        marker = f" [{', '.join(str(place + 1) for place in sentence.cited)}]" if sentence.cited else ""
        start, end = self._write(f"{words}{marker}.")
        mark = fingerprint(words + ".", self._seen)
        base = self.statements[-1].id if leaning else None
        self.statements.append(_statement(sentence.said, self._parts[-1], start, self._line, mark, base))
        if marker:
            at = start + len(words) + 1
            self.citations.append(
                Citation(
                    text=marker[1:],
                    start=at,
                    end=end - 1,
                    line=self._line,
                    references=tuple(str(place + 1) for place in sentence.cited),
                    statements=(self.statements[-1].id,),
                )
            )

    def list_references(self, sources: Sequence[Source]) -> tuple[Reference, ...]:
        """Write the list of references."""
        self._end_paragraph()
        heading, line = self._write("References\n")[0], self._line - 1
        references = []
        for position, cited in enumerate(sources, 1):
            names = ", ".join(cited.authors)
            text = f"{position}. {names}. {cited.title}. {cited.container}. {cited.year}."
            start, end = self._write(f"{text} doi:{cited.doi}" if cited.doi else text)
            references.append(_reference(position, cited, self._parts[-1], start, end, self._line))
            self._write("\n")
        self._blocks.append(Block(kind="reference list", start=heading, end=self._length, line=line))
        return tuple(references)

    def article(self, name: str, date: str) -> Article:
        """The article as read."""
        text = "".join(self._parts)
        return Article(
            id=name,
            title=self._title,
            text=text,
            blocks=tuple(self._blocks),
            format="markdown",
            date=date,
            language="en",
        )


def _statement(said: Saying, text: str, start: int, line: int, mark: str, base: str | None) -> Statement:
    pattern = said.pattern
    place = Span(start=start, end=start + len(text))
    return Statement(
        id=statement_id(mark),
        fingerprint=mark,
        text=text,
        start=place.start,
        end=place.end,
        sentence=place,
        line=line,
        section="",
        kind=pattern.kind,
        question=pattern.question,
        needs_source=pattern.signal is not None,
        signals=(pattern.signal,) if pattern.signal else (),
        cues=_cues(said, text, start),
        marks=_marks(said, text, start),
        leans_on=base,
        goes_beyond="it says more" if base and mixed(zlib.crc32(mark.encode()), 7) < _BEYOND else None,
        reasons=(f"It is a {pattern.kind}.",),
    )


def _cues(said: Saying, text: str, start: int) -> tuple[Cue, ...]:
    at = text.find(said.verb)
    if not said.pattern.signal or at < 0:
        return ()
    return (Cue(signal=said.pattern.signal, text=said.verb, start=start + at, end=start + at + len(said.verb)),)


def _marks(said: Saying, text: str, start: int) -> tuple[Mark, ...]:
    at = text.lower().find(said.agent)
    if not said.agent or at < 0:
        return ()
    end = at + len(said.agent)
    return (Mark(kind="intervention", text=text[at:end], start=start + at, end=start + end),)


def _reference(position: int, cited: Source, text: str, start: int, end: int, line: int) -> Reference:
    return Reference(
        id=str(position),
        position=position,
        text=text,
        source=cited.id,
        line=line,
        start=start,
        end=end,
        label=str(position),
        authors=cited.authors,
        year=cited.year,
        title=cited.title,
        container=cited.container,
        doi=cited.doi,
        pmid=cited.pmid,
    )
