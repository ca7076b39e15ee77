"""The tour shows what it promises: every verdict, reason and notice, offline and out of its lock alone."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType
from typing import get_args

import pytest

from ingest.pipeline import audit_file
from kb.lock import FILE, read
from kb.model import Audit, ConcernKind, NoticeKind, ResolutionStatus, Verdict
from kb.reviews import FILE as REVIEWS
from kb.reviews import read as read_reviews
from kb.settings import Settings

PROJECT = Path(__file__).resolve().parent.parent
TOUR = PROJECT / "examples" / "tour"
ARTICLE = "amberleaf.md"


@pytest.fixture(scope="module")
def tour() -> Audit:
    settings = Settings(offline=True, as_of="2026-11-22")
    lock = read((TOUR / FILE).read_bytes(), FILE)
    reviews = read_reviews((TOUR / REVIEWS).read_bytes(), REVIEWS)
    bibliographies = [TOUR / "amberleaf.nbib"]
    return audit_file(TOUR / ARTICLE, ARTICLE, settings, bibliographies=bibliographies, lock=lock, reviews=reviews)


def maker() -> ModuleType:
    spec = importlib.util.spec_from_file_location("make_tour", PROJECT / "scripts" / "make_tour.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_lock_is_the_one_that_the_program_would_write_now() -> None:
    assert maker().lock_text() == (TOUR / FILE).read_text("utf-8"), "run scripts/make_tour.py and read the difference"


def test_nothing_is_missing_from_the_lock(tour: Audit) -> None:
    assert not [line for line in tour.evidence if line.locked is False]


def test_every_verdict_occurs(tour: Audit) -> None:
    assert {one.verdict for one in tour.assessments} == set(get_args(Verdict))


def test_every_notice_occurs(tour: Audit) -> None:
    assert {notice.kind for source in tour.sources for notice in source.notices} == set(get_args(NoticeKind))


def test_every_outcome_of_looking_a_reference_up_occurs(tour: Audit) -> None:
    assert {one.status for one in tour.resolutions} == set(get_args(ResolutionStatus))


def test_every_concern_occurs(tour: Audit) -> None:
    assert {one.kind for line in tour.evidence for one in line.concerns} == set(get_args(ConcernKind))


def test_every_outcome_of_a_number_occurs(tour: Audit) -> None:
    assert {check.outcome for line in tour.evidence for check in line.numbers} == {"agrees", "differs", "not found"}


def test_every_state_of_peoples_word_occurs(tour: Audit) -> None:
    groups = (tour.statements, tour.assessments, tour.evidence, tour.resolutions)
    marks = [one.reviewed for group in groups for one in group]
    marks += [source.design_reviewed for source in tour.sources]
    assert {mark.state for mark in marks if mark} == {"overruled", "confirmed", "disputed", "earlier words"}


def test_each_matter_in_the_tour_is_told_once_where_it_is_to_be_mended(tour: Audit) -> None:
    assert [(finding.line, finding.rule) for finding in tour.findings if finding.rule[:2] in ("ST", "CI", "EV")] == [
        (13, "EV003"),
        (14, "EV002"),
        (15, "EV009"),
        (15, "EV004"),
        (16, "EV005"),
        (17, "ST001"),  # what they cite was retracted
        (18, "ST001"),
        (20, "ST003"),
        (20, "ST006"),
        (22, "EV006"),
        (22, "EV008"),
        (22, "EV010"),
        (23, "EV010"),
        (27, "EV002"),
        (28, "EV010"),
        (30, "CI001"),
        (34, "EV012"),
    ]
