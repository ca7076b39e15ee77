"""DOIs: what is accepted and what is not, in fields and in running text."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from kb.identifiers import doi_url, find_arxiv, find_dois, find_isbn, find_pmcid, find_pmid, parse_doi, parse_short_doi
from tests.costs import assert_within

SICI = "10.1002/(sici)1096-8644(199601)99:1<1::aid-ajpa1>3.0.co;2-1"

FIELDS: list[tuple[str, str | None]] = [
    # bare
    ("10.1000/abc", "10.1000/abc"),
    ("  10.1000/ABC\n", "10.1000/abc"),
    ("10.1000.10/123", "10.1000.10/123"),
    ("10.123456789/1", "10.123456789/1"),
    ("10.1016/S0140-6736(97)11096-0", "10.1016/s0140-6736(97)11096-0"),
    ("10.1002/(SICI)1096-8644(199601)99:1<1::AID-AJPA1>3.0.CO;2-1", SICI),
    ("10.1890/0012-9615(2000)070[0021:DAIEOP]2.0.CO;2", "10.1890/0012-9615(2000)070[0021:daieop]2.0.co;2"),
    (
        "10.1002/(SICI)1098-2345(1997)43:2<111::AID-AJP2>3.0.CO;2-#",
        "10.1002/(sici)1098-2345(1997)43:2<111::aid-ajp2>3.0.co;2-#",
    ),
    ("10.1021/nl070160+", "10.1021/nl070160+"),
    ("10.1000/a b", "10.1000/a b"),
    ("10.1000/a%2Fb", "10.1000/a%2fb"),
    ("10.1000/a/b/../c", "10.1000/a/b/../c"),
    ('10.1000/"quoted"', '10.1000/"quoted"'),
    ("10.1000/ünïcode", "10.1000/ünïcode"),
    ("10.1000/ÜNÏ", "10.1000/ÜnÏ"),
    ("10.1000/数据", "10.1000/数据"),
    ("10.1000/a,b", "10.1000/a,b"),
    ("10.1000/a|b", "10.1000/a|b"),
    ("10.1000/a\\b", "10.1000/a\\b"),
    ("10.1000/a{b}", "10.1000/a{b}"),
    ("10.1000/a&b", "10.1000/a&b"),
    ("10.1000/a#b?c=d", "10.1000/a#b?c=d"),
    ("10.1000//abc", "10.1000//abc"),
    ("10.1016/S0140–6736(97)", "10.1016/s0140–6736(97)"),
    ("10.1000/abc/full", "10.1000/abc/full"),
    ("10.48550/arXiv.2101.00001", "10.48550/arxiv.2101.00001"),
    ("10.2016/17", "10.2016/17"),
    # named
    ("doi:10.1000/abc", "10.1000/abc"),
    ("DOI 10.1000/abc", "10.1000/abc"),
    ("doi: 10.1000/abc", "10.1000/abc"),
    ("DOI:10.1000/abc.", "10.1000/abc"),
    ("doi10.1000/abc", "10.1000/abc"),
    ("doi:doi:10.1000/abc", "10.1000/abc"),
    ("doi = 10.1000/abc", "10.1000/abc"),
    ("info:doi/10.1000/abc", "10.1000/abc"),
    ("urn:doi:10.1000/abc", "10.1000/abc"),
    # as an address of doi.org
    ("https://doi.org/10.1000/abc", "10.1000/abc"),
    ("http://dx.doi.org/10.1000/abc", "10.1000/abc"),
    ("https://www.doi.org/10.1000/abc", "10.1000/abc"),
    ("HTTPS://DOI.ORG/10.1000/ABC", "10.1000/abc"),
    ("doi.org/10.1000/abc", "10.1000/abc"),
    ("https://doi.org/doi:10.1000/abc", "10.1000/abc"),
    ("doi: https://doi.org/10.1000/abc", "10.1000/abc"),
    ("https:/doi.org/10.1000/abc", "10.1000/abc"),
    ("https://doi.org//10.1000/abc", "10.1000/abc"),
    ("https://doi.org/10.1000/abc/", "10.1000/abc"),
    ("https://doi.org/10.1000/a%2Fb", "10.1000/a/b"),
    ("https://doi.org/10.1000/a%252Fb", "10.1000/a%2fb"),
    ("https://doi.org/10.1000%2Fabc", "10.1000/abc"),
    ("https://doi.org/10.1000/a%20b", "10.1000/a b"),
    ("https://doi.org/10.1000/%C3%BCn%C3%AFcode", "10.1000/ünïcode"),
    ("https://doi.org/10.1000/100%", "10.1000/100%"),
    ("https://doi.org/10.1000/abc?nosfx=y#top", "10.1000/abc"),
    ("https://doi.org/10.1000/abc/full", "10.1000/abc/full"),
    ("https://doi.org/10.1002/(SICI)1096-8644(199601)99:1%3C1::AID-AJPA1%3E3.0.CO;2-1", SICI),
    # as another address
    ("https://onlinelibrary.wiley.com/doi/abs/10.1002/aur.80", "10.1002/aur.80"),
    ("https://www.tandfonline.com/doi/full/10.1080/1.2?scroll=top&x=y", "10.1080/1.2"),
    ("http://onlinelibrary.wiley.com/doi/10.1002/aur.80/pdf", "10.1002/aur.80"),
    ("https://link.springer.com/article/10.1007/s00330-006-0217-2#Sec1", "10.1007/s00330-006-0217-2"),
    ("https://link.springer.com/content/pdf/10.1007/s00330-006-0217-2.pdf", "10.1007/s00330-006-0217-2"),
    ("https://link.springer.com/article/10.1007/s1/fulltext.html", "10.1007/s1"),
    ("https://www.frontiersin.org/articles/10.3389/fnins.2018.00774/full", "10.3389/fnins.2018.00774"),
    ("https://journal.example/article?doi=10.1000%2Fabc&type=x", "10.1000/abc"),
    ("https://journal.example/article?id=10.1000/abc&amp;type=x", "10.1000/abc"),
    ("https://proxy.example/login?url=https%3A%2F%2Fdoi.org%2F10.1000%2Fabc", "10.1000/abc"),
    ("https://journal.example/doi/suppl/10.1000/abc/suppl_file/x.pdf", "10.1000/abc"),
    ("https://journal.example/10.1000/abc;jsessionid=0A1B.c1", "10.1000/abc"),
    ("https://www.biorxiv.org/content/10.1101/2020.01.01.123456v2.full.pdf", "10.1101/2020.01.01.123456"),
    ("https://academic.oup.com/nar/article/doi/10.1093/nar/gkq776/1234567", "10.1093/nar/gkq776"),
    ("www.journal.example/doi/epdf/10.1000/abc", "10.1000/abc"),
    # with something around it
    ("<https://doi.org/10.1000/abc>", "10.1000/abc"),
    ("{10.1000/abc}", "10.1000/abc"),
    ('"10.1000/abc"', "10.1000/abc"),
    ("“10.1000/abc”", "10.1000/abc"),
    ("(10.1000/a(b))", "10.1000/a(b)"),
    ("[10.1000/abc](https://doi.org/10.1000/abc)", "10.1000/abc"),
    ('<a href="https://doi.org/10.1000/abc">10.1000/abc</a>', "10.1000/abc"),
    ("10.1000/abc</a>", "10.1000/abc"),
    ("10.1000/a&lt;1&gt;b&amp;c", "10.1000/a<1>b&c"),
    (r"10.1000/a\_b\%c", "10.1000/a_b%c"),
    ("10.1000/\u200babc\u00ad-d\ufeff", "10.1000/abc-d"),
    ("10.1002 / pd.354", "10.1002/pd.354"),
    ("10.1000/abc PMID: 12345", "10.1000/abc"),
    ("10.1000/abc, https://doi.org/10.1000/def", "10.1000/abc"),
    ("10.1000/abc;10.1000/def", "10.1000/abc"),
    ("Journal of Examples, doi:10.1000/abc", "10.1000/abc"),
    # none
    ("", None),
    ("10.1000", None),
    ("10.1000/", None),
    ("10.1000/.", None),
    ("10.1000//", None),
    ("10.100/abc", None),
    ("10.0123/abc", None),
    ("10.1234567890/abc", None),
    ("10.١٢٣٤/abc", None),
    ("11.1000/abc", None),
    ("10/abc", None),
    ("doi:", None),
    ("https://doi.org/", None),
    ("https://doi.org/abcde", None),
    ("10.1000%2Fabc", None),
    ("https://doi.org/10.1000/%FF", None),
    ("https://doi.org/10.1000/a%00b", None),
    ("10.1000/a\x07b", None),
    ("10.1000/\ud800", None),
    ("PMID: 12345678", None),
    ("978-0-306-40615-7", None),
    ("see doi:10.1000/abc and doi:10.1000/def", None),
]

TEXTS: list[tuple[str, list[str]]] = [
    # the sentence around it
    ("See 10.1000/abc.", ["10.1000/abc"]),
    ("See 10.1000/abc, and 10.1000/def; or 10.1000/ghi?", ["10.1000/abc", "10.1000/def", "10.1000/ghi"]),
    ("(doi:10.1000/a(1)b).", ["10.1000/a(1)b"]),
    ("(see 10.1016/S0140-6736(97)11096-0)", ["10.1016/s0140-6736(97)11096-0"]),
    ("[10.1000/abc]: x", ["10.1000/abc"]),
    ("(10.1000/abc).Then", ["10.1000/abc"]),
    ("(10.1000/abc),(10.1000/def)", ["10.1000/abc", "10.1000/def"]),
    ("10.1000/abc,10.1000/def;doi:10.1000/ghi", ["10.1000/abc", "10.1000/def", "10.1000/ghi"]),
    ("doi:10.1000/abc.doi:10.1000/def", ["10.1000/abc", "10.1000/def"]),
    ("doi:10.1000/abc.PMID: 12345", ["10.1000/abc"]),
    ("https://doi.org/10.1000/abchttps://doi.org/10.1000/def", ["10.1000/abc", "10.1000/def"]),
    ("“10.1000/abc” and ‘10.1000/def’", ["10.1000/abc", "10.1000/def"]),
    ('in "10.1000/abc"', ["10.1000/abc"]),
    ("10.1000/abc’s data", ["10.1000/abc"]),
    ("10.1000/abc—which says", ["10.1000/abc"]),
    ("10.1000/abc–10.1000/def", ["10.1000/abc", "10.1000/def"]),
    ("10.1000/a–b", ["10.1000/a–b"]),
    ("（10.1000/abc），", ["10.1000/abc"]),
    ("10.1000/abc…", ["10.1000/abc"]),
    ("10.1000/abc/ and", ["10.1000/abc"]),
    ("参见10.1000/abc。", ["10.1000/abc"]),
    (f"Am J ({SICI.upper()}), 1996", [SICI]),
    # spaces
    ("doi: 10.1007/s10803-008-\n0620-4", ["10.1007/s10803-008-"]),
    ("10.1176/appi. ajp.2010", ["10.1176/appi"]),
    ("DOI: 10.1002 / pd.354", ["10.1002/pd.354"]),
    ("doi:10.1002/ pd.354", ["10.1002/pd.354"]),
    ("between 10.1002 / pd.354", []),
    ("doi:10.1002/ and more", []),
    # addresses
    ("<https://doi.org/10.1000/abc>", ["10.1000/abc"]),
    ("https://doi.org/10.1000/a%2Fb, 10.1000/a%2Fb", ["10.1000/a/b", "10.1000/a%2fb"]),
    ("https://doi.org/10.1000/a%252Fb", ["10.1000/a%2fb"]),
    ("at http://journal.example/doi/full/10.1000/abc/pdf.", ["10.1000/abc"]),
    ("https://journal.example/x?doi=10.1000/abc&y=z#top", ["10.1000/abc"]),
    ("https://journal.example/x?doi=10.1000%2Fabc&y=z", ["10.1000/abc"]),
    ("journal.example/doi/abs/10.1000/abc/abstract", ["10.1000/abc"]),
    ("the form 10.1000/abc/abstract", ["10.1000/abc/abstract"]),
    # markup
    ("[a study](https://doi.org/10.1000/abc)", ["10.1000/abc"]),
    ("[a study](https://doi.org/10.1000/a(b)c), and", ["10.1000/a(b)c"]),
    ('[a study](https://doi.org/10.1000/abc "Title")', ["10.1000/abc"]),
    ("[10.1000/abc](https://doi.org/10.1000/abc)", ["10.1000/abc", "10.1000/abc"]),
    ("**10.1000/abc** and _10.1000/def_ and `10.1000/ghi`", ["10.1000/abc", "10.1000/def", "10.1000/ghi"]),
    (r"10.1000/a\_b", ["10.1000/a_b"]),
    (r"\doi{10.1000/abc}", ["10.1000/abc"]),
    ("{{doi|10.1000/abc}}", ["10.1000/abc"]),
    ("| 10.1000/abc|10.1000/def |", ["10.1000/abc", "10.1000/def"]),
    ("<i>10.1000/abc</i><br>", ["10.1000/abc"]),
    ('<a href="https://doi.org/10.1000/abc">here</a>', ["10.1000/abc"]),
    # none
    ("10.1000 and 10.1000/ and 10.1000/)", []),
    ("version v10.1000/2, build 1.10.1000/3", []),
    ("at $10.5000/kg or € 10.5000/kg", []),
    ("hosts 10.0.0.1/24, 10.10.1.0/26, 192.10.1000/8", []),
    ("on 31.10.2016/1.11.2016, or 10.2016/17", []),
    ("110.1000/5 and 10.12/5", []),
    ("the short form 10/abc or https://doi.org/abc", []),
    ("page 10.1000%2Fabc", []),
    ("PMID: 12345678, PMC1234567, arXiv:2101.00001", []),
]


@pytest.mark.parametrize(("field", "doi"), FIELDS)
def test_a_field_holds_this_doi(field: str, doi: str | None) -> None:
    assert parse_doi(field) == doi


@pytest.mark.parametrize(("text", "dois"), TEXTS)
def test_running_text_names_these_dois(text: str, dois: list[str]) -> None:
    assert [one.doi for one in find_dois(text)] == dois


@pytest.mark.parametrize(
    ("text", "mention"),
    [
        ("see 10.1000/abc.", "10.1000/abc"),
        ("see (DOI: 10.1000/abc).", "DOI: 10.1000/abc"),
        ("see <https://dx.doi.org/10.1000/abc>.", "https://dx.doi.org/10.1000/abc"),
        ("[x](https://journal.example/doi/10.1000/abc/full?y=z)", "https://journal.example/doi/10.1000/abc/full?y=z"),
    ],
)
def test_a_mention_reaches_from_label_or_address_to_the_end_of_it(text: str, mention: str) -> None:
    (found,) = find_dois(text)
    assert text[found.start : found.end] == mention
    assert found.doi == "10.1000/abc"


@pytest.mark.parametrize(
    ("field", "short"),
    [
        ("10/aabbe", "10/aabbe"),
        ("doi:10/AABBE", "10/aabbe"),
        ("https://doi.org/aabbe", "10/aabbe"),
        ("http://dx.doi.org/10/aabbe", "10/aabbe"),
        ("10/2016", None),
        ("10.1000/abc", None),
        ("https://doi.org/10.1000/abc", None),
        ("aabbe", None),
    ],
)
def test_a_short_doi_is_known_as_one_and_never_taken_for_a_doi(field: str, short: str | None) -> None:
    assert parse_short_doi(field) == short
    assert short is None or (parse_doi(field) is None and not find_dois(field))


@pytest.mark.parametrize(
    ("doi", "url"),
    [
        ("10.1000/abc", "https://doi.org/10.1000/abc"),
        ("10.1000/a(b", "https://doi.org/10.1000/a%28b"),
        ('10.1000/"<1>', "https://doi.org/10.1000/%22%3C1%3E"),
        ("10.1000/a%2fb", "https://doi.org/10.1000/a%252fb"),
        ("10.1000/a b?c#d", "https://doi.org/10.1000/a%20b%3Fc%23d"),
        ("10.1000/a/b/../c", "https://doi.org/10.1000%2Fa%2Fb%2F..%2Fc"),
        ("10.1000/ü", "https://doi.org/10.1000/%C3%BC"),
    ],
)
def test_the_address_of_a_doi_is_safe_and_leads_back_to_it(doi: str, url: str) -> None:
    assert doi_url(doi) == url
    assert parse_doi(url) == doi


HOSTILE = st.text(alphabet=st.sampled_from("10./%2Ffabdhtpsoirg:<>()[]{}\"'\\|;,&lt=?#-–—\u200b \nüÜİ*_")) | st.text()


@given(HOSTILE.map("10.1000/{}".format) | HOSTILE.map("https://doi.org/10.1000/{}".format) | HOSTILE)
@example("10.1000/a&amp;lt;b")
@example("10.1000/&LT;b")
@example("10.1000/a ) .")
@example(r"10.1000/\\_")
@example("10.1000/ / x")
def test_a_doi_survives_printing_and_parsing(field: str) -> None:
    doi = parse_doi(field)
    if doi is not None:
        assert parse_doi(doi) == doi
        assert parse_doi(f"doi:{doi}") == doi
        assert parse_doi(doi_url(doi)) == doi


@given(HOSTILE.map("see 10.1000/{} or doi:10.1000/x".format) | HOSTILE)
def test_mentions_lie_in_the_text_in_order_and_each_is_a_doi(text: str) -> None:
    end = 0
    for found in find_dois(text):
        assert end <= found.start < found.end <= len(text)
        assert parse_doi(found.doi) == found.doi
        end = found.end


@given(HOSTILE)
def test_a_short_doi_survives_printing_and_parsing(field: str) -> None:
    short = parse_short_doi(field)
    assert short is None or parse_short_doi(short) == short


@pytest.mark.parametrize("find", [find_dois, parse_doi, parse_short_doi, find_pmid, find_pmcid, find_arxiv, find_isbn])
@pytest.mark.parametrize(
    "unit",
    [
        *(
            "10.1000/a)",
            "10.1000/a,",
            "10.1000/",
            "10.1000.1",
            "10.1000/a ",
            ")",
            "(",
            "&amp;",
            "\\",
            "https://",
            "a.b",
        ),
        *(
            "/full",
            ".full",
            ",10.1000.1",
            "doi: ",
            " doi",
            "doi.org/",
            "%2F10.1000%2F",
            "PMID: ",
            "PMC",
            "arxiv ",
            "hep-th/",
        ),
        *("ISBN 978-", "ncbi.nlm.nih.gov/entrez/query.fcgi?", " ", "\u200b", "10.1000 / "),
    ],
)
def test_time_is_linear_in_the_length_of_a_hostile_text(find: Callable[[str], object], unit: str) -> None:
    text = "https://a.example/10.1000/" + unit * (100_000 // len(unit))
    assert_within(4, lambda: find(text))  # anything quadratic would take minutes
