"""All references of an article: its own list, the bibliographies beside it or named, and links to works in its text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import msgspec

from ingest.beside import own_bibliographies, read, real
from ingest.mentions import mentioned
from ingest.read.remarks import without_lines
from ingest.reading import Reading
from ingest.references.listed import completed, parse_reference_list
from ingest.references.merge import merge
from ingest.references.united import united
from kb.language.places import Places
from kb.model import Block, Record, Reference


class Gathered(Record, frozen=True, kw_only=True):
    """The references of an article, what could not be read, in words, and other keys that the references go by."""

    references: tuple[Reference, ...]
    problems: tuple[str, ...]
    aliases: dict[str, str]


def gather_references(reading: Reading, path: Path | None, named: Sequence[Path] = ()) -> Gathered:
    """The references of an article, numbered in the order of its list.

    Parameters
    ----------
    reading
        The article as read, with the references that its markup tells of.
    path
        Its file: bibliographies are looked for beside it. None for an article from the web or from memory.
    named
        Bibliography files that the user or the configuration names.

    Notes
    -----
    An entry of a bibliography is a reference of the article where the article's list holds it, where a sentence cites
    its key, or where the bibliography belongs to this article alone; a shared bibliography holds other articles' works.
    """
    article = reading.article
    listed = [completed(entry) for entry in reading.entries] or _listed(reading)
    own, problems = own_bibliographies(article, path)
    theirs = {real(bibliography.path) for bibliography in own}
    shared: list[list[Reference]] = []
    for file in named:
        if real(file) not in theirs:
            entries, complaints = read(file)
            shared.append(entries)
            problems.extend(complaints)
    private = united([reading.works, *(bibliography.references for bibliography in own)])
    works = united([private.references, *shared])
    problems += [*private.problems, *works.problems]
    merged = merge(listed, list(works.references), keep=bool(reading.entries))
    aliases = _joined(dict(merged.aliases), works.aliases, private.aliases, reading.aliases)
    cited = {key for place in reading.keys for key in place.keys}
    meant = {aliases[name] for name in (*cited, *reading.aliases) if name in aliases}
    kept = {entry.id for entry in private.references} | cited | meant
    dois = {link.doi for link in reading.links if link.doi}
    rest = [entry for entry in merged.unlisted if entry.id in kept or entry.doi in dois]
    references = [*merged.references, *rest]
    references.extend(mentioned(reading, references, aliases))
    numbered = [msgspec.structs.replace(entry, position=number) for number, entry in enumerate(references, 1)]
    for entry in numbered:
        if entry.line is not None:  # an entry of a bibliography file was complained of when that was read
            problems.extend(f"{article.id}:{entry.line}: {problem}" for problem in entry.problems)
    return Gathered(references=tuple(numbered), problems=tuple(problems), aliases=aliases)


def _joined(*steps: Mapping[str, str]) -> dict[str, str]:
    """Names and the ids that they mean in the end, from the last step of joining back to the first."""
    aliases: dict[str, str] = {}
    for step in steps:
        aliases |= {name: aliases.get(meant, meant) for name, meant in step.items()}
    return aliases


def _listed(reading: Reading) -> list[Reference]:
    """The entries of the article's own reference lists; a list is a run of neighbouring blocks."""
    article = reading.article
    text = without_lines(article.text, reading.remarks)
    found: list[Reference] = []
    run: list[Block] = []
    for block in [*article.blocks, None]:
        if block is not None and block.kind == "reference list":
            run.append(block)
        elif run:
            found.extend(parse_reference_list(text, run[0].start, run[-1].end, run[0].line))
            run = []
    if text is article.text:
        return found
    places = Places(article)
    return [msgspec.structs.replace(one, line=places.line(one.start or 0)) for one in found]
