"""Works that an answer names as missing are asked for once, one step further, and kept in the knowledge base."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING

from ingest.commands.options import answers, warn
from ingest.commands.progress import shown
from ingest.config import find_project, read_settings

if TYPE_CHECKING:
    from kb.base import KnowledgeBase


def fetch(base: KnowledgeBase, missing: Sequence[str], *, offline: bool | None) -> bool:
    """Ask registries about the nearest of the missing works; whether anything new is known now.

    How many are asked about is the setting ``works``; what registries did not tell is said on stderr. Offline, only
    what was remembered is told.
    """
    from ingest.pipeline import described
    from ingest.resolve.desk import client
    from ingest.resolve.works import askable, look_up

    if not askable(missing):
        return False
    settings = read_settings(find_project(Path.cwd()), offline=offline)
    with answers(settings) or nullcontext() as cache, shown() as tell:
        found = look_up(missing, settings, tell, http=client(settings, cache), cache=cache)
    for note in found.notes:
        warn(note)
    base.keep(map(described, found.sources))
    return bool(found.sources)
