"""``kb rules`` and ``kb explain``: what the linter looks for, and why."""

from __future__ import annotations

import click

from kb.errors import UsageError


@click.command()
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
def rules(form: str) -> None:
    """List the rules of the linter."""
    from kb.report.rules import to_json, to_list

    click.echo(to_json() if form == "json" else to_list(), nl=False)


@click.command()
@click.argument("rule")
def explain(rule: str) -> None:
    """Say why a RULE matters and what to do, with an example.

    A RULE is an id (ST002) or a name (number-without-source); a family (ST, statements) is listed.
    """
    from kb.linting.selection import FAMILIES, meant, nearest
    from kb.report.rules import explained, to_list
    from kb.rules import RULES

    ids = meant(rule)
    if not ids:
        raise UsageError(f"there is no rule '{rule}'", remedy=nearest(rule))
    found = [one for one in RULES if one.id in ids]
    several = len(found) > 1 or rule.casefold() in {name.casefold() for pair in FAMILIES.items() for name in pair}
    click.echo(to_list(found) if several else explained(found[0]), nl=False)
