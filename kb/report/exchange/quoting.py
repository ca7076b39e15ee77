"""Other people's text stays home: what of the records may leave the knowledge base in an export.

Abstracts and full texts stay. Of each source at most one sentence leaves, as the quote of an evidence line; elsewhere,
in reasons and in what was read of a study, no more than a few of its words in a row. The article's own words, the
entries of its reference list and the words of reviewers are not the source's, and leave as they are.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

import msgspec

from kb.language.digests import digest
from kb.language.sentences import sentences
from kb.model import (
    Assessment,
    Audit,
    Concern,
    EvidenceLine,
    Finding,
    NumberCheck,
    Source,
    Trait,
)

MOST = 7
"""Words of a source's text in a row that may stand outside of its one quote."""

_WORD = re.compile(r"\w+")


class Quoting:
    """Bounds the audits of one export, given in its order: of each source the first sentence that is quoted counts."""

    def __init__(self) -> None:
        self._quoted: dict[str, str] = {}  # the digest by source: 200,000 sentences would be 50 MB

    def audit(self, audit: Audit) -> Audit:
        """The audit without the texts of others; its sources need their texts for that."""
        texts = {source.id: _text(source) for source in audit.sources}
        on: dict[str, dict[str, str]] = {}
        for line in audit.evidence:
            on.setdefault(line.statement, {})[line.source] = texts.get(line.source, "")
        return msgspec.structs.replace(
            audit,
            references=tuple(msgspec.structs.replace(one, abstract="") for one in audit.references),
            sources=tuple(map(bounded, audit.sources)),
            evidence=tuple(self._line(line, texts.get(line.source, "")) for line in audit.evidence),
            assessments=tuple(_assessment(one, _joined(on.get(one.statement, {}))) for one in audit.assessments),
            findings=tuple(_finding(one, _joined(on.get(one.statement or "", {}))) for one in audit.findings),
        )

    def _line(self, line: EvidenceLine, text: str) -> EvidenceLine:
        return msgspec.structs.replace(
            line,
            quote=_sentence(line.quote) if line.quote and self._is_first(line.source, line.quote) else None,
            numbers=tuple(_number(one, text) for one in line.numbers),
            concerns=tuple(Concern(kind=one.kind, words=cut(one.words, text)) for one in line.concerns),
            reasons=_each(line.reasons, text),
            not_higher=_each(line.not_higher, text),
            not_lower=_each(line.not_lower, text),
        )

    def _is_first(self, source: str, quote: str) -> bool:
        told = digest(" ".join(quote.split()))
        return self._quoted.setdefault(source, told) == told


def bounded(source: Source) -> Source:
    """A source without abstract and full text, and with no more than a few words out of them in a row."""
    text = _text(source)
    study = msgspec.structs.replace(
        source.study,
        funding=cut(source.study.funding, text),
        conflicts=cut(source.study.conflicts, text),
        traits=tuple(Trait(kind=one.kind, words=cut(one.words, text)) for one in source.study.traits),
    )
    return msgspec.structs.replace(
        source, abstract="", full_text="", design_basis=cut(source.design_basis, text), study=study
    )


def cut(words: str, text: str) -> str:
    """Words in which no more than ``MOST`` stand in a row as they do in a text; the others give way to "…".

    Case, spaces and punctuation do not count. Linear in the length of the text for each word.

    Parameters
    ----------
    text
        As `words_in_a_row` gives it.

    >>> text = words_in_a_row("In all, the tea eased stiffness of the knee in most of those who drank it.")
    >>> cut("it says: “the tea eased stiffness of the knee in most of those”, which is less", text)
    'it says: “the tea eased stiffness of the knee …”, which is less'
    """
    ends, told = _words(words)
    pieces: list[str] = []
    done = at = 0
    while at + MOST < len(told):
        end = at + MOST + 1
        if not _stands(told[at:end], text):
            at += 1
            continue
        while end < len(told) and _stands(told[at : end + 1], text):
            end += 1
        pieces += [words[done : ends[at + MOST - 1]], " …"]
        done, at = ends[end - 1], end
    return "".join([*pieces, words[done:]])


def words_in_a_row(text: str) -> str:
    """The words of a text, each between single spaces, in lower case."""
    return f" {' '.join(map(str.casefold, _WORD.findall(text)))} "


@lru_cache(maxsize=4096)
def _words(words: str) -> tuple[tuple[int, ...], tuple[str, ...]]:
    """Where each word ends, and the words in lower case; remembered, as most reasons are the same few sentences."""
    found = list(_WORD.finditer(words))
    return tuple(one.end() for one in found), tuple(one.group().casefold() for one in found)


def _stands(row: Sequence[str], text: str) -> bool:
    return f" {' '.join(row)} " in text


def _sentence(quote: str) -> str:
    """The first sentence of a quote, which should be one."""
    first = sentences(quote)[:1]
    return quote[first[0].start : first[0].end] if first else quote


def _text(source: Source) -> str:
    return words_in_a_row(f"{source.abstract}\n{source.full_text}")


def _joined(texts: Mapping[str, str]) -> str:
    return "\n".join(texts.values())


def _each(reasons: Iterable[str], text: str) -> tuple[str, ...]:
    return tuple(cut(one, text) for one in reasons)


def _number(check: NumberCheck, text: str) -> NumberCheck:
    return msgspec.structs.replace(check, found=check.found and cut(check.found, text), why=cut(check.why, text))


def _assessment(one: Assessment, text: str) -> Assessment:
    return msgspec.structs.replace(
        one,
        reasons=_each(one.reasons, text),
        not_higher=_each(one.not_higher, text),
        not_lower=_each(one.not_lower, text),
    )


def _finding(one: Finding, text: str) -> Finding:
    return msgspec.structs.replace(one, message=cut(one.message, text), remedy=cut(one.remedy, text))
