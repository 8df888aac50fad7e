"""The engine's training."""

from __future__ import annotations

from rnnstudio.core.engine.loop import fit_with
from rnnstudio.core.engine.spec import Examples, FitCheckpoint, FitSpec, ModelSpec, Weights
from rnnstudio.core.engine.threads import threads_for
from rnnstudio.core.engine.trainer import Trainer
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
    """Train with NumPy; see ``spec.Fit``.

    A step of the protocol is one batch. Where the loss, the gradient or a weight stops being
    finite, a ``Checkpoint`` with the last good weights comes before the UserError. Raises UserError
    before ``Started`` where the data does not suit the model or is not finite; later where the
    loss, the gradient norm or a weight stops being finite.
    """
    with threads_for(model, fit.batch_size):
        yield from fit_with(
            Trainer, model, fit, train, control=control, held_out=held_out, start=start, begun=begun
        )
