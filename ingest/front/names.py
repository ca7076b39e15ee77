"""What an article is called that came by a browser, whose names are not to be believed."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable

from kb.errors import one_line

LONGEST = 140
"""Most bytes of a name in UTF-8: less than any file system takes."""
_LONGEST_SUFFIX = 12
_NOT_IN_NAMES = re.compile(r'[<>:"|?*\N{REPLACEMENT CHARACTER}]+')
_DEVICE = re.compile(r"(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(?:\.|$)", re.IGNORECASE)
"""Names that Windows takes for devices, with any suffix (Microsoft, Naming Files, Paths, and Namespaces)."""


def safe_name(given: str, otherwise: str) -> str:
    r"""A name from outside as one that can be the name of a file anywhere, on one line.

    Parameters
    ----------
    given
        Where it is a path, its last part counts.
    otherwise
        What it is called where nothing of it is left.

    >>> safe_name("C:\\notes\\Knee pain?.docx", "article"), safe_name("../..", "article"), safe_name("nul.md", "a")
    ('Knee pain_.docx', 'article', '_nul.md')
    """
    last = re.split(r"[/\\]", given[-4000:])[-1]
    name = _NOT_IN_NAMES.sub("_", one_line(unicodedata.normalize("NFC", last))).strip(" .")
    name = _shortened(f"_{name}" if _DEVICE.match(name) else name)
    return name or otherwise


def _shortened(name: str) -> str:
    if len(name.encode()) <= LONGEST:
        return name
    stem, dot, suffix = name.rpartition(".")
    if not dot or len(suffix.encode()) > _LONGEST_SUFFIX:
        stem, dot, suffix = name, "", ""
    room = LONGEST - len((dot + suffix).encode())
    return stem.encode()[:room].decode("utf-8", "ignore").rstrip(" .") + dot + suffix


def numbered(name: str, is_taken: Callable[[str], bool]) -> str:
    """A name that is not taken: itself, or with a number before its suffix.

    >>> numbered("refs.bib", {"refs.bib", "refs 2.bib"}.__contains__)
    'refs 3.bib'
    """
    stem, dot, suffix = name.rpartition(".") if "." in name[1:] else (name, "", "")
    number, one = 1, name
    while is_taken(one):
        number += 1
        one = f"{stem} {number}{dot}{suffix}"
    return one
