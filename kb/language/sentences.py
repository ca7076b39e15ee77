"""Sentences with exact offsets: each full stop is judged by the word before it and by what stands after it.

Health writing puts citations after the full stop, abbreviates names, species and statistics, and numbers its lists.
What is known of that stands in the tables of ``kb.language.sentence_rules``; here is how they are applied.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from kb.language import sentence_rules as known
from kb.language.cuts import Cuts
from kb.model import Span

_STOP = re.compile(rf"{known.STOP}(?={known.either(known.BEHIND_STOP)})")
_UNSPACED = re.compile(known.either(known.UNSPACED))
_CARRIED = re.compile(rf"(?=\s?{known.CITATION_SIGNS})(?:{known.either(known.CARRIED)})")
_GOES_ON = re.compile(known.either(known.GOES_ON))
_STARTS = re.compile(known.STARTS)
_OPENING = re.compile(known.OPENING)
_INITIALS = re.compile(known.INITIALS)
_LETTERED = re.compile(known.LETTERED)
_SPACED = re.compile(known.SPACED)
_LABEL = re.compile(known.LABEL)
_LIST_NUMBER = re.compile(known.LIST_NUMBER)
_ORDINAL = re.compile(known.ORDINAL)
_ENDS_BEFORE = {word: re.compile(table.ends_before) for table in known.ABBREVIATIONS for word in table.words.split()}
_SPACE = re.compile(r"\s*")

_WIDE = " " * 9
_GAP = re.compile(rf"\s{{{len(_WIDE)},}}")
"""Wider than writers leave a gap, and no wider than the shortest comment."""

_BEFORE_WORDS = "([{\"'“‘„«*_/–—-"
_WORD, _WORDS = 12, 24
"""How far back from a full stop the abbreviation, and the words before an initial, are looked for."""
_LONGEST_LABEL = 24
_LONGEST_BRACKET = 300
_MOST_CITATIONS = 8
"""Groups of citations in a row behind one full stop."""


def sentences(text: str) -> list[Span]:
    """Split a paragraph into sentences.

    Parameters
    ----------
    text
        One paragraph, list item or caption; line breaks inside it are spaces.

    Returns
    -------
    list of Span
        In order, not overlapping, white space outside; every other character lies in exactly one of them.

    Examples
    --------
    >>> text = "Smith et al. [1] found pain. It lasted 20 min. Tests were clear. [2] Yes."
    >>> [text[s.start:s.end] for s in sentences(text)]
    ['Smith et al. [1] found pain.', 'It lasted 20 min.', 'Tests were clear. [2]', 'Yes.']
    """
    return list(_spans(text) if _WIDE not in text else _across_gaps(text))


def _across_gaps(text: str) -> Iterator[Span]:
    """The sentences of a text with wide gaps, which blanks in place of a comment leave: each is one space."""
    cuts = Cuts(text, [(gap.start() + 1, gap.end()) for gap in _GAP.finditer(text)])
    for span in _spans(cuts.text):
        start, end = cuts.back(span.start, span.end)
        yield Span(start=start, end=end)


def _spans(text: str) -> Iterator[Span]:
    start, last = _after_space(text, 0), len(text.rstrip())
    for stop in _STOP.finditer(text):
        if stop.start() < start:  # within a citation that the sentence before has taken along
            continue
        end = _with_citations(text, stop.end())
        following = _after_space(text, end)
        if following < last and _ends(text, start, stop, end, following):
            yield Span(start=start, end=end)
            start = following
    if start < last:
        yield Span(start=start, end=last)


def _after_space(text: str, place: int) -> int:
    match = _SPACE.match(text, place)
    return match.end() if match else place


def _with_citations(text: str, end: int) -> int:
    """Where the sentence ends with the citations that stand behind its full stop."""
    place = end
    for _ in range(_MOST_CITATIONS):
        match = _CARRIED.match(text, place)
        if not match:
            break
        place = match.end()
        if _STARTS.match(text, place):
            end = place
    return end


def _ends(text: str, start: int, stop: re.Match[str], end: int, following: int) -> bool:
    """Whether the sentence that starts at ``start`` ends at ``end``, with more text at ``following``."""
    if following == end and not _UNSPACED.match(text, end):
        return False
    if _GOES_ON.match(text, following) or _inside_bracket(text, start, end):
        return False
    at = stop.start()
    if stop.end() - start <= _LONGEST_LABEL and _LABEL.match(text, start, stop.end()):
        return False
    if text[at] == "." and text[at + 1 : at + 2] != ".":
        return _ends_with(text, start, at, following)
    return at == start or text[at - 1] not in "(["  # an omission, as in "(…)"


def _ends_with(text: str, start: int, at: int, following: int) -> bool:
    """Whether the full stop at ``at`` ends a sentence, as the word before it tells."""
    near = max(start, at - _WORD)
    words = text[near:at].rsplit(None, 1)
    word = words[-1].lstrip(_BEFORE_WORDS) if words else ""
    if word[-1:].isdecimal():
        if len(word) <= 2:
            return not (_ORDINAL.match(text, following) or _LIST_NUMBER.search(text, near, at))
        word = word.rstrip("0123456789,")  # raised numbers of citations, as in "et al27."
    if ends_before := _ENDS_BEFORE.get(word):
        return bool(ends_before.match(text, following))
    if len(word) <= 2 and _SPACED.search(text, near, at):
        return False
    if _INITIALS.match(word):
        return bool(_OPENING.match(text, following) or _LETTERED.search(text, max(start, at - _WORDS), at))
    return True


def _inside_bracket(text: str, start: int, end: int) -> bool:
    """Whether a bracket opened within the sentence closes only after ``end``, near by."""
    low = max(start, end - _LONGEST_BRACKET)
    for opening, closing in ("()", "[]"):
        if text.count(opening, low, end) > text.count(closing, low, end) and text[start] != opening:
            close = text.find(closing, end, end + _LONGEST_BRACKET)
            if close >= 0 and text.find(opening, end, close) < 0:
                return True
    return False
