"""Word files: what becomes of paragraphs, marks and fields, and which files are refused in one line."""

from __future__ import annotations

import difflib
import io
import json
import re
import struct
import subprocess
import sys
import zipfile
import zlib
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ingest.bibliography import gather_references
from ingest.citations import find_citations
from ingest.read.word import read
from ingest.reading import Reading
from kb.errors import ArticleError
from kb.model import Block
from tests.word_files import (
    bookmark,
    core,
    docx,
    field,
    instruction,
    link,
    mark,
    notes,
    packed,
    par,
    raised,
    relations,
    run,
    styles,
    zipped,
)

PROJECT = Path(__file__).resolve().parents[2]
NAME = "knees.docx"
CREAK = "Knees creak in most people over forty, and the noise alone means little for the joint."
SWELL = "A knee that swells after a fall should be looked at by somebody within a day or two."


def text_of(reading: Reading, block: Block) -> str:
    return reading.article.text[block.start : block.end]


def blocks(reading: Reading) -> list[tuple[str, str]]:
    return [(block.kind, text_of(reading, block)) for block in reading.article.blocks]


def first(data: bytes) -> str:
    return blocks(read(data, NAME))[0][1]


def anchored(reading: Reading) -> list[tuple[str, tuple[str, ...]]]:
    """The passages that are tied to references, and the ids."""
    return [(reading.article.text[one.start : one.end], one.targets) for one in reading.anchors]


def cited(data: bytes) -> list[tuple[str, list[str]]]:
    """The markers and the DOIs, or else titles, of the works that they lead to, by the whole way of an audit."""
    reading = read(data, NAME)
    gathered = gather_references(reading, None)
    works = {one.id: one.doi or one.title for one in gathered.references}
    return [
        (one.text, [works[name] for name in one.references])
        for one in find_citations(reading, gathered.references, gathered.aliases)
    ]


RUNS = {
    "runs are one text": (par("Knees ", run("cre", "<w:b/>"), "ak."), "Knees creak."),
    "a tab and a line break": (
        par("One", "<w:r><w:tab/></w:r>", "two", "<w:r><w:br/></w:r>", "three"),
        "One two\nthree",
    ),
    "a page break": (par("One", '<w:r><w:br w:type="page"/></w:r>', "two"), "One two"),
    "hyphens": (par("non", "<w:r><w:noBreakHyphen/></w:r>", "opi", "<w:r><w:softHyphen/></w:r>", "oid"), "non-opioid"),
    "a symbol": (par("TNF-", '<w:r><w:sym w:font="Symbol" w:char="F061"/></w:r>', " rose"), "TNF-α rose"),
    "characters of the font Symbol": (par("p \uf0a3 0.05"), "p ≤ 0.05"),
    "a picture of Wingdings": (par("Go", '<w:r><w:sym w:font="Wingdings" w:char="F0E0"/></w:r>', " on"), "Go on"),
    "what is inserted": (par("Knees ", f"<w:ins>{run('often ')}</w:ins>", "creak."), "Knees often creak."),
    "what is deleted": (
        par("Knees ", "<w:del><w:r><w:delText>never </w:delText></w:r></w:del>", "creak."),
        "Knees creak.",
    ),
    "what is moved": (par(f"<w:moveFrom>{run('Old. ')}</w:moveFrom>", f"<w:moveTo>{run('New. ')}</w:moveTo>"), "New."),
    "hidden text": (par("Knees ", run("secretly ", "<w:vanish/>"), "creak."), "Knees creak."),
    "hidden, switched off": (par("Knees ", run("do ", '<w:vanish w:val="0"/>'), "creak."), "Knees do creak."),
    "a comment's mark": (par("Knees ", '<w:r><w:commentReference w:id="1"/></w:r>', "creak."), "Knees creak."),
    "a smart tag in a control": (
        par("In ", f"<w:sdt><w:sdtContent><w:smartTag>{run('Bern')}</w:smartTag></w:sdtContent></w:sdt>", "."),
        "In Bern.",
    ),
    "a placeholder": (
        par(
            "Knees.", f"<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{run('Click')}</w:sdtContent></w:sdt>"
        ),
        "Knees.",
    ),
    "ruby": (
        par(f"<w:r><w:ruby><w:rt>{run('ひざ')}</w:rt><w:rubyBase>{run('膝')}</w:rubyBase></w:ruby></w:r>"),
        "膝",
    ),
    "an exponent": (par("About 10", raised("6"), " cells"), "About 10⁶ cells"),
    "an exponent in two runs": (par("About 10", raised("-"), raised("6"), " cells"), "About 10⁻⁶ cells"),
    "raised by hand": (par("About 10", run("6", '<w:position w:val="6"/>'), " cells"), "About 10⁶ cells"),
    "a subscript": (par("H", run("2", '<w:vertAlign w:val="subscript"/>'), "O"), "H2O"),
    "a formula": (
        par(
            "<m:oMath><m:sSup><m:e><m:r><m:t>x</m:t></m:r></m:e><m:sup><m:r><m:t>2</m:t></m:r></m:sup></m:sSup>"
            "<m:f><m:num><m:r><m:t>1</m:t></m:r></m:num><m:den><m:r><m:t>3</m:t></m:r></m:den></m:f></m:oMath>"
        ),
        "x²1/3",
    ),
    "a field's result": (par("Table ", field(" SEQ Table ", "3"), "."), "Table 3."),
    "a simple field": (par("Page ", f'<w:fldSimple w:instr=" PAGE ">{run("9")}</w:fldSimple>', "."), "Page 9."),
    "a field in an instruction": (
        par("A", mark("begin"), instruction(" IF "), field(" PAGE ", "7"), mark("separate"), run("b"), mark("end")),
        "Ab",
    ),
    "a field that never ends": (par("A", mark("begin"), instruction(" PAGE ")) + par("goes on."), "A"),
    "the alternative of a text box": (
        par(
            "Knees.",
            "<w:r><mc:AlternateContent>"
            f'<mc:Choice Requires="wps"><w:drawing><w:txbxContent>{par("A box.")}</w:txbxContent></w:drawing></mc:Choice>'
            f"<mc:Fallback><w:pict><w:txbxContent>{par('A box.')}</w:txbxContent></w:pict></mc:Fallback>"
            "</mc:AlternateContent></w:r>",
        ),
        "Knees.",
    ),
}


@pytest.mark.parametrize("name", RUNS)
def test_text(name: str) -> None:
    content, expected = RUNS[name]
    assert first(docx(content)) == expected


def test_superscripts_are_told() -> None:
    reading = read(docx(par("Knees creak.", raised("1"), raised(","), raised("3"), " Really.")), NAME)
    assert [reading.article.text[one.start : one.end] for one in reading.raised] == ["¹,³"]


def test_superscripts_and_hidden_text_by_style() -> None:
    named = styles(
        "Up|Up|<w:rPr><w:vertAlign w:val='superscript'/></w:rPr>",
        "Upper|Upper|<w:basedOn w:val='Up'/>",
        "Off|Off|<w:rPr><w:vanish/></w:rPr>",
    )
    content = par("Knees creak.", run("2", '<w:rStyle w:val="Upper"/>'), run(" No.", '<w:rStyle w:val="Off"/>'))
    reading = read(docx(content, parts={"styles": named}), NAME)
    assert blocks(reading) == [("paragraph", "Knees creak.²")]
    assert len(reading.raised) == 1


def test_paragraphs_by_number() -> None:
    """Empty paragraphs and those in tables count; a text box has the number of its paragraph."""
    cell = "<w:tc>{}</w:tc>"
    table = f"<w:tbl><w:tr>{cell.format(par('Age'))}{cell.format(par('Noise'))}</w:tr></w:tbl>"
    box = f"<w:r><w:pict><w:txbxContent>{par('In a box stands this sentence.')}</w:txbxContent></w:pict></w:r>"
    reading = read(docx(par(CREAK), par(), table, par(SWELL, box), par("Then rest it.")), NAME)
    assert [(block.line, block.place, block.kind, text_of(reading, block)) for block in reading.article.blocks] == [
        (1, "paragraph 1", "paragraph", CREAK),
        (3, "paragraph 3", "table", "Age\tNoise"),
        (5, "paragraph 5", "paragraph", SWELL),
        (5, "paragraph 5", "paragraph", "In a box stands this sentence."),
        (6, "paragraph 6", "paragraph", "Then rest it."),
    ]


def test_a_deleted_mark_joins_paragraphs() -> None:
    gone = par("Knees creak ", properties="<w:rPr><w:del/></w:rPr>")
    assert blocks(read(docx(gone, par("in the morning.")), NAME)) == [("paragraph", "Knees creak in the morning.")]


def test_tables() -> None:
    def row(*cells: str) -> str:
        return "<w:tr>" + "".join(f"<w:tc>{cell}</w:tc>" for cell in cells) + "</w:tr>"

    gone = "<w:tr><w:trPr><w:del/></w:trPr><w:tc><w:p/></w:tc></w:tr>"
    table = "<w:tbl>" + row(par("Age"), par("Knees") + par("Hips")) + row(par("40"), "<w:p/>") + gone + "</w:tbl>"
    frame = "<w:tbl>" + row(par(CREAK) + par(SWELL)) + "</w:tbl>"
    found = blocks(read(docx(table, frame), NAME))
    assert found == [("table", "Age\tKnees Hips\n40"), ("paragraph", CREAK), ("paragraph", SWELL)]


STYLES = styles(
    "Titel|Title|",
    "berschrift2|heading 2|",
    "Mine|My head|<w:pPr><w:outlineLvl w:val='2'/></w:pPr>",
    "TOCHead|TOC Heading|<w:basedOn w:val='berschrift2'/><w:pPr><w:outlineLvl w:val='9'/></w:pPr>",
    "Sub|Subtitle|<w:basedOn w:val='Titel'/>",
    "Zitat|Quote|",
    "Under|Image Caption|",
    "Bullets|List Bullet|",
    "Numbers|Any|<w:pPr><w:numPr><w:numId w:val='4'/></w:numPr></w:pPr>",
    "EN|EndNote Bibliography|",
)
KINDS = [
    ("Titel", "Knees That Creak", "title"),
    ("Sub", "A short look", "title"),
    ("berschrift2", "Why they creak", "heading"),
    ("Mine", "Deeper down", "heading"),
    ("TOCHead", "What is inside", "front matter"),
    ("", CREAK, "paragraph"),
    ("Zitat", "It sounds like gravel, he said.", "quotation"),
    ("Under", "Figure 1. A knee that creaks.", "caption"),
    ("Bullets", "Rest it for a day.", "list item"),
    ("Numbers", "Cool it for an hour.", "list item"),
    ("EN", "Roe J. Creaking. 2010.", "reference list"),
]


def test_kinds_by_style() -> None:
    content = [par(text, style=style) for style, text, _ in KINDS]
    reading = read(docx(*content, parts={"styles": STYLES}), NAME)
    assert blocks(reading) == [(kind, text) for _, text, kind in KINDS]
    assert reading.article.title == "Knees That Creak"


@pytest.mark.parametrize("style", ["Heading2", "berschrift2", "Titre2", "Ttulo2", "Titolo2", "Kop2"])
def test_headings_by_the_id_of_their_style(style: str) -> None:
    """As where the part with the styles is missing."""
    reading = read(docx(par(CREAK), par("The joint itself", style=style), par(SWELL)), NAME)
    assert blocks(reading)[1] == ("heading", "The joint itself")
    assert reading.article.blocks[2].section == "The joint itself"


def test_headings_by_hand() -> None:
    """A short line in bold; what is set in bold inside a paragraph is none."""
    content = [par(CREAK), par(run("Treatment at home", "<w:b/>")), par(run("Rest", "<w:b/>"), " is the first step.")]
    assert [kind for kind, _ in blocks(read(docx(*content), NAME))] == ["paragraph", "heading", "paragraph"]


def test_a_table_of_contents_is_left_out() -> None:
    contents = par(mark("begin"), instruction(r' TOC \o "1-3" '), mark("separate"), "Why they creak 1")
    contents += par("What helps 2") + par(mark("end"))
    found = read(docx(contents, par(CREAK)), NAME).article.blocks
    assert [block.kind for block in found] == ["front matter", "front matter", "paragraph"]
    assert found[0].why == "stands in the table of contents"


PROPERTIES: list[tuple[dict[str, str], str | None]] = [
    ({"created": "2024-03-05T10:00:00Z", "modified": "2024-03-05T18:00:00Z"}, "2024-03-05"),
    ({"created": "2024-03-05T10:00:00Z", "modified": "2024-03-20T18:00:00Z"}, "2024-03"),
    ({"created": "2024-03-05T10:00:00Z", "modified": "2024-11-20T18:00:00Z"}, "2024"),
    ({"created": "2019-03-05T10:00:00Z", "modified": "2024-03-05T18:00:00Z"}, None),
    ({"created": "2024-03-05T10:00:00Z"}, None),
    ({"created": "2013-12-23", "modified": "2013-12-23", "description": "generated by a program"}, None),
    ({}, None),
]


@pytest.mark.parametrize(("given", "date"), PROPERTIES)
def test_the_date_is_what_both_dates_agree_on(given: dict[str, str], date: str | None) -> None:
    data = docx(par(CREAK), others={"docProps/core.xml": core(language="en-GB", **given)})
    article = read(data, NAME).article
    assert (article.date, article.language) == (date, "en-GB")


@pytest.mark.parametrize(
    ("property_", "content", "title"),
    [
        ("Knees and noise", par(CREAK), "Knees and noise"),
        ("Knees and noise", par("Noise in the knee", style="Heading1") + par(CREAK), "Noise in the knee"),
        ("KNEES & NOISE", par("Knees: noise", style="Heading1") + par(CREAK), "KNEES & NOISE"),
        ("Microsoft Word - draft 3", par(CREAK), NAME),
        ("draft3.docx", par(CREAK), NAME),
    ],
)
def test_title(property_: str, content: str, title: str) -> None:
    data = docx(content, others={"docProps/core.xml": core(title=property_)})
    assert read(data, NAME).article.title == title


ROE = {
    "id": 71,
    "type": "article-journal",
    "title": "Bubbles in joints",
    "container-title": "Knee Journal",
    "DOI": "10.5555/Bubbles.1",
    "author": [{"family": "Roe", "given": "Jane"}],
    "issued": {"date-parts": [[2010]]},
}
POE = {
    "id": 72,
    "type": "book",
    "title": "The creaking house of bones",
    "author": [{"family": "Poe", "given": "Ed"}],
    "issued": {"date-parts": [["2012", 5]]},
}
LIST = ["1. Roe J. Bubbles in joints. Knee J. 2010;3:1-9.", "2. Poe E. The creaking house of bones. Press; 2012."]


def zotero(*items: dict[str, object]) -> str:
    """As Zotero writes it: the item's address in a library, and its data."""
    cited_items = [
        {"id": item["id"], "uris": [f"http://zotero.org/users/1/items/KEY{item['id']}"], "itemData": item}
        for item in items
    ]
    content = {"citationID": "x", "properties": {"plainCitation": "…"}, "citationItems": cited_items}
    return f" ADDIN ZOTERO_ITEM CSL_CITATION {json.dumps(content)} "


def listed(code: str, *entries: str) -> str:
    """A list that one field over all its paragraphs has written."""
    opening = mark("begin") + instruction(code) + mark("separate")
    pieces = [par(opening, entries[0]), *(par(entry) for entry in entries[1:]), par(mark("end"))]
    return par("References", style="Heading1") + "".join(pieces)


def test_zotero_with_a_list() -> None:
    """Each work once, by its address; the list's entries are those works."""
    text = par("Gas makes them creak ", field(zotero(ROE), raised("1"), pieces=5), ".")
    text += par("Houses do too ", field(zotero(POE, ROE), "[1,2]"), ".")
    data = docx(text, listed(" ADDIN ZOTERO_BIBL {} CSL_BIBLIOGRAPHY ", *LIST))
    reading = read(data, NAME)
    assert anchored(reading) == [("¹", ("1",)), ("[1,2]", ("2", "1"))]
    assert [(one.id, one.label, one.doi, one.title) for one in reading.entries] == [
        ("1", "1", "10.5555/bubbles.1", "Bubbles in joints"),
        ("2", "2", None, "The creaking house of bones"),
    ]
    assert reading.works == ()
    assert [block.why for block in reading.article.blocks[-2:]] == 2 * [
        "stands in the list that a citation program wrote"
    ]
    assert cited(data) == [
        ("¹", ["10.5555/bubbles.1"]),
        ("[1,2]", ["The creaking house of bones", "10.5555/bubbles.1"]),
    ]


def test_zotero_without_a_list() -> None:
    reading = read(
        docx(par("They creak ", field(zotero(ROE), "(Roe 2010)"), " and ", field(zotero(ROE), "(ibid.)"))), NAME
    )
    assert anchored(reading) == [("(Roe 2010)", ("KEY71",)), ("(ibid.)", ("KEY71",))]
    (work,) = reading.works
    assert (work.id, work.doi, work.year, work.authors, work.origin) == (
        "KEY71",
        "10.5555/bubbles.1",
        "2010",
        ("Roe",),
        "citation field",
    )


def test_zotero_in_footnotes() -> None:
    """The mark in the text cites what the field in the note holds; a remark is no citation."""
    inside = par("Cf. ", field(zotero(POE), "Poe, House, 3"), ".")
    text = par("Bones creak.", '<w:r><w:footnoteReference w:id="2"/></w:r>', " Not all.", REMARK_MARK)
    data = docx(text, parts={"footnotes": notes("footnote", inside, "So my aunt told me.")})
    reading = read(data, NAME)
    assert anchored(reading) == [("¹", ("KEY72",))]
    assert [(block.kind, block.place, block.why) for block in reading.article.blocks[1:]] == [
        ("comment", "footnote 1", "is a footnote that holds citations"),
        ("comment", "footnote 2", "is a footnote with a remark, and is not searched for statements"),
    ]
    assert text_of(reading, reading.article.blocks[0]) == "Bones creak.¹ Not all."


REMARK_MARK = '<w:r><w:footnoteReference w:id="3"/></w:r>'


def mendeley(*items: dict[str, object]) -> dict[str, object]:
    """As Mendeley writes it: ids that begin anew in each citation, and an address that lasts."""
    return {
        "citationItems": [
            {
                "id": f"ITEM-{number}",
                "itemData": {**item, "id": f"ITEM-{number}"},
                "uris": [f"http://www.mendeley.com/documents/?uuid=u{item['id']}"],
            }
            for number, item in enumerate(items, 1)
        ]
    }


def test_mendeley_desktop() -> None:
    code = " ADDIN CSL_CITATION {}"
    text = par("Gas ", field(code.format(json.dumps(mendeley(ROE))), "(Roe, 2010)", pieces=3), ".")
    text += par("House ", field(code.format(json.dumps(mendeley(POE, ROE))), "(Poe, 2012; Roe, 2010)"), ".")
    entries = [
        "Poe, E. (2012). The creaking house of bones. Press.",
        "Roe, J. (2010). Bubbles in joints. Knee Journal.",
    ]
    reading = read(docx(text, listed("ADDIN Mendeley Bibliography CSL_BIBLIOGRAPHY ", *entries)), NAME)
    assert anchored(reading) == [("(Roe, 2010)", ("ref2",)), ("(Poe, 2012; Roe, 2010)", ("ref1", "ref2"))]


@pytest.mark.parametrize("whole", [True, False])
def test_mendeley_content_control(whole: bool) -> None:
    items = [{"id": "f3a-1", "itemData": {**ROE, "id": "f3a-1"}, "isTemporary": False}]
    content = json.dumps({"citationID": "MENDELEY_CITATION_1", "citationItems": items})
    tag = "MENDELEY_CITATION_v3_" + (packed(content) if whole else packed(content)[:40])
    control = (
        f'<w:sdt><w:sdtPr><w:tag w:val="{tag}"/></w:sdtPr><w:sdtContent>{run("(Roe, 2010)")}</w:sdtContent></w:sdt>'
    )
    tagged = '<w:sdt><w:sdtPr><w:tag w:val="MENDELEY_BIBLIOGRAPHY"/></w:sdtPr><w:sdtContent>{}</w:sdtContent></w:sdt>'
    entries = tagged.format(par("Roe, J. (2010). Bubbles in joints. Knee Journal."))
    reading = read(docx(par("Gas makes them creak ", control, "."), entries), NAME)
    assert anchored(reading) == ([("(Roe, 2010)", ("ref1",))] if whole else [])
    assert reading.article.blocks[1].kind == "reference list"


def endnote(number: int, author: str, year: str, title: str, doi: str = "") -> str:
    """One citation as EndNote writes it, with its runs of style."""

    def styled(text: str) -> str:
        return f'<style face="normal">{text}</style>'

    return (
        f"<Cite><Author>{author}</Author><Year>{year}</Year><RecNum>{number}</RecNum><record><rec-number>{number}"
        f'</rec-number><foreign-keys><key app="EN" db-id="db1">{number}</key></foreign-keys>'
        f'<ref-type name="Journal Article">17</ref-type><contributors><authors><author>{styled(author + ", J.")}</author>'
        f"</authors></contributors><titles><title>{styled(title)}</title></titles><dates><year>{styled(year)}</year>"
        f"</dates><electronic-resource-num>{styled(doi)}</electronic-resource-num></record></Cite>"
    )


ENDNOTE = [
    endnote(5, "Roe", "2010", "Bubbles in joints", "10.5555/bubbles.1"),
    endnote(6, "Poe", "2012", "House of bones"),
]


def test_endnote() -> None:
    """In the instruction, or beside it in base64 with another field inside."""
    plain = field(f" ADDIN EN.CITE <EndNote>{ENDNOTE[0]}</EndNote>", "[1]", pieces=4)
    kept = packed(f"<EndNote>{ENDNOTE[1]}{ENDNOTE[0]}</EndNote>\0")
    inner = mark("begin", kept) + instruction(" ADDIN EN.CITE.DATA ") + mark("end")
    nested = mark("begin") + instruction(" ADDIN EN.CITE ") + inner + mark("separate") + run("[1, 2]") + mark("end")
    entries = listed(" ADDIN EN.REFLIST ", "1. Roe J. Bubbles in joints. 2010.", "2. Poe J. House of bones. 2012.")
    data = docx(par("Gas ", plain, "."), par("Bones ", nested, "."), entries)
    assert anchored(read(data, NAME)) == [("[1]", ("1",)), ("[1, 2]", ("2", "1"))]
    assert cited(data) == [("[1]", ["10.5555/bubbles.1"]), ("[1, 2]", ["House of bones", "10.5555/bubbles.1"])]


def test_endnote_without_records() -> None:
    """Author and year still tell the entry where only one has them."""
    cite = "<EndNote><Cite><Author>Poe</Author><Year>2012</Year><RecNum>6</RecNum></Cite></EndNote>"
    data = docx(par("Bones ", field(f" ADDIN EN.CITE {cite}", "(Poe 2012)"), "."), listed(" ADDIN EN.REFLIST ", *LIST))
    assert anchored(read(data, NAME)) == [("(Poe 2012)", ("2",))]


SOURCES = """<b:Sources xmlns:b="http://schemas.openxmlformats.org/officeDocument/2006/bibliography">
<b:Source><b:Tag>Roe10</b:Tag><b:SourceType>JournalArticle</b:SourceType><b:Title>Bubbles in joints</b:Title>
<b:Author><b:Author><b:NameList><b:Person><b:Last>Roe</b:Last><b:First>Jane</b:First></b:Person></b:NameList>
</b:Author></b:Author><b:Year>2010</b:Year><b:JournalName>Knee Journal</b:JournalName>
<b:StandardNumber>10.5555/bubbles.1</b:StandardNumber></b:Source>
<b:Source><b:Tag>Kne12</b:Tag><b:SourceType>Report</b:SourceType><b:Title>Knees at work</b:Title><b:Author><b:Author>
<b:Corporate>Board of Knees</b:Corporate></b:Author></b:Author><b:Year>2012</b:Year></b:Source>
<b:Source><b:Tag>Not09</b:Tag><b:Title>Never cited</b:Title><b:Year>2009</b:Year></b:Source></b:Sources>"""


@pytest.mark.parametrize("strict", [False, True])
def test_words_own_citations(strict: bool) -> None:
    """Only what is cited is a work; the namespaces of the strict form mean the same."""
    text = par("Gas ", field(r" CITATION Roe10 \l 1033 ", "(Roe, 2010)"), ".")
    text += par(
        "Work ", f'<w:fldSimple w:instr="CITATION Kne12 \\p 4 \\m Roe10">{run("(Board; Roe)")}</w:fldSimple>', "."
    )
    data = docx(text, others={"customXml/item1.xml": SOURCES})
    if strict:
        with zipfile.ZipFile(io.BytesIO(data)) as packed_parts:
            parts = {name: packed_parts.read(name).decode() for name in packed_parts.namelist()}
        swapped = {
            "http://schemas.openxmlformats.org/wordprocessingml/2006/main": "http://purl.oclc.org/ooxml/wordprocessingml/main",
            "http://schemas.openxmlformats.org/officeDocument/2006/": "http://purl.oclc.org/ooxml/officeDocument/",
        }
        for usual, other in swapped.items():
            parts = {name: content.replace(usual, other) for name, content in parts.items()}
        data = zipped(parts)
    reading = read(data, NAME)
    assert anchored(reading) == [("(Roe, 2010)", ("Roe10",)), ("(Board; Roe)", ("Kne12", "Roe10"))]
    assert [(one.id, one.authors, one.year, one.doi) for one in reading.works] == [
        ("Roe10", ("Roe",), "2010", "10.5555/bubbles.1"),
        ("Kne12", ("Board of Knees",), "2012", None),
    ]


def test_notes_that_name_works() -> None:
    """Each is an entry; the same words are one; "ibid." is the one before; a second mark by a cross-reference."""
    refs = [f'<w:r><w:endnoteReference w:id="{number}"/></w:r>' for number in range(2, 6)]
    again = field(r" NOTEREF _Ref1 \h ", "1")
    text = par(
        "Gas.", bookmark("_Ref1"), refs[0], " More.", refs[1], " Bones.", refs[2], " Gas.", refs[3], " Yes.", again
    )
    kept = notes(
        "endnote",
        "Roe J. Bubbles in joints. 2010.",
        "Ibid., p. 4.",
        "Poe E. Bones. 2012.",
        "Roe J. Bubbles in joints. 2010.",
    )
    reading = read(docx(text, parts={"endnotes": kept}), NAME)
    assert anchored(reading) == [
        ("¹", ("endnote 1",)),
        ("²", ("endnote 1",)),
        ("³", ("endnote 3",)),
        ("⁴", ("endnote 1",)),
        ("1", ("endnote 1",)),
    ]
    assert [(one.id, one.label, one.text, one.line) for one in reading.entries] == [
        ("endnote 1", "1", "Roe J. Bubbles in joints. 2010.", 1),
        ("endnote 3", "3", "Poe E. Bones. 2012.", 1),
    ]
    for entry in reading.entries:
        assert reading.article.text[entry.start : entry.end] == entry.text


def test_a_link_in_a_note_is_its_works_address() -> None:
    kept = notes("footnote", par("Roe, ", link("out", "Bubbles in joints"), ", 2010."))
    relation = {"word/_rels/footnotes.xml.rels": relations({}, {"out": "https://doi.org/10.5555/bubbles.1"})}
    data = docx(par("Gas.", '<w:r><w:footnoteReference w:id="2"/></w:r>'), parts={"footnotes": kept}, others=relation)
    assert [one.doi for one in read(data, NAME).entries] == ["10.5555/bubbles.1"]


NUMBERING = (
    '<w:numbering xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
    '<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/></w:lvl>'
    '</w:abstractNum><w:num w:numId="7"><w:abstractNumId w:val="0"/></w:num></w:numbering>'
)
NUMBERED = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="7"/></w:numPr>'


def test_a_list_that_word_numbers() -> None:
    """Cross-references to its paragraphs are citations; a line without a number belongs to the entry before it."""
    text = par(
        "Gas ", field(r" REF _Ref5 \r \h ", "[1]"), " and ", f'<w:hyperlink w:anchor="_Ref6">{run("2")}</w:hyperlink>'
    )
    text += par("See ", field(r" REF _RefTable \h ", "Table 1"), " for more.")
    entries = par(bookmark("_Ref5"), "Roe J. Bubbles in joints. 2010.", properties=NUMBERED)
    entries += par("Knee Journal 3:1-9.") + bookmark("_Ref6")
    entries += par("Poe E. Bones. 2012.", properties=NUMBERED)
    content = par(bookmark("_RefTable"), "Table 1. Knees.") + text + par("References", style="Heading1") + entries
    reading = read(docx(content, parts={"numbering": NUMBERING}), NAME)
    assert anchored(reading) == [("[1]", ("_Ref5",)), ("2", ("_Ref6",))]
    assert [(one.id, one.label, one.text) for one in reading.entries] == [
        ("_Ref5", "1", "Roe J. Bubbles in joints. 2010. Knee Journal 3:1-9."),
        ("_Ref6", "2", "Poe E. Bones. 2012."),
    ]


def test_links() -> None:
    """A link in the text that names a work is told; one in the list says which work the entry is."""
    addresses = {
        "doi": "https://doi.org/10.5555/Bubbles.1",
        "pubmed": "https://pubmed.ncbi.nlm.nih.gov/18436948/",
        "page": "https://knees.example/facts?a=1",
        "share": "https://www.facebook.com/knees",
        "mail": "mailto:jane@knees.example",
    }
    text = par("One ", link("doi", "study"), ", ", link("pubmed", "another"), ", a ", link("page", "page"), ".")
    text += par("Then ", link("share", "like"), " or ", link("mail", "write"), " to them all about it.")
    entry = par("Poe E. Bones. 2012. ", link("doi", "Link"), style="Bibliography")
    reading = read(docx(text, par("References", style="Heading1"), entry, links=addresses), NAME)
    assert [(one.label, one.doi, one.pmid, one.url) for one in reading.links] == [
        ("study", "10.5555/bubbles.1", None, None),
        ("another", None, "18436948", None),
        ("page", None, None, "https://knees.example/facts?a=1"),
    ]
    assert [reading.article.text[one.start : one.end] for one in reading.links] == ["study", "another", "page"]
    assert [one.doi for one in reading.entries] == ["10.5555/bubbles.1"]


def test_a_list_without_any_mark_is_left_to_the_words() -> None:
    data = docx(par(f"{CREAK} (Roe 2010)"), par("References"), par("Roe J. Bubbles in joints. Knee J 2010;3:1-9."))
    assert read(data, NAME).entries == ()
    assert cited(data) == [("(Roe 2010)", ["Bubbles in joints"])]


DAMAGED_FIELDS = [
    " ADDIN ZOTERO_ITEM CSL_CITATION {",
    " ADDIN ZOTERO_ITEM CSL_CITATION []",
    ' ADDIN ZOTERO_ITEM CSL_CITATION {"citationItems": 3}',
    ' ADDIN ZOTERO_ITEM CSL_CITATION {"citationItems": [3, {}, {"itemData": []}, {"uris": 4, "itemData": {"title": 7}}]}',
    " ADDIN ZOTERO_ITEM CSL_CITATION " + '{"citationItems":' + "[" * 100_000,
    " ADDIN EN.CITE <EndNote><Cite>",
    " ADDIN EN.CITE <!DOCTYPE e [<!ENTITY a 'b'>]><EndNote><Cite><Author>&a;</Author></Cite></EndNote>",
    " ADDIN EN.CITE ",
    " CITATION ",
    " CITATION Nobody10 ",
    " HYPERLINK ",
    ' HYPERLINK "',
    " REF ",
]


@pytest.mark.parametrize("code", DAMAGED_FIELDS)
def test_a_damaged_field_is_text(code: str) -> None:
    reading = read(docx(par("Knees creak ", field(code, "(1)"), " a lot.")), NAME)
    assert [text for _, text in blocks(reading)] == ["Knees creak (1) a lot."]
    assert all(anchor.targets for anchor in reading.anchors)


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)
BOMB = '<!DOCTYPE a [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]><a>&b;</a>'
OUTSIDE = '<!DOCTYPE a [<!ENTITY a SYSTEM "file:///etc/hostname">]><a>&a;</a>'
GOOD = docx(par(CREAK))


def changed(name: str, content: str | bytes | None) -> bytes:
    """The good file with one part in another form, or without it."""
    with zipfile.ZipFile(io.BytesIO(GOOD)) as packing:
        parts: dict[str, str | bytes] = {one: packing.read(one) for one in packing.namelist()}
    parts.pop(name, None)
    return zipped(parts if content is None else {**parts, name: content})


def zeros(megabytes: int, told: int) -> bytes:
    """A Word file whose text unpacks to so many megabytes, and whose directory tells of so many bytes."""
    squeezing = zlib.compressobj(9, zlib.DEFLATED, -15)
    block = squeezing.compress(bytes(1_000_000)) + squeezing.flush(zlib.Z_FULL_FLUSH)
    stream = block * megabytes + b"\x03\x00"
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as packing:
        packing.writestr("word/document.xml", stream)
    data = bytearray(buffer.getvalue())
    directory = data.rindex(b"PK\x01\x02")
    for method, size in ((8, 22), (directory + 10, directory + 24)):
        struct.pack_into("<H", data, method, 8)
        struct.pack_into("<I", data, size, told)
    return bytes(data)


BAD = {
    "nothing": (b"", "is no Word file"),
    "text": (b"Knees creak.", "is no Word file"),
    "an old file": (OLE, "is in the old format of Word; open it in Word and save it as .docx"),
    "a locked file": (OLE + "EncryptedPackage".encode("utf-16-le"), "is locked with a password"),
    "half a file": (GOOD[: len(GOOD) // 2], "is no Word file, or a damaged one"),
    "no text": (changed("word/document.xml", None), "its part 'word/document.xml' is missing"),
    "another zip": (zipped({"notes.txt": "Knees"}), "its part 'word/document.xml' is missing"),
    "an empty zip": (zipped({}), "its part 'word/document.xml' is missing"),
    "broken text": (changed("word/document.xml", "<w:document"), "word/document.xml"),
    "no XML": (changed("word/document.xml", b"\0\1\2"), "word/document.xml"),
    "broken relations": (changed("_rels/.rels", "<"), "_rels/.rels"),
    "entities": (changed("word/document.xml", BOMB), "declares entities in its part 'word/document.xml'"),
    "entities, wide": (changed("word/document.xml", BOMB.encode("utf-16")), "declares entities"),
    "an entity from outside": (changed("word/document.xml", OUTSIDE), "declares entities"),
    "depth": (changed("word/document.xml", "<a>" * 100_000 + "</a>" * 100_000), "word/document.xml"),
    "many elements": (changed("word/document.xml", f"<a>{'<b/>' * 1_500_000}</a>"), "holds more text than is read"),
    "many parts": (zipped({f"p{number}": "" for number in range(10_001)}), "has more than 10,000 parts"),
    "a gigabyte": (zeros(1000, 1_000_000_000), "unpacks to 1,000 MB, more than the 100 MB that are read"),
    "a gigabyte, half told": (zeros(1000, 99_000_000), "holds more text than is read"),
    "a gigabyte, untold": (zeros(1000, 500), "is damaged: its part 'word/document.xml' cannot be unpacked"),
}


@pytest.mark.parametrize("name", BAD)
def test_bad_files_are_one_line(name: str) -> None:
    data, expected = BAD[name]
    with pytest.raises(ArticleError) as caught:
        read(data, NAME)
    line = str(caught.value)
    assert line.startswith(NAME)
    assert expected in line
    assert "\n" not in line


@pytest.mark.parametrize("name", ["many elements", "a gigabyte", "a gigabyte, half told", "a gigabyte, untold"])
def test_memory_of_bad_files(name: str, tmp_path: Path) -> None:
    """Below 300 MB in a process of its own."""
    file = tmp_path / NAME
    file.write_bytes(BAD[name][0])
    script = (
        "import pathlib, resource, sys\n"
        "from ingest.read.word import read\n"
        "from kb.errors import ArticleError\n"
        "try:\n    read(pathlib.Path(sys.argv[1]).read_bytes(), 'a.docx')\n"
        "except ArticleError:\n    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)\n"
    )
    done = subprocess.run([sys.executable, "-c", script, file], capture_output=True, text=True, check=True, cwd=PROJECT)
    assert int(done.stdout) < 300_000


@pytest.mark.parametrize("name", ["../../../etc/passwd", "/etc/passwd", "word/../../x.xml", "C:\\x.xml"])
def test_names_that_climb_out_lead_nowhere(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither as a part nor as the target of a relation; nothing is ever written."""
    monkeypatch.chdir(tmp_path)
    assert first(changed(name, "<a/>")) == CREAK
    assert first(changed("_rels/.rels", relations({"officeDocument": name}))) == CREAK
    pointing = changed("word/_rels/document.xml.rels", relations({"styles": name, "footnotes": f"../{name}"}))
    assert first(pointing) == CREAK
    assert list(tmp_path.iterdir()) == []


def test_the_text_is_found_by_its_relation() -> None:
    """Some programs call the part by another name."""
    with zipfile.ZipFile(io.BytesIO(GOOD)) as packing:
        content = packing.read("word/document.xml")
    data = zipped({"_rels/.rels": relations({"officeDocument": "/word/document2.xml"}), "word/document2.xml": content})
    assert first(data) == CREAK


def test_unbalanced_fields_lose_nothing() -> None:
    content = [
        par(mark("end"), "One.", mark("separate")),
        par(mark("begin"), mark("begin")),
        par("Two."),
        par(mark("end")),
    ]
    assert [text for _, text in blocks(read(docx(*content), NAME))] == ["One.", "Two."]


SEED = docx(
    par("Gas ", field(zotero(ROE), raised("1")), bookmark("a"), '<w:r><w:footnoteReference w:id="2"/></w:r>'),
    f"<w:tbl><w:tr><w:tc>{par('Age')}</w:tc><w:tc>{par('Noise')}</w:tc></w:tr></w:tbl>",
    listed(" ADDIN ZOTERO_BIBL ", *LIST),
    parts={"footnotes": notes("footnote", "Roe J. 2010."), "styles": STYLES, "numbering": NUMBERING},
)


@given(
    st.lists(st.tuples(st.integers(0, len(SEED) - 1), st.binary(min_size=1, max_size=8)), max_size=6), st.integers(0, 3)
)
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_changed_bytes_are_read_or_refused(changes: list[tuple[int, bytes]], cut: int) -> None:
    data = bytearray(SEED)
    for at, content in changes:
        data[at : at + len(content)] = content
    read_or_refused(bytes(data[: len(data) - cut * len(data) // 4]))


@given(st.data())
@settings(max_examples=150, deadline=None)
def test_changed_text_is_read_or_refused(data: st.DataObject) -> None:
    """The same for the XML inside, so that changes get past the checksums: pieces of it are moved and taken out."""
    with zipfile.ZipFile(io.BytesIO(SEED)) as packing:
        parts: dict[str, str | bytes] = {name: packing.read(name).decode() for name in packing.namelist()}
    name = data.draw(st.sampled_from(sorted(parts)))
    pieces = re.findall(r"<[^>]*>|[^<]+", str(parts[name]))
    for _ in range(data.draw(st.integers(0, 4))):
        at, to = (data.draw(st.integers(0, len(pieces) - 1)) for _ in range(2))
        pieces[at] = data.draw(st.sampled_from([pieces[to], "", "<w:r/>", mark("end"), mark("begin"), "&#x1F9B5;"]))
    read_or_refused(zipped({**parts, name: "".join(pieces)}))


def read_or_refused(data: bytes) -> None:
    try:
        reading = read(data, NAME)
    except ArticleError as error:
        assert str(error).startswith(NAME)
        return
    text = reading.article.text
    ends = [0, *(block.end for block in reading.article.blocks)]
    for block, before in zip(reading.article.blocks, ends, strict=False):
        assert before <= block.start < block.end <= len(text)
    known = {one.id for one in (*reading.entries, *reading.works)}
    for anchor in reading.anchors:
        assert text[anchor.start : anchor.end].strip() == text[anchor.start : anchor.end] != ""
        assert set(anchor.targets) <= known


def test_links_of_a_real_manuscript(shared: Path) -> None:
    """All 107 links into its list, each tied to the entry that the page made of the same text calls so too.

    The page was made of a slightly later version: what both have in the same order counts.
    """
    folder = shared / "data" / "manuscripts" / "meta-review"
    data = (folder / "manuscript.docx").read_bytes()
    reading = read(data, "manuscript.docx")
    entries = {one.id: one for one in reading.entries}
    found = [name for anchor in reading.anchors for name in anchor.targets if name in entries]
    with zipfile.ZipFile(io.BytesIO(data)) as packing:
        written = re.findall(r'w:anchor="(ref-[^"]+)"', packing.read("word/document.xml").decode())
    assert len(found) == 107
    assert found == written
    assert [one.label for one in reading.entries] == [str(number) for number in range(1, 98)]
    printed = [reading.article.text[one.start : one.end] for one in reading.anchors if one.targets[0] in entries]
    assert printed == [entries[name].label for name in found]
    page = re.findall(r'href="#(ref-[^"]+)"', (folder / "index.html").read_text("utf-8"))
    same = difflib.SequenceMatcher(None, found, page, autojunk=False).get_matching_blocks()
    assert sum(match.size for match in same) == sum(name in set(page) for name in found)
