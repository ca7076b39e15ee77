"""The registries asked again about sources: what they tell now counts, and what they do not tell takes nothing away."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import TypeAlias

import pytest

from ingest.config import ENVIRONMENT
from ingest.front.work import FrontWork
from kb.base import KnowledgeBase
from kb.model import Audit, Review
from kb.reviews import to_json
from kb.view.work import Job
from tests.fronts import ended
from tests.loopback import Loopback, Reply, closed_port
from tests.world import NAMES, PubMedRecord, World, asked_of, crossref_work, retraction

HEAT = "doi:10.1000/heat"
TITLE = "Heat for knee pain in adults: a randomized trial"
ARTICLE = f"""# Knees

Heat eases knee pain in adults [1]. Tea cures arthritis. Rest eased knee pain in adults [2].

## References

1. Bilal A. {TITLE}. Knee Journal. 2016. doi:10.1000/heat
2. Poe B. Rest for knees in adults. Knee Journal. 2015. doi:10.1000/rest
"""
SAID = (
    "Methods: We randomized 80 adults with knee pain to heat or to nothing for six weeks. "
    "Results: Heat eased knee pain more than nothing did. Conclusions: Heat eases knee pain in adults."
)
RECORD = PubMedRecord("77", "10.1000/heat", TITLE, "Bilal", abstract=SAID, types=("Randomized Controlled Trial",))
WORKS = [
    crossref_work("10.1000/heat", TITLE, "Bilal"),
    crossref_work("10.1000/rest", "Rest for knees in adults", "Poe", 2015),
]
SOUND = World(crossref=WORKS, pubmed=[RECORD])
FALLEN = World(crossref=[WORKS[0] | {"updated-by": [retraction("10.1000/notice")]}, WORKS[1]], pubmed=[RECORD])


Tellers: TypeAlias = Callable[[World | None], Loopback | None]


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in ("KB_DATABASE", *ENVIRONMENT.values()):
        monkeypatch.delenv(name, raising=False)
    (tmp_path / "kb.toml").write_text("")
    (tmp_path / "knees.md").write_text(ARTICLE)
    return tmp_path


@pytest.fixture
def world(monkeypatch: pytest.MonkeyPatch) -> Iterator[Tellers]:
    """Makes registries tell what a world holds; None: nobody can be reached."""
    with ExitStack() as stack:

        def told_by(held: World | None) -> Loopback | None:
            server = stack.enter_context(Loopback(held)) if held else None
            for name in NAMES:
                address = f"{server.url}/{name}" if server else closed_port()
                monkeypatch.setenv(f"KB_{name.upper()}", address)
            return server

        yield told_by


def again(project: Path, *sources: str, offline: bool = False) -> Job:
    work = FrontWork(project / "knowledge.db", project, offline=offline)
    return ended(work._jobs, work.ask_again(sources), f"registries: {' '.join(sources)}")


def audited(project: Path) -> Audit:
    work = FrontWork(project / "knowledge.db", project)
    assert ended(work._jobs, work.again("knees.md"), "knees.md").state == "done"
    return stored(project)


def stored(project: Path) -> Audit:
    with KnowledgeBase.open(project / "knowledge.db") as base:
        return base.audit("knees.md")


def verdicts(audit: Audit) -> list[str]:
    return [one.verdict for one in audit.assessments]


def test_a_retraction_since_then_is_found_and_what_rests_on_it_falls(project: Path, world: Tellers) -> None:
    world(SOUND)
    before = audited(project)
    assert verdicts(before)[0] in ("supported", "partly supported")
    (project / "knees.md").unlink()
    server = world(FALLEN)
    job = again(project, HEAT)
    assert job.state == "done"
    assert "1 source asked about again; notices or design are new of 1" in job.told
    assert any("new notice: retraction" in line and "Bilal" in line for line in job.told), job.told
    assert "1 statement stands otherwise than before" in job.told
    after = stored(project)
    assert verdicts(after) == ["unsupported", *verdicts(before)[1:]]
    assert {finding.rule for finding in after.findings} - {finding.rule for finding in before.findings}
    assert server is not None
    assert not [path for path in asked_of(server) if "10.1000/rest" in path], "the other source is not asked about"


def test_it_comes_to_what_an_audit_anew_comes_to(project: Path, world: Tellers) -> None:
    world(SOUND)
    audited(project)
    world(FALLEN)
    again(project, HEAT)
    graded = stored(project)
    assert audited(project) == graded


def test_nobody_within_reach_takes_nothing_away(project: Path, world: Tellers) -> None:
    world(SOUND)
    before = audited(project)
    world(None)
    job = again(project, HEAT)
    assert job.state == "done"
    assert any("could not be reached" in line for line in job.told), job.told
    assert [one.status for one in stored(project).resolutions] == ["verified", "verified"]
    assert verdicts(stored(project)) == verdicts(before)


def test_without_a_memory_what_is_known_stays(project: Path, world: Tellers) -> None:
    (project / "kb.toml").write_text('cache = "none"\n')
    world(SOUND)
    before = audited(project)
    world(None)
    job = again(project, HEAT)
    assert stored(project) == before
    assert "what was known of 1 source stays, since not every registry could be asked" in job.told


def test_a_registry_that_is_silent_takes_its_facts_from_no_source(project: Path, world: Tellers) -> None:
    (project / "kb.toml").write_text('cache = "none"\n')
    world(FALLEN)
    before = audited(project)
    world(World(crossref=SOUND.crossref, pubmed=[RECORD], acts={"crossref": Reply(500)}))
    again(project, HEAT)
    assert stored(project) == before


def test_offline_nobody_is_asked_and_that_is_told(project: Path, world: Tellers) -> None:
    server = world(SOUND)
    before = audited(project)
    assert server is not None
    asked = len(server.seen)
    job = again(project, HEAT, offline=True)
    assert (job.state, len(server.seen)) == ("failed", asked)
    assert "offline" in job.told[0]
    assert stored(project) == before


def test_peoples_words_hold(project: Path, world: Tellers) -> None:
    world(SOUND)
    first = audited(project).statements[0]
    word = Review(
        subject="line",
        statement=first.id,
        source=HEAT,
        value="does not address",
        person="Ada",
        date="2026-01-01",
        reason="It was another heat.",
        fingerprint=first.fingerprint,
        article="knees.md",
    )
    (project / "evidence.reviews.json").write_text(to_json([word]))
    spoken = audited(project)
    assert spoken.evidence[0].direction == "neutral"
    again(project, HEAT)
    assert stored(project).evidence[0].reviewed == spoken.evidence[0].reviewed
    assert stored(project).reviews == spoken.reviews


def test_a_source_that_no_article_cites_is_told_of(project: Path, world: Tellers) -> None:
    world(SOUND)
    audited(project)
    job = again(project, "doi:10.1000/elsewhere")
    assert job.state == "failed"
    assert "no article cites this" in job.told[0]
