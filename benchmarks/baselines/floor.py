"""What no NumPy engine can go below: the bare matrix products and tanh calls of an epoch.

For every LSTM and step forward, one product of all gates over [h; x; 1], one tanh for the gates and
one for the memory state; for every step backward one product; and one product for the weight
gradient of all steps. Nothing else: no gates, no loss, no optimiser. Every array is made before.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from benchmarks.models import Setting
from benchmarks.timing import differences
from rnnstudio.core.engine.spec import FloatArray
from rnnstudio.core.engine.threads import threads_for

Call = tuple[Callable[..., Any], tuple[FloatArray, ...]]


def batch_calls(setting: Setting, batch: int) -> list[Call]:
    """The calls for one batch of ``batch`` examples, in their order."""
    forward: list[Call] = []
    backward: list[Call] = []
    n = setting.features
    for layer in range(setting.layers):
        layer_forward, layer_backward = _layer_calls(setting, batch, n, needs_dx=layer > 0)
        forward += layer_forward
        backward = layer_backward + backward
        n = setting.units
    return forward + backward


def _layer_calls(
    setting: Setting, batch: int, n: int, *, needs_dx: bool
) -> tuple[list[Call], list[Call]]:
    u, steps = setting.units, setting.steps
    w, hx1 = _numbers(4 * u, u + n + 1), _numbers(steps, u + n + 1, batch)
    z, dz = _numbers(steps, 4 * u, batch), _numbers(4 * u, batch)
    c, tanh_c = _numbers(steps, u, batch), _numbers(steps, u, batch)
    back = w[:, : u + n if needs_dx else u].T
    d = _numbers(len(back), batch)
    forward: list[Call] = []
    for t in range(steps):
        forward += [(np.matmul, (w, hx1[t], z[t])), (np.tanh, (z[t], z[t]))]
        forward += [(np.tanh, (c[t], tanh_c[t]))]
    backward: list[Call] = [(np.matmul, (back, dz, d))] * steps
    all_dz, all_hx1 = _numbers(4 * u, steps * batch), _numbers(u + n + 1, steps * batch)
    backward.append((np.matmul, (all_dz, all_hx1.T, _numbers(4 * u, u + n + 1))))
    return forward, backward


class FloorEpochs:
    """A turn: the calls of ``epochs`` epochs, after one to warm up, on the engine's threads."""

    def __init__(self, setting: Setting, epochs: int) -> None:
        self._setting, self._epochs = setting, epochs
        firsts = range(0, setting.windows, setting.batch)
        sizes = [min(setting.batch, setting.windows - first) for first in firsts]
        by_size = {size: batch_calls(setting, size) for size in set(sizes)}
        self.batches = [by_size[size] for size in sizes]

    def __call__(self) -> Sequence[float]:
        """Seconds of each epoch after the first."""
        with threads_for(self._setting.model, self._setting.batch):
            self._epoch()
            times = [time.perf_counter()]
            for _ in range(self._epochs):
                self._epoch()
                times.append(time.perf_counter())
        return differences(times)

    def _epoch(self) -> None:
        for calls in self.batches:
            for function, arrays in calls:
                function(*arrays)


def _numbers(*shape: int) -> FloatArray:
    """Small float32 numbers: neither so large that tanh is cut short nor denormal."""
    return (np.random.default_rng(1).standard_normal(shape) * 0.1).astype(np.float32)
