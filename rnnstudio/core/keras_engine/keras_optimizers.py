"""Keras' optimisers with the engine's settings and clipping."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from rnnstudio.core.engine.optimizers import optimizer_of
from rnnstudio.core.engine.spec import ClipByNorm, ClipByValue, FitSpec
from rnnstudio.core.errors import UserError

_MOMENTS = {"m": "momentum", "v": "velocity"}


def build_optimizer(fit: FitSpec) -> Any:
    """Keras' optimiser with the settings and the clipping of ``fit``.

    Also for float64 models Keras rounds the learning rate and Adam's constants to float32. Raises
    UserError where Keras has no such optimiser.
    """
    from keras import optimizers

    clip: dict[str, float] = {}
    if isinstance(fit.clip, ClipByValue):
        clip = {"clipvalue": fit.clip.limit}
    elif isinstance(fit.clip, ClipByNorm):
        clip = {"global_clipnorm": fit.clip.limit}
    settings: Any = fit.optimizer
    twin = optimizer_of(settings).keras
    if twin is None:
        raise UserError(
            "Keras has no optimiser {name}; train it with NumPy.", name=type(settings).__name__
        )
    return getattr(optimizers, twin)(**asdict(settings), **clip)


def moments_of(optimizer: Any) -> dict[str, list[Any]]:
    """The variables with the moments of a Keras ``optimizer``, by the engine's names for them.

    Those of one name are in the order of the variables that are trained.
    """
    found = {
        name: [each for each in optimizer.variables if each.path.endswith(f"_{ending}")]
        for name, ending in _MOMENTS.items()
    }
    return {name: variables for name, variables in found.items() if variables}
