"""Values out of JSON whose shape a stranger decided: what is not of the expected type counts as absent.

Nothing here raises, so a reader built of these functions survives every answer of a registry.
"""

from __future__ import annotations

import re
from typing import Any

from kb.identifiers import parse_pmcid, parse_pmid

_RESOLVER = re.compile(r"https?://(?:dx\.)?doi\.org/", re.IGNORECASE)
_DOI = re.compile(r"10\.\d{4,9}(?:\.\d+)*/\S.*")
_YEARS = range(1000, 3000)


def text(value: object) -> str:
    """The string, without space around it; empty for anything else."""
    return value.strip() if isinstance(value, str) else ""


def items(value: object) -> list[Any]:
    """The list; empty for anything else."""
    return value if isinstance(value, list) else []


def mapping(value: object) -> dict[str, Any]:
    """The object; empty for anything else."""
    return value if isinstance(value, dict) else {}


def integer(value: object) -> int | None:
    """The whole number; a truth value is none."""
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def texts(value: object) -> list[str]:
    """The strings of a list that are not blank; a lone string stands for a list of one, as some registries write."""
    return [one for one in map(text, [value] if isinstance(value, str) else items(value)) if one]


def year(value: object) -> str | None:
    """A year from 1000 to 2999, from a number or from the start of a date."""
    found = re.match(r"\d{4}(?!\d)", text(value))
    number = int(found.group()) if found else integer(value)
    return str(number) if number in _YEARS else None


def web_address(value: object) -> str | None:
    """An http or https address of visible ASCII characters."""
    found = text(value)
    return found if re.fullmatch(r"https?://[!-~]+", found) else None


def doi(value: object) -> str | None:
    """The DOI as a registry writes it, bare or as an address of doi.org, its ASCII letters in lower case.

    It is taken as it stands, nothing trimmed and nothing decoded: registries write no sentence around it, and put it
    into an address without encoding it.
    """
    bare = re.sub("[A-Z]+", lambda found: found.group().lower(), _RESOLVER.sub("", text(value), count=1))
    return bare if _DOI.fullmatch(bare) and bare.isprintable() else None


def pmid(value: object) -> str | None:
    """The PubMed id in a string or an address, or of that number."""
    return parse_pmid(text(value) or str(integer(value)))


def pmcid(value: object) -> str | None:
    """The PubMed Central id in a string or at the end of an address, where OpenAlex leaves out its prefix."""
    return parse_pmcid(text(value).rstrip("/").rpartition("/")[2])
