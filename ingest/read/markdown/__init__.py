"""Markdown: blocks and citation keys → ``Reading``."""
