"""What an article's statements can be narrowed down by besides their verdict: their kind, and what rules found."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from types import MappingProxyType

from kb.model import Audit, Record
from kb.view.markup import Element, element
from kb.view.panels import legend_panel
from kb.view.summary import Summary
from kb.view.worklist import NAMES

_AS_WRITTEN: Mapping[str, str] = MappingProxyType({})


class Choice(Record, frozen=True, kw_only=True):
    """One value to narrow down to, what it is called, and how many statements have it."""

    value: str
    words: str
    count: int


class Choices(Record, frozen=True, kw_only=True):
    """What there is to choose from, the most frequent first."""

    kinds: tuple[Choice, ...]
    rules: tuple[Choice, ...]


def choices(audit: Audit) -> Choices:
    """The kinds of an article's statements, and the rules that found something in one."""
    found = {(finding.rule, finding.statement) for finding in audit.findings if finding.statement}
    return Choices(
        kinds=_counted(statement.kind for statement in audit.statements),
        rules=_counted((rule for rule, _ in found), NAMES),
    )


def _counted(values: Iterable[str], names: Mapping[str, str] = _AS_WRITTEN) -> tuple[Choice, ...]:
    counts = sorted(Counter(values).items(), key=lambda one: (-one[1], one[0]))
    return tuple(
        Choice(value=value, words=names.get(value, value.replace("-", " ")), count=count) for value, count in counts
    )


def tools_panel(summary: Summary, offered: Choices) -> Element | None:
    """Filters by verdict, kind and rule, how many statements they leave, and the way from one to the next.

    What they do is in ``front/article.js``; it finds them by ``data-filter``, ``data-narrow`` and ``data-does``.
    """
    if not summary.statements:
        return None
    return element(
        "div",
        legend_panel(summary, filters=True),
        element(
            "div",
            _menu("Kind", "kind", "all kinds", offered.kinds),
            _menu("Found", "rules", "anything", offered.rules) if offered.rules else None,
            element("span", class_="shown faint", role="status"),
            element("button", "Show all", data_does="all"),
            element("button", "← Previous ", element("kbd", "p"), data_does="previous"),
            element("button", "Next ", element("kbd", "n"), " →", data_does="next"),
            element("button", "Copy link", data_does="copy", title="The address that opens at what is chosen here"),
            element("span", class_="told faint", role="status"),
            _keys(),
            class_="row",
        ),
        class_="tools",
    )


def _menu(label: str, name: str, everything: str, offered: Iterable[Choice]) -> Element:
    options = (element("option", f"{one.words} ({one.count:,})", value=one.value) for one in offered)
    return element(
        "label", f"{label} ", element("select", element("option", everything, value=""), *options, data_narrow=name)
    )


def _keys() -> Element:
    told = (("n p", "open the next, the previous"), ("↓ ↑ or j k", "move, then Enter opens"))
    return element(
        "details",
        element("summary", "Keys ", element("kbd", "?")),
        element(
            "p",
            *(part for keys, does in told for part in (element("kbd", keys), f" {does}. ")),
            "Statements that are filtered out are passed over.",
        ),
        class_="keys",
    )
