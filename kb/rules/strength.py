"""Rules about statements that are stronger than their evidence.

A statement has at most one finding of EV004 to EV007, the first of these that holds: animals in place of people, a
causal verb on a design that shows none, words that are surer than the evidence, one weak source. All of them are about
how far the evidence goes; where it does not bear the statement out at all (EV002) or its sources disagree (EV009), that
is told and none of these. That a source is a secondary one (EV008) is another matter.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import takewhile

from kb.model import Certainty, ConcernKind, Design, Kind
from kb.rules.naming import named
from kb.rules.rule import Case, Rule, Word, on_statement
from kb.rules.weighed import INDIRECT, Weighed
from kb.strength.concerns.words import CAUSAL, NOT_PEOPLE
from kb.strength.grounds import EFFECTS, TELLERS
from kb.strength.wording import MOST, listed
from kb.strength.wording import named as a_design

_LOW: frozenset[Certainty] = frozenset({"low", "very low"})
_WEAK_LEVEL = 4
"""From this OCEBM level on a source is weak: case series, case reports, and reasoning from mechanism."""
_FAIR_LEVEL = 3
"""From this level on a source of low certainty is weak for what a treatment does: a single trial of level 2 is not."""
_RARELY_SURE = re.compile(
    r"will|sure|certain|in fact|known to|confirmed|established|demonstrates|must be|well[- ]\w+", re.IGNORECASE
)
"""Words of certainty that as often only tell of the future, of a study or of what a thing is known for."""
_ALL = re.compile(
    r"(?:all|every|any|each|always|never|most|the|everyone|everybody|anyone|nobody|universally|invariably)\b",
    re.IGNORECASE,
)
"""How words begin that speak of all or nearly all; "various" or "many" claim less."""
_OF_ONE_STUDY = re.compile(
    r"\b(?:trials?|stud(?:y|ies)|surveys?|cohorts?|reports?|reported|described|series|analys[ie]s|experiments?|participants"
    r"|observed|associat(?:ed|ion)|linked|correlat(?:ed|es|ion))\b",
    re.IGNORECASE,
)
"""Words by which a statement says that it tells of a study, or of what goes together."""
_OPENLY = re.compile(r"\b(?:reviews?|reviewed|guidelines?|guidance|textbooks?|handbooks?|editorials?)\b", re.IGNORECASE)
"""Words by which a statement says itself that its source is a secondary one."""
_SECONDARY: frozenset[Design] = TELLERS - {"guideline"}
"""Designs that tell of studies and are none."""
_OF_STUDIES: frozenset[Kind] = frozenset(
    {"quantity", "mechanism", "benefit", "harm", "diagnosis", "prognosis", "prevalence"}
)
"""Kinds of statement that only a study can show; a definition or a recommendation may well stand on a book."""
_TOLD = frozenset({"not substantiated", "contested", "unsupported", "needs no source"})
"""Verdicts under which something else is told, or nothing is asked for."""


def causal_words(case: Case) -> Iterator[Word]:
    """The statement says that one thing brings another about, and the study cannot show that.

    Why: who takes a remedy may differ in much else from who does not. A third of press releases on studies that only
    observed people spoke of causes, and news followed them (Sumner et al., BMJ 2014;349:g7015).

    How it is told: a causal verb ("prevents", "reduces", "leads to") without "may" or its like, on a cohort, a
    case-control or cross-sectional study, case reports or a case series. One trial among the sources settles it.

    What to do: say what was seen ("those who … had fewer …"), or cite a randomized trial.

    Wrong: Daily use prevents knee replacement [5]. (A cohort study.)

    Right: Those who used it daily had fewer knee replacements [5].
    """
    yield from _first_of_all(case, "EV004")


def animal_evidence(case: Case) -> Iterator[Word]:
    """The statement speaks of people, and the source studied animals or cells.

    Why: of the most cited studies in animals about a third were borne out in people (Hackam & Redelmeier, JAMA
    2006;296:1731), and a reader will act on it as if it were known.

    How it is told: by the species and the design of the study, where neither its text speaks of people nor the
    statement of animals.

    What to do: say that it was seen in animals, and in which; or cite a study in people.

    Wrong: The extract restores worn cartilage in older people [6]. (A study in mice.)

    Right: The extract restored worn cartilage in mice [6]; nobody has studied it in people.
    """
    yield from _first_of_all(case, "EV005")


def certain_words(case: Case) -> Iterator[Word]:
    """The words are surer than the evidence is.

    Why: words are all that readers have to tell what is known from what is guessed. GRADE ties them to the certainty:
    flat words for high, "probably" for moderate, "may" for low (Santesso et al., J Clin Epidemiol 2020;119:126).

    How it is told: words such as "proven" or "undoubtedly" where the provisional certainty of the evidence is low or
    very low, or where the closest sentence of the source says "may".

    What to do: say "may" or "seems to", or cite evidence that is that sure.

    Wrong: It has been proven to ease stiffness [11]. (The source: it may ease stiffness.)

    Right: It may ease stiffness [11].
    """
    yield from _first_of_all(case, "EV006")


def single_weak_source(case: Case) -> Iterator[Word]:
    """A strong claim rests on one weak source.

    Why: single small studies are often not borne out. Of 45 much cited studies that found a treatment effective, 14
    were contradicted later or had found too large an effect (Ioannidis, JAMA 2005;294:218).

    How it is told: "best", "all", "always", "proven", or a flat "relieves" or "causes" of a benefit or harm, without a
    "may" and without naming the study; one independent line of evidence, however many papers; and that of OCEBM level 4
    or 5, or of level 3 and low certainty for what a treatment does.

    What to do: say that one small study found it, or cite a systematic review or a second study of other people.

    Wrong: Needling relieves the pain [9]. (One trial of 24 people.)

    Right: In one small trial the pain was less after needling [9].
    """
    yield from _first_of_all(case, "EV007")


def secondary_source_only(case: Case) -> Iterator[Word]:
    """A finding of studies is cited from a review, a book or a page that tells of them.

    Why: what is cited from what cites it cannot be checked, and changes on the way. Greenberg followed one belief that
    grew through papers which added no data (BMJ 2009;339:b2680).

    How it is told: all sources are narrative reviews, books, editorials or web pages, and the statement gives a number,
    or says how something works, helps, harms, is told or ends, and does not say itself that it quotes a review. A
    systematic review is no secondary source here, and neither is a guideline.

    What to do: look up the study that it tells of, read it, and cite it, if need be beside the review.

    Wrong: 3% of users had a rash [11]. (A narrative review.)

    Right: 3% of users had a rash [9]. (The register that counted them.)
    """
    for one in case.weighed:
        designs = dict.fromkeys(source.design for _, source in one.body)
        if one.assessment.verdict in _TOLD or one.statement.kind not in _OF_STUDIES:
            continue
        if designs.keys() <= _SECONDARY and not _OPENLY.search(one.statement.text):
            kinds = listed([a_design(design) for design in designs])
            yield on_statement(
                one.statement,
                f"only a secondary source is cited: {named(case, [line for line, _ in one.body])}, {kinds}",
                "look up the study that it tells of, and cite that",
            )


def _animals(case: Case, one: Weighed) -> str | None:
    return _because(case, one, "animals", "evidence from animals or the laboratory")


def _cause(case: Case, one: Weighed) -> str | None:
    return _because(case, one, "cause", "a cause that the study cannot show")


def _because(case: Case, one: Weighed, kind: ConcernKind, what: str) -> str | None:
    found = [f"{named(case, [line])}: {concern.words}" for line, concern in one.concerned((kind,))]
    return f"{what}: {'; '.join(found[:MOST])}" if found else None


def _surer(case: Case, one: Weighed) -> str | None:
    careful = _because(case, one, "hedging", "surer than its source")
    certainty, word = one.assessment.certainty, _sure(one)
    if careful or not word or certainty not in _LOW:
        return careful
    return f"“{word}”, and the evidence is of {certainty} certainty (provisional){_why_not_higher(one)}"


def _sure(one: Weighed) -> str | None:
    """A word by which the statement claims to be beyond doubt."""
    if one.words("hedged") or one.words("negated"):
        return None
    marks = (mark.text for mark in one.statement.marks if mark.kind == "certain")
    return next((words for words in marks if not _RARELY_SURE.fullmatch(words)), None)


def _why_not_higher(one: Weighed) -> str:
    why = [reason.removeprefix("not higher: ") for reason in one.assessment.not_higher[:MOST]]
    return f": {'; '.join(why)}" if why else ""


def _weak(case: Case, one: Weighed) -> str | None:
    word = _strong(one) if one.assessment.lines == 1 and _is_weak(one) else None
    # Where the source studied something else, that is what makes it weak, and EV010 tells it.
    if not word or any(one.concerned(INDIRECT)):
        return None
    lines = one.supporting or [line for line, _ in one.body]
    level = f"OCEBM level {one.assessment.level}" if one.assessment.level else ""
    certainty = f"{one.assessment.certainty} certainty" if one.assessment.certainty else ""
    strength = ", ".join(part for part in (level, certainty) if part)
    return f"“{word}” rests on one weak source, {named(case, lines)}: {strength} (provisional){_why_not_higher(one)}"


def _strong(one: Weighed) -> str | None:
    """A word by which the statement claims much; none in one that says which study it tells of, or of animals."""
    text = one.statement.text
    if one.words("hedged") or _OF_ONE_STUDY.search(text) or NOT_PEOPLE.search(text):
        return None
    of_all = (mark.text for mark in one.statement.marks if mark.kind == "general" and _ALL.match(mark.text))
    causal = CAUSAL.search(text) if one.statement.kind in ("benefit", "harm") else None
    return one.words("superlative") or next(of_all, None) or _sure(one) or (causal and causal.group())


def _is_weak(one: Weighed) -> bool:
    """Whether the evidence is weak for what is asked; what pools several studies is no single source."""
    if any(source.design == "systematic review" and source.study.studies != 1 for _, source in one.body):
        return False
    if one.settled:  # the level is the program's, the certainty what a person says
        return one.assessment.certainty in _LOW
    level = one.assessment.level or 0
    doubtful = one.assessment.certainty in _LOW and one.statement.question in EFFECTS
    return level >= _WEAK_LEVEL or (doubtful and level >= _FAIR_LEVEL)


_Says = Callable[[Case, Weighed], str | None]
_IN_ORDER: dict[str, tuple[_Says, str]] = {
    "EV005": (_animals, "say that it was seen in animals or cells, or cite a study in people"),
    "EV004": (_cause, "say what was seen and not what brought it about, or cite a randomized trial"),
    "EV006": (_surer, "say “may” or “seems to”, or cite evidence that is that sure"),
    "EV007": (_weak, "say that one small or weak study found it, or cite a systematic review or a second study"),
}
"""Rules, the one that takes a statement before the others first: what each says, and what to do."""


def _first_of_all(case: Case, rule: str) -> Iterator[Word]:
    """The words of one rule: on statements of which no rule before it speaks."""
    says, remedy = _IN_ORDER[rule]
    before = [_IN_ORDER[name][0] for name in takewhile(lambda name: name != rule, _IN_ORDER)]
    for one in case.weighed:
        words = None if one.assessment.verdict in _TOLD else says(case, one)
        if words and not any(earlier(case, one) for earlier in before):
            yield on_statement(one.statement, words, remedy)


RULES = (
    Rule(id="EV004", name="causal-words", severity="warning", check=causal_words),
    Rule(id="EV005", name="animal-evidence", severity="error", check=animal_evidence),
    Rule(id="EV006", name="certain-words", severity="warning", check=certain_words),
    Rule(id="EV007", name="single-weak-source", severity="warning", check=single_weak_source),
    Rule(id="EV008", name="secondary-source-only", severity="info", check=secondary_source_only),
)
