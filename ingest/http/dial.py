"""How a connection for a page is made: the name is resolved once, all its addresses are checked, one of them is used.

Nothing can change between the check and the connection, since both happen here for every connection, and nothing else
resolves the name.
"""

from __future__ import annotations

import socket
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

from ingest.http.addresses import refusal

Connection: TypeAlias = socket.socket
"""A connection as it is dialled; only this file makes any."""


class RefusedError(Exception):
    """The host may not be reached; the text says why, as the end of a sentence."""


def resolve(host: str, port: int) -> tuple[str, ...]:
    """The IP addresses of a host, in the order in which the system would try them."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return tuple(dict.fromkeys(str(address[0]) for *_, address in found))


def connect(address: str, port: int, timeout: float | None) -> socket.socket:
    """A connection to an IP address, within so many seconds."""
    return socket.create_connection((address, port), timeout)


@dataclass(frozen=True, slots=True)
class Dial:
    """Makes connections; ``resolve`` and ``connect`` are replaced in tests."""

    allow_private: bool = False
    """Also to addresses that are not on the public web."""
    resolve: Callable[[str, int], tuple[str, ...]] = resolve
    connect: Callable[[str, int, float | None], socket.socket] = connect

    def __call__(self, host: str, port: int, timeout: float | None) -> socket.socket:
        """A connection to a host, by the first of its addresses that takes one.

        Raises
        ------
        RefusedError
            The host may not be reached.
        OSError
            It cannot be.
        """
        addresses = self.resolve(host, port)
        why = "" if self.allow_private else refusal(host, addresses)
        if why:
            raise RefusedError(why)
        failed: OSError = socket.gaierror(socket.EAI_NONAME, "no address")
        for address in addresses:
            try:
                return self.connect(address, port, timeout)
            except OSError as error:
                failed = error
        raise failed
