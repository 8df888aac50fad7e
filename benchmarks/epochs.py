"""Epoch times of everybody that trains the same model, side by side."""

from __future__ import annotations

from benchmarks.baselines.application import EngineEpochs
from benchmarks.baselines.floor import FloorEpochs
from benchmarks.baselines.keras_model import KerasEpochs, keras_threads
from benchmarks.baselines.torch_model import TorchEpochs, torch_threads
from benchmarks.models import Setting
from benchmarks.surroundings import installed
from benchmarks.timing import Turn, alternate
from rnnstudio.core.engine.fit import fit

NUMPY, KERAS, TORCH, FLOOR = "numpy", "keras", "pytorch", "floor"


def measure_epochs(
    setting: Setting, rounds: int, epochs: int, *, floor: bool
) -> tuple[dict[str, list[float]], list[str]]:
    """Seconds of ``rounds`` times ``epochs`` epochs of each contestant, and notes to them."""
    examples = setting.examples()
    contestants: dict[str, Turn] = {
        NUMPY: EngineEpochs(fit, setting, examples, epochs),
        KERAS: KerasEpochs(setting, examples, epochs),
    }
    notes = [f"keras: model.fit with its defaults, jit_compile auto; threads: {keras_threads()}"]
    if installed("torch"):
        contestants[TORCH] = TorchEpochs(setting, examples, epochs)
        notes.append(f"pytorch: nn.LSTM, fused Adam; threads: {torch_threads()}")
    else:
        notes.append("pytorch: skipped")
    if floor:
        contestants[FLOOR] = FloorEpochs(setting, epochs)
        notes.append("floor: the bare matrix products and tanh calls of an epoch")
    return alternate(contestants, rounds), notes
