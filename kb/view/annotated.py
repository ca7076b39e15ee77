"""The article as it reads, cut into pieces that each know their statement, citation or reference."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import Any, Protocol, TypeVar

from kb.model import AUDITED, Article, Audit, BlockKind, Citation, Kind, Record, Reviewed, Statement, Verdict
from kb.view.evidence import source_url

_SHOWN: frozenset[BlockKind] = AUDITED | {"title", "heading"}
_LEFT_OUT: dict[BlockKind, str] = {
    "byline": "names the author, asserts nothing",
    "table": "tables are not read for statements yet",
    "code": "not prose",
    "front matter": "settings of the page, not its text",
    "comment": "not shown to readers of the article",
    "reference list": "what is cited, not what is said",
    "promotion": "speaks for the publisher, not for the subject",
}


class Segment(Record, frozen=True, kw_only=True):
    """A run of text of one block, with what covers it."""

    text: str
    statement: str | None = None
    verdict: Verdict | None = None
    reviewed: Reviewed | None = None
    """What people said of the verdict."""
    kind: Kind | None = None
    rules: tuple[str, ...] = ()
    """The rules that found something in the statement, by their ids, each once."""
    cites: tuple[str, ...] | None = None
    """The references that a citation marker names; empty where it names none of the list, None outside a marker."""
    reference: str | None = None
    """Inside a reference list: the entry that this text is."""
    uncited: bool = False
    """Of such an entry: nothing in the text cites it."""
    work: str | None = None
    """Of such an entry: where the work is found."""


class Passage(Record, frozen=True, kw_only=True):
    """A block as it is shown."""

    kind: BlockKind
    line: int
    segments: tuple[Segment, ...]
    left_out: str = ""
    """Why the block was not searched for statements, in plain words; empty where it was."""


class _Placed(Protocol):
    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...


class _Entry(Record, frozen=True, kw_only=True):
    id: str
    start: int
    end: int
    uncited: bool
    work: str | None


_P = TypeVar("_P", bound=_Placed)


def annotate(audit: Audit) -> tuple[Passage, ...]:
    """Every block of the article in order, its text complete, cut where a statement, citation or reference begins.

    Where statements overlap, the text belongs to the innermost.
    """
    about = _about(audit)
    statements = sorted(audit.statements, key=_place)
    citations = sorted(audit.citations, key=_place)
    entries = sorted(_entries(audit), key=_place)
    passages = []
    for block in audit.article.blocks:
        start, end = _trimmed(audit.article, block.start, block.end)
        inside = (_within(statements, start, end), _within(citations, start, end), _within(entries, start, end))
        cuts = sorted({start, end, *(edge for row in inside for item in row for edge in _clip(item, start, end))})
        covers = (_covering(cuts, inside[0]), _covering(cuts, inside[1]), _covering(cuts, inside[2]))
        segments = tuple(
            _segment(audit.article.text[left:right], statement, citation, entry, about)
            for left, right, statement, citation, entry in zip(cuts, cuts[1:], *covers, strict=False)
        )
        left_out = "" if block.kind in _SHOWN else block.why or _LEFT_OUT.get(block.kind, "")
        passages.append(Passage(kind=block.kind, line=block.line, segments=segments, left_out=left_out))
    return tuple(passages)


def _about(audit: Audit) -> dict[str, dict[str, Any]]:
    """What a segment tells of its statement, by the statement's id."""
    rules: dict[str, dict[str, None]] = {}
    for finding in audit.findings:
        if finding.statement:
            rules.setdefault(finding.statement, {})[finding.rule] = None
    about: dict[str, dict[str, Any]] = {
        one.id: {"statement": one.id, "kind": one.kind, "rules": tuple(rules.get(one.id, ()))}
        for one in audit.statements
    }
    for assessment in audit.assessments:
        if assessment.statement in about:
            about[assessment.statement] |= {"verdict": assessment.verdict, "reviewed": assessment.reviewed}
    return about


def _segment(
    text: str,
    statement: Statement | None,
    citation: Citation | None,
    entry: _Entry | None,
    about: dict[str, dict[str, Any]],
) -> Segment:
    return Segment(
        text=text,
        cites=citation.references if citation else None,
        reference=entry.id if entry else None,
        uncited=entry.uncited if entry else False,
        work=entry.work if entry else None,
        **(about[statement.id] if statement else {}),
    )


def _entries(audit: Audit) -> Iterator[_Entry]:
    """The references that stand in the article itself."""
    cited = {reference for citation in audit.citations for reference in citation.references}
    works = {source.id: source_url(source) for source in audit.sources}
    for one in audit.references:
        if one.start is not None and one.end is not None:
            uncited = one.id not in cited
            yield _Entry(id=one.id, start=one.start, end=one.end, uncited=uncited, work=works.get(one.source))


def _place(item: _Placed) -> tuple[int, int]:
    """Sort key: outer before inner."""
    return item.start, -item.end


def _clip(item: _Placed, start: int, end: int) -> tuple[int, int]:
    return max(start, item.start), min(end, item.end)


def _trimmed(article: Article, start: int, end: int) -> tuple[int, int]:
    text = article.text[start:end]
    return start + len(text) - len(text.lstrip()), end - len(text) + len(text.rstrip())


def _within(items: Sequence[_P], start: int, end: int) -> list[_P]:
    """The items, sorted by start, that begin inside the block."""
    low, high = (bisect_left(items, edge, key=lambda item: item.start) for edge in (start, end))
    return list(items[low:high])


def _covering(cuts: Sequence[int], items: Sequence[_P]) -> list[_P | None]:
    """For each cut the innermost item that covers the text from there to the next cut; one pass."""
    found: list[_P | None] = []
    open_items: list[_P] = []
    waiting = iter(items)
    upcoming = next(waiting, None)
    for cut in cuts:
        while upcoming is not None and upcoming.start <= cut:
            open_items.append(upcoming)
            upcoming = next(waiting, None)
        while open_items and open_items[-1].end <= cut:
            open_items.pop()
        found.append(open_items[-1] if open_items else None)
    return found
