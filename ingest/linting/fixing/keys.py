"""Citation keys of entries that were taken out of a bibliography, in the texts that cite them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ingest.citekeys import Cited, key_places
from ingest.linting.fixing.records import Edit, Names
from ingest.reading import Reading
from kb.language.places import Places

_ALONE = re.compile(r"\s*-?@(?:\{[^{}]*\}|[^\s{}]+)\s*")


def rekeyed(reading: Reading, keys: Names) -> tuple[Edit, ...] | str:
    """The edits that put other keys in place of some, or in words why that is not sure.

    Parameters
    ----------
    reading
        The article, in Markdown.
    keys
        What each key becomes.
    """
    text = reading.article.text
    spans = [(one.start, one.end) for one in reading.keys]
    for at, _, key in key_places(text, 0, len(text)):
        if key in keys and not any(start <= at < end for start, end in spans):
            return f"@{key} also stands in line {Places(reading.article).line(at)}, where it is not read as a citation"
    edits: list[Edit] = []
    for cited in reading.keys:
        if not keys.keys().isdisjoint(cited.keys):
            made = list(_edits(text, cited, keys))
            if not made:
                return f"line {Places(reading.article).line(cited.start)} cites both, with words of its own"
            edits += made
    return tuple(edits)


def _edits(text: str, cited: Cited, keys: Names) -> Iterator[Edit]:
    """The edits of one marker, in which each work is to stand once; none where that would lose words."""
    places = list(key_places(text, cited.start, cited.end))
    new = [keys.get(key, key) for _, _, key in places]
    if len(set(new)) == len(new):
        yield from (Edit(at, text[at:end], keys[key]) for at, end, key in places if key in keys)
        return
    written = _without_doubles(text[cited.start + 1 : cited.end - 1], keys) if not cited.bare else None
    if written is not None:
        yield Edit(cited.start + 1, text[cited.start + 1 : cited.end - 1], written)


def _without_doubles(inner: str, keys: Names) -> str | None:
    """What stands between the brackets of a marker, each key once; None where a double holds words of its own."""
    kept: list[str] = []
    seen: set[str] = set()
    for item in inner.split(";"):
        places = list(key_places(item, 0, len(item)))
        if len(places) != 1:
            return None
        at, end, key = places[0]
        new = keys.get(key, key)
        if new not in seen:
            kept.append(f"{item[:at]}{new}{item[end:]}" if key in keys else item)
        elif not _ALONE.fullmatch(item):
            return None
        seen.add(new)
    return ";".join(kept)
