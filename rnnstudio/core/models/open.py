"""Opens a trained model from any kind of file."""

from __future__ import annotations

from pathlib import Path

from rnnstudio.core.errors import UserError
from rnnstudio.core.models.keras_file import read_keras
from rnnstudio.core.models.npz_file import read_npz
from rnnstudio.core.models.opened_model import Model

SUFFIXES = (".keras", ".h5", ".hdf5", ".npz")


def open_model(path: Path) -> Model:
    """The model in a file of one of ``SUFFIXES``; raises UserError as the kinds' readers do."""
    suffix = path.suffix.lower()
    if suffix not in SUFFIXES:
        raise UserError(
            "{path} is no model that is read; choose a .keras, .h5 or .npz file.", path=path.name
        )
    return (read_npz if suffix == ".npz" else read_keras)(path)
