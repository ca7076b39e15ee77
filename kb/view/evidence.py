"""What is shown beside one statement: why it is judged so, on which sources, and what was found there."""

from __future__ import annotations

from functools import cached_property

from kb.identifiers import doi_url, pmid_url
from kb.language.cues import MEANING
from kb.language.naming import authors_and_year
from kb.model import (
    Assessment,
    Certainty,
    Direction,
    EvidenceLine,
    Extent,
    Finding,
    NumberCheck,
    Record,
    Resolution,
    Review,
    Reviewed,
    Source,
    Statement,
)
from kb.questions.offers import Offer, Told, key, offers, sound
from kb.questions.suggest import Catalogue
from kb.rules.rule import Case
from kb.strength.overruled import names
from kb.view.checked import difference_in_words, notice_in_words
from kb.view.study import study_in_words
from kb.view.wording import RESOLUTIONS


class SourceLine(Record, frozen=True, kw_only=True):
    """One source of a statement, ready to be shown. ``resolved`` says how sure it is that this is the work cited."""

    source: str
    """Its id."""
    title: str
    by: str
    container: str
    url: str | None
    direction: Direction
    extent: Extent | None
    level: int | None
    certainty: Certainty | None
    design: str
    design_basis: str
    study: str
    notices: tuple[str, ...]
    resolved: str
    differences: tuple[str, ...]
    quote: str | None
    numbers: tuple[NumberCheck, ...]
    reasons: tuple[str, ...]
    not_higher: tuple[str, ...]
    not_lower: tuple[str, ...]
    reviewed: Reviewed | None
    """What people said of what the source says; ``design_reviewed`` of its design."""
    design_reviewed: Reviewed | None
    references: tuple[str, ...]
    """The ids of its entries in the reference list, and …"""
    as_cited: tuple[str, ...]
    """… these as the author wrote them."""


class CueShown(Record, frozen=True, kw_only=True):
    """Words of the statement, and what they were taken for."""

    words: str
    meaning: str


class Neighbour(Record, frozen=True, kw_only=True):
    """Another statement that this one leans on."""

    id: str
    text: str


class StatementEvidence(Record, frozen=True, kw_only=True):
    """Everything about one statement; ``article`` is the id of its article."""

    article: str
    statement: Statement
    assessment: Assessment
    lines: tuple[SourceLine, ...]
    cues: tuple[CueShown, ...]
    missing: tuple[str, ...]
    """What its citations name and the reference list does not hold."""
    leans_on: Neighbour | None
    offers: tuple[Offer, ...]
    """Sources that may serve: offered, and counted for nothing."""
    findings: tuple[Finding, ...]
    reviews: tuple[Review, ...]


class Shelf(Case):
    """One audit with the look-ups of the rules, and those that a screen needs besides."""

    @cached_property
    def catalogue(self) -> Catalogue:
        """What can be searched for sources that fit a statement."""
        return Catalogue(sound(self.audit))

    @cached_property
    def _told_by_id(self) -> dict[str, Told]:
        return {one.statement.id: one for one in self.told}

    def offered(self, statement: str) -> tuple[Offer, ...]:
        """What is offered to one statement; of an article of thousands, `offers` takes seconds for them all."""
        one = self._told_by_id[statement]
        return offers((one,), self._said, self.catalogue).get(key(one), ())

    @cached_property
    def findings(self) -> dict[str | None, list[Finding]]:
        """Findings by the statement that they are about; under None those about anything else."""
        found: dict[str | None, list[Finding]] = {}
        for finding in self.audit.findings:
            found.setdefault(finding.statement, []).append(finding)
        return found


def statement_evidence(shelf: Shelf, statement_id: str) -> StatementEvidence | None:
    """What is shown for a statement, or None where the audit holds no statement of this id."""
    statement = shelf.statements.get(statement_id)
    if statement is None:
        return None
    leans_on = shelf.statements.get(statement.leans_on or "")
    citations = shelf.citations.get(statement_id, [])
    return StatementEvidence(
        article=shelf.audit.article.id,
        statement=statement,
        assessment=shelf.assessments.get(statement_id) or Assessment(statement=statement_id, verdict="not checked"),
        lines=tuple(_source_line(shelf, line) for line in shelf.lines.get(statement_id, [])),
        cues=tuple(CueShown(words=cue.text, meaning=MEANING[cue.signal]) for cue in statement.cues),
        missing=tuple(name for citation in citations for name in citation.missing),
        leans_on=Neighbour(id=leans_on.id, text=leans_on.text) if leans_on else None,
        offers=shelf.offered(statement_id),
        findings=tuple(shelf.findings.get(statement_id, [])),
        reviews=_reviews(shelf, statement),
    )


def _reviews(shelf: Shelf, statement: Statement) -> tuple[Review, ...]:
    """What people said of a statement, and of the designs of its sources."""
    sources = [shelf.sources[line.source] for line in shelf.lines.get(statement.id, ()) if line.source in shelf.sources]
    works = {name for source in sources for name in names(source)}
    return tuple(
        review
        for review in shelf.audit.reviews
        if review.fingerprint == statement.fingerprint
        or (review.subject == "design" and not works.isdisjoint((review.fingerprint, review.source)))
    )


def _source_line(shelf: Shelf, line: EvidenceLine) -> SourceLine:
    source = shelf.sources.get(line.source) or Source(id=line.source)
    cited = [shelf.references[name] for name in line.references if name in shelf.references]
    resolutions = [shelf.resolutions[name] for name in line.references if name in shelf.resolutions]
    return SourceLine(
        source=source.id,
        title=source.title or (cited[0].text if cited else source.id),
        by=authors_and_year(source.authors, source.year),
        container=source.container,
        url=source_url(source),
        direction=line.direction,
        extent=line.extent,
        level=line.level,
        certainty=line.certainty,
        design=source.design,
        design_basis=source.design_basis,
        study=study_in_words(source),
        notices=notices_in_words(source),
        resolved="; ".join(dict.fromkeys(resolution_in_words(one) for one in resolutions)),
        differences=tuple(
            difference_in_words(difference) for resolution in resolutions for difference in resolution.differences
        ),
        quote=line.quote,
        numbers=line.numbers,
        reasons=line.reasons,
        not_higher=line.not_higher,
        not_lower=line.not_lower,
        reviewed=line.reviewed,
        design_reviewed=source.design_reviewed,
        references=tuple(reference.id for reference in cited),
        as_cited=tuple(reference.text for reference in cited),
    )


def source_url(source: Source) -> str | None:
    """Where the work can be found: its DOI, its PubMed page, or the web address that the reference gives."""
    if source.doi:
        return doi_url(source.doi)
    if source.pmid:
        return pmid_url(source.pmid)
    return source.url if source.url and source.url.startswith(("https://", "http://")) else None


def resolution_in_words(resolution: Resolution) -> str:
    """The outcome, who said so and when, and the note; never more than is known."""
    if resolution.status == "unreachable" and resolution.note:
        return resolution.note  # names the registry and what went wrong; the general words would say it again
    words = RESOLUTIONS[resolution.status]
    if resolution.said_by:
        words += f", says {resolution.said_by}"
    if resolution.asked:
        words += f" ({resolution.asked})"
    return f"{words}: {resolution.note}" if resolution.note else words


def notices_in_words(source: Source) -> tuple[str, ...]:
    """Each notice of a source in words."""
    return tuple(notice_in_words(notice) for notice in source.notices)
