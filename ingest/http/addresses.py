"""Which addresses a page may be fetched from: web addresses as written, and what their hosts lead to. Pure.

A page is named by whoever wrote the link, and fetched from where the user's machine stands. So nothing but the public
web is reached unless the user says so: not this machine, not the network around it, not the provider's.
"""

from __future__ import annotations

import re
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from typing import TypeAlias
from urllib.parse import urljoin, urlsplit, urlunsplit

from kb.errors import ArticleError

LONGEST = 2000
"""Most characters of an address; longer ones carry data rather than name a page."""
_OTHERS = ("data:", "file:", "ftp:", "http:", "https:", "javascript:", "mailto:")
_NUMBER = re.compile(r"(?:[0-9]+|0[xX][0-9a-fA-F]*)\Z")
_PORTS = {"http": 80, "https": 443}

_Network: TypeAlias = IPv4Network | IPv6Network


def _networks(*rows: tuple[str, str]) -> tuple[tuple[_Network, str], ...]:
    return tuple((ip_network(network), what) for network, what in rows)


_SPECIAL = _networks(
    ("0.0.0.0/8", "this machine"),
    ("10.0.0.0/8", "a private network"),
    ("100.64.0.0/10", "the inner network of a provider"),
    ("127.0.0.0/8", "this machine"),
    ("168.63.129.16/32", "the inner network of a provider"),
    ("169.254.0.0/16", "the local link"),
    ("172.16.0.0/12", "a private network"),
    ("192.0.0.0/24", "a reserved range"),
    ("192.0.2.0/24", "a reserved range"),
    ("192.88.99.0/24", "a reserved range"),
    ("192.168.0.0/16", "a private network"),
    ("198.18.0.0/15", "a reserved range"),
    ("198.51.100.0/24", "a reserved range"),
    ("203.0.113.0/24", "a reserved range"),
    ("224.0.0.0/4", "a multicast group"),
    ("240.0.0.0/4", "a reserved range"),
    ("::/127", "this machine"),
    ("fc00::/7", "a private network"),
    ("fe80::/10", "the local link"),
    ("ff00::/8", "a multicast group"),
    ("2001::/23", "a reserved range"),
    ("2001:db8::/32", "a reserved range"),
    ("2002::/16", "a reserved range"),
    ("3fff::/20", "a reserved range"),
)
"""What is not the public web, and what it is.

After the IPv4 and IPv6 Special-Purpose Address Registries of IANA (RFC 6890), as of November 2026, with the multicast
ranges (RFC 5771, RFC 4291). 2001::/23 holds Teredo and 2002::/16 is 6to4: both hide IPv4 addresses, and both are out of
use. 169.254.0.0/16 holds the metadata services of clouds; 168.63.129.16 is the one that does not lie in such a range.
"""
_PUBLIC_IPV6 = IPv6Network("2000::/3")
_NAT64 = IPv6Network("64:ff9b::/96")


def is_address(text: str) -> bool:
    """Whether what the user names is meant as an address on the web, of whatever scheme, and not as a file."""
    return "://" in text[:100] or text[:20].lower().startswith(_OTHERS)


def web_address(text: str) -> str:
    """A web address in the form that serves as the id of the article: host in small letters, no fragment.

    Raises
    ------
    ArticleError
        It is none, not http or https, or holds a name and password, which the message does not repeat.
    """
    try:
        parts = urlsplit(text)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        raise _wrong("is no web address", "https://…") from None
    if parts.scheme not in _PORTS:
        raise _wrong("is not fetched: only http and https are", f"{parts.scheme[:20]}:…")
    if "@" in parts.netloc:
        raise _wrong("holds a name or password, which is not sent", f"{parts.scheme}://…@{host}", "leave it out")
    if not host:
        raise _wrong("is no web address", f"{parts.scheme}:…")
    if len(text) > LONGEST or not text.isprintable() or " " in text or "\\" in text:
        raise _wrong("is no web address", f"{parts.scheme}://{host}/…")
    shown = f"[{host}]" if ":" in host else host
    netloc = shown if port in (None, _PORTS[parts.scheme]) else f"{shown}:{port}"
    return urlunsplit((parts.scheme, netloc, parts.path or "/", parts.query, ""))


def onward(url: str, location: str) -> str:
    """Where a redirect from a page leads.

    Raises
    ------
    ArticleError
        Nowhere that may be followed: see ``web_address``; or from https to http, where others could read and change it.
    """
    try:
        target = web_address(urljoin(url, location.strip().replace(" ", "%20")))
    except ValueError:
        raise _wrong("sends us on to what is no web address", url) from None
    except ArticleError as error:
        raise _wrong(f"sends us on to what {error.problem}", url) from None
    if url.startswith("https:") and target.startswith("http:"):
        raise _wrong("sends us on to a page without encryption", url)
    return target


def refusal(host: str, addresses: tuple[str, ...]) -> str:
    """Why a host may not be reached that has these IP addresses, as the end of a sentence; "" where it may.

    One address that is not on the public web is enough, since the host's owner chooses which of them is used.
    """
    name = host.rstrip(".").lower()
    if name == "localhost" or name.endswith(".localhost"):
        return "leads to this machine"
    if _NUMBER.match(name.rpartition(".")[2]) and not _is_plain(name):  # such as 2130706433, 0x7f.1 and 0177.0.0.1
        return "hides an IP address in another spelling"
    return next((f"leads to {why} ({address})" for address in addresses if (why := not_public(address))), "")


def _is_plain(host: str) -> bool:
    try:
        return ":" in host or str(IPv4Address(host)) == host
    except ValueError:
        return False


def not_public(address: str) -> str:
    """What an IP address belongs to, where that is not the public web; "" where it is.

    >>> not_public("169.254.169.254"), not_public("::ffff:127.0.0.1"), not_public("9.9.9.9")
    ('the local link', 'this machine', '')
    """
    try:
        found = _meant(ip_address(address))
    except ValueError:
        return "no IP address"
    for network, what in _SPECIAL:
        if found in network:
            return what
    return "" if isinstance(found, IPv4Address) or found in _PUBLIC_IPV6 else "a reserved range"


def _meant(address: IPv4Address | IPv6Address) -> IPv4Address | IPv6Address:
    """The IPv4 address that an IPv6 address stands for (RFC 4291, 2.5.5.2; NAT64: RFC 6052); else itself."""
    if isinstance(address, IPv4Address):
        return address
    if address.ipv4_mapped is not None:
        return address.ipv4_mapped
    return IPv4Address(int(address) & 0xFFFFFFFF) if address in _NAT64 else address


def _wrong(problem: str, place: str, remedy: str = "give a file, or the https:// address of a page") -> ArticleError:
    return ArticleError(problem, place=place, remedy=remedy)
