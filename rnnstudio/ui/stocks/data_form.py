"""Where the prices come from, and which of the days are for testing."""

from __future__ import annotations

from datetime import date

import numpy as np
from PySide6.QtCore import QDate, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QDateEdit,
    QGridLayout,
    QGroupBox,
    QHBoxLayout,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from rnnstudio.core import language
from rnnstudio.core.errors import UserError
from rnnstudio.core.stocks.data.price_table import PriceTable
from rnnstudio.core.stocks.data.same_share import same_share_warning
from rnnstudio.core.stocks.data.samples import SAMPLES
from rnnstudio.ui.running import sentence
from rnnstudio.ui.theme.tokens import sizes
from rnnstudio.ui.widgets.labels import PlainLabel
from rnnstudio.ui.widgets.number_box import WholeBox

LONGEST_NAME = 24
"""Characters of a file's name that the form can hold."""


class DataForm(QWidget):
    """Says which file is wanted, and shows which are there."""

    open_clicked = Signal()
    sample_chosen = Signal(str)
    open_test_clicked = Signal()
    remove_test_clicked = Signal()
    test_day_changed = Signal()
    problem = Signal(str)
    """Why the typed share cannot be taken; empty once it can."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.open_button = QPushButton(self.tr("Open CSV …"))
        self.sample = QComboBox()
        self.sample.addItems(list(SAMPLES))
        self.sample.setPlaceholderText(self.tr("Samples"))
        self.sample.setCurrentIndex(-1)
        self.train_label = PlainLabel(role="muted", wrap=True)
        self.day_label = PlainLabel(self.tr("Test from"))
        self.day = QDateEdit()
        self.day.setDisplayFormat("yyyy-MM-dd")
        self.day.setCalendarPopup(True)
        self.share = WholeBox(self.tr("The test share"), 1, 99)
        self.share.setFixedWidth(self.share.sizeHint().width() * 2 // 3)  # two digits
        self.share.setToolTip(self.tr("The same as a share of the rows"))
        self.progress = QProgressBar()
        self.progress.setTextVisible(False)
        self.progress.setFixedHeight(sizes().gap)
        self.test_button = QPushButton(self.tr("Test file …"))
        self.remove_button = QPushButton(self.tr("Remove"))
        self.test_label = PlainLabel(role="muted", wrap=True)
        self._lay_out()
        self.open_button.clicked.connect(self.open_clicked)
        self.sample.textActivated.connect(self.sample_chosen)
        self.test_button.clicked.connect(self.open_test_clicked)
        self.remove_button.clicked.connect(self.remove_test_clicked)
        self.day.dateChanged.connect(self._take_day)
        self.share.committed.connect(self._take_share)
        self._table: PriceTable | None = None
        self.show_files(None, None)
        self.show_reading(None)

    def test_day(self) -> np.datetime64:
        """The chosen first test day."""
        chosen = self.day.date()
        return np.datetime64(date(chosen.year(), chosen.month(), chosen.day()), "D")

    def choose_span(self, table: PriceTable, day: np.datetime64) -> None:
        """Offer the table's days as the first test day, and choose ``day``."""
        self._table = table
        blocked = self.day.blockSignals(True)
        self.day.setDateRange(_qdate(table.dates[min(1, table.rows - 1)]), _qdate(table.dates[-1]))
        self.day.setDate(_qdate(day))
        self.day.blockSignals(blocked)
        self._show_share()

    def forget_span(self) -> None:
        """There are no days to choose from."""
        self._table = None

    def show_reading(self, percent: int | None) -> None:
        """Show how much of a file is read; None if none is being read."""
        self.progress.setVisible(percent is not None)
        self.progress.setValue(percent or 0)

    def show_files(self, train: PriceTable | None, test: PriceTable | None) -> None:
        """Show which files are there."""
        self.train_label.setText(
            self.tr("Drop a CSV file here") if train is None else self._span(train)
        )
        self.test_label.setText("" if test is None else self._about_test(train, test))
        self.test_label.setVisible(test is not None)
        self.remove_button.setEnabled(test is not None)
        self.test_button.setEnabled(train is not None)
        for widget in (self.day, self.share):
            widget.setEnabled(train is not None and test is None)

    def show_sample(self, source: str) -> None:
        """Name the sample that ``source`` is, or none."""
        names = [path.name for path in SAMPLES.values()]
        self.sample.setCurrentIndex(names.index(source) if source in names else -1)

    def _take_day(self) -> None:
        self._show_share()
        self.test_day_changed.emit()

    def _take_share(self) -> None:
        if self._table is None:
            return
        try:
            percent = self._percent()
        except UserError as error:
            self.problem.emit(sentence(error))
            return
        self.problem.emit("")
        rows = int(self._table.rows * (1 - percent / 100))
        # Of few days a share may leave none to train on, or none to test on.
        rows = min(max(rows, 1), self._table.rows - 1)
        self.day.setDate(_qdate(self._table.dates[rows]))

    def _percent(self) -> int:
        """The typed share; raises UserError if there is none."""
        percent = self.share.value()
        if not 1 <= percent <= 99:
            raise UserError(
                "The test share is {percent} %; it must be between 1 and 99.", percent=percent
            )
        return percent

    def _show_share(self) -> None:
        """The share that the chosen day comes to."""
        if self._table is None:
            return
        rows = int(np.searchsorted(self._table.dates, self.test_day()))
        blocked = self.share.blockSignals(True)
        self.share.setValue(round(100 * (1 - rows / self._table.rows)))
        self.share.blockSignals(blocked)

    def _about_test(self, train: PriceTable | None, test: PriceTable) -> str:
        """The span of the test file, and what speaks against its being of the same share."""
        warning = None if train is None else same_share_warning(train, test)
        span = self._span(test)
        return span if warning is None else f"{span}\n{language.text(warning)}"

    def _span(self, table: PriceTable) -> str:
        return self.tr("{0}: {1:,} days, {2} to {3}").format(
            _shortened(table.source), table.rows, table.dates[0], table.dates[-1]
        )

    def _lay_out(self) -> None:
        group = QGroupBox(self.tr("Prices"))
        grid = QGridLayout(group)
        grid.addWidget(self.open_button, 0, 0)
        grid.addWidget(self.sample, 0, 1)
        grid.addWidget(self.train_label, 1, 0, 1, 2)
        grid.addWidget(self.day_label, 2, 0)
        span = QHBoxLayout()
        span.addWidget(self.day, stretch=1)
        span.addWidget(self.share)
        span.addWidget(PlainLabel(self.tr("%")))
        grid.addLayout(span, 2, 1)
        grid.addWidget(self.test_button, 3, 0)
        grid.addWidget(self.remove_button, 3, 1)
        grid.addWidget(self.test_label, 4, 0, 1, 2)
        grid.addWidget(self.progress, 5, 0, 1, 2)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(group)
        layout.addStretch()


def _shortened(name: str) -> str:
    """A file's name, elided in the middle so that it does not make the form wider."""
    return name if len(name) <= LONGEST_NAME else f"{name[:12]}…{name[-11:]}"


def _qdate(day: np.datetime64) -> QDate:
    plain: date = day.astype("datetime64[D]").item()
    return QDate(plain.year, plain.month, plain.day)
