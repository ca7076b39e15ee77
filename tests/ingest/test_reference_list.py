"""Where a reference list without a heading begins. All works here are made up."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.read.reference_list import holds_list, trailing_entries

PROSE = [
    "Sciatica",
    "Leg pain is common, and most people who have it are better within weeks (Okafor et al., 2016).",
    "Smith and Lind (2003) were the first who described it in 12 patients, and they have been cited often since.",
    "1. Walk every day. 2. Do not sit for long: 30–60 minutes are enough.",
    "Keep warm, as the WHO (2010) advises, and call your doctor if it does not pass within 6 weeks.",
]
LISTS = {
    "APA": [
        "Okafor, N. (2016). Leg pain and nerves. Stride Press.",
        "Al Sayed, Z. T. A., & Lind, P. (2003). Leg pain and the knee. Gait Journal, 3(2), 1-9.",
        "World Health Organization. (2010). Guidance on leg pain. Geneva: WHO.",
    ],
    "Vancouver, numbered": [
        "1. Okafor N. Leg pain. Gait. 2016;1:1-2.",
        "2. WalkWell charity. How to walk. Accessed 3 May.",
        "3. Lind P, Doe J, et al. More pain. Gait. 2003;3:4-9.",
    ],
    "Vancouver, opened by an organisation": [
        "1. World Health Organization (WHO). Leg pain in the world.",
        "2. Lind P, Doe J, et al. More pain. Gait. 2003;3:4-9.",
        "3. Okafor N. Leg pain. Gait. 2016;1:1-2.",
    ],
    "brackets": ["[1] N. Okafor, “Leg pain,” Gait, vol. 1, pp. 1–2, 2016.", "[2] P. Lind and J. Doe, “Pain,” 2003."],
    "Chicago": [
        "Lind, Piet. Walking: A Short History. New York: Stride Press, 2001.",
        "———. “More Pain.” Gait 3 (2): 4–9, 2003.",
    ],
    "wrapped lines": [
        "Okafor N, Lind P (2016). Leg pain and nerves in general",
        "practice, and what can be done about it.",
        "Lind P, Doe J (2003). More pain. Gait 3: 4-9.",
        "Poe E (2002). Less pain. Gait 2: 4-9.",
    ],
    "glued": [
        "LindP, DoeJ. Pain. Gait. 2003.",
        "OkaforN: Pain in 2016",
        "Poe E. Less pain. Gait 2002;2:4-9.",
        "Roe J, 2001.",
    ],
    "one paragraph": ["1. Okafor N. Leg pain. Gait 2016;1:1-2. 2. Lind P, Doe J. More pain. Gait 2003;3:4-9."],
}


@pytest.mark.parametrize("style", LISTS)
def test_a_list_at_the_end_is_found(style: str) -> None:
    assert trailing_entries([*PROSE, *LISTS[style]]) == len(PROSE)


def test_what_follows_the_list_does_not_hide_it() -> None:
    after = ["Call us today for an appointment.", "Our clinics"]
    assert trailing_entries([*PROSE, *LISTS["APA"], *after]) == len(PROSE)


@pytest.mark.parametrize(
    "pieces",
    [
        [],
        ["One."],
        PROSE,
        [*LISTS["APA"][:1], *PROSE],
        [*PROSE, LISTS["APA"][0]],
        ["The EBA is a region of the brain that has been studied (Roe, 2004).", "In ADHD, it is larger (Poe, 2006)."],
        ["1. Sit down.", "2. Stretch the leg for 30 seconds.", "3. Repeat 10–12 times, as in 2003."],
        ["Published 2016", "Reviewed by J. Smith, 2017", "Share"],
    ],
)
def test_no_list_is_seen_where_none_is(pieces: list[str]) -> None:
    assert trailing_entries(pieces) is None


@pytest.mark.parametrize("style", LISTS)
def test_entries_under_a_heading_are_a_list(style: str) -> None:
    assert holds_list(LISTS[style])
    assert holds_list(["We have used these works, which are all about walking, and they are good:", *LISTS[style]])


def test_a_passage_about_references_is_no_list() -> None:
    assert not holds_list(["All references have to be cited in the text, and they are listed in the order of names."])
    assert holds_list(["NHS: leg pain", "Patient leaflet of the clinic"])
    assert holds_list([])


@given(
    st.lists(
        st.sampled_from([*PROSE, *(one for entries in LISTS.values() for one in entries), "", "x", "1.", "2016"]),
        max_size=12,
    )
)
def test_an_index_is_one_of_the_pieces(pieces: list[str]) -> None:
    found = trailing_entries(pieces)
    assert found is None or 0 <= found < len(pieces)


def test_lists_of_published_articles_are_found_without_their_heading(shared: Path) -> None:
    missed = called = read = 0
    for path in sorted((shared / "data" / "linking").glob("*.txt")):
        lines = [line for line in path.read_text(encoding="utf-8").split("\n") if line.strip()]
        heading = max(index for index, line in enumerate(lines) if line == "References")
        body = lines[:heading]
        missed += trailing_entries([*body, *lines[heading + 1 :]]) != heading
        called += trailing_entries(body[:-1]) is not None
        read += 1
    assert read > 100
    assert missed <= 0.02 * read
    assert called == 0
