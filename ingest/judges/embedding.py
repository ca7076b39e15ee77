"""The built-in judge with a sentence-embedding model beside it: words are alike in meaning, and not in letters alone.

Four cosines between what a claim and a source say are weighed together with all that the built-in judge sees. They were
weighed with one model, all-MiniLM-L6-v2; cosines of another have another scale, so it needs weights of its own, which
``scripts/train_judge_embedding.py`` writes into its folder.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import msgspec

from ingest.judges.bert import Encoder, Shape
from ingest.judges.folder import name_of, read_json, tokenizer, wrong
from ingest.judges.model import ModelJudge
from ingest.judges.tensors import read_tensors
from kb.model import Source
from kb.strength.judging.features import Comparison
from kb.strength.judging.model import Weights
from kb.strength.judging.own_words import Words
from kb.strength.judging.terms import rarity, terms
from kb.strength.support import BuiltInJudge, Claim, Judge, Judgement, Sight

if TYPE_CHECKING:
    from ingest.judges.tensors import Tensor

NEAREST = "statement and nearest sentence, by meaning"
RARE = "rare words of the statement, by meaning"
OWN = "own words, by meaning"
FARTHEST = "own words that are least met, by meaning"

SHIPPED = Path(__file__).with_name("embedding_weights.json")
WEIGHTS = "judge_weights.json"
"""In a model's own folder; without it, those that are shipped with this program."""
TRAINED_ON = "53aa5117"
"""The first digits of the SHA-256 of the weights of all-MiniLM-L6-v2, which the shipped weights are for."""
_LONGEST = 256
"""Tokens of a sentence that are read; the model was trained on no longer ones."""
_LEAST_MET = 0.25
_REMEMBERED = 4_096
_AT_ONCE = 16
_WORD = re.compile(r"[^\W_]+")


class Seen(NamedTuple):
    """A text as the model sees it: the direction of the whole, of each word of content, and how rare these are."""

    whole: Tensor
    words: Tensor
    rarities: Tensor


class Eyes:
    """Sees texts through an encoder, each text once.

    Parameters
    ----------
    cut
        Cuts a text into tokens, as the library tokenizers does: gives ``ids`` and ``offsets``.
    """

    def __init__(self, encoder: Encoder, cut: Any) -> None:
        self._encoder, self._cut = encoder, cut
        self._known: dict[str, Seen] = {}

    def see(self, texts: Sequence[str]) -> list[Seen]:
        """What the model makes of each text."""
        if len(self._known) > _REMEMBERED:
            self._known.clear()
        # Those of a length together, since the longest of some decides how long all of them take.
        new = sorted({text for text in texts if text not in self._known}, key=lambda text: (len(text), text))
        for first in range(0, len(new), _AT_ONCE):
            some = new[first : first + _AT_ONCE]
            cut = [self._cut.encode(text) for text in some]
            states = self._encoder.states([one.ids or [0] for one in cut])  # a text without any token has a vector too
            self._known |= {
                text: _seen(text, one.offsets, state) for text, one, state in zip(some, cut, states, strict=True)
            }
        return [self._known[text] for text in texts]

    def cosines(self, words: Words, comparison: Comparison) -> dict[str, float]:
        """What is seen of a claim and the closest sentences of a source, by name; each −1 … 1.

        ``NEAREST``: the statement and the sentence nearest to it. ``RARE`` and ``OWN``: the words of the statement, and
        its own words, each with the word of the source that is nearest to it; the mean, by rarity and its square.
        ``FARTHEST``: the mean over the quarter of its own words that are met least.
        """
        import numpy as np

        whole, own, *sentences = self.see([words.whole, words.own, *(one.text for _, one in comparison.passages)])
        there = np.concatenate([one.words for one in sentences])
        met, own_met = _met(whole.words, there), _met(own.words, there)
        least = np.sort(own_met)[: max(1, int(len(own_met) * _LEAST_MET))]
        return {
            NEAREST: max(float(one.whole @ whole.whole) for one in sentences),
            RARE: _mean(met, whole.rarities**2),
            OWN: _mean(own_met, own.rarities),
            FARTHEST: _mean(least, np.ones_like(least)),
        }


def _seen(text: str, offsets: Iterable[tuple[int, int]], states: Tensor) -> Seen:
    import numpy as np

    places = [(place, start, end) for place, (start, end) in enumerate(offsets) if end > start]
    words, rarities = [], []
    for match in _WORD.finditer(text):
        weight = max(map(rarity, terms(match.group())), default=0.0)
        tokens = [place for place, start, end in places if start < match.end() and end > match.start()]
        if weight and tokens:
            words.append(_direction(states[tokens]))
            rarities.append(weight)
    gathered = np.array(words, dtype=np.float32).reshape(-1, states.shape[1])
    return Seen(_direction(states), gathered, np.array(rarities, dtype=np.float32))


def _direction(states: Tensor) -> Tensor:
    """The mean of some vectors, at length 1."""
    import numpy as np

    mean = states.mean(axis=0)
    direction: Tensor = mean / max(float(np.linalg.norm(mean)), 1e-9)
    return direction


def _met(words: Tensor, there: Tensor) -> Tensor:
    """For each word the cosine of the nearest word of the source."""
    import numpy as np

    if not len(words) or not len(there):
        return np.zeros(len(words), dtype=np.float32)
    nearest: Tensor = (words @ there.T).max(axis=1)
    return nearest


def _mean(values: Tensor, weights: Tensor) -> float:
    return float(values @ weights) / (float(weights.sum()) or 1.0)


class EmbeddingModel:
    """The built-in judge with these eyes, under a name of its own.

    Parameters
    ----------
    named
        Name and version of the model.
    """

    def __init__(self, named: str, eyes: Eyes, weights: Weights) -> None:
        self._name = f"embedding {named} with {BuiltInJudge.version}"
        self._judge = BuiltInJudge(Sight(eyes.cosines, weights), self._name)
        self._identity = f"{self._name} {msgspec.json.encode(weights).decode()}"

    @property
    def name(self) -> str:
        """``embedding``, the model, and the judge that it serves."""
        return self._name

    @property
    def identity(self) -> str:
        """The name, and all weights."""
        return self._identity

    def read(self, claim: Claim, source: Source) -> Judgement:
        """As the built-in judge does; abstains where that does."""
        return self._judge.judge(claim, source)


def eyes_of(folder: Path) -> Eyes:
    """The eyes of a model in a folder: ``config.json``, ``tokenizer.json`` and ``model.safetensors``.

    Raises
    ------
    ConfigurationError
        A file is missing or of another kind, or the extra is not installed.
    """
    shape = read_json(folder / "config.json", Shape)
    file = folder / "model.safetensors"
    try:
        encoder = Encoder(shape, read_tensors(file))
        cut = tokenizer(folder, min(_LONGEST, shape.max_position_embeddings), "embedding")
        Eyes(encoder, cut).see(["A trial."])
    except KeyError as error:
        raise wrong(file, f"lacks the weight {str(error)[:100]}") from None
    except (ValueError, IndexError) as error:
        raise wrong(folder, f"holds a model {error}"[:200]) from None
    return Eyes(encoder, cut)


def embedding_model(folder: Path) -> EmbeddingModel:
    """The model of a folder, with the weights of its own or those that are shipped.

    Raises
    ------
    ConfigurationError
        As ``eyes_of``; or it is another model than the shipped weights are for, and has none of its own.
    """
    eyes = eyes_of(folder)
    named = name_of(folder, folder / "model.safetensors")
    own = folder / WEIGHTS
    if not own.exists() and not named.endswith(TRAINED_ON):
        raise wrong(folder, f"holds another model than all-MiniLM-L6-v2 and no {WEIGHTS}")
    return EmbeddingModel(named, eyes, read_json(own if own.exists() else SHIPPED, Weights))


def embedding_judge(folder: str) -> Judge:
    """The judge of a model in a folder, as ``benchmarks.support --judge`` takes it."""
    return ModelJudge(embedding_model(Path(folder)), None)
