"""What the formats of ``kb check`` say alike: counts, places, and text from outside as it may stand in a log of CI."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from kb.errors import printable
from kb.language.counting import count
from kb.linting.outcome import Checked, Moved, Outcome, Run
from kb.model import Finding, Record, Severity

SEVERITIES: tuple[Severity, ...] = ("error", "warning", "info")
WAYS = {"down": "Worse", "up": "Better", "other": "Otherwise"}
"""What `Moved.way` is called, in the order in which it is told."""

COMMAND = re.compile(r"##(?=\w{0,20}\[)")
"""The start of a command in the logs of CI services, which some obey in the middle of a line: ``##[error]``,
``##vso[task.setvariable …]``."""
_FAMILIAR = re.compile("[ -~¡-¬®-ɏ‐-―‘-…]*")
"""Letters of European languages and the signs of print: each is seen, and takes one column."""


class Tally(Record, frozen=True, kw_only=True):
    """What a run came to, in counts: open findings by severity, and those that were waived or are known of old."""

    error: int = 0
    warning: int = 0
    info: int = 0
    waived: int = 0
    known: int = 0

    @property
    def open(self) -> int:
        """Findings that stand."""
        return self.error + self.warning + self.info


def tally(*articles: Checked) -> Tally:
    """Count the findings of articles."""
    outcomes = (outcome for checked in articles for outcome in checked.outcomes)
    counts = Counter[str](one.finding.severity if one.state == "open" else one.state for one in outcomes)
    return Tally(**counts)


def open_findings(run: Run) -> Iterator[tuple[Checked, Outcome]]:
    """The findings that stand, with their articles, in the order of the run."""
    for checked in run.articles:
        for outcome in checked.outcomes:
            if outcome.state == "open":
                yield checked, outcome


def headline(run: Run) -> str:
    """How many findings there are, and in how many articles.

    >>> headline(Run(articles=(Checked(article="a.md"),), as_of="2026-01-01", version="1.0", since="main"))
    'No findings in 1 article since main'
    """
    flawed = sum(tally(checked).open > 0 for checked in run.articles)
    found = tally(*run.articles).open
    among = f"{flawed:,} of " if 0 < flawed < len(run.articles) else ""
    since = f" since {harmless(run.since)}" if run.since else ""
    return (
        f"{count(found, 'finding') if found else 'No findings'} in {among}{count(len(run.articles), 'article')}{since}"
    )


def counted(run: Run) -> str:
    """The open findings by severity, then what was not told, then what could not be checked; empty for none."""
    found = tally(*run.articles)
    numbers = ((name, getattr(found, name)) for name in SEVERITIES)
    by_severity = ", ".join(count(number, name) for name, number in numbers if number)
    aside = ((found.waived, "waived"), (found.known, "known from the baseline"))
    not_told = ", ".join(f"{number:,} {words}" for number, words in aside if number)
    failed = f"{count(len(run.failed), 'file')} could not be checked" if run.failed else ""
    return "; ".join(filter(None, (by_severity, not_told, failed)))


def summary(run: Run) -> str:
    """The run in one line: ``12 findings in 3 articles: 4 errors, 8 warnings; 2 waived, 5 known from the baseline``."""
    colon = ": " if tally(*run.articles).open else "; "
    return colon.join(filter(None, (headline(run), counted(run))))


def harmless(text: str) -> str:
    r"""Text from outside as a part of a line: it steers no terminal, hides nothing, and is no command of a CI service.

    >>> harmless("a##[add-mask]e\n::error::b")
    'a# #[add-mask]e ::error::b'
    """
    return inert(" ".join(seen(text).split()))


def inert(line: str) -> str:
    """A line without what CI services take for the start of a command within it."""
    return COMMAND.sub("# #", line) if "##" in line else line


def seen(text: str) -> str:
    """Text from outside as it may be shown (`kb.errors.printable`), at once where nothing in it is unusual."""
    return text if familiar(text) else printable(text)


def familiar(text: str) -> bool:
    """Whether a text holds only characters that are shown as they are, in one column each."""
    return _FAMILIAR.fullmatch(text) is not None


def path_of(article: str) -> str:
    """The name of an article as the beginning of a line: colons there would make a command of it."""
    shown = harmless(article)
    return f"./{shown}" if shown.startswith(":") else shown


def spot(article: str, finding: Finding) -> str:
    """Where a finding is: path, line and column, and the element where a line says little."""
    place = f" ({harmless(finding.place)})" if finding.place else ""
    return f"{path_of(article)}:{finding.line}:{finding.column}{place}"


def spot_of_change(change: Moved) -> str:
    """Where a change of the evidence is; empty where it is of no article."""
    return path_of(change.article) + (f":{change.line}" if change.article and change.line else "")


def advice(finding: Finding) -> str:
    """What is wrong and what to do, in one line."""
    return "; ".join(filter(None, (harmless(finding.message), harmless(finding.remedy))))


def changes(run: Run) -> Iterator[tuple[str, list[Moved]]]:
    """What the change did to the evidence: what got worse first, each way with its name."""
    for way, name in WAYS.items():
        moved = [change for change in run.changes if change.way == way]
        if moved:
            yield name, moved


def inside(article: str) -> bool:
    r"""Whether the name of an article is a path within the project, so that a service may look for it there.

    >>> inside("docs/a..b.md"), inside("../a.md"), inside("/etc/passwd"), inside("c:\\a.md")
    (True, False, False, False)
    """
    first, *others = article.replace("\\", "/").split("/")
    return first not in ("", "..") and not first.endswith(":") and ".." not in others
