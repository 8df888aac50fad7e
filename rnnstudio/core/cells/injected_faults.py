"""Deliberate faults for a class to find: each is a change of one row of the backward pass."""

from __future__ import annotations

from dataclasses import replace

from rnnstudio.core.cells.table import Cell, Fault, Operation, Table, row


def inject(cell: Cell, fault: Fault) -> Cell:
    """``cell`` with the fault in its backward pass."""
    return replace(cell, backward=_changed(cell.backward, fault), sums=_changed(cell.sums, fault))


def _changed(table: Table, fault: Fault) -> Table:
    def changed(operation: Operation) -> Operation:
        return row(fault.name, fault.formula, operation.meaning)

    return tuple(changed(op) if op.name == fault.name else op for op in table)
