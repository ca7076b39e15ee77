"""The moving format: what one knowledge base held another one holds, and what does not hold together stays out."""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kb.base import KnowledgeBase
from kb.errors import UsageError
from kb.model import Attribution, Audit, Review, Source
from kb.report.exchange import incoming
from kb.report.exchange.bringing import Brought
from kb.report.exchange.incoming import opened
from tests import samples

REVIEW = Review(
    subject="statement",
    statement="s1",
    source=None,
    value="supported",
    person="Ada",
    date="2026-11-22",
    reason="read it",
    fingerprint="0000000000000001",
)


def replaced(record: Any, **changes: object) -> Any:
    return msgspec.structs.replace(record, **changes)


def renamed(audit: Audit, article: str) -> Audit:
    changed: Audit = replaced(audit, article=replaced(audit.article, id=article))
    return changed


@pytest.fixture
def base(tmp_path: Path, sample_audit: Audit) -> Iterator[KnowledgeBase]:
    with KnowledgeBase.open(tmp_path / "knowledge.db") as opened_base:
        opened_base.add(sample_audit)
        yield opened_base


@pytest.fixture
def other(tmp_path: Path) -> Iterator[KnowledgeBase]:
    with KnowledgeBase.open(tmp_path / "other.db") as opened_base:
        yield opened_base


def exported(base: KnowledgeBase, *articles: str, full: bool = True) -> bytes:
    return b"".join(base.export("records", *articles, full=full))


def bring(base: KnowledgeBase, data: bytes) -> Brought:
    return base.bring_in(opened(io.BytesIO(data), "moved.jsonl"))


def audits(base: KnowledgeBase) -> list[Audit]:
    return [base.audit(one.id) for one in base.articles()]


# What is exported in full comes back.

words = st.text(max_size=20) | st.sampled_from(
    ["e\u0301", "\u202eabc", "\U0010ffff", '"\\\n', "'; DROP TABLE source; --"]
)
days = st.dates().map(str)


@st.composite
def some_audit(draw: st.DrawFn) -> Audit:
    audit = samples.sample_audit()
    told = draw(words)
    changed: Audit = replaced(
        audit,
        article=replaced(audit.article, id="a" + draw(st.text("abc/é ", max_size=3)), title=told, text=draw(words)),
        statements=tuple(replaced(one, text=draw(words), reasons=(told, "")) for one in audit.statements),
        sources=tuple(replaced(one, abstract=draw(words), full_text=told) for one in audit.sources),
        references=tuple(replaced(one, text=told) for one in audit.references),
        findings=audit.findings if draw(st.booleans()) else (),
        reviews=tuple(replaced(REVIEW, reason=draw(words)) for _ in range(draw(st.integers(0, 2)))),
        notes=tuple(draw(st.lists(words, max_size=2))),
        as_of=draw(days),
    )
    return changed


@settings(max_examples=30, deadline=None)
@given(
    st.lists(some_audit(), max_size=3), st.lists(words.map(lambda told: f"doi:10.1/{told}"), max_size=2, unique=True)
)
def test_a_base_that_is_moved_in_full_is_equal(
    tmp_path_factory: pytest.TempPathFactory, several: list[Audit], unnamed: list[str]
) -> None:
    folder = tmp_path_factory.mktemp("moved")
    with KnowledgeBase.open(folder / "one.db") as one, KnowledgeBase.open(folder / "two.db") as two:
        for audit in several:
            one.add(audit)
        one.keep(Source(id=name, title="cited by none", abstract="text") for name in unnamed)
        data = exported(one)
        assert bring(two, data).faults == ()
        assert audits(two) == audits(one)
        assert two.reviews() == one.reviews()
        assert exported(two) == data


def test_an_export_of_some_articles_holds_no_others(
    base: KnowledgeBase, other: KnowledgeBase, sample_audit: Audit
) -> None:
    parts = "statements citations references sources resolutions evidence assessments findings".split()
    bare = replaced(sample_audit, **dict.fromkeys(parts, ()))
    base.add(renamed(bare, "bare.md"))
    assert bring(other, exported(base, "bare.md")) == Brought(added=1, replaced=0, kept=0, sources=0, faults=())
    assert audits(other) == [renamed(bare, "bare.md")]
    with pytest.raises(UsageError, match=r"there\.md: the knowledge base holds no such article"):
        exported(base, "not there.md")


def test_without_the_texts_all_else_comes_along(base: KnowledgeBase, other: KnowledgeBase, sample_audit: Audit) -> None:
    bring(other, exported(base, full=False))
    (moved,) = audits(other)
    assert moved.statements == sample_audit.statements
    assert moved.evidence == sample_audit.evidence  # of each source one sentence is quoted
    assert [source.abstract for source in moved.sources] == ["", "", "", ""]
    assert b"drank brindleweed tea or hot water" not in exported(base, full=False)


# What is there already stays, where it is newer.


@pytest.mark.parametrize(
    ("here", "there", "full", "became"),
    [
        ("2026-11-22", "2026-11-23", True, "replaced"),
        ("2026-11-22", "2026-11-23", False, "replaced"),
        ("2026-11-22", "2026-11-22", True, "replaced"),
        ("2026-11-22", "2026-11-22", False, "kept"),
        ("2026-11-22", "2026-11-21", True, "kept"),
    ],
)
def test_an_article_is_replaced_by_a_later_audit(
    base: KnowledgeBase, other: KnowledgeBase, sample_audit: Audit, here: str, there: str, full: bool, became: str
) -> None:
    kept = replaced(sample_audit, as_of=here, notes=("here",), reviews=(REVIEW,))
    theirs = replaced(REVIEW, person="Ben")
    other.add(kept)
    base.add(replaced(sample_audit, as_of=there, notes=("there",), reviews=(theirs,)))
    assert getattr(bring(other, exported(base, full=full)), became) == 1
    (found,) = audits(other)
    assert found.notes == (("there",) if became == "replaced" else ("here",))
    assert found.reviews == (REVIEW, theirs)


def test_bringing_in_the_same_twice_changes_nothing(base: KnowledgeBase, other: KnowledgeBase) -> None:
    data = exported(base)
    bring(other, data)
    assert bring(other, data) == Brought(added=0, replaced=0, kept=1, sources=4, faults=())
    assert exported(other) == data


def test_of_two_records_of_a_source_the_newer_stays(
    base: KnowledgeBase, other: KnowledgeBase, sample_audit: Audit
) -> None:
    def asked(day: str, title: str, abstract: str) -> Audit:
        said = (Attribution(by="Crossref", fields=("title", "abstract"), asked=day),)
        source = replaced(sample_audit.sources[1], title=title, abstract=abstract, said=said)
        changed: Audit = replaced(sample_audit, sources=(sample_audit.sources[0], source, *sample_audit.sources[2:]))
        return changed

    base.add(asked("2026-11-23", "later", "their text"))
    other.add(asked("2026-11-22", "earlier", "our text"))
    bring(other, exported(base, full=False))
    found = audits(other)[0].sources[1]
    assert (found.title, found.abstract) == ("later", "our text")  # a text is not lost to one who brings none
    other.add(asked("2026-11-24", "latest", "our text"))
    bring(other, exported(base))
    found = audits(other)[0].sources[1]
    assert (found.title, found.abstract) == ("latest", "our text")


def test_texts_come_after_all_where_they_were_left_out_before(
    base: KnowledgeBase, other: KnowledgeBase, sample_audit: Audit
) -> None:
    # A registry names a fact, and the record lacks it anyhow: it is empty there, or was dropped.
    said = (Attribution(by="Crossref", fields=("title", "abstract", "container"), asked="2026-11-22"),)
    sources = tuple(
        replaced(one, abstract=f"text of {one.id}", container="", said=said) for one in sample_audit.sources
    )
    base.add(replaced(sample_audit, sources=sources))
    bring(other, exported(base, full=False))
    bring(other, exported(base))
    assert audits(other) == audits(base)
    bring(other, exported(base, full=False))
    assert audits(other) == audits(base)


# What is wrong is told by its line, and keeps its article out, and no other.


@pytest.fixture
def three(base: KnowledgeBase, sample_audit: Audit) -> list[dict[str, Any]]:
    """The lines of an export of three articles, a, articles/… and z."""
    for name in ("a", "z"):
        base.add(renamed(sample_audit, name))
    return [json.loads(line) for line in exported(base).splitlines()]


def lines_of(lines: list[dict[str, Any]]) -> bytes:
    return b"".join(json.dumps(line).encode() + b"\n" for line in lines)


def first(lines: list[dict[str, Any]], kind: str) -> dict[str, Any]:
    return next(line for line in lines if line.get("kind") == kind)


def _dangling(field: str, value: object, kind: str) -> Callable[[list[dict[str, Any]]], None]:
    def spoil(lines: list[dict[str, Any]]) -> None:
        first(lines, kind)["record"][field] = value

    return spoil


def _twice(kind: str) -> Callable[[list[dict[str, Any]]], None]:
    def spoil(lines: list[dict[str, Any]]) -> None:
        both = [line for line in lines if line.get("kind") == kind][:2]
        both[1]["record"]["id"] = both[0]["record"]["id"]

    return spoil


def _named(article: str) -> Callable[[list[dict[str, Any]]], None]:
    def spoil(lines: list[dict[str, Any]]) -> None:
        first(lines, "article")["record"]["article"]["id"] = article

    return spoil


def _one_more(lines: list[dict[str, Any]]) -> None:
    first(lines, "article")["parts"]["finding"] += 1


def _strange_source(lines: list[dict[str, Any]]) -> None:
    first(lines, "article")["sources"][0] = "doi:10.1/strange"


@pytest.mark.parametrize(
    ("spoil", "problem"),
    [
        (_dangling("statement", "s99", "evidence"), "a line of evidence names the statement “s99”, which is not there"),
        (_dangling("source", "doi:10.1/x", "evidence"), "names the source “doi:10.1/x”, which is not there"),
        (_dangling("leans_on", "s99", "statement"), "a statement names the statement “s99”, which is not there"),
        (_dangling("statements", ["s99"], "citation"), "a citation names the statement “s99”"),
        (_dangling("reference", "r99", "resolution"), "a resolution names the reference “r99”"),
        (_dangling("source", "r99", "reference"), "a reference names the source “r99”"),
        (_dangling("statement", "r99", "assessment"), "names the statement “r99”"),
        (_dangling("statement", "r99", "finding"), "a finding names the statement “r99”"),
        (_dangling("level", 9, "evidence"), "there is no level 9"),
        (_dangling("verdict", "proven", "assessment"), "is no record of this format"),
        (_dangling("surprise", 1, "statement"), "has a field that is not known (surprise)"),
        (_dangling("line", 10**18, "statement"), "holds a number that is too large"),
        (_dangling("as_of", "yesterday", "article"), "the date that it speaks of is none (“yesterday”)"),
        (_dangling("statements", [{}], "article"), "is no record of this format"),
        (_twice("statement"), "the id “s1” is there twice"),
        (_twice("reference"), "is there twice"),
        (_named("/etc/passwd"), "the id of an article is never an absolute path (“/etc/passwd”)"),
        (_named("C:\\x.md"), "is never an absolute path"),
        (_named("file:///x.md"), "is never an absolute path"),
        (_named("x/../../y.md"), "does not lead out of its project"),
        (_named(""), "an article without an id"),
        (_one_more, "is cut short: it lacks 1 of its lines"),
        (_strange_source, "names the source “doi:10.1/strange”, which is not among those before it"),
    ],
)
def test_a_bad_article_is_told_and_left_out(
    three: list[dict[str, Any]],
    other: KnowledgeBase,
    spoil: Callable[[list[dict[str, Any]]], None],
    problem: str,
) -> None:
    spoil(three)
    brought = bring(other, lines_of(three))
    (fault,) = brought.faults
    assert problem in str(fault)
    assert str(fault).startswith("moved.jsonl:")
    assert "\n" not in str(fault)
    assert [one.id for one in other.articles()] == [samples.ARTICLE_ID, "z"]


def test_an_address_is_an_id(three: list[dict[str, Any]], other: KnowledgeBase) -> None:
    _named("https://example.org/a/../b")(three)
    assert bring(other, lines_of(three)).faults == ()


def test_the_line_that_is_told_is_that_of_the_fault(three: list[dict[str, Any]], other: KnowledgeBase) -> None:
    place = next(number for number, line in enumerate(three, 1) if line.get("kind") == "evidence")
    three[place - 1]["record"]["statement"] = "s99"
    (fault,) = bring(other, lines_of(three)).faults
    assert fault.place == f"moved.jsonl:{place}"


def test_an_article_that_comes_twice_counts_once(three: list[dict[str, Any]], other: KnowledgeBase) -> None:
    one, another, _ = (line for line in three if line.get("kind") == "article")
    another["record"]["article"]["id"] = one["record"]["article"]["id"]
    brought = bring(other, lines_of(three))
    assert ["the article “a” came before" in str(fault) for fault in brought.faults] == [True]
    assert brought.added == 2


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        (b"{", "is no record of this format"),
        (b"[]", "is no record of this format"),
        (b'{"kind":"wish","record":{}}', "is of a kind that is not known (wish)"),
        (b'{"kind":"source","record":{"id":"\xff"}}', "is not UTF-8"),
        (
            b'{"kind":"source","record":{"id":"x","deep":' + b"[" * 100_000 + b"]" * 100_000 + b"}}",
            "is nested too deeply",
        ),
        (b'{"kind":"source","record":{"id":""}}', "a source without an id"),
        (b'{"kind":"source","record":{"id":"\\ud800"}}', "is no record of this format"),
        (b'{"kind":"statement","record":{}}', "is no record of this format"),
        (b'{"kind":"source","record":{"id":"x"},"more":1}', "is no record of this format"),
    ],
)
def test_a_bad_line_is_told_and_what_is_whole_is_stored(
    base: KnowledgeBase, other: KnowledgeBase, line: bytes, problem: str
) -> None:
    header, *rest = exported(base).splitlines()
    brought = bring(other, b"\n".join((header, line, *rest)) + b"\n")
    assert problem in str(brought.faults[0])
    assert brought.faults[0].place == "moved.jsonl:2"
    assert brought.added == 1


def test_a_line_without_end_is_passed_over(
    base: KnowledgeBase, other: KnowledgeBase, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(incoming, "LONGEST", 100_000)
    header, *rest = exported(base).splitlines()
    brought = bring(other, b"\n".join((header, b"x" * 5_000_000, *rest)) + b"\n")
    assert [str(fault).partition(": ")[2].partition(";")[0] for fault in brought.faults] == ["is longer than 0 MB"]
    assert brought.added == 1


def test_what_is_whole_before_the_end_of_a_cut_file_is_stored(
    base: KnowledgeBase, sample_audit: Audit, tmp_path: Path
) -> None:
    base.add(renamed(sample_audit, "z"))
    data = exported(base)
    second, end = data.rindex(b'{"kind":"article"'), data.index(b'{"kind":"end"')
    for number, cut in enumerate([300, 3_000, second - 1, second, second + 300, end - 2, end, end + 20]):
        with KnowledgeBase.open(tmp_path / f"cut{number}.db") as other:
            brought = bring(other, data[:cut])
            assert brought.faults
            assert all("\n" not in str(fault) for fault in brought.faults)
            assert brought.added == (cut >= second - 1) + (cut >= end - 1)
            for audit in audits(other):
                assert audit == renamed(sample_audit, audit.article.id)


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (b"", "is no export that can be imported"),
        (b"\x89PNG\r\n", "is no export that can be imported"),
        (b"[" * 100_000, "is no export that can be imported"),
        (b'{"format":"other"}\n', "is no export that can be imported"),
        (b"x" * 1_000_000, "is no export that can be imported"),
        (
            b'{"format":"evidence-kb records","schema":2,"new":true}\n',
            "newer version of this program (schema 2, known is 1)",
        ),
        (b'{"format":"evidence-kb records","schema":0,"program":"1","full":true}\n', "names a schema that is none (0)"),
        (b'{"format":"evidence-kb records","schema":1}\n', "is no first line of an export"),
    ],
)
def test_what_is_no_export_is_refused(data: bytes, problem: str) -> None:
    with pytest.raises(UsageError) as caught:
        opened(io.BytesIO(data), "moved.jsonl")
    assert problem in str(caught.value)
    assert str(caught.value).startswith("moved.jsonl")


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_whatever_becomes_of_its_bytes_what_is_stored_is_whole(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    folder = tmp_path_factory.mktemp("torn")
    audit = samples.sample_audit()
    with KnowledgeBase.open(folder / "one.db") as one, KnowledgeBase.open(folder / "two.db") as two:
        one.add(audit)
        lines = exported(one).splitlines(keepends=True)
        header, rest = lines[0], lines[1:]
        order = data.draw(st.lists(st.sampled_from(rest), max_size=2 * len(rest)) | st.permutations(rest))
        torn = bytearray(header + b"".join(order))
        for place in data.draw(st.lists(st.integers(len(header), max(len(header), len(torn) - 1)), max_size=3)):
            torn[place:place] = data.draw(st.binary(max_size=3))
        brought = bring(two, bytes(torn))
        assert len(audits(two)) == brought.added <= 1
        assert two.evidence().shape[0] in (0, len(audit.evidence))
