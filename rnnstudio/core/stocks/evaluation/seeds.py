"""Several trainings that differ in their seed only: what chance alone does to a result."""

from __future__ import annotations

from dataclasses import replace

from rnnstudio.core.engine.spec import Fit
from rnnstudio.core.limits import LAST_SEED
from rnnstudio.core.stocks.data.split import Split
from rnnstudio.core.stocks.model.forecast_spec import ForecastSpec
from rnnstudio.core.stocks.model.forecaster import (
    ForecastCheckpoint,
    TrainedForecaster,
    continued,
    train,
)
from rnnstudio.core.stocks.model.sequential import in_sequence
from rnnstudio.core.training import Control, Finished, Training

SEEDS = 5


def train_seeds(
    spec: ForecastSpec,
    split: Split,
    control: Control,
    fit: Fit,
    count: int = SEEDS,
    first: TrainedForecaster | None = None,
    begun: ForecastCheckpoint | None = None,
) -> Training:
    """Train with ``count`` seeds from ``spec.seed`` on, one after the other; 0 is after the last.

    ``Finished`` carries the ``TrainedForecaster`` of each, in the order of their seeds. ``first``
    is that of ``spec.seed`` where it is there already, ``begun`` its training where that goes on;
    these two exclude each other. A ``Snapshot`` carries the ``ForecastCheckpoint`` of it. Steps
    are counted as ``in_sequence`` does. Raises UserError as ``train`` does.
    """
    done = () if first is None else (first,)
    seeds = [(spec.seed + number) % (LAST_SEED + 1) for number in range(len(done), count)]
    trainings = [train(replace(spec, seed=seed), split, control, fit) for seed in seeds]
    if begun is not None:
        trainings[0] = continued(begun, control, fit)
    for event in in_sequence(trainings, spec.seed, control, len(done)):
        if isinstance(event, Finished):
            yield replace(event, result=(*done, *event.result))
        else:
            yield event
