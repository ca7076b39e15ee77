"""What the linter found, mended in the files of a run.

Everything is made from an audit: what the lock knows of the works, and how the article was read. No fix is written
before the article, as it would then be, was audited again and found to say, cite and find what it did.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from pathlib import Path
from typing import NamedTuple

from ingest.beside import own_bibliographies, real
from ingest.linting.checking import Failed
from ingest.linting.desk import Desk
from ingest.linting.fixing.bytes import edited
from ingest.linting.fixing.files import Files
from ingest.linting.fixing.libraries import NOT_MENDED, Shelf, Wish
from ingest.linting.fixing.planning import TYPED, UNCONFIRMED, missing_dois, pairs, plan
from ingest.linting.fixing.records import DUPLICATE, FORM, MISSING, PREPRINT, Plan, Told
from ingest.linting.fixing.safety import harm
from ingest.linting.fixing.stage import Room
from ingest.linting.given import Given
from ingest.naming import relative_id
from ingest.read import load
from ingest.reading import Reading
from kb.errors import KnowledgeBaseError
from kb.linting.outcome import Checked, Outcome
from kb.model import LISTED, Audit, Reference

_MENDED = frozenset({DUPLICATE, MISSING, FORM})


class Line(NamedTuple):
    """What is told of one finding: where it is, its rule, and what was done or why not."""

    file: str
    line: int
    rule: str
    words: str


class Mended(NamedTuple):
    """What was mended, or would be.

    Attributes
    ----------
    done
        The changes.
    left
        What could not be mended, and why, and what is only suggested.
    diff
        All changes as a unified diff.
    files
        How many files were, or would be, written.
    failed
        Why articles could not be read or files not be written.
    relock
        Whether the project has an evidence lock, which knows entries by the words that they had.
    """

    done: tuple[Line, ...]
    left: tuple[Line, ...]
    diff: str
    files: int
    failed: tuple[Failed, ...]
    relock: bool


def fix(
    found: Sequence[Checked], articles: Mapping[str, Path], others: Mapping[str, Path], given: Given, *, show: bool
) -> Mended:
    """Mend what the linter found.

    Parameters
    ----------
    found
        The articles as they were checked; what is waived, or of rules that do not count, is left alone, and what is
        known of old is mended.
    articles, others
        The files of the articles of this run, and of the others of the project, by id.
    show
        Whether nothing is to be written.
    """
    bench = _Bench(given, articles)
    for checked in found:
        bench.mend(checked)
    bench.libraries(others)
    written, failed = ([*bench.files.changed().values()], []) if show else bench.files.write()
    return Mended(
        done=tuple(_line(file.name, one) for file in written for one in sorted(file.done, key=_by_line)),
        left=tuple(bench.left),
        diff=bench.files.diff() if show else "",
        files=len(written),
        failed=(*bench.failed, *failed),
        relock=given.lock is not None and bool(written) and not show,
    )


def _by_line(told: Told) -> int:
    return told.line


def _line(name: str, told: Told) -> Line:
    return Line(name, told.line, told.rule, told.words)


class _Bench:
    """Where the articles of a run are mended, one after the other, and then their bibliographies."""

    def __init__(self, given: Given, articles: Mapping[str, Path]) -> None:
        self._given, self._articles = given, articles
        self._desk, self._room = Desk(given), Room(given)
        self._wishes: dict[Path, list[Wish]] = defaultdict(list)
        self.files = Files(given.project)
        self.left: list[Line] = []
        self.failed: list[Failed] = []

    def mend(self, checked: Checked) -> None:
        """Mend an article's own text, and take down what it asks of bibliographies."""
        open_ones = [one for one in checked.outcomes if one.state != "waived" and one.finding.reference]
        for outcome in open_ones:
            if outcome.finding.rule == PREPRINT:
                self._suggest(checked.article, outcome)
        flagged = {(one.finding.rule, one.finding.reference or "") for one in open_ones}
        flagged = {one for one in flagged if one[0] in _MENDED}
        if not flagged:
            return
        path = self._articles[checked.article]
        try:
            data = load(path, checked.article)
            reading, audit = self._desk.audit(data, checked.article, path)
            if audit.article.format in TYPED:
                self._text(data, reading, audit, path, flagged)
            self._ask(audit, path, flagged)
        except KnowledgeBaseError as error:
            self.failed.append(Failed(str(error), error.exit_code))

    def libraries(self, others: Mapping[str, Path]) -> None:
        """Mend the bibliographies, each for all articles that ask something of it."""
        shelf = Shelf(self._room, self.files, self._articles, others)
        for path, wishes in sorted(self._wishes.items()):
            name = relative_id(path, self._given.project)
            try:
                self._leave(name, shelf.mend(path, name, wishes))
            except KnowledgeBaseError as error:
                self.failed.append(Failed(str(error), error.exit_code))

    def _text(
        self, data: bytes, reading: Reading, audit: Audit, path: Path, flagged: AbstractSet[tuple[str, str]]
    ) -> None:
        """Mend the article's own list; where that would harm, without taking entries out."""
        article = audit.article.id
        left: list[Told] = []
        for rules in (_MENDED, _MENDED - {DUPLICATE}):
            made = plan(reading, audit, {one for one in flagged if one[0] in rules})
            left += made.left
            if not made.edits:
                break
            mended = edited(data, made.edits, article)
            before, after = (self._room.seen(one, article, path) for one in (data, mended))
            why = harm(before, after, made.expected)
            if not why:
                self.files.change(path, article, data, mended, made.done)
                break
            left = [*left, *_undone(made, why)]
        self._leave(article, dict.fromkeys(left))

    def _ask(self, audit: Audit, path: Path, flagged: AbstractSet[tuple[str, str]]) -> None:
        """Take down what an article asks of bibliographies, and tell what cannot be mended anywhere."""
        article = audit.article
        wanted = missing_dois(audit, {name for rule, name in flagged if rule == MISSING})
        asked: list[tuple[Reference, Wish | None, Told]] = []
        for one in audit.references:
            if (MISSING, one.id) in flagged and one.origin != LISTED:
                wish = Wish(article.id, one.label, doi=wanted[one.id].value) if one.id in wanted else None
                asked.append((one, wish, Told(MISSING, one.line or 1, UNCONFIRMED)))
        for first, later in pairs(audit, {name for rule, name in flagged if rule == DUPLICATE}):
            if later.origin != LISTED or first.origin != LISTED:
                wish = Wish(article.id, later.label, first=first.label) if first.origin == later.origin else None
                asked.append((later, wish, Told(DUPLICATE, later.line or 1, "the two stand in different places")))
        if article.format not in TYPED:
            listed = [one for one in audit.references if one.origin == LISTED]
            kept = [(rule, one.line or 1) for one in listed for rule in sorted(_MENDED) if (rule, one.id) in flagged]
            self._leave(article.id, [Told(rule, line, f"was not mended: {NOT_MENDED}") for rule, line in kept])
        files = self._bibliographies(audit, path) if asked else {}
        for reference, wish, told in asked:
            there = files.get(reference.origin, frozenset())
            if wish and len(there) == 1:
                self._wishes[next(iter(there))].append(wish)
            else:
                why = told.words if not wish else f"{reference.origin} is no single file of the project"
                self._leave(article.id, [told._replace(words=f"entry '{reference.id}' was left as it is: {why}")])

    def _bibliographies(self, audit: Audit, path: Path) -> dict[str, frozenset[Path]]:
        """The bibliographies of an article that lie in the project, by name."""
        project = real(self._given.project)
        own, _ = own_bibliographies(audit.article, path)
        files = {real(file) for file in (*(one.path for one in own), *self._given.bibliographies)}
        return {
            name: frozenset(file for file in files if file.name == name and file.is_relative_to(project))
            for name in {file.name for file in files}
        }

    def _suggest(self, article: str, outcome: Outcome) -> None:
        finding = outcome.finding
        words = f"suggestion: {finding.message}; {finding.remedy}"
        self._leave(article, [Told(finding.rule, finding.line, words)])

    def _leave(self, name: str, told: Iterable[Told]) -> None:
        self.left += [_line(name, one) for one in told]


def _undone(made: Plan, why: str) -> Iterator[Told]:
    """What was planned and is not done."""
    return (one._replace(words=f"was not mended: {why}") for one in made.done)
