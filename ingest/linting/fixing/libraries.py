"""Entries of BibTeX files, mended for all articles that cite them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from ingest.beside import load
from ingest.citekeys import key_places
from ingest.linting.checking import content
from ingest.linting.fixing.bytes import edited
from ingest.linting.fixing.files import Files
from ingest.linting.fixing.keys import rekeyed
from ingest.linting.fixing.records import DUPLICATE, MISSING, Expected, Told
from ingest.linting.fixing.safety import harm
from ingest.linting.fixing.stage import Room
from ingest.naming import FORMATS
from ingest.read import load as load_article
from ingest.read import read_bytes
from ingest.references.bibtex_blocks import lines_of
from ingest.references.bibtex_removal import without
from ingest.references.formats import is_bibtex
from ingest.references.rewrite import Edit as FieldEdit
from ingest.references.rewrite import rewrite
from kb.identifiers import doi_url
from kb.model import Audit

NOT_MENDED = "only Markdown, plain text and .bib files are mended"

_REFUSED = re.compile(r"entry '(.+?)'(?:: its doi)? was left as it is \((.+)\)", re.DOTALL)
"""How ``rewrite`` says which entry it left, and why."""


class Wish(NamedTuple):
    """What an article asks of an entry: to gain a DOI, or to give way to the entry with the key ``first``."""

    article: str
    key: str
    doi: str = ""
    first: str = ""

    @property
    def rule(self) -> str:
        """The rule whose finding asks for it."""
        return DUPLICATE if self.first else MISSING


class _Rekeyed(NamedTuple):
    """An article with other keys: its content, and the line of the first of them."""

    data: bytes
    line: int


class _Change(NamedTuple):
    """A bibliography as it is to be, the DOIs it gained and the keys that went, and the new content of articles."""

    data: bytes
    dois: Mapping[str, str]
    gone: Mapping[str, str]
    articles: Mapping[str, _Rekeyed]
    left: Mapping[str, str]


class Shelf:
    """Mends bibliographies, one after the other.

    Parameters
    ----------
    articles
        The files of the articles of this run, by id.
    others
        Those of the other articles of the project, which cite the same bibliographies and are not changed.
    """

    def __init__(self, room: Room, files: Files, articles: Mapping[str, Path], others: Mapping[str, Path]) -> None:
        self._room, self._files = room, files
        self._articles, self._others = articles, others
        self._cited: dict[str, frozenset[str]] = {}

    def mend(self, path: Path, name: str, wishes: Sequence[Wish]) -> list[Told]:
        """Mend a bibliography as far as nothing else changes by it; what was left, in words.

        Raises
        ------
        KnowledgeBaseError
            The bibliography, or an article, cannot be read or kept as it is.
        """
        data = load(path, name)
        asked = {(wish.rule, wish.key): wish for wish in wishes}
        if not is_bibtex(data, name):
            return [_left(rule, 1, key, NOT_MENDED) for rule, key in asked]
        lines = lines_of(data, name)
        dois = {wish.key: wish.doi for wish in asked.values() if wish.doi}
        merges = tuple((wish.first, wish.key) for wish in asked.values() if wish.first)
        why: dict[str, str] = {}
        done: set[tuple[str, str]] = set()
        for pairs in dict.fromkeys((merges, ())):  # where taking entries out would harm, only DOIs are added
            change = self._change(data, name, dois, pairs)
            why = {**change.left, **why}
            harmed = self._harm(path, name, {wish.article for wish in wishes}, change)
            if not harmed:
                self._keep(path, name, data, change, lines)
                done = {*((MISSING, key) for key in change.dois), *((DUPLICATE, key) for key in change.gone)}
                break
            why = {**{key: harmed for _, key in asked}, **why}
        return [
            _left(rule, lines.get(key, 1), key, why.get(key, "it has faults of its own"))
            for rule, key in asked
            if (rule, key) not in done
        ]

    def _change(self, data: bytes, name: str, dois: Mapping[str, str], pairs: Sequence[tuple[str, str]]) -> _Change:
        """The changes that can be made together, and by key why others cannot."""
        edits = [FieldEdit(key=key, field="doi", value=doi) for key, doi in dois.items()]
        rewritten = rewrite(data, edits, name)
        left = {match[1]: match[2] for words in rewritten.left if (match := _REFUSED.fullmatch(words))}
        while True:
            removed = without(rewritten.data, pairs, name)
            left |= dict(removed.left)
            gone = {later: first for first, later in pairs if later in removed.done}
            articles, refused = self._rekeyed(gone)
            left |= refused
            if not refused:
                gained = {key: dois[key] for key, _ in rewritten.done}
                return _Change(removed.data, gained, gone, articles, left)
            pairs = [(first, later) for first, later in pairs if later in gone and later not in refused]

    def _rekeyed(self, gone: Mapping[str, str]) -> tuple[dict[str, _Rekeyed], dict[str, str]]:
        """The articles with other keys in place of those that are gone; by key, why that is not sure."""
        articles: dict[str, _Rekeyed] = {}
        refused: dict[str, str] = {}
        for article, path in {**self._others, **self._articles}.items() if gone else ():
            keys = {key: gone[key] for key in self._keys(article, path) & gone.keys()}
            if keys and article not in self._articles:
                refused |= dict.fromkeys(keys, f"{article} cites it, and is not among the articles that are checked")
            elif keys:
                data = self._content(article)
                reading = read_bytes(data, article)
                edits = rekeyed(reading, keys)
                if isinstance(edits, str):
                    refused |= dict.fromkeys(keys, f"{article}: {edits}")
                else:
                    line = reading.article.text.count("\n", 0, edits[0].start) + 1
                    articles[article] = _Rekeyed(edited(data, edits, article), line)
        return articles, refused

    def _keys(self, article: str, path: Path) -> frozenset[str]:
        """All that looks like a key in an article, whether it is read as a citation or not."""
        if article not in self._cited:
            typed = FORMATS.get(path.suffix.lower()) == "markdown"
            text = (content(path) or b"").decode("utf-8", "replace") if typed else ""
            self._cited[article] = frozenset(key for _, _, key in key_places(text, 0, len(text)))
        return self._cited[article]

    def _content(self, article: str) -> bytes:
        path = self._articles[article]
        return self._files.now(path) or load_article(path, article)

    def _harm(self, path: Path, name: str, asking: set[str], change: _Change) -> str:
        """What would be otherwise than it should be in the articles concerned, in words; empty where nothing is."""
        for article in sorted(asking | change.articles.keys()):
            before = self._room.seen(self._content(article), article, self._articles[article])
            data = change.articles[article].data if article in change.articles else self._content(article)
            shown = before.audit.article
            after = self._room.seen_with(data, shown, self._articles[article], path, change.data)
            if why := harm(before, after, _expected(before.audit, name, change)):
                return f"{article}: {why}"
        return ""

    def _keep(self, path: Path, name: str, former: bytes, change: _Change, lines: Mapping[str, int]) -> None:
        for article, (data, line) in change.articles.items():
            keys = self._keys(article, self._articles[article]) & change.gone.keys()
            done = [Told(DUPLICATE, line, f"wrote @{change.gone[key]} for @{key}") for key in sorted(keys)]
            self._files.change(self._articles[article], article, self._content(article), data, done)
        done = [Told(MISSING, lines[key], f"added {doi_url(doi)}") for key, doi in change.dois.items()]
        done += [
            Told(DUPLICATE, lines[later], f"took out entry '{later}', the same work as entry '{first}'")
            for later, first in change.gone.items()
        ]
        needs = [self._articles[article] for article in change.articles]
        self._files.change(path, name, former, change.data, done, needs)


def _left(rule: str, line: int, key: str, why: str) -> Told:
    return Told(rule, line, f"entry '{key}' was left as it is: {why}")


def _expected(audit: Audit, name: str, change: _Change) -> Expected:
    """What an audit of an article must find after a change of the bibliography of that name."""
    ids = {one.label or one.id: one.id for one in audit.references if Path(one.origin).name == Path(name).name}
    removed = {ids[later]: ids[first] for later, first in change.gone.items() if later in ids and first in ids}
    dois = {ids[key]: doi for key, doi in change.dois.items() if key in ids}
    mended = {*((DUPLICATE, name) for name in removed), *((MISSING, name) for name in dois)}
    return Expected(removed, dois, frozenset(mended))
