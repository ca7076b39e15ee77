"""What each block of an article is: the part of reading that plain text and Markdown share.

A page copied from the web brings its byline, its reference list and its promotion along. They are recognised by where
they stand and how they are worded, and each block that is left out says how it was recognised.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from enum import Enum, auto
from itertools import pairwise

import msgspec

from ingest.read.reference_list import holds_list, trailing_entries
from kb.language.sentences import sentences
from kb.model import Block, BlockKind


def _line_of(*phrases: str) -> re.Pattern[str]:
    """A pattern for a line that consists of one of the phrases, marks and numbering aside."""
    return re.compile(rf"^\W*(?:\d+\.?\s*)?(?:{'|'.join(phrases)})\W*$", re.IGNORECASE)


REFERENCES = _line_of(
    "(?:list of |cited |selected |key |further |works )?references?(?: list| cited)?",
    "(?:selected )?bibliography",
    "sources?",
    "further reading",
    "literature(?: cited)?",
    "works cited",
    "citations",
    "footnotes",
    "endnotes",
    "literatur(?:verzeichnis)?",
    "quellen(?:verzeichnis)?",
    "einzelnachweise",
    "r[ée]f[ée]rences(?: bibliographiques)?",
    "bibliographie",
    "referencias(?: bibliogr[áa]ficas)?",
    "bibliograf[íi]a",
    "fuentes",
)
BACK_MATTER = re.compile(
    r"^\W*(?:appendix|supplement|abbreviations|tables?|figures?|glossary|annex|conclusions?|discussion|summary|results"
    r"|methods|introduction|background|side effects|risks|treatments?|symptoms|causes|key points"
    r"|faqs?\b|frequently asked)\b",
    re.IGNORECASE,
)
_RELATED = _line_of(
    "related (?:articles?|posts?|reading|content)",
    "you may also like",
    "more (?:articles|posts|stories|from)\\b.*",
    "(?:recent|popular) posts",
    "latest news",
    "about the author",
    "about us",
    "contact(?: us| details| information)?",
    "how to (?:find|contact) us",
    "opening (?:hours|times)",
    "comments",
    "leave a (?:comment|reply)",
)
_ADMINISTRATIVE = _line_of(
    "(?:[\\w. ]{1,20} )?authors?(?: information| affiliations?| details| notes?|[’']?s?[’']? contributions?)?",
    "(?:author )?affiliations?",
    "contributors?",
    "acknowledge?ments?",
    "(?:sources? of )?funding(?: (?:information|sources?|statement))?",
    "financial (?:support|disclosures?)",
    "(?:declaration of )?(?:competing|conflicts? of|conflicting|financial|declaration of) interests?(?: statement)?",
    "disclosures?(?: statement)?",
    "(?:data|code|data and code|data, code)(?: and materials?)? availability(?: statement)?",
    "availability of (?:data|code).{0,40}",
    "(?:ethics|ethical) (?:approval|statement|considerations?).{0,60}",
    "(?:informed )?consent(?: to participate| for publication)?",
    "publisher[’']s note",
    "key ?words",
)
_CHROME = _line_of(
    "home\\b.*[>›»/].*",
    "menu",
    "search",
    "advertisements?",
    "skip to (?:main )?content",
    "accept (?:all )?cookies?",
    "(?:we|this (?:web)?site) uses? cookies\\b.*",
    "share this\\b.*",
    "leave a (?:comment|reply)\\b.*",
    "comments?",
    "(?:previous|next) (?:post|article)\\b.*",
    "(?:read|learn) more",
    "(?:table of )?contents",
    "back to top",
    "all rights reserved.*",
    "(?:©|copyright)\\b.*",
    "follow us\\b.*",
)
_MONTH = "(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*"
_BYLINE = re.compile(
    r"^\W*(?:(?:written|reviewed|edited|posted|published|updated|medically reviewed|fact[- ]checked)\b"
    r"|last (?:updated|reviewed)\b|by [A-Z]|author\b|\d+ min(?:ute)?s? read|date:|share\b|tags?:"
    rf"|(?:mon|tues|wednes|thurs|fri|satur|sun)day\b|(?:\d{{1,2}}(?:st|nd|rd|th)? )?{_MONTH}\.? \d)",
    re.IGNORECASE,
)
_NAME_PART = r"(?:[A-Z][\w’'-]+|[A-Z]\.(?: ?[A-Z]\.)*)"
_NAME = re.compile(
    rf"^(?:(?:Dr|Prof|Mr|Mrs|Ms)\.? )?{_NAME_PART}(?: {_NAME_PART}){{1,3}}(?:, [A-Z][A-Za-z, .]{{1,40}})?$"
)
_CALL = re.compile(
    r"\b(?:get in touch|contact (?:us|our|(?-i:[A-Z]\w+ [A-Z]\w+))|call (?:us|our|now|today)"
    r"|book (?:a|an|your|now|online)\b|subscribe|\d+% off|sign up|fill in|click (?:here|below)"
    r"|enquir(?:e|y) (?:now|form)"
    r"|(?:visit|email|phone|follow) (?:us|our)"
    r"|request (?:a|an) (?:call|appointment|quote)|free (?:chat|consultation|assessment)|schedule (?:a|an|your)"
    r"|(?:buy|shop) now|join our|our newsletter|download our|learn more about our)\b",
    re.IGNORECASE,
)
_REACH = re.compile(r"\b(?:tel|phone|fax|e-?mail)\b\.?:|\b[\w.+-]+@[\w-]+\.\w|\b(?:call|ring|phone) 0\d", re.IGNORECASE)
_OWN_SERVICE = re.compile(
    r"\b(?:our|we|us)\b[^.!?]{0,80}\b(?:clinic|team|patients|specialists?|experts?|treatments?|services?|practice"
    r"|surgeons?|therapists?|products?|customers?|clients|consultants?|cent(?:re|er))\b"
)
_AT_OURS = re.compile(r"\b[Aa]t [A-Z]\w+(?: [A-Z]\w+)*, (?:we|our)\b")
_MARK = re.compile(r"(?:(?:[-*+•●▪◦·–]|o(?= )|\d{1,3}[.)]|>|#{1,6})[ \t]+(?=\S))*")
SENTENCE_END = re.compile(r"[.!?…][\"”’)\[\]\d\s]*$")
_CAPITAL = re.compile(r"(?:\d+(?:\.\d+)*\.?\s+)?[^\W\d_a-zß-öø-ÿ]")
_COUNTS = re.compile(
    r"\d\s?(?:%|per ?cent)|\b\d+ (?:out of|in|of) (?:every )?\d+\b|\b\d[\d.,]* (?:million|people|patients)\b"
)
_LONGEST_BYLINE = 40
_LONGEST_HEADING = 120
_MOST_HEADING_WORDS = 16


class Raw(msgspec.Struct, frozen=True, kw_only=True):
    """A block as a reader found it: ``kind`` where the markup says so, else ``paragraph``; ``level`` of a heading.

    ``place`` and ``why`` are those of ``kb.model.Block``; what has a ``why`` already is left out whatever its words.
    """

    kind: BlockKind
    start: int
    end: int
    line: int
    level: int = 0
    place: str = ""
    why: str = ""


def is_furniture(line: str) -> bool:
    """Whether a line names the author or date, or is part of the page around the article."""
    return bool(_BYLINE.match(line) or _CHROME.match(line))


def looks_like_heading(text: str) -> bool:
    """Whether a block without any mark is worded like a heading: one short line that is no sentence."""
    words = text.split()
    if "\n" in text.strip() or not words or len(text) > _LONGEST_HEADING or len(words) > _MOST_HEADING_WORDS:
        return False
    if REFERENCES.match(text):
        return True
    if _COUNTS.search(text):
        return False
    if text.rstrip().endswith("?"):
        return len(words) <= 12
    return not SENTENCE_END.search(text) and not text.rstrip().endswith((",", ";")) and bool(_CAPITAL.match(text))


def settle(text: str, raws: Sequence[Raw], title: str = "") -> tuple[str, tuple[Block, ...]]:
    """Decide what each block is.

    Parameters
    ----------
    text
        The whole article.
    raws
        Its blocks in order.
    title
        The title where metadata gives one, else empty.

    Returns
    -------
    tuple
        The title, and the blocks with kind, section and, for those left out, why.
    """
    pieces = [text[raw.start : raw.end] for raw in raws]
    body = _first_body(raws, pieces)
    title = title or _title(raws, pieces, body)
    blocks: list[Block] = []
    section, zone = "", _Zone.ARTICLE
    lists = _lists(raws, pieces)
    for index, (raw, piece) in enumerate(zip(raws, pieces, strict=True)):
        listed = bool(blocks) and blocks[-1].kind == "reference list"
        ends = listed and not any(map(looks_like_entry, pieces[index : index + 3]))
        zone = _Zone.REFERENCES if index in lists else _next_zone(zone, raw, piece, list_ends=ends)
        if index <= body and _folded(piece) == _folded(title):
            kind, why = _TITLE
        elif raw.kind in _SETTLED or raw.why:
            kind, why = raw.kind, raw.why
        elif zone is _Zone.ARTICLE:
            kind, why = _in_article(raw, piece, before_body=index < body)
        else:
            opens = raw.kind == "heading" and (REFERENCES.match(piece) or _ADMINISTRATIVE.match(piece))
            kind, why = ("heading", "") if opens else _UNANNOUNCED if index in lists else _OUTSIDE[zone]
        if kind == "heading" and zone is _Zone.ARTICLE:
            section = _plain(piece)
        start = raw.start if kind in ("reference list", "front matter") else raw.start + _mark(piece)
        blocks.append(
            Block(kind=kind, start=start, end=raw.end, line=raw.line, section=section, why=why, place=raw.place)
        )
    return _plain(title), tuple(blocks)


class _Zone(Enum):
    ARTICLE = auto()
    REFERENCES = auto()
    AFTER = auto()
    RELATED = auto()
    ADMINISTRATIVE = auto()


_TITLE: tuple[BlockKind, str] = ("title", "repeats the title")
_SETTLED: frozenset[BlockKind] = frozenset({"front matter", "comment", "code", "table", "reference list"})
_UNANNOUNCED: tuple[BlockKind, str] = ("reference list", "reads like a list of references at the end of the article")
_OUTSIDE: dict[_Zone, tuple[BlockKind, str]] = {
    _Zone.ADMINISTRATIVE: ("byline", "stands under a heading about the authors, funding or interests"),
    _Zone.REFERENCES: ("reference list", "stands under the heading of the reference list"),
    _Zone.AFTER: ("promotion", "comes after the reference list"),
    _Zone.RELATED: ("promotion", "stands under a heading that points to other pages"),
}


def _lists(raws: Sequence[Raw], pieces: Sequence[str]) -> frozenset[int]:
    """The headings of reference lists; without any, the first entry of a list that no heading announces."""
    headings = [*(index for index, raw in enumerate(raws) if raw.kind == "heading"), len(raws)]
    announced = [
        index
        for index, end in pairwise(headings)
        if REFERENCES.match(pieces[index]) and holds_list(pieces[index + 1 : end])
    ]
    if announced or any(raw.kind == "reference list" for raw in raws):
        return frozenset(announced)
    first = trailing_entries(pieces)
    return frozenset() if first is None else frozenset([first])


def _next_zone(zone: _Zone, raw: Raw, piece: str, *, list_ends: bool) -> _Zone:
    """Which part of the page a block belongs to, given the part that the block before it belongs to."""
    if raw.kind == "heading":
        if _RELATED.match(piece):
            return _Zone.RELATED
        if _ADMINISTRATIVE.match(piece):
            return _Zone.ADMINISTRATIVE
        if zone in (_Zone.RELATED, _Zone.ADMINISTRATIVE) or BACK_MATTER.match(piece):
            return _Zone.ARTICLE
        if zone is _Zone.REFERENCES and not looks_like_entry(piece):
            return _Zone.AFTER
    return _Zone.AFTER if zone is _Zone.REFERENCES and list_ends else zone


def promotes(sentence: str) -> bool:
    """Whether a sentence calls on the reader to get in touch or speaks of the publisher's own services."""
    return any(pattern.search(sentence) for pattern in (_CALL, _AT_OURS, _OWN_SERVICE))


def _first_body(raws: Sequence[Raw], pieces: Sequence[str]) -> int:
    """Index of the first block that is a paragraph of sentences."""
    for index, (raw, piece) in enumerate(zip(raws, pieces, strict=True)):
        if (
            raw.kind == "paragraph"
            and len(piece.split()) > 8
            and SENTENCE_END.search(piece)
            and not _BYLINE.match(piece)
        ):
            return index
    return len(raws)


def _title(raws: Sequence[Raw], pieces: Sequence[str], body: int) -> str:
    """The first heading before the text that is more than the name of a site; else the first heading."""
    headings = [
        piece
        for raw, piece in zip(raws[: body + 1], pieces, strict=False)
        if raw.kind == "heading" and not any(aside.match(piece) for aside in (_CHROME, _BYLINE, _ADMINISTRATIVE))
    ]
    return next((piece for piece in headings if len(piece.split()) >= 3), headings[0] if headings else "")


_ENTRY = re.compile(
    r"^\s*(?:\[?\^?\w{1,20}\]:?\s|\(?\d{1,3}[.)\]]\s|[-*•]\s)|\b(?:1[6-9]|20)\d\d[a-z]?\b|\b10\.\d{4,9}/|https?://|\bdoi\b|\bPMID\b"
    r"|\bet al\b|\bin press\b|\bn\.d\.",
    re.IGNORECASE,
)


def looks_like_entry(piece: str) -> bool:
    """Whether a block can be an entry of a reference list: it has a number, a year, a DOI, an address or "et al."."""
    return bool(_ENTRY.search(piece))


def _in_article(raw: Raw, piece: str, *, before_body: bool) -> tuple[BlockKind, str]:
    """A block before the reference list: the article's own, or byline, page furniture or promotion."""
    words = len(piece.split())
    if _CHROME.match(piece) and words < 40:
        return "promotion", "is part of the page around the article"
    named = _BYLINE.match(piece) or (words <= 12 and _NAME.match(piece.strip()))
    if before_body and words <= _LONGEST_BYLINE and named and not SENTENCE_END.search(piece):
        return "byline", "stands before the article and names its author or date"
    if words <= 30 and _REACH.search(piece):
        return "promotion", "tells how to reach the publisher"
    if raw.kind == "heading":
        return "heading", ""
    if not promotes(_opening(piece)):  # nor do all of its sentences, and most blocks end here
        return raw.kind, ""
    said = [piece[span.start : span.end] for span in sentences(piece)]
    if all(promotes(sentence) for sentence in said) and any(map(_CALL.search, said)):
        return "promotion", "calls on the reader to get in touch"
    if all(promotes(sentence) for sentence in said) and any(map(_AT_OURS.search, said)):
        return "promotion", "speaks of the publisher's own services"
    return raw.kind, ""


_SURELY_ENDED = re.compile(r"[.!?][\"”’)]?\s")


def _opening(piece: str) -> str:
    """The beginning of a block, with at least its first sentence."""
    ended = _SURELY_ENDED.search(piece, 120)
    return piece[: ended.end()] if ended else piece


def _mark(piece: str) -> int:
    """Length of the bullet, number or other mark that a block begins with."""
    match = _MARK.match(piece)
    return match.end() if match else 0


def _folded(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold()))


def _plain(text: str) -> str:
    """A heading or title without Markdown's marks."""
    return " ".join(
        re.sub(r"^#+\s*|\s*#+$|\s*\{[^{}]*\}\s*$|[*_`]{1,3}(?=\S)|(?<=\S)[*_`]{1,3}", "", text.strip()).split()
    )


def non_empty(raws: Iterable[Raw], text: str) -> list[Raw]:
    """Blocks without surrounding white space; those that hold nothing else are dropped."""
    found = []
    for raw in raws:
        piece = text[raw.start : raw.end]
        if piece.strip():
            start = raw.start + len(piece) - len(piece.lstrip())
            line = raw.line + text.count("\n", raw.start, start)
            found.append(msgspec.structs.replace(raw, start=start, end=start + len(piece.strip()), line=line))
    return found
