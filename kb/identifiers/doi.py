"""DOIs: in fields, in running text and in web addresses.

A DOI is ``10.``, a registrant, a slash and a suffix of any printable characters, and case matters only beyond ASCII
(ISO 26324; DOI Handbook, chapter 2). The suffix may hold brackets, ``<>;``, quotes and spaces, so where it ends is a
matter of judgement. A field is taken at its word. In running text a DOI ends at white space, a quotation mark, a tag,
an em dash or the next identifier, without the punctuation of the sentence and the brackets that it did not open itself.
In an address it ends where the publisher's words for a view of the work begin, and only there is percent-encoding
undone, once.
"""

from __future__ import annotations

import re
import string
from collections import Counter
from typing import NamedTuple
from urllib.parse import quote, unquote

# No possessive group here: Python before 3.11.5 loses its place in one (gh-106052).
_REGISTRANT = r"[1-9][0-9]{3,8}+(?:\.[0-9]++)*"
_PREFIX = rf"10\.{_REGISTRANT}"
_NAMED = r"(?:https?:/|doi[:\s]|pmc?id\b)"
_NEXT = rf"(?:{_NAMED}|{_PREFIX}/)"
"""How the next identifier begins, where several follow one another."""

_JOINTS = r",;)\]>–"
_JOINED = rf"(?:[{_JOINTS}][{_JOINTS}(\[<.\s]{{0,8}}{_NEXT}|\.{_NAMED})"
_ESCAPES = r"_%&#$<>()\[\]~*-"
"""What LaTeX and Markdown set a backslash before."""

_IN_TEXT = re.compile(
    rf"""
    10\.(?<![$€£¥]10\.)(?<![$€£¥]\s10\.)(?<![0-9]\.10\.)     # no price, no part of a longer number
    (?:(?<![0-9A-Za-z]10\.)|(?<=doi10\.)|(?<=%2f10\.)|(?<=%3a10\.)|(?<=%3d10\.))
    {_REGISTRANT}
    (?:(?P<slash>/)|(?P<encoded>%2f)|[ \t]{{0,2}}/[ \t]{{1,2}}(?=\S{{0,60}}[0-9])|[ \t]{{1,2}}/(?=\S{{0,60}}[0-9]))
    (?:
        [^\s"“”«»`|{{\\<—。，；：、）】》h.{_JOINTS}]++
      | h(?!ttps?:/)
      | \\[{_ESCAPES}]
      | <(?![/!a-z])                                           # a tag; what a DOI encloses begins with a digit
      | (?!{_JOINED}|\]\()[{_JOINTS}.]
    )+
    """,
    re.IGNORECASE | re.VERBOSE,
)
_WHOLE = re.compile(rf"{_PREFIX}/\S.*")
_SPACED = re.compile(rf"({_PREFIX})\s?/\s?")
_FURTHER = re.compile(rf"\s[(\[<]?{_NEXT}|{_JOINED}|\]\(|<(?=[/!a-z])", re.IGNORECASE)
"""Where something else begins in a field that opens with a DOI."""

_LONGEST_LEAD = 400
_ADDRESS = re.compile(
    r"(?:https?:/{1,2}|(?<![\w.-])(?:[\w-]+\.)+[a-z]{2,12}/)[^\s\"<>“”|\\^`{}]*$",
    re.IGNORECASE,
)
_LABEL = re.compile(r"(?<![a-z])(?:info:)?doi\s{0,2}(?:[:=.>/]\s{0,2})?$", re.IGNORECASE)
_RESOLVER = re.compile(r"(?:^|[/.])doi\.org/{1,2}(?:(?:info:|urn:)?doi[:/])?$", re.IGNORECASE)
_LEAD = re.compile(
    r"(?:(?P<url>(?:https?:/{1,2})?(?:(?:www|dx)\.){0,2}doi\.org/{1,2})|(?:info:|urn:)?doi\s?(?:[:=.>/]\s?)*)*",
    re.IGNORECASE,
)
_SHORT = re.compile(r"10/(?=[0-9]*[a-z])([a-z0-9]{2,12})", re.IGNORECASE)
_SHORT_LINK = re.compile(
    r"(?:https?://)?(?:(?:www|dx)\.){0,2}doi\.org/(?:10/)?(?=[0-9]*[a-z])([a-z0-9]{2,12})/?", re.IGNORECASE
)

_STANDARD = re.compile(r"(?:https://doi\.org/|doi:\s{0,2})10\.", re.IGNORECASE)

_DAY_LIKE = re.compile(r"10\.(?:19|20)[0-9]{2}/[0-9]{1,4}")
"""A month or day with a year, "10.2016/17": no DOI unless something says so."""

_INVISIBLE = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff"))
"""Marks for line breaking and the like, which copying from a page brings along."""

_LOWER = str.maketrans(string.ascii_uppercase, string.ascii_lowercase)
_ENTITY = re.compile(r"&(?:amp;)*(amp|lt|gt);")
_ENTITIES = {"amp": "&", "lt": "<", "gt": ">"}
_ESCAPED = re.compile(rf"\\+([{_ESCAPES}])")
_PAIRS = {")": "(", "]": "[", "}": "{", ">": "<", "”": "“", "’": "‘", "»": "«"}
_OPENERS = frozenset(_PAIRS.values())
_AFTER_FIELD = " .,;:/"
_AFTER_TEXT = _AFTER_FIELD + "!?…*_"

_CUTS = re.compile(r";jsessionid=|/suppl_file/|/asset/", re.IGNORECASE)
_VIEWS = re.compile(
    r"(?:[/.](?:full(?:-?text)?|abstract|summary|short|meta|html?|e?pdf(?:direct|plus)?|references|figures|tables|"
    r"citations?|metrics|supplementary-material))+$",
    re.IGNORECASE,
)
"""The ends that publishers give to the address of a work for its views."""

_LONGEST_VIEW = 80
_HABITS = (
    (re.compile(r"(?:bio|med)rxiv\.org/", re.IGNORECASE), re.compile(r"v[0-9]{1,3}$")),
    (re.compile(r"/article(?:-\w{1,10})?/doi/$", re.IGNORECASE), re.compile(r"(?<=\w)/[0-9]{4,}(?:/.*)?$")),
)
"""Addresses of some hosts, and what they set behind the DOI: a version, a number of their own."""


class FoundDoi(NamedTuple):
    """A DOI in running text, in normal form, and where it is mentioned: with its label, or the whole address."""

    start: int
    end: int
    doi: str


def parse_doi(text: str) -> str | None:
    """The DOI that a field holds, in normal form, or None where it holds none.

    Parameters
    ----------
    text
        A DOI by itself, with ``doi:``, or as an address of doi.org: then all that follows belongs to it, spaces and
        quotes too, up to another identifier. Of any other text, the one DOI that ``find_dois`` sees in it.

    >>> parse_doi("https://doi.org/10.1016/S0140-6736(97)11096-0")
    '10.1016/s0140-6736(97)11096-0'
    >>> parse_doi('10.1000/"a b"'), parse_doi("10.1000/a%2Fb"), parse_doi("https://doi.org/10.1000/a%2Fb")
    ('10.1000/"a b"', '10.1000/a%2fb', '10.1000/a/b')
    >>> parse_doi("https://journal.example/doi/full/10.1000/abc/pdf?download=1")
    '10.1000/abc'
    >>> parse_doi("10.1000") is None
    True
    """
    field = " ".join(text.translate(_INVISIBLE).split()).lstrip("<([{\"'“‘«")
    lead = _LEAD.match(field)
    rest = field[lead.end() :] if lead else field
    if rest.startswith("10."):
        in_address = lead is not None and lead["url"] is not None
        whole = _decoded(re.split(r"[?#]", rest, maxsplit=1)[0]) if in_address else rest
        return _normal(whole)
    found = {one.doi for one in find_dois(field)}
    return found.pop() if len(found) == 1 else None


def find_dois(text: str) -> list[FoundDoi]:
    """Every DOI in running text, in order.

    White space ends a DOI, also at the end of a line, where nobody can tell whether it goes on; only around the slash
    of a DOI that is named as one it is skipped.

    >>> [one.doi for one in find_dois("see (doi:10.1000/a(1)b). Also <https://dx.doi.org/10.1000/X>, v10.1000/2")]
    ['10.1000/a(1)b', '10.1000/x']
    >>> find_dois("DOI: 10.1000/abc.")
    [FoundDoi(start=0, end=16, doi='10.1000/abc')]
    """
    found: list[FoundDoi] = []
    floor = 0
    for match in _IN_TEXT.finditer(text):
        before = text[max(floor, match.start() - _LONGEST_LEAD) : match.start()]
        address, label = _ADDRESS.search(before), _LABEL.search(before)
        lead = address or label
        if not match["slash"] and not (address if match["encoded"] else lead):
            continue
        raw = match.group()[: _end(_until_closed(match.group()), _AFTER_TEXT)]
        doi = _normal(_decoded(_within(raw, address.group())) if address else raw)
        if doi is None or (lead is None and _DAY_LIKE.fullmatch(doi)):
            continue
        floor = match.start() + len(raw)
        found.append(FoundDoi(match.start() - (len(lead.group()) if lead else 0), floor, doi))
    return found


def parse_short_doi(text: str) -> str | None:
    """The shortDOI that a field holds, as ``10/…``; it only points to a DOI, which doi.org alone knows.

    >>> parse_short_doi("https://doi.org/aabbe"), parse_short_doi("10/AABBE"), parse_short_doi("10.1000/abc")
    ('10/aabbe', '10/aabbe', None)
    """
    field = text.strip()
    match = _SHORT_LINK.fullmatch(field) or _SHORT.fullmatch(re.sub(r"^doi\s{0,2}:?\s{0,2}", "", field, flags=re.I))
    return "10/" + match.group(1).lower() if match else None


def in_standard_form(written: str) -> bool:
    """Whether a mention of a DOI is written as its address or with its label, as style guides ask for.

    Parameters
    ----------
    written
        The mention from its first character to its last, as ``find_dois`` tells its place.

    >>> in_standard_form("https://doi.org/10.1000/a"), in_standard_form("doi: 10.1000/a"), in_standard_form("10.1000/a")
    (True, True, False)
    """
    return _STANDARD.match(written) is not None


def doi_url(doi: str) -> str:
    """The address that a DOI resolves at, safe inside an attribute or a Markdown link.

    Parameters
    ----------
    doi
        In normal form.

    >>> doi_url("10.1000/a(b)"), doi_url("10.1000/a/../b")
    ('https://doi.org/10.1000/a%28b%29', 'https://doi.org/10.1000%2Fa%2F..%2Fb')
    """
    climbs = not {".", ".."}.isdisjoint(doi.split("/"))  # browsers would resolve these before they ask
    return "https://doi.org/" + quote(doi, safe=":;" if climbs else "/:;", errors="replace")


def _normal(raw: str) -> str | None:
    """The normal form of a DOI that may carry escapes of its surroundings and what follows it; None if it is none."""
    doi = " ".join(raw.translate(_INVISIBLE).translate(_LOWER).split())
    doi = _ENTITY.sub(lambda match: _ENTITIES[match.group(1)], _ESCAPED.sub(r"\1", doi))
    if spaced := _SPACED.match(doi):
        doi = f"{spaced.group(1)}/{doi[spaced.end() :]}"
    if further := _FURTHER.search(doi):
        doi = doi[: further.start()]
    doi = doi[: _end(doi, _AFTER_FIELD)]
    return doi if _WHOLE.fullmatch(doi) and doi.isprintable() else None


def _decoded(raw: str) -> str:
    """Without percent-encoding; empty where that hides something that is no text."""
    try:
        return unquote(raw, errors="strict")
    except UnicodeDecodeError:
        return ""


def _within(raw: str, address: str) -> str:
    """The part of an address that is the DOI: without query, fragment and what the publisher set behind it."""
    raw = re.split("[&#]" if "?" in address else "[?#]", raw, maxsplit=1)[0]
    if not _RESOLVER.search(address):
        raw = _CUTS.split(raw, maxsplit=1)[0]
        if view := _VIEWS.search(raw, max(0, len(raw) - _LONGEST_VIEW)):
            raw = raw[: view.start()]
        for host, habit in _HABITS:
            if host.search(address):
                raw = habit.sub("", raw)
    return raw


def _until_closed(raw: str) -> str:
    """Up to the first closing bracket that nothing before it opened."""
    depth: Counter[str] = Counter()
    for position, character in enumerate(raw):
        if character in _OPENERS:
            depth[character] += 1
        elif opener := _PAIRS.get(character):
            if not depth[opener]:
                return raw[:position]
            depth[opener] -= 1
    return raw


def _end(raw: str, marks: str) -> int:
    """Where ``raw`` ends without ``marks``, opening brackets, and closing ones and quotes that lack their partner."""
    counts = Counter(raw)
    end = len(raw)
    while end:
        last = raw[end - 1]
        lonely = counts[last] > counts[_PAIRS[last]] if last in _PAIRS else last in "\"'" and counts[last] % 2
        if not lonely and last not in marks and last not in _OPENERS:
            break
        counts[last] -= 1
        end -= 1
    return end
