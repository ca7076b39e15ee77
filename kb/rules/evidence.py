"""Rules about evidence: what a source says about a statement.

One statement has one finding for one matter. Where no source bears it out (EV002), or sources disagree (EV009), what a
source says otherwise is told there and not once more; a number that differs is told by EV003, and any other way in
which a source reads otherwise by EV011. Statements that are stronger than their evidence: `kb.rules.strength`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kb.model import ConcernKind, EvidenceLine
from kb.rules.naming import named
from kb.rules.rule import Case, Rule, Word, on_statement
from kb.rules.weighed import INDIRECT, Weighed, overruled
from kb.strength.judging.wording import differs
from kb.strength.people import sentence_of
from kb.strength.wording import MOST, shortened

_OTHERWISE: tuple[ConcernKind, ...] = ("significance", "negation", "direction")
"""Concerns that say that the source reads otherwise."""
_QUOTED = 240
"""Characters of a sentence of a source that a message quotes."""


def not_locked(case: Case) -> Iterator[Word]:
    """What a source says about a statement is not in the evidence lock.

    Why: a run that uses the lock alone knows only what was locked; where the statement, its reference or the source
    changed since then, nobody has checked the one against the other. Sources do change: one in five articles cites
    a page that says something else by now or is gone (Klein et al., PLoS One 2014;9:e115253).

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


def not_substantiated(case: Case) -> Iterator[Word]:
    """Sources are cited, their text was read, and none of it says what the statement says.

    Why: a reader takes a citation for a proof. Of the quotations in medical articles that were checked about one in
    four was wrong, and one in eight so that the source does not support it at all (Jergas & Baethge, PeerJ
    2015;3:e1364).

    How it is told: the text of each source was read and says the opposite, or speaks of other things. Where no text
    was to be had, or it does not tell, the statement counts as not checked and is not flagged. What was read is often
    the abstract alone.

    What to do: read the source. Cite one that says this, or say what the source says. Where its full text does say it,
    confirm that with `kb review`.

    Wrong: The ointment improves sleep [4]. (The trial found that sleep did not differ.)

    Right: In a trial of 24 adults the ointment made no difference to sleep [4].
    """
    for statement in case.audit.statements:
        assessment = case.assessments.get(statement.id)
        if assessment is None or assessment.verdict != "not substantiated":
            continue
        one = Weighed(statement, assessment, case.grounds[statement.id].body)
        # A statement that leans on another and takes its verdict is mended where that one is.
        if one.settled or one.body:
            yield on_statement(
                statement,
                f"cited, and not borne out: {_against(case, one)}",
                "read the source: cite one that says this, say what it says, or give your word that it does (in the "
                "app, or with `kb review`)",
            )


def _against(case: Case, one: Weighed) -> str:
    if one.settled and one.assessment.reviewed:
        return sentence_of(one.assessment.reviewed)
    silent = [line for line, _ in one.body if line.direction == "neutral"]
    said = [_otherwise(case, line) for line in one.disputing[:MOST]]
    if silent:
        said.append(f"{named(case, silent)}: {_silence(silent)}")
    return "; ".join(said)


def _silence(lines: Sequence[EvidenceLine]) -> str:
    if any(line.read != "abstract" for line in lines):
        return "what was read does not speak of this"
    if len(lines) == 1:
        return "the abstract, which is all that was read, does not speak of this"
    return "the abstracts, which are all that was read, do not speak of this"


def _otherwise(case: Case, line: EvidenceLine) -> str:
    """That a source says otherwise, and by what words."""
    why = _why(line)
    return f"{named(case, [line])} says otherwise{f': {why}' if why else ''}"


def _why(line: EvidenceLine) -> str:
    if line.reviewed and overruled(line):
        return sentence_of(line.reviewed)
    words = next((concern.words for kind in _OTHERWISE for concern in line.concerns if concern.kind == kind), None)
    return words or (f"“{shortened(line.quote, _QUOTED)}”" if line.quote else "")


def number_differs(case: Case) -> Iterator[Word]:
    """A number of the statement is another one in the source.

    Why: numbers go astray each time that they are copied. In 18 to 68 of 100 articles of six great medical journals a
    number of the abstract differed from the article below it, or was not in it (Pitkin et al., JAMA 1999;281:1110).

    How it is told: numbers of the same kind and for the same thing are compared, with their units, after rounding and
    conversion. A number that is merely not in the text that was read is not flagged, nor is one that another source
    of the statement has.

    What to do: look the number up in the source and correct it, or cite the source that has it.

    Wrong: After a year, 58% needed no tablets [3]. (The source gives 48%.)

    Right: After a year, 48% needed no tablets [3].
    """
    for one in case.weighed:
        agreed = {check.stated for line, _ in one.body for check in line.numbers if check.outcome == "agrees"}
        said = [
            f"{named(case, [line])}: {differs(check)}"
            for line in one.read
            if line.direction != "disputes"
            for check in line.numbers
            if check.outcome == "differs" and check.stated not in agreed
        ]
        if said and one.assessment.verdict != "not substantiated":
            more = f"; and {len(said) - MOST} more" if len(said) > MOST else ""
            yield on_statement(
                one.statement,
                f"a number differs from the source: {'; '.join(said[:MOST])}{more}",
                "look the number up in the source and correct it, or cite the source that has it",
            )


def sources_disagree(case: Case) -> Iterator[Word]:
    """Of the sources that are cited one supports the statement and another disputes it.

    Why: where studies disagree, the evidence as a whole is less certain than each of them (Guyatt et al., "GRADE
    guidelines: 7. Rating the quality of evidence: inconsistency", J Clin Epidemiol 2011;64:1294), and a reader who is
    told the one result alone does not learn it.

    What to do: say that results differ, and which study found what; or rest the statement on a review that weighs them.

    Wrong: The ointment relieves knee pain better than plain ointment [2,4]. (Trial 4 found no difference.)

    Right: The ointment relieved knee pain better in one trial [2], and made no difference in another [4].
    """
    for one in case.weighed:
        if one.assessment.verdict != "contested":
            continue
        if one.settled and one.assessment.reviewed:
            what = sentence_of(one.assessment.reviewed)
        else:
            verb = "supports" if len(one.supporting) == 1 else "support"
            against = "; ".join(_otherwise(case, line) for line in one.disputing[:MOST])
            what = f"{named(case, one.supporting)} {verb} this; {against}"
        yield on_statement(
            one.statement,
            f"its sources disagree: {what}",
            "say that results differ and which study found what, or cite a review that weighs them",
        )


def indirect_evidence(case: Case) -> Iterator[Word]:
    """The source studied other people, another treatment or another outcome than the statement speaks of.

    Why: what helps adults may not help children, and less pain is not a longer life. GRADE calls such evidence
    indirect and rates it down (Guyatt et al., "GRADE guidelines: 8. Rating the quality of evidence: indirectness",
    J Clin Epidemiol 2011;64:1303).

    How it is told: the statement names a group, a treatment or an outcome that the text which was read does not
    mention by any name that is known. A source beside it that has all of them settles the matter.

    What to do: look whether the source has it further down; else name whom and what the study was of, or cite another.

    Wrong: The ointment relieves knee pain in children [2]. (The trial was in adults.)

    Right: The ointment relieves knee pain in adults [2].
    """
    yield from _concerned(
        case,
        INDIRECT,
        "may not be what the source studied",
        "look whether the source has it; else name whom and what was studied, or cite another source",
    )


def reads_otherwise(case: Case) -> Iterator[Word]:
    """The source speaks of the same things and reads otherwise.

    Why: a "not", a direction or a "significantly" is easily lost on the way from the source to the sentence. Of 72
    trials without a significant main result more than half put it better in the conclusion of their abstract than it
    was (Boutron et al., JAMA 2010;303:2058), and who quotes that alone carries it on.

    How it is told: the closest sentence of the source denies what the statement says, gives the other direction, or
    calls the difference not significant, and its words do not tell for certain that it is about the same thing. Where
    they do, EV002 or EV009 says so.

    What to do: read the passage; correct the statement, or confirm with `kb review` that the source says this.

    Wrong: Daily use shortens the stay in hospital [7]. (The source: the stay was not significantly shorter.)

    Right: Daily use made no clear difference to the stay in hospital [7].
    """
    yield from _concerned(
        case,
        _OTHERWISE,
        "the source seems to say otherwise",
        "read the passage: correct the statement, or give your word that it is right (in the app, or with `kb review`)",
    )


def recommended_by_no_guideline(case: Case) -> Iterator[Word]:
    """The statement says that something is recommended, and the source recommends nothing.

    Why: "recommended" tells the reader that a body of experts weighed benefits and harms; how they are to do that is
    laid down (Brouwers et al., "AGREE II", CMAJ 2010;182:E839). A study that found an effect has not.

    How it is told: the source is no guideline, and no word of the text that was read recommends anything.

    What to do: cite the guideline that recommends it, with its issuer; or say what the source found.

    Wrong: Daily use is recommended for all patients [11]. (A narrative review that recommends nothing.)

    Right: Daily use eased the pain in most studies [11].
    """
    yield from _concerned(
        case,
        ("no guideline",),
        "said to be recommended, and not by its source",
        "cite the guideline that recommends it, or say what the source found",
    )


def _concerned(case: Case, kinds: Sequence[ConcernKind], what: str, remedy: str) -> Iterator[Word]:
    """One word for each statement against whose sources such a concern stands, where nothing worse was told."""
    for one in case.weighed:
        found = list(one.concerned(kinds))
        if found and one.assessment.verdict not in ("not substantiated", "contested"):
            said = "; ".join(f"{named(case, [line])}: {concern.words}" for line, concern in found[:MOST])
            yield on_statement(one.statement, f"{what}: {said}", remedy)


RULES = (
    Rule(id="EV001", name="not-locked", severity="error", check=not_locked),
    Rule(id="EV002", name="not-substantiated", severity="warning", check=not_substantiated),
    Rule(id="EV003", name="number-differs", severity="error", check=number_differs),
    Rule(id="EV009", name="sources-disagree", severity="warning", check=sources_disagree),
    Rule(id="EV010", name="indirect-evidence", severity="info", check=indirect_evidence),
    Rule(id="EV011", name="reads-otherwise", severity="warning", check=reads_otherwise),
    Rule(id="EV012", name="recommended-by-no-guideline", severity="warning", check=recommended_by_no_guideline),
)
