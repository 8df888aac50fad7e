"""The Keras process killed, stopped and starved of memory while it trains, and trained in often.

``python -m benchmarks.fault_injection.keras_faults COUNT`` does each once, then trains so often
with one child, in a process of its own, and reports.
"""

from __future__ import annotations

import os
import resource
import signal
import sys
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, field

import numpy as np
import psutil

from benchmarks.children import emit, first_line
from benchmarks.fault_injection.starts import Starts, measured, nothing_left
from rnnstudio.core.engine.spec import Dense, Examples, FitSpec, ModelSpec, Recurrent
from rnnstudio.core.errors import UserError
from rnnstudio.core.training import Control, Finished, Progress
from rnnstudio.workers.keras_child import KerasProcess
from tests import leaks

_MODEL = ModelSpec(1, (Recurrent("lstm", 32), Dense(1)))
_SHORT, _ENDLESS = FitSpec(epochs=2, batch_size=256), FitSpec(epochs=1_000_000, batch_size=256)
_STARVED = 2**28
"""Bytes below what it has already."""


@dataclass
class KerasFaults:
    """``sentences`` has what a person reads of each fault; ``wrong`` what went otherwise.

    A stopped process says nothing: ``stopped_s`` are the seconds from Stop to the training's end.
    """

    tried: int = 0
    sentences: dict[str, str] = field(default_factory=dict)
    wrong: list[str] = field(default_factory=list)
    stopped_s: float = 0.0
    starts: Starts = field(default_factory=Starts)


def break_keras(runs: int) -> KerasFaults:
    """Break the Keras process in each way, and train so often, in a process of its own."""
    _, said = first_line("benchmarks.fault_injection.keras_faults", str(runs))
    return KerasFaults(**{**said, "starts": Starts(**said["starts"])})


def _examples() -> Examples:
    x = np.random.default_rng(0).random((1000, 20, 1)).astype(np.float32)
    return Examples(x, x.mean(axis=1))


def _kill(pid: int, _: Control) -> None:
    os.kill(pid, signal.SIGKILL)


def _starve(pid: int, _: Control) -> None:
    """Let it get no more memory, as where a system gives none."""
    most = psutil.Process(pid).memory_info().vms - _STARVED
    resource.prlimit(pid, resource.RLIMIT_AS, (most, most))


def _stop(pid: int, control: Control) -> None:
    """Let it hang; a little later a person presses Stop."""
    os.kill(pid, signal.SIGSTOP)
    threading.Timer(0.2, control.cancel).start()


_FAULTS: dict[str, Callable[[int, Control], None]] = {
    "killed": _kill,
    "stopped": _stop,
    "starved of memory": _starve,
}


def break_once(name: str, keras: KerasProcess, found: KerasFaults) -> list[str]:
    """Train until the fault has ended it, then train again; what goes wrong."""
    control, sentence, wrong = Control(), "", []
    training = keras.fit(_MODEL, _ENDLESS, _examples(), control=control)
    next(event for event in training if isinstance(event, Progress))
    pid, start = keras.pid, time.monotonic()
    if pid is None:
        raise AssertionError("there is no child")
    _FAULTS[name](pid, control)
    try:
        for _ in training:
            pass
    except UserError as error:
        sentence = found.sentences[name] = str(error)
    if bool(sentence) != (name != "stopped") or "\n" in sentence:
        wrong.append(f"it said {sentence!r}")
    if name == "stopped":
        found.stopped_s = time.monotonic() - start - 0.2
    if psutil.pid_exists(pid):
        wrong.append("the process is still there")
    if not isinstance(list(_train(keras))[-1], Finished):
        wrong.append("the next training does not end")
    return wrong


def _train(keras: KerasProcess) -> Sequence[object]:
    return list(keras.fit(_MODEL, _SHORT, _examples(), control=Control()))


def main(arguments: Sequence[str]) -> None:
    """Break the process, train, close it, and report."""
    (runs,) = map(int, arguments)
    leaks.remember_makers()
    found, keras = KerasFaults(), KerasProcess()
    with nothing_left("keras", found.starts):
        for name in _FAULTS:
            found.wrong += [f"{name}: {each}" for each in break_once(name, keras, found)]
            found.tried += 1
        if runs:
            measured("keras", runs, lambda: _train(keras), found.starts)
        keras.close()
    emit(**asdict(found))


if __name__ == "__main__":
    main(sys.argv[1:])
