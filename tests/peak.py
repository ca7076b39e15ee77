"""How much memory a process of its own took."""

from __future__ import annotations

import re
import resource
import sys
from pathlib import Path

_STATUS = Path("/proc/self/status")


def peak_kilobytes() -> int:
    """The most memory that was resident in this process, in kB.

    Linux counts it anew for each program; ``ru_maxrss`` of a child begins with what its parent held.
    """
    found = re.search(r"VmHWM:\s+(\d+)", _STATUS.read_text("utf-8")) if _STATUS.exists() else None
    if found:
        return int(found.group(1))
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // (1024 if sys.platform == "darwin" else 1)
