"""scripts/bootstrap.py, as far as it can be tried without installing anything."""

from __future__ import annotations

import ast
import importlib.util
import shutil
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

SCRIPT = Path(__file__).resolve().parent.parent / "scripts" / "bootstrap.py"
# Syntax that Python 2.7 does not know. Python 3.11 cannot be asked to parse as 2.7 does, so these are looked for.
MODERN = (
    *(ast.JoinedStr, ast.AnnAssign, ast.NamedExpr, ast.AsyncFunctionDef, ast.Await, ast.Match),
    *(ast.Nonlocal, ast.YieldFrom, ast.MatMult),
)


@pytest.fixture
def bootstrap(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """The script as a module whose .venv is a folder of the test."""
    spec = importlib.util.spec_from_file_location("bootstrap", SCRIPT)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    venv = tmp_path / ".venv"
    monkeypatch.setattr(module, "VENV", str(venv))
    monkeypatch.setattr(module, "PYTHON", str(venv / "bin" / "python"))
    monkeypatch.setattr(module, "STAMP", str(venv / "stamp"))
    return module


@pytest.mark.parametrize("version", [(2, 7, 18), (3, 6, 15), (3, 8, 18), (3, 10, 13)])
def test_an_old_python_is_told_so_in_one_line(bootstrap: ModuleType, version: tuple[int, int, int]) -> None:
    line = bootstrap.unsuitable(version)
    assert "needs Python 3.11 or newer" in line
    assert "this is " + ".".join(map(str, version)) in line
    assert "PYTHON=" in line
    assert "\n" not in line


@pytest.mark.parametrize("version", [(3, 11, 0), (3, 13, 1), (3, 20, 0), (4, 0, 0)])
def test_a_new_python_will_do(bootstrap: ModuleType, version: tuple[int, int, int]) -> None:
    assert bootstrap.unsuitable(version) == ""


@pytest.mark.parametrize("name", ["python2.7", "python3.6", "python3.8", "python3.9", "python3.10"])
def test_a_real_old_python_understands_the_file(name: str) -> None:
    python = shutil.which(name)
    # A version manager leaves commands on the path for versions that are not switched on.
    if python is None or subprocess.run([python, "-c", ""], capture_output=True, check=False).returncode:
        pytest.skip(f"no {name} here")
    run = subprocess.run([python, str(SCRIPT), "demo"], capture_output=True, text=True, check=False)
    assert run.returncode == 2
    assert run.stdout == ""
    assert run.stderr.count("\n") == 1
    assert "needs Python 3.11 or newer; this is " + name.removeprefix("python") in run.stderr


def test_the_file_keeps_to_the_grammar_of_python_2() -> None:
    text = SCRIPT.read_text(encoding="ascii")  # beyond ASCII, Python 2 wants an encoding line
    for node in ast.walk(ast.parse(text)):
        line = getattr(node, "lineno", 0)
        assert not isinstance(node, MODERN), f"line {line}: {type(node).__name__}"
        if isinstance(node, ast.FunctionDef):
            annotations = [node.returns, *(argument.annotation for argument in node.args.args)]
            assert annotations == [None] * len(annotations), f"line {line}: annotation"
            assert not node.args.kwonlyargs, f"line {line}: keyword-only argument"
            assert not node.args.posonlyargs, f"line {line}: positional-only argument"
        if isinstance(node, (ast.Tuple, ast.List, ast.Set)):
            assert not any(isinstance(part, ast.Starred) for part in node.elts), f"line {line}: unpacking in a display"
        if isinstance(node, ast.Raise):
            assert node.cause is None, f"line {line}: raise … from"


def test_wrong_use_is_told_in_one_line(bootstrap: ModuleType, capsys: pytest.CaptureFixture[str]) -> None:
    assert bootstrap.main(["tset"]) == 2
    tasks = "env|demo|tour|questions|check|test|lint|bench|lock"
    assert capsys.readouterr().err == f"usage: python3 scripts/bootstrap.py {tasks}\n"


def test_a_failing_pip_ends_in_one_line(
    bootstrap: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def pretend(command: list[str], environment: dict[str, str] | None = None) -> tuple[int, str]:
        if "install" not in command:
            return 0, ""
        return 1, "WARNING: Retrying\nERROR: No matching distribution found for click==8.1.0\nWARNING: at last\n"

    monkeypatch.setattr(bootstrap, "attempt", pretend)
    assert bootstrap.main(["env"]) == 3
    last = capsys.readouterr().err.splitlines()[-1]
    assert "No matching distribution found for click==8.1.0; check the network connection" in last
    assert bootstrap.stamped()[-1] == "unfinished"


class Pretended:
    """Stands in for ``attempt``: makes the files that venv and pip would, and keeps what was asked of it."""

    def __init__(self, module: ModuleType, failing: tuple[str, ...] = ()) -> None:
        self.python = Path(module.PYTHON)
        self.failing = failing
        self.commands: list[list[str]] = []

    def __call__(self, command: list[str], environment: dict[str, str] | None = None) -> tuple[int, str]:
        self.commands.append(command)
        if any(part in command for part in self.failing):
            return 1, "it is not there\n"
        if command[1:3] in (["-m", "venv"], ["-m", "virtualenv"]):
            self.python.parent.mkdir(parents=True)
            self.python.touch()
        return 0, ""

    @property
    def modules(self) -> list[str]:
        return [command[2] for command in self.commands if command[1] == "-m"]


def test_the_second_run_does_nothing(bootstrap: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    first = Pretended(bootstrap)
    monkeypatch.setattr(bootstrap, "attempt", first)
    assert bootstrap.main(["env"]) == 0
    assert first.modules == ["venv", "pip", "pip"]
    again = Pretended(bootstrap)
    monkeypatch.setattr(bootstrap, "attempt", again)
    assert bootstrap.main(["env"]) == 0
    assert again.commands == []


def test_the_tests_add_to_what_the_demo_installed_and_serve_it(
    bootstrap: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    pretended = Pretended(bootstrap)
    monkeypatch.setattr(bootstrap, "attempt", pretended)
    for kind in ("run", "dev", "run"):
        bootstrap.set_up(kind)
    assert pretended.modules.count("venv") == 1
    assert [command[-1] for command in pretended.commands if "-r" in command] == [
        str(Path("requirements", "run.txt")),
        str(Path("requirements", "dev.txt")),
    ]


@pytest.mark.parametrize("state", ["unfinished", "run 0123"])
@pytest.mark.parametrize("place", ["same", "other"])
def test_a_venv_that_was_cut_short_or_is_anothers_is_made_anew(
    bootstrap: ModuleType, monkeypatch: pytest.MonkeyPatch, state: str, place: str
) -> None:
    pretended = Pretended(bootstrap)
    monkeypatch.setattr(bootstrap, "attempt", pretended)
    bootstrap.set_up("run")
    there = bootstrap.stamped()[0]
    bootstrap.write_stamp(there if place == "same" else "3.11 elsewhere", state)
    pretended.commands.clear()
    bootstrap.set_up("run")
    assert ("venv" in pretended.modules) is ((place, state) != ("same", "run 0123"))
    assert "pip" in pretended.modules


def test_without_venv_it_helps_itself_with_virtualenv(bootstrap: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    pretended = Pretended(bootstrap, failing=("venv",))
    monkeypatch.setattr(bootstrap, "attempt", pretended)
    bootstrap.set_up("run")
    assert pretended.modules == ["venv", "pip", "pip", "virtualenv", "pip", "pip"]
    target = next(command for command in pretended.commands if "--target" in command)
    assert target[0] == sys.executable
    assert not Path(target[target.index("--target") + 1]).exists()


def test_without_venv_and_pip_it_says_so(
    bootstrap: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(bootstrap, "attempt", Pretended(bootstrap, failing=("venv", "pip")))
    assert bootstrap.main(["env"]) == 3
    assert "neither venv nor pip" in capsys.readouterr().err.splitlines()[-1]


@pytest.mark.parametrize("failing", ["mypy", "lint-imports"])
def test_a_failed_step_is_named_and_the_others_still_run(
    bootstrap: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], failing: str
) -> None:
    ran: list[str] = []

    def pretend(command: tuple[str, ...]) -> int:
        ran.append(command[0])
        return int(command[0] == failing)

    def attempt(command: list[str]) -> tuple[int, str]:
        ran.append(Path(command[0]).name)
        return int(Path(command[0]).name == failing), "one line\nanother\n"

    monkeypatch.setattr(bootstrap, "run", pretend)
    monkeypatch.setattr(bootstrap, "attempt", attempt)
    assert bootstrap.check(bootstrap.CHECKS) == 1
    # The types are checked beside the others.
    assert ran.count("mypy") == 1
    assert [one for one in ran if one != "mypy"] == ["ruff", "ruff", "lint-imports", "python"]
    said = capsys.readouterr().err
    assert "types: mypy\none line\nanother\n" in said
    name = "types" if failing == "mypy" else "imports"
    assert f"\n{name}: FAILED\n" in said
    assert said.splitlines()[-1] == f"Failed: {name}"
