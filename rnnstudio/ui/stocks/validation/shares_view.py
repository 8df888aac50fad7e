"""The shares of a folder: a line each, and the files that were refused with their sentences."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from rnnstudio.core import language
from rnnstudio.core.stocks.data.batch_read import UnreadableFile
from rnnstudio.core.stocks.evaluation.wording import skill_cell
from rnnstudio.core.stocks.validation.multi_ticker import Shares
from rnnstudio.core.stocks.validation.walk_forward import Walk
from rnnstudio.ui.stocks.validation.table_cells import figure, ratio_cell, text_cell
from rnnstudio.ui.stocks.validation.walk_state import WalkState
from rnnstudio.ui.theme.icons import icon, judged
from rnnstudio.ui.theme.tokens import colours, sizes
from rnnstudio.ui.widgets.chart_picture import for_pictures
from rnnstudio.ui.widgets.labels import PlainLabel
from rnnstudio.ui.widgets.sort_table import SortTable, TableCell, TableLine

REFUSED_LINES = 5
"""Lines of text that the refused files have before they scroll."""


class SharesView(QWidget):
    """Hidden where there is one share only."""

    share_chosen = Signal(object)
    """The name of the share's file."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.table = SortTable()
        self.refused = QListWidget()
        self.refused.setWordWrap(True)
        self.refused.setSelectionMode(QListWidget.SelectionMode.NoSelection)
        font = self.refused.font()
        font.setPixelSize(sizes().table)
        self.refused.setFont(font)
        self.own_columns = PlainLabel(role="muted", wrap=True)
        for_pictures(self.table, self.own_columns)
        self._shown: object = None
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.table, stretch=1)
        layout.addWidget(self.own_columns)
        layout.addWidget(self.refused)
        self.table.chosen.connect(self.share_chosen)

    def show_state(self, state: WalkState) -> None:
        """Show the shares of a folder, and which of them is looked at."""
        shares = state.shares
        self.setVisible(shares is not None)
        if shares is None or (shares, state.share) == self._shown:
            return
        self._shown = (shares, state.share)
        self.table.choose(state.share)
        self._show_shares(shares)
        sentences = list(map(language.text, state.own_columns))
        self.own_columns.setText("\n".join(sentences))
        self.own_columns.setVisible(bool(sentences))
        self._show_refused(shares.refused)

    def _show_shares(self, shares: Shares[Walk]) -> None:
        titles = [self.tr("Share"), self.tr("Days"), self.tr("Ratio"), self.tr("Skill")]
        tips = [
            self.tr("Choose a line to see its walk"),
            self.tr("Test days that are forecast, of all"),
            self.tr(
                "RMSE over that of persistence: a tick below 1, a cross from 1 on, no mark for too "
                "few days"
            ),
            self.tr("1 − that ratio, with the interval of the block bootstrap"),
        ]
        lines = [
            TableLine(
                name,
                (
                    text_cell(name),
                    self._days(walk),
                    ratio_cell(walk.ratio, walk.days_done),
                    self._skill(walk),
                ),
            )
            for name, walk in zip(shares.names, shares.parts, strict=True)
        ]
        self.table.show_lines(titles, lines, tips)

    def _days(self, walk: Walk) -> TableCell:
        text = language.filled(self.tr("{0} of {1}"), walk.days_done, len(walk.rows))
        return TableCell(text, walk.days_done)

    def _skill(self, walk: Walk) -> TableCell:
        if walk.skill is None:
            return figure(None)
        return TableCell(language.text(skill_cell(walk.skill)), walk.skill.estimate)

    def _show_refused(self, refused: tuple[UnreadableFile, ...]) -> None:
        self.refused.setVisible(bool(refused))
        if self.refused.count() == len(refused):
            return
        self.refused.clear()
        for each in refused:
            refusal = f"{each.file}: {language.text(each.sentence)}"
            item = QListWidgetItem(icon(*judged(good=False)), refusal, self.refused)
            item.setForeground(QColor(colours().bad))
        lines = min(REFUSED_LINES, 2 * len(refused))
        self.refused.setFixedHeight(
            lines * self.refused.fontMetrics().lineSpacing() + 2 * self.refused.frameWidth() + 4
        )
