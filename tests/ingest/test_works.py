"""Works that sources cite and no article does, asked for by their identifiers alone."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack

import pytest

from ingest.resolve.works import Works, askable, look_up
from kb.settings import Settings
from tests.loopback import Loopback
from tests.world import PubMedRecord, World, asking, count_of, crossref_work

CITING = crossref_work("10.1000/review", "Heat for knees: a review", "Vole", reference=[{"DOI": "10.1000/heat"}])
HEAT = PubMedRecord("77", "10.1000/heat", "Heat for knee pain", "Bilal", types=("Randomized Controlled Trial",))
WORLD = World(crossref=[CITING], pubmed=[HEAT], agencies={"10.1000/review": "Crossref"})


@pytest.fixture
def server() -> Iterator[Loopback]:
    with ExitStack() as stack:
        yield stack.enter_context(Loopback(WORLD))


def asked(ids: list[str], settings: Settings) -> Works:
    return look_up(ids, settings, lambda step: None)


def test_a_work_comes_with_what_it_cites(server: Loopback) -> None:
    (source,) = asked(["doi:10.1000/review"], asking(server)).sources
    assert (source.id, source.title, source.cites) == (
        "doi:10.1000/review",
        "Heat for knees: a review",
        ("doi:10.1000/heat",),
    )


def test_a_work_known_by_its_pubmed_id_has_the_id_of_its_doi(server: Loopback) -> None:
    (source,) = asked(["pmid:77"], asking(server)).sources
    assert (source.id, source.pmid) == ("doi:10.1000/heat", "77")


def test_what_no_registry_holds_is_not_invented(server: Loopback) -> None:
    assert asked(["doi:10.1000/none", "ref:abc"], asking(server)).sources == ()


def test_a_registry_that_cannot_be_reached_leaves_it_missing_and_is_named(server: Loopback) -> None:
    found = asked(["doi:10.1000/review"], asking(server, offline=True))
    assert found.sources == ()
    assert any("ffline" in note for note in found.notes)
    assert not server.seen


@pytest.mark.parametrize("most", [0, -1])
def test_no_more_are_asked_about_than_is_allowed(server: Loopback, most: int) -> None:
    assert asked(["doi:10.1000/review"], asking(server, works=most)) == Works((), ())
    assert not server.seen


def test_nothing_is_searched_by_words_and_no_full_text_is_fetched(server: Loopback) -> None:
    asked(["doi:10.1000/review", "pmid:77"], asking(server))
    assert count_of(server, ["crossref"])["crossref"] <= 2
    assert not any("query.bibliographic" in seen.path or "fullTextXML" in seen.path for seen in server.seen)


def test_only_identifiers_can_be_asked_about() -> None:
    assert askable(["ref:1", "doi:10.1000/a", "pmid:5", "doi:10.1000/a"]) == ("doi:10.1000/a", "pmid:5")
