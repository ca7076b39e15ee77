"""From an audit to what the linter tells of it: which findings count, how severe they are, and what became of them."""

from __future__ import annotations

from collections.abc import Sequence

from kb.linting.outcome import Checked
from kb.model import Audit
from kb.rules.context import Elsewhere, Waiver
from kb.settings import Linting


def lint(
    audit: Audit,
    options: Linting,
    waivers: Sequence[Waiver] = (),
    elsewhere: Sequence[Elsewhere] = (),
) -> Checked:
    """What the linter tells of one article, before a baseline is laid over it (`kb.linting.baseline`).

    Parameters
    ----------
    audit
        The article as audited; its findings are those of all rules that need no more than it.
    options
        Which rules count where, and how severe they are; rules that do not exist were refused before.
    waivers
        Those that the article itself carries; those of ``options`` are added here.
    elsewhere
        Statements that other articles of the knowledge base contradict.
    """
    raise NotImplementedError
