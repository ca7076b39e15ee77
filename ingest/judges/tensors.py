"""Reads the weights of a model out of a safetensors file. The file may come from anywhere: nothing in it is believed.

The format is 8 bytes of length, that many bytes of JSON (name → dtype, shape, place), then the numbers as they are.
Source: the safetensors project, "Format". Unlike a pickle it cannot run code.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

import msgspec

from kb.errors import ConfigurationError
from kb.model import Record

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Tensor: TypeAlias = NDArray[np.float32]

LARGEST = 2_000_000_000
"""Bytes of the largest file that is read: a sentence model of the usual kinds has 20 to 1,400 million."""
_LONGEST_HEADER = 10_000_000
_TYPES = {"F16": ("<f2", 2), "F32": ("<f4", 4), "F64": ("<f8", 8)}


class _Entry(Record, frozen=True, kw_only=True):
    dtype: str
    shape: tuple[int, ...]
    data_offsets: tuple[int, int]


def read_tensors(file: Path) -> dict[str, Tensor]:
    """All tensors of floating-point numbers in a file, by name, as 32-bit numbers.

    Raises
    ------
    ConfigurationError
        It cannot be read, or is no whole safetensors file.
    """
    try:
        if file.stat().st_size > LARGEST:
            raise _wrong(file, f"is more than the {LARGEST // 10**9} GB that are read")
        data = file.read_bytes()
    except OSError as error:
        raise _wrong(file, f"cannot be read ({error.strerror})") from None
    size = int.from_bytes(data[:8], "little")
    if not 2 <= size <= min(_LONGEST_HEADER, len(data) - 8):
        raise _wrong(file, "is no safetensors file")
    try:
        header = msgspec.json.decode(data[8 : 8 + size], type=dict[str, msgspec.Raw])
        entries = {
            name: msgspec.json.decode(raw, type=_Entry) for name, raw in header.items() if name != "__metadata__"
        }
    except (msgspec.DecodeError, ValueError, RecursionError):
        raise _wrong(file, "is no safetensors file") from None
    content = memoryview(data)[8 + size :]
    return {name: _tensor(content, entry, name, file) for name, entry in entries.items() if entry.dtype in _TYPES}


def _tensor(content: memoryview, entry: _Entry, name: str, file: Path) -> Tensor:
    import math

    import numpy as np

    kind, width = _TYPES[entry.dtype]
    start, end = entry.data_offsets
    count = math.prod(entry.shape)
    if min(entry.shape, default=1) < 0 or not 0 <= start <= end <= len(content) or end - start != count * width:
        raise _wrong(file, f"does not hold the whole of {name[:80]}")
    return np.frombuffer(content[start:end], dtype=kind).reshape(entry.shape).astype(np.float32)


def _wrong(file: Path, problem: str) -> ConfigurationError:
    return ConfigurationError(problem, place=str(file), remedy="give the folder of another model as judge_model")
