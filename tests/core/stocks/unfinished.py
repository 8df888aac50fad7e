"""Forecasters' trainings that are stopped on their way."""

from __future__ import annotations

from rnnstudio.core.engine.fit import fit
from rnnstudio.core.engine.spec import Fit
from rnnstudio.core.stocks.data.split import Split
from rnnstudio.core.stocks.model.forecast_spec import ForecastSpec
from rnnstudio.core.stocks.model.forecaster import (
    ForecastCheckpoint,
    TrainedForecaster,
    continued,
    train_on,
    training_data,
)
from rnnstudio.core.training import Control, Snapshot


def stopped(
    spec: ForecastSpec, split: Split, stop: tuple[int, int] = (1, 3), fit: Fit = fit
) -> ForecastCheckpoint:
    """What is left of a training that was stopped after so many epochs and batches of one more."""
    events = train_on(training_data(spec, split), Control(), fit, stop)
    [unfinished] = [event.state for event in events if isinstance(event, Snapshot)]
    return unfinished


def finished(unfinished: ForecastCheckpoint, fit: Fit = fit) -> TrainedForecaster:
    """The network that comes of it."""
    *_, last = continued(unfinished, Control(), fit)
    result: TrainedForecaster = last.result  # type: ignore[union-attr]
    return result


def require_same(one: TrainedForecaster, other: TrainedForecaster) -> None:
    """Fail unless losses, weights, shrinkage and forecasts are the same to the last bit."""
    assert one.model.losses.tobytes() == other.model.losses.tobytes()
    watched = (one.model.held_out_losses, other.model.held_out_losses)
    assert [each is None for each in watched] in ([True, True], [False, False])
    if watched[0] is not None and watched[1] is not None:
        assert watched[0].tobytes() == watched[1].tobytes()
    for layer, same in zip(one.model.weights, other.model.weights, strict=True):
        assert {name: array.tobytes() for name, array in layer.items()} == {
            name: array.tobytes() for name, array in same.items()
        }
    assert (one.shrinkage, one.stopped_after) == (other.shrinkage, other.stopped_after)
    inputs = one.split.table.matrix(one.spec.columns)[one.data.train.inputs]
    assert one.next_prices(inputs).tobytes() == other.next_prices(inputs).tobytes()
