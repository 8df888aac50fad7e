"""A training from a cold start: ``python -m benchmarks.cold ENGINE SETTING``, timed from outside.

The time runs from the start of the process, imports and all, to its word that the training is done.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Sequence
from dataclasses import asdict

from benchmarks.baselines.keras_model import make_keras_model
from benchmarks.children import emit, first_line
from benchmarks.models import Setting
from benchmarks.timing import Turn
from rnnstudio.core.engine.fit import fit
from rnnstudio.core.engine.spec import FitSpec
from rnnstudio.core.training import Control


def turn(engine: str, setting: Setting, epochs: int) -> Turn:
    """A turn that trains once in a fresh process."""
    arguments = json.dumps({"epochs": epochs, **asdict(setting)})
    return lambda: [first_line("benchmarks.cold", engine, arguments)[0]]


def train_numpy(setting: Setting, epochs: int) -> None:
    """Train as the application does."""
    fit_spec = FitSpec(epochs=epochs, batch_size=setting.batch)
    for _ in fit(setting.model, fit_spec, setting.examples(), control=Control()):
        pass


def train_keras(setting: Setting, epochs: int) -> None:
    """Train as a user of Keras does."""
    examples = setting.examples()
    model = make_keras_model(setting)
    model.fit(examples.x, examples.y, epochs=epochs, batch_size=setting.batch, verbose=0)


ENGINES: dict[str, Callable[[Setting, int], None]] = {"numpy": train_numpy, "keras": train_keras}


def main(arguments: Sequence[str]) -> None:
    """Train with the named engine and say when it is done."""
    engine, text = arguments
    given = json.loads(text)
    epochs = given.pop("epochs")
    ENGINES[engine](Setting(**given), epochs)
    emit(engine=engine, epochs=epochs)


if __name__ == "__main__":
    main(sys.argv[1:])
