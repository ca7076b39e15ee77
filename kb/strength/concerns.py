"""What keeps a source's text from bearing out a statement, each as one plain sentence that names the words of both.

Every check would rather miss than accuse: it speaks only where statement and source name the same things, and it speaks
of the citation. What was read is title, abstract and the sentences that come nearest, so each is a thing to look at.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence, Set
from typing import TYPE_CHECKING, NamedTuple

from kb.language.abstract import abstract_of
from kb.language.assertion import canonical, without_markers
from kb.language.assertion_words import DIRECTIONS, FUNCTION, NEGATIONS
from kb.language.folding import fold
from kb.language.health_words import LISTS, TREATMENT_ENDINGS, named_treatments
from kb.language.plain import plain
from kb.language.stems import stem
from kb.model import Concern, ConcernKind, Question, Source
from kb.strength import concerns_words as said

if TYPE_CHECKING:
    from kb.strength.support import Claim

LEAST_SHARED = 3
"""Content words that two sentences must share before a difference between them means anything."""
NEAR = 0.5
"""Share of the statement's content words that the closest sentences must hold to speak of the same thing as a whole."""


class _Held(NamedTuple):
    """A statement held against a source."""

    claim: str
    closest: str
    text: str
    """Title, abstract and open full text."""
    source: Source
    question: Question | None
    shared: Set[str]
    """Content words that the statement and the closest sentences have in common, by their stems."""
    topics: Set[str]
    """Those of the statement."""


def concerns(claim: Claim, source: Source, closest: str) -> tuple[Concern, ...]:
    """Ways in which the text of a source does not bear out a statement.

    Parameters
    ----------
    claim
        The statement, with its markers.
    source
        With its design and study, as ``kb.strength.study.study_of`` reads them.
    closest
        The sentence or sentences of the source that come nearest; may be empty.

    Returns
    -------
    tuple
        At most one of a kind, in the order of ``kb.model.ConcernKind``; never "number differs", which comparing the
        numbers raises.
    """
    abstract = abstract_of(source)
    if not abstract and not source.full_text:
        return ()
    words = without_markers(claim.text)
    topics = _topics(fold(words).split())
    held = _Held(
        claim=words,
        closest=closest,
        text=f"{source.title} {abstract} {source.full_text}",
        source=source,
        question=claim.question,
        shared=topics & _topics(fold(closest).split()),
        topics=topics,
    )
    return tuple(Concern(kind=kind, words=found) for kind, check in _CHECKS if (found := check(held)))


def _topics(words: Iterable[str]) -> Set[str]:
    return {
        canonical(word)
        for word in words
        if len(word) > 2 and word not in FUNCTION and word not in DIRECTIONS and word not in NEGATIONS
    }


class _Turn(NamedTuple):
    """A word that says which way something goes: the scales and ends it stands at, and the words around it."""

    word: str
    poles: Set[str]
    what: Set[str]
    """What goes that way."""
    around: Set[str]


_REACH = 3
"""Content words next to a word of direction that are taken for what it is about."""
_AROUND = 10
"""Words on either side that two passages are compared by."""
_ALIKE = 3
"""Content words that the passages around two words must share to speak of the same thing."""


def _turns(text: str) -> Iterator[_Turn]:
    words = fold(text).split()
    for place, word in enumerate(words):
        poles = {pole for pole in DIRECTIONS.get(word, ()) if pole[:-1] in said.OPPOSED}
        if not poles or not NEGATIONS.isdisjoint(words[max(0, place - 4) : place]):
            continue
        before, after = words[max(0, place - 7) : place][::-1], words[place + 1 : place + 6]
        named_before = place and words[place - 1] in said.BEING
        what = _named(before) if named_before else _named(after)
        yield _Turn(word, poles, what or _named(before), _passage(words, place))


def _passage(words: Sequence[str], place: int) -> Set[str]:
    return _topics(words[max(0, place - _AROUND) : place + _AROUND])


def _named(words: Sequence[str]) -> Set[str]:
    found: list[str] = []
    for word in words:
        if word in DIRECTIONS or word in NEGATIONS:
            break
        if word not in FUNCTION and word not in said.TOO_COMMON and len(word) > 2:
            found.append(canonical(word))
    return set(found[:_REACH])


def _direction(held: _Held) -> str | None:
    theirs = [] if said.COMPARED.search(held.closest) else list(_turns(held.closest))
    for mine in _turns(held.claim):
        about = [turn for turn in theirs if mine.what & turn.what and len(mine.around & turn.around) >= _ALIKE]
        ends = {f"{pole[:-1]}{'-' if pole.endswith('+') else '+'}" for pole in mine.poles}
        against = next((turn for turn in about if ends & turn.poles), None)
        if against and not any(turn.poles & mine.poles for turn in about):
            return _against(mine.word, against.word)
    return None


def _against(stated: str, found: str) -> str:
    return f"the statement says “{stated}”, the closest sentence of the source “{found}”"


def _negation(held: _Held) -> str | None:
    mine, theirs = list(_denied(held.claim)), list(_denied(held.closest))
    for denials, others, other, words in (
        (mine, theirs, held.closest, "the statement says “{0}”, the closest sentence of the source “{1}”"),
        (theirs, mine, held.claim, "the closest sentence of the source says “{0}”, the statement “{1}”"),
    ):
        plain = fold(other).split()
        for denial in denials:
            if others:
                continue
            for place, word in enumerate(plain):
                if canonical(word) == denial.stem and len(_passage(plain, place) & denial.around) >= _ALIKE:
                    return words.format(denial.phrase, word)
    return None


class _Denial(NamedTuple):
    phrase: str
    stem: str
    around: Set[str]


def _denied(text: str) -> Iterator[_Denial]:
    for match in said.DENIAL.finditer(text):
        word = (match["it"] or match["that"]).lower()
        if word in said.EMPTY:
            continue
        near = f"{text[max(0, match.start() - 80) : match.start()]} {text[match.end() : match.end() + 80]}"
        yield _Denial(match.group(), canonical(word), _topics(fold(near).split()))


def _hedging(held: _Held) -> str | None:
    certain, careful = said.CERTAIN.search(held.claim), said.HEDGED.search(held.closest)
    if len(held.shared) < LEAST_SHARED:
        return None
    if certain and careful and not said.CERTAIN.search(held.closest):
        return _against(certain.group(), careful.group())
    guessed = said.GUESSED.search(held.closest)
    near = len(held.shared) >= NEAR * len(held.topics)
    if guessed and near and not said.OWN_DOUBT.search(held.claim):
        return f"the statement says it flatly, the closest sentence of the source “{guessed.group()}”"
    return None


def _significance(held: _Held) -> str | None:
    claimed, none = said.SIGNIFICANT.search(held.claim), said.NOT_SIGNIFICANT.search(held.closest)
    if len(held.shared) < LEAST_SHARED or not claimed or not none or said.NOT_SIGNIFICANT.search(held.claim):
        return None
    if said.SIGNIFICANT.search(said.NOT_SIGNIFICANT.sub(" ", held.closest)):
        return None
    return _against(claimed.group(), none.group())


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
    return f"the source studied {where}, and the statement does not say so" if held.question else None


def _no_guideline(held: _Held) -> str | None:
    advice = said.ADVISES.search(held.claim)
    if not advice or held.source.design == "guideline" or said.RECOMMENDS.search(held.text):
        return None
    return f"the statement says “{advice.group()}”, and the source is no guideline and its text recommends nothing"


def _population(held: _Held) -> str | None:
    for group in said.GROUPS:
        mine = group.named.search(held.claim)
        if not mine or group.present.search(held.text):
            continue
        for name in group.apart:
            theirs = said.APART[name].search(held.text)
            if theirs and not said.APART[name].search(held.claim):
                return f"the statement speaks of “{mine.group()}”, the text of the source “{theirs.group()}”"
    return None


def _intervention(held: _Held) -> str | None:
    words = plain(held.claim)
    named = [word for word, _, _ in words.tokens if word in _TREATMENTS]
    named += [words.lower[start:end] for start, end in named_treatments(words)]
    return _absent([word for word in named if word not in said.GENERIC], held)


_TREATMENTS = frozenset(LISTS["treatment"].split()) - said.GENERIC


def _outcome(held: _Held) -> str | None:
    return _absent([word for word, _, _ in plain(held.claim).tokens if word in said.OUTCOMES], held)


def _absent(words: Sequence[str], held: _Held) -> str | None:
    """None where no word is given, or the source's text holds one of them, by this or another name."""
    text = held.text.lower()
    if not words or any(name in text for word in words for name in _names(word)):
        return None
    return f"the statement speaks of “{words[0]}”, which the text of the source that was read does not mention"


def _names(word: str) -> tuple[str, ...]:
    row = next((row.split() for row in said.SAME if any(word.startswith(part) for part in row.split())), [])
    ending = max((end for end in TREATMENT_ENDINGS if word.endswith(end)), key=len, default="")
    return (stem(word), *row, *([ending] if len(ending) > _TELLING else []))


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
