"""Trains a network on a share's past: on its training span, watched on its validation span.

Raw windows and prices are float64, in the unit of the file; outputs are scaled and have no unit.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from rnnstudio.core.engine.environment import Environment, environment
from rnnstudio.core.engine.spec import Examples, Fit, FitCheckpoint, TrainedModel
from rnnstudio.core.engine.trained_model import predict
from rnnstudio.core.errors import UserError
from rnnstudio.core.stocks.data.price_table import FloatArray, PriceTable
from rnnstudio.core.stocks.data.split import Split
from rnnstudio.core.stocks.data.windows import Windows, training_rows, windows_before
from rnnstudio.core.stocks.model.forecast_spec import ForecastSpec
from rnnstudio.core.stocks.model.scaling import Scaling, fit_scaling, require_usable
from rnnstudio.core.training import Checkpoint, Control, Finished, Pace, Snapshot, Training

MOST_INPUTS = 50_000_000
"""Numbers in all windows of the days that one network forecasts: about 400 MB."""


@dataclass(frozen=True, eq=False)
class TrainingData:
    """What a network learns from, and the rows of the table that it comes from.

    ``held_out`` is None if there is no validation span. ``given`` is the table as it was before
    numbers were changed in it; None if none were changed, as outside the demonstrations of leakage:
    then it is the split's own.
    """

    spec: ForecastSpec
    split: Split
    scaling: Scaling
    train: Windows
    held_out: Windows | None
    given: PriceTable | None = None

    @property
    def epoch_batches(self) -> int:
        """Steps of an epoch."""
        return -(-len(self.train.rows) // self.spec.batch_size)

    def examples(self, windows: Windows) -> Examples:
        """``x`` (examples, window, features) and ``y`` (examples, 1), scaled."""
        table, spec = self.split.table, self.spec
        raw = table.matrix(spec.columns)[windows.inputs]
        prices = table.column(spec.target)[windows.rows]
        return Examples(self.scaling.inputs(raw), self.scaling.outputs(raw, prices))


def training_data(spec: ForecastSpec, split: Split) -> TrainingData:
    """What ``spec`` makes of the days before the split's test span.

    Raises UserError when a column is missing or of no use, or there are too few days.
    """
    require_usable(spec, split.table)
    spans = split.with_validation(spec.validation)
    require_evaluable(spec, spans)
    train = windows_before(training_rows(spans, spec.lookback), spec.lookback)
    held_out = (
        windows_before(spans.validation_rows, spec.lookback) if spans.rows_validation else None
    )
    return TrainingData(
        spec, spans, fit_scaling(spec, spans.table, spans.train_rows), train, held_out
    )


def require_evaluable(spec: ForecastSpec, split: Split) -> None:
    """Raise UserError if the windows of validation and test span together are too large."""
    days = split.rows_validation + split.rows_test
    if days * spec.lookback * len(spec.columns) > MOST_INPUTS:
        raise UserError(
            "{days:n} days for validation and test, each with {lookback:n} days of {columns} "
            "columns before it, are more days and longer windows than can be evaluated; choose a "
            "shorter window, fewer columns or a shorter test span.",
            days=days,
            lookback=spec.lookback,
            columns=len(spec.columns),
        )


@dataclass(frozen=True, eq=False)
class TrainedForecaster:
    """A network that has not seen the test span, and its training data.

    ``shrinkage`` is the fraction of its forecast return that is kept, chosen on the validation
    span; 1 where prices are forecast or there is no such span. The training took ``seconds``.
    ``stopped_after`` is how many batches of one more epoch it had done when it was stopped; None
    where it came to its own end. ``environment`` is where it was trained, None where that is not
    known; ``earlier`` are those of the parts before, where it was continued elsewhere.
    """

    data: TrainingData
    model: TrainedModel
    shrinkage: float
    seconds: float
    stopped_after: int | None = None
    environment: Environment | None = None
    earlier: tuple[Environment, ...] = ()

    @property
    def spec(self) -> ForecastSpec:
        """Its settings."""
        return self.data.spec

    @property
    def complete(self) -> bool:
        """Whether the training came to its own end, by its epochs or by patience."""
        done, watched = len(self.model.losses), self.model.held_out_losses
        if done >= self.spec.epochs:
            return True
        if self.spec.patience is None or watched is None or not len(watched):
            return False
        return done - 1 - int(np.argmin(watched)) >= self.spec.patience

    @property
    def split(self) -> Split:
        """The days it was trained on, chosen on, and is to be tested on."""
        return self.data.split

    @property
    def scaling(self) -> Scaling:
        """The scalers of its inputs and its output."""
        return self.data.scaling

    def next_prices(self, raw: FloatArray) -> FloatArray:
        """The target's price on the day after each raw window (examples, lookback, columns).

        Raises UserError when the network's outputs are not numbers any more.
        """
        return self.scaling.prices(raw, self.outputs(raw), self.shrinkage)

    def outputs(self, raw: FloatArray, masks: np.random.Generator | None = None) -> FloatArray:
        """What the network says after each raw window, scaled (examples, 1) float64.

        ``masks`` as in ``engine.model.predict``. Raises UserError as ``next_prices`` does.
        """
        x = self.scaling.inputs(raw)
        with np.errstate(over="ignore", invalid="ignore"):  # what that leads to is looked for next
            said = predict(self.model.spec, self.model.weights, x, masks=masks)
        outputs = np.asarray(said, dtype=np.float64)
        if not np.isfinite(outputs).all():
            raise UserError(
                "The training ran away: the network's outputs are no numbers any more. Choose a "
                "smaller learning rate."
            )
        return outputs


@dataclass(frozen=True, eq=False)
class ForecastCheckpoint:
    """A training that is not finished: what it learns from, and what continues it to the last bit.

    ``environments`` are where it was trained so far.
    """

    data: TrainingData
    fit: FitCheckpoint
    environments: tuple[Environment, ...]

    @property
    def total(self) -> int:
        """Steps until the end if patience does not run out."""
        return self.data.spec.epochs * self.data.epoch_batches


def train(spec: ForecastSpec, split: Split, control: Control, fit: Fit) -> Training:
    """Train as ``spec`` says on the days before the split's test span.

    The test span is not read.

    ``Finished`` carries a ``TrainedForecaster``. The events are those of ``fit``, the training of
    the engine that ``spec.engine`` names; the ``Checkpoint`` of one that is stopped carries the
    network so far, if it has seen all examples once. A ``Snapshot`` carries a
    ``ForecastCheckpoint``. Raises UserError when the table lacks a column, has too few rows for the
    window, or the training came to no usable network.
    """
    yield from train_on(training_data(spec, split), control, fit)


def continued(begun: ForecastCheckpoint, control: Control, fit: Fit) -> Training:
    """Go on with a training as if it had never been stopped; otherwise as ``train``."""
    yield from train_on(begun.data, control, fit, begun=begun)


def train_on(
    data: TrainingData,
    control: Control,
    fit: Fit,
    stop: tuple[int, int] | None = None,
    begun: ForecastCheckpoint | None = None,
) -> Training:
    """Train on ``data``, which may leak, and up to ``stop`` of ``FitSpec``; otherwise as ``train``.

    The ``Checkpoint`` at ``stop`` is the last event. ``begun`` is the training on these data that
    goes on.
    """
    spec, train, held_out = data.spec, data.examples(data.train), None
    if data.held_out is not None:
        held_out = data.examples(data.held_out)
    here = environment(keras=spec.engine == "keras")
    before = None if begun is None else begun.fit
    places = () if begun is None else begun.environments
    earlier = tuple(place for place in places if place != here)
    pace = Pace(control, 0.0 if before is None else before.seconds)
    settings = replace(spec.fit, stop=stop)
    for event in fit(spec.model, settings, train, control=control, held_out=held_out, begun=before):
        if isinstance(event, Finished):
            yield replace(event, result=_forecaster(data, event.result, event.seconds, earlier))
        elif isinstance(event, Snapshot):
            yield replace(event, state=ForecastCheckpoint(data, event.state, (*earlier, here)))
        elif isinstance(event, Checkpoint):
            done = len(event.state.losses)
            if stop is not None or (done and control.cancelled):
                state = _forecaster(data, event.state, pace.seconds, earlier)
                batches = event.step - done * data.epoch_batches
                yield replace(event, state=replace(state, stopped_after=batches))
        else:
            yield event


def _forecaster(
    data: TrainingData, model: TrainedModel, seconds: float, earlier: tuple[Environment, ...]
) -> TrainedForecaster:
    here = environment(keras=data.spec.engine == "keras")
    trained = TrainedForecaster(data, model, 1.0, seconds, environment=here, earlier=earlier)
    return replace(trained, shrinkage=_shrinkage(trained))


def _shrinkage(trained: TrainedForecaster) -> float:
    """The fraction of the forecast return, 0 to 1, of least squared error on validation."""
    held_out, spec = trained.data.held_out, trained.spec
    if held_out is None or spec.quantity == "price":
        return 1.0
    raw = trained.split.table.matrix(spec.columns)[held_out.inputs]
    last = trained.scaling.last_prices(raw)
    moves = np.log(trained.split.table.column(spec.target)[held_out.rows] / last)
    forecast = np.log(trained.next_prices(raw) / last)
    size = float(forecast @ forecast)
    return min(1.0, max(0.0, float(forecast @ moves) / size)) if size > 0 else 0.0
