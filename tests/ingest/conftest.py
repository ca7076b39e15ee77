"""What tests of `kb check` are given; a module whose projects differ defines its own."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from ingest.cli import main
from tests.checks import TOUR, Kb


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    project = tmp_path / "project"
    project.mkdir()
    (project / "kb.toml").touch()
    monkeypatch.chdir(project)
    return project


@pytest.fixture
def tour(folder: Path) -> Path:
    shutil.copytree(TOUR, folder, dirs_exist_ok=True, ignore=shutil.ignore_patterns(".kb"))
    return folder


@pytest.fixture
def kb(capsys: pytest.CaptureFixture[str]) -> Kb:
    """Runs ``kb check``: exit code, stdout and stderr."""

    def run(*arguments: str) -> tuple[int, str, str]:
        capsys.readouterr()
        with pytest.raises(SystemExit) as caught:
            main(["check", *arguments])
        captured = capsys.readouterr()
        return int(caught.value.code or 0), captured.out, captured.err

    return run
