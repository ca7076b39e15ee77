"""Is the same asserted twice, or the opposite? Asked of the statements of one article, or of many.

How two sentences are compared stands in ``kb.language.comparison``; here is which ones are.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from kb.language.assertion import Assertion, read_assertion
from kb.language.comparison import MORE, Comparison, How, compare, shared_key
from kb.model import Kind, Record, Statement

_ASSERT_NOTHING: frozenset[Kind] = frozenset({"framing", "opinion", "own work"})
_EQUAL = Comparison(how="same", why="both say it in the same words", alike=1.0)
_FEWEST = 3
"""Fewer content words than this say too little to be recognised."""
_MOST_NEAR = 100
"""Statements with the same rare word that are looked at: where more have it, it is no rare word but a table's."""


class Pair(Record, frozen=True, kw_only=True):
    """Two statements that say the same, or the opposite; ``first`` comes first.

    The articles are empty where none were given. ``alike`` is the share of content words that both hold, 0 to 1.
    """

    first: str
    second: str
    first_article: str = ""
    second_article: str = ""
    how: How
    why: str
    alike: float


def same_claims(statements: Sequence[Statement], articles: Sequence[str] = ()) -> tuple[Pair, ...]:
    """The pairs of statements that say the same or contradict each other, in the order of the later one.

    Statements that assert nothing, and those that speak of something named in another sentence ("This …"), are left
    out. Of many that are equal word for word, each is paired with the first alone. Only statements that share one of
    their rarest words are compared (prefix filtering: Bayardo, Ma & Srikant, WWW 2007), so the time grows with the
    number of statements and not with its square.

    Parameters
    ----------
    statements
        Of one article or of several.
    articles
        The id of the article of each statement, where there are several.
    """
    told = [
        (place, assertion)
        for place, statement in enumerate(statements)
        if statement.kind not in _ASSERT_NOTHING
        and not statement.leans_on
        and not (assertion := read_assertion(statement.text)).points_back
        and len(assertion.words) >= _FEWEST
    ]
    found = sorted(_compared(told), key=lambda each: (each[1], each[0]))
    return tuple(
        Pair(
            first=statements[earlier].id,
            second=statements[later].id,
            first_article=articles[earlier] if articles else "",
            second_article=articles[later] if articles else "",
            how=answer.how,
            why=answer.why,
            alike=answer.alike,
        )
        for earlier, later, answer in found
    )


def _compared(told: list[tuple[int, Assertion]]) -> Iterator[tuple[int, int, Comparison]]:
    """Earlier place, later place and answer of all pairs that have one."""
    groups: dict[Assertion, int] = {}
    firsts: list[tuple[int, Assertion]] = []
    for place, one in told:
        if one in groups:
            yield groups[one], place, _EQUAL
        else:
            groups[one] = place
            firsts.append((place, one))
    for earlier, later in _near([one for _, one in firsts]):
        answer = compare(firsts[earlier][1], firsts[later][1])
        if answer:
            yield firsts[earlier][0], firsts[later][0], answer


def _near(assertions: Sequence[Assertion]) -> Iterator[tuple[int, int]]:
    """Pairs of which one can hold all words of the other: such two share one of the rarest words of each."""
    keys = [frozenset(shared_key(word) for word in one.words if word != "±") for one in assertions]
    frequency = Counter(word for each in keys for word in each)
    holding: defaultdict[str, list[int]] = defaultdict(list)
    for later, (one, each) in enumerate(zip(assertions, keys, strict=True)):
        rarest = sorted(each, key=lambda word: (frequency[word], word))[: len(one.words) // MORE + 1]
        for earlier in sorted({place for word in rarest for place in holding[word]}):
            if each <= keys[earlier] or keys[earlier] <= each:
                yield earlier, later
        for word in rarest:
            if len(holding[word]) < _MOST_NEAR:
                holding[word].append(later)
