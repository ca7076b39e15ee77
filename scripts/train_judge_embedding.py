"""Train the weights of the judge with a sentence-embedding model: ``python -m scripts.train_judge_embedding FOLDER``.

``FOLDER`` holds the model (``ingest.judges.embedding``). Data, regressions, thresholds and scores are those of
``scripts.train_judge``, with the model's cosines beside what the built-in judge sees. The weights go to the standard
place for all-MiniLM-L6-v2, and for every other model into its folder. The same data and model give the same file.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from ingest.judges.embedding import FARTHEST, NEAREST, OWN, RARE, SHIPPED, TRAINED_ON, WEIGHTS, Eyes, eyes_of
from ingest.judges.folder import name_of
from kb.strength.judging.features import compared
from kb.strength.judging.own_words import words_of
from kb.strength.judging.passages import of_abstract
from scripts._judge_data import Pair, read
from scripts.train_judge import DATA, Examples, examples, weights_of, write

SCRIPT = "scripts/train_judge_embedding.py"
DOUBTED = (OWN,)
MISSED = (NEAREST, RARE, FARTHEST)
"""What each of the two regressions sees of the cosines, chosen by cross-validation: with all of them in both, macro-F1
is 0.004 less."""


def with_cosines(given: Examples, pairs: Sequence[Pair], eyes: Eyes) -> Examples:
    """The examples with the cosines that an embedding model gives, put before the last column."""
    rows = []
    for pair in pairs:
        words = words_of(pair.claim)
        comparison = compared(words.own, pair.source.title, of_abstract(pair.source.abstract).passages)
        rows.append(eyes.cosines(words, comparison))
    names = (*given.names[:-1], *rows[0], given.names[-1])
    cosines = np.array([list(row.values()) for row in rows])
    return given._replace(
        names=names,
        table=np.column_stack((given.table[:, :-1], cosines, given.table[:, -1:])),
        doubted=[names.index(name) for name in (*given.names[:-1], *DOUBTED, given.names[-1])],
        missed=[names.index(name) for name in (*given.names[:-1], *MISSED)],
    )


def main(folder: Path) -> None:
    """Train on everything, choose the thresholds by cross-validation, write the file."""
    root = Path(os.environ.get("KB_DATA") or Path(__file__).resolve().parent.parent.parent / "shared")
    pairs = read(root / DATA)
    weights = weights_of(with_cosines(examples(pairs), pairs, eyes_of(folder)), SCRIPT)
    known = name_of(folder, folder / "model.safetensors").endswith(TRAINED_ON)
    write(SHIPPED if known else folder / WEIGHTS, weights)
    print(weights)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
