"""A person's word given in the app: kept in the knowledge base and in the project's file of reviews."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import reduce
from pathlib import Path

from ingest.commands.reviewable import Target, now, review_of, withdrawals
from ingest.commands.reviewing import outcome
from ingest.commands.reviews import read_reviews, write_reviews
from kb.base import KnowledgeBase
from kb.errors import KnowledgeBaseError, UsageError, one_line
from kb.model import Audit, Review, ReviewState, Subject
from kb.reviews import FILE, merge, put
from kb.store.address import Place
from kb.strength.people import LONGEST_NAME, LONGEST_REASON, VALUES, WITHDRAWN, nearest
from kb.view.work import Word

OFFERED: tuple[Subject, ...] = ("statement", "line", "need of a source")
"""What can be spoken of here: words on these follow from what is stored (`kb.rules.spoken.with_words`)."""

_COUNTS: Mapping[Subject, str] = {
    "statement": "The statement now counts as",
    "line": "What the source says of it now counts as",
    "need of a source": "The statement now counts as one that",
}
_BECAME: Mapping[ReviewState, str] = {
    "overruled": "The program alone says “{program}”",
    "confirmed": "The program says so too",
    "disputed": "People disagree, so the program's “{program}” stands until they agree",
    "earlier words": "What was said of it was given for earlier words or sources, and does not count",
}
_TRIES = 5
"""How often the file is written where somebody else changes it meanwhile."""
_TURN = threading.Lock()
"""Of the sessions of one app, one writes at a time."""


def say(where: Place, project: Path, word: Word) -> tuple[str, ...]:
    """Keep a word; what became of it, a line each.

    The file comes first, since it is what outlives the knowledge base. Where it cannot be written, the word is kept in
    the knowledge base alone, and where that cannot be written, in the file alone; a line tells so.

    Raises
    ------
    UsageError
        The word may not be said, or there is nothing (any more) that it is on.
    StoreError
        The knowledge base cannot be read, or neither it nor the file can be written.
    """
    said = _checked(word)
    with _TURN, KnowledgeBase.open(where, new=False) as base:
        audit = base.audit(said.article)
        words = _reviews(said, audit, project)
        own, unwritten = _write(project, words)
        try:
            before, after = base.say(said.article, own)
        except KnowledgeBaseError as error:
            if unwritten:
                raise
            return (f"Kept in {FILE}, and counts from the next audit on; not yet in the knowledge base: {error}",)
    return (*_outcome(before, after, said, words[-1]), unwritten or f"Kept in {FILE}")


def _checked(word: Word) -> Word:
    """The word in one line each, if it may be said."""
    name, reason = one_line(word.person), one_line(word.reason)
    if word.subject not in OFFERED:
        raise UsageError(f"a word on a {word.subject} is not taken here", remedy="say it with `kb review`")
    if word.value not in (*VALUES[word.subject], WITHDRAWN):
        if not word.value:
            raise UsageError("nothing was chosen", remedy="choose what it is in your judgement")
        raise UsageError(
            f"“{one_line(word.value)[:60]}” may not be said", remedy=nearest(word.value, VALUES[word.subject])
        )
    if not reason and word.value != WITHDRAWN:
        raise UsageError("the reason is missing", remedy="say why, in one line")
    if len(reason) > LONGEST_REASON:
        raise UsageError(f"the reason has more than {LONGEST_REASON:,} characters", remedy="say it in one line")
    if not name:
        raise UsageError("the name is missing", remedy="say who you are: your word is kept with your name")
    if len(name) > LONGEST_NAME:
        raise UsageError(f"the name has more than {LONGEST_NAME} characters", remedy="give a shorter one")
    return Word(
        article=word.article,
        subject=word.subject,
        value=word.value,
        person=name,
        reason=reason,
        statement=word.statement,
        source=word.source,
    )


def _reviews(word: Word, audit: Audit, project: Path) -> tuple[Review, ...]:
    """The word as it is kept; one that takes back is one for each that it takes back."""
    target = _target(audit, word)
    if target is None:
        raise UsageError("this is no longer in the article", place=word.article, remedy="see what it holds now")
    day = date.today().isoformat()
    if word.value != WITHDRAWN:
        return (review_of(target, audit, value=word.value, person=word.person, date=day, reason=word.reason),)
    return withdrawals(
        target, audit, merge(_read(project), audit.reviews), person=word.person, date=day, reason=word.reason
    )


def _target(audit: Audit, word: Word) -> Target | None:
    """What the word is on; None where the article does not hold it."""
    statement = next((one for one in audit.statements if one.id == word.statement), None)
    if statement is None:
        return None
    if word.subject != "line":
        return Target(subject=word.subject, statement=statement)
    line = next((one for one in audit.evidence if (one.statement, one.source) == (statement.id, word.source)), None)
    if line is None:
        return None
    source = next((one for one in audit.sources if one.id == line.source), None)
    reference = next((one for one in audit.references if one.id in line.references), None)
    return Target(subject="line", statement=statement, source=source, reference=reference)


def _read(project: Path) -> tuple[Review, ...]:
    """The reviews in the project's file; none where it cannot be read, of which the user is told when it is written."""
    try:
        return read_reviews(project)
    except UsageError:
        return ()


def _write(project: Path, words: Sequence[Review]) -> tuple[tuple[Review, ...], str]:
    """Add words to the project's file: what it holds then, or the words alone and a line on why it does not."""
    failed: UsageError | None = None
    for _ in range(_TRIES):
        try:
            former = read_reviews(project)
            own = reduce(put, words, former)
            write_reviews(project, former, own)
            return own, ""
        except UsageError as error:
            failed = error
    return tuple(words), f"Kept in the knowledge base; in the file of the project it is not: {failed}"


def _outcome(before: Audit, after: Audit, word: Word, review: Review) -> Iterator[str]:
    """What became of a word, where the article still holds what it is on."""
    then, target = _target(before, word), _target(after, word)
    if then is None or target is None:
        yield "The article was audited anew meanwhile, and no longer holds what this is on"
        return
    was, _ = now(before, then)
    stands, reviewed = now(after, target)
    counts = f"{_COUNTS[word.subject]} “{stands}”"
    yield counts if was == stands else f"{counts}; before, it was “{was}”"
    if reviewed:
        yield _BECAME[reviewed.state].format(program=one_line(reviewed.program))
    _, *moved = outcome(before, after, target, review)
    yield from (f"With it changed {line.strip()}" for line in moved)
