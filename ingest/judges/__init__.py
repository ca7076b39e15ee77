"""Judges that need a model or a network, beside the built-in one of ``kb.strength``; all are off by default.

``judge_for`` gives the one that is configured. Each abstains rather than guess, and where it does the built-in judge
speaks; every judgement is labelled with name and version of who made it, and a person's word overrules all of them.
"""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlsplit

from ingest.judges.model import Memory, Model, ModelJudge
from kb.errors import ConfigurationError
from kb.language.counting import count
from kb.model import Source
from kb.settings import Settings
from kb.strength.support import BuiltInJudge, Claim, Judge, Judgement

_KEPT = "leave the judge out for the built-in one"


def judge_for(settings: Settings, memory: Memory | None = None) -> Judge:
    """The judge of a run.

    Parameters
    ----------
    memory
        Where the answers of a model are remembered, if anywhere.

    Raises
    ------
    ConfigurationError
        Its model is not named or cannot be used, an extra is not installed, or a chat model's server may not be sent
        any text; see ``receiver``.
    """
    if settings.judge == "built-in":
        return BuiltInJudge()
    if not settings.judge_model:
        what = "name of the model" if settings.judge == "chat" else "folder of its model"
        remedy = f"give the {what} as judge_model, or as KB_JUDGE_MODEL"
        raise ConfigurationError(f"the judge '{settings.judge}' needs a model", remedy=remedy)
    if settings.judge == "embedding":
        from ingest.judges.embedding import embedding_model

        # It is the built-in judge, with better eyes: where it abstains, that one would guess.
        return ModelJudge(embedding_model(Path(settings.judge_model)), None, memory, settings.as_of)
    return ModelJudge(_model(settings), BuiltInJudge(), memory, settings.as_of)


def receiver(settings: Settings) -> str | None:
    """Host and port to which the judge of a run sends text; None for a judge that sends none.

    Raises
    ------
    ConfigurationError
        The address of the chat model is not named.
    """
    if settings.judge != "chat":
        return None
    if not settings.judge_address:
        remedy = "give it as judge_address, or as KB_JUDGE_ADDRESS"
        raise ConfigurationError("the judge 'chat' needs the address of a server", remedy=remedy)
    return urlsplit(settings.judge_address).netloc.lower()


class Census:
    """Sends nothing and judges nothing: counts which texts a judge would be shown."""

    def __init__(self) -> None:
        self._statements: set[str] = set()
        self._sources: set[str] = set()

    def judge(self, claim: Claim, source: Source) -> Judgement:
        """Count a claim and a source."""
        self._statements.add(claim.text)
        self._sources.add(source.id)
        return Judgement(direction="not checked")

    def told(self) -> str:
        """What was counted, in words."""
        return (
            f"{count(len(self._statements), 'statement')}, with title and abstract of "
            f"{count(len(self._sources), 'source')}"
        )


def _model(settings: Settings) -> Model:
    if settings.judge == "chat":
        return _chat(settings)
    from ingest.judges.nli import nli_model

    return nli_model(Path(settings.judge_model))


def _chat(settings: Settings) -> Model:
    from ingest.http.post import Post
    from ingest.judges.chat import ChatModel

    host = receiver(settings)
    if not settings.offline and settings.send_text.lower() != host:
        problem = f"the judge 'chat' would send statements and abstracts to {host}, which nobody has allowed"
        raise ConfigurationError(problem, remedy=f"allow it with --send-text {host}, or {_KEPT}")
    url = f"{settings.judge_address.rstrip('/')}/chat/completions"
    post = Post(url, settings.judge_key, settings.judge_deadline, offline=settings.offline)
    return ChatModel(settings.judge_model, settings.judge_address, post)
