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
from functools import lru_cache
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
_SURNAMES_TOO = _NEVER - frozenset("the in and of for with from on or".split())
"""Of these words those that are family names too, where initials follow: "An D", "Das S.", "Des Marais DL"."""

_GLUED = re.compile(r"(.*[a-zà-öø-ÿ]{2}|[A-Z][a-zà-öø-ÿ])([A-ZÀ-Þ]{1,3})")
_GLUED_NAME = r"(?:Mc|Mac|O[’']|Van|De|Di|La|Le)?[A-ZÀ-Þ][a-zà-öø-ÿ]+(?:[-’'][A-ZÀ-Þ][a-zà-öø-ÿ]+){0,2}"
_GLUED_ONE = re.compile(rf"({_GLUED_NAME})([A-ZÀ-Þ]{{1,3}})(?=[A-ZÀ-Þ][a-zà-öø-ÿ]|$)")
_GLUED_MANY = re.compile(rf"(?:{_GLUED_ONE.pattern}){{2,12}}")
_GOES_ON = re.compile(r"\.(?:[^\W\d_]|\s[A-ZÀ-Þ]\.)")
_NAME_ENDS = re.compile(r"[,;]|\s\(|$")
_LONGEST_GLUED = 120
_MOST_INITIALS = 4
_MIXED_INITIALS = re.compile(r"[A-Z]{1,3}v?d[aeo]?[A-Z]{1,2}|[A-Z]{2,3}v?d|[A-Z]vd|[A-Z](?:Zh|Yu|Ya|Kh|Sh|Ch)")
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
    """The words and marks of a text, the first 1,500 of them.

    Names that a rendering has glued together ("RoeJ.PoeE.", "RoeJPoeE") are parted, with a comma without width between.
    """
    tokens: list[Token] = []
    glued = False
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
        adjoins = glued and last is not None and last.shape == "I" and last.end == start and len(word) > 1
        parts = _parted(word, start, dotted=dotted and (adjoins or bool(_GOES_ON.match(text, end))))
        glued = glued or bool(parts)
        if adjoins:
            tokens.append(Token(",", start, start))
        if parts:
            tokens += parts
            continue
        shape = _shape(word, dotted)
        if last and last.shape == "-" and last.end == start and shape == "F" and len(word) <= 3:
            shape = "I"  # "J.-Cl."
        if shape == "I" and last and last.shape in "FP" and len(word) in (2, 3) and word.isalpha():
            shape, dotted = (
                "V",
                False,
            )  # "Miller GA. Heat": the full stop ends the names, unlike that of "Miller G. Heat"
        tokens.append(Token(shape, start, end + (dotted and shape in "IJE")))
        if shape in "IvVU" and _NAME_ENDS.match(text, tokens[-1].end):
            _reread(tokens, text)
    return tokens


def _parted(word: str, start: int, *, dotted: bool) -> list[Token]:
    """The names and initials of several names in one word, or of one whose initials end in a full stop."""
    if word.isupper() or not word[-1].isupper():  # as is quickly seen of most words
        return []
    many = len(word) <= _LONGEST_GLUED and _GLUED_MANY.fullmatch(word)
    if not many and not (dotted and _GLUED.fullmatch(word)):
        return []
    if not many:
        name = len(unglued(word))
        return [Token("F", start, start + name), Token("I", start + name, start + len(word) + 1)]
    tokens: list[Token] = []
    for match in _GLUED_ONE.finditer(word):
        if tokens:
            tokens.append(Token(",", start + match.start(), start + match.start()))
        tokens.append(Token("F", start + match.start(1), start + match.end(1)))
        tokens.append(Token("V", start + match.start(2), start + match.end(2)))
    return tokens


def _reread(tokens: list[Token], text: str) -> None:
    """Read the last word and those before it again, for initials and a comma show that a name precedes them.

    So "An D,", "Des Marais DL," and "KO Y," open with family names, and after another name so does "Roe ABCD,".
    """
    before, last = "".join(token.shape for token in tokens[-5:-1]), tokens[-1]
    if last.shape == "U":
        if last.end - last.start == _MOST_INITIALS and re.search("(?:^|[IvV],)p{0,2}[FP]$", before):
            tokens[-1] = last._replace(shape="V")
        return
    if not before:
        return
    name = len(tokens) - 2
    if last.shape in "Iv" and (before == "V" or re.search("[IvV],V$", before)):
        tokens[name] = tokens[name]._replace(shape="F")
    first = name - before.endswith(("xF", "xP"))
    word = text[tokens[first].start : tokens[first].end]
    if tokens[first].shape == "x" and word.istitle() and word.lower() in _SURNAMES_TOO:
        tokens[first] = tokens[first]._replace(shape="F")


def shape_of(tokens: list[Token]) -> str:
    """The shapes in a row, one letter a token."""
    return "".join(token.shape for token in tokens)


def unglued(name: str) -> str:
    """A family name without the initials that are glued to it."""
    glued = _GLUED.fullmatch(name)
    return glued.group(1) if glued else name


@lru_cache(maxsize=16_384)
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
    if _MIXED_INITIALS.fullmatch(word):
        return "V"
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
