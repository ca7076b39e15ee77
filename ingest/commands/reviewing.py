"""What people can speak of, and what became of what they said, as lines for the terminal."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from ingest.commands.reviewable import Target, now
from kb.errors import one_line
from kb.language.naming import authors_and_year
from kb.model import Assessment, Audit, EvidenceLine, Review, Reviewed, Statement
from kb.questions.naming import quoted
from kb.strength.overruled import line_in_words, need_in_words, verdict_in_words
from kb.strength.people import WITHDRAWN, sentence_of

_SHOWN = 70
"""Characters of a statement or title that a line shows."""


def listing(audit: Audit) -> Iterator[str]:
    """Every statement with its place, id and verdict, and below each what its sources say, a line each."""
    lines: dict[str, list[EvidenceLine]] = {}
    for line in audit.evidence:
        lines.setdefault(line.statement, []).append(line)
    sources = {source.id: source for source in audit.sources}
    status = {one.reference: one.status for one in audit.resolutions}
    verdicts = {one.statement: one for one in audit.assessments}
    for label, statement in labelled(audit.statements):
        assessment = verdicts[statement.id]
        yield f"{label:>6}  {statement.id}  {verdict_in_words(assessment)}; {need_in_words(statement)}"
        yield f"        {quoted(statement.text, _SHOWN)}"
        yield from _spoken(assessment.reviewed, statement.reviewed)
        for line in lines.get(statement.id, ()):
            source = sources[line.source]
            known = ", ".join(dict.fromkeys(status[name] for name in line.references))
            yield f"        source {', '.join(line.references)}: {line_in_words(line)}; {source.design}; {known}"
            title = one_line(source.title)[:_SHOWN]
            yield f"          {': '.join(filter(None, (authors_and_year(source.authors, source.year), title)))}"
            yield from _spoken(line.reviewed, source.design_reviewed)


def labelled(statements: Sequence[Statement]) -> Iterator[tuple[str, Statement]]:
    """The statements with what each is called on the command line: its line, and which of several in it."""
    of_line = Counter(statement.line for statement in statements)
    so_far: Counter[int] = Counter()
    for statement in statements:
        so_far[statement.line] += 1
        which = f".{so_far[statement.line]}" if of_line[statement.line] > 1 else ""
        yield f"{statement.line}{which}", statement


def _spoken(*reviewed: Reviewed | None) -> Iterable[str]:
    return (f"        → {sentence_of(one)}" for one in reviewed if one)


def outcome(before: Audit, after: Audit, target: Target, word: Review) -> Iterator[str]:
    """What became of a word: what stands now of what it is on, and which other statements that changed."""
    was, _ = now(before, target)
    stands, reviewed = now(after, target)
    of = described(target, after.article.id)
    what = stands if was == stands else f"{was} → {stands}"
    if word.value == WITHDRAWN:
        yield f"{of}: {what}; the word of {one_line(word.person)} is withdrawn"
    elif was != stands:
        yield f"{of}: {what}, by {one_line(word.person)}"
    else:
        yield f"{of}: {what}" + (f"; {sentence_of(reviewed)}" if reviewed else "")
    yield from _moved(before, after, target.statement if target.subject == "statement" else None)


def _moved(before: Audit, after: Audit, told: Statement | None) -> Iterator[str]:
    """Which statements have another verdict, level or certainty now, but the one that is told of."""
    then, since = ({one.statement: _grade(one) for one in audit.assessments} for audit in (before, after))
    for label, statement in labelled(after.statements):
        if then[statement.id] != since[statement.id] and (told is None or statement.id != told.id):
            yield f"  line {label} {quoted(statement.text, 40)}: {then[statement.id]} → {since[statement.id]}"


def _grade(assessment: Assessment) -> str:
    level = f", level {assessment.level}" if assessment.level else ""
    return f"{verdict_in_words(assessment)}{level}"


def described(target: Target, article: str) -> str:
    """What a word is on, as a person would point to it."""
    name = target.reference.id if target.reference else ""
    if target.statement is None:
        return f"{name}, {'design' if target.subject == 'design' else 'which work it is'}"
    return f"{article}:{target.statement.line} {quoted(target.statement.text, 40)}{f' and {name}' if name else ''}"
