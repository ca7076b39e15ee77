"""What a page may hold at most, so that neither memory nor time goes past all measure: checked before it is parsed."""

from __future__ import annotations

import re

from kb.errors import ArticleError

_MOST_TAGS = 400_000
"""Opening and closing tags together: some 500 bytes of memory each. A book as one page of 10 MB has 150,000."""

_MOST_ATTRIBUTES = 5_000
"""Of one tag: the parser compares each with all before it."""

_SHORTEST = 2 * _MOST_ATTRIBUTES
_TAG = re.compile(r"<[a-zA-Z](?:[^>=]++|=\s*+(?:\"[^\"]*+\"|'[^']*+')?)*")
"""An opening tag up to its end: quotes count only behind an equals sign (HTML, 13.2.5.33 to 13.2.5.38)."""

_VALUE = re.compile(r"=\s*+(?:\"[^\"]*+\"|'[^']*+')|/")


def check_size(written: str, article_id: str) -> None:
    """Refuse a page with too many tags, or too many attributes in one of them.

    Parameters
    ----------
    written
        The page as decoded.
    article_id
        How messages name it.

    Raises
    ------
    ArticleError
        It has more than ``_MOST_TAGS`` tags, or a tag of more than ``_MOST_ATTRIBUTES`` attributes.
    """
    if written.count("<") > _MOST_TAGS:
        raise ArticleError(
            f"has more than {_MOST_TAGS:,} tags", place=article_id, remedy="save the text of the article alone"
        )
    for tag in _TAG.finditer(written) if len(written) > _SHORTEST else ():
        if tag.end() - tag.start() > _SHORTEST and len(_VALUE.sub(" ", tag.group()).split()) > _MOST_ATTRIBUTES:
            raise ArticleError(
                f"has a tag with more than {_MOST_ATTRIBUTES:,} attributes",
                place=f"{article_id}:{written.count(chr(10), 0, tag.start()) + 1}",
                remedy="save the text of the article alone",
            )
