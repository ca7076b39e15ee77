"""``kb app`` as it is started: where it listens, what it hands on, what it asks of anybody, how it ends."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NoReturn

import pytest
import requests

from ingest.cli import main
from ingest.commands import app
from ingest.commands.login import BELIEVED, HEADER, PROXY
from tests.browser_fixtures import PROJECT

SPY = """
import os, socket
log = os.environ["SPY"]
def note(*what):
    with open(log, "a") as file:
        print(*what, file=file)
told = socket.getaddrinfo
def getaddrinfo(host, *rest, **more):
    note("asks for", host)
    return told(host, *rest, **more)
class Spied(socket.socket):
    def connect(self, address):
        note("connects to", address)
        return super().connect(address)
    def connect_ex(self, address):
        note("connects to", address)
        return super().connect_ex(address)
socket.getaddrinfo, socket.socket = getaddrinfo, Spied
"""
"""Writes down whom a program looks up or connects to; Python loads it first."""


class Become(Exception):
    """The program that the command would go on as."""

    def __init__(self, program: list[str], environment: dict[str, str]) -> None:
        self.program, self.environment = program, environment
        self.options = dict(re.findall(r"--([\w.]+)=(.*)", "\n".join(program)))


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    def become(program: list[str], environment: dict[str, str]) -> NoReturn:
        raise Become(program, environment)

    monkeypatch.delenv("KB_DATABASE", raising=False)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(app, "_become", become)
    return tmp_path


def started(*arguments: str) -> Become:
    with pytest.raises(Become) as caught:
        main(["app", *arguments])
    return caught.value


def refused(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str]:
    with pytest.raises(SystemExit) as caught:
        main(["app", *arguments])
    return int(caught.value.code or 0), capsys.readouterr().err


def test_without_options_it_is_on_this_machine_alone(capsys: pytest.CaptureFixture[str]) -> None:
    become = started()
    assert become.options["server.address"] == "127.0.0.1"
    assert "--server.allowedHosts=127.0.0.1" in become.program
    assert become.options["server.headless"] == "false"
    assert become.options["client.showErrorDetails"] == "none"
    assert become.options["browser.gatherUsageStats"] == "false"
    assert become.options["server.enableCORS"] == become.options["server.enableXsrfProtection"] == "true"
    assert (become.environment[PROXY], become.environment[HEADER], become.environment[BELIEVED]) == ("", "", "")
    assert become.program[1] == "-P"
    err = capsys.readouterr().err
    assert "does not exist yet" in err
    assert "anyone" not in err


def test_two_that_are_started_take_different_ports() -> None:
    with socket.socket() as taken:
        port = int(started("--no-browser").options["server.port"])
        taken.bind(("127.0.0.1", port))
        taken.listen()
        assert int(started("--no-browser").options["server.port"]) != port


SHARED = [
    (("--address", "0.0.0.0"), "names are not checked", ""),
    (("--address", "::"), "names are not checked", ""),
    (
        ("--address", "0.0.0.0", "--proxy", "10.1.2.3", "--user-header", "X-Forwarded-User"),
        "only who comes through the proxy can say something",
        "10.1.2.3",
    ),
]


@pytest.mark.parametrize(("options", "told", "proxy"), SHARED, ids=["IPv4", "IPv6", "behind a login"])
def test_who_is_let_in_from_elsewhere_is_told(
    options: tuple[str, ...], told: str, proxy: str, capsys: pytest.CaptureFixture[str]
) -> None:
    become = started(*options)
    assert "server.allowedHosts" not in become.options
    assert become.options["browser.serverAddress"] == "localhost"
    assert become.environment[PROXY] == proxy
    err = capsys.readouterr().err
    assert "anyone who reaches this address can read and audit" in err
    assert told in err


def test_behind_a_proxy_on_the_same_machine_any_name_of_it_is_taken(capsys: pytest.CaptureFixture[str]) -> None:
    become = started("--proxy", "127.0.0.1", "--user-header", "X-User", "--base-path", "/tools/evidence/")
    assert "server.allowedHosts" not in become.options
    assert become.options["server.baseUrlPath"] == "tools/evidence"
    assert "anyone" not in capsys.readouterr().err


WRONG = [
    (("--address", "everywhere"), 2, "--address: “everywhere” is no IP address"),
    (("--address", "192.0.2.1"), 3, "192.0.2.1: cannot listen there"),
    (("--base-path", "a/../b c"), 2, "--base-path"),
    (("--proxy", "127.0.0.1"), 2, "--proxy is given without --user-header"),
    (("--user-header", "X-User"), 2, "--user-header is given without --proxy"),
    (("--proxy", "proxy.local", "--user-header", "X-User"), 2, "--proxy: “proxy.local” is no address"),
    (("--proxy", "0.0.0.0/0", "--user-header", "X-User"), 2, "would believe everybody"),
    (("--proxy", "127.0.0.1", "--user-header", "X User:\r\nX: y"), 2, "--user-header"),
]


@pytest.mark.parametrize(("options", "code", "told"), WRONG, ids=[" ".join(row[0]) for row in WRONG])
def test_what_cannot_be_is_one_line(
    options: tuple[str, ...], code: int, told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    got, err = refused(capsys, *options)
    assert got == code
    assert told in err
    assert len([line for line in err.splitlines() if "does not exist yet" not in line]) == 1


def test_a_port_that_is_taken_is_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        code, err = refused(capsys, "--port", str(port))
    assert code == 3
    assert f"127.0.0.1:{port}: cannot listen there" in err


def spied(folder: Path) -> dict[str, str]:
    """The environment of a program whose connections are written down in the folder."""
    (folder / "path").mkdir()
    (folder / "path" / "sitecustomize.py").write_text(SPY)
    return os.environ | {"SPY": str(folder / "spied"), "PYTHONPATH": f"{folder / 'path'}"}


@contextmanager
def running(folder: Path, environment: dict[str, str], *options: str) -> Iterator[tuple[subprocess.Popen[str], int]]:
    """`kb app` in a folder that has settings and a program of its own; the process and its port."""
    (folder / ".streamlit").mkdir()
    (folder / ".streamlit" / "config.toml").write_text("[server]\nbaseUrlPath = 'elsewhere'\n")
    (folder / "streamlit.py").write_text("raise SystemExit('taken for the program')")
    start = f"import sys; sys.path.insert(0, {str(PROJECT)!r}); from ingest.cli import main; main()"
    process = subprocess.Popen(
        [sys.executable, "-P", "-c", start, "app", "--no-browser", *options],
        cwd=folder,
        env=environment | {"HOME": str(folder / "home")},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        assert process.stdout
        line = next((line for line in process.stdout if "URL:" in line), "")
        yield process, int(line.rpartition(":")[2])
    finally:
        process.kill()
        process.communicate()


def connections(folder: Path) -> list[str]:
    written = folder / "spied"
    return written.read_text().splitlines() if written.exists() else []


def connected(port: int, host: str, origin: str) -> int:
    """How the app answers a browser that wants to show it, under the name by which that browser reached it."""
    upgrade = {
        "Host": host,
        "Connection": "Upgrade",
        "Upgrade": "websocket",
        "Sec-WebSocket-Key": "c29tZSBzaXh0ZWVuIGJ5dA==",
        "Sec-WebSocket-Version": "13",
        "Origin": origin,
    }
    with requests.get(f"http://127.0.0.1:{port}/_stcore/stream", headers=upgrade, timeout=30, stream=True) as answer:
        return answer.status_code


def test_by_default_a_browser_of_this_machine_is_served_and_nobody_elses_page(folder: Path) -> None:
    with running(folder, dict(os.environ)) as (_, port):
        for host in (f"127.0.0.1:{port}", f"localhost:{port}", f"[::1]:{port}"):
            assert connected(port, host, f"http://{host}") == 101
        assert connected(port, f"elsewhere.example:{port}", f"http://elsewhere.example:{port}") == 403
        assert connected(port, f"127.0.0.1:{port}", "http://elsewhere.example") == 403
        told = requests.get(f"http://127.0.0.1:{port}/_stcore/host-config", timeout=30).json()
        assert told["allowedOrigins"] == []


def test_it_answers_asks_nobody_and_ends_quietly(folder: Path) -> None:
    environment = spied(folder)
    with running(folder, environment, "--address", "0.0.0.0") as (process, port):
        here = f"http://127.0.0.1:{port}"
        assert requests.get(f"{here}/_stcore/health", timeout=30).text == "ok"
        assert connected(port, f"127.0.0.1:{port}", "http://elsewhere.example") == 403
        assert connections(folder) == []
        connect = f"import socket; socket.create_connection(('127.0.0.1', {port})).close()"
        subprocess.run([sys.executable, "-c", connect], env=environment, check=True)
        assert connections(folder) == ["asks for 127.0.0.1", f"connects to ('127.0.0.1', {port})"]
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=60)
    assert process.returncode in (0, 130)
    assert "Traceback" not in out + err
