"""Look DOIs up with another program; run by the Python of that program's environment.

``python _resolve_peers.py NAME`` reads ``{"url": …, "dois": […], "titles": […]}`` from its input and prints
``{"seconds": …, "right": …, "stopped": …}``. The time is that of the look-ups, without imports.
"""

import importlib
import json
import logging
import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from typing import Any
from urllib.parse import quote, urlsplit

PACK = 50
"""DOIs to one list where a program leaves the number to its user."""
PASSES = 5
MAIL = "someone@example.org"

LookUp = Callable[[str, Sequence[str]], Iterator[tuple[str, str]]]


def crossrefapi(url: str, dois: Sequence[str]) -> Iterator[tuple[str, str]]:
    """One question a DOI, with the pauses that the program makes by itself."""
    restful = importlib.import_module("crossref.restful")
    send_everything_to(url)
    works = restful.Works(etiquette=restful.Etiquette("benchmark", "1", "https://example.org", MAIL))
    for doi in dois:
        work = works.doi(doi)
        yield doi, work["title"][0] if work else ""


def habanero_lists(url: str, dois: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Lists, which the user has to pack; the program raises when it is told to wait."""
    crossref = importlib.import_module("habanero").Crossref(base_url=url, mailto=MAIL)
    for first in range(0, len(dois), PACK):
        found = crossref.works(filter={"doi": list(dois[first : first + PACK])}, limit=PACK)
        for work in found["message"]["items"]:
            yield work["DOI"], work["title"][0]


def manubot(url: str, dois: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Several questions a DOI, to doi.org, to its service of short DOIs and to NCBI."""
    logging.disable(logging.CRITICAL)
    cite = importlib.import_module("manubot.cite.doi")
    send_everything_to(url)
    for doi in dois:
        yield doi, cite.get_doi_csl_item(doi)["title"]


def requests_cache(url: str, dois: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Answers out of a cache that was filled before: no question at all."""
    library = importlib.import_module("requests_cache")
    with tempfile.TemporaryDirectory() as folder:
        store = library.SQLiteCache(os.path.join(folder, "answers"), wal=True)  # noqa: PTH118
        with library.CachedSession(backend=store, serializer="json") as session:
            for doi in dois:
                while session.get(f"{url}/works/{quote(doi, safe='')}").status_code != 200:
                    time.sleep(0.1)
            for _ in range(PASSES):
                yield "", ""  # the cache is warm: time is measured from here, and the fastest counts
                for doi in dois:
                    answer = session.get(f"{url}/works/{quote(doi, safe='')}")
                    yield doi, answer.json()["message"]["title"][0] if answer.from_cache else ""


def send_everything_to(url: str) -> None:
    """Let whatever address a program has built in lead to ours."""
    adapter = importlib.import_module("requests.adapters").HTTPAdapter
    send = adapter.send

    def send_here(self: Any, request: Any, **options: Any) -> Any:
        parts = urlsplit(request.url)
        request.url = f"{url}{parts.path}" + (f"?{parts.query}" if parts.query else "")
        return send(self, request, **{**options, "verify": False})

    adapter.send = send_here


PEERS: dict[str, LookUp] = {
    "crossrefapi": crossrefapi,
    "habanero": habanero_lists,
    "manubot": manubot,
    "requests-cache": requests_cache,
}


def measure(look_up: LookUp, url: str, wanted: dict[str, str]) -> dict[str, object]:
    """Seconds, how many titles were right, and what stopped the program before its end."""
    passes, right, stopped = [], 0, ""
    begun = time.perf_counter()
    try:
        for doi, title in look_up(url, list(wanted)):
            if doi:
                right += wanted[doi] == title
            else:
                passes.append(time.perf_counter() - begun)
                begun, right = time.perf_counter(), 0
    except Exception as error:
        stopped = f"{type(error).__name__}: {error}".partition(" for url")[0].splitlines()[0][:80]
    passes.append(time.perf_counter() - begun)
    return {"seconds": min(passes[1:] or passes), "right": right, "stopped": stopped}


if __name__ == "__main__":
    job = json.load(sys.stdin)
    wanted = dict(zip(job["dois"], job["titles"], strict=True))
    print(json.dumps(measure(PEERS[sys.argv[1]], job["url"], wanted)))
