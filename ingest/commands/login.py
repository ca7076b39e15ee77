"""Who sits before the screen, where the app stands behind a proxy with a login: the name that the proxy tells.

A header can be written by anybody, so it is believed only on a connection that comes from the proxy itself.
"""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple, TypeAlias
from urllib.parse import unquote_to_bytes

from kb.errors import UsageError, one_line
from kb.strength.people import LONGEST_NAME
from kb.view.work import Reviewer

PROXY, HEADER = "KB_APP_PROXY", "KB_APP_USER_HEADER"
"""The variables by which `kb app` hands on its options ``--proxy`` and ``--user-header``."""
BELIEVED = "FORWARDED_ALLOW_IPS"
"""The variable that names to the server under Streamlit (uvicorn) from whom it takes ``X-Forwarded-For`` for the
address of the other end. Only where it is there and empty is that address the one of the connection."""

Connection: TypeAlias = Callable[[], tuple[str | None, Callable[[str], Sequence[str]]]]
"""Gives the address of the other end, None where it is not known, and the values of a header by its name."""

_NAME = re.compile(r"[A-Za-z0-9!#$%&'^_`|~+.-]{1,100}\*?")
_CHARSET = re.compile(rb"^utf-8'[A-Za-z0-9-]{0,30}'", re.IGNORECASE)
"""What stands before the text in a value of RFC 8187."""
_Network: TypeAlias = ipaddress.IPv4Network | ipaddress.IPv6Network


class Login(NamedTuple):
    """Who is believed, and what.

    Attributes
    ----------
    proxies
        Where the proxy connects from.
    header
        The name of the header in which it tells who logged in.
    encoded
        Whether the value is percent-encoded UTF-8.
    """

    proxies: tuple[_Network, ...]
    header: str
    encoded: bool


def login_of(proxies: str, header: str) -> Login | None:
    """Who is believed, as `kb app` is told; None where nobody is.

    Parameters
    ----------
    proxies
        Addresses or networks (``10.0.0.0/8``), with commas.
    header
        The name of a header; with a ``*`` behind it the value is percent-encoded (as parameters of that form are in
        RFC 8187).

    Raises
    ------
    UsageError
        One of them is none, or is given without the other.
    """
    if not proxies and not header:
        return None
    if not proxies or not header:
        missing, given = ("--proxy", "--user-header") if header else ("--user-header", "--proxy")
        raise UsageError(f"{given} is given without {missing}", remedy="give both: who is believed, and which header")
    if not _NAME.fullmatch(header):
        raise UsageError(
            f"“{one_line(header)[:60]}” is no name of a header",
            place="--user-header",
            remedy="give one such as X-Forwarded-User",
        )
    return Login(tuple(map(_network, proxies.split(","))), header.removesuffix("*"), header.endswith("*"))


def _network(given: str) -> _Network:
    try:
        network = ipaddress.ip_network(given.strip())
    except ValueError:
        remedy = "give the address from which the proxy connects, such as 127.0.0.1 or 10.0.0.0/24"
        raise UsageError(f"“{one_line(given)[:60]}” is no address", place="--proxy", remedy=remedy) from None
    if network.prefixlen == 0:
        raise UsageError("this would believe everybody", place="--proxy", remedy="name the proxy's own address")
    return network


def reviewer(environment: Mapping[str, str], connection: Connection) -> Reviewer:
    """Who sits before the screen, as far as that is known.

    Without a login everybody says who they are; with one, whoever does not come through it can say nothing.
    """
    login = login_of(environment.get(PROXY, ""), environment.get(HEADER, ""))
    if login is None:
        return Reviewer()
    if environment.get(BELIEVED) != "":
        return Reviewer(refused="the app was not started by `kb app`, so no name of a login can be believed")
    peer, values = connection()
    if not _comes_from(peer, login.proxies):
        return Reviewer(refused="you did not come through the login; open the app at the address that has it")
    return _named(login, values(login.header))


def _comes_from(peer: str | None, proxies: Sequence[_Network]) -> bool:
    try:
        address = ipaddress.ip_address((peer or "").partition("%")[0])
    except ValueError:
        return False
    mapped = address.ipv4_mapped if isinstance(address, ipaddress.IPv6Address) else None
    return any((mapped or address) in network for network in proxies)


def _named(login: Login, values: Sequence[str]) -> Reviewer:
    """The reviewer whom a header names; two of it are the proxy's and somebody else's, and neither counts."""
    if len(values) > 1:
        return Reviewer(refused=f"the header {login.header} came several times; the proxy should replace what it gets")
    name = one_line(_decoded(values[0], encoded=login.encoded)) if values else ""
    if not name:
        return Reviewer(refused=f"the login told no name (in the header {login.header})")
    if len(name) > LONGEST_NAME:  # cut short, it could be somebody else's
        return Reviewer(refused=f"the name that the login told has more than {LONGEST_NAME} characters")
    return Reviewer(name=name, known=True)


def _decoded(value: str, *, encoded: bool) -> str:
    """What a header says: servers hand its bytes on as Latin-1, and most proxies write UTF-8."""
    data = value.encode("latin-1", "replace")
    if encoded:
        data = unquote_to_bytes(_CHARSET.sub(b"", data))
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("latin-1")
