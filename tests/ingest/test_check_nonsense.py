"""``kb check`` on wrong use and configurations that make no sense: exit code 2, and one line that says what to do."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.throwaway import environment, ran

NONSENSE: dict[str, tuple[str, list[str], str]] = {
    "a glob that means nothing": (
        'articles = ["a.md", "leaflets/*.md"]',
        [],
        "kb.toml: articles: 'leaflets/*.md' means no article; correct the glob, or leave it out",
    ),
    "a path that is a glob": ("", ["leaflets/*.md"], "leaflets/*.md: there is no such file"),
    "selected and ignored": ('select = ["ST001"]\nignore = ["ST001"]', [], "'ST001' is both selected and ignored"),
    "selected and ignored on the command line": (
        "",
        ["--select=ST001", "--ignore=unsupported-statement"],
        "is both selected and ignored",
    ),
    "a rule of a pattern that does not exist": (
        '[per-file-ignores]\n"*.md" = ["ST01"]',
        [],
        "there is no rule 'ST01'",
    ),
    "a severity that does not exist": ('[severities]\nST001 = "fatal"', [], "fatal"),
    "a waiver of nothing": ('[[waivers]]\narticles = ["a.md"]', [], "kb.toml: waiver 1: 'rules' is missing"),
    "a setting that does not exist": ('selct = ["all"]', [], "did you mean 'select'?"),
    "a lock that is not there": ("", ["--frozen"], "write it with `kb lock ARTICLE...`"),
    "no process": ("", ["--jobs=0"], "'--jobs': 0 is not in the range"),
    "no day": ("", ["--as-of=2026-02-30"], "--as-of: '2026-02-30' is no date"),
    "no severity": ("", ["--fail-on=fatal"], "'fatal' is not one of"),
    "stdin and a file": ("", ["--stdin-filename=a.md", "a.md"], "exclude each other; give one of the two"),
    "stdin of a kind that is not read": ("", ["--stdin-filename=a.py"], "files of the kind '.py' are not read"),
    "a bibliography that is not there": ("", ["--bibliography=gone.bib"], "gone.bib: there is no such file"),
}


@pytest.mark.parametrize(("configuration", "arguments", "told"), NONSENSE.values(), ids=NONSENSE)
def test_nonsense_ends_with_2_and_one_line_that_says_what_to_do(
    configuration: str, arguments: list[str], told: str, tmp_path: Path
) -> None:
    (tmp_path / "kb.toml").write_text(configuration)
    (tmp_path / "a.md").write_text("Tea is warm.\n")
    done = ran(["kb", "check", *arguments], tmp_path, environment(tmp_path))
    assert done.returncode == 2
    assert told in done.stderr
    assert done.stderr.startswith("kb: ")
    assert done.stderr.count("\n") == 1


def test_what_a_good_glob_means_is_checked_although_another_means_nothing(tmp_path: Path) -> None:
    (tmp_path / "kb.toml").write_text('articles = ["leaflets/*.md", "a.md"]')
    (tmp_path / "a.md").write_text("Heat eases knee pain in 40% of adults.\n")
    done = ran(["kb", "check", "--no-cache"], tmp_path, environment(tmp_path))
    assert done.returncode == 2
    assert done.stdout.startswith("a.md:1:1: ST002 ")


def test_where_there_is_no_article_nothing_could_be_checked(tmp_path: Path) -> None:
    (tmp_path / "kb.toml").touch()
    (tmp_path / "leaflets").mkdir()
    done = ran(["kb", "check", "leaflets"], tmp_path, environment(tmp_path))
    assert (done.returncode, done.stdout) == (3, "No findings in 0 articles\n")
    assert done.stderr == "kb: leaflets holds no article that is read\n"
