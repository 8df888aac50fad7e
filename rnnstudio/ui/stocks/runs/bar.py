"""What can be done with the chosen runs, and with all of them."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from rnnstudio.ui.stocks.runs.state import RunsState
from rnnstudio.ui.stocks.runs.trading_day import TradingDayEdit
from rnnstudio.ui.theme.tokens import sizes


class RunsBar(QWidget):
    """Says what the user wants; offers what the state allows."""

    rename_clicked = Signal()
    delete_clicked = Signal()
    reuse_clicked = Signal()
    inspect_clicked = Signal(int)
    """The row of the day to be looked at."""
    save_clicked = Signal()
    open_clicked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rename = QPushButton(self.tr("Rename"))
        self.rename.setToolTip(self.tr("Change the name of the chosen run (F2)"))
        self.delete = QPushButton(self.tr("Delete"))
        self.delete.setToolTip(self.tr("Delete the chosen runs (Del); Ctrl+Z brings them back"))
        self.reuse = QPushButton(self.tr("Use again"))
        self.reuse.setToolTip(self.tr("Load this run's network"))
        self.inspect = QPushButton(self.tr("Open in the inspector"))
        self.day = TradingDayEdit()
        self.day.setToolTip(
            self.tr(
                "The day whose forecast is looked at, step by step over the days before it; until "
                "the test span is evaluated, a day before it"
            )
        )
        self.save = QPushButton(self.tr("Save all …"))
        self.open = QPushButton(self.tr("Open …"))
        self._lay_out()
        self.rename.clicked.connect(self.rename_clicked)
        self.delete.clicked.connect(self.delete_clicked)
        self.reuse.clicked.connect(self.reuse_clicked)
        self.inspect.clicked.connect(self._inspect)
        self.save.clicked.connect(self.save_clicked)
        self.open.clicked.connect(self.open_clicked)

    def show_state(self, state: RunsState, *, idle: bool) -> None:
        """Offer what the state allows; another network can be used while the tab is ``idle``."""
        self.day.show_run(state.only)
        for widget in (self.rename, self.inspect):
            widget.setEnabled(state.only is not None)
        self.day.setVisible(state.only is not None)
        self.reuse.setEnabled(state.only is not None and idle)
        self.delete.setEnabled(bool(state.chosen))
        self.save.setEnabled(bool(state.runs.kept) and not state.job.active)
        self.open.setEnabled(not state.job.active)

    @Slot()
    def _inspect(self) -> None:
        self.inspect_clicked.emit(self.day.row)

    def _lay_out(self) -> None:
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        for widget in (self.rename, self.delete, self.reuse):
            layout.addWidget(widget)
        layout.addSpacing(2 * sizes().gap)
        layout.addWidget(self.inspect)
        layout.addWidget(self.day)
        layout.addStretch()
        layout.addWidget(self.save)
        layout.addWidget(self.open)
