"""Do a claim and a sentence of a source say opposite directions of the same thing? Answered only where sure.

Each sentence is read as findings: a way (more, less, better, worse, no difference) and the content words next to it.
Two findings are of the same thing where those words are the same; they are opposed where one says more and the other
less, better and worse, or one a change and the other none. Whatever could mean something else has no answer: careful
claims, several ways of one thing in one sentence, arms compared in another order, other people or other times.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from kb.language.assertion import LONGEST, canonical, without_markers
from kb.language.assertion_words import FUNCTION, HEDGES
from kb.language.effect import words as known
from kb.language.effect.cues import Cue, Token, cues, lowered, tokens
from kb.language.effect.words import Way

SHARED = 0.5
"""Least share of the claim's content words, directions aside, that the sentence must hold too."""
_NEAR = 3
"""Content words on each side of a cue that can name what it is about."""
_FEWEST = 3
"""Content words that the two must share at least."""
_NO_THINGS = FUNCTION | frozenset(
    """
    not no neither nor significant significantly statistically statistical difference differences effect effects group
    groups arm arms patients patient people participants subjects study studies trial results result found showed shown
    between among both all compared comparison versus vs rate rates level levels risk score scores number mean use used
    treatment treated therapy after before during over evidence associated association have when only other some many
    likely change changes changed clinical high low different same similar least more less most lower higher it we
    """.split()
)
"""Words that name no outcome by themselves."""
_AGAINST = re.compile(r"\b(?:than|compared (?:with|to)|as compared|relative to|versus|vs\.?|over)\b")
_DOUBT = re.compile(
    r"\b(?:whether|if|unless|aim(?:s|ed)? (?:of|to|was)|hypothes\w{1,6}|to (?:determine|assess|evaluate|test)|unclear|"
    r"unknown|conflicting|controvers\w{1,5}|contrary|except|unlike|contrast|initially|baseline|not only|"
    r"tend(?:ed|ency)?|trend)\b"
)


class _Finding(NamedTuple):
    way: Way
    words: str
    """The cue as written, with its denial."""
    things: frozenset[str]
    """What it is about: content words next to it, by their stems."""


def opposed(claim: str, sentence: str) -> str | None:
    """Why a source's sentence says the opposite direction of what a claim says of the same thing, in plain words.

    None where they agree, speak of different things, or where it is not sure. Citation markers are left out of account.

    Examples
    --------
    >>> opposed("Heat reduces neck pain in adults.", "In adults, heat did not reduce neck pain.")
    'the statement says “reduces”, the source “did not reduce”'
    >>> opposed("Heat reduces neck pain in adults.", "Heat reduced neck pain in adults.") is None
    True
    """
    mine, its = without_markers(claim[:LONGEST]), without_markers(sentence[:LONGEST])
    if _unsure(mine) or _unsure(its) or _turned(mine, its):
        return None
    own, given = _content(mine), _content(its)
    common = own & given
    if len(common) < _FEWEST or len(common) < SHARED * len(own):
        return None
    stated, found = list(_findings(mine)), list(_findings(its))
    for one in stated:
        about = [other for other in found if _same_thing(one, other)]
        ways = {other.way for other in stated if other.things & one.things}
        others = [other for other in found if other.things & one.things or other.way == "same"]
        if about and ways == {one.way} and all(_opposite(one.way, other.way) for other in others):
            return f"the statement says “{one.words}”, the source “{about[0].words}”"
    return None


def _unsure(text: str) -> bool:
    lower = lowered(text)
    return bool(_DOUBT.search(lower)) or any(token.word in HEDGES for token in tokens(lower))


def _opposite(one: Way, other: Way) -> bool:
    return {one, other} in ({"more", "less"}, {"better", "worse"}) or (one == "same") != (other == "same")


def _content(text: str) -> frozenset[str]:
    """Stems of the words that name things, directions and denials aside."""
    return frozenset(_stem(token) for token in tokens(lowered(text)) if _thing(token))


def _thing(token: Token) -> bool:
    word = token.word
    return word[0].isalpha() and len(word) > 1 and word not in _NO_THINGS and word not in known.WAYS


def _stem(token: Token) -> str:
    return canonical(token.word)


def _findings(text: str) -> Iterator[_Finding]:
    lower = lowered(text)
    words = tokens(lower)
    ends = [0, *(token.start for token in words if token.word in known.BREAKS or token.word in ";:"), len(text)]
    found = cues(text)
    same = [cue for cue in found if cue.way == "same"]
    for cue in found:
        if cue.way != "same" and any(other.start <= cue.start < other.end for other in same):
            continue
        low = max(end for end in ends if end <= cue.start)
        high = min(end for end in ends if end >= cue.end)
        clause = [token for token in words if low <= token.start < high]
        way: Way = "same" if cue.denied else cue.way
        yield _Finding(way, _written(text, words, cue), _things(clause, cue))


def _written(text: str, words: Sequence[Token], cue: Cue) -> str:
    start = cue.start
    if cue.denied:
        before = [at for at, token in enumerate(words) if token.end <= cue.start]
        denial = max(at for at in before if words[at].word in known.DENIALS or words[at].word.endswith("n't"))
        helped = denial and words[denial - 1].word in {
            "did",
            "do",
            "does",
            "has",
            "have",
            "had",
            "was",
            "were",
            "is",
            "are",
        }
        start = words[denial - 1 if helped else denial].start
    return " ".join(text[start : cue.end].split())


def _things(clause: Sequence[Token], cue: Cue) -> frozenset[str]:
    """What stands next to a cue: the words behind it, and before it where it is said of them."""
    behind = [token for token in clause if token.start >= cue.end and _thing(token)][:_NEAR]
    before = [token for token in clause if token.end <= cue.start and _thing(token)][-_NEAR:]
    return frozenset(_stem(token) for token in (*behind, *before))


def _same_thing(one: _Finding, other: _Finding) -> bool:
    shared = one.things & other.things
    return len(shared) >= 2 and len(shared) >= 0.6 * min(len(one.things), len(other.things))


def _turned(one: str, other: str) -> bool:
    """Whether what one compares with stands elsewhere in the other, so that "less" there may be "more" here."""
    (mine, against), (its, its_against) = _compared(one), _compared(other)
    return bool(against & its or its_against & mine)


def _compared(text: str) -> tuple[frozenset[str], frozenset[str]]:
    """Content words before and behind "than" or the like."""
    match = _AGAINST.search(lowered(text))
    if match is None:
        return _content(text), frozenset()
    behind = [_stem(token) for token in tokens(lowered(text[match.end() :])) if _thing(token)]
    return _content(text[: match.start()]), frozenset(behind[:_NEAR]) or frozenset({""})
