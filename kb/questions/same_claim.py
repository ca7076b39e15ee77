"""Is the same asserted twice, or the opposite? Asked of the statements of one article, or of many."""

from __future__ import annotations

from collections.abc import Sequence

from kb.language.comparison import Comparison, How
from kb.model import Kind, Record, Statement
from kb.questions.claims import claims

ASSERT_NOTHING: frozenset[Kind] = frozenset({"framing", "opinion", "own work"})
"""Kinds of statement that cannot be said twice, or the opposite of."""
_EQUAL = Comparison(how="same", why="both say it in the same words", alike=1.0)


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
    out. Of many that are equal word for word, each is paired with the first alone. How they are found without comparing
    each with each: `kb.questions.claims.claims`.

    Parameters
    ----------
    statements
        Of one article or of several.
    articles
        The id of the article of each statement, where there are several.
    """
    told = [
        place
        for place, statement in enumerate(statements)
        if statement.kind not in ASSERT_NOTHING and not statement.leans_on
    ]
    found = claims([statements[place].text for place in told])
    pairs = [(group[0], later, _EQUAL) for group in found.groups for later in group[1:]]
    pairs += [(found.groups[one][0], found.groups[other][0], how) for one, other, how in found.pairs]
    return tuple(
        Pair(
            first=statements[told[earlier]].id,
            second=statements[told[later]].id,
            first_article=articles[told[earlier]] if articles else "",
            second_article=articles[told[later]] if articles else "",
            how=how.how,
            why=how.why,
            alike=how.alike,
        )
        for earlier, later, how in sorted(pairs, key=lambda pair: pair[1::-1])
    )
