"""How many there are of something, in words."""

from __future__ import annotations


def count(number: int, noun: str) -> str:
    """A number of things, thousands set apart.

    >>> count(1, "article"), count(2, "primary study"), count(1412, "DOI")
    ('1 article', '2 primary studies', '1,412 DOIs')
    """
    return f"{number:,} {noun if number == 1 else plural(noun)}"


def plural(noun: str) -> str:
    """More than one of a thing, of the nouns that answers count.

    >>> plural("work"), plural("entry"), plural("survey")
    ('works', 'entries', 'surveys')
    """
    return f"{noun[:-1]}ies" if noun.endswith("y") and noun[-2:-1] not in "aeiou" else f"{noun}s"


def does(number: int, verb: str) -> str:
    """A verb as it agrees with a number of things.

    >>> does(1, "rest"), does(2, "rest")
    ('rests', 'rest')
    """
    return f"{verb}s" if number == 1 else verb
