"""Whether an audit from elsewhere holds together: every id that it names is there, once, and is one."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from kb.errors import one_line
from kb.model import Audit, Review
from kb.strength.people import VALUES, WITHDRAWN

_NAMES = {"evidence": "a line of evidence", "assessment": "an assessment"}
_LOWEST = 5
"""The lowest level of the OCEBM 2011 table."""
_ABSOLUTE = re.compile(r"[/\\~]|[A-Za-z]:[/\\]|file:", re.IGNORECASE)
_PAGE = re.compile(r"https?://", re.IGNORECASE)
_STEP = re.compile(r"[/\\]")


class Misfit(NamedTuple):
    """What does not hold together: the kind and the place, from 0, of the line among those of its kind."""

    kind: str
    place: int
    problem: str


def wrong_id(article: str) -> str:
    """What is wrong with the id of an article, which is a path in a project or an address; empty where nothing is."""
    if not article:
        return "an article without an id"
    if _PAGE.match(article):
        return ""
    if _ABSOLUTE.match(article):
        return f"the id of an article is never an absolute path (“{one_line(article)[:80]}”)"
    if ".." in _STEP.split(article):
        return f"the id of an article does not lead out of its project (“{one_line(article)[:80]}”)"
    return ""


def misfit(audit: Audit) -> Misfit | None:
    """The first thing in an audit that does not hold together with the rest of it; None where all does."""
    return next(_misfits(audit), None)


def _misfits(audit: Audit) -> Iterator[Misfit]:
    statements = [one.id for one in audit.statements]
    references = [one.id for one in audit.references]
    sources = [one.id for one in audit.sources]
    if not _is_date(audit.as_of):
        yield Misfit("article", 0, f"the date that it speaks of is none (“{one_line(audit.as_of)[:40]}”)")
    for kind, ids in (("article", sources), ("statement", statements), ("reference", references)):
        yield from _twice(kind, ids)
    known = {"statement": frozenset(statements), "reference": frozenset(references), "source": frozenset(sources)}
    for kind, place, what, name in _named(audit):
        if name is not None and name not in known[what]:
            yield Misfit(
                kind,
                place,
                f"{_NAMES.get(kind, f'a {kind}')} names the {what} “{one_line(name)[:80]}”, which is not there",
            )
    graded = [("evidence", [one.level for one in audit.evidence])]
    graded += [("assessment", [one.level for one in audit.assessments])]
    for kind, levels in graded:
        for place, level in enumerate(levels):
            if level is not None and not 1 <= level <= _LOWEST:
                yield Misfit(kind, place, f"there is no level {level}")
    for place, review in enumerate(audit.reviews):
        if problem := _wrong_review(review):
            yield Misfit("review", place, problem)


def _twice(kind: str, ids: Sequence[str]) -> Iterator[Misfit]:
    seen: set[str] = set()
    for place, name in enumerate(ids):
        if name in seen:
            yield Misfit(kind, place, f"the id “{one_line(name)[:80]}” is there twice")
        seen.add(name)


def _named(audit: Audit) -> Iterator[tuple[str, int, str, str | None]]:
    """What each line names: its kind and place, what it names one of, and the id."""
    for place, statement in enumerate(audit.statements):
        yield "statement", place, "statement", statement.leans_on
    for place, citation in enumerate(audit.citations):
        yield from (("citation", place, "statement", name) for name in citation.statements)
        yield from (("citation", place, "reference", name) for name in citation.references)
    for place, reference in enumerate(audit.references):
        yield "reference", place, "source", reference.source
    for place, resolution in enumerate(audit.resolutions):
        yield "resolution", place, "reference", resolution.reference
        yield "resolution", place, "source", resolution.source
    for place, line in enumerate(audit.evidence):
        yield "evidence", place, "statement", line.statement
        yield "evidence", place, "source", line.source
        yield from (("evidence", place, "reference", name) for name in line.references)
    for place, assessment in enumerate(audit.assessments):
        yield "assessment", place, "statement", assessment.statement
    for place, finding in enumerate(audit.findings):
        yield "finding", place, "statement", finding.statement
        yield "finding", place, "reference", finding.reference


def _wrong_review(review: Review) -> str:
    if review.value not in (*VALUES[review.subject], WITHDRAWN):
        return f"“{one_line(review.value)[:60]}” may not be said of a {review.subject}"
    if not _is_date(review.date):
        return f"the date of a review is none (“{one_line(review.date)[:40]}”)"
    if review.article and (problem := wrong_id(review.article)):
        return problem
    return ""


def _is_date(written: str) -> bool:
    try:
        return datetime.date.fromisoformat(written).isoformat() == written
    except ValueError:
        return False
