"""What can be configured, as one record. Found and read by ``ingest.config``; nothing here reads a file."""

from __future__ import annotations

import msgspec


class Settings(msgspec.Struct, frozen=True, kw_only=True):
    """Settings of one run.

    Attributes
    ----------
    bibliography
        Bibliography files of the project, relative to the folder of the configuration file.
    mailto
        Address given to registries so that they can reach the user (their "polite" pools); never stored or logged.
    crossref
        Base address of the Crossref REST API.
    doi_org
        Base address of the DOI proxy, which knows whether a DOI exists at all.
    offline
        Never open a socket.
    deadline
        Seconds that all questions to registries may take together, 0 < deadline.
    as_of
        The date that the report speaks of, ISO 8601.
    """

    bibliography: tuple[str, ...] = ()
    mailto: str = ""
    crossref: str = "https://api.crossref.org"
    doi_org: str = "https://doi.org"
    offline: bool = False
    deadline: float = 8.0
    as_of: str = ""
