"""Rules about statements: what asks for a source and shows none."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from kb.language.places import where
from kb.model import Signal, Statement
from kb.rules.rule import Case, Rule, Word, on_statement

_SHOWN = 80
"""Characters of another statement that a message quotes."""
_SPECIFIC: tuple[Signal, ...] = ("number", "vague attribution", "guideline")


def unsupported_statement(case: Case) -> Iterator[Word]:
    """A statement asks for a source and none holds it up.

    Why: a reader cannot tell a finding from a belief unless the article shows where it comes from. About a quarter of
    quotations in medical articles are wrong even where a source is shown (Jergas & Baethge, PeerJ 2015;3:e1364).

    How it is told: questions, advice, opinions, plain definitions and the authors' own work ask for nothing. Any other
    sentence asks where its words claim a cause, a benefit, a harm, a frequency, a comparison, a course or a practice,
    or draw a conclusion; the words are shown with it. A sentence that begins with "This" or "As a result" leans on the
    one before, and asks only for what it adds. What counts is set by `strictness` in [tool.kb]: lenient, normal,
    strict.
    All of it step by step, with examples: docs/statements.md.

    What to do: cite the study, review or guideline that shows it; or say less; or say that it is your own view.

    Wrong: Irritation of the nerve can cause pain in the knee.

    Right: Irritation of the nerve can cause pain in the knee (Roe, 2019).
    """
    for statement, assessment in case.unsupported():
        if not any(signal in statement.signals for signal in _SPECIFIC):
            reason = assessment.reasons[0] if assessment.reasons else "asks for a source and shows none"
            yield on_statement(statement, f"unsupported: {reason}", _remedy(case, statement))


def number_without_source(case: Case) -> Iterator[Word]:
    """A number stands without a source.

    Why: a number looks exact, so readers trust it more than words; without a source nobody can check it, its unit, or
    whom it was counted in.

    What to do: cite where the number was counted. If you cannot find that, leave the number out.

    Wrong: About 7 % of adults have it at some time.

    Right: About 7 % of adults have it at some time (Roe, 2019).
    """
    for statement, _ in case.unsupported():
        if "number" in statement.signals:
            message = _cued("a number without a source", "number", statement)
            yield on_statement(statement, message, _remedy(case, statement))


def vague_attribution(case: Case) -> Iterator[Word]:
    """Studies or experts are said to show something, and none is named.

    Why: "studies show" borrows authority from works that nobody can look up. Claims of this kind turn guesses into
    facts by repetition (Greenberg, BMJ 2009;339:b2680, calls it transmutation).

    What to do: name the study and cite it; where there is none, drop the appeal to it.

    Wrong: Studies show that walking eases the pain.

    Right: In a trial of 80 adults, walking eased the pain (Roe, 2019).
    """
    for statement, _ in case.unsupported():
        if "vague attribution" in statement.signals and "guideline" not in statement.signals:
            message = _cued("studies or experts without a name", "vague attribution", statement)
            remedy = "name the study and cite it, or drop the appeal to it"
            yield on_statement(statement, message, _with_offer(case, statement, remedy))


def guideline_without_citation(case: Case) -> Iterator[Word]:
    """A guideline or official advice is spoken of and not cited.

    Why: guidelines differ between countries and are replaced every few years, so a reader must see which one is meant,
    by whom, and of what year.

    What to do: cite the guideline with its issuer and year.

    Wrong: Current guidance recommends exercise first.

    Right: The 2020 guideline of the national institute recommends exercise first [3].
    """
    for statement, _ in case.unsupported():
        if "guideline" in statement.signals:
            message = _cued("a guideline that is not cited", "guideline", statement)
            remedy = "cite the guideline, with its issuer and year"
            yield on_statement(statement, message, _with_offer(case, statement, remedy))


def contradicts_itself(case: Case) -> Iterator[Word]:
    """Two statements of the article cannot both be true.

    Why: a reader who finds both believes neither, or the one that suits; a source can hold up only one of them. Told
    only where the words are the same and one thing differs: a denial, a direction ("increases", "reduces") or a number.

    What to do: correct one of the two, or say what makes the difference: in whom, when, how much.

    Wrong: Coffee raises blood pressure. [Further down:] Coffee lowers blood pressure.

    Right: Coffee raises blood pressure for some hours. [Further down:] Coffee does not raise it in those used to it.
    """
    statements = {statement.id: statement for statement in case.audit.statements}
    for pair in case.pairs:
        if pair.how == "contradicts":
            first, second = statements[pair.first], statements[pair.second]
            message = f"contradicts {where(first.line, first.place)} (“{_beginning(first)}”): {pair.why}"
            remedy = "correct one of the two, or say what makes the difference"
            word = on_statement(second, message, remedy)
            yield msgspec.structs.replace(word, about=f"{first.fingerprint}|{second.fingerprint}")


def _cued(what: str, signal: Signal, statement: Statement) -> str:
    words = next(cue.text for cue in statement.cues if cue.signal == signal)
    return f"{what}: “{words}”"


def _remedy(case: Case, statement: Statement) -> str:
    if statement.goes_beyond:
        remedy = "cite a source for what it adds, or say no more than the sentence that it leans on"
    else:
        remedy = "cite a source that shows it, or say less"
    return _with_offer(case, statement, remedy)


def _with_offer(case: Case, statement: Statement, remedy: str) -> str:
    """The remedy, and where the article says the same with a source: offered, for a person to judge."""
    said = case.said.get(statement.id)
    return f"{remedy}; {said[0].words}" if said else remedy


def _beginning(statement: Statement) -> str:
    text = " ".join(statement.text.split())
    return text if len(text) <= _SHOWN else text[:_SHOWN].rsplit(" ", 1)[0] + " …"


RULES = (
    Rule(id="ST001", name="unsupported-statement", severity="warning", check=unsupported_statement),
    Rule(id="ST002", name="number-without-source", severity="error", check=number_without_source),
    Rule(id="ST003", name="vague-attribution", severity="error", check=vague_attribution),
    Rule(id="ST004", name="guideline-without-citation", severity="error", check=guideline_without_citation),
    Rule(id="ST005", name="contradicts-itself", severity="warning", check=contradicts_itself),
)
