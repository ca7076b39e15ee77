"""What the formats of ``kb check`` say alike: counts, places, and text from outside as it may stand in a log of CI."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from kb.errors import printable
from kb.language.counting import count
from kb.linting.outcome import Checked, Moved, Outcome, Run, Tally
from kb.model import Finding, Severity

SEVERITIES: tuple[Severity, ...] = ("error", "warning", "info")
WAYS = {"down": "Worse", "up": "Better", "other": "Otherwise"}
"""What `Moved.way` is called, in the order in which it is told."""

COMMAND = re.compile(r"##(?=\w{0,20}\[)")
"""The start of a command in the logs of CI services, which some obey in the middle of a line: ``##[error]``,
``##vso[task.setvariable …]``."""
_FAMILIAR = re.compile("[ -~¡-¬®-ɏ‐-―‘-…]*")
"""Letters of European languages and the signs of print: each is seen, and takes one column."""


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
    return _headline([tally(checked) for checked in run.articles], run.since)


def summary(run: Run) -> str:
    """The run in one line: ``12 findings in 3 articles: 4 errors, 8 warnings; 2 waived, 5 known from the baseline``."""
    return summary_of([tally(checked) for checked in run.articles], len(run.failed), run.since)


def summary_of(articles: Sequence[Tally], failed: int, since: str = "") -> str:
    """The same of what each article came to, and of how many files could not be checked."""
    found = _sum(articles)
    colon = ": " if found.open else "; "
    return colon.join(filter(None, (_headline(articles, since), _counted(found, failed))))


def counted(run: Run) -> str:
    """The open findings by severity, then what was not told, then what could not be checked; empty for none."""
    return _counted(tally(*run.articles), len(run.failed))


def _headline(articles: Sequence[Tally], since: str) -> str:
    flawed = sum(one.open > 0 for one in articles)
    found = _sum(articles).open
    among = f"{flawed:,} of " if 0 < flawed < len(articles) else ""
    of = f" since {harmless(since)}" if since else ""
    return f"{count(found, 'finding') if found else 'No findings'} in {among}{count(len(articles), 'article')}{of}"


def _sum(articles: Sequence[Tally]) -> Tally:
    return Tally(**{name: sum(getattr(one, name) for one in articles) for name in Tally.__struct_fields__})


def _counted(found: Tally, failed: int) -> str:
    numbers = ((name, getattr(found, name)) for name in SEVERITIES)
    by_severity = ", ".join(count(number, name) for name, number in numbers if number)
    aside = ((found.waived, "waived"), (found.known, "known from the baseline"))
    not_told = ", ".join(f"{number:,} {words}" for number, words in aside if number)
    not_checked = f"{count(failed, 'file')} could not be checked" if failed else ""
    return "; ".join(filter(None, (by_severity, not_told, not_checked)))


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
