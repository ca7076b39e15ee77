"""``kb app``: the knowledge base in the browser."""

from __future__ import annotations

import ipaddress
import os
import re
import socket
import sys
from collections.abc import Mapping
from typing import NoReturn

import click

from ingest.commands.options import kb_option, knowledge_base, offline_option, warn
from kb.errors import CannotCheckError, UsageError, one_line
from kb.store.address import setting

HERE = "127.0.0.1"

_SETTINGS = {
    "server.showEmailPrompt": "false",
    "server.enableCORS": "true",
    "server.enableXsrfProtection": "true",
    "server.fileWatcherType": "none",
    "server.runOnSave": "false",
    "browser.gatherUsageStats": "false",
    "client.toolbarMode": "minimal",
    "client.showErrorDetails": "none",
}
"""What holds whatever a user's own file of settings says."""
_NO_FORWARDING = {"FORWARDED_ALLOW_IPS": ""}
"""The server takes the address of the other end from the connection alone (`ingest.commands.login`)."""
_PATH = re.compile(r"(?:[A-Za-z0-9._~-]{1,100}/){0,9}[A-Za-z0-9._~-]{1,100}")


@click.command("app")
@kb_option
@offline_option
@click.option("--port", type=click.IntRange(1, 65535), help="[default: a free one]")
@click.option("--address", default=HERE, metavar="IP", help="Where it listens. [default: this machine alone]")
@click.option("--base-path", default="", metavar="PATH", help="Under which path a proxy offers it, such as evidence.")
@click.option("--proxy", default="", metavar="IP[,…]", help="From where the proxy connects whose word on names counts.")
@click.option("--user-header", default="", metavar="NAME", help="The proxy's header that names who logged in.")
@click.option("--no-browser", is_flag=True, help="Do not open a browser.")
def command(
    database: str | None,
    offline: bool | None,
    port: int | None,
    address: str,
    base_path: str,
    proxy: str,
    user_header: str,
    no_browser: bool,
) -> None:
    """Open the knowledge base in the browser, on this machine only unless told otherwise.

    To share it, run it behind a proxy with a login, and name that proxy and its header: docs/app.md.
    """
    from ingest.bundled import bundled
    from ingest.commands.login import HEADER, PROXY, login_of
    from kb.view.auditing import MOST_MEGABYTES

    file = knowledge_base(database, offline=offline)
    ip, path = _address(address), _base_path(base_path)
    login = login_of(proxy, user_header)
    if file.exists():
        from kb.base import KnowledgeBase

        KnowledgeBase.open(file).close()
    else:
        warn(f"{file} does not exist yet; the page says how to fill it")
    chosen = _free_port(ip, port or 0)
    options: dict[str, object] = {
        **_SETTINGS,
        "server.maxUploadSize": MOST_MEGABYTES,
        "server.port": chosen,
        "server.address": ip,
        "server.headless": str(no_browser).lower(),
        # Also keeps the server from looking for an address of this machine to show.
        "browser.serverAddress": "localhost" if ip.is_unspecified else ip,
        "server.baseUrlPath": path,
    }
    hosts: tuple[str, ...] = ()
    if not ip.is_loopback:
        warn(_shared(f"{ip}:{chosen}", names_checked=login is not None))
    elif login is None:
        # A page elsewhere whose name somebody lets point at this machine could read along otherwise.
        hosts = tuple(dict.fromkeys(("localhost", HERE, "::1", str(ip))))
    told = {"KB_DATABASE": setting(file), PROXY: proxy, HEADER: user_header, **_NO_FORWARDING}
    flags = [f"--{name}={value}" for name, value in options.items()]
    flags += [f"--server.allowedHosts={host}" for host in hosts]  # with commas they would be one host
    # -P: what lies in this folder is not taken for a part of the program.
    program = [sys.executable, "-P", "-m", "kb.view.pages.serving", str(bundled("app.py")), *flags]
    _become(program, os.environ | told | ({"KB_OFFLINE": "1"} if offline else {}))


def _address(given: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address:
    try:
        return ipaddress.ip_address(HERE if given == "localhost" else given)
    except ValueError:
        remedy = f"give that of a network card, such as {HERE}, or 0.0.0.0 for all of them"
        raise UsageError(f"“{one_line(given)[:60]}” is no IP address", place="--address", remedy=remedy) from None


def _base_path(given: str) -> str:
    path = given.strip("/")
    if path and not _PATH.fullmatch(path):
        problem = f"“{one_line(given)[:60]}” is no path"
        raise UsageError(
            problem, place="--base-path", remedy="give letters, digits and - . _ ~, such as tools/evidence"
        )
    return path


def _free_port(ip: ipaddress.IPv4Address | ipaddress.IPv6Address, port: int) -> int:
    """The port, or any that is free where it is 0.

    Raises
    ------
    CannotCheckError
        It is taken, or this machine does not have the address.
    """
    with socket.socket(socket.AF_INET6 if ip.version == 6 else socket.AF_INET) as probe:
        if os.name != "nt":
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((str(ip), port))
        except OSError as error:
            place = f"{ip}:{port}" if port else str(ip)
            remedy = "leave out --port to take a free one" if port else "see --address"
            raise CannotCheckError(f"cannot listen there ({error.strerror})", place=place, remedy=remedy) from None
        return int(probe.getsockname()[1])


def _shared(place: str, *, names_checked: bool) -> str:
    who = "anyone who reaches this address can read and audit"
    if names_checked:
        return f"listening at {place}: {who}, and only who comes through the proxy can say something; docs/app.md"
    return f"listening at {place}: {who}, and names are not checked; put a proxy with a login before it, docs/app.md"


def _become(program: list[str], environment: Mapping[str, str]) -> NoReturn:
    """Go on as another program, which then gets what is sent to this one, such as an interrupt."""
    sys.stdout.flush()
    sys.stderr.flush()
    if os.name == "nt":
        import subprocess

        sys.exit(subprocess.call(program, env=environment))
    os.execve(program[0], program, environment)
