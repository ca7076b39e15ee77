"""The hand-made audit holds together: every offset is that of its words, every id that it names exists."""

from __future__ import annotations

from typing import TypeAlias

from kb.model import Audit, Citation, Reference, Statement

Passage: TypeAlias = Statement | Citation | Reference


def passages(audit: Audit) -> tuple[Passage, ...]:
    return (*audit.statements, *audit.citations, *audit.references)


def test_every_offset_is_that_of_its_words(sample_audit: Audit) -> None:
    text = sample_audit.article.text
    for passage in passages(sample_audit):
        assert text[passage.start : passage.end] == passage.text
        assert text.count(passage.text) == 1
    for cue in (cue for statement in sample_audit.statements for cue in statement.cues):
        assert text[cue.start : cue.end] == cue.text


def test_every_line_counts_from_one(sample_audit: Audit) -> None:
    lines = sample_audit.article.text.split("\n")
    for passage in passages(sample_audit):
        assert passage.line is not None
        assert passage.text in lines[passage.line - 1]


def test_every_id_that_is_named_exists(sample_audit: Audit) -> None:
    statements = {statement.id for statement in sample_audit.statements}
    references = {reference.id for reference in sample_audit.references}
    sources = {source.id for source in sample_audit.sources}
    assert {line.statement for line in sample_audit.evidence} <= statements
    assert {assessment.statement for assessment in sample_audit.assessments} == statements
    assert {resolution.reference for resolution in sample_audit.resolutions} == references
    assert {reference.source for reference in sample_audit.references} == sources
    assert {name for citation in sample_audit.citations for name in citation.references} < references
