"""Checks of the engines: they agree, here and in processes; without TensorFlow NumPy does all."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from typing import Any

import numpy as np

from rnnstudio.core import language
from rnnstudio.core.engine.fit import fit
from rnnstudio.core.engine.spec import (
    Dense,
    Examples,
    Fit,
    FitSpec,
    ModelSpec,
    Recurrent,
    TrainedModel,
)
from rnnstudio.core.errors import UserError
from rnnstudio.core.keras_engine.keras_fit import is_installed
from rnnstudio.core.stocks.data.csv_import import read_prices
from rnnstudio.core.stocks.data.samples import FIRST_SAMPLE, SAMPLES
from rnnstudio.core.stocks.data.split import split_share
from rnnstudio.core.stocks.evaluation.evaluate_job import evaluate_summarized
from rnnstudio.core.stocks.evaluation.forecast import USUAL
from rnnstudio.core.stocks.evaluation.test_access import AccessLog
from rnnstudio.core.stocks.model.forecast_spec import ForecastSpec
from rnnstudio.core.stocks.model.forecaster import TrainedForecaster, train
from rnnstudio.core.stocks.validation.walk_forward import Walk, walk_forward_job
from rnnstudio.core.training import Control, Finished, Training
from rnnstudio.selftest.check import SelfCheck
from rnnstudio.workers.keras_child import KerasProcess
from rnnstudio.workers.processes import Processes

_AGREE = 1e-4
_MISSING = "TensorFlow is not installed"
"""How the sentence begins that explains it, and says what does all the same."""


def engine_checks() -> Iterator[SelfCheck]:
    """Both engines, or the sentence that one is missing, and a forecast in a process."""
    yield SelfCheck("engines", check_engines)
    yield SelfCheck("forecasts", check_forecasts)


def check_engines() -> None:
    """Both engines train two steps from the same weights and come to the same losses."""
    numpy_losses = _losses(fit)
    try:
        with closing(KerasProcess()) as keras:
            keras_losses = _losses(keras.fit)
    except UserError as error:
        require_explained(language.text(error.message))
        return
    if not np.allclose(numpy_losses, keras_losses, rtol=_AGREE):
        raise ArithmeticError(f"NumPy's losses are {numpy_losses}, Keras' are {keras_losses}")


def require_explained(sentence: str) -> None:
    """Raise RuntimeError unless Keras is missing, and ``sentence`` says so and what to do."""
    if is_installed() or not sentence.startswith(_MISSING) or "NumPy" not in sentence:
        raise RuntimeError(sentence)


def check_forecasts() -> None:
    """A walk in a process is a forecast like one made here."""
    table = read_prices(SAMPLES[FIRST_SAMPLE])
    spec, split = ForecastSpec(window=5, units=2, epochs=1), split_share(table.part(slice(0, 200)))
    with Processes(1) as pool:
        walk: Walk = _result(walk_forward_job(spec, split, split.rows_test, pool, Control()))
    trained: TrainedForecaster = _result(train(spec, split, Control(), fit))
    evaluation = evaluate_summarized(trained, AccessLog(), USUAL)
    if not np.array_equal(walk.predicted, evaluation.forecast.predicted):
        raise ArithmeticError("the walk in a process is not the forecast that was made here")


def _losses(engine: Fit) -> list[float]:
    generator = np.random.default_rng(1)
    x = generator.normal(size=(8, 5, 2)).astype(np.float32)
    # One batch holds all examples, so that the engines' own shuffling makes no difference.
    training = engine(
        ModelSpec(n_x=2, layers=(Recurrent("lstm", 4), Dense(1))),
        FitSpec(epochs=2, batch_size=8),
        Examples(x=x, y=x[:, -1, :1]),
        control=Control(),
    )
    model: TrainedModel = _result(training)
    return [float(loss) for loss in model.losses]


def _result(training: Training) -> Any:
    """What the training came to."""
    [result] = [event.result for event in training if isinstance(event, Finished)]
    return result
