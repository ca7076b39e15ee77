"""``kb impact`` on the tour, against audits of the tour in which the same works are retracted."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

import msgspec
import pytest
from click.testing import CliRunner, Result

from ingest.commands.asking.impact import command
from ingest.pipeline import audit_file
from kb.base import KnowledgeBase
from kb.errors import KnowledgeBaseError, UsageError
from kb.lock import FILE, Lock, read
from kb.model import Audit, Notice, StatementKey
from kb.questions.effects import Grading, grading
from kb.reviews import FILE as REVIEWS
from kb.reviews import read as read_reviews
from kb.settings import Settings
from kb.strength.regrade import has_fallen

TOUR = Path(__file__).resolve().parents[2] / "examples" / "tour"
ARTICLES = tuple(sorted(path.name for path in TOUR.glob("*.md")))
LATER = Notice(kind="retraction", said_by=("a registry",), date="2026-12-01", doi="10.5555/notice")
replace = msgspec.structs.replace


def audits(lock: Lock) -> dict[str, Audit]:
    settings = Settings(offline=True, as_of="2026-11-22")
    reviews = read_reviews((TOUR / REVIEWS).read_bytes(), REVIEWS)
    books = [TOUR / "amberleaf.nbib"]
    return {
        name: audit_file(TOUR / name, name, settings, bibliographies=books, lock=lock, reviews=reviews)
        for name in ARTICLES
    }


@pytest.fixture(scope="module")
def lock() -> Lock:
    return read((TOUR / FILE).read_bytes(), FILE)


@pytest.fixture(scope="module")
def tour(lock: Lock) -> dict[str, Audit]:
    return audits(lock)


@pytest.fixture(scope="module")
def database(tour: Mapping[str, Audit], tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("tour") / "knowledge.db"
    with KnowledgeBase.open(path) as base:
        for audit in tour.values():
            base.add(audit)
    return path


def gradings(found: Mapping[str, Audit]) -> dict[StatementKey, Grading]:
    return {(name, one.statement): grading(one) for name, audit in found.items() for one in audit.assessments}


def retracted(lock: Lock, source: str) -> Lock:
    known = lock.sources[source]
    return replace(lock, sources={**lock.sources, source: replace(known, notices=(*known.notices, LATER))})


def test_impact_says_of_every_work_of_the_tour_what_an_audit_says_after_its_retraction(
    lock: Lock, tour: Mapping[str, Audit], database: Path
) -> None:
    works = {source.id: source for audit in tour.values() for source in audit.sources}
    before = gradings(tour)
    fell = set()
    with KnowledgeBase.open(database) as base:
        for name in sorted(works.keys() & lock.sources.keys()):
            said = {one.statement.key: one for found in base.impact(name).articles for one in found.affected}
            if has_fallen(works[name]):
                assert {one.effect for one in said.values()} <= {"already fallen"}
                continue
            after = gradings(audits(retracted(lock, name)))
            assert after == {key: said[key].after if key in said else old for key, old in before.items()}
            fell |= {one.effect for one in said.values()}
    assert {"loses its support", "falls", "gains", "stands"} <= fell


def run(database: Path, *arguments: str) -> Result:
    return CliRunner().invoke(command, [*arguments, "--kb", str(database)])


def test_in_words(database: Path) -> None:
    result = run(database, "https://doi.org/10.5555/AMBERLEAF.2")
    assert result.exit_code == 0
    words = " ".join(result.stdout.split())  # lines are broken where the terminal ends
    assert (
        "cited by 1 other known work, which reports what others found 8 statements in 3 articles rest on that: "
        in words
    )
    assert (
        "5 lose their support, 1 falls, 2 stand. 4 statements rest on a work that cites it: not graded again for that."
        in words
    )
    at = [
        words.index(part)
        for part in (
            "amberleaf.md: 2 lose their support, 1 falls, 1 stands "
            "line 15 (s1c104a76ba): “Amberleaf ointment relieves knee pain",
            "loses its support: contested, OCEBM level 2, certainty low → not substantiated "
            "without Brook et al. 2018 (supports it); left is Sorrel & Ade 2019 (disputes it)",
            "stands on what is left: supported, OCEBM level 2, certainty moderate "
            "without Brook et al. 2018 (supports it); left is Brook et al. 2019 (supports it)",
            "At second hand line 12 (se1d7719d38): “Amberleaf ointment reduces knee pain in adults with osteoarthritis",
            "Vale et al. 2021 (systematic review) supports it and cites what falls, one of 4 works; it pools 9 studies",
            "newsletter.md: 2 lose their support",
            "leaflet.md: 1 loses its support, 1 stands",
        )
    ]
    assert at == sorted(at)


def test_as_json(database: Path) -> None:
    answer = json.loads(run(database, "10.5555/amberleaf.2", "10.5555/amberleaf.7", "--format", "json").stdout)
    assert [one["source"] for one in answer["sources"]] == ["doi:10.5555/amberleaf.2", "doi:10.5555/amberleaf.7"]
    assert answer["sources"][1]["already"]
    (article, *_) = answer["articles"]
    assert article["article"] == "amberleaf.md"
    assert {"statement", "effect", "before", "after", "sources", "reasons"} <= article["affected"][0].keys()


@pytest.mark.parametrize("name", ["10.5555/nowhere", "not a doi", "doi:\x1b[2J\nx", ""])
def test_a_work_that_is_not_there_is_one_line(database: Path, name: str) -> None:
    result = run(database, name)
    assert isinstance(result.exception, KnowledgeBaseError)
    assert result.exception.exit_code == 2
    assert str(result.exception).isprintable()


def test_without_a_knowledge_base_it_says_so_and_makes_none(tmp_path: Path) -> None:
    result = run(tmp_path / "none.db", "10.5555/amberleaf.2")
    assert isinstance(result.exception, UsageError)
    assert not (tmp_path / "none.db").exists()


def test_several_works_in_one_argument_are_not_taken_for_the_first(database: Path) -> None:
    done = run(database, "10.5555/amberleaf.2,10.5555/amberleaf.4")
    assert done.stdout == ""
    assert "names several works; give them one by one" in str(done.exception)
