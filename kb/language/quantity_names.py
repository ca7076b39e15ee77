"""Digits that only name something: tables for ``kb.language.quantities``.

Years, dates, the numbers of figures, citations, lists, grades, vertebrae and residues, and the digits in names of
genes, drugs and diseases are names. Each test looks at one place and a bounded stretch around it.
"""

from __future__ import annotations

import re

from kb.language.quantity_words import ADJECTIVES, NUMBER, PEOPLE, UNIT, YEAR

_MONTHS = (
    "january february march april may june july august september october november december "
    "jan feb mar apr jun jul aug sep sept oct nov dec"
)
_MONTH = "(?:" + "|".join(month.capitalize() for month in _MONTHS.split()) + r")\b\.?"

ADDRESS = re.compile(r"(?:https?://|www\.|(?i:doi:\s?))\S{0,300}")
"""From where an address starts."""

_BY_DIGITS = re.compile(
    "|".join(
        (
            r"10\.[0-9]{4,9}/\S{1,200}",
            rf"[0-9]{{1,2}}(?:st|nd|rd|th)?\s{_MONTH}(?:,?\s[0-9]{{4}}\b)?",
            r"[0-9]{4}-[0-9]{2}-[0-9]{2}\b|[0-9]{1,2}[/.][0-9]{1,2}[/.](?:[0-9]{4}|[0-9]{2})\b|24/7\b",
            r"[0-9]{1,3}(?:\s?[-–]\s?[0-9]{1,3})?(?:st|nd|rd|th)\b",
            r"0?[0-9]{2,4}(?:[\s-][0-9]{3,4}){2}\b(?![\w%])(?<=[0-9]{4})|0[0-9]{2,5}[\s-][0-9]{3,8}\b",
            r"[0-9]{1,2}(?:[:.][0-9]{2})?(?:\s?[-–]\s?[0-9]{1,2}(?:[:.][0-9]{2})?)?\s?(?i:am|pm|a\.m\.|p\.m\.)(?!\w)",
            r"[0-9]{1,4}\s(?:[A-Z][a-z]{1,20}\s){1,3}(?:Street|St|Road|Rd|Avenue|Ave|Lane|Drive|Square)\b",
            rf"[0-9]{{1,4}}(?:,[0-9]{{1,2}})?[-‐‑](?!{UNIT}|(?i:fold|to|percent|{PEOPLE}))[A-Za-z][\w-]{{0,30}}",
            r"[0-9]{1,4}\([0-9]{1,4}\)(?:[:,]\s?[0-9]{1,6}[-–][0-9]{1,6})?",
            rf"{YEAR}s?(?:\s?[-–/]\s?(?:{YEAR}|[0-9]{{2}}))?[a-z]?(?![\w%]|[,.·][0-9]|\s?%|\s?[±×])"
            rf"(?!\s?{UNIT}|\s{ADJECTIVES}{PEOPLE})",
        )
    )
)
"""Identifiers, dates, days, ordinals, telephones, times of day, addresses, names with a hyphen, issues, years."""
_BEHIND_MONTH = re.compile(r"[0-9]{1,2}(?:st|nd|rd|th)?\b(?!\s?%)(?:,?\s[0-9]{4}\b)?|[0-9]{4}\b")
_YEAR_TOLD = re.compile(rf"{YEAR}\b(?![,.·]?[0-9]|\s?%)")
_CITED = re.compile(r"[0-9]{1,3}[a-z]?(?:\s?[,;–-]\s?[0-9]{1,3}[a-z]?){0,20}\s?[)\]]")
_DEGREES = re.compile(r"[0-9.]{1,6},\s?[0-9.]{1,7}\)?(?=\s?[=<>)])")
"""The degrees of freedom of an F statistic."""
_LISTED = re.compile(r"[0-9]{1,3}[.)](?=\s)")
_WHOLE = re.compile(rf"{NUMBER}(?:\s?{UNIT})?")
"""What stands behind "per" belongs to the number before it."""
_EXPONENT = re.compile(r"10\s?\^?[-−–]?\s?[1-9][0-9]?\b")
_CALLED = re.compile(r"[0-9]{2,5}\b")

_NUMBERED = frozenset(
    "figure figures fig figs table tables section sections sect chapter chapters appendix box equation "
    "equations eq eqs ref refs reference references step steps stage stages grade grades type types phase "
    "phases class classes category categories group groups arm arms cohort visit visits question questions "
    "item items version versions model models part parts number numbers no nos volume vol p pp page pages "
    "covid omega vitamin factor chromosome chromosomes exon exons intron introns codon codons residue residues "
    "position positions nucleotide nucleotides acid site sites lane lanes video videos movie movies scheme "
    "slide supplement context condition protocol tip reason myth lesson study trial experiment experiments "
    "case patient schedule level file files pair pairs cluster clusters panel panels scenario hypothesis aim "
    "objective session module criterion stata spss sas matlab prism excel windows revman theme themes gauge "
    "batch lot strain serotype subtype isoform allele kinase kinases wave round tier layer zone plate "
    "conditions arrows theorem lemma participant supplements".split()
)
"""Words whose number names one of several: "Table 2", "residue 102", "type 2"."""
_NUMBERED_IF_CAPITAL = frozenset({"Studies", "Trials", "Note", "Form", "Top"})
_TIMED = frozenset("day days week weeks month months year years hour hours minute minutes time".split())
"""The same of time ("Week 8"), unless a number stands before them ("after 6 weeks 12 patients …")."""
_AMINO = frozenset("ala arg asn asp cys gln glu gly his ile leu lys met phe pro ser thr trp tyr val".split())
_DECIMALS = frozenset(
    "section sections chapter figure fig table version equation eq appendix stata spss sas prism".split()
)
"""Those whose numbers have points."""
_ITEM = r"[0-9]{1,6}[A-Za-z]?(?:\s?[-–]\s?[0-9]{1,6}[A-Za-z]?)?"
_MORE = re.compile(
    rf"[0-9]{{1,6}}(?:\.[0-9]{{1,3}}){{0,3}}[A-Za-z]?(?:\s?[-–]\s?[0-9]{{1,6}}[A-Za-z]?)?"
    rf"(?:(?:,\s?{_ITEM}){{0,30}},?\s?(?:[&/]|and|to|or|of)\s?{_ITEM}|(?:,\s?{_ITEM}){{2,30}}|,\s?{_ITEM}(?=\s?[);.]))?"
    rf"(?![\w%]|[.·][0-9]|\s?%|\s?{UNIT}|[-–]fold)"
)
_ONLY = re.compile(rf"[0-9]{{1,6}}[A-Za-z]?(?![\w%]|[.·][0-9]|\s?%|\s?{UNIT}|[-–]fold)")
_POINTED = re.compile(r"[0-9]{1,4}(?:\.[0-9]{1,3}){1,3}[A-Za-z]?(?![\w%]|\s?%)")
_SINCE = frozenset("in since from until till before after during by".split())
_CALL = frozenset("call ring phone dial text tel on".split())
_BEFORE = 24
"""How far back the word before a number is looked for."""


def name_end(text: str, start: int, taken: int) -> int | None:
    """Where the name ends that the digits at ``start`` belong to; None where they may be a quantity.

    ``taken`` is the end of the last quantity: a unit of it names nothing.
    """
    before = text[max(0, start - _BEFORE) : start]
    last = before[-1:]
    if last in {"(", "["} or before[-2:] in {"( ", "[ "}:
        match = _CITED.match(text, start)
        if match:
            return match.end()
    if last in {"£", "$", "€", "#", "@", "≠"} or before[-2:] in {"£ ", "$ ", "€ "}:
        return start + 1
    if not before.rpartition("\n")[2].strip(" (") and (start < _BEFORE or "\n" in before):
        match = _LISTED.match(text, start)
        if match:
            return match.end()
    match = _BY_DIGITS.match(text, start)
    if match:
        return match.end()
    return _named(text, start, before, taken)


def _named(text: str, start: int, before: str, taken: int) -> int | None:
    """The same for a number behind a word that numbers things."""
    stripped = before.rstrip(" \u00a0-‐‑–#")
    if len(before) - len(stripped) > 3:
        return None
    word = stripped.translate(_SPACES).rpartition(" ")[2]
    low = word.rstrip(".").lower()
    if not low or start - len(before) + len(stripped) <= taken:
        return None
    pattern = None
    if word in _NUMBERED_IF_CAPITAL or (low in _NUMBERED and word != "no"):
        match = _POINTED.match(text, start) if low in _DECIMALS else None
        if match:
            return match.end()
        pattern = _MORE
    elif low in _TIMED and not _follows_number(stripped, word):
        pattern = _MORE
    elif stripped.endswith(("F", "F(")):
        pattern = _DEGREES
    elif low in _AMINO and word[0].isupper():
        pattern = _ONLY
    elif word.rstrip(".").lower() in _MONTHS_SET and word[0].isupper():
        pattern = _BEHIND_MONTH
    elif low in _SINCE:
        pattern = _YEAR_TOLD
    elif low == "per":
        pattern = _WHOLE
    elif low in {"×", "x"}:
        pattern = _EXPONENT
    elif low in _CALL and low != "on":
        pattern = _CALLED
    match = pattern.match(text, start) if pattern else None
    return match.end() if match else None


_SPACES = str.maketrans("\u00a0\n\t([/-", "       ")
_MONTHS_SET = frozenset(_MONTHS.split())
_MEASURES = frozenset(
    "OR RR HR IRR SMR MD SMD WMD CI SD SE SEM IQR BMI VAS NRS IQ AUC ICC NNT NNH MMSE GFR LDL HDL BP SBP DBP CV "
    "AND OF TO IN WITH BY FOR WAS IS WERE THE A AT FROM ON THAN".split()
)
"""Capitals behind which a number counts or measures."""


def _follows_number(stripped: str, word: str) -> bool:
    return stripped[: len(stripped) - len(word)].rstrip(" -\u00a0")[-1:].isdigit()


def belongs(text: str, start: int, end: int) -> bool:
    """Whether bare whole numbers belong to the word before them, or count the items of a list.

    That word is a symbol in capitals or a name within a sentence ("TLR 4", "Theorem 1"), or a colon follows.
    """
    behind = text[end : end + 2]
    before = text[max(0, start - _BEFORE) : start]
    if (
        behind[:1] == ")"
        and behind[1:] in {"", " "}
        and "(" not in text[max(0, start - _OPENED) : start].rpartition(")")[2]
    ):
        return True
    if before[-1:] != " ":
        return False
    earlier, _, word = before[:-1].strip("([)").rpartition(" ")
    word = word.strip("([)")
    if not word.isalnum() or word in _MEASURES:
        return False
    if behind == ": " or (word.isupper() and word != "A"):
        return True
    return word.istitle() and len(word) > 3 and earlier[-1:].isalpha() and behind[:1] in {"", ")", ",", ".", ";"}


_OPENED = 60
"""How far back the bracket is looked for that a closing one belongs to."""
