"""The store, whichever database is behind it: what is saved comes back, and what fails changes nothing."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import event

from kb.errors import StoreError, UsageError
from kb.model import Attribution, Audit, Record, Review, Verdict
from kb.store.sql import ArticleSummary
from kb.store.store import Store
from tests import samples
from tests.postgres_server import Server
from tests.writing import PROJECT, WRITER, renamed, replaced

DATABASES = ["SQLite", "PostgreSQL"]


@pytest.fixture(params=DATABASES)
def where(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The place of a knowledge base that is not there yet."""
    if request.param == "SQLite":
        return str(tmp_path / "knowledge.db")
    address: str = request.getfixturevalue("postgres")
    return address


@pytest.fixture
def store(where: str) -> Iterator[Store]:
    opened = Store.open(where)
    yield opened
    opened.close()


def review(person: str, value: str = "supported") -> Review:
    return Review(
        subject="statement",
        statement="s1",
        source=None,
        value=value,
        person=person,
        date="2026-11-22",
        reason="read it",
        fingerprint="0000000000000001",
    )


# What is saved comes back.


def test_what_is_saved_comes_back(store: Store, sample_audit: Audit) -> None:
    store.save(sample_audit)
    assert store.load(samples.ARTICLE_ID) == sample_audit


def test_it_is_there_after_it_is_opened_again(where: str, store: Store, sample_audit: Audit) -> None:
    store.save(sample_audit)
    store.close()
    again = Store.open(where)
    assert list(again.audits()) == [sample_audit]
    again.close()


def test_saving_the_same_audit_twice_changes_nothing(store: Store, sample_audit: Audit) -> None:
    audit = replaced(sample_audit, reviews=(review("Ada"), review("Ben")))
    store.save(audit)
    store.save(audit)
    assert store.load(samples.ARTICLE_ID) == audit
    assert len(store.articles()) == 1


@pytest.fixture(scope="module", params=DATABASES)
def kept_open(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    with ExitStack() as stack:
        if request.param == "SQLite":
            where = str(tmp_path_factory.mktemp("store") / "knowledge.db")
        else:
            server: Server = request.getfixturevalue("postgres_server")
            where = server.at(stack.enter_context(server.database()))
        opened = Store.open(where)
        stack.callback(opened.close)
        yield opened


words = st.text(max_size=20) | st.sampled_from(["\0", "e\u0301", "\u202eabc", "\U0010ffff", "'; DROP TABLE source; --"])


def worded(article: str, texts: list[str], *, empty: bool) -> Audit:
    audit = samples.sample_audit()
    title, text, sentence, reason, abstract, entry, message = texts
    return replaced(
        audit,
        article=replaced(audit.article, id=article, title=title, text=text),
        statements=tuple(replaced(one, text=sentence, reasons=(reason, "")) for one in audit.statements),
        sources=tuple(replaced(one, abstract=abstract, title=title) for one in audit.sources),
        references=tuple(replaced(one, text=entry, doi=entry) for one in audit.references),
        findings=() if empty else tuple(replaced(one, message=message) for one in audit.findings),
        notes=(reason, message),
        reviews=() if empty else (review(title), review(title)),
    )


@settings(max_examples=60, deadline=None)
@given(st.lists(words, min_size=7, max_size=7), words, st.booleans())
def test_any_text_comes_back_exactly_but_for_nul(kept_open: Store, texts: list[str], name: str, empty: bool) -> None:
    article = "a" + name.replace("\0", "")
    kept_open.save(worded(article, texts, empty=empty))
    without = [text.replace("\0", "\ufffd") for text in texts]
    assert kept_open.load(article) == worded(article, without, empty=empty)
    kept_open.delete(article)


def test_an_article_without_anything_comes_back(store: Store, sample_audit: Audit) -> None:
    nothing: dict[str, tuple[Record, ...]] = {
        field: () for field in msgspec.structs.asdict(sample_audit) if field not in ("article", "as_of")
    }
    store.save(replaced(sample_audit, **nothing))
    assert store.load(samples.ARTICLE_ID) == replaced(sample_audit, **nothing)


@pytest.mark.parametrize("sign", ["\ud83d", "\udc00", "\0"])
def test_what_is_no_text_becomes_a_replacement_character(store: Store, sample_audit: Audit, sign: str) -> None:
    """One for one and wherever it stands: also in a key that another record names."""
    source, reference = sample_audit.sources[0], sample_audit.references[0]

    def told(sign: str) -> Audit:
        name = f"m{sign}arlow"
        return replaced(
            sample_audit,
            article=replaced(sample_audit.article, text=f"{sign}{sign}Tea", title=sign),
            sources=(
                replaced(source, title=f"Tea{sign} and {sign}sleep", authors=(sign, "Ng"), abstract=f"\\u0000{sign}"),
                *sample_audit.sources[1:],
            ),
            references=(replaced(reference, id=name), *sample_audit.references[1:]),
            resolutions=(replaced(sample_audit.resolutions[0], reference=name), *sample_audit.resolutions[1:]),
            notes=(sign,),
        )

    store.save(told(sign))
    assert store.load(samples.ARTICLE_ID) == told("\ufffd")


def test_words_that_only_look_like_an_escape_stay(store: Store, sample_audit: Audit) -> None:
    audit = replaced(sample_audit, notes=("\\u0000 and \\ud800",))
    store.save(audit)
    assert store.load(samples.ARTICLE_ID) == audit


@pytest.mark.parametrize("name", ["notes\udcff.txt", "notes\0.txt"])
def test_an_article_whose_name_is_no_text_is_refused(store: Store, sample_audit: Audit, name: str) -> None:
    with pytest.raises(UsageError, match="the name of this file is no text; rename it"):
        store.save(renamed(sample_audit, name))
    assert store.articles() == ()


@pytest.mark.parametrize("article", ["", "articles/other.txt", "notes\udcff.txt", "a\0b", samples.ARTICLE_ID.upper()])
def test_an_unknown_article_is_told_in_one_line(store: Store, sample_audit: Audit, article: str) -> None:
    store.save(sample_audit)
    for ask in (store.load, store.delete):
        with pytest.raises(UsageError, match="holds no such article; audit it first"):
            ask(article)
    assert store.load(samples.ARTICLE_ID) == sample_audit


# Many articles.


def test_the_list_of_articles(store: Store, sample_audit: Audit) -> None:
    store.save(renamed(sample_audit, "b.txt"))
    nothing: tuple[Record, ...] = ()
    none = replaced(renamed(sample_audit, "a.txt"), statements=nothing, citations=nothing, evidence=nothing)
    store.save(replaced(none, assessments=nothing, findings=nothing, as_of="2026-12-01"))
    verdicts: dict[Verdict, int] = {"needs no source": 1, "not checked": 1, "supported": 1, "unsupported": 4}
    assert store.articles() == (
        ArticleSummary(id="a.txt", title=samples.TITLE, as_of="2026-12-01", statements=0, verdicts={}),
        ArticleSummary(id="b.txt", title=samples.TITLE, as_of="2026-11-22", statements=7, verdicts=verdicts),
    )


def test_sources_are_shared_and_removed_with_the_last_article(store: Store, sample_audit: Audit) -> None:
    one = renamed(sample_audit, "one.txt")
    two = replaced(
        renamed(sample_audit, "two.txt"),
        sources=sample_audit.sources[:2],
        references=sample_audit.references[:2],
        resolutions=(),
        evidence=(),
        findings=(),
    )
    store.save(one)
    store.save(two)
    assert [source.id for source in store.sources()] == sorted(source.id for source in sample_audit.sources)
    store.delete("one.txt")
    assert [source.id for source in store.sources()] == sorted(source.id for source in two.sources)
    assert store.load("two.txt") == two
    store.delete("two.txt")
    assert store.sources() == ()


def test_a_new_audit_takes_the_place_of_the_former_one(store: Store, sample_audit: Audit) -> None:
    store.save(sample_audit)
    shorter = replaced(
        sample_audit,
        statements=sample_audit.statements[:2],
        citations=sample_audit.citations[:2],
        references=sample_audit.references[:2],
        sources=sample_audit.sources[:2],
        resolutions=sample_audit.resolutions[:2],
        evidence=sample_audit.evidence[:2],
        assessments=sample_audit.assessments[:2],
        findings=(),
        as_of="2026-12-24",
    )
    store.save(shorter)
    assert store.load(samples.ARTICLE_ID) == shorter
    assert len(store.sources()) == 2


def test_a_source_told_of_later_is_newer_for_every_article(store: Store, sample_audit: Audit) -> None:
    store.save(renamed(sample_audit, "one.txt"))
    told = Attribution(by="Crossref", fields=("abstract",), asked="2026-12-24")
    newer = replaced(sample_audit.sources[0], abstract="Herbs and sleep are old friends.", said=(told,))
    store.save(replaced(renamed(sample_audit, "two.txt"), sources=(newer, *sample_audit.sources[1:])))
    assert store.load("one.txt").sources[0] == newer


def test_an_audit_without_a_network_takes_no_knowledge_of_a_source_away(store: Store, sample_audit: Audit) -> None:
    store.save(sample_audit)
    offline = tuple(replaced(source, notices=(), abstract="", said=()) for source in sample_audit.sources)
    store.save(replaced(renamed(sample_audit, "two.txt"), sources=offline))
    tern = sample_audit.sources[2]
    assert tern.notices
    assert store.load("two.txt").sources[2] == tern
    assert store.load(samples.ARTICLE_ID).sources[2] == tern


def test_reviews_survive_a_new_audit(store: Store, sample_audit: Audit) -> None:
    store.save(replaced(sample_audit, reviews=(review("Ada"),)))
    store.save(replaced(sample_audit, statements=sample_audit.statements, reviews=()))
    store.save(replaced(sample_audit, reviews=(review("Ben"), review("Ada"))))
    assert store.load(samples.ARTICLE_ID).reviews == (review("Ada"), review("Ben"))


def test_many_at_once_are_kept_as_one_after_another(where: str, store: Store, sample_audit: Audit) -> None:
    """One article twice, sources told of in other words and at other times, and reviews of both times."""

    def telling(name: str, title: str, asked: str, *reviews: Review) -> Audit:
        told = (Attribution(by="Crossref", fields=("title",), asked=asked),)
        sources = (replaced(sample_audit.sources[0], title=title, said=told), *sample_audit.sources[1:])
        return replaced(renamed(sample_audit, name), sources=sources, reviews=reviews)

    audits = [
        telling("a.txt", "As told first", "2026-11-02", review("Ada")),
        telling("b.txt", "As told later", "2026-11-03"),
        telling("c.txt", "As told before", "2026-11-01"),
        telling("a.txt", "As told last", "2026-11-04", review("Ben")),
        telling("d.txt", "As told last of all", "2026-11-04"),
    ]
    store.save_all(audits)
    kept = list(store.audits())
    assert [audit.article.id for audit in kept] == ["a.txt", "b.txt", "c.txt", "d.txt"]
    assert kept[0].reviews == (review("Ada"), review("Ben"))
    assert {audit.sources[0].title for audit in kept} == {"As told last of all"}
    for name in "abcd":
        store.delete(f"{name}.txt")
    for audit in audits:
        store.save(audit)
    assert list(store.audits()) == kept


def test_of_many_those_before_the_one_that_fails_are_kept(
    store: Store, sample_audit: Audit, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kb.store.batches._RECORDS_AT_ONCE", len(sample_audit.statements) + len(sample_audit.sources))
    broken = replaced(sample_audit, resolutions=(replaced(sample_audit.resolutions[0], reference="none"),))
    audits = [renamed(sample_audit, f"{name}.txt") for name in "abc"]
    with pytest.raises(StoreError, match="do not hold together"):
        store.save_all([*audits, renamed(broken, "d.txt"), renamed(sample_audit, "e.txt")])
    assert list(store.audits()) == audits[:2]


def test_what_many_are_made_of_may_fail(store: Store, sample_audit: Audit) -> None:
    def made() -> Iterator[Audit]:
        yield sample_audit
        raise Injected

    with pytest.raises(Injected):
        store.save_all(made())
    assert store.articles() == ()
    store.save_all([])
    assert store.articles() == ()


def test_what_is_asked_at_one_moment_hangs_together(where: str, store: Store, sample_audit: Audit) -> None:
    store.save(renamed(sample_audit, "a.txt"))
    with store.moment() as moment:
        assert [summary.id for summary in moment.articles()] == ["a.txt"]
        other = Store.open(where)
        other.save(renamed(sample_audit, "b.txt"))
        other.delete("a.txt")
        assert moment.load("a.txt") == renamed(sample_audit, "a.txt")
        assert moment.reviews() == ()
        assert [summary.id for summary in other.articles()] == ["b.txt"]
        other.close()
    assert [summary.id for summary in store.articles()] == ["b.txt"]


# What fails changes nothing.


class Injected(Exception):
    """A failure that a test puts in the way."""


def fail_at(store: Store, number: int) -> Callable[[], None]:
    """Make the ``number``-th command to the database raise; the returned function takes that back."""
    count = iter(range(10_000))

    def fail(*arguments: object) -> None:
        if next(count) == number:
            raise Injected

    event.listen(store._database.engine, "before_cursor_execute", fail)
    return lambda: event.remove(store._database.engine, "before_cursor_execute", fail)


def test_a_failure_at_any_step_of_saving_leaves_the_former_state(store: Store, sample_audit: Audit) -> None:
    store.save(sample_audit)
    other = replaced(sample_audit.sources[0], id="doi:10.5555/new", title="New")
    changed = replaced(
        sample_audit,
        as_of="2027-01-01",
        sources=(*(replaced(source, abstract="Other words.") for source in sample_audit.sources), other),
        findings=(),
        reviews=(review("Ada"),),
    )
    for number in range(10_000):
        stop = fail_at(store, number)
        try:
            store.save(changed)
        except Injected:
            stop()
            assert store.load(samples.ARTICLE_ID) == sample_audit, f"changed by a failure at step {number}"
            assert len(store.sources()) == 4
        else:
            stop()
            break
    assert number > 20
    assert store.load(samples.ARTICLE_ID) == changed


@pytest.mark.parametrize(
    "field", ["resolutions", "evidence", "assessments", "findings", "references", "sources", "statements"]
)
def test_an_audit_that_does_not_hold_together_changes_nothing(store: Store, sample_audit: Audit, field: str) -> None:
    stray = {
        "resolutions": replaced(sample_audit.resolutions[0], reference="none"),
        "evidence": replaced(sample_audit.evidence[0], source="doi:10.5555/none"),
        "assessments": replaced(sample_audit.assessments[0], statement="none"),
        "findings": replaced(sample_audit.findings[0], statement="none"),
        "references": replaced(sample_audit.references[0], id="more", source="doi:10.5555/none"),
        "sources": sample_audit.sources[0],
        "statements": sample_audit.statements[0],
    }
    store.save(sample_audit)
    broken = replaced(sample_audit, **{field: (*getattr(sample_audit, field), stray[field])})
    with pytest.raises(StoreError, match="do not hold together"):
        store.save(broken)
    assert store.load(samples.ARTICLE_ID) == sample_audit


def test_programs_that_begin_and_write_at_once_lose_nothing(where: str, sample_audit: Audit) -> None:
    def start(name: str) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [sys.executable, "-c", WRITER, where, name], cwd=PROJECT, stderr=subprocess.PIPE, text=True
        )

    names = ("one", "two", "three")
    for program in [start(name) for name in names]:
        _, errors = program.communicate(timeout=120)
        assert (program.returncode, errors) == (0, "")
    store = Store.open(where)
    assert [summary.id for summary in store.articles()] == sorted(
        f"{name}-{number:02}.txt" for name in names for number in range(15)
    )
    assert store.load("two-07.txt") == renamed(sample_audit, "two-07.txt")
    store.close()
