"""Reads the moving format (`kb.report.exchange.records`), whoever wrote it: what does not hold together is left out.

A fault makes its article a bad one, of which nothing is handed on, and the next article is read on; each bad article,
and each bad source, is told in one line with the file and the line in it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Set
from typing import Any, BinaryIO, NamedTuple, TypeAlias

import msgspec

from kb.errors import UsageError, one_line
from kb.model import Audit, Record, Source
from kb.report.exchange.holding import misfit, wrong_id
from kb.report.exchange.records import BARE, FORMAT, KINDS, PARTS, SCHEMA, Header, Line, Total

LONGEST = 64_000_000
"""Bytes of one line that is read. An article of the largest file that is audited has a quarter of that."""
_LONG_NUMBER = re.compile(rb"[0-9]{10}")
_MOST = 2**31 - 1
"""The largest integer of every database."""
_AGAIN = "export the knowledge base again, and import that"


Read: TypeAlias = Source | Audit | UsageError
"""Of the sources of an audit only the ids are there."""


class Export(NamedTuple):
    """An export that begins as one.

    Attributes
    ----------
    full
        Whether sources come with their texts.
    records
        Sources, then audits, and what is wrong with the others; one article is in memory at a time, and the ids of all.
    """

    full: bool
    records: Iterator[Read]


def opened(file: BinaryIO, place: str) -> Export:
    """Read the first line of an export.

    Parameters
    ----------
    file
        Read from where it stands, once, and never back.
    place
        Its name, for the messages.

    Raises
    ------
    UsageError
        It is no file of this format, or a newer version wrote it.
    """
    try:
        found = msgspec.json.decode(file.readline(10_000))
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        found = None
    if not isinstance(found, dict) or found.get("format") != FORMAT:
        problem = "is no export that can be imported"
        raise UsageError(problem, place=place, remedy="name a file that `kb export --format records` wrote")
    schema = found.get("schema")
    if isinstance(schema, int) and schema > SCHEMA:
        problem = f"was written by a newer version of this program (schema {schema}, known is {SCHEMA})"
        raise UsageError(problem, place=place, remedy="update evidence-kb")
    try:
        header = msgspec.convert(found, Header)
    except msgspec.ValidationError as error:
        raise _error(place, 1, f"is no first line of an export ({error})") from None
    if header.schema != SCHEMA:
        raise _error(place, 1, f"names a schema that is none ({header.schema})")
    return Export(header.full, _records(file, place))


def _records(file: BinaryIO, place: str) -> Iterator[Read]:
    reading = _Reading(place)
    number = 1
    while raw := file.readline(LONGEST + 1):
        number += 1
        if len(raw) > LONGEST:
            while raw and not raw.endswith(b"\n"):
                raw = file.readline(1_000_000)
            yield from reading.fault(number, f"is longer than {LONGEST // 1_000_000} MB")
        elif raw.strip():
            yield from reading.line(number, raw)
    yield from reading.close(number)


class _Bad(Exception):
    """What is wrong with a line, in words."""


class _Article:
    """An article whose lines are coming in, and the first fault in them."""

    def __init__(self, number: int, line: Line, bare: Audit, fault: UsageError | None) -> None:
        self._number, self._line, self._bare, self.fault = number, line, bare, fault
        self._records: dict[str, list[Record]] = {kind: [] for kind in PARTS}
        self._numbers: dict[str, list[int]] = {kind: [] for kind in PARTS}

    @property
    def lacks(self) -> int:
        """How many of the lines that it announces have not come."""
        return sum(max(0, count - len(self._numbers.get(kind, ()))) for kind, count in self._line.parts.items())

    def add(self, number: int, kind: str, record: Record) -> bool:
        """Take a line; False where the article announces no more of its kind."""
        room = self._line.parts.get(kind, 0) > len(self._numbers[kind])
        self._numbers[kind].append(number)
        if not self.fault:
            self._records[kind].append(record)
        return room

    def whole(self, place: str, sources: Set[str]) -> Audit | UsageError:
        """The audit, if it holds together; its sources have nothing but their ids."""
        name = _shown(self._bare.article.id)
        if self.fault:
            return self.fault
        if self.lacks:
            return _error(place, self._number, f"the article {name} is cut short: it lacks {self.lacks} of its lines")
        strange = next((one for one in self._line.sources if one not in sources), None)
        if strange is not None:
            problem = f"the article {name} names the source {_shown(strange)}, which is not among those before it"
            return _error(place, self._number, problem)
        named = tuple(Source(id=one) for one in self._line.sources)
        parts: dict[str, Any] = {part.field: tuple(self._records[kind]) for kind, part in PARTS.items()}
        audit = msgspec.structs.replace(self._bare, sources=named, **parts)
        found = misfit(audit)
        if found is None:
            return audit
        number = self._number if found.kind == "article" else self._numbers[found.kind][found.place]
        return _error(place, number, f"in the article {name}, {found.problem}")


class _Reading:
    """Where the reading of a file stands."""

    def __init__(self, place: str) -> None:
        self._place = place
        self._sources: set[str] = set()
        self._articles: set[str] = set()
        self._counted = Counter[str]()
        self._open: _Article | None = None
        self._adrift = False  # among lines that belong to nothing, of which the first was told
        self._ended = False
        self._faulty = False  # a line that was not to be read, and so is missing from what is counted

    def line(self, number: int, raw: bytes) -> Iterator[Read]:
        """What comes to its end with this line."""
        try:
            line, record = _decoded(raw)
        except _Bad as bad:
            yield from self.fault(number, str(bad))
            return
        self._counted[line.kind] += 1
        if self._ended:
            yield from self.fault(number, "stands behind the end of the export")
        elif isinstance(record, Source):
            yield from self._closed()
            yield self._source(number, record)
        elif isinstance(record, Audit):
            yield from self._closed()
            self._open = self._article(number, line, record)
        elif isinstance(record, Total):
            yield from self._closed()
            self._ended = True
            counted = (self._counted["source"], self._counted["article"])
            if (record.sources, record.articles) != counted and not self._faulty:
                yield _error(self._place, number, "the export announces other numbers of lines than it has")
        elif self._open is None or not self._open.lacks or not self._open.add(number, line.kind, record):
            yield from self.fault(number, f"a line of kind {line.kind} that no article announces")

    def fault(self, number: int, problem: str) -> Iterator[Read]:
        """Lay a fault to the article whose lines are coming; where none is, tell it, once for lines in a row."""
        error = _error(self._place, number, problem)
        self._faulty = True
        if self._open and self._open.lacks:
            self._open.fault = self._open.fault or error
        elif not self._adrift:
            yield from self._closed()
            self._adrift = True
            yield error

    def close(self, number: int) -> Iterator[Read]:
        """What the end of the file brings to its end."""
        yield from self._closed()
        if not self._ended:
            yield _error(self._place, number, "the export is cut short behind this line")

    def _closed(self) -> Iterator[Read]:
        self._adrift = False
        if self._open:
            yield self._open.whole(self._place, self._sources)
            self._open = None

    def _source(self, number: int, source: Source) -> Source | UsageError:
        if not source.id or source.id in self._sources:
            problem = f"the source {_shown(source.id)} came before" if source.id else "a source without an id"
            return _error(self._place, number, problem)
        self._sources.add(source.id)
        return source

    def _article(self, number: int, line: Line, bare: Audit) -> _Article:
        name = bare.article.id
        problem = wrong_id(name)
        if name in self._articles:
            problem = f"the article {_shown(name)} came before"
        elif not problem and any(getattr(bare, field) for field in BARE):
            problem = "an article that holds its parts in its own line"
        self._articles.add(name)
        return _Article(number, line, bare, _error(self._place, number, problem) if problem else None)


def _decoded(raw: bytes) -> tuple[Line, Record]:
    """A line and its record, which has no field that is not known."""
    try:
        line = msgspec.json.decode(raw, type=Line)
        if line.kind not in KINDS:
            raise _Bad(f"is of a kind that is not known ({one_line(line.kind)[:60]})")
        if not line.parts.keys() <= PARTS.keys():
            raise _Bad("announces lines of a kind that is not known")
        record: Record = msgspec.json.decode(line.record, type=KINDS[line.kind])
        # What this program wrote comes out of it again byte for byte; only what does not is looked at field by field.
        if bytes(line.record) != msgspec.json.encode(record) or _LONG_NUMBER.search(line.record):
            _check(msgspec.json.decode(line.record), record)
    except msgspec.DecodeError as error:
        raise _Bad(f"is no record of this format ({str(error)[:200]})") from None
    except UnicodeDecodeError:
        raise _Bad("is not UTF-8") from None
    except RecursionError:
        raise _Bad("is nested too deeply") from None
    return line, record


def _check(raw: Any, record: Any) -> None:
    """Refuse fields that are not known, and integers that no database holds."""
    if isinstance(record, int) and abs(record) > _MOST:
        raise _Bad("holds a number that is too large")
    if isinstance(record, Record):
        for name, value in raw.items():
            if name not in record.__struct_fields__:
                raise _Bad(f"has a field that is not known ({one_line(name)[:60]})")
            _check(value, getattr(record, name))
    elif isinstance(record, tuple):
        for one, other in zip(raw, record, strict=True):
            _check(one, other)


def _shown(name: str) -> str:
    return f"“{one_line(name)[:80]}”"


def _error(place: str, number: int, problem: str) -> UsageError:
    return UsageError(problem, place=f"{place}:{number}", remedy=_AGAIN)
