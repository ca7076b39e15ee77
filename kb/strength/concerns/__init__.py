"""What keeps a source's text from bearing out a statement, each as one plain sentence that names the words of both.

Every check would rather miss than accuse: it speaks only where statement and source name the same things, and it speaks
of the citation. What was read is title, abstract and the sentences that come nearest, so each is a thing to look at.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence, Set
from typing import TYPE_CHECKING, NamedTuple

from kb.language.abstract import abstract_of
from kb.language.assertion import LONGEST, canonical, read_assertion, without_markers
from kb.language.assertion_words import DIRECTIONS, FUNCTION, NEGATIONS
from kb.language.comparison import compare
from kb.language.effect.cues import cues
from kb.language.effect.opposed import opposed
from kb.language.folding import fold
from kb.language.health_words import LISTS, TREATMENT_ENDINGS, named_treatments
from kb.language.plain import plain
from kb.language.sentences import sentences
from kb.language.stems import stem
from kb.model import Concern, ConcernKind, Question, Source
from kb.strength.concerns import groups
from kb.strength.concerns import words as said

if TYPE_CHECKING:
    from kb.strength.support import Claim

LEAST_SHARED = 3
"""Content words that two passages must share before a difference between them means anything."""
NEAR = 0.5
"""Share of the statement's content words that the closest sentences must hold to speak of the same thing as a whole."""
_MOST_READ = 20_000
"""Characters of a text in which an outcome is looked for."""
_LIKE = 0.6
"""Passages of which one is shorter than this part of the other are not of the same words."""
_BEHIND = 2
"""Words between a verb of change and the outcome that it changes, at most."""
_AROUND = 10
"""Words on either side of a word by which two passages are compared."""
_OF_TREATMENT: frozenset[Question] = frozenset({"benefit", "common harm", "rare harm", "screening"})


class _Held(NamedTuple):
    """A statement held against a source."""

    claim: str
    closest: str
    text: str
    """Title, abstract and open full text."""
    source: Source
    question: Question | None


def concerns(claim: Claim, source: Source, closest: str) -> tuple[Concern, ...]:
    """Ways in which the text of a source does not bear out a statement.

    Parameters
    ----------
    claim
        The statement, with its markers; where others name other sources, only the words that belong to this one count.
    source
        With its design and study, as ``kb.strength.study.study_of`` reads them.
    closest
        The sentence or sentences of the source that come nearest; may be empty.

    Returns
    -------
    tuple
        At most one of a kind, in the order of ``kb.model.ConcernKind``; never "number differs", which comparing the
        numbers raises. Nothing where no text of the source is to be had.
    """
    abstract = abstract_of(source)
    if not abstract and not source.full_text:
        return ()
    held = _Held(
        claim=without_markers(_own_words(claim)[:LONGEST]),
        closest=closest,
        text=f"{source.title} {abstract} {source.full_text}",
        source=source,
        question=claim.question,
    )
    return tuple(Concern(kind=kind, words=found) for kind, check in _CHECKS if (found := check(held)))


def _own_words(claim: Claim) -> str:
    """The words up to the source's last marker, from the last marker before that names other sources only."""
    if not claim.own or not claim.others:
        return claim.text
    end = claim.own[-1].end
    start = max((other.end for other in claim.others if other.end <= claim.own[0].start), default=0)
    words = claim.text[start:end]
    return words if len(words.split()) > LEAST_SHARED else claim.text


def _against(stated: str, found: str) -> str:
    return f"the statement says “{stated}”, the closest sentence of the source “{found}”"


def _direction(held: _Held) -> str | None:
    nearest = [held.closest[span.start : span.end] for span in sentences(held.closest)]
    return next((words for one in nearest if (words := opposed(held.claim, one) or _contradicted(held, one))), None)


def _contradicted(held: _Held, sentence: str) -> str | None:
    """Where all words are the same and one denial or direction differs."""
    if not _LIKE < len(sentence) / max(1, len(held.claim)) < 1 / _LIKE:
        return None
    found = compare(read_assertion(held.claim), read_assertion(sentence))
    if found is None or found.how != "contradicts" or "gives" in found.why:  # another number is told as such
        return None
    return f"the statement and the closest sentence of the source disagree: {found.why}"


def _negation(held: _Held) -> str | None:
    mine, theirs = list(_denied(held.claim)), list(_denied(held.closest))
    if bool(mine) == bool(theirs) or not _same_thing(held):
        return None
    words = fold(held.closest if mine else held.claim).split()
    for denial in mine or theirs:
        for place, word in enumerate(words):
            if canonical(word) != denial.stem or not NEGATIONS.isdisjoint(words[max(0, place - 4) : place + 4]):
                continue
            if len(_topics(words[max(0, place - _AROUND) : place + _AROUND]) & denial.around) >= LEAST_SHARED:
                return _against(denial.phrase, word) if mine else _against(word, denial.phrase)
    return None


class _Denial(NamedTuple):
    phrase: str
    stem: str
    around: Set[str]


_CHARACTERS = 80
"""About as many as ``_AROUND`` words have."""


def _denied(text: str) -> Iterator[_Denial]:
    for match in said.DENIAL.finditer(text):
        word = (match["it"] or match["that"]).lower()
        if word not in said.EMPTY and word not in DIRECTIONS:
            start, end = match.span()
            near = f"{text[max(0, start - _CHARACTERS) : start]} {text[end : end + _CHARACTERS]}"
            yield _Denial(match.group(), canonical(word), _topics(fold(near).split()))


def _topics(words: Iterable[str]) -> Set[str]:
    named = (word for word in words if len(word) > 2 and word not in FUNCTION and word not in DIRECTIONS)
    return {canonical(word) for word in named if word not in NEGATIONS}


def _same_thing(held: _Held) -> bool:
    mine = _topics(fold(held.claim).split())
    shared = mine & _topics(fold(held.closest).split())
    return len(shared) >= max(LEAST_SHARED, NEAR * len(mine))


def _hedging(held: _Held) -> str | None:
    certain, careful = said.CERTAIN.search(held.claim), said.HEDGED.search(held.closest)
    if certain and careful and not said.CERTAIN.search(held.closest) and _same_thing(held):
        return _against(certain.group(), careful.group())
    guessed = said.GUESSED.search(held.closest)
    if guessed and not said.OWN_DOUBT.search(held.claim) and _same_thing(held):
        return f"the statement says it flatly, the closest sentence of the source “{guessed.group()}”"
    return None


def _significance(held: _Held) -> str | None:
    claimed = said.SIGNIFICANT.search(held.claim)
    if not claimed or said.NOT_SIGNIFICANT.search(held.claim):
        return None
    none, elsewhere = said.NOT_SIGNIFICANT.search(held.closest), _significant(held.closest)
    if none and not elsewhere and _same_thing(held):
        return _against(claimed.group(), none.group())
    return _not_significant_there(held, claimed)


def _significant(text: str) -> bool:
    return bool(said.SIGNIFICANT.search(said.NOT_SIGNIFICANT.sub(" ", text)))


def _not_significant_there(held: _Held, claimed: re.Match[str]) -> str | None:
    """Where a sentence finds nothing significant for the very outcome that the statement names, and none finds it."""
    outcome = next((canonical(word) for word in fold(held.claim[claimed.end() :]).split() if _topics([word])), None)
    others = _topics(fold(held.claim).split()) - {outcome}
    against = None
    for span in sentences(held.text[:_MOST_READ]):
        sentence = held.text[span.start : span.end]
        topics = _topics(fold(sentence).split())
        if outcome is None or outcome not in topics:
            continue
        if _significant(sentence):
            return None
        none = said.NOT_SIGNIFICANT.search(sentence)
        if none and topics & others:
            against = against or f"the statement says “{claimed.group()}”, the source of the same “{none.group()}”"
    return against


def _cause(held: _Held) -> str | None:
    why = said.SHOWS_NO_CAUSE.get(held.source.design)
    if not why or said.OWN_DOUBT.search(held.claim) or said.RANDOMIZED.search(held.text):
        return None
    verb = said.CAUSAL.search(said.NO_CAUSE.sub(" ", held.claim))
    return f"the statement says “{verb.group()}”, and the source is {why}" if verb else None


def _animals(held: _Held) -> str | None:
    where = said.LABORATORY.get(held.source.study.species) or said.LABORATORY.get(held.source.design)
    if not where or said.NOT_PEOPLE.search(held.claim) or said.PEOPLE.search(held.text):
        return None
    people = said.PEOPLE.search(held.claim)
    if people:
        return f"the statement speaks of “{people.group()}”, and the source studied {where}"
    return f"the source studied {where}, and the statement does not say so" if _of_treatment(held) else None


def _no_guideline(held: _Held) -> str | None:
    advice = said.ADVISES.search(held.claim)
    if not advice or held.source.design == "guideline" or said.RECOMMENDS.search(held.text):
        return None
    return f"the statement says “{advice.group()}”, and the source is no guideline and its text recommends nothing"


def _population(held: _Held) -> str | None:
    for group in groups.GROUPS:
        mine = group.named.search(held.claim)
        if not mine or group.present.search(held.text):
            continue
        for name in group.apart:
            theirs = groups.APART[name].search(held.text)
            if theirs and not groups.APART[name].search(held.claim):
                return f"the statement speaks of “{mine.group()}”, the text of the source of “{theirs.group()}”"
    return None


def _of_treatment(held: _Held) -> bool:
    """Whether it is one sentence on what a treatment does."""
    return held.question in _OF_TREATMENT and len(sentences(held.claim)) == 1


def _intervention(held: _Held) -> str | None:
    if not _of_treatment(held):
        return None
    words = plain(held.claim)
    named = [word for word, _, _ in words.tokens if word in _TREATMENTS]
    named += [words.lower[start:end] for start, end in named_treatments(words)]
    return _absent([word for word in named if word not in groups.GENERIC], held)


_TREATMENTS = frozenset(LISTS["treatment"].split())


def _outcome(held: _Held) -> str | None:
    if not _of_treatment(held):
        return None
    tokens = [(word, start) for word, start, _ in plain(held.claim).tokens if word in groups.OUTCOMES]
    # What stands right behind the verb is what it claims to change; the others may be the people's condition.
    changed = [
        word
        for cue in cues(held.claim)
        for word, start in tokens
        if cue.end <= start and len(held.claim[cue.end : start].split()) <= _BEHIND
    ]
    return _absent(changed[:1] or [word for word, _ in tokens], held)


def _absent(words: Sequence[str], held: _Held) -> str | None:
    """None where no word is given, or the source's text holds one of them, by this or another name."""
    if not words:
        return None
    names = "|".join(name for word in words for name in _names(word))
    if re.search(names, held.text.lower()):
        return None
    return f"the statement speaks of “{words[0]}”, which the text of the source that was read does not mention"


def _names(word: str) -> tuple[str, ...]:
    """Patterns of what the word and its like begin with, and of what a drug of its class ends in."""
    row = next((row for row in groups.SAME if word.startswith(row)), ())
    ending = max((end for end in TREATMENT_ENDINGS if word.endswith(end)), key=len, default="")
    begins = (rf"\b{re.escape(name)}" for name in (stem(word), *row))
    return (*begins, *([re.escape(ending)] if len(ending) > _TELLING else []))


_TELLING = 3
"""A longer ending names a class of drugs: a source that names the class or another of it may mean this one."""
_CHECKS: tuple[tuple[ConcernKind, Callable[[_Held], str | None]], ...] = (
    ("direction", _direction),
    ("negation", _negation),
    ("hedging", _hedging),
    ("significance", _significance),
    ("cause", _cause),
    ("animals", _animals),
    ("no guideline", _no_guideline),
    ("population", _population),
    ("intervention", _intervention),
    ("outcome", _outcome),
)
