"""The judge with a sentence-embedding model: its cosines by hand, what they move, and which folders it takes."""

from __future__ import annotations

import importlib.util
import json
import math
import struct
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
import pytest

from ingest.judges.bert import Encoder, Shape
from ingest.judges.embedding import (
    FARTHEST,
    NEAREST,
    OWN,
    RARE,
    SHIPPED,
    TRAINED_ON,
    WEIGHTS,
    EmbeddingModel,
    Eyes,
    embedding_model,
    eyes_of,
)
from kb.errors import ConfigurationError
from kb.model import Source
from kb.strength.judging.features import compared
from kb.strength.judging.model import Line, Weights, loaded
from kb.strength.judging.own_words import words_of
from kb.strength.judging.passages import of_abstract
from kb.strength.judging.terms import rarity
from kb.strength.support import BuiltInJudge, Claim

DIRECTIONS = {"warmth": (1.0, 0.0), "heat": (0.8, 0.6), "knees": (0.0, 1.0), "ankles": (-0.6, 0.8)}


@dataclass
class Cut:
    """A text in its words, as the library tokenizers gives them."""

    ids: list[int]
    offsets: list[tuple[int, int]]


@dataclass
class Pictures:
    """Stands for encoder and tokenizer: every word has a direction of its own, whatever stands beside it."""

    words: list[str] = field(default_factory=list)
    looked_at: list[str] = field(default_factory=list)

    def encode(self, text: str) -> Cut:
        self.looked_at.append(text)
        places = [(found, found + len(word)) for word, found in _placed(text)]
        self.words += [text[start:end].lower() for start, end in places]
        first = len(self.words) - len(places)
        return Cut([*range(first, len(self.words))], places)

    def states(self, tokens: Sequence[Sequence[int]]) -> list[Any]:
        words = [[self.words[one] for one in each] if self.words else [""] for each in tokens]
        return [np.array([DIRECTIONS.get(word, (0.0, 0.0)) for word in each]) for each in words]


def _placed(text: str) -> list[tuple[str, int]]:
    places, at = [], 0
    for word in text.replace(".", " ").split():
        at = text.index(word, at)
        places.append((word, at))
        at += len(word)
    return places


def eyes() -> tuple[Eyes, Pictures]:
    pictures = Pictures()
    return Eyes(pictures, pictures), pictures  # type: ignore[arg-type]  # it only has to give states


def cosines(statement: str, abstract: str) -> dict[str, float]:
    words = words_of(Claim(text=statement))
    return eyes()[0].cosines(words, compared(words.own, "", of_abstract(abstract).passages))


def test_the_cosines_are_those_worked_out_by_hand() -> None:
    found = cosines("Warmth knees.", "Heat ankles. Knees.")
    # The statement points to (1, 1) / √2; the first sentence to (0.1, 0.7) / √0.5, the second to (0, 1).
    nearest = max((0.1 + 0.7) / math.sqrt(2 * 0.5), 1 / math.sqrt(2))
    assert found[NEAREST] == pytest.approx(nearest, abs=1e-6)
    # "Warmth" is met by "heat" at 0.8, "knees" by itself.
    warmth, knees = rarity("warmth"), rarity("knee")
    assert found[OWN] == pytest.approx((0.8 * warmth + knees) / (warmth + knees), abs=1e-6)
    assert found[RARE] == pytest.approx((0.8 * warmth**2 + knees**2) / (warmth**2 + knees**2), abs=1e-6)
    assert found[FARTHEST] == pytest.approx(0.8, abs=1e-6)


@pytest.mark.parametrize(("statement", "abstract"), [("", "Heat."), ("Of the.", "Heat."), ("Warmth.", "Of the.")])
def test_where_there_are_no_words_nothing_is_near(statement: str, abstract: str) -> None:
    found = cosines(statement, abstract)
    assert (found[OWN], found[RARE], found[FARTHEST]) == (0.0, 0.0, 0.0)


def test_each_text_is_looked_at_once() -> None:
    seeing, pictures = eyes()
    seeing.see(["Heat.", "Knees.", "Heat."])
    seeing.see(["Heat."])
    assert sorted(pictures.looked_at) == ["Heat.", "Knees."]


ABSTRACT = (
    "Heat was applied to the knees of forty patients for two weeks and eased pain. "
    "Sixty patients were asked about walking, sleep and daily life at the end of the trial."
)
CLAIM = Claim(text="Warmth of the knees eased pain of patients for weeks.")
SOURCE = Source(id="doi:10.5555/heat", title="Heat", abstract=ABSTRACT)


def weighing(**changes: Line) -> Weights:
    return msgspec.structs.replace(loaded(), whole=0.5, too_little=0.5, **changes)


def test_a_cosine_moves_the_judgement_as_it_is_weighed() -> None:
    near = weighing(
        inaccurate=Line(bias=0.0, weights={NEAREST: -9.0}), unaddressed=Line(bias=-9.0, weights={NEAREST: 0.0})
    )
    far = weighing(
        inaccurate=Line(bias=0.0, weights={NEAREST: 9.0}), unaddressed=Line(bias=0.0, weights={NEAREST: 9.0})
    )
    said = EmbeddingModel("tiny 01234567", eyes()[0], near).read(CLAIM, SOURCE)
    assert (said.direction, said.extent) == ("supports", "whole")
    assert said.judge == f"embedding tiny 01234567 with {BuiltInJudge.version}"
    assert said.doubt is not None
    assert said.doubt < 0.1
    other = EmbeddingModel("tiny 01234567", eyes()[0], far).read(CLAIM, SOURCE)
    assert other.direction == "not checked"


def test_other_weights_are_another_judge() -> None:
    one, other = (EmbeddingModel("tiny", eyes()[0], given) for given in (loaded(), weighing()))
    assert one.name == other.name
    assert one.identity != other.identity


def test_the_shipped_weights_are_read_and_weigh_the_cosines() -> None:
    shipped = msgspec.json.decode(SHIPPED.read_bytes(), type=Weights)
    assert shipped.inaccurate.weights[OWN] < 0
    assert all(shipped.unaddressed.weights[name] < 0 for name in (NEAREST, RARE))
    assert shipped.scores["macro-F1"] >= 0.51
    assert shipped.scores["macro-F1"] > loaded().scores["macro-F1"]


SHAPE = Shape(model_type="bert", hidden_size=2, num_hidden_layers=1, num_attention_heads=1, max_position_embeddings=64)
VOCABULARY = ("[PAD]", "[UNK]", *DIRECTIONS)


def model_folder(folder: Path) -> Path:
    """The smallest BERT: one layer that adds nothing, so that a word points where its embedding does."""
    layer = "encoder.layer.0."
    sizes = {
        "embeddings.position_embeddings.weight": (64, 2),
        "embeddings.token_type_embeddings.weight": (2, 2),
        **{f"{layer}attention.self.{name}.weight": (2, 2) for name in ("query", "key", "value")},
        **{f"{layer}attention.self.{name}.bias": (2,) for name in ("query", "key", "value")},
        f"{layer}attention.output.dense.weight": (2, 2),
        f"{layer}attention.output.dense.bias": (2,),
        f"{layer}intermediate.dense.weight": (2, 2),
        f"{layer}intermediate.dense.bias": (2,),
        f"{layer}output.dense.weight": (2, 2),
        f"{layer}output.dense.bias": (2,),
    }
    tensors = {name: np.zeros(size, dtype="<f4") for name, size in sizes.items()}
    for norm in ("embeddings.", f"{layer}attention.output.", f"{layer}output."):
        tensors |= {f"{norm}LayerNorm.weight": np.ones(2, "<f4"), f"{norm}LayerNorm.bias": np.zeros(2, "<f4")}
    rows = [(0.0, 0.0), (0.0, 0.0), *DIRECTIONS.values()]
    tensors["embeddings.word_embeddings.weight"] = np.array(rows, dtype="<f4")
    header, content = {}, b""
    for name, tensor in tensors.items():
        place = [len(content), len(content) + tensor.nbytes]
        header[name] = {"dtype": "F32", "shape": tensor.shape, "data_offsets": place}
        content += tensor.tobytes()
    head = json.dumps(header).encode()
    (folder / "model.safetensors").write_bytes(struct.pack("<Q", len(head)) + head + content)
    (folder / "config.json").write_bytes(msgspec.json.encode(SHAPE))
    tokenizer = {
        "version": "1.0",
        "normalizer": {"type": "Lowercase"},
        "pre_tokenizer": {"type": "Whitespace"},
        "model": {
            "type": "WordLevel",
            "vocab": {word: number for number, word in enumerate(VOCABULARY)},
            "unk_token": "[UNK]",
        },
    }
    (folder / "tokenizer.json").write_text(json.dumps(tokenizer))
    return folder


needs_extra = pytest.mark.skipif(
    importlib.util.find_spec("tokenizers") is None, reason="the extra embedding is not installed"
)


@needs_extra
def test_a_folder_with_a_model_and_weights_of_its_own_judges(tmp_path: Path) -> None:
    folder = model_folder(tmp_path)
    with pytest.raises(
        ConfigurationError, match=r"holds another model than all-MiniLM-L6-v2 and no judge_weights\.json"
    ):
        embedding_model(folder)
    (folder / WEIGHTS).write_bytes(msgspec.json.encode(loaded()))
    said = embedding_model(folder).read(CLAIM, SOURCE)
    plain = BuiltInJudge().judge(CLAIM, SOURCE)
    assert said == msgspec.structs.replace(plain, judge=said.judge)
    assert TRAINED_ON not in said.judge


@needs_extra
def test_a_folder_gives_the_cosines_of_its_model(tmp_path: Path) -> None:
    words = words_of(Claim(text="Warmth knees."))
    found = eyes_of(model_folder(tmp_path)).cosines(words, compared(words.own, "", of_abstract("Heat.").passages))
    # After the norm of its two numbers a word points to (1, −1) or (−1, 1) alone: warmth and heat to the first.
    assert found[OWN] == pytest.approx(
        (rarity("warmth") - rarity("knee")) / (rarity("warmth") + rarity("knee")), abs=1e-3
    )


@needs_extra
@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"model_type": "roberta"}, "holds a model of the kind roberta (gelu), and only bert is read"),
        ({"num_hidden_layers": 2}, "model.safetensors: lacks the weight 'encoder.layer.1.output.LayerNorm.bias'"),
        ({"hidden_size": 3}, "holds a model whose weights have another size than its configuration says"),
    ],
)
def test_a_model_of_another_kind_is_told_in_one_line(tmp_path: Path, change: dict[str, Any], message: str) -> None:
    folder = model_folder(tmp_path)
    (folder / "config.json").write_bytes(msgspec.json.encode(msgspec.structs.replace(SHAPE, **change)))
    with pytest.raises(ConfigurationError) as caught:
        eyes_of(folder)
    assert message in str(caught.value)
    assert "\n" not in str(caught.value)


def test_without_the_extra_it_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "tokenizers", None)
    with pytest.raises(
        ConfigurationError, match=r"the judge 'embedding' needs the package tokenizers; install the extra"
    ):
        eyes_of(model_folder(tmp_path))


def test_the_smallest_model_is_one(tmp_path: Path) -> None:
    from ingest.judges.tensors import read_tensors

    tensors = read_tensors(model_folder(tmp_path) / "model.safetensors")
    (states,) = Encoder(SHAPE, tensors).states([[VOCABULARY.index("warmth"), VOCABULARY.index("knees")]])
    assert states == pytest.approx(np.array([(1.0, -1.0), (-1.0, 1.0)]), abs=1e-3)
