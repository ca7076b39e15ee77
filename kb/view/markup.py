"""A small tree of HTML elements, so that outside text can only ever be text.

The app and the HTML report show the same tree: the report as escaped HTML (``to_html``), the app as plain data
(``to_data``) that the browser builds with ``createElement`` and ``textContent``. Neither way can outside text become
an element, an attribute or an address that runs.
"""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from typing import Any, TypeAlias

from kb.errors import printable
from kb.view.ways import BEGINS

VOID = frozenset({"br"})
TAGS = VOID | {
    *("a", "article", "b", "blockquote", "button", "code", "dd", "details", "div", "dl", "dt", "footer", "h1", "h2"),
    *(
        "h3",
        "h4",
        "header",
        "li",
        "main",
        "nav",
        "ol",
        "p",
        "pre",
        "section",
        "span",
        "summary",
        "table",
        "tbody",
        "td",
    ),
    *("th", "thead", "tr", "ul", "kbd", "label", "option", "select", "caption"),
}
ATTRIBUTES = frozenset(
    {
        *("id", "class", "href", "title", "lang", "rel", "scope", "tabindex"),
        *("aria-label", "aria-pressed", "aria-current", "aria-sort", "data-statement", "data-verdict", "data-filter"),
        *("role", "value", "data-kind", "data-rules", "data-narrow", "data-does", "data-reference", "data-names"),
    }
)
LINKS = ("https://", "http://", "#", "?", BEGINS)
SHOWN = frozenset({"title", "aria-label"})
"""Attributes that a reader sees or hears; the others are names and addresses, and stay as they are."""


@dataclass(frozen=True)
class Element:
    """One element with its attributes and children; made by ``element``, which checks them."""

    tag: str
    attributes: tuple[tuple[str, str], ...]
    children: tuple[Node, ...]


Node: TypeAlias = Element | str


def element(tag: str, *children: Node | None, **attributes: str | None) -> Element:
    """An element of the closed vocabulary above.

    Parameters
    ----------
    tag
        One of ``TAGS``.
    children
        Elements and plain text, which is shown as ``kb.errors.printable`` gives it; None is left out.
    attributes
        Names of ``ATTRIBUTES`` with ``_`` for ``-`` (``class_`` for ``class``); None is left out, and so is an address
        that does not start with one of ``LINKS``.

    Raises
    ------
    ValueError
        For a tag or an attribute outside the vocabulary: a mistake in this program, never in an article.
    """
    kept = []
    for name, value in attributes.items():
        name = name.rstrip("_").replace("_", "-")
        if tag not in TAGS or name not in ATTRIBUTES:
            raise ValueError(f"<{tag} {name}> is not in the vocabulary of kb.view.markup")
        if value is not None and (name != "href" or value.lower().startswith(LINKS)):
            kept.append((name, printable(value) if name in SHOWN else value))
    if tag not in TAGS:
        raise ValueError(f"<{tag}> is not in the vocabulary of kb.view.markup")
    shown = (printable(child) if isinstance(child, str) else child for child in children)
    return Element(tag, tuple(kept), tuple(child for child in shown if child is not None and child != ""))


def to_html(node: Node) -> str:
    """The tree as HTML, everything escaped.

    >>> to_html(element("p", "a < b ", element("b", "c"), class_="x"))
    '<p class="x">a &lt; b <b>c</b></p>'
    """
    if isinstance(node, str):
        return escape(node)
    attributes = "".join(f' {name}="{escape(value)}"' for name, value in node.attributes)
    if node.tag in VOID:
        return f"<{node.tag}{attributes}>"
    return f"<{node.tag}{attributes}>{''.join(map(to_html, node.children))}</{node.tag}>"


def to_data(node: Node) -> Any:
    """The tree as lists, dictionaries and strings: ``[tag, attributes, children]``, text as itself."""
    if isinstance(node, str):
        return node
    return [node.tag, dict(node.attributes), [to_data(child) for child in node.children]]
