"""What stands around titles and is none: editors and translators, edition, genre, place and publisher."""

from __future__ import annotations

import re

from ingest.references.names import read_names
from ingest.references.stops import sentence_ends

ROLE = re.compile(
    r"[,.]?\s?(?:[(\[]\s?(?:eds?|hrsg|hrg|hg|dirs?|orgs?|coords?|comps?|édit?s?|editors?|a cura di|red|ред|szerk)\b"
    r"[^()\[\]]{0,12}[)\]]|,\s?(?:eds?\b|editors?\b|hrsg\b|hg\b|dirs?\b|orgs?\b|coords?\b)|\s(?-i:Eds?\.,))\.?",
    re.IGNORECASE,
)
"""What follows the names of editors."""

EDITED = re.compile(
    r"[.,(]\s+\(?(?:[Ee]ds?\.|[Ee]dited|hrsg\.|hg\.|[Tt]rans(?:l?\.|lated)|traduit|trad\.|übers\.|ed\.\sby|with\san\sintroduction)"
    r"\s(?:by\s|von\s|par\s|de\s|and\s)?(?=[A-ZÀ-Þ]|translated|trans).*$"
)
"""Editors and translators that are announced: "Edited by …"."""

LEADING_TRANSLATOR = re.compile(
    r"(?:[Tt]rans\.|[Tt]ranslated\sby|[Tt]rad\.)\s[^.,]{2,60}[.,]\s+|[^.,()]{3,60}\([Tt]rans\.\),?\s+"
)
GENRE = re.compile(
    r"(?:^|[.,(\[])\s*(?:unpublished\s|unveröffentlichte\s|ungedr\.\s)?(?:(?:ph\.?\s?d\.?|doctoral|master[’']?s?|"
    r"m\.?\s?a\.?|m\.?\s?sc\.?|honou?rs|bachelor\S*)\s(?:\w+\s)?(?:thesis|diss\w*\.?)|thèse|tesis?\b|tese\b|"
    r"diss(?:ertation)?\b|inaugural|habilitation|diplom|technical\sreport|tech\.?\srep|working\spaper|discussion\spaper|"
    r"report\sno|research\sreport|manuscript|preprint|unpublished|mimeo|press\srelease|motion\spicture|film\b|data\sset|"
    r"computer\ssoftware|personal\scommunication|internet-draft|to\sappear)",
    re.IGNORECASE,
)
EDITION = re.compile(
    r"[.,(\s]\s*(?:\d+(?:st|nd|rd|th|ème|e|a|ª|\.)|second|third|fourth|fifth|sixth|seventh|eighth|revised|rev\.?|new)"
    r"(?:\s\w+\.?){0,2}?\s?(?<![^\W\d_])(?:éd|ed|edn|edition|aufl|auflage|edição|edición)\b\.?|\.\srevised\sand\s\w+\.?$",
    re.IGNORECASE,
)
MEDIUM = re.compile(r"[.,]\s+(?:web|print|en\sligne|online|on-line)\s?[.:]?\s*$", re.IGNORECASE)
"""The medium that closes a reference in the style of the MLA."""

_COLON = re.compile(r"\s?:\s+(?=[\w“(])")
_PLACE_WORD = r"[A-ZÀ-Þ][\w.'’\-]*"
_PLACE = re.compile(
    rf"(?:[.?!”\"»’…)]\s+|\(\s*)({_PLACE_WORD}(?:(?:,\s|\s?[/&–]\s?|\s)"
    rf"(?:{_PLACE_WORD}|de|do|am|upon|and|und|et|der|la)){{0,6}})$"
)
_COMMA_PLACE = re.compile(rf",\s({_PLACE_WORD}(?:(?:\s|,\s(?=[A-Z]{{2}}$|[A-Z][a-z]{{1,4}}\.$)){_PLACE_WORD}){{0,3}})$")
_LONGEST_PLACE = 90
_LONGEST_PUBLISHER = 14
_LONGEST_CITY = 2
"""In words."""

PUBLISHER = re.compile(
    r"[.,;(]\s+(?=(?:[A-ZÀ-Þ](?:[\w&'’-]*|\.)\s|of\s|&\s|and\s){0,5}(?:Press|Verlag|Springer|Publish\w+|Publications|Wiley|Elsevier|"
    r"Kaufmann|IEEE|ACM|AAAI|Blackwell|Routledge|Sage|SAGE|Éditions|Kluwer|North-Holland|Birkh[aä]user|Plenum|Erlbaum|"
    r"McGraw|Prentice|Addison|Macmillan|Harper|Books|Taylor|Pergamon|Academic)\b(?=\s*(?:[.,;:)(&]|$|Co|Inc|Ltd|Group|of|Service|International)))"
)
_CONFERENCE = re.compile(
    r"(?:Proc|Conference|Workshop|Symposium|Papers?|Poster|\d+\w*\s\w+\sConference|[A-Z]+\sConference)"
)
_PLACE_AFTER_CONFERENCE = re.compile(r",\s[A-ZÀ-Þ][\w.]+(?:\s[A-Z][\w.]+){0,2}(?:,\s[A-Z][\w.]+)?$")


def place_start(text: str) -> int | None:
    """Where "Place: Publisher", or a bracket with the publisher that is still open, begins at the end of the text."""
    opened = text.rfind("(")
    if opened > 3 and ")" not in text[opened:]:
        return opened
    for colon in reversed(list(_COLON.finditer(text))):
        before, after = text[: colon.start()], text[colon.end() :]
        if len(after.split()) > _LONGEST_PUBLISHER:
            return None
        near = max(0, len(before) - _LONGEST_PLACE)
        match = _PLACE.search(before, near)
        if match is None or len(match.group(1).split(",")[0].split()) > _LONGEST_CITY:
            match = _COMMA_PLACE.search(before, near) or match
        between = match is not None and match.re is _COMMA_PLACE and sentence_ends(after)
        if match and match.start(1) > 3 and not between:
            return match.start(1)
    return None


def without_imprint(text: str) -> str:
    """A container without place, publisher and edition behind it."""
    if text.startswith("(") and ")" not in text:
        return ""
    text = text[: place_start(text)]
    if edition := EDITION.search(text, 5):
        text = text[: edition.start()]
    if publisher := PUBLISHER.search(text, 5):
        text = text[: publisher.start()]
    return _PLACE_AFTER_CONFERENCE.sub("", text) if _CONFERENCE.match(text) else text


def split_before_editors(text: str) -> tuple[str, str]:
    """Cut "Title. Editors" before the editors; two empty strings where no names close the text."""
    tail = max(0, len(text) - 400)
    for match in re.finditer(r"[.?!”\"»,’)]\s+", text[tail:]):
        start = tail + match.end()
        names = read_names(text[start:])
        if names.end and start + names.end >= len(text) - 6:
            return text[: tail + match.start() + 1], text[start:]
    return "", ""
