"""A page of the web that the user names: fetched once, from the public web alone, in bounded time and memory."""

from __future__ import annotations

import queue
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from typing import TypeAlias

import msgspec

from ingest.http import body, wire
from ingest.http.addresses import onward, web_address
from ingest.http.answer import TOO_LATE, Answer
from ingest.http.dial import Dial, RefusedError
from ingest.http.run import Run
from kb.errors import ArticleError, CannotCheckError, KnowledgeBaseError
from kb.model import Record
from kb.settings import Settings

HOPS = 5
"""Most redirects that are followed."""
_ACCEPT = "text/html, application/xhtml+xml, text/markdown, text/plain, application/xml;q=0.9, */*;q=0.5"
ALLOW = "if you mean that, say so with --allow-private"
"""What to do about an address that is refused, on the command line; the app has no such option."""
_SAVE = "open it in a browser, save it and give the file"
_LATER = "try again later, or save the page and give the file"


class Fetched(Record, frozen=True, kw_only=True):
    """A page as it arrived: its address in the form that serves as an id, the header Content-Type, and the bytes."""

    url: str
    content_type: str
    data: bytes


_Came: TypeAlias = Fetched | KnowledgeBaseError


class Pages:
    """Fetches pages for one run of the program.

    Connections go to the host itself and never through a proxy of the environment: a proxy would resolve the name
    anew, and the check of its addresses would hold nothing. No cookie is kept, no password sent, and the site is not
    told who asks. A page takes at most 20 s, and three quarters of ``settings.patience`` where nothing answers; all
    pages that nothing answers for share the patience, so that a run without a network ends soon.

    Parameters
    ----------
    settings
        ``deadline``, ``patience`` and ``offline`` are read.
    allow_private
        Fetch also from this machine and from networks that are not the public web.
    dial
        How connections are made; replaced in tests.
    clock
        Monotonic seconds.
    """

    def __init__(
        self,
        settings: Settings,
        *,
        allow_private: bool = False,
        dial: Dial | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._settings = settings
        self._dial = dial or Dial(allow_private=allow_private)
        self._clock = clock
        self._patience = settings.patience
        self._session: wire.Session | None = None

    def get(self, url: str, most: int) -> Fetched:
        """Fetch a page of at most ``most`` bytes, after unpacking.

        Raises
        ------
        ArticleError
            It is no web address, leads to one that is not reached, is not there or too large, or the run is offline.
        CannotCheckError
            The site did not give it.
        """
        asked = web_address(url)
        if self._settings.offline:
            raise ArticleError(
                "is fetched over the network, which --offline and kb check do not use",
                place=asked,
                remedy="save the page and give the file",
            )
        came = self._within_time(asked, most)
        if isinstance(came, KnowledgeBaseError):
            raise came
        return came

    def _within_time(self, url: str, most: int) -> _Came:
        """What came of a page; a thread asks for it, see `ingest.http.client`."""
        session = self._ready()
        run = Run(msgspec.structs.replace(self._settings, patience=self._patience), self._clock)
        begun = self._clock()
        back: queue.SimpleQueue[_Came] = queue.SimpleQueue()
        visit = _Visit(session, run, url, most, run.ends_at_most(begun), self._clock)
        threading.Thread(target=lambda: back.put(visit.outcome()), name=wire.THREAD, daemon=True).start()
        try:
            while (left := run.ends(begun) - self._clock()) > 0:  # an answer that begins moves the end
                with suppress(queue.Empty):
                    return back.get(timeout=left)
            return _unreachable(url, TOO_LATE)
        finally:
            self._patience -= 0 if run.answered else self._clock() - begun

    def _ready(self) -> wire.Session:
        if self._session is None:
            self._session = wire.open_session("")
            self._session.headers["Accept"] = _ACCEPT
            wire.only_through(self._session, self._dial)
        return self._session


class _Visit:
    """One page on its way, over all its redirects."""

    def __init__(
        self, session: wire.Session, run: Run, url: str, most: int, ends: float, clock: Callable[[], float]
    ) -> None:
        self._session, self._run, self._url, self._most = session, run, url, most
        self._ends, self._clock = ends, clock

    def outcome(self) -> _Came:
        """The page, or why there is none; never raises for what the world does."""
        hop = self._url
        try:
            for _ in range(HOPS + 1):
                with wire.open_page(self._session, hop, max(0.001, self._ends - self._clock())) as response:
                    self._run.hear(Answer(outcome="ok"))
                    target = self._session.get_redirect_target(response)
                    if target is None:
                        return self._judged(response.status_code, response)
                    hop = onward(hop, target)
            return CannotCheckError("sends us round in circles", place=self._url, remedy=_SAVE)
        except RefusedError as error:
            problem = str(error) if hop == self._url else f"sends us on to a host that {error}"
            return ArticleError(problem, place=self._url, remedy=ALLOW)
        except KnowledgeBaseError as error:
            return error
        except Exception as error:  # whatever the libraries below make of hostile input is the world's fault
            if isinstance(error, ValueError):  # the only place where they say that of an address
                return ArticleError("is no web address", place=self._url, remedy="check how it is written")
            return _unreachable(self._url, wire.explain(error).reason)

    def _judged(self, status: int, response: wire.Response) -> _Came:
        if status != 200:
            return _refused(self._url, status)
        coding = response.headers.get("Content-Encoding", "")
        with body.whole(wire.pieces(response, self._ends, self._clock), coding, self._most) as content:
            if content is None:
                size = f"{self._most // 1_000_000} MB"
                return ArticleError(f"is more than the {size} that are read", place=self._url, remedy=_SAVE)
            kind = response.headers.get("Content-Type", "")
            return Fetched(url=self._url, content_type=kind, data=bytes(content))


def _unreachable(url: str, reason: str) -> CannotCheckError:
    return CannotCheckError(f"could not be fetched ({reason})", place=url, remedy=_LATER)


def _refused(url: str, status: int) -> KnowledgeBaseError:
    """What a status other than 200 means (RFC 9110, 15; 429: RFC 6585)."""
    if status in (404, 410):
        return ArticleError(f"there is no such page ({status})", place=url, remedy="check the address")
    if status == 429:
        return CannotCheckError(f"the site is asked too often ({status})", place=url, remedy=_LATER)
    if status >= 500:
        return CannotCheckError(f"the site has a fault ({status})", place=url, remedy=_LATER)
    return CannotCheckError(f"the site does not show it ({status})", place=url, remedy=_SAVE)
