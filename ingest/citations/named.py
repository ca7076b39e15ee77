"""Citations by author and year: (Author, 2016), Author (2016), several in one bracket, 2004a/b, "et al."."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ingest.citations.marker import Marker, unique
from kb.language.folding import fold
from kb.model import Reference

_YEAR = r"(?:1[6-9]|20)\d\d"
_YEARS = re.compile(
    rf"\b({_YEAR})([a-z]?)\b((?:\s?[,/&]\s?[a-z]\b)*)|\b(?:in press|n\.\s?d\.|forthcoming)", re.IGNORECASE
)
_DATED = rf"(?:\b{_YEAR}[a-z]?\b|in press|n\.d\.)"
_GROUP = re.compile(
    rf"\((?P<round>[^()]{{0,600}}?{_DATED}[^()]{{0,600}})\)|\[(?P<square>[^()\[\]]{{0,600}}?{_DATED}[^()\[\]]{{0,600}})\](?!\()"
)
_NAME = r"[A-ZÀ-ÖØ-Þ][\w’'‐-]+"
_NAMES = rf"(?:(?:van|von|de|der|den|del|della|di|da|la|le|al|el|bin|ten|ter)\s){{0,3}}{_NAME}(?:\s{_NAME}){{0,4}}"
_AND = r"(?:\s?,\s|\s?,?\s(?:and|&|et|und|y)\s)"
_OTHERS = r"(?:et al\.?|and (?:colleagues|co-?workers|associates|others))"
_AUTHORS = rf"{_NAMES}(?:{_AND}{_NAMES}){{0,5}}(?:,?\s{_OTHERS})?(?:[’']s?)?"
_NARRATIVE = re.compile(rf"({_AUTHORS})\s?,?\s?$")
_BARE = re.compile(rf"({_AUTHORS}),?\s({_YEAR})([a-z]?)\b")
_LEAD = re.compile(
    r"^\W*(?:(?:e\.g\.|i\.e\.|see(?: also)?|cf\.|for (?:a )?reviews?,?(?: see)?|reviewed (?:in|by)|but see|and"
    r"|data from|adapted from|based on|as cited in|according to|by|in)\b[\s,:]*)*",
    re.IGNORECASE,
)
_OPENER = re.compile(r"^(?:As|In|See|By|While|Although|When|Both|And|But|The|Like|However|Since|For|From|With)\s+")
_POSSESSIVE = re.compile(r"[’']s?(?=\s|$)")
_CITED_AUTHORS = re.compile(
    rf"^{_NAMES}(?:(?:{_AND}{_NAMES})+|(?:{_AND}{_NAMES})*,?\s(?:et al\.?|and colleagues))?[\s,]*$"
)
_NO_AUTHOR = frozenset(
    """
    january february march april may june july august september october november december
    jan feb mar apr jun jul aug sep
    oct nov dec spring summer autumn winter since until before after version figure fig table study inc ltd usa uk wave
    season year years day on of the copyright published updated accessed retrieved
    """.split()
)


class Index:
    """References by year, with the names that their first author goes by."""

    def __init__(self, references: Sequence[Reference]) -> None:
        self.by_year: dict[str, list[tuple[Reference, tuple[str, ...]]]] = {}
        for reference in references:
            if reference.authors:
                year = (reference.year or "n.d.")[:4]
                self.by_year.setdefault(year, []).append((reference, _names_of(reference.authors[0])))

    def find(self, names: str, year: str, letter: str) -> str | None:
        """The reference that ``names`` and ``year`` mean: its first author is named first, the letter agrees."""
        words = f" {fold(_POSSESSIVE.sub('', names))} "
        found = []
        for reference, known in self.by_year.get(year, ()):
            at = min((position for name in known if (position := words.find(f" {name} ")) >= 0), default=-1)
            if at >= 0:
                found.append((at, _misfit(reference, words, letter), reference.position, reference.id))
        return min(found)[3] if found else None


def named_markers(text: str, spans: Sequence[tuple[int, int]], references: Sequence[Reference]) -> Iterator[Marker]:
    """Markers that name references by author and year.

    Parameters
    ----------
    text
        The article.
    spans
        The passages to search.
    references
        The reference list, with family names and years where they could be read.

    Notes
    -----
    An author and year that the list does not hold is told as missing only where it is worded as a citation ("Roe &
    Poe, 2016", "Roe et al., 2016", or "Roe, 2016" in an article that cites by name), for "(London, 2012)" is none.
    """
    index = Index(references)
    by_name = any(reference.authors and not reference.label.isdecimal() for reference in references)
    for start, end in spans:
        held: list[tuple[int, int]] = []
        for match in _GROUP.finditer(text, start, end):
            marker = _group(text, match, index, start, by_name=by_name)
            if marker:
                held.append((marker.start, marker.end))
                yield marker
        for match in _BARE.finditer(text, start, end):
            inside = any(a < match.end() and match.start() < b for a, b in held)
            found = None if inside else index.find(match.group(1), match.group(2), match.group(3))
            if found:
                yield Marker(start=match.start(), end=match.end(), references=(found,))


def _group(text: str, match: re.Match[str], index: Index, floor: int, *, by_name: bool) -> Marker | None:
    """The marker that a bracket with a year makes, together with names before it where it holds none."""
    inner, start = match.group("round") or match.group("square"), match.start()
    found: list[str] = []
    missing: list[str] = []
    names, position = "", 0
    for year in _YEARS.finditer(inner):
        chunk = _LEAD.sub("", inner[position : year.start()].rpartition(";")[2]).strip(" ,:")
        position = year.end()
        if re.search(r"[^\W\d_]{2}", chunk):
            names = chunk
        elif not names and not found:
            narrative = _NARRATIVE.search(text, max(floor, start - 100), start)
            if not narrative:
                continue
            names = _OPENER.sub("", narrative.group(1))
            start = narrative.end(1) - len(names)
        letters = [year.group(2) or "", *re.findall("[a-z]", year.group(3) or "")]
        for letter in letters:
            reference = index.find(names, (year.group(1) or "n.d."), letter.lower())
            if reference:
                found.append(reference)
            elif _worded_as_citation(names, by_name=by_name, narrative=start < match.start()):
                missing.append(f"{names}, {year.group(0)}")
    if not found and not missing:
        return None
    return Marker(start=start, end=match.end(), references=unique(found), missing=unique(missing))


def _worded_as_citation(names: str, *, by_name: bool, narrative: bool) -> bool:
    words = fold(names).split()
    if not words or any(word in _NO_AUTHOR for word in words) or not _CITED_AUTHORS.match(names):
        return False
    several = re.search(r"\bet al\b|&|\band\b", names)
    return bool(several) if narrative else bool(several) or (by_name and len(words) <= 3)


def _names_of(author: str) -> tuple[str, ...]:
    """What a first author may be called in the text.

    The whole name, the last word of it, or the initials of an organisation, of which short names skip one at times:
    NICE is the National Institute for Health and Care Excellence.
    """
    whole = fold(author)
    initials = "".join(word[0] for word in re.findall(r"\b[A-Z]\w+", author)).lower()
    names = [whole, whole.split()[-1] if whole else ""]
    if len(initials) >= 3:
        names += [initials, *(initials[:at] + initials[at + 1 :] for at in range(1, len(initials) - 1))]
    return tuple(name for name in dict.fromkeys(names) if len(name) > 1)


def _misfit(reference: Reference, words: str, letter: str) -> int:
    """How badly a reference of that author and year fits what else the marker says."""
    misfit = 0
    own = (reference.year or "")[4:5].lower()
    misfit += 4 * (bool(letter) and own != letter)
    others = [fold(author).split()[-1] for author in reference.authors[1:3] if fold(author)]
    if " et al " in words:
        misfit += len(reference.authors) == 1
    elif len(words.split()) > len(fold(reference.authors[0]).split()):
        misfit += 2 * (not any(f" {other} " in words for other in others))
    else:
        misfit += len(reference.authors) > 1
    return misfit
