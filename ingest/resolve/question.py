"""What every registry's file speaks in: one question, made purely, asked by ``ingest.http``."""

from __future__ import annotations

from kb.model import Record


class Question(Record, frozen=True, kw_only=True):
    """One request to one registry.

    Attributes
    ----------
    url
        The whole address, base included, without any secret.
    ids
        The identifiers that it asks for: bare DOIs, PMIDs or, for a search, the words that were searched.
    pool
        Which of the registry's limits it falls under: ``list`` or ``single``.
    authoritative
        Whether an answer 404 means that this registry holds no record of the one identifier asked for.
    form
        The fields of a POST form, where the question does not fit into an address; None for GET.
    secret
        Query fields that are added when it is sent, and are never stored, logged or part of an error.
    """

    url: str
    ids: tuple[str, ...]
    pool: str = "single"
    authoritative: bool = False
    form: tuple[tuple[str, str], ...] | None = None
    secret: tuple[tuple[str, str], ...] = ()
