"""What several test files need: where the real data is, a server of PostgreSQL, and a browser."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from tests.browser_fixtures import browser, page, sample_app, serving, usual, watched
from tests.postgres_server import postgres, postgres_server

__all__ = ["browser", "page", "postgres", "postgres_server", "sample_app", "serving", "usual", "watched"]

# How long an example takes depends on what else the machine does; benchmarks tell what takes how long.
settings.register_profile("without deadlines", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("without deadlines")

# A shell starts what runs in the background deaf to interrupts, and so would be all programs that tests interrupt.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)

PROJECT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session", autouse=True)
def caches(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A cache folder for the tests alone, also for the programs that they start."""
    folder = tmp_path_factory.mktemp("caches")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(folder))
        patch.setenv("LOCALAPPDATA", str(folder))
        yield folder


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real data (``KB_DATA``, by default ``../shared``); skips where there is none."""
    folder = Path(os.environ.get("KB_DATA") or PROJECT.parent / "shared")
    if not folder.is_dir():
        pytest.skip(f"no real data at {folder}; set KB_DATA to the folder that holds it")
    return folder
