"""What the linter looks for, out of the rules' own docstrings: a list, one rule explained, JSON, and docs/rules.md."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence

from kb.linting.selection import FAMILIES
from kb.rules import RULES
from kb.rules.rule import Rule

PARTS = ("Why", "How it is told", "What to do", "Wrong", "Right")
"""What a docstring holds after its summary, in this order; all but the second have to be there."""
_PART = re.compile(rf"(?:^|\n\n)({'|'.join(PARTS)}): ")
_PAGE = re.compile(r"\bdocs/(\w{1,40}\.md)\b")
_INTRODUCTION = """\
# The rules of the linter

<!-- Written by scripts/make_rules_page.py out of the docstrings in kb/rules: change those. -->

`kb check` reports what these rules find. A rule goes by its id or its name, which never change, or with its whole
family; `[tool.kb]` selects rules and sets their severity, and a waiver lets a finding stand for a reason. `kb rules`
lists them, and `kb explain ST001` prints what stands here. A finding speaks of the citation, never of its author's
honesty; grades are provisional and no medical advice.
"""
_CONTEXTUAL = "Found by `kb check` alone: it takes waivers, other articles, or a bound that is configured."


def by_family(rules: Sequence[Rule] = RULES) -> dict[str, tuple[Rule, ...]]:
    """The rules by the code of their family, each family in the order of ids; families without one are left out."""
    families = {code: [rule for rule in rules if rule.id.startswith(code)] for code in FAMILIES}
    return {code: tuple(sorted(own, key=lambda rule: rule.id)) for code, own in families.items() if own}


def to_list(rules: Sequence[Rule] = RULES) -> str:
    """One line a rule: id, severity, name and summary."""
    every = [rule for own in by_family(rules).values() for rule in own]
    width = max((len(rule.name) for rule in every), default=0)
    return "".join(f"{rule.id}  {rule.severity:<7}  {rule.name:<{width}}  {rule.summary}\n" for rule in every)


def to_json(rules: Sequence[Rule] = RULES) -> str:
    """A JSON array with an object a rule; the parts of its documentation by their names, in small letters."""
    every = [_described(rule) for own in by_family(rules).values() for rule in own]
    return json.dumps(every, ensure_ascii=False, indent=2) + "\n"


def explained(rule: Rule) -> str:
    """One rule as `kb explain` prints it."""
    return f"{rule.id} {rule.name} ({rule.severity})\n\n{rule.documentation}\n"


def page() -> str:
    """The whole of docs/rules.md."""
    families = by_family()
    contents = "\n\n".join(_contents(code, rules) for code, rules in families.items())
    chapters = "\n\n".join(
        "\n\n".join((f"## {_heading(code)}", *map(_section, rules))) for code, rules in families.items()
    )
    return f"{_INTRODUCTION}\n{contents}\n\n{chapters}\n"


def parts_of(rule: Rule) -> Mapping[str, str]:
    """The parts of a rule's documentation by their names, each with its paragraphs."""
    texts = _PART.split(rule.documentation)[1:]
    return dict(zip(texts[::2], map(str.strip, texts[1::2]), strict=True))


def _described(rule: Rule) -> dict[str, str]:
    parts = {name.lower().replace(" ", "_"): " ".join(text.split()) for name, text in parts_of(rule).items()}
    named = {"id": rule.id, "name": rule.name, "family": FAMILIES[rule.id[:2]], "severity": rule.severity}
    return {**named, "summary": rule.summary, **parts}


def _contents(code: str, rules: Sequence[Rule]) -> str:
    head = f"**[{_heading(code)}](#{_anchor(_heading(code))})**\n\n| rule | default severity | |\n|---|---|---|\n"
    return head + "\n".join(
        f"| [{rule.id} {rule.name}](#{_anchor(f'{rule.id} {rule.name}')}) | {rule.severity} | {_linked(rule.summary)} |"
        for rule in rules
    )


def _section(rule: Rule) -> str:
    parts = [f"**{name}:** {_linked(text)}" for name, text in parts_of(rule).items()]
    told = [f"Default severity: {rule.severity}.{f' {_CONTEXTUAL}' if rule.contextual else ''}"]
    return "\n\n".join((f"### {rule.id} {rule.name}", _linked(rule.summary), *told, *parts))


def _heading(code: str) -> str:
    return f"{FAMILIES[code].capitalize()} ({code})"


def _anchor(heading: str) -> str:
    """The name that a heading is linked by, as forges make it."""
    return re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-")


def _linked(text: str) -> str:
    """Text of a docstring as Markdown: other pages as links beside this one."""
    return _PAGE.sub(r"[docs/\1](\1)", text)
