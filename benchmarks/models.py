"""The models that are measured, and data for them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from rnnstudio.core.engine.spec import Dense, Dropout, Examples, Layer, ModelSpec, Recurrent


@dataclass(frozen=True)
class Setting:
    """A stack of LSTMs on windows of prices; the defaults are the source document's."""

    windows: int = 1867
    steps: int = 60
    features: int = 2
    units: int = 50
    layers: int = 1
    batch: int = 32
    dropout: float = 0.2

    @property
    def batches(self) -> int:
        """Batches an epoch."""
        return -(-self.windows // self.batch)

    @property
    def model(self) -> ModelSpec:
        """As the forecaster makes it: each LSTM with its dropout, then one linear output."""
        stack: list[Layer] = []
        for number in range(1, self.layers + 1):
            every_step = number < self.layers
            stack += [Recurrent("lstm", self.units, every_step), Dropout(self.dropout)]
        return ModelSpec(self.features, (*stack, Dense(1)))

    def examples(self) -> Examples:
        """Windows over a random walk scaled to 0..1, float32, and the value after each."""
        rows = self.windows + self.steps
        walk = np.random.default_rng(1).standard_normal((rows, self.features)).cumsum(axis=0)
        series = ((walk - walk.min(0)) / np.ptp(walk, axis=0)).astype(np.float32)
        views = np.lib.stride_tricks.sliding_window_view(series[:-1], self.steps, axis=0)
        x = np.ascontiguousarray(views.transpose(0, 2, 1))
        return Examples(x, series[self.steps :, :1].copy())
