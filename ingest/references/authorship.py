"""Who is named at the start of a reference: authors, editors or an organisation, with the date that may follow."""

from __future__ import annotations

import re
from typing import NamedTuple

from ingest.references.dates import BRACKETED, PLAIN, WITHOUT_YEAR
from ingest.references.imprint import ROLE
from ingest.references.names import NONE, Names, only_names, read_names
from ingest.references.stops import sentence_ends

_DATES = (BRACKETED, PLAIN, WITHOUT_YEAR)
_ORGANISATION = re.compile(
    r"\b(?:organi[sz]ations?|associations?|department|ministry|ministère|ministerio|ministério|ministerium|"
    r"institutes?|institut|istituto|committee|commission|council|agency|collaboration|consortium|"
    r"collaborative|society|gesellschaft|société|sociedad|asociación|college|academy|federation|"
    r"foundation|bureau|network|nations|union|centers? for|centre for|office|panel|alliance|board|programmes?|"
    r"authority|service|world bank|universit\w+|government|group|verband|team|trust|initiative|registry|"
    r"ltd|inc|corp|gmbh)\b",
    re.IGNORECASE,
)
_NAMED_ORGANISATION = re.compile(r"(?:U\.\s?[SK]\.\s)?[^.,;:“\"?]{4,120}(?=[.,]\s|[:;]\s|\s?[“\"])")
_CAPITALS = re.compile(r"[A-ZÀ-Þ]{3,20}(?=\.\s)")
_DASHES = re.compile(r"[\s.,*—–_\-]*")
_BEFORE_DATE = re.compile(r"[\s.,;:]*")
_GROUP = re.compile(
    r"[,;]\s(?:and\s|for\s|on behalf of\s|et\s)?(?-i:the)\s[^.;:]{5,140}?\b(?:group|investigators|consortium|"
    r"collaboration|network|trial|team|committee|collaborators)\b[^.;,]{0,40}",
    re.IGNORECASE,
)
_COMMA = re.compile(r"[,;]\s")
_CREDITS = re.compile(r"\.\s+(?:Eds?\.|Edited\sby|Dir\.|Directed\sby|Trans\.|Translated\sby)\s")
"""What follows a title, and no author."""

_MONONYM = re.compile(r"[^\W\d_]{3,30}")
_MONONYM_FIRST = re.compile(r"([A-ZÀ-Þ][^\W\d_]{2,30}), ")
_INITIALS_END = re.compile(r"\s[A-ZÀ-Þ]{1,3}\.?$")
_TWO_WORDS = re.compile(r"[^\W\d_]{2,}\W.*[^\W\d_]{2,}")
_QUOTED = re.compile('[“”"«„]')
_LONGEST = 1500
_MOST_WORDS = 16
_SHORT_NAME = 8


class Authorship(NamedTuple):
    """Authors' or editors' statement as written, family names, the date that follows, and where all that ends."""

    families: tuple[str, ...]
    author: str
    editor: str
    date: str
    end: int


def read_authorship(body: str) -> Authorship:
    """The persons or the organisation at the start of a reference without its label, and the date right after."""
    dashes = _DASHES.match(body)
    at = dashes.end() if dashes else 0
    dashed = at >= 3 and bool(body[:at].strip(" .,*"))
    names = NONE if dashed else _dated(body, at) or _organisation(body, at) or _persons(body, at)
    if not names.end and not dashed:
        date, end = _date(body, at)
        return Authorship((), "", "", date, end if date else at)
    start, end = (0, at) if dashed else (at, at + names.end)
    role = ROLE.match(body, end)
    author, editor = ("", body[start : role.end()]) if role else (body[start:end], "")
    date, end = _date(body, role.end() if role else end)
    return Authorship(names.families, author.strip(" .,"), editor, date, end)


def _dated(body: str, at: int) -> Names | None:
    """Authors that a date follows at once, so that the whole of what stands before it names them."""
    for pattern in _DATES:
        match = pattern.search(body, at)
        if match is None:
            continue
        before = body[at : match.start()].rstrip(" ,.;:(")
        role = ROLE.search(before)
        before = before[: role.start()] if role else before
        if not before or len(before) > _LONGEST or _QUOTED.search(before):
            continue
        if _TWO_WORDS.search(body, match.end()) or _is_alone(before, match, body[match.end() :]):
            names = _named(before, bracketed=pattern is not PLAIN)
            if names:
                return names
    return None


def _named(before: str, *, bracketed: bool) -> Names | None:
    """Whom ``before``, all that stands before a date, names; nothing where it seems to be a title."""
    names = read_names(before)
    if names.end >= len(before.rstrip(" .,;:)")):
        return Names(len(before), (before,)) if len(names.families) == 1 and _ORGANISATION.search(before) else names
    if names.end and before[names.end] != "." and only_names(before[names.end :]):
        return Names(len(before), names.families)
    if _MONONYM.fullmatch(before) and not before[0].islower():
        return Names(len(before), (before,))
    if alone := _MONONYM_FIRST.match(before):
        others = read_names(before[alone.end() :])
        if len(others.families) > 1 and alone.end() + others.end >= len(before):
            return Names(len(before), (alone.group(1), *others.families))
    if (
        bracketed
        and before[0].isupper()
        and re.fullmatch(r"\w[^.,:;?!\d]*", before)
        and len(before.split()) <= _SHORT_NAME
    ):
        return Names(len(before), (before,))
    if (bracketed or _ORGANISATION.search(before)) and _is_heading(before):
        persons = len(names.families) > 1 or _INITIALS_END.search(before[: names.end])
        return Names(len(before), names.families if persons else (before,))
    return None


def _persons(body: str, at: int) -> Names:
    """Persons, with the group behind them: "Smith J, Doe K; the Some Study Group"."""
    names = read_names(body[at:])
    if _CREDITS.match(body, at + names.end):
        return NONE
    group = _GROUP.match(body, at + names.end) if names.end else None
    return Names(group.end() - at, names.families) if group else names


def _organisation(body: str, at: int) -> Names | None:
    """An organisation that a full stop, a comma or a quotation ends, and the persons that may follow it."""
    match = _CAPITALS.match(body, at)
    if match is None:
        match = _NAMED_ORGANISATION.match(body, at)
        if match is None or not match.group()[0].isupper() or not _ORGANISATION.search(match.group()):
            return None
        if not _is_heading(match.group()):
            return None
    comma = _COMMA.match(body, match.end())
    members = read_names(body[comma.end() :]) if comma else NONE
    end = comma.end() + members.end if comma and len(members.families) > 1 else match.end()
    return Names(end - at, (match.group().strip(), *(members.families if end > match.end() else ())))


def _is_alone(before: str, date: re.Match[str], after: str) -> bool:
    """Whether a short name and a date are all there is, or all but one word: "WHO (1992)."."""
    short = len(before.split()) <= _SHORT_NAME and not re.search(r"[,\d]", before)
    return short and date.re is BRACKETED and len(after.split()) <= 1 and not any(ch.isdigit() for ch in after)


def _is_heading(text: str) -> bool:
    """Whether the text can name an organisation: short, no sentences, capitals but for small words."""
    words = re.findall(r"[^\W\d_]+", text)
    if re.search(r"\d", text):
        return False
    small = all(len(word) <= 3 or word in ("from", "with", "pour") for word in words if word[0].islower())
    return small and len(words) <= _MOST_WORDS and not sentence_ends(text)


def _date(body: str, at: int) -> tuple[str, int]:
    """A date that stands at ``at``, and where it ends."""
    lead = _BEFORE_DATE.match(body, at)
    start = lead.end() if lead else at
    for pattern in _DATES:
        if match := pattern.match(body, start):
            return match.group(1 if pattern is BRACKETED else 0).strip(" ,.;:"), match.end()
    return "", at
