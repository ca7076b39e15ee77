"""The answers to questions as the paths that they are, each a tree from left to right.

What falls with a source, whence a statement comes, and how many lines of evidence are behind it. The same is told in
words by `kb.view.answers`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kb.graph import article_node, statement_node
from kb.language.counting import count
from kb.model import Design
from kb.questions.impact import Affected, Fallen, Impact, InArticle, SecondHand
from kb.questions.independence import Independence, Work
from kb.questions.stated import Stated
from kb.questions.traced import Trace
from kb.view.answers.impact import at_second_hand, goes, graded, summed_up
from kb.view.answers.trace import Branch, branches, counted, first_of
from kb.view.answers.wording import design_in_words, named
from kb.view.drawn.forms import effect_form, form_of, verdict_form
from kb.view.drawn.layout import as_tree
from kb.view.drawn.scene import LABEL, Line, Node, Scene, facts, labelled
from kb.view.drawn.told import work_link
from kb.view.parts import place_of, sentences
from kb.view.ways import to_article, to_graph, to_statement

MOST = 400
"""Statements that are drawn of what falls; more are counted."""
_NARROW = 56
_LOST = frozenset({"dead end", "amplification", "circle", "not known", "cut"})
"""How a way ends that reaches no study."""


class _Growing:
    """A tree that is put together: its nodes, what each hangs on, and its lines."""

    def __init__(self) -> None:
        self.nodes: dict[str, Node] = {}
        self.parents: dict[str, str] = {}
        self.lines: dict[Line, None] = {}

    def hang(self, node: Node, parent: str | None, form: str) -> None:
        """Add a node below another one; one that is there already gets one more line."""
        if parent is not None:
            self.lines[Line(start=parent, end=node.id, form=form)] = None
        if node.id not in self.nodes:
            self.nodes[node.id] = node
            if parent is not None:
                self.parents[node.id] = parent

    def scene(self, told: Sequence[str]) -> Scene:
        """All of it, placed."""
        placed = as_tree(list(self.nodes.values()), self.parents)
        # What comes first is the gravest: it is drawn last, over what shares a part of its way.
        return Scene(nodes=tuple(placed), lines=tuple(reversed(self.lines)), told=tuple(told), tree=True)


def of_impact(answer: Impact) -> Scene:
    """The fallen sources, and below each its articles and statements, as they are and as they would be."""
    tree = _Growing()
    for one in answer.sources:
        tree.hang(_fallen(one), None, "")
    left = MOST
    for article in answer.articles:
        for affected in article.affected[: max(0, left)]:
            _hang_affected(tree, article, affected)
        left -= len(article.affected)
        for told in article.second_hand[: max(0, left)]:
            _hang_second_hand(tree, article, told)
        left -= len(article.second_hand)
    more = (f"{count(-left, 'more statement')} not drawn, the least affected.",) if left < 0 else ()
    return tree.scene([*summed_up(answer), *more])


def _fallen(one: Fallen) -> Node:
    return Node(
        id=one.source,
        form="retracted",
        label=labelled(one.label, _NARROW),
        note="retracted already" if one.already else "taken to be retracted",
        facts=facts(("Source", one.named), ("Cited by", count(len(one.cited_by), "other known work"))),
        links=work_link(one.source),
    )


def _hang_affected(tree: _Growing, article: InArticle, one: Affected) -> None:
    form = effect_form(one.effect)
    through = statement_node(*one.through.key) if one.through else None
    if through in tree.nodes:
        tree.hang(_affected(one), through, "leansOn")
        return
    for source in one.sources:
        heading = _heading(article, source)
        tree.hang(heading, source, "of")
        tree.hang(_affected(one), heading.id, f"to-{form}")


def _heading(article: InArticle, source: str) -> Node:
    """An article below a source: it stands below each one of its own."""
    return Node(
        id=f"{article_node(article.article)} below {source}",
        form="article",
        label=labelled(article.title or article.article, _NARROW),
        facts=facts(("Article", article.title), ("File", article.article)),
        links=(("Read the article", to_article(article.article)),),
    )


def _affected(one: Affected) -> Node:
    then, now = one.before, one.after
    change = f"{then.verdict} → {now.verdict}" if then.verdict != now.verdict else graded(then)
    change = f"{graded(then)} → {graded(now)}" if then.verdict == now.verdict and then != now else change
    return _stated(
        one.statement,
        effect_form(one.effect),
        f"{goes(one)}: {change}",
        ("Now", graded(one.before)),
        ("Without it", graded(one.after)),
        ("Why", " ".join(sentences(one.reasons))),
    )


def _hang_second_hand(tree: _Growing, article: InArticle, one: SecondHand) -> None:
    review = Node(
        id=one.review,
        form=form_of(one.design),
        label=labelled(one.label, _NARROW),
        note=f"{one.design}, cites what falls",
        facts=facts(("Source", one.label), ("Design", one.design)),
        links=work_link(one.review),
    )
    for source in one.includes:
        tree.hang(review, source, "cites")
    heading = _heading(article, one.review)
    tree.hang(heading, one.review, "of")
    told = " ".join(sentences([at_second_hand(one)]))
    node = _stated(
        one.statement, verdict_form(one.statement.verdict), "at second hand: not graded again", ("Why", told)
    )
    tree.hang(node, heading.id, "citesForInformation" if one.direction != "supports" else "obtainsSupportFrom")


def _stated(one: Stated, form: str, note: str, *more: tuple[str, object]) -> Node:
    where = place_of(one.line, one.place)
    return Node(
        id=statement_node(*one.key),
        form=form,
        label=labelled(one.text, _NARROW),
        note=labelled(note, LABEL),
        facts=facts(("Statement", one.text), ("Where", where), ("Verdict", one.verdict), *more),
        links=(("Show its evidence", to_statement(one.article, one.statement)),),
    )


def of_trace(answer: Trace) -> Scene:
    """The statement, what it leans on, and its sources with what these cite, down to studies and dead ends."""
    tree = _Growing()
    last = _hang_leaning(tree, answer.statement, answer.leans_on)
    _hang_works(tree, branches(answer), last)
    return tree.scene(sentences(answer.reasons))


def _hang_leaning(tree: _Growing, statement: Stated, leans_on: Sequence[Stated]) -> str:
    """The statement and what it leans on, one below the other; the last one's node."""
    last = None
    for one in (statement, *leans_on):
        node = _stated(one, verdict_form(one.verdict), one.verdict or "")
        tree.hang(node, last, "leansOn")
        last = node.id
    return last or ""


def _hang_works(tree: _Growing, works: Sequence[Branch], parent: str) -> None:
    """Works below a statement or a work; recursion is as deep as a trace, which is a few works."""
    first, rest = first_of(works)
    for one in first:
        tree.hang(_step(one), parent, "cites")
        if not one.again:
            _hang_works(tree, one.below, one.step.source)
    if rest:
        words = counted([one.step for one in rest])
        told = "; ".join(named(one.step.label, one.step.title, LABEL) for one in rest)
        more = Node(id=f"more below {parent}", form="more", label=labelled(words, LABEL), facts=facts(("Works", told)))
        tree.hang(more, parent, "cites")


def _step(one: Branch) -> Node:
    step = one.step
    lost = step.end in _LOST
    form = form_of(step.design, retracted=step.retracted) if step.known else "bare"
    ends = f"{'⊣ ' if lost else '● ' if step.end else ''}{step.why}" if step.end else ""
    design = design_in_words(step.design) if step.known and step.why != step.design else ""
    falls = ("What falls if this is retracted?", to_graph(question="impact", source=step.source))
    return Node(
        id=step.source,
        form="end" if lost and step.known and not step.retracted else form,
        label=labelled(named(step.label, step.title, LABEL), _NARROW),
        note=labelled(" · ".join(filter(None, (design, ends))), _NARROW),
        facts=facts(
            ("Source", step.title or step.label),
            ("Design", design_in_words(step.design) if step.known else "not known"),
            ("Notices", "retracted or withdrawn" if step.retracted else ""),
            ("The way", step.why),
        ),
        links=((falls,) if step.known else ()) + work_link(step.source),
    )


def of_independence(answer: Independence) -> Scene:
    """The statement, its lines of evidence, the sources of each, and what was not counted."""
    tree = _Growing()
    last = _hang_leaning(tree, answer.statement, answer.leans_on)
    works = {one.source: one for one in answer.works}
    for number, line in enumerate(answer.lines, 1):
        node = Node(
            id=f"line {number}",
            form="line",
            label=f"Line {number}: {count(len(line.sources), 'source')}",
            note=labelled("; ".join(line.why), _NARROW),
            facts=facts(("One line, because", " ".join(sentences(line.why)))),
        )
        tree.hang(node, last, "counted")
        for source in line.sources:
            tree.hang(_work(works[source]), node.id, "of")
    for why, some in _left_out(answer.works):
        aside = Node(id=f"left out: {why}", form="aside", label="Not counted", note=labelled(why, _NARROW))
        tree.hang(aside, last, "left-out")
        for work in some:
            tree.hang(_work(work), aside.id, "of")
    total = f"{count(len(answer.lines), 'independent line')} of evidence."
    return tree.scene([total, *sentences(answer.reasons)])


def _left_out(works: Sequence[Work]) -> Iterator[tuple[str, list[Work]]]:
    for why in dict.fromkeys(work.left_out for work in works if work.left_out):
        yield why, [work for work in works if work.left_out == why]


def _work(work: Work) -> Node:
    design: Design = work.design
    return Node(
        id=work.source,
        form=form_of(design),
        label=labelled(named(work.label, work.title, LABEL), _NARROW),
        note=design_in_words(design),
        facts=facts(
            ("Source", work.title or work.label), ("Design", design_in_words(design)), ("Not counted", work.left_out)
        ),
        links=(
            ("What falls if this is retracted?", to_graph(question="impact", source=work.source)),
            *work_link(work.source),
        ),
    )
