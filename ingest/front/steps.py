"""How far an audit is, out of the steps that it tells."""

from __future__ import annotations

import re

from ingest.commands.progress import told
from ingest.front.jobs import Tell

READING, ASKING, WEIGHING, KEEPING = 0.05, 0.1, 0.85, 0.95
"""The share of an audit that is done when each of these begins. To ask takes longest by far."""
_EACH = 0.35
"""Of what is left of the asking, what one registry takes: how many will be asked is not known before."""
_ASKING = re.compile(r"Asking (?P<who>[^\n]{1,60}) about (?P<what>[\d,]+ [^\n]{1,40})")


class Steps:
    """Is told the steps of an audit, as `ingest.pipeline.Progress`, and tells them on in plain words with a share."""

    def __init__(self, tell: Tell) -> None:
        self._tell = tell
        self._share = 0.0
        self._from = self._to = ASKING

    def __call__(self, step: str) -> None:
        """One step."""
        counted, asking = told(step), _ASKING.fullmatch(step)
        if counted:
            who, done, total, what = counted
            share = self._from + (self._to - self._from) * done / max(total, 1)
            self._on(f"asking {who} about {total:,} {_plain(what)} ({done:,} of {total:,})", share)
        elif asking:
            self._from = max(self._share, ASKING)
            self._to = self._from + (WEIGHING - self._from) * _EACH
            self._on(f"asking {asking['who']} about {_plain(asking['what'])}", self._from)
        elif step.startswith("reading "):
            self._on("reading the article", READING)
        elif step.startswith("weighing "):
            self._on(step, WEIGHING)
        else:
            self._on(step, self._share)

    def keeping(self) -> None:
        """The audit is done, and is put into the knowledge base."""
        self._on("keeping it", KEEPING)

    def _on(self, step: str, share: float) -> None:
        self._share = max(self._share, share)
        self._tell(step, self._share)


def _plain(what: str) -> str:
    """A count of works as it is told to people who do not speak of DOIs.

    >>> _plain("12 DOIs"), _plain("DOI"), _plain("3 references")
    ('12 works', 'work', '3 references')
    """
    return what.replace("DOI", "work")
