"""The telling words of a claim that the text of its source does not hold, as the author wrote them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from kb.language.folding import fold
from kb.strength.judging.passages import Text

TELLING = 5.0
"""Rarity from which a word is told to be missing: about one of 150 sentences of biomedical articles holds it."""
MOST = 6
_ENDING = 3
"""Letters at the end in which two words for one thing may differ ("neutralise" and "neutralization")."""
_BEGINNING = 5
_LONGEST = 40
"""Characters of a word that is told; a longer one is an address, a sequence, or a table run together."""


def missing(wanted: Mapping[str, float], words: Mapping[str, str], texts: Sequence[Text]) -> tuple[str, ...]:
    """The rarest words of a claim that no text holds in any form, at most six, in the order of the claim.

    Parameters
    ----------
    wanted, words
        The rarity of each term of the claim, and how the author wrote it; numbers are left aside.
    texts
        What was read of the source.
    """
    rare = [
        term
        for term, weight in wanted.items()
        if weight >= TELLING and any(letter.isalpha() for letter in words[term]) and len(words[term]) <= _LONGEST
    ]
    lost = [term for term in rare if not any(_held(term, words[term], text) for text in texts)]
    first = sorted(lost, key=lambda term: -wanted[term])[:MOST]
    return tuple(dict.fromkeys(words[term] for term in lost if term in first))


def _held(term: str, written: str, text: Text) -> bool:
    """Whether a text holds a term, another form of it, or the code that it is a part of, however that is joined."""
    if term in text.terms:
        return True
    if any(letter.isdigit() for letter in written):
        return fold(written).replace(" ", "") in text.run
    beginning = term[: max(_BEGINNING, len(term) - _ENDING)]
    return len(term) >= _BEGINNING and f" {beginning}" in text.words
