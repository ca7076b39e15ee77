"""A sample of ``make reliability``: runs that are killed, and runs at once, lose nothing that they kept."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parent.parent


@pytest.mark.skipif(os.name == "nt", reason="kill -9 is not known there")
def test_killed_and_simultaneous_runs_lose_nothing() -> None:
    command = [sys.executable, "-m", "benchmarks.reliability", "--kills", "10", "--json"]
    done = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, timeout=180)
    assert done.stderr == ""
    counts = json.loads(done.stdout)
    assert counts.pop("kills") == 10
    del counts["ended before"]
    assert counts == {
        "knowledge bases that did not open": 0,
        "caches that did not open": 0,
        "articles lost": 0,
        "remembered works lost": 0,
        "works asked for again": 0,
        "2 processes at once: lost": 0,
        "4 processes at once: lost": 0,
    }
    assert done.returncode == 0
