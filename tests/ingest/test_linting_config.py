"""What of the linter can be configured, and how mistakes in it are told."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from ingest.config import ENVIRONMENT, KINDS, find_project, read_settings
from ingest.config.keys import LINTING, WAIVER
from kb.errors import ConfigurationError
from kb.settings import Allowed, Linting

WHOLE = """
select = ["all"]
ignore = ["RE001"]
fail-on = "warning"
articles = ["articles/**/*.md"]
exclude = ["drafts"]
baseline = "kb-baseline.json"
max_age = 10
knowledge-base = "../shared/knowledge.db"

[severities]
unsupported-statement = "error"

[per-file-ignores]
"articles/opinion-*.md" = ["ST"]

[[waivers]]
rules = ["SO002"]
articles = ["articles/history.md"]
reason = "told as such"
containing = "the retracted trial"
until = 2027-06-30

[[waivers]]
rules = ["ST"]
articles = ["**"]
"""
READ = Linting(
    select=("all",),
    ignore=("RE001",),
    per_file_ignores={"articles/opinion-*.md": ("ST",)},
    severities={"unsupported-statement": "error"},
    fail_on="warning",
    articles=("articles/**/*.md",),
    exclude=("drafts",),
    baseline="kb-baseline.json",
    max_age=10,
    knowledge_base="../shared/knowledge.db",
    waivers=(
        Allowed(
            rules=("SO002",),
            articles=("articles/history.md",),
            reason="told as such",
            containing="the retracted trial",
            until="2027-06-30",
        ),
        Allowed(rules=("ST",), articles=("**",)),
    ),
    origin="kb.toml",
)


@pytest.fixture(autouse=True)
def clean_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ENVIRONMENT.values():
        monkeypatch.delenv(name, raising=False)


def test_a_whole_configuration_with_dashes_or_underscores(tmp_path: Path) -> None:
    (tmp_path / "kb.toml").write_text(WHOLE)
    assert read_settings(tmp_path).linting == READ
    (tmp_path / "kb.toml").write_text("\ufeff" + WHOLE.replace("fail-on", "fail_on").replace("max_age", "max-age"))
    assert read_settings(tmp_path).linting == READ


def test_the_same_stands_in_pyproject(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text('[tool.kb]\nmax-age = 3\n[tool.kb.severities]\nST = "info"\n')
    linting = read_settings(tmp_path).linting
    assert (linting.max_age, linting.severities, linting.origin) == (3, {"ST": "info"}, "pyproject.toml")


def test_without_a_file_all_rules_count(tmp_path: Path) -> None:
    assert read_settings(tmp_path).linting == Linting()


def test_the_table_of_keys_is_the_record() -> None:
    assert {*LINTING, "origin"} == set(Linting.__struct_fields__)
    assert set(WAIVER) == set(Allowed.__struct_fields__)
    assert LINTING.keys() <= KINDS.keys()


def test_the_command_line_goes_before_the_file_and_its_names_leave_the_opposite(tmp_path: Path) -> None:
    (tmp_path / "kb.toml").write_text('select = ["CI001", "ST"]\nignore = ["ST001", "RE"]\nfail-on = "error"\n')
    given = read_settings(tmp_path, select=("ST001",), ignore=None, fail_on="never", offline=True)
    assert (given.linting.select, given.linting.ignore, given.linting.fail_on) == (("ST001",), ("RE",), "never")
    assert given.offline
    given = read_settings(tmp_path, ignore=("ST",))
    assert (given.linting.select, given.linting.ignore) == (("CI001",), ("ST",))


def waiver(**changes: str) -> str:
    lines = {"rules": '["ST001"]', "articles": '["a.md"]', "reason": '"x"'} | changes
    return "[[waivers]]\n" + "\n".join(f"{key} = {value}" for key, value in lines.items() if value)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("selct = []", "kb.toml: there is no setting 'selct'; did you mean 'select'?"),
        ("failon = 'error'", "kb.toml: there is no setting 'failon'; did you mean 'fail_on'?"),
        ("fail-on = 'error'\nfail_on = 'info'", "kb.toml: 'fail_on' is given twice; give it once"),
        (
            "fail-on = 'fatal'",
            "kb.toml: 'fail-on' has a wrong value (Invalid enum value 'fatal'); take error, warning,",
        ),
        ("select = 'ST001'", "kb.toml: 'select' has a wrong value"),
        (
            "severities = {ST = 'bad'}",
            "kb.toml: 'severities' has a wrong value (Invalid enum value 'bad' - at `$[...]`)",
        ),
        ("per-file-ignores = ['ST']", "kb.toml: 'per-file-ignores' has a wrong value"),
        ("max-age = -1", "kb.toml: 'max_age' is negative; give years, or 0 for no bound"),
        ("max-age = true", "kb.toml: 'max-age' has a wrong value"),
        ("baseline = '../b.json'", "kb.toml: baseline: '../b.json' leads out of the project; name it relative to"),
        ("baseline = 'a/../../b.json'", "kb.toml: baseline: 'a/../../b.json' leads out of the project"),
        ("baseline = '/etc/b.json'", "kb.toml: baseline: '/etc/b.json' leads out of the project"),
        ("articles = ['../*.md']", "kb.toml: articles: '../*.md' leads out of the project"),
        ("exclude = ['./../x']", "kb.toml: exclude: './../x' leads out of the project"),
        ("origin = 'x'", "kb.toml: there is no setting 'origin'"),
        ("waivers = 5", "kb.toml: 'waivers' has a wrong value"),
        (waiver(rule="[]"), "kb.toml: waiver 1: there is no setting 'rule'; did you mean 'rules'?"),
        (waiver() + "\n" + waiver(untl="'x'"), "kb.toml: waiver 2: there is no setting 'untl'; did you mean 'until'?"),
        (waiver(until="'soon'"), "kb.toml: waiver 1: 'until' is no date ('soon'); write it as year-month-day, such as"),
        (waiver(until="'20270101'"), "kb.toml: waiver 1: 'until' is no date ('20270101')"),
        (waiver(until="2027-01-01T00:00:00"), "kb.toml: waiver 1: 'until' is no date"),
        (waiver(rules=""), "kb.toml: waiver 1: 'rules' is missing; name the rules that it waives"),
        (waiver(rules="['']"), "kb.toml: waiver 1: 'rules' is missing"),
        (waiver(articles=""), "kb.toml: waiver 1: 'articles' is missing; name its articles, or '**' for all"),
        (waiver(articles="['../x.md']"), "kb.toml: waiver 1: articles: '../x.md' leads out of the project"),
        (waiver(reason="5"), "kb.toml: waiver 1: 'reason' has a wrong value"),
        ("a = " + "[" * 5000, "kb.toml: is n"),
    ],
)
def test_mistakes_are_told_in_one_line(tmp_path: Path, text: str, message: str) -> None:
    (tmp_path / "kb.toml").write_text(text)
    with pytest.raises(ConfigurationError) as caught:
        read_settings(tmp_path)
    assert str(caught.value).startswith(message)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("text", ["tool = 5 # [tool.kb]", "[tool]\nkb = 5 # [tool.kb]", "# [tool.kb]"])
def test_a_pyproject_that_only_seems_to_configure_configures_nothing(tmp_path: Path, text: str) -> None:
    (tmp_path / "pyproject.toml").write_text(text)
    assert read_settings(tmp_path).linting == Linting()


def test_a_configuration_without_end_is_not_read(tmp_path: Path) -> None:
    (tmp_path / "kb.toml").symlink_to("/dev/zero")
    assert read_settings(tmp_path).linting == Linting()
    (tmp_path / "kb.toml").unlink()
    (tmp_path / "kb.toml").write_text("#" * 5_000_001)
    with pytest.raises(ConfigurationError, match="is larger than 5 MB"):
        find_project(tmp_path)


@pytest.mark.parametrize("date", ["20260101", "2026-W01-1"])
def test_a_date_of_the_run_is_written_so_that_it_can_be_compared(tmp_path: Path, date: str) -> None:
    with pytest.raises(ConfigurationError, match="is no date"):
        read_settings(tmp_path, as_of=date)


def test_reading_settings_and_listing_files_loads_neither_rules_nor_language_nor_readers(tmp_path: Path) -> None:
    (tmp_path / "kb.toml").write_text(WHOLE)
    program = (
        "import sys; from pathlib import Path; from ingest.config import find_project, read_settings;"
        "from ingest.linting.files import articles_of; from kb.linting import baseline, outcome;"
        "project = find_project(Path(sys.argv[1])); articles_of([], read_settings(project), project);"
        "heavy = ('kb.rules', 'kb.language', 'ingest.read', 'ingest.reading', 'lxml', 'rapidfuzz', 'difflib');"
        "print([name for name in sys.modules if name.startswith(heavy)])"
    )
    done = subprocess.run([sys.executable, "-c", program, tmp_path], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
