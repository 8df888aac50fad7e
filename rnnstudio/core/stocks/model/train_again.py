"""A forecaster's training done again, from its settings, its seed and its prices."""

from __future__ import annotations

from collections.abc import Generator

from rnnstudio.core.engine.spec import Fit
from rnnstudio.core.stocks.model.forecaster import TrainedForecaster, train_on, training_data
from rnnstudio.core.training import Checkpoint, Control, Event, Finished, Progress


def train_again(
    trained: TrainedForecaster, control: Control, fit: Fit
) -> Generator[Event, None, TrainedForecaster | None]:
    """Train as ``trained`` was, and stop where it was stopped; None after a stop of ``control``.

    The events are ``Progress`` alone. Raises UserError as ``train`` does.
    """
    found: TrainedForecaster | None = None
    data = training_data(trained.spec, trained.split)
    for event in train_on(data, control, fit, _stop(trained)):
        match event:
            case Progress():
                yield event
            case Checkpoint(state=state):
                found = state
            case Finished(result=result):
                found = result
    return None if control.cancelled else found


def steps_done(trained: TrainedForecaster) -> int:
    """How many batches the network was trained on."""
    whole = len(trained.model.losses) * trained.data.epoch_batches
    return whole + (trained.stopped_after or 0)


def _stop(trained: TrainedForecaster) -> tuple[int, int] | None:
    """Where it was stopped; at its last whole epoch where its file does not say it."""
    if trained.complete and trained.stopped_after is None:
        return None
    return len(trained.model.losses), trained.stopped_after or 0
