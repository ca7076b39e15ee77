"""What most hangs on: sources, statements that one source holds up, and articles that rest on one team."""

from __future__ import annotations

from kb.language.counting import count, does
from kb.questions.load_bearing import HeldUp, LoadBearing, Pillar
from kb.questions.one_team import OneTeam
from kb.view.answers.pieces import answer_of, comes_to, folded, said, work
from kb.view.answers.wording import cut, strength
from kb.view.markup import Element, element
from kb.view.parts import section, sentences

SOURCES = "Sources that most statements stand on alone"
STATEMENTS = "Statements that one source holds up, the surest first"
TEAMS = "Articles that rest on one team"


def alone(one: Pillar) -> str:
    """How many statements stand on a source alone, and how many on it and others."""
    also = f"; {one.together} more on it and on others" if one.together else ""
    stand = f"{count(one.alone, 'statement')} {does(one.alone, 'stand')}"
    return f"{stand} on it alone, in {count(one.articles, 'article')}{also}"


def stands_on(one: HeldUp) -> str:
    """What a statement stands on."""
    leans = " through the statement that it leans on" if one.leans else ""
    graded = strength(one.level, one.certainty)
    return f"stands on {one.label} alone{leans}" + (f"; {graded}" if graded else "")


def panel(answer: LoadBearing) -> Element:
    """The counts, then sources, statements and articles, as many as the answer holds."""
    return answer_of(
        comes_to(answer.reasons),
        section(SOURCES, *folded(answer.sources, _source, of=answer.bearing)),
        section(STATEMENTS, *folded(answer.statements, _statement, of=answer.alone)),
        section(TEAMS, *folded(answer.teams, _team, of=answer.resting)),
    )


def _source(one: Pillar) -> Element:
    return work(one.source, one.label, one.title, alone(one))


def _statement(one: HeldUp) -> Element:
    return element("div", said(one.statement), element("p", *sentences([stands_on(one)]), class_="faint"))


def _team(one: OneTeam) -> Element:
    return element("div", element("p", cut(one.article)), element("p", *sentences([one.why]), class_="faint"))
