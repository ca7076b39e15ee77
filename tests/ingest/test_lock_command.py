"""``kb lock``: what it asks, writes and prints; an audit out of the lock alone says what the online one said."""

from __future__ import annotations

import json
import stat
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
import pytest

from ingest.cli import main
from ingest.commands import lock as room
from ingest.commands.lock import command, read_lock
from ingest.pipeline import audit_file
from ingest.resolve import resolve
from kb.lock import EMPTY, FILE, Lock
from kb.model import Audit
from kb.report.document import to_json
from kb.settings import Settings
from kb.store.cache import Cache
from tests.loopback import Loopback, Reply, closed_port
from tests.world import World, asking, crossref_work, retraction

ARTICLE = """# Heat and cold for stiff knees

Heat eased the knee pain in 40% of adults (Roe, 2010). Cold packs slowed the healing of knees (Poe, 2012).
In a trial, heat eased the stiffness of the knees (Roe, 2010).

## References

Roe, J. (2010). Heat for knees: a randomized trial. Knee Journal, 3, 1-9. https://doi.org/10.5555/heat
Poe, E. (2012). Cold for knees. Knee Journal, 5, 1-9. https://doi.org/10.5555/cold
"""
WARM = "We gave warm packs to adults for eight weeks. Heat eased the knee pain in 40% of adults. None fell ill."
HEAT = crossref_work("10.5555/heat", "Heat for knees: a randomized trial", "Roe", 2010, abstract=WARM)
COLD = crossref_work("10.5555/cold", "Cold for knees", "Poe", 2012)
RETRACTED = HEAT | {"updated-by": [retraction("10.5555/notice")]}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "knees.md").write_text(ARTICLE)
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def kb(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Callable[..., tuple[int, str, str]]:
    """Runs ``kb lock`` with the registries at some address: exit code, stdout and stderr."""
    group = type(main)("kb", commands={"lock": command})

    def run(address: Loopback | str, *arguments: str) -> tuple[int, str, str]:
        def settings(project: Path, **given: Any) -> Settings:
            return msgspec.structs.replace(asking(address), **{k: v for k, v in given.items() if v is not None})

        monkeypatch.setattr(room, "read_settings", settings)
        with pytest.raises(SystemExit) as caught:
            group.main(["lock", *arguments])
        captured = capsys.readouterr()
        return int(caught.value.code or 0), captured.out, captured.err

    return run


Kb = Callable[..., tuple[int, str, str]]


def told(stderr: str) -> list[str]:
    """The messages that are no progress."""
    return [line for line in stderr.splitlines() if not line.endswith("…")]


def test_the_lock_is_written_once_and_asks_nothing_the_second_time(folder: Path, kb: Kb) -> None:
    with Loopback(World(crossref=[HEAT, COLD])) as server:
        code, out, _ = kb(server, "knees.md")
        first = (folder / FILE).read_bytes()
        assert code == 0
        assert out.splitlines() == [
            "Poe 2012 (doi:10.5555/cold) is new in the lock",
            "Roe 2010 (doi:10.5555/heat) is new in the lock",
            "evidence.lock.json written: 2 sources and 3 lines of evidence in 1 article",
        ]
        asked = len(server.seen)
        code, out, _ = kb(server, "--as-of", "2027-01-01")
        assert (code, out) == (
            0,
            "evidence.lock.json unchanged: 2 sources and 3 lines of evidence in 1 article\n",
        )
        assert len(server.seen) == asked
    assert (folder / FILE).read_bytes() == first
    assert first == first.strip() + b"\n"
    assert str(folder).encode() not in first
    assert b"writer@clinic.example" not in first
    assert b"warm packs" not in first
    assert stat.S_IMODE((folder / FILE).stat().st_mode) == 0o644


def reports(folder: Path, online: Settings, frozen: Settings, lock: Lock) -> tuple[Audit, Audit]:
    file = folder / "knees.md"
    return audit_file(file, file.name, online), audit_file(file, file.name, frozen, lock=lock)


def without_text(audit: Audit) -> Audit:
    """The audit without what a lock does not hold: the quoted sentence, and what was said of registries."""
    lines = tuple(msgspec.structs.replace(line, quote=None) for line in audit.evidence)
    return msgspec.structs.replace(audit, evidence=lines, notes=())


@pytest.mark.parametrize("heat", [HEAT, RETRACTED], ids=["standing", "retracted"])
def test_an_audit_out_of_the_lock_alone_is_the_online_one(folder: Path, kb: Kb, heat: dict[str, Any]) -> None:
    with Loopback(World(crossref=[heat, COLD])) as server:
        kb(server, "knees.md")
        online, frozen = reports(folder, asking(server), asking(closed_port()), read_lock(folder))
    assert any(line.quote for line in online.evidence) is (heat is HEAT)
    assert to_json([without_text(online)]) == to_json([without_text(frozen)])
    assert {line.locked for line in frozen.evidence} == ({True} if heat is HEAT else {None, True})
    again = audit_file(folder / "knees.md", "knees.md", asking(closed_port()), lock=read_lock(folder))
    assert to_json([again]) == to_json([frozen])


def test_a_sentence_that_changed_is_not_checked_and_found(folder: Path, kb: Kb) -> None:
    with Loopback(World(crossref=[HEAT, COLD])) as server:
        kb(server, "knees.md")
    (folder / "knees.md").write_text(ARTICLE.replace("eased the knee pain", "cured the knee pain"))
    audit = audit_file(folder / "knees.md", "knees.md", asking(closed_port()), lock=read_lock(folder))
    (finding,) = [one for one in audit.findings if one.rule == "EV001"]
    assert (finding.line, finding.message) == (3, "what roe2010 says about this statement is not in the lock")
    assert audit.assessments[0].verdict == "not checked"
    assert [line.locked for line in audit.evidence] == [False, True, True]


def test_an_audit_out_of_an_empty_lock_says_so(folder: Path) -> None:
    audit = audit_file(folder / "knees.md", "knees.md", asking(closed_port()), lock=EMPTY)
    assert {one.status for one in audit.resolutions} == {"not attempted"}
    assert "2 references are not in the evidence lock; run `kb lock`." in audit.notes
    assert len([one for one in audit.findings if one.rule == "EV001"]) == 3


def test_an_upgrade_says_what_changed_and_which_statements_that_touches(folder: Path, kb: Kb) -> None:
    with Loopback(World(crossref=[HEAT, COLD])) as server:
        kb(server, "knees.md")
    with Loopback(World(crossref=[RETRACTED, COLD])) as server:
        _, quiet, _ = kb(server)
        assert not server.seen
        code, out, _ = kb(server, "--upgrade", "--as-of", "2026-11-01")
    assert "retracted" not in quiet
    assert code == 0
    changed, summary = out.splitlines()
    assert changed == (
        "Roe 2010 (doi:10.5555/heat) is now retracted (said by Crossref): "
        "the statements in lines 3 and 4 of knees.md lose their support"
    )
    assert summary.startswith("evidence.lock.json written")
    sources = read_lock(folder).sources
    assert [one.kind for one in sources["doi:10.5555/heat"].notices] == ["retraction"]
    assert {one.asked for one in sources["doi:10.5555/cold"].said} <= {"2026-05-01", None}


@pytest.mark.parametrize("arguments", [("--upgrade",), ("--upgrade", "--offline"), ("--offline",), ("knees.md",)])
def test_an_outage_leaves_the_lock_as_it_is(folder: Path, kb: Kb, arguments: tuple[str, ...]) -> None:
    with Loopback(World(crossref=[HEAT, COLD])) as server:
        kb(server, "knees.md")
    before = (folder / FILE).read_bytes()
    code, out, _ = kb(closed_port(), *arguments)
    assert code == 0
    assert out.startswith("evidence.lock.json unchanged")
    assert (folder / FILE).read_bytes() == before


def test_what_could_not_be_asked_is_told_and_asked_next_time(folder: Path, kb: Kb) -> None:
    code, _, err = kb(closed_port(), "knees.md")
    assert code == 0
    assert any("could not be reached" in line for line in told(err))
    assert {row.status for row in rows(folder)} == {"unreachable"}
    with Loopback(World(crossref=[HEAT, COLD])) as server:
        kb(server)
    assert {row.status for row in rows(folder)} == {"verified"}


def rows(folder: Path) -> list[Any]:
    sources = read_lock(folder).sources.values()
    return [row for source in sources for of_article in source.references.values() for row in of_article.values()]


def test_only_what_is_missing_is_taken_from_the_registries(folder: Path, kb: Kb) -> None:
    with Loopback(World(crossref=[HEAT, COLD])) as server:
        kb(server, "knees.md")
    fresh = (
        "Walking helps stiff knees too (Coe, 2014).\n\n## References\n\nCoe, A. (2014). Walks. Knee Journal, 6, 1-9. "
    )
    (folder / "knees.md").write_text(ARTICLE.replace("## References\n\n", f"{fresh}https://doi.org/10.5555/walks\n"))
    walks = crossref_work("10.5555/walks", "Walks", "Coe", 2014)
    with Loopback(World(crossref=[HEAT | {"title": ["Another title"]}, COLD, walks])) as server:
        _, out, _ = kb(server)
        assert "Coe 2014 (doi:10.5555/walks) is new in the lock" in out
        assert "Another title" not in out
        _, out, _ = kb(server, "--upgrade")
    assert "Roe 2010 (doi:10.5555/heat)" in out
    assert "has another title (“Another title”, was “Heat for knees: a randomized trial”)" in out


def test_the_order_in_which_articles_are_named_moves_no_byte(folder: Path, kb: Kb) -> None:
    (folder / "hands.md").write_text(ARTICLE.replace("knee", "hand"))
    with Loopback(World(crossref=[HEAT, COLD])) as server:
        kb(server, "knees.md", "hands.md")
        first = (folder / FILE).read_bytes()
        (folder / FILE).unlink()
        kb(server, "hands.md", "knees.md")
        second = (folder / FILE).read_bytes()
        (folder / FILE).unlink()
        kb(server, "hands.md")
        kb(server, "knees.md")
    assert first == second == (folder / FILE).read_bytes()


def test_check_says_whether_the_lock_fits_and_asks_nobody(folder: Path, kb: Kb) -> None:
    with Loopback(World(crossref=[HEAT, COLD])) as server:
        kb(server, "knees.md")
    nowhere = closed_port()
    assert kb(nowhere, "--check") == (0, "evidence.lock.json fits 1 article\n", "")
    (folder / "knees.md").write_text(ARTICLE.replace("slowed", "stopped"))
    before = (folder / FILE).read_bytes()
    code, out, _ = kb(nowhere, "--check", "knees.md")
    assert code == 1
    first, second = out.splitlines()
    assert first == "knees.md:3: what poe2012 says of this statement is not in the lock"
    assert second.startswith("knees.md: the lock holds a statement (")
    (folder / "knees.md").unlink()
    assert kb(nowhere, "--check")[:2] == (1, "knees.md: is gone, and the lock holds it still\n")
    assert (folder / FILE).read_bytes() == before


def test_an_article_that_is_gone_leaves_the_lock(folder: Path, kb: Kb) -> None:
    (folder / "hands.md").write_text(ARTICLE.replace("knee", "hand"))
    with Loopback(World(crossref=[HEAT, COLD])) as server:
        kb(server, "knees.md", "hands.md")
    (folder / "knees.md").unlink()
    code, _, err = kb(closed_port())
    assert (code, told(err)) == (0, ["kb: knees.md is gone, so it leaves the lock"])
    assert read_lock(folder).articles == ("hands.md",)


LOCK = '{"schema_version": 1, "sources": {%s}, "evidence": {}}'
OUTSIDE = LOCK % '"doi:10.5555/1": {"references": {"../secret.md": {}}}'
BAD: list[tuple[str, str | bytes, str]] = [
    ("no JSON", '{"schema_version": 1,', "is no JSON"),
    ("binary", bytes(range(256)), "is no JSON"),
    ("newer", '{"schema_version": 7}', "was written by a newer version (schema 7, known is 2); update evidence-kb"),
    ("no evidence", '{"schema_version": 1, "sources": {}}', "missing required field `evidence`"),
    ("hostile", LOCK % '"doi:10.5555/1": {"title": "\\u001b[31m"}', "missing required field `references`"),
    ("outside", OUTSIDE, "names an article outside the project (../secret.md)"),
    ("conflict", "<<<<<<< mine\n=======\n>>>>>>> theirs\n", "holds a merge conflict"),
]


@pytest.mark.parametrize("option", ["--check", "--upgrade", "--offline"])
@pytest.mark.parametrize(("content", "message"), [row[1:] for row in BAD], ids=[row[0] for row in BAD])
def test_a_lock_that_is_none_is_one_line_and_stays(
    folder: Path, kb: Kb, content: str | bytes, message: str, option: str
) -> None:
    data = content.encode() if isinstance(content, str) else content
    (folder / FILE).write_bytes(data)
    (folder.parent / "secret.md").write_text("# Secret\n")
    code, out, err = kb(closed_port(), option)
    (line,) = err.splitlines()
    assert (code, out) == (2, "")
    assert line.startswith("kb: evidence.lock.json: ")
    assert message in line
    assert "; " in line
    assert (folder / FILE).read_bytes() == data


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ((), "no article is locked yet; name some"),
        (("--check",), "there is no such file; write it with `kb lock ARTICLE...`"),
        (("--check", "--upgrade", "knees.md"), "--upgrade and --check exclude each other"),
        (("missing.md",), "missing.md: there is no such file"),
        (("knees.md", "missing.md"), "missing.md: there is no such file"),
    ],
)
def test_wrong_use_is_one_line_and_writes_nothing(
    folder: Path, kb: Kb, arguments: tuple[str, ...], message: str
) -> None:
    code, out, err = kb(closed_port(), *arguments)
    (line,) = told(err)
    assert (code, out) == (2, "")
    assert message in line
    assert not (folder / FILE).exists()


def test_a_folder_in_the_place_of_the_lock(folder: Path, kb: Kb) -> None:
    (folder / FILE).mkdir()
    code, _, err = kb(closed_port(), "knees.md")
    assert (code, len(told(err))) == (2, 1)
    assert "evidence.lock.json: cannot be read" in err


def test_a_link_out_of_the_project_is_not_written_through(folder: Path, kb: Kb) -> None:
    elsewhere = folder.parent / "elsewhere.json"
    elsewhere.write_text(json.dumps({"schema_version": 1, "sources": {}, "evidence": {}}))
    (folder / FILE).symlink_to(elsewhere)
    with Loopback(World(crossref=[HEAT, COLD])) as server:
        code, _, err = kb(server, "knees.md")
    assert code == 2
    assert "evidence.lock.json: is a link out of the project" in err
    assert json.loads(elsewhere.read_text())["sources"] == {}


def test_a_registry_that_turns_everything_down_changes_nothing(folder: Path, kb: Kb) -> None:
    with Loopback(World(crossref=[HEAT, COLD])) as server:
        kb(server, "knees.md")
    before = (folder / FILE).read_bytes()
    with Loopback(lambda seen: Reply(403, b"<html>no</html>")) as server:
        code, _, _ = kb(server, "--upgrade")
    assert code == 0
    assert (folder / FILE).read_bytes() == before


def test_an_upgrade_asks_also_about_what_is_remembered(folder: Path) -> None:
    audit = audit_file(folder / "knees.md", "knees.md", asking(closed_port(), offline=True))
    cache = Cache.open(folder / "answers.db")
    with Loopback(World(crossref=[HEAT, COLD])) as server:
        settings = asking(server)
        asked = []
        for one in (settings, settings, msgspec.structs.replace(settings, anew=True)):
            before = len(server.seen)
            resolve(audit.references, one, cache=cache)
            asked.append(len(server.seen) - before)
    cache.close()
    assert asked[0] > 0
    assert asked == [asked[0], 0, asked[0]]
