"""The persons at the start of a reference: where their list ends, and their family names.

Names are read one after the other, each in a form that agrees with the first, so the work grows linearly with the text,
whatever it holds. The forms are regular expressions over the shapes of words (``ingest.references.shapes``).
"""

from __future__ import annotations

import re
from typing import NamedTuple

from ingest.references.shapes import Token, shape_of, tokenize, unglued


class Names(NamedTuple):
    """The names that a string begins with: ``end`` is the offset after them, ``families`` the family names."""

    end: int
    families: tuple[str, ...]


class _Name(NamedTuple):
    style: str
    start: int
    end: int
    sure: bool
    """Whether an "and" or a semicolon before it says that it is a name."""


NONE = Names(0, ())

_WORD = "[FUVP]"
_FAMILY = f"(?:[pP]{{0,3}}{_WORD}){{1,3}}"
_ONE_FAMILY = "[pP]{0,3}(?:[FVP]|[UV]{1,3})"
_DOTTED = "(?:-?I){1,5}"
_UNDOTTED = "[vV](?:-?[vVI]){0,4}"
_JUNIOR = "(?:,?J)?"
_STYLES = {
    "inverted": re.compile(f"(?P<f>{_FAMILY}),(?:{_DOTTED}|{_UNDOTTED}(?=[.,;:aoEnJ/]|$))p{{0,3}}{_JUNIOR}"),
    "vancouver": re.compile(
        f"(?P<f>[pP]{{0,3}}(?:p{{0,3}}[FUP]){{1,3}})p{{0,3}}(?:{_DOTTED}|{_UNDOTTED})p{{0,3}}{_JUNIOR}"
        "|(?P<g>[pP]{0,3}F?G)(?=[.,:;aGEo]|$)"
    ),
    "inverted full": re.compile(
        f"(?P<f>{_ONE_FAMILY})(?:,?J)?,(?:[FUP](?:-?[FUP]){{0,2}}(?:-?[Iv]){{0,3}}|IF(?=[.,]))p{{0,2}}{_JUNIOR}"
    ),
    "direct": re.compile(
        f"(?:I|VI?|v(?=I))(?:-?[Iv]){{0,4}}(?P<f>{_FAMILY}){_JUNIOR}|v{{1,3}}(?P<g>[pP]{{0,3}}[FU]){_JUNIOR}"
    ),
    "capitals": re.compile(f"(?P<f>(?:[pP]{{0,2}}[UV]){{1,3}})F(?:-?[FIv]){{0,2}}{_JUNIOR}"),
    "full": re.compile(f"[FP](?:-?[FIv]){{0,2}}(?P<f>[pP]{{0,3}}{_WORD}){_JUNIOR}"),
    "single": re.compile("(?P<f>[FU])(?=[;.,]|$)"),
}
"""The forms: "Smith, J. A.", "Smith JA", "Smith, John", "J. A. Smith", "SMITH John", "John Smith", "Aristotle"."""

_FIRST = ("inverted", "vancouver", "inverted full", "direct", "capitals", "full")
_FOLLOWERS = {
    "inverted": ("inverted", "direct", "vancouver"),
    "vancouver": ("vancouver", "inverted"),
    "direct": ("direct",),
    "inverted full": ("full", "direct", "inverted full", "inverted"),
    "capitals": ("capitals", "vancouver", "inverted"),
    "full": ("full", "direct"),
}
"""In which forms a name can follow the first, the likeliest first."""

_JOINED = {
    "inverted": ("full", "inverted full"),
    "vancouver": ("full",),
    "direct": ("full",),
    "inverted full": ("capitals",),
    "capitals": ("full",),
    "full": (),
}
"""Further forms after an "and", where a name is expected in any case."""

_INITIALLED = ("inverted", "vancouver", "direct")
_SEPARATOR = re.compile(r"[,;.]{0,2}a|[,;]{1,2}(?=[^,;a])|/")
_CLOSES = re.compile(r"$|[.,:;oqnE/]|a[FUVPIvpE]")
_ET_AL = re.compile(r"[,;]{0,2}a?E\.?")
_UNSEPARATED = re.compile("p{0,3}F{1,2}[vV]{1,3}")
_MANY = 4
"""From how many full names on a list without an "and" is taken for one."""


def read_names(text: str) -> Names:
    """The list of persons at the start of ``text``; ``NONE`` where it does not begin with one."""
    tokens = tokenize(text)
    shape = shape_of(tokens)
    names = _credible(shape, _scan(shape))
    if not names:
        return NONE
    end = names[-1].end
    others = _ET_AL.match(shape, end)
    end = others.end() if others else end
    return Names(tokens[end - 1].end, tuple(_family(text, tokens, shape, name) for name in names))


def only_names(text: str) -> bool:
    """Whether nothing in the text speaks against its being names: no word in lower case but particles and "and"."""
    shape = shape_of(tokenize(text))
    return not re.search("[xnq]", shape) and re.search("[FUVGP]", shape) is not None


def _scan(shape: str) -> list[_Name]:
    first = _name(shape, 0, _FIRST, sure=False)
    names = [first] if first else []
    while first:
        at = names[-1].end
        separator = _SEPARATOR.match(shape, at)
        name = _after(shape, separator, names) if separator else _unseparated(shape, at, first.style)
        if name is None:
            break
        names.append(name)
    return names


def _after(shape: str, separator: re.Match[str], names: list[_Name]) -> _Name | None:
    """The name after a separator. Where "and" has named the last of them, only initials can show one more."""
    joined, listed = separator.group()[-1:] == "a", ";" in separator.group()
    first = names[0].style
    styles = _FOLLOWERS[first] + (_JOINED[first] if joined or listed else ()) + (("single",) if listed else ())
    name = _name(shape, separator.end(), styles, sure=joined or listed)
    ended = len(names) > 1 and names[-1].sure and not joined and not listed
    return None if name and ended and name.style not in _INITIALLED else name


def _name(shape: str, at: int, styles: tuple[str, ...], *, sure: bool) -> _Name | None:
    """The name at ``at`` in the first style that fits. "Robin C. Williamson" is longer than the "Robin C." in it."""
    for style in styles:
        match = _STYLES[style].match(shape, at)
        if match is None or (style not in ("inverted", "vancouver") and not _closes(shape, match.end())):
            continue
        if style in ("inverted", "vancouver") and (longer := _longer(shape, at, match.end(), style, styles)):
            return longer._replace(sure=sure)
        return _Name(style, at, match.end(), sure)
    return None


def _longer(shape: str, at: int, end: int, style: str, styles: tuple[str, ...]) -> _Name | None:
    """A full name that begins as the name with initials does, and goes on."""
    full = "full" if style == "vancouver" else "inverted full"
    match = _STYLES[full].match(shape, at) if full in styles and shape[end - 1] in "Iv" else None
    return _Name(full, at, match.end(), False) if match and match.end() > end and _closes(shape, match.end()) else None


def _closes(shape: str, at: int) -> bool:
    """Whether a name may end here: before punctuation, a date, a quotation, another name, or at the end."""
    return _CLOSES.match(shape, at) is not None or shape[at - 1] == "I"


def _unseparated(shape: str, at: int, first: str) -> _Name | None:
    """A further "Family AB" right after the last, as renderings without punctuation leave it."""
    name = _UNSEPARATED.match(shape, at) if first == "vancouver" and shape[at - 1] in "vV" else None
    return _Name("vancouver", at, name.end(), False) if name else None


def _credible(shape: str, names: list[_Name]) -> list[_Name]:
    """Without initials or an "and", what follows the first name may as well be the title: keep what is sure."""
    while len(names) > 1:
        last = names[-1]
        closed = shape[last.end : last.end + 1] in ".qE"
        uninverted = names[0].style == "inverted full" and last.style == "full" and len(names) < _MANY
        many = names[0].style == "full" and len(names) >= _MANY
        if last.sure or last.style in _INITIALLED or many or (closed and not uninverted):
            break
        names = names[:-1]
    return names


def _family(text: str, tokens: list[Token], shape: str, name: _Name) -> str:
    match = _STYLES[name.style].match(shape, name.start)
    spans = match.groupdict() if match else {}
    start, end = next((match.span(key) for key in spans if match and spans[key]), (name.start, name.end))
    family = text[tokens[start].start : tokens[end - 1].end].strip(" .,;")
    return unglued(family) if spans.get("g") else family
