"""Scaled windows: the days before a day as input, that day's target as output."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from rnnstudio.core.engine.spec import Examples
from rnnstudio.core.errors import UserError
from rnnstudio.core.stocks.series import FloatArray
from rnnstudio.core.stocks.split import Split


@dataclass(frozen=True)
class FittedScaler:
    """A ``MinMaxScaler`` of scikit-learn, and the rows and columns it was fitted on.

    It maps the lowest value it saw to 0 and the highest to 1; values it did not see may lie
    outside.
    """

    columns: tuple[str, ...]
    rows: range
    minimum: tuple[float, ...]
    maximum: tuple[float, ...]
    scaler: Any

    def scaled(self, split: Split) -> FloatArray:
        """All rows of the split, (rows, columns)."""
        values: FloatArray = self.scaler.transform(split.table.matrix(self.columns))
        return values

    def prices(self, scaled: FloatArray) -> FloatArray:
        """The values, (rows, columns), that ``scaled`` stands for."""
        values: FloatArray = self.scaler.inverse_transform(scaled)
        return values


def fit_scaler(split: Split, columns: Sequence[str]) -> FittedScaler:
    """A scaler for ``columns`` that has seen the training rows and no others."""
    from sklearn.preprocessing import MinMaxScaler

    rows = split.train_rows
    scaler = MinMaxScaler().fit(split.table.matrix(columns)[rows.start : rows.stop])
    minimum, maximum = tuple(scaler.data_min_.tolist()), tuple(scaler.data_max_.tolist())
    return FittedScaler(tuple(columns), rows, minimum, maximum, scaler)


def windows_before(rows: range, inputs: FloatArray, targets: FloatArray, window: int) -> Examples:
    """One example for each of ``rows``: the ``window`` rows before it, and its own target.

    ``inputs`` is (all rows, features), ``targets`` (all rows, 1). An input never holds the row
    whose target it has, nor a later one; it may begin before ``rows``, as a test day's does in
    the training span.

    Returns
    -------
    Examples
        ``x`` (rows, window, features), ``y`` (rows, 1).
    """
    views = np.lib.stride_tricks.sliding_window_view(inputs, window, axis=0)
    x = views[rows.start - window : rows.stop - window].transpose(0, 2, 1)
    return Examples(np.ascontiguousarray(x), targets[rows.start : rows.stop])


def training_rows(split: Split, window: int) -> range:
    """The training rows that have a whole window before them.

    Raises UserError when there are none.
    """
    if split.rows_train <= window:
        raise UserError(
            f"{split.table.source} has {split.rows_train} training rows; a window of {window} days "
            f"needs at least {window + 1}. Choose a shorter window or a longer file."
        )
    return range(window, split.rows_train)
