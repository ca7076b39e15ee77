"""Rules about the reference list."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kb.identifiers import find_dois, in_standard_form
from kb.language.same_work import Works
from kb.model import LISTED, Difference, Reference, Resolution
from kb.rules.differences import telling
from kb.rules.entries import address, cut, entry, work
from kb.rules.rule import Case, Rule, Word, on_reference
from kb.strength.standing import NO_EVIDENCE
from kb.strength.wording import listed

_PLAIN_FILES = frozenset({"text", "markdown"})
"""Formats in which the author types what the reader sees. Elsewhere a DOI without its address may carry a link or stand
in an element of its own."""
_FIELDS = {"author": "the first author", "container": "the journal or book", "pmid": "the PubMed id"}
"""What fields of a difference are called, where not by their names."""
_LETTERED = re.compile(r"(?<!\w)(?:19|20)\d\d([a-z])(?!\w)")
_OFFERED = 2
"""How many works that come close are named."""


def reference_never_cited(case: Case) -> Iterator[Word]:
    """A reference is listed and no sentence cites it.

    Why: a list that no sentence uses looks like evidence and is none; the reader cannot tell what it is meant to show.
    References are there to lead readers from a statement to its source (Gasparyan et al., J Korean Med Sci
    2015;30:1545).

    What to do: cite it where it belongs, or take it off the list (or move it under "Further reading").

    Wrong: a list of three works, of which the text names one.

    Right: each work of the list is named by a sentence.
    """
    for reference in case.audit.references:
        if reference.id not in case.cited:
            yield on_reference(
                reference,
                f"{entry(reference)} is listed and never cited",
                "cite it where it belongs, or take it off the list",
            )


def duplicate_reference(case: Case) -> Iterator[Word]:
    """The same work is listed twice.

    Why: one study that appears twice looks like two, and citations are split between them. Counted twice, the same
    patients have made a treatment look better than it was (Tramèr et al., BMJ 1997;315:635).

    How it is told: by DOI or PubMed id; else by title, year and first author, unless the author calls them 2004a and
    2004b.

    What to do: keep one entry and point all citations to it.

    Wrong: entries 2 and 5 have the same DOI.

    Right: one entry, cited twice.
    """
    earlier = Works()
    for later in case.audit.references:
        first = earlier.find(later)
        earlier.put(later)
        if first and not _told_apart(first, later):
            yield on_reference(
                later,
                f"{entry(later)} is the same work as entry {first.position} ({first.id})",
                "keep one of the two and point all citations to it",
            )


def doi_of_another_work(case: Case) -> Iterator[Word]:
    """The DOI or PubMed id of a reference belongs to another work.

    Why: the reader who follows it lands at a study that says something else, and a retraction of the right one goes
    unnoticed. Even bibliographic databases hold DOIs that stand at the wrong article (Franceschini et al.,
    Scientometrics 2015;102:2181).

    How it is told: title and first author clearly disagree with what a registry holds under the identifier; other
    spellings, a missing subtitle or an abbreviated journal are no disagreement.

    What to do: look up the identifier of the work that you mean; or, if you mean the work that it leads to, correct
    the entry.

    Wrong: an entry "Heat for stiff knees" with a DOI that leads to a study of voles.

    Right: an entry with the DOI under which a registry holds its title and author.
    """
    for reference, resolution in _with_status(case, "another work"):
        source = case.sources.get(resolution.source)
        says = f": {work(source)}" if source and not _by_people(resolution) else _note(resolution)
        yield on_reference(
            reference,
            f"{_identifier(reference)} of {entry(reference)} belongs to another work{says}",
            f"look up the right one, or correct the entry if that is the work that you mean{_lent(reference)}",
        )


def doi_not_found(case: Case) -> Iterator[Word]:
    """The DOI or PubMed id of a reference leads to no work.

    Why: the reader cannot get at the source, and nobody can tell whether it exists. Mistyped and truncated DOIs are
    frequent in reference lists (Xu et al., Scientometrics 2019;120:1427).

    How it is told: doi.org itself says that there is no such DOI, or PubMed that there is no such record. A registry
    that did not answer says nothing (SO001).

    What to do: compare it letter by letter with the one on the article's page; the last characters are the ones that
    get lost.

    Wrong: doi:10.1000/knee.201 for a work whose DOI is 10.1000/knee.2019.

    Right: doi:10.1000/knee.2019
    """
    for reference, resolution in _with_status(case, "not found"):
        yield on_reference(
            reference,
            f"{_identifier(reference)} of {entry(reference)} leads to no work{_note(resolution)}",
            f"compare it letter by letter with the one on the work's own page{_lent(reference)}",
        )


def metadata_differs(case: Case) -> Iterator[Word]:
    """A reference and the work that is registered under its identifier differ in title, author, year or journal.

    Why: a slip in the entry sends readers to the wrong issue or author, and may show that it was copied without the
    work being opened. Of the references in surgical journals that were compared with their originals, many were in
    error (Evans et al., JAMA 1990;263:1353).

    How it is told: titles, first authors, years and journals are compared as a person would: accents, subtitles,
    abbreviations, and a year that is one off are no difference, nor is what the entry holds in another place.

    What to do: see which of the two is right, and correct the entry, or its DOI.

    Wrong: "Roe 2014", where the registry has the work under 2019.

    Right: "Roe 2019".
    """
    for reference, resolution in _with_status(case, "metadata differs"):
        differing = [
            _differs(reference, one) for one in telling(reference, resolution, case.sources.get(resolution.source))
        ]
        if resolution.differences and not differing:
            continue
        says = f" in {listed(differing, most=len(differing))}" if differing else _note(resolution)
        yield on_reference(
            reference,
            f"{entry(reference)} differs from {_registered(reference)}{says}",
            f"see which is right, and correct the entry, or its identifier{_lent(reference)}",
        )


def identifier_missing(case: Case) -> Iterator[Word]:
    """A reference gives no DOI or PubMed id although there is one.

    Why: with an identifier a reader is one step from the source, and a registry tells of its retraction or correction
    (Hendricks et al., Quant Sci Stud 2020;1:414); without one the work has to be guessed from its words.

    What to do: add the DOI. Where several works come close, see which is meant; if none is, leave the entry as it is.

    Wrong: Roe J. Heat for stiff knees. J Knees 2019;3:1-9.

    Right: Roe J. Heat for stiff knees. J Knees 2019;3:1-9. https://doi.org/10.1000/knee.2019
    """
    for reference in case.audit.references:
        resolution = case.resolutions.get(reference.id)
        if resolution is None or reference.doi or reference.pmid:
            continue
        source = case.sources.get(resolution.source)
        known = address(source.doi, source.pmid) if source and resolution.status == "verified" else ""
        close = [one for one in resolution.candidates if address(one.doi, one.pmid)][:_OFFERED]
        if known:
            yield on_reference(
                reference, f"{entry(reference)} gives no identifier, and the work has one", f"add {known}"
            )
        elif close and resolution.status == "ambiguous":
            found = listed([f"{work(one)}, {address(one.doi, one.pmid)}" for one in close], last="or")
            yield on_reference(
                reference,
                f"{entry(reference)} gives no identifier, and could not be told from its words alone",
                f"if you mean {found}: add that address",
            )


def doi_form(case: Case) -> Iterator[Word]:
    """A DOI is written in a form that programs or readers cannot follow, or is none.

    Why: addresses of publishers and former addresses of doi.org fall out of use, and a bare number is no link; the
    DOI's own address is the one that is kept up (Van de Sompel et al., Persistent URIs must be used to be persistent,
    WWW 2016 Companion).

    How it is told: `https://doi.org/10.…` and `doi:10.…` pass. `http://`, `dx.doi.org`, an address without `https://`
    and, in plain text and Markdown, a DOI that nothing names as one do not; neither does what is given as a DOI and is
    none, such as a short DOI.

    What to do: write it as https://doi.org/10.…

    Wrong: http://dx.doi.org/10.1000/knee.2019

    Right: https://doi.org/10.1000/knee.2019
    """
    for reference in case.audit.references:
        if reference.problems:
            yield on_reference(
                reference, f"{entry(reference)}: {'; '.join(reference.problems)}", "write it as https://doi.org/10.…"
            )
        elif odd := _odd_form(case, reference):
            written, doi = odd
            known = address(doi, None)
            yield on_reference(reference, f"{entry(reference)} gives its DOI as “{cut(written)}”", f"write {known}")


def _told_apart(first: Reference, later: Reference) -> bool:
    """Whether the author tells two entries apart by the letter of their year, and no identifier says otherwise."""
    if first.source == later.source:
        return False
    letters = [_LETTERED.findall(one.text) for one in (first, later)]
    return all(letters) and letters[0][0] != letters[1][0]


def _with_status(case: Case, status: str) -> Iterator[tuple[Reference, Resolution]]:
    """The references of an outcome, in list order: people's word is in it already."""
    for reference in case.audit.references:
        resolution = case.resolutions.get(reference.id)
        if resolution and resolution.status == status:
            yield reference, resolution


def _by_people(resolution: Resolution) -> bool:
    return resolution.reviewed is not None and resolution.reviewed.state == "overruled"


def _note(resolution: Resolution) -> str:
    return f" ({resolution.note})" if resolution.note else ""


def _identifier(reference: Reference) -> str:
    if reference.doi:
        return f"the DOI {reference.doi}"
    return f"the PubMed id {reference.pmid}" if reference.pmid else "the identifier"


def _registered(reference: Reference) -> str:
    if reference.doi or reference.pmid:
        return f"the work registered under its {'DOI' if reference.doi else 'PubMed id'}"
    return "the registered work that was found by its words"


def _lent(reference: Reference) -> str:
    """Whose entry is to be corrected, where the list does not give the identifier itself."""
    field = "doi" if reference.doi else "pmid"
    return f" (the identifier stands in {reference.lender})" if field in reference.lent else ""


def _differs(reference: Reference, difference: Difference) -> str:
    """A field with both values; an entry out of which none could be read holds the registered one nowhere."""
    name = _FIELDS.get(difference.field, f"the {difference.field}")
    cited = "which the entry does not hold" if difference.cited == reference.text else f"here “{cut(difference.cited)}”"
    return f"{name} (registered “{cut(difference.registered)}”, {cited})"


def _odd_form(case: Case, reference: Reference) -> tuple[str, str] | None:
    """How the list writes a DOI, and the DOI, where that is in no standard form; None where one mention is."""
    if reference.origin != LISTED or reference.start is None or _leads_nowhere(case, reference):
        return None
    text = case.text[reference.start : reference.end]
    mentions = [(text[one.start : one.end], one.doi) for one in find_dois(text) if one.doi == reference.doi]
    bare = case.audit.article.format in _PLAIN_FILES
    odd = [one for one in mentions if not in_standard_form(one[0]) and _names_doi(one[0], bare=bare)]
    return odd[0] if odd and len(odd) == len(mentions) else None


def _names_doi(written: str, *, bare: bool) -> bool:
    """Whether a mention is a DOI, rather than a publisher's address with one in it."""
    return "doi.org/" in written.lower() or (bare and written.startswith("10."))


def _leads_nowhere(case: Case, reference: Reference) -> bool:
    resolution = case.resolutions.get(reference.id)
    return resolution is not None and resolution.status in NO_EVIDENCE


RULES = (
    Rule(id="RE001", name="reference-never-cited", severity="warning", check=reference_never_cited),
    Rule(id="RE002", name="duplicate-reference", severity="warning", check=duplicate_reference),
    Rule(id="RE003", name="doi-of-another-work", severity="error", check=doi_of_another_work),
    Rule(id="RE004", name="doi-not-found", severity="error", check=doi_not_found),
    Rule(id="RE005", name="metadata-differs", severity="warning", check=metadata_differs),
    Rule(id="RE006", name="identifier-missing", severity="info", check=identifier_missing),
    Rule(id="RE007", name="doi-form", severity="info", check=doi_form),
)
