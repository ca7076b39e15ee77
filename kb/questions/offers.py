"""What is offered to a statement without a source: what another one cites for the same, and sources that may fit.

An offer is never counted as support: whether the source shows it, a person must read.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from kb.language.places import where
from kb.model import Audit, Record, ResolutionStatus, Source, Statement
from kb.questions.same_claim import Pair
from kb.questions.suggest import Catalogue, Suggestion, named

_NOT_THE_ONE_MEANT: frozenset[ResolutionStatus] = frozenset({"another work", "not found"})
_MOST = 3
"""Sources that are offered to one statement, of each kind."""


class Offer(Record, frozen=True, kw_only=True):
    """A source that is offered to a statement; ``words`` says it in plain words, without the quoted sentence."""

    source: str
    words: str
    score: float
    """How alike the two statements are, or how much of the statement the source speaks of; 0 to 1."""
    quote: str | None = None
    """The fitting sentence of the source's abstract."""
    said_in: str | None = None
    """The statement that says the same and cites this source; None where the source alone seems to fit."""


def bare(audit: Audit) -> tuple[Statement, ...]:
    """The statements that ask for a source and are held up by none, in the order of the article."""
    verdicts = {assessment.statement: assessment.verdict for assessment in audit.assessments}
    return tuple(one for one in audit.statements if one.needs_source and verdicts.get(one.id) == "unsupported")


def said_elsewhere(audit: Audit, pairs: Sequence[Pair]) -> dict[str, tuple[Offer, ...]]:
    """By statement without a source: what other statements of the article that say the same cite for it.

    Parameters
    ----------
    pairs
        Of the article's statements, as ``kb.questions.same_claim.same_claims`` gives them.
    """
    statements = {statement.id: statement for statement in audit.statements}
    sources = {source.id: source for source in audit.sources}
    wanting = {statement.id for statement in bare(audit)}
    unsupported = {one.statement for one in audit.assessments if one.verdict == "unsupported"}
    cited: defaultdict[str, list[str]] = defaultdict(list)
    for line in audit.evidence:
        if line.statement not in unsupported and line.source in sources:
            cited[line.statement].append(line.source)
    found: dict[str, tuple[Offer, ...]] = {}
    for name, others in _same(pairs).items():
        if name in wanting:
            offered = [
                _said(statements[other], sources[source], alike) for other, alike in others for source in cited[other]
            ]
            found |= {name: tuple(offered[:_MOST])} if offered else {}
    return found


def fitting(statements: Sequence[Statement], catalogue: Catalogue) -> dict[str, tuple[Offer, ...]]:
    """By statement: the sources that may fit it."""
    found = {statement.id: catalogue.suggest(statement.text, _MOST) for statement in statements}
    return {name: tuple(map(_fits, suggested)) for name, suggested in found.items() if suggested}


def offers(audit: Audit, pairs: Sequence[Pair]) -> dict[str, tuple[Offer, ...]]:
    """Both of these by statement, out of the article's own sources, each source once."""
    said, fits = said_elsewhere(audit, pairs), fitting(bare(audit), catalogue_of(audit))
    found: dict[str, tuple[Offer, ...]] = {}
    for statement in audit.statements:
        first = said.get(statement.id, ())
        told = {offer.source for offer in first}
        both = (*first, *(offer for offer in fits.get(statement.id, ()) if offer.source not in told))
        found |= {statement.id: both} if both else {}
    return found


def catalogue_of(audit: Audit) -> Catalogue:
    """The article's sources, but for those whose reference names another work or none."""
    wrong = {one.source for one in audit.resolutions if one.status in _NOT_THE_ONE_MEANT}
    return Catalogue(source for source in audit.sources if source.id not in wrong)


def _same(pairs: Sequence[Pair]) -> dict[str, list[tuple[str, float]]]:
    """By statement all that say the same, the most alike first; many that are equal are each paired with the first."""
    direct: defaultdict[str, dict[str, float]] = defaultdict(dict)
    for pair in pairs:
        if pair.how == "same":
            direct[pair.first][pair.second] = direct[pair.second][pair.first] = pair.alike
    found = {}
    for name, others in direct.items():
        through = {far: alike for near, exact in others.items() if exact == 1 for far, alike in direct[near].items()}
        alike_to = {other: alike for other, alike in (through | others).items() if other != name}
        found[name] = sorted(alike_to.items(), key=lambda other: -other[1])
    return found


def _said(other: Statement, source: Source, alike: float) -> Offer:
    words = f"the same is said in {where(other.line, other.place)}, with a source: {named(source)}"
    return Offer(source=source.id, words=words, score=alike, said_in=other.id)


def _fits(one: Suggestion) -> Offer:
    return Offer(source=one.source, words=f"may fit: {one.named} ({one.why})", score=one.share, quote=one.quote)
