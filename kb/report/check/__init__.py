"""What ``kb check`` prints: one file a format, each from a `kb.linting.outcome.Run` to text, the same run to the same.

Text from articles, file names and registries is hostile here too: each format's own rules decide what cannot stand in
it, and nothing from outside becomes a command, a link, a tag or a sequence that steers a terminal.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib import import_module
from types import MappingProxyType

FORMATS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "text": ("kb.report.check.text", "to_text"),
        "json": ("kb.report.check.json", "to_json"),
        "sarif": ("kb.report.check.sarif", "to_sarif"),
        "github": ("kb.report.check.github", "to_github"),
        "junit": ("kb.report.check.junit", "to_junit"),
        "markdown": ("kb.report.check.markdown", "to_markdown"),
        "gitlab": ("kb.report.check.gitlab", "to_gitlab"),
    }
)
"""Formats by name: the module and the function in it. Looked up when wanted, because a run prints one of them."""


def writer(form: str) -> Callable[..., str]:
    """The function that writes a format of `FORMATS`; each takes the run, ``to_text`` also ``colour``."""
    module, name = FORMATS[form]
    write: Callable[..., str] = getattr(import_module(module), name)
    return write
