"""The clauses of a sentence that assert different things and have citations of their own.

"Heat eases pain [1], but cold makes it worse." says two things, and [1] stands for one of them. A sentence is divided
only where its words leave little doubt, for a clause too many asks for a source that nobody owes:

1. The places looked at are semicolons, conjunctions, and the comma that ends a clause led by "although" or "while",
   outside brackets and quotation marks.
2. The citations tell the sides apart: a marker ends the first clause just before that place, or each side has one at a
   strong boundary (";", ", but", ", whereas") or behind the name of its author ("…, and Smith et al. [2] found …").
3. Each side has ``_FEWEST_WORDS`` words and a finite verb of its own, outside relative and other dependent clauses.
4. A side that goes on with the subject of the one before ("… and often lasts for years [2]") has a marker of its own.

Verbs are told by the tables of ``kb.language.clause_words``, since no parser is at hand: auxiliaries anywhere, other
verbs by their form and neighbours.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from kb.language import clause_words as known
from kb.model import Span

_JOINTS = re.compile(rf"[;,]|\b(?:{'|'.join(sorted({'and', *known.NEED_COMMA, *known.CONTRASTS}))})\b", re.IGNORECASE)
_LED = re.compile(rf"\W*(?:{'|'.join(sorted(known.LEADS))})\b", re.IGNORECASE)
_DEPENDENT = re.compile(known.DEPENDENT, re.IGNORECASE)
_OPEN_PAIR = re.compile(known.OPEN_PAIR, re.IGNORECASE)
_JOINS_LESS = re.compile(known.JOINS_LESS, re.IGNORECASE)
_ASIDE = re.compile(known.ASIDE, re.IGNORECASE)
_NUMBERED = re.compile(known.NUMBERED)
_REPORTED_THAT = re.compile(known.REPORTED_THAT, re.IGNORECASE)
_NAMES = re.compile(known.NAMES)
_WORD = re.compile(r"[^\W\d_]+(?:[’'‐–-][^\W\d_]+)*|\d[\d.,]*")
_LEADING = re.compile(r"[\s;,]*(?:(?:and|but|yet|so|whereas|while|whilst|although|though)\b)?", re.IGNORECASE)

_DIVIDING = known.SUBORDINATES | {"but"}
_FEWEST_WORDS = 3
_LONGEST = 2_000
"""Characters; a "sentence" beyond is a table or a list, and is left whole."""
_FROM_NAME = 80
"""The farthest from its conjunction that a marker behind a name begins, in characters."""


class _Joint(NamedTuple):
    """Where a sentence may be divided: where the next clause starts, and what stands there."""

    start: int
    word: str
    """The conjunction, or the stop where none follows it."""
    stop: str
    """The comma or semicolon before the conjunction."""
    ends_cited: bool
    """Whether a marker stands just before it."""
    named: bool
    """Whether a marker follows the name that the next clause begins with."""


class _Side(NamedTuple):
    """A clause to be, and the conjunction that was taken off it, in lower case."""

    lead: str
    text: str
    tokens: tuple[str, ...]
    cites: bool


def clauses(words: str, markers: Sequence[tuple[int, int]]) -> list[Span]:
    """Divide a sentence into the clauses that its citations cover differently.

    Parameters
    ----------
    words
        The sentence, its markers blanked out by as many spaces.
    markers
        Start and end of each marker in ``words``, in order.

    Returns
    -------
    list of Span
        In order, in code points of ``words``, white space between them; mostly the whole sentence alone.

    Examples
    --------
    >>> words = "Heat eases pain    , but cold makes it worse."
    >>> [words[s.start:s.end] for s in clauses(words, [(16, 19)])]
    ['Heat eases pain    ,', 'but cold makes it worse.']
    >>> len(clauses("Heat eases pain, but cold makes it worse    .", [(41, 44)]))
    1
    """
    if not markers or len(words) > _LONGEST or len(_NUMBERED.findall(words)) > 1:
        return [Span(start=0, end=len(words))]
    joints = list(_joints(words, markers))
    starts = [0]
    for at, joint in enumerate(joints):
        following = joints[at + 1].start if at + 1 < len(joints) else len(words)
        left = _side(words, markers, starts[-1], joint.start)
        right = _side(words, markers, joint.start, following)
        before = _side(words, markers, joints[at - 1].start, joint.start) if at else left
        listing = joint.word == "and" and _verb(before.tokens) is None
        if not listing and _divides(joint, left, right):
            starts.append(joint.start)
    ends = [_end(words, markers, following) for following in starts[1:]]
    return [Span(start=start, end=end) for start, end in zip(starts, [*ends, len(words)], strict=True)]


def _end(words: str, markers: Sequence[tuple[int, int]], following: int) -> int:
    """Where the clause before a place ends: behind its last word or marker."""
    at = bisect_left(markers, (following, following))
    return max(len(words[:following].rstrip()), markers[at - 1][1] if at else 0)


def _joints(words: str, markers: Sequence[tuple[int, int]]) -> Iterator[_Joint]:
    """The places at which a clause may begin, outside brackets and quotation marks."""
    led = bool(_LED.match(words))
    depth = quotes = position = 0
    for match in _JOINTS.finditer(words):
        passed, position = words[position : match.start()], match.start()
        depth = max(0, depth + sum(map(passed.count, "([{“«")) - sum(map(passed.count, ")]}”»")))
        quotes += passed.count('"')
        joint = None if depth or quotes % 2 else _joint(words, markers, match)
        if joint and _worth_a_look(joint, led=led):
            yield joint


def _joint(words: str, markers: Sequence[tuple[int, int]], match: re.Match[str]) -> _Joint | None:
    """What stands at a stop or conjunction; None for a stop before a conjunction, which is looked at itself."""
    word, start, behind = match.group().lower(), match.start(), match.end()
    before = words[:start].rstrip(" \u00a0)]")
    stop = before[-1:] if before[-1:] in (",", ";") else ""
    if word in ",;":
        start = behind = _after_stop(words, markers, behind)
        if _JOINTS.match(words, start):
            return None
    elif _JOINS_LESS.match(words, start):
        return None
    at = bisect_right(markers, start, key=lambda marker: marker[1])
    ends_cited = at > 0 and not words[markers[at - 1][1] : start].strip(" ,;.)]\u00a0")
    named = at < len(markers) and markers[at][0] - behind <= _FROM_NAME
    if named:
        named = bool(_NAMES.match(f"{words[behind : markers[at][0]]} "))
    return _Joint(start, word, stop, ends_cited, named)


def _after_stop(words: str, markers: Sequence[tuple[int, int]], place: int) -> int:
    """Where the words go on behind a stop and the markers that are set directly behind it."""
    at = bisect_left(markers, (place, place))
    while at < len(markers) and markers[at][0] == place:
        place, at = markers[at][1], at + 1
    return place + len(words) - place - len(words[place:].lstrip())


def _worth_a_look(joint: _Joint, *, led: bool) -> bool:
    if joint.word == ";" or (joint.word in known.CONTRASTS and joint.stop):
        return True
    if joint.word == ",":
        return led and joint.ends_cited
    if joint.word in known.NEED_COMMA and not joint.stop:
        return False
    return joint.ends_cited or (joint.named and bool(joint.stop))


def _side(words: str, markers: Sequence[tuple[int, int]], start: int, end: int) -> _Side:
    lead = _LEADING.match(words, start, end)
    begin = lead.end() if lead else start
    at = bisect_left(markers, (start, start))
    cites = at < len(markers) and markers[at][0] < end
    text = words[begin:end]
    return _Side(words[start:begin].strip(" ;,").lower(), text, tuple(_WORD.findall(text)), cites)


def _divides(joint: _Joint, left: _Side, right: _Side) -> bool:
    """Whether the citations tell the two sides apart, and each asserts something by itself."""
    if not left.cites or not (joint.ends_cited or right.cites):
        return False
    if min(len(left.tokens), len(right.tokens)) < _FEWEST_WORDS or right.tokens[0].lower() in known.NO_SUBJECT:
        return False
    verb = _verb(_WORD.findall(right.text.partition(":")[0]))
    return verb is not None and _stands_alone(left) and _allowed(joint, left, right, verb)


def _stands_alone(side: _Side) -> bool:
    """Whether the main clause, and the dependent clause that it ends with, have their verbs.

    What has none is the beginning of a longer clause: "Patients who have pain [1] and children are at risk."
    """
    tokens = _WORD.findall(_ASIDE.sub(" ", side.text))
    split = [at for at, word in enumerate(tokens) if at and word.lower() in _DIVIDING]
    last = tokens[split[-1] + 1 :] if split else tokens
    return _verb(tokens) is not None and _verb(last) is not None


def _allowed(joint: _Joint, left: _Side, right: _Side, verb: int) -> bool:
    """Whether this conjunction joins statements here; ``verb`` is the place of the right side's verb in its tokens."""
    subject = joint.named or not _without_subject(right, verb)
    if joint.word == ";":
        return ":" not in left.text and subject
    if joint.word == ",":
        return subject and left.lead in known.LEADS
    if joint.word in known.CONTRASTS and joint.stop and subject:
        return not _OPEN_PAIR.search(left.text)
    dependent = _DEPENDENT.match(left.text) or _depends(left.text) or left.lead in known.LEADS
    return not dependent and not _OPEN_PAIR.search(left.text) and (subject or right.cites)


def _depends(text: str) -> bool:
    """Whether a clause holds another that "and" could go on with: a condition, a reason, a relative clause."""
    rest = _REPORTED_THAT.sub("", text)
    return any(word.lower() in known.SUBORDINATES for word in _WORD.findall(rest))


def _without_subject(side: _Side, verb: int) -> bool:
    """Whether only adverbs, or a phrase such as "in most people", stand before the verb."""
    before = [word.lower() for word in side.tokens[:verb]]
    if all(word in known.ADVERBS or word.endswith("ly") for word in before):
        return True
    return before[0] in known.PREPOSITIONS and "," not in side.text[: side.text.find(side.tokens[verb])]


def _verb(tokens: Sequence[str]) -> int | None:
    """The place of the first finite verb before any dependent clause; what has a capital is a name, or asks."""
    words = [token.lower() for token in tokens]
    shouted = not any(token.islower() for token in tokens)
    for at, word in enumerate(words):
        if at and word in known.SUBORDINATES:
            return None
        if (shouted or tokens[at].islower()) and _finite(words, at):
            return at
    return None


def _finite(words: Sequence[str], at: int) -> bool:
    """Whether a word is a finite verb, by its form and its neighbours."""
    word, before = words[at], words[at - 1] if at else ""
    after = words[at + 1] if at + 1 < len(words) else ""
    if word in known.AUXILIARIES:
        return before != "to"
    stem = _stem(word)
    if stem is None:
        return (word.endswith("ed") or word in known.PAST) and after in known.BEHIND_PAST
    if before in known.BEFORE_NOUN or not after:
        return False
    if after in known.BEHIND_NOUN and f"{stem}-{after}" not in known.PARTICLES:
        return False
    return stem != word or _plural(words, at)


def _stem(word: str) -> str | None:
    """The verb of which the word is a form of the present, else None."""
    forms = [word]
    if word.endswith("s"):
        forms += [word[:-1]] + [word[:-2]] * word.endswith("es") + [f"{word[:-3]}y"] * word.endswith("ies")
    return next((form for form in forms if form in known.VERBS), None)


def _plural(words: Sequence[str], at: int) -> bool:
    """Whether what stands before a place, adverbs aside, can be a subject in the plural."""
    at -= 1
    while at > 0 and (words[at] in known.ADVERBS or words[at].endswith("ly")):
        at -= 1
    word = words[at] if at >= 0 else ""
    return word in known.PLURAL or (word.endswith("s") and not word.endswith("ss") and word not in known.NO_PLURAL)
