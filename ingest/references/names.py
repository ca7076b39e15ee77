"""The authors at the start of a reference: where they end, and their family names.

The words of the string are reduced to a line of one-letter shapes (initial, capitalised word, particle, "and" …), and
the forms of a name are small regular expressions over that line. Names are read one after the other, so the work
grows linearly with the text, whatever it holds.
"""

from __future__ import annotations

import re
from typing import NamedTuple

_TOKEN = re.compile(r"[^\W\d_](?:[^\W\d_]|['’‘ʼ`´\-‐‑](?=[^\W\d_]))*|\d+|\S")
_AND = frozenset("& and et und y e en i og och u ve и та a".split())
_PARTICLES = frozenset(
    "van von der den de da di du del della dell dalla dos das do la le les ter ten te af av zu zur zum el al bin ibn "
    "bint abu san degli dei vander vande v 't".split()
)
_GENERATIONS = frozenset("jr sr ii iii iv".split())
_NEVER = frozenset(
    "the an on in of for from to toward towards with without why how what when where who is are was does do can some "
    "and or new studies introduction report handbook guideline guidelines journal world global national international "
    "der die das ein eine über zur les une des au aux sur pour vers dans por para uma os as".split()
)
"""Words that open titles and never belong to a name, whatever their capitals."""
_SHORTENED = frozenset("Ch Th Cl Yu Ya Ph Zh Kh Ts Chr Wm Gy Sz Zs Cs Fr Chas Geo Jos".split())
_QUOTES = '"“”„«»‘‹'
_GLUED = re.compile(r"(.*[a-zà-öø-ÿ]{2}|[A-Z][a-zà-öø-ÿ])([A-ZÀ-Þ]{1,3})")
_HYPHENED = re.compile(r"[A-ZÀ-Þ](?:[-‐‑][^\W\d_])+")
_MOST_TOKENS = 1500

# Shapes: I initials with a full stop; v one capital; V two or three capitals (initials, or a short name in capitals);
# U longer capitals; F capitalised; G family name with initials glued to it; p and P particle; J Jr; a "and";
# E "et al."; x other word; n number; q quotation mark; o and c brackets; punctuation as itself.
_WORD = "[FUVP]"
_FAMILY = f"(?:[pP]{{0,3}}{_WORD}){{1,3}}"
_INITIALS = "(?:(?:-?I){1,5}|[vV](?:-?[vVI]){0,4})"
_JUNIOR = "(?:,?J)?"
_STYLES = {
    "inverted": re.compile(f"(?P<f>{_FAMILY}),{_INITIALS}p{{0,3}}{_JUNIOR}"),
    "vancouver": re.compile(
        f"(?P<f>[pP]{{0,3}}(?:p{{0,3}}[FUP]){{1,3}}){_INITIALS}p{{0,3}}{_JUNIOR}|(?P<g>[pP]{{0,3}}F?G)(?=[.,:;aGE]|$)"
    ),
    "inverted full": re.compile(
        f"(?P<f>[pP]{{0,3}}(?:[FVP]|[UV]{{1,3}}))J?,[FU](?:-?[FU])?(?:-?[Iv]){{0,3}}p{{0,2}}{_JUNIOR}"
    ),
    "direct": re.compile(
        f"(?:I|VI?|v(?=I))(?:-?[Iv]){{0,4}}(?P<f>{_FAMILY}){_JUNIOR}|v{{1,3}}(?P<g>[pP]{{0,3}}[FU]){_JUNIOR}"
    ),
    "capitals": re.compile(f"(?P<f>(?:[pP]{{0,2}}[UV]){{1,3}})F(?:-?[FIv]){{0,2}}{_JUNIOR}"),
    "full": re.compile(f"[FP](?:-?[FIv]){{0,2}}(?P<f>[pP]{{0,3}}{_WORD}){_JUNIOR}"),
}
_SEPARATOR = re.compile(r"[,;.]{0,2}a|[,;]{1,2}(?=[^,;a])|/")
_ET_AL = re.compile(r"[,;]{0,2}a?E\.?")
_UNSEPARATED = re.compile("p{0,3}F{1,2}[vV]{1,3}")


class Names(NamedTuple):
    """The names that a string begins with: ``end`` is the offset after them, ``families`` the family names."""

    end: int
    families: tuple[str, ...]
    et_al: bool = False


class _Token(NamedTuple):
    shape: str
    start: int
    end: int


class _Found(NamedTuple):
    style: str
    start: int
    end: int
    joined: bool


NONE = Names(0, ())


def read_names(text: str) -> Names:
    """The list of persons at the start of ``text``; ``NONE`` where it does not begin with one."""
    tokens = _tokens(text)
    shape = "".join(token.shape for token in tokens)
    found = _scan(shape)
    found = _credible(shape, found)
    if not found:
        return NONE
    end = found[-1].end
    others = _ET_AL.match(shape, end)
    end = others.end() if others else end
    families = tuple(_family(text, tokens, shape, name) for name in found)
    return Names(tokens[end - 1].end, families, others is not None)


def only_names(text: str) -> bool:
    """Whether nothing in the text speaks against its being names: no word in lower case but particles and "and"."""
    shape = "".join(token.shape for token in _tokens(text))
    return bool(shape) and not re.search("[xnq]", shape) and bool(re.search("[FUVGP]", shape))


def _tokens(text: str) -> list[_Token]:
    tokens: list[_Token] = []
    for match in _TOKEN.finditer(text):
        if len(tokens) >= _MOST_TOKENS:
            break
        word, start, end = match.group(), match.start(), match.end()
        dotted = text[end : end + 1] == "."
        last = tokens[-1] if tokens else None
        if word == "." and last and last.end == end and last.shape in "IEJ":
            continue
        shape = _shape(word, dotted)
        if shape == "F" and len(word) <= 3 and last and last.shape == "-" and last.end == start:
            shape = "I"
        if word in ("al", "Al.", "coll", "alii", "др", "others") and last and last.shape == "a":
            tokens[-1] = _Token("E", last.start, end + dotted)
            continue
        tokens.append(_Token(shape, start, end + (dotted and shape in "IJ")))
    return tokens


def _shape(word: str, dotted: bool) -> str:
    first = word[0]
    if first.isdigit():
        return "n"
    if not first.isalpha():
        return _punctuation(word)
    if word in _AND:
        return "a"
    if word.lower() in _GENERATIONS and word not in ("JR", "SR", "jr", "sr"):
        return "J"
    if _HYPHENED.fullmatch(word):
        return "I" if dotted else "V"
    if word.isupper():
        if len(word) == 1:
            return "I" if dotted else "v"
        if len(word) <= 3:
            return "I" if dotted else "V"
        return "U"
    if first.islower():
        return "p" if word in _PARTICLES or word[:2] in ("d'", "d’", "l'") else ("F" if "-" in word[:4] else "x")
    if word.lower() in _NEVER and word != word.upper() and word.lower() not in _PARTICLES | {"do"}:
        return "x"
    if dotted and word in _SHORTENED:
        return "I"
    if word.lower() in _PARTICLES:
        return "P"
    return "G" if _GLUED.fullmatch(word) else "F"


def _punctuation(mark: str) -> str:
    if mark == "&":
        return "a"
    if mark in "-‐‑":
        return "-"
    if mark in _QUOTES:
        return "q"
    if mark in "([":
        return "o"
    return "c" if mark in ")]" else mark


def _scan(shape: str) -> list[_Found]:
    """Names one after the other from the start, each in a form that agrees with the first."""
    first = _name(shape, 0, tuple(_STYLES), joined=False)
    if first is None:
        return []
    found = [first]
    while True:
        at = found[-1].end
        separator = _SEPARATOR.match(shape, at)
        if separator:
            joined = shape[separator.end() - 1] == "a"
            styles = _FOLLOWERS[first.style] + (_JOINED[first.style] if joined else ())
            name = _name(shape, separator.end(), styles, joined=joined)
        else:
            name = _unseparated(shape, at) if first.style == "vancouver" else None
        if name is None:
            return found
        found.append(name)


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


def _name(shape: str, at: int, styles: tuple[str, ...], *, joined: bool) -> _Found | None:
    """The name at ``at`` in the first style that fits. "Robin C. Williamson" is longer than the "Robin C." in it."""
    for style in styles:
        match = _STYLES[style].match(shape, at)
        if not match or not (style in ("inverted", "vancouver") or _closes(shape, match.end())):
            continue
        if style == "vancouver" and "full" in styles and shape[match.end() - 1] == "I":
            longer = _STYLES["full"].match(shape, at)
            if longer and longer.end() > match.end() and _closes(shape, longer.end()):
                return _Found("full", at, longer.end(), joined)
        return _Found(style, at, match.end(), joined)
    return None


def _closes(shape: str, at: int) -> bool:
    """Whether a name may end here: before punctuation, a date, a quotation, another name, or at the end."""
    return bool(re.compile(r"$|[.,:;oqnE/]|a[FUVPIvpE]").match(shape, at))


def _unseparated(shape: str, at: int) -> _Found | None:
    """A further "Family AB" right after the last, as renderings without punctuation leave it."""
    if shape[at - 1] not in "vV":
        return None
    name = _UNSEPARATED.match(shape, at)
    return _Found("vancouver", at, name.end(), False) if name else None


def _credible(shape: str, found: list[_Found]) -> list[_Found]:
    """Without initials or an "and", what follows the first name may as well be the title: keep what is sure."""
    while len(found) > 1:
        last = found[-1]
        sure = (
            last.joined or last.style in ("inverted", "vancouver", "direct") or shape[last.end : last.end + 1] in ".qE"
        )
        if sure:
            break
        found = found[:-1]
    return found


def _family(text: str, tokens: list[_Token], shape: str, name: _Found) -> str:
    match = _STYLES[name.style].match(shape, name.start)
    groups = match.groupdict() if match else {}
    span = next((match.span(key) for key, value in groups.items() if value and match), (name.start, name.end))
    words = text[tokens[span[0]].start : tokens[span[1] - 1].end].strip(" .,;")
    glued = _GLUED.fullmatch(words.split()[-1]) if groups.get("g") else None
    return words[: -len(glued.group(2))] if glued else words
