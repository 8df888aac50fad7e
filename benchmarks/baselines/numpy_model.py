"""The application's own engine, timed epoch by epoch through its public ``fit``."""

from __future__ import annotations

import time
from collections.abc import Sequence

from benchmarks.models import Setting
from benchmarks.timing import differences
from rnnstudio.core.engine.spec import Examples, Fit, FitSpec
from rnnstudio.core.training import Control


class Clock(Control):
    """Reads the clock whenever the training looks at its control: before every batch.

    After ``batches`` batches, where that is given, it asks the training to stop.
    """

    def __init__(self, batches: int | None = None) -> None:
        super().__init__()
        self.times: list[float] = []
        self._batches = batches

    def stop_requested(self) -> bool:
        """Take the time; whether enough batches were seen."""
        self.times.append(time.perf_counter())
        return self._batches is not None and len(self.times) > self._batches


class EngineEpochs:
    """A turn trains one epoch to warm up and ``epochs`` more, and gives the seconds of these."""

    def __init__(self, fit: Fit, setting: Setting, examples: Examples, epochs: int) -> None:
        self._fit, self._setting, self._examples, self._epochs = fit, setting, examples, epochs

    def __call__(self) -> Sequence[float]:
        """Seconds of each epoch after the first."""
        setting, clock = self._setting, Clock()
        fit_spec = FitSpec(epochs=self._epochs + 1, batch_size=setting.batch)
        for _ in self._fit(setting.model, fit_spec, self._examples, control=clock):
            pass
        starts = [*clock.times[:: setting.batches], time.perf_counter()]
        return differences(starts[1:])
