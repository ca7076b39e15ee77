"""Globs of configuration against the ids of articles: paths relative to the project, with ``/``."""

from __future__ import annotations

from fnmatch import fnmatchcase
from functools import lru_cache

MAGIC = frozenset("*?[")
"""Any of these makes a glob of what would else be a name."""


def matches(article: str, glob: str) -> bool:
    """Whether a glob names an article; one that ends in a plain name may also name a folder that it is in.

    ``*``, ``?`` and ``[…]`` stop at ``/``, and ``**`` stands for any number of folders. A glob without ``/`` means
    that name in whatever folder; one that begins with ``/`` or ``./`` is held to the project's own folder. The time
    grows with the product of the two lengths at most.

    >>> [matches("old/2019/a.md", glob) for glob in ("old", "old/**", "old/**/*.md", "*.md", "old/*", "/*.md")]
    [True, True, True, True, False, False]
    """
    path, wanted = article.split("/"), parts(glob)
    reached = {0}
    for part in wanted:
        if not reached:
            return False
        if part == "**":
            reached = set(range(min(reached), len(path) + 1))
        else:
            reached = {at + 1 for at in reached if at < len(path) and fnmatchcase(path[at], part)}
    return len(path) in reached or (bool(reached) and not MAGIC.intersection(wanted[-1]))


@lru_cache(maxsize=512)
def parts(glob: str) -> tuple[str, ...]:
    """A glob by its folders; one without ``/`` begins with ``**``.

    >>> parts("*.md"), parts("./a//b/"), parts("/x.md")
    (('**', '*.md'), ('a', 'b'), ('x.md',))
    """
    anchored = "/" in glob.rstrip("/")
    found = tuple(part for part in glob.split("/") if part not in ("", "."))
    return found if anchored else ("**", *found)
