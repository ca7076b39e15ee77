"""The one HTTP room: asks registries, politely, and tells every way in which the world fails from every other.

``client`` decides what is sent when, ``wire`` sends it and is the only importer of requests, ``answer`` says what came
of it, ``limits`` how many questions a registry bears. ``page`` fetches a page that the user names, through ``dial``,
which lets nothing be reached but what ``addresses`` allows.
"""

from __future__ import annotations

from ingest.http.answer import Answer, Outcome, judge
from ingest.http.client import Http

__all__ = ["Answer", "Http", "Outcome", "judge"]
