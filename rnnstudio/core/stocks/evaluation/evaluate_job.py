"""An evaluation as a job that a worker can run: the forecast, its panel, and the days ahead."""

from __future__ import annotations

from dataclasses import dataclass, replace

from rnnstudio.core.engine.spec import Fit
from rnnstudio.core.stocks.data.price_table import PriceTable
from rnnstudio.core.stocks.evaluation.dropout_samples import DropoutBand, dropout_band
from rnnstudio.core.stocks.evaluation.forecast import Forecast, Question, evaluate, reopen
from rnnstudio.core.stocks.evaluation.future import Future, future
from rnnstudio.core.stocks.evaluation.predict_newer import apply
from rnnstudio.core.stocks.evaluation.seeds import train_seeds
from rnnstudio.core.stocks.evaluation.summary import Panel, panel
from rnnstudio.core.stocks.evaluation.test_access import Openings
from rnnstudio.core.stocks.model.forecaster import TrainedForecaster
from rnnstudio.core.stocks.model.intervals import NOMINAL
from rnnstudio.core.training import Control, Finished, Pace, Started, Training, until_stopped


@dataclass(frozen=True, eq=False)
class Examined:
    """What one opening of a test span told; ``dropout`` is None until it is sampled."""

    forecast: Forecast
    panel: Panel
    future: Future
    dropout: DropoutBand | None = None


def examine(trained: TrainedForecaster, openings: Openings, question: Question) -> Examined:
    """Open the test span once; raises UserError as ``evaluate`` does."""
    return _examined(evaluate(trained, openings, question), question)


def reexamine(
    trained: TrainedForecaster, openings: Openings, question: Question
) -> Examined | None:
    """What a test span told that was opened before, not counted again; None if it is shut."""
    forecast = reopen(trained, openings, question)
    return None if forecast is None else _examined(forecast, question)


def examining(
    trained: TrainedForecaster, openings: Openings, question: Question, control: Control
) -> Training:
    """``examine`` in steps; ``Finished`` carries the ``Examined``."""
    pace = Pace(control)
    yield Started(1, trained.spec.seed)
    examined = until_stopped(control, examine, trained, openings, question)
    if examined is not None:
        yield Finished(1, pace.seconds, examined)


def examining_newer(
    trained: TrainedForecaster,
    newer: PriceTable,
    openings: Openings,
    question: Question,
    control: Control,
) -> Training:
    """The same on the days of a newer file of the share; raises UserError as ``apply`` does."""
    pace = Pace(control)
    yield Started(1, trained.spec.seed)
    examined = until_stopped(control, _examine_newer, trained, newer, openings, question)
    if examined is not None:
        yield Finished(1, pace.seconds, examined)


def examining_seeds(examined: Examined, control: Control, fit: Fit) -> Training:
    """Train with further seeds; ``Finished`` carries ``examined`` with their spread in its panel.

    The days are those that are open already, so this counts as no further opening.
    """
    forecast = examined.forecast
    trained = forecast.trained
    for event in train_seeds(trained.spec, trained.split, control, fit, first=trained):
        if isinstance(event, Finished):
            found = until_stopped(control, panel, forecast, event.result)
            if found is not None:
                yield replace(event, result=replace(examined, panel=found))
        else:
            yield event


def sampling_dropout(examined: Examined, control: Control) -> Training:
    """Sample the days with dropout on; ``Finished`` carries ``examined`` with the band.

    The days are open already, so this counts as no further opening. Raises UserError where the
    network has no dropout.
    """
    pace = Pace(control)
    yield Started(1, examined.forecast.spec.seed)
    nominal = NOMINAL if examined.panel.nominal is None else examined.panel.nominal
    band = until_stopped(control, dropout_band, examined.forecast, nominal)
    if band is not None:
        yield Finished(1, pace.seconds, replace(examined, dropout=band))


def _examine_newer(
    trained: TrainedForecaster, newer: PriceTable, openings: Openings, question: Question
) -> Examined:
    return _examined(apply(trained, newer, openings, question), question)


def _examined(forecast: Forecast, question: Question) -> Examined:
    ahead = future(forecast.trained, forecast.table, question)
    return Examined(forecast, panel(forecast), ahead)
