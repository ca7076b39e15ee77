"""Configuration: where it is found, what it may hold, and how mistakes are told."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingest.config import ENVIRONMENT, find_project, read_settings
from kb.errors import ConfigurationError


@pytest.fixture(autouse=True)
def clean_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ENVIRONMENT.values():
        monkeypatch.delenv(name, raising=False)


def test_the_project_is_the_nearest_folder_upwards_with_a_configuration(tmp_path: Path) -> None:
    (tmp_path / "kb.toml").write_text('bibliography = ["works.bib"]\n')
    inner = tmp_path / "a" / "b"
    inner.mkdir(parents=True)
    (inner / "pyproject.toml").write_text("[project]\nname = 'other'\n")
    assert find_project(inner) == tmp_path
    assert find_project(inner / "article.md") == tmp_path
    assert read_settings(tmp_path).bibliography == ("works.bib",)


def test_without_a_configuration_the_folder_itself_is_the_project(tmp_path: Path) -> None:
    assert find_project(tmp_path) == tmp_path
    assert read_settings(tmp_path).bibliography == ()


def test_the_command_line_goes_before_the_environment_before_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "pyproject.toml").write_text("[tool.kb]\nmailto = 'file@x.org'\ndeadline = 3\n")
    assert read_settings(tmp_path).mailto == "file@x.org"
    assert read_settings(tmp_path).deadline == 3.0
    monkeypatch.setenv("KB_MAILTO", "environment@x.org")
    assert read_settings(tmp_path).mailto == "environment@x.org"
    assert read_settings(tmp_path, mailto="given@x.org", offline=None).mailto == "given@x.org"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("bibliografy = []", "kb.toml: there is no setting 'bibliografy'; did you mean 'bibliography'?"),
        ("zzz = 1", "kb.toml: there is no setting 'zzz'; known are"),
        ("bibliography = 'works.bib'", "kb.toml: 'bibliography' has a wrong value"),
        ("deadline = 'soon'", "kb.toml: 'deadline' has a wrong value"),
        ("deadline = -1", "kb.toml: 'deadline' must be more than 0"),
        ("crossref = 'ftp://x'", "kb.toml: 'crossref' is no web address"),
        ("patience = 0", "kb.toml: 'patience' must be more than 0"),
        ("datacite = 'https://x:99999'", "kb.toml: 'datacite' is no web address"),
        ("mailto = 'no mail'", "kb.toml: 'mailto' is no mail address"),
        ("openalex_key = 'secret'", "kb.toml: there is no setting 'openalex_key'"),
        ("a = [", "kb.toml: is not valid TOML"),
    ],
)
def test_mistakes_are_told_in_one_line(tmp_path: Path, text: str, message: str) -> None:
    (tmp_path / "kb.toml").write_text(text)
    with pytest.raises(ConfigurationError) as caught:
        read_settings(tmp_path)
    assert str(caught.value).startswith(message)
    assert "\n" not in str(caught.value)


def test_a_wrong_value_of_the_environment_names_its_variable(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KB_CROSSREF", "notaurl")
    with pytest.raises(ConfigurationError, match="KB_CROSSREF: 'crossref' is no web address"):
        read_settings(tmp_path)


def test_answers_are_remembered_in_the_project_unless_told_otherwise(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert read_settings(tmp_path).cache == str(tmp_path / ".kb" / "registries.db")
    monkeypatch.setenv("KB_CACHE", "none")
    assert read_settings(tmp_path).cache == ""


@pytest.mark.parametrize("date", ["soon", "2026-13-01", "20260101x"])
def test_a_date_that_is_none(tmp_path: Path, date: str) -> None:
    with pytest.raises(ConfigurationError, match="is no date"):
        read_settings(tmp_path, as_of=date)
