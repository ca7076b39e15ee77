"""What keeps a source's text from bearing out a statement: raised where both name the same things, and else silent."""

from __future__ import annotations

import json
from pathlib import Path

import msgspec
import pytest

from kb.model import ConcernKind, Design, Question, Source, Span, Study
from kb.strength.concerns import concerns
from kb.strength.support import Claim

FILLER = "It took place in three towns, and what was seen there is told below in the order in which it was seen."


def raised(
    claim: str,
    closest: str,
    design: Design = "unknown",
    question: Question | None = None,
    study: Study | None = None,
    rest: str = FILLER,
) -> dict[ConcernKind, str]:
    source = Source(id="x", abstract=f"{closest} {rest}", design=design, study=study or Study())
    return {one.kind: one.words for one in concerns(Claim(text=claim, question=question), source, closest)}


RAISED: tuple[tuple[ConcernKind, str, str, Design, Question | None], ...] = (
    (
        "direction",
        "Heat reduces neck pain in adults [1].",
        "In adults, heat did not reduce neck pain.",
        "unknown",
        None,
    ),
    ("direction", "Walking increases bone density.", "Walking decreased bone density in adults.", "unknown", None),
    (
        "negation",
        "Ginger tea contains caffeine from its root.",
        "Ginger tea does not contain caffeine from its root.",
        "unknown",
        None,
    ),
    (
        "hedging",
        "Cupping is proven to ease neck stiffness in nurses.",
        "Cupping may ease neck stiffness in nurses.",
        "unknown",
        None,
    ),
    (
        "hedging",
        "Zinc shields the lining of the stomach from acid.",
        "It has been hypothesised that zinc shields the stomach lining from acid.",
        "unknown",
        None,
    ),
    (
        "significance",
        "Massage significantly shortened recovery of runners.",
        "Massage shortened recovery of runners by an hour, which was not statistically significant.",
        "unknown",
        None,
    ),
    (
        "cause",
        "Late dinners cause heartburn.",
        "Late dinners were associated with heartburn in 900 adults.",
        "cross-sectional",
        None,
    ),
    (
        "cause",
        "Daily tea lowers the risk of gout.",
        "Tea drinkers had gout less often over nine years.",
        "cohort",
        "benefit",
    ),
    (
        "animals",
        "Ginger eases nausea in pregnant women.",
        "Ginger reduced kaolin intake of rats given cisplatin.",
        "animal",
        "benefit",
    ),
    (
        "animals",
        "Ginger eases nausea.",
        "Ginger reduced kaolin intake of rats given cisplatin.",
        "animal",
        "benefit",
    ),
    (
        "no guideline",
        "Cupping is recommended for migraine.",
        "Cupping for migraine was tried in 30 adults at one clinic.",
        "case series",
        None,
    ),
    (
        "population",
        "Melatonin helps children fall asleep.",
        "Melatonin was tried in postmenopausal women who slept badly.",
        "randomized trial",
        "benefit",
    ),
    (
        "intervention",
        "Acupuncture relieves migraine.",
        "Heat packs were tried in adults with migraine.",
        "randomized trial",
        "benefit",
    ),
    (
        "outcome",
        "Statins lower mortality after a heart attack.",
        "Statins lowered low-density lipoprotein within a month of a heart attack.",
        "randomized trial",
        "benefit",
    ),
)


@pytest.mark.parametrize(("kind", "claim", "closest", "design", "question"), RAISED)
def test_a_concern_names_the_words_of_both_sides(
    kind: ConcernKind, claim: str, closest: str, design: Design, question: Question | None
) -> None:
    found = raised(claim, closest, design, question)
    assert kind in found
    assert "“" in found[kind] or "does not say so" in found[kind]


SILENT: tuple[tuple[ConcernKind, str, str, Design, Question | None], ...] = (
    ("direction", "Heat reduces neck pain in adults.", "Heat reduced neck pain in adults.", "unknown", None),
    ("negation", "Ginger tea contains no caffeine.", "Ginger tea does not contain caffeine.", "unknown", None),
    ("negation", "Ginger tea contains caffeine.", "Cats that did not contain the virus were kept.", "unknown", None),
    ("hedging", "Cupping may ease neck stiffness.", "Cupping may ease neck stiffness.", "unknown", None),
    ("hedging", "Cupping eases neck stiffness.", "Cupping may ease neck stiffness.", "unknown", None),
    ("significance", "Massage shortened recovery.", "Massage did not significantly shorten it.", "unknown", None),
    (
        "significance",
        "Massage significantly shortened recovery of runners.",
        "Massage significantly shortened recovery of runners; there was no significant difference in sleep.",
        "unknown",
        None,
    ),
    ("cause", "Late dinners cause heartburn.", "Adults were randomized to late dinners.", "cohort", None),
    ("cause", "Late dinners may cause heartburn.", "Late dinners went with heartburn.", "cohort", None),
    ("cause", "Late dinners cause heartburn.", "Late dinners brought heartburn.", "randomized trial", None),
    ("cause", "Falls are a leading cause of death.", "Falls were counted.", "cohort", None),
    ("animals", "Ginger eases nausea in rats.", "Ginger reduced kaolin intake of rats.", "animal", "benefit"),
    ("animals", "Ginger eases nausea in women.", "Ginger eased nausea of women.", "randomized trial", "benefit"),
    ("animals", "Ginger blocks serotonin receptors.", "Ginger blocked receptors of rats.", "animal", None),
    ("no guideline", "Heat is recommended for cramps.", "We recommend heat for cramps.", "guideline", None),
    ("no guideline", "Heat is recommended for cramps.", "Heat should be offered for cramps.", "narrative review", None),
    ("population", "Melatonin helps children.", "Melatonin was tried in children and in men.", "cohort", None),
    ("population", "Melatonin helps children.", "Melatonin was tried for jet lag.", "cohort", None),
    ("intervention", "Paracetamol eases headache.", "Acetaminophen was tried for headache.", "cohort", "benefit"),
    ("intervention", "Atorvastatin helps.", "Another statin was tried.", "randomized trial", "benefit"),
    ("intervention", "Acupuncture is an old craft.", "Heat packs were tried.", "randomized trial", None),
    ("outcome", "Statins lower mortality.", "Fewer of those on statins died.", "randomized trial", "benefit"),
)


@pytest.mark.parametrize(("kind", "claim", "closest", "design", "question"), SILENT)
def test_what_agrees_or_could_mean_another_thing_raises_none(
    kind: ConcernKind, claim: str, closest: str, design: Design, question: Question | None
) -> None:
    assert kind not in raised(claim, closest, design, question)


def test_no_text_raises_nothing() -> None:
    source = Source(id="x", design="animal", study=Study(species="animals"))
    assert concerns(Claim(text="Ginger cures nausea in women.", question="benefit"), source, "") == ()


def test_the_study_tells_the_species_where_the_design_does_not() -> None:
    found = raised(
        "Ginger eases nausea in women.",
        "Ginger reduced kaolin intake.",
        "randomized trial",
        "benefit",
        Study(species="animals"),
    )
    assert found["animals"] == "the statement speaks of “women”, and the source studied animals"


def test_words_that_belong_to_other_sources_are_left_aside() -> None:
    text = "Late dinners cause heartburn [1], and tea is drunk by many adults in the evening [2]."
    source = Source(id="x", abstract=f"Tea was drunk by 900 adults. {FILLER}", design="cohort")
    first, second = (text.index(marker) for marker in ("[1]", "[2]"))
    own, other = Span(start=second, end=second + 3), Span(start=first, end=first + 3)
    kinds = {one.kind for one in concerns(Claim(text=text, own=(own,), others=(other,)), source, "")}
    assert kinds == set()
    whole = {one.kind for one in concerns(Claim(text=text, own=(own,)), source, "")}
    assert whole == {"cause"}


def test_the_open_full_text_is_read_too() -> None:
    claim = Claim(text="Acupuncture relieves migraine.", question="benefit")
    source = Source(id="x", abstract=f"Needles were tried for migraine. {FILLER}", design="randomized trial")
    full = msgspec.structs.replace(source, full_text="In China acupuncture was used.")
    assert {one.kind for one in concerns(claim, source, "")} == {"intervention"}
    assert concerns(claim, full, "") == ()


def test_citations_that_readers_found_right_hardly_ever_raise_one(shared: Path) -> None:
    folder = shared / "data/citation-support"
    texts = [json.loads(line) for line in (folder / "corpus.jsonl").read_text().splitlines()]
    documents = {one["doc_id"]: " ".join(one["abstract"]) for one in texts}
    pairs = with_concern = 0
    for line in (folder / "claims_train.jsonl").read_text().splitlines()[::5]:
        claim = json.loads(line)
        for document, found in claim["evidence"].items():
            if found[0]["label"] == "SUPPORT":
                source = Source(id="x", abstract=documents[int(document)])
                pairs += 1
                with_concern += bool(concerns(Claim(text=claim["claim"]), source, source.abstract[:600]))
    assert pairs > 100
    assert with_concern <= 0.03 * pairs
