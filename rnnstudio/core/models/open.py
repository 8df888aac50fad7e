"""Opens a trained model from any kind of file."""

from __future__ import annotations

from pathlib import Path

from rnnstudio.core.errors import UserError
from rnnstudio.core.models.keras_file import read_keras
from rnnstudio.core.models.npz_file import read_npz
from rnnstudio.core.models.opened_model import Model
from rnnstudio.core.models.safetensors_file import TWO_LINES, read_safetensors

SUFFIXES = (".keras", ".h5", ".hdf5", ".npz", ".safetensors")
NOT_OPENED = (".pt", ".pth", ".ckpt", ".pkl", ".bin")
"""Models, too, but such as may hold code: how to write them anew is said."""


def open_model(path: Path) -> Model:
    """The model in a file of one of ``SUFFIXES``; raises UserError as the kinds' readers do."""
    suffix = path.suffix.lower()
    if suffix in NOT_OPENED:
        raise UserError(
            "{path} may hold code that would be run when it is opened, so it is not; write the "
            "weights anew with these two lines: {lines}",
            path=path.name,
            lines=TWO_LINES,
        )
    if suffix not in SUFFIXES:
        raise UserError(
            "{path} is no model that is read; choose a .keras, .h5, .safetensors or .npz file.",
            path=path.name,
        )
    if suffix == ".safetensors":
        return read_safetensors(path)
    return (read_npz if suffix == ".npz" else read_keras)(path)
