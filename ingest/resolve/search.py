"""References without an identifier: which registered work may be meant, found by words and held against the reference.

The scores of a search are no probabilities. A work is taken for the one that is meant only where it agrees with the
reference field by field and no other one does; whatever else comes close is offered to the reader.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ingest.http import Answer
from ingest.resolve import crossref, match
from ingest.resolve.desk import Desk, Told, troubled, unusable
from kb.model import Candidate, Record, Reference, Source

NAME = f"{crossref.NAME} (search)"
ROWS = crossref.SEARCH_ROWS
LONGEST_WORDS = 300
"""Characters of a reference that are searched for."""
FEWEST_WORDS = 6
"""Words that a reference of which no title could be read must hold, so that searching for it makes sense."""
SHORT_TITLE = 5
"""Words of a title below which it may well belong to several works, so that every other field must agree too."""
MOST_OFFERED = 3
NOTHING_FITS = "No registered work fits the words of the reference"

_ADDRESS = re.compile(r"(?:https?://|www\.)\S+")


class Found(Record, frozen=True, kw_only=True):
    """What came of searching for one reference: the work that it means, or works that it may mean, or neither.

    ``trouble`` says why nothing is known, where that is so.
    """

    work: Source | None = None
    candidates: tuple[Candidate, ...] = ()
    trouble: str = ""
    attempted: bool = True
    asked: str | None = None


def words(reference: Reference) -> str:
    """What is searched for: title, first author, year and container, else the whole reference without addresses.

    Empty where that is too little to tell works apart.
    """
    if len(match.fold(reference.title).split()) >= match.FEWEST_WORDS and (reference.authors or reference.year):
        parts = [reference.title, *reference.authors[:1], reference.year or "", reference.container]
        return _cut(" ".join(parts))
    text = _cut(_ADDRESS.sub(" ", reference.text))
    return text if len(match.fold(text).split()) >= FEWEST_WORDS else ""


def _cut(text: str) -> str:
    return " ".join(text.split())[:LONGEST_WORDS].rstrip()


def look_up(desk: Desk, references: Sequence[Reference]) -> dict[Reference, Found]:
    """What Crossref's bibliographic search finds for each reference, one question for each wording.

    References with too few words are left out.
    """
    asked_for = {reference: wording for reference in references if (wording := words(reference))}
    places = [_place(rank, wording) for wording in dict.fromkeys(asked_for.values()) for rank in range(ROWS)]

    def tell(ids: Sequence[str]) -> Iterator[dict[str, Told]]:
        wordings = list(dict.fromkeys(one.partition(" ")[2] for one in ids))
        asking = [crossref.search_question(wording, desk.settings) for wording in wordings]
        for question, answer in desk.answers(lambda _: asking, wordings):
            yield _read(question.ids[0], answer, desk.asked)

    told = desk.ask(NAME, places, tell, noun="reference", each=ROWS)
    return {
        reference: _found(reference, [told[_place(rank, wording)] for rank in range(ROWS)])
        for reference, wording in asked_for.items()
    }


def _place(rank: int, wording: str) -> str:
    """What one row of the answer is remembered as."""
    return f"{rank} {wording}"


def _read(wording: str, answer: Answer, asked: str | None) -> dict[str, Told]:
    places = [_place(rank, wording) for rank in range(ROWS)]
    if answer.outcome != "ok":
        return dict.fromkeys(places, troubled(crossref.NAME, answer))
    works = crossref.parse(answer, asked)
    if works is None:
        return dict.fromkeys(places, unusable(crossref.NAME, "it holds no list of works"))
    rows = [Told(work=work, asked=asked) for work in works[:ROWS]]
    rows += [Told(holds_none=True, asked=asked)] * (ROWS - len(rows))
    return dict(zip(places, rows, strict=True))


def _found(reference: Reference, rows: Sequence[Told]) -> Found:
    works = [row.work for row in rows if row.work is not None]
    if not works and rows[0].trouble:
        return Found(trouble=rows[0].trouble, attempted=rows[0].attempted)
    work, candidates = judge(reference, works)
    nothing = work is None and not candidates
    return Found(
        work=work, candidates=candidates, trouble=NOTHING_FITS if nothing else "", attempted=False, asked=rows[0].asked
    )


def judge(reference: Reference, works: Sequence[Source]) -> tuple[Source | None, tuple[Candidate, ...]]:
    """The one work that agrees with the reference, or else those that come close or that all agree, best first."""
    compared = [(work, match.compare(reference, work)) for work in {work.id: work for work in works}.values()]
    fitting = [(work, comparison) for work, comparison in compared if _fits(work, comparison)]
    if len(fitting) == 1:
        return fitting[0][0], ()
    close = fitting or [(work, comparison) for work, comparison in compared if _is_close(reference, work, comparison)]
    return None, tuple(_candidate(work, comparison) for work, comparison in close[:MOST_OFFERED])


def _fits(work: Source, comparison: match.Comparison) -> bool:
    """Whether title, first author, and year or container agree; of a short title, all four, and the year exactly."""
    if comparison.status != "verified":
        return False
    agreeing = set(comparison.compared)
    if len(match.fold(work.title).split()) < SHORT_TITLE:
        return agreeing >= {"title", "author", "year", "container"} and not comparison.differences
    return agreeing >= {"title", "author"} and bool(agreeing & {"year", "container"})


def _is_close(reference: Reference, work: Source, comparison: match.Comparison) -> bool:
    if "title" not in comparison.compared or comparison.status == "another work":
        return False
    if all(difference.field != "title" for difference in comparison.differences):
        return True
    return match.title_similarity(reference.title, work.title) >= match.OTHER_TITLE


def _candidate(work: Source, comparison: match.Comparison) -> Candidate:
    differing = {difference.field: difference for difference in comparison.differences}
    agreeing = [name for name in comparison.compared if name not in differing]
    unknown = [name for name in ("title", "author", "year", "container") if name not in comparison.compared]
    parts = [f"{_listed(agreeing)} {'agrees' if len(agreeing) == 1 else 'agree'}"] if agreeing else []
    parts += [f"{name} differs ({one.cited!r}, registered {one.registered!r})" for name, one in differing.items()]
    parts += [f"{_listed(unknown)} could not be compared"] if unknown else []
    return Candidate(
        doi=work.doi,
        pmid=work.pmid,
        title=work.title,
        authors=work.authors,
        year=work.year,
        container=work.container,
        why="; ".join(parts),
    )


def _listed(names: Sequence[str]) -> str:
    return " and ".join(filter(None, (", ".join(names[:-1]), names[-1])))
