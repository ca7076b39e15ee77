"""``kb resolve``: what it says of a bibliography, what it writes, and what it leaves alone. All works are made up."""

from __future__ import annotations

import json
import stat
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from ingest.cli import main
from ingest.commands import resolve
from ingest.references.bibtex import read_bibtex
from kb.settings import Settings
from tests.loopback import Loopback, closed_port
from tests.world import World, asking, crossref_work, retraction

BIB = """% kept by hand
@article{heat,
  author  = {Roe, Jane},
  title   = {Heat for stiff knees},
  journal = {Knee Journal},
  year    = {2010},
  doi     = {https://doi.org/10.5555/HEAT},
}

@article{ice, author={Poe, Max}, title={Ice for swollen knees and ankles}, journal={Hip News}, year=2016,
 doi={10.5555/ice}}
@article{wrong, author = {Low, A.}, title = {Tea for sleep in old age}, year = {2016}, doi = {10.5555/other}}
@article{gone, author = {Kay, B.}, title = {Mud for sore feet}, year = {2016}, doi = {10.5555/gone}}
@article{bare, author = {Ray, C.}, title = {Walking for hips that hurt}, journal = {Knee Journal}, year = {2016}}
"""
JOURNAL: dict[str, Any] = {"container-title": ["Knee Journal"]}
RETRACTED: dict[str, Any] = {"updated-by": [retraction("10.5555/r")]}
WORLD = World(
    crossref=[
        crossref_work("10.5555/heat", "Heat for stiff knees", "Roe", 2014, **JOURNAL),
        crossref_work(
            "10.5555/ice",
            "Ice for swollen knees and ankles",
            "Poe",
            **JOURNAL,
            **RETRACTED,
        ),
        crossref_work("10.5555/other", "Migration of storks over deserts", "Finch"),
    ],
    found=[crossref_work("10.5555/walk", "Walking for hips that hurt", "Ray", **JOURNAL)],
)
MENDED = (
    BIB.replace("{https://doi.org/10.5555/HEAT}", "{10.5555/HEAT}")
    .replace("{2010}", "{2014}")
    .replace("Hip News", "Knee Journal")
    .replace(
        "journal = {Knee Journal}, year = {2016}}", "journal = {Knee Journal}, year = {2016}, doi = {10.5555/walk}}"
    )
)
Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project with a bibliography, of which registries hold some works."""
    (tmp_path / "kb.toml").write_text("")
    (tmp_path / "refs.bib").write_bytes(BIB.encode())
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("NO_COLOR", raising=False)
    return tmp_path


@pytest.fixture
def server() -> Iterator[Loopback]:
    with Loopback(WORLD) as server:
        yield server


@pytest.fixture
def run(folder: Path, server: Loopback, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Exit code, stdout and stderr of ``kb resolve`` with these arguments, all registries on one server."""

    def run(*arguments: str, url: str = server.url) -> tuple[int, str, str]:
        def settings(project: Path, **given: Any) -> Settings:
            known = {name: value for name, value in given.items() if value is not None}
            return asking(url, cache=str(folder / "answers.db"), **known)

        monkeypatch.setattr(resolve, "read_settings", settings)
        kb = type(main)("kb", commands={"resolve": resolve.command})
        with pytest.raises(SystemExit) as caught:
            kb.main(["resolve", *arguments])
        captured = capsys.readouterr()
        return int(caught.value.code or 0), captured.out, captured.err

    return run


def flat(text: str) -> str:
    return " ".join(text.split())


def test_each_entry_has_its_status_and_what_to_look_at(run: Run, folder: Path) -> None:
    code, out, err = run("refs.bib")
    assert code == 0
    assert "\x1b" not in out
    assert "Asking Crossref about 4 DOIs" in err
    lines = flat(out)
    for words in (
        "refs.bib · as of 2026-05-01",
        "year: cited “2010”, registered “2014”",
        "journal or book: cited “Hip News”, registered “Knee Journal”",
        "Retracted 2018-03-04, says Crossref",
        "title: cited “Tea for sleep in old age”, registered",
        "“Migration of storks over deserts”",
        "doi would be “10.5555/walk”",
        "5 entries: 1 verified, 2 metadata differs, 1 another work, 1 not found; 1 retracted; 4 fields to mend.",
    ):
        assert words in lines, out
    assert (folder / "refs.bib").read_text() == BIB


def test_one_json_object_holds_all_of_it(run: Run) -> None:
    code, out, _ = run("--format", "json", "refs.bib")
    assert code == 0
    report = json.loads(out)
    (file,) = report["bibliographies"]
    assert {one["key"]: one["resolution"] for one in file["entries"]} == {
        "heat": "metadata differs",
        "ice": "metadata differs",
        "wrong": "another work",
        "gone": "not found",
        "bare": "verified",
    }
    assert file["counts"]["metadata differs"] == 2
    assert file["entries"][0]["differences"] == [{"field": "year", "cited": "2010", "registered": "2014"}]
    assert file["entries"][4]["mended"] == [{"field": "doi", "before": "", "after": "10.5555/walk"}]
    assert (file["written"], file["diff"]) == (False, "")
    works = {one["id"]: one for one in report["sources"]}
    assert works["doi:10.5555/ice"]["retracted"]
    assert works["doi:10.5555/ice"]["notices"][0]["said_by"] == ["Crossref"]
    assert "abstract" not in works["doi:10.5555/ice"]
    assert run("--format", "json", "refs.bib")[1] == out


def test_write_mends_and_leaves_every_other_byte(run: Run, folder: Path) -> None:
    file = folder / "refs.bib"
    file.write_bytes(b"\xef\xbb\xbf" + BIB.replace("\n", "\r\n").encode())
    file.chmod(0o640)
    code, out, _ = run("--write", "refs.bib")
    assert code == 0
    assert file.read_bytes() == b"\xef\xbb\xbf" + MENDED.replace("\n", "\r\n").encode()
    assert stat.S_IMODE(file.stat().st_mode) == 0o640
    assert "4 fields mended." in flat(out)
    assert sorted(one.name for one in folder.glob("*.bib*")) == ["refs.bib"]
    assert "fields" not in flat(run("--write", "refs.bib")[1])
    assert file.read_bytes() == b"\xef\xbb\xbf" + MENDED.replace("\n", "\r\n").encode()


def test_a_dry_run_shows_the_diff_and_writes_nothing(run: Run, folder: Path) -> None:
    before = (folder / "refs.bib").stat()
    for arguments in (["--dry-run"], ["--dry-run", "--write"]):
        code, out, _ = run(*arguments, "refs.bib")
        assert code == 0
        removed = [line for line in out.splitlines() if line.startswith("-") and not line.startswith("---")]
        added = [line for line in out.splitlines() if line.startswith("+") and not line.startswith("+++")]
        assert removed[:2] == ["-  year    = {2010},", "-  doi     = {https://doi.org/10.5555/HEAT},"]
        assert added[:2] == ["+  year    = {2014},", "+  doi     = {10.5555/HEAT},"]
        assert (len(removed), len(added)) == (4, 4)
    after = (folder / "refs.bib").stat()
    assert (before.st_ino, before.st_mtime_ns) == (after.st_ino, after.st_mtime_ns)


def test_offline_and_without_an_answer_nothing_is_lost_and_nothing_fails(run: Run, folder: Path) -> None:
    code, out, _ = run("--offline", "--write", "refs.bib")
    assert code == 0
    assert "5 entries: 5 not attempted." in out
    code, out, _ = run("--write", "refs.bib", url=closed_port())
    assert code == 0
    assert "5 unreachable." in out
    assert "not found" not in out
    assert (folder / "refs.bib").read_text() == BIB


def test_a_second_run_asks_nobody(run: Run, server: Loopback) -> None:
    run("refs.bib")
    asked = len(server.seen)
    assert asked
    assert "1 verified, 2 metadata differs, 1 another work, 1 not found" in run("--offline", "refs.bib")[1]
    assert len(server.seen) == asked


def test_several_files_are_asked_for_at_once_and_keep_their_own_entries(
    run: Run, folder: Path, server: Loopback
) -> None:
    (folder / "more.bib").write_text(
        "@article{heat, author={Poe, M.}, title={Ice for swollen knees}, doi={10.5555/ice}}"
    )
    _, out, _ = run("--format", "json", "refs.bib", "more.bib", "refs.bib")
    first, second = json.loads(out)["bibliographies"]
    assert [one["path"] for one in (first, second)] == ["refs.bib", "more.bib"]
    assert (len(first["entries"]), [one["source"] for one in second["entries"]]) == (5, ["doi:10.5555/ice"])
    assert sum("filter=doi" in seen.path for seen in server.seen) == 1


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("none.bib", None, "there is no such file"),
        (".", None, "is a folder"),
        ("letter.bib", b"Dear reader,", "holds no BibTeX entry"),
        ("picture.bib", b"\x89PNG\0\0", "is no text"),
    ],
)
def test_what_cannot_be_read_is_one_line_and_the_rest_is_checked(
    run: Run, folder: Path, name: str, content: bytes | None, words: str
) -> None:
    if content is not None:
        (folder / name).write_bytes(content)
    code, out, err = run(name, "refs.bib")
    (line,) = (line for line in err.splitlines() if not line.endswith("…"))
    assert (code, line.startswith(f"kb: {name}: "), words in line) == (2, True, True)
    assert "5 entries" in out


def test_a_read_only_file_stays(run: Run, folder: Path) -> None:
    (folder / "refs.bib").chmod(0o444)
    code, out, err = run("--write", "refs.bib")
    assert code == 2
    assert "kb: refs.bib: is read-only, so nothing was written" in err
    assert "5 entries" in out
    assert (folder / "refs.bib").read_text() == BIB


def test_a_link_is_written_through_inside_the_project_only(
    run: Run, folder: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    elsewhere = tmp_path_factory.mktemp("elsewhere") / "refs.bib"
    elsewhere.write_text(BIB)
    (folder / "out.bib").symlink_to(elsewhere)
    (folder / "in.bib").symlink_to("refs.bib")
    code, _, err = run("--write", "in.bib", "out.bib")
    assert code == 2
    assert "kb: out.bib: is a link out of the project; name the file that it leads to" in err
    assert elsewhere.read_text() == BIB
    assert (folder / "in.bib").is_symlink()
    assert (folder / "refs.bib").read_text() == MENDED


def test_what_the_file_itself_has_wrong_is_told_and_left(run: Run, folder: Path) -> None:
    text = BIB.replace("year    = {2010}", "year = {2010},\n  year = {2011}")
    (folder / "refs.bib").write_text(text)
    code, out, _ = run("--write", "refs.bib")
    assert code == 0
    assert "entry 'heat' gives year twice" in flat(out)
    assert "entry 'heat' was left as it is" in flat(out)
    assert "https://doi.org/10.5555/HEAT" in (folder / "refs.bib").read_text()


@pytest.mark.parametrize(
    "journal", ["x}, note = {y", "@article{b, title = {x}}", "\\end\n\n@book{", "\x1b]0;x\x07", "%"]
)
def test_hostile_registries_cannot_break_the_file(run: Run, folder: Path, journal: str) -> None:
    work = crossref_work(
        "10.5555/ice", "Ice for swollen knees and ankles", "Poe", **{**JOURNAL, "container-title": [journal]}
    )
    with Loopback(World(crossref=[work])) as server:
        code, out, _ = run("--write", "refs.bib", url=server.url)
    assert code == 0
    assert not {"\x1b", "\x07"} & set(out)
    before, _ = read_bibtex(BIB.encode(), "refs.bib")
    after, _ = read_bibtex((folder / "refs.bib").read_bytes(), "refs.bib")
    assert [one.id for one in after] == [one.id for one in before]
    assert [one for one in after if one.id != "ice"] == [one for one in before if one.id != "ice"]


CSV = """OriginalPaperDOI,RetractionNature,RetractionDate,RetractionDOI,Reason,OriginalPaperPubMedID
10.5555/heat,Retraction,7/12/2023 0:00,10.5555/notice,+Error in Data;,0
10.5555/walk,Expression of concern,7/13/2023 0:00,,,0
"""


def test_retractions_of_a_file_count_and_are_remembered(run: Run, folder: Path) -> None:
    (folder / "rw.csv").write_text(CSV)
    code, out, _ = run("--retractions", "rw.csv", "refs.bib")
    assert code == 0
    assert "Retracted 2023-07-12, says Retraction Watch" in flat(out)
    assert "Expression of concern 2023-07-13, says Retraction Watch" in flat(out)
    assert "; 2 retracted" in flat(out)
    (folder / "rw.csv").unlink()
    assert "Retracted 2023-07-12, says Retraction Watch" in flat(run("--offline", "refs.bib")[1])


@pytest.mark.parametrize(("name", "content"), [("none.csv", None), ("rw.csv", b"\0\1"), ("rw.csv", b"a,b\n1,2\n")])
def test_a_file_of_retractions_that_is_none_is_one_line(
    run: Run, folder: Path, name: str, content: bytes | None
) -> None:
    if content is not None:
        (folder / name).write_bytes(content)
    code, out, err = run("--retractions", name, "refs.bib")
    assert (code, out) == (2, "")
    (line,) = (line for line in err.splitlines() if not line.endswith("…"))
    assert line.startswith(f"kb: {name}: ")


def test_wrong_use_is_one_line(run: Run) -> None:
    code, out, err = run("--format", "yaml", "refs.bib")
    assert (code, out, len(err.splitlines())) == (2, "", 1)
    assert run()[0] == 2
