"""Models out of a folder: what is read of their files, the forward pass against sums by hand, and inference."""

from __future__ import annotations

import importlib.util
import json
import math
import struct
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
import pytest

from ingest.judges.bert import Encoder, Shape, gelu
from ingest.judges.folder import extra, name_of
from ingest.judges.model import Abstained
from ingest.judges.nli import NliModel, Says, nli_model
from ingest.judges.tensors import read_tensors
from kb.errors import ConfigurationError
from kb.model import Source, Span
from kb.strength.support import Claim, Judgement

SHAPE = Shape(model_type="bert", hidden_size=4, num_hidden_layers=1, num_attention_heads=2, max_position_embeddings=8)
WORDS = ["[PAD]", "[UNK]", "heat", "helps", "knees", "cold"]


def weights(shape: Shape = SHAPE, vocabulary: int = len(WORDS)) -> dict[str, Any]:
    """Small numbers that look like weights, always the same."""
    width = shape.hidden_size
    linear = {"attention.self.query": width, "attention.self.key": width, "attention.self.value": width}
    linear |= {"attention.output.dense": width, "intermediate.dense": 2 * width, "output.dense": width}
    sizes: dict[str, tuple[int, ...]] = {
        "embeddings.word_embeddings.weight": (vocabulary, width),
        "embeddings.position_embeddings.weight": (shape.max_position_embeddings, width),
        "embeddings.token_type_embeddings.weight": (2, width),
        "embeddings.LayerNorm.weight": (width,),
        "embeddings.LayerNorm.bias": (width,),
    }
    for number in range(shape.num_hidden_layers):
        layer = f"encoder.layer.{number}."
        for name, out in linear.items():
            sizes[f"{layer}{name}.weight"] = (out, 2 * width if name == "output.dense" else width)
            sizes[f"{layer}{name}.bias"] = (out,)
        for name in ("attention.output.LayerNorm", "output.LayerNorm"):
            sizes |= {f"{layer}{name}.weight": (width,), f"{layer}{name}.bias": (width,)}
    return {
        name: np.sin(np.arange(math.prod(size), dtype=np.float32) * 0.7 + len(name)).reshape(size)
        for name, size in sizes.items()
    }


def safetensors(tensors: Mapping[str, Any]) -> bytes:
    header: dict[str, object] = {"__metadata__": {"format": "pt"}}
    content = b""
    for name, tensor in tensors.items():
        data = tensor.astype("<f4").tobytes()
        place = [len(content), len(content) + len(data)]
        header[name] = {"dtype": "F32", "shape": list(tensor.shape), "data_offsets": place}
        content += data
    head = json.dumps(header).encode()
    return struct.pack("<Q", len(head)) + head + content


def by_hand(ids: Sequence[int], given: Mapping[str, Any], shape: Shape = SHAPE) -> list[list[float]]:
    """The states of one sentence, token by token and number by number, with the exact normal distribution."""

    def linear(name: str, row: Sequence[float]) -> list[float]:
        rows, bias = given[f"{name}.weight"], given[f"{name}.bias"]
        return [sum(w * x for w, x in zip(ws, row, strict=True)) + b for ws, b in zip(rows, bias, strict=True)]

    def normed(name: str, row: Sequence[float]) -> list[float]:
        mean = sum(row) / len(row)
        spread = math.sqrt(sum((x - mean) ** 2 for x in row) / len(row) + shape.layer_norm_eps)
        scale, bias = given[f"{name}.weight"], given[f"{name}.bias"]
        return [(x - mean) / spread * s + b for x, s, b in zip(row, scale, bias, strict=True)]

    def plus(one: Sequence[float], other: Sequence[float]) -> list[float]:
        return [a + b for a, b in zip(one, other, strict=True)]

    words, places = given["embeddings.word_embeddings.weight"], given["embeddings.position_embeddings.weight"]
    first = given["embeddings.token_type_embeddings.weight"][0]
    rows = [normed("embeddings.LayerNorm", plus(plus(words[i], places[n]), first)) for n, i in enumerate(ids)]
    part = shape.hidden_size // shape.num_attention_heads
    for number in range(shape.num_hidden_layers):
        layer = f"encoder.layer.{number}."
        query, key, value = (
            [linear(f"{layer}attention.self.{what}", row) for row in rows] for what in ("query", "key", "value")
        )
        after = []
        for n, row in enumerate(rows):
            context: list[float] = []
            for head in range(0, shape.hidden_size, part):
                scores = [
                    sum(query[n][d] * key[m][d] for d in range(head, head + part)) / math.sqrt(part)
                    for m in range(len(rows))
                ]
                total = sum(math.exp(score) for score in scores)
                context += [
                    sum(math.exp(scores[m]) / total * value[m][d] for m in range(len(rows)))
                    for d in range(head, head + part)
                ]
            attended = plus(row, linear(f"{layer}attention.output.dense", context))
            middle = normed(f"{layer}attention.output.LayerNorm", attended)
            wide = [x * (1 + math.erf(x / math.sqrt(2))) / 2 for x in linear(f"{layer}intermediate.dense", middle)]
            after.append(normed(f"{layer}output.LayerNorm", plus(middle, linear(f"{layer}output.dense", wide))))
        rows = after
    return rows


@pytest.mark.parametrize("layers", [1, 2])
def test_the_forward_pass_gives_what_the_sums_by_hand_give(layers: int) -> None:
    shape = msgspec.structs.replace(SHAPE, num_hidden_layers=layers)
    given = weights(shape)
    sentences = ([2, 3, 4], [5], [2, 2, 5, 4, 1])
    for states, ids in zip(Encoder(shape, given).states(sentences), sentences, strict=True):
        assert states == pytest.approx(np.array(by_hand(ids, given, shape)), abs=5e-6)


def test_a_sentence_has_the_same_states_beside_longer_ones() -> None:
    encoder = Encoder(SHAPE, weights())
    alone = encoder.states([[2, 3]])[0]
    beside = encoder.states([[2, 3], [5, 4, 3, 2, 1, 5]])[0]
    assert alone == pytest.approx(beside, abs=1e-6)


def test_the_activation_is_that_of_the_exact_normal_distribution() -> None:
    given = np.linspace(-6, 6, 241, dtype=np.float32)
    exact = [x * (1 + math.erf(x / math.sqrt(2))) / 2 for x in given.tolist()]
    assert gelu(given) == pytest.approx(exact, abs=2e-6)


def test_weights_with_and_without_the_name_of_the_model_before_them_are_the_same() -> None:
    prefixed = {f"bert.{name}": tensor for name, tensor in weights().items()}
    one, other = (Encoder(SHAPE, given).states([[2, 3]])[0] for given in (weights(), prefixed))
    assert one.tolist() == other.tolist()


@pytest.mark.parametrize(
    "change",
    [
        {"model_type": "roberta"},
        {"hidden_act": "relu"},
        {"num_attention_heads": 3},
        {"num_attention_heads": 0},
        {"num_hidden_layers": 0},
        {"num_hidden_layers": 10**9},
    ],
)
def test_a_shape_that_is_not_known_is_refused(change: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r"^of "):
        Encoder(msgspec.structs.replace(SHAPE, **change), weights())


def test_a_layer_that_is_missing_is_refused() -> None:
    with pytest.raises(KeyError):
        Encoder(msgspec.structs.replace(SHAPE, num_hidden_layers=2), weights())


def test_tensors_are_read_as_they_were_written(tmp_path: Path) -> None:
    file = tmp_path / "model.safetensors"
    file.write_bytes(safetensors(weights()))
    read = read_tensors(file)
    assert read.keys() == weights().keys()
    assert all((read[name] == tensor).all() for name, tensor in weights().items())


def header(entry: object, content: bytes = b"\0" * 8) -> bytes:
    head = json.dumps({"w": entry}).encode()
    return struct.pack("<Q", len(head)) + head + content


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\0" * 7,
        b"\xff" * 64,
        struct.pack("<Q", 2) + b"[]",
        struct.pack("<Q", 10**7) + b"{}",
        header({"dtype": "F32", "shape": [3], "data_offsets": [0, 8]}),
        header({"dtype": "F32", "shape": [2], "data_offsets": [-8, 0]}),
        header({"dtype": "F32", "shape": [2], "data_offsets": [4, 12]}),
        header({"dtype": "F32", "shape": [-1, -2], "data_offsets": [0, 8]}),
        header({"dtype": "F32", "shape": [10**30], "data_offsets": [0, 8]}),
        header({"dtype": "F32", "shape": ["2"], "data_offsets": [0, 8]}),
        header("nothing"),
        struct.pack("<Q", 5000) + b"[" * 5000,
    ],
)
def test_a_file_that_is_no_whole_model_is_told_in_one_line(tmp_path: Path, data: bytes) -> None:
    file = tmp_path / "model.safetensors"
    file.write_bytes(data)
    with pytest.raises(ConfigurationError, match=r"model\.safetensors: (?:is no safetensors|does not hold)"):
        read_tensors(file)


def test_a_model_is_named_by_its_folder_and_its_weights(tmp_path: Path) -> None:
    folder = tmp_path / "small\nmodel"
    folder.mkdir()
    (folder / "w").write_bytes(b"abc")
    assert name_of(folder, folder / "w") == "small model ba7816bf"


def test_an_extra_that_is_not_installed_is_named() -> None:
    with pytest.raises(ConfigurationError) as caught:
        extra("no_such_package", "nli")
    expected = (
        "the judge 'nli' needs the package no_such_package; install the extra nli: pip install 'evidence-kb[nli]'"
    )
    assert str(caught.value) == expected


FIRST = "Warm compresses eased pain of the knee in 40 adults after two weeks."
SECOND = "Stiffness in the morning did not change over the whole year."
SOURCE = Source(id="doi:10.5555/heat", abstract=f"{FIRST} {SECOND}")
CLAIM = Claim(text="Warmth eases knee pain [1].", own=(Span(start=23, end=26),))


@pytest.mark.parametrize(
    ("first", "second", "direction", "extent", "quote"),
    [
        ((0.9, 0.0), (0.1, 0.1), "supports", "whole", FIRST),
        ((0.1, 0.1), (0.85, 0.0), "supports", "whole", SECOND),
        ((0.0, 0.2), (0.0, 0.97), "disputes", None, SECOND),
        ((0.9, 0.0), (0.0, 0.97), "not checked", None, None),
        ((0.5, 0.0), (0.0, 0.97), "not checked", None, None),
        ((0.7, 0.1), (0.2, 0.9), "not checked", None, None),
        ((math.nan, math.nan), (math.nan, math.nan), "not checked", None, None),
    ],
)
def test_inference_speaks_only_where_it_is_sure(
    first: tuple[float, float], second: tuple[float, float], direction: str, extent: str | None, quote: str | None
) -> None:
    asked: list[tuple[Sequence[str], str]] = []

    def classify(premises: Sequence[str], statement: str) -> list[Says]:
        asked.append((premises, statement))
        return [Says(*first), Says(*second)]

    said = NliModel("tiny 01234567", classify).read(CLAIM, SOURCE)
    assert isinstance(said, Judgement)
    assert (said.direction, said.extent, said.quote) == (direction, extent, quote)
    assert said.judge == "nli tiny 01234567 (rule 1)"
    assert asked == [([FIRST, SECOND], "Warmth eases knee pain .")]


def test_inference_without_an_abstract_abstains() -> None:
    said = NliModel("tiny", lambda premises, statement: []).read(CLAIM, Source(id="ref:1"))
    assert said == Abstained(reason="no abstract to be had")


LABELS = {"0": "CONTRADICTION", "1": "NEUTRAL", "2": "ENTAILMENT"}


def nli_folder(folder: Path, labels: Mapping[str, str] = LABELS) -> Path:
    """A model whose logits are the mean over the tokens of a row each; see ``onnx_table``."""
    vocabulary = {word: number for number, word in enumerate(WORDS)}
    tokenizer = {
        "version": "1.0",
        "normalizer": {"type": "Lowercase"},
        "pre_tokenizer": {"type": "Whitespace"},
        "model": {"type": "WordLevel", "vocab": vocabulary, "unk_token": "[UNK]"},
    }
    (folder / "tokenizer.json").write_text(json.dumps(tokenizer))
    (folder / "config.json").write_text(json.dumps({"id2label": labels, "model_type": "tiny"}))
    rows = [[0, 0, 0], [0, 0, 0], [0, 0, 8], [0, 0, 8], [0, 0, 8], [60, 0, 0]]
    (folder / "model.onnx").write_bytes(onnx_table(rows))
    return folder


def onnx_table(rows: Sequence[Sequence[float]]) -> bytes:
    """An ONNX graph in its protocol buffers: Gather(table, input_ids), then ReduceSum over the tokens.

    The numbers of the fields are those of onnx.proto3 (ONNX IR version 8, operator set 13).
    """

    def varint(number: int) -> bytes:
        out = b""
        while number > 127:
            out, number = out + bytes([number & 127 | 128]), number >> 7
        return out + bytes([number])

    def part(number: int, value: int | str | bytes) -> bytes:
        if isinstance(value, int):
            return varint(number << 3) + varint(value)
        data = value.encode() if isinstance(value, str) else value
        return varint(number << 3 | 2) + varint(len(data)) + data

    def typed(name: str, kind: int, *dimensions: str) -> bytes:
        shape = b"".join(part(1, part(2, dimension)) for dimension in dimensions)
        return part(1, name) + part(2, part(1, part(1, kind) + part(2, shape)))

    flat = b"".join(struct.pack("<f", value) for row in rows for value in row)
    table = part(1, len(rows)) + part(1, len(rows[0])) + part(2, 1) + part(8, "table") + part(9, flat)
    axis = part(1, 1) + part(2, 7) + part(8, "axis") + part(9, struct.pack("<q", 1))
    gather = part(1, "table") + part(1, "input_ids") + part(2, "found") + part(4, "Gather")
    keep = part(5, part(1, "keepdims") + part(3, 0) + part(20, 2))
    total = part(1, "found") + part(1, "axis") + part(2, "logits") + part(4, "ReduceSum") + keep
    graph = part(1, gather) + part(1, total) + part(2, "tiny") + part(5, table) + part(5, axis)
    graph += part(11, typed("input_ids", 7, "rows", "tokens")) + part(12, typed("logits", 1, "rows", "labels"))
    return part(1, 8) + part(7, graph) + part(8, part(2, 13))


needs_extra = pytest.mark.skipif(
    not all(map(importlib.util.find_spec, ("tokenizers", "onnxruntime"))), reason="the extra nli is not installed"
)


@needs_extra
def test_a_folder_with_a_model_of_inference_judges(tmp_path: Path) -> None:
    model = nli_model(nli_folder(tmp_path))
    supports = Source(id="ref:1", abstract="heat helps knees of all who asked for it in that long and cool winter " * 2)
    said = model.read(Claim(text="heat helps knees"), supports)
    assert isinstance(said, Judgement)
    assert said.direction == "supports"
    against = msgspec.structs.replace(supports, abstract=supports.abstract.replace("heat", "cold"))
    denied = model.read(Claim(text="heat helps knees"), against)
    assert isinstance(denied, Judgement)
    assert denied.direction == "disputes"


@needs_extra
@pytest.mark.parametrize(
    ("file", "content", "message"),
    [
        ("model.onnx", "no model", "model.onnx: is no model in the ONNX format"),
        ("tokenizer.json", "{}", "tokenizer.json: is not there, or no file of the library tokenizers"),
    ],
)
def test_a_folder_with_a_broken_file_is_told_in_one_line(tmp_path: Path, file: str, content: str, message: str) -> None:
    (nli_folder(tmp_path) / file).write_text(content)
    with pytest.raises(ConfigurationError, match=message):
        nli_model(tmp_path)


@pytest.mark.parametrize(
    ("file", "content", "message"),
    [
        ("config.json", None, "config.json: cannot be read"),
        ("config.json", "{}", "config.json: is not the description of a model of this kind"),
        ("config.json", '{"id2label": {"0": "LABEL_0"}}', "config.json: names no label for “entail…”"),
        (
            "config.json",
            '{"id2label": {"0": "entailment", "1": "not_entailment"}}',
            "config.json: names no label for “contradict…”",
        ),
        ("model.onnx", None, "holds no model.onnx"),
    ],
)
def test_a_folder_without_a_model_of_inference_is_told_in_one_line(
    tmp_path: Path, file: str, content: str | None, message: str
) -> None:
    changed = nli_folder(tmp_path) / file
    if content is None:
        changed.unlink()
    else:
        changed.write_text(content)
    with pytest.raises(ConfigurationError) as caught:
        nli_model(tmp_path)
    assert message in str(caught.value)
    assert "\n" not in str(caught.value)
