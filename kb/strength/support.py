"""Does the source say what the statement says? The ``Judge`` protocol, and the judge that needs no model.

The built-in judge compares words and numbers with the abstract, and with the open full text where that was given.
Shared words are evidence that two texts speak of the same things, not that they agree: so it weighs what the closest
sentences hold by how readers found such citations, says what was read and what is missing there, ranks what is to be
checked first, and abstains where too little is shared. No weighing of it says that a citation is wrong; only a number
that differs, and the opposite direction in the same words, are said flatly.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence, Set
from functools import lru_cache
from typing import Literal, NamedTuple, Protocol

import msgspec

from kb.language.abstract import abstract_of
from kb.language.quantities import quantities
from kb.model import (
    Citation,
    Concern,
    Direction,
    Extent,
    Kind,
    NumberCheck,
    Question,
    Record,
    Source,
    Span,
    Statement,
)
from kb.strength.concerns import concerns
from kb.strength.judging.features import Comparison, compared, features
from kb.strength.judging.limits import (
    ABSENT,
    HARD,
    LEAST,
    SAME_WORDS,
    at_most_a_part,
    more_careful,
    mostly_elsewhere,
    no_effect_told,
)
from kb.strength.judging.missing import missing
from kb.strength.judging.model import Call, Reading, Weights, loaded, reading
from kb.strength.judging.own_words import Words, whole_of, words_of
from kb.strength.judging.passages import Text, english, of_abstract, of_full_text
from kb.strength.judging.terms import terms
from kb.strength.judging.ways import told_way
from kb.strength.judging.wording import (
    OPPOSITE,
    OTHER_WAY,
    OTHERWISE,
    UNSURE_WAY,
    differs,
    of_numbers,
    of_reading,
    unchecked,
)
from kb.strength.numbers import compare

NO_ABSTRACT = "no abstract to be had"
NOTHING = 0.05
"""Share of the statement's words in title and text together, at or below which these do not address it.

Of the 2,138 training pairs of the citation-support data no more than a handful lie there, none of them annotated as
supporting."""
FEWEST_TERMS = 4
"""Fewer content words than this say too little to compare."""
NEAR = 0.3
"""Share of the statement's words below which the closest sentence is not compared for what it says otherwise."""
LEAST_DOUBT = 0.05
"""Of the twentieth of the training pairs that looks best, readers still found 6 in 100 inaccurate."""
_BEGINNING = 20_000
"""Characters of a full text by which its language is told."""


class Claim(Record, frozen=True, kw_only=True):
    """What is held against a source: a statement as its author wrote it, and where its markers stand.

    Attributes
    ----------
    text
        With the markers.
    own, others
        Where in ``text`` the markers stand that name the source in question, and those that name other sources only.
    bundle
        How many sources the markers in ``own`` name together at most; 0 where no marker stands in the text.
    """

    text: str
    own: tuple[Span, ...] = ()
    others: tuple[Span, ...] = ()
    bundle: int = 0
    kind: Kind = "fact"
    question: Question | None = None


def claim_of(statement: Statement, citations: Sequence[Citation], references: Set[str]) -> Claim:
    """The claim of a statement on the source that some of its references lead to.

    Parameters
    ----------
    citations
        Those that cover the statement; a marker may stand outside of it.
    references
        Ids of the references that lead to the source.
    """
    own, others, bundle = [], [], 0
    for citation in citations:
        if not statement.start <= citation.start < citation.end <= statement.end:
            continue
        span = Span(start=citation.start - statement.start, end=citation.end - statement.start)
        if not references.isdisjoint(citation.references):
            own.append(span)
            bundle = max(bundle, len(citation.references) + len(citation.missing))
        else:
            others.append(span)
    return Claim(
        text=statement.text,
        own=tuple(own),
        others=tuple(others),
        bundle=bundle,
        kind=statement.kind,
        question=statement.question,
    )


class Judgement(Record, frozen=True, kw_only=True):
    """What a judge says of one claim and one source; ``quote`` is at most one sentence of the source.

    The fields are those of ``kb.model.EvidenceLine``.
    """

    direction: Direction
    extent: Extent | None = None
    quote: str | None = None
    numbers: tuple[NumberCheck, ...] = ()
    read: Literal["", "abstract", "full text"] = ""
    concerns: tuple[Concern, ...] = ()
    missing: tuple[str, ...] = ()
    doubt: float | None = None
    reasons: tuple[str, ...] = ()
    judge: str = ""
    """Who judged, with version."""


class Judge(Protocol):
    """Says whether a source bears a statement out. One that cannot tell answers ``not checked`` and says why."""

    def judge(self, claim: Claim, source: Source) -> Judgement:
        """Hold a claim against what is at hand of the source's text."""
        ...


class Sight(NamedTuple):
    """What a judge sees beside words: more features of a claim's words and a source, and weights for all of them."""

    more: Callable[[Words, Comparison], Mapping[str, float]]
    weights: Weights


class BuiltInJudge:
    """Compares words and numbers with the text of a source; deterministic, and needs no model file and no network.

    Parameters
    ----------
    sight
        What it sees beside words; by default nothing.
    label
        The label of its judgements; by default its version.
    """

    version = "built-in 3"
    """Counts up with every change that lets the judge answer otherwise; the lock keeps it beside each judgement."""

    def __init__(self, sight: Sight | None = None, label: str = version) -> None:
        self._sight, self._label = sight, label

    def judge(self, claim: Claim, source: Source) -> Judgement:
        """What the closest sentences of the source bear out; abstains where their words do not tell."""
        return msgspec.structs.replace(_judged(claim, source, self._sight), judge=self._label)


def _judged(claim: Claim, source: Source, sight: Sight | None) -> Judgement:
    abstract, full_text = abstract_of(source), source.full_text.strip()
    if not abstract and not full_text:
        return _abstained(NO_ABSTRACT, *unchecked(_numbers(whole_of(claim)), NO_ABSTRACT))
    if not english(abstract or full_text[:_BEGINNING]):
        return _abstained(f"the {'abstract' if abstract else 'full text'} does not seem to be in English")
    words = words_of(claim)
    wanted = terms(words.whole)
    if len(wanted) < FEWEST_TERMS:
        return _abstained("the statement has too few words to compare")
    texts = [*([of_abstract(abstract)] if abstract else []), *([of_full_text(full_text)] if full_text else [])]
    passages = [passage for text in texts for passage in text.passages]
    if not passages:
        return _abstained(NO_ABSTRACT)
    known = terms(source.title).union(*(text.terms for text in texts))
    comparison = compared(words.own, source.title, passages)
    seen, weights = features(words, comparison, len(claim.others)), loaded()
    if sight is not None:
        seen, weights = {**seen, **sight.more(words, comparison)}, sight.weights
    made = _as_far_as_told(reading(seen, claim.bundle, weights), claim, words, comparison)
    if len(wanted & known) <= NOTHING * len(wanted):
        return _elsewhere(source, comparison, texts, max(made.doubt, weights.first))
    return _weighed(claim, source, words, comparison, texts, made, weights.first)


def _abstained(*reasons: str) -> Judgement:
    return Judgement(direction="not checked", reasons=reasons)


def numbers_of(claim: Claim, words: Words, comparison: Comparison, source: Source) -> tuple[NumberCheck, ...]:
    """The numbers of a claim, where other sources are cited too those of its own words, against what was read."""
    nearest = " ".join(passage.text for _, passage in comparison.passages) if source.full_text else ""
    return compare(words.own if claim.others else words.whole, f"{source.title}. {abstract_of(source)} {nearest}")


@lru_cache(maxsize=8)
def _numbers(words: str) -> tuple[str, ...]:
    """The numbers of a statement as written; remembered, since most of its sources have no text to be had."""
    return tuple(words[one.start : one.end] for one in quantities(words))


def _read(source: Source) -> Literal["abstract", "full text"]:
    return "full text" if source.full_text.strip() else "abstract"


def _lost(source: Source, comparison: Comparison, texts: Sequence[Text]) -> tuple[str, ...]:
    return missing(comparison.wanted, comparison.words, (*texts, of_abstract(source.title)))


def _elsewhere(source: Source, comparison: Comparison, texts: Sequence[Text], doubt: float) -> Judgement:
    """The judgement of a text that shares next to no word with the claim."""
    read, lost = _read(source), _lost(source, comparison, texts)
    why = f"title and {read} share next to no word with the statement"
    return Judgement(direction="neutral", read=read, missing=lost, doubt=_rounded(doubt), reasons=(why,))


def _weighed(
    claim: Claim,
    source: Source,
    words: Words,
    comparison: Comparison,
    texts: Sequence[Text],
    made: Reading,
    first: float,
) -> Judgement:
    """The judgement of a text that can be compared, after what the model made of it."""
    read, lost = _read(source), _lost(source, comparison, texts)
    best, closest = comparison.passages[0]
    numbers = numbers_of(claim, words, comparison, source)
    against = _against(claim, source, words, numbers, best, closest.text)
    if made.call != "too little" and any(concern.kind in ABSENT for concern in against):
        made = made._replace(call="no effect", bundled=False)
    direction, extent = _decided(made.call, best, numbers, against)
    told = told_way(words.own, claim.question, abstract_of(source)) if direction == "supports" else None
    if told and told.concern:
        against = (*against, told.concern)
        direction, extent = "not checked", None
    elif told and told.way == "unsure":
        extent = "part"
    hard = any(concern.kind in HARD for concern in against)
    held = (
        [OPPOSITE if best >= SAME_WORDS else OTHERWISE]
        if direction == "disputes"
        else of_reading(made, best, comparison.together, lost, read, claim.bundle)
    )
    return Judgement(
        direction=direction,
        extent=extent,
        quote=told.sentence if told and told.sentence else closest.text,
        numbers=numbers,
        read=read,
        concerns=against,
        missing=lost,
        doubt=_rounded(max(made.doubt, first) if hard else made.doubt),
        reasons=(
            *([OTHER_WAY] if told and told.way == "other" else held),
            *([UNSURE_WAY] if told and told.way == "unsure" else []),
            *(concern.words for concern in against if concern.kind != "number differs"),
            *of_numbers(numbers, read),
        ),
    )


def _as_far_as_told(made: Reading, claim: Claim, words: Words, comparison: Comparison) -> Reading:
    """The model's reading, where the closest sentences are about the statement at all and report what it claims."""
    terms_near = [one.terms for _, one in comparison.passages]
    if comparison.together < LEAST or mostly_elsewhere(comparison.wanted, terms_near, claim.question):
        return made._replace(call="too little", bundled=False)
    if no_effect_told(words.own, claim.question, [(share, one.text) for share, one in comparison.passages]):
        return made._replace(call="no effect", bundled=False)
    return made


def _against(
    claim: Claim, source: Source, words: Words, numbers: Sequence[NumberCheck], best: float, closest: str
) -> tuple[Concern, ...]:
    """What stands against the statement in the source, each kind once but for numbers."""
    found = [Concern(kind="number differs", words=differs(one)) for one in numbers if one.outcome == "differs"]
    found += concerns(claim, source, closest if best >= NEAR else "")
    careful = more_careful(words.own, best, closest)
    if careful and all(concern.kind != careful.kind for concern in found):
        found.append(careful)
    return tuple(found)


def _decided(
    call: Call, best: float, numbers: Sequence[NumberCheck], against: Sequence[Concern]
) -> tuple[Direction, Extent | None]:
    """Direction and extent; whatever stands against the statement keeps the whole of it from being borne out."""
    kinds = {concern.kind for concern in against}
    if "significance" in kinds or (best >= SAME_WORDS and "direction" in kinds):
        return "disputes", None
    if call in ("too little", "no effect"):
        return "not checked", None
    whole = call == "whole" and not against and not at_most_a_part(numbers)
    return "supports", "whole" if whole else "part"


def _rounded(doubt: float) -> float:
    """In a thousand, so that few are alike in rank, and no surer than the surest of the training data."""
    return max(LEAST_DOUBT, round(doubt, 3))
