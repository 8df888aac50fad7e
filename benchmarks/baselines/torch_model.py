"""PyTorch's ``nn.LSTM`` with fused Adam, in the loop that is fastest for data in memory.

Batches are taken by indexing a tensor; a DataLoader would be slower.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from typing import Any

from benchmarks.models import Setting
from benchmarks.timing import differences
from rnnstudio.core.engine.spec import Examples


def make_forward(setting: Setting) -> tuple[Callable[[Any], Any], list[Any]]:
    """The model as a function of (batch, steps, features), and its parameters."""
    import torch

    dropout_between = setting.dropout if setting.layers > 1 else 0.0
    lstm = torch.nn.LSTM(
        setting.features,
        setting.units,
        num_layers=setting.layers,
        dropout=dropout_between,
        batch_first=True,
    )
    head = torch.nn.Sequential(torch.nn.Dropout(setting.dropout), torch.nn.Linear(setting.units, 1))

    def forward(x: Any) -> Any:
        return head(lstm(x)[0][:, -1])

    return forward, [*lstm.parameters(), *head.parameters()]


class TorchEpochs:
    """A turn trains ``epochs`` epochs, after one to warm up; the model is kept between turns."""

    def __init__(self, setting: Setting, examples: Examples, epochs: int) -> None:
        import torch

        torch.manual_seed(1)
        self._setting, self._epochs = setting, epochs
        self._x, self._y = torch.from_numpy(examples.x), torch.from_numpy(examples.y)
        self._forward, parameters = make_forward(setting)
        self._optimizer = torch.optim.Adam(parameters, eps=1e-7, fused=True)
        self._loss = torch.nn.MSELoss()

    def __call__(self) -> Sequence[float]:
        """Seconds of each epoch after the first."""
        times = [time.perf_counter()]
        for _ in range(self._epochs + 1):
            self._epoch()
            times.append(time.perf_counter())
        return differences(times[1:])

    def _epoch(self) -> float:
        import torch

        order, total = torch.randperm(len(self._x)), 0.0
        for chosen in torch.split(order, self._setting.batch):
            self._optimizer.zero_grad()
            loss = self._loss(self._forward(self._x[chosen]), self._y[chosen])
            loss.backward()
            self._optimizer.step()
            total += loss.item()
        return total


def torch_threads() -> int:
    """How many threads PyTorch computes an operation with."""
    import torch

    return int(torch.get_num_threads())
