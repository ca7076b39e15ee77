"""Where the bundled example is: inside the installed package, or at the top of a checkout."""

from __future__ import annotations

from pathlib import Path

PACKAGE = Path(__file__).resolve().parent


def bundled(name: str) -> Path:
    """Find a file of the bundled example.

    Parameters
    ----------
    name
        Its path in a checkout, POSIX: ``app.py``, ``references.bib``, ``examples/sciatica-and-knee-pain.md``.

    Returns
    -------
    Path
        Absolute. In the wheel these files lie below ``ingest/_bundled``, in the same arrangement.

    Raises
    ------
    FileNotFoundError
        No such file was bundled: an installation that is not whole, or a wrong name.
    """
    carried = PACKAGE / "_bundled"
    path = (carried if carried.is_dir() else PACKAGE.parent) / name
    if not path.is_file():
        raise FileNotFoundError(f"{name} is not part of this installation of evidence-kb; install it again")
    return path
