"""The audit of one article, its steps in reading order.

read → references → citations → statements → resolve → strength → rules. Everything before ``resolve`` is a function
of the files; everything after it is a function of the records. People's words are applied at each step, so that what
follows rests on them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, TypedDict, Unpack

import msgspec

from ingest.bibliography import gather_references
from ingest.citations import find_citations, place
from ingest.read import read_bytes, read_file
from ingest.reading import Reading
from ingest.resolve.frozen import resolve_frozen
from ingest.resolve.resolved import Resolved
from ingest.statements import find_statements
from ingest.statements.language import language_of, not_judged
from kb.lock import Frozen, Lock
from kb.model import Audit, Citation, EvidenceLine, Reference, Resolution, Review, Source, Statement
from kb.rules.spoken import concluded
from kb.settings import Settings
from kb.strength import overruled
from kb.strength.design import design_of
from kb.strength.people import Said
from kb.strength.study import study_of
from kb.strength.support import BuiltInJudge, Judge
from kb.strength.weighing import weigh

if TYPE_CHECKING:
    from ingest.http.page import Pages

Progress = Callable[[str], None]


def quietly(step: str) -> None:
    """Progress that nobody wants to see."""


Weighing = Callable[
    [Statement, Sequence[Reference], Sequence[Citation], Sequence[Resolution], Mapping[str, Source]],
    tuple[EvidenceLine, ...],
]
"""Gives the evidence lines of a statement, as `kb.strength.weighing.weigh` does."""
Resolver = Callable[[Sequence[Reference], Settings, Progress], Resolved]
"""Finds the works behind references, as `ingest.resolve.resolve` does."""


class Means(TypedDict, total=False):
    """What an audit works with, beside its settings.

    Attributes
    ----------
    bibliographies
        Bibliography files named by the user or the configuration, beside those that the article names itself.
    progress
        Told what is being done, a few words a step.
    lock
        Where given, the evidence is what this lock holds, and no registry and no text of a source is asked. Several
        articles share it as `Frozen`, which is the lock with its index.
    resolver
        Finds the works behind the references; several articles share the client and the cache that it is bound to.
    judge
        Says whether sources bear statements out; without one the built-in judge does.
    reviews
        What people said, of any article; see `kb.strength.overruled`.
    """

    bibliographies: Sequence[Path]
    progress: Progress
    lock: Lock | Frozen | None
    resolver: Resolver
    judge: Judge
    reviews: Sequence[Review]


def audit_file(path: Path, article_id: str, settings: Settings, **means: Unpack[Means]) -> Audit:
    """Audit an article in a file; its id is the path relative to the project, in POSIX form.

    Raises
    ------
    ArticleError, BibliographyError
        A file that cannot be read.
    """
    means.get("progress", quietly)(f"reading {article_id}")
    return audit(read_file(path, article_id), settings, path, **means)


def audit_page(url: str, pages: Pages, settings: Settings, **means: Unpack[Means]) -> Audit:
    """Audit an article that is a page of the web; its id is the address.

    Raises
    ------
    ArticleError, BibliographyError, CannotCheckError
        A page that is refused, cannot be fetched or cannot be read; see `ingest.read.web.fetch`.
    """
    from ingest.read.web import fetch

    means.get("progress", quietly)(f"reading {url}")
    page = fetch(url, pages)
    return audit(read_bytes(page.data, page.url, page.kind), settings, **means)


def audit(reading: Reading, settings: Settings, path: Path | None = None, **means: Unpack[Means]) -> Audit:
    """Audit an article as read.

    Parameters
    ----------
    reading
        The article, and what its format says of its citations.
    settings
        What is configured for this run.
    path
        The article's file, where it has one: bibliographies are looked for beside it.

    Raises
    ------
    BibliographyError
        A bibliography that cannot be read; what the world does is never an error here but a status of a reference.
    """
    progress = means.get("progress", quietly)
    article = msgspec.structs.replace(reading.article, language=language_of(reading.article))
    gathered = gather_references(reading, path, means.get("bibliographies", ()))
    references = gathered.references
    markers = find_citations(reading, references, gathered.aliases)
    told = find_statements(article, markers, settings.strictness)
    said = Said(means.get("reviews", ()), article.id, told)
    statements = overruled.needs(told, said)
    citations = place(markers, statements)
    resolved, weighing = _known(references, settings, article.date, said, means)
    known = overruled.ids(references, resolved.resolutions, resolved.sources)
    references = tuple(map(_led, references, resolved.resolutions))
    progress("weighing the evidence")
    weighed = evidence_lines(statements, citations, references, resolved.resolutions, resolved.sources, weighing)
    found = Audit(
        article=article,
        statements=statements,
        citations=citations,
        references=references,
        sources=resolved.sources,
        resolutions=resolved.resolutions,
        evidence=weighed,
        assessments=(),
        findings=(),
        as_of=settings.as_of,
        notes=(*_language_notes(article.language), *gathered.problems, *resolved.notes),
    )
    return concluded(found, known, said)


def _language_notes(language: str | None) -> tuple[str, ...]:
    """What a reader must know of an article that is not in English."""
    foreign = not_judged(language)
    return (f"no statement was judged for its need of a source: {foreign}",) if foreign else ()


def evidence_lines(
    statements: Sequence[Statement],
    citations: Sequence[Citation],
    references: Sequence[Reference],
    resolutions: Sequence[Resolution],
    sources: Sequence[Source],
    weighing: Weighing,
) -> tuple[EvidenceLine, ...]:
    """The evidence lines of every cited statement, in the order of the article."""
    by_id = {reference.id: reference for reference in references}
    sources_by_id = {source.id: source for source in sources}
    places: dict[str, list[int]] = {}
    for number, resolution in enumerate(resolutions):
        places.setdefault(resolution.reference, []).append(number)
    covering: dict[str, list[Citation]] = {}
    for citation in citations:
        for statement_id in citation.statements:
            covering.setdefault(statement_id, []).append(citation)
    lines: list[EvidenceLine] = []
    for statement in statements:
        markers = covering.get(statement.id, ())
        named = [by_id[name] for name in dict.fromkeys(name for marker in markers for name in marker.references)]
        if named:
            theirs = [resolutions[at] for at in sorted(at for one in named for at in places.get(one.id, ()))]
            lines.extend(weighing(statement, named, markers, theirs, sources_by_id))
    return tuple(lines)


def _known(
    references: Sequence[Reference], settings: Settings, written: str | None, said: Said, means: Means
) -> tuple[Resolved, Weighing]:
    """The works behind the references, with their design, and how to weigh them: by a judge, or as it is locked."""
    if lock := means.get("lock"):
        frozen = lock if isinstance(lock, Frozen) else Frozen(lock)
        return _reviewed(resolve_frozen(references, frozen), references, said), partial(frozen.weigh, written=written)
    resolver = means.get("resolver") or _resolver()
    resolved = resolver(references, settings, means.get("progress", quietly))
    designed = msgspec.structs.replace(resolved, sources=tuple(map(_designed, resolved.sources)))
    reviewed = _reviewed(designed, references, said)
    sources = tuple(map(_studied, reviewed.sources))
    judge = means.get("judge") or BuiltInJudge()
    return msgspec.structs.replace(reviewed, sources=sources), partial(weigh, judge=judge, written=written)


def _resolver() -> Resolver:
    from ingest.resolve import resolve  # the registries' files take long to load, and a linter needs none of them

    return resolve


def _reviewed(resolved: Resolved, references: Sequence[Reference], said: Said) -> Resolved:
    """The works behind the references, with people's word on their design and on whether they are the ones meant."""
    known = overruled.ids(references, resolved.resolutions, resolved.sources)
    sources = overruled.designs(resolved.sources, known, said)
    resolutions = overruled.resolutions(resolved.resolutions, references, known, said)
    return msgspec.structs.replace(resolved, sources=sources, resolutions=resolutions)


def _led(reference: Reference, resolution: Resolution) -> Reference:
    """The reference with the source that it was found to lead to."""
    return msgspec.structs.replace(reference, source=resolution.source)


def described(source: Source) -> Source:
    """A source as registries told of it, with its design and what can be told of its study."""
    return _studied(_designed(source))


def _designed(source: Source) -> Source:
    design, basis = design_of(source)
    return msgspec.structs.replace(source, design=design, design_basis=basis)


def _studied(source: Source) -> Source:
    return msgspec.structs.replace(source, study=study_of(source))
