"""Works that the text itself links to or names by identifier: a link to doi.org or PubMed, a bare DOI, a web page."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from kb.identifiers import find_dois, find_pmid
from kb.model import Record

LINKED = "link in the text"
"""The origin of a reference that stands on no list."""

_ADDRESS = r"https?://(?:[^\s()<>\"\]]|\([^\s()<>]*\))+"
_LINK = re.compile(rf"(?<!!)\[(?P<label>[^\[\]]*)\]\(\s*<?(?P<address>{_ADDRESS})>?[^()]*\)|<(?P<angled>{_ADDRESS})>")
_BARE = re.compile(_ADDRESS)
_NAMED = re.compile(r"\bPMID:?\s?(\d{1,8})\b", re.IGNORECASE)
_SPEAKS_OF_PMID = re.compile("PMID|pmid|Pmid")
_NO_WORK = re.compile(
    r"\.(?:jpe?g|png|gif|svg|webp|mp4)(?:\?|$)|//(?:[\w-]+\.)*(?:facebook|twitter|x|instagram|linkedin|pinterest|youtube)\.com|//orcid\.org/",
    re.IGNORECASE,
)
_STOPS = ".,;:!?"
_NO_SOURCE = re.compile(
    r"\b(?:click here|our (?:\w+ )?(?:page|site|clinic|shop|team)|contact|book|subscribe|share|sign up|comment|home)\b",
    re.IGNORECASE,
)


class Link(Record, frozen=True, kw_only=True):
    """A place in the text that names a work: by DOI, by PMID, or by the address of a page."""

    start: int
    end: int
    label: str = ""
    doi: str | None = None
    pmid: str | None = None
    url: str | None = None


def links(text: str, spans: Sequence[tuple[int, int]]) -> Iterator[Link]:
    """The links of some passages; of several readings of one place the whole link comes first.

    Left out are pictures, social networks, and links whose words call on the reader instead of naming a source.
    """
    named = _SPEAKS_OF_PMID.search(text) is not None
    for start, end in spans:
        held = bytearray(end - start)
        addressed = text.find("http", start, end) >= 0
        if addressed:
            for match in _LINK.finditer(text, start, end):
                _hold(held, match.start() - start, match.end() - start)
                found = _link(match.group("address") or match.group("angled"), match.group("label") or "", match)
                if found:
                    yield found
        if text.find("10.", start, end) >= 0:
            for first, last, doi in find_dois(text[start:end]):
                if not held[first]:
                    _hold(held, first, last)
                    yield Link(start=start + first, end=start + last, doi=doi)
        for match in _NAMED.finditer(text, start, end) if named else ():
            if not held[match.start() - start]:
                yield Link(start=match.start(), end=match.end(), pmid=match.group(1))
        for match in _BARE.finditer(text, start, end) if addressed else ():
            found = None if held[match.start() - start] else _link(match.group(), "", match)
            if found:
                yield found


def _hold(held: bytearray, first: int, last: int) -> None:
    held[first:last] = b"\1" * (last - first)


def _link(address: str, label: str, match: re.Match[str]) -> Link | None:
    end = match.end() if label else match.start() + len(match.group().rstrip(_STOPS))
    return link_to(address, label, match.start(), end)


def link_to(address: str, label: str, start: int, end: int) -> Link | None:
    """The work that a link leads to; None where it leads to a picture or a social network, or calls on the reader.

    Parameters
    ----------
    address
        Where it leads, http or https.
    label
        Its words, empty where they are the address.
    start, end
        The passage that is the link.
    """
    address = address.rstrip(_STOPS)
    dois = find_dois(address)
    if dois:
        return Link(start=start, end=end, label=label, doi=dois[0][2])
    pmid = find_pmid(address)
    if pmid:
        return Link(start=start, end=end, label=label, pmid=pmid)
    if _NO_WORK.search(address) or _NO_SOURCE.search(label):
        return None
    return Link(start=start, end=end, label=label, url=address)
