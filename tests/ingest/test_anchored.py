"""Citations that a format ties to references: what is one marker, and which ranges count their members."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.citations.anchored import anchored_markers
from ingest.reading import Anchor
from kb.model import Reference

REFERENCES = [Reference(id=f"r{n}", position=n, text=f"{n}", source=f"ref:{n}") for n in range(1, 101)]


def marked(written: str) -> tuple[str, list[Anchor]]:
    """A text in which ``{words|target target}`` is an anchor."""
    text, anchors, at = "", [], 0
    for match in re.finditer(r"\{([^|}]*)\|([^}]*)\}", written):
        text += written[at : match.start()]
        anchors.append(
            Anchor(start=len(text), end=len(text) + len(match.group(1)), targets=tuple(match.group(2).split()))
        )
        text += match.group(1)
        at = match.end()
    return text + written[at:], anchors


def found(written: str, aliases: dict[str, str] | None = None) -> list[tuple[str, tuple[str, ...], tuple[str, ...]]]:
    text, anchors = marked(written)
    markers = anchored_markers(text, anchors, REFERENCES, aliases or {})
    return [(text[one.start : one.end], one.references, one.missing) for one in markers]


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("So it is [{1|r1}].", [("[1]", ("r1",), ())]),
        ("So it is [{1|r1},{3|r3}].", [("[1,3]", ("r1", "r3"), ())]),
        ("So it is [{1|r1}, {3|r3}–{5|r5}].", [("[1, 3–5]", ("r1", "r3", "r4", "r5"), ())]),
        ("So it is ({3|r3} - {5|r5}).", [("(3 - 5)", ("r3", "r4", "r5"), ())]),
        ("So it is [{3|r3}]–[{5|r5}].", [("[3]–[5]", ("r3", "r4", "r5"), ())]),
        ("So it is{³|r3}⁻{⁵|r5}.", [("³⁻⁵", ("r3", "r4", "r5"), ())]),
        ("So it is {[3]|r3}-{[5]|r5}.", [("[3]-[5]", ("r3", "r4", "r5"), ())]),
        ("So it is [{3–5|r3}].", [("[3–5]", ("r3", "r4", "r5"), ())]),
        ("So it is [{3–5|r3 r5}].", [("[3–5]", ("r3", "r5", "r4"), ())]),
        ("So it is [{3–5|r9}].", [("[3–5]", ("r9",), ())]),
        ("So it is [{5|r5}–{3|r3}].", [("[5–3]", ("r5", "r3"), ())]),
        ("So it is [{1|r1}–{90|r90}].", [("[1–90]", ("r1", "r90"), ())]),
        ("So it is [{1|r1}–{9|x9}].", [("[1–9]", ("r1",), ("x9",))]),
        ("See {Roe 2001|r1}–{Poe 2004|r4}.", [("Roe 2001–Poe 2004", ("r1", "r4"), ())]),
        ("({Roe, 2001|r1}; {Poe, 2004|r4})", [("(Roe, 2001; Poe, 2004)", ("r1", "r4"), ())]),
        ("{Roe|r1} and {Poe|r4}", [("Roe", ("r1",), ()), ("Poe", ("r4",), ())]),
        ("One [{1|r1}]. Two [{2|r2}].", [("[1]", ("r1",), ()), ("[2]", ("r2",), ())]),
        ("One {1|r1}\n\n{2|r2} two.", [("1", ("r1",), ()), ("2", ("r2",), ())]),
        ("So it is (see {1|r1}).", [("1", ("r1",), ())]),
        ("So it is [{1|other}].", [("[1]", (), ("other",))]),
    ],
)
def test_markers(written: str, expected: list[tuple[str, tuple[str, ...], tuple[str, ...]]]) -> None:
    assert found(written) == expected


def test_other_names_of_references() -> None:
    assert found("So it is [{1|bookmark}–{3|r3}].", {"bookmark": "r1"}) == [("[1–3]", ("r1", "r2", "r3"), ())]


@given(st.integers(1, 40), st.integers(0, 60), st.sampled_from("-–—‐"))
def test_a_range_names_all_its_members(first: int, more: int, dash: str) -> None:
    last = first + more
    written = f"[{{{first}|r{first}}}{dash}{{{last}|r{last}}}]"
    assert found(written)[0][1] == tuple(f"r{n}" for n in range(first, last + 1))


@given(st.lists(st.tuples(st.integers(0, 40), st.integers(0, 12), st.sampled_from(["r1", "r2", "x"])), max_size=8))
def test_every_anchor_is_in_exactly_one_marker(spans: list[tuple[int, int, str]]) -> None:
    text = "one [1, 2–4] two (3) three; ⁵ four 6 and – 7 eight."
    anchors = [Anchor(start=start, end=start + length, targets=(name,)) for start, length, name in spans]
    markers = list(anchored_markers(text, anchors, REFERENCES, {}))
    for anchor in anchors:
        around = [one for one in markers if one.start <= anchor.start and anchor.end <= one.end]
        assert any(anchor.targets[0] in (*one.references, *one.missing) for one in around)
