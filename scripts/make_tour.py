"""Writes the evidence lock of examples/tour: what an invented registry would say of the invented works.

    python scripts/make_tour.py

Titles, abstracts and publication types are read from the tour's own bibliography; here stands only what a registry
adds: notices, and how each reference and its work relate. Run it again where the judge or the grading changed, and read
the difference: tests/test_tour.py holds that the lock is the one that this script writes.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import msgspec

from ingest.pipeline import Progress, audit_file
from ingest.resolve import Resolved
from ingest.resolve.merge import merged, tellings_of
from kb.lock import FILE, lock_of, to_json
from kb.model import Attribution, Difference, Notice, Reference, Resolution, Source
from kb.settings import Settings

FOLDER = Path(__file__).resolve().parent.parent / "examples" / "tour"
ARTICLES, BIBLIOGRAPHY = ("amberleaf.md", "leaflet.md", "newsletter.md"), "amberleaf.nbib"
AS_OF = "2026-11-22"
TELLER = "the invented registry"


def _notice(kind: str, date: str, doi: str, *reasons: str) -> Notice:
    return msgspec.convert({"kind": kind, "said_by": (TELLER,), "date": date, "doi": doi, "reasons": reasons}, Notice)


NOTICES: Mapping[str, tuple[Notice, ...]] = {
    "10.5555/amberleaf.1": (_notice("new version", "2025-04", "10.5555/amberleaf.1v2"),),
    "10.5555/amberleaf.2": (_notice("correction", "2019-02-11", "10.5555/amberleaf.2c"),),
    "10.5555/amberleaf.5": (_notice("preprint", "2019-08", "10.5555/amberleaf.5p"),),
    "10.5555/amberleaf.7": (_notice("retraction", "2021-06-30", "10.5555/amberleaf.7r", "The data were made up"),),
    "10.5555/amberleaf.8": (_notice("withdrawal", "2016-12", "10.5555/amberleaf.8w"),),
    "10.5555/amberleaf.9": (
        _notice("expression of concern", "2020-01-15", "10.5555/amberleaf.9e"),
        _notice("partial retraction", "2020-09-01", "10.5555/amberleaf.9p"),
    ),
    "10.5555/amberleaf.10": (_notice("published version", "2024-05-02", "10.5555/amberleaf.10v"),),
    "10.5555/amberleaf.11": (
        _notice("retraction", "2013-03", "10.5555/amberleaf.11r"),
        _notice("reinstatement", "2014-10", "10.5555/amberleaf.11i"),
    ),
}
CITES: Mapping[str, tuple[str, ...]] = {
    "10.5555/amberleaf.1": ("amberleaf.2", "amberleaf.4", "amberleaf.t1", "amberleaf.t2"),
    "10.5555/amberleaf.3": ("amberleaf.2",),
    "10.5555/amberleaf.11": ("amberleaf.20",),
    "10.5555/amberleaf.20": ("amberleaf.11",),
}
"""What the works cite among each other; trials t1 and t2 stand in no article, and two reviews cite only each other."""
OTHER_WORK = Source(
    id="doi:10.5555/amberleaf.14",
    doi="10.5555/amberleaf.14",
    title="Winter quarters of an invented vole",
    authors=("Marten",),
    year="2009",
    container="Invented Zoology",
    type="journal-article",
)
"""What is registered under a DOI of the article that was mistyped."""
OUTCOMES: Mapping[str, Mapping[str, object]] = {
    "10.5555/amberleaf.4": {"status": "unreachable", "note": "the invented registry could not be reached"},
    "10.5555/amberleaf.11": {
        "status": "metadata differs",
        "differences": (Difference(field="year", cited="2012", registered="2011"),),
    },
    "10.5555/amberleaf.14": {
        "status": "another work",
        "differences": (
            Difference(field="title", cited="Amberleaf for chronic back pain", registered=OTHER_WORK.title),
            Difference(field="author", cited="Dove", registered="Marten"),
        ),
    },
    "10.5555/amberleaf.15": {"status": "not attempted", "note": "only the first works were asked about"},
    "10.5555/amberleaf.typo": {"status": "not found", "note": "the invented registry knows no such DOI"},
    "": {"status": "ambiguous", "note": "the reference names no identifier, and several works come close"},
}
"""How references and works relate, by the DOI that the reference names; of all others, as they should."""


def told(references: Sequence[Reference], settings: Settings, progress: Progress) -> Resolved:
    """What the invented registry says of the references."""
    return Resolved(
        sources=tuple(map(_source, references)), resolutions=tuple(_resolution(one, settings) for one in references)
    )


def _source(reference: Reference) -> Source:
    said = (Attribution(by=TELLER, fields=("title", "authors", "year", "container", "notices"), asked=AS_OF),)
    if reference.doi == OTHER_WORK.doi:
        return msgspec.structs.replace(OTHER_WORK, said=said)
    source = merged(reference.source, tellings_of(reference))
    if _status(reference) not in ("verified", "metadata differs"):
        return source
    cites = tuple(f"doi:10.5555/{name}" for name in CITES.get(reference.doi or "", ()))
    notices = NOTICES.get(reference.doi or "", ())
    return msgspec.structs.replace(source, notices=notices, cites=cites, said=(*said, *source.said))


def _resolution(reference: Reference, settings: Settings) -> Resolution:
    facts = {"said_by": TELLER, "asked": settings.as_of, **OUTCOMES.get(reference.doi or "", {"status": "verified"})}
    return msgspec.convert({"reference": reference.id, "source": reference.source, **facts}, Resolution)


def _status(reference: Reference) -> object:
    return OUTCOMES.get(reference.doi or "", {"status": "verified"})["status"]


def lock_text() -> str:
    """The lock as it is written to the file."""
    settings = Settings(offline=True, as_of=AS_OF)
    bibliographies = [FOLDER / BIBLIOGRAPHY]
    return to_json(
        lock_of(
            [
                audit_file(FOLDER / name, name, settings, bibliographies=bibliographies, resolver=told)
                for name in ARTICLES
            ]
        )
    )


if __name__ == "__main__":
    (FOLDER / FILE).write_text(lock_text(), "utf-8")
