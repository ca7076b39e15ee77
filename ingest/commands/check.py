"""``kb check``: the linter."""

from __future__ import annotations

import datetime
import os
import sys
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any, Unpack, TypedDict

import click
import msgspec

from ingest.commands.files import content
from ingest.commands.options import as_of_option, bibliography_option, frozen_option, looks
from ingest.config import find_project, read_settings
from kb.errors import KnowledgeBaseError, StoreError, UsageError, one_line
from kb.linting.outcome import Checked, Run
from kb.report.check import FORMATS, writer

if TYPE_CHECKING:
    from ingest.linting.given import Given
