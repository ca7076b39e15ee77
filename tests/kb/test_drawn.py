"""The graph and the answers as drawings, on the sample and on graphs drawn by hand."""

from __future__ import annotations

from collections import defaultdict
from itertools import pairwise

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.graph import build_graph, statement_node
from kb.model import Audit, Notice
from kb.questions.impact import impact
from kb.questions.independence import independence
from kb.questions.trace import trace
from kb.view.drawn import answers, everything, forms, scenes
from kb.view.drawn.layout import ROW, TALL, as_tree, height_of, in_columns
from kb.view.drawn.scene import Line, Node, Scene
from kb.view.markup import to_html
from kb.view.ways import parse_way
from tests.drawn import audit_of, source, work
from tests.samples import ARTICLE_ID, sample_audit

RETRACTED = "doi:10.5555/tern.2014"
BRINDLE = "doi:10.5555/brindle.2019"
UNKNOWN = "doi:10.5555/elsewhere"
BRANCHING = audit_of(
    {"s1": ["moss", "rook"], "s2": ["moss"], "s3": []},
    [
        source("moss", "randomized trial"),
        source("rook", "narrative review", cites=["vale", "crow"]),
        source("vale", "cohort"),
        source("crow", "editorial", cites=["rook"]),
    ],
    leans={"s3": "s2"},
)


def of(audit: Audit, *opened: str, all_statements: bool = False) -> Scene:
    here = {"article": [audit.article.id]} | ({"open": list(opened)} if opened else {})
    return scenes.of_article(build_graph([audit]), audit.article.id, here, all_statements=all_statements)


def by_id(scene: Scene) -> dict[str, Node]:
    return {node.id: node for node in scene.nodes}


def below(scene: Scene, start: str) -> dict[str, str]:
    """Where lines lead from a node, and their forms."""
    return {line.end: line.form for line in scene.lines if line.start == start}


def renamed(audit: Audit, name: str) -> Audit:
    return msgspec.structs.replace(audit, article=msgspec.structs.replace(audit.article, id=name))


def test_an_article_with_its_statements_and_sources() -> None:
    scene = of(sample_audit())
    nodes = by_id(scene)
    assert nodes[statement_node(ARTICLE_ID, "s3")].form == "unsupported"
    assert nodes[RETRACTED].form == "retracted"
    assert "Retracted" in nodes[RETRACTED].note
    assert "randomized trial · OCEBM level 2" in {node.note for node in scene.nodes}
    assert "needs-no-source" not in {node.form for node in scene.nodes}
    assert {line.form for line in scene.lines} >= {"contains", "obtainsSupportFrom", "leansOn"}
    assert {end for line in scene.lines for end in (line.start, line.end)} <= nodes.keys()
    assert UNKNOWN not in nodes


def test_statements_that_need_no_source_are_counted_or_drawn() -> None:
    assert of(sample_audit()).told[1] == "Not drawn: 1 statement that needs no source."
    scene = of(sample_audit(), all_statements=True)
    assert len(scene.told) == 1
    assert "needs-no-source" in {node.form for node in scene.nodes}


def test_a_source_is_unfolded_and_folded_by_its_link() -> None:
    folded = dict(by_id(of(sample_audit()))[BRINDLE].links)
    way = parse_way(folded["Show what it cites and who else cites it"])
    assert way
    assert (way.page, way.given) == ("graph", {"article": [ARTICLE_ID], "open": [BRINDLE]})
    scene = of(sample_audit(), BRINDLE)
    assert by_id(scene)[UNKNOWN].form == "bare"
    assert below(scene, BRINDLE)[UNKNOWN] == "cites"
    way = parse_way(dict(by_id(scene)[BRINDLE].links)["Fold away what is around it"])
    assert way
    assert "open" not in way.given


def test_a_source_that_is_unfolded_in_vain_says_so() -> None:
    facts = dict(by_id(of(BRANCHING, work("moss")))[work("moss")].facts)
    assert facts["Around it"] == "nothing more is known here"
    assert "Around it" not in dict(by_id(of(BRANCHING, work("rook")))[work("rook")].facts)


def test_of_very_many_works_that_are_cited_some_are_drawn_and_all_are_counted() -> None:
    names = [f"w{number}" for number in range(50)]
    audit = audit_of({"s1": ["moss"]}, [source("moss", "narrative review", cites=names)])
    scene = of(audit, work("moss"))
    assert sum(node.form == "bare" for node in scene.nodes) == scenes.MOST_UNFOLDED
    assert dict(by_id(scene)[work("moss")].facts)["Cites"] == "50 works, 20 of them not drawn"


def test_what_is_around_a_source_in_all_articles() -> None:
    graph = build_graph([BRANCHING, renamed(BRANCHING, "other.md")])
    scene = scenes.around_source(graph, work("rook"), {"about": [work("rook")]}, 9)
    drawn = {node.id for node in scene.nodes}
    assert {statement_node("drawn.md", "s1"), statement_node("other.md", "s1"), work("vale"), work("crow")} <= drawn
    assert statement_node("drawn.md", "s2") not in drawn
    assert scene.told == ("9 statements rest on this source.", "Not drawn: 7 of them.")


def test_what_is_around_a_statement() -> None:
    scene = scenes.around_statement(build_graph([BRANCHING]), statement_node("drawn.md", "s2"), {})
    drawn = {node.id for node in scene.nodes}
    assert {statement_node("drawn.md", "s3"), work("moss")} <= drawn
    assert not {statement_node("drawn.md", "s1"), work("rook")} & drawn


def test_everything_counts_the_sources_of_several_articles() -> None:
    alone = audit_of({"s1": ["moss", "lark"]}, [source("moss"), source("lark")], article="alone.md")
    scene = everything.of_everything(build_graph([alone, BRANCHING]))
    assert scene.told[0] == "2 articles and 3 sources, 1 of them used by several articles."
    assert statement_node("drawn.md", "s3") not in by_id(scene)
    assert len(by_id(scene)) == len(scene.nodes)


def test_of_very_many_nodes_signs_are_drawn_in_blocks_and_shared_sources_on_the_right() -> None:
    audits = [
        audit_of({f"s{at}": ["moss", f"w{name}{at}"] for at in range(60)}, [], article=f"{name}.md") for name in "abc"
    ]
    scene = everything.of_everything(build_graph(audits))
    nodes = by_id(scene)
    assert nodes[work("moss")].x > max(node.x for node in scene.nodes if node.id != work("moss"))
    assert nodes[statement_node("a.md", "s1")].quiet
    assert not nodes["article:a.md"].quiet
    places = {(node.x, node.y) for node in scene.nodes}
    assert len(places) == len(scene.nodes) == 3 * (1 + 60 + 60) + 1


def test_of_everything_as_many_articles_are_drawn_as_can_be_seen() -> None:
    names = [f"{number}.md" for number in range(9)]
    scene = everything.of_first(names, lambda name: renamed(BRANCHING, name), most=16)
    assert sum(node.form == "article" for node in scene.nodes) == 3
    assert scene.told[-1].startswith("Not drawn: 6 more articles, as no more than 16 things can be seen together.")
    assert len(everything.of_first(names[:1], lambda name: BRANCHING, most=2).nodes) > 2, "one is always drawn"


def test_what_falls_is_drawn_from_the_source_to_each_statement() -> None:
    scene = answers.of_impact(impact([BRANCHING], [work("moss")]))
    nodes = by_id(scene)
    heading = next(iter(below(scene, work("moss"))))
    assert nodes[work("moss")].form == "retracted"
    assert nodes[heading].form == "article"
    assert below(scene, heading) == {
        statement_node("drawn.md", "s1"): "to-falls",
        statement_node("drawn.md", "s2"): "to-loses-its-support",
    }
    assert below(scene, statement_node("drawn.md", "s2")) == {statement_node("drawn.md", "s3"): "leansOn"}
    fallen = nodes[statement_node("drawn.md", "s2")]
    assert (fallen.form, fallen.note) == ("loses-its-support", "loses its support: supported → unsupported")
    assert scene.told == ("3 statements in 1 article rest on that: 2 lose their support, 1 falls.",)
    assert scene.tree


def test_what_falls_at_second_hand_hangs_on_the_review() -> None:
    scene = answers.of_impact(impact([BRANCHING], [work("vale")], BRANCHING.sources))
    assert below(scene, work("vale")) == {work("rook"): "cites"}
    heading = next(iter(below(scene, work("rook"))))
    assert statement_node("drawn.md", "s1") in below(scene, heading)


def test_where_nothing_falls_the_source_stands_alone() -> None:
    scene = answers.of_impact(impact([BRANCHING], [work("lark")]))
    assert [node.id for node in scene.nodes] == [work("lark")]
    assert scene.told == ("No statement rests on that.",)


def test_of_very_much_that_falls_the_gravest_is_drawn() -> None:
    audit = audit_of({f"s{number}": ["moss"] for number in range(answers.MOST + 5)}, [source("moss")])
    scene = answers.of_impact(impact([audit], [work("moss")]))
    assert len(scene.nodes) == answers.MOST + 2
    assert scene.told[-1] == "5 more statements not drawn, the least affected."


def test_a_trace_is_a_tree_with_its_ends() -> None:
    graph = build_graph([BRANCHING], BRANCHING.sources)
    scene = answers.of_trace(trace(graph, ("drawn.md", "s1")))
    nodes = by_id(scene)
    assert below(scene, statement_node("drawn.md", "s1")).keys() == {work("moss"), work("rook")}
    assert nodes[work("moss")].note == "randomized trial · ● primary study"
    columns = [nodes[name].x for name in (statement_node("drawn.md", "s1"), work("rook"), work("vale"))]
    assert columns == sorted(set(columns))


def test_a_dead_end_is_no_design() -> None:
    audit = audit_of({"s1": ["rook"]}, [source("rook", "web page")])
    scene = answers.of_trace(trace(build_graph([audit]), ("drawn.md", "s1")))
    found = by_id(scene)[work("rook")]
    assert found.form == "end"
    assert "⊣" in found.note


def test_the_lines_of_evidence_group_their_sources() -> None:
    audit = audit_of(
        {"s1": ["moss", "vale", "heron"]},
        [source("moss", "cohort", authors=("A", "B")), source("vale", "cohort"), source("heron", "cohort")],
        directions={"heron": "disputes"},
    )
    answer = independence(audit, ("drawn.md", "s1"))
    scene = answers.of_independence(answer)
    lines = [name for name, form in below(scene, statement_node("drawn.md", "s1")).items() if form == "counted"]
    assert {frozenset(below(scene, name)) for name in lines} == {frozenset(line.sources) for line in answer.lines}
    assert scene.told[0] == "2 independent lines of evidence."
    (aside,) = [name for name, form in below(scene, statement_node("drawn.md", "s1")).items() if form == "left-out"]
    assert list(below(scene, aside)) == [work("heron")]


def test_a_retraction_that_was_taken_back_is_none() -> None:
    notices = (
        Notice(kind="retraction", said_by=("x",), date="2010"),
        Notice(kind="reinstatement", said_by=("x",), date="2012"),
    )
    audit = audit_of({"s1": ["moss"]}, [source("moss", "cohort", notices=notices)])
    assert by_id(of(audit))[work("moss")].form == "observed"


@st.composite
def bipartite(draw: st.DrawFn) -> tuple[list[Node], list[Node], list[Line]]:
    left = [Node(id=f"a{number}", form="supported", label="") for number in range(draw(st.integers(1, 12)))]
    right = [
        Node(id=f"b{number}", form="trial", label="", note="n" * draw(st.integers(0, 1)))
        for number in range(draw(st.integers(1, 12)))
    ]
    ends = st.tuples(st.sampled_from(left), st.sampled_from(right))
    lines = [Line(start=one.id, end=other.id, form="cites") for one, other in draw(st.lists(ends, max_size=20))]
    return left, right, lines


@given(bipartite())
def test_labels_of_a_column_never_overlap(drawn: tuple[list[Node], list[Node], list[Line]]) -> None:
    left, right, lines = drawn
    placed = in_columns([left, right], lines)
    assert {node.id for node in placed} == {node.id for node in (*left, *right)}
    columns: defaultdict[int, list[Node]] = defaultdict(list)
    for node in placed:
        columns[node.x].append(node)
    for column in columns.values():
        for above, under in pairwise(sorted(column, key=lambda node: node.y)):
            assert under.y - above.y >= (height_of(above) + height_of(under)) // 2
    assert placed == in_columns([left, right], lines)


def test_a_tree_keeps_each_node_in_the_middle_of_what_hangs_on_it() -> None:
    nodes = [Node(id=name, form="trial", label=name) for name in ("a", "b", "c", "d")]
    placed = {node.id: (node.x, node.y) for node in as_tree(nodes, {"b": "a", "c": "a", "d": "c"})}
    step = placed["b"][0]
    assert placed == {
        "a": (0, ROW),
        "b": (step, ROW // 2),
        "c": (step, ROW // 2 + ROW),
        "d": (2 * step, ROW // 2 + ROW),
    }
    assert TALL > ROW


def test_the_legend_names_what_is_drawn_and_nothing_else() -> None:
    told = to_html(forms.legend({"trial", "retracted"}, {"disputes", "contains"}))
    assert "retracted or withdrawn" in told
    assert "disputed by" in told
    assert "systematic review" not in told
    assert "says" not in told


@pytest.mark.parametrize("slug", forms.FORMS)
def test_every_form_has_colours_in_the_style_sheet(slug: str) -> None:
    assert f".form-{slug}{{--hue:light-dark(#" in forms.stylesheet()


def test_no_two_forms_of_one_drawing_differ_by_colour_alone() -> None:
    looks = [
        (form.shape, form.sign, form.hollow, form.size)
        for slug, form in forms.FORMS.items()
        if slug not in ("end", "more")
    ]
    assert len(looks) == len(set(looks))
