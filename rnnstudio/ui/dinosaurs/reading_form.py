"""How a file of names is read, and what became of its lines."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QFormLayout, QGroupBox, QPushButton, QWidget

from rnnstudio.core.names.report import ReadOptions
from rnnstudio.ui.dinosaurs.state import NamesState
from rnnstudio.ui.widgets.error_box import ErrorBox
from rnnstudio.ui.widgets.labels import PlainLabel


class ReadingForm(QGroupBox):
    """Capitals and accents: keep, fold or refuse; and the report of the last reading.

    ``changed`` comes when the open file is to be read again.
    """

    changed = Signal()
    open_clicked = Signal()
    shipped_clicked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTitle(self.tr("Reading"))
        self.capitals = self._choice(self.tr("fold: A becomes a"))
        self.accents = self._choice(self.tr("fold: é becomes e"))
        usual = ReadOptions()
        self.capitals.setCurrentIndex(self.capitals.findData(usual.capitals))
        self.accents.setCurrentIndex(self.accents.findData(usual.accents))
        self.open_button = QPushButton(self.tr("Open file …"))
        self.shipped_button = QPushButton(self.tr("Dinosaurs"))
        self.report = PlainLabel()
        self.report.setWordWrap(True)
        self.error = ErrorBox()
        form = QFormLayout(self)
        for widget in (self.open_button, self.shipped_button):
            form.addRow(widget)
        form.addRow(self.tr("Capitals"), self.capitals)
        form.addRow(self.tr("Accents"), self.accents)
        form.addRow(self.report)
        form.addRow(self.error)
        for box in (self.capitals, self.accents):
            box.activated.connect(self.changed)
        self.open_button.clicked.connect(self.open_clicked)
        self.shipped_button.clicked.connect(self.shipped_clicked)
        self.show_state(NamesState())

    def options(self) -> ReadOptions:
        """What to do with capitals and accents."""
        return ReadOptions(self.capitals.currentData(), self.accents.currentData())

    def show_state(self, state: NamesState) -> None:
        """Show the report, or why a file was refused; rest during a run."""
        for widget in (self.capitals, self.accents, self.open_button, self.shipped_button):
            widget.setEnabled(not state.run.active and not state.reading)
        report = None if state.corpus is None else state.corpus.report
        self.report.setText("" if report is None else "\n\n".join(report.sentences()))
        self.error.show_text(state.file_error)

    def _choice(self, fold: str) -> QComboBox:
        box = QComboBox()
        box.addItem(self.tr("keep"), "keep")
        box.addItem(fold, "fold")
        box.addItem(self.tr("refuse"), "refuse")
        return box
