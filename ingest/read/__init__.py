"""Readers: bytes in one format → ``Reading``, that is an ``Article`` and what its format says of citations.

One file a format; ``layout`` settles what each block is.
"""

from __future__ import annotations

import stat
from collections.abc import Callable, Mapping
from pathlib import Path

import msgspec

from ingest.citekeys import cited_keys, without_keys
from ingest.links import links
from ingest.naming import FORMATS, Format
from ingest.reading import Reading
from kb.errors import ArticleError, printable
from kb.model import AUDITED, CITING

LARGEST = 12_000_000
"""Bytes of the largest article that is read; a book of 1,500 pages has about 5 million."""


def _text(data: bytes, article_id: str) -> Reading:
    from ingest.read import text

    return text.read(decode(data, article_id), article_id)


def _markdown(data: bytes, article_id: str) -> Reading:
    from ingest.read.markdown import reader

    return reader.read(decode(data, article_id), article_id)


def _html(data: bytes, article_id: str) -> Reading:
    from ingest.read.html import reader

    return reader.read(data, article_id)


def _jats(data: bytes, article_id: str) -> Reading:
    from ingest.read.jats import reader

    return reader.read(data, article_id)


def _word(data: bytes, article_id: str) -> Reading:
    from ingest.read.word import reader

    return reader.read(data, article_id)


_BY_FORMAT: Mapping[Format, Callable[[bytes, str], Reading]] = {
    "text": _text,
    "markdown": _markdown,
    "html": _html,
    "jats": _jats,
    "word": _word,
}
READERS = {suffix: _BY_FORMAT[kind] for suffix, kind in FORMATS.items()}
"""The reader of each kind of file; each is imported when it is first needed."""

_REMEDIES = dict.fromkeys((".doc", ".dot", ".rtf", ".odt", ".pages"), "save it as .docx") | {
    ".pdf": "save it as Word (.docx) or as a web page (.html), which its author's program can do"
}
"""What to do with kinds that are not read, where it is one thing."""


def read_file(path: Path, article_id: str) -> Reading:
    """Read an article from a file; see `load` and `read_bytes`."""
    return read_bytes(load(path, article_id), article_id)


def load(path: Path, article_id: str) -> bytes:
    """The bytes of an article's file.

    Parameters
    ----------
    path
        A file of at most ``LARGEST`` bytes.
    article_id
        The id that the article gets; it is also how messages name the file.

    Raises
    ------
    ArticleError
        The file is missing, no regular file, or too large.
    """
    try:
        found = path.stat()
        if stat.S_ISDIR(found.st_mode):
            raise ArticleError("is a folder", place=article_id, remedy="name the article files in it, such as *.md")
        if not stat.S_ISREG(found.st_mode):  # a pipe that nobody writes to would be waited for, a device has no end
            raise ArticleError("is no regular file", place=article_id, remedy="save the article in a file")
        refuse_large(found.st_size, article_id)
        return path.read_bytes()
    except FileNotFoundError:
        raise ArticleError("there is no such file", place=article_id, remedy="check the name and the folder") from None
    except OSError as error:
        raise ArticleError(
            f"cannot be read ({error.strerror})", place=article_id, remedy="check its permissions"
        ) from None


def refuse_large(size: int, article_id: str) -> None:
    """Refuse an article of more bytes than are read.

    Raises
    ------
    ArticleError
        It has more than ``LARGEST``.
    """
    if size > LARGEST:
        raise ArticleError(
            f"is {size / 1e6:.0f} MB, more than the {LARGEST // 1_000_000} MB that are read",
            place=article_id,
            remedy="split it into chapters, or leave its pictures out",
        )


def refuse_kind(suffix: str, article_id: str) -> None:
    """Refuse an article whose suffix, in lower case, no reader has.

    Raises
    ------
    ArticleError
        There is none for it; says what to do instead.
    """
    if suffix not in READERS:
        raise ArticleError(
            f"files of the kind '{suffix or 'without a suffix'}' are not read",
            place=article_id,
            remedy=_REMEDIES.get(suffix, f"give one of {', '.join(sorted(READERS))}"),
        )


def read_bytes(data: bytes, article_id: str, kind: str = "") -> Reading:
    """Read an article from memory, such as an upload or a page.

    ``kind`` is the suffix of its reader, where that is not the one of ``article_id``.

    Raises
    ------
    ArticleError
        It is of a kind that is not read, binary, or holds no text.
    """
    suffix = kind or Path(article_id).suffix.lower()
    refuse_kind(suffix, article_id)
    reading = READERS[suffix](data, article_id)
    if not any(block.kind in AUDITED for block in reading.article.blocks):
        raise ArticleError("holds no paragraph of text", place=article_id, remedy="check that it is the right file")
    return _with_mentions(reading)


def _with_mentions(reading: Reading) -> Reading:
    """The reading with the keys and links of its audited text."""
    article = reading.article
    spans = [(block.start, block.end) for block in article.blocks if block.kind in CITING]
    keys = tuple(cited_keys(article.text, spans)) if article.format == "markdown" else ()
    found = tuple(links(article.text, list(without_keys(spans, keys))))
    return msgspec.structs.replace(reading, keys=keys, links=(*reading.links, *found))


def decode(data: bytes, article_id: str) -> str:
    """Bytes → text: UTF-8 (a byte order mark is dropped) or UTF-16 with its mark; all line ends become newlines.

    Raises
    ------
    ArticleError
        The bytes are not text, or in another encoding; the message names the first line that is not UTF-8.
    """
    if not data.strip():
        raise ArticleError("is empty", place=article_id, remedy="check that the right file was saved")
    encoding = "utf-16" if data.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig"
    try:
        decoded = data.decode(encoding)
    except UnicodeDecodeError as error:
        if _is_binary(data):
            raise _not_text(article_id) from None
        line = data.count(b"\n", 0, error.start) + 1
        raise ArticleError(
            "is not valid UTF-8", place=f"{article_id}:{line}", remedy="save it again with the encoding UTF-8"
        ) from None
    if "\0" in decoded:
        raise _not_text(article_id)
    return decoded.replace("\r\n", "\n").replace("\r", "\n")


def _is_binary(data: bytes) -> bool:
    head = data[:4096]
    return b"\0" in head or sum(byte < 9 or 13 < byte < 32 for byte in head) > len(head) / 20


def _not_text(article_id: str) -> ArticleError:
    return ArticleError(
        "is a binary file, not text", place=printable(article_id), remedy="save the article as plain text or Markdown"
    )
