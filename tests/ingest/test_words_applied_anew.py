"""People's words applied to an audit that is stored: it is then what an audit with these words would have been."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.pipeline import Progress, audit
from ingest.read import read_bytes
from ingest.resolve.resolved import Resolved
from kb.language.digests import as_written
from kb.model import Audit, Reference, Resolution, Review, Source, Subject
from kb.rules.spoken import with_words
from kb.settings import Settings
from kb.strength.people import VALUES, WITHDRAWN

ARTICLE = """# Heat and cold for stiff knees

Heat reduces the pain of a stiff knee in adults (Roe, 2010). Cold packs slowed the healing of knees (Poe, 2012; Roe,
2010). This is because cold slows the healing of knees. It therefore harms every joint. Tea cures arthritis.

We like it. Studies show that rest makes stiff knees worse (Loe, 2001).

## References

Roe, J. (2010). Heat for knees: a randomized trial. Knee Journal, 3, 1-9. https://doi.org/10.5555/heat
Poe, E. (2012). Cold for knees: a cohort study. Knee Journal, 5, 1-9.
Loe, A. (2001). Rest and stiff knees. Knee Journal, 1, 1-9. https://doi.org/10.5555/rest
"""
ABSTRACTS = {
    "Roe": "Adults with a stiff knee were randomized. Heat reduced the pain of the stiff knee in adults.",
    "Poe": "In this cohort cold packs slowed the healing of knees.",
    "Loe": "",
}


def resolved(references: Sequence[Reference], _settings: Settings, _tell: Progress) -> Resolved:
    """Every work is found; the one that is cited without an identifier by its DOI, as a registry tells it."""
    names = {one.id: f"doi:{one.doi or '10.5555/cold'}" for one in references}
    return Resolved(
        resolutions=tuple(Resolution(reference=one.id, source=names[one.id], status="verified") for one in references),
        sources=tuple(
            Source(
                id=names[one.id],
                doi=names[one.id].removeprefix("doi:"),
                title=one.title,
                authors=one.authors,
                year=one.year,
                abstract=ABSTRACTS[one.authors[0]],
            )
            for one in references
        ),
    )


def audited(reviews: Sequence[Review] = ()) -> Audit:
    reading = read_bytes(ARTICLE.encode(), "knees.md")
    return audit(reading, Settings(as_of="2026-11-22"), resolver=resolved, reviews=reviews)


BARE = audited()
SOURCES = [*(as_written(one) for one in BARE.references), *(one.id for one in BARE.sources), "doi:10.5555/elsewhere"]


def of(subject: Subject, statement: int, value: str, person: str = "Ann Lee", **fields: Any) -> Review:
    """A word on a statement of the article, or on what the source that it cites first says of it."""
    of_it = BARE.statements[statement]
    cited = [line.source for line in BARE.evidence if line.statement == of_it.id]
    whole: dict[str, Any] = {
        "source": cited[0] if subject == "line" and cited else None,
        "cited": tuple(sorted(cited)) if subject == "statement" else None,
        "date": "2026-11-20",
        "reason": "read it",
        "fingerprint": of_it.fingerprint,
        "text": of_it.text,
    }
    return Review(
        subject=subject, statement=of_it.id, value=value, person=person, article="knees.md", **(whole | fields)
    )


@st.composite
def words(draw: st.DrawFn) -> Review:
    """A word on anything of the article, given for these words or for others that are like them."""
    subject: Subject = draw(st.sampled_from(("statement", "line", "need of a source")))
    statement = draw(st.integers(0, len(BARE.statements) - 1))
    fields: dict[str, Any] = {"date": draw(st.sampled_from(("2026-11-20", "2026-11-21")))}
    if draw(st.integers(0, 4)) == 0:
        fields["fingerprint"] = "earlier"
    if subject == "line":
        fields["source"] = draw(st.sampled_from(SOURCES))
    elif subject == "statement" and draw(st.booleans()):
        fields["cited"] = draw(
            st.sampled_from((None, (), ("doi:10.5555/heat",), (SOURCES[1],), (SOURCES[0], SOURCES[1])))
        )
    value = draw(st.sampled_from((*VALUES[subject], WITHDRAWN)))
    return of(subject, statement, value, draw(st.sampled_from(("Ann Lee", "Bo Yu"))), **fields)


def undoubted(found: Audit) -> Audit:
    """An audit without what a word takes away for good."""
    lines = tuple(msgspec.structs.replace(line, doubt=None) for line in found.evidence)
    return msgspec.structs.replace(found, evidence=lines)


def test_the_article_has_what_words_are_on() -> None:
    assert {one.verdict for one in BARE.assessments} >= {"supported", "not checked", "unsupported"}
    assert any(one.leans_on for one in BARE.statements)
    assert SOURCES[1].startswith("ref:")


@given(st.lists(words(), max_size=6))
@settings(deadline=None, max_examples=80)
def test_words_applied_to_an_audit_are_an_audit_with_words(said: list[Review]) -> None:
    assert with_words(BARE, said) == audited(said)


@given(st.lists(words(), max_size=5), st.lists(words(), max_size=5))
@settings(deadline=None, max_examples=40)
def test_what_was_said_before_leaves_no_trace(before: list[Review], said: list[Review]) -> None:
    once = audited(said)
    assert with_words(once, said) == once
    assert undoubted(with_words(audited(before), said)) == undoubted(once)


@pytest.mark.parametrize("subject", ["statement", "line", "need of a source"])
def test_a_word_that_is_taken_back_is_as_one_that_was_never_given(subject: Subject) -> None:
    value = {"statement": "contested", "line": "disputes", "need of a source": "needs no source"}[subject]
    given_word = of(subject, 1, value)
    spoken = with_words(BARE, [given_word])
    assert spoken.statements != BARE.statements or spoken.assessments != BARE.assessments
    taken = with_words(spoken, [given_word, of(subject, 1, WITHDRAWN, date="2026-11-21")])
    assert undoubted(msgspec.structs.replace(taken, reviews=())) == undoubted(BARE)


def test_a_word_on_a_design_stays_as_it_was_applied() -> None:
    (roe,) = [one.id for one in BARE.sources if one.doi == "10.5555/heat"]
    design = Review(
        subject="design",
        statement=None,
        source=roe,
        value="cohort",
        person="Ann Lee",
        date="2026-11-20",
        reason="nobody was randomized",
        fingerprint=roe,
    )
    before = audited([design])
    verdict = of("statement", 0, "contested", "Bo Yu")
    assert with_words(before, [design, verdict]) == audited([design, verdict])
    assert next(one.design for one in before.sources if one.id == roe) == "cohort"
