"""Sentences → statements: what each asserts, whether that asks for a source, and why, in plain words."""

from __future__ import annotations

from ingest.statements.finder import find_statements

__all__ = ["find_statements"]
