"""The names that were drawn, each marked by how near it is to the list.

``python -m rnnstudio.ui.dinosaurs.pages.drawn_view`` opens it alone.
"""

from __future__ import annotations

from collections import Counter

from PySide6.QtCore import QAbstractTableModel, QModelIndex, Qt, Signal
from PySide6.QtGui import QColor, QIcon
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QVBoxLayout, QWidget

from rnnstudio.core import language
from rnnstudio.core.names.novelty import Novelty, NoveltyVerdict
from rnnstudio.ui.dinosaurs.home.stage_words import ROLES, kind_words
from rnnstudio.ui.dinosaurs.names_table import NO_PARENT, Index, make_table
from rnnstudio.ui.dinosaurs.network_line import describe
from rnnstudio.ui.dinosaurs.sampling_state import SamplingState
from rnnstudio.ui.theme.icons import icon
from rnnstudio.ui.theme.tokens import colour, sizes
from rnnstudio.ui.widgets.chart_picture import for_pictures
from rnnstudio.ui.widgets.labels import PlainLabel, plain_tip
from rnnstudio.ui.widgets.pending_result import PendingResult, table_rows

COLUMN_LETTERS = 20
"""Letters that a column has room for: most dinosaurs have fewer."""


class DrawnModel(QAbstractTableModel):
    """A row a name: the name, its mark, its nearest neighbour and how many letters differ."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._verdicts: tuple[NoveltyVerdict, ...] = ()
        self._titles = (
            self.tr("Name"),
            self.tr("Is it new?"),
            self.tr("Nearest (apart)"),
        )

    def show_verdicts(self, verdicts: tuple[NoveltyVerdict, ...]) -> bool:
        """Take other verdicts; whether they are others."""
        if verdicts is self._verdicts:
            return False
        self.beginResetModel()
        self._verdicts = verdicts
        self.endResetModel()
        return True

    def rowCount(self, _parent: Index = NO_PARENT) -> int:
        """One a name."""
        return len(self._verdicts)

    def columnCount(self, _parent: Index = NO_PARENT) -> int:
        """One a title."""
        return len(self._titles)

    def data(
        self, index: Index, role: int = Qt.ItemDataRole.DisplayRole
    ) -> str | QColor | QIcon | None:
        """The text of a cell, the mark and its colour; the tool tip holds a long name whole."""
        verdict = self._verdicts[index.row()]
        shade = ROLES.get(verdict.kind, "ink")
        mark = language.text(verdict.kind.label)
        if index.column() == 1 and role == Qt.ItemDataRole.ForegroundRole:
            return QColor(colour(shade))
        if index.column() == 1 and role == Qt.ItemDataRole.DecorationRole:
            drawn, _, _ = kind_words(verdict)
            return icon(drawn, shade) if drawn else None
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return None
        nearest = f"{verdict.nearest} ({verdict.distance})"
        text = (verdict.name or "–", mark, nearest)[index.column()]
        return text if role == Qt.ItemDataRole.DisplayRole else plain_tip(text)

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> str | None:
        """The titles, and the numbers of the names."""
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        return (
            self._titles[section] if orientation == Qt.Orientation.Horizontal else f"{section + 1}"
        )


class DrawnView(QWidget):
    """A summary and the table. ``chosen`` gives the number of the name to be looked at."""

    chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.sentence = ""
        """How many are new, for the top of the page."""
        self.summary = PlainLabel(wrap=True)
        for_pictures(self.summary)
        self.outline = PendingResult(table_rows)
        self.model = DrawnModel(self)
        self.table = make_table(self.model, QAbstractItemView.SelectionMode.SingleSelection)
        self.table.setAccessibleName(self.tr("Drawn names"))
        header = self.table.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setResizeContentsPrecision(50)
        widest = COLUMN_LETTERS * self.fontMetrics().averageCharWidth()
        header.setMaximumSectionSize(widest + 2 * sizes().gap)
        self.table.selectionModel().currentRowChanged.connect(self._choose)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.summary)
        layout.addWidget(self.outline, stretch=1)
        layout.addWidget(self.table, stretch=1)
        self.show_state(SamplingState())

    def show_state(self, state: SamplingState) -> None:
        """Show the names, if they are others."""
        self.model.show_verdicts(state.verdicts)
        self.sentence = self._sentence(state)
        self.summary.setText(self._summary(state))
        self.summary.setVisible(state.drawn is not None)
        self.outline.setVisible(state.drawn is None)
        self.table.setVisible(state.drawn is not None)

    def _sentence(self, state: SamplingState) -> str:
        if state.trained is None:
            return self.tr("Train a network or open one: then names can be drawn from it.")
        if state.drawn is None:
            return self.tr("Press Draw. Click a name to see how it was drawn, letter by letter.")
        new = sum(verdict.kind is Novelty.NEW for verdict in state.verdicts)
        return language.filled(self.tr("{0:,} of {1:,} names are new."), new, len(state.verdicts))

    def _choose(self, current: QModelIndex) -> None:
        if current.isValid():
            self.chosen.emit(current.row())

    def _summary(self, state: SamplingState) -> str:
        if state.drawn is None:
            return ""
        names = [verdict.name for verdict in state.verdicts]
        kinds = Counter(verdict.kind for verdict in state.verdicts)
        text = self.tr(
            "{0:,} names, {1:,} of them different: {2:,} new, {3:,} one letter away from "
            "a listed name, {4:,} in the list, {5:,} empty or cut off.\n{6}"
        )
        return language.filled(
            text,
            len(names),
            len(set(names)),
            kinds[Novelty.NEW],
            kinds[Novelty.NEAR],
            kinds[Novelty.LISTED],
            kinds[Novelty.EMPTY] + kinds[Novelty.CUT],
            describe(state.drawn.trained),
        )


if __name__ == "__main__":
    from rnnstudio.ui.dinosaurs.example import drawn_state
    from rnnstudio.ui.widgets.preview import preview

    preview(DrawnView, drawn_state())
