"""Where the prices come from."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QGridLayout,
    QGroupBox,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from rnnstudio.core import language
from rnnstudio.core.stocks.data.price_table import PriceTable
from rnnstudio.core.stocks.data.same_share import same_share_warning
from rnnstudio.core.stocks.data.samples import SAMPLES
from rnnstudio.ui.theme.tokens import sizes
from rnnstudio.ui.widgets.labels import PlainLabel
from rnnstudio.ui.widgets.link_button import LinkButton

LONGEST_NAME = 24
"""Characters of a file's name that the form can hold."""


class DataForm(QWidget):
    """Says which file is wanted, and shows which are there."""

    open_clicked = Signal()
    sample_chosen = Signal(str)
    open_test_clicked = Signal()
    remove_test_clicked = Signal()
    understood_clicked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.open_button = QPushButton(self.tr("Open CSV …"))
        self.sample = QComboBox()
        self.sample.addItems(list(SAMPLES))
        self.sample.setPlaceholderText(self.tr("Samples"))
        self.sample.setCurrentIndex(-1)
        self.train_label = PlainLabel(role="muted", wrap=True)
        self.understood = LinkButton(self.tr("What was understood of it"))
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
        self.understood.clicked.connect(self.understood_clicked)
        self.remove_button.clicked.connect(self.remove_test_clicked)
        self.show_files(None, None)
        self.show_reading(None)

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
        self.understood.setVisible(train is not None)

    def show_sample(self, source: str) -> None:
        """Name the sample that ``source`` is, or none."""
        names = [path.name for path in SAMPLES.values()]
        self.sample.setCurrentIndex(names.index(source) if source in names else -1)

    def _about_test(self, train: PriceTable | None, test: PriceTable) -> str:
        """The span of the test file, and what speaks against its being of the same share."""
        warning = None if train is None else same_share_warning(train, test)
        span = self._span(test)
        return span if warning is None else f"{span}\n{language.text(warning)}"

    def _span(self, table: PriceTable) -> str:
        return language.filled(
            self.tr("{0}: {1:,} days, {2} to {3}"),
            _shortened(table.source),
            table.rows,
            table.dates[0],
            table.dates[-1],
        )

    def _lay_out(self) -> None:
        group = QGroupBox(self.tr("Prices"))
        grid = QGridLayout(group)
        grid.addWidget(self.open_button, 0, 0)
        grid.addWidget(self.sample, 0, 1)
        grid.addWidget(self.train_label, 1, 0, 1, 2)
        grid.addWidget(self.understood, 2, 0, 1, 2, Qt.AlignmentFlag.AlignLeft)
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
