"""A model of natural language inference as a judge: which sentence of the abstract implies the statement, or denies it.

Such models (MNLI, and what was made of it) tell of two sentences whether the second follows from the first. They were
trained on everyday sentences; on citations nobody measured this judge, so it speaks only where the model is sure, and
abstains else: a statement that no single sentence implies may still be borne out by several.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, NamedTuple, TypeAlias

from ingest.judges.folder import extra, name_of, read_json, tokenizer, wrong
from ingest.judges.model import Abstained, Answered
from ingest.judges.wording import marked
from kb.language.abstract import abstract_of
from kb.language.sentences import sentences
from kb.model import Record, Source
from kb.strength.support import NO_ABSTRACT, Claim, Judgement

RULE = 1
"""Counts up with every change of what is made of the model's probabilities."""
SURE = 0.8
"""Least probability of "implies"."""
SURE_AGAINST = 0.95
"""Least probability of "denies", which is the graver word."""
_MOST_SENTENCES = 40
_LONGEST = 512
_AT_ONCE = 8
_FILES = ("model.onnx", "onnx/model.onnx")


class Says(NamedTuple):
    """How probably a sentence implies the statement, and denies it, each 0 to 1."""

    implies: float
    denies: float


Classifier: TypeAlias = Callable[[Sequence[str], str], Sequence[Says]]
"""Says of each of some sentences what it means for a statement."""


class NliModel:
    """Judges by the surest sentence.

    Parameters
    ----------
    named
        Name and version of the model.
    """

    def __init__(self, named: str, classify: Classifier) -> None:
        self._named, self._classify = named, classify

    @property
    def name(self) -> str:
        """``nli``, the model, and the version of the rule."""
        return f"nli {self._named} (rule {RULE})"

    @property
    def identity(self) -> str:
        """The name, which holds the digest of the weights."""
        return self.name

    def read(self, claim: Claim, source: Source) -> Answered:
        """Supports or disputes where one sentence of the abstract makes the model sure; else it cannot tell."""
        abstract = abstract_of(source)
        found = [abstract[span.start : span.end] for span in sentences(abstract)][:_MOST_SENTENCES]
        statement = marked(claim, own="", others="")
        if not found or not statement:
            return Abstained(reason=NO_ABSTRACT)
        said = list(zip(found, self._classify(found, statement), strict=True))
        sentence, best = max(said, key=lambda one: one[1].implies)
        against, worst = max(said, key=lambda one: one[1].denies)
        if best.implies >= SURE and worst.denies < SURE_AGAINST:
            return self._judgement("supports", sentence, "the model finds that this sentence implies the statement")
        if worst.denies >= SURE_AGAINST and best.implies < 1 - SURE:
            return self._judgement(
                "disputes", against, "the model finds that this sentence speaks against the statement"
            )
        return Judgement(direction="not checked", judge=self.name)

    def _judgement(self, direction: Any, sentence: str, reason: str) -> Judgement:
        return Judgement(
            direction=direction,
            extent="whole" if direction == "supports" else None,
            quote=sentence,
            read="abstract",
            reasons=(reason,),
            judge=self.name,
        )


class _Config(Record, frozen=True, kw_only=True):
    id2label: dict[str, str]
    max_position_embeddings: int = _LONGEST
    pad_token_id: int | None = None


def nli_model(folder: Path) -> NliModel:
    """The model of a folder: ``config.json`` with its labels, ``tokenizer.json``, and ``model.onnx``.

    Raises
    ------
    ConfigurationError
        A file is missing or of another kind, the labels are not those of inference, or the extra is not installed.
    """
    config = read_json(folder / "config.json", _Config)
    implies, denies = _place(config, folder, "entail", "not"), _place(config, folder, "contradict", "non")
    file = next((folder / name for name in _FILES if (folder / name).is_file()), None)
    if file is None:
        raise wrong(folder, f"holds no {_FILES[0]}")
    cut = tokenizer(folder, min(_LONGEST, config.max_position_embeddings), "nli")
    cut.enable_padding(pad_id=config.pad_token_id or 0)
    runtime = extra("onnxruntime", "nli")
    try:
        session = runtime.InferenceSession(str(file), providers=["CPUExecutionProvider"])
    except Exception:  # the runtime has a class of its own for each fault of a file
        raise wrong(file, "is no model in the ONNX format") from None
    names = {one.name for one in session.get_inputs()}

    def classify(premises: Sequence[str], statement: str) -> list[Says]:
        said: list[Says] = []
        for first in range(0, len(premises), _AT_ONCE):
            pairs = [(premise, statement) for premise in premises[first : first + _AT_ONCE]]
            logits = session.run(None, _inputs(cut.encode_batch(pairs), names))[0]
            said += [Says(row[implies], row[denies]) for row in _probabilities(logits)]
        return said

    try:
        classify(["A trial."], "A trial.")
    except Exception:  # as above; better now than in the middle of an audit
        raise wrong(file, "takes no pairs of sentences, or gives no probability for each label") from None
    return NliModel(name_of(folder, file), classify)


def _place(config: _Config, folder: Path, label: str, unless: str) -> int:
    """The number of a label such as "ENTAILMENT"; "not_entailment" is another one."""
    for number, name in config.id2label.items():
        if number.isdecimal() and label in name.lower() and unless not in name.lower():
            return int(number)
    raise wrong(folder / "config.json", f"names no label for “{label}…”, so this is no model of inference")


def _inputs(encoded: Sequence[Any], names: set[str]) -> dict[str, Any]:
    """What the model asks for of the encoded pairs; DeBERTa and RoBERTa want no types."""
    import numpy as np

    given = {
        "input_ids": [one.ids for one in encoded],
        "attention_mask": [one.attention_mask for one in encoded],
        "token_type_ids": [one.type_ids for one in encoded],
    }
    return {name: np.array(rows, dtype=np.int64) for name, rows in given.items() if name in names}


def _probabilities(logits: Any) -> list[list[float]]:
    """Softmax of each row."""
    import numpy as np

    raised = np.exp(logits - logits.max(axis=-1, keepdims=True))
    rows: list[list[float]] = (raised / raised.sum(axis=-1, keepdims=True)).tolist()
    return rows
