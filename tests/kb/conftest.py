"""What several tests of the core need."""

from __future__ import annotations

import pytest

from kb.model import Audit
from tests import samples


@pytest.fixture
def sample_audit() -> Audit:
    """The hand-made audit of ``tests/samples.py``."""
    return samples.sample_audit()
