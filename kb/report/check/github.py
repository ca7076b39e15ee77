"""The findings as workflow commands, which GitHub Actions shows as annotations on the lines of a pull request.

The escaping is that of GitHub's own toolkit: ``%``, carriage return and line feed everywhere, ``:`` and ``,`` in
properties too. Only what is open becomes an annotation, because GitHub shows ten of each kind a step.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from kb.errors import printable
from kb.linting.outcome import Outcome, Run
from kb.model import Severity
from kb.report.check.wording import COMMAND, advice, harmless, inside, open_findings, path_of, summary

_COMMANDS: Mapping[Severity, str] = {"error": "error", "warning": "warning", "info": "notice"}


def to_github(run: Run) -> str:
    """Write one command a line: the open findings, the files that could not be checked, and the counts."""
    return "".join(f"{line}\n" for line in _lines(run))


def _lines(run: Run) -> Iterator[str]:
    for checked, outcome in open_findings(run):
        yield _annotation(checked.article, outcome)
    for words in run.failed:
        yield _command("error", {"title": "Could not be checked"}, harmless(words))
    yield _command("notice", {"title": "kb check"}, summary(run))


def _annotation(article: str, outcome: Outcome) -> str:
    finding = outcome.finding
    title = f"{finding.rule} {outcome.name}"
    message = f"{harmless(finding.place)}: {advice(finding)}" if finding.place else advice(finding)
    if not inside(article):  # it is no file of the repository: the words tell its name
        return _command(_COMMANDS[finding.severity], {"title": title}, f"{path_of(article)}: {message}")
    place: dict[str, str | int] = {"file": COMMAND.sub("# #", printable(article).replace("\t", " "))}
    place |= {"line": finding.line, "endLine": outcome.end_line}
    if outcome.end_line == finding.line:  # columns of a passage of several lines are refused
        place |= {"col": finding.column, "endColumn": outcome.end_column}
    return _command(_COMMANDS[finding.severity], {**place, "title": title}, message)


def _command(name: str, properties: Mapping[str, str | int], message: str) -> str:
    told = ",".join(f"{key}={_property(str(value))}" for key, value in properties.items())
    return f"::{name} {told}::{_data(message)}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
