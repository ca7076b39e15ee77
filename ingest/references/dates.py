"""Dates as references write them: in brackets or bare, with months and days, or as words where there is none yet."""

from __future__ import annotations

import re

from ingest.references.matches import last_match

MONTH = (
    r"(?:jan(?:uary|uar|vier|v)?|feb(?:ruary|ruar)?|mar(?:ch|s|zo)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|"
    r"o[ck]t(?:ober|obre)?|nov(?:ember|embre)?|de[cz](?:ember)?|spring|summer|fall|autumn|winter|f[ée]vr(?:ier)?|avr(?:il)?|"
    r"mai|juin|juil(?:let)?|ao[ûu]t|septembre|d[ée]c(?:embre)?|märz?|juni|juli|enero|febrero|abril|mayo|junio|julio|agosto|"
    r"septiembre|octubre|noviembre|diciembre|gennaio|febbraio|aprile|maggio|giugno|luglio|settembre|ottobre|dicembre|"
    r"janeiro|fevereiro|março|maio|junho|julho|setembro|outubro|novembro|dezembro|printemps|hiver)(?!\w)\.?"
)
ONE_YEAR = r"(?:1[4-9]|20)\d{2}"
YEARS = (
    rf"(?:\[{ONE_YEAR}\],?\s)?{ONE_YEAR}[a-z]?(?:\s?[-–—/]\s?(?:{ONE_YEAR}|\d{{1,2}}))?(?!\w|[-–]\d)"
    rf"(?:\s?[\[(]{ONE_YEAR}[\])])?"
)
NO_YEAR = (
    r"(?-i:[iI]n\s(?:press|preparation|print)|n\.\s?d\.?|s\.\s?d\.?)(?!\w)|forthcoming|à\sparaître|im\sDruck|im\sErscheinen|"
    r"submitted(?:\sfor\spublication)?"
)
_DAY = r"(?:[012]?\d|3[01])(?!\d)(?:st|nd|rd|th)?"
_DAYS = rf"{_DAY}(?:\s?[-–—]\s?{_DAY})?\.?"
_MONTHS = rf"{MONTH}(?:\s?[-–—/]\s?(?:{_DAYS}\s)?{MONTH})?"
_DATE = (
    rf"(?:(?:(?:{_DAYS}\s(?:de\s)?)?{_MONTHS},?\s?(?:de\s)?(?:{_DAYS},?\s)?)?{YEARS}(?!\w|/)"
    rf"(?:,?\s{_MONTHS}(?:\s{_DAYS}(?!\s?[\d:(]))?(?!\w))?|\d{{1,2}}[./]\d{{1,2}}[./]{ONE_YEAR}(?!\w))"
)
BRACKETED = re.compile(rf"[(\[]\s?((?:(?:ca?\.|circa|orig\.)\s?)?{_DATE}|{NO_YEAR})\s?[)\]]", re.IGNORECASE)
PLAIN = re.compile(rf"(?<![\w/]){_DATE}", re.IGNORECASE)
WITHOUT_YEAR = re.compile(rf"(?<!\w)(?:{NO_YEAR})(?!\w)", re.IGNORECASE)
DAY_AND_MONTH = re.compile(rf"(?<!\w)(?:{_DAYS}\s{MONTH}|{MONTH}\s{_DAYS})(?![\w(:])", re.IGNORECASE)
YEAR = re.compile(rf"(?<!\d){ONE_YEAR}(?:[a-z](?![a-z]))?(?!\d)")


def has_month(date: str) -> bool:
    """Whether a date names a month or a season, as those of newspapers do."""
    return re.search(r"[^\W\d_]{3}", date) is not None


def last_date(text: str) -> str:
    """The last date in ``text``, or nothing."""
    if match := last_match(BRACKETED, text):
        return match.group(1)
    match = last_match(PLAIN, text)
    return match.group().strip(" ,.") if match else ""
