"""doi.org: whether a DOI exists at all, whichever agency registered it. Pure: no network here.

The proxy's REST API answers 200 with ``responseCode`` 1 for a DOI that exists and 404 with 100 for one that does not
(DOI Handbook, "Proxy Server REST API"); 200 stands for one that exists and holds no value of the type asked for.
"""

from __future__ import annotations

from urllib.parse import quote

NAME = "doi.org"
_EXISTS = {1: True, 200: True, 100: False}


def request_for(doi: str) -> str:
    """The path below the base address that asks for one DOI."""
    prefix, _, suffix = doi.partition("/")
    return f"/api/handles/{quote(prefix, safe='')}/{quote(suffix, safe='')}"


def parse(payload: object, doi: str) -> bool | None:
    """Whether the DOI exists; None where the answer does not say so, or speaks of another one."""
    if not isinstance(payload, dict) or str(payload.get("handle", "")).casefold() != doi.casefold():
        return None
    code = payload.get("responseCode")
    return _EXISTS.get(code) if isinstance(code, int) and not isinstance(code, bool) else None
