"""Citations by number: [1], [1,3–5], (1), and superscripts, told apart from exponents, units and counts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ingest.citations.marker import Marker, unique
from ingest.reading import Raised
from kb.model import Reference

_LIST = r"\d{1,3}(?:\s?[,;–—‐‑−-]\s?\d{1,3})*"
_BRACKET = re.compile(rf"\[\s*({_LIST})(?:,?\s+pp?\.\s*[\d–-]+)?\s*\](?!\()")
_PARENTHESIS = re.compile(rf"\(\s?({_LIST})\s?\)")
_RAISED = re.compile(
    "[\u00b9\u00b2\u00b3\u2070\u2074-\u2079]+(?:[,\u207b\u2013-][\u00b9\u00b2\u00b3\u2070\u2074-\u2079]+)*"
)
_GLUED = re.compile(
    r"(?:(?<=[a-z][a-z])|(?<=[A-Z]{3})|(?<=[.,;:)\]%”’\"])|(?<=[a-z]\d\d\d\d))"
    r"(?<!\d[.,])(?P<list>\d{1,3}(?:\s?[,–-]\s?\d{1,3})*)(?=[\s,.;:)\]]|$)(?!\s?(?:%|mg|ml|kg|°))"
)
_GLUED_WORD = re.compile(r"(?:^|[\s(])[A-Za-z]{1,3}$|\b(?:p|n|r|t|F|vs|Fig|Table|No|pp?)\.?$")
_BEHIND = re.compile(r"(?:[^\W\d_]{4}|(?<![^\W_])[^\W\d_]{3}|[.,;:!?)\]”’\"])$")
_DIGITS = str.maketrans("\u2070\u00b9\u00b2\u00b3\u2074\u2075\u2076\u2077\u2078\u2079\u207b", "0123456789-")
_LARGEST_RANGE = 60
_FEWEST_FOR_STYLE = 3


def numeric_markers(
    text: str, spans: Sequence[tuple[int, int]], references: Sequence[Reference], raised: Sequence[Raised] = ()
) -> Iterator[Marker]:
    """Markers that name references by number.

    Parameters
    ----------
    text
        The article.
    spans
        The passages to search.
    references
        The reference list; an entry answers to its label where that is a number, else to its position.
    raised
        The passages that the format sets as superscripts, where it has any.

    Notes
    -----
    Brackets are taken at their word, and Unicode superscripts where they are no exponents. Parentheses, and digits
    glued to a word, could as well be counts, so they count only where the article has no other style and at least
    three numbers that the list holds.
    """
    numbers = {_number(reference): reference.id for reference in references}
    brackets = [match for match in _matches(_BRACKET, text, spans) if _plausible(text, match)]
    superscripts = _raised(text, spans, numbers)
    if brackets:
        yield from (_marker(match.start(), match.end(), match.group(1), numbers) for match in brackets)
        yield from superscripts
        return
    for found in (_parenthesised(text, spans, numbers), superscripts or _glued(text, spans, numbers)):
        if len(found) >= min(_FEWEST_FOR_STYLE, max(1, len(numbers))):
            yield from found
            return


def expand(numbers: str) -> list[int]:
    """The numbers that a list with ranges names.

    >>> expand("1, 3–5")
    [1, 3, 4, 5]
    """
    named: list[int] = []
    parts = re.split(r"\s?([,;–—‐‑−-])\s?", numbers)
    for index in range(0, len(parts), 2):
        value = int(parts[index])
        ranged = index and parts[index - 1] not in ",;"
        if ranged and named and 0 < value - named[-1] <= _LARGEST_RANGE:
            named.extend(range(named[-1] + 1, value + 1))
        else:
            named.append(value)
    return named


def _number(reference: Reference) -> int:
    return int(reference.label) if reference.label.isdecimal() else reference.position


def _matches(pattern: re.Pattern[str], text: str, spans: Sequence[tuple[int, int]]) -> Iterator[re.Match[str]]:
    for start, end in spans:
        yield from pattern.finditer(text, start, end)


def _plausible(text: str, match: re.Match[str]) -> bool:
    """No interval ([0, 1]) and no year ([2016]): reference numbers are 1 and up."""
    return min(expand(match.group(1))) > 0 and not text[max(0, match.start() - 12) : match.start()].endswith("CI ")


def _marker(start: int, end: int, listed: str, numbers: dict[int, str]) -> Marker:
    named = expand(listed)
    return Marker(
        start=start,
        end=end,
        references=unique([numbers[n] for n in named if n in numbers]),
        missing=unique([str(n) for n in named if n not in numbers]),
    )


def _parenthesised(text: str, spans: Sequence[tuple[int, int]], numbers: dict[int, str]) -> list[Marker]:
    found = []
    for match in _matches(_PARENTHESIS, text, spans):
        enumerates = re.match(r"\s*[a-z]\w*", text[match.end() : match.end() + 12]) and re.search(
            r"(?:^|[:;,]|\band|\bor)\s*$", text[max(0, match.start() - 8) : match.start()]
        )
        if all(n in numbers for n in expand(match.group(1))) and not enumerates:
            found.append(_marker(match.start(), match.end(), match.group(1), numbers))
    return found


def _raised(text: str, spans: Sequence[tuple[int, int]], numbers: dict[int, str]) -> list[Marker]:
    """Superscript numbers behind a word or the end of a sentence; behind a unit, symbol or digit they are exponents."""
    found = []
    for match in _matches(_RAISED, text, spans):
        listed = match.group().translate(_DIGITS)
        behind = _BEHIND.search(text, max(0, match.start() - 8), match.start())
        if behind and all(n in numbers for n in expand(listed)):
            found.append(_marker(match.start(), match.end(), listed, numbers))
    return found


def _glued(text: str, spans: Sequence[tuple[int, int]], numbers: dict[int, str]) -> list[Marker]:
    """Digits glued to a word: superscripts whose markup was lost."""
    found = []
    for match in _matches(_GLUED, text, spans):
        before = text[max(0, match.start() - 14) : match.start()]
        if _GLUED_WORD.search(before) or not all(n in numbers for n in expand(match.group("list"))):
            continue
        found.append(_marker(match.start(), match.end(), match.group("list"), numbers))
    return found
