"""Keras as its users run it: a Sequential model, ``compile`` and ``fit`` with their defaults.

``jit_compile`` stays "auto", which TensorFlow on a CPU takes as no XLA for these models; batches,
shuffling and threads are Keras' and TensorFlow's own choice.
"""

from __future__ import annotations

import os
import time
from collections.abc import Sequence
from typing import Any

from benchmarks.models import Setting
from rnnstudio.core.engine.spec import Examples


def make_keras_model(setting: Setting) -> Any:
    """The compiled model; imports TensorFlow."""
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")
    os.environ.setdefault("KERAS_BACKEND", "tensorflow")
    import keras
    from keras import layers

    stack: list[Any] = [keras.Input((setting.steps, setting.features))]
    for number in range(1, setting.layers + 1):
        every_step = number < setting.layers
        stack.append(layers.LSTM(setting.units, return_sequences=every_step))
        stack.append(layers.Dropout(setting.dropout))
    model = keras.Sequential([*stack, layers.Dense(1)])
    model.compile(optimizer="adam", loss="mean_squared_error")
    return model


class KerasEpochs:
    """A turn trains ``epochs`` epochs, after one to warm up; the model is kept between turns.

    An epoch ends after ``batches`` batches where that is given.
    """

    def __init__(
        self, setting: Setting, examples: Examples, epochs: int, batches: int | None = None
    ) -> None:
        self._model = make_keras_model(setting)
        self._setting, self._examples = setting, examples
        self._epochs, self._batches = epochs, batches

    def __call__(self) -> Sequence[float]:
        """Seconds of each epoch after the first."""
        from keras import callbacks

        starts: list[float] = []
        ends: list[float] = []
        clock = callbacks.LambdaCallback(
            on_epoch_begin=lambda _epoch, _logs: starts.append(time.perf_counter()),
            on_epoch_end=lambda _epoch, _logs: ends.append(time.perf_counter()),
        )
        self._model.fit(
            self._examples.x,
            self._examples.y,
            epochs=self._epochs + 1,
            batch_size=self._setting.batch,
            steps_per_epoch=self._batches,
            callbacks=[clock],
            verbose=0,
        )
        return [end - start for start, end in zip(starts[1:], ends[1:], strict=True)]


class KerasBatches:
    """A turn trains ``batches`` batches, after as many to warm up.

    That is at most half an epoch, or else exactly one: Keras stops where an epoch's data ends.
    """

    def __init__(self, setting: Setting, examples: Examples, batches: int) -> None:
        part = None if batches == setting.batches else batches
        self._epochs, self._batches = KerasEpochs(setting, examples, 1, part), batches

    def __call__(self) -> Sequence[float]:
        """The mean seconds of a batch."""
        return [seconds / self._batches for seconds in self._epochs()]


def keras_threads() -> str:
    """The thread settings of TensorFlow, in words."""
    import tensorflow as tf

    inner = tf.config.threading.get_intra_op_parallelism_threads()
    return "one a core (TensorFlow's default)" if inner == 0 else str(inner)
