"""What the front of a JATS article says of it: title, authors, date, language."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ingest.dates import iso_date
from ingest.read.jats.text import running_text
from ingest.read.xml_tree import local_name

if TYPE_CHECKING:
    from lxml.etree import _Element

_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
_TAG = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")
_NUMBER = re.compile("[0-9]{1,2}")
_NOT_IN_TITLE = frozenset({"fn", "xref", "email"})
_MOST_NAMED = 200
"""Authors that a byline names; some consortia have thousands."""

_DATES = ("epub", "epub-ppub", "pub", "publication", "ppub", "collection", "")
"""Kinds of ``pub-date``, the one that counts first; ``pmc-release`` is the archive's date, not the article's."""


def metadata(article: _Element) -> _Element | None:
    """The ``article-meta`` of the article itself, not of one that it holds."""
    for front in article:
        if local_name(front.tag) == "front":
            return next((child for child in front if local_name(child.tag) == "article-meta"), None)
    return None


def title_of(meta: _Element | None) -> str:
    """The title with its subtitle, without footnotes."""
    found = (_found(meta, name) for name in ("article-title", "subtitle"))
    words = [running_text(one, _NOT_IN_TITLE) for one in found if one is not None]
    return ": ".join(filter(None, words))


def authors_of(group: _Element) -> str:
    """The names in a ``contrib-group``, with commas between; not those of editors and reviewers."""
    names = [
        _name(contributor)
        for contributor in group
        if local_name(contributor.tag) == "contrib" and contributor.get("contrib-type", "author") == "author"
    ]
    return ", ".join(list(filter(None, names))[:_MOST_NAMED])


def date_of(meta: _Element | None) -> str | None:
    """The day, month or year of publication, ISO 8601: that of the electronic version where several are given."""
    dates = [] if meta is None else [one for one in meta if local_name(one.tag) == "pub-date"]
    kinds = [(one.get("pub-type") or one.get("date-type") or "").lower() for one in dates]
    ranked = sorted(
        (_DATES.index(kind), index) for index, kind in enumerate(kinds) if kind in _DATES and _date(dates[index])
    )
    return _date(dates[ranked[0][1]]) if ranked else None


def language_of(article: _Element) -> str | None:
    """The language that the article declares, as BCP 47 tags it."""
    declared = (article.get(_LANGUAGE) or "").strip()
    return declared.lower() if _TAG.fullmatch(declared) else None


def _found(meta: _Element | None, name: str) -> _Element | None:
    groups = [] if meta is None else [one for one in meta if local_name(one.tag) == "title-group"]
    return next((one for group in groups for one in group if local_name(one.tag) == name), None)


def _name(contributor: _Element) -> str:
    for name in contributor.iter("{*}name", "{*}string-name", "{*}collab"):
        parts = {local_name(part.tag): running_text(part) for part in name}
        if "surname" in parts:
            return " ".join(filter(None, (parts.get("given-names"), parts["surname"])))
        return running_text(name, frozenset({"contrib-group", "contrib"}))
    return ""


def _date(element: _Element) -> str | None:
    parts = {local_name(child.tag): running_text(child) for child in element}
    year, month, day = (parts.get(name, "") for name in ("year", "month", "day"))
    numbers = [part.zfill(2) for part in (month, day) if _NUMBER.fullmatch(part)]
    named = bool(month) and not _NUMBER.fullmatch(month)
    written = f"{day} {month} {year}".strip() if named else "-".join([year, *(numbers if month else [])])
    return iso_date(written) or iso_date(element.get("iso-8601-date") or "") or iso_date(year)
