"""The body of an answer, in bounded memory: what is packed is measured before it is unpacked."""

from __future__ import annotations

import threading
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from ingest.http.answer import MOST_BYTES, Body

MOST_BYTES_TOGETHER = 3 * MOST_BYTES
"""Most bytes of all bodies that are looked at in one moment: many registries may send large ones."""
PIECE = 65_536
_STEP = 262_144
"""Bytes unpacked at a time."""
_GZIP = 31
"""``wbits`` of zlib for the gzip format."""


class CrowdedError(Exception):
    """All bodies together take too much memory."""


class _Room:
    """The bytes that all bodies may take together."""

    def __init__(self, most: int) -> None:
        self._left = most
        self._lock = threading.Lock()

    @contextmanager
    def part(self) -> Iterator[_Part]:
        part = _Part(self)
        try:
            yield part
        finally:
            self.take(-part.size)

    def take(self, size: int) -> None:
        with self._lock:
            if size > self._left:
                raise CrowdedError
            self._left -= size


class _Part:
    """What one body takes of it."""

    def __init__(self, room: _Room) -> None:
        self._room = room
        self.size = 0

    def take(self, size: int) -> None:
        self._room.take(size)
        self.size += size


_ROOM = _Room(MOST_BYTES_TOGETHER)


@contextmanager
def whole(pieces: Iterable[bytes], coding: str, most: int = MOST_BYTES) -> Iterator[Body | None]:
    """A body, for as long as it is looked at; None where it is larger than ``most`` bytes, packed or unpacked.

    Parameters
    ----------
    pieces
        As they arrive.
    coding
        The header Content-Encoding.
    most
        Bytes of the largest body, at most ``MOST_BYTES_TOGETHER``.

    Raises
    ------
    zlib.error
        It is packed in another way than gzip, or does not hold together.
    CrowdedError
        There is no room for it now.
    """
    coding = coding.strip().lower()
    if coding not in ("", "identity", "gzip", "x-gzip"):
        raise zlib.error("a coding that was not asked for")
    with _ROOM.part() as part:
        body = _received(pieces, part, most)
        yield _unpacked(body, part, most) if body is not None and coding.endswith("gzip") else body


def _received(pieces: Iterable[bytes], part: _Part, most: int) -> bytearray | None:
    body = bytearray()
    for piece in pieces:
        part.take(len(piece))
        body += piece
        if len(body) > most:
            return None
    return body


def _unpacked(packed: bytearray, part: _Part, most: int) -> bytearray | None:
    size = 0
    for chunk in _chunks(packed):
        size += len(chunk)
        if size > most:
            return None
    part.take(size)
    body = bytearray(size)
    end = 0
    for chunk in _chunks(packed):
        body[end : end + len(chunk)] = chunk
        end += len(chunk)
    return body


def _chunks(packed: bytearray) -> Iterator[bytes]:
    unpack = zlib.decompressobj(_GZIP)
    for start in range(0, len(packed), PIECE):
        piece: bytes = bytes(packed[start : start + PIECE])
        while piece:
            if unpack.eof:  # gzip files may follow one another (RFC 1952, 2.2)
                unpack = zlib.decompressobj(_GZIP)
            yield unpack.decompress(piece, _STEP)
            piece = unpack.unconsumed_tail or unpack.unused_data
    yield unpack.decompress(b"", _STEP)
    if not unpack.eof:
        raise zlib.error("cut off")
