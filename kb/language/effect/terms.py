"""What a question about an effect asks for, as a text names it: the outcome's terms, and words for an arm."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from kb.language.effect.cues import lowered, tokens
from kb.language.stems import stem

_STOP = frozenset(
    """
    a an the of in on at to for from by with without and or nor but as is are was were be been being has have had
    do did does it its this that these those their there than then when while which who whom whose not no all both
    each any between among after before during per via into over under about p s i we our they he she his her
    """.split()
)
_LIGHT = frozenset(
    """
    mean median average total overall number numbers rate rates level levels score scores incidence frequency
    amount percentage proportion change changes difference value values measure measures index scale concentration
    concentrations patient patients participant participants people subject subjects group groups day days week
    weeks month months year years time hour hours min minutes rated self reported increase decrease reduction
    improvement improvements higher lower primary secondary outcome outcomes treatment therapy baseline follow
    post pre
    """.split()
)
"""Words that many outcomes share: they count for less."""
_LIGHT_WEIGHT = 0.35
_SPELT_WEIGHT = 0.5
"""Of a word that only the text gives, where it spells out a short form."""
_KNOWN_SHARE = 0.6
"""Of the words behind a short form that the outcome must name for the short form to stand for it."""

_GENERIC = {
    **dict.fromkeys("intervention interventions experimental treated active".split(), 1.0),
    **dict.fromkeys("treatment verum".split(), 0.5),
    **dict.fromkeys(
        "control controls placebo sham usual standard conventional untreated vehicle saline comparator comparators "
        "comparison alone".split(),
        -1.0,
    ),
    **dict.fromkeys("baseline pretreatment".split(), -0.5),
}
"""Words that name an arm in most trials, unless they describe the other one or both."""
_NO_ARM = frozenset(
    """
    group groups patient patients arm arms mg ml kg g l h min minutes hour hours day days daily week weeks time
    times using received same first following followed administered
    """.split()
)
"""Words of an arm's description that do not tell it from the other."""
_LIGHT_ROLE = 0.4
"""Of a number or a single letter, which may stand for something else."""

_SHORT_FORM = re.compile(r"\(([A-Za-z][A-Za-z0-9/α-ω-]{1,11}?)s?[;,)]")
_SPELT_BEFORE = 120
"""How far before a bracket its long form may begin, in characters."""
_GROUP = re.compile(r"\b(?:[Gg]roups?|[Aa]rms?)\b(?:\s\(?(?P<name>[A-Z]{1,5}[0-9]?|[0-9]|one|two)\b)?")
_NAMED_BEFORE = re.compile(r"\b[A-Z]{1,5}[0-9]?(?=\s\Z)")
_NAME = 8
"""The longest name before "group" with the blank, in characters."""
_NO_GROUPS = frozenset({"", "p", "ns", "ci", "sd", "or", "rr", "hr", "n"})
_AROUND = 70
"""How far around the first naming of a group the words for its treatment are looked for, in characters."""


@lru_cache(maxsize=8192)
def root(word: str) -> str:
    """The stem of a word in lower case; a text has the same words again and again."""
    return stem(word)


class Target(NamedTuple):
    """An outcome as it is looked for."""

    weights: Mapping[str, float]
    """How much each of its stems counts."""
    short: Mapping[str, frozenset[str]]
    """Short forms in lower case, each with the stems that it stands for."""
    head: str
    """The stem of the word that the others describe: "pressure" in "systolic blood pressure at week 4"."""
    words: frozenset[str]
    """Its words as written, in lower case."""


def target(outcome: str, text: str) -> Target:
    """An outcome's terms, with the short forms that the text or the outcome itself gives them."""
    lower = lowered(outcome)
    words = [token.word for token in tokens(lower) if token.word[0].isalnum()]
    weights = {root(word): _LIGHT_WEIGHT if word in _LIGHT else 1.0 for word in words if word not in _STOP}
    short: dict[str, frozenset[str]] = {}
    for form, spelt in {**short_forms(text), **short_forms(outcome)}.items():
        if form in words:
            weights.update({one: _SPELT_WEIGHT for one in spelt if one not in weights})
        known = spelt & weights.keys()
        if known and (form in words or len(known) >= _KNOWN_SHARE * len(spelt)):
            short[form] = known | {root(form)}
    return Target(weights, short, _head(lower), frozenset(words))


_BEHIND_HEAD = re.compile(r"\b(?:of|in|at|for|during|after|with|by|on|to|from|as|between)\b|[(,;]")


def _head(lower: str) -> str:
    first = _BEHIND_HEAD.split(lower.strip(), maxsplit=1)[0]
    words = [token.word for token in tokens(first) if token.word[0].isalpha() and token.word not in _STOP]
    return root(words[-1]) if words else ""


def short_forms(text: str) -> dict[str, frozenset[str]]:
    """Short forms in brackets, in lower case, with the stems of the words before them that they are made of.

    >>> sorted(short_forms("Forced vital capacity (FVC) fell.")["fvc"])
    ['capacit', 'forc', 'vital']
    """
    found: dict[str, frozenset[str]] = {}
    for match in _SHORT_FORM.finditer(text):
        form = match[1]
        letters = [one for one in form.lower() if "a" <= one <= "z"]
        before = re.findall(r"[^\W_]+", lowered(text[max(0, match.start() - _SPELT_BEFORE) : match.start()]))
        if len(letters) >= 2 and not form.islower():
            spelt = _spelt_out(letters, before)
            if spelt:
                found.setdefault(form.lower(), frozenset(root(word) for word in spelt if word not in _STOP))
    return found


def _spelt_out(letters: Sequence[str], before: Sequence[str]) -> Sequence[str]:
    """The fewest words before a bracket that begin as the short form does and hold its letters in order."""
    for count in range(1, min(len(before), len(letters) + 4) + 1):
        words = before[-count:]
        if words[0][0] != letters[0] or words[0] in _STOP:
            continue
        rest = iter("".join(words))
        starting = sum(word[0] in letters for word in words if word not in _STOP)
        enough = starting >= min(len(letters), count) - 1 and (count > 1 or len(letters) <= 3)
        if enough and all(letter in rest for letter in letters):
            return words
    return ()


class Arms(NamedTuple):
    """Which words name which arm: above 0 the intervention, below the comparator."""

    roles: Mapping[str, float]

    def of(self, words: Iterable[str]) -> float:
        """Whose arm words in lower case name, -1 … 1; 0 where it cannot be told."""
        return _bounded(sum(map(self.role, words)))

    def role(self, word: str) -> float:
        """The same of one word; "non-" before a word names the other arm."""
        role = self.roles.get(word) or self.roles.get(root(word), 0.0)
        if role or "-" not in word:
            return role
        first, *rest = word.split("-")
        within = sum(self.roles.get(one) or self.roles.get(root(one), 0.0) for one in (first, *rest))
        return _bounded(-within if first == "non" else within)


def _bounded(role: float) -> float:
    return max(-1.0, min(1.0, role))


def arms(intervention: str, comparator: str, text: str) -> Arms:
    """The words that name each arm in a text, with the names that it gives its groups."""
    mine, its = _named(intervention), _named(comparator)
    both = mine | its
    roles = {word: role for word, role in _GENERIC.items() if word not in both and root(word) not in both}
    roles.update({word: _weight(word) for word in mine - its})
    roles.update({word: -_weight(word) for word in its - mine})
    known = Arms(roles)
    return Arms({**_groups(known, text), **roles})


def _named(arm: str) -> set[str]:
    written = {word.strip("().,;:") for word in arm.split()}
    words = {token.word for token in tokens(lowered(arm)) if token.word[0].isalnum() and token.word not in _NO_ARM}
    # A short form in capitals may look like a stop word: "SHE" for sleep hygiene education.
    kept = {word for word in words if word not in _STOP or word.upper() in written}
    return {word if word in _GENERIC else root(word) for word in kept}


def _weight(word: str) -> float:
    return _LIGHT_ROLE if word[0].isdigit() or len(word) == 1 else 1.0


def _groups(known: Arms, text: str) -> dict[str, float]:
    """Names of groups such as "A" or "2", by the words around the place where each is first named."""
    found: dict[str, float] = {}
    matches = list(_GROUP.finditer(text))
    for at, match in enumerate(matches):
        name, start = _group(text, match)
        if name in found or name in _NO_GROUPS:
            continue
        low = max(matches[at - 1].end() if at else 0, start - _AROUND)
        low = max(low, text.rfind(".", low, start) + 1)
        high = min(matches[at + 1].start() if at + 1 < len(matches) else len(text), match.end() + _AROUND)
        behind = known.of(token.word for token in tokens(lowered(text[match.end() : high])))
        before = known.of(token.word for token in tokens(lowered(text[low:start])))
        named_last = text.startswith(")", match.end())
        found[name] = (before or behind) if named_last else (behind or before)
    return {name: 1.0 if role > 0 else -1.0 for name, role in found.items() if role}


def _group(text: str, match: re.Match[str]) -> tuple[str, int]:
    """The name of a group in lower case, empty where it has none, and where it and the word "group" begin."""
    if match["name"]:
        return match["name"].lower(), match.start()
    before = text[max(0, match.start() - _NAME) : match.start()]
    name = _NAMED_BEFORE.search(before)
    return (name[0].lower(), match.start() - len(before) + name.start()) if name else ("", match.start())
