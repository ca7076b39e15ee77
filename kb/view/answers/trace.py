"""The way from a statement to its studies, as a tree in which each work is told once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from kb.questions.traced import Step, Trace
from kb.strength.wording import listed, shortened
from kb.view.answers.pieces import answer_of, comes_to, headline, see_drawn, unfolding, work_named
from kb.view.answers.wording import TITLE, design_in_words, named
from kb.view.markup import Element, element
from kb.view.parts import listing, section, what_falls

MOST = 6
"""Works that are shown below one work, known ones first; more are counted, and on a screen folded away."""


class Branch(NamedTuple):
    """A work, and what it cites."""

    step: Step
    below: tuple[Branch, ...] = ()
    again: bool = False
    """Whether the work is told in another place, with what it cites."""


def branches(answer: Trace) -> tuple[Branch, ...]:
    """What the statement cites itself, each with what it cites, and so on."""
    by_id = {step.source: step for step in answer.steps}
    return tuple(_branch(step, by_id) for step in answer.steps if step.depth == 0)


def _branch(step: Step, by_id: Mapping[str, Step]) -> Branch:
    cited = sorted((by_id[name] for name in step.cites if name != step.source), key=lambda one: not one.known)
    below = (_branch(one, by_id) if one.via == step.source else Branch(one, again=True) for one in cited)
    return Branch(step, tuple(below))


def first_of(below: Sequence[Branch]) -> tuple[Sequence[Branch], Sequence[Branch]]:
    """Those that are shown below a work, and those that are not; to fold one away would save nothing."""
    most = MOST if len(below) > MOST + 1 else len(below)
    return below[:most], below[most:]


def work_in_words(step: Step) -> str:
    """A work on the way, and how the way ends there."""
    told = [named(step.label, step.title), *facts_of(step)]
    return f"{' · '.join(told)}{f' — {step.why}' if step.end else ''}"


def facts_of(step: Step) -> Iterator[str]:
    """What is known of a work beside its name."""
    if step.known:
        yield design_in_words(step.design)
    if step.retracted:
        yield "retracted or withdrawn"


def counted(steps: Sequence[Step]) -> str:
    """Works that are not told one by one.

    >>> counted([Step(source="a", depth=1), Step(source="b", depth=1, known=True, design="cohort")])
    'and 2 more: 1 × cohort, 1 of which nothing is known'
    """
    known = Counter(design_in_words(step.design) for step in steps if step.known)
    told = [f"{number} × {design}" for design, number in known.most_common()]
    unknown = sum(not step.known for step in steps)
    every = ", ".join([*told, *([f"{unknown} of which nothing is known"] if unknown else [])])
    return f"and {len(steps)} more: {every}"


def missing_in_words(answer: Trace) -> str:
    """What a registry could be asked for; empty where there is nothing."""
    return f"Could be asked for: {listed(answer.missing, most=MOST)}" if answer.missing else ""


def panel(answer: Trace, drawn: str | None = None) -> Element:
    """The statement, what it comes to, and the tree of works below it.

    Parameters
    ----------
    drawn
        Where the same is drawn; None where it stands beside the drawing.
    """
    missing = missing_in_words(answer)
    return answer_of(
        headline(answer.statement, answer.leans_on),
        comes_to(answer.reasons),
        see_drawn(drawn),
        section("The way to its studies", _tree(branches(answer))),
        element("p", f"{missing}. On the command line, kb trace asks registries about them.", class_="faint")
        if missing
        else None,
    )


def _tree(those: Sequence[Branch]) -> Element | None:
    first, rest = first_of(those)
    items = [_drawn(one) for one in first]
    items += [unfolding(counted([one.step for one in rest]), [_drawn(one) for one in rest])] if rest else []
    return listing(items, class_="tree")


def _drawn(one: Branch) -> Element:
    step = one.step
    if one.again:
        again = element("span", "told elsewhere in this tree", class_="faint")
        return element("p", shortened(step.label), " ", again)
    facts = " · ".join(facts_of(step))
    return element(
        "div",
        element(
            "p",
            work_named(step.source, named(step.label, step.title, TITLE)),
            " ",
            element("span", facts, class_="faint") if facts else None,
            " " if facts else None,
            element("span", step.why, class_="end") if step.end else None,
            " " if step.depth == 0 else None,
            what_falls(step.source) if step.depth == 0 else None,
        ),
        _tree(one.below),
        class_="work",
    )
