"""Rules about evidence: what a source says about a statement."""

from __future__ import annotations

from collections.abc import Iterator

from kb.model import EvidenceLine
from kb.rules.rule import Case, Rule, Word, on_statement


def not_locked(case: Case) -> Iterator[Word]:
    """What a source says about a statement is not in the evidence lock.

    Why: a run that uses the lock alone knows only what was locked; where the statement, its reference or the source
    changed since then, nobody has checked the one against the other.

    A source of which a person said what it says (`kb review`) needs no lock.

    What to do: run `kb lock`, read what changed in the lock, and commit it together with the article.

    Wrong: "Walking eases knee pain [2]" was made "Walking cures knee pain [2]", and the lock holds the former sentence.

    Right: the lock was written after the last change of the sentence.
    """
    for statement in case.audit.statements:
        missing = [line for line in case.lines.get(statement.id, ()) if line.locked is False and not _read(line)]
        if missing:
            names = ", ".join(dict.fromkeys(name for line in missing for name in line.references))
            yield on_statement(
                statement,
                f"what {names} says about this statement is not in the lock",
                "run `kb lock`, read what changed, and commit it with the article",
            )


def _read(line: EvidenceLine) -> bool:
    return line.reviewed is not None and line.reviewed.state in ("overruled", "confirmed")


RULES = (Rule(id="EV001", name="not-locked", severity="error", check=not_locked),)
