"""``kb check --diff``: what changed since a revision of git, and what became of the evidence."""

from __future__ import annotations

import json
import subprocess
import tempfile
from pathlib import Path

import pytest

from ingest.linting import checking
from ingest.linting.given import LOCK
from tests.checks import BARE, Kb, add_to, committed, found, git


def test_only_what_changed_since_a_revision_is_told(tour: Path, kb: Kb) -> None:
    committed(tour)
    add_to(tour / "leaflet.md")
    code, out, _ = kb("--diff", "HEAD", "--format", "json")
    new = [place for place in found(out) if place[2].startswith("ST")]
    assert code == 1
    assert [(path, rule) for path, _, rule in new] == [("leaflet.md", "ST002")]
    (change,) = json.loads(out)["changes"]
    assert (change["article"], change["way"]) == ("leaflet.md", "down")
    assert "new, and nothing holds it up: “Heat eases knee pain in 40% of adults.”" in change["words"]


def test_an_article_outside_the_project_has_no_former_state(
    tour: Path, kb: Kb, monkeypatch: pytest.MonkeyPatch
) -> None:
    committed(tour)
    (tour.parent / "heat.md").write_text(BARE)
    elsewhere = tour.parent / "elsewhere"  # where the files of the revision are laid, beside a file of that name
    elsewhere.mkdir()
    (elsewhere / "heat.md").write_text(BARE)
    monkeypatch.setattr(tempfile, "tempdir", str(elsewhere))
    assert [rule for _, _, rule in found(kb("--diff=HEAD", "--format", "json", "../heat.md")[1])] == ["ST002"]


def test_without_a_change_nothing_is_told(tour: Path, kb: Kb) -> None:
    committed(tour)
    code, out, _ = kb("--diff", "HEAD")
    assert code == 0
    assert "nothing" in out


def test_of_a_revision_no_less_of_the_lock_is_read_than_today(
    tour: Path, kb: Kb, monkeypatch: pytest.MonkeyPatch
) -> None:
    committed(tour)
    monkeypatch.setattr(checking, "_LARGEST", (tour / LOCK).stat().st_size - 1)
    code, out, _ = kb("--diff=HEAD")
    assert (code, out.splitlines()[-1]) == (0, "No findings in 0 articles since HEAD")


def test_what_became_of_the_evidence_is_told_although_no_article_changed(tour: Path, kb: Kb) -> None:
    before = json.loads((tour / LOCK).read_text())
    source = next(name for name, one in before["sources"].items() if one.get("design") == "systematic review")
    committed(tour)
    told = {"kind": "retraction", "said_by": ["the invented registry"], "date": "2026-11-01"}
    before["sources"][source]["notices"] = [told]
    (tour / LOCK).write_text(json.dumps(before))
    code, out, _ = kb("--diff", "HEAD", "--format", "json")
    changes = json.loads(out)["changes"]
    assert code == 1
    assert "down" in {change["way"] for change in changes}
    assert any("new notice: retraction of 2026-11-01" in change["words"] for change in changes)
    assert {rule for _, _, rule in found(out)} >= {"SO003"}


REVISIONS = [
    ("nowhere", "there is no revision 'nowhere'"),
    ("HEAD:leaflet.md", "there is no revision 'HEAD:leaflet.md'"),
]


@pytest.mark.parametrize(("revision", "told"), REVISIONS, ids=[revision for revision, _ in REVISIONS])
def test_a_revision_that_is_none(revision: str, told: str, tour: Path, kb: Kb) -> None:
    committed(tour)
    code, out, err = kb(f"--diff={revision}")
    assert (code, out) == (2, "")
    assert told in err


def test_git_is_not_made_to_run_a_program_of_the_repository(tour: Path, kb: Kb) -> None:
    committed(tour)
    script = tour / "evil.sh"
    script.write_text("#!/bin/sh\ntouch evil-ran\n")
    script.chmod(0o755)
    for key in ("core.fsmonitor", "diff.external", "core.pager"):
        git(tour, "config", key, str(script))
    assert kb("--diff", "HEAD")[0] == 0
    assert not (tour / "evil-ran").exists()


def test_what_a_clone_lacks_is_not_fetched(tour: Path, kb: Kb, monkeypatch: pytest.MonkeyPatch) -> None:
    committed(tour)
    add_to(tour / "leaflet.md")
    committed(tour)
    git(tour, "config", "uploadpack.allowFilter", "true")
    clone = tour.parent / "clone"
    git(tour.parent, "clone", "--quiet", "--filter=blob:none", tour.as_uri(), str(clone))
    monkeypatch.chdir(clone)
    code, out, err = kb("--diff=HEAD~1")
    assert (code, out) == (2, "")
    assert err.startswith("kb: git cannot tell what was there (")
    assert err.endswith("; fetch the whole history (actions/checkout: fetch-depth: 0)\n")


def test_what_a_repository_has_lost_is_told(tour: Path, kb: Kb) -> None:
    committed(tour)
    lost = subprocess.run(["git", "rev-parse", "HEAD:leaflet.md"], cwd=tour, capture_output=True, text=True, check=True)
    name = lost.stdout.strip()
    (tour / ".git" / "objects" / name[:2] / name[2:]).unlink()
    code, out, err = kb("--diff=HEAD")
    assert (code, out) == (2, "")
    assert f"git cannot tell what was there ({name} missing)" in err
