"""The forward pass of a BERT encoder with numpy alone: a few sentences need no library that takes minutes to install.

References
----------
J. Devlin, M.-W. Chang, K. Lee, K. Toutanova (2019), BERT, NAACL-HLT, 4171–4186.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from kb.model import Record

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from ingest.judges.tensors import Tensor

_MASKED = -1e9
"""Added to the attention that padding would get."""
_MOST_LAYERS = 48


class Shape(Record, frozen=True, kw_only=True):
    """What ``config.json`` of a model says, as far as it is needed here."""

    model_type: str
    hidden_size: int
    num_hidden_layers: int
    num_attention_heads: int
    max_position_embeddings: int
    layer_norm_eps: float = 1e-12
    hidden_act: str = "gelu"
    pad_token_id: int = 0


class Encoder:
    """A BERT encoder.

    Parameters
    ----------
    shape
        As its ``config.json`` says.
    weights
        By the names that the ``transformers`` library gives them, with or without ``bert.`` before them.

    Raises
    ------
    KeyError
        A weight is missing.
    ValueError
        The shape is none that this forward pass knows.
    """

    def __init__(self, shape: Shape, weights: Mapping[str, Tensor]) -> None:
        if shape.model_type != "bert" or shape.hidden_act != "gelu":
            raise ValueError(f"of the kind {shape.model_type[:40]} ({shape.hidden_act[:40]}), and only bert is read")
        if not 0 < shape.num_hidden_layers <= _MOST_LAYERS or shape.num_attention_heads < 1:
            raise ValueError("of a shape that no model has")
        if shape.hidden_size % shape.num_attention_heads:
            raise ValueError("of a shape that no model has")
        self.shape = shape
        self._weights = {name.removeprefix("bert."): value for name, value in weights.items()}
        self._layers = [f"encoder.layer.{number}." for number in range(shape.num_hidden_layers)]
        if self._weights["embeddings.word_embeddings.weight"].shape[-1] != shape.hidden_size:
            raise ValueError("whose weights have another size than its configuration says")
        for layer in self._layers:
            self._weights[f"{layer}output.LayerNorm.bias"]  # one that lacks its last layer is told now

    def states(self, tokens: Sequence[Sequence[int]]) -> list[Tensor]:
        """The last state of each token of each sentence, marks of beginning and end included.

        Parameters
        ----------
        tokens
            Their numbers; at most ``shape.max_position_embeddings`` each.
        """
        import numpy as np

        longest = max(map(len, tokens))
        ids = np.array([[*one, *[self.shape.pad_token_id] * (longest - len(one))] for one in tokens])
        mask = np.array([[1] * len(one) + [0] * (longest - len(one)) for one in tokens], dtype=np.float32)
        return [states[: len(one)] for one, states in zip(tokens, self._hidden(ids, mask), strict=True)]

    def _hidden(self, ids: NDArray[np.int64], mask: Tensor) -> Tensor:
        hidden = self._weights["embeddings.word_embeddings.weight"][ids]
        hidden = hidden + self._weights["embeddings.position_embeddings.weight"][: ids.shape[1]]
        hidden = hidden + self._weights["embeddings.token_type_embeddings.weight"][0]
        hidden = self._normed("embeddings.LayerNorm", hidden)
        away = (1 - mask)[:, None, None, :] * _MASKED
        for layer in self._layers:
            attended = self._linear(f"{layer}attention.output.dense", self._attended(layer, hidden, away))
            hidden = self._normed(f"{layer}attention.output.LayerNorm", hidden + attended)
            wide = gelu(self._linear(f"{layer}intermediate.dense", hidden))
            hidden = self._normed(f"{layer}output.LayerNorm", hidden + self._linear(f"{layer}output.dense", wide))
        return hidden

    def _attended(self, layer: str, hidden: Tensor, away: Tensor) -> Tensor:
        import numpy as np

        rows, length, width = hidden.shape
        heads = self.shape.num_attention_heads

        def split(name: str) -> Tensor:
            projected = self._linear(f"{layer}attention.self.{name}", hidden)
            return projected.reshape(rows, length, heads, width // heads).transpose(0, 2, 1, 3)

        scores = split("query") @ split("key").transpose(0, 1, 3, 2) / np.float32((width // heads) ** 0.5) + away
        shares = np.exp(scores - scores.max(axis=-1, keepdims=True))
        shares /= shares.sum(axis=-1, keepdims=True)
        together: Tensor = (shares @ split("value")).transpose(0, 2, 1, 3).reshape(rows, length, width)
        return together

    def _linear(self, name: str, given: Tensor) -> Tensor:
        result: Tensor = given @ self._weights[f"{name}.weight"].T + self._weights[f"{name}.bias"]
        return result

    def _normed(self, name: str, given: Tensor) -> Tensor:
        import numpy as np

        mean = given.mean(axis=-1, keepdims=True)
        spread = np.sqrt(((given - mean) ** 2).mean(axis=-1, keepdims=True) + np.float32(self.shape.layer_norm_eps))
        result: Tensor = (given - mean) / spread * self._weights[f"{name}.weight"] + self._weights[f"{name}.bias"]
        return result


def gelu(given: Tensor) -> Tensor:
    """The Gaussian error linear unit, x · Φ(x); Φ by formula 7.1.26 of Abramowitz and Stegun (error below 1.5e-7)."""
    import numpy as np

    z = np.abs(given) * np.float32(0.5**0.5)
    t = 1 / (1 + np.float32(0.3275911) * z)
    tail = t * (0.254829592 + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429))))
    error = np.sign(given) * (1 - tail * np.exp(-z * z))
    result: Tensor = (given * (1 + error) / 2).astype(np.float32)
    return result
