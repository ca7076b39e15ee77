"""What a search found, in words."""

from __future__ import annotations

from collections.abc import Iterator

from kb.errors import one_line
from kb.questions.search import Found, FoundSource
from kb.report.answers.headline import headline
from kb.view.answers.search import facts_of, how_many
from kb.view.answers.wording import named
from kb.view.wording import CAVEAT


def to_text(answer: Found) -> str:
    """The statements, then the sources, as many as the answer holds of each, and how many there are in all."""
    return "".join(f"{line}\n" for line in (*_lines(answer), "", CAVEAT))


def _lines(answer: Found) -> Iterator[str]:
    sort = answer.search.only
    if sort != "sources":
        yield how_many(answer.all_statements, "statement")
        for one in answer.statements:
            yield from (f"  {line}" for line in headline(one))
            yield f"    {one_line(one.statement)}"
        yield from _more(answer.all_statements - len(answer.statements))
    if not sort:
        yield ""
    if sort != "statements":
        yield how_many(answer.all_sources, "source")
        for work in answer.sources:
            yield from _source(work)
        yield from _more(answer.all_sources - len(answer.sources))


def _source(work: FoundSource) -> Iterator[str]:
    known = f" ({work.source})" if work.source != work.label else ""
    yield f"  {one_line(f'{named(work.label, work.title)}{known}')}"
    yield f"    {one_line(' · '.join(filter(None, facts_of(work))))}"


def _more(number: int) -> Iterator[str]:
    if number > 0:
        yield f"  and {number} more"
