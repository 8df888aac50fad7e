"""One training and the days it forecasts: the unit that walk-forward and search are made of.

A fold is small, whole and can be pickled: it may be done in this process, in another one, or on
another machine, in any order, and comes out the same to the last bit.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Protocol

import numpy as np

from rnnstudio.core.engine.spec import Fit
from rnnstudio.core.errors import UserError
from rnnstudio.core.stocks.data.price_table import PriceTable
from rnnstudio.core.stocks.data.split import Split
from rnnstudio.core.stocks.model.forecast_spec import ForecastSpec
from rnnstudio.core.stocks.model.forecaster import TrainedForecaster, train
from rnnstudio.core.stocks.model.rollout import rollout
from rnnstudio.core.training import Control, Finished


@dataclass(frozen=True, eq=False)
class Fold:
    """Train as ``spec`` says on the first ``known`` days of ``table``; forecast ``rows`` of it.

    The table ends with the last of ``rows``: nothing later travels along. ``rows`` begin at
    ``known`` or later; the days between are a gap, which no training reads.
    """

    spec: ForecastSpec
    table: PriceTable
    known: int
    rows: range

    @property
    def key(self) -> str:
        """A digest of all that decides the outcome: two folds with one key have one outcome."""
        digest = hashlib.sha256(
            repr((asdict(self.spec), self.known, self.rows, self.table.names)).encode()
        )
        digest.update(self.table.dates.astype(np.int64).tobytes())
        for name in self.table.names:
            digest.update(np.ascontiguousarray(self.table.column(name)).tobytes())
        return digest.hexdigest()


def make_fold(spec: ForecastSpec, table: PriceTable, known: int, rows: range) -> Fold:
    """The fold with the columns and the days of ``table`` that it needs, and no others."""
    days = table.part(slice(0, rows.stop))
    columns = {name: days.column(name) for name in spec.columns}
    return Fold(spec, PriceTable(table.source, days.dates, columns), known, rows)


@dataclass(frozen=True)
class FoldForecast:
    """The result of a fold: the forecast of each of its rows, in prices, from the day before.

    ``epochs`` were done, ``shrinkage`` is that of ``TrainedForecaster``; the training took
    ``seconds``, the one figure that another run does not repeat.
    """

    predicted: tuple[float, ...]
    epochs: int
    shrinkage: float
    seconds: float


def forecast_fold(fold: Fold, fit: Fit) -> FoldForecast:
    """Train and forecast; raises UserError as ``train`` and ``rollout`` do."""
    split = Split(fold.table, fold.known)
    events = train(fold.spec, split, Control(), fit)
    [trained] = [event.result for event in events if isinstance(event, Finished)]
    network: TrainedForecaster = trained
    predicted = rollout(network, fold.table, fold.rows, 1)[:, 0]
    return FoldForecast(
        tuple(predicted.tolist()), len(network.model.losses), network.shrinkage, network.seconds
    )


Outcome = FoldForecast | UserError
"""A fold's forecast, or the sentence that says why there is none."""


class Pool(Protocol):
    """What computes folds: processes of this machine, or a cluster."""

    def outcomes(self, folds: Sequence[Fold], control: Control) -> Iterator[tuple[int, Outcome]]:
        """The place of each fold and its outcome, each once, in order of completion.

        Ends early when ``control`` is cancelled. Finished outcomes are yielded before anything is
        raised. Raises UserError if all workers died and no new one can be started.
        """
        ...
