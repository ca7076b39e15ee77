"""A file of the project that several programs write: what each wrote is there in the end, or it was told otherwise."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from ingest.files import content, replace
from kb.errors import UsageError

WRITERS, TIMES = 8, 25


def count_up(project: Path) -> None:
    """Add one to the number in a file, and try again where somebody else has done so meanwhile."""
    for _ in range(TIMES):
        while True:
            former = content(project, "number", 100)
            try:
                replace(project / "number", str(int(former or b"0") + 1).encode(), former=former, project=project)
                break
            except UsageError as error:
                assert "changed meanwhile" in str(error)


def test_of_many_who_replace_a_file_nobody_takes_away_what_another_wrote(tmp_path: Path) -> None:
    with ThreadPoolExecutor(WRITERS) as runner:
        for done in [runner.submit(count_up, tmp_path) for _ in range(WRITERS)]:
            done.result()
    assert content(tmp_path, "number", 100) == str(WRITERS * TIMES).encode()
    assert [file.name for file in tmp_path.iterdir()] == ["number"]
