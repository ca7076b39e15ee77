"""The sources as a table whose heads are links that order it, and whose rows are links that open one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType

from kb.graph import standing_notice
from kb.identifiers import pmid_url
from kb.language.counting import count, does
from kb.language.naming import authors_and_year
from kb.model import NoticeKind, Record, ResolutionStatus, Source
from kb.questions.listing import DOUBTED, Listed, Listing, Order
from kb.strength.wording import listed, shortened
from kb.view.answers.wording import cut, design_in_words
from kb.view.evidence import source_url
from kb.view.markup import Element, Node, element
from kb.view.ways import to_article, to_page
from kb.view.wording import NOTICES, marked

CLOSED = "-"
"""In an address the source that none is: what was open is closed."""
_TITLE = 140
"""Characters of a title that are shown; the rest is among the details."""


class _Head(Record, frozen=True, kw_only=True):
    """The head of a column, and how it orders; ``rising`` where the first order is from few to many, or from A to Z."""

    words: str
    order: Order | None = None
    rising: bool = False
    class_: str | None = None


_HEADS = (
    _Head(words="Source", order="title", rising=True),
    _Head(words="Notices", order="notices"),
    _Head(words="Year", order="year", class_="number"),
    _Head(words="Design", order="design", rising=True, class_="second"),
    _Head(words="Statements", order="statements", class_="number"),
    _Head(words="Cited in", class_="third"),
    _Head(words="Registries", class_="second"),
    _Head(words="Last asked", order="asked", class_="third number"),
)
FOUND: Mapping[ResolutionStatus, str] = MappingProxyType(
    {
        "verified": "found as cited",
        "metadata differs": "found; the reference gives other details",
        "another work": "the identifier leads to another work",
        "not found": "not found",
        "ambiguous": "several works fit",
        "unreachable": "registry out of reach",
        "not attempted": "not looked up",
    }
)
"""What came of looking a source up, in a few words; `kb.view.wording.RESOLUTIONS` has more of them."""


def table(listing: Listing, chosen: str | None) -> Element:
    """The sources that fit, as many as are shown, and how many are left out.

    Parameters
    ----------
    chosen
        The id of the source that is open.
    """
    return element(
        "section",
        element("p", *_counted(listing), class_="faint", role="status"),
        element(
            "table",
            element("caption", "Sources; a head of the table orders it, a title opens the details of its source."),
            element("thead", element("tr", *(_head(head, listing) for head in _HEADS))),
            element("tbody", *(_row(at, one, chosen) for at, one in enumerate(listing.sources))),
            class_="sources",
        )
        if listing.sources
        else element("p", "No source fits. Take away a filter, or look for other words."),
        class_="listing",
    )


def _counted(listing: Listing) -> Iterator[str]:
    shown = len(listing.sources)
    if listing.fitting == listing.all:
        yield f"{count(listing.all, 'source')}."
    else:
        yield f"{listing.fitting:,} of {count(listing.all, 'source')} {does(listing.fitting, 'fit')}."
    if shown < listing.fitting:
        yield f" The first {shown:,} are shown; narrow them down to see the others."


def _head(head: _Head, listing: Listing) -> Element:
    if head.order is None:
        return element("th", head.words, scope="col", class_=head.class_)
    wish = listing.wish
    here = wish.order == head.order
    given = {"order": head.order} | ({"turned": "yes"} if here and not wish.turned else {})
    rises = head.rising != wish.turned
    sort = ("ascending" if rises else "descending") if here else None
    link = element("a", head.words, href=to_page("sources", **given), id=f"order-{head.order}")
    arrow = element("span", " ▲" if rises else " ▼", class_="arrow") if here else None
    return element("th", link, arrow, scope="col", class_=head.class_, aria_sort=sort)


def _row(at: int, one: Listed, chosen: str | None) -> Element:
    source, here = one.source, one.source.id == chosen
    title = element(
        "a",
        cut(title_of(one), _TITLE),
        href=to_page("sources", source=CLOSED if here else source.id),
        id=f"source-{at}",
        class_="title",
        aria_current="true" if here else None,
    )
    cells: tuple[tuple[Node | None, ...], ...] = (
        (_notices(source),),
        (shortened(source.year or "–", 20),),
        (marked(design_in_words(source.design), source.design_reviewed),),
        (f"{one.statements:,}",),
        tuple(cited_in(one)),
        tuple(_told(one)),
        (one.asked or "never",),
    )
    return element(
        "tr",
        element("th", title, *_names(source), scope="row"),
        *(element("td", *cell, class_=head.class_) for head, cell in zip(_HEADS[1:], cells, strict=True)),
        class_=("chosen " if here else "") + ("doubted" if doubted(source) else "") or None,
    )


def title_of(one: Listed) -> str:
    """The title of a source; where it has none, the entry that cites it, or its id."""
    return one.source.title or one.entry or one.source.id


def doubted(source: Source) -> bool:
    """Whether a notice may take its weight away."""
    return any(stands(source, notice.kind) for notice in source.notices)


def _names(source: Source) -> Iterator[Element]:
    """Who wrote it, where it was published, and where it can be found."""
    said = " · ".join(filter(None, (shortened(authors_and_year(source.authors, None)), shortened(source.container))))
    yield element("div", said, *([" · "] if said else []), *identifiers(source), class_="faint")


def identifiers(source: Source) -> Iterator[Node]:
    """The identifiers of a source, each as a link to where it can be found; else the address that it is cited by."""
    url = source_url(source)
    if source.doi:
        yield element("a", f"doi:{shortened(source.doi)}", href=url, rel="noreferrer")
    if source.pmid:
        yield " " if source.doi else ""
        yield element("a", f"PMID {source.pmid}", href=pmid_url(source.pmid), rel="noreferrer")
    if url and not (source.doi or source.pmid):
        yield element("a", shortened(url), href=url, rel="noreferrer")
    if not url:
        yield "no identifier"


def _notices(source: Source) -> Element | None:
    """What happened to it, each kind once, the gravest first and marked."""
    kinds = sorted(dict.fromkeys(notice.kind for notice in source.notices), key=lambda kind: not stands(source, kind))
    marks = [element("div", mark_of_notice(source, kind, NOTICES[kind], tag="span")) for kind in kinds]
    return element("div", *marks) if marks else None


def mark_of_notice(source: Source, kind: NoticeKind, words: str, *, tag: str) -> Element:
    """A notice in words; one that may take the source's weight away is framed and has a sign."""
    grave = stands(source, kind)
    return element(tag, f"✗ {words}" if grave else words, class_="notice" if grave else None)


def stands(source: Source, kind: NoticeKind) -> bool:
    """Whether a notice of this kind may take the source's weight away, and was not undone by a reinstatement."""
    return kind in DOUBTED and standing_notice(source, kind) is not None


def cited_in(one: Listed) -> Iterator[Element]:
    """The articles that name it, the first ones as links."""
    for article, title in one.articles:
        yield element("div", element("a", cut(title or article, 60), href=to_article(article)))
    more = one.cited_by - len(one.articles)
    if more > 0:
        yield element("div", f"and {count(more, 'more article')}", class_="faint")


def _told(one: Listed) -> Iterator[Element]:
    if one.source.disagreements:
        on = listed([difference.field for difference in one.source.disagreements])
        yield element("div", f"They differ on the {on}.", class_="differ")
    if one.statuses:
        yield element("div", "; ".join(FOUND[status] for status in one.statuses))
