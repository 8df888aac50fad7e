"""Several trainings that differ in their seed only: what chance alone does to a result."""

from __future__ import annotations

from dataclasses import replace

from rnnstudio.core.engine.spec import Fit
from rnnstudio.core.stocks.forecaster import TrainedForecaster, train
from rnnstudio.core.stocks.spec import ForecastSpec
from rnnstudio.core.stocks.split import Split
from rnnstudio.core.training import Control, Finished, Pace, Progress, Started, Training

SEEDS = 5


def train_seeds(
    spec: ForecastSpec,
    split: Split,
    control: Control,
    fit: Fit,
    count: int = SEEDS,
    first: TrainedForecaster | None = None,
) -> Training:
    """Train with ``count`` seeds from ``spec.seed`` on, one after the other.

    ``Finished`` carries the ``TrainedForecaster`` of each, in the order of their seeds. ``first``
    is that of ``spec.seed`` where it is there already. The points of the loss curve are those of
    the first training alone; a step is that of a training, and a training that stops early counts
    as if it had not. Raises UserError as ``train`` does.
    """
    done = [] if first is None else [first]
    pace, total = Pace(control), 0
    for seed in range(spec.seed + len(done), spec.seed + count):
        for event in train(replace(spec, seed=seed), split, control, fit):
            if isinstance(event, Started):
                offset = event.total * len(done)
                if total == 0:
                    total = event.total * count
                    yield Started(total, spec.seed)
            elif isinstance(event, Progress):
                points = () if done else event.points
                yield Progress(offset + event.step, total, pace.seconds, points)
            elif isinstance(event, Finished):
                done.append(event.result)
            elif control.cancelled:
                return
    yield Finished(total, pace.seconds, tuple(done))
