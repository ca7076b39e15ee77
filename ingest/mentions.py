"""Works that the text itself names, and that no list holds: by a link, an identifier, or a key that is one."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence

from ingest.citekeys import Cited, cited_keys, work_of
from ingest.links import LINKED, links
from ingest.references import source_id
from kb.language.places import Places
from kb.model import AUDITED, Article, Record, Reference


class Mention(Record, frozen=True, kw_only=True):
    """A place of the text that names a work, and what it says of it."""

    start: int
    end: int
    id: str
    label: str = ""
    doi: str | None = None
    pmid: str | None = None
    url: str | None = None


def cited_in(article: Article) -> frozenset[str]:
    """Every key that the audited text cites."""
    return frozenset(key for cited in _cited(article) for key in cited.keys)


def mentioned(article: Article, references: Sequence[Reference], aliases: dict[str, str]) -> list[Reference]:
    """The works that the audited text names and that are none of the references, each once, in order.

    Parameters
    ----------
    article
        The article.
    references
        What its lists and bibliographies hold.
    aliases
        Other names, and the keys that they stand for.
    """
    known = {name for one in references for name in (one.id, one.doi, one.pmid, one.url) if name}
    places = Places(article)
    found: list[Reference] = []
    for mention in (*_by_key(article, aliases), *_by_link(article)):
        names = {name for name in (mention.id, mention.doi, mention.pmid, mention.url) if name}
        if names & known:
            continue
        known |= names
        name = mention.doi or mention.pmid or mention.url or mention.id
        found.append(
            Reference(
                id=mention.id,
                position=0,
                text=f"{mention.label}, {name}" if mention.label else name,
                source=source_id(mention.doi, mention.pmid, name),
                line=places.line(mention.start),
                start=mention.start,
                end=mention.end,
                origin=LINKED,
                doi=mention.doi,
                pmid=mention.pmid,
                url=mention.url,
                type="web page" if mention.url and not mention.doi else "",
                title=mention.label if mention.url else "",
            )
        )
    return found


def _by_key(article: Article, aliases: dict[str, str]) -> Iterator[Mention]:
    for cited in _cited(article):
        for key in cited.keys:
            work = work_of(aliases.get(key, key))
            if work:
                yield Mention(start=cited.start, end=cited.end, id=work.id, doi=work.doi, pmid=work.pmid, url=work.url)


def _by_link(article: Article) -> Iterator[Mention]:
    keyed = {cited.start: cited.end for cited in _cited(article)}
    starts = sorted(keyed)
    for link in links(article.text, _audited(article)):
        before = bisect_right(starts, link.start) - 1
        if before >= 0 and link.start < keyed[starts[before]]:
            continue  # the address of a key, not a link
        name = link.doi or (f"pmid:{link.pmid}" if link.pmid else (link.url or "").partition("//")[2])
        yield Mention(
            start=link.start, end=link.end, id=name, label=link.label, doi=link.doi, pmid=link.pmid, url=link.url
        )


def _cited(article: Article) -> Iterator[Cited]:
    return cited_keys(article.text, _audited(article)) if article.format == "markdown" else iter(())


def _audited(article: Article) -> list[tuple[int, int]]:
    return [(block.start, block.end) for block in article.blocks if block.kind in AUDITED]
