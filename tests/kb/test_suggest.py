"""Sources that may fit a statement: ranked, with the fitting sentence, and nothing where nothing fits."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.model import Notice, Source
from kb.questions.suggest import Catalogue
from tests.costs import assert_within

HEAT = Source(
    id="doi:10.5555/heat",
    title="Heat wraps for stiff knees",
    authors=("Roe",),
    year="2010",
    abstract=(
        "We asked whether warmth eases stiffness. Sixty adults with stiff knees wore a heat wrap at night for a month."
        " Morning stiffness of the knee was eased by heat wraps. Nobody was burnt."
    ),
)
COLD = Source(id="doi:10.5555/cold", title="Cold packs for swollen ankles", authors=("Poe", "Doe"), year="2012")
TEA = Source(id="ref:tea", title="A history of tea", url="https://example.org/tea")
SHELF = (HEAT, COLD, TEA)


def offered(statement: str, sources: tuple[Source, ...] = SHELF, most: int = 3) -> list[str]:
    return [one.source for one in Catalogue(sources).suggest(statement, most)]


@pytest.mark.parametrize(
    ("statement", "expected"),
    [
        ("A heat wrap eases morning stiffness of the knee.", [HEAT.id]),
        ("Stiff knees feel better under heat wraps.", [HEAT.id]),
        ("Cold packs help swollen ankles.", [COLD.id]),
        ("Cold packs help swollen ankles (Poe & Doe, 2012).", [COLD.id]),
        ("Sciatica often radiates below the knee.", []),
        ("Heat rises.", []),
        ("", []),
    ],
)
def test_what_fits_is_offered_and_nothing_else(statement: str, expected: list[str]) -> None:
    assert offered(statement) == expected


def test_a_suggestion_says_why_and_quotes_one_sentence() -> None:
    (found,) = Catalogue(SHELF).suggest("A heat wrap eases morning stiffness of the knee.")
    assert found.named == "Roe 2010: Heat wraps for stiff knees"
    assert found.quote == "Morning stiffness of the knee was eased by heat wraps."
    assert found.why.startswith("title and abstract speak of “")
    assert "“morning”" in found.why
    assert 0.5 <= found.share <= 1


def test_where_there_is_no_abstract_the_title_alone_speaks() -> None:
    (found,) = Catalogue(SHELF).suggest("Cold packs help swollen ankles.")
    assert found.quote is None
    assert found.why.startswith("its title speaks of “")


def test_what_runs_on_without_a_full_stop_is_no_sentence_to_quote() -> None:
    endless = Source(id="ref:x", title="Heat wraps for stiff knees", abstract="heat wraps ease stiff knees and " * 40)
    (found,) = Catalogue((endless,)).suggest("Heat wraps ease stiff knees.")
    assert found.quote is None


def test_the_best_comes_first_and_no_more_than_asked() -> None:
    poorer = Source(id="ref:b", title="Heat wraps, stiff knees and cold packs")
    assert offered("Heat wraps ease stiff knees.", (poorer, HEAT)) == [HEAT.id, poorer.id]
    assert offered("Heat wraps ease stiff knees.", (poorer, HEAT), most=1) == [HEAT.id]


def test_a_retracted_source_is_never_offered() -> None:
    retracted = Source(
        id=COLD.id, title=COLD.title, notices=(Notice(kind="retraction", said_by=("Crossref",), date="2016"),)
    )
    assert offered("Cold packs help swollen ankles.", (HEAT, retracted)) == []


def test_a_source_that_is_given_twice_is_offered_once() -> None:
    assert offered("Cold packs help swollen ankles.", (COLD, COLD)) == [COLD.id]


def test_no_sources_no_suggestion() -> None:
    assert Catalogue(()).suggest("Heat wraps ease stiff knees.") == ()


@given(st.text(max_size=200), st.text(max_size=200), st.text(max_size=400))
def test_any_words_are_borne(statement: str, title: str, abstract: str) -> None:
    for found in Catalogue((Source(id="ref:x", title=title, abstract=abstract), HEAT)).suggest(statement):
        assert 0 <= found.share <= 1
        assert found.score > 0


def test_thousands_of_sources_are_no_burden() -> None:
    many = [
        Source(
            id=f"ref:{n}", title=f"Herb{n % 700} for complaint{n}", abstract=f"Herb{n} eased complaint{n % 90}. " * 30
        )
        for n in range(3000)
    ]

    def job() -> None:
        catalogue = Catalogue(many)
        for n in range(100):
            catalogue.suggest(f"Herb{n} tea eases complaint{n} of the knee in adults.")

    assert_within(15, job)
