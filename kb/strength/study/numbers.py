"""How many people a study took in, and how many studies a review includes, as title and abstract tell it.

A number counts only where the words around it say that it is the whole: how many were randomized, else how many were
enrolled or included, else of how many the study is. Arms, subgroups and those who were only screened are left out, and
where one abstract gives two such numbers of one rank, the first is taken only if no other stands against it.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from kb.language.quantity_words import NUMBER_WORDS, SCALES, WORD, value


class Told(NamedTuple):
    """A number of people, and the words that tell it."""

    number: int
    words: str


MOST = 100_000_000
"""A study of more people than this is a number misread."""
_DIGITS = r"[0-9]{1,3}(?:,[0-9]{3}){1,2}|[0-9]{1,3}(?:[ \u2009\u202f\u00a0][0-9]{3}){1,2}|[0-9]{1,7}"
_WORDS = rf"(?i:{WORD}(?:(?:[-‐‑\s]and)?[-‐‑\s](?:{WORD}|{'|'.join(SCALES)})\b){{0,3}})"
_COUNT = rf"(?<![\w.,/%±=<>≤≥:−–-])(?=[0-9eEfFnNoOsStT])(?P<n>(?>{_DIGITS}|{_WORDS}))(?![\w%]|[.,·]\d|\s?%|[-–]\d)"
_STOP = (
    r"(?!(?:in|of|to|and|or|for|with|without|from|than|by|at|on|had|have|has|were|was|are|is|as|but|per|the|an?|that|"
    r"who|which|while|when|showed|no|not|did|vs|versus|times|all|both|respectively|among|between|after|before|years?|"
    r"months?|weeks?|days?|hours?|minutes?|mg|kg|ml|other|additional|more|remaining|studies|trials|of)\b)"
)
_ADJECTIVES = rf"(?:{_STOP}[A-Za-z][\w/'’-]{{1,24}},?\s){{0,6}}?"
_PEOPLE = (
    r"(?i:people|persons|patients|participants|subjects|adults|children|infants|newborns|neonates|adolescents|"
    r"teenagers|girls|boys|women|men|males|females|individuals|volunteers|students|nurses|physicians|doctors|athletes|"
    r"donors|respondents|sufferers|survivors|caregivers|carers|parents|mothers|residents|smokers|veterans|workers|"
    r"employees|recipients|members|inpatients|outpatients|players|runners|couples|families|dyads)\b"
)
_WHO = re.compile(rf"{_COUNT}(?:\s\([^()]{{1,60}}\))?\s{_ADJECTIVES}{_PEOPLE}")
_GAP = r"(?:\s\([^()]{1,80}\))?(?:,?\s(?!were\b|was\b)(?![^\s.]{0,30}\.\s)[^\s;:()]{1,30}(?:\s\([^()]{1,40}\))?){0,16}?"
"""What may stand between people and what was done with them: "with knee pain from two clinics"."""
_WERE = r",?\s(?:were|was|have been|had been)\s(?:then\s|also\s|subsequently\s|[a-z]{3,20}ly\s(?:and\s)?){0,2}"
_TAKEN = (
    r"(?:enrolled|recruited|included|registered|entered|studied|examined|evaluated|investigated|analy[sz]ed|followed|"
    r"assessed|surveyed|interviewed|reviewed|identified|selected)"
)
_RANDOM = (
    r"(?:randomi[sz]ed|randomly (?!selected)|(?:assigned|allocated|divided) (?:\w+ )?(?:into|in two|randomly|at random|"
    r"to (?:either|one|two|three|four|receive either|the following|[2-6]\b)))"
)
_BEHIND: tuple[tuple[int, re.Pattern[str]], ...] = (
    (3, re.compile(rf"{_GAP}{_WERE}(?:[a-z]{{4,14}}\s(?:and|then)\s(?:were\s)?)?{_RANDOM}", re.IGNORECASE)),
    (2, re.compile(rf"{_GAP}(?:{_WERE}{_TAKEN}|,?\s(?:participated|took part|enrolled|entered))\b", re.IGNORECASE)),
)
"""What is said behind people of whom a number is the whole, and its rank: randomized, or taken in."""
_BEFORE: tuple[tuple[int, re.Pattern[str]], ...] = (
    (3, re.compile(r"\b(?:randomi[sz]ed|randomly (?:assigned|allocated|divided))\s(?:a total of\s)?$", re.IGNORECASE)),
    (2, re.compile(r"\ba total of\s$", re.IGNORECASE)),
    (
        2,
        re.compile(
            r"\b(?:enrolled|recruited|included|comprised|involved|involving|enrolling|recruiting|surveyed|"
            r"interviewed)\s(?:a total of\s|data (?:from|on|of)\s)?$",
            re.IGNORECASE,
        ),
    ),
    (
        1,
        re.compile(
            r"\b(?:study|trial|cohort|sample|survey|series|analysis|population|data|records|charts)\s"
            r"(?:was (?:conducted|performed|carried out|undertaken|done)\s)?(?:of|in|on|among|from|with|for)\s$",
            re.IGNORECASE,
        ),
    ),
)
"""The same of what is said before them, and, in the last row, that the study is of them."""
_TITLED = re.compile(r"\b(?:in|of|among)\s$", re.IGNORECASE)
_BACK = 60
_PART_BEFORE = re.compile(
    r"\b(?:other|remaining|first|another|additional|further|only|each|and|plus|vs\.?|versus|than|last|least|about|"
    r"every|to|per|approximately|or|until|planned|whereas|while|but|screened|approached|invited|excluded|of the|"
    r"out of|the|whom|which|them|(?:groups?|arms?|controls|subset|subgroup|cases)(?:\s\([^()]{1,40}\))?\s(?:included|"
    r"comprised|consisted of|of|with|were))(?:\s(?:include|recruit|these|those))?\s$|\b(?:these|those|all|both|our)\s$"
    rf"|\b{_PEOPLE},\s$",
    re.IGNORECASE,
)
"""What stands before a part, before people who were named already, or before a number that was not reached yet."""
_PART_BEHIND = re.compile(
    r"\s?(?:\([^()]{1,40}\)\s?)?(?:[\w-]+\s){0,4}?"
    r"(?:in each|per (?:group|arm)|each\b|in the (?:\w+ ){1,2}(?:group|arm))"
    r"|(?:\s(?!total)[^\s.]{1,24}){0,12}?(?:,\s|\sand\s|;\s)(?:[0-9]{1,5}|another\s\w+)\s(?:\(?\d+%\)?\s)?"
    r"(?:(?:\w+\s){0,3}(?:to|in|for|received|with|controls?|healthy|were|assigned|allocated)\b)",
    re.IGNORECASE,
)
"""What stands behind an arm: "in each group", "to heat and 30 to rest"."""
_FUTURE = re.compile(r"\b(?:will|would|to be|needed|required|aim(?:ed|s)? to|calculated|planned)\b")
_AHEAD = 40


def participants(title: str, abstract: str) -> Told | None:
    """How many people were randomized, else enrolled or included; None where that is not told beyond doubt.

    >>> participants("", "Of 90 people screened, 64 adults with gout were randomized to heat or rest.")
    Told(number=64, words='64 adults')
    """
    ranked = [
        (rank, Told(count, " ".join(match.group().split())))
        for text in (title, abstract)
        for match in _WHO.finditer(text)
        if (rank := _rank(text, match, text is title)) and (count := counted(match["n"]))
    ]
    return max(ranked, key=lambda one: one[0])[1] if ranked else None


def _rank(text: str, match: re.Match[str], in_title: bool) -> int:
    """How plainly the words around a number of people say that it is the whole; 0 where they do not."""
    before = text[max(0, match.start() - _BACK) : match.start()]
    behind = next(((rank, found) for rank, way in _BEHIND if (found := way.match(text, match.end()))), None)
    ahead = next((rank for rank, way in _BEFORE if way.search(before)), int(in_title and bool(_TITLED.search(before))))
    rank = max(ahead, behind[0] if behind else 0)
    end = behind[1].end() if behind else match.end()
    part = _PART_BEFORE.search(before) or (rank <= 1 and before.endswith(", ")) or _PART_BEHIND.match(text, end)
    if (
        not rank
        or part
        or _and_more(text, end)
        or _WHO.search(text, match.end(), end)
        or _FUTURE.search(text, match.start(), end + _AHEAD)
    ):
        return 0
    return rank


def _and_more(text: str, end: int) -> bool:
    """Whether the sentence goes on with another number of people that is to be added: "and 52 men to placebo"."""
    rest = _BRACKETS.sub("", text[end : end + _SENTENCE]).partition(". ")[0]
    return any(rest[: more.start()].endswith((" and ", " plus ")) for more in _WHO.finditer(rest))


_BRACKETS = re.compile(r"\([^()]{1,80}\)")
_SENTENCE = 200


def counted(written: str) -> int | None:
    """A whole number in digits or words, from 2 on; None where it is none.

    >>> counted("1,204"), counted("Five hundred and seventy-three"), counted("two thousand one hundred")
    (1204, 573, 2100)
    """
    if written[0].isdigit():
        count = int(re.sub(r"\D", "", written))
    else:
        total = part = 0.0
        for word in re.split(r"[-‐‑\s]+", written.lower()):
            if word in SCALES and SCALES[word] > _HUNDRED:
                total, part = total + max(part, 1) * SCALES[word], 0
            elif word in SCALES:
                part = max(part, 1) * SCALES[word]
            elif word in NUMBER_WORDS:
                if part % 10:  # "eight-nine" is a slip of the pen
                    return None
                part += value(word)
        count = int(total + part)
    return count if 1 < count <= MOST else None


_HUNDRED = 100

_STUDIES = (
    r"(?:[A-Za-z][\w/'’-]{1,24},?\s){0,5}?(?i:studies|trials|rcts|articles|papers|reviews|meta-analyses|publications|"
    r"cohorts|reports|surveys)\b"
)
_OF_STUDIES = re.compile(rf"{_COUNT}\s(?:\([^()]{{1,40}}\)\s)?{_STUDIES}")
_MET = re.compile(
    rf"{_COUNT}(?:\s{_STUDIES})?(?:\s\([^()]{{1,60}}\))?(?:\s[^\s.,;:()]{{1,24}}){{0,6}}?"
    r"(?:,?\s(?:including|involving|comprising|with|enrolling)\s[^.;:()]{1,60}?,?)?"
    r"\s(?:met|fulfilled|satisfied|(?:were|was)\s(?:[a-z]{3,20}ly\s)?(?:included|eligible|pooled|selected|retained))\b"
    r"(?!\sfor\sfull)",
    re.IGNORECASE,
)
_POOLED = re.compile(
    r"\b(?:included|includes|including|pooled|comprised|comprising|combined|meta-analysis of|review of|analysis of|"
    r"data from|evidence from|results of|synthesi[sz]ed)\s(?:a total of\s|data from\s)?$",
    re.IGNORECASE,
)
MOST_STUDIES = 5000
"""More than this were found, not included."""


def studies(title: str, abstract: str) -> int | None:
    """How many studies a review includes; None where that is not told. Records found and screened do not count.

    >>> studies("", "We identified 340 records, of which 17 met the criteria.")
    17
    """
    for text in (abstract, title):
        found = [
            count
            for match in _MET.finditer(text)
            if (count := counted(match["n"])) and not _SCREENED.match(text, match.end("n"))
        ]
        found = found or [
            count
            for match in _OF_STUDIES.finditer(text)
            if _POOLED.search(text[max(0, match.start() - _BACK) : match.start()]) and (count := counted(match["n"]))
        ]
        if found:
            return found[0] if found[0] <= MOST_STUDIES else None
    return None


_SCREENED = re.compile(
    rf"(?:\s[a-z-]{{2,24}}){{0,3}}?\s(?:records|citations|abstracts|titles|hits|duplicates|{_PEOPLE})", re.IGNORECASE
)
"""What else may be counted in such a sentence."""


def reviewed_people(abstract: str) -> Told | None:
    """How many people the studies of a review have in all, where the sentence that counts the studies tells it.

    >>> reviewed_people("Twelve trials with 1,204 participants were included.")
    Told(number=1204, words='1,204 participants')
    """
    for match in _OF_STUDIES.finditer(abstract):
        sentence = abstract[match.end() : match.end() + _SENTENCE].partition(". ")[0]
        people = _WHO.search(sentence)
        before = abstract[max(0, match.start() - _BACK) : match.start()]
        told = _POOLED.search(before) or re.search(
            r"\b(?:included|met|eligible|identified|total of)\b", before + sentence
        )
        if people and told and not re.search(r"\b(?:only|each|per|least|than)\s$", sentence[: people.start()]):
            count = counted(people["n"])
            return Told(count, " ".join(people.group().split())) if count else None
    return None
