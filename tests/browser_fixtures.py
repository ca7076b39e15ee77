"""The app served on this machine and a browser to see it with, for tests and for the screenshot of the README."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import threading
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent
START_SECONDS = 90
BROWSER_FLAGS = [
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"),
    *("--disable-component-update", "--disable-sync"),
]


def find_browser() -> str | None:
    """The Chromium to use: ``KB_BROWSER``, else what this machine has."""
    named = os.environ.get("KB_BROWSER")
    names = [named] if named else ["chromium", "chromium-browser", "google-chrome"]
    return next(filter(None, map(shutil.which, names)), None)


@contextmanager
def serve(path: Path) -> Iterator[str]:
    """The app on a free port of this machine, with the address at which it answers."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "streamlit", "run", str(PROJECT / "app.py"), "--server.headless=true"]
    command += [f"--server.port={port}", "--server.address=127.0.0.1", "--browser.gatherUsageStats=false"]
    command += ["--server.fileWatcherType=none"]
    # Port 9 of this machine answers nobody: the registry is out of reach, as it is for a reader without a network.
    environment = os.environ | {"KB_DATABASE": str(path), "KB_CROSSREF": "http://127.0.0.1:9", "PYTHONUNBUFFERED": "1"}
    process = subprocess.Popen(
        command, env=environment, cwd=path.parent, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    )
    assert process.stdout
    deadline = threading.Timer(START_SECONDS, process.kill)
    deadline.start()
    # A server whose output nobody reads stops when the pipe is full.
    reading = threading.Thread(target=deque, args=(process.stdout, 0), daemon=True)
    try:
        told = []
        for line in process.stdout:
            told.append(line)
            if "URL:" in line:
                break
        else:
            raise RuntimeError("the app did not start:\n" + "".join(told))
        deadline.cancel()
        reading.start()
        yield f"http://127.0.0.1:{port}"
    finally:
        deadline.cancel()
        process.kill()
        if reading.is_alive():
            reading.join()
        process.stdout.close()
        process.wait()
