"""The articles that a command is given: files, and pages of the web."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from kb.errors import ArticleError


class Named(NamedTuple):
    """The id of an article, and its file; a page of the web has none."""

    id: str
    file: Path | None


def named(articles: Sequence[str], project: Path) -> tuple[list[Named], list[ArticleError]]:
    """The articles, each once, and the errors of what can be none."""
    from ingest.http.addresses import is_address, web_address
    from ingest.naming import relative_id

    found: dict[str, Named] = {}
    failed: list[ArticleError] = []
    for article in articles:
        try:
            if is_address(article):
                url = web_address(article)
                found[url] = Named(url, None)
            else:
                found[os.path.realpath(article)] = Named(relative_id(Path(article), project), Path(article))
        except ArticleError as error:
            failed.append(error)
    return list(found.values()), failed
