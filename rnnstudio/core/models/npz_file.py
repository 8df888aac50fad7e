"""Reads a cell's arrays from a ``.npz`` file that holds them under the paper's names."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Mapping
from pathlib import Path
from typing import cast

import numpy as np

from rnnstudio.core.cells.functions import Array
from rnnstudio.core.cells.scenes import CELLS
from rnnstudio.core.cells.table import Cell
from rnnstudio.core.documents.document import read_npy
from rnnstudio.core.engine.spec import CellName, Dense, LossName, ModelSpec, Recurrent
from rnnstudio.core.errors import UserError
from rnnstudio.core.models.model import Model, require_finite, require_small

MOST_BYTES = 64 * 2**20
_DAMAGE = (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, ValueError, EOFError)


def read_npz(path: Path) -> Model:
    """The one cell in a ``.npz`` file, with its output layer; float64.

    Their names say which cell it is: those of its table (Wax .. Wya, by for the RNN; Wf .. Wy,
    by for the LSTM; Wzx .. Wy, by for the GRU). Other arrays in the file are left alone.

    Raises
    ------
    UserError
        When the file cannot be read, no cell's arrays are all there, or one of them has another
        shape, is too large or holds something that is not finite.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            cell = _cell(archive, path)
            arrays = {name: _read(archive, name, path) for name in cell.parameters}
    except OSError as error:
        raise UserError(f"{path.name} cannot be read: {error.strerror or error}.") from error
    except _DAMAGE as error:
        raise UserError(f"{path.name} is damaged or no .npz file; choose another file.") from error
    return _model(path.name, cell, arrays)


def _cell(archive: zipfile.ZipFile, path: Path) -> Cell:
    names = set(archive.namelist())
    for cell in CELLS.values():
        if all(f"{name}.npy" in names for name in cell.parameters):
            return cell
    raise UserError(
        f"{path.name} holds the arrays of no cell; an RNN has {', '.join(CELLS['rnn'].parameters)}."
    )


def _read(archive: zipfile.ZipFile, name: str, path: Path) -> Array:
    info = archive.getinfo(f"{name}.npy")
    if info.file_size > MOST_BYTES:
        raise UserError(f"{path.name} is too large to be looked at: {name} is over {MOST_BYTES}.")
    with archive.open(info) as stream:
        return np.asarray(read_npy(stream, info.file_size, path), dtype=np.float64)


def _model(name: str, cell: Cell, arrays: Mapping[str, Array]) -> Model:
    W, b = cell.output
    if any(array.ndim != 2 for array in arrays.values()):
        raise UserError(f"{name} holds arrays that are no matrices; biases are columns (n_a, 1).")
    n_y, n_a = arrays[W].shape
    first = next(iter(cell.parameters))
    n_x = arrays[first].shape[1] - (n_a if cell.name == "lstm" else 0)
    require_small(name, n_a, max(n_x, n_y))
    for key, shape in cell.parameter_shapes(n_x, n_a, n_y).items():
        if arrays[key].shape != shape:
            raise UserError(f"{name} has {key} of {arrays[key].shape}; it must be {shape}.")
    weights = [{key: arrays[key] for key in cell.learned}, {"Wy": arrays[W], "by": arrays[b]}]
    require_finite(name, weights)
    layer = Recurrent(cast(CellName, cell.name), n_a, every_step=True)
    # A softmax of one number would be 1 whatever it is: one output is a forecast.
    loss: LossName = "softmax_cross_entropy" if n_y > 1 else "mean_squared_error"
    return Model(name, ModelSpec(n_x, (layer, Dense(n_y)), loss), weights)
