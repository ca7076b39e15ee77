"""Duplicates in the reference list of an article: the later entry goes, and numbers and markers close the gap."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from ingest.citations.candidates import NUMBERS
from ingest.linting.fixing.numbers import Renumbering, numbers_in, renumbered, renumbering, unread
from ingest.linting.fixing.records import Edit, Pair
from ingest.reading import Reading
from kb.language.folding import fold
from kb.language.places import Places
from kb.model import LISTED, Audit, BlockKind, Citation, Reference

_LEADING_NUMBER = re.compile(r"\W{0,3}(?P<number>\d{1,4}|[⁰¹²³⁴-⁹]{1,4})")
_FOOTNOTE = "[^"
_LETTERED = re.compile(r"\d[a-z]\Z")
_RESOLVER = re.compile(r"\bdoi\.org/", re.IGNORECASE)
_NO_TEXT: frozenset[BlockKind] = frozenset({"code", "front matter"})

_SQUARE = re.compile(r"\[[^\[\]\n]{0,80}\d[^\[\]\n]{0,80}\]")
_ROUND = re.compile(rf"\(\s?{NUMBERS}\s?\)")
_RAISED = re.compile(r"[⁰¹²³⁴-⁹]{1,9}|<sup>[^<>\n]{0,80}</sup>|\^[^\^\s]{1,80}\^")
_NAMED = re.compile(rf"\b[Rr]ef(?:s?\.|s|erences?)\s{{1,2}}{NUMBERS}")
_FORMS: Mapping[str, re.Pattern[str]] = {"[": _SQUARE, "\\": _SQUARE, "(": _ROUND, "<": _RAISED, "^": _RAISED}
"""What a marker may look like, by the sign that those of the article begin with; a raised digit is its own sign."""


class Merged(NamedTuple):
    """The edits that take the later entries out; or, where that is not sure, none, and why."""

    edits: tuple[Edit, ...] = ()
    why: str = ""


class _Unsure(Exception):
    """Why entries are not taken out, in words."""


def says_more(first: Reference, later: Reference) -> str:
    """What of a later entry would be lost with it, or contradicts the first one, in words; empty for nothing."""
    same = (first.doi and first.doi == later.doi) or (first.pmid and first.pmid == later.pmid)
    if not same and _words(first) != _words(later):
        return "no identifier shows that both are the same work"
    if later.problems:
        return "its DOI is none"
    if _family(later) and _family(later) != _family(first):
        return "it names another author"
    for name in ("doi", "pmid", "year"):
        mine, other = getattr(first, name), getattr(later, name)
        if other and other != mine:
            return f"it gives {'another' if mine else 'a'} {name if name == 'year' else name.upper()}"
    if fold(later.title) not in fold(first.title):
        return "its title says something else"
    if later.url and later.url != first.url and not _RESOLVER.search(later.url):
        return "it gives another address"
    return ""


def merged(reading: Reading, audit: Audit, pairs: Sequence[Pair]) -> Merged:
    """Take the later entries of pairs out of a reference list.

    Parameters
    ----------
    reading, audit
        The article, in plain text or Markdown.
    pairs
        Entries of its list; none of the first ones is a later one of another pair.

    Notes
    -----
    In a numbered list every marker must be understood, and nothing else may look like one, or nothing is done. In a
    list without numbers both entries must answer to the same author and year.
    """
    listed = [one for one in audit.references if one.origin == LISTED]
    try:
        edits = list(_removals(reading, listed, {pair.later.id for pair in pairs}))
        if all(one.label.isdecimal() for one in listed):
            edits += _closing(audit, listed, pairs)
        elif unlike := next(filter(None, map(_told_apart, pairs)), ""):
            raise _Unsure(unlike)
    except _Unsure as why:
        return Merged(why=str(why))
    return Merged(tuple(edits))


def _told_apart(pair: Pair) -> str:
    """Why two entries without numbers do not answer to the same marker; empty where they do."""
    first, later = pair
    if first.label or later.label:
        return "the list is neither numbered throughout nor without labels"
    if first.authors != later.authors or first.year != later.year or not first.authors:
        return "the two entries are not cited by the same names and year"
    if _LETTERED.search(first.year or ""):
        return "the author tells the two apart by a letter"
    return ""


def _words(reference: Reference) -> str:
    """The words of an entry without the number that it stands under."""
    return fold(reference.text).removeprefix(f"{reference.label} ")


def _family(reference: Reference) -> str:
    return fold(reference.authors[0]) if reference.authors else ""


def _removals(reading: Reading, listed: Sequence[Reference], removed: set[str]) -> Iterator[Edit]:
    """The lines of entries, those between them and the next one included; at the end of a list, those before them."""
    text = reading.article.text
    if any(text.startswith(_FOOTNOTE, one.start or 0) for one in listed if one.id in removed):
        raise _Unsure("it is a footnote")
    gone = [index for index, one in enumerate(listed) if one.id in removed]
    runs: list[list[int]] = []
    for index in gone:
        if runs and runs[-1][-1] == index - 1:
            runs[-1].append(index)
        else:
            runs.append([index])
    for run in runs:
        start, end = _lines(text, listed, run[0], run[-1])
        if any(start < one.end and one.start < end for one in reading.remarks):
            raise _Unsure("a comment to this program stands in it")
        yield Edit(start, text[start:end], "")


def _lines(text: str, listed: Sequence[Reference], first: int, last: int) -> tuple[int, int]:
    places = [(one.start or 0, one.end or 0) for one in listed]
    start = _line_start(text, places[first][0])
    if last + 1 < len(places):
        end = _line_start(text, places[last + 1][0])
    else:
        end = places[last][1]
        start = places[first - 1][1]
    before, after = places[max(0, first - 1)], places[min(last + 1, len(places) - 1)]
    around = dict.fromkeys([before, *places[first : last + 1], after])
    gaps = [text[one[1] : other[0]] for one, other in pairwise(around)]
    rest = text[end : _line_end(text, end)] if last + 1 == len(places) else ""
    if any(gap.strip(" \t>\n") or "\n" not in gap for gap in gaps) or rest.strip():
        raise _Unsure("it does not stand on lines of its own")
    return start, end


def _line_start(text: str, at: int) -> int:
    return text.rfind("\n", 0, at) + 1


def _line_end(text: str, at: int) -> int:
    end = text.find("\n", at)
    return len(text) if end < 0 else end


def _closing(audit: Audit, listed: Sequence[Reference], pairs: Sequence[Pair]) -> list[Edit]:
    """The edits that close the gaps in the numbers of the list, and in all markers."""
    if [one.label for one in listed] != [str(number) for number in range(1, len(listed) + 1)]:
        raise _Unsure("the list is not numbered from 1 on without a gap")
    new = renumbering(len(listed), {int(pair.later.label): int(pair.first.label) for pair in pairs})
    numbers = {one.id: int(one.label) for one in listed}
    edits = [edit for citation in audit.citations if (edit := _marker(citation, numbers, new))]
    _refuse_unread(audit, listed, numbers, new)
    return [*edits, *_labels(audit.article.text, listed, new)]


def _labels(text: str, listed: Sequence[Reference], new: Renumbering) -> Iterator[Edit]:
    """The edits of the numbers of the list itself; none where the same stands before each, as Markdown allows."""
    printed = [_LEADING_NUMBER.match(text, one.start or 0) for one in listed]
    shown = [numbers_in(match["number"]) if match else [] for match in printed]
    if len(listed) > 1 and all(one == shown[0] for one in shown):
        return
    for number, (match, given) in enumerate(zip(printed, shown, strict=True), 1):
        if match is None or given != [number]:
            raise _Unsure("the numbers of the list cannot be told from its words")
        if number not in new.removed and new.numbers[number] != number:
            written = renumbered(match["number"], new)
            if written is None:
                raise _Unsure("the numbers of the list are written in different signs")
            yield Edit(match.start("number"), match["number"], written)


def _marker(citation: Citation, numbers: Mapping[str, int], new: Renumbering) -> Edit | None:
    """The edit of a marker; None where it stays as it is."""
    named = [numbers[name] for name in citation.references if name in numbers]
    if citation.missing:
        raise _Unsure(f"the marker “{citation.text[:40]}” in line {citation.line} names what the list does not hold")
    if all(new.numbers[number] == number for number in named):
        return None
    in_it = numbers_in(citation.text)
    if in_it != named:
        if new.numbers.keys().isdisjoint(in_it):
            return None  # it names its works by author and year
        raise _Unsure(f"the marker “{citation.text[:40]}” in line {citation.line} holds other numbers too")
    written = renumbered(citation.text, new)
    if written is None:
        raise _Unsure(f"the marker “{citation.text[:40]}” in line {citation.line} cannot be written anew")
    return Edit(citation.start, citation.text, written)


def _refuse_unread(audit: Audit, listed: Sequence[Reference], numbers: Mapping[str, int], new: Renumbering) -> None:
    """Refuse an article in which a number that was not read as a marker may be one."""
    signs = {one.text[0] for one in audit.citations if numbers_in(one.text) == [numbers.get(r) for r in one.references]}
    if any(sign.isalnum() and sign.isascii() and sign.isdecimal() for sign in signs):
        raise _Unsure("the article cites by numbers that nothing sets off from its words")
    patterns = {_SQUARE, _NAMED, *(_FORMS.get(sign, _RAISED if sign.isdigit() else _NAMED) for sign in signs)}
    text = audit.article.text
    read = [(one.start, one.end) for one in audit.citations]
    read += [(one.start or 0, one.end or 0) for one in listed]
    read += [(block.start, block.end) for block in audit.article.blocks if block.kind in _NO_TEXT]
    at = unread(_between(text, sorted(read)), sorted(patterns, key=lambda one: one.pattern), new)
    if at is not None:
        line = Places(audit.article).line(at)
        raise _Unsure(f"line {line} holds a number that may be a marker and was not read as one")


def _between(text: str, read: Sequence[tuple[int, int]]) -> Iterator[tuple[int, str]]:
    """What stands between passages, each piece with its place."""
    at = 0
    for start, end in read:
        if start > at:
            yield at, text[at:start]
        at = max(at, end)
    yield at, text[at:]
