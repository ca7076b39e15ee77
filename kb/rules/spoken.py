"""The end of an audit, which rests on people's words: on lines, on verdicts, and on what rules find of both.

An audit that is stored can be brought to this end again with other words, without reading the article or asking
anybody: what was weighed is in it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import msgspec

from kb.model import Audit, EvidenceLine, Review, Reviewed, Statement
from kb.rules import check
from kb.strength import overruled
from kb.strength.people import NEEDS, SAYS, Said, sentence_of
from kb.strength.verdict import assess

_replace = msgspec.structs.replace


def concluded(weighed: Audit, known: Mapping[str, str], said: Said) -> Audit:
    """An audit with its verdicts and findings, and with people's words on what sources say and on verdicts.

    Parameters
    ----------
    weighed
        The audit with its evidence as it was weighed, and with people's words on everything before that.
    known
        As `kb.strength.overruled.ids` gives it.
    """
    statements, sources = weighed.statements, weighed.sources
    evidence = overruled.lines(weighed.evidence, statements, known, said)
    word = overruled.verdicts(statements, evidence, sources, known, said)
    citations, resolutions, written = weighed.citations, weighed.resolutions, weighed.article.date
    assessments = assess(statements, evidence, citations, resolutions, sources, written, word)
    found = _replace(weighed, evidence=evidence, assessments=assessments)
    notes = (*found.notes, *overruled.notes(found))
    found = _replace(found, reviews=overruled.of_article(found, known, said), notes=notes)
    return _replace(found, findings=check(found))


def with_words(audit: Audit, reviews: Iterable[Review]) -> Audit:
    """An audit as it would be if these were all words that were ever given, in place of those that it holds.

    Words on a source's design, and on whether a reference leads to the work that is meant, are kept and stay as they
    were applied: what follows from them is weighed by a judge, which takes an audit.

    Parameters
    ----------
    reviews
        Of any article, in the order of `kb.strength.people.Said`.

    Notes
    -----
    What somebody has read need not be checked first: the ``doubt`` of a line does not come back with the program's
    word on it.
    """
    said = Said(reviews, audit.article.id, audit.statements)
    of_words = set(overruled.notes(audit))
    weighed = _replace(
        audit,
        statements=overruled.needs(map(_unsaid_need, audit.statements), said),
        evidence=tuple(map(_unsaid_line, audit.evidence)),
        notes=tuple(note for note in audit.notes if note not in of_words),
    )
    return concluded(weighed, overruled.ids(audit.references, audit.resolutions, audit.sources), said)


def heard(audit: Audit, unheard: Sequence[Review]) -> Audit:
    """An audit with words that it was not told of, as the latest, where any of them is on anything in it."""
    known = overruled.ids(audit.references, audit.resolutions, audit.sources)
    if not overruled.of_article(audit, known, Said(unheard, audit.article.id, audit.statements)):
        return audit
    return with_words(audit, (*audit.reviews, *unheard))


def _unsaid_need(statement: Statement) -> Statement:
    """A statement with the program's word alone on whether it asks for a source."""
    reviewed = statement.reviewed
    if reviewed is None:
        return statement
    asks = NEEDS.get(reviewed.program, statement.needs_source)
    return _replace(statement, needs_source=asks, reasons=_unsaid(statement.reasons, reviewed), reviewed=None)


def _unsaid_line(line: EvidenceLine) -> EvidenceLine:
    """A line with the program's word alone on what the source says."""
    reviewed = line.reviewed
    if reviewed is None:
        return line
    now = line.direction, line.extent
    direction, extent = SAYS.get(reviewed.program, now) if reviewed.state == "overruled" else now
    reasons = _unsaid(line.reasons, reviewed)
    return _replace(line, direction=direction, extent=extent, reasons=reasons, reviewed=None)


def _unsaid(reasons: tuple[str, ...], reviewed: Reviewed) -> tuple[str, ...]:
    return tuple(reason for reason in reasons if reason != sentence_of(reviewed))
