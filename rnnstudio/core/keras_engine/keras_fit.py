"""Training with Keras in this process; ``workers.child`` runs it in a process of its own."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

from rnnstudio.core.engine.loop import fit_with
from rnnstudio.core.engine.spec import Examples, FitCheckpoint, FitSpec, ModelSpec, Weights
from rnnstudio.core.errors import UserError
from rnnstudio.core.keras_engine.execution_mode import execution_mode
from rnnstudio.core.keras_engine.keras_trainer import KerasTrainer
from rnnstudio.core.training import Control, Training


def fit(
    model: ModelSpec,
    fit: FitSpec,
    train: Examples,
    *,
    control: Control,
    held_out: Examples | None = None,
    start: Weights | None = None,
    begun: FitCheckpoint | None = None,
) -> Training:
    """Train with Keras; see ``spec.Fit``.

    Events, order of the examples, patience and errors are those of ``core.engine.fit.fit``, and so
    are the first weights; dropout draws other random numbers. Finished carries the weights in the
    paper's layout, in ``fit.dtype``. Raises UserError as ``core.engine.fit.fit`` does, and where
    backpropagation is to be truncated.
    """
    if fit.truncate is not None:
        raise UserError(
            "Keras cannot truncate backpropagation; choose the NumPy engine or no truncation."
        )

    def make_trainer(model: ModelSpec, fit: FitSpec, weights: Weights) -> KerasTrainer:
        examples, steps, _ = train.x.shape
        batches = fit.epochs * -(-examples // fit.batch_size)
        way = execution_mode(model, steps, batches)
        return KerasTrainer(model, fit, weights, steps=steps, way=way)

    return fit_with(
        make_trainer,
        model,
        fit,
        train,
        control=control,
        held_out=held_out,
        start=start,
        begun=begun,
    )


def import_keras() -> None:
    """Import Keras and TensorFlow, so that a first training need not: 2 to 5 seconds, 600 MB.

    Raises UserError where they are not installed, or cannot be loaded.
    """
    if not is_installed():
        raise UserError(
            "TensorFlow is not installed, and Keras cannot train without it. Choose the NumPy "
            "engine: it trains every network, and all else works as well."
        )
    try:
        import keras
        import tensorflow as tf
    except ImportError as error:
        raise UserError(
            "TensorFlow cannot be loaded here ({reason}), and Keras cannot train without it. "
            "Choose the NumPy engine: it trains every network, and all else works as well.",
            reason=str(error),
        ) from error

    keras.Sequential, tf.function  # noqa: B018 - both load themselves at first use


def is_installed() -> bool:
    """Whether Keras and TensorFlow are there; they are looked for, not imported.

    A bundle has their Python within its program: only a folder tells of TensorFlow's libraries.
    """
    found = find_spec("tensorflow")
    if found is None or find_spec("keras") is None:
        return False
    folders = found.submodule_search_locations
    return not folders or any(Path(folder).is_dir() for folder in folders)
