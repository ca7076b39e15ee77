"""Web pages: what is the article, what is left out and why, and what the markup says of citations."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.bibliography import gather_references
from ingest.citations import find_citations
from ingest.read import read_bytes, read_file
from ingest.read.html.parts import named_part
from ingest.read.html.reader import read
from ingest.reading import Reading
from kb.errors import ArticleError
from kb.model import AUDITED, Citation

SAMPLE = Path(__file__).parent / "samples" / "page.html"
PROSE = "<p>People who walk every day sleep well and eat what they like, as everyone around here knows.</p>"


def page(body: str, head: str = "") -> Reading:
    return read_bytes(f"<html><head>{head}</head><body>{body}</body></html>".encode(), "page.html")


def pieces(reading: Reading) -> list[tuple[str, str]]:
    return [(block.kind, reading.article.text[block.start : block.end]) for block in reading.article.blocks]


def anchored(reading: Reading) -> list[tuple[str, tuple[str, ...]]]:
    return [(reading.article.text[one.start : one.end], one.targets) for one in reading.anchors]


def cited(reading: Reading) -> list[Citation]:
    gathered = gather_references(reading, None)
    return find_citations(reading, gathered.references, gathered.aliases)


BLOCKS = [
    ("promotion", 13, "/html/body/a[1]", "Skip to content"),
    ("promotion", 14, "/html/body/header[1]", "The Example Clinic"),
    ("promotion", 17, "#cookie-banner", "Biscuits help"),
    ("title", 21, "#content/article[1]/header[1]/h1[1]", "Walking and sore knees"),
    ("byline", 22, "#content/article[1]/header[1]/p[1]", "By Ann Roe, 5 April 2023"),
    ("promotion", 24, "#content/article[1]/div[1]", "Tell a friend"),
    (
        "paragraph",
        25,
        "#content/article[1]/p[1]",
        "A daily walk eased knee pain in a trial of 312 adults.¹ Rest did not.²⁻⁴",
    ),
    ("heading", 27, "#why", "Why it helps"),
    ("paragraph", 28, "#content/article[1]/div[2]", "Cartilage has no vessels of its own (see Poe, 2019)."),
    ("paragraph", 29, "#content/article[1]/div[2]", "About 10⁶ cells drink H2O."),
    ("list item", 31, "#content/article[1]/ul[1]/li[1]", "Stairs load the joint [4]."),
    ("list item", 32, "#content/article[1]/ul[1]/li[2]", "Cycling spares it, says the cycling study."),
    ("quotation", 34, "#content/article[1]/blockquote[1]/p[1]", "Motion is lotion."),
    ("heading", 35, "#content/article[1]/p[2]", "What to wear"),
    ("paragraph", 35, "#content/article[1]/p[2]", "Soft soles cut the load by 12 percent, as a report and our page"),
    ("caption", 37, "#content/article[1]/figure[1]/figcaption[1]", "Pain by week of walking."),
    ("caption", 38, "#content/article[1]/table[1]/caption[1]", "Steps a day."),
    ("table", 38, "#content/article[1]/table[1]", "Week | Steps\n1 | 2000"),
    ("code", 39, "#content/article[1]/pre[1]", "steps = 7 *\n  1000"),
    ("promotion", 42, "#content/article[1]/aside[1]", "Get our letter every week."),
    ("promotion", 43, "#content/article[1]/div[3]", "More to read\nHips and hills"),
    ("heading", 45, "#content/article[1]/footer[1]/h2[1]", "References"),
    ("reference list", 47, "#r1", "Roe A, Poe B. Walks for knees."),
    ("reference list", 49, "#r2", "Low C. Rest for knees."),
    ("reference list", 51, "#r3", "Poe B. Cartilage at work. 2019."),
    ("reference list", 52, "#r4", "High D. Stairs and the ageing knee. 2021."),
    ("comment", 56, "#comments", "2 comments\nI walked to the shop"),
    ("promotion", 58, "/html/body/div[2]", "Ann Roe runs the clinic"),
    ("promotion", 59, "/html/body/form[1]", "Mail"),
    ("promotion", 60, "/html/body/footer[1]", "Example Clinic, 1 Example Road."),
]


def test_every_part_of_a_page_is_told_apart_with_its_line_and_place() -> None:
    article = read_file(SAMPLE, "page.html").article
    found = [(block.kind, block.line, block.place, article.text[block.start : block.end]) for block in article.blocks]
    assert [one[:3] for one in found] == [one[:3] for one in BLOCKS]
    assert [text for *_, text in found if not text.startswith(tuple(begin for *_, begin in BLOCKS))] == []
    left_out = [block for block in article.blocks if block.kind in ("promotion", "byline", "comment", "reference list")]
    assert all(block.why for block in left_out)


def test_metadata_of_a_page() -> None:
    article = read_file(SAMPLE, "page.html").article
    assert (article.title, article.date, article.language) == ("Walking and sore knees", "2023-04-05", "en-GB")


def test_entries_as_the_list_divides_them() -> None:
    entries = read_file(SAMPLE, "page.html").entries
    assert [(one.id, one.label, one.doi, one.pmid) for one in entries] == [
        ("r1", "1", "10.5555/walks", None),
        ("r2", "2", None, "12345678"),
        ("r3", "3", None, None),
        ("r4", "4", "10.5555/stairs", None),  # citation_reference names it
    ]
    assert entries[0].text == "Roe A, Poe B. Walks for knees. J Steps. 2020;1:2-3. 10.5555/walks"


def test_citations_of_a_page_by_its_links() -> None:
    found = [(one.text, one.references) for one in cited(read_file(SAMPLE, "page.html"))]
    assert found == [
        ("¹", ("r1",)),
        ("²⁻⁴", ("r2", "r3", "r4")),
        ("Poe, 2019", ("r3",)),
        ("[4]", ("r4",)),
        ("cycling study", ("10.5555/cycling",)),
        ("a report", ("health.example/shoes",)),
    ]


NAMES = [
    ("site-footer__inner", "promotion"),
    ("cookie-banner", "promotion"),
    ("shareButtons", "promotion"),
    ("related-posts", "promotion"),
    ("table-of-contents", "promotion"),
    ("call-to-action", "promotion"),
    ("ad-slot-1", "promotion"),
    ("post-meta", "byline"),
    ("authorBox", "byline"),
    ("comment-list", "comment"),
    ("article-comments-free", None),
    ("has-sidebar", None),
    ("no-comments", None),
    ("category-newsletter", None),
    ("entry-content", None),
    ("shared-decisions", None),
    ("adult", None),
    ("menustrual", None),
]


@pytest.mark.parametrize(("name", "kind"), NAMES)
def test_a_class_means_a_part_only_as_a_whole(name: str, kind: str | None) -> None:
    part = named_part(name)
    assert (part.kind if part else None) == kind


LEFT_OUT = [
    ('<nav><a href="/a">Hips</a></nav>', "is the page's navigation"),
    ('<div role="navigation"><p>Hips and knees</p></div>', "is the page's navigation"),
    ('<div role="contentinfo">Some Road 1</div>', "is the head or foot of the page"),
    ("<form><p>Your name</p></form>", "is a form"),
    (
        '<ul><li><a href="/a">Hips hurt</a></li><li><a href="/b">Toes hurt</a></li></ul>',
        "consists of links to other pages",
    ),
    ('<p><a href="/b">How toes can hurt</a></p>', "consists of links to other pages"),
    ('<div id="disqus_thread"><p>Nice!</p></div>', "is a comment of readers"),
    ('<p class="wp-block-post-author">Ann Roe</p>', "names the author or date"),
]


@pytest.mark.parametrize(("markup", "why"), LEFT_OUT)
def test_what_is_left_out_says_why(markup: str, why: str) -> None:
    block = page(PROSE * 3 + markup).article.blocks[-1]
    assert (block.kind in AUDITED, block.why) == (False, why)


KEPT = [
    '<div class="newsletter">{}</div>',  # a part is never most of the page
    '<form id="aspnetForm">{}</form>',
    '<div aria-hidden="true">{}</div>',
    "<table><tr><td>{}<h2>Why</h2></td><td>On the side</td></tr></table>",
    "<article><aside>{}</aside></article>",
    '<section class="shared-decisions">{}</section>',
]


@pytest.mark.parametrize("markup", KEPT)
def test_what_looks_like_a_part_and_is_the_article(markup: str) -> None:
    assert ("paragraph", PROSE[3:-4]) in pieces(page(markup.format(PROSE)))


def test_hidden_text_and_scripts_are_not_there() -> None:
    text = page(
        PROSE + "<script>a()</script><style>b</style><template><p>c</p></template><noscript>d</noscript>"
        "<p hidden>e</p><p aria-hidden=true>f</p><p style='display:none'>g</p><span class='sr-only'>h</span>"
    ).article.text
    assert text.strip() == PROSE[3:-4]


def test_only_the_main_part_is_the_article() -> None:
    reading = page(
        f"<div><p>Our team won a prize at the fair in June.</p></div><main><h1>Walks</h1>{PROSE * 3}</main>"
        "<h2>References</h2><ul><li>Roe A. Walks. 2001.</li><li>Poe B. Rests. 2002.</li></ul>"
    )
    kinds = [block.kind for block in reading.article.blocks]
    assert kinds == ["promotion", "title", *["paragraph"] * 3, "heading", "reference list", "reference list"]
    assert reading.article.blocks[0].why == "stands outside the page's main part"


def test_line_breaks_part_paragraphs_only_in_pairs() -> None:
    found = pieces(page("<div>One walk<br>a day.<br> <br>Two walks a day.</div>"))
    assert found == [("paragraph", "One walk\na day."), ("paragraph", "Two walks a day.")]


LISTS = {
    "MediaWiki": (
        '<p>It bends.<sup class="reference"><a href="#cite_note-a-1">[1]</a></sup></p>'
        '<div class="mw-heading"><h2>References</h2><span class="mw-editsection">[<a href="/e">edit</a>]</span></div>'
        '<ol class="references"><li id="cite_note-a-1"><span class="mw-cite-backlink">^ <a href="#x"><b>a</b></a> '
        '<a href="#y"><b>b</b></a></span> <cite id="Roe">Roe A. Knees. 2001.</cite></li></ol>',
        [("[1]", ("cite_note-a-1",))],
        [("cite_note-a-1", "1", "Roe A. Knees. 2001.")],
    ),
    "pandoc": (
        '<p>Big <span class="citation" data-cites="roe poe">[<a href="#ref-roe">1</a>,<a href="#ref-poe">2</a>]</span>'
        '<div id="refs" class="references csl-bib-body" role="list"><div id="ref-roe" class="csl-entry">'
        '<div class="csl-left-margin">1. </div><div class="csl-right-inline">Roe A. Knees. 2001.</div></div>'
        '<div id="ref-poe" class="csl-entry"><div>2. </div><div>Poe B. Hips. 2002.</div></div></div>',
        [("[1,2]", ("ref-roe", "ref-poe"))],
        [("ref-roe", "1", "Roe A. Knees. 2001."), ("ref-poe", "2", "Poe B. Hips. 2002.")],
    ),
    "footnotes": (
        '<p>Warm.<a href="#fn1" role="doc-noteref"><sup>1</sup></a> Wet.<a href="#fn2"><sup>2</sup></a></p>'
        '<section role="doc-endnotes"><ol><li id="fn1"><p>Roe A. Tea. 2001. <a href="#r1" role="doc-backlink">↩︎</a></p>'
        '</li><li id="fn2"><p>Unless it is spilled. <a href="#r2" role="doc-backlink">↩︎</a></p></li></ol></section>',
        [("¹", ("fn1",))],
        [("fn1", "1", "Roe A. Tea. 2001.")],
    ),
    "ids within": (
        '<p>Mice run<sup><a href="https://j.example/mice#CR1">1</a>,<a href="mice#CR2">2</a></sup>.</p><div id="Bib">'
        '<h2>References</h2><div id="Bib-content"><div><ol><li><p id="CR1">Roe A. Mice. 2001.</p><p><a href="http'
        's://doi.org/10.5555/m">Article</a> <a href="https://s.example">Google Scholar</a></p></li>'
        '<li><a name="CR2"></a>Poe B. Rats. 2002.</li></ol></div></div></div>',
        [("¹", ("CR1",)), ("²", ("CR2",))],
        [("CR1", "1", "Roe A. Mice. 2001."), ("CR2", "2", "Poe B. Rats. 2002.")],
    ),
    "marks before": (
        '<p>Tea (<a href="#b2">Poe 2002</a>).</p><h3>Literature cited</h3><p><a id="b1"></a>Roe A. Tea. 2001.</p>'
        '<p><a id="b2"></a>Poe B. Tea. 2002.</p><h3>Appendix</h3><p>More on tea.</p>',
        [("Poe 2002", ("b2",))],
        [("ref-1", "", "Roe A. Tea. 2001."), ("b2", "", "Poe B. Tea. 2002.")],
    ),
    "no ids": (
        "<p>Tea [2].</p><p><b>References</b></p><ol start='2'><li>Roe A. Tea. 2001.</li><li>(2002). Tea.</li></ol>",
        [],
        [("ref-1", "2", "Roe A. Tea. 2001."), ("ref-2", "3", "(2002). Tea.")],
    ),
    "a table": (
        "<p>Tea [2].</p><h2>Quellen</h2><table><tr><td>[1]</td><td>Roe A. Tee. 2001.</td></tr><tr id='k'><td>[2]</td>"
        "<td>Poe B. Tee. 2002.</td></tr></table>",
        [],
        [("ref-1", "1", "Roe A. Tee. 2001."), ("k", "2", "Poe B. Tee. 2002.")],
    ),
    "by style alone": (
        '<p>Hot <cite>[<a href="#bib.1">1</a>]</cite>.</p><section class="ltx_bibliography"><h2>References</h2><ul>'
        '<li id="bib.1"><span>[1]</span><span>A. Roe.</span><span>Tea. </span>2001.</li></ul></section>',
        [("1", ("bib.1",))],
        [("bib.1", "1", "A. Roe. Tea. 2001.")],
    ),
}


@pytest.mark.parametrize("form", LISTS)
def test_lists_in_the_forms_that_programs_write(form: str) -> None:
    body, anchors, entries = LISTS[form]
    reading = page(body, '<link rel="canonical" href="https://j.example/mice">')
    assert anchored(reading) == anchors
    assert [(one.id, one.label, one.text) for one in reading.entries] == entries


def test_entries_that_markup_does_not_divide_are_left_to_their_words() -> None:
    reading = page(
        f"{PROSE}<h2>References</h2><p>1. Roe A. Tea. J Tea 2001;1:1-2.<br>2. Poe B. Tea. J Tea 2002;3:4-5.<br>"
        "3. Low C. Tea. J Tea 2003;6:7.</p>"
    )
    assert reading.entries == ()
    assert [one.year for one in gather_references(reading, None).references] == ["2001", "2002", "2003"]


def test_links_to_the_site_itself_and_to_figures_cite_nothing() -> None:
    reading = page(
        '<p>See <a href="/a">a page</a>, <a href="https://www.own.example/b">another</a>, <a href="#f">1</a>, '
        '<a href="mailto:a@own.example">write</a> or <a href="https://pubmed.ncbi.nlm.nih.gov/123456">Roe</a>.</p>'
        '<figure id="f"><figcaption>Tea in 2001.</figcaption></figure>',
        '<link rel="canonical" href="https://own.example/x">',
    )
    assert reading.anchors == ()
    assert [(one.pmid, one.url) for one in reading.links] == [("123456", None)]


DATES = [
    (
        '<meta name="citation_publication_date" content="2019/05/03"><meta name="dc.date" content="2001">',
        "",
        "2019-05-03",
    ),
    ('<meta property="article:published_time" content="2020-02-01T10:00:00Z">', "", "2020-02-01"),
    ('<script type="application/ld+json">[{"@type":"Article","datePublished":"2021-03"}]</script>', "", "2021-03"),
    ('<script type="application/ld+json">{"datePublished": [[[</script>', "", None),
    ("", '<span itemprop="datePublished" content="2018-01-02">2 January</span>', "2018-01-02"),
    ("", "<header><p>By Roe, <time>3 May 2017</time></p></header>", "2017-05-03"),
    ("", "<p>It began <time>3 May 1917</time>, they say.</p>", None),
]


@pytest.mark.parametrize(("head", "body", "date"), DATES)
def test_the_date_is_read_where_it_is_given(head: str, body: str, date: str | None) -> None:
    assert page(body + PROSE, head).article.date == date


ENCODED = [
    ("<p>Caf\u00e9 noir is a drink.</p>".encode(), "Café noir is a drink."),
    ("<meta charset=latin1><p>Caf\u00e9 noir.</p>".encode("latin-1"), "Café noir."),
    ("<p>“Caf\u00e9”</p>".encode("cp1252"), "“Café”"),
    ("<meta charset='koi8-r'><p>Чай горячий.</p>".encode("koi8-r"), "Чай горячий."),
    ("<p>Caf\u00e9 noir.</p>".encode("utf-16"), "Café noir."),
    (b"\xef\xbb\xbf<p>Tea\xff is hot.</p>", "Tea\N{REPLACEMENT CHARACTER} is hot."),
]


@pytest.mark.parametrize(("data", "text"), ENCODED)
def test_encodings(data: bytes, text: str) -> None:
    assert read(data, "page.html").article.text.strip() == text


BAD = [
    (b"", "is empty"),
    (PROSE.encode() + b"<div>" * 100_000 + b"deep", "is nested too deep"),
    (PROSE.encode() + b"<b>x" * 100_000, "is nested too deep"),
    (b"<p>a\0b</p>", "is a binary file"),
    ("<p>Tea is hot.</p>".encode("utf-16-le"), "is a binary file"),
    (b"<i></i>" * 300_000, "has more than 400,000 tags"),
]


@pytest.mark.parametrize(("data", "problem"), BAD, ids=[problem for _, problem in BAD])
def test_what_cannot_be_read_is_told_in_one_line(data: bytes, problem: str) -> None:
    with pytest.raises(ArticleError, match=f"page.html: {problem}") as raised:
        read_bytes(data, "page.html")
    assert "\n" not in str(raised.value)


def test_entities_that_multiply_are_not_expanded() -> None:
    bomb = "".join(f'<!ENTITY a{n + 1} "&a{n};&a{n};">' for n in range(40))
    data = f'<!DOCTYPE html [<!ENTITY a0 "tea">{bomb}]><p>Tea &a40; is hot.</p>'.encode()
    assert len(read(data, "page.html").article.text) < 100


def test_a_deep_page_that_can_be_read_is_read() -> None:
    reading = page("<div>" * 1500 + PROSE)
    assert pieces(reading) == [("paragraph", PROSE[3:-4])]
    assert len(reading.article.blocks[0].place) < 500


TAGS = st.sampled_from(
    "p div ul ol li dl dt dd table tr td h1 h2 section article main footer sup a span br pre q blockquote figure b cite"
    " script form nav em".split()
)
ATTRIBUTES = st.sampled_from(
    [
        "",
        ' id="r1"',
        ' href="#r1"',
        ' class="references"',
        ' class="comments"',
        " hidden",
        ' data-cites="r1 x"',
        " 1=2 <",
    ]
)
WORDS = st.sampled_from(
    ["", "References", "1", "Roe A. Tea. 2001.", "Tea is hot.\n", "&nbsp;", "&#0;", "<!--", "10.5555/a"]
)


@given(st.lists(st.tuples(st.booleans(), TAGS, ATTRIBUTES, WORDS), max_size=60))
@settings(deadline=None)
def test_any_markup_gives_a_reading_that_holds_together(steps: list[tuple[bool, str, str, str]]) -> None:
    markup = "".join(f"<{tag}{more}>{words}" if opens else f"</{tag}>{words}" for opens, tag, more, words in steps)
    try:
        reading = read(markup.encode() or b" <p>", "page.html")
    except ArticleError:
        return
    text, ends = reading.article.text, 0
    for block in reading.article.blocks:
        assert ends <= block.start < block.end <= len(text)
        assert block.line >= 1 and block.place
        ends = block.end
    names = {one.id for one in reading.entries} | {"r1", "x"}
    assert all(text[one.start : one.end].strip() and set(one.targets) <= names for one in reading.anchors)
    assert len({one.id for one in reading.entries}) == len(reading.entries)
    assert set(reading.aliases.values()) <= {one.id for one in reading.entries}


@given(st.binary(max_size=300))
@settings(deadline=None)
def test_any_bytes_give_a_reading_or_one_clear_line(data: bytes) -> None:
    try:
        read_bytes(data, "page.html")
    except ArticleError as error:
        assert "\n" not in str(error)


@pytest.mark.parametrize(("name", "links"), [("deep-review", 844), ("meta-review", 116)])
def test_each_link_to_the_reference_list_is_a_citation_of_that_entry(shared: Path, name: str, links: int) -> None:
    path = shared / "data" / "manuscripts" / name / "index.html"
    reading = read_file(path, "index.html")
    written = re.findall(r'href="#(ref-[^"]+)"', path.read_text("utf-8"))
    assert len(written) == links
    assert Counter(target for anchor in reading.anchors for target in anchor.targets) == Counter(written)
    assert set(written) <= {entry.id for entry in reading.entries}


def test_deep_review_links_every_citation(shared: Path) -> None:
    folder = shared / "data" / "manuscripts" / "deep-review"
    reading = read_file(folder / "index.html", "index.html")
    starts = {anchor.start for anchor in reading.anchors}
    found = [name for one in cited(reading) if one.start in starts for name in one.references]
    assert found == [target for anchor in reading.anchors for target in anchor.targets]
    keys = {line.split("\t")[3] for line in (folder / "citations.tsv").read_text("utf-8").splitlines()[1:]}
    assert {name.removeprefix("ref-") for name in found} <= keys
    assert len(found) == 844
