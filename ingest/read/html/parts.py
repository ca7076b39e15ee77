"""The parts of a page that are not its article: navigation, notices, bylines, comments and the like.

They are known by element, role and class.

The words are a table. A class or id means a part only as a whole: its words are those of one entry of the table and
beside them none but neutral ones (``site-footer__inner`` is a footer, ``article-comments-free`` no comments).
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from ingest.read.html.page import Node, Page, inherited, sums
from ingest.read.wording import SENTENCE_END
from kb.model import BlockKind


class Part(NamedTuple):
    """A part that is left out: as what kind of block and why; without a kind nothing is shown of it."""

    kind: BlockKind | None
    why: str
    yields: bool = False
    """Whether a reference list in it, or the whole article, speaks against what its mark says."""
    inline: bool = False
    """Whether it is also meant within a paragraph."""


HIDDEN = Part(None, "is hidden", yields=True, inline=True)
NAVIGATION = Part("promotion", "is the page's navigation")
_EDGE = Part("promotion", "is the head or foot of the page", yields=True)
_ASIDE = Part("promotion", "stands beside the article", yields=True)
_FORM = Part("promotion", "is a form", yields=True)
_BYLINE = Part("byline", "names the author or date")
_COMMENT = Part("comment", "is a comment of readers")
OUTSIDE = Part("promotion", "stands outside the page's main part", yields=True)
LINKS = Part("promotion", "consists of links to other pages")

_TAGS: Mapping[str, Part] = {
    "nav": NAVIGATION,
    "menu": NAVIGATION,
    "form": _FORM,
    "dialog": Part("promotion", "is a window before the page"),
    "address": _BYLINE,
    "time": _BYLINE,
}
_ROLES: Mapping[str, Part] = {
    "navigation": NAVIGATION,
    "menu": NAVIGATION,
    "menubar": NAVIGATION,
    "doc-toc": NAVIGATION,
    "banner": _EDGE,
    "contentinfo": _EDGE,
    "complementary": _ASIDE,
    "search": _FORM,
    "form": _FORM,
    "dialog": Part("promotion", "is a window before the page"),
    "alertdialog": Part("promotion", "is a window before the page"),
}
_CLASSES: tuple[tuple[Part, str], ...] = (
    (
        Part(None, "is no text of the page", inline=True),
        "sr+only, visually+hidden, screen+reader+text, visuallyhidden, editsection, headerlink, anchorjs+link, noprint",
    ),
    (
        NAVIGATION,
        "nav, navbar, navigation, menu, breadcrumb, breadcrumbs, pagination, pager, toc, toctree, table+contents,"
        " skip, skip+link, skip+links, skiplink, jump+link, navbox, hatnote, back+top, jumplinks",
    ),
    (
        Part("promotion", "is a notice about cookies"),
        "cookie, cookies, cookiebar, cookie+notice, cookie+consent, cookie+policy, consent, gdpr, onetrust, ccpa",
    ),
    (
        _BYLINE,
        "byline, author, authors, autor, auteur, verfasser, author+name, author+info, author+bio, author+meta,"
        " author+date, meta, date, dateline,"
        " published, published+date, publish+date, publication+date, pubdate, posted+on, post+author, reviewer,"
        " contributor, contributors, reviewed+by, updated, last+updated, reading+time, read+time",
    ),
    (
        Part("promotion", "offers to share the page"),
        "share, sharing, sharebar, share+links, social, socials, social+share, social+sharing, social+media, addthis,"
        " addtoany, sharethis, sharedaddy, heateor",
    ),
    (Part("promotion", "repeats words of the article"), "pullquote, pull+quote, wp+pullquote, tweet+this, click+tweet"),
    (_COMMENT, "comment, comments, commentlist, comment+respond, respond, disqus, reader+comments, discussion+thread"),
    (
        Part("promotion", "points to other pages"),
        "related, recommended, recommendations, recirculation, read+next, read+more, more+posts, popular,"
        " popular+posts, trending, you+may+like, you+may+also+like, you+might+also+like, teaser, teasers, outbrain,"
        " taboola, latest+posts, recent+posts, most+read, similar+posts, up+next",
    ),
    (
        Part("promotion", "offers a newsletter"),
        "newsletter, newsletters, newsletter+signup, subscribe, subscription, signup, sign+up, mailchimp, mailing,"
        " optin",
    ),
    (
        Part("promotion", "is an advert"),
        "ad, ads, advert, adverts, advertisement, advertising, adsbygoogle, sponsor, sponsored, sponsors, promo,"
        " promos, promotion, promotions, promotional, cta, call+action, dfp, paywall",
    ),
    (Part("promotion", "names the page's subjects"), "tags, tag+links, cat+links, catlinks, categories, keywords+tags"),
    (Part("promotion", "is a window before the page"), "modal, popup, lightbox, overlay"),
    (_ASIDE, "sidebar, widget, widgets, sidenav, rail"),
    (_EDGE, "header+site, page+header, masthead, colophon, footer, site+info, printfooter, topbar, copyright"),
)
_NEUTRAL = frozenset(
    "a area article articles banner bar block blocks blog body bottom box boxes button buttons c column container"
    " content contents default desktop element entry fixed form g global group header heading icon icons info inner"
    " item items js l label layout left link links list lists m main mobile module mw news o of outer page panel"
    " placeholder post posts primary right root row secondary section single site slot sticky story text the thread"
    " title to top u unit units widget wp wrap wrapper".split()
)
"""Words that say where or how something is shown, not what it is."""

_WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])|\d+")
_MOST_WORDS = 8
_UNSEEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
HOLDS_TEXT = frozenset({"p", "li", "td", "th", "dd", "dt", "blockquote", "figcaption", "caption", "pre", *_HEADINGS})
"""Elements that hold running text: what stands within them is part of it, whatever it is called."""

_NO_LIST = (HOLDS_TEXT - {"p", "li", "dd", "dt"}) | {"main", "article"}
"""Where a link alone makes no navigation: headings, captions, cells."""

_TELLING = frozenset({*_TAGS, "header", "footer", "aside"})
_SECTIONS = frozenset({"article", "main", "section", "blockquote"})
INLINE = frozenset("span a time small b strong em i cite abbr u sup sub font label data q mark".split())
_NO_PART = frozenset({"html", "body", "main", "head", "a", "title", "meta", *_HEADINGS})
_MOST_OF_PAGE = 0.6
_MOST_LINKED = 0.75
_LONGEST_LINE = 300
_MOST_IN_LINE = 30
"""Elements in one line of text."""

_LONGEST_CLASS = 500


def _cores() -> dict[frozenset[str], Part]:
    return {frozenset(words.strip().split("+")): part for part, phrases in _CLASSES for words in phrases.split(",")}


_CORES = _cores()
_LARGEST_CORE = max(map(len, _CORES))


@lru_cache(maxsize=4096)
def named_part(name: str) -> Part | None:
    """The part that a class or id means, where all its words agree.

    >>> named_part("site-footer__inner").why, named_part("article-comments-free"), named_part("shareButtons").kind
    ('is the head or foot of the page', None, 'promotion')
    """
    words = [word.lower() for word in _WORD.findall(name)]
    telling = frozenset(word for word in words if not word.isdigit() and word not in _NEUTRAL)
    if not 0 < len(words) <= _MOST_WORDS:
        return None
    found = _CORES.get(telling) or _CORES.get(frozenset(words))
    if found is None and len(telling) < _LARGEST_CORE:
        extended = (core for core in _CORES if telling < core and core <= frozenset(words))
        found = next((_CORES[core] for core in extended), None)
    return found


def marked_parts(page: Page) -> dict[int, Part]:
    """What the elements of a page are by their tag, role, class or id, by their order; not yet whether rightly so."""
    sections = inherited(page.nodes, _SECTIONS)
    marked = {}
    for node in page.under(page.body):
        if node.attributes or node.tag in _TELLING:
            part = _marked(node, sections[node.order])
            if part is not None:
                marked[node.order] = part
    return marked


def _marked(node: Node, section: str) -> Part | None:
    if "hidden" in node.attributes or node.get("aria-hidden") == "true" or _UNSEEN.search(node.get("style")[:500]):
        return HIDDEN
    if node.tag in _NO_PART:
        return None
    part = _TAGS.get(node.tag) or _ROLES.get(node.get("role").strip().lower())
    if part is None and (
        (node.tag == "footer" and section != "blockquote") or (node.tag in ("header", "aside") and not section)
    ):
        part = _ASIDE if node.tag == "aside" else _EDGE  # a head or box within the article is the article's
    if part is not None:
        return part
    names = [*node.get("class")[:_LONGEST_CLASS].split(), node.get("id")[:_LONGEST_CLASS]]
    return next(filter(None, map(named_part, names)), None)


def find_parts(
    page: Page, marked: Mapping[int, Part], heart: Sequence[Node], lists: Sequence[Node] | None
) -> dict[int, Part]:
    """The parts that are left out, by the order of their outermost element.

    Parameters
    ----------
    page
        The page.
    marked
        What its elements are by their marks, in order.
    heart
        Elements that no part may hold: the main part, the title.
    lists
        Reference lists, which are kept even where a part that ``yields`` holds them. None before they are known: then
        such parts are not among what is found.
    """
    total = page.letters(page.body)
    texts = inherited(page.nodes, HOLDS_TEXT)
    kept = sorted(one.order for one in heart)
    listed = sorted(one.order for one in lists or ())
    within = page.mask(listed)
    found: dict[int, Part] = {}
    last = -1
    for order, part in marked.items():
        node = page.nodes[order]
        if (
            order > last
            and (part.kind is None or not within[order])
            and not _any_within(node, kept)
            and not (part.yields and (lists is None or _any_within(node, listed)))
            and (part.kind == "comment" or page.letters(node) <= _MOST_OF_PAGE * total)
            and (part.inline or not (node.tag in INLINE and texts[order]))
        ):
            found[order] = part
            last = node.last
    return found


def link_lists(page: Page, leads_away: Sequence[Node], lists: Sequence[Node]) -> Iterator[tuple[int, Part]]:
    """Lists and lines that consist of links to other pages, by the order of their element.

    Parameters
    ----------
    page
        The page.
    leads_away
        The links, in order, to pages of the same site and to places of this one that are no references.
    lists
        Reference lists, whose links do not count.
    """
    sizes = [0] * len(page.nodes)
    for link in leads_away:
        sizes[link.order] = page.letters(link)
    for one in lists:
        sizes[one.order : one.last + 1] = [0] * (one.last + 1 - one.order)
    linked = sums(sizes)
    orders = [link.order for link in leads_away]
    listed = sorted(one.order for one in lists)
    texts = inherited(page.nodes, _NO_LIST)
    for node in page.under(page.body)[1:]:
        size, letters = linked[node.last + 1] - linked[node.order], page.letters(node)
        if not size or size < _MOST_LINKED * letters or node.tag in INLINE | _NO_LIST:
            continue
        several = _count_within(node, orders) > 1
        line = letters <= _LONGEST_LINE and node.last - node.order <= _MOST_IN_LINE
        alone = not several and line and not SENTENCE_END.search(page.words(node))
        apart = texts[node.order] in ("", "main", "article") and not _any_within(node, listed)
        if (several or alone) and apart and not page.tagged(*_HEADINGS, within=node):
            yield node.order, LINKS


def _any_within(node: Node, orders: Sequence[int]) -> bool:
    return _count_within(node, orders) > 0


def _count_within(node: Node, orders: Sequence[int]) -> int:
    """How many of some elements, given by their order and sorted, lie in another."""
    return bisect_right(orders, node.last) - bisect_left(orders, node.order)
