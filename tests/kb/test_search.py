"""Search: what is asked for, what fits, and in which order, in each kind of database.

The hand-drawn knowledge base, of the sample article (``tests/samples.py``) and a second one::

    brindleweed.txt  s1 ──► Marlow 2011, book               not checked
                     s2 ──► Hartwell & Osei 2019, trial     supported, level 2, moderate
                     s6 ──► Tern 2014, retracted            unsupported
                     s3 s4 s5                               unsupported
                     s7                                     needs no source
    second.txt       s1 ──► Hartwell & Osei 2019            supported, level 2, moderate
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from typing import Any

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kb.base import KnowledgeBase
from kb.errors import UsageError
from kb.language.folding import fold
from kb.questions.search import Fits, Found, Search, search_for
from kb.report.answers.search import to_text
from kb.store.store import Store
from tests import samples
from tests.postgres_server import Server

MARLOW, HARTWELL = samples.MARLOW_SOURCE, samples.HARTWELL_SOURCE
TERN, QUILL = samples.TERN_SOURCE, samples.QUILL_SOURCE
SECOND = "Kniebeschwerden: Ärzte give brindleweed teas, 100% of_them, \\ and “stiffness” goes: no cure."


@pytest.fixture(scope="module", params=["SQLite", "PostgreSQL"])
def base(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[KnowledgeBase]:
    with ExitStack() as stack:
        if request.param == "SQLite":
            where = str(tmp_path_factory.mktemp("search") / "knowledge.db")
        else:
            server: Server = request.getfixturevalue("postgres_server")
            where = server.at(stack.enter_context(server.database()))
        opened = KnowledgeBase(Store.open(where))
        stack.callback(opened.close)
        first = samples.sample_audit()
        opened.add(first)
        opened.add(
            msgspec.structs.replace(
                first,
                article=msgspec.structs.replace(first.article, id="second.txt"),
                statements=(msgspec.structs.replace(first.statements[1], id="s1", text=SECOND),),
                citations=(),
                evidence=(msgspec.structs.replace(first.evidence[1], statement="s1"),),
                assessments=(msgspec.structs.replace(first.assessments[1], statement="s1"),),
                findings=(),
            )
        )
        yield opened


def statements(found: Found) -> list[str]:
    return [f"{'2:' if one.article == 'second.txt' else ''}{one.statement}" for one in found.statements]


def works(found: Found) -> list[str]:
    return [one.source for one in found.sources]


FOUND: tuple[tuple[str, Fits, list[str], list[str]], ...] = (
    ("tea", {}, ["s2", "s6", "2:s1"], [HARTWELL]),
    ("teas", {}, ["2:s1"], []),
    ("TEA stiffness", {}, ["s2", "2:s1"], [HARTWELL]),
    ("stiffness tea", {}, ["s2", "2:s1"], [HARTWELL]),
    ('"morning stiffness"', {}, ["s2"], []),
    ('"stiffness morning"', {}, [], []),
    ('"brindleweed tea for kn', {}, [], [HARTWELL]),
    ("rindleweed", {}, [], []),
    ("ärzte", {}, ["2:s1"], []),
    ("Arzte", {}, ["2:s1"], []),
    ("100%", {}, ["2:s1"], []),
    ("hartwell", {}, ["s2"], [HARTWELL]),
    ("nowhere", {}, [], []),
    ("", {"kind": "opinion"}, ["s7"], []),
    ("", {"verdict": "supported"}, ["s2", "2:s1"], [HARTWELL]),
    ("", {"verdict": "Needs  no source"}, ["s7"], []),
    ("tea", {"verdict": "unsupported"}, ["s6"], []),
    ("", {"verdict": "unsupported", "kind": "benefit"}, ["s4", "s5", "s6"], [TERN]),
    ("brindleweed", {"verdict": "unsupported"}, [], [TERN]),
    ("", {"level": "1-2"}, ["s2", "2:s1"], [HARTWELL]),
    ("", {"level": 2, "certainty": "moderate"}, ["s2", "2:s1"], [HARTWELL]),
    ("", {"level": "3..5"}, [], []),
    ("", {"design": "book"}, ["s1"], [MARLOW]),
    ("", {"year": "2019"}, ["s2", "2:s1"], [HARTWELL]),
    ("", {"year": "2008-2011"}, ["s1"], [MARLOW, QUILL]),
    ("tea", {"year": "2010 – 2014"}, ["s6"], []),
    ("", {"author": "osei"}, ["s2", "2:s1"], [HARTWELL]),
    ("", {"author": "ose"}, [], []),
    ("", {"author": "Marlow", "year": "2019"}, [], []),
    ("", {"journal": "annals of TEAS"}, ["s6"], [TERN]),
    ("", {"journal": "invented remedies"}, ["s2", "2:s1"], [HARTWELL]),
    ("", {"journal": "remedies invented"}, [], []),
    ("", {"journal": "tea"}, [], []),
    ("", {"author": "tern", "verdict": "supported"}, [], []),
    ("", {"author": "hartwell", "verdict": "supported", "kind": "benefit"}, ["s2", "2:s1"], [HARTWELL]),
    ("tea", {"only": "sources"}, [], [HARTWELL]),
    ("tea", {"only": "statements"}, ["s2", "s6", "2:s1"], []),
    ("kniebeschwerden", {"author": "hartwell", "level": "2"}, ["2:s1"], []),
)


@pytest.mark.parametrize(("words", "fits", "those", "sources"), FOUND)
def test_what_fits(base: KnowledgeBase, words: str, fits: Fits, those: list[str], sources: list[str]) -> None:
    found = base.search(words, **fits)
    assert (statements(found), works(found)) == (those, sources)
    assert (found.all_statements, found.all_sources) == (len(those), len(sources))


def test_what_holds_more_of_the_words_whole_comes_first_and_then_by_article_and_place(base: KnowledgeBase) -> None:
    assert statements(base.search("cure")) == ["2:s1", "s5"]
    assert statements(base.search("cures")) == ["s5"]
    assert statements(base.search("brindleweed")) == ["s1", "s2", "2:s1"]


def test_no_more_than_asked_for_are_shown_and_all_are_counted(base: KnowledgeBase) -> None:
    found = base.search("brindleweed", most=1)
    assert (statements(found), found.all_statements) == (["s1"], 3)
    assert (len(found.sources), found.all_sources) == (1, 3)
    text = to_text(found)
    assert "3 statements\n" in text
    assert "and 2 more\n" in text


def test_a_source_is_told_with_what_rests_on_it(base: KnowledgeBase) -> None:
    (found,) = base.search(author="hartwell").sources
    assert (found.statements, found.design, found.retracted) == (2, "randomized trial", False)
    (tern,) = base.search(author="tern").sources
    assert tern.retracted
    assert "Tern 2014: Brindleweed and blood pressure (doi:10.5555/tern.2014)" in to_text(base.search(author="tern"))


def test_nothing_found_says_so(base: KnowledgeBase) -> None:
    assert to_text(base.search("nowhere")).startswith("no statements\n\nno sources\n")


WRONG: tuple[tuple[str, dict[str, Any], str], ...] = (
    ("", {}, "what to search for?; give words"),
    (" ", {"only": "sources"}, "what to search for?"),
    ("%", {}, "%: no letter or digit to search for"),
    ('"" _', {}, "no letter or digit"),
    ("a " * 600, {}, "too many words"),
    (" ".join(map(str, range(60))), {}, "too many words to search for; give at most 50"),
    ("", {"verdict": "suported"}, "suported: there is no such verdict; did you mean “supported”?"),
    ("", {"kind": "zzz"}, "zzz: there is no such kind; take fact, quantity"),
    ("", {"certainty": "modrate"}, "did you mean “moderate”?"),
    ("", {"design": "randomised trial"}, "did you mean “randomized trial”?"),
    ("", {"level": "6"}, "6: this is no level; levels go from 1 to 5"),
    ("", {"level": 0}, "0: this is no level"),
    ("", {"year": "20l9"}, "20l9: this is no year; years go from 1000 to 9999: give one, or two as in 2015-2020"),
    ("", {"year": "2020-2015"}, "2020-2015: this is no year"),
    ("", {"year": "9" * 5000}, "this is no year"),
    ("", {"author": "%"}, "%: no author has such a name"),
    ("", {"journal": "\n"}, "no journal has such a name"),
)


@pytest.mark.parametrize(("words", "fits", "line"), WRONG)
def test_what_cannot_be_searched_for_is_told_in_one_line(words: str, fits: dict[str, Any], line: str) -> None:
    with pytest.raises(UsageError) as told:
        search_for(words, Fits(**fits))  # type: ignore[typeddict-item]
    assert line in str(told.value)
    assert len(str(told.value)) < 400


HOSTILE = (
    "%'; DROP TABLE statement; --x",
    "a_b",
    "\\ x",
    "/x",
    "x\0y",
    "\ud800x",
    "’x",
    "ﬁn",
    "x" * 900,
    "日本 語",
    "(x OR",
)


@pytest.mark.parametrize("words", HOSTILE)
def test_hostile_words_are_words(base: KnowledgeBase, words: str) -> None:
    found = base.search(words)
    assert (found.all_statements, found.all_sources) == (0, 0)
    assert base.search(author=words, journal=words).all_sources == 0


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(data=st.data())
def test_a_statement_is_found_by_the_beginnings_of_its_words(base: KnowledgeBase, data: st.DataObject) -> None:
    text = data.draw(st.sampled_from([samples.DREAMS, samples.EASES, samples.VAGUE, SECOND]))
    words = data.draw(st.lists(st.sampled_from(fold(text).split()), min_size=1, max_size=4))
    cut = [word[: data.draw(st.integers(1, len(word)))] for word in words]
    found = base.search(" ".join(cut), only="statements")
    assert text in {one.text for one in found.statements}
    for one in found.statements:
        there = fold(one.text).split()
        assert all(any(word.startswith(beginning) for word in there) for beginning in cut)


def test_words_are_folded_and_told_apart() -> None:
    assert search_for('Knee-pain "Morning  Stiffness" knee-PAIN').words == ("knee pain", "morning stiffness")
    assert search_for("x", {"most": 0}) == Search(words=("x",), most=1)
