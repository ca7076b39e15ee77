"""Word files: what becomes of paragraphs, marks, styles and properties."""

from __future__ import annotations

import pytest

from ingest.read.word.reader import read
from ingest.reading import Reading
from kb.model import Block
from tests.word_files import (
    core,
    docx,
    field,
    instruction,
    mark,
    par,
    raised,
    run,
    styles,
)

NAME = "knees.docx"
CREAK = "Knees creak in most people over forty, and the noise alone means little for the joint."
SWELL = "A knee that swells after a fall should be looked at by somebody within a day or two."


def text_of(reading: Reading, block: Block) -> str:
    return reading.article.text[block.start : block.end]


def blocks(reading: Reading) -> list[tuple[str, str]]:
    return [(block.kind, text_of(reading, block)) for block in reading.article.blocks]


def first(data: bytes) -> str:
    return blocks(read(data, NAME))[0][1]


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
            f"<mc:Choice><w:drawing><w:txbxContent>{par('A box.')}</w:txbxContent></w:drawing></mc:Choice>"
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


def test_a_text_box_is_read_once() -> None:
    content, _ = RUNS["the alternative of a text box"]
    assert blocks(read(docx(content), NAME)) == [("paragraph", "Knees."), ("paragraph", "A box.")]


def test_unbalanced_fields_lose_nothing() -> None:
    content = [
        par(mark("end"), "One.", mark("separate")),
        par(mark("begin"), mark("begin")),
        par("Two."),
        par(mark("end")),
    ]
    assert [text for _, text in blocks(read(docx(*content), NAME))] == ["One.", "Two."]
