"""Questions that classes ask: guessed first, then answered by a scene in numbers."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSignalBlocker, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QListWidgetItem, QWidget

from rnnstudio.core import language
from rnnstudio.core.cells.misconception_answers import STEPS, Explanation
from rnnstudio.core.cells.misconceptions import QUESTIONS, explained
from rnnstudio.core.messages import Message
from rnnstudio.ui.inspector.events import QuestionChosen
from rnnstudio.ui.inspector.pages.dials import Dial, DialBox
from rnnstudio.ui.inspector.pages.inspector_page import InspectorPage
from rnnstudio.ui.inspector.state import InspectorState
from rnnstudio.ui.theme.tokens import sizes
from rnnstudio.ui.widgets.chart_picture import DRAWING
from rnnstudio.ui.widgets.key_button import Face, KeyButton
from rnnstudio.ui.widgets.sort_table import TableCell, TableLine

_SLIDING = 8
"""The k at which the slider stands at first."""


class QuestionsView(InspectorPage):
    """The list, the question before the class, and once it is revealed its answer.

    ``looked(explanation)``: look at what an answer is about.
    """

    looked = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("Questions"), parent)
        self.questions = _QuestionList()
        self.questions.setAccessibleName(self.tr("Questions"))
        self.questions.setProperty(DRAWING, True)
        for number, question in enumerate(QUESTIONS, start=1):
            self.questions.addItem(QListWidgetItem(f"{number}  {language.text(question.text)}"))
        self.cut = DialBox(
            self.tr("k, steps the gradient goes back"), Dial(1, STEPS, 1, _SLIDING), (1, 10, 20, 30)
        )
        self.look = KeyButton(Face("", self.tr("Look at it")))
        self._lay_out()
        self.questions.currentRowChanged.connect(self._choose)
        self.cut.changed.connect(self._answer_again)
        self.look.clicked.connect(self._look)

    @property
    def is_asking(self) -> bool:
        """Whether a ready question is before the class: any of them is this page's."""
        return self.state is not None and self.state.question is not None

    def draw(self, state: InspectorState) -> None:
        """Mark the question in the list, and say how to go on where there is none."""
        question = state.question
        row = state.votes.question - 1 if question is not None else -1
        with QSignalBlocker(self.questions):
            self.questions.setCurrentRow(row)
        if question is None:
            self.say(self.tr("Which of these does the class want to answer?"))
        else:
            self.say(language.filled(self.tr("Question {0} of {1}"), row + 1, len(QUESTIONS)))
        revealed = question is not None and state.votes.revealed
        self.cut.setVisible(question is not None and question.sliding)
        self.look.setEnabled(revealed)

    def numbers(self, state: InspectorState) -> tuple[Sequence[str], Sequence[TableLine]]:
        """The choices of the question with their hands."""
        question = state.question
        choices = () if question is None else question.choices
        lines = []
        for place, choice in enumerate(choices):
            text, hands = language.text(choice), state.votes.fitted(len(choices)).hands[place]
            cells = (TableCell(text, text), TableCell(f"{hands}", hands))
            lines.append(TableLine(f"{place}", cells))
        return [self.tr("choice"), self.tr("hands")], lines

    def go_on(self, by: int) -> bool:
        """Reveal, then ask the next question, until there is none."""
        if self.state is None:
            return False
        if by > 0 and self.is_asking and not self.state.votes.revealed:
            self.reveal()
            return True
        number = self.state.votes.question + by
        if not 1 <= number <= len(QUESTIONS):
            return False
        self.asked.emit(QuestionChosen(number))
        return True

    def seen(self, key: str) -> Message:
        """The answer, for the k that was chosen."""
        return explained(key, self._k()).sentence

    def after_answer(self) -> None:
        """The next question; after the last one none."""
        if not self.go_on(1):
            self.asked.emit(QuestionChosen(0))

    def _k(self) -> int:
        return int(self.cut.value())

    def _explanation(self) -> Explanation:
        question = None if self.state is None else self.state.question
        if question is None:
            raise RuntimeError("no question is asked")
        return explained(question.key, self._k() if question.sliding else _SLIDING)

    @Slot(int)
    def _choose(self, row: int) -> None:
        self.asked.emit(QuestionChosen(row + 1))

    @Slot()
    def _answer_again(self) -> None:
        """The answer for another k, once it was revealed."""
        if self.state is not None and self.is_asking:
            self.show_state(self.state)

    @Slot()
    def _look(self) -> None:
        self.looked.emit(self._explanation())

    def _lay_out(self) -> None:
        below = QWidget()
        row = QHBoxLayout(below)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(2 * sizes().gap)
        row.addWidget(self.cut, stretch=1)
        row.addStretch(1)
        row.addWidget(self.look)
        self.build((self.questions, below), (None, self.table_button))


class _QuestionList(QListWidget):
    """A list whose arrow keys choose; digits and letters are the page's."""

    def __init__(self) -> None:
        super().__init__()
        self.setWordWrap(True)
        self.setSpacing(sizes().half_gap)
        self.setMinimumHeight(6 * sizes().control)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Without the search by letters."""
        if event.text() or event.key() in (Qt.Key.Key_PageDown, Qt.Key.Key_PageUp):
            event.ignore()
        else:
            super().keyPressEvent(event)


if __name__ == "__main__":
    from rnnstudio.ui.inspector.example import example_state
    from rnnstudio.ui.widgets.preview import preview

    preview(QuestionsView, example_state())
