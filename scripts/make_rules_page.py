"""Writes docs/rules.md out of the docstrings of the rules.

    python scripts/make_rules_page.py

Run it again where a rule or its docstring changed: tests/kb/test_report_rules.py holds that the page is the one that
this script writes.
"""

from __future__ import annotations

from pathlib import Path

from kb.report.rules import page

PAGE = Path(__file__).resolve().parent.parent / "docs" / "rules.md"

if __name__ == "__main__":
    PAGE.write_text(page(), "utf-8")
