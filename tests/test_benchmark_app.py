"""The benchmark of the app: that it measures each thing that is asked for; the figures are never judged here."""

from __future__ import annotations

import json

import pytest
from playwright.sync_api import Browser

from benchmarks import app

pytestmark = pytest.mark.browser


def test_it_prints_its_figures(browser: Browser, capsys: pytest.CaptureFixture[str]) -> None:
    sizes = {"articles": 4, "statements": 20, "sessions": 1, "passes": 1}
    app.main([*(f"--{name}={value}" for name, value in sizes.items()), "--json"], browser)
    figures = json.loads(capsys.readouterr().out)
    assert {
        "first visit / Streamlit's hello",
        "click, 20 statements: ms of the server, median",
        "1 sessions, 4 articles: MB of the server at most",
    } <= figures.keys()
    assert any(name.startswith("graph,") and name.endswith("seconds until it moved") for name in figures)
    assert all(value > 0 for value in figures.values())
