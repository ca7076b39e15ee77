"""What an entry of a bibliography says of its work → ``Reference``, in the same way for every format."""

from __future__ import annotations

import re

import msgspec

from ingest.markup import abstract_text, plain
from kb.errors import one_line
from kb.identifiers import find_pmid, parse_doi, parse_pmid, parse_short_doi
from kb.language.digests import source_id
from kb.model import DESCRIBING, LISTED, Record, Reference

LONGEST = 20_000
"""Characters of one value that are read. The longest abstract has a few thousand."""

_LONGEST_KEY = 300
_LONGEST_KEYWORD = 300
_YEAR = re.compile(r"[0-9]{4}(?:[a-z](?![a-z]))?")
_URL = re.compile(r"https?://[^\s{}<>\"]+")
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
"""Control characters, and halves of characters that JSON can spell and no file can hold."""
_INITIALS = re.compile(r"(?P<family>\S+|(?:[a-z]\S{0,10} ){1,3}\S+) (?:[A-Z]{1,3}|(?:[A-Z]\.[ -]?){1,4})")


class Entry(Record, frozen=True, kw_only=True):
    """The facts that an entry gives, each as it is written there; markup and spacing are taken out later."""

    key: str = ""
    """The name that the author gave the entry; empty where the format has none."""
    authors: tuple[str, ...] = ()
    """Family names and organisations, in order."""
    date: str = ""
    title: str = ""
    container: str = ""
    doi: str = ""
    pmid: str = ""
    note: str = ""
    """Free words in which a PubMed id may be named."""
    url: str = ""
    type: str = ""
    """In the words of BibTeX and biblatex: ``article``, ``book``, ``incollection``, ``online`` …"""
    abstract: str = ""
    publication_types: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()


def reference_of(entry: Entry, *, origin: str, position: int) -> Reference:
    """The reference that an entry describes.

    Parameters
    ----------
    entry
        What the entry says.
    origin
        The name of the bibliography, as the user knows it.
    position
        Its number in the bibliography, from 1.

    Returns
    -------
    Reference
        Its ``id`` is the entry's key, else ``ref<position>``; its ``problems`` tell of a DOI that is none.
    """
    title, container = (plain(_clean(text)) for text in (entry.title, entry.container))
    authors = tuple(name for one in entry.authors if (name := plain(_clean(one))))
    year = _YEAR.search(entry.date[:LONGEST])
    url = _URL.search(_clean(entry.url))
    doi, problems = _doi(_clean(entry.doi), url.group() if url else "")
    pmid = parse_pmid(_clean(entry.pmid)) or find_pmid(_clean(entry.note)) or find_pmid(url.group() if url else "")
    key = one_line(_clean(entry.key))[:_LONGEST_KEY]
    text = _printed(authors, year.group() if year else None, title, container, doi) or (url.group() if url else key)
    return Reference(
        id=key or f"ref{position}",
        position=position,
        text=text,
        source=source_id(doi, pmid, text),
        origin=origin,
        label=key,
        authors=authors,
        year=year.group() if year else None,
        title=title,
        container=container,
        doi=doi,
        pmid=pmid,
        url=url.group() if url else None,
        type=entry.type,
        abstract=abstract_text(_clean(entry.abstract)) or plain(_clean(entry.abstract)),
        publication_types=_each(entry.publication_types),
        keywords=_each(entry.keywords),
        problems=problems,
    )


def names_work(reference: Reference) -> bool:
    """Whether an entry tells which work is meant: by an identifier or address, or in words."""
    return any((reference.doi, reference.pmid, reference.url, reference.title, reference.container, reference.authors))


def family_of(name: str) -> str:
    """The family name of a person in a field that holds one name; an organisation stays whole.

    >>> [family_of(name) for name in ("van der Lind, Piet", "van der Lind PJ", "World Health Organization")]
    ['van der Lind', 'van der Lind', 'World Health Organization']
    """
    family, comma, _ = name.partition(",")
    if comma:
        return family.strip()
    name = " ".join(name[:LONGEST].split())
    initialled = _INITIALS.fullmatch(name)
    return initialled["family"] if initialled else name


def _printed(authors: tuple[str, ...], year: str | None, title: str, container: str, doi: str | None) -> str:
    """The work as a reference list would print it."""
    names = ", ".join(authors[:6]) + (" et al." if len(authors) > 6 else "")
    dated = " ".join(filter(None, (names, f"({year})" if year else "")))
    address = f"https://doi.org/{doi}" if doi else ""
    return ". ".join(filter(None, (dated, title.rstrip("."), container))) + (f". {address}" if address else "")


def _doi(written: str, url: str) -> tuple[str | None, tuple[str, ...]]:
    doi = parse_doi(written) if written.strip() else None
    if short := parse_short_doi(written):
        return None, (f"“{short}” is a short DOI; give the DOI that https://doi.org/{short} shows",)
    if written.strip() and doi is None:
        return None, (f"“{written.strip()[:80]}” is no DOI; a DOI begins with 10. and holds a slash",)
    return doi or parse_doi(url), ()


def _each(words: tuple[str, ...]) -> tuple[str, ...]:
    """Keywords or types, each once."""
    return tuple(dict.fromkeys(one for word in words if (one := plain(_clean(word)[:_LONGEST_KEYWORD]))))


def _clean(text: str) -> str:
    return _UNPRINTABLE.sub("", text[:LONGEST])


def enriched(reference: Reference, work: Reference) -> Reference:
    """A reference with what it lacks from another entry for the same work, and the source that it then leads to."""
    gained = {name: getattr(work, name) for name in DESCRIBING if not getattr(reference, name) and getattr(work, name)}
    joined = msgspec.structs.replace(reference, **gained)
    if gained and reference.origin == LISTED != work.origin:
        joined = msgspec.structs.replace(joined, lent=(*reference.lent, *gained), lender=work.origin)
    known = joined.doi or joined.pmid
    return msgspec.structs.replace(
        joined, source=source_id(joined.doi, joined.pmid, joined.text) if known else reference.source
    )
