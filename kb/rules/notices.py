"""Rules about what was published on a source later: retractions, concerns, corrections and newer versions."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kb.graph import is_later, standing_notice
from kb.identifiers import doi_url
from kb.model import Notice, NoticeKind, Reference, Source
from kb.rules.entries import cited_in, entry
from kb.rules.rule import Case, Rule, Word, on_reference
from kb.strength.standing import NO_EVIDENCE, is_notice, iso_date

_RETRACTED_TYPE = "retracted publication"
_RETRACTED_TITLE = re.compile(r"\W{0,3}(?:retracted|withdrawn)(?: article| paper)?\s?[:\])]", re.IGNORECASE)
"""How publishers mark the title of what they took back."""
_MARKED = Notice(kind="retraction", said_by=())


def retracted_source(case: Case) -> Iterator[Word]:
    """A source was retracted or withdrawn, wholly or in part.

    Why: what it says is no evidence any more, and readers cannot know. Retracted works go on being cited for years, and
    nearly always without a word of the retraction (Hsiao & Schneider, Quant Sci Stud 2021;2:1144).

    How it is told: registries name the notice of retraction, or its title or publication type says so. A retraction
    that was undone (reinstatement) does not count.

    What to do: rest the statement on another source, or take it out. Where the article speaks of the retraction itself,
    waive the finding with that reason.

    Wrong: Compresses halve the swelling [7]. (Entry 7 was retracted five years before.)

    Right: Compresses do not change the swelling [8].
    """
    for reference, notice in _retracted(case):
        if not _came_later(notice, case):
            yield _withdrawn(case, reference, notice, "")


def retracted_after_citing(case: Case) -> Iterator[Word]:
    """A source was retracted after the article was written.

    Why: the article was right to cite it and is wrong by now. Of reviews and guidelines that rested on a trial which
    was retracted later, hardly any were corrected (Kataoka et al., J Clin Epidemiol 2022;150:90).

    How it is told: by the date of the notice and the date that the article gives itself; where one of the two is not
    known, it is retracted-source.

    What to do: see which statements still hold without it, correct the others, and tell readers what changed and when.

    Wrong: an article of 2019 that stands unchanged after its main trial was retracted in 2021.

    Right: the statement corrected, with a line "Corrected in 2021: the trial was retracted".
    """
    for reference, notice in _retracted(case):
        if _came_later(notice, case):
            yield _withdrawn(case, reference, notice, f", after this article was written ({case.audit.article.date})")


def expression_of_concern(case: Case) -> Iterator[Word]:
    """A journal published an expression of concern about a source.

    Why: the editors have reason to doubt the work and tell readers before the matter is settled; many such works are
    retracted in the end (Vaught et al., Res Integr Peer Rev 2017;2:10).

    How it is told: registries name the notice. Where the work has been retracted since, retracted-source says so, and a
    reinstatement ends the matter.

    What to do: read the notice, and do not rest a statement on this source alone.

    Wrong: the ointment prevents rashes [9]. (A concern about the data of entry 9 was published.)

    Right: the same sentence on a source that nobody doubts.
    """
    gone = {reference.id for reference, _ in _retracted(case)}
    for reference, source in _works(case):
        notice = standing_notice(source, "expression of concern")
        if notice and reference.id not in gone:
            yield on_reference(
                reference,
                f"an expression of concern about {entry(reference)} was published{_told(notice)}",
                f"{_read('the notice', notice)}, and do not rest a statement on this source alone"
                f"{_where(case, reference)}",
            )


def corrected_source(case: Case) -> Iterator[Word]:
    """A correction of a source was published.

    Why: the number that you cite may be the one that was wrong. Errata can change what a trial adds to a review (Royle
    & Waugh, BMC Med Res Methodol 2004;4:14). A correction is no retraction, and most change little.

    What to do: read it, and see whether it touches what you cite; waive the finding once that is done.

    Wrong: a dose from a table whose correction moved the decimal point.

    Right: the dose as corrected.
    """
    for reference, notice in _noticed(case, "correction"):
        late = ", after this article was written" if _came_later(notice, case) else ""
        yield on_reference(
            reference,
            f"a correction of {entry(reference)} was published{_told(notice)}{late}",
            f"{_read('the correction', notice)}, and see whether it touches what you cite{_where(case, reference)}",
        )


def preprint_with_published_version(case: Case) -> Iterator[Word]:
    """A preprint is cited that has been published in a journal since.

    Why: nobody had reviewed the preprint, and numbers and conclusions of some change until they are published (Brierley
    et al., PLoS Biol 2022;20:e3001285).

    What to do: read the published version; cite it in place of the preprint, and say what it says.

    Wrong: Heron. How many adults use it? A preprint of 2022.

    Right: Heron. How many adults use it? J Knees 2024, the same work after review.
    """
    for reference, notice in _noticed(case, "published version"):
        listed = next((one for one in case.audit.references if notice.doi and one.doi == notice.doi), None)
        known = f"; it is {entry(listed)} on your list" if listed else ""
        yield on_reference(
            reference,
            f"{entry(reference)} is a preprint whose published version appeared{_told(notice)}",
            f"{_read('the published version', notice)}, and cite that in its place{known}",
        )


def superseded_version(case: Case) -> Iterator[Word]:
    """A newer version of a source has been published.

    Why: reviews and guidelines are updated because the answer may have changed; of systematic reviews nearly a quarter
    would have needed an update within two years (Shojania et al., Ann Intern Med 2007;147:224).

    What to do: read the newer version; cite it, and see whether it still says what you cite.

    Wrong: a review of 2021 that was updated in 2025.

    Right: the update of 2025, for what it says.
    """
    published = {reference.id for reference, _ in _noticed(case, "published version")}
    for reference, notice in _noticed(case, "new version"):
        if reference.id not in published:
            yield on_reference(
                reference,
                f"a newer version of {entry(reference)} was published{_told(notice)}",
                f"{_read('it', notice)}, and see whether it still says what you cite{_where(case, reference)}",
            )


def _works(case: Case) -> Iterator[tuple[Reference, Source]]:
    """The references with the works that they lead to, where these are the ones that are meant.

    What is told of a notice under its own identifier tells of the work that the notice is about.
    """
    for reference in case.audit.references:
        resolution = case.resolutions.get(reference.id)
        source = case.sources.get(resolution.source if resolution else reference.source)
        if source and not is_notice(source) and not (resolution and resolution.status in NO_EVIDENCE):
            yield reference, source


def _retracted(case: Case) -> Iterator[tuple[Reference, Notice]]:
    """The references whose work was retracted, with the notice that stands, or an empty one where none is known."""
    for reference, source in _works(case):
        notice = (
            standing_notice(source, "retraction", "withdrawal")
            or standing_notice(source, "partial retraction")
            or _marked(source)
        )
        if notice:
            yield reference, notice


def _marked(source: Source) -> Notice | None:
    """An empty notice where the work itself is marked as retracted; marks often outlive a reinstatement."""
    if any(notice.kind == "reinstatement" for notice in source.notices):
        return None
    types = {one.strip().lower() for one in source.publication_types}
    return _MARKED if _RETRACTED_TYPE in types or _RETRACTED_TITLE.match(source.title) else None


def _noticed(case: Case, kind: NoticeKind) -> Iterator[tuple[Reference, Notice]]:
    """The cited references whose work stands and has such a notice, with the latest one."""
    gone = {reference.id for reference, _ in _retracted(case)}
    for reference, source in _works(case):
        notices = [notice for notice in source.notices if notice.kind == kind]
        if notices and reference.id in case.cited and reference.id not in gone:
            yield reference, max(notices, key=lambda notice: notice.date or "")


def _came_later(notice: Notice, case: Case) -> bool:
    """Whether a notice is known to be of a later date than the article."""
    return is_later(notice.date, iso_date(case.audit.article.date or ""))


def _withdrawn(case: Case, reference: Reference, notice: Notice, late: str) -> Word:
    if notice.kind == "partial retraction":
        message = f"a part of {entry(reference)} was retracted{_told(notice)}{late}"
        remedy = f"{_read('the notice', notice)}, and see whether it is the part that you cite"
    else:
        what = "withdrawn" if notice.kind == "withdrawal" else "retracted"
        message = f"{entry(reference)} was {what}{_told(notice)}{late}"
        remedy = "rest what you cite it for on another source, or take it out"
    return on_reference(reference, message, f"{remedy}{_where(case, reference)}")


def _told(notice: Notice) -> str:
    """When a notice was published, and who says so."""
    by = f" (said by {', '.join(notice.said_by)})" if notice.said_by else ""
    on = f" {'on' if len(notice.date) == len('2016-05-01') else 'in'} {notice.date}" if notice.date else ""
    return f"{on}{by}"


def _read(what: str, notice: Notice) -> str:
    return f"read {what}{f', {doi_url(notice.doi)}' if notice.doi else ''}"


def _where(case: Case, reference: Reference) -> str:
    """Where the article cites it, since the finding stands at the reference list."""
    places = cited_in(case, reference)
    return f"; it is cited in {places}" if places else ""


RULES = (
    Rule(id="SO002", name="retracted-source", severity="error", check=retracted_source),
    Rule(id="SO003", name="retracted-after-citing", severity="error", check=retracted_after_citing),
    Rule(id="SO004", name="expression-of-concern", severity="error", check=expression_of_concern),
    Rule(id="SO005", name="corrected-source", severity="info", check=corrected_source),
    Rule(id="SO006", name="preprint-with-published-version", severity="warning", check=preprint_with_published_version),
    Rule(id="SO007", name="superseded-version", severity="warning", check=superseded_version),
)
