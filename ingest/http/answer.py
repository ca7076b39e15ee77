"""What came of a question, and what an answer over HTTP means. Pure: no network and no clock here."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any, Literal, TypeAlias

import msgspec

from kb.model import Record

Outcome: TypeAlias = Literal[
    "ok", "not found", "refused", "limited", "server error", "malformed", "unreachable", "not attempted"
]
Body: TypeAlias = bytes | bytearray

MOST_BYTES = 16_000_000
"""Largest body accepted, in bytes after decompression; a full list of 100 Crossref works takes about 5 million."""
MOST_VALUES = 600_000
"""Most commas, brackets and braces of a JSON body: real answers hold one in about 25 bytes, and an answer made of
empty lists alone would take twenty times its size as records."""

TOO_LATE = "no complete answer within the time allowed"
_HTML = re.compile(rb"<(!doctype\s+html|html|head|body)\b", re.IGNORECASE)
_BLANK = b" \t\r\n"


class Answer(Record, frozen=True, kw_only=True):
    """What came of one question.

    An answer that is ok holds one of ``data``, ``items`` and ``text``; a "not found" holds them where it has one.
    ``reason`` says in plain words what went wrong; it holds no address and nothing of the answer. ``lasting`` marks a
    fault that the next question to the same host would meet again.
    """

    outcome: Outcome
    data: dict[str, Any] | None = None
    """The object of a JSON body."""
    items: list[Any] | None = None
    """The values of a JSON body that is a list."""
    text: str = ""
    """An XML body."""
    reason: str = ""
    status: int | None = None
    retry_after: float | None = None
    """Seconds that the registry asked to wait."""
    lasting: bool = False


def judge(status: int, retry_after: str | None, body: Body | None) -> Answer:
    """What an HTTP answer means: from its status, its Retry-After header and its body (None: too large)."""
    if status == 429 or status >= 500:
        wait = seconds_to_wait(retry_after, datetime.now(UTC))
        if status == 429:
            return Answer(outcome="limited", reason="too many questions", status=status, retry_after=wait, lasting=True)
        return Answer(outcome="server error", reason=f"status {status}", status=status, retry_after=wait)
    if 400 <= status < 500 and status != 404:
        return Answer(outcome="refused", reason=f"status {status}", status=status)
    if status not in (200, 404):
        return Answer(outcome="malformed", reason=f"unexpected status {status}", status=status)
    read = _read(body)
    outcome: Outcome = "not found" if status == 404 else "malformed" if read.reason else "ok"
    reason = "" if outcome == "not found" else read.reason
    return msgspec.structs.replace(read, outcome=outcome, reason=reason, status=status)


def _read(body: Body | None) -> Answer:
    """The content of a body, or as ``reason`` why there is none."""
    if body is None:
        return _useless("the answer is too large")
    start = bytes(body[:200]).removeprefix(b"\xef\xbb\xbf").lstrip(_BLANK)
    if start.startswith(b"<"):
        return _useless("the answer is a web page") if _HTML.match(start) else _xml(body)
    if sum(body.count(mark) for mark in (b",", b"[", b"{")) > MOST_VALUES:
        return _useless("the answer holds too many values")
    # msgspec refuses lone surrogates and invalid UTF-8, which json would let through to the knowledge base.
    try:
        value = msgspec.json.decode(body)
    except (msgspec.DecodeError, ValueError):
        return _useless("the answer is not JSON")
    except RecursionError:
        return _useless("the answer is nested too deeply")
    if isinstance(value, dict):
        return Answer(outcome="ok", data=value)
    return Answer(outcome="ok", items=value) if isinstance(value, list) else _useless("the answer is not a JSON object")


def _xml(body: Body) -> Answer:
    try:
        return Answer(outcome="ok", text=body.decode("utf-8-sig"))
    except UnicodeDecodeError:
        return _useless("the answer is not UTF-8")


def _useless(reason: str) -> Answer:
    return Answer(outcome="malformed", reason=reason)


def seconds_to_wait(header: str | None, now: datetime) -> float | None:
    """A Retry-After header (RFC 9110, 10.2.3: seconds or a date) in seconds from now; None where it names no time."""
    value = (header or "").strip()
    if re.fullmatch(r"[0-9]{1,9}", value):
        return float(value)
    try:
        until = parsedate_to_datetime(value)
        return max(0.0, (until if until.tzinfo else until.replace(tzinfo=UTC)).timestamp() - now.timestamp())
    except (TypeError, ValueError, OverflowError):
        return None
