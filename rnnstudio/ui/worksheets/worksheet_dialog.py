"""Asks which worksheets are wanted, and writes them beside each other with their key."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from rnnstudio.core import language
from rnnstudio.core.cells.registry import CELLS
from rnnstudio.core.documents.atomic import write_atomically
from rnnstudio.core.errors import UserError
from rnnstudio.core.worksheets.gift import gift
from rnnstudio.core.worksheets.worksheet import MOST_SHEETS, MOST_STEPS, worksheet
from rnnstudio.ui.theme.tokens import sizes
from rnnstudio.ui.widgets.error_box import ErrorBox
from rnnstudio.ui.widgets.file_dialogs import ask_save
from rnnstudio.ui.widgets.labels import PlainLabel
from rnnstudio.ui.worksheets.worksheet_pdf import worksheet_pdf

_SHEETS = 30
_MOST_NUMBER = 999_999


class WorksheetDialog(QDialog):
    """The cell, how many steps and sheets; ``written(path)``: the sheets are in that file."""

    written = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Worksheet"))
        self.cell = QComboBox()
        for name, cell in CELLS.items():
            self.cell.addItem(cell.label, name)
        self.cell.setCurrentIndex(self.cell.findData("lstm"))
        self.steps, self.sheets, self.first = QSpinBox(), QSpinBox(), QSpinBox()
        for box, most, value in (
            (self.steps, MOST_STEPS, 2),
            (self.sheets, MOST_SHEETS, _SHEETS),
            (self.first, _MOST_NUMBER, 1),
        ):
            box.setRange(1, most)
            box.setValue(value)
        self.moodle = QCheckBox(self.tr("Also questions for Moodle (GIFT)"))
        self.message = ErrorBox(self)
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self.save_button = self.buttons.addButton(
            self.tr("Save …"), QDialogButtonBox.ButtonRole.AcceptRole
        )
        self.save_button.setProperty("role", "primary")
        self.buttons.accepted.connect(self._save)
        self.buttons.rejected.connect(self.reject)
        self._lay_out()

    @Slot()
    def _save(self) -> None:
        path = ask_save(
            self,
            self.tr("Save the worksheets"),
            language.filled(self.tr("{0} worksheets.pdf"), self.cell.currentText()),
            self.tr("PDF files (*.pdf)"),
            (_key_beside, *([_gift_beside] if self.moodle.isChecked() else [])),
        )
        if path is not None:
            self.write(path)

    def write(self, path: Path) -> None:
        """Write the sheets to ``path``, and beside it the key and the questions for Moodle."""
        cell, first = CELLS[self.cell.currentData()], self.first.value()
        seeds = range(first, first + self.sheets.value())
        sheets = [worksheet(cell, self.steps.value(), seed) for seed in seeds]
        try:
            write_atomically(path, worksheet_pdf(sheets, key=False))
            write_atomically(_key_beside(path), worksheet_pdf(sheets, key=True))
            if self.moodle.isChecked():
                write_atomically(_gift_beside(path), gift(sheets))
        except UserError as error:
            self.message.show_text(language.text(error.message))
            return
        self.written.emit(path)
        self.accept()

    def _lay_out(self) -> None:
        form = QFormLayout()
        for title, field in (
            (self.tr("&Cell"), self.cell),
            (self.tr("S&teps"), self.steps),
            (self.tr("S&heets, another for each pupil"), self.sheets),
            (self.tr("Number of the &first"), self.first),
        ):
            form.addRow(title, field)
        layout = QVBoxLayout(self)
        layout.setSpacing(sizes().gap)
        layout.addWidget(
            PlainLabel(
                self.tr(
                    "One A4 page a pupil: small numbers, forward and backward, to be worked out by "
                    "hand. The key is saved beside them."
                ),
                wrap=True,
            )
        )
        layout.addLayout(form)
        layout.addWidget(self.moodle)
        layout.addWidget(self.buttons)


def _key_beside(path: Path) -> Path:
    return path.with_name(f"{path.stem}-key.pdf")


def _gift_beside(path: Path) -> Path:
    return path.with_suffix(".gift")
