"""What each format of bibliography says in its own way, and what its faults cost. All works here are made up."""

from __future__ import annotations

from pathlib import Path
from xml.etree.ElementTree import fromstring

import pytest

from ingest.csl import reference_from_csl
from ingest.endnote import reference_from_record
from ingest.references.formats import read_bibliography


def csl(**item: object) -> dict[str, object]:
    return {"id": "a", "type": "article-journal", "title": "Stairs and knees", **item}


@pytest.mark.parametrize(
    ("item", "field", "expected"),
    [
        (csl(id=12), "id", "12"),
        (csl(id="http://zotero.example/items/X", **{"citation-key": "poe2011"}), "id", "poe2011"),
        (csl(id=None), "id", "ref3"),
        (csl(issued={"date-parts": [["2011", 2]]}), "year", "2011"),
        (csl(issued={"date-parts": [[]], "raw": "2 Feb 2012"}), "year", "2012"),
        (csl(issued="2013-05"), "year", "2013"),
        (csl(issued=[{"year": 2014}]), "year", "2014"),
        (csl(issued={"date-parts": "soon"}), "year", None),
        (csl(author={"family": "Poe"}), "authors", ("Poe",)),
        (csl(author=["Poe, Edith", "Doe J", 5, None]), "authors", ("Poe", "Doe")),
        (csl(author=[], editor=[{"family": "Ode", "dropping-particle": "de"}]), "authors", ("Ode",)),
        (csl(author=[{"family": "Poe"}, {"family": "others"}]), "authors", ("Poe",)),
        (csl(title="Knees &amp; <i>stairs</i>, 10<sup>6</sup> steps"), "title", "Knees & stairs, 10⁶ steps"),
        (csl(title="Half a \ud83d sign\x00"), "title", "Half a sign"),
        (csl(note="Read twice.\nPMID: 90000007"), "pmid", "90000007"),
        (csl(PMID=90000008), "pmid", "90000008"),
        (csl(custom={"PMID": "90000009"}), "pmid", "90000009"),
        (csl(note="DOI: 10.5555/noted\nPages: 3"), "doi", "10.5555/noted"),
        (csl(DOI="https://doi.org/10.5555/A"), "doi", "10.5555/a"),
        (csl(DOI="none yet"), "doi", None),
        (csl(URL="https://doi.org/10.5555/b"), "doi", "10.5555/b"),
        (csl(keyword=["knee", "knee", ["x"]], categories=["stairs"]), "keywords", ("knee", "stairs")),
        (csl(genre="Randomized Controlled Trial"), "publication_types", ("Randomized Controlled Trial",)),
        (csl(type="article"), "type", "preprint"),
        (csl(type="article", volume=3), "type", "article"),
        (csl(type="song"), "type", "misc"),
        (csl(abstract="<jats:title>Aim</jats:title><jats:p>To climb the stairs.</jats:p>"), "abstract",
         "Aim: To climb the stairs."),
    ],
)  # fmt: skip
def test_a_csl_item(item: dict[str, object], field: str, expected: object) -> None:
    reference = reference_from_csl(item, origin="x.json", position=3)
    assert reference is not None
    assert getattr(reference, field) == expected


def test_an_item_that_names_no_work() -> None:
    assert reference_from_csl({"id": "a", "type": "book", "note": "later"}, origin="x.json", position=1) is None


RECORD = (
    "<record><rec-number>12</rec-number>{0}"
    "<titles><title>Stairs <style face='italic'>and</style> knees</title></titles></record>"
)


@pytest.mark.parametrize(
    ("inside", "field", "expected"),
    [
        ("", "id", "ref3"),
        ("", "title", "Stairs and knees"),
        ("<label><style>poe2011</style></label>", "id", "poe2011"),
        ("<dates><pub-dates><date>Feb 2, 2011</date></pub-dates></dates>", "year", "2011"),
        ("<contributors><secondary-authors><author>Ode, B.</author></secondary-authors></contributors>", "authors",
         ("Ode",)),
        ("<periodical><full-title>Knee News</full-title></periodical>", "container", "Knee News"),
        ("<accession-num>90000007</accession-num>", "pmid", None),
        ("<accession-num>90000007</accession-num><remote-database-provider>NLM</remote-database-provider>", "pmid",
         "90000007"),
        ("<notes>Cited in PubMed; PMID: 90000008</notes>", "pmid", "90000008"),
        ("<electronic-resource-num>doi:10.5555/C</electronic-resource-num>", "doi", "10.5555/c"),
        ("<urls><related-urls><url>https://knee.example/1</url></related-urls></urls>", "url", "https://knee.example/1"),
        ("<keywords><keyword>Aged, 80 and over&#xD;Knee</keyword></keywords>", "keywords",
         ("Aged, 80 and over", "Knee")),
        ("<work-type>Case Reports&#xD;Journal Article</work-type>", "publication_types",
         ("Case Reports", "Journal Article")),
        ('<ref-type name="Thesis">32</ref-type>', "type", "thesis"),
        ('<ref-type name="Artwork">2</ref-type>', "type", "misc"),
    ],
)  # fmt: skip
def test_an_endnote_record(inside: str, field: str, expected: object) -> None:
    reference = reference_from_record(fromstring(RECORD.format(inside)), origin="x.xml", position=3)
    assert reference is not None
    assert getattr(reference, field) == expected


@pytest.mark.parametrize(
    ("lines", "field", "expected"),
    [
        ("LB  - poe2011", "id", "poe2011"),
        ("AU  - Poe E\nAU  - Poe Foundation for Knees", "authors", ("Poe", "Poe Foundation for Knees")),
        ("A2  - Ode, B.", "authors", ("Ode",)),
        ("PY  - n.d.\nY1  - 2011/02//", "year", None),
        ("JF  - Knee News\nJO  - Kn N", "container", "Knee News"),
        ("M3  - doi: 10.5555/D", "doi", "10.5555/d"),
        ("M3  - Case Reports; Journal Article", "publication_types", ("Case Reports", "Journal Article")),
        ("AN  - 90000007\nDB  - PubMed", "pmid", "90000007"),
        ("AN  - 90000007\nDB  - CINAHL", "pmid", None),
        ("UR  - https://pubmed.ncbi.nlm.nih.gov/90000008/", "pmid", "90000008"),
        ("N2  - Knees hurt.\n\nStairs too.", "abstract", "Knees hurt. Stairs too."),
        ("KW  - knee; stairs\nKW  - knee", "keywords", ("knee", "stairs")),
    ],
)  # fmt: skip
def test_a_ris_entry(lines: str, field: str, expected: object) -> None:
    (reference,), _ = read_bibliography(f"TY  - JOUR\nTI  - Stairs\n{lines}\nER  - \n".encode(), "x.ris")
    assert getattr(reference, field) == expected


def test_the_number_of_a_record_is_no_key() -> None:
    (reference,), _ = read_bibliography(
        b"TY  - JOUR\nID  - 55\nAU  - Poe, E.\nTI  - Stairs\nPY  - 2011\nER  -", "x.ris"
    )
    assert (reference.id, reference.label) == ("poe2011", "")


@pytest.mark.parametrize(
    ("lines", "field", "expected"),
    [
        ("TI  - Stairs.", "id", "ref1"),
        ("TI  - [Stairs and knees].", "title", "Stairs and knees"),
        ("TI  - Stairs.\nAU  - Poe E\nAU  - van Ode BC", "authors", ("Poe", "van Ode")),
        ("TI  - Stairs.\nCN  - Knee Group\nFAU - Poe, Edith\nAU  - Poe E", "authors", ("Knee Group", "Poe")),
        ("TI  - Stairs.\nAID - S1 [pii]\nAID - 10.5555/e [doi]", "doi", "10.5555/e"),
        ("BTI - All of Stairs\nFED - Ode, Bo", "authors", ("Ode",)),
        ("BTI - All of Stairs\nFED - Ode, Bo", "type", "book"),
        ("TI  - Stairs.\nTA  - Knee N", "container", "Knee N"),
        ("TI  - Stairs.\nPT  - Case Reports\nPT  - Letter", "publication_types", ("Case Reports", "Letter")),
        ("TI  - Stairs.\nMH  - *Knee/surgery\nOT  - step\n      ladder", "keywords", ("Knee/surgery", "step ladder")),
    ],
)
def test_a_record_of_pubmed(lines: str, field: str, expected: object) -> None:
    (reference,), messages = read_bibliography(f"PMID- 90000007\n{lines}\n".encode(), "x.nbib")
    assert messages == []
    assert (reference.pmid, reference.source[:5]) == ("90000007", "pmid:" if not reference.doi else "doi:1")
    assert getattr(reference, field) == expected


FAULTS = [
    ("x.json", '[{"title": "One"},\n{"title": "Two" "x"},\n{"title": "Last"}]', "x.json:2: an item could not be read"),
    ("x.json", '[\n {"title": "One"},\n {"title": "Two",\n {"title": "Last"}\n]', "x.json:3: an item is not closed"),
    ("x.json", '[{"title": "One"},\n{"title": "Two},\n{"title": "Last"}]', "x.json:2: an item is not closed"),
    ("x.json", '[{"title": "One"},\n[],\n{"title": "Last"}', "x.json:2: an item names no work"),
    ("x.json", '{"v": [1], "items": [{"title": "One"},\n{"id": 1},{"title": "Last"}]}', "x.json:2: an item names no"),
    ("x.json", '[{"title": "One", "id": 1},\n{"title": "Two", "id": 1},{"title": "Last"}]',
     "x.json:2: key '1' is used in"),
    ("x.yaml", "- title: One\n- id: two\n- title: Last", "x.yaml:2: an item names no work"),
    ("x.ris", "TY  - BOOK\nTI  - One\nER  -\nTY  - BOOK\nID  - two\nER  -\nTY  - BOOK\nTI  - Last\nER  -",
     "x.ris:4: an entry names no work"),
    ("x.ris", "TY  - BOOK\nTI  - One\n\nTY  - BOOK\nTI  - Last\nER  -", "x.ris:1: an entry is not closed"),
    ("x.ris", "TY  - BOOK\nTI  - One\nER  -\nTI  - Last\nER  -", "x.ris:4: an entry lacks its first line"),
    ("x.ris", "TY - BOOK\nTI - One\nDO - 11/x\nER -\nTY - BOOK\nTI - Last\nER -",
     "x.ris:1: entry '1': “11/x” is no DOI"),
    ("x.nbib", "PMID- 1\nTI  - One\n\nPMID- 2\nPMID- 3\nTI  - Last", "x.nbib:4: a record has no title"),
    ("x.xml", "<xml><record><titles><title>One</title></titles></record>\n<record><titles>&boom;</titles></record>"
     "<record><titles><title>Last</title></titles></record></xml>", "x.xml:2: a record could not be read (undefined"),
    ("x.xml", "<xml><record><titles><title>One</title></titles></record>\n<record><titles><title>Two\n"
     "<record><titles><title>Last</title></titles></record></xml>", "x.xml:2: a record is not closed"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "text", "message"), FAULTS, ids=[f"{one[2]}" for one in FAULTS])
def test_sound_entries_survive_faulty_ones_and_each_fault_is_told(name: str, text: str, message: str) -> None:
    references, messages = read_bibliography(text.encode(), name)
    titles = [reference.title for reference in references]
    assert (titles[0], titles[-1]) == ("One", "Last")
    assert len(messages) == 1
    assert messages[0].startswith(message)
    assert ";" in messages[0]


def test_entities_of_a_document_type_are_neither_expanded_nor_fetched(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("secret")
    address = (tmp_path / "secret").as_uri()
    entities = f'<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY f SYSTEM "{address}">'
    record = "<record><titles><title>{0}</title></titles></record>"
    text = f"<?xml version='1.0'?><!DOCTYPE xml [{entities}]><xml>{record.format('&b;')}{record.format('&f;')}</xml>"
    references, messages = read_bibliography(text.encode(), "x.xml")
    assert references == []
    assert messages == ["x.xml:1: a record could not be read (undefined entity); mend it"] * 2


def test_manubots_bibliography_is_read_as_a_whole(shared: Path) -> None:
    file = shared / "data" / "manuscripts" / "deep-review" / "references.json"
    references, messages = read_bibliography(file.read_bytes(), file.name)
    assert messages == []
    assert len(references) == 615
    assert sum(reference.doi is not None for reference in references) >= 435
