"""How many questions a registry bears: what is documented, until its own headers say otherwise. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple
from urllib.parse import urlsplit

from kb.settings import Settings

REGISTRIES = ("crossref", "datacite", "doi_org", "ncbi", "pmc", "europepmc", "openalex")
"""The settings that hold their base addresses."""
AT_ONCE = 3
"""Most questions under way to one host, whatever it allows."""
_MOST = 1000
_LONGEST_INTERVAL = 300.0


class Limit(NamedTuple):
    """At most ``most`` questions in any ``seconds``, and ``at_once`` under way at one time."""

    most: int
    seconds: float = 1.0
    at_once: int = AT_ONCE


USUAL = Limit(10)
"""For a host of which nothing is known."""
_POLITE = {"list": Limit(3), "single": Limit(10)}
_PUBLIC = {"list": Limit(1, at_once=1), "single": Limit(5, at_once=1)}


def documented(settings: Settings) -> dict[tuple[str, str], Limit]:
    """The limits of the registries by host and pool; a pool "" stands for all pools of a host together.

    Sources: Crossref's documentation of its REST API (its polite pool is for those who give a mail address) and
    NCBI's "E-utilities: usage guidelines", both as of November 2026.
    """
    crossref = _POLITE if mail_address(settings.mailto) else _PUBLIC
    known = {(host_of(settings.crossref), pool): limit for pool, limit in crossref.items()}
    ncbi = Limit(10 if settings.ncbi_key else 3)
    return known | {(host_of(base), ""): ncbi for base in (settings.ncbi, settings.pmc)}


def registry_of(url: str, settings: Settings) -> str:
    """The base address of the registry that is asked, so that several behind one host fail apart; else the host."""
    bases = (getattr(settings, name) for name in REGISTRIES)
    return max((base for base in bases if base and url.startswith(base)), key=len, default=host_of(url))


def host_of(url: str) -> str:
    """Host and port of an address, without a password; the address itself where it is none."""
    try:
        return urlsplit(url).netloc.rpartition("@")[2].lower()
    except ValueError:
        return url


def mail_address(mailto: str) -> str:
    """The address where it can stand in a header, else nothing."""
    return mailto if re.fullmatch(r"[!-'*-~]+@[!-'*-~]+", mailto) else ""


def told(headers: Mapping[str, str]) -> Limit | None:
    """The limit in the headers of an answer (``x-rate-limit-…`` and ``x-concurrency-limit``, as Crossref sends them).

    None where they name none, or one that nobody could keep to.
    """
    most = re.fullmatch(r"[0-9]{1,6}", headers.get("x-rate-limit-limit", "").strip())
    interval = re.fullmatch(r"([0-9]{1,6}(?:\.[0-9]{1,3})?)\s*s?", headers.get("x-rate-limit-interval", "").strip())
    at_once = re.fullmatch(r"[0-9]{1,6}", headers.get("x-concurrency-limit", "").strip())
    if most is None or interval is None or not int(most[0]) or not float(interval[1]):
        return None
    return Limit(
        most=min(int(most[0]), _MOST),
        seconds=min(float(interval[1]), _LONGEST_INTERVAL),
        at_once=min(max(int(at_once[0]), 1), AT_ONCE) if at_once else AT_ONCE,
    )
