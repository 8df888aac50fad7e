"""The cells that there are: menus, views, files and engines know those that stand here."""

from __future__ import annotations

from rnnstudio.core.cells.gru import GRU
from rnnstudio.core.cells.lstm import LSTM
from rnnstudio.core.cells.rnn import RNN
from rnnstudio.core.cells.table import Cell

CELLS: dict[str, Cell] = {cell.name: cell for cell in (RNN, LSTM, GRU)}
"""Every cell by its name."""
