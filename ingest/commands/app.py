"""``kb app``: the knowledge base in the browser."""

from __future__ import annotations

import os
import sys

import click

from ingest.commands.options import kb_option, knowledge_base, offline_option, warn
from kb.store.address import setting

MOST_MEGABYTES = 20
"""Of a file that is given in the browser, which is what the largest bibliography has that is read."""


@click.command("app")
@kb_option
@offline_option
@click.option("--port", type=click.IntRange(1, 65535), help="[default: a free one]")
@click.option("--no-browser", is_flag=True, help="Do not open a browser.")
def command(database: str | None, offline: bool | None, port: int | None, no_browser: bool) -> None:
    """Open the knowledge base in the browser, on this machine only."""
    import subprocess

    from ingest.bundled import bundled

    file = knowledge_base(database, offline=offline)
    if file.exists():
        from kb.base import KnowledgeBase

        KnowledgeBase.open(file).close()
    else:
        warn(f"{file} does not exist yet; the page says how to fill it")
    options = {
        "server.port": port or _free_port(),
        "server.address": "127.0.0.1",
        "server.headless": str(no_browser).lower(),
        "server.showEmailPrompt": "false",
        "server.maxUploadSize": MOST_MEGABYTES,
        "browser.gatherUsageStats": "false",
        "client.toolbarMode": "minimal",
        "client.showErrorDetails": "none",
    }
    told = {"KB_DATABASE": setting(file)} | ({"KB_OFFLINE": "1"} if offline else {})
    flags = [f"--{name}={value}" for name, value in options.items()]
    command = [sys.executable, "-m", "streamlit", "run", str(bundled("app.py")), *flags]
    sys.exit(subprocess.call(command, env=os.environ | told))


def _free_port() -> int:
    import socket

    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
