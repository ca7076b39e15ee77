"""What is offered to a statement without a source, and that it is only offered."""

from __future__ import annotations

from collections.abc import Callable

import msgspec
import pytest

from kb.model import Assessment, Audit, EvidenceLine, Resolution, Source, Verdict
from kb.questions.offers import Offer, Told, pairs_of, said_elsewhere
from kb.report.document import document
from kb.report.html import to_html
from kb.report.text import to_text
from kb.rules.rule import Case
from tests import samples
from tests.costs import assert_grows_little

HERB = Source(
    id="ref:herb", title="Brindleweed tea before breakfast: who drinks it daily", authors=("Roe",), year="2010"
)


def telling(audit: Audit, **texts: str) -> Audit:
    """The audit with other words in some of its statements."""
    said = [msgspec.structs.replace(one, text=texts.get(one.id, one.text)) for one in audit.statements]
    return msgspec.structs.replace(audit, statements=tuple(said))


def given(audit: Audit) -> dict[str, tuple[Offer, ...]]:
    return Case(audit).offers


def offered(audit: Audit) -> dict[str, list[tuple[str, str | None]]]:
    return {name: [(one.source, one.said_in) for one in each] for name, each in given(audit).items()}


SAID = "Brindleweed tea eases the morning stiffness of the knee."


def test_a_source_of_the_same_claim_is_offered(sample_audit: Audit) -> None:
    audit = telling(sample_audit, s2=SAID, s3=SAID)
    (offer, *_) = given(audit)["s3"]
    assert (offer.source, offer.said_in, offer.score) == (samples.HARTWELL_SOURCE, "s2", 1.0)
    line = audit.statements[1].line
    assert offer.words.startswith(f"the same is said in line {line}, with a source: Hartwell & Osei 2019: Brindleweed")


def test_it_reaches_all_that_say_the_same(sample_audit: Audit) -> None:
    # Of equal statements each is paired with the first alone: here the first one has no source.
    audit = telling(sample_audit, s2=SAID, s3=SAID, s4=SAID)
    moved = (audit.statements[2], audit.statements[1], audit.statements[3])
    found = offered(msgspec.structs.replace(audit, statements=moved))
    assert found["s3"][0] == found["s4"][0] == (samples.HARTWELL_SOURCE, "s2")


@pytest.mark.parametrize("verdict", ["supported", "not checked", "needs no source"])
def test_what_lacks_nothing_is_offered_nothing(sample_audit: Audit, verdict: Verdict) -> None:
    audit = telling(sample_audit, s2=SAID, s3=SAID)
    judged = tuple(Assessment(statement=one.id, verdict=verdict) for one in audit.statements)
    assert offered(msgspec.structs.replace(audit, assessments=judged)) == {}


def test_a_source_that_cannot_stand_is_not_offered(sample_audit: Audit) -> None:
    # s6 cites a retracted work alone, so it is unsupported itself.
    assert offered(telling(sample_audit, s6=SAID, s3=SAID)).get("s3", []) == [(samples.HARTWELL_SOURCE, None)]


def test_a_source_that_may_fit_is_offered_with_its_sentence(sample_audit: Audit) -> None:
    told = "Of 84 adults, half drank brindleweed tea and half hot water. The tea eased morning stiffness. All slept."
    sources = [
        msgspec.structs.replace(one, abstract=told) if one.id == samples.HARTWELL_SOURCE else one
        for one in sample_audit.sources
    ]
    audit = telling(sample_audit, s3="Brindleweed tea eased morning stiffness in adults.")
    (offer,) = given(msgspec.structs.replace(audit, sources=tuple(sources)))["s3"]
    assert (offer.source, offer.said_in) == (samples.HARTWELL_SOURCE, None)
    assert offer.words.startswith("may fit: Hartwell & Osei 2019: Brindleweed tea")
    assert offer.quote == "The tea eased morning stiffness."


def test_a_reference_that_names_another_work_is_not_offered(sample_audit: Audit) -> None:
    audit = msgspec.structs.replace(
        telling(sample_audit, s3="Brindleweed tea before breakfast is what many drink daily."),
        sources=(*sample_audit.sources, HERB),
    )
    assert (HERB.id, None) in offered(audit)["s3"]
    wrong = Resolution(reference="herb", source=HERB.id, status="another work")
    audit = msgspec.structs.replace(audit, resolutions=(*audit.resolutions, wrong))
    assert (HERB.id, None) not in offered(audit).get("s3", [])


def test_an_offer_changes_no_verdict_and_no_evidence(sample_audit: Audit) -> None:
    audit = telling(sample_audit, s2=SAID, s3=SAID)
    before: tuple[tuple[Assessment, ...], tuple[EvidenceLine, ...]] = (audit.assessments, audit.evidence)
    assert offered(audit)["s3"]
    assert (audit.assessments, audit.evidence) == before


def test_every_face_shows_what_is_offered(sample_audit: Audit) -> None:
    audit = telling(sample_audit, s2=SAID, s3=SAID)
    words = f"the same is said in line {audit.statements[1].line}, with a source: Hartwell & Osei 2019"
    (entry,) = [one for one in document([audit]).articles[0].statements if one.id == "s3"]
    assert entry.offers[0].words.startswith(words)
    assert entry.verdict == "unsupported"
    assert words in " ".join(to_text([audit], colour=False, width=120).split())
    page = to_html([audit])
    assert words[1:].replace("&", "&amp;") in page
    assert "Offered, not counted" in page
    assert "Offered, not counted" not in to_html([sample_audit])


@pytest.mark.parametrize("every", [0, 2], ids=["none has a source", "every other one has a source"])
def test_the_time_grows_with_the_statements_and_not_with_their_square(sample_audit: Audit, every: int) -> None:
    one = sample_audit.statements[1]

    def saying_the_same(size: int) -> Callable[[], object]:
        said = [
            Told(
                article="a",
                statement=msgspec.structs.replace(one, id=f"s{number}", text=SAID),
                sources=(HERB,) if every and number % every else (),
                bare=not (every and number % every),
            )
            for number in range(size)
        ]
        pairs = pairs_of(said)
        assert len(pairs) == size - 1
        return lambda: said_elsewhere(said, pairs)

    assert_grows_little(saying_the_same, 500, 4000, factor=20, at_least=0.05)
