"""The cells that can be trained: how the engine runs each, and what Keras calls it.

A cell's table says what it computes; here is how it is computed fast. Everything else that differs
from cell to cell, such as first weights and Keras' arrays, follows from the ``blocks``.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from rnnstudio.core.cells.registry import CELLS
from rnnstudio.core.cells.table import Cell
from rnnstudio.core.engine.gru_layer import GruLayer, gru_layout
from rnnstudio.core.engine.lstm_layer import LstmLayer, lstm_layout
from rnnstudio.core.engine.parameters import ParameterLayout
from rnnstudio.core.engine.recurrent import RecurrentLayer
from rnnstudio.core.engine.rnn_layer import RnnLayer, rnn_layout
from rnnstudio.core.errors import UserError


@dataclass(frozen=True)
class GateArrays:
    """One gate: the paper's arrays that share a block of columns in Keras' fused arrays.

    ``kernel`` multiplies the input, ``recurrent`` the state; where they are one array it stands
    over [a_prev; xt]. ``biases`` are added up; the first one begins at ``bias``, the others at 0.
    """

    kernel: str
    recurrent: str
    biases: tuple[str, ...]
    bias: float = 0.0


@dataclass(frozen=True)
class Kind:
    """A cell as the engine has it.

    ``layout`` gives, for u units and n inputs, where the paper's arrays stand in the fused
    matrices of ``layer``. ``blocks`` come in Keras' order. Parameters that stand in no block begin
    at zero. ``keras`` is the class in ``keras.layers`` that computes the same with its defaults;
    None if there is none.
    """

    cell: Cell
    layout: Callable[[int, int], ParameterLayout]
    layer: type[RecurrentLayer]
    blocks: tuple[GateArrays, ...]
    keras: str | None = None


KINDS: dict[str, Kind] = {
    "rnn": Kind(
        CELLS["rnn"], rnn_layout, RnnLayer, (GateArrays("Wax", "Waa", ("ba",)),), keras="SimpleRNN"
    ),
    "lstm": Kind(
        CELLS["lstm"],
        lstm_layout,
        LstmLayer,
        tuple(GateArrays(f"W{g}", f"W{g}", (f"b{g}",), bias=float(g == "f")) for g in "ifco"),
        keras="LSTM",
    ),
    "gru": Kind(
        CELLS["gru"],
        gru_layout,
        GruLayer,
        tuple(GateArrays(f"W{g}x", f"W{g}a", (f"b{g}x", f"b{g}a")) for g in "zrc"),
        keras="GRU",
    ),
}
"""Every cell that can be trained, by its name."""


def kind_of(name: str) -> Kind:
    """How the cell is trained; raises UserError if it can only be looked at."""
    if name not in KINDS:
        raise UserError(
            "The cell {name} can be looked at but not trained; choose one of {known}.",
            name=name,
            known=", ".join(KINDS),
        )
    return KINDS[name]


def twin_of(name: str) -> tuple[Kind, str]:
    """The cell and its class in ``keras.layers``; raises UserError if Keras has none."""
    kind = kind_of(name)
    if kind.keras is None:
        raise UserError("Keras has no cell {name}; train it with NumPy.", name=name)
    return kind, kind.keras
