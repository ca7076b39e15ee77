"""What is taken along from the app: what files are called, and links that others can open."""

from __future__ import annotations

import re
from ipaddress import ip_address
from urllib.parse import urlsplit, urlunsplit

from kb.language.folding import fold
from kb.view.ways import BEGINS, to_article, to_statement

_LONGEST = 60


def file_name(article: str, ending: str) -> str:
    """What a file about an article is called: letters, digits and hyphens alone, whatever the article is called.

    Parameters
    ----------
    ending
        With its dot.

    >>> file_name("notes/../Café & knees.md", ".html"), file_name("con", ".html"), file_name("…", ".csv")
    ('cafe-knees-evidence.html', 'con-evidence.html', 'article-evidence.csv')
    """
    path = re.split("[?#]", article, maxsplit=1)[0]
    last = next((part for part in reversed(re.split(r"[/\\]", path)) if part), "")
    stem = re.sub("[^a-z0-9]+", "-", fold(re.sub(r"\.\w{1,8}$", "", last)))[:_LONGEST].strip("-")
    return f"{stem or 'article'}-evidence{ending}"


def link_to(page: str, article: str, statement: str | None = None) -> str:
    """The whole address at which the app opens an article or a statement.

    Parameters
    ----------
    page
        The address of any page of the app, as the browser shows it.

    >>> link_to("http://127.0.0.1:8501/report?article=b", "a.md", "s1")
    'http://127.0.0.1:8501/?article=a.md&statement=s1'
    """
    way = to_statement(article, statement) if statement else to_article(article)
    parts = urlsplit(page)
    root = parts.path.rsplit("/", 1)[0]
    path, _, query = way.removeprefix(BEGINS).partition("?")
    return urlunsplit((parts.scheme, parts.netloc, f"{root}/{path}", query, ""))


def only_here(page: str) -> bool:
    """Whether an address leads nowhere from any other machine.

    >>> only_here("http://localhost:8501/"), only_here("http://[::1]/"), only_here("https://kb.example/")
    (True, True, False)
    """
    host = urlsplit(page).hostname or ""
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False
