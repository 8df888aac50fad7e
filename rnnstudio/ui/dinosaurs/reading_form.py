"""How a file of names is read, and what became of its lines."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QFormLayout, QGroupBox, QLineEdit, QPushButton, QWidget

from rnnstudio.core import language
from rnnstudio.core.names.report import ReadOptions
from rnnstudio.ui.dinosaurs.state import NamesState
from rnnstudio.ui.widgets.error_box import ErrorBox
from rnnstudio.ui.widgets.labels import PlainLabel, plain_tip


class ReadingForm(QGroupBox):
    """Capitals, accents, column and encoding of a list; and the report of the last reading.

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
        self.column = self._field(
            self.tr("Column of a table that holds the names: its number or name; 0 takes lines"),
            self.tr("Column"),
        )
        self.encoding = self._field(
            self.tr("Encoding of the file, such as UTF-8, Windows-1251 or GBK"), self.tr("Encoding")
        )
        self.open_button = QPushButton(self.tr("Open file …"))
        self.shipped_button = QPushButton(self.tr("Dinosaurs"))
        self.report = PlainLabel(wrap=True)
        self.error = ErrorBox(self)
        form = QFormLayout(self)
        for widget in (self.open_button, self.shipped_button):
            form.addRow(widget)
        form.addRow(self.tr("Capitals"), self.capitals)
        form.addRow(self.tr("Accents"), self.accents)
        form.addRow(self.tr("Column"), self.column)
        form.addRow(self.tr("Encoding"), self.encoding)
        form.addRow(self.report)
        for box in (self.capitals, self.accents):
            box.activated.connect(self.changed)
        for field in (self.column, self.encoding):
            field.editingFinished.connect(self._take_typed)
        self._read_with = self.options()
        self.open_button.clicked.connect(self.open_clicked)
        self.shipped_button.clicked.connect(self.shipped_clicked)
        self.show_state(NamesState())

    def options(self) -> ReadOptions:
        """How a list is to be read; an empty field leaves it to the file."""
        return ReadOptions(
            self.capitals.currentData(),
            self.accents.currentData(),
            self.column.text().strip() or None,
            self.encoding.text().strip() or None,
        )

    def show_options(self, options: ReadOptions) -> None:
        """Show how a list was read."""
        self.capitals.setCurrentIndex(self.capitals.findData(options.capitals))
        self.accents.setCurrentIndex(self.accents.findData(options.accents))
        self.column.setText(options.column or "")
        self.encoding.setText(options.encoding or "")
        self._read_with = self.options()

    def forget_file(self) -> None:
        """Clear what was typed for another file: its column and its encoding."""
        self.column.clear()
        self.encoding.clear()
        self._read_with = self.options()

    def show_state(self, state: NamesState) -> None:
        """Show the report, or why a file was refused; rest during a run."""
        choices = (self.capitals, self.accents, self.column, self.encoding)
        for widget in (*choices, self.open_button, self.shipped_button):
            widget.setEnabled(not state.run.active and not state.reading)
        report = None if state.corpus is None else state.corpus.report
        self.report.setText(
            "" if report is None else "\n\n".join(map(language.text, report.messages()))
        )
        self.error.show_text(state.file_error)

    def _take_typed(self) -> None:
        """Read again where something else is typed than before; leaving a field is not a change."""
        if self.options() != self._read_with:
            self._read_with = self.options()
            self.changed.emit()

    def _field(self, tip: str, name: str) -> QLineEdit:
        field = QLineEdit()
        field.setPlaceholderText(self.tr("as the file has it"))
        field.setToolTip(plain_tip(tip))
        field.setAccessibleName(name)
        return field

    def _choice(self, fold: str) -> QComboBox:
        box = QComboBox()
        box.addItem(self.tr("keep"), "keep")
        box.addItem(fold, "fold")
        box.addItem(self.tr("refuse"), "refuse")
        return box
