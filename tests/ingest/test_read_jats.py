"""JATS: what its elements become, which references its ``xref`` name, and which XML is refused in one line."""

from __future__ import annotations

import os
import subprocess
import sys
import textwrap
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.bibliography import gather_references
from ingest.citations import find_citations
from ingest.read import read_bytes
from ingest.reading import Reading
from kb.errors import ArticleError
from kb.model import AUDITED, Block

SAMPLE = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE article PUBLIC "-//NLM//DTD JATS (Z39.96) Journal Publishing DTD v1.2 20190208//EN" "JATS-journal.dtd">
<article xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:mml="http://www.w3.org/1998/Math/MathML" xml:lang="en">
<front><journal-meta><journal-title>Knee Journal</journal-title></journal-meta><article-meta>
<article-id pub-id-type="doi">10.5555/knee.1</article-id>
<title-group><article-title>Why <italic>knees</italic> creak<xref ref-type="fn" rid="fn1">*</xref></article-title>
<subtitle>A review</subtitle></title-group>
<contrib-group><contrib><name><surname>Roe</surname><given-names>Jane</given-names></name></contrib>
<contrib contrib-type="author"><collab>The Knee Group</collab></contrib>
<contrib contrib-type="editor"><name><surname>Poe</surname><given-names>E</given-names></name></contrib></contrib-group>
<author-notes><fn id="an1"><p>Both authors like stairs.</p></fn></author-notes>
<pub-date pub-type="ppub"><month>6</month><year>2020</year></pub-date>
<pub-date pub-type="epub"><day>3</day><month>4</month><year>2020</year></pub-date>
<abstract><p>Most creaking is harmless.</p></abstract>
<permissions><license><p>Free to all.</p></license></permissions>
</article-meta></front>
<body>
<sec id="s1"><label>1</label><title>Background</title>
<p>Gas&nbsp;makes 10<sup>6</sup> bubbles [<xref ref-type="bibr" rid="r1">1</xref>,
<xref ref-type="bibr" rid="r3">3</xref>&ndash;<xref ref-type="bibr" rid="r5">5</xref>].
It has causes:<list><list-item><p>age, as Roe said <sup><xref rid="r2">2</xref></sup></p></list-item>
<list-item><p>weight</p></list-item></list> and others.<fn id="fn1"><p>A remark.</p></fn></p>
<p>Pressure is <disp-formula id="e1"><label>(1)</label><alternatives><graphic xlink:href="e1.gif"/>
<mml:math><mml:mi>p</mml:mi><mml:mo>=</mml:mo><mml:msup><mml:mi>x</mml:mi><mml:mn>2</mml:mn></mml:msup></mml:math></alternatives></disp-formula>
where x is the load<!-- a comment -->.<fig id="f1"><label>Figure 1</label><caption><title>A knee</title>
<p>Drawn after Poe [<xref ref-type="bibr" rid="r4 r9">4</xref>].</p></caption><graphic/></fig></p>
<disp-quote><p>My knee sings.</p></disp-quote>
<sec id="s1a"><title>Tables</title><table-wrap><caption><p>Counts of knees.</p></caption><table><thead><tr><th>Who</th>
<th>n</th></tr></thead><tbody><tr><td>Roe</td><td>2</td></tr></tbody></table>
<table-wrap-foot><fn><p>Two each.</p></fn></table-wrap-foot></table-wrap></sec>
</sec>
<sec><title>Competing interests</title><p>None are declared.</p></sec>
</body>
<back><ack><title>Thanks</title><p>We thank the stairs.</p></ack>
<ref-list><title>References</title>
<ref id="r1"><label>1.</label><element-citation publication-type="journal"><person-group person-group-type="author">
<name><surname>Roe</surname><given-names>J</given-names></name><name><surname>Poe</surname><given-names>E</given-names></name>
</person-group><year>2010</year><article-title>Bubbles in joints</article-title><source>Knee J</source>
<volume>3</volume><issue>2</issue><fpage>1</fpage><lpage>9</lpage><pub-id pub-id-type="doi">10.5555/BUB</pub-id>
<pub-id pub-id-type="pmid">123456</pub-id></element-citation></ref>
<ref id="r2"><label>2</label><mixed-citation publication-type="book"><string-name><surname>Loe</surname>,
<given-names>A</given-names></string-name> (<year>1999</year>). <source>All about stairs</source>.
<publisher-name>Step Press</publisher-name>.</mixed-citation></ref>
<ref id="r3"><mixed-citation publication-type="web"><collab>World Stair Board</collab>. Steps. 2015.
<ext-link xlink:href="https://stairs.example/steps">stairs.example</ext-link></mixed-citation></ref>
<ref id="r4"><citation-alternatives><mixed-citation>Noe B. Old. J 2001;1:2.</mixed-citation><element-citation
publication-type="journal"><person-group><name><surname>Noe</surname><given-names>B</given-names></name></person-group>
<article-title>Old</article-title><source>J</source><year>2001</year></element-citation></citation-alternatives></ref>
<ref id="r5"><mixed-citation>Doe C. First. J 2002;1:3.</mixed-citation>
<mixed-citation>Doe C. Second. J 2003;1:4.</mixed-citation></ref>
</ref-list></back>
<sub-article><front-stub/><body><p>The reviewer liked it.</p></body></sub-article>
</article>"""


@pytest.fixture(scope="module")
def sample() -> Reading:
    return read_bytes(SAMPLE.encode(), "knee.nxml")


def words(reading: Reading, block: Block) -> str:
    return reading.article.text[block.start : block.end]


def small(body: str, back: str = "", doctype: str = "") -> bytes:
    return f"{doctype}<article><front/><body>{body}</body><back>{back}</back></article>".encode()


def cited(reading: Reading) -> list[tuple[str, tuple[str, ...], tuple[str, ...]]]:
    gathered = gather_references(reading, None)
    found = find_citations(reading, gathered.references, gathered.aliases)
    return [(one.text, one.references, one.missing) for one in found]


def test_front_of_an_article(sample: Reading) -> None:
    article = sample.article
    assert (article.title, article.date, article.language) == ("Why knees creak: A review", "2020-04-03", "en")


def test_blocks_of_an_article(sample: Reading) -> None:
    assert [(block.kind, words(sample, block)) for block in sample.article.blocks][:24] == [
        ("title", "Why knees creak*"),
        ("title", "A review"),
        ("byline", "Jane Roe, The Knee Group"),
        ("comment", "Both authors like stairs."),
        ("heading", "Abstract"),
        ("paragraph", "Most creaking is harmless."),
        ("heading", "Background"),
        ("paragraph", "Gas\N{NO-BREAK SPACE}makes 10⁶ bubbles [1, 3–5]. It has causes:"),
        ("list item", "age, as Roe said ²"),
        ("list item", "weight"),
        ("paragraph", "and others."),
        ("comment", "A remark."),
        ("paragraph", "Pressure is p=x² where x is the load."),
        ("caption", "A knee"),
        ("caption", "Drawn after Poe [4]."),
        ("quotation", "My knee sings."),
        ("heading", "Tables"),
        ("caption", "Counts of knees."),
        ("table", "Who\tn\nRoe\t2"),
        ("comment", "Two each."),
        ("heading", "Competing interests"),
        ("comment", "None are declared."),
        ("heading", "Thanks"),
        ("comment", "We thank the stairs."),
    ]


def test_every_block_that_is_left_out_says_why_and_every_block_says_where(sample: Reading) -> None:
    for block in sample.article.blocks:
        assert block.place
        assert bool(block.why) == (block.kind not in AUDITED | {"heading", "table"})


@pytest.mark.parametrize(
    ("start", "place", "section", "line"),
    [
        ("Most creaking", "/article/front/article-meta/abstract/p", "Abstract", 14),
        ("Gas", "#s1/p[1]", "Background", 19),
        ("and others", "#s1/p[1]", "Background", 19),
        ("weight", "#s1/p[1]/list/list-item[2]/p", "Background", 22),
        ("Drawn", "#f1/caption/p", "Background", 26),
        ("My knee", "#s1/disp-quote/p", "Background", 27),
        ("Counts", "#s1a/table-wrap/caption/p", "Tables", 28),
        ("None are", "/article/body/sec[2]/p", "Competing interests", 32),
    ],
)
def test_where_a_block_stands(sample: Reading, start: str, place: str, section: str, line: int) -> None:
    block = next(one for one in sample.article.blocks if words(sample, one).startswith(start))
    assert (block.place, block.section, block.line) == (place, section, line)


def test_other_texts_in_the_file_are_left_out(sample: Reading) -> None:
    review = sample.article.blocks[-1]
    assert (words(sample, review), review.kind) == ("The reviewer liked it.", "comment")
    assert "Free to all" not in sample.article.text


def test_each_xref_names_its_references(sample: Reading) -> None:
    assert cited(sample) == [
        ("[1, 3–5]", ("r1", "r3", "r4", "r5", "r5-b"), ()),
        ("²", ("r2",), ()),
        ("[4]", ("r4",), ("r9",)),
    ]


def test_references_have_the_fields_of_their_markup(sample: Reading) -> None:
    first, book, page, both, one, other = sample.entries
    assert first.text == ("Roe J, Poe E (2010). Bubbles in joints. Knee J. 3(2):1-9. doi:10.5555/BUB PMID: 123456")
    assert (first.label, first.authors, first.year, first.title, first.container, first.type) == (
        "1", ("Roe", "Poe"), "2010", "Bubbles in joints", "Knee J", "article",
    )  # fmt: skip
    assert (first.doi, first.pmid) == ("10.5555/bub", "123456")
    assert (book.text, book.title, book.container) == (
        "Loe, A (1999). All about stairs. Step Press.", "All about stairs", "",
    )  # fmt: skip
    assert (page.authors, page.url, page.type) == (("World Stair Board",), "https://stairs.example/steps", "web page")
    assert (both.authors, both.title) == (("Noe",), "Old")
    assert [(entry.id, entry.position) for entry in (one, other)] == [("r5", 5), ("r5-b", 6)]
    for entry in sample.entries:
        assert sample.article.text[entry.start : entry.end] == entry.text


def test_names_and_numbers_stand_apart_where_the_markup_has_nothing_between_them() -> None:
    entry = (
        "<ref-list><ref><mixed-citation><name><surname>Roe</surname><given-names>J</given-names></name><name>"
        "<surname>Poe</surname><given-names>E</given-names></name>. <article-title>Steps</article-title>. <source>Stair"
        " J</source><volume>4</volume>:1. <pub-id pub-id-type='pmid'>77</pub-id></mixed-citation></ref></ref-list>"
    )
    reading = read_bytes(small("<p>Text.</p>", entry), "a.nxml")
    assert [one.text for one in reading.entries] == ["Roe J, Poe E. Steps. Stair J 4:1. PMID: 77"]
    assert [one.id for one in reading.entries] == ["ref1"]


LIST = "".join(
    f"<ref id='r{n}'><mixed-citation>{name} J. On stairs. Knee J. {2000 + n};1:{n}.</mixed-citation></ref>"
    for n, name in enumerate(("Roe", "Poe", "Loe", "Noe", "Doe", "Moe", "Zoe", "Boe"), 1)
)
LIST = f"<ref-list>{LIST}</ref-list>"


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("so <xref rid='r1 r2'>1,2</xref>.", [("1,2", ("r1", "r2"), ())]),
        ("so [<xref rid='r1'>1</xref>]–[<xref rid='r4'>4</xref>].", [("[1]–[4]", ("r1", "r2", "r3", "r4"), ())]),
        ("so <xref rid='r1'>[1]</xref>.", [("[1]", ("r1",), ())]),
        ("so<xref rid='r1'><sup>1</sup></xref>.", [("¹", ("r1",), ())]),
        ("so<sup><xref rid='r2'>2</xref>-<xref rid='r4'>4</xref></sup>.", [("²⁻⁴", ("r2", "r3", "r4"), ())]),
        (
            "so <xref rid='r2'>2</xref>–<xref rid='r3'/><xref rid='r4'>4</xref>.",
            [("2–4", ("r2", "r3", "r4"), ())],
        ),
        ("so (<xref rid='r1'>Roe, 2001</xref>; <xref rid='r2'>Poe, 2002</xref>).",
         [("(Roe, 2001; Poe, 2002)", ("r1", "r2"), ())]),
        ("so [<xref rid='r1'>1</xref>] in Figure <xref ref-type='fig' rid='f1'>2</xref>.", [("[1]", ("r1",), ())]),
        ("so <xref ref-type='bibr' rid='x7'>7</xref>.", [("7", (), ("x7",))]),
        (
            "so [<xref rid='r1'>1</xref>] and trial 17 was [1] or [3] of [77].",
            [("[1]", ("r1",), ()), ("[3]", ("r3",), ())],
        ),
        ("so [<xref rid='r1'>1</xref>] as (Doe, 2005) wrote.", [("[1]", ("r1",), ()), ("(Doe, 2005)", ("r5",), ())]),
        ("so nothing at <ext-link>all</ext-link>.", []),
    ],
)  # fmt: skip
def test_markers(body: str, expected: list[tuple[str, tuple[str, ...], tuple[str, ...]]]) -> None:
    figure = "<fig id='f1'><caption><p>A figure.</p></caption></fig>"
    assert cited(read_bytes(small(f"<p>It is {body}</p>{figure}", LIST), "a.nxml")) == expected


def test_footnotes_hold_the_works_of_an_article_without_a_list() -> None:
    notes = (
        "<fn-group><fn id='n1'><p>Roe J. Steps. J 2001;1:2.</p></fn><fn id='n2'><p>I like stairs.</p></fn></fn-group>"
    )
    body = "<p>So it is.<xref ref-type='fn' rid='n1'>1</xref> Or not.<xref ref-type='fn' rid='n2'>2</xref></p>"
    assert cited(read_bytes(small(body, notes), "a.nxml")) == [("1", ("n1",), ())]


@pytest.mark.parametrize(
    ("open_tag", "close_tag"),
    [
        ("<article xmlns='http://jats.example/ns'>", "</article>"),
        ("<j:set xmlns:j='urn:set'><article>", "</article></j:set>"),
        ("<pmc-articleset><article article-type='letter'>", "</article></pmc-articleset>"),
    ],
)
def test_name_spaces_and_sets_of_articles(open_tag: str, close_tag: str) -> None:
    inner = (
        "<body><sec><title>Steps</title><p>Stairs [<xref rid='r1'>1</xref>].</p></sec></body><back>" + LIST + "</back>"
    )
    assert cited(read_bytes(f"{open_tag}{inner}{close_tag}".encode(), "a.xml")) == [("[1]", ("r1",), ())]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "iso-8859-1", "utf-16", "utf-16-le", "utf-16-be"])
def test_encodings(encoding: str) -> None:
    declared = encoding.removesuffix("-sig")
    text = f"<?xml version='1.0' encoding='{declared}'?><article><body><p>Über&nbsp;Kniee.</p></body></article>"
    reading = read_bytes(text.encode(encoding), "a.nxml")
    assert words(reading, reading.article.blocks[0]) == "Über\N{NO-BREAK SPACE}Kniee."


def test_named_characters_are_read_where_no_declaration_gives_them_another_meaning() -> None:
    body = "<p>a &mdash; b &lt; &alpha; &amp;nbsp; <![CDATA[&mdash;]]></p>"
    reading = read_bytes(small(body), "a.nxml")
    assert words(reading, reading.article.blocks[0]) == "a — b < α &nbsp; &mdash;"
    with pytest.raises(ArticleError, match="uses the entity &mdash;"):
        read_bytes(small(body, doctype="<!DOCTYPE article [<!ENTITY mdash 'evil'>]>"), "a.nxml")


def test_declarations_that_nothing_uses_do_no_harm() -> None:
    doctype = "<!DOCTYPE article PUBLIC '-//NLM//DTD' 'x.dtd' [<!ENTITY f1 SYSTEM 'f1.tif' NDATA tif>]>"
    assert read_bytes(small("<p>Text.</p>", doctype=doctype), "a.nxml").article.text.strip() == "Text."


def test_a_date_in_words_and_a_date_that_is_none() -> None:
    def dated(inner: str) -> str | None:
        text = f"<article><front><article-meta>{inner}</article-meta></front><body><p>Text.</p></body></article>"
        return read_bytes(text.encode(), "a.nxml").article.date

    assert dated("<pub-date pub-type='collection'><month>March</month><year>2019</year></pub-date>") == "2019-03"
    assert dated("<pub-date date-type='pub' iso-8601-date='2018-02-01'/>") == "2018-02-01"
    assert dated("<pub-date pub-type='pmc-release'><year>2021</year></pub-date>") is None
    assert dated("<pub-date pub-type='epub'><day>99</day><month>4</month><year>2020</year></pub-date>") == "2020"
    assert dated("<pub-date pub-type='epub'><year>soon</year></pub-date>") is None


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"<html><body><p>A page.</p></body></html>", "is XML of another kind, <html>"),
        (b"<article><title>DocBook</title><para>Text.</para></article>", "is XML of another kind, <article>"),
        (b"<article><body><p>Text.</body></article>", r"a\.xml:1: is not well-formed XML"),
        (b"\n\n<article>\xff</article>", r"a\.xml:3: is not well-formed XML"),
        (b"just words", "is not well-formed XML"),
        (b" \n ", "is empty"),
        (b"<article><body/></article>", "holds no paragraph of text"),
        (b"\xff\xfe<\x00a\x00", "is not well-formed XML"),
        (b"\xff\xfe<\x00a\x00>", "is not valid UTF-16"),
        (b"<a>" * 100_000, "is nested too deep"),
        (b"<article><body>" + b"<p/>" * 1_000_000 + b"</body></article>", "has more elements than are read"),
        (b"<article><body>&what;</body></article>", "Entity 'what' not defined"),
        (
            b"<article><body/><back><ref>" + b"<citation/>" * 20_001 + b"</ref></back></article>",
            "has more than the 20000 references",
        ),
    ],
)
def test_what_is_refused_in_one_line(data: bytes, said: str) -> None:
    with pytest.raises(ArticleError, match=said) as caught:
        read_bytes(data, "a.xml")
    assert str(caught.value).startswith("a.xml") and "\n" not in str(caught.value)


def lol(start: str, sign: str) -> str:
    return f"<!ENTITY {sign}l0 '{start}'>" + "".join(
        f"<!ENTITY {sign}l{n} '{f'&#37;l{n - 1};' * 10 if sign else f'&l{n - 1};' * 10}'>" for n in range(1, 12)
    )


BOMBS = {
    "external entity": ("<!ENTITY x SYSTEM '{secret}'>", "<p>&x;</p>"),
    "external entity in an attribute": ("<!ENTITY x SYSTEM '{secret}'>", "<p id='&x;'>Text.</p>"),
    "external declarations": ("<!ENTITY % x SYSTEM '{secret}'> %x;", "<p>&stolen;</p>"),
    "exponential": (lol("ha", ""), "<p>&l11;</p>"),
    "exponential in an attribute": (lol("ha", ""), "<p id='&l11;'>Text.</p>"),
    "exponential declarations": (lol("ha", "% ") + "%l11;", "<p>Text.</p>"),
    "quadratic": ("<!ENTITY q '" + "a" * 100_000 + "'>", "<p id='" + "&q;" * 50_000 + "'>Text.</p>"),
    "loop": ("<!ENTITY b '&c;'><!ENTITY c '&b;'>", "<p>&b;</p>"),
}
READ = textwrap.dedent(
    """
    import sys
    from pathlib import Path
    from ingest.read import read_bytes
    from kb.errors import ArticleError
    from tests.peak import peak_kilobytes
    try:
        print(read_bytes(Path(sys.argv[1]).read_bytes(), "a.nxml").article.text)
    except ArticleError as error:
        print(error)
    print(peak_kilobytes())
    """
)


def read_alone(data: bytes, folder: Path) -> tuple[str, int]:
    """What reading says in a process of its own, and the most memory (kB) that it took."""
    file = folder / "article.nxml"
    file.write_bytes(data)
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    done = subprocess.run(
        [sys.executable, "-c", READ, str(file)],
        capture_output=True,
        text=True,
        timeout=120,
        env=environment,
        check=True,
    )
    *said, memory = done.stdout.splitlines()
    return "\n".join(said), int(memory)


@pytest.mark.parametrize("bomb", BOMBS)
def test_entities_draw_in_no_file_and_fill_no_memory(bomb: str, tmp_path: Path) -> None:
    secret = tmp_path / "secret.dtd"
    secret.write_text("<!ENTITY stolen 'SECRET'>")
    declared, body = BOMBS[bomb]
    doctype = f"<!DOCTYPE article [{declared.replace('{secret}', secret.as_uri())}]>"
    said, memory = read_alone(small(body, doctype=doctype), tmp_path)
    assert said.startswith("a.nxml:1: ") and "\n" not in said
    assert "SECRET" not in said
    assert memory < 300_000


@pytest.mark.parametrize(
    "body",
    [
        "<sec>" * 240 + "<p>a</p>" * 370_000 + "</sec>" * 240,
        "<p>" + "<xref rid='r1'/>" * 200_000 + "</p>",
        "<p>" + "<sup><xref rid='r1'>" * 100 + "<i>1</i>" * 100_000 + "</xref></sup>" * 100 + "</p>",
        "<p>" + "&nbsp;" * 1_500_000 + "</p>",
        "<p>" + "&what;" * 1_500_000 + "</p>",
    ],
    ids=["many and deep", "empty citations", "nested citations", "named characters", "unknown characters"],
)
def test_memory_is_bounded(body: str, tmp_path: Path) -> None:
    _, memory = read_alone(small(body, LIST), tmp_path)
    assert memory < 300_000


@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    with suppress(ArticleError):
        read_bytes(data, "a.nxml")


TAGS = st.sampled_from(
    """
    p sec title xref sup list list-item fn fig caption table tr td ref-list ref mixed-citation element-citation name
    surname article-title abstract alternatives tex-math disp-formula contrib-group contrib sub-article back body ack
    """.split()
)


@st.composite
def elements(draw: st.DrawFn) -> str:
    """A piece of XML whose elements stand in any order."""
    inner = draw(st.lists(st.text("ab .,;[]()–1²\n", max_size=8) | st.just("<!-- x -->"), max_size=3))
    for _ in range(draw(st.integers(0, 8))):
        tag = draw(TAGS)
        attributes = draw(st.sampled_from(["", " id='r1'", " rid='r1'", " rid='r1 r2' ref-type='bibr'"]))
        inner = [f"<{tag}{attributes}>{''.join(inner)}</{tag}>", draw(st.text("ab1–", max_size=3))]
    return "".join(inner)


@given(st.lists(elements(), max_size=6))
def test_elements_in_any_order_are_read_or_refused(pieces: list[str]) -> None:
    data = f"<article><front><article-meta>{pieces[:1]}</article-meta></front><body>{''.join(pieces)}</body></article>"
    try:
        reading = read_bytes(data.encode(), "a.nxml")
    except ArticleError:
        return
    ends = [0]
    for block in reading.article.blocks:
        assert ends[-1] <= block.start < block.end
        ends.append(block.end)
    for _, references, missing in cited(reading):
        assert references or missing


@given(st.integers(0, len(SAMPLE) - 1), st.sampled_from(["", "<", ">", "&", "<p>", "</p>", "\0", "é", "]]>", "<!--"]))
def test_a_damaged_article_is_read_or_refused(at: int, put: str) -> None:
    with suppress(ArticleError):
        read_bytes((SAMPLE[:at] + put + SAMPLE[at + 1 :]).encode(), "a.nxml")


def test_publishers_notices_are_read(shared: Path) -> None:
    notices = sorted((shared / "data/retraction/jats-notices").iterdir())
    assert notices
    for notice in notices:
        article = read_bytes(notice.read_bytes(), notice.name).article
        assert article.title and article.date
