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
            r"[0-2][0-9]:[0-5][0-9]\b(?!:)|[0-9]{1,2}:(?:00|30)\b",
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
_LISTED_WITHIN = re.compile(r"[0-9]{1,2}\.\s[a-z]")
_WHOLE = re.compile(rf"{NUMBER}(?:\s?{UNIT})?")
"""A price, or what stands behind "per" and belongs to the number before it."""
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
    "scan scans data conditions arrows theorem lemma participant supplements".split()
)
"""Words whose number names one of several: "Table 2", "residue 102", "type 2"."""
_SHORTENED = frozenset("fig figs sect eq eqs ref refs no nos vol p pp suppl tab ch".split())
"""Those that are written with a full stop; behind another word it ends the sentence."""
_TIMED = frozenset("day days week weeks month months year years hour hours minute minutes time".split())
"""The same of time ("Week 8"), unless a number stands before them ("after 6 weeks 12 patients …")."""
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
    match = _LISTED_WITHIN.match(text, start)
    if match:
        return match.end() - 1
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
    if (
        not low
        or word == "no"
        or (word[-1] == "." and low not in _SHORTENED)
        or start - len(before) + len(stripped) <= taken
    ):
        return None
    if low in _DECIMALS and (match := _POINTED.match(text, start)):
        return match.end()
    pattern = _BY_WORD.get(low) or (_BY_CAPITALIZED.get(low) if word[0].isupper() else None)
    if low in _TIMED and not _follows_number(stripped, word):
        pattern = _MORE
    if stripped.endswith(("F", "F(")):
        pattern = _DEGREES
    match = pattern.match(text, start) if pattern else None
    return match.end() if match else None


_SPACES = str.maketrans("\u00a0\n\t([/-—", "        ")
_BY_WORD: dict[str, re.Pattern[str]] = {
    **dict.fromkeys(_NUMBERED, _MORE),
    **dict.fromkeys("in since from until till before after during by".split(), _YEAR_TOLD),
    **dict.fromkeys("call ring phone dial text tel".split(), _CALLED),
    **dict.fromkeys("per usd us$ $us eur gbp cny rmb inr jpy aud cad chf rs".split(), _WHOLE),
    **dict.fromkeys("×x", _EXPONENT),
}
"""The digits that a word in front of them makes a name, or a part of something."""
_BY_CAPITALIZED: dict[str, re.Pattern[str]] = {
    **dict.fromkeys("studies trials note form top".split(), _MORE),
    **dict.fromkeys("ala arg asn asp cys gln glu gly his ile leu lys met phe pro ser thr trp tyr val".split(), _ONLY),
    **dict.fromkeys(_MONTHS.split(), _BEHIND_MONTH),
}
"""The same where the word has a capital."""
_MEASURES = frozenset(
    "OR RR HR IRR SMR MD SMD WMD CI SD SE SEM IQR BMI VAS NRS IQ AUC ICC NNT NNH MMSE GFR LDL HDL BP SBP DBP CV "
    "AND OF TO IN WITH BY FOR WAS IS WERE THE A AT FROM ON THAN".split()
)
"""Capitals behind which a number counts or measures."""


def _follows_number(stripped: str, word: str) -> bool:
    return stripped[: len(stripped) - len(word)].rstrip(" -\u00a0")[-1:].isdigit()


def symbol_before(text: str, start: int) -> bool:
    """Whether digits stand behind a symbol in capitals, as in the names of genes and cell lines ("TLR 4")."""
    word = _word_before(text, start)
    return word.isupper() and word != "A" and word not in _MEASURES


def belongs(text: str, start: int, end: int) -> bool:
    """Whether a bare whole number, or two, belongs to the word before it, or counts the items of a list.

    That word is a symbol, or any that no amount follows as a rule, where what stands behind the number is nothing that
    it could count ("theme 1 was").
    """
    behind = text[end : end + 2]
    opened = "(" in text[max(0, start - _OPENED) : start].rpartition(")")[2]
    if behind[:1] == ")" and behind[1:] in {"", " "} and end - start <= 2 and not opened:
        return True
    word = _word_before(text, start)
    if not word or word in _MEASURES:
        return False
    low = word.lower()
    if behind == ": " or symbol_before(text, start):
        return True
    return not (low in _AMOUNT_BEHIND or low.endswith(_AMOUNT_ENDINGS) or _COUNTS.match(text, end))


def _word_before(text: str, start: int) -> str:
    """The letters and digits before a place and one space; "" where something else stands there."""
    before = text[max(0, start - _BEFORE) : start]
    word = before[:-1].rpartition(" ")[2].strip("([)")
    return word if before[-1:] == " " and word.isalnum() else ""


_AMOUNT_BEHIND = frozenset(
    "a about above add adds affect affects after all almost alone among an and another approximately are "
    "around as at average averages be became been before below between but by c consecutive contain contains "
    "cost costs count counts cut cutoff d did difference dissolve do either enrol enroll equal equals every "
    "exactly exceed exceeds extra f fell first for found from further gave give gives got grew had has have he "
    "held if in include includes index into invite is k kept kill kills last lay least left less level lost "
    "made make maximum mean means median met minimum more most n nearly need needs next of off on only or "
    "other our over per ph plus put r ran randomise randomize range rate ratio reach reaches read receive "
    "receives recruit remaining require requires rose roughly said saw scale score scores see sent set show "
    "shows significant size some spent sum t take takes than that the then these they this those threshold "
    "through til till to told took top total treat under until up use used value values versus via vs was we "
    "weigh went were when where whereas which while who whom with within without won yet z".split()
)
"""Words that an amount follows."""
_AMOUNT_ENDINGS = ("ed", "ing", "ly")
_COUNTS = re.compile(
    r"\s(?:[A-Za-z-]{1,20}\s){0,2}(?!(?:is|was|has|does|this|its|as|versus|plus|across|thus|us)\b)[a-z-]{2,20}s\b|\s?[(\[][0-9.]+\s?%"
)
"""A plural that a number counts, or its share in brackets."""
_OPENED = 60
"""How far back the bracket is looked for that a closing one belongs to."""
