"""Whether a source can stand, and when it was retracted against the day on which the article was written."""

from __future__ import annotations

import pytest

from kb.model import Notice, Resolution, Source
from kb.strength.standing import fault, iso_date, notes


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
