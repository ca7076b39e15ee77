"""What leaves the machine when an article is audited in the app."""

from __future__ import annotations

from kb.settings import Settings
from kb.view.work import Leaving


def leaving(settings: Settings) -> Leaving:
    """Who is asked about references with these settings, and who is sent text.

    Raises
    ------
    ConfigurationError
        A chat model is to judge, and its address is not named.
    """
    if settings.offline:
        return Leaving(registries=())
    from ingest.judges import receiver
    from ingest.resolve import crossref, datacite, doi_org, europepmc, openalex, pubmed

    asked = [crossref.NAME, doi_org.NAME, datacite.NAME, pubmed.NAME, europepmc.NAME]
    keyed = [openalex.NAME] if settings.openalex_key else []
    host = receiver(settings) or ""
    return Leaving(registries=(*asked, *keyed), judge=host if host == settings.send_text.lower() else "")
