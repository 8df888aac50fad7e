"""The application's own engines, timed through the public ``fit``."""

from __future__ import annotations

import time
from collections.abc import Sequence

import numpy as np

from benchmarks.models import Setting
from benchmarks.timing import differences
from rnnstudio.core.engine.initial import initial_weights
from rnnstudio.core.engine.spec import Examples, Fit, FitSpec
from rnnstudio.core.keras_engine.execution_mode import LONG_RUN, execution_mode
from rnnstudio.core.keras_engine.keras_trainer import KerasTrainer
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


class EngineBatches:
    """A turn trains one batch to warm up and ``batches`` more, and gives the seconds of these."""

    def __init__(self, fit: Fit, setting: Setting, examples: Examples, batches: int) -> None:
        self._fit, self._setting, self._examples, self._batches = fit, setting, examples, batches

    def __call__(self) -> Sequence[float]:
        """The mean seconds of a batch after the first."""
        clock = Clock(self._batches + 1)
        fit_spec = FitSpec(epochs=self._batches + 1, batch_size=self._setting.batch)
        for _ in self._fit(self._setting.model, fit_spec, self._examples, control=clock):
            pass
        return [(clock.times[-1] - clock.times[1]) / self._batches]


class KerasWayBatches:
    """As ``EngineBatches``, by the application's Keras in this process.

    Its graph is made once, in the way that a long run gets.
    """

    def __init__(self, setting: Setting, examples: Examples, batches: int) -> None:
        self._setting, self._examples, self._batches = setting, examples, batches
        model, fit_spec = setting.model, FitSpec(batch_size=setting.batch)
        way = execution_mode(model, setting.steps, LONG_RUN)
        weights = initial_weights(model, fit_spec.seed)
        self._trainer = KerasTrainer(model, fit_spec, weights, steps=setting.steps, way=way)
        self._order = np.random.default_rng(1).permutation(setting.windows)

    def __call__(self) -> Sequence[float]:
        """The mean seconds of a batch after the first."""
        self._step(0)
        start = time.perf_counter()
        for number in range(1, self._batches + 1):
            self._step(number)
        return [(time.perf_counter() - start) / self._batches]

    def _step(self, number: int) -> None:
        size = self._setting.batch
        first = number % (self._setting.windows // size) * size
        self._trainer.step(self._examples, self._order[first : first + size])
