"""Opens a trained model from any kind of file."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from rnnstudio.core.errors import UserError
from rnnstudio.core.models.keras_file import read_keras
from rnnstudio.core.models.npz_file import read_npz
from rnnstudio.core.models.opened_model import Model
from rnnstudio.core.models.safetensors_file import read_safetensors
from rnnstudio.core.models.scalers import ModelScalers, scalers_beside
from rnnstudio.core.models.writing_lines import TORCH_LINES

SUFFIXES = (".keras", ".h5", ".hdf5", ".npz", ".safetensors")
NOT_OPENED = (".pt", ".pth", ".ckpt", ".pkl", ".bin")
"""Models, too, but such as may hold code: how to write them anew is said."""
_READERS = {".npz": read_npz, ".safetensors": read_safetensors}


def open_model(path: Path) -> Model:
    """The model in a file of one of ``SUFFIXES``, with the scalers in the file beside it.

    Raises UserError as the kinds' readers do, and ``scalers_beside``.
    """
    suffix = path.suffix.lower()
    if suffix in NOT_OPENED:
        raise UserError(
            "{path} may hold code that would be run when it is opened, so it is not; write the "
            "weights anew with these two lines: {lines}",
            path=path.name,
            lines="; ".join(TORCH_LINES.splitlines()),
        )
    if suffix not in SUFFIXES:
        raise UserError(
            "{path} is no model that is read; choose a .keras, .h5, .safetensors or .npz file.",
            path=path.name,
        )
    return with_scalers(_READERS.get(suffix, read_keras)(path), scalers_beside(path))


def with_scalers(model: Model, scalers: ModelScalers) -> Model:
    """The model with what its numbers mean; raises UserError where that is of other inputs."""
    if len(scalers.inputs) not in (0, model.spec.n_x):
        raise UserError(
            "{path} has a scaler of {n} inputs beside it; the model reads {n_x} numbers a step.",
            path=model.name,
            n=len(scalers.inputs),
            n_x=model.spec.n_x,
        )
    return replace(model, scalers=scalers)
