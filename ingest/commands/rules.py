"""``kb rules`` and ``kb explain``: what the linter looks for, and why."""

from __future__ import annotations

import click

from kb.errors import UsageError


@click.command()
def rules() -> None:
    """List the rules of the linter."""
    from kb.rules import RULES

    for rule in RULES:
        click.echo(f"{rule.id}  {rule.severity:<7}  {rule.name:<28}  {rule.summary}")


@click.command()
@click.argument("rule")
def explain(rule: str) -> None:
    """Say why a RULE matters and what to do, with an example."""
    from kb.rules import RULES

    found = next((one for one in RULES if rule.lower() in (one.id.lower(), one.name)), None)
    if found is None:
        raise UsageError(f"there is no rule '{rule}'", remedy="`kb rules` lists them")
    click.echo(f"{found.id} {found.name} ({found.severity})\n\n{found.documentation}")
