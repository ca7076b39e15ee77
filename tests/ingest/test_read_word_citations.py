"""Word files: the works that fields, notes, lists and links name, and the passages that cite them."""

from __future__ import annotations

import difflib
import io
import json
import re
import zipfile
from pathlib import Path

import pytest

from ingest.bibliography import gather_references
from ingest.citations import find_citations
from ingest.read.word.reader import read
from ingest.reading import Reading
from kb.model import Block
from tests.word_files import (
    bookmark,
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
    zipped,
)

NAME = "knees.docx"
CREAK = "Knees creak in most people over forty, and the noise alone means little for the joint."


def text_of(reading: Reading, block: Block) -> str:
    return reading.article.text[block.start : block.end]


def blocks(reading: Reading) -> list[tuple[str, str]]:
    return [(block.kind, text_of(reading, block)) for block in reading.article.blocks]


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
        f'<ref-type name="Journal Article">17</ref-type><contributors><authors>'
        f"<author>{styled(author + ', J.')}</author></authors></contributors><titles><title>{styled(title)}</title>"
        f"</titles><dates><year>{styled(year)}</year></dates>"
        f"<electronic-resource-num>{styled(doi)}</electronic-resource-num></record></Cite>"
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
    ' ADDIN ZOTERO_ITEM CSL_CITATION {"citationItems": [3, {}, {"itemData": []}, {"uris": 4}]}',
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
