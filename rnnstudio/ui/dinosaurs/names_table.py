"""What the tables of names share: a model of their own, and rows just as high as a name."""

from __future__ import annotations

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from rnnstudio.ui.theme.tokens import sizes

Index = QModelIndex | QPersistentModelIndex
NO_PARENT = QModelIndex()


def make_table(
    model: QAbstractTableModel, selection: QAbstractItemView.SelectionMode
) -> QTableView:
    """A table to look at: thousands of rows are not measured one by one."""
    table = QTableView()
    table.setModel(model)
    table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    table.setSelectionMode(selection)
    table.horizontalHeader().setHighlightSections(False)  # bold titles would not fit
    rows = table.verticalHeader()
    rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
    rows.setDefaultSectionSize(table.fontMetrics().height() + sizes().gap // 2)
    return table
