"""Scenes that answer: a list of questions, the answer computed, and the scene to look at."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QListWidget, QPushButton, QVBoxLayout, QWidget

from rnnstudio.core.cells.answers import QUESTIONS, STEPS, Question, Told
from rnnstudio.ui.inspector.dials import Dial, DialBox


class QuestionsView(QWidget):
    """Nothing is answered before it is asked: a class thinks first.

    ``looked(told)``: look at what an answer is about.
    """

    looked = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._told: Told | None = None
        self.questions = QListWidget()
        self.questions.setSpacing(2)
        for number, question in enumerate(QUESTIONS, start=1):
            self.questions.addItem(f"{number}  {question.text}")
        self.cut = DialBox(self.tr("k, steps the gradient goes back"), Dial(1, STEPS, 1, 8))
        self.answer_button = QPushButton(self.tr("Answer"))
        self.answer_button.setProperty("role", "primary")
        self.answer = QLabel()
        self.answer.setWordWrap(True)
        self.answer.setTextFormat(Qt.TextFormat.PlainText)
        self.answer.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.look = QPushButton(self.tr("Look at it"))
        self._lay_out()
        self.questions.currentRowChanged.connect(self._choose)
        self.answer_button.clicked.connect(self._tell)
        self.cut.changed.connect(self._tell)
        self.look.clicked.connect(self._look)
        self.questions.setCurrentRow(0)

    def question(self) -> Question:
        """The one that is chosen."""
        return QUESTIONS[self.questions.currentRow()]

    def _choose(self) -> None:
        self._told = None
        self.answer.clear()
        self.look.setEnabled(False)
        self.cut.setVisible(self.question().sliding)

    def _tell(self) -> None:
        self._told = self.question().answer(int(self.cut.value()))
        self.answer.setText(self._told.sentence)
        self.look.setEnabled(True)

    def _look(self) -> None:
        if self._told is not None:
            self.looked.emit(self._told)

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 4, 0, 0)
        layout.addWidget(self.questions, stretch=3)
        layout.addWidget(self.cut)
        layout.addWidget(self.answer_button, alignment=Qt.AlignmentFlag.AlignLeft)
        layout.addWidget(self.answer, stretch=1)
        layout.addWidget(self.look, alignment=Qt.AlignmentFlag.AlignLeft)


if __name__ == "__main__":
    import sys

    from PySide6.QtWidgets import QApplication

    from rnnstudio.ui import theme

    app = QApplication(sys.argv[:1])
    theme.apply(app)
    view = QuestionsView()
    view.resize(640, 520)
    view.show()
    sys.exit(app.exec())
