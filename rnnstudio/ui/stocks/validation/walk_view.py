"""A walk looked at: its chart, its blocks, its figures; and for a folder the shares in a table."""

from __future__ import annotations

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSplitter, QVBoxLayout, QWidget

from rnnstudio.core import language
from rnnstudio.core.numbers import DayText
from rnnstudio.core.stocks.evaluation.wording import skill_sentence
from rnnstudio.core.stocks.validation.walk_forward import Walk, WalkBlock
from rnnstudio.ui.stocks.figures_table import FiguresTable
from rnnstudio.ui.stocks.validation.shares_view import SharesView
from rnnstudio.ui.stocks.validation.table_cells import figure, ratio_cell, text_cell
from rnnstudio.ui.stocks.validation.walk_chart import WalkChart
from rnnstudio.ui.stocks.validation.walk_state import WalkState
from rnnstudio.ui.theme.tokens import sizes
from rnnstudio.ui.widgets.chart_picture import for_pictures
from rnnstudio.ui.widgets.column_room import give_room
from rnnstudio.ui.widgets.labels import PlainLabel
from rnnstudio.ui.widgets.sort_table import SortTable, TableCell, TableLine


class WalkView(QWidget):
    """Shows the walk that is looked at, and for a folder the walks beside it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.share_sentence = PlainLabel(wrap=True)
        self.chart = WalkChart()
        self.figures = FiguresTable()
        self.skill = PlainLabel(wrap=True)
        self.shares = SharesView()
        self.blocks = SortTable()
        self.blocks.setAccessibleName(self.tr("Walk forward"))
        self.blocks.setToolTip(self.tr("Choose a block to see it closer"))
        self.whole_button = QPushButton(self.tr("All blocks"))
        self.whole_button.setToolTip(self.tr("Shows the whole test span in the chart"))
        self._shown: Walk | None = None
        for_pictures(self.share_sentence, self.figures, self.skill, self.blocks)
        self._lay_out()
        self.blocks.chosen.connect(self._look_at_block)
        self.whole_button.clicked.connect(self._look_at_all)

    def show_state(self, state: WalkState) -> None:
        """Show what is new of it."""
        self.shares.show_state(state)
        walk = state.walk
        if walk is None or walk is self._shown:
            return
        self._shown = walk
        self.share_sentence.setVisible(state.shares is not None)
        self.share_sentence.setText(f"{state.share}: {language.text(walk.verdict)}")
        self.chart.show_walk(walk)
        self.figures.show_rows(walk.figures)
        self.skill.setText(self._skill(walk))
        self._show_blocks(walk)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave the blocks room for all their columns."""
        super().resizeEvent(event)
        give_room(self.blocks, self.width())

    @Slot(object)
    def _look_at_block(self, first_day: str) -> None:
        if self._shown is not None:
            days = [block.first for block in self._shown.blocks]
            rows, whole = self._shown.folds[days.index(first_day)].rows, self._shown.rows
            # With a day on each side the dotted lines of its training and the next are in sight.
            first, stop = max(rows.start - 1, whole.start), min(rows.stop + 1, whole.stop)
            self.chart.look_at(range(first, stop))

    @Slot()
    def _look_at_all(self) -> None:
        if self._shown is not None:
            self.blocks.choose(None)
            self.chart.look_at(self._shown.rows)

    def _skill(self, walk: Walk) -> str:
        if walk.skill is None:
            return ""
        return language.text(skill_sentence(walk.skill, walk.days_done))

    def _show_blocks(self, walk: Walk) -> None:
        titles = [
            self.tr("First day"),
            self.tr("Last day"),
            self.tr("Epochs"),
            self.tr("RMSE"),
            self.tr("Persistence"),
            self.tr("Ratio"),
        ]
        tips = [
            self.tr("The network was trained on all days before it"),
            "",
            self.tr("Of the training before this block"),
            self.tr("Of the network on the days of this block"),
            self.tr("RMSE of yesterday's price on the same days"),
            self.tr(
                "RMSE over that of persistence: a tick below 1, a cross from 1 on, no mark for too "
                "few days"
            ),
        ]
        self.blocks.show_lines(titles, [self._line(block) for block in walk.blocks], tips)
        give_room(self.blocks, self.width())

    def _line(self, block: WalkBlock) -> TableLine:
        last = (
            ratio_cell(block.ratio, block.days)
            if block.refused is None
            else TableCell(self.tr("refused"), tip=language.text(block.refused), good=False)
        )
        return TableLine(
            block.first,
            (
                text_cell(language.shown(DayText(block.first))),
                text_cell(language.shown(DayText(block.last))),
                figure(block.epochs, "d"),
                figure(block.rmse),
                figure(block.rmse_persistence),
                last,
            ),
        )

    def _lay_out(self) -> None:
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(sizes().gap // 2)
        column.addWidget(self.share_sentence)
        column.addWidget(self.chart, stretch=1)
        column.addWidget(self.figures)
        below = QHBoxLayout()
        below.addWidget(self.skill, stretch=1)
        below.addWidget(self.whole_button)
        column.addLayout(below)
        right = QSplitter(Qt.Orientation.Vertical)
        right.addWidget(self.shares)
        right.addWidget(self.blocks)
        halves = QSplitter(Qt.Orientation.Horizontal)
        halves.addWidget(left)
        halves.addWidget(right)
        halves.setSizes([660, 600])
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(halves, stretch=1)
