"""Rules about the reference list: what each must flag and pass, and what it says."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from kb.model import Audit, Candidate, Difference, Reference, Resolution, Reviewed, Source
from kb.rules import check
from tests.ruled import POE, ROE, Rows, case, entry

BARE = entry("roe")
VOLES = Source(id="doi:10.5555/1", doi="10.5555/1", title="Voles in winter", authors=("Marten",), year="2009")
OVERRULED = Reviewed(state="overruled", program="another work", words=("Ana, 2026-01-02: verified",))
CLOSE = Candidate(
    doi="10.5555/9", pmid=None, title="Heat for knees", authors=("Roe",), year="2010", container="", why="the title"
)


def led(reference: Reference = ROE, source: Source | None = None, **facts: Any) -> Audit:
    """An article that cites one reference, how that was resolved, and the work behind it."""
    audit = case(references=(reference,), cited=(reference.id,))
    there = source or Source(id=reference.source, title=reference.title)
    resolution = Resolution(**{"reference": reference.id, "source": there.id, "status": "verified", **facts})
    return msgspec.structs.replace(audit, resolutions=(resolution,), sources=(there,))


def differing(field: str, cited: str, registered: str, reference: Reference = ROE) -> Audit:
    difference = Difference(field=field, cited=cited, registered=registered)
    return led(reference, status="metadata differs", differences=(difference,))


def printed(text: str, form: str = "text", origin: str = "reference list") -> Audit:
    """An article whose reference list holds one entry, in these words, with the DOI 10.5555/1."""
    audit = led(msgspec.structs.replace(ROE, text=text, start=0, end=len(text), origin=origin))
    return msgspec.structs.replace(audit, article=msgspec.structs.replace(audit.article, text=text, format=form))


def problem(words: str) -> Audit:
    return led(msgspec.structs.replace(BARE, problems=(words,)))


STYLED = msgspec.structs.replace(ROE, text="Heat for stiff knees Ana Roe, Bo Poe J Invent Knees Invented Press (2010)")
"""An entry in a style that is easily read amiss: title first, journal before publisher."""


def swapped() -> Audit:
    """The second author of the work stands first."""
    audit = differing("author", "Poe", "Roe", STYLED)
    return msgspec.structs.replace(audit, sources=(Source(id=ROE.source, authors=("Roe", "Poe")),))


def lettered(year: str, position: int) -> Reference:
    """An entry that its author tells apart from others of the year."""
    return msgspec.structs.replace(entry(year, position), text=f"Roe J ({year}). Heat for stiff knees.")


ROWS: Rows = {
    "RE001": (
        [case(references=(ROE,)), case(references=(ROE, POE), cited=("roe",)), case(references=(BARE,))],
        [case(), case(references=(ROE,), cited=("roe",)), case(references=(ROE, POE), cited=("roe", "poe"))],
    ),
    "RE002": (
        [
            case(references=(ROE, entry("roe2", 2, doi="10.5555/1", title="Heat")), cited=("roe", "roe2")),
            case(references=(BARE, entry("roe2", 2)), cited=("roe", "roe2")),
            case(references=(ROE, entry("roe2", 2)), cited=("roe", "roe2")),
        ],
        [
            case(references=(ROE, POE), cited=("roe", "poe")),
            case(references=(ROE, entry("roe2", 2, doi="10.5555/2")), cited=("roe", "roe2")),
            case(references=(lettered("2010a", 1), lettered("2010b", 2)), cited=("2010a", "2010b")),
            case(),
        ],
    ),
    "RE003": (
        [
            led(source=VOLES, status="another work"),
            case(references=(ROE,), status="another work"),
            led(status="another work", note="the invented registry has no abstract of it"),
        ],
        [
            led(source=VOLES, status="verified", reviewed=OVERRULED),
            led(status="not found"),
            differing("title", "Heat", "Voles in winter"),
            case(references=(ROE,), status="unreachable"),
        ],
    ),
    "RE004": (
        [
            led(status="not found", note="doi.org knows no such DOI"),
            case(references=(ROE,), status="not found"),
            led(msgspec.structs.replace(BARE, pmid="99"), status="not found"),
        ],
        [
            led(status="unreachable"),
            led(status="not attempted"),
            led(status="ambiguous"),
            led(status="another work"),
            led(status="verified", reviewed=OVERRULED),
        ],
    ),
    "RE005": (
        [
            differing("year", "2010", "2019"),
            differing("author", "Roe", "Rowe-Smith"),
            differing("container", "Knee", "The Hip"),
            differing("year", "2010", "2019", msgspec.structs.replace(ROE, text="Roe 2010. doi:10.5555/knee.2019")),
            swapped(),
        ],
        [
            led(differences=(Difference(field="year", cited="2010", registered="2011"),)),
            led(differences=(Difference(field="year", cited="2010", registered="2019"),), reviewed=OVERRULED),
            led(
                source=VOLES, status="another work", differences=(Difference(field="title", cited="a", registered="b"),)
            ),
            led(),
        ],
    ),
    "RE006": (
        [
            led(BARE, Source(id="doi:10.5555/1", doi="10.5555/1", title="Heat for stiff knees")),
            led(BARE, Source(id="pmid:7", pmid="7", title="Heat for stiff knees")),
            led(BARE, status="ambiguous", candidates=(CLOSE,)),
        ],
        [
            led(ROE, Source(id="doi:10.5555/1", doi="10.5555/1", pmid="7")),
            led(msgspec.structs.replace(BARE, pmid="7"), Source(id="pmid:7", doi="10.5555/1", pmid="7")),
            led(BARE),
            led(BARE, status="ambiguous"),
            led(BARE, Source(id="doi:10.5555/1", doi="10.5555/1"), status="not found"),
            case(references=(BARE,)),
        ],
    ),
    "RE007": (
        [
            printed("Roe J. Heat. 2010. http://dx.doi.org/10.5555/1"),
            printed("Roe J. Heat. 2010. http://doi.org/10.5555/1", "word"),
            printed("Roe J. Heat. 2010. doi.org/10.5555/1"),
            printed("Roe J. Heat. 2010. 10.5555/1", "markdown"),
            problem("“10.5555” is no DOI"),
        ],
        [
            printed("Roe J. Heat. 2010. https://doi.org/10.5555/1"),
            printed("Roe J. Heat. 2010. doi:10.5555/1."),
            printed("Roe J. Heat. 2010. DOI: 10.5555/1"),
            printed("Roe J. Heat. 2010. [http://dx.doi.org/10.5555/1](https://doi.org/10.5555/1)", "markdown"),
            printed("Roe J. Heat. 2010. 10.5555/1", "jats"),
            printed("Roe J. Heat. 2010. http://journal.example/doi/full/10.5555/1"),
            printed("as Roe showed (http://dx.doi.org/10.5555/1)", origin="link in the text"),
            led(),
        ],
    ),
}


def told(audit: Audit, rule: str) -> tuple[str, str]:
    (finding,) = [one for one in check(audit) if one.rule == rule]
    assert finding.reference == audit.references[0].id
    return finding.message, finding.remedy


def test_the_work_that_a_doi_belongs_to_is_named() -> None:
    assert told(led(source=VOLES, status="another work"), "RE003") == (
        "the DOI 10.5555/1 of “Heat for stiff knees” (reference 1) belongs to another work: “Voles in winter” "
        "(Marten 2009)",
        "look up the right one, or correct the entry if that is the work that you mean",
    )


def test_a_person_who_says_that_it_is_another_work_is_quoted() -> None:
    audit = led(status="another work", note="Ana, 2026-01-02: another work", reviewed=OVERRULED)
    assert told(audit, "RE003")[0].endswith("(reference 1) belongs to another work (Ana, 2026-01-02: another work)")


def test_an_identifier_that_another_file_lent_is_corrected_there() -> None:
    lent = msgspec.structs.replace(ROE, lent=("doi",), lender="refs.bib")
    assert told(led(lent, status="not found"), "RE004")[1].endswith("(the identifier stands in refs.bib)")


def test_an_entry_of_a_bibliography_is_named_with_its_file() -> None:
    beside = msgspec.structs.replace(ROE, origin="refs.bib")
    assert told(led(beside, status="not found", note="nobody knows it"), "RE004")[0] == (
        "the DOI 10.5555/1 of “Heat for stiff knees” (roe, in refs.bib) leads to no work (nobody knows it)"
    )


def test_differences_are_told_with_both_values() -> None:
    differences = (
        Difference(field="author", cited="Roe", registered="Rowe"),
        Difference(field="container", cited="Knee", registered="The Hip"),
        Difference(field="year", cited="2010", registered="2011"),
    )
    message, _ = told(led(status="metadata differs", differences=differences), "RE005")
    assert message == (
        "“Heat for stiff knees” (reference 1) differs from the work registered under its DOI in the first author "
        "(registered “Rowe”, here “Roe”) and the journal or book (registered “The Hip”, here “Knee”)"
    )


def test_an_entry_out_of_which_no_title_was_read_is_not_quoted_as_one() -> None:
    message, _ = told(differing("title", ROE.text, "Cold for hands"), "RE005")
    assert message.endswith("in the title (registered “Cold for hands”, which the entry does not hold)")


def test_a_work_found_by_its_words_is_called_that() -> None:
    message, _ = told(differing("year", "2010", "2019", BARE), "RE005")
    assert "differs from the registered work that was found by its words in the year" in message


@pytest.mark.parametrize(
    ("candidates", "remedy"),
    [
        ((CLOSE,), "if you mean “Heat for knees” (Roe 2010), https://doi.org/10.5555/9: add that address"),
        (
            (CLOSE, msgspec.structs.replace(CLOSE, doi=None, pmid="8", title="Heat")),
            "if you mean “Heat for knees” (Roe 2010), https://doi.org/10.5555/9 or “Heat” (Roe 2010),"
            " https://pubmed.ncbi.nlm.nih.gov/8/: add that address",
        ),
    ],
)
def test_works_that_come_close_are_offered(candidates: tuple[Candidate, ...], remedy: str) -> None:
    audit = led(BARE, status="ambiguous", candidates=candidates)
    assert told(audit, "RE006")[1] == remedy
    assert [one.rule for one in check(audit) if one.reference] == ["RE006"]


def test_the_identifier_that_the_work_has_is_given_as_an_address() -> None:
    found = Source(id="doi:10.5555/1", doi="10.5555/1", title="Heat for stiff knees")
    assert told(led(BARE, found), "RE006") == (
        "“Heat for stiff knees” (reference 1) gives no identifier, and the work has one",
        "add https://doi.org/10.5555/1",
    )


def test_the_form_of_a_doi_that_leads_nowhere_is_not_told_as_well() -> None:
    audit = printed("Roe J. Heat. 2010. http://dx.doi.org/10.5555/1")
    lost = msgspec.structs.replace(audit.resolutions[0], status="not found")
    assert [one.rule for one in check(msgspec.structs.replace(audit, resolutions=(lost,))) if one.reference] == [
        "RE004"
    ]


def test_a_title_of_several_lines_stays_on_one() -> None:
    broken = msgspec.structs.replace(CLOSE, title="Heat\n::error::for knees")
    assert "“Heat ::error::for knees”" in told(led(BARE, status="ambiguous", candidates=(broken,)), "RE006")[1]
