"""What a file leaves open, asked in the tab: one button an answer, each with what it would read."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QGroupBox, QPushButton, QVBoxLayout, QWidget

from rnnstudio.core import language
from rnnstudio.core.messages import Message
from rnnstudio.core.stocks.data.csv_import import UndecidedError
from rnnstudio.ui.stocks.state import StocksState
from rnnstudio.ui.widgets.labels import PlainLabel

PREVIEW = 3
"""Cells shown of each answer."""


class QuestionView(QGroupBox):
    """Shows the state's question, and is hidden while there is none."""

    answered = Signal(object)
    """The ``CsvOptions`` of the answer."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTitle(self.tr("The file leaves something open"))
        self.sentence = PlainLabel(wrap=True)
        self.buttons: list[QPushButton] = []
        self._answers = QGridLayout()
        self._shown: UndecidedError | None = None
        layout = QVBoxLayout(self)
        layout.addWidget(self.sentence)
        layout.addLayout(self._answers)
        self.setVisible(False)

    def show_state(self, state: StocksState) -> None:
        """Ask what is open."""
        question = state.question
        if question is self._shown:
            return
        self._shown = question
        self._clear()
        self.setVisible(question is not None)
        if question is None:
            return
        self.sentence.setText(language.text(question.question))
        for row, choice in enumerate(question.choices):
            button = QPushButton(language.text(choice.meaning))
            button.clicked.connect(
                lambda _checked, options=choice.options: self.answered.emit(options)
            )
            preview = PlainLabel("\n".join(map(_shown, choice.preview[:PREVIEW])), role="muted")
            self._answers.addWidget(button, row, 0)
            self._answers.addWidget(preview, row, 1)
            self.buttons.append(button)
        self._answers.setColumnStretch(1, 1)

    def _clear(self) -> None:
        while item := self._answers.takeAt(0):
            widget = item.widget()
            if widget is not None:
                widget.setParent(None)
                widget.deleteLater()
        self.buttons = []


def _shown(cell: str | Message) -> str:
    return language.text(cell) if isinstance(cell, Message) else cell
