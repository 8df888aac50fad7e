"""One name as an example: what the network sees, remembers and has to say, step by step."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QLineEdit,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from rnnstudio.core import language
from rnnstudio.core.names.corpus import Corpus
from rnnstudio.core.names.report import LONGEST_NAME
from rnnstudio.core.names.sampling_steps import symbol_name
from rnnstudio.core.names.statistics import ShiftStep, shift
from rnnstudio.ui.widgets.chart_picture import for_pictures
from rnnstudio.ui.widgets.key_button import Face, KeyButton
from rnnstudio.ui.widgets.labels import PlainLabel


class ShiftView(QWidget):
    """A name to type, a row a step, and the answer to "why does it learn?"."""

    example_typed = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.name = QLineEdit()
        self.name.setAccessibleName(self.tr("Name"))
        self.name.setMaxLength(LONGEST_NAME)
        self.back_button = KeyButton(Face("back", self.tr("Letter")))
        self.next_button = KeyButton(Face("next", self.tr("Letter"), icon_after=True))
        self.back_button.setAccessibleName(self.tr("The letter before"))
        self.next_button.setAccessibleName(self.tr("The next letter"))
        self.sentence = PlainLabel(wrap=True)
        self.answer = PlainLabel(
            self.tr(
                "Why does it learn, when X and Y are the same name? Because Y is one letter ahead: "
                "at no step has the network seen the letter it must say, only those before it."
            ),
            wrap=True,
        )
        self.table = QTableWidget(0, 4)
        self.table.setAccessibleName(self.tr("Steps of the name"))
        for_pictures(self.sentence, self.answer, self.table)
        self._steps: tuple[ShiftStep, ...] = ()
        self._shown = 1
        self._lay_out()
        self.name.textChanged.connect(self._restart)
        self.name.textEdited.connect(self.example_typed)
        self.back_button.clicked.connect(lambda: self._go(-1))
        self.next_button.clicked.connect(lambda: self._go(1))
        self._restart()

    def show_example(self, corpus: Corpus | None, typed: str | None) -> None:
        """Show what was typed; None for the first name of ``corpus``."""
        if typed is None:
            typed = "" if corpus is None else corpus.names[0]
        if typed != self.name.text():
            self.name.setText(typed)

    @Slot()
    def _restart(self) -> None:
        self._steps, self._shown = shift(self.name.text()), 1
        self._fill()

    def _go(self, by: int) -> None:
        self._shown = max(1, min(len(self._steps), self._shown + by))
        self._fill()

    def _fill(self) -> None:
        self.table.setRowCount(self._shown)
        for row, step in enumerate(self._steps[: self._shown]):
            for column, text in enumerate(
                (str(step.t), _seen(step), step.seen, language.text(symbol_name(step.y)))
            ):
                self.table.setItem(row, column, QTableWidgetItem(text))
        self.table.selectRow(self._shown - 1)
        self.back_button.setEnabled(self._shown > 1)
        self.next_button.setEnabled(self._shown < len(self._steps))
        step = self._steps[self._shown - 1]
        text = self.tr("Step {0}: it has seen “{1}” and must say “{2}”.")
        self.sentence.setText(
            language.filled(text, step.t, step.seen, language.text(symbol_name(step.y)))
        )

    def _lay_out(self) -> None:
        self.table.setHorizontalHeaderLabels(
            [
                self.tr("t"),
                self.tr("X: it sees"),
                self.tr("has seen so far"),
                self.tr("Y: it must say"),
            ]
        )
        self.table.verticalHeader().hide()
        header = self.table.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setHighlightSections(False)  # bold titles would be wider than their columns
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        heading = PlainLabel(self.tr("One name as an example"), role="heading")
        row = QHBoxLayout()
        for widget in (self.name, self.back_button, self.next_button):
            row.addWidget(widget)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(heading)
        layout.addWidget(self.answer)
        layout.addLayout(row)
        layout.addWidget(self.table, stretch=1)
        layout.addWidget(self.sentence)


def _seen(step: ShiftStep) -> str:
    return "–" if step.x is None else language.text(symbol_name(step.x))
