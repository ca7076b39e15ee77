"""What a search found, in words."""

from __future__ import annotations

from collections.abc import Iterator

from kb.errors import one_line
from kb.questions.search import Found, FoundSource
from kb.report.answers.pieces import headline, more, work
from kb.view.answers.search import facts_of, how_many
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
        yield from more(len(answer.statements), answer.all_statements)
    if not sort:
        yield ""
    if sort != "statements":
        yield how_many(answer.all_sources, "source")
        for found in answer.sources:
            yield from _source(found)
        yield from more(len(answer.sources), answer.all_sources)


def _source(one: FoundSource) -> Iterator[str]:
    yield f"  {work(one.source, one.label, one.title)}"
    yield f"    {one_line(' · '.join(filter(None, facts_of(one))))}"
