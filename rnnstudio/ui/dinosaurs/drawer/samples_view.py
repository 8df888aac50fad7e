"""The names a network makes while it learns: a strip from gibberish to names.

Each column is one moment of the training, each row one set of random numbers: along a row the same
draws become another name because the network was trained.
``python -m rnnstudio.ui.dinosaurs.drawer.samples_view`` opens it alone.
"""

from __future__ import annotations

from PySide6.QtCore import QAbstractTableModel, QModelIndex, Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QVBoxLayout,
    QWidget,
)

from rnnstudio.core import language
from rnnstudio.core.names.sampler import SAMPLES
from rnnstudio.core.numbers import grouped
from rnnstudio.core.training import Sampled
from rnnstudio.ui.dinosaurs.append_only import Strip
from rnnstudio.ui.dinosaurs.names_table import NO_PARENT, Index, make_table
from rnnstudio.ui.dinosaurs.state import NamesState
from rnnstudio.ui.theme.tokens import sizes
from rnnstudio.ui.widgets.labels import PlainLabel, plain_tip

COLUMN_LETTERS = 16
"""Letters that a column can hold: most dinosaurs have fewer."""


class SamplesModel(QAbstractTableModel):
    """One row a name, one column a sample."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._samples: Strip[Sampled] = Strip()

    def show_samples(self, samples: Strip[Sampled]) -> None:
        """Take over ``samples``; columns that are there already stay as they are."""
        known = len(self._samples)
        if samples.follows(self._samples):
            if len(samples) > known:
                self.beginInsertColumns(QModelIndex(), known, len(samples) - 1)
                self._samples = samples
                self.endInsertColumns()
        else:
            self.beginResetModel()
            self._samples = samples
            self.endResetModel()

    def rowCount(self, _parent: Index = NO_PARENT) -> int:
        """As many as a sample has names."""
        return SAMPLES

    def columnCount(self, _parent: Index = NO_PARENT) -> int:
        """As many as there are samples."""
        return len(self._samples)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> str | None:
        """The name; a dash for the empty one. The tool tip holds a long name whole."""
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return None
        name = self._samples[index.column()].texts[index.row()] or "–"
        return name if role == Qt.ItemDataRole.DisplayRole else plain_tip(name)

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> str | None:
        """The iteration over each column."""
        if role != Qt.ItemDataRole.DisplayRole or orientation != Qt.Orientation.Horizontal:
            return None
        return language.number(grouped(self._samples[section].step))


class SamplesView(QWidget):
    """The strip; the newest names are always in view."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.heading = PlainLabel(self.tr("Names by iteration"), role="heading")
        self.note = PlainLabel(
            self.tr("a row keeps its random numbers; only the network changes"),
            role="muted",
            wrap=True,
        )
        self.model = SamplesModel(self)
        self.table = make_table(self.model, QAbstractItemView.SelectionMode.NoSelection)
        self.table.setAccessibleName(self.tr("Names by iteration"))
        self.table.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.table.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.table.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self._size_cells()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.heading)
        layout.addWidget(self.note)
        layout.addWidget(self.table)

    def show_state(self, state: NamesState) -> None:
        """Show the samples, the newest at the right end."""
        before = self.model.columnCount()
        self.model.show_samples(state.samples)
        if self.model.columnCount() != before:
            self.table.scrollTo(self.model.index(0, self.model.columnCount() - 1))

    def _size_cells(self) -> None:
        metrics = self.table.fontMetrics()
        columns, rows = self.table.horizontalHeader(), self.table.verticalHeader()
        columns.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        columns.setDefaultSectionSize(metrics.averageCharWidth() * COLUMN_LETTERS + sizes().gap)
        rows.hide()
        columns.setFixedHeight(metrics.height() + sizes().gap)
        bar = self.table.horizontalScrollBar().sizeHint().height()
        height = columns.height() + SAMPLES * rows.defaultSectionSize() + bar
        self.table.setFixedHeight(height + 2 * self.table.frameWidth())


if __name__ == "__main__":
    from rnnstudio.ui.dinosaurs.example import trained_state
    from rnnstudio.ui.widgets.preview import preview

    preview(SamplesView, trained_state())
