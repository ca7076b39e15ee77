"""Sources as a bibliography that reference managers read: CSL-JSON, BibTeX and RIS. No abstracts.

Sources: Citation Style Language 1.0.2, "Appendix III: Types" and "Appendix IV: Variables"; "RIS Format Specifications"
(Research Information Systems, 2011); the entry types of BibTeX. A source that names no work, because neither title,
author, address nor identifier of it is known, is left out. Authors are family names and organisations, as they are
known here.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from hashlib import sha256
from types import MappingProxyType
from typing import Any, NamedTuple

from kb.errors import escaped, one_line
from kb.identifiers import parse_doi
from kb.language.folding import fold
from kb.model import Source


class Kind(NamedTuple):
    """A type of work in the words of the three formats."""

    csl: str
    bibtex: str
    ris: str


_ARTICLE = Kind("article-journal", "article", "JOUR")
_CHAPTER = Kind("chapter", "incollection", "CHAP")
_PROCEEDINGS = Kind("paper-conference", "inproceedings", "CPAPER")
_BOOK = Kind("book", "book", "BOOK")
_THESIS = Kind("thesis", "phdthesis", "THES")
_REPORT = Kind("report", "techreport", "RPRT")
_PREPRINT = Kind("article", "misc", "UNPB")
_PAGE = Kind("webpage", "misc", "ELEC")
_DATA = Kind("dataset", "misc", "DATA")
_OTHER = Kind("document", "misc", "GEN")

KINDS: Mapping[str, Kind] = MappingProxyType(
    {
        **dict.fromkeys(("journal-article", "journalarticle", "article", "review", "editorial", "letter"), _ARTICLE),
        **dict.fromkeys(("peer-review", "retraction", "erratum", "article-journal"), _ARTICLE),
        **dict.fromkeys(("book-chapter", "bookchapter", "book-section", "book-part", "book-track"), _CHAPTER),
        **dict.fromkeys(("chapter", "inbook", "incollection", "reference-entry"), _CHAPTER),
        **dict.fromkeys(("proceedings-article", "conferencepaper", "inproceedings", "conference"), _PROCEEDINGS),
        **dict.fromkeys(("book", "monograph", "edited-book", "reference-book", "book-set", "book-series"), _BOOK),
        **dict.fromkeys(("booklet", "collection"), _BOOK),
        **dict.fromkeys(("dissertation", "thesis", "phdthesis", "mastersthesis"), _THESIS),
        **dict.fromkeys(("report", "report-component", "report-series", "standard", "techreport"), _REPORT),
        **dict.fromkeys(("posted-content", "preprint", "unpublished"), _PREPRINT),
        **dict.fromkeys(("web page", "webpage", "online", "www", "electronic", "post", "post-weblog"), _PAGE),
        "dataset": _DATA,
    }
)
"""Types as registries and bibliographies name them, in lower case."""


class Work(NamedTuple):
    """A source as it is written: every value in one line, every identifier checked."""

    key: str
    kind: Kind
    title: str
    authors: tuple[str, ...]
    year: str
    container: str
    doi: str
    pmid: str
    url: str


def to_csl_json(sources: Iterable[Source]) -> Iterator[str]:
    """A list of CSL items, one a line."""
    before = "[\n"
    for work in works(sources):
        yield before + escaped(json.dumps(_csl(work), ensure_ascii=False))
        before = ",\n"
    yield "[]\n" if before == "[\n" else "\n]\n"


def to_bibtex(sources: Iterable[Source]) -> Iterator[str]:
    """BibTeX in UTF-8, one entry for each source."""
    for work in works(sources):
        fields = {
            # Names hold no braces and no backslashes, and one that does would be taken apart there.
            "author": " and ".join(
                _bibtex_name(name) for one in work.authors if (name := one_line(one.translate(_NO_LATEX)))
            ),
            "title": _latex(work.title),
            "year": _latex(work.year),
            "booktitle" if work.kind in (_CHAPTER, _PROCEEDINGS) else "journal": _latex(work.container),
            "doi": "" if _BRACES.search(work.doi) else work.doi,
            "pmid": work.pmid,
            "url": _BRACES.sub(lambda mark: f"%{ord(mark.group()):X}", work.url),
        }
        lines = [f"  {name} = {{{value}}},\n" for name, value in fields.items() if value]
        yield f"@{work.kind.bibtex}{{{work.key},\n{''.join(lines)}}}\n\n"


def to_ris(sources: Iterable[Source]) -> Iterator[str]:
    """RIS in UTF-8, one entry for each source."""
    for work in works(sources):
        fields = [
            ("TY", work.kind.ris),
            ("ID", work.key),
            # The comma behind which the given name would stand says that all before it is the family name.
            *(("AU", f"{' '.join(name.replace(',', ' ').split())},") for name in work.authors),
            ("TI", work.title),
            ("T2", work.container),
            ("PY", work.year),
            ("DO", work.doi),
            *((("DB", "PubMed"), ("AN", work.pmid)) if work.pmid else ()),
            ("UR", work.url),
        ]
        yield "".join(f"{tag}  - {value}\n" for tag, value in fields if value) + "ER  - \n\n"


BIBLIOGRAPHIES: Mapping[str, Callable[[Iterable[Source]], Iterator[str]]] = MappingProxyType(
    {"csl-json": to_csl_json, "bibtex": to_bibtex, "ris": to_ris}
)
"""How sources are written, by the name of the format."""


def works(sources: Iterable[Source]) -> Iterator[Work]:
    """The sources that name a work, in the order given, each with a key of its own."""
    keys: set[str] = set()
    for source in sources:
        work = _work(source)
        if work.title or work.authors or work.doi or work.pmid or work.url:
            key = _key(source, work, keys)
            keys.add(key)
            yield work._replace(key=key)


def _work(source: Source) -> Work:
    kind, _, rest = source.id.partition(":")
    url = one_line(source.url or "")
    return Work(
        key="",
        kind=KINDS.get(one_line(source.type).lower(), _OTHER),
        title=one_line(source.title),
        authors=tuple(name for one in source.authors if (name := one_line(one))),
        year=one_line(source.year or ""),
        container=one_line(source.container),
        doi=parse_doi(source.doi or (rest if kind == "doi" else "")) or "",
        pmid=_pmid(source.pmid or (rest if kind == "pmid" else "")),
        url=url if _ADDRESS.fullmatch(url) else "",
    )


_ADDRESS = re.compile(r"https?://[^\s<>\"]{1,2000}")
_NO_LATEX = str.maketrans("", "", "{}\\")
_BRACES = re.compile(r"[{}\\]")
"""What no escape in a field of addresses helps BibTeX over."""
_PLAIN_KEY = re.compile(r"[^a-z0-9]+")
_PLAIN_NAME = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+){0,4}")
_AGAIN = re.compile(r"(?<=[-`'!?,<>\"])(?=[-`',<>\"])")
"""Between signs that LaTeX would set as one, such as a dash for two hyphens."""
_LATEX = str.maketrans(
    {mark: f"\\{mark}" for mark in "&%$#_"}
    | {"\\": r"{\textbackslash}", "{": r"{\ensuremath{\lbrace}}", "}": r"{\ensuremath{\rbrace}}"}
    | {"~": r"{\textasciitilde}", "^": r"{\string^}"}
)


def _pmid(written: str) -> str:
    return written if re.fullmatch(r"[0-9]{1,9}", written) else ""


def _key(source: Source, work: Work, taken: set[str]) -> str:
    """Author, year and a few digits that come from the source's id alone: other sources do not change it."""
    name = _PLAIN_KEY.sub("", fold(work.authors[0])) if work.authors else ""
    year = _PLAIN_KEY.sub("", fold(work.year))
    digits = sha256(source.id.encode("utf-8", "replace")).hexdigest()
    lead = f"{name[:30] or 'anon'}{year[:8]}-"
    return next(key for end in range(8, len(digits) + 1) if (key := lead + digits[:end]) not in taken)


def _csl(work: Work) -> dict[str, Any]:
    year: dict[str, Any] = {}
    if work.year:
        year = {"date-parts": [[int(work.year)]]} if re.fullmatch("[0-9]{4}", work.year) else {"literal": work.year}
    item = {
        "id": work.key,
        "type": work.kind.csl,
        "title": work.title,
        "author": [{"family": name} for name in work.authors],
        "issued": year,
        "container-title": work.container,
        "DOI": work.doi,
        "PMID": work.pmid,
        "URL": work.url,
    }
    return {name: value for name, value in item.items() if value}


def _latex(words: str) -> str:
    return "{}".join(part.translate(_LATEX) for part in _AGAIN.split(words))


def _bibtex_name(name: str) -> str:
    """A name of one word as it is; any other in braces, or BibTeX would take its first words for given names."""
    return name if _PLAIN_NAME.fullmatch(name) and name.lower() not in ("and", "others") else f"{{{_latex(name)}}}"
