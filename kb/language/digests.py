"""Texts named by a digest: the same words, wherever they stand, have the same one."""

from __future__ import annotations

import hashlib

from kb.language.abstract import abstract_of
from kb.language.folding import fold
from kb.model import DESCRIBING, Reference, Source, Statement


def digest(text: str) -> str:
    """The first sixteen hexadecimal digits of the SHA-256 of a text."""
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:16]


def statement_id(mark: str) -> str:
    """The short id that derives from a fingerprint."""
    digest, _, ordinal = mark.partition(":")
    return f"s{digest[:10]}" if ordinal == "1" else f"s{digest[:10]}-{ordinal}"


def digest_of_statement(statement: Statement) -> str:
    """The digest of a statement's words; that a line was broken elsewhere does not count."""
    return digest(" ".join(statement.text.split()))


def source_id(doi: str | None, pmid: str | None, text: str) -> str:
    """``doi:<doi>``, else ``pmid:<pmid>``, else ``ref:`` and twelve hex digits of the folded text's SHA-256.

    >>> source_id("10.1000/1", None, ""), source_id(None, "18436948", "")
    ('doi:10.1000/1', 'pmid:18436948')
    """
    if doi:
        return f"doi:{doi.lower()}"
    if pmid:
        return f"pmid:{pmid}"
    return f"ref:{hashlib.sha256(fold(text).encode()).hexdigest()[:12]}"


def as_written(reference: Reference) -> str:
    """The id of the source that a reference names by itself, whatever work it was found to lead to."""
    return source_id(reference.doi, reference.pmid, reference.text)


def digest_of_reference(reference: Reference) -> str:
    """The digest of all that a reference says of its work; its id, place and file do not count."""
    said = {name: getattr(reference, name) for name in ("text", *DESCRIBING)}
    words = {name: value if isinstance(value, str) else "|".join(value) for name, value in said.items() if value}
    return digest("\n".join(f"{name}={value}" for name, value in words.items()))


def digest_of_source(source: Source) -> str | None:
    """The digest of abstract and full text, all that is read of a source beside its title; None without any."""
    read = "\n".join(filter(None, (abstract_of(source), source.full_text)))
    return digest(read) if read else None
