"""Candidates whose markup was lost: superscripts that became plain digits, glued to the word or full stop before."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from functools import cached_property

from ingest.citations.candidates import NUMBER, NUMBERS, UNIT, Candidate, expand

_GLUED = re.compile(
    rf"(?<=[^\W\d_]|[.,;:!?)\]%\u201d\u2019\"'])(?P<list>{NUMBERS})(?P<more>(?:\s{NUMBER}){{0,20}})(?![\d%])"
)
_FREED = re.compile(rf"\bet al\.?\s(?P<list>{NUMBERS})(?=[\s,.;)])(?!\s?{UNIT}(?!\w))")
"""Behind "et al" a number cites even with a space before it."""
_FOLLOWED = re.compile(r"\s|[,;:)\]\u201d\u2019\"'?!](?!\d)|\.(?!\d)|[–—-](?=\s|[a-z]{2})|\(|[A-Z][a-z]|$")
_SPACED_END = re.compile(r"[.,;:)\]]|\s[A-Z]|\s?$")
"""What has to follow numbers with spaces between, so that the last is no count: "theory.11 12 The"."""
_COUNTS = re.compile(rf"\s?{UNIT}(?!\w)")
_TURN = re.compile(rf"(?<=[.:;)])\s(?P<list>{NUMBERS})(?=\s(?:[A-Z]|th[aei]))")
"""A number with spaces around between two sentences, or behind a heading word: doubtful, for text has such counts."""
_TOKEN = re.compile(r"[\w'’-]*[^\W\d_]$")
_TOKENS = re.compile(r"(?<![\w'’-])[\w'’-]*[^\W\d_](?![\w-])")
_WITH_DIGITS = re.compile(r"(?<![\w'’-])([\w'’-]*[^\W\d_])\d{1,3}(?!\w)")
_ABBREVIATED = re.compile(
    r"(?:^|[\s(])(?:[Ff]igs?|[Tt]ab|[Ee]qs?|[Nn]os?|[Pp]p?|[Vv]ols?|vs|[Vv]ers?|[Ss]uppl|[Cc]h(?:ap)?|[Ss]ect?|[Aa]pp)\.$"
)
_NUMBERED_NAME = re.compile(r"(?:[^\W\d_]{2}-?|[^\W\d_]-|(?<![^\W_])[a-z])\d{1,3}[.,]$")
_INITIAL = re.compile(r"(?<![\w.])[^\W\d_]\.$")
_LABEL = re.compile(
    r"(?:fig|figure|table|box|appendix|eq|no|pp?|vol|vs|ver|version|phase|grade|type|stage|step|class|visit|day|week|month|year|level"
    r"|group|suppl|chap|sect?|item|question|case|patient)",
    re.IGNORECASE,
)
_POWERED = re.compile(r"[mckµμnd]?m|kg|ft|s|sec|min|h")
_FORMULA = re.compile(r"(?:\w\([^\s()]{1,12}|\((?:[mckµμn]?m|kg/m|[^\W\d_]|[^\W\d_]\s?[-+−×*/]\s?[^\W\d_]))\)$")
_OFTEN = 3


class Words:
    """The words of an article, counted where they are asked for."""

    def __init__(self, text: str) -> None:
        self._text = text

    @cached_property
    def bare(self) -> Counter[str]:
        """How often each word stands without digits."""
        return Counter(_TOKENS.findall(self._text))

    @cached_property
    def glued(self) -> Counter[str]:
        """How often each word stands with digits glued to it."""
        return Counter(_WITH_DIGITS.findall(self._text))


def glued(text: str, spans: Sequence[tuple[int, int]]) -> list[Candidate]:
    """Digits glued to a word, a full stop or a bracket; sure where the word is none that is written with digits."""
    words = Words(text)
    found: list[Candidate] = []
    for start, end in spans:
        for match in _GLUED.finditer(text, start, end):
            candidate = _candidate(text, start, end, match, words)
            if candidate:
                found.append(candidate)
        for pattern in (_FREED, _TURN):
            for match in pattern.finditer(text, start, end):
                numbers = tuple(expand(match.group("list")))
                found.append(
                    Candidate(start=match.start("list"), end=match.end(), numbers=numbers, sure=pattern is _FREED)
                )
    return sorted(found, key=lambda one: one.start)


def _candidate(text: str, floor: int, ceiling: int, match: re.Match[str], words: Words) -> Candidate | None:
    listed, stop = match.group("list"), match.end("list")
    spaced = match.group("more").split()
    numbers = expand(listed)
    ends = _SPACED_END.match(text, match.end(), ceiling) and sorted({*numbers, *map(int, spaced)})
    if spaced and ends == [*numbers, *map(int, spaced)]:
        numbers, stop = ends, match.end()
    following = text[stop : min(ceiling, stop + 12)]
    if not _FOLLOWED.match(following) or _COUNTS.match(following):
        return None
    before = text[max(floor, match.start() - 40) : match.start()]
    sure = _cites(before, following, tuple(numbers), words)
    if sure is None or min(numbers) < 1 or listed[0] == "0":
        return None
    return Candidate(start=match.start(), end=stop, numbers=tuple(numbers), sure=sure)


def _cites(before: str, after: str, numbers: tuple[int, ...], words: Words) -> bool | None:
    """Whether what stands around digits lets them cite: yes, doubtful (False), or no (None)."""
    last, inner = before[-1:], before[-2:-1]
    if last.isalpha():
        return _behind_word(before, numbers, words)
    if last == "." and re.match(r"\.\s", after):  # the number of an item
        return None
    if last in ".," and inner.isdigit():  # a decimal, unless a sentence ends here, on a name with digits: "IL-6.12 The"
        return bool(_NUMBERED_NAME.search(before)) if re.match(r"\s[A-Z]", after) else None
    if last in ".,;:" and (not inner or inner.isspace() or inner.isdigit() or inner in "<>=(["):
        return None
    if last == "." and _ABBREVIATED.search(before):
        return None
    return not (last == "." and _INITIAL.search(before)) and not (last == ")" and _FORMULA.search(before))


def _behind_word(before: str, numbers: tuple[int, ...], words: Words) -> bool | None:
    match = _TOKEN.search(before)
    token = match.group() if match else ""
    if len(token) < 2 or (numbers in ((2,), (3,)) and _POWERED.fullmatch(token)):
        return None
    if _LABEL.fullmatch(token):
        return len(numbers) > 1
    times = words.glued[token]
    word = token.removesuffix("'s").removesuffix("’s")
    plain = word.isalpha() and len(word) > 3 and word[1:].islower()
    return words.bare[token] >= times * (1 if plain else 3) or (plain and times < _OFTEN) or before.endswith("et al")
