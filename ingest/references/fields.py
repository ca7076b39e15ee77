r"""One reference string → its fields, for the styles that writers use.

The order is that of certainty: identifiers first, then the date and the persons, then the numbers of the journal; what
is left between them is title and container. A quoted title is taken as quoted; else the punctuation that closed the
authors tells which mark parts the fields (", " in engineering and physics, ". " elsewhere).
"""

from __future__ import annotations

import re
import unicodedata

from ingest.references import locators
from ingest.references.authorship import Authorship, read_authorship
from ingest.references.dates import YEAR, has_month, last_date
from ingest.references.imprint import MEDIUM
from ingest.references.locators import Numbers
from ingest.references.names import read_names
from ingest.references.titles import Titles, read_container, split_in, split_quoted, split_title
from kb.identifiers import find_dois, find_pmid
from kb.language.gated import Gated
from kb.model import Record

_LONGEST = 4000
"""Characters of an entry that are looked at; a real one has hardly a tenth of that."""


class Fields(Record, frozen=True, kw_only=True):
    """What could be read out of a reference string, each as written there, without the punctuation around it."""

    authors: tuple[str, ...] = ()
    """Family names, of the editors where there are no authors."""
    author: str = ""
    """The whole statement of authorship."""
    editor: str = ""
    same_authors: bool = False
    """Whether a dash stands for the authors of the entry before."""
    date: str = ""
    year: str | None = None
    title: str = ""
    container: str = ""
    volume: str = ""
    pages: str = ""
    doi: str | None = None
    pmid: str | None = None
    url: str | None = None
    type: str = ""
    problems: tuple[str, ...] = ()


_EMPHASIS = re.compile(r"</?[A-Za-z]{1,10}>|(?<!\w)[*_]{1,3}(?=\w)|(?<=[^\s*_])[*_]{1,3}(?!\w)")
_SPACE_BEFORE = re.compile(r"\s+(?=[,;])|(?<=\w)\s+(?=\.\s)")
_LINK = re.compile(r"\[([^\[\]]{1,300})\]\((\S{1,500}?)\)(?=[\s.,;]|$)")
_BROKEN_DOI = re.compile(r"(?<=10\.\d{4}/)\s(?=\w)|(?<=10\.\d{5}/)\s(?=\w)")
_LABEL = re.compile(r"\s*(?:\[\^?[\w.+:\-]{1,40}\]:?|\(\d{1,4}\)|\d{1,4}\\?[.)]|[¹²³⁰⁴-⁹]+|<sup>\d+</sup>)\s*")
_DASHES = re.compile(r"[-—–_ ]{2,}")
_QUOTES = "“”\"„«»‘’'` .,;"
_BULLET = re.compile(r"^[•·▪‣*–-]\s+")
_BARE_LABEL = re.compile(r"\d{1,4}\s+(?=[^\W\d_])")
_COMMA_STYLE = re.compile(r"[)\]]?\s*,")
_NOTE = re.compile(r"\s*[(\[][^()\[\]:]{0,30}[a-zà-ÿ]{4,}[^()\[\]:]{0,120}[)\]]\.?\s*$")
_KEPT_NOTE = re.compile(r"\d[)\]]\.?\s*$|[Pp]ress|[Ss]uppl")
_SEE = re.compile(r"(?:\s?\(|(?<=[.)\d])\s+)(?:See|Original(?:ly)?|Reprint\w*|Cited in|Quoted in)\s.{3,200}$")
_SEE_HINTS = ("See", "Original", "Reprint", "Cited in", "Quoted in")
_DOI_FIELD = re.compile(r"\bdoi\s?:\s?(\S{2,120})", re.IGNORECASE)
_URL = re.compile(r"(?:https?://|www\.)[^\s<>\"]{3,500}", re.IGNORECASE)
_ACCESS = re.compile(r"access|retriev|cited|viewed|consult|abgerufen|zugriff", re.IGNORECASE)
_THESIS = Gated("diss thes tes habil", r"\b(?:dissertation|thesis|thèse|tesis|tese|diss\.|habilitation)")
_BOOK = re.compile(r"\b(?:isbn|publisher|press|verlag|books?|éditions?|editora|publishing)\b", re.IGNORECASE)


def parse_reference(text: str) -> Fields:
    """The fields of one reference string.

    >>> fields = parse_reference("Bilal, M., & Khan, R. A. (2016). A title. Some Journal, 7(8), 326-330.")
    >>> fields.authors, fields.year, fields.title, fields.container, fields.pages
    (('Bilal', 'Khan'), '2016', 'A title', 'Some Journal', '326-330')
    """
    whole = _plain(text)
    closing = locators.identifiers_start(whole)
    body = whole[:closing]
    if any(hint in body for hint in _SEE_HINTS):
        body = _SEE.sub("", body)
    body = MEDIUM.sub("", body.rstrip(" ([<:;,"))
    by = read_authorship(body)
    titles, numbers = _titles_and_numbers(body, by)
    date = " ".join(filter(None, (by.date, numbers.date))) or last_date(_without_access(whole[closing:]))
    doi, url = _doi(whole), _url(whole)
    return Fields(
        authors=by.families,
        author=by.author,
        editor=by.editor or titles.editor,
        same_authors=bool(_DASHES.fullmatch(by.author)),
        date=date,
        year=_year(date),
        title=_trimmed(titles.title),
        container=_trimmed(titles.container),
        volume=numbers.volume,
        pages=numbers.pages,
        doi=doi,
        pmid=find_pmid(whole),
        url=url,
        type=_type(whole, titles, numbers, url if doi is None else None),
        problems=_problems(whole),
    )


def _plain(text: str) -> str:
    """Without label, markup and line breaks; composed characters."""
    text = unicodedata.normalize("NFC", " ".join(text[:_LONGEST].split()))
    text = text.replace("``", "“").replace("''", "”")
    if "/ " in text:
        text = _BROKEN_DOI.sub("", text)
    text = _BULLET.sub("", text)
    if "](" in text:
        text = _LINK.sub(r"\1 \2", text)
    label = _LABEL.match(text) or _BARE_LABEL.match(text)
    if label and (label.re is _LABEL or read_names(text[label.end() :]).end):
        text = text[label.end() :]
    if any(mark in text for mark in "<*_"):
        text = _EMPHASIS.sub("", text)
    if any(mark in text for mark in (" ,", " ;", " . ")):
        text = _SPACE_BEFORE.sub("", text)
    return text.strip()


def _titles_and_numbers(body: str, by: Authorship) -> tuple[Titles, Numbers]:
    comma_style = bool(_COMMA_STYLE.match(body, by.end))
    rest = body[by.end :].lstrip(" .,;:)*]")
    note = _NOTE.search(rest, 20)
    rest = rest[: note.start()] if note and not _KEPT_NOTE.search(note.group()) else rest
    title, rest = split_quoted(rest)
    if not title:
        title, rest = split_in(rest)
    start, end = locators.find_numbers(rest)
    numbers = locators.read_numbers(rest[start:end], want_date=not by.date)
    if not by.date and not numbers.date:
        numbers = numbers._replace(date=last_date(rest[end:]) or last_date(rest[:start]))
    before = rest[:start].rstrip(" ,;:")
    if title:
        return _chapter(title, before, numbers)
    numeric = bool(numbers.volume or (numbers.pages and not numbers.counted) or has_month(numbers.date))
    paged = bool(numbers.volume and numbers.pages)
    return split_title(before.rstrip("("), comma_style=comma_style, numeric=numeric, paged=paged), numbers


def _chapter(title: str, before: str, numbers: Numbers) -> tuple[Titles, Numbers]:
    """The container of a known title; the volume can stand in it, before the publisher."""
    titles = read_container(before)
    container = titles.container
    if volume := locators.VOLUME_FIELD.search(container):
        container = container[: volume.start()]
        numbers = numbers._replace(volume=numbers.volume or volume.group().strip(" ,.("))
    return titles._replace(title=title, container=container), numbers


def _year(date: str) -> str | None:
    match = YEAR.search(date)
    return match.group() if match else None


def _without_access(closing: str) -> str:
    """The closing part of a reference without addresses, and nothing where it speaks of the day of access."""
    return "" if _ACCESS.search(closing) else _DOI_FIELD.sub("", _URL.sub("", closing))


def _type(text: str, titles: Titles, numbers: Numbers, url: str | None) -> str:
    if _THESIS.within(text):
        return "thesis"
    if numbers.volume or (titles.container and numbers.pages):
        return "chapter" if titles.editor else "article"
    if titles.container and titles.editor:
        return "chapter"
    if _BOOK.search(text):
        return "book"
    return "web page" if url else ""


def _trimmed(text: str) -> str:
    text = text.strip(" .,;:*(")
    return text.strip(_QUOTES) if text[:1] in _QUOTES else text


def _doi(text: str) -> str | None:
    dois = find_dois(text)
    return dois[0][2] if dois else None


def _url(text: str) -> str | None:
    match = _URL.search(text) if "://" in text or "www." in text.lower() else None
    return match.group().rstrip(".,;)>]") if match else None


def _problems(text: str) -> tuple[str, ...]:
    match = _DOI_FIELD.search(text)
    if match is None or find_dois(text) or match.group(1).lower().startswith("http"):
        return ()
    return (f"“{match.group(1).rstrip('.,;')}” is no DOI: a DOI begins with 10. and holds a slash",)
