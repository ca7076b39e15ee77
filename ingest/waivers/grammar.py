"""What a remark asks for: ``kb: allow ID[, ID …] reason="…" [until=YYYY-MM-DD]``, or the same with ``allow-file``."""

from __future__ import annotations

import re

from ingest.read.remarks import LONGEST
from kb.errors import one_line
from kb.model import Record
from kb.settings import is_day

_PREFIX = len("kb:")
_COMMANDS = ("allow", "allow-file")
_KEYS = ("reason", "until")
_EXAMPLE = 'kb: allow ST001 reason="…"'
_LONGEST_SHOWN = 40

_WORD = re.compile(r"[^\s,;=]{1,2000}")
_ID = re.compile(r"([^\W_][\w.-]{0,79})(?=[\s,;]|$)")
_PAIR = re.compile(
    r"(?P<key>\w[\w-]{0,39})\s?=\s?(?:\"(?P<straight>[^\"]*)\"|'(?P<single>(?:[^']|'(?=\w))*)'"
    r"|[“”„«](?P<curly>[^“”»\"]*)[“”»\"]|[‘‚](?P<raised>(?:[^’‘]|’(?=\w))*)[’‘]|(?P<bare>[^\s,;\"'“”„«‘‚]+))(?=[\s,;]|$)"
)
"""Within single quotes an apostrophe before a letter ends nothing. German quotation marks end with “."""
_OPEN = re.compile(r"(\w[\w-]{0,39})\s?=\s?([\"'“”„«‘‚])")
_NOTHING = re.compile(r"(\w[\w-]{0,39})\s?=")
_BETWEEN = re.compile(r"[\s,;]*")


class Asked(Record, frozen=True, kw_only=True):
    """What a remark asks for; where it is malformed, ``problem`` says why, in words."""

    rules: tuple[str, ...] = ()
    reason: str = ""
    until: str = ""
    whole: bool = False
    """Whether it speaks of the whole article."""
    problem: str = ""


def asked(text: str) -> Asked:
    """Read a remark.

    Parameters
    ----------
    text
        A remark from its "kb:" on, on one line.

    Examples
    --------
    >>> asked('kb: allow ST001, EV007 until=2027-01-01 reason="pilot"').rules
    ('ST001', 'EV007')
    >>> asked('kb: alow ST001 reason="pilot"').problem
    '"alow" is no word of a waiver; did you mean "allow"?'
    """
    if len(text) > LONGEST:
        return Asked(problem=f"it is longer than {LONGEST:,} characters; say in a few words why")
    body = text[_PREFIX:].strip()
    word = _WORD.match(body)
    if word is None:
        return Asked(problem=f"nothing stands behind kb:; write {_EXAMPLE}")
    command = word.group().lower()
    if command not in _COMMANDS:
        return Asked(problem=_unknown(word.group(), "is no word of a waiver", _COMMANDS))
    return _read(body, word.end(), whole=command == "allow-file")


def _read(body: str, at: int, *, whole: bool) -> Asked:
    """What stands behind the command: rules and pairs of key and value, in any order."""
    rules: list[str] = []
    values: dict[str, str] = {}
    problem = ""
    while not problem and (at := _after_space(body, at)) < len(body):
        if pair := _PAIR.match(body, at):
            key, value = pair.group("key").lower(), pair.group(pair.lastgroup or "bare")
            problem = _fault(key, value, pair.lastgroup == "bare", values)
            values.setdefault(key, value)
            at = pair.end()
        elif (rule := _ID.match(body, at)) and rule.group(1).lower() not in _KEYS:
            rules.append(rule.group(1))
            at = rule.end()
        else:
            problem = _not_understood(body, at)
    if not problem and not rules:
        problem = f"it names no rule; write the id or the name of one, as in {_EXAMPLE}"
    reason = " ".join(values.get("reason", "").split())
    return Asked(rules=tuple(rules), reason=reason, until=values.get("until", ""), whole=whole, problem=problem)


def _after_space(body: str, at: int) -> int:
    space = _BETWEEN.match(body, at)
    return space.end() if space else at


def _fault(key: str, value: str, bare: bool, before: dict[str, str]) -> str:
    """What is wrong with a key and its value; empty where nothing is."""
    if key not in _KEYS:
        return _unknown(key, "is no part of a waiver", _KEYS)
    if key in before:
        return f"it says {key}= twice; leave one out"
    if key == "reason":
        return f'the reason has no quotation marks; write reason="{_shown(value)} …"' if bare else ""
    return "" if is_day(value) else f'until="{_shown(value)}" is no day; write it as until=2027-01-31'


def _not_understood(body: str, at: int) -> str:
    """Why neither a rule nor a pair stands at a place."""
    if opened := _OPEN.match(body, at):
        key, mark = opened.groups()
        return f"the quotation mark {mark} behind {_shown(key)}= is never closed, or words stand right behind it"
    if empty := _NOTHING.match(body, at):
        return f"nothing stands behind {_shown(empty.group(1))}="
    word = body[at : at + _LONGEST_SHOWN].split()[0]
    if word.rstrip(":").lower() in _KEYS:
        return f'"{word}" needs an equals sign; write {word.rstrip(":").lower()}=…'
    return f'"{_shown(word)}" is not understood; write {_EXAMPLE}'


def _unknown(word: str, what: str, known: tuple[str, ...]) -> str:
    from difflib import get_close_matches

    nearest = get_close_matches(word.lower()[:_LONGEST_SHOWN], known, n=1, cutoff=0)[0]
    return f'"{_shown(word)}" {what}; did you mean "{nearest}"?'


def _shown(word: str) -> str:
    """A word of the author's, as a message shows it."""
    return one_line(word)[:_LONGEST_SHOWN]
