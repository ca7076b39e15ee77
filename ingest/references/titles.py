"""What stands between the authors and the numbers: title, container, and the editors in between."""

from __future__ import annotations

import re
from typing import NamedTuple

from ingest.references.names import read_names

ROLE = re.compile(
    r"[,.]?\s?(?:[(\[]\s?(?:eds?|hrsg|hg|dirs?|orgs?|coords?|comps?|édit?s?|editors?|a cura di|red|ред|szerk)\b"
    r"[^()\[\]]{0,12}[)\]]|,\s?(?:eds?\b|editors?\b|hrsg\b|hg\b|dirs?\b|orgs?\b|coords?\b))\.?",
    re.IGNORECASE,
)
"""What follows the names of editors."""

_CLOSING = {"“": "”", '"': '"', "„": '“”"', "«": "»", "‘": "’", "»": "«", "”": "”", "'": "'", "`": "”"}
_IN_WORD = r"(?:[Ii]n|[Dd]ans|[Ee]n|[Ee]m|IN|[Ii]n the)\b"
_IN = re.compile(rf"(?<=[.,?!”\"»’…)])\s+(?:published\s)?{_IN_WORD}(?:\s?:\s+|\s+(?=[\"“«A-ZÀ-Þ*‘‚\d]))")
_LEADING_IN = re.compile(rf"^\W*{_IN_WORD}\s?:?\s*(?=\W*\w)")
_EDITED = re.compile(
    r"[.,(]\s+(?:eds?\.|edited|hrsg\.|hg\.|trans(?:l?\.|lated)|traduit|trad\.|übers\.|ed\.\sby|with\san\sintroduction)\s"
    r"(?:by\s|von\s|par\s|de\s|and\s)?(?=[A-ZÀ-Þ]|translated|trans).*$"
)
_COLON = re.compile(r"\s?:\s+(?=[\w“(])")
_NAME_OF_PLACE = r"[A-ZÀ-Þ][\w.'’\-]*"
_PLACE = re.compile(
    rf"(?:^|[.?!”\"»’…)]\s+|\(\s*)({_NAME_OF_PLACE}(?:(?:,\s|\s?[/&–]\s?|\s)"
    rf"(?:{_NAME_OF_PLACE}|de|do|am|upon|and|und|et|der|la)){{0,6}})$"
)
_COMMA_PLACE = re.compile(
    rf",\s({_NAME_OF_PLACE}(?:(?:\s|,\s(?=[A-Z]{{2}}$|[A-Z][a-z]{{1,4}}\.$)){_NAME_OF_PLACE}){{0,3}})$"
)
_LONGEST_PUBLISHER = 14
_LONGEST_JOURNAL = 8
"""In words; names of publishers and journals are hardly longer, while titles are."""
_GENRE = re.compile(
    r"(?:^|[.,(\[])\s*(?:unpublished\s|unveröffentlichte\s|ungedr\.\s)?(?:(?:ph\.?\s?d\.?|doctoral|master[’']?s?|m\.?\s?a\.?|"
    r"m\.?\s?sc\.?|honou?rs|bachelor\S*)\s(?:\w+\s)?(?:thesis|diss\w*\.?)|thèse|tesis?\b|tese\b|diss(?:ertation)?\b|"
    r"inaugural|habilitation|diplom|technical\sreport|tech\.?\srep|working\spaper|discussion\spaper|report\sno|"
    r"research\sreport|manuscript|preprint|unpublished|mimeo|press\srelease|motion\spicture|film\b|data\sset|"
    r"computer\ssoftware|personal\scommunication|internet-draft|to\sappear)",
    re.IGNORECASE,
)
_MEETING = re.compile(
    r"(?<=[.,?!”])\s+(?=(?:(?:the\s)?(?:\d+\w*\s|[A-Z]\w+\s){0,4}"
    r"(?:proceedings|proc\.|conference|symposium|workshop|congress)\b|"
    r"(?:paper|poster|symposium|lecture)[^.,]{0,20}presented))",
    re.IGNORECASE,
)
_EDITION = re.compile(
    r"[.,(\s]\s*(?:\d+(?:st|nd|rd|th|ème|e|a|ª|\.)|second|third|fourth|fifth|sixth|seventh|eighth|revised|rev\.?|new)"
    r"(?:\s\w+\.?){0,2}?\s?(?:éd|ed|edn|edition|aufl|auflage|edição|edición)\b\.?|\.\srevised\sand\s\w+\.?$",
    re.IGNORECASE,
)
_ABBREVIATIONS = frozenset(
    "j trans proc int intl am amer rev lett phys chem med res sci ann eur clin exp biol bull math natl nat acad assoc "
    "soc appl adv comput eng arch br can aust dev dis engl environ mol cell neurol psychol obstet gynecol pharmacol "
    "physiol immunol microbiol genet educ econ stat syst tech technol univ vol no pp ed eds st dr mr mrs jr sr vs cf "
    "al inc ltd co corp dept conf symp assn ser fig spp sp var subsp comm commun inf inform intell artif knowl mach "
    "lang softw comp electr mech mater struct opt quant geol geophys geochem astron astrophys ecol zool bot entomol "
    "ornithol mus hist philos theol stud quart mon wkly mag behav cogn neurosci neurobiol cardiol circ oncol radiol "
    "orthop rheumatol z zh rus akad".split()
)
_SENTENCE = re.compile(r"[.?!…][”\"’»)\]*]{0,2}\s+(?=[^a-zà-öø-ÿ\s])|[?!]\s+")
_CONFERENCE = re.compile(r"(?:Proc|Conference|Workshop|Symposium|\d+\w*\s\w+\sConference)")
_PLACE_AFTER_CONFERENCE = re.compile(r",\s[A-ZÀ-Þ][\w.]+(?:\s[A-Z][\w.]+){0,2}(?:,\s[A-Z][\w.]+)?$")


class Titles(NamedTuple):
    """Title, container and the editors between them, as written."""

    title: str
    container: str = ""
    editor: str = ""


def split_quoted(text: str) -> tuple[str, str]:
    """A title in quotation marks at the start, and what follows it; no title where there is none."""
    closing = _CLOSING.get(text[:1])
    if closing is None:
        return "", text
    for match in re.finditer(rf"[{closing}]|''", text[1:]):
        before, after = text[: match.start() + 1].rstrip(), text[match.end() + 1 :]
        if before[-1:] in ".,?!" or re.match(r"\s*(?:[.,;:(]|$|\d)|\s+[A-ZÀ-Þ*]|\s+[Ii]n:?\s", after):
            return text[: match.end() + 1], after.lstrip(" ,.;")
    return "", text


def split_in(text: str) -> tuple[str, str]:
    """The title before an "In", and from the "In" on; no title where there is none."""
    inside = _IN.search(text, 8)
    return (text[: inside.start()], text[inside.start() :]) if inside else ("", text)


def split_title(text: str, *, comma_style: bool, numeric: bool) -> Titles:
    """Title and container, where neither quotation marks nor an "In" tell them apart.

    Parameters
    ----------
    comma_style
        Whether commas part the fields of this reference.
    numeric
        Whether volume or pages follow, so that there is a container.
    """
    if role := ROLE.search(text):
        title, editor = _before_editors(text[: role.start()])
        if title:
            return Titles(title, read_container(text[role.end() :]).container, editor)
    if genre := _GENRE.search(text):
        return Titles(text[: genre.start()])
    place = _place(text)
    book = place is not None
    text = text[:place]
    if edition := _EDITION.search(text, 5):
        text, book = text[: edition.start()], True
    if edited := _EDITED.search(text, 3):
        return Titles(text[: edited.start()], "", edited.group())
    if meeting := _MEETING.search(text):
        return Titles(text[: meeting.start()], read_container(text[meeting.end() :]).container)
    if book:
        return Titles(text)
    return _journal(text, comma_style) if numeric else Titles(_book(text, comma_style))


def read_container(text: str) -> Titles:
    """The container after a title, and its editors, without place and publisher."""
    text = _LEADING_IN.sub("", text).strip(" .,;:")
    editor = ""
    if role := ROLE.search(text):
        names = read_names(text)
        if names.end and names.end >= role.start() - 3:
            editor, text = text[: role.end()], text[role.end() :].strip(" .,:;")
        else:
            text = text[: role.start()]
    if edited := _EDITED.search(text):
        editor, text = edited.group(), text[: edited.start()]
    text = text[: _place(text)]
    if edition := _EDITION.search(text, 5):
        text = text[: edition.start()]
    if _CONFERENCE.match(text):
        text = _PLACE_AFTER_CONFERENCE.sub("", text)
    return Titles("", text, editor)


def sentence_ends(text: str) -> list[re.Match[str]]:
    """Where sentences end, but for the full stops of abbreviations, as names of journals have them."""
    ends: list[re.Match[str]] = []
    last, abbreviated = 0, False
    for stop in _SENTENCE.finditer(text):
        chunk = text[last : stop.start()]
        abbreviated = text[stop.start()] == "." and _abbreviation(chunk, abbreviated or bool(ends))
        if not abbreviated:
            ends.append(stop)
        last = stop.end()
    return ends


def _abbreviation(chunk: str, after_stop: bool) -> bool:
    """Whether a full stop after ``chunk`` abbreviates: "Am. J. Hum.", but not "… in adults."."""
    word = re.search(r"[^\W\d_]*$", chunk)
    ending = word.group() if word else ""
    if not ending or ending[0].islower():
        return False
    alone = len(ending) <= 7 and len(chunk.split()) == 1 and after_stop
    return len(ending) == 1 or ending.lower() in _ABBREVIATIONS or alone


def _place(text: str) -> int | None:
    """Where "Place: Publisher", or a bracket with the publisher that is still open, begins at the end of the text."""
    opened = text.rfind("(")
    if opened > 3 and ")" not in text[opened:]:
        return opened
    for colon in reversed(list(_COLON.finditer(text))):
        before, after = text[: colon.start()], text[colon.end() :]
        if len(after.split()) > _LONGEST_PUBLISHER:
            return None
        match = _PLACE.search(before, max(0, len(before) - 90)) or _COMMA_PLACE.search(before, max(0, len(before) - 60))
        if match and match.start(1) > 3:
            return match.start(1)
    return None


def _before_editors(text: str) -> tuple[str, str]:
    """Cut "Title. Editors" before the editors."""
    for match in re.finditer(r"[.?!”\"»,’)]\s+", text[-400:]):
        at = max(0, len(text) - 400) + match.end()
        names = read_names(text[at:])
        if names.end and at + names.end >= len(text) - 6:
            return text[: at - len(match.group())], text[at:]
    return "", ""


def _journal(text: str, comma_style: bool) -> Titles:
    """Title and journal: the journal is the last field before the numbers."""
    ends = sentence_ends(text)
    comma = text.rfind(", ")
    if comma > 0 and (not ends or (comma_style and ends[-1].start() < comma)):
        return Titles(text[:comma], text[comma + 1 :])
    if ends:
        long = len(text[ends[-1].end() : comma].split()) >= _LONGEST_JOURNAL
        if comma > ends[-1].end() and long and len(text[comma:].split()) <= _LONGEST_JOURNAL:
            return Titles(text[:comma], text[comma + 1 :])
        return Titles(text[: ends[-1].start() + 1], text[ends[-1].end() :])
    colon = re.search(r":\s(?=[A-ZÀ-Þ][^:]*$)", text)
    return Titles(text[: colon.start()], text[colon.end() :]) if colon else Titles(text)


def _book(text: str, comma_style: bool) -> str:
    """The title of a work that stands alone: publisher and place after it are dropped."""
    if comma_style:
        parts = text.split(", ")
        while len(parts) > 1 and len(parts[-1].split()) <= 4 and parts[-1][:1].isupper():
            parts.pop()
        return ", ".join(parts)
    ends = sentence_ends(text)
    return text[: ends[-1].start() + 1] if ends else text
