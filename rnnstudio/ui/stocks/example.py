"""An example for views that are opened alone: a made-up forecast of a shipped share."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import numpy as np

from rnnstudio.core.engine.initial import initial_weights
from rnnstudio.core.engine.spec import TrainedModel
from rnnstudio.core.session.data_file import data_file
from rnnstudio.core.session.kept_prices import OpenedPrices
from rnnstudio.core.stocks.data.csv_import import CsvOptions, read_csv
from rnnstudio.core.stocks.data.samples import FIRST_SAMPLE, SAMPLES
from rnnstudio.core.stocks.data.split import split_at, suggested_test_day
from rnnstudio.core.stocks.evaluation.evaluate_job import evaluate_summarized
from rnnstudio.core.stocks.evaluation.forecast import EvaluationRequest
from rnnstudio.core.stocks.evaluation.test_access import AccessLog
from rnnstudio.core.stocks.files.runs import RunEntry, Runs, new_run
from rnnstudio.core.stocks.model.forecaster import TrainedForecaster, training_data
from rnnstudio.core.stocks.model.presets import PRESETS
from rnnstudio.core.training import LossPoint
from rnnstudio.ui.running import Phase, Run
from rnnstudio.ui.stocks.state import StocksState

DAYS = 3


def trained_state(seed: int = 1) -> StocksState:
    """The state after a made-up training: the network is as it was drawn."""
    path = SAMPLES[FIRST_SAMPLE]
    reading = read_csv(path, CsvOptions())
    spec = replace(PRESETS["sound"], seed=seed)
    data = training_data(spec, split_at(reading.table, suggested_test_day(reading.table)))
    falling, flat = 0.02 / np.arange(1.0, spec.epochs + 1), np.full(spec.epochs, 0.03)
    model = TrainedModel(spec.model, initial_weights(spec.model, spec.seed), falling, flat)
    trained = TrainedForecaster(data, model, shrinkage=0.01, seconds=18.0)
    losses = tuple(
        LossPoint(step, loss, held_out=0.03) for step, loss in enumerate(falling.tolist())
    )
    return StocksState(
        Run(Phase.FINISHED, step=spec.epochs, total=spec.epochs, seconds=18.0),
        file=OpenedPrices(data_file(path), CsvOptions(), reading),
        train=reading.table,
        spec=spec,
        split=data.split,
        losses=losses,
        trained=trained,
    )


def finished_state(seed: int = 1) -> StocksState:
    """The same state after its test span was evaluated."""
    state = trained_state(seed)
    if state.trained is None:
        raise AssertionError("the example has a network")
    return replace(
        state, evaluation=evaluate_summarized(state.trained, AccessLog(), EvaluationRequest(DAYS))
    )


def example_runs() -> tuple[RunEntry, ...]:
    """Three runs: two of one share on the same days, and one that was not evaluated."""
    first, second = finished_state(seed=1), finished_state(seed=2)
    runs = Runs()
    for minute, state in enumerate((first, second, trained_state(seed=3))):
        if state.trained is None:
            raise AssertionError("the example has a network")
        runs = runs.added(new_run(state.trained, datetime(2024, 5, 6, 7, minute, tzinfo=UTC)))
        if state.evaluation is not None:
            runs = runs.evaluated(state.evaluation)
    return runs.kept
