"""Rules about statements: what asks for a source and shows none, and what cannot be true together.

A statement without support has one finding: the one for a number, a vague attribution or a guideline (ST002 to ST004)
before the one that it goes beyond what it leans on (ST006), and that before the general one (ST001). One that does cite
something has no support only because of what it cites: where its sources were retracted ST001 says so; where a marker
or an identifier leads nowhere, that is told at the marker (CI001) or the entry (RE003, RE004) alone, as it is to be
mended there.
"""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from kb.language.places import where
from kb.model import Assessment, Signal, Statement
from kb.rules.context import Elsewhere
from kb.rules.naming import named
from kb.rules.rule import Case, Rule, Word, on_statement
from kb.strength.cited import Cited
from kb.strength.people import sentence_of
from kb.strength.standing import NO_EVIDENCE
from kb.strength.wording import MOST, shortened

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
    All of it step by step, with examples: docs/statements.md. A statement that cites only what was retracted is
    unsupported too; where a marker or an identifier leads nowhere, that is told there and not here.

    What to do: cite the study, review or guideline that shows it; or say less; or say that it is your own view.

    Wrong: Irritation of the nerve can cause pain in the knee.

    Right: Irritation of the nerve can cause pain in the knee (Roe, 2019).
    """
    for statement, assessment in case.unsupported():
        if case.grounds[statement.id].anything:
            yield from _on_fallen(case, statement, assessment)
        elif not statement.goes_beyond and not any(signal in statement.signals for signal in _SPECIFIC):
            yield on_statement(statement, f"unsupported: {_asks(statement, assessment)}", _remedy(case, statement))


def _asks(statement: Statement, assessment: Assessment) -> str:
    """By what words a statement asks for a source, and what else is known of it."""
    if statement.reviewed or assessment.reviewed or not statement.reasons:
        return "; ".join(assessment.reasons)
    return "; ".join((f"{statement.reasons[0]}, and shows no source", *assessment.reasons[1:]))


def _on_fallen(case: Case, statement: Statement, assessment: Assessment) -> Iterator[Word]:
    """That none of the sources can stand, as far as no other rule says so, or that a person says it is unsupported."""
    cited = case.grounds[statement.id]
    if assessment.reviewed and assessment.reviewed.state == "overruled":
        why = sentence_of(assessment.reviewed)
    elif any(fault not in NO_EVIDENCE.values() for _, fault in cited.faults):
        why = f"what it cites cannot stand, as {_fallen(case, statement, cited)}"
    else:
        return
    yield on_statement(statement, f"unsupported: {why}", "cite another source that shows it, or say less")


def _fallen(case: Case, statement: Statement, cited: Cited) -> str:
    lines = {line.source: line for line in case.lines[statement.id]}
    said = [
        f"{named(case, [lines[source.id]])}{' ' if fault.startswith('was ') else ': '}{fault}"
        for source, fault in cited.faults[:MOST]
    ]
    more = len(cited.faults) - MOST
    return "; ".join([*said, f"and {more} more"] if more > 0 else said)


def number_without_source(case: Case) -> Iterator[Word]:
    """A number stands without a source.

    Why: a number looks exact, so readers trust it more than words; without a source nobody can check it, its unit, or
    whom it was counted in. That numbers are trusted for their look is an old story (Porter, Trust in Numbers, 1995).

    What to do: cite where the number was counted. If you cannot find that, leave the number out.

    Wrong: About 7 % of adults have it at some time.

    Right: About 7 % of adults have it at some time (Roe, 2019).
    """
    for statement in _without_source(case):
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
    for statement in _without_source(case):
        if "vague attribution" in statement.signals and "guideline" not in statement.signals:
            message = _cued("studies or experts without a name", "vague attribution", statement)
            remedy = "name the study and cite it, or drop the appeal to it"
            yield on_statement(statement, message, _with_offer(case, statement, remedy))


def guideline_without_citation(case: Case) -> Iterator[Word]:
    """A guideline or official advice is spoken of and not cited.

    Why: guidelines differ between countries and are replaced every few years, so a reader must see which one is meant,
    by whom, and of what year. Half of the guidelines of one agency were out of date within six years (Shekelle et al.,
    JAMA 2001;286:1461).

    What to do: cite the guideline with its issuer and year.

    Wrong: Current guidance recommends exercise first.

    Right: The 2020 guideline of the national institute recommends exercise first [3].
    """
    for statement in _without_source(case):
        if "guideline" in statement.signals:
            message = _cued("a guideline that is not cited", "guideline", statement)
            remedy = "cite the guideline, with its issuer and year"
            yield on_statement(statement, message, _with_offer(case, statement, remedy))


def contradicts_itself(case: Case) -> Iterator[Word]:
    """Two statements of the article cannot both be true.

    Why: a reader who finds both believes neither, or the one that suits; a source can hold up only one of them. What
    readers do with conflicting advice is reviewed by Carpenter et al., Health Expect 2016;19:1173.

    How it is told: only where the words are the same and one thing differs: a denial, a direction ("increases",
    "reduces") or a number.

    What to do: correct one of the two, or say what makes the difference: in whom, when, how much.

    Wrong: Coffee raises blood pressure. [Further down:] Coffee lowers blood pressure.

    Right: Coffee raises blood pressure for some hours. [Further down:] Coffee does not raise it in those used to it.
    """
    for pair in case.pairs:
        if pair.how == "contradicts":
            first, second = case.statements[pair.first], case.statements[pair.second]
            message = f"contradicts {where(first.line, first.place)} (“{shortened(first.text, _SHOWN)}”): {pair.why}"
            remedy = "correct one of the two, or say what makes the difference"
            word = on_statement(second, message, remedy)
            yield msgspec.structs.replace(word, about=f"{first.fingerprint}|{second.fingerprint}")


def goes_beyond(case: Case) -> Iterator[Word]:
    """A sentence takes up the one before and claims more than that, without a source of its own.

    Why: a conclusion borrows the source of its premise, so readers take for shown what nobody showed. Much that is
    exaggerated in health news was so already in the text that it was made of (Sumner et al., BMJ 2014;349:g7015).

    How it is told: the sentence leans on another by its first words ("This means", "Therefore"), and at least half of
    its own content words are new, or it speaks of all where the other does not. One that cites a source of its own is
    held against that.

    What to do: cite a source for what it adds, or say no more than the sentence that it leans on.

    Wrong: Walking eased the pain of 80 adults [2]. This means that nobody needs surgery.

    Right: Walking eased the pain of 80 adults [2]. This means that it can be tried first.
    """
    for statement in _without_source(case):
        if statement.goes_beyond and not any(signal in statement.signals for signal in _SPECIFIC):
            yield on_statement(
                statement, f"{_leans_on(case, statement)}: {statement.goes_beyond}", _remedy(case, statement)
            )


def contradicted_elsewhere(case: Case) -> Iterator[Word]:
    """Another article of the knowledge base says the contrary.

    Why: readers who meet two contrary pages of one house trust neither. People who came upon contradictory advice on
    food were more confused, and doubted advice that nobody disputes (Nagler, J Health Commun 2014;19:24).

    How it is told: as for contradicts-itself, over the articles of the knowledge base that the configuration names.

    What to do: see which of the two is right by their sources, and correct the other; or say what makes the difference.

    Wrong: Coffee raises blood pressure. [In another article:] Coffee lowers blood pressure.

    Right: both articles say in whom and for how long it does.
    """
    against: dict[str, list[Elsewhere]] = {}
    for one in case.context.elsewhere:
        if one.statement in case.statements:
            against.setdefault(one.statement, []).append(one)
    for name, told in against.items():
        more = f"; and {len(told) - MOST} more" if len(told) > MOST else ""
        yield on_statement(
            case.statements[name],
            f"contradicted by {'; '.join(map(_elsewhere, told[:MOST]))}{more}",
            "see which is right by its sources and correct the other, or say what makes the difference",
        )


def _elsewhere(one: Elsewhere) -> str:
    return f"{one.article}, {where(one.line, one.place)} (“{shortened(one.text, _SHOWN)}”): {one.why}"


def _without_source(case: Case) -> Iterator[Statement]:
    """The statements that ask for a source and cite nothing."""
    for statement, _ in case.unsupported():
        if not case.grounds[statement.id].anything:
            yield statement


def _leans_on(case: Case, statement: Statement) -> str:
    base = case.statements.get(statement.leans_on or "")
    if base is None:
        return "goes beyond what it leans on"
    return f"goes beyond {where(base.line, base.place)} (“{shortened(base.text, _SHOWN)}”)"


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


RULES = (
    Rule(id="ST001", name="unsupported-statement", severity="warning", check=unsupported_statement),
    Rule(id="ST002", name="number-without-source", severity="error", check=number_without_source),
    Rule(id="ST003", name="vague-attribution", severity="error", check=vague_attribution),
    Rule(id="ST004", name="guideline-without-citation", severity="error", check=guideline_without_citation),
    Rule(id="ST005", name="contradicts-itself", severity="warning", check=contradicts_itself),
    Rule(id="ST006", name="goes-beyond", severity="warning", check=goes_beyond),
    Rule(
        id="ST007",
        name="contradicted-elsewhere",
        severity="warning",
        check=contradicted_elsewhere,
        contextual=True,
    ),
)
