"""What stands between the authors and the numbers: title, container, and the editors in between."""

from __future__ import annotations

import re
from typing import NamedTuple

from ingest.references.imprint import (
    EDITED,
    EDITION,
    GENRE,
    LEADING_TRANSLATOR,
    PUBLISHER,
    ROLE,
    place_start,
    split_before_editors,
    without_imprint,
)
from ingest.references.names import read_names
from ingest.references.stops import sentence_ends

_CLOSING = {"“": "”", '"': '"', "„": '“”"', "«": "»", "‘": "’", "»": "«", "”": "”", "'": "'", "`": "”"}
_AFTER_TITLE = re.compile(r"\s*(?:[.,;:(]|$|\d)|\s+[A-ZÀ-Þ*]|\s+[Ii]n:?\s")
_IN_WORD = r"(?:[Ii]n|[Dd]ans|[Ee]n|[Ee]m|IN|[Ii]n the)\b"
_IN = re.compile(rf"[.,?!…][”\"»’)]?\s+(?:published\s)?{_IN_WORD}(?:\s?:\s+|\s+(?=[\"“«A-ZÀ-Þ*‘‚\d]))")
_LEADING_IN = re.compile(rf"^\W*{_IN_WORD}\s?:?\s*(?=\W*\w)")
_MEETING = re.compile(
    r"(?<=[.,?!”])\s+(?=(?:(?:the\s)?(?:\d+\w*\s|[A-Z]\w+\s){0,4}"
    r"(?:proceedings\b|proc\.|conf\.|conference\b|symposium\b|workshop\b|congress\b)|"
    r"(?:paper|poster|symposium|lecture)[^.,]{0,20}presented))",
    re.IGNORECASE,
)
_PERIODICAL = re.compile(
    r"\b(?:Journal|Review|Letters|Annals|Annales|Transactions|Bulletin|Quarterly|Magazine|Times|Post|News|Gazette|Revue|"
    r"Zeitschrift|Revista|Archives?|Tribune|Herald|Guardian|Monde|Science|Nature|Lancet|JAMA|BMJ|Studies)\b|"
    r"\b(?:J|Rev|Ann|Trans|Lett|Bull)\."
)
_AFTER_COMMA = re.compile(r", [A-ZÀ-Þ][^\W\d_]{0,6}$")
_SMALL_WORDS = frozenset("of the and for in on de la le et und der des du & y".split())
_LONGEST_JOURNAL = 8
"""In words; the names of journals are hardly longer, while titles are."""

_LONGEST_PUBLISHER = 4
"""In words, of a publisher or a place that follows the title of a book."""


class Titles(NamedTuple):
    """Title, container and the editors between them, as written."""

    title: str
    container: str = ""
    editor: str = ""


def split_quoted(text: str) -> tuple[str, str]:
    """A title in quotation marks at the start, and what follows it; no title where there is none."""
    opening = text[:1]
    closing = _CLOSING.get(opening)
    if closing is None:
        return "", text
    depth, end = 0, 0
    for match in re.finditer(f"[{closing}{opening}]", text):
        before, after = text[: match.start()].rstrip(), text[match.end() :]
        if match.start() == 0 or (match.group() == opening and opening not in closing):
            depth += 1
        elif match.group() not in "’'" or not after[:1].isalpha():
            depth = max(0, depth - 1)
            if before[-1:] in ".,?!" or _AFTER_TITLE.match(after):
                end = match.end()
                if depth == 0:
                    break
    return (text[:end], text[end:].lstrip(" ,.;")) if end else ("", text)


def split_in(text: str) -> tuple[str, str]:
    """The title before an "In", and from the "In" on; no title where there is none."""
    inside = _IN.search(text, 8)
    return (text[: inside.start()], text[inside.start() :]) if inside else ("", text)


def split_title(text: str, *, comma_style: bool, numeric: bool, paged: bool) -> Titles:
    """Title and container, where neither quotation marks nor an "In" tell them apart.

    Parameters
    ----------
    comma_style
        Whether commas part the fields of this reference.
    numeric
        Whether a volume, pages or a month follow, so that there is a container.
    paged
        Whether both volume and pages follow, so that the container is a journal and names no publisher.
    """
    if role := ROLE.search(text):
        title, editor = split_before_editors(text[: role.start()])
        if title:
            return Titles(title, read_container(text[role.end() :]).container, editor)
    if genre := GENRE.search(text):
        return Titles(text[: genre.start()])
    place = None if paged else place_start(text)
    book = place is not None
    text = text[:place]
    if edition := EDITION.search(text, 5):
        text, book = text[: edition.start()], True
    if edited := EDITED.search(text, 3):
        return Titles(text[: edited.start()], "", edited.group())
    if meeting := _MEETING.search(text):
        return Titles(text[: meeting.start()], read_container(text[meeting.end() :]).container)
    if book:
        return Titles(text)
    if not numeric:
        return _alone(text, comma_style)
    if paged and _names_journal(text):
        return Titles("", text)
    return _journal(text, comma_style)


def read_container(text: str) -> Titles:
    """The container after a title, and its editors, without place and publisher."""
    text = _LEADING_IN.sub("", text).strip(" .,;:")
    if GENRE.match(f", {text}"):
        return Titles("")
    if translator := LEADING_TRANSLATOR.match(text):
        text = text[translator.end() :]
    editor = ""
    if role := ROLE.search(text):
        names = read_names(text)
        if names.end and names.end >= role.start() - 3:
            editor, text = text[: role.end()], text[role.end() :].strip(" .,:;")
        else:
            before, editor = split_before_editors(text[: role.start()])
            text = before or text[: role.start()]
    if edited := EDITED.search(text):
        editor, text = edited.group(), text[: edited.start()]
    return Titles("", without_imprint(text), editor)


def _journal(text: str, comma_style: bool) -> Titles:
    """Title and journal: the journal is the last field before the numbers."""
    ends = sentence_ends(text)
    comma = text.rfind(", ")
    if comma_style:  # ", Clim. Dynam., 22" is one field
        ends = [end for end in ends if not _AFTER_COMMA.search(text, 0, end.start())]
    if comma > 0 and (not ends or (comma_style and ends[-1].start() < comma)):
        return Titles(text[:comma], text[comma + 1 :])
    if ends:
        long = len(text[ends[-1].end() : comma].split()) >= _LONGEST_JOURNAL
        if comma > ends[-1].end() and long and len(text[comma:].split()) <= _LONGEST_JOURNAL:
            return Titles(text[:comma], text[comma + 1 :])
        return Titles(text[: ends[-1].start() + 1], text[ends[-1].end() :])
    if colon := re.search(r":\s(?=[A-ZÀ-Þ][^:]*$)", text):
        return Titles(text[: colon.start()], text[colon.end() :])
    return Titles(text)


def _names_journal(text: str) -> bool:
    """Whether a text without any boundary is the journal of a reference without title, as physicists cite."""
    words = text.split()
    if ", " in text or ": " in text or sentence_ends(text):
        return False
    capitals = all(not word[0].islower() or word in _SMALL_WORDS for word in words)
    return len(words) < _LONGEST_JOURNAL and capitals


def _alone(text: str, comma_style: bool) -> Titles:
    """A work without numbers: after its title stands a periodical, or a publisher and a place, which are dropped."""
    if publisher := PUBLISHER.search(text, 5):
        return Titles(text[: publisher.start()])
    if comma_style:
        parts = text.split(", ")
        last = len(parts)
        while last > 1 and len(parts[last - 1].split()) <= _LONGEST_PUBLISHER and parts[last - 1][:1].isupper():
            last -= 1
        rest = ", ".join(parts[last:])
        title = ", ".join(parts[:last])
    else:
        title, rest = text, ""
    ends = sentence_ends(title)
    if ends and (not comma_style or len(title[ends[-1].end() :].split()) <= _LONGEST_PUBLISHER):
        title, rest = title[: ends[-1].start() + 1], title[ends[-1].end() :]
    return Titles(title, rest if _PERIODICAL.search(rest) and len(rest.split()) <= _LONGEST_JOURNAL else "")
