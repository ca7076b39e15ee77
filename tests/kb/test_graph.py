"""The graph of the sample, drawn by hand, and of two articles that share a source."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import TypeVar

import msgspec
import pytest

from kb.graph import build_graph, newer_source, retraction
from kb.model import Attribution, Audit, Direction, Notice, NoticeKind, Record, Source
from tests import samples

AnyRecord = TypeVar("AnyRecord", bound=Record)

ARTICLE = f"article:{samples.ARTICLE_ID}"


def statement(identifier: str) -> str:
    return f"statement:{samples.ARTICLE_ID}#{identifier}"


def reference(identifier: str) -> str:
    return f"reference:{samples.ARTICLE_ID}#{identifier}"


def edges(audits: list[Audit]) -> set[tuple[str, str, str]]:
    return set(build_graph(audits).edges(keys=True))


def replaced(record: AnyRecord, **changes: object) -> AnyRecord:
    return msgspec.structs.replace(record, **changes)


STATEMENTS = ["s1", "s2", "s3", "s4", "s5", "s6", "s7"]
REFERENCES = ["marlow-2011", "hartwell-2019", "tern-2014", "quill-2008"]
SOURCES = [samples.MARLOW_SOURCE, samples.HARTWELL_SOURCE, samples.TERN_SOURCE, samples.QUILL_SOURCE]


def test_the_nodes_of_the_sample(sample_audit: Audit) -> None:
    types = {node: data["type"] for node, data in build_graph([sample_audit]).nodes(data=True)}
    drawn = {ARTICLE: "article", "doi:10.5555/elsewhere": "source"}
    drawn |= {statement(name): "statement" for name in STATEMENTS}
    drawn |= {reference(name): "reference" for name in REFERENCES}
    drawn |= dict.fromkeys(SOURCES, "source")
    assert types == drawn


def test_the_edges_of_the_sample(sample_audit: Audit) -> None:
    drawn = {(ARTICLE, statement(name), "contains") for name in STATEMENTS}
    drawn |= {(ARTICLE, reference(name), "lists") for name in REFERENCES}
    drawn |= {(reference(name), source, "identifies") for name, source in zip(REFERENCES, SOURCES, strict=True)}
    drawn |= {
        (statement("s1"), reference("marlow-2011"), "cites"),
        (statement("s2"), reference("hartwell-2019"), "cites"),
        (statement("s6"), reference("tern-2014"), "cites"),
        (statement("s5"), statement("s2"), "leansOn"),
        (statement("s1"), samples.MARLOW_SOURCE, "citesAsEvidence"),
        (statement("s2"), samples.HARTWELL_SOURCE, "obtainsSupportFrom"),
        (statement("s6"), samples.TERN_SOURCE, "citesAsEvidence"),
        (samples.HARTWELL_SOURCE, samples.TERN_SOURCE, "cites"),
        (samples.HARTWELL_SOURCE, "doi:10.5555/elsewhere", "cites"),
    }
    assert edges([sample_audit]) == drawn


@pytest.mark.parametrize(
    ("node", "attribute", "value"),
    [
        (ARTICLE, "title", samples.TITLE),
        (ARTICLE, "as_of", "2026-11-22"),
        (statement("s2"), "text", samples.EASES),
        (statement("s2"), "verdict", "supported"),
        (statement("s2"), "level", 2),
        (statement("s2"), "certainty", "moderate"),
        (statement("s3"), "verdict", "unsupported"),
        (statement("s3"), "signals", ["number", "frequency"]),
        (statement("s7"), "needs_source", False),
        (reference("hartwell-2019"), "cited", 1),
        (reference("quill-2008"), "cited", 0),
        (reference("quill-2008"), "year", "2008"),
        (samples.HARTWELL_SOURCE, "design", "randomized trial"),
        (samples.HARTWELL_SOURCE, "retracted", False),
        (samples.TERN_SOURCE, "retracted", True),
        (samples.TERN_SOURCE, "notices", ["retraction"]),
        (samples.TERN_SOURCE, "known", True),
        ("doi:10.5555/elsewhere", "known", False),
    ],
)
def test_what_a_node_says(sample_audit: Audit, node: str, attribute: str, value: object) -> None:
    assert build_graph([sample_audit]).nodes[node][attribute] == value


def test_what_an_edge_says(sample_audit: Audit) -> None:
    graph = build_graph([sample_audit])
    evidence = graph.edges[statement("s2"), samples.HARTWELL_SOURCE, "obtainsSupportFrom"]
    assert evidence == {"direction": "supports", "extent": "whole", "level": 2, "certainty": "moderate"}
    assert graph.edges[reference("tern-2014"), samples.TERN_SOURCE, "identifies"] == {"status": "verified"}
    assert graph.edges[reference("quill-2008"), samples.QUILL_SOURCE, "identifies"] == {"status": "not attempted"}
    assert "at every age" in graph.edges[statement("s5"), statement("s2"), "leansOn"]["goes_beyond"]


@pytest.mark.parametrize(
    ("direction", "relation"),
    [
        ("supports", "obtainsSupportFrom"),
        ("disputes", "disputes"),
        ("neutral", "citesForInformation"),
        ("not checked", "citesAsEvidence"),
    ],
)
def test_a_direction_is_a_typed_citation(sample_audit: Audit, direction: Direction, relation: str) -> None:
    line = replaced(sample_audit.evidence[0], direction=direction)
    audit = replaced(sample_audit, evidence=(line,))
    typed = {key for start, end, key in edges([audit]) if start == statement("s1") and end == samples.MARLOW_SOURCE}
    assert typed == {relation}


def test_a_reference_without_a_resolution_was_not_attempted(sample_audit: Audit) -> None:
    graph = build_graph([replaced(sample_audit, resolutions=())])
    assert graph.edges[reference("tern-2014"), samples.TERN_SOURCE, "identifies"]["status"] == "not attempted"


def test_a_statement_without_an_assessment_has_no_verdict(sample_audit: Audit) -> None:
    node = build_graph([replaced(sample_audit, assessments=())]).nodes[statement("s2")]
    assert (node["verdict"], node["level"], node["lines"]) == (None, None, 0)


def other_article(audit: Audit) -> Audit:
    return replaced(audit, article=replaced(audit.article, id="articles/another.txt"))


def test_articles_share_sources_and_nothing_else(sample_audit: Audit) -> None:
    one, both = build_graph([sample_audit]), build_graph([sample_audit, other_article(sample_audit)])
    sources = 5
    assert both.number_of_nodes() == 2 * one.number_of_nodes() - sources
    assert sorted(both.predecessors(samples.TERN_SOURCE)) == sorted(
        [
            samples.HARTWELL_SOURCE,
            statement("s6"),
            reference("tern-2014"),
            "statement:articles/another.txt#s6",
            "reference:articles/another.txt#tern-2014",
        ]
    )


def test_the_order_of_audits_does_not_matter(sample_audit: Audit) -> None:
    audits = [sample_audit, other_article(sample_audit)]
    forth, back = build_graph(audits), build_graph(reversed(audits))
    assert list(forth.nodes(data=True)) == list(back.nodes(data=True))
    assert list(forth.edges(keys=True, data=True)) == list(back.edges(keys=True, data=True))


def test_every_attribute_can_be_written_as_json(sample_audit: Audit) -> None:
    graph = build_graph([sample_audit])
    for attributes in [data for _, data in graph.nodes(data=True)] + [data for _, _, data in graph.edges(data=True)]:
        assert json.loads(json.dumps(attributes)) == attributes


def test_no_audit_is_an_empty_graph() -> None:
    assert len(build_graph([])) == 0


@pytest.mark.parametrize(
    ("notices", "stands"),
    [
        ([], None),
        ([("retraction", None)], 0),
        ([("withdrawal", "2020")], 0),
        ([("retraction", "2020"), ("withdrawal", "2021")], 1),
        ([("correction", "2020"), ("expression of concern", "2021"), ("partial retraction", "2022")], None),
        ([("retraction", "2020"), ("reinstatement", "2021")], None),
        ([("reinstatement", "2021"), ("retraction", "2020")], None),
        ([("retraction", "2020"), ("reinstatement", "2021"), ("retraction", "2022")], 2),
        ([("retraction", None), ("reinstatement", "2021")], None),
        ([("retraction", "2020"), ("reinstatement", None)], None),
        ([("retraction", "2020-05-01"), ("reinstatement", "2020")], None),
        ([("reinstatement", "2020-05"), ("retraction", "2020-06-01")], 1),
        ([("retraction", "2020"), ("correction", "2021")], 0),
    ],
)
def test_which_retraction_of_a_source_stands(notices: list[tuple[NoticeKind, str | None]], stands: int | None) -> None:
    told = tuple(Notice(kind=kind, date=date, said_by=("Crossref",)) for kind, date in notices)
    expected = None if stands is None else told[stands]
    assert retraction(Source(id="doi:10.5555/x", notices=told)) == expected


def asked(title: str, *dates: str | None) -> Source:
    said = tuple(Attribution(by="Crossref", fields=("title",), asked=date) for date in dates)
    return Source(id="doi:10.5555/x", title=title, said=said)


@pytest.mark.parametrize(
    ("known", "told", "kept"),
    [
        (asked("known"), asked("told"), "told"),
        (asked("known", "2026-01-01"), asked("told"), "known"),
        (asked("known", "2026-01-01"), asked("told", None), "known"),
        (asked("known"), asked("told", "2026-01-01"), "told"),
        (asked("known", "2026-01-01"), asked("told", "2026-01-01"), "told"),
        (asked("known", "2026-02-01"), asked("told", "2026-01-01"), "known"),
        (asked("known", "2026-01-01"), asked("told", None, "2026-02-01"), "told"),
    ],
)
def test_the_newest_record_of_a_source_is_kept(known: Source, told: Source, kept: str) -> None:
    assert newer_source(known, told).title == kept


@pytest.mark.parametrize(
    ("known", "told", "kept"),
    [
        (("title", "abstract"), ("title",), "known"),
        (("title",), ("title", "abstract"), "told"),
        (("title", "abstract"), ("title", "abstract"), "told"),
        (("title",), ("title",), "told"),
    ],
)
def test_of_two_records_as_new_the_one_that_lacks_more_goes(
    known: tuple[str, ...], told: tuple[str, ...], kept: str
) -> None:
    said = (Attribution(by="Crossref", fields=("title", "abstract", "container"), asked="2026-01-01"),)
    records = [
        Source(id="doi:10.5555/x", title=title, abstract="A text." if "abstract" in holds else "", said=said)
        for title, holds in (("known", known), ("told", told))
    ]
    assert newer_source(*records).title == kept


def test_importing_the_builder_does_not_import_networkx() -> None:
    code = "import sys, kb.graph; sys.exit('networkx' in sys.modules)"
    project = Path(__file__).resolve().parents[2]
    assert subprocess.run([sys.executable, "-c", code], cwd=project, check=False).returncode == 0


def test_a_work_cited_by_its_pubmed_id_is_the_source_known_by_its_doi(sample_audit: Audit) -> None:
    known = Source(id="doi:10.5555/known", doi="10.5555/known", pmid="77")
    citing = Source(id="doi:10.5555/citing", cites=("pmid:77", "pmid:78"))
    graph = build_graph([sample_audit], [known, citing])
    assert list(graph.successors(citing.id)) == [known.id, "pmid:78"]
    assert not graph.nodes["pmid:78"]["known"]
