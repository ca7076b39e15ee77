"""The baseline of a project where it is kept: read, laid over a run, and written again."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

from ingest.files import content, is_there, replace
from kb.errors import UsageError
from kb.language.counting import count
from kb.linting.baseline import EMPTY, FILE, LARGEST, Baseline, baseline_of, laid, read, to_json
from kb.linting.outcome import Checked


class Place(NamedTuple):
    """Where the baseline of a project is; ``asked`` where the command line or the configuration names it."""

    project: Path
    file: Path
    asked: bool

    @property
    def name(self) -> str:
        """The file as messages call it."""
        return os.path.relpath(self.file)


def place(project: Path, configured: str, given: str | None) -> Place:
    """Where it is: as the command line says, which counts from the current folder, else as the configuration does."""
    if given:
        return Place(project, Path(given), asked=True)
    return Place(project, project / (configured or FILE), asked=bool(configured))


def without_known(
    checked: Sequence[Checked], where: Place, *, whole: bool, warn: Callable[[str], None]
) -> tuple[Checked, ...]:
    """The articles of a run with what the baseline holds marked as known; as they are where none is asked for.

    Parameters
    ----------
    whole
        Whether all rules and all findings of these articles are in the run: only then an entry can be needless.

    Raises
    ------
    UsageError
        The file is asked for and not there, or not to be read as a baseline.
    """
    if not where.asked:
        return tuple(checked)
    baseline = _read(where)
    if baseline is None:
        raise UsageError("there is no such file", place=where.name, remedy="write it with `kb check --write-baseline`")
    found = laid(checked, baseline, _gone(baseline, where))
    if whole and found.needless:
        gone = f"{count(found.needless, 'finding')} in it {'is' if found.needless == 1 else 'are'} no more"
        warn(f"{where.name}: {gone}; write it again with `kb check --write-baseline`")
    return found.articles


def write(
    checked: Sequence[Checked], where: Place, asked: Callable[[str, str], bool] = lambda rule, article: True
) -> str:
    """Take what is open or known in these articles as known, and say what was written.

    What the file holds of other articles stays, and so does what it holds of rules that were not ``asked`` for.

    Raises
    ------
    UsageError
        The file is not to be read as a baseline, or cannot be written.
    """
    former = content(where.project, os.fspath(where.file.absolute()), LARGEST)
    before = EMPTY if former is None else read(former, where.name)
    made = baseline_of(checked, before, _gone(before, where), asked)
    text = to_json(made).encode()
    if text != former:
        replace(where.file, text, former=former, project=where.project)
    findings = sum(map(len, made.findings.values()))
    are = "is" if findings == 1 else "are"
    said = (
        f"{where.name}: {count(findings, 'finding')} in {count(len(made.findings), 'article')} {are} known from now on"
    )
    return said if where.asked else f'{said}; say so in the configuration: baseline = "{FILE}"'


def _read(where: Place) -> Baseline | None:
    data = content(where.project, os.fspath(where.file.absolute()), LARGEST)
    return None if data is None else read(data, where.name)


def _gone(baseline: Baseline, where: Place) -> frozenset[str]:
    """The articles of the baseline that are there no more."""
    return frozenset(name for name in baseline.findings if not is_there(where.project, name))
