"""Deliberate faults for a class to find: each is a change of one row of the backward pass."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from rnnstudio.core.cells.table import Cell, Operation, Table, row


@dataclass(frozen=True)
class Bug:
    """The row ``name`` computes ``formula`` instead; ``meaning`` says what is wrong about it."""

    key: str
    meaning: str
    name: str
    formula: str


_BUGS: Mapping[str, tuple[Bug, ...]] = {
    "rnn": (
        Bug("tanh", "a wrong derivative of the tanh", "dtanh", "1 - a_next"),
        Bug("sum", "the sum over time is forgotten", "dWaa_sum", "dWaa"),
        Bug("message", "the message to the step before is dropped", "da_prev", "0 * da_next"),
        Bug("transpose", "a transpose is forgotten", "da_prev", "Waa @ dz"),
    ),
    "lstm": (
        Bug(
            "memory",
            "dc_next, the gradient of the memory, is dropped",
            "dc",
            "da_next * ot * (1 - tanh(c_next) ** 2)",
        ),
        Bug("sum", "the sum over time is forgotten", "dWf_sum", "dWf"),
        Bug(
            "swap",
            "forget and input gate are swapped",
            "dconcat",
            "Wi.T @ dft + Wf.T @ dit + Wc.T @ dcct + Wo.T @ dot",
        ),
        Bug("tanh", "a wrong derivative of the tanh", "dcct", "dc * it * (1 - cct)"),
    ),
    "gru": (
        Bug("memory", "the direct path to the step before is dropped", "da_prev",
            "Wza.T @ dzt + Wra.T @ drt + Wca.T @ dmt"),
        Bug("sum", "the sum over time is forgotten", "dWza_sum", "dWza"),
        Bug("swap", "update and reset gate are swapped", "dxt",
            "Wrx.T @ dzt + Wzx.T @ drt + Wcx.T @ dcct"),
        Bug("tanh", "a wrong derivative of the tanh", "dcct", "da_next * (1 - zt) * (1 - cct)"),
    ),
}  # fmt: skip


def bugs_for(cell: Cell) -> tuple[Bug, ...]:
    """The faults that can be planted in ``cell``."""
    return _BUGS[cell.name]


def plant(cell: Cell, bug: Bug) -> Cell:
    """``cell`` with the fault in its backward pass."""
    return replace(cell, backward=_changed(cell.backward, bug), sums=_changed(cell.sums, bug))


def _changed(table: Table, bug: Bug) -> Table:
    def changed(operation: Operation) -> Operation:
        return row(bug.name, bug.formula, operation.meaning)

    return tuple(changed(op) if op.name == bug.name else op for op in table)
