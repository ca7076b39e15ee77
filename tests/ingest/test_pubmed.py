"""How PubMed is asked, and how its records are read: hand-made ones, hostile ones, arbitrary ones and recorded ones."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.http import Answer, Outcome
from ingest.resolve import pubmed
from ingest.resolve.comments import Comment, notices
from ingest.resolve.packing import LONGEST_PATH
from kb.model import Notice, NoticeKind, Source
from kb.settings import Settings
from tests.costs import assert_within
from tests.registry_samples import ODD_DOIS, any_json, loaded, ok, recorded

SETTINGS = Settings(ncbi="https://ncbi.example/", pmc="https://pmc.example/")

ARTICLE = """<PubmedArticle><MedlineCitation><PMID Version="1">12345</PMID><Article>
<Journal><JournalIssue><PubDate><MedlineDate>1998 Dec-1999 Jan</MedlineDate></PubDate></JournalIssue>
<Title>Journal of knees</Title></Journal>
<ArticleTitle>Heat &amp; cold at 10<sup>6</sup> Pa for <i>knee</i> pain.</ArticleTitle>
<ELocationID EIdType="pii" ValidYN="Y">S1</ELocationID>
<ELocationID EIdType="doi" ValidYN="N">10.1000/wrong</ELocationID>
<ELocationID EIdType="doi" ValidYN="Y">10.1000/ABC</ELocationID>
<Abstract><AbstractText Label="AIM">To see &lt;what&gt; <b>helps</b> most.</AbstractText>
<AbstractText Label="UNLABELLED">It did help forty people.</AbstractText></Abstract>
<AuthorList><Author ValidYN="Y"><LastName>Ménard</LastName><Initials>A</Initials></Author>
<Author ValidYN="N"><LastName>Menard</LastName></Author>
<Author ValidYN="Y"><CollectiveName>Knee Group</CollectiveName></Author></AuthorList>
<PublicationTypeList><PublicationType UI="D1">Journal Article</PublicationType>
<PublicationType UI="D2">Randomized Controlled Trial</PublicationType></PublicationTypeList></Article>
<CommentsCorrectionsList>
<CommentsCorrections RefType="CommentIn"><RefSource>J Knees. 2000 Jan;1(1):2.</RefSource></CommentsCorrections>
<CommentsCorrections RefType="RetractionIn"><RefSource>J Knees. 2010 Feb 6;2(1):3. doi: 10.1000/Note.</RefSource>
<PMID Version="1">20137807</PMID></CommentsCorrections></CommentsCorrectionsList>
<MeshHeadingList><MeshHeading><DescriptorName UI="D3">Humans</DescriptorName></MeshHeading>
<MeshHeading><DescriptorName UI="D4">Hot Temperature</DescriptorName>
<QualifierName UI="Q1">therapeutic use</QualifierName></MeshHeading></MeshHeadingList>
<KeywordList><Keyword MajorTopicYN="N">cupping</Keyword></KeywordList></MedlineCitation>
<PubmedData><ArticleIdList><ArticleId IdType="pubmed">12345</ArticleId><ArticleId IdType="pmc">PMC77</ArticleId>
</ArticleIdList><ReferenceList><Reference><Citation>One</Citation><ArticleIdList>
<ArticleId IdType="pubmed">11</ArticleId><ArticleId IdType="doi">10.1000/Cited</ArticleId></ArticleIdList></Reference>
<Reference><Citation>Two</Citation><ArticleIdList><ArticleId IdType="pubmed">22</ArticleId></ArticleIdList></Reference>
<Reference><Citation>Three</Citation></Reference></ReferenceList></PubmedData></PubmedArticle>"""
BOOK = """<PubmedBookArticle><BookDocument><PMID Version="1">29000000</PMID>
<Book><BookTitle>A Book of Knees</BookTitle><PubDate><Year>2021</Year></PubDate></Book>
<ArticleTitle>Stiff knees</ArticleTitle>
<AuthorList Type="authors"><Author><LastName>Osei</LastName></Author></AuthorList>
<PublicationType UI="D1">Study Guide</PublicationType>
<Abstract><AbstractText>Knees are stiff in the morning.</AbstractText></Abstract></BookDocument></PubmedBookArticle>"""
DOCTYPE = """<?xml version="1.0" ?>
<!DOCTYPE PubmedArticleSet PUBLIC "-//NLM//DTD PubMedArticle//EN" "https://dtd.example/pubmed.dtd">
"""


def xml(text: str) -> Answer:
    return Answer(outcome="ok", text=text, status=200)


def one(record: str, doctype: str = DOCTYPE) -> Source:
    works = pubmed.parse(xml(f"{doctype}<PubmedArticleSet>{record}</PubmedArticleSet>"), "2026-05-01")
    assert works is not None
    (work,) = works
    return work


def test_an_article_is_read_field_by_field() -> None:
    work = one(ARTICLE)
    assert (work.id, work.doi, work.pmid, work.pmcid) == ("doi:10.1000/abc", "10.1000/abc", "12345", "PMC77")
    assert work.title == "Heat & cold at 10⁶ Pa for knee pain."
    assert (work.year, work.container, work.type) == ("1998", "Journal of knees", "")
    assert work.authors == ("Ménard", "Knee Group")
    assert work.abstract == "AIM: To see <what> helps most.\nIt did help forty people."
    assert work.publication_types == ("Journal Article", "Randomized Controlled Trial")
    assert (work.mesh, work.keywords) == (("Humans", "Hot Temperature"), ("cupping",))
    assert work.cites == ("doi:10.1000/cited", "pmid:22")
    assert work.notices == (Notice(kind="retraction", said_by=("PubMed",), date="2010-02-06", doi="10.1000/note"),)
    assert (work.said[0].by, work.said[0].asked) == ("PubMed", "2026-05-01")
    assert {"doi", "pmid", "mesh", "notices"} <= set(work.said[0].fields)


def test_a_chapter_of_a_book_is_read() -> None:
    work = one(BOOK)
    assert (work.id, work.title, work.container, work.year) == (
        "pmid:29000000",
        "Stiff knees",
        "A Book of Knees",
        "2021",
    )
    assert (work.authors, work.publication_types) == (("Osei",), ("Study Guide",))
    assert work.abstract == "Knees are stiff in the morning."


def test_a_summary_is_read_and_tells_of_the_retraction() -> None:
    record = {
        "uid": "12345",
        "pubdate": "1998 Feb 28",
        "title": "Heat for knees.",
        "fulljournalname": "Journal of knees",
        "pubtype": ["Journal Article", "Retracted Publication"],
        "articleids": [{"idtype": "doi", "value": "10.1000/ABC"}, {"idtype": "pmc", "value": "PMC77"}],
        "references": [{"reftype": "Retraction in", "refsource": "J Knees. 2010 Feb 6;2(1):3. doi: 10.1000/Note."}],
    }
    works = pubmed.parse(ok({"result": {"uids": ["12345", "6"], "12345": record}}))
    assert works is not None
    (work,) = works
    assert (work.doi, work.pmid, work.pmcid, work.year) == ("10.1000/abc", "12345", "PMC77", "1998")
    assert work.notices == (Notice(kind="retraction", said_by=("PubMed",), date="2010-02-06", doi="10.1000/note"),)


@pytest.mark.parametrize(
    ("kind", "types", "expected"),
    [
        ("RetractionIn", (), "retraction"),
        ("Retraction in", (), "retraction"),
        ("RetractedandRepublishedIn", (), "retraction"),
        ("PartialRetractionIn", (), "partial retraction"),
        ("ExpressionOfConcernIn", (), "expression of concern"),
        ("ErratumIn", (), "correction"),
        ("CorrectedandRepublishedIn", (), "correction"),
        ("RepublishedIn", (), "new version"),
        ("UpdateIn", (), "new version"),
        ("UpdateIn", ("Preprint",), "published version"),
        *(
            (name, (), None)
            for name in ("RetractionOf", "ErratumFor", "ExpressionOfConcernFor", "CommentIn", "UpdateOf")
        ),
    ],
)
def test_kinds_of_link(kind: str, types: tuple[str, ...], expected: NoticeKind | None) -> None:
    found = notices("PubMed", [Comment(kind, "J Knees. 2010;2(1):3.")], types)
    assert [notice.kind for notice in found] == ([expected] if expected else [])


def test_an_update_of_a_preprint_names_the_preprint() -> None:
    line = "medRxiv. 2023 Apr 05:2023.03.21.1. doi: 10.1101/2023.03.21.1."
    (notice,) = notices("PubMed", [Comment("UpdateOf", line)], ())
    assert (notice.kind, notice.doi, notice.date) == ("preprint", "10.1101/2023.03.21.1", "2023-04-05")


def test_a_retracted_publication_is_told_without_a_link_to_its_notice() -> None:
    assert notices("PubMed", [], ("Retracted Publication",)) == (Notice(kind="retraction", said_by=("PubMed",)),)
    assert notices("PubMed", [], ("Retraction Notice", "Published Erratum")) == ()


@pytest.mark.parametrize(
    ("line", "date"),
    [
        ("Lancet. 2010 Feb 6;375(9713):445.", "2010-02-06"),
        ("Lancet. 2010 Feb;375:445.", "2010-02"),
        ("Lancet. 2010;375:445.", "2010"),
        ("Lancet. 2010 Feb 66;375:445.", "2010-02"),
        ("In 2010 they wrote", None),
        ("", None),
    ],
)
def test_dates_of_links(line: str, date: str | None) -> None:
    (notice,) = notices("PubMed", [Comment("ErratumIn", line)], ())
    assert notice.date == date


BOMB = "".join(f'<!ENTITY b{n} "{f"&b{n - 1};" * 10 if n else "ha"}">' for n in range(10))


@pytest.mark.parametrize(
    "document",
    [
        "<eFetchResult><ERROR>busy</ERROR></eFetchResult>",
        f"<!DOCTYPE x [{BOMB}]><PubmedArticleSet>&b9;</PubmedArticleSet>",
        '<!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/passwd">]><PubmedArticleSet>&f;</PubmedArticleSet>',
        '<!DOCTYPE x [<!ENTITY % p SYSTEM "http://127.0.0.1:9/x"> %p;]><PubmedArticleSet/>',
        "<PubmedArticleSet>" + "<a>" * 100_000,
        "<PubmedArticleSet><PubmedArticle>" + "<a/>" * 300_000 + "</PubmedArticle></PubmedArticleSet>",
        "<PubmedArticleSet><PubmedArticle>",
        "<html><body>Service unavailable</body></html>",
        "<a>\ud800</a>",
        "<a>\x00</a>",
        "not xml",
    ],
    ids=["error", "bomb", "file", "address", "depth", "many", "cut", "web page", "surrogate", "zero", "text"],
)
def test_hostile_xml_gives_no_record_and_costs_little(document: str) -> None:
    def job() -> None:
        assert pubmed.parse(xml(document)) is None

    assert_within(5, job)


def test_what_an_external_document_type_declares_is_left_out() -> None:
    assert one(ARTICLE.replace("Heat &amp;", "Heat &beta;")).title.startswith("Heat cold")


def test_a_broken_record_does_not_spoil_the_next() -> None:
    assert one("<PubmedArticle/>" + ARTICLE).pmid == "12345"


TAGS = sorted(set(re.findall(r"<(\w+)", ARTICLE + BOOK)))
TREES = st.recursive(
    st.text(alphabet="19ab &<é", max_size=8).map(lambda text: text.replace("&", "&amp;").replace("<", "&lt;")),
    lambda inner: st.builds(
        lambda tag, parts: f'<{tag} IdType="doi" EIdType="doi" RefType="ErratumIn">{"".join(parts)}</{tag}>',
        st.sampled_from(TAGS),
        st.lists(inner, max_size=4),
    ),
    max_leaves=20,
)


@settings(deadline=None)
@given(TREES, st.sampled_from(["<MedlineCitation>", "<Article>", "<PubmedData>", "<BookDocument>", "</Abstract>"]))
def test_odd_records_never_crash(tree: str, place: str) -> None:
    changed = (ARTICLE if place in ARTICLE else BOOK).replace(place, place + tree, 1)
    for record in (f"<PubmedArticle>{tree}</PubmedArticle>", changed):
        assert pubmed.parse(xml(f"<PubmedArticleSet>{record}</PubmedArticleSet>")) is not None


@settings(deadline=None)
@given(
    any_json(["result", "uids", "1", "articleids", "idtype", "value", "references", "reftype", "pubtype", "records"])
)
def test_odd_types_never_crash(data: Any) -> None:
    for payload in (data, {"result": data}, {"result": {"uids": ["1"], "1": data}}):
        pubmed.parse(ok(payload))
    for payload in (data, {"esearchresult": data}, {"esearchresult": {"idlist": data}}, {"records": data}):
        pubmed.pmids(ok(payload))
        pubmed.identifiers(ok(payload))


@pytest.mark.parametrize("outcome", ["server error", "not found", "refused", "malformed", "unreachable"])
def test_no_record_comes_of_an_answer_that_is_not_ok(outcome: Outcome) -> None:
    answer = Answer(outcome=outcome, text=ARTICLE, data={"records": [], "esearchresult": {"idlist": []}})
    assert (pubmed.parse(answer), pubmed.pmids(answer), pubmed.identifiers(answer)) == (None, None, None)


def test_records_are_asked_for_two_hundred_at_a_time() -> None:
    ids = [str(number) for number in range(10_000_001, 10_001_001)]
    asked = pubmed.questions([*ids, "no id"], SETTINGS)
    assert [pmid for question in asked for pmid in question.ids] == ids
    assert len(asked) == 5
    assert all(len(question.url) <= LONGEST_PATH for question in asked)
    assert asked[0].url.startswith("https://ncbi.example/entrez/eutils/efetch.fcgi?db=pubmed&retmode=xml&")
    assert parse_qs(urlsplit(asked[0].url).query)["id"] == [",".join(ids[:200])]
    assert [question.ids for question in pubmed.summary_questions(ids, SETTINGS)] == [q.ids for q in asked]


def test_key_and_address_are_sent_apart_from_what_is_stored() -> None:
    own = Settings(mailto="me@example.org", ncbi_key="secret-key")
    for question in (
        *pubmed.questions(["1"], own),
        *pubmed.search_questions(["10.1000/a"], own),
        *pubmed.id_questions(["10.1000/a"], own),
    ):
        assert question.secret == (("email", "me@example.org"), ("api_key", "secret-key"))
        assert "secret" not in f"{question.url}{question.form}"
        assert "example.org" not in f"{question.url}{question.form}"


def terms(question: Any) -> list[str]:
    return [one.removesuffix("[aid]") for one in dict(question.form)["term"].split(" OR ")]


def test_odd_dois_are_searched_for_whole() -> None:
    asked = pubmed.search_questions(ODD_DOIS, SETTINGS)
    together, alone = asked
    assert together.url == "https://ncbi.example/entrez/eutils/esearch.fcgi"
    assert terms(together) == [f'"{doi}"' for doi in ODD_DOIS if '"' not in doi]
    assert terms(alone) == ['10.1000/"quoted"']
    assert int(dict(together.form or ())["retmax"]) >= len(together.ids)
    assert not together.authoritative


def test_a_thousand_dois_take_ten_searches_and_five_conversions() -> None:
    dois = [f"10.1371/j.{number:04}" for number in range(1000)]
    assert len(pubmed.search_questions(dois, SETTINGS)) == 10
    conversions = pubmed.id_questions(dois, SETTINGS)
    assert [doi for question in conversions for doi in question.ids] == dois
    assert len(conversions) <= 8
    assert all(len(question.url) - len("https://pmc.example") <= LONGEST_PATH for question in conversions)


def test_odd_dois_are_converted_whole_but_for_one_with_a_comma() -> None:
    (question,) = pubmed.id_questions(ODD_DOIS, SETTINGS)
    query = parse_qs(urlsplit(question.url).query)
    assert query["ids"][0].split(",") == list(question.ids) == [doi for doi in ODD_DOIS if "," not in doi]
    assert (query["idtype"], query["format"]) == (["doi"], ["json"])
    assert pubmed.id_questions(["7"], SETTINGS, "pmid")[0].url.endswith("idtype=pmid&tool=evidence-kb&ids=7")


def test_found_ids_and_converted_ids() -> None:
    assert pubmed.pmids(ok({"esearchresult": {"idlist": ["12", "0", None, "12", "13"]}})) == ("12", "13")
    assert pubmed.pmids(ok({"esearchresult": {"ERROR": "busy"}})) is None
    known = {"doi": "10.1000/A", "pmid": 12, "pmcid": "PMC7"}
    missing = {"doi": "10.1000/b", "status": "error", "errmsg": "Identifier not found in PMC"}
    assert pubmed.identifiers(ok({"records": [known, missing]})) == (
        pubmed.Identifiers(doi="10.1000/a", pmid="12", pmcid="PMC7"),
    )
    assert pubmed.identifiers(ok({"status": "error"})) is None


def test_recorded_records(shared: Path) -> None:
    """Real records against what a plain search of their text finds."""
    paths = sorted((shared / "data/pubmed-xml").glob("*.xml"))
    if not paths:
        pytest.skip("no PubMed records in the shared data")
    for path in paths:
        text = path.read_text(encoding="utf-8")
        works = pubmed.parse(xml(text))
        assert works is not None
        assert len(works) == text.count("<PubmedArticle>")
        if not works:  # what PubMed says of a number that is none of its own
            continue
        (work,) = works
        assert work.pmid == path.stem
        title = re.search(r"<ArticleTitle[^<>]*>(.*?)</ArticleTitle>", text, re.DOTALL)
        assert title is not None
        if not re.search("[<&]", title.group(1)):
            assert work.title == " ".join(title.group(1).split())
        assert work.title
        dated = re.search(r"<PubDate><(?:Year|MedlineDate)>(\d{4})", text)
        assert work.year == (dated.group(1) if dated else None)
        assert bool(work.abstract) == ("<AbstractText" in text)
        assert work.publication_types == tuple(re.findall(r"<PublicationType [^<>]*>([^<>]*)<", text))
        assert work.mesh == tuple(dict.fromkeys(re.findall(r"<DescriptorName [^<>]*>([^<>]*)<", text)))
        own = text.partition("<ReferenceList>")[0]
        stated = re.findall(r'(?:EIdType="doi" ValidYN="Y"|IdType="doi")>([^<>]*)<', own)
        assert (work.doi or "") == (stated[0].strip().lower() if stated else "")
        told = [kind for kind in re.findall(r'RefType="(\w+)"', text) if kind in ("ErratumIn", "UpdateOf")]
        assert len(work.notices) == len(told)


def test_the_recorded_retraction_is_told(shared: Path) -> None:
    folder = shared / "data/registry-responses/one-retraction-many-registries"
    paths = {path.name.split(".")[0]: path for path in folder.glob("mock-ncbi/**/*.json")}
    if not paths:
        pytest.skip("no recorded retraction in the shared data")
    assert len(pubmed.pmids(ok(loaded(paths["esearch"]))) or ()) == 1
    (work,) = pubmed.parse(ok(loaded(paths["esummary"]))) or ()
    assert [(notice.kind, notice.date) for notice in work.notices if notice.kind != "correction"] == [
        ("retraction", "2004-03-06"),
        ("retraction", "2010-02-06"),
        ("expression of concern", "2011-11"),
    ]
    (conversion,) = folder.glob("mock-pmc/**/*.json")
    assert pubmed.identifiers(ok(loaded(conversion))) == ()


def test_recorded_conversions(shared: Path) -> None:
    for path, status, _ in recorded(shared, "www.ncbi.nlm.nih.gov"):
        found = pubmed.identifiers(ok(loaded(path)))
        if status == 200:
            assert found is not None
            (known,) = found
            assert known.doi
            assert known.pmid
            assert (known.pmcid or "").startswith("PMC")
        else:
            assert found is None
