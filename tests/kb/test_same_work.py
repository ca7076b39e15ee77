"""When two references are one work."""

from __future__ import annotations

from collections.abc import Callable

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.language.same_work import Works, same_work
from kb.model import Reference
from tests.costs import assert_grows_little

BASE = Reference(
    id="1",
    position=1,
    text="Okafor N, Lind P. Nerve gliding for leg pain: a trial. J Back Care. 2014;3:10-19.",
    source="ref:0",
    authors=("Okafor", "Lind"),
    year="2014",
    title="Nerve gliding for leg pain: a trial",
    container="J Back Care",
)


@pytest.mark.parametrize(
    ("changes", "same"),
    [
        ({"title": "Nerve Gliding for Leg Pain – A Trial."}, True),
        ({"title": "Nerve glidng for leg pain: a trial"}, True),
        ({"year": "2014a"}, True),
        ({"authors": ("OKAFOR",)}, True),
        ({"container": "Journal of Back Care"}, True),
        ({"year": "2015"}, False),
        ({"year": None}, False),
        ({"authors": ("Smith",)}, False),
        ({"authors": ()}, False),
        ({"title": "Nerve gliding for arm pain: a survey"}, False),
        ({"title": "Nerve gliding for leg pain 2: a trial"}, False),
    ],
)
def test_without_identifiers_title_author_and_year_decide_together(changes: dict[str, object], same: bool) -> None:
    other = msgspec.structs.replace(BASE, id="2", **changes)
    assert same_work(BASE, other) is same
    assert same_work(other, BASE) is same


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ({"doi": "10.1000/a"}, {"doi": "10.1000/A", "title": "Something else"}, True),
        ({"doi": "10.1000/a"}, {"doi": "10.1000/b"}, False),
        ({"doi": "10.1000/a"}, {}, True),
        ({"pmid": "11"}, {"pmid": "11", "year": "1999"}, True),
        ({"pmid": "11"}, {"pmid": "12"}, False),
        ({"doi": "10.1000/a", "pmid": "11"}, {"doi": "10.1000/b", "pmid": "11"}, False),
    ],
)
def test_an_identifier_that_both_give_decides_alone(
    one: dict[str, object], other: dict[str, object], same: bool
) -> None:
    assert same_work(msgspec.structs.replace(BASE, **one), msgspec.structs.replace(BASE, **other)) is same


def test_a_short_title_says_something_only_within_its_container() -> None:
    editorial = msgspec.structs.replace(BASE, title="Editorial")
    assert same_work(editorial, msgspec.structs.replace(editorial, title="editorial."))
    assert not same_work(editorial, msgspec.structs.replace(editorial, container="Other Journal"))


def test_entries_without_a_title_are_one_where_their_text_is() -> None:
    bare = msgspec.structs.replace(BASE, title="", text="WHO. Geneva, 1992.")
    assert same_work(bare, msgspec.structs.replace(bare, text="WHO,  Geneva 1992"))
    assert not same_work(bare, msgspec.structs.replace(bare, text="WHO. Geneva, 1993."))
    assert not same_work(bare, BASE)


@given(st.lists(st.sampled_from(range(6)), max_size=12))
def test_works_find_what_comparing_each_with_each_finds(picks: list[int]) -> None:
    kinds = [
        Reference(id="a", position=1, text="a", source="s", doi="10.5555/1", title="Heat for stiff knees", year="2010"),
        Reference(id="b", position=2, text="b", source="s", doi="10.5555/1"),
        Reference(id="c", position=3, text="c", source="s", title="Heat for stiff knees", year="2010"),
        Reference(id="d", position=4, text="c", source="s"),
        Reference(id="e", position=5, text="e", source="s", pmid="7", title="Cold for hands and feet", year="2011"),
        Reference(id="f", position=6, text="f", source="s", pmid="7"),
    ]
    works = Works()
    seen: list[Reference] = []
    for pick in picks:
        reference = kinds[pick]
        assert works.find(reference) == next((one for one in seen if same_work(one, reference)), None)
        works.put(reference)
        seen.append(reference)


def numbered(count: int, **fields: str) -> list[Reference]:
    """Entries that differ in what is given with a place for their number."""
    return [
        msgspec.structs.replace(
            BASE, id=str(number), **{name: value.format(number, _in_letters(number)) for name, value in fields.items()}
        )
        for number in range(count)
    ]


def _in_letters(number: int) -> str:
    return "".join(chr(ord("a") + int(digit)) for digit in str(number))


ALIKE = "Nerve gliding for leg pain: a trial in {1}{1}{1} and {1}{1}{1}"


@pytest.mark.parametrize(
    "fields",
    [
        {"text": "{0}", "title": "Nerve gliding for leg pain, part {0}"},
        {"text": "{0}", "title": ALIKE, "doi": "10.1000/{0}"},
        {"text": "the same"},
        {"text": "the same", "year": "no date"},
        {"text": "{0}", "title": "", "pmid": "7", "doi": "10.1000/{0}"},
    ],
    ids=["parts of a series", "alike", "equal", "equal without a year", "one number for all"],
)
def test_the_time_grows_with_the_entries_and_not_with_their_square(fields: dict[str, str]) -> None:
    def found(size: int) -> Callable[[], object]:
        entries = numbered(size, **fields)

        def job() -> None:
            works = Works()
            for one in entries:
                works.find(one)
                works.put(one)
            for one in entries:
                works.take(one)

        return job

    assert_grows_little(found, 250, 2000, factor=20, at_least=0.05)


def test_an_equal_title_is_found_among_however_many_of_one_author_and_year() -> None:
    works = Works()
    last = msgspec.structs.replace(BASE, text="last", title="Walking in water for stiff knees")
    for one in (*numbered(500, text="{0}", title=ALIKE), last):
        works.put(one)
    assert works.find(msgspec.structs.replace(last, text="other")) == last
