"""Training data that holds something of the days it will be tested on, each in its own way."""

from __future__ import annotations

from collections.abc import Set
from dataclasses import replace
from typing import Literal, get_args

import numpy as np

from rnnstudio.core.stocks.data.split import Split
from rnnstudio.core.stocks.data.windows import Windows, windows_before
from rnnstudio.core.stocks.model.forecast_spec import ForecastSpec
from rnnstudio.core.stocks.model.forecaster import TrainingData, training_data
from rnnstudio.core.stocks.model.scaling import fit_scaling
from rnnstudio.core.stocks.teaching.smoothing import smoothed

Leak = Literal["scaler", "shuffle", "test", "smooth"]
LEAKS: tuple[Leak, ...] = get_args(Leak)
"""``scaler``: the scaler is fitted on all days. ``shuffle``: the examples of all days are shuffled
before they are divided. ``test``: the test span's examples are trained on as well. ``smooth``: the
target is smoothed with a mean that looks ahead, and the smoothed one is called the truth."""


def leaky_training_data(spec: ForecastSpec, split: Split, leaks: Set[Leak]) -> TrainingData:
    """The training data of ``training_data`` with all of ``leaks`` in it at once.

    A leak changes the rows and numbers that are used and leaves no other mark. Raises UserError as
    ``training_data`` does.
    """
    table = smoothed(split.table, spec.target) if "smooth" in leaks else split.table
    data = replace(training_data(spec, replace(split, table=table)), given=split.table)
    if "shuffle" in leaks:
        data = _shuffled(data)
    if "test" in leaks:
        rows = np.union1d(data.train.rows, np.asarray(data.split.test_rows))
        data = replace(data, train=windows_before(rows, spec.lookback))
    if "scaler" in leaks:
        data = replace(data, scaling=fit_scaling(spec, table, range(table.rows)))
    return data


def _shuffled(data: TrainingData) -> TrainingData:
    """As many examples to learn from and to choose on as before, from whichever days."""
    lookback = data.spec.lookback
    days = np.arange(lookback, data.split.table.rows)
    order = np.random.default_rng(data.spec.seed).permutation(days)
    train, rest = np.split(order, [len(data.train.rows)])
    held_out: Windows | None = None
    if data.held_out is not None:
        held_out = windows_before(rest[: len(data.held_out.rows)], lookback)
    return replace(data, train=windows_before(train, lookback), held_out=held_out)
