"""Where ``kb`` starts. To ask for the version is what scripts do first and often, so that loads no command."""

from __future__ import annotations

import sys

from kb import VERSION


def main() -> None:
    """Run the command that the arguments name."""
    if sys.argv[1:] == ["--version"]:
        sys.stdout.write(f"kb, version {VERSION}\n")
        return
    try:
        from ingest.cli import main as command
    except KeyboardInterrupt:  # interrupted before there was anything to do
        sys.exit(130)
    command()
