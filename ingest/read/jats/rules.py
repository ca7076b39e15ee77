"""What each element of JATS means for a reader: tables, after the tag library of ANSI/NISO Z39.96.

Elements that no table names are part of the running text.
"""

from __future__ import annotations

import re

from kb.model import BlockKind

KINDS: dict[str, BlockKind] = {
    "article-title": "title",
    "subtitle": "title",
    "title": "heading",
    "contrib-group": "byline",
    "ref": "comment",
    "list-item": "list item",
    "def-item": "list item",
    "disp-quote": "quotation",
    "verse-group": "quotation",
    "speech": "quotation",
    "caption": "caption",
    "code": "code",
    "preformat": "code",
    "disp-formula": "code",
    "table": "table",
}
"""Elements that say what a block is; what is inside them inherits it."""

DIVISIONS = frozenset(
    """
    article front article-meta title-group body back floats-group sec abstract p list def-list boxed-text statement fig
    fig-group table-wrap table-wrap-group app app-group
    """.split()
)
"""Elements that begin a block of their own, of the kind that holds around them."""

ASIDE = {
    "ack": "thanks those who helped",
    "author-notes": "is a note about the authors",
    "bio": "presents an author",
    "chem-struct-wrap": "is a formula",
    "disp-formula-group": "is a formula",
    "fn": "is a footnote",
    "fn-group": "is a footnote",
    "glossary": "explains abbreviations",
    "media": "describes a supplementary file",
    "notes": "stands in the notes around the article",
    "ref-list": "stands in the reference list",
    "response": "is a reply to the article",
    "sub-article": "belongs to another text that is published with the article",
    "supplementary-material": "describes a supplementary file",
    "table-wrap-foot": "is a note to a table",
    "trans-abstract": "is the abstract in another language",
}
"""Elements whose blocks are left out of the audit, and why."""

FLOATS = frozenset(
    "boxed-text chem-struct-wrap fig fig-group fn media supplementary-material table-wrap table-wrap-group".split()
)
"""What stands inside a paragraph in the file and outside of it on the page: it is read after the paragraph."""

PARAGRAPHS = frozenset({"p", "title", "article-title", "subtitle"})

SKIPPED = frozenset(
    """
    label object-id graphic inline-graphic alt-text long-desc permissions kwd-group related-article related-object
    front-stub sec-meta processing-meta index-term annotation annotation-xml alt-title trans-title-group
    """.split()
)
"""What is no text of the article: numbers of figures, data about it, other forms of what stands beside them."""

READ_OF = {
    "article": frozenset("front body back floats-group sub-article response".split()),
    "front": frozenset({"article-meta", "notes"}),
    "article-meta": frozenset({"title-group", "contrib-group", "abstract", "trans-abstract", "author-notes"}),
    "title-group": frozenset({"article-title", "subtitle"}),
}
"""What is read of the elements that hold data about the article."""

BARE = frozenset(
    """
    table thead tbody tfoot tr math mrow msup msub msubsup mfrac msqrt mroot munder mover munderover mtable mtr mtd
    mstyle mpadded mfenced menclose mmultiscripts semantics alternatives
    """.split()
)
"""Elements that hold elements alone: the white space between these means nothing."""

APART = frozenset({"break", "disp-formula", "p", "term", "list-item", "def", "mspace"})
"""Elements that are words of their own where they are part of running text."""

LEVELS = frozenset({"sec", "abstract", "trans-abstract", "app", "boxed-text", "title"})
"""Elements that set a heading one level deeper."""

ALTERNATIVES = ("table", "math", "textual-form", "tex-math", "preformat", "code")
"""The forms that one thing may be given in, the one that is read first."""

CITING = frozenset({"bibr", "ref"})
"""Values of ``ref-type`` that say that an ``xref`` cites."""

OWN_DOI = re.compile(r"(?:doi:?\s*)?(?:https?://(?:dx\.)?doi\.org/)?10\.\d{4,9}/\S{1,200}", re.IGNORECASE)
"""What a caption's paragraph consists of that names the figure itself."""

BEHIND = "stands behind the article, among acknowledgements, funding and interests"
NOT_FINDINGS = re.compile(
    r"^\W*(?:\d+(?:\.\d+)*\.?\s+)?(?:acknowledge?ments?|(?:(?:competing|conflicts? of|conflicting|declarations? of) )"
    r"(?:financial )?interests?(?: statements?| disclosures?)?|(?:financial )?disclosures?(?: statements?)?"
    r"|abbreviations|authors?[’']?s?[’']? (?:contributions?|information)|pre-?publication history|publisher[’']?s note"
    r"|funding(?: (?:sources?|body|statement|information))?|supplement(?:ary|al) (?:materials?|files?|data|information)"
    r"|supporting information|additional (?:files?|information)|consent for publication)\W*$",
    re.IGNORECASE,
)
"""Titles of sections that are about the making of the article, wherever they stand."""
