"""Is this the work that was cited? Compared field by field, after folding what differs between styles.

A field that either side lacks, or gives in another script, is not compared: nothing follows from a gap.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from rapidfuzz import fuzz

from kb.model import Difference, Record, Reference, ResolutionStatus, Source

SAME_TITLE = 90.0
"""Least similarity (0 to 100, rapidfuzz ``ratio`` of the folded words) at which two titles are one."""
OTHER_TITLE = 70.0
"""Similarity below which two titles clearly name different works."""
SAME_NAME = 85.0
"""Least similarity of two family names; lets pass one slip of the pen in seven letters."""
LONGEST = 1500
"""Characters of a field that are compared."""
FEWEST_WORDS = 3
"""Words that a title must keep for its subtitle to be left out, and that a reference must hold to be compared."""
REST_OF_A_REFERENCE = 8
"""Words that authors, container, year, volume and pages take at least; a title comes on top of them."""

_TAG = re.compile(r"</?[A-Za-z][^<>]{0,100}>|[{}]|\\[a-zA-Z]+\s?")
_MARKED = re.compile(
    r"^\W*(?:(?:retracted|withdrawn|removed|temporary removal)(?: article| paper)?)\W+|\W+retracted$", re.I
)
_ABOUT = re.compile(
    r"^\W*(?:(?:author|publisher|decision)s?['’]? )?(?:correction|corrigendum|erratum|addendum|retraction"
    r"|expression of concern|reply|response|comment(?:ary)?|letter|review)(?: (?:to|on|for|of|notice)\b|\s*[:.])",
    re.IGNORECASE,
)
"""How the title of a notice or comment begins that otherwise repeats the title of the work it is about."""
_SUBTITLE = re.compile(r"\s*[:;?!.(\[]\s*|\s+[-–—]+\s+|\s*[–—]\s*")
_LETTERS = str.maketrans({"ß": "ss", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i"})
_APOSTROPHE = re.compile(r"(?<=\w)['’ʼ`](?=\w)")
_NO_WORD = re.compile(r"[\W_]+")
_ADDRESS = re.compile(r"https?://\S+|\bdoi\s*:?\s*|\b10\.\d{4,9}/\S+|\bpmid:?\s*\d+", re.IGNORECASE)
_SMALL = frozenset({"the", "of", "and", "for", "in", "on", "a", "an", "de", "la", "der", "die", "das", "und", "et"})


class Comparison(Record, frozen=True, kw_only=True):
    """What came of comparing a reference with a registered work.

    ``differences`` also names a year that is one off, which alone leaves the status at "verified".
    ``compared`` lists the fields that both sides had.
    """

    status: ResolutionStatus
    differences: tuple[Difference, ...] = ()
    compared: tuple[str, ...] = ()


class _Field(Record, frozen=True, kw_only=True):
    """One compared field: ``same``, ``tolerated`` (named, but it decides nothing), ``differs`` or ``other``."""

    name: str
    verdict: str
    cited: str
    registered: str


def compare(reference: Reference, source: Source) -> Comparison:
    """Hold a reference against the work that a registry has under its identifier.

    "another work" takes a title and an author that clearly disagree; where one of the two is not to be had, the
    other with a year that is more than one off. Everything else that disagrees is "metadata differs". A reference
    that consists of the identifier alone names its work by that and is verified; one that has words of which none
    could be compared is "ambiguous".
    """
    fields = [field for field in (_title(reference, source), _author(reference, source)) if field]
    others = (_year(reference, source), _container(reference, source), _pmid(reference, source))
    fields += [field for field in others if field]
    differences = tuple(
        Difference(field=field.name, cited=field.cited, registered=field.registered)
        for field in fields
        if field.verdict != "same"
    )
    return Comparison(
        status=_status({field.name: field.verdict for field in fields}, has_words=_has_words(reference)),
        differences=differences,
        compared=tuple(field.name for field in fields),
    )


def _has_words(reference: Reference) -> bool:
    return bool(fold(reference.title) or reference.authors) or len(_text(reference).split()) >= FEWEST_WORDS


def _status(verdicts: dict[str, str], *, has_words: bool) -> ResolutionStatus:
    identity = [verdicts[name] for name in ("title", "author") if name in verdicts]
    year_is_off = verdicts.get("year") == "differs"
    if identity and all(verdict == "other" for verdict in identity) and (len(identity) == 2 or year_is_off):
        return "another work"
    if not set(verdicts.values()) <= {"same", "tolerated"}:
        return "metadata differs"
    return "verified" if identity or not has_words else "ambiguous"


@lru_cache(maxsize=1024)
def fold(text: str) -> str:
    """Words in lower case without markup, accents and punctuation, one space apart.

    >>> fold("{TNF}-α in <i>Ménière</i>’s disease")
    'tnf α in menieres disease'
    """
    text = _TAG.sub("", text[:LONGEST]).casefold()
    if not text.isascii():
        parts = unicodedata.normalize("NFKD", text.translate(_LETTERS))
        text = "".join(ch for ch in parts if not unicodedata.combining(ch))
    return _NO_WORD.sub(" ", _APOSTROPHE.sub("", text)).strip()


def title_similarity(one: str, other: str) -> float:
    """How alike two titles are, 0 to 100; a subtitle that one of them lacks does not count.

    Below ``SAME_TITLE`` where their numbers differ ("part 1", "2016 update") or only one is a notice about a work.
    """
    if one == other and one:
        return 100.0
    if bool(_ABOUT.match(one)) != bool(_ABOUT.match(other)):
        return min(SAME_TITLE - 1, fuzz.token_sort_ratio(fold(one), fold(other)))
    one, other = _MARKED.sub("", one.strip()), _MARKED.sub("", other.strip())
    whole, whole_other = fold(one), fold(other)
    pairs = [(whole, whole_other)]
    pairs += [(head, whole_other) for head in _heads(one)] + [(whole, head) for head in _heads(other)]
    return max(_alike(a, b) for a, b in pairs)


def _alike(one: str, other: str) -> float:
    similarity = max(fuzz.ratio(one, other), fuzz.token_sort_ratio(one, other))
    same_numbers = re.findall(r"\d+", one) == re.findall(r"\d+", other)
    return similarity if same_numbers else min(similarity, SAME_TITLE - 1)


def _heads(title: str) -> list[str]:
    """The title cut before each of its first subtitles, folded, as far as enough words are left."""
    cuts = [found.start() for found in _SUBTITLE.finditer(title[:LONGEST])][:4]
    return [head for cut in cuts if len((head := fold(title[:cut])).split()) >= FEWEST_WORDS]


def _title(reference: Reference, source: Source) -> _Field | None:
    if not fold(source.title):
        return None
    if not fold(reference.title):
        return _title_in_text(reference, source)
    if _latin(reference.title) != _latin(source.title):
        return None
    similarity = title_similarity(reference.title, source.title)
    verdict = "same" if similarity >= SAME_TITLE else "other" if similarity < OTHER_TITLE else "differs"
    if verdict != "same" and _holds_title(reference, source.title):
        verdict = "same"
    return _Field(name="title", verdict=verdict, cited=reference.title, registered=source.title)


def _holds_title(reference: Reference, title: str) -> bool:
    """Whether the reference holds the registered title word for word, where its own title was read out amiss."""
    if bool(_ABOUT.match(reference.title)) != bool(_ABOUT.match(title)):
        return False
    words = fold(_MARKED.sub("", title))
    return len(words.split()) > FEWEST_WORDS and f" {words} " in f" {_text(reference)} "


def _title_in_text(reference: Reference, source: Source) -> _Field | None:
    """No title could be read out of the reference: look for the registered one in all of its text.

    Some styles print no titles: one that is absent tells something only together with an author who is absent too,
    or where the reference is long enough to hold it.
    """
    unmarked = _MARKED.sub("", source.title)
    text, title = _text(reference), fold(unmarked)
    if min(len(text.split()), len(title.split())) < FEWEST_WORDS or _latin(text) != _latin(title):
        return None
    candidates = [one for one in (title, *_heads(unmarked)) if len(one) <= len(text)]
    if any(fuzz.partial_ratio(one, text) >= SAME_TITLE for one in candidates):
        return _Field(name="title", verdict="same", cited=source.title, registered=source.title)
    verdict = "differs" if any(_stands_in(text, name) for name in source.authors) else "other"
    if verdict == "differs" and len(text.split()) < len(title.split()) + REST_OF_A_REFERENCE:
        return None
    return _Field(name="title", verdict=verdict, cited=reference.text, registered=source.title)


def _text(reference: Reference) -> str:
    return fold(_ADDRESS.sub(" ", reference.text[:LONGEST]))


def _stands_in(text: str, name: str) -> bool:
    return bool(fold(name)) and f" {fold(name)} " in f" {text} "


def _author(reference: Reference, source: Source) -> _Field | None:
    """First authors; one whom the work names in another place is a difference, one whom it never names is another."""
    registered = [name for name in map(fold, source.authors) if name]
    cited = [name for name in map(fold, reference.authors) if name]
    if not registered:
        return None
    if not cited:
        text = _text(reference)
        if reference.title or len(text.split()) < FEWEST_WORDS or _latin(text) != _latin(registered[0]):
            return None
        others = any(_stands_in(text, name) for name in source.authors[1:])
        verdict = "same" if _stands_in(text, source.authors[0]) else "differs" if others else "other"
        return _Field(name="author", verdict=verdict, cited=reference.text, registered=source.authors[0])
    if _latin(cited[0]) != _latin(registered[0]):
        return None
    if _same_name(cited[0], registered[0]):
        verdict = "same"
    else:
        named = _stands_in(_text(reference), source.authors[0])
        verdict = "differs" if named or any(_same_name(a, b) for a in cited for b in registered) else "other"
    return _Field(name="author", verdict=verdict, cited=reference.authors[0], registered=source.authors[0])


def _same_name(one: str, other: str) -> bool:
    """Particles and initials may be missing from either side: "van den Berg" is "Berg", "Bilal M" is "Bilal"."""
    words, others = set(one.split()), set(other.split())
    return words <= others or others <= words or fuzz.ratio(one, other) >= SAME_NAME


def _year(reference: Reference, source: Source) -> _Field | None:
    registered = re.search(r"\d{4}", source.year or "")
    read = reference.year or ("" if reference.title else _ADDRESS.sub(" ", reference.text[:LONGEST]))
    cited = [int(year) for year in re.findall(r"(?<!\d)(?:1[5-9]|20)\d\d(?!\d)", read)]
    if not registered or not cited:
        return None
    nearest = min(cited, key=lambda year: abs(year - int(registered.group())))
    apart = abs(nearest - int(registered.group()))
    # One year apart is the usual distance between the first appearance online and the issue.
    verdict = "same" if apart == 0 else "tolerated" if apart == 1 else "differs"
    return _Field(name="year", verdict=verdict, cited=str(nearest), registered=registered.group())


def _container(reference: Reference, source: Source) -> _Field | None:
    cited, registered = fold(reference.container), fold(source.container)
    if not cited or not registered or _latin(cited) != _latin(registered):
        return None
    verdict = "same" if same_container(cited, registered) else "differs"
    return _Field(name="container", verdict=verdict, cited=reference.container, registered=source.container)


def _pmid(reference: Reference, source: Source) -> _Field | None:
    if not reference.pmid or not source.pmid:
        return None
    verdict = "same" if reference.pmid == source.pmid else "differs"
    return _Field(name="pmid", verdict=verdict, cited=reference.pmid, registered=source.pmid)


def same_container(one: str, other: str) -> bool:
    """Whether two folded names can be of one journal: alike, one within the other, initials, or an abbreviation.

    >>> same_container("n engl j med", "new england journal of medicine")
    True
    """
    short, long = sorted(([word for word in name.split() if word not in _SMALL] for name in (one, other)), key=len)
    if not short or fuzz.token_set_ratio(" ".join(short), " ".join(long)) >= SAME_NAME:
        return True
    if "".join(word[0] for word in long) == "".join(short) or "".join(word[0] for word in short) == "".join(long):
        return True
    rest = iter(long)
    return all(any(_abbreviates(word, whole) or _abbreviates(whole, word) for whole in rest) for word in short)


def _abbreviates(short: str, word: str) -> bool:
    """Whether the letters of one stand in the other in order, from its first: "natl" for "national"."""
    letters = iter(word)
    return short[0] == word[0] and all(letter in letters for letter in short)


def _latin(text: str) -> bool:
    return re.search(r"[a-z]", text.casefold()) is not None
