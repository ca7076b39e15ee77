"""How Crossref is asked, and how its answers are read: hand-made records, arbitrary JSON, and recorded ones."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.resolve import crossref, doi_org
from ingest.resolve.markup import LONGEST, abstract_text, plain
from kb.model import Notice, Source

WORK: dict[str, Any] = {
    "DOI": "10.1000/ABC",
    "type": "journal-article",
    "title": ["Heat &amp; cold for <i>knee</i> pain"],
    "author": [{"given": "A", "family": "Ménard"}, {"name": "Knee Group"}, {"given": "only"}, "odd"],
    "issued": {"date-parts": [[2016, 5]]},
    "published-print": {"date-parts": [[2017]]},
    "container-title": ["Journal of Knees"],
    "URL": "https://doi.org/10.1000/abc",
    "abstract": "<jats:title>Abstract</jats:title><jats:p>Forty people were treated with heat.</jats:p>",
    "reference": [{"DOI": "10.1000/X"}, {"DOI": "10.1000/x"}, {"unstructured": "A book"}, {"DOI": "none"}, None],
    "updated-by": [
        {
            "DOI": "10.1000/note",
            "type": "retraction",
            "source": "retraction-watch",
            "updated": {"date-parts": [[2020, 2, 6]]},
        },
        {"DOI": "10.1000/note2", "type": "erratum", "source": "publisher"},
        {"type": "unheard-of"},
    ],
}


def one_work(**changes: object) -> Source:
    works = crossref.parse({"message": {**WORK, **changes}}, "2026-05-01")
    assert works is not None
    (work,) = works
    return work


def test_a_work_is_read_field_by_field() -> None:
    work = one_work()
    assert (work.id, work.doi, work.type) == ("doi:10.1000/abc", "10.1000/abc", "journal-article")
    assert (work.title, work.year, work.container) == ("Heat & cold for knee pain", "2016", "Journal of Knees")
    assert work.authors == ("Ménard", "Knee Group")
    assert work.abstract == "Forty people were treated with heat."
    assert work.cites == ("doi:10.1000/x",)
    assert work.notices == (
        Notice(kind="retraction", said_by=("Retraction Watch, by Crossref",), date="2020-02-06", doi="10.1000/note"),
        Notice(kind="correction", said_by=("the publisher, by Crossref",), doi="10.1000/note2"),
    )
    (said,) = work.said
    assert (said.by, said.asked) == ("Crossref", "2026-05-01")
    assert set(said.fields) == {
        *("doi", "title", "authors", "year", "container", "type", "abstract", "url", "cites", "notices")
    }


def test_what_a_record_lacks_is_not_said() -> None:
    work = one_work(abstract="<jats:p>n/a</jats:p>", issued={"date-parts": [[None]]}, title=[], URL="javascript:x")
    assert (work.abstract, work.year, work.title, work.url) == ("", None, "", None)
    assert {"abstract", "year", "title", "url"}.isdisjoint(work.said[0].fields)


def test_a_notice_is_not_the_article_that_it_retracts() -> None:
    updates = [{"DOI": "10.1000/bad", "type": "retraction", "updated": {"date-parts": [[2020]]}}]
    assert one_work(**{"updated-by": None, "update-to": updates}).notices == ()


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        ("retraction", "retraction"),
        ("partial_retraction", "partial retraction"),
        ("Removal", "withdrawal"),
        ("withdrawal", "withdrawal"),
        ("expression_of_concern", "expression of concern"),
        ("expression-of-concern", "expression of concern"),
        ("corrigendum", "correction"),
        ("clarification", "correction"),
        ("new_version", "new version"),
        ("new_edition", "new version"),
        ("reinstatement", "reinstatement"),
    ],
)
def test_kinds_of_notice(kind: str, expected: str) -> None:
    assert [notice.kind for notice in one_work(**{"updated-by": [{"type": kind}]}).notices] == [expected]


def test_a_list_is_read_in_its_order_and_its_broken_items_are_passed_over() -> None:
    items = [WORK, None, {"DOI": 5}, {"title": ["No DOI"]}, {"DOI": "10.1000/second"}]
    works = crossref.parse({"message": {"items": items}})
    assert works is not None
    assert [work.doi for work in works] == ["10.1000/abc", "10.1000/second"]


@pytest.mark.parametrize(
    "payload",
    [
        *(None, [], {}, {"message": None}, {"message": [WORK]}, {"message": {}}, {"message": {"items": None}}),
        *({"message": {"items": [None]}}, {"message": "Resource not found."}, {"message": {"title": ["No DOI"]}}),
    ],
)
def test_what_is_no_answer_is_told_from_an_empty_list(payload: object) -> None:
    assert crossref.parse(payload) is None
    assert crossref.parse({"message": {"items": []}}) == ()


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=12),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from([*WORK, "date-parts"]), inner, max_size=4)
    ),
    max_leaves=12,
)


@settings(deadline=None)
@given(st.fixed_dictionaries({}, optional=dict.fromkeys(WORK, JSON)) | JSON)
def test_odd_types_never_crash(item: object) -> None:
    for payload in (item, {"message": item}, {"message": {"items": [item]}}):
        crossref.parse(payload)
    changed = {**WORK, **item, "DOI": "10.1000/abc"} if isinstance(item, dict) else WORK
    assert [work.doi for work in crossref.parse({"message": changed}) or ()] == ["10.1000/abc"]


def asked_of(question: crossref.Question) -> list[str]:
    parts = urlsplit(question.path)
    if parts.path != "/works":
        return [unquote(parts.path.removeprefix("/works/"))]
    return [unquote(one.removeprefix("doi:")) for one in parts.query.split("&")[0].removeprefix("filter=").split(",")]


def test_many_dois_are_one_question() -> None:
    (question,) = crossref.request_for(["10.1000/a", "10.1000/b", "10.1000/a"])
    assert question.path == "/works?filter=doi:10.1000%2Fa,doi:10.1000%2Fb&rows=2"
    assert question.dois == ("10.1000/a", "10.1000/b")
    assert not question.authoritative


def test_one_doi_and_a_doi_with_a_comma_are_asked_for_alone() -> None:
    assert [question.path for question in crossref.request_for(["10.1000/a", "10.1000/b", "10.1000/c,d"])] == [
        "/works?filter=doi:10.1000%2Fa,doi:10.1000%2Fb&rows=2",
        "/works/10.1000%2Fc%2Cd",
    ]
    (alone,) = crossref.request_for(["10.1000/a"])
    assert (alone.path, alone.authoritative) == ("/works/10.1000%2Fa", True)


ODD = [
    "10.1002/(sici)1096-8644(199601)99:1<1::aid-ajpa1>3.0.co;2-1",
    "10.1000/a b",
    "10.1000/a%2fb",
    "10.1000/a/b/../c",
    '10.1000/"quoted"',
    "10.1000/ünïcode",
    "10.1000/a&rows=0",
    "10.1000/a#b?c",
    "10.1000/a|b",
    "10.1000/a,b",
]


def test_odd_dois_arrive_intact() -> None:
    questions = crossref.request_for(ODD)
    assert len(questions) == 2
    assert sorted(doi for question in questions for doi in asked_of(question)) == sorted(ODD)
    assert parse_qs(urlsplit(questions[0].path).query)["rows"] == ["9"]
    assert [unquote(doi_org.request_for(doi)) for doi in ODD] == [f"/api/handles/{doi}" for doi in ODD]


@settings(deadline=None)
@given(st.lists(st.from_regex(r"10\.[0-9]{4}/[a-z0-9,;()é%-]{1,300}", fullmatch=True), max_size=250))
def test_every_doi_is_asked_for_once_in_questions_of_bounded_length(dois: list[str]) -> None:
    questions = crossref.request_for(dois)
    assert sorted(doi for question in questions for doi in asked_of(question)) == sorted(set(dois))
    assert all(len(question.path) <= crossref.LONGEST_PATH for question in questions)
    assert all(len(question.dois) <= crossref.MOST_DOIS for question in questions)


def test_two_hundred_usual_dois_take_few_questions() -> None:
    questions = crossref.request_for(f"10.1371/journal.pone.{number:07}" for number in range(200))
    assert len(questions) == 2


def test_a_doi_that_fits_no_question_is_in_none() -> None:
    assert crossref.request_for(["10.1000/" + "x" * 5000]) == ()


@pytest.mark.parametrize(
    ("payload", "exists"),
    [
        ({"responseCode": 1, "handle": "10.1000/ABC", "values": []}, True),
        ({"responseCode": 200, "handle": "10.1000/abc"}, True),
        ({"responseCode": 100, "handle": "10.1000/abc"}, False),
        ({"responseCode": 100, "handle": "10.1000/other"}, None),
        ({"responseCode": 2, "handle": "10.1000/abc"}, None),
        ({"responseCode": True, "handle": "10.1000/abc"}, None),
        ({"responseCode": [1], "handle": "10.1000/abc"}, None),
        ({}, None),
        ([], None),
        (None, None),
    ],
)
def test_whether_a_doi_exists(payload: object, exists: bool | None) -> None:
    assert doi_org.parse(payload, "10.1000/abc") is exists


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("plain  words\n here", "plain words here"),
        ("p &lt; 0.05 &amp; q&gt;1", "p < 0.05 & q>1"),
        ("H<sub>2</sub>O, 10<jats:sup>−6</jats:sup> mol", "H2O, 10⁻⁶ mol"),
        ("A &lt;scp&gt;DC&lt;/scp&gt; boost", "A DC boost"),
        ("A &amp;lt;i&amp;gt;B&amp;lt;/i&amp;gt; C", "A B C"),
        ("Anaemia in an infant&lt;subtitle&gt;Its treatment&lt;/subtitle&gt;", "Anaemia in an infant Its treatment"),
        ("<script>alert(1)</script>x", "alert(1)x"),
        ("open <i and no end", "open <i and no end"),
    ],
)
def test_plain(markup: str, text: str) -> None:
    assert plain(markup) == text


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        (
            "<jats:sec>\n <jats:title>Aims:</jats:title>\n <jats:p>To see whether\n <jats:italic>heat</jats:italic>\n"
            " helps.</jats:p></jats:sec><jats:sec><jats:title>Results</jats:title><jats:p>It did.</jats:p>"
            "<jats:p>It lasted.</jats:p></jats:sec>",
            "Aims: To see whether heat helps.\nResults: It did.\nIt lasted.",
        ),
        ("<title>Abstract</title><p>We treated forty people.</p>", "We treated forty people."),
        ("We treated forty people.", "We treated forty people."),
        ("&lt;p&gt;We treated forty people.&lt;/p&gt;", "We treated forty people."),
        (
            "<jats:p>Cost <jats:tex-math>\\frac{1}{2}</jats:tex-math> of the usual care</jats:p>",
            "Cost of the usual care",
        ),
        ("<jats:p/>", ""),
        ("-", ""),
    ],
)
def test_abstracts(markup: str, text: str) -> None:
    assert abstract_text(markup) == text


@settings(deadline=None)
@given(st.text(alphabet='<>/&;lt"gtpsu2 \x01\x02ti', max_size=200))
def test_any_markup_becomes_text_of_one_line_or_a_line_a_paragraph(markup: str) -> None:
    assert "\n" not in plain(markup)
    assert "\x01" not in abstract_text(markup)


@pytest.mark.parametrize("piece", ["<title>", "&lt;a ", "<", "<sup>", "&lt;a &quot;", "1 ", "&amp;amp;"])
def test_hostile_markup_is_read_no_further_than_its_bound(piece: str) -> None:
    text = piece * (LONGEST // len(piece))
    assert abstract_text(text + "<p>too far to be read, whatever it says</p>").find("too far") == -1


def recorded(shared: Path) -> list[dict[str, Any]]:
    works: list[dict[str, Any]] = []
    for path in sorted((shared / "data/registry-responses").glob("*crossref*/**/*.json")):
        try:
            answer = json.loads(path.read_text(encoding="utf-8"))
        except ValueError:  # some recorded answers are plain text under this name
            continue
        message = answer.get("message") if isinstance(answer, dict) else {"items": answer}
        crossref.parse(answer)
        if isinstance(message, dict):
            items = message.get("items") or [message]
            works += [item for item in items if isinstance(item, dict) and "title" in item and "DOI" in item]
    return works


def test_recorded_works_are_read_exactly(shared: Path) -> None:
    works = recorded(shared)
    if not works:
        pytest.skip("no recorded answers of Crossref in the shared data")
    for raw in works:
        (work,) = crossref.parse({"message": raw}) or ()
        issued = ((raw.get("issued") or {}).get("date-parts") or [[None]])[0][0]
        title = (raw["title"] or [""])[0]
        assert work.doi == raw["DOI"].lower()
        assert work.type == (raw.get("type") or "")
        assert work.year == (str(issued) if issued else None)
        if "<" not in title and "&" not in title:
            assert work.title == " ".join(title.split())
        assert all(tag not in work.title + work.abstract for tag in ("<jats:", "</", "&amp;"))


def test_the_recorded_retraction_is_told(shared: Path) -> None:
    folder = shared / "data/registry-responses/one-retraction-many-registries"
    paths = list(folder.glob("mock-crossref/**/*.json"))
    if not paths:
        pytest.skip("no recorded retraction in the shared data")
    (work,) = crossref.parse(json.loads(paths[0].read_text(encoding="utf-8"))) or ()
    assert [(notice.kind, notice.date) for notice in work.notices] == [
        ("correction", "2004-03-06"),
        ("retraction", "2010-02-06"),
    ]
