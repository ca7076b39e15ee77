"""Whether a source can stand, and when it was retracted against the day on which the article was written."""

from __future__ import annotations

import pytest

from kb.model import OWN_BIBLIOGRAPHY, Attribution, Difference, Notice, Resolution, Source
from kb.strength.standing import fault, is_notice, iso_date, notes, origin, unsure


def source(*notices: Notice) -> Source:
    return Source(id="doi:10.1000/a", notices=notices)


def retracted(date: str | None) -> Source:
    return source(Notice(kind="retraction", said_by=("Crossref", "PubMed"), date=date))


WHEN: list[tuple[str | None, str | None, str]] = [
    ("2016-05-01", "2019", "was retracted on 2016-05-01, before this article was written (2019)"),
    ("2016-05-01", "2016-06-30", "was retracted on 2016-05-01, before this article was written (2016-06-30)"),
    ("2016-05", "2015-12-31", "was retracted in 2016-05, after this article was written (2015-12-31)"),
    ("2016-05-01", "Reviewed on 3 March 2014", "was retracted on 2016-05-01, after this article was written (2014)"),
    ("2016-05-01", "2016", "was retracted on 2016-05-01"),
    ("2016", "2016-06-30", "was retracted in 2016"),
    ("2016-05-01", "2016-05-01", "was retracted on 2016-05-01"),
    ("2016-05-01", "from 2014 to 2019", "was retracted on 2016-05-01"),
    ("2016-05-01", None, "was retracted on 2016-05-01"),
    (None, "2019", "was retracted"),
]


@pytest.mark.parametrize(("date", "written", "words"), WHEN)
def test_a_retraction_before_the_article_is_told_from_one_after(
    date: str | None, written: str | None, words: str
) -> None:
    assert fault(retracted(date), (), written) == f"{words} (said by Crossref, PubMed)"


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("2019", "2019"),
        (" 2019-03 ", "2019-03"),
        ("2019-03-04T10:00:00Z", "2019-03-04"),
        ("2019-13-04", "2019"),
        ("2019-02-45", "2019"),
        ("March 4th, 2019", "2019"),
        ("4/3/19", None),
        ("2018–2019", None),
        ("", None),
        ("sometime", None),
        ("12019", None),
    ],
)
def test_the_date_in_an_authors_words(text: str, date: str | None) -> None:
    assert iso_date(text) == date


def test_a_work_that_stands_has_its_notices_told() -> None:
    noted = source(
        Notice(kind="correction", said_by=("PubMed",), date="2017-02"),
        Notice(kind="published version", said_by=("Crossref",)),
    )
    assert fault(noted, (), "2019") is None
    assert notes(noted) == (
        "a correction, which is no retraction, was published in 2017-02 (said by PubMed)",
        "it is a preprint that was published since (said by Crossref)",
    )


def test_an_outage_is_no_fault() -> None:
    lost = Resolution(reference="r1", source="doi:10.1000/a", status="unreachable")
    assert fault(source(), (lost,)) is None
    missing = Resolution(reference="r2", source="doi:10.1000/a", status="not found")
    assert fault(source(), (lost, missing)) is None
    assert fault(source(), (missing,)) == "no such work is registered under the identifier that is given"


@pytest.mark.parametrize(
    ("title", "types", "itself"),
    [
        ("Retraction: Thyme for knees", (), True),
        ("Notice of Retraction: Thyme for knees", (), True),
        ("Retraction notice to “Thyme for knees”", (), True),
        ("Correction to: Thyme for knees", (), True),
        ("Erratum", (), True),
        ("Expression of concern: Thyme for knees", (), True),
        ("Thyme for knees", ("Published Erratum",), True),
        ("Thyme for knees", ("Retraction of Publication",), True),
        ("RETRACTED: Thyme for knees", (), False),
        ("Thyme for knees", ("Retracted Publication",), False),
        ("Thyme for knees", ("Retracted Publication", "Retraction of Publication"), False),
        ("Retraction of the foreskin in boys", (), False),
        ("Correction of vitamin D deficiency", (), False),
        ("", (), False),
    ],
)
def test_a_notice_is_told_from_the_article_that_it_is_about(title: str, types: tuple[str, ...], itself: bool) -> None:
    found = Source(id="ref:1", title=title, publication_types=types, notices=retracted("2016").notices)
    assert is_notice(found) == itself
    assert (fault(found, ()) is None) == itself


def test_an_article_retracted_under_its_own_identifier_is_retracted() -> None:
    notice = Notice(kind="retraction", said_by=("Crossref",), doi="10.1000/a")
    found = Source(id="doi:10.1000/a", doi="10.1000/a", title="Thyme for knees", notices=(notice,))
    assert fault(found, ()) == "was retracted (said by Crossref)"


def test_differences_are_told_in_few_words() -> None:
    differences = tuple(Difference(field=f"field {n}", cited="so " * 400, registered="as") for n in range(9))
    (words,) = unsure([Resolution(reference="r1", source="x", status="metadata differs", differences=differences)])
    assert len(words) < 400
    assert words.endswith("and 6 more")


def test_what_only_the_authors_bibliography_says_is_labelled() -> None:
    own = f"{OWN_BIBLIOGRAPHY} (knees.nbib)"
    told = Attribution(by=own, fields=("title", "abstract", "publication_types"))
    registry = Attribution(by="PubMed", fields=("abstract", "publication_types"))
    assert origin(Source(id="ref:1", said=(told,))) == (
        "its abstract and publication types come from the author's bibliography (knees.nbib), and from no registry",
    )
    assert origin(Source(id="ref:1", said=(Attribution(by=own, fields=("abstract",)),)))[0].startswith(
        "its abstract comes from"
    )
    assert not origin(Source(id="ref:1", said=(registry, Attribution(by=own, fields=("title",)))))
