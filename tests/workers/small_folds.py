"""Folds that are done in a moment, and some that harm the process that computes them.

A module of its own: the processes that do them import it.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from rnnstudio.core.engine.fit import fit
from rnnstudio.core.errors import UserError
from rnnstudio.core.stocks.data.price_table import PriceTable
from rnnstudio.core.stocks.model.forecast_spec import EngineName, ForecastSpec
from rnnstudio.core.stocks.validation.folds import Fold, Outcome, forecast_fold, make_fold

ROWS, KNOWN = 100, 60


@dataclass(frozen=True)
class DeadlySpec(ForecastSpec):
    """The process that begins to train with it ends at once."""

    def __post_init__(self) -> None:
        """Check nothing: that would be the end already."""

    @property
    def lookback(self) -> int:
        os._exit(7)


@dataclass(frozen=True)
class FaultySpec(ForecastSpec):
    """A training with it meets a fault of ours."""

    def __post_init__(self) -> None:
        """Check nothing: that would be the fault already."""

    @property
    def lookback(self) -> int:
        raise ZeroDivisionError("a fault of ours")


def table() -> PriceTable:
    walk = 100 * np.exp(np.cumsum(np.random.default_rng(8).normal(0, 0.01, ROWS)))
    dates = np.datetime64("2019-01-01") + np.arange(ROWS)
    return PriceTable("walk", dates, {"Open": walk, "High": walk * 1.01})


def spec(engine: EngineName = "numpy", epochs: int = 5) -> ForecastSpec:
    return ForecastSpec(window=5, units=4, epochs=epochs, engine=engine)


def fold_with(spec: ForecastSpec, known: int = KNOWN) -> Fold:
    return make_fold(spec, table(), known, range(known, known + 2))


def small_folds(count: int, epochs: int = 5) -> list[Fold]:
    """Up to 38 folds, no two of them equal."""
    return [fold_with(spec(epochs=epochs), KNOWN + place) for place in range(count)]


def bad_fold() -> Fold:
    """A fold that a user's data may lead to: too few days for the window."""
    return fold_with(spec(), known=4)


def figures(outcomes: Iterable[tuple[int, Outcome]]) -> dict[int, object]:
    """By place what must be equal on every worker: all but the seconds."""
    found: dict[int, object] = {}
    for place, outcome in outcomes:
        assert place not in found, "a fold was given out twice"
        if isinstance(outcome, UserError):
            found[place] = str(outcome)
        else:
            found[place] = (outcome.predicted, outcome.epochs, outcome.shrinkage)
    return found


def done_here(folds: list[Fold]) -> dict[int, object]:
    """What comes of the folds in this process, without any worker."""
    return figures((place, forecast_fold(fold, fit)) for place, fold in enumerate(folds))
