"""The numbers of a reference: volume and issue, pages, the date among them, and where the identifiers begin."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from ingest.references import dates
from ingest.references.matches import last_match, without

_NUMBER = r"[A-Za-z]{0,2}\d{1,7}[A-Za-z]?"
_DASH = r"\s?[-–—−‑‐]{1,2}\s?"
_RANGE = rf"{_NUMBER}(?:{_DASH}{_NUMBER})?"
_ROMAN = r"[ivxlcIVXLC]{1,7}"
_PAGE_WORD = (
    r"(?:(?<!\w)(?:pages?|pp?|págs?|pags?|seiten?|str|abstract\s?(?:no\.?)?\s?#?|art(?:icle)?\.?\s?(?:no\.?|id|number)?)"
    r"(?:\.\s?|\s)|(?<!\w)(?:pp?\.?|[sSсС]\.)\s?)"
)
_PAGES = re.compile(
    rf"{_PAGE_WORD}(?!{dates.ONE_YEAR}(?![\w–-]))(?:\d{{1,5}}\s\d{{1,5}}(?!\w)|{_RANGE}|{_ROMAN}{_DASH}{_ROMAN})"
    rf"(?:\s?(?:,|&|and|et)\s?(?!{dates.ONE_YEAR}[a-z]?(?!\w)){_RANGE})*",
    re.IGNORECASE,
)
_PAGE_COUNT = re.compile(r"(?<!\w)\d{1,5}\s?(?:pp?|pages|páginas|seiten|s|стр|с)(?!\w)\.?", re.IGNORECASE)
_PLAIN_PAGES = re.compile(rf"{_NUMBER}{_DASH}{_NUMBER}(?:\s?[,+]\s?{_RANGE})*|{_NUMBER}", re.IGNORECASE)
_BRACKETED_PAGES = re.compile(rf"(?<=\()\d+{_DASH}\d+(?=\))")
_AFTER_BRACKET = re.compile(r"(?:^[\s;]*|\d)\)\s?[,:]\s*([A-Za-z]?\d[^;]*)")
_ONLY_ISSUE = re.compile(r"\s?\([^()]*\d[^()]*\)\W*$")
_VOLUME_NAME = (
    r"volumes?|vols?|band|bd|jahrgang|jg|tome|tomo|tom|issue|iss|heft|fasc|nos?|nr|num|número|numéro|núm|supplement"
)
_VOLUME_SIGN = r"(?:[vntth]|jg|bd)\.\s?|n[°ºo]s?\.?\s?|№\s?"
_VOLUME_WORD = rf"(?<!\w)(?:(?:{_VOLUME_NAME}|part|ser|suppl)(?:\.\s?|\s)|{_VOLUME_SIGN})"
_COUNT = rf"(?:\d{{1,4}}(?:{_DASH}\d{{1,4}})?|[IVXLC]{{1,7}}(?!\w))"
_SURE_VOLUME = rf"(?<!\w)(?:(?:{_VOLUME_NAME})(?:\.\s?|\s)|{_VOLUME_SIGN}){_COUNT}"
VOLUME_FIELD = re.compile(rf"[,.(]\s?{_SURE_VOLUME}(?:,\s{_SURE_VOLUME})?", re.IGNORECASE)
"""A volume with its word, as it stands behind the title of a book or a series."""

_ISSUE = r"\(\s?(?!(?:1[4-9]|20)\d\d[)a-z])[^()]{0,12}\d[^()]{0,18}\)|\(\s?[Ss]up[^()]{0,20}\)"
_STRETCHES = (
    re.compile(rf"(?<![\w.])[A-Z]?\d{{1,4}}[A-Za-z]?,?\s?(?:{_ISSUE})"),
    re.compile(rf"(?<![\w.(])\d{{1,4}}\s?:\s?{_RANGE}(?![\w])"),
    re.compile(rf"(?<=[,.]\s)\d{{1,4}}\s?,\s?{_RANGE}(?![\w%])"),
    re.compile(rf"(?<=[^\d.,:;–-]\s)\d{{1,4}}\s?,\s?(?:{_PAGE_WORD})?{_NUMBER}{_DASH}{_NUMBER}(?![\w%])"),
    _PAGES,
    re.compile(
        rf"(?:(?<=[,.:(]\s)|(?<=[,(])){_SURE_VOLUME}|(?<=[\w)]\s)(?:vol|no)\.\s?\d{{1,4}}",
        re.IGNORECASE,
    ),
    re.compile(rf"\((?!{dates.ONE_YEAR}{_DASH}{dates.ONE_YEAR})\d{{1,4}}{_DASH}\d{{1,4}}\)"),
    re.compile(rf"(?<=[,.]\s){dates.ONE_YEAR}\s?[;,]\s?\d"),
)
"""What the numbers of an article or a chapter look like where they stand in the middle of a reference."""

_WORDED = _STRETCHES[4:6]
"""Those that begin with a word; the others begin with a digit, or with one character before it."""
_DIGIT = re.compile(r"\d")

_WIDEST_STRETCH = 60
_TAIL_WORD = re.compile(
    rf"(?:{dates.MONTH}|{dates.YEARS}|{_VOLUME_NAME}|part|pt|suppl|pages?|pp?|págs?|seiten?|article|abstract|[vntshf]|ff|"
    r"n[°º]|№|[ivxlc]{1,7}|(?:[a-z]|cd)?\d+[a-z]?|st|nd|rd|th|and|et|de|sec)$",
    re.IGNORECASE,
)
_PIECE = 60
_TOKENS = re.compile(r"[^\W_]+[°º]?|\S")
_JOINS = re.compile(r"(?:and|et|de|[ILXC]|[ivxlcIVXLC]{2,})$")
"""Words that belong to the numbers only where a number or a word such as "vol." stands before them."""

_ATTACHED = re.compile(r"[^\W\d_][-'’]$")
_IDENTIFIERS = re.compile(
    r"(?:(?:^|[.,;:)\[(”\"’]\s?)\[?(?:online\.?\s)?(?:retrieved|(?:last\s)?accessed|recuperado|abgerufen|consult[ée]e?|"
    r"consultado|acess?o|acessado|viewed|cited|dispon[ií](?:ble|vel)|available|verfügbar|downloaded|accès|zugriff|abruf|"
    r"stand)(?:\s(?:on|from|at|through|online|in|em|en|le|am|de|sur|à|via|unter|:)\b|\s?:|,?\s\d|\s[A-Z])|"
    r"[\[(<]?(?:https?\s?:|\bwww\.\w|\bdoi\s?[:.>]?\s?(?:https?|10\.)|\bdoi\s?:|\b10\.\d{4,9}/|\burls?\s?:|"
    r"\b(?:pubmed\s)?(?:central\s)?pm(?:c?id|c\sid|c)(?:\s?:|\s\d)|\bisbn|\bissn|\barxiv\s?:|\barxiv\s(?:\d|preprint|e-print)|\[(?:hep|cond|astro|math|quant|gr-qc)\b|\bepub\b|\bpubmed\s\[|\bIF\s?:\s?\d))",
    re.IGNORECASE,
)

_IDENTIFIER_CUES = (
    "http doi 10. www. url pmid pmc isbn issn arxiv epub pubmed retriev access recuperado abgerufen consult acces "
    "aceso acess viewed cited dispon available verfügbar download accès zugriff abruf stand if: "
    "[hep [cond [astro [math [quant [gr-qc"
).split()
"""Words of which one stands in whatever ``_IDENTIFIERS`` matches: looking for them first saves most searches."""


class Numbers(NamedTuple):
    """What a stretch of numbers says: volume with issue, pages and date, each as written."""

    volume: str = ""
    pages: str = ""
    date: str = ""
    counted: bool = False
    """Whether the pages are how many a book has, not where something stands in it."""


def identifiers_start(text: str) -> int:
    """Where the addresses, identifiers and notes on access at the end of a reference begin."""
    low = text.lower().replace("if :", "if:")
    match = _IDENTIFIERS.search(text) if any(map(low.__contains__, _IDENTIFIER_CUES)) else None
    return match.start() if match else len(text)


def find_numbers(text: str) -> tuple[int, int]:
    """The stretch of ``text`` with volume, issue, pages and date: at its end, or in its middle."""
    start = _trailing(text)
    digit = _DIGIT.search(text)
    near = max(0, digit.start() - 1) if digit else len(text)
    found = [last_match(pattern, text, 0 if pattern in _WORDED else near) for pattern in _STRETCHES]
    inner = [match for match in found if match and match.start() < start]
    if _DIGIT.search(dates.PLAIN.sub("", text[start:])) or not inner:
        return start, len(text)
    first, end = min(m.start() for m in inner), max(m.end() for m in inner)
    if end - first > _WIDEST_STRETCH:
        first, end = max(inner, key=lambda m: m.end()).span()
    return first, end


def read_numbers(text: str, *, want_date: bool) -> Numbers:
    """Volume, pages and date from a stretch of numbers; where the date is known, only a further one with a month."""
    pages, date, newspaper, counted = "", "", False, False
    if match := _PAGES.search(text) or _PAGE_COUNT.search(text):
        pages, text, counted = match.group(), without(text, match), match.re is _PAGE_COUNT
    if match := dates.BRACKETED.search(text):
        date, text = match.group(1), without(text, match)
    else:
        plain = [m for m in dates.PLAIN.finditer(text) if not re.search(r"[-–:]\s?$", text[: m.start()])]
        first = plain and re.match(r"\s?[;,]\s?\d", text[plain[0].end() :])
        found = plain[0 if first else -1] if plain else None
        if found and (want_date or dates.has_month(found.group())):
            date, text = found.group(), without(text, found)
            newspaper = dates.has_month(date)
    if not date and not want_date and (match := dates.DAY_AND_MONTH.search(text)):
        date, text = match.group(), without(text, match)
    if not pages:
        pages, text = _unmarked_pages(text, newspaper)
    return Numbers(_volume(text), pages.strip(" ,;:.()"), date.strip(" ,;:."), counted)


def _trailing(text: str) -> int:
    """Where the run of numbers, months and words such as "vol." at the end of ``text`` begins."""
    start = len(text)
    for token in _backwards(text):
        word = token.group()
        if word[0].isalnum():
            attached = word[0].isdigit() and _ATTACHED.search(text, max(0, token.start() - 2), token.start())
            if attached or not _TAIL_WORD.match(word):
                break
            if not _JOINS.match(word):
                start = token.start()
        elif word in "(#":
            start = token.start()
        elif word in '"“”»«?!':
            break
    return start


def _backwards(text: str) -> Iterator[re.Match[str]]:
    """The words and marks from the last to the first, taken out in pieces: mostly only the last few are looked at."""
    end = len(text)
    while end > 0:
        start = text.rfind(" ", 0, max(0, end - _PIECE)) + 1
        yield from reversed(list(_TOKENS.finditer(text, start, end)))
        end = start - 1


def _unmarked_pages(text: str, newspaper: bool) -> tuple[str, str]:
    """Pages that no "pp." marks, and the text without them: the last number, where it is not the only one."""
    if match := _AFTER_BRACKET.search(text):
        return match.group(1), text[: match.start(1)]
    ranges = [m for m in _PLAIN_PAGES.finditer(text) if any(ch.isdigit() for ch in m.group())]
    ranges = [m for m in ranges if text.count("(", 0, m.start()) <= text.count(")", 0, m.start())]
    if not ranges:
        bracketed = _BRACKETED_PAGES.search(text)
        return (bracketed.group(), without(text, bracketed)) if bracketed else ("", text)
    last = ranges[-1]
    before = text[: last.start()].rstrip()
    if len(ranges) == 1 and _ONLY_ISSUE.match(text, last.end()):
        return "", text
    if re.search(_VOLUME_WORD + "$", text[: last.start()], re.IGNORECASE):
        return "", text
    if before.endswith(":") or newspaper or re.search(_DASH, last.group()) or any(ch.isdigit() for ch in before):
        return last.group(), without(text, last)
    return "", text


def _volume(text: str) -> str:
    parts = [part.strip(" .,:") for part in text.split(";")]
    numbered = [part for part in parts if any(ch.isdigit() for ch in part) or re.fullmatch(r".*\b[IVXLC]+", part)]
    volume = " ".join(numbered).strip(" ,;:.")
    return volume if volume.count("(") == volume.count(")") else volume.strip("()")
