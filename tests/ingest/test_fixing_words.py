"""What fixes write: DOIs in the form of the list, markers with new numbers, other keys, edits in bytes."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.citations.candidates import expand
from ingest.linting.fixing.bytes import edited
from ingest.linting.fixing.forms import ADDRESS, Habit, addition, corrections, habit
from ingest.linting.fixing.keys import rekeyed
from ingest.linting.fixing.numbers import numbers_in, renumbered, renumbering
from ingest.linting.fixing.records import Edit
from ingest.read import read_bytes
from kb.errors import ArticleError
from kb.identifiers import find_dois, in_standard_form

LABELLED = Habit("doi:", "")
CLOSED = Habit(ADDRESS, ".")


@pytest.mark.parametrize(
    ("entries", "expected"),
    [
        ([], Habit()),
        (["Roe. Heat. 10.5555/a"], Habit()),
        (["Roe. doi:10.5555/a", "Poe. doi:10.5555/b", "Loe. https://doi.org/10.5555/c"], LABELLED),
        (["Roe. doi:10.5555/a", "Loe. https://doi.org/10.5555/c"], Habit()),
        (["Roe. DOI: 10.5555/a."], Habit("DOI: ", ".")),
        (["Roe. HTTPS://DOI.ORG/10.5555/a"], Habit()),
        (["Roe. https://doi.org/10.5555/a. Epub 2010"], Habit()),
    ],
)
def test_a_list_has_a_habit_of_writing_dois(entries: list[str], expected: Habit) -> None:
    assert habit(entries) == expected


@pytest.mark.parametrize(
    ("entry", "doi", "form", "added"),
    [
        ("Roe J. Heat. J Knees 2019;3:1-9.", "10.5555/a", Habit(), " https://doi.org/10.5555/a"),
        ("Roe J. Heat. J Knees 2019;3:1-9", "10.5555/a", Habit(), ". https://doi.org/10.5555/a"),
        ("Roe J. Heat. J Knees 2019;3:1-9.", "10.5555/a", LABELLED, " doi:10.5555/a"),
        ("Roe J. Heat. *J Knees.*", "10.5555/a", CLOSED, " https://doi.org/10.5555/a."),
        ("Roe J. Heat. https://knees.example/a", "10.5555/a", Habit(), " https://doi.org/10.5555/a"),
        ("Roe J. Heat.", "10.5555/s0140-6736(97)11096-0", LABELLED, " doi:10.5555/s0140-6736(97)11096-0"),
        ("Roe J. Heat.", "10.5555/a(1", Habit(), " https://doi.org/10.5555/a%281"),
        ("Roe J. Heat.", "10.5555/a<1>;2", LABELLED, " doi:10.5555/a<1>;2"),
        ("Roe J. Heat.", "10.5555/a b", LABELLED, " https://doi.org/10.5555/a%20b"),
        ("Roe J. Heat [a-z]+(.*)\\d.", "10.5555/a", Habit(), " https://doi.org/10.5555/a"),
        ("<li>Roe J. Heat.</li>", "10.5555/a", Habit(), None),
        ("Roe J. Heat. {#ref-1}", "10.5555/a", Habit(), None),
        ("Roe J. Heat.\\", "10.5555/a", Habit(), None),
    ],
)
def test_a_missing_doi_is_written_as_the_list_writes_its_dois(
    entry: str, doi: str, form: Habit, added: str | None
) -> None:
    assert addition(entry, doi, form) == added
    if added:
        assert [one.doi for one in find_dois(entry + added)] == [doi]


@pytest.mark.parametrize(
    ("entry", "form", "expected"),
    [
        ("Roe. http://doi.org/10.5555/a", Habit(), "Roe. https://doi.org/10.5555/a"),
        ("Roe. https://dx.doi.org/10.5555/A.", Habit(), "Roe. https://doi.org/10.5555/A."),
        ("Roe. HTTP://DX.DOI.ORG/10.5555/a", Habit(), "Roe. https://doi.org/10.5555/a"),
        ("Roe. doi.org/10.5555/a", Habit(), "Roe. https://doi.org/10.5555/a"),
        ("Roe. doi: http://dx.doi.org/10.5555/a", Habit(), "Roe. https://doi.org/10.5555/a"),
        ("Roe. doi: http://dx.doi.org/10.5555/a", LABELLED, "Roe. doi:10.5555/a"),
        ("Roe. 10.5555/a", Habit(), "Roe. https://doi.org/10.5555/a"),
        ("Roe. 10.5555/a", LABELLED, "Roe. doi:10.5555/a"),
        ("Roe. http://dx.doi.org/10.5555/a(b)c", LABELLED, "Roe. doi:10.5555/a(b)c"),
        ("Roe. http://dx.doi.org/10.5555/a%28b%29c", Habit(), "Roe. https://doi.org/10.5555/a%28b%29c"),
        ("Roe. http://dx.doi.org/10.5555/a%28b%29c", LABELLED, "Roe. doi:10.5555/a(b)c"),
        ("[Roe](http://dx.doi.org/10.5555/a).", LABELLED, "[Roe](https://doi.org/10.5555/a)."),
        ("Roe. <http://dx.doi.org/10.5555/a>", LABELLED, "Roe. <https://doi.org/10.5555/a>"),
        ("Roe. https://knees.example/doi/10.5555/a", Habit(), None),
        ("Roe. https://doi.org/10.5555/a", Habit(), None),
    ],
)
def test_a_doi_is_put_into_a_standard_form(entry: str, form: Habit, expected: str | None) -> None:
    doi = find_dois(entry)[0].doi
    changed = entry
    for edit in reversed(corrections(entry, doi, form, bare=True)):
        assert changed[edit.start : edit.end] == edit.old
        changed = changed[: edit.start] + edit.new + changed[edit.end :]
    assert changed == (expected or entry)
    if expected:
        assert [one.doi for one in find_dois(changed)] == [doi]
        assert all(in_standard_form(changed[one.start : one.end]) for one in find_dois(changed))


@pytest.mark.parametrize(
    ("marker", "removed", "expected"),
    [
        ("[2]", {4: 2}, "[2]"),
        ("[5]", {4: 2}, "[4]"),
        ("[4]", {4: 2}, "[2]"),
        ("[2, 4]", {4: 2}, "[2]"),
        ("[4, 2]", {4: 2}, "[2]"),
        ("[1,4]", {4: 2}, "[1,2]"),
        ("[3–5]", {4: 2}, "[2–4]"),
        ("[3–5]", {4: 1}, "[1,3–4]"),
        ("[4-6]", {4: 1}, "[1,4-5]"),
        ("[4–6]", {6: 4}, "[4–5]"),
        ("[3–4]", {4: 1}, "[1,3]"),
        ("[1; 3–5]", {4: 1}, "[1; 3–4]"),
        ("[5–9]", {4: 1}, "[4–8]"),
        ("[8]–[9]", {4: 1}, "[7]–[8]"),
        ("[3]–[5]", {4: 1}, None),
        ("[5, 7]", {4: 1, 6: 2}, "[4, 5]"),
        ("(5;6)", {4: 1}, "(4;5)"),
        ("^3–5^", {4: 1}, "^1,3–4^"),
        ("<sup>4,5</sup>", {4: 1}, "<sup>1,4</sup>"),
        ("³⁻⁵", {4: 1}, "¹,³⁻⁴"),
        ("¹⁰", {4: 1}, "⁹"),
        ("[10–12]", {4: 1}, None),
        ("refs. 4 and 5", {4: 1}, None),
        ("[x]", {4: 1}, None),
    ],
)
def test_markers_are_written_with_the_new_numbers(marker: str, removed: dict[int, int], expected: str | None) -> None:
    assert renumbered(marker, renumbering(10, removed)) == expected


RUNS = st.lists(st.tuples(st.integers(1, 12), st.integers(0, 4)), min_size=1, max_size=4)


@given(RUNS, st.dictionaries(st.integers(7, 12), st.integers(1, 6), max_size=3), st.sampled_from([",", ", ", ";"]))
def test_a_new_marker_names_the_same_works(runs: list[tuple[int, int]], removed: dict[int, int], comma: str) -> None:
    marker = f"[{comma.join(str(at) if not more else f'{at}–{at + more}' for at, more in runs)}]"
    new = renumbering(16, removed)
    written = renumbered(marker, new)
    if written is not None:
        assert set(expand(written)) == {new.numbers[number] for number in numbers_in(marker)}
        if len(expand(marker)) == len(set(expand(marker))):
            assert len(expand(written)) == len(set(expand(written)))
    assert renumbered(marker, renumbering(16, {})) == marker


KEYED = "# Heat\n\nHeat eases the pain of stiff knees {}.\n"


@pytest.mark.parametrize(
    ("cited", "expected"),
    [
        ("[@b]", "[@a]"),
        ("[see @b, p. 3; @c]", "[see @a, p. 3; @c]"),
        ("[@a; @b]", "[@a]"),
        ("[@b; @c; @a]", "[@a; @c]"),
        ("as @b [p. 3] say", "as @a [p. 3] say"),
        ("[@{b}]", "[@{a}]"),
        ("[-@b]", "[-@a]"),
        ("[@bb; @b.c]", "[@bb; @b.c]"),
        ("[@a; @b, p. 3]", None),
        ("[@b]\n\n```\n@b\n```", None),
    ],
)
def test_keys_are_replaced_where_they_are_read_as_citations(cited: str, expected: str | None) -> None:
    text = KEYED.format(cited)
    edits = rekeyed(read_bytes(text.encode(), "x.md"), {"b": "a"})
    if expected is None:
        assert isinstance(edits, str) and "line" in edits
    else:
        assert not isinstance(edits, str)
        assert edited(text.encode(), edits, "x.md").decode() == KEYED.format(expected)


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16"])
@given(text=st.text(st.sampled_from("aé€𝒳\r\n "), max_size=20), at=st.integers(0, 20), size=st.integers(0, 4))
def test_no_byte_changes_that_no_edit_names(codec: str, text: str, at: int, size: int) -> None:
    data = text.encode(codec)
    read = text.replace("\r\n", "\n").replace("\r", "\n")
    at = min(at, len(read))
    made = edited(data, [Edit(at, read[at : at + size], "é!")], "x.md").decode(codec)
    assert made.replace("\r\n", "\n").replace("\r", "\n") == read[:at] + "é!" + read[at + size :]
    assert edited(data, [], "x.md") == data
    if not size:
        assert made.replace("é!", "", 1).replace("é!", "") == text.replace("é!", "")


@pytest.mark.parametrize("edits", [[Edit(0, "b", "c")], [Edit(0, "ab", "c"), Edit(1, "b", "d")]])
def test_an_edit_of_other_words_is_refused(edits: list[Edit]) -> None:
    with pytest.raises(ArticleError, match=r"x\.md: .*nothing was written"):
        edited(b"ab", edits, "x.md")


def test_a_long_list_takes_time_in_its_length() -> None:
    entries = [f"Roe J. Heat {number}. 10.5555/{number}" for number in range(4000)]

    def seconds(some: list[str]) -> float:
        start = time.process_time()
        form = habit(some)
        for number, entry in enumerate(some):
            corrections(entry, f"10.5555/{number}", form, bare=True)
        return time.process_time() - start

    seconds(entries[:100])
    assert seconds(entries) < 12 * (seconds(entries[:1000]) + 0.02)
