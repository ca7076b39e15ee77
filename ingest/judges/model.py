"""A model that judges: what it answers, how its answers are remembered, and who judges where it does not."""

from __future__ import annotations

import hashlib
from typing import Protocol, TypeAlias

import msgspec

from kb.model import Record, Source
from kb.strength.support import Claim, Judge, Judgement


class Abstained(Record, frozen=True, kw_only=True):
    """A model gave no answer that could be used; it is asked again next time."""

    reason: str
    """In plain words, as the end of a sentence."""


Answered: TypeAlias = Judgement | Abstained


class Model(Protocol):
    """What a model must offer to judge."""

    @property
    def name(self) -> str:
        """The label of its judgements: the kind of judge, its name and version."""

    @property
    def identity(self) -> str:
        """What its answers depend on beside claim and source; a change of it makes what is remembered useless."""

    def read(self, claim: Claim, source: Source) -> Answered:
        """What the model says of a claim and a source; ``not checked`` where it says that it cannot tell."""
        ...


class Memory(Protocol):
    """Where judgements are remembered; `kb.store.cache.Cache` is one."""

    def judged(self, judge: str, digest: str) -> Judgement | None:
        """What a judge said; None where that is not remembered."""

    def keep_judgement(self, judge: str, digest: str, judgement: Judgement, asked: str) -> None:
        """Remember what a judge said on a date."""


class ModelJudge:
    """A judge that asks a model first, and another judge where the model does not answer or cannot tell.

    What that other judge found of numbers, missing words and concerns stands beside a model's answer, and a number
    that differs keeps the model from bearing out the whole statement: that is a fact and no reading.

    Parameters
    ----------
    otherwise
        Judges where the model does not; None where the model's abstention is to stand.
    memory, asked
        Where answers are remembered, if anywhere, and the date that they are remembered with, ISO 8601.
    """

    def __init__(self, model: Model, otherwise: Judge | None, memory: Memory | None = None, asked: str = "") -> None:
        self._model, self._otherwise = model, otherwise
        self._memory, self._asked = memory, asked

    def judge(self, claim: Claim, source: Source) -> Judgement:
        """Hold a claim against a source: by the model where it can tell, else by the other judge, which says so."""
        said = self._said(claim, source)
        if self._otherwise is None:
            return said if isinstance(said, Judgement) else Judgement(direction="not checked", reasons=(said.reason,))
        base = self._otherwise.judge(claim, source)
        if isinstance(said, Abstained):
            return _noted(base, f"{self._model.name} did not judge it: {said.reason}")
        if said.direction == "not checked":
            return _noted(base, f"{self._model.name} could not tell", *said.reasons)
        return merged(base, said)

    def _said(self, claim: Claim, source: Source) -> Answered:
        if self._memory is None:
            return self._model.read(claim, source)
        digest = digest_of(self._model.identity, claim, source)
        known = self._memory.judged(self._model.name, digest)
        if known is not None:
            return known
        said = self._model.read(claim, source)
        if isinstance(said, Judgement):
            self._memory.keep_judgement(self._model.name, digest, said, self._asked)
        return said


def digest_of(identity: str, claim: Claim, source: Source) -> str:
    """A digest of all that an answer depends on: the model, the claim, and the texts and kind of the source."""
    texts = (source.title, source.abstract, source.full_text)
    kinds = (source.design, source.study, source.publication_types, source.keywords, source.mesh)
    given = (identity, claim, texts, kinds)
    return hashlib.sha256(msgspec.json.encode(given)).hexdigest()


def merged(base: Judgement, said: Judgement) -> Judgement:
    """What a model said, and of what it says nothing about, what the other judge found.

    >>> merged(Judgement(direction="neutral", missing=("knee",)), Judgement(direction="supports", judge="m 1")).missing
    ('knee',)
    """
    together = msgspec.structs.replace(
        said,
        numbers=said.numbers or base.numbers,
        read=said.read or base.read,
        concerns=said.concerns or base.concerns,
        missing=said.missing or base.missing,
        doubt=base.doubt if said.doubt is None else said.doubt,
    )
    differing = [check.stated for check in together.numbers if check.outcome == "differs"]
    if together.direction == "supports" and together.extent != "part" and differing:
        reason = f"the number {differing[0]} differs, so the whole is not borne out"
        return msgspec.structs.replace(together, extent="part", reasons=(*together.reasons, reason))
    return together


def _noted(judgement: Judgement, *notes: str) -> Judgement:
    return msgspec.structs.replace(judgement, reasons=(*judgement.reasons, *notes))
