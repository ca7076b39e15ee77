"""Sentences with exact offsets: sentencex finds boundaries, a few rules mend what it is known to get wrong.

sentencex knows the abbreviations of many languages and is fast; health writing adds citations after the full stop,
"et al. [1] found", units before a full stop and initials, and those are mended here, as a list of boundaries.
"""

from __future__ import annotations

import re

import sentencex

from kb.model import Span

_RAISED = "[\u00b9\u00b2\u00b3\u2070-\u2079]+"
_MARKER = r"(?:\[[^\[\]\n]{1,60}\]|\([^()\n]{0,80}\b(?:1[89]|20)\d\d[a-z]?\)"
_MARKER += rf"|{_RAISED}(?:[,\u207b–-]{_RAISED})*)"
_MARKER_FIRST = re.compile(rf"\s*{_MARKER}[.]?(?=\s+[\"“‘(]?[A-Z0-9]|\s*$)")
_CLOSER_FIRST = re.compile(r"\s*[)\]”’\"]+[.]?(?=\s|$)|[*_]{1,3}(?=\s|$)")
_ORPHAN = re.compile(r"\s*[(\[][^()\[\]]{1,60}[)\]]\.?\s*$")
_LOWER_FIRST = re.compile(r"\s*[(\[“‘\"']?[a-z]+(?![A-Za-z]*[A-Z])")
_JOINT = re.compile(r"\s*[,;:=<>%&/+–—)-]|\s*\d+(?:\.\d+)?\s*[)%,]")
_OPENING = re.compile(r"\s*[\"“‘(\[]?(?:However|The|This|These|We|In|It|A|An|But|And|Our|They|There|For|As|Although)\b")
_ABBREVIATED = re.compile(
    r"(?:\b(?:et al|e\.g|i\.e|cf|vs|viz|approx|ca|Figs?|Eqs?|Refs?|Nos?|Vol|pp?|eds?|spp?|subsp|var|Dr|Prof|Mrs?|Ms|St"
    r"|Jr|resp|incl|excl|vol|no|fig|Tab|Suppl|Sect|Ch|Vit)\.|(?:^|[\s(])(?:[A-Z]\.[\s-]?){1,3})\s*$"
)
_ET_AL = re.compile(rf"\bet al\.?,?\s*{_MARKER}?\s*$")
_EXTRA = (
    re.compile(r"\b(?:min|h|hrs?|secs?|kg|mg|g|cm|mm|ml|mL|yrs?|wks?|mo|dl|dL)\.\s+(?=(?:A|[A-Z][a-z]+)\s+[a-z])"),
    re.compile(r"[.!?][)\]”’\"]+\s+(?=[A-Z])"),
    re.compile(r"(?<=[A-Za-z][A-Za-z)\]])[.]\d{1,3}(?:[,–-]\s?\d{1,3})*\s+(?=[A-Z])"),
)
_LETTERED = re.compile(
    r"\b(?:vitamins?|hepatitis|types?|groups?|class|grade|factor|protein) [A-Z]\.\s*$", re.IGNORECASE
)
_NUMBER_ALONE = re.compile(r"\s*(?:\d+(?:\.\d+)*|[ivxIVX]+|[a-z])[.)]\s*")
_LONGEST_BRACKET = 300


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
    if not text.strip():
        return []
    flat = re.sub(r"\s", " ", text)
    ends = _moved(flat, _boundaries(flat))
    return list(_trimmed(flat, _kept(flat, ends)))


def _boundaries(text: str) -> list[int]:
    """Where sentencex ends a sentence, and where the extra rules do."""
    ends, position = set(), 0
    for part in sentencex.segment("en", text):
        position += len(part)
        ends.add(position)
    for rule in _EXTRA:
        ends.update(match.end() for match in rule.finditer(text))
    return sorted(ends | {len(text)})


def _moved(text: str, ends: list[int]) -> list[int]:
    """Closing brackets and citations that stand after the full stop belong to the sentence before."""
    moved = set()
    for end in ends:
        while match := _CLOSER_FIRST.match(text, end) or _MARKER_FIRST.match(text, end):
            if not match.group().strip():
                break
            end = match.end()
        moved.add(end)
    return sorted(moved | {len(text)})


def _kept(text: str, ends: list[int]) -> list[int]:
    """Drop the boundaries that fall inside a sentence."""
    kept: list[int] = []
    start = 0
    for end, following in zip(ends, [*ends[1:], len(text)], strict=True):
        left, right = text[start:end], text[end:following]
        if end < len(text) and (_continues(left, right) or _inside_bracket(left, right)):
            continue
        kept.append(end)
        start = end
    return kept


def _continues(left: str, right: str) -> bool:
    """Whether ``right`` goes on with the sentence of ``left``."""
    if left.endswith("!") and right.startswith("["):  # an image in Markdown
        return True
    if _ORPHAN.fullmatch(right) or _JOINT.match(right) or _NUMBER_ALONE.fullmatch(left):
        return True
    if _LOWER_FIRST.match(right):
        return True
    tail = left[-80:]
    if _LETTERED.search(tail):
        return False
    if _ET_AL.search(tail) and not _OPENING.match(right):
        return bool(re.match(r"\s*[\[(\d]", right)) or not re.match(r"\s*[A-Z]", right)
    return bool(_ABBREVIATED.search(tail)) and not _OPENING.match(right)


def _inside_bracket(left: str, right: str) -> bool:
    """Whether the boundary falls between an opening bracket and the closing one near by."""
    for opening, closing in ("()", "[]"):
        at = left.rfind(opening)
        if at > left.rfind(closing) and len(left) - at < _LONGEST_BRACKET and closing in right:
            before = right.find(opening)
            if before == -1 or right.find(closing) < before:
                return True
    return False


def _trimmed(text: str, ends: list[int]) -> list[Span]:
    spans, start = [], 0
    for end in ends:
        piece = text[start:end]
        if piece.strip():
            left = start + len(piece) - len(piece.lstrip())
            spans.append(Span(start=left, end=left + len(piece.strip())))
        start = end
    return spans
