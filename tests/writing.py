"""What tests of the store share: audits that differ from the sample, and a program that writes."""

from __future__ import annotations

from pathlib import Path
from typing import TypeVar

import msgspec

from kb.model import Audit, Record

PROJECT = Path(__file__).resolve().parent.parent
AnyRecord = TypeVar("AnyRecord", bound=Record)

WRITER = """
import sys
from kb.store.store import Store
from tests.samples import sample_audit
from msgspec.structs import replace
path, name = sys.argv[1:]
store = Store.open(path)
audit = sample_audit()
for number in range(15):
    store.save(replace(audit, article=replace(audit.article, id=f"{name}-{number:02}.txt")))
store.close()
"""


def replaced(record: AnyRecord, **changes: object) -> AnyRecord:
    return msgspec.structs.replace(record, **changes)


def renamed(audit: Audit, article: str) -> Audit:
    return replaced(audit, article=replaced(audit.article, id=article))
