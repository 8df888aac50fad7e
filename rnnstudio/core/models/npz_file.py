"""Reads a cell's arrays from a ``.npz`` file that holds them under the paper's names."""

from __future__ import annotations

import math
from collections.abc import Mapping
from pathlib import Path

import numpy as np

from rnnstudio.core.cells.functions import Array
from rnnstudio.core.cells.registry import CELLS
from rnnstudio.core.cells.table import Cell
from rnnstudio.core.documents.bounded_zip import Members, bounded_zip
from rnnstudio.core.documents.damage import DAMAGE
from rnnstudio.core.documents.npy import MOST_HEADER, TYPES, Header, read_array, read_header
from rnnstudio.core.documents.regular import unreadable
from rnnstudio.core.errors import UserError
from rnnstudio.core.messages import Message
from rnnstudio.core.models.opened_layers import OpenedCell, OpenedDense
from rnnstudio.core.models.opened_model import (
    Model,
    OpenedStack,
    require_few,
    require_filled,
    require_finite,
    require_small,
)

FIRST_DENSE = "Wy1"
"""The first array of dense layers behind a cell, as the values of such a scene are exported."""


def read_npz(path: Path) -> Model:
    """The one cell in a ``.npz`` file, with its output layer; float64.

    Their names say which cell it is: those of its table (Wax .. Wya, by for the RNN; Wf .. Wy, by
    for the LSTM; Wzx .. Wy, by for the GRU). Other arrays in the file are left alone. Raises
    UserError when the file cannot be read, no cell's arrays are all there, or one of them has
    another shape, is too large or holds something that is not finite.
    """
    try:
        with bounded_zip(path) as members:
            cell = _cell(members, path)
            headers = {
                name: read_header(members.start(f"{name}.npy", MOST_HEADER))
                for name in cell.parameters
            }
            n_x, n_y = _checked_sizes(path.name, cell, headers)
            arrays = {
                name: read_array(members.read(f"{name}.npy", header.size)).astype(np.float64)
                for name, header in headers.items()
            }
    except OSError as error:
        raise unreadable(path, error) from error
    except DAMAGE as error:
        raise UserError(
            "{path} is damaged or no .npz file; choose another file.", path=path.name
        ) from error
    return _model(path.name, cell, n_x, n_y, arrays)


def _cell(members: Members, path: Path) -> Cell:
    found = [
        cell
        for cell in CELLS.values()
        if all(f"{name}.npy" in members.names for name in cell.parameters)
    ]
    if found and f"{FIRST_DENSE}.npy" in members.names:
        raise UserError(
            "{path} has dense layers behind the cell and does not say what their activations are; "
            "open the model's own file, or save a scene of it.",
            path=path.name,
        )
    if found:  # one cell's arrays may be among those of another, larger one
        return max(found, key=lambda cell: len(cell.parameters))
    raise UserError(
        "{path} holds the arrays of no cell; an RNN has {names}.",
        path=path.name,
        names=", ".join(CELLS["rnn"].parameters),
    )


def _checked_sizes(name: str, cell: Cell, headers: Mapping[str, Header]) -> tuple[int, int]:
    """n_x and n_y; raises UserError if the arrays fit no cell, before any is read."""
    for key, header in headers.items():
        if header.dtype not in TYPES:
            raise UserError(
                "{path} has {array} as {type}; save it as float32 or float64.",
                path=name,
                array=key,
                type=str(header.dtype),
            )
        if len(header.shape) != 2:
            raise UserError(
                "{path} has {array} of {found}; it must be a matrix, a bias one of one column.",
                path=name,
                array=key,
                found=header.shape,
            )
    n_x, n_a, n_y = cell.sizes_of({key: header.shape for key, header in headers.items()})
    require_small(name, Message("the {cell}", {"cell": cell.name}), n_a, n_x)
    require_filled(name, Message("the output layer"), n_y, n_a)
    require_few(name, sum(math.prod(header.shape) for header in headers.values()))
    for key, shape in cell.parameter_shapes(n_x, n_a, n_y).items():
        if headers[key].shape != shape:
            raise UserError(
                "{path} has {array} of {found}; it must be {shape}.",
                path=name,
                array=key,
                found=headers[key].shape,
                shape=shape,
            )
    return n_x, n_y


def _model(name: str, cell: Cell, n_x: int, n_y: int, arrays: Mapping[str, Array]) -> Model:
    W, b = cell.output
    weights = {key: arrays[key] for key in cell.learned}
    # A softmax of one number is always 1: one output is a forecast.
    activation = "softmax" if n_y > 1 else "linear"
    layers = (
        OpenedCell(cell.name, cell.label, cell.name, arrays[W].shape[1], True, weights),
        OpenedDense(W, "Dense", arrays[W], arrays[b][:, 0], activation),
    )
    require_finite(name, layers)
    return Model(name, OpenedStack(n_x, layers))
