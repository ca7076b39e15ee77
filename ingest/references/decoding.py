"""The bytes of a bibliography file → text."""

from __future__ import annotations

from kb.errors import BibliographyError


def encoding(data: bytes) -> tuple[int, str]:
    """How many bytes of byte order mark a file begins with, and the encoding of the rest."""
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return 2, "utf-16-le" if data[:1] == b"\xff" else "utf-16-be"
    if _first_not_utf8(data) < len(data):
        return 0, "cp1252"
    return (3 if data.startswith(b"\xef\xbb\xbf") else 0), "utf-8"


def decoded(data: bytes, name: str) -> tuple[str, list[str]]:
    """The text of a file called ``name``, line ends as they are, and a message where its encoding had to be guessed.

    Raises
    ------
    BibliographyError
        The bytes are no text.
    """
    mark, codec = encoding(data)
    if codec in ("utf-8", "cp1252") and b"\0" in data:
        raise BibliographyError("is no text", place=name, remedy="name a bibliography, such as a .bib file")
    text = data[mark:].decode(codec, errors="replace")
    if codec != "cp1252":
        return text, []
    line = data.count(b"\n", 0, _first_not_utf8(data)) + 1
    return text, [f"{name}:{line}: not UTF-8, read as Windows-1252; save the file as UTF-8"]


def unified(text: str) -> str:
    """Text with newlines as its only line ends."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _first_not_utf8(data: bytes) -> int:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        return error.start
    return len(data)
