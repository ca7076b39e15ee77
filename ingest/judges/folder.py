"""A folder that holds a model, as its authors publish it: ``config.json``, ``tokenizer.json`` and the weights."""

from __future__ import annotations

import hashlib
import importlib
import os
from pathlib import Path
from typing import Any, TypeVar

import msgspec

from kb.errors import ConfigurationError, one_line

Form = TypeVar("Form")

_LARGEST_JSON = 5_000_000
_LONGEST_NAME = 60
_REMEDY = "give the folder of another model as judge_model"


def read_json(file: Path, form: type[Form]) -> Form:
    """What a JSON file of the folder says.

    Raises
    ------
    ConfigurationError
        It cannot be read, or says something else.
    """
    try:
        with file.open("rb") as opened:
            return msgspec.json.decode(opened.read(_LARGEST_JSON), type=form)
    except OSError as error:
        raise wrong(file, f"cannot be read ({error.strerror})") from None
    except (msgspec.DecodeError, ValueError, RecursionError):
        raise wrong(file, "is not the description of a model of this kind") from None


def tokenizer(folder: Path, longest: int, judge: str) -> Any:
    """What cuts text into the tokens that the model knows, at most ``longest`` of them; it pads nothing.

    Raises
    ------
    ConfigurationError
        The folder holds none, or the package ``tokenizers`` is not installed.
    """
    file = folder / "tokenizer.json"
    tokenizers = extra("tokenizers", judge)
    try:
        made = tokenizers.Tokenizer.from_file(str(file))
    except Exception:  # the library raises nothing more exact
        raise wrong(file, "is not there, or no file of the library tokenizers") from None
    made.no_padding()
    made.enable_truncation(longest)
    return made


def extra(package: str, judge: str) -> Any:
    """A package that comes with an extra of this program, named as the judge.

    Raises
    ------
    ConfigurationError
        It is not installed.
    """
    try:
        return importlib.import_module(package)
    except ImportError:
        remedy = f"install the extra {judge}: pip install 'evidence-kb[{judge}]'"
        raise ConfigurationError(f"the judge '{judge}' needs the package {package}", remedy=remedy) from None


def name_of(folder: Path, weights: Path) -> str:
    """What a model is called in labels: its folder's name, and the first digits of the SHA-256 of its weights.

    Where the folder is another of the same model, the digits are the same; a path would tell of the machine.
    """
    try:
        with weights.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise wrong(weights, f"cannot be read ({error.strerror})") from None
    return f"{one_line(Path(os.path.realpath(folder)).name)[:_LONGEST_NAME]} {digest[:8]}"


def wrong(place: Path, problem: str) -> ConfigurationError:
    """The error of a folder that holds no model that could be used."""
    return ConfigurationError(problem, place=str(place), remedy=_REMEDY)
