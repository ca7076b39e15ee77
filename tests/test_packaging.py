"""What a user gets from the wheel: built without a network, unpacked in an empty folder, run there."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parent.parent
BUNDLED = ("app.py", ".streamlit/config.toml", "references.bib", "examples/sciatica-and-knee-pain.md")


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    run = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr
    (built,) = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def unpacked(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("unpacked")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder)
    return folder


def run_from(unpacked: Path, elsewhere: Path, code: str) -> subprocess.CompletedProcess[str]:
    """Run code with the unpacked wheel in front of everything: also of the editable installation."""
    environment = os.environ | {"PYTHONPATH": str(unpacked), "HOME": str(elsewhere)}
    return subprocess.run(
        [sys.executable, "-c", code], cwd=elsewhere, env=environment, capture_output=True, text=True, check=False
    )


def test_the_wheel_holds_every_source_and_data_file(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        held = set(archive.namelist())
    listing = subprocess.run(
        ["git", "ls-files", "kb", "ingest"], cwd=PROJECT, capture_output=True, text=True, check=False
    )
    if listing.returncode:
        pytest.skip("not a git checkout")
    assert set(listing.stdout.split()) - held == set()
    assert {f"ingest/_bundled/{name}" for name in BUNDLED} <= held
    assert {name.partition("/")[0] for name in held} == {"kb", "ingest", "evidence_kb-0.1.0.dist-info"}


@pytest.mark.parametrize("name", BUNDLED)
def test_bundled_files_are_found_in_the_wheel_and_in_a_checkout(name: str, unpacked: Path, tmp_path: Path) -> None:
    code = f"from ingest.bundled import bundled; print(bundled({name!r}))"
    run = run_from(unpacked, tmp_path, code)
    assert Path(run.stdout.strip()) == unpacked / "ingest" / "_bundled" / name, run.stderr
    here = run_from(PROJECT, tmp_path, code)
    assert Path(here.stdout.strip()) == PROJECT / name, here.stderr


def test_what_is_not_bundled_is_said_to_be_missing(unpacked: Path, tmp_path: Path) -> None:
    run = run_from(unpacked, tmp_path, "from ingest.bundled import bundled; bundled('pyproject.toml')")
    assert "FileNotFoundError: pyproject.toml is not part of this installation" in run.stderr


def test_the_bundled_example_is_audited_from_the_wheel(unpacked: Path, tmp_path: Path) -> None:
    run = run_from(unpacked, tmp_path, "from ingest.cli import main; main(['audit', '--offline'])")
    assert run.returncode == 0, run.stderr
    assert "unsupported" in run.stdout.lower()
    assert str(PROJECT) not in run.stdout + run.stderr


SHOW_APP = """
import os
from streamlit.testing.v1 import AppTest

def execve(file, command, environment):
    script = next(part for part in command if part.endswith("app.py"))
    shown = AppTest.from_file(script).run(timeout=120)
    print(script, *(error.value for error in shown.exception), sep="\\n")
    raise SystemExit(0)

os.execve = execve  # in place of a server
from ingest.cli import main
main(["app", "--no-browser"])
"""


def test_the_app_of_the_wheel_is_found_and_shows_a_page(unpacked: Path, tmp_path: Path) -> None:
    run = run_from(unpacked, tmp_path, SHOW_APP)
    assert run.returncode == 0, run.stderr
    assert run.stdout.splitlines() == [str(unpacked / "ingest" / "_bundled" / "app.py")]
