"""Words and marks reduced to one-letter shapes, over which the forms of names are small regular expressions.

=====  ===========================================================================================
I      initials with their full stop: "J.", "MM.", "J.-P."
v, V   one capital; two or three, which may be initials or a short name
U, F   a longer word in capitals; a capitalised word
G      a family name with its initials glued on, as some renderings of articles leave it: "SmithJA"
p, P   a particle, as in "van der Berg" and "Van der Berg"
J      Jr, Sr, II, III
a      "and", in the languages that references are written in
E      "et al."
x, n   another word; a number
q      a quotation mark
o, c   an opening or a closing bracket
=====  ===========================================================================================

Other marks stand for themselves.
"""

from __future__ import annotations

import re
from typing import NamedTuple

_TOKEN = re.compile(r"[^\W\d_](?:[^\W\d_]|['’‘ʼ`´\-‐‑](?=[^\W\d_]))*|\d+|\S")
_AND = frozenset("& and And AND et und y e en i och og u ve и та a".split())
_PARTICLES = frozenset(
    "van von der den de da di du del della dell dalla dos das do la le les ter ten te af av zu zur zum el al bin ibn "
    "bint abu san degli dei vander vande v 't".split()
)
_GENERATIONS = frozenset("Jr Sr II III IV".split())
_NEVER = frozenset(
    "the an on in of for from to toward towards with without why how what when where who is are was does can some and "
    "or new studies introduction report handbook guideline guidelines journal review bulletin proceedings "
    "transactions annals world global national international die das ein eine über une des au aux sur pour vers dans "
    "por para uma os as".split()
)
"""Words that open titles, or belong to them, and never to a name, whatever their capitals."""

_SHORTENED = frozenset("Ch Th Cl Yu Ya Ph Zh Kh Ts Chr Wm Gy Sz Zs Cs Fr Chas Geo Jos".split())
_OTHERS = frozenset(("al", "Al.", "coll", "alii", "др", "others"))
_GLUED = re.compile(r"(.*[a-zà-öø-ÿ]{2}|[A-Z][a-zà-öø-ÿ])([A-ZÀ-Þ]{1,3})")
_HYPHENED = re.compile(r"[A-ZÀ-Þ](?:[-‐‑][^\W\d_])+")
_INNER_CAPITAL = re.compile(r"[a-z]{1,3}[A-Z][a-z]+")
_ELIDED = ("d'", "d’", "l'", "l’")
_QUOTES = '"“”„«»‘‹'
_MOST = 1500
"""Tokens that are looked at: a list of 500 authors."""


class Token(NamedTuple):
    """A word or mark: its shape, and its passage in the text with a full stop that belongs to it."""

    shape: str
    start: int
    end: int


def tokenize(text: str) -> list[Token]:
    """The words and marks of a text, the first 1,500 of them."""
    tokens: list[Token] = []
    for match in _TOKEN.finditer(text):
        if len(tokens) >= _MOST:
            break
        word, start, end = match.group(), match.start(), match.end()
        dotted = text[end : end + 1] == "."
        last = tokens[-1] if tokens else None
        if last and word == "." and last.end > start:
            continue
        if last and last.shape == "a" and word in _OTHERS:
            tokens[-1] = Token("E", last.start, end + dotted)
            continue
        shape = _shape(word, dotted)
        if last and last.shape == "-" and last.end == start and shape == "F" and len(word) <= 3:
            shape = "I"  # "J.-Cl."
        tokens.append(Token(shape, start, end + (dotted and shape in "IJE")))
    return tokens


def shape_of(tokens: list[Token]) -> str:
    """The shapes in a row, one letter a token."""
    return "".join(token.shape for token in tokens)


def unglued(name: str) -> str:
    """A family name without the initials that are glued to it."""
    glued = _GLUED.fullmatch(name)
    return glued.group(1) if glued else name


def _shape(word: str, dotted: bool) -> str:
    first = word[0]
    if not first.isalpha():
        return "n" if first.isdigit() else _mark(word)
    if word in _AND:
        return "a"
    if word in _GENERATIONS:
        return "J"
    if word.lower() == "etal":
        return "E"
    if word.isupper() or _HYPHENED.fullmatch(word):
        return _capitals(word, dotted)
    if first.islower():
        return _lower(word)
    if word.lower() in _NEVER:
        return "x"
    if dotted and word in _SHORTENED:
        return "I"
    if word.lower() in _PARTICLES:
        return "P"
    return "G" if _GLUED.fullmatch(word) else "F"


def _capitals(word: str, dotted: bool) -> str:
    if len(word) == 1:
        return "I" if dotted else "v"
    if len(word) <= 3 or _HYPHENED.fullmatch(word):
        return "I" if dotted else "V"
    return "U"


def _lower(word: str) -> str:
    if word in _PARTICLES:
        return "p"
    if word[:2] in _ELIDED:
        return "F" if word[2:3].isupper() else "p"
    return "F" if "-" in word[:4] or _INNER_CAPITAL.fullmatch(word) else "x"


def _mark(mark: str) -> str:
    if mark in "-‐‑":
        return "-"
    if mark in _QUOTES:
        return "q"
    if mark in "([":
        return "o"
    if mark in ")]":
        return "c"
    return "a" if mark == "&" else mark
