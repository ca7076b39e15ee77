"""One source out of several tellings: whose word is taken, what is shown as disputed, and notices told once."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import msgspec
import pytest

from ingest.entry import enriched
from ingest.resolve import crossref, datacite, doi_org, europepmc, full_text, openalex, pubmed, retraction_watch
from ingest.resolve.merge import FACTS, KEEPS_NOTICES, ORDER, TRUST, joined_notices, merged, tellings_of
from kb.model import Attribution, Disagreement, Notice, Reference, Source
from tests.registry_samples import ok

OWN = "10.1000/heat"


def told(by: str, **facts: Any) -> Source:
    fields = tuple(name for name, value in facts.items() if value) or ("doi",)
    return Source(id=f"doi:{OWN}", **facts, said=(Attribution(by=by, fields=fields, asked="2026-05-01"),))


def retracted(by: str, date: str | None = None, doi: str | None = None) -> Notice:
    return Notice(kind="retraction", said_by=(by,), date=date, doi=doi)


def corrected(by: str, date: str | None = None, doi: str | None = None) -> Notice:
    return Notice(kind="correction", said_by=(by,), date=date, doi=doi)


REGISTRIES = (crossref, datacite, doi_org, europepmc, full_text, openalex, pubmed, retraction_watch)


def test_the_tables_name_registries_and_fields_that_are_there() -> None:
    known = {one.NAME for one in REGISTRIES}
    assert set(ORDER) == known
    assert known >= KEEPS_NOTICES
    assert known.issuperset(name for names in TRUST.values() for name in names)
    assert set(TRUST) <= set(FACTS) <= set(Source.__struct_fields__)


def test_each_field_comes_from_the_most_trusted_who_says_anything() -> None:
    author = told("reference list", title="heat for knees", pmid="1", keywords=("knee",))
    source = merged(
        "doi:x",
        [
            author,
            told("Europe PMC", abstract="From Europe PMC.", title="Heat.", pmid="77"),
            told("PubMed", abstract="From PubMed.", title="Heat.", mesh=("Knee",)),
            told("Crossref", abstract="From Crossref.", title="Heat", year="2016"),
        ],
    )
    assert (source.id, source.title, source.abstract, source.pmid) == ("doi:x", "Heat", "From PubMed.", "77")
    assert [(said.by, said.fields) for said in source.said] == [
        ("Crossref", ("title", "year")),
        ("PubMed", ("abstract", "mesh")),
        ("Europe PMC", ("pmid",)),
        ("reference list", ("keywords",)),
    ]


def test_everyone_who_told_of_a_notice_is_named() -> None:
    source = merged(OWN, [told("Crossref", title="Heat"), told("PubMed", notices=(retracted("PubMed"),))])
    assert [(said.by, said.fields) for said in source.said] == [("Crossref", ("title",)), ("PubMed", ("notices",))]


def test_nobody_says_anything() -> None:
    assert merged("ref:1", [Source(id="ref:1")]) == Source(id="ref:1")


NOTICES: list[tuple[str, list[tuple[Notice, ...]], list[tuple[tuple[str, ...], str | None, str | None]]]] = [
    (
        "the same notice by name",
        [(corrected("A", "2018-01", "10.1/n"),), (corrected("B", "2019", "10.1/n"),)],
        [(("A", "B"), "2018-01", "10.1/n")],
    ),
    (
        "two that are named",
        [(corrected("A", "2018", "10.1/n"),), (corrected("B", "2018", "10.1/m"),)],
        [(("A",), "2018", "10.1/n"), (("B",), "2018", "10.1/m")],
    ),
    (
        "one without a name, of the same day",
        [(corrected("A", "2018-03", "10.1/n"),), (corrected("B", "2018-03-04"),)],
        [(("A", "B"), "2018-03-04", "10.1/n")],
    ),
    (
        "one without a name, of another day",
        [(corrected("A", "2018-03", "10.1/n"),), (corrected("B", "2018-04-04"),)],
        [(("A",), "2018-03", "10.1/n"), (("B",), "2018-04-04", None)],
    ),
    (
        "two that one registry tells apart",
        [(corrected("A", "2018", "10.1/n"),), (corrected("B"), corrected("B", "2018"))],
        [(("A", "B"), "2018", "10.1/n"), (("B",), "2018", None)],
    ),
    (
        "a retraction happens once, whatever the date",
        [(retracted("A", "2018-03-04", "10.1/n"),), (retracted("B", "2018-06-30"),), (retracted("C"),)],
        [(("A", "B", "C"), "2018-03-04", "10.1/n")],
    ),
    (
        "a work that was marked in place",
        [(retracted("A", "2018-03-04", "10.1/n"), retracted("W", "2018-03-01", OWN))],
        [(("A", "W"), "2018-03-04", "10.1/n")],
    ),
    (
        "the first knows nothing but that it was",
        [(retracted("A"),), (retracted("B", "2018", "10.1/n"),)],
        [(("A", "B"), "2018", "10.1/n")],
    ),
]


@pytest.mark.parametrize(("why", "tellings", "expected"), NOTICES, ids=[row[0] for row in NOTICES])
def test_a_notice_that_several_tell_of_is_told_once(
    why: str, tellings: list[tuple[Notice, ...]], expected: list[tuple[tuple[str, ...], str | None, str | None]]
) -> None:
    sources = [told(str(number), notices=notices) for number, notices in enumerate(tellings)]
    found = joined_notices(sources, OWN)
    assert [(notice.said_by, notice.date, notice.doi) for notice in found] == expected, why


def test_a_correction_is_no_retraction_of_the_same_name() -> None:
    found = joined_notices([told("A", notices=(corrected("A", None, "10.1/n"),)), told("B", notices=(retracted("B"),))])
    assert [notice.kind for notice in found] == ["correction", "retraction"]


def test_a_notice_that_two_registries_call_otherwise_is_told_once_and_shown_as_disputed() -> None:
    partly, wholly = "10.1/partly", "10.1/wholly"
    tellings = [
        told("Crossref", notices=(corrected("Crossref", "2014", partly), retracted("Crossref", "2018", wholly))),
        told("PubMed", notices=(retracted("PubMed", "2014", partly), retracted("PubMed", "2018", wholly))),
    ]
    source = merged(OWN, tellings)
    assert [(notice.kind, notice.doi, notice.said_by) for notice in source.notices] == [
        ("correction", partly, ("Crossref",)),
        ("retraction", wholly, ("Crossref", "PubMed")),
    ]
    (disagreement,) = source.disagreements
    assert disagreement.field == f"kind of the notice {partly}"
    assert disagreement.says == (("Crossref", "correction"), ("PubMed", "retraction"))


def test_what_may_be_the_only_retraction_is_not_lost_to_another_name() -> None:
    tellings = [
        told("Crossref", notices=(corrected("Crossref", "2014", "10.1/n"),)),
        told("PubMed", notices=(retracted("PubMed", "2014", "10.1/n"),)),
    ]
    source = merged(OWN, tellings)
    assert [notice.kind for notice in source.notices] == ["correction", "retraction"]
    assert [one.field for one in source.disagreements] == ["retraction", "kind of the notice 10.1/n"]


def test_one_notice_that_one_registry_calls_by_two_names_is_no_dispute() -> None:
    doubt = Notice(kind="expression of concern", said_by=("Crossref",), date="2017", doi="10.1/n")
    tellings = [
        told("Crossref", notices=(doubt, retracted("Crossref", "2018", "10.1/n"))),
        told("PubMed", notices=(retracted("PubMed", "2018", "10.1/n"),)),
    ]
    source = merged(OWN, tellings)
    assert [notice.kind for notice in source.notices] == ["expression of concern", "retraction"]
    assert source.disagreements == ()


UNDONE = Notice(kind="reinstatement", said_by=("PubMed",), date="2019")
DISAGREEMENTS: list[tuple[str, list[Source], dict[str, tuple[tuple[str, str], ...]]]] = [
    (
        "another year",
        [told("Crossref", year="2016"), told("PubMed", year="2015"), told("Europe PMC")],
        {"year": (("Crossref", "2016"), ("PubMed", "2015"))},
    ),
    ("the author is no registry", [told("Crossref", year="2016"), told("reference list", year="1999")], {}),
    (
        "the same title in another dress",
        [
            told("Crossref", title="Heat for <i>stiff</i> knees: a trial"),
            told("PubMed", title="RETRACTED: Heat for Stiff Knees."),
        ],
        {},
    ),
    (
        "another title",
        [told("Crossref", title="Heat for stiff knees"), told("PubMed", title="Correction: Heat for stiff knees")],
        {"title": (("Crossref", "Heat for stiff knees"), ("PubMed", "Correction: Heat for stiff knees"))},
    ),
    (
        "who keeps notices and is silent",
        [told("Crossref"), told("DataCite"), told("PubMed", notices=(retracted("PubMed"),))],
        {"retraction": (("Crossref", ""), ("PubMed", "retracted"))},
    ),
    (
        "who says that it was undone",
        [told("Crossref", notices=(retracted("Crossref", "2018"),)), told("PubMed", notices=(retracted("P"), UNDONE))],
        {"retraction": (("Crossref", "retracted"), ("PubMed", "retraction undone"))},
    ),
    (
        "other days of it",
        [
            told("Crossref", notices=(retracted("Crossref", "2018-03-04"),)),
            told("Retraction Watch", notices=(retracted("Retraction Watch", "2018-02-20"),)),
            told("PubMed", notices=(retracted("PubMed", "2018-03"),)),
        ],
        {
            "date of the retraction": (
                *(("Crossref", "2018-03-04"), ("PubMed", "2018-03")),
                ("Retraction Watch", "2018-02-20"),
            )
        },
    ),
    ("a correction", [told("Crossref"), told("PubMed", notices=(corrected("PubMed"),))], {}),
]


@pytest.mark.parametrize(("why", "tellings", "expected"), DISAGREEMENTS, ids=[row[0] for row in DISAGREEMENTS])
def test_what_registries_differ_on_is_shown(
    why: str, tellings: list[Source], expected: dict[str, tuple[tuple[str, str], ...]]
) -> None:
    shown = tuple(Disagreement(field=field, says=says) for field, says in expected.items())
    assert merged(OWN, tellings).disagreements == shown, why


def test_a_real_retraction_as_all_registries_tell_it_is_one_notice(shared: Path) -> None:
    folder = shared / "data/registry-responses/one-retraction-many-registries"
    if not folder.is_dir():
        pytest.skip(f"no recorded answers at {folder}")
    readers = {"mock-crossref": crossref, "mock-ncbi": pubmed, "mock-europepmc": europepmc, "mock-openalex": openalex}
    tellings = [
        work
        for name, registry in readers.items()
        for file in sorted((folder / name).rglob("*.json"))
        for work in registry.parse(ok(json.loads(file.read_text("utf-8"))), "2026-05-01") or ()
    ]
    assert {telling.said[0].by for telling in tellings} == {one.NAME for one in readers.values()}
    source = merged(tellings[0].id, tellings)
    (notice,) = [one for one in source.notices if one.kind == "retraction"]
    assert notice.date == "2010-02-06"
    assert {"PubMed", "Europe PMC", "OpenAlex"} < set(notice.said_by)
    assert len(notice.said_by) == len(readers)
    (disagreement,) = source.disagreements
    assert {kind for _, kind in disagreement.says} == {"correction", "retraction"}


def test_what_a_bibliography_lent_to_a_listed_reference_is_its_word() -> None:
    listed = Reference(id="1", position=1, text="On knees.", source="ref:1", title="On knees")
    entry = msgspec.structs.replace(listed, id="k", source="ref:2", abstract="Heat helped.", origin="own.nbib")
    own, lent = tellings_of(enriched(listed, entry))
    assert (own.said[0].by, own.said[0].fields, own.abstract) == ("reference list", ("title",), "")
    assert (lent.said[0].by, lent.said[0].fields) == ("the author's bibliography (own.nbib)", ("abstract",))
    assert merged("ref:1", (own, lent)).abstract == "Heat helped."
    assert tellings_of(listed) == (own,)
