"""Citation keys of Markdown, as pandoc, Quarto and Manubot write them: ``[@a; @b, p. 3]``, ``@a [p. 3]``, ``-@a``.

A key may itself name a work by its identifier (Manubot: ``@doi:…``, ``@pmid:…``, ``@arxiv:…``, ``@url:…``), or be
defined as a name for such a key: ``[@tag:roe]: doi:10.1000/1``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache

from kb.identifiers import (
    arxiv_doi,
    arxiv_url,
    doi_url,
    parse_arxiv,
    parse_doi,
    parse_isbn,
    parse_pmcid,
    parse_pmid,
    parse_short_doi,
    pmcid_url,
)
from kb.model import Record

_KEY = r"@(?:\{([^{}\s]{1,500})\}|(\w(?:[\w:.#$%&+?<>~/=-]{0,500}[\w/])?))"
_KEYS = re.compile(rf"(?<![\w.\\/]){_KEY}")
_BARE = re.compile(rf"{_KEY}(?:\s\[[^\[\]]{{0,300}}\](?!\())?")
_NOT_BEFORE = re.compile(r"[\w.@/\\]")
_DEFINED = re.compile(rf"^ {{0,3}}\[{_KEY}\]:[ \t]+(\S+)[ \t]*$", re.MULTILINE)
_CROSS_REFERENCE = re.compile(
    r"(?:fig|tbl|tab|table|sec|eq|lst|thm|lem|cor|prp|cnj|def|exm|exr|sol|rem|alg|nte|tip|wrn|imp)[:-]"
)
_LONGEST = 4000
"""Characters in a bracket of citations."""


class Cited(Record, frozen=True, kw_only=True):
    """A place that cites keys; ``bare`` where it stands without brackets, as a mention of a person does too."""

    start: int
    end: int
    keys: tuple[str, ...]
    bare: bool


class Work(Record, frozen=True, kw_only=True):
    """The work that a key names by identifier; ``id`` is the key in its normal form."""

    id: str
    doi: str | None = None
    pmid: str | None = None
    url: str | None = None


def cited_keys(text: str, spans: Sequence[tuple[int, int]]) -> Iterator[Cited]:
    """The places of some passages that cite keys, in order.

    >>> text = "Heat [see @roe, p. 3; -@poe]. As @doi:10.1000/1 says. a@b.org"
    >>> [(one.keys, one.bare) for one in cited_keys(text, [(0, len(text))])]
    [(('roe', 'poe'), False), (('doi:10.1000/1',), True)]
    """
    normalise = lru_cache(maxsize=None)(normal)
    for start, end in spans:
        at = text.find("@", start, end)
        while at >= 0:
            found = _bracketed(text, start, at, end) or _bare(text, start, at, end)
            if found and text[found[0]] == "[" and text[found[1] : found[1] + 1] in _LINKED:
                found = (found[1], found[1])  # the label of a link, or a definition
            first, last = found or (at, at + 1)
            keys = tuple(normalise(braced or plain) for braced, plain in _KEYS.findall(text[first:last]))
            if keys:
                yield Cited(start=first, end=last, keys=keys, bare=text[first] != "[")
            at = text.find("@", max(last, at + 1), end)


_LINKED = frozenset("([:")


def _bracketed(text: str, start: int, at: int, end: int) -> tuple[int, int] | None:
    """The bracket that the ``@`` stands in."""
    floor = max(start, at - _LONGEST)
    first = text.rfind("[", floor, at)
    if first < 0 or text.rfind("]", first, at) >= 0:
        return None
    last = text.find("]", at, min(end, first + _LONGEST))
    return (first, last + 1) if last >= 0 and text.find("[", at, last) < 0 else None


def _bare(text: str, start: int, at: int, end: int) -> tuple[int, int] | None:
    """The key that begins with the ``@``, with the bracket behind it; a minus before it leaves out the author."""
    match = _BARE.match(text, at, end)
    if match is None or (at > start and _NOT_BEFORE.match(text, at - 1)):
        return None
    return at - (at > start and text[at - 1] == "-"), match.end()


def key_places(text: str, start: int, end: int) -> Iterator[tuple[int, int, str]]:
    """The keys of a passage, in order: where each stands without its ``@`` and braces, and how it is looked up.

    >>> list(key_places("[see @roe; @{b c}]", 0, 18)), list(key_places("@{poe}", 0, 6))
    ([(6, 9, 'roe')], [(2, 5, 'poe')])
    """
    for match in _KEYS.finditer(text, start, end):
        group = 1 if match.group(1) else 2
        yield match.start(group), match.end(group), normal(match.group(group))


def without_keys(spans: Sequence[tuple[int, int]], keys: Sequence[Cited]) -> Iterator[tuple[int, int]]:
    """What is left of passages beside the keys in them; both are in order.

    The addresses and years inside keys are no links and no dates.
    """
    ahead = iter(keys)
    key = next(ahead, None)
    for start, end in spans:
        while key and key.start < end:
            if key.start > start:
                yield start, key.start
            start = max(start, key.end)
            key = next(ahead, None)
        if end > start:
            yield start, end


def defined_keys(text: str) -> Iterator[tuple[int, int, str, str]]:
    """Definitions of keys: where each stands, the key, and the key that it stands for.

    >>> list(defined_keys("[@tag:roe]: doi:10.1000/ABC"))
    [(0, 27, 'tag:roe', 'doi:10.1000/abc')]
    """
    for match in _DEFINED.finditer(text):
        target = normal(match.group(3).removeprefix("@"))
        if work_of(target):
            yield match.start(), match.end(), match.group(1) or match.group(2), target


def is_cross_reference(key: str) -> bool:
    """Whether a key may point to a figure, table, section or the like of the article itself, as Quarto's do."""
    return bool(_CROSS_REFERENCE.match(key))


def normal(key: str) -> str:
    """A key as it is looked up; one that holds an identifier is the same however that is written.

    >>> normal("DOI:10.1000/ABC"), normal("Roe2016")
    ('doi:10.1000/abc', 'Roe2016')
    """
    work = work_of(key)
    return work.id if work else key


def work_of(key: str) -> Work | None:
    """The work that a key names by its identifier, or None.

    >>> work_of("arxiv:2101.00001v2").doi
    '10.48550/arxiv.2101.00001'
    """
    scheme, _, rest = key.partition(":")
    read = _SCHEMES.get(scheme.lower())
    return read(rest) if read and rest else None


def _doi(rest: str) -> Work | None:
    doi = parse_doi(rest)
    if doi:
        return Work(id=f"doi:{doi}", doi=doi)
    short = parse_short_doi(rest)
    return Work(id=f"doi:{short}", url=doi_url(short)) if short else None


def _pmid(rest: str) -> Work | None:
    pmid = parse_pmid(rest)
    return Work(id=f"pmid:{pmid}", pmid=pmid) if pmid else None


def _pmcid(rest: str) -> Work | None:
    pmcid = parse_pmcid(rest)
    return Work(id=f"pmcid:{pmcid}", url=pmcid_url(pmcid)) if pmcid else None


def _arxiv(rest: str) -> Work | None:
    arxiv = parse_arxiv(rest)
    return Work(id=f"arxiv:{arxiv}", doi=arxiv_doi(arxiv), url=arxiv_url(arxiv)) if arxiv else None


def _isbn(rest: str) -> Work | None:
    isbn = parse_isbn(rest)
    return Work(id=f"isbn:{isbn}") if isbn else None


def _wikidata(rest: str) -> Work | None:
    item = re.fullmatch(r"Q\d{1,12}", rest)
    return Work(id=f"wikidata:{rest}", url=f"https://www.wikidata.org/wiki/{rest}") if item else None


def _url(rest: str) -> Work | None:
    return Work(id=f"url:{rest}", url=rest) if re.match(r"https?://\S", rest) else None


_SCHEMES: dict[str, Callable[[str], Work | None]] = {
    "doi": _doi,
    "pmid": _pmid,
    "pubmed": _pmid,
    "pmc": _pmcid,
    "pmcid": _pmcid,
    "arxiv": _arxiv,
    "isbn": _isbn,
    "wikidata": _wikidata,
    "url": _url,
    "http": lambda rest: _url(f"http:{rest}"),
    "https": lambda rest: _url(f"https:{rest}"),
}
