"""Logistic regression on binary features with numpy alone: regularised, weighted, deterministic."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

Vector: TypeAlias = NDArray[np.float64]
_NEWTON_STEPS = 12
_INNER_STEPS = 25
_CLOSE = 1e-3


class Table(NamedTuple):
    """A sparse table of zeros and ones: for each one its column and its row."""

    columns: NDArray[np.int64]
    rows: NDArray[np.int64]
    height: int
    width: int

    def times(self, weights: Vector) -> Vector:
        """The sum of the weights of each row's columns."""
        return np.bincount(self.rows, weights[self.columns], self.height).astype(float)

    def transposed_times(self, values: Vector) -> Vector:
        """The sum of the values of each column's rows."""
        return np.bincount(self.columns, values[self.rows], self.width).astype(float)


def table(rows: Sequence[Sequence[int]], width: int) -> Table:
    """The table of rows that are given by their columns."""
    sizes = np.array([len(row) for row in rows], dtype=np.int64)
    columns = np.array([column for row in rows for column in row], dtype=np.int64)
    return Table(columns, np.repeat(np.arange(len(rows)), sizes), len(rows), width)


def fitted(given: Table, labels: Vector, importance: Vector, strength: float) -> tuple[float, Vector]:
    """Bias and weights of the least loss: Newton's method, each step solved by conjugate gradients.

    Parameters
    ----------
    given, labels
        Binary features of each row, and 0 or 1.
    importance
        How much each row counts, 0 < importance.
    strength
        Of the L2 penalty, 0 < strength; the bias goes free.

    References
    ----------
    C.-J. Lin, R. C. Weng, S. S. Keerthi (2008), Trust region Newton method for logistic regression, JMLR 9, 627–650;
    here with a halved step instead of a trust region.
    """
    penalty = np.full(given.width + 1, strength)
    penalty[-1] = 0.0
    at = np.zeros(given.width + 1)

    def scores(point: Vector) -> Vector:
        return given.times(point[:-1]) + float(point[-1])

    def back(values: Vector) -> Vector:
        return np.concatenate((given.transposed_times(values), [float(values.sum())]))

    def loss(point: Vector) -> float:
        value = scores(point)
        return float(np.dot(importance, np.logaddexp(0, value) - labels * value) + np.dot(penalty, point**2) / 2)

    def bent(curve: Vector, direction: Vector) -> Vector:
        return back(curve * scores(direction)) + penalty * direction

    for _ in range(_NEWTON_STEPS):
        chance = 1 / (1 + np.exp(-scores(at)))
        slope = back(importance * (chance - labels)) + penalty * at
        if np.abs(slope).max() < _CLOSE:
            break
        curve = importance * chance * (1 - chance)
        diagonal = back(curve) + penalty + 1e-9
        step = _solved(partial(bent, curve), -slope, diagonal)
        before, size = loss(at), 1.0
        while loss(at + size * step) > before and size > 1e-4:
            size /= 2
        at = at + size * step
    return float(at[-1]), at[:-1]


def _solved(times: Callable[[Vector], Vector], wanted: Vector, diagonal: Vector) -> Vector:
    """What ``times`` maps to ``wanted``, by conjugate gradients preconditioned with the diagonal."""
    found = np.zeros_like(wanted)
    left = wanted.copy()
    eased = left / diagonal
    direction, size = eased.copy(), float(left @ eased)
    enough = _CLOSE * size
    for _ in range(_INNER_STEPS):
        image = times(direction)
        stride = size / float(direction @ image)
        found += stride * direction
        left -= stride * image
        eased = left / diagonal
        size, last = float(left @ eased), size
        if size < enough:
            break
        direction = eased + size / last * direction
    return found
