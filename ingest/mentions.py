"""Works that the text itself names, and that no list holds: by a link, an identifier, or a key that is one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from ingest.citekeys import work_of
from ingest.links import LINKED
from ingest.reading import Reading
from kb.language.digests import source_id
from kb.language.places import Places
from kb.model import Record, Reference


class Mention(Record, frozen=True, kw_only=True):
    """A place of the text that names a work, and what it says of it."""

    start: int
    end: int
    id: str
    label: str = ""
    doi: str | None = None
    pmid: str | None = None
    url: str | None = None


def mentioned(reading: Reading, references: Sequence[Reference], aliases: Mapping[str, str]) -> list[Reference]:
    """The works that the audited text names and that are none of the references, each once, in order.

    Parameters
    ----------
    reading
        The article, with the keys and links of its text.
    references
        What its lists and bibliographies hold.
    aliases
        Other names, and the keys that they stand for.
    """
    known = {name for one in references for name in (one.id, one.doi, one.pmid, one.url) if name}
    places = Places(reading.article)
    found: list[Reference] = []
    for mention in (*_by_key(reading, aliases), *_by_link(reading)):
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


def _by_key(reading: Reading, aliases: Mapping[str, str]) -> Iterator[Mention]:
    seen: set[str] = set()
    for cited in reading.keys:
        for key in cited.keys:
            work = None if key in seen else work_of(aliases.get(key, key))
            seen.add(key)
            if work:
                yield Mention(start=cited.start, end=cited.end, id=work.id, doi=work.doi, pmid=work.pmid, url=work.url)


def _by_link(reading: Reading) -> Iterator[Mention]:
    for link in reading.links:
        name = link.doi or (f"pmid:{link.pmid}" if link.pmid else (link.url or "").partition("//")[2])
        yield Mention(
            start=link.start, end=link.end, id=name, label=link.label, doi=link.doi, pmid=link.pmid, url=link.url
        )
