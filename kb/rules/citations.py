"""Rules about citations: markers in the text."""

from __future__ import annotations

from collections.abc import Iterator

from kb.model import Citation, EvidenceLine
from kb.rules.entries import cut
from kb.rules.naming import named
from kb.rules.rule import Case, Rule, Word
from kb.rules.weighed import Weighed, overruled


def citation_without_reference(case: Case) -> Iterator[Word]:
    """A citation names a work that the reference list does not hold.

    Why: the reader is promised a source and cannot find it; often an entry was deleted, or the year or the number is
    off by one. More than a third of the references in medical journals were found to hold some error (Wager &
    Middleton, Cochrane Database Syst Rev 2008;MR000002).

    What to do: add the entry to the reference list, or correct the name, year or number in the text.

    Wrong: Walking eases the pain [7]. (The list ends at 6.)

    Right: Walking eases the pain [6].
    """
    for citation in case.audit.citations:
        for name in citation.missing:
            statement = citation.statements[0] if citation.statements else None
            yield Word(
                message=f"“{citation.text}” cites {name}, which the reference list does not hold",
                remedy="add the entry to the reference list, or correct the citation",
                start=citation.start,
                about=f"{name}|{statement or citation.text}",
                statement=statement,
            )


def bundle_partly_supports(case: Case) -> Iterator[Word]:
    """Several sources are cited together, and only some of them were found to say it.

    Why: a row of numbers looks like much evidence, and hides which work says what; references that are copied in a row
    are seldom read (Rekdal, Soc Stud Sci 2014;44:638).

    How it is told: one marker names two sources or more, some of them bear the statement out, and others were read,
    mostly in the abstract, and it was not found there. Where one says the contrary, sources-disagree says so instead.

    What to do: keep the sources that say this, and put the others behind the words that they bear out.

    Wrong: Walking eases pain and improves sleep [2–5]. (Only 2 is about sleep, and 3 to 5 about pain.)

    Right: Walking eases pain [3–5] and improves sleep [2].
    """
    weighed = {one.statement.id: one for one in case.weighed if not one.settled and one.supporting}
    for citation in case.audit.citations:
        for name in citation.statements:
            word = _partly(case, citation, weighed[name]) if name in weighed else None
            if word:
                yield word
                break


def _partly(case: Case, citation: Citation, one: Weighed) -> Word | None:
    """What is said of a marker and one statement that it covers; None where its sources go together."""
    names = set(citation.references)
    together = [line for line, _ in one.body if not names.isdisjoint(line.references)]
    supporting = [line for line in together if line.direction == "supports"]
    silent = [line for line in together if _is_silent(line)]
    if not supporting or not silent or one.disputing:
        return None
    was = "was" if len(supporting) == 1 else "were"
    return Word(
        message=f"of the {len(together)} sources of “{cut(citation.text)}” {len(supporting)} {was} found to say this,"
        f" and it was not found in what was read of {named(case, silent)}",
        remedy="read these; keep what says this, and put the others behind the words that they bear out",
        start=citation.start,
        about="|".join((one.statement.fingerprint, *sorted(line.source for line in silent))),
        statement=one.statement.id,
    )


def _is_silent(line: EvidenceLine) -> bool:
    """Whether a source was read, by a program or a person, and does not say it as far as was read."""
    return line.direction == "neutral" or (line.direction == "not checked" and bool(line.read) and not overruled(line))


RULES = (
    Rule(id="CI001", name="citation-without-reference", severity="error", check=citation_without_reference),
    Rule(id="CI002", name="bundle-partly-supports", severity="info", check=bundle_partly_supports),
)
