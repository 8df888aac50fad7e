"""Deliberate faults for a class to find: each is a change of one row of the backward pass."""

from __future__ import annotations

from dataclasses import replace

from rnnstudio.core.cells.table import Cell, Fault, Operation, Table, row


def inject(cell: Cell, bug: Fault) -> Cell:
    """``cell`` with the fault in its backward pass."""
    return replace(cell, backward=_changed(cell.backward, bug), sums=_changed(cell.sums, bug))


def _changed(table: Table, bug: Fault) -> Table:
    def changed(operation: Operation) -> Operation:
        return row(bug.name, bug.formula, operation.meaning)

    return tuple(changed(op) if op.name == bug.name else op for op in table)
