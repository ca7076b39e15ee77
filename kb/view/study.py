"""What a study tells of itself, in a few words for a reader."""

from __future__ import annotations

from collections.abc import Iterator

from kb.language.counting import count
from kb.model import Source, Study


def study_in_words(source: Source) -> str:
    """Who was studied, how many, where it is registered and who paid, as far as its text tells; else empty.

    >>> study_in_words(Source(id="ref:1", study=Study(participants=1412, studies=9, ages=("adults",))))
    '9 studies; 1,412 participants; adults'
    """
    return "; ".join(_told(source.study))


def _told(study: Study) -> Iterator[str]:
    if study.allocation:
        yield f"{study.allocation} groups" if study.allocation == "parallel" else f"{study.allocation} trial"
    if study.studies is not None:
        yield count(study.studies, "study")
    if study.participants is not None:
        yield count(study.participants, "participant")
    who = list(study.ages) if study.species in ("", "people") else [study.species, *study.ages]
    if who:
        yield ", ".join(who)
    if study.conditions:
        yield f"on {', '.join(study.conditions)}"
    if study.cohorts:
        yield f"data of {', '.join(study.cohorts)}"
    if study.registrations:
        yield f"registered as {', '.join(study.registrations)}"
    if study.funding:
        yield f"funding: {study.funding}"
    if study.conflicts:
        yield f"interests: {study.conflicts}"
