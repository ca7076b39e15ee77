"""The benchmark of the app: that it measures what people wait for; the figures are never judged here."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from benchmarks import app
from benchmarks._app_browser import first_seen
from benchmarks._app_memory import resident, watching
from benchmarks._front import Figure
from benchmarks._synthetic import audit
from benchmarks._synthetic_sources import Works
from kb.base import KnowledgeBase

pytestmark = pytest.mark.browser
STATEMENTS = 20


def test_it_measures_visits_clicks_drawings_and_memory(browser: Browser, tmp_path: Path) -> None:
    shown = audit(Works(200, app.SEED), 0, STATEMENTS)
    with KnowledgeBase.open(tmp_path / "articles.db") as base:
        base.add(shown)
    found: list[Figure] = []
    with app.serving(tmp_path / "articles.db") as server, watching(server.process) as peak:
        address = app.address_of(server, shown)
        assert first_seen(browser, address, app.STATEMENT) > 0
        found += app.click(browser, server, shown, times=3)
        found += app.drawing(browser, server, shown, passes=1)
        assert 0 < resident(server.process) <= peak.megabytes
    figures = {one.name: one.value for one in found}
    assert f"click, {STATEMENTS} statements: ms of the server, median" in figures
    assert any(name.startswith("graph,") and name.endswith("seconds until it moved") for name in figures)
    assert all(value > 0 for value in figures.values())
