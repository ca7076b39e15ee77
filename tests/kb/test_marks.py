"""Marks: population, intervention, comparator and outcome, and how sure, general and causal a claim is."""

from __future__ import annotations

from typing import get_args

import pytest

from kb.language.marks import marks
from kb.model import MarkKind

SHOWS: list[tuple[MarkKind, str, tuple[str, ...]]] = [
    ("population", "In adults with gout, colchicine may reduce pain.", ("adults with gout",)),
    ("population", "Walking improves sleep in older women.", ("women",)),
    ("population", "Migraine is more common in women than in men.", ("women", "men")),
    ("population", "Patients who have had a stroke need help.", ("Patients who have had a stroke",)),
    ("population", "The cyst bursts at times.", ()),
    ("intervention", "Walking improves sleep.", ("Walking",)),
    ("intervention", "Patients treated with oral prednisolone recovered faster.", ("oral prednisolone",)),
    ("intervention", "Omeprazole eases heartburn.", ("Omeprazole",)),
    ("intervention", "Women taking the pill were asked.", ("pill",)),
    ("intervention", "Cold compresses can ease the pain.", ("Cold compresses",)),
    ("intervention", "This can ease the pain.", ()),
    ("intervention", "The pain is also caused by swelling.", ()),
    ("intervention", "The kneecap lies in front.", ()),
    ("comparator", "Heat works better than cold packs.", ("cold packs",)),
    ("comparator", "Pain fell compared with usual care.", ("usual care",)),
    ("comparator", "Exercise is as effective as surgery.", ("surgery",)),
    ("comparator", "The drug did no more than placebo.", ("placebo",)),
    ("comparator", "Heat eases pain.", ()),
    ("outcome", "Walking improves sleep.", ("sleep",)),
    ("outcome", "Statins lower the risk of a second heart attack.", ("second heart attack",)),
    ("outcome", "Smoking causes lung cancer.", ("lung cancer",)),
    ("outcome", "The mortality was high.", ("mortality",)),
    ("outcome", "The clinic opened in spring.", ()),
    ("outcome", "Smoking is the main cause of lung cancer.", ("lung cancer",)),
    ("outcome", "Nausea is a side effect.", ("Nausea", "side effect")),
    ("certain", "Heat is proven to work.", ("proven",)),
    ("certain", "Clearly, it works without doubt.", ("Clearly", "without doubt")),
    ("certain", "Tea is well known to calm.", ("well known",)),
    ("certain", "It will heal.", ("will",)),
    ("certain", "It will not heal.", ()),
    ("certain", "Certain foods help.", ()),
    ("certain", "It may help.", ()),
    ("hedged", "It may help.", ("may",)),
    ("hedged", "Tea seems to help some people.", ("seems",)),
    ("hedged", "There is limited evidence for it.", ("limited evidence",)),
    ("hedged", "It possibly heals.", ("possibly",)),
    ("hedged", "It cannot help.", ()),
    ("hedged", "It helps.", ()),
    ("negated", "Antibiotics do not help against colds.", ("not",)),
    ("negated", "It doesn’t work.", ("doesn’t",)),
    ("negated", "The trial failed to show it.", ("failed to",)),
    ("negated", "Patients without fever recovered.", ("without",)),
    ("negated", "Not only pain but also fever fell.", ()),
    ("negated", "There is no doubt about it.", ()),
    ("general", "Most patients recover.", ("Most patients",)),
    ("general", "It always works for everyone.", ("always", "everyone")),
    ("general", "A wide range of treatments can help.", ("A wide range of",)),
    ("general", "Every person is at risk.", ("Every person",)),
    ("general", "One patient recovered.", ()),
    ("general", "Most of the milk was gone.", ()),
    ("superlative", "Zinc is the best remedy.", ("the best",)),
    ("superlative", "The sciatic nerve is the longest nerve.", ("the longest",)),
    ("superlative", "It is one of the most common causes.", ("one of the most common",)),
    ("superlative", "Best of luck.", ()),
    ("superlative", "Most of the milk was gone.", ()),
    ("causal", "Smoking causes lung cancer.", ("causes",)),
    ("causal", "Stress leads to pain because it tightens muscles.", ("leads to", "because")),
    ("causal", "The pain is due to swelling.", ("due to",)),
    ("causal", "Walking improves sleep.", ("improves",)),
    ("causal", "The pain is common.", ()),
    ("causal", "Pain of the lower back is common.", ()),
    ("comparative", "Heat works better than cold.", ("better than",)),
    ("comparative", "Exercise is as effective as surgery.", ("as effective as",)),
    ("comparative", "Pain fell compared with placebo.", ("compared with",)),
    ("comparative", "It is three times more common in men.", ("times more",)),
    ("comparative", "Heat works well.", ()),
    ("comparative", "Others are forced to work harder.", ()),
]


@pytest.mark.parametrize(("kind", "text", "words"), SHOWS, ids=[f"{kind}: {text[:30]}" for kind, text, _ in SHOWS])
def test_what_words_show(kind: MarkKind, text: str, words: tuple[str, ...]) -> None:
    assert tuple(mark.text for mark in marks(text) if mark.kind == kind) == words


def test_every_kind_has_examples_for_and_against() -> None:
    assert {kind for kind, _, words in SHOWS if words} == set(get_args(MarkKind))
    assert {kind for kind, _, words in SHOWS if not words} == set(get_args(MarkKind))


def test_marks_point_at_their_words_in_the_article_even_where_something_invisible_is_among_them() -> None:
    text = "Wal\u200bking  im\u00adproves sleep."
    found = {mark.kind: text[mark.start - 7 : mark.end - 7] for mark in marks(text, 7)}
    assert found == {"intervention": "Wal\u200bking", "causal": "im\u00adproves", "outcome": "sleep"}
