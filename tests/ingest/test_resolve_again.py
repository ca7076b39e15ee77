"""A second run: what is remembered is not asked again, and serves where nobody answers."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest

from ingest.resolve import Resolved, resolve, retractions
from kb.model import Notice, Reference
from kb.settings import Settings
from kb.store.cache import Cache
from tests.loopback import Loopback, Reply, Script, closed_port
from tests.world import PubMedRecord, World, asked_of, asking, count_of, crossref_work

Serve = Callable[[Script], Loopback]
HEAT = crossref_work("10.1000/heat", "Heat for knee pain in adults", "Bilal")
FOUND = crossref_work("10.1000/found", "Rest for the stiff shoulders of swimmers", "Poe")
MEASURED = {"doi": "10.5061/data.1", "titles": [{"title": "Knees measured"}], "publicationYear": 2015}
RECORD = PubMedRecord("77", "10.1000/heat", "Heat for knee pain in adults", "Bilal", abstract="Forty adults had heat.")
WORLD = World(
    crossref=[HEAT],
    datacite=[MEASURED],
    pubmed=[RECORD, PubMedRecord("78", "", "Cold for ankles", "Roe")],
    agencies={"10.5061/data.1": "DataCite", "10.1400/x": "mEDRA"},
    found=[FOUND],
)


def cited(number: int, doi: str | None = None, **fields: Any) -> Reference:
    pmid = fields.get("pmid")
    source = f"doi:{doi}" if doi else f"pmid:{pmid}" if pmid else f"ref:{number}"
    return Reference(id=f"r{number}", position=number, text="", source=source, doi=doi, **fields)


BY_WORDS: dict[str, Any] = {"title": "Rest for the stiff shoulders of swimmers", "authors": ("Poe",), "year": "2016"}
CITED = (
    cited(1, "10.1000/heat"),
    cited(2, "10.5061/data.1"),
    cited(3, "10.1400/x"),
    cited(4, "10.1000/invented"),
    cited(5, pmid="78"),
    cited(6, pmid="79"),
    cited(7, **BY_WORDS),
)
STATUSES = ["verified", "verified", "ambiguous", "not found", "verified", "not found", "verified"]


@pytest.fixture
def serve() -> Iterator[Serve]:
    with ExitStack() as stack:
        yield lambda script: stack.enter_context(Loopback(script))


@pytest.fixture
def cache(tmp_path: Path) -> Iterator[Cache]:
    with Cache.open(tmp_path / "cache.db") as opened:
        yield opened


def statuses(resolved: Resolved) -> list[str]:
    return [resolution.status for resolution in resolved.resolutions]


def run(settings: Settings, cache: Cache, references: tuple[Reference, ...] = CITED) -> Resolved:
    return resolve(references, settings, cache=cache)


def test_a_second_run_asks_nothing_and_says_the_same(serve: Serve, cache: Cache) -> None:
    server = serve(WORLD)
    first = run(asking(server), cache)
    assert statuses(first) == STATUSES
    asked = len(server.seen)
    assert run(asking(server), cache) == first
    assert len(server.seen) == asked
    later = run(asking(server, as_of="2026-05-02"), cache)
    assert len(server.seen) == asked
    assert later == first


def test_that_there_is_none_is_asked_again_after_a_day_and_a_work_after_thirty(serve: Serve, cache: Cache) -> None:
    server = serve(WORLD)
    run(asking(server), cache)
    before = len(server.seen)
    run(asking(server, as_of="2026-05-03"), cache)
    again = asked_of(server)[before:]
    assert not [path for path in again if "10.1000/heat" in path]
    assert [path for path in again if path.startswith("doi_org/api/handles/10.1000/invented")]
    before = len(server.seen)
    fresh = run(asking(server, as_of="2026-06-01"), cache)
    assert [path for path in asked_of(server)[before:] if "10.1000/heat" in path]
    assert statuses(fresh) == STATUSES
    assert fresh.resolutions[0].asked == "2026-06-01"


def test_everything_is_asked_anew_on_demand(serve: Serve, cache: Cache) -> None:
    server = serve(WORLD)
    run(asking(server), cache)
    asked = len(server.seen)
    run(asking(server, anew=True), cache)
    assert len(server.seen) == 2 * asked


def test_what_is_remembered_serves_offline_however_old(serve: Serve, cache: Cache) -> None:
    run(asking(serve(WORLD)), cache)
    resolved = run(asking("http://127.0.0.1:1", offline=True, as_of="2028-01-01"), cache)
    held = ["verified", "verified", "not attempted", "not attempted", "verified", "not attempted", "verified"]
    assert statuses(resolved) == held
    assert resolved.resolutions[0].asked == "2026-05-01"
    assert resolved.sources[0].abstract == "Forty adults had heat."


def test_an_outage_takes_nothing_away_and_is_told(serve: Serve, cache: Cache) -> None:
    run(asking(serve(WORLD)), cache, CITED[:1])
    settings = asking(closed_port(), as_of="2026-09-01")
    resolved = run(settings, cache, (CITED[0], cited(2, "10.1000/new")))
    assert statuses(resolved) == ["verified", "unreachable"]
    assert resolved.sources[0].pmid == "77"
    lost = "could not be reached (the connection was refused)"
    assert resolved.notes == (
        f"Crossref {lost}: 1 reference was not checked.",
        f"Crossref {lost}: what it said of 1 work at an earlier date was used.",
        f"PubMed {lost}: what it said of 1 work at an earlier date was used.",
    )


def test_an_outage_is_not_remembered(serve: Serve, cache: Cache) -> None:
    run(asking(serve(World(acts=dict.fromkeys(("crossref", "ncbi", "doi_org"), Reply(403))))), cache)
    server = serve(WORLD)
    assert statuses(run(asking(server), cache)) == STATUSES
    assert count_of(server)["crossref"] > 0


def test_no_address_and_no_key_is_remembered(serve: Serve, cache: Cache, tmp_path: Path) -> None:
    secrets = {"mailto": "anna@clinic.example", "ncbi_key": "sesame", "openalex_key": "sesame"}
    run(asking(serve(WORLD), **secrets), cache)
    kept = b"".join(file.read_bytes() for file in tmp_path.iterdir())
    assert b"heat" in kept
    assert b"clinic" not in kept
    assert b"sesame" not in kept


def test_a_file_of_retractions_that_was_given_once_counts_from_then_on(cache: Cache) -> None:
    told = Notice(kind="retraction", said_by=("Retraction Watch",), date="2018-03-04")
    retractions.remember(cache, {"10.1000/heat": (told,)}, "2020-01-01")
    resolved = run(asking("http://127.0.0.1:1", offline=True), cache, CITED[:2])
    assert [source.notices for source in resolved.sources] == [(told,), ()]
