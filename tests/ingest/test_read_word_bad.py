"""Word files that are none, that are damaged or made to do harm: one line each, and nothing else happens."""

from __future__ import annotations

import io
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

from ingest.read.word.reader import read
from kb.errors import ArticleError
from tests.word_files import (
    bookmark,
    docx,
    field,
    instruction,
    mark,
    notes,
    par,
    raised,
    relations,
    styles,
    zipped,
)

PROJECT = Path(__file__).resolve().parents[2]
NAME = "knees.docx"
CREAK = "Knees creak in most people over forty, and the noise alone means little for the joint."


def text_of(data: bytes) -> str:
    return read(data, NAME).article.text.strip()


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
        "import pathlib, sys\n"
        "from ingest.read.word.reader import read\n"
        "from kb.errors import ArticleError\n"
        "from tests.peak import peak_kilobytes\n"
        "try:\n    read(pathlib.Path(sys.argv[1]).read_bytes(), 'a.docx')\n"
        "except ArticleError:\n    print(peak_kilobytes())\n"
    )
    done = subprocess.run([sys.executable, "-c", script, file], capture_output=True, text=True, check=True, cwd=PROJECT)
    assert int(done.stdout) < 300_000


@pytest.mark.parametrize("name", ["../../../etc/passwd", "/etc/passwd", "word/../../x.xml", "C:\\x.xml"])
def test_names_that_climb_out_lead_nowhere(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither as a part nor as the target of a relation; nothing is ever written."""
    monkeypatch.chdir(tmp_path)
    assert text_of(changed(name, "<a/>")) == CREAK
    assert text_of(changed("_rels/.rels", relations({"officeDocument": name}))) == CREAK
    pointing = changed("word/_rels/document.xml.rels", relations({"styles": name, "footnotes": f"../{name}"}))
    assert text_of(pointing) == CREAK
    assert list(tmp_path.iterdir()) == []


def test_the_text_is_found_by_its_relation() -> None:
    """Some programs call the part by another name."""
    with zipfile.ZipFile(io.BytesIO(GOOD)) as packing:
        content = packing.read("word/document.xml")
    data = zipped({"_rels/.rels": relations({"officeDocument": "/word/document2.xml"}), "word/document2.xml": content})
    assert text_of(data) == CREAK


CITED = (
    ' ADDIN ZOTERO_ITEM CSL_CITATION {"citationItems": [{"uris": ["u/1"], "itemData": {"title": "Bubbles in joints"}}]}'
)
ENTRY = "1. Roe J. Bubbles in joints. 2010."
SEED = docx(
    par("Gas ", field(CITED, raised("1")), bookmark("a"), '<w:r><w:footnoteReference w:id="2"/></w:r>'),
    f"<w:tbl><w:tr><w:tc>{par('Age')}</w:tc><w:tc>{par('Noise')}</w:tc></w:tr></w:tbl>",
    par("References", style="Heading1"),
    par(mark("begin"), instruction(" ADDIN ZOTERO_BIBL "), mark("separate"), ENTRY),
    par("2. Poe E. Bones. 2012.", mark("end"), style="EN"),
    parts={
        "footnotes": notes("footnote", "Roe J. 2010."),
        "styles": styles("EN|EndNote Bibliography|"),
    },
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
