"""The import law and the laws on what the repository may hold, as far as import-linter cannot see them."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parent.parent
STORE = PROJECT / "kb" / "store"
SOURCES = sorted([*(PROJECT / "kb").rglob("*.py"), *(PROJECT / "ingest").rglob("*.py")])
NETWORK = {"requests", "urllib3", "http.client", "urllib.request", "socket", "ssl", "ftplib", "smtplib"}
ALLOWED = {
    "ingest/http/wire.py": NETWORK,
    "ingest/http/dial.py": {"socket"},
    "ingest/commands/app.py": {"socket"},  # the command looks for a port for the app
}
HEAVY = ("pandas", "streamlit", "sqlalchemy", "networkx", "requests", "rich", "bibtexparser")


def imported(path: Path) -> Iterator[str]:
    """The absolute names of all modules that a file imports, wherever in the file."""
    for node in ast.walk(ast.parse(path.read_bytes(), path.name)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path.name}:{node.lineno}: relative import"
            yield str(node.module)
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def tracked() -> list[str]:
    listing = subprocess.run(["git", "ls-files", "-z"], cwd=PROJECT, capture_output=True, check=False)
    if listing.returncode:
        pytest.skip("not a git checkout")
    return [name for name in listing.stdout.decode().split("\0") if name and (PROJECT / name).is_file()]


def test_import_contracts_hold() -> None:
    command = [str(Path(sys.executable).parent / "lint-imports"), "--no-cache"]
    run = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stdout + run.stderr


def test_app_is_a_thin_face() -> None:
    roots = {name.partition(".")[0] for name in imported(PROJECT / "app.py")}
    assert roots - set(sys.stdlib_module_names) <= {"ingest", "kb", "streamlit"}


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.relative_to(PROJECT).as_posix())
def test_only_the_http_room_reaches_the_network(path: Path) -> None:
    allowed = ALLOWED.get(path.relative_to(PROJECT).as_posix(), set())
    assert NETWORK.intersection(imported(path)) <= allowed


@pytest.mark.parametrize(
    "path",
    [path for path in SOURCES if STORE not in path.parents],
    ids=lambda path: path.relative_to(PROJECT).as_posix(),
)
def test_sql_lives_in_the_store(path: Path) -> None:
    sql = re.compile(r"\b(SELECT\b.+\bFROM|INSERT INTO|DELETE FROM|UPDATE\b.+\bSET|CREATE TABLE|PRAGMA)\b")
    assert not sql.search(path.read_text(encoding="utf-8"))
    assert not {"sqlalchemy", "sqlite3"}.intersection(name.partition(".")[0] for name in imported(path))


def test_the_command_starts_without_heavy_libraries() -> None:
    load = "from ingest.cli import main; [main.get_command(None, name) for name in main.list_commands(None)]"
    probe = f"import sys; {load}; print(*[name for name in {HEAVY!r} if name in sys.modules])"
    run = subprocess.run([sys.executable, "-c", probe], cwd=PROJECT, capture_output=True, text=True, check=True)
    assert run.stdout.split() == []


# Written in pieces, so that this file does not hold what it looks for.
FORBIDDEN = {
    "the address of a package registry": re.compile(
        r"(?i)--(extra-)?" + r"index-url|pypi" + r"\.org|pythonhosted" + r"\.org|registry\.npmjs" + r"\.org"
        r'|"resolved"' + r":|registry *= " + r'*[{"]'
    ),
    "a path of some machine": re.compile(r"(^|[^\w.~-])/(home|Users|root|work|workspace|mnt|opt)" + r"/[\w.]"),
}


@pytest.mark.parametrize("what", FORBIDDEN)
def test_no_file_names(what: str) -> None:
    found = [
        f"{name}:{number}: {line.strip()[:120]}"
        for name in tracked()
        for number, line in enumerate((PROJECT / name).read_text("utf-8", "replace").splitlines(), 1)
        if FORBIDDEN[what].search(line)
    ]
    assert not found, f"{what} in\n" + "\n".join(found)


@pytest.mark.parametrize(
    ("what", "line", "found"),
    [
        ("the address of a package registry", "pip install --" + "index-url x", True),
        ("the address of a package registry", "https://files.pythonhosted" + ".org/packages/x.whl", True),
        ("the address of a package registry", "a registry of trials, https://api.crossref.org", False),
        ("a path of some machine", "home = " + "/ro" + "ot/.venv", True),
        ("a path of some machine", '"/ho' + 'me/anna/x"', True),
        ("a path of some machine", "https://api.crossref.org/works/10.1000/1 and ../shared/data", False),
        ("a path of some machine", "docs/home/index.md", False),
    ],
)
def test_the_patterns_find_what_they_should(what: str, line: str, found: bool) -> None:
    assert bool(FORBIDDEN[what].search(line)) is found
