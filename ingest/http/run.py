"""What is known in the course of a run: how much time is left, and which registries are out of reach."""

from __future__ import annotations

import math
from collections.abc import Callable

import msgspec

from ingest.http.answer import Answer, Outcome
from kb.settings import Settings

LONGEST_CALL = 20.0
"""Seconds that one question may take at most, its retries and their waiting included."""
CALL_SHARE = 0.75
"""Part of a run's time that one question may use up, so that a registry that hangs leaves some for another."""
STRIKES = 3
"""Questions that a registry fails one after the other before it is asked no more."""
_HEARD: frozenset[Outcome] = frozenset({"ok", "not found", "refused", "malformed"})


class Run:
    """One run, from its first question on.

    It lasts ``settings.deadline`` seconds, and ``settings.patience`` as long as no registry has answered at all.
    """

    def __init__(self, settings: Settings, clock: Callable[[], float]) -> None:
        self._deadline = settings.deadline
        self._unanswered = min(settings.deadline, settings.patience)
        self._clock = clock
        self._began = clock()
        self._answered = False
        self._down: dict[str, Answer] = {}
        self._heard: dict[str, float] = {}
        self._strikes: dict[str, int] = {}

    @property
    def answered(self) -> bool:
        """Whether anything came back yet."""
        return self._answered

    @property
    def closes(self) -> float:
        """When all asking ends, as things stand."""
        return self._began + self._lasts

    @property
    def _lasts(self) -> float:
        return self._deadline if self._answered else self._unanswered

    def ends(self, begun: float) -> float:
        """When a question first sent at ``begun`` is given up, as things stand."""
        return min(begun + min(LONGEST_CALL, CALL_SHARE * self._lasts), self.closes)

    def ends_at_most(self, begun: float) -> float:
        """When it is given up whatever is heard from others meanwhile."""
        return min(begun + LONGEST_CALL, self._began + self._deadline)

    def down(self, registry: str) -> Answer | None:
        """The answer for everything that is still to be asked of a registry that is asked no more."""
        return self._down.get(registry)

    def hear(self, answer: Answer) -> None:
        """Note that something came back, be it to be asked again."""
        self._answered = self._answered or answer.outcome != "unreachable"

    def remember(self, registry: str, begun: float, answer: Answer) -> None:
        """Note what came of a question in the end.

        A registry that answered another question meanwhile is not out of reach.
        """
        if answer.outcome in _HEARD and not answer.lasting:
            self._heard[registry] = self._clock()
            self._strikes[registry] = 0
            return
        self._strikes[registry] = self._strikes.get(registry, 0) + 1
        if self._heard.get(registry, -math.inf) >= begun:
            return
        if answer.lasting or self._strikes[registry] >= STRIKES:
            self._down[registry] = msgspec.structs.replace(answer, lasting=True)
