"""What each statement cites: lines that can stand as evidence, the others with what is wrong, and lost markers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from kb.model import Citation, EvidenceLine, Record, Resolution, Source, Statement
from kb.strength.standing import fault


class Cited(Record, frozen=True, kw_only=True):
    """What a statement cites.

    Attributes
    ----------
    body
        The lines that can stand as evidence, each with its source.
    faults
        The sources that cannot, each with the reason.
    missing
        What its markers name and the reference list does not hold.
    bundle
        How many sources one of its markers names at most; 0 where no marker covers it.
    """

    body: tuple[tuple[EvidenceLine, Source], ...] = ()
    faults: tuple[tuple[Source, str], ...] = ()
    missing: tuple[str, ...] = ()
    by_citation: bool = False
    bundle: int = 0

    @property
    def anything(self) -> bool:
        """Whether it cites anything, though that may lead nowhere."""
        return bool(self.body or self.faults or self.missing or self.by_citation)

    @property
    def counting(self) -> tuple[tuple[EvidenceLine, Source], ...]:
        """Of those that can stand, the lines whose independence counts: those that support it, or all if none does."""
        return tuple(one for one in self.body if one[0].direction == "supports") or self.body


def cited_by(
    statements: Sequence[Statement],
    lines: Sequence[EvidenceLine],
    citations: Sequence[Citation],
    resolutions: Sequence[Resolution],
    sources: Sequence[Source],
    written: str | None,
) -> dict[str, Cited]:
    """What each statement cites, by the statement's id; the parameters are those of ``kb.strength.verdict.assess``."""
    by_id = {source.id: source for source in sources}
    of_reference: dict[str, list[Resolution]] = defaultdict(list)
    for resolution in resolutions:
        of_reference[resolution.reference].append(resolution)
    of_statement: dict[str, list[EvidenceLine]] = defaultdict(list)
    for line in lines:
        of_statement[line.statement].append(line)
    markers: dict[str, list[Citation]] = defaultdict(list)
    for citation in citations:
        for statement in citation.statements:
            markers[statement].append(citation)
    return {
        one.id: _of_statement(of_statement[one.id], markers[one.id], of_reference, by_id, written) for one in statements
    }


def _of_statement(
    lines: Sequence[EvidenceLine],
    markers: Sequence[Citation],
    of_reference: Mapping[str, Sequence[Resolution]],
    sources: Mapping[str, Source],
    written: str | None,
) -> Cited:
    body, faults = [], []
    for line in lines:
        source = sources[line.source]
        found = [one for name in line.references for one in of_reference.get(name, ())]
        if why := fault(source, found, written):
            faults.append((source, why))
        else:
            body.append((line, source))
    return Cited(
        body=tuple(body),
        faults=tuple(faults),
        missing=tuple(dict.fromkeys(lost for marker in markers for lost in marker.missing)),
        by_citation=bool(markers),
        bundle=max((len(marker.references) + len(marker.missing) for marker in markers), default=0),
    )
