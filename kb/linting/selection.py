"""Which rules a name means, and so which rules count where and how severe they are."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Final

from kb.errors import ConfigurationError
from kb.linting.globs import matches
from kb.model import Severity
from kb.rules import RULES
from kb.settings import Linting

FAMILIES: Mapping[str, str] = {
    "ST": "statements",
    "CI": "citations",
    "RE": "references",
    "SO": "sources",
    "EV": "evidence",
    "WA": "waivers",
}
"""The families of rules by the letters that their ids begin with."""
ABOUT_WAIVERS = "WA"
"""The family that no waiver waives."""
_ALL: Final = "all"
_NARROW = ("", _ALL, "family", "rule")
"""How narrowly a name can name a rule, not at all to begin with."""


def meant(name: str) -> frozenset[str]:
    """The ids of the rules that a name means: an id, a rule's name, a family, or ``all``; empty where there is none.

    >>> sorted(meant("citation-without-reference")), meant("ST001") == meant("st001"), meant("nothing")
    (['CI001'], True, frozenset())
    """
    return _names().get(name.casefold(), frozenset())


def nearest(name: str) -> str:
    """What to write in place of a name that means no rule."""
    near = difflib.get_close_matches(name.casefold()[:60], _names(), n=1)
    return f"did you mean '{_as_written(near[0])}'?" if near else "`kb rules` lists them all"


def refuse_nonsense(options: Linting) -> None:
    """Refuse options that name rules which do not exist, or that both select and ignore the same.

    Raises
    ------
    ConfigurationError
        The first of them, with its place and the nearest known name.
    """
    named = {
        "select": options.select,
        "ignore": options.ignore,
        "severities": tuple(options.severities),
        **{f"per_file_ignores of '{glob}'": names for glob, names in options.per_file_ignores.items()},
    }
    for key, names in named.items():
        for name in names:
            if not meant(name):
                problem = f"{key}: there is no rule '{name}'"
                raise ConfigurationError(problem, place=options.origin, remedy=nearest(name))
    for name in options.ignore:
        for other in options.select:
            if meant(name) == meant(other) and _kind(name) == _kind(other):
                same = f"'{name}'" if name == other else f"'{name}', which is '{other}',"
                raise ConfigurationError(
                    f"{same} is both selected and ignored", place=options.origin, remedy="say one of the two"
                )


def counts(rule: str, article: str, options: Linting) -> bool:
    """Whether the findings of a rule count in an article.

    The narrower of ``select`` and ``ignore`` wins: a rule's own id or name, then its family, then ``all``; where both
    are as narrow, it is ignored. What is ignored per file never counts there.

    >>> counts("ST001", "a.md", Linting(select=("ST001",), ignore=("ST",)))
    True
    """
    selected, ignored = (_narrowest(rule, names) for names in (options.select, options.ignore))
    if selected <= ignored:
        return False
    return not any(
        rule in meant(name)
        for glob, names in options.per_file_ignores.items()
        if matches(article, glob)
        for name in names
    )


def severity(rule: str, default: Severity, options: Linting) -> Severity:
    """How severe the findings of a rule are: what is configured for it, its family or all, else the default."""
    named = [(_narrowness(rule, name), given) for name, given in options.severities.items() if rule in meant(name)]
    return max(named, key=lambda each: each[0])[1] if named else default


def _narrowest(rule: str, names: Iterable[str]) -> int:
    return max((_narrowness(rule, name) for name in names), default=0)


def _narrowness(rule: str, name: str) -> int:
    return _NARROW.index(_kind(name)) if rule in meant(name) else 0


def _kind(name: str) -> str:
    folded = name.casefold()
    return _ALL if folded == _ALL else "family" if folded in _families() else "rule"


@cache
def _families() -> frozenset[str]:
    return frozenset(name.casefold() for family in FAMILIES.items() for name in family)


@cache
def _names() -> Mapping[str, frozenset[str]]:
    """The ids of rules by every name, folded; a family that has no rule yet means none, and so does its name."""
    names: dict[str, frozenset[str]] = {_ALL: frozenset(rule.id for rule in RULES)}
    for code, family in FAMILIES.items():
        names[code.casefold()] = names[family] = frozenset(rule.id for rule in RULES if rule.id.startswith(code))
    for rule in RULES:
        names[rule.id.casefold()] = names[rule.name] = frozenset((rule.id,))
    return names


def _as_written(folded: str) -> str:
    return folded.upper() if folded.upper() in {*FAMILIES, *(rule.id for rule in RULES)} else folded
