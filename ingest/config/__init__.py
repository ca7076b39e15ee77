"""Finds and reads the configuration: ``[tool.kb]`` of ``pyproject.toml``, or ``kb.toml``, of the project.

The project is the nearest folder upwards that holds one of the two; without one it is the folder itself. Every command
reads it, and so nothing here imports what it does not need.
"""

from ingest.config.keys import ENVIRONMENT, KINDS
from ingest.config.reading import find_project, read_settings

__all__ = ["ENVIRONMENT", "KINDS", "find_project", "read_settings"]
