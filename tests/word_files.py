"""Small Word files made by hand: the XML of paragraphs, runs and fields, and the package around it."""

from __future__ import annotations

import base64
import io
import zipfile
from collections.abc import Mapping
from xml.sax.saxutils import escape, quoteattr

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
SPACES = (
    f'xmlns:w="{_W}" xmlns:r="{_OFFICE}/relationships" xmlns:m="{_OFFICE}/math"'
    ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    ' xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"'
)


def run(text: str, properties: str = "") -> str:
    """A run of text; ``properties`` are those inside ``w:rPr``."""
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def raised(text: str) -> str:
    """A run in superscript."""
    return run(text, '<w:vertAlign w:val="superscript"/>')


def par(*content: str, style: str = "", properties: str = "") -> str:
    """A paragraph; a piece of content that is no XML is a run of text."""
    named = f"<w:pStyle w:val={quoteattr(style)}/>" if style else ""
    pieces = "".join(one if one.startswith("<") else run(one) for one in content)
    return f"<w:p><w:pPr>{named}{properties}</w:pPr>{pieces}</w:p>"


def mark(kind: str, data: str = "") -> str:
    """A run with one mark of a field: begin, separate or end."""
    kept = f"<w:fldData>{data}</w:fldData>" if data else ""
    return f'<w:r><w:fldChar w:fldCharType="{kind}">{kept}</w:fldChar></w:r>'


def instruction(text: str, pieces: int = 1) -> str:
    """A field's instruction, cut into as many runs, as Word does without a reason."""
    size = -(-len(text) // pieces)
    cut = [text[at : at + size] for at in range(0, len(text), size)]
    return "".join(f'<w:r><w:instrText xml:space="preserve">{escape(one)}</w:instrText></w:r>' for one in cut)


def field(code: str, result: str, *, pieces: int = 1, data: str = "") -> str:
    """A whole field; ``result`` is XML, or the text of one run."""
    shown = result if result.startswith("<") else run(result)
    return mark("begin", data) + instruction(code, pieces) + mark("separate") + shown + mark("end")


def packed(text: str) -> str:
    """Text in base64."""
    return base64.b64encode(text.encode()).decode()


def link(relation: str, text: str) -> str:
    """A link to what a relation names."""
    return f'<w:hyperlink r:id="{relation}">{run(text)}</w:hyperlink>'


def bookmark(name: str) -> str:
    """The start of a bookmark."""
    return f'<w:bookmarkStart w:id="1" w:name={quoteattr(name)}/>'


def document(*blocks: str) -> str:
    """The part that holds the text."""
    return f"<w:document {SPACES}><w:body>{''.join(blocks)}</w:body></w:document>"


def notes(kind: str, *texts: str) -> str:
    """A part with notes from id 2 on; Word's own first two are lines that separate."""
    own = "".join(
        f'<w:{kind} w:type="separator" w:id="{number}"><w:p><w:r><w:separator/></w:r></w:p></w:{kind}>'
        for number in (0, 1)
    )
    written = "".join(
        f'<w:{kind} w:id="{number}">{text if text.startswith("<") else par(text)}</w:{kind}>'
        for number, text in enumerate(texts, 2)
    )
    return f"<w:{kind}s {SPACES}>{own}{written}</w:{kind}s>"


def styles(*rows: str) -> str:
    """A part with styles; each row is "id|name|XML inside"."""
    made = []
    for row in rows:
        style_id, name, inside = row.split("|", 2)
        made.append(f'<w:style w:styleId="{style_id}"><w:name w:val="{name}"/>{inside}</w:style>')
    return f"<w:styles {SPACES}>{''.join(made)}</w:styles>"


def core(**properties: str) -> str:
    """The part with the file's properties."""
    terms = {"created", "modified"}
    inside = "".join(
        f"<{'dcterms' if name in terms else 'dc'}:{name}>{escape(text)}</{'dcterms' if name in terms else 'dc'}:{name}>"
        for name, text in properties.items()
    )
    return (
        f'<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/"'
        f' xmlns:dcterms="http://purl.org/dc/terms/">{inside}</cp:coreProperties>'
    )


def relations(main: Mapping[str, str], outward: Mapping[str, str] | None = None) -> str:
    """A part of relations: kind → part in the same folder, and id → web address."""
    inner = "".join(
        f'<Relationship Id="in{number}" Type="{_OFFICE}/relationships/{kind}" Target={quoteattr(target)}/>'
        for number, (kind, target) in enumerate(main.items())
    )
    outer = "".join(
        f'<Relationship Id="{name}" Type="{_OFFICE}/relationships/hyperlink" Target={quoteattr(address)}'
        ' TargetMode="External"/>'
        for name, address in (outward or {}).items()
    )
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{inner}{outer}</Relationships>'


def zipped(parts: Mapping[str, str | bytes]) -> bytes:
    """A zip of parts."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as packing:
        for name, content in parts.items():
            packing.writestr(name, content)
    return buffer.getvalue()


def docx(
    *blocks: str,
    links: Mapping[str, str] | None = None,
    parts: Mapping[str, str] | None = None,
    others: Mapping[str, str | bytes] | None = None,
) -> bytes:
    """A Word file.

    Parameters
    ----------
    blocks
        What stands in the body.
    links
        Web addresses by the id of their relation.
    parts
        Parts that the text points to, by kind, such as "footnotes" or "styles".
    others
        Further parts, by their whole name.
    """
    kinds = dict(parts or {})
    return zipped(
        {
            "_rels/.rels": relations({"officeDocument": "word/document.xml"}),
            "word/document.xml": document(*blocks),
            "word/_rels/document.xml.rels": relations({kind: f"{kind}.xml" for kind in kinds}, links),
            **{f"word/{kind}.xml": content for kind, content in kinds.items()},
            **(others or {}),
        }
    )
