"""What a "sentence" looks like that is none: a table that was pasted as text."""

from __future__ import annotations

import re

from kb.language.plain import plain

_SMALL = frozenset(
    """
    the of and to in a an is are was were be been that for it as with by on at from this have has had not or which
    """.split()
)
_DIGIT = re.compile(r"\d")
_FEWEST_NUMBERS = 6
_NUMBERS_TO_WORDS = 0.6
_SMALL_SHARE = 0.12


def is_table(words: str) -> bool:
    """Whether a passage is a table pasted as text: many numbers, few words, and hardly any small words of prose.

    >>> is_table("Group  n  Age  BMI  Before  After  A  20  54.1  27.2  6.1  3.2  B  21  53.8  26.9  6.0  5.1")
    True
    >>> is_table("Of 120 patients 40 had 2 relapses in 12 months, 30 had 3 and 50 had none of them.")
    False
    """
    if len(_DIGIT.findall(words)) < _FEWEST_NUMBERS:  # as is quickly seen of most
        return False
    tokens = [word for word, _, _ in plain(words).tokens]
    numbers = len([word for word in tokens if word[0].isdecimal()])
    if numbers < _FEWEST_NUMBERS:
        return False
    named = sum(len(word) > 1 and word[0].isalpha() for word in tokens)
    small = sum(word in _SMALL for word in tokens)
    return numbers >= _NUMBERS_TO_WORDS * named and small <= _SMALL_SHARE * len(tokens)
