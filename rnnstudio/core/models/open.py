"""Opens a trained model, whatever kind of file it is in."""

from __future__ import annotations

from pathlib import Path

from rnnstudio.core.errors import UserError
from rnnstudio.core.models.keras_file import read_keras
from rnnstudio.core.models.model import Model
from rnnstudio.core.models.npz_file import read_npz

SUFFIXES = (".keras", ".npz")


def open_model(path: Path) -> Model:
    """The model in a ``.keras`` or ``.npz`` file; raises UserError as their readers do."""
    if path.suffix not in SUFFIXES:
        raise UserError(f"{path.name} is no model; choose a .keras or .npz file.")
    return (read_keras if path.suffix == ".keras" else read_npz)(path)
