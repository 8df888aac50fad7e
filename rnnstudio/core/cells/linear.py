"""A cell whose output is a number and not a probability, as in forecasts."""

from __future__ import annotations

from dataclasses import replace

from rnnstudio.core.cells.table import Cell, row


def linear(cell: Cell) -> Cell:
    """The cell with a prediction that is no softmax."""
    W, b = cell.output
    rows = [
        row("yt_pred", f"{W} @ a_next + {b}", "prediction") if old.name == "yt_pred" else old
        for old in cell.forward
    ]
    return replace(cell, forward=tuple(rows))
