"""An audit in one sentence, and in counts."""

from __future__ import annotations

from collections import Counter

from kb.language.counting import count
from kb.language.places import Places
from kb.model import Article, Audit, Record, Verdict
from kb.view.colours import LOOKS


class Summary(Record, frozen=True, kw_only=True):
    """The counts of one audit; all whole numbers from 0.

    Attributes
    ----------
    statements
        Statements in the article.
    bare
        Unsupported statements that no citation covers.
    idle
        Unsupported statements whose citations do not count.
    citing
        Statements that at least one citation covers.
    uncited
        References that nothing in the text cites.
    verdicts
        How many statements have each verdict, in the order of ``colours.LOOKS``; without the zeros.
    """

    statements: int
    bare: int
    idle: int
    citing: int
    uncited: int
    verdicts: dict[Verdict, int]


def summarise(audit: Audit) -> Summary:
    """Count one audit."""
    cited_by = {statement for citation in audit.citations for statement in citation.statements}
    cited = {reference for citation in audit.citations for reference in citation.references}
    verdicts = Counter(assessment.verdict for assessment in audit.assessments)
    unsupported = {a.statement for a in audit.assessments if a.verdict == "unsupported"}
    return Summary(
        statements=len(audit.statements),
        bare=len(unsupported - cited_by),
        idle=len(unsupported & cited_by),
        citing=sum(statement.id in cited_by for statement in audit.statements),
        uncited=sum(reference.id not in cited for reference in audit.references),
        verdicts={verdict: verdicts[verdict] for verdict in LOOKS if verdicts[verdict]},
    )


def in_words(summary: Summary) -> str:
    """The summary as one sentence.

    >>> in_words(Summary(statements=37, bare=25, idle=0, citing=1, uncited=2, verdicts={}))
    '25 of 37 statements ask for a source and show none; 1 cites a source; 2 references are cited by nothing.'
    """
    if not summary.statements:
        return "No statement was found in the text that was read."
    if summary.bare:
        ask, show = ("asks", "shows") if summary.bare == 1 else ("ask", "show")
        first = f"{summary.bare:,} of {count(summary.statements, 'statement')} {ask} for a source and {show} none"
    else:
        first = f"of {count(summary.statements, 'statement')} none asks for a source that it does not show"
    if summary.idle:
        first += f"; {summary.idle} {'cites one that does' if summary.idle == 1 else 'cite ones that do'} not count"
    cite = "cite" if summary.citing > 1 else "cites"
    parts = [first, f"{summary.citing or 'none'} {cite} a source"]
    if summary.uncited:
        are = "is" if summary.uncited == 1 else "are"
        parts.append(f"{count(summary.uncited, 'reference')} {are} cited by nothing")
    sentence = "; ".join(parts) + "."
    return sentence[0].upper() + sentence[1:]


def left_out(article: Article) -> str:
    """Which lines were not searched for statements, and why, in one sentence; empty where there are none.

    Titles, headings and the reference list are left out of every article and not worth a word.
    """
    places = Places(article)
    noun = "paragraph" if article.format == "word" else "line"
    runs: list[tuple[str, int, int]] = []
    before = ""
    for block in article.blocks:
        why = block.why if block.kind in ("promotion", "byline") else ""
        if why:
            last = places.line(max(block.start, block.end - 1))
            runs[-1:] = [(why, runs[-1][1], last)] if why == before else [*runs[-1:], (why, block.line, last)]
        before = why if block.kind != "heading" else before
    lines = [
        f"{f'{noun} {first}' if first == last else f'{noun}s {first}–{last}'} ({why})" for why, first, last in runs
    ]
    return f"Not searched for statements: {', '.join(lines)}." if lines else ""
