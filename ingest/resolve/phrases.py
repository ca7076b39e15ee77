"""Identifiers as phrases of the query language of Lucene, which several registries take."""

from __future__ import annotations

import re


def phrase(identifier: str) -> str:
    r"""The identifier in quotation marks; one inside it, and a backslash, is escaped (Lucene, "Query Parser Syntax").

    >>> phrase('10.1000/"a"')
    '"10.1000/\\"a\\""'
    """
    escaped = re.sub(r'(["\\])', r"\\\1", identifier)
    return f'"{escaped}"'
