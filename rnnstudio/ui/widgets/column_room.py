"""Room for all columns of a table beside a chart, as far as the chart can spare it."""

from __future__ import annotations

from PySide6.QtWidgets import QTableView

_MOST = 0.56
"""Of the width that both share: more would leave the chart too little."""


def give_room(table: QTableView, width: int) -> None:
    """Let the table be no narrower than its columns, in so much ``width`` with its chart."""
    header, rows = table.horizontalHeader(), table.verticalHeader()
    columns = range(table.model().columnCount())
    needed = sum(
        max(table.sizeHintForColumn(column), header.sectionSizeHint(column)) for column in columns
    )
    needed += 0 if rows.isHidden() else rows.sizeHint().width()
    needed += table.verticalScrollBar().sizeHint().width() + 2 * table.frameWidth()
    table.setMinimumWidth(min(needed, round(_MOST * width)))
