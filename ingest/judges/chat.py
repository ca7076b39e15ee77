"""A chat model behind an OpenAI-compatible address as a judge: sends statement and abstract there, and nothing else.

Its answers are remembered, labelled with the model's name and version, and never overrule a person. Whatever the
server does that is not an answer of the form asked for is an abstention.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

import msgspec

from ingest.http import Answer, Outcome
from ingest.judges.model import Abstained, Answered
from ingest.judges.wording import LONGEST_TEXT, PROMPT, Asked, answer, marked, request
from kb.errors import one_line
from kb.language.abstract import abstract_of
from kb.model import Source
from kb.strength.support import NO_ABSTRACT, Claim

_LONGEST_TITLE = 500
_LONGEST_NAME = 80
_TROUBLE: Mapping[Outcome, str] = {
    "not found": "there is nothing at its address (404)",
    "refused": "its server declined the question ({reason})",
    "limited": "its server is asked too often",
    "server error": "its server reported a fault of its own ({reason})",
    "malformed": "its server gave an answer that could not be used ({reason})",
    "unreachable": "its server could not be reached ({reason})",
    "not attempted": "it was not asked ({reason})",
}


class Sender(Protocol):
    """Sends JSON to the model's server; `ingest.http.post.Post` is one."""

    def send(self, content: bytes) -> Answer:
        """What comes of it."""
        ...


class ChatModel:
    """Asks a chat model.

    Parameters
    ----------
    model
        Its name, as its server knows it.
    address
        Where it is asked; the same name elsewhere is another model.
    post
        Sends to that address.
    """

    def __init__(self, model: str, address: str, post: Sender) -> None:
        self._model, self._address, self._post = model, address, post

    @property
    def name(self) -> str:
        """``chat``, the model, and the version of what it is told."""
        return f"chat {one_line(self._model)[:_LONGEST_NAME]} (prompt {PROMPT})"

    @property
    def identity(self) -> str:
        """Name, address, and the version of what it is told."""
        return f"{self.name} {self._address}"

    def read(self, claim: Claim, source: Source) -> Answered:
        """Ask the model, where there is an abstract to show it; the label names the version that answered."""
        text = abstract_of(source)[:LONGEST_TEXT]
        if not text:
            return Abstained(reason=NO_ABSTRACT)
        asked = Asked(statement=marked(claim), title=source.title[:_LONGEST_TITLE], text=text)
        came = self._post.send(request(self._model, asked))
        if came.outcome != "ok":
            return Abstained(reason=_TROUBLE[came.outcome].format(reason=came.reason))
        data = came.data or {}
        said = answer(data, text)
        if isinstance(said, Abstained):
            return said
        return msgspec.structs.replace(said, read="abstract", judge=self._label(data.get("model")))

    def _label(self, version: object) -> str:
        """The name, with the version that the server says has answered where that is another word."""
        told = one_line(version)[:_LONGEST_NAME] if isinstance(version, str) else ""
        return f"{self.name[:-1]}, version {told})" if told and told != self._model else self.name
