"""Predict, then reveal: the cell's next value, and scenes that answer a class's questions."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QListWidget, QPushButton, QVBoxLayout, QWidget

from rnnstudio.core import language
from rnnstudio.core.cells.misconceptions import QUESTIONS, STEPS, Explanation, MisconceptionQuestion
from rnnstudio.core.cells.prediction import AskWhen, Prediction, predict_value
from rnnstudio.core.cells.quiz import Votes
from rnnstudio.core.cells.scene import Trace
from rnnstudio.ui.inspector.events import OperationStepped
from rnnstudio.ui.inspector.pages.dials import Dial, DialBox
from rnnstudio.ui.inspector.pages.guesses_form import GuessesForm
from rnnstudio.ui.inspector.state import InspectorState
from rnnstudio.ui.theme.tokens import sizes
from rnnstudio.ui.widgets.chart_picture import CAPTION, DRAWING
from rnnstudio.ui.widgets.labels import PlainLabel


class QuestionsView(QWidget):
    """Nothing is answered before it is asked for: a class thinks first.

    ``asked(event)``: go to the value that was revealed. ``looked(explanation)``: look at what an
    answer is about. ``refused(sentence)``: the number of hands is invalid.
    """

    asked = Signal(object)
    looked = Signal(object)
    refused = Signal(str)
    voted = Signal()
    """Hands were raised, or the answer revealed."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._state: InspectorState | None = None
        self._explanation: Explanation | None = None
        self._value: Prediction | None = None
        self._ask = AskWhen.EVERY_VALUE
        self._place: tuple[Trace, bool, int] | None = None
        self.questions = QListWidget()
        self.questions.setAccessibleName(self.tr("Questions"))
        self.questions.addItem(self.tr("What comes next in the cell?"))
        for number, question in enumerate(QUESTIONS, start=1):
            self.questions.addItem(f"{number}  {language.text(question.text)}")
        self.prompt = PlainLabel(wrap=True)
        self.questions.setProperty(DRAWING, True)
        self.cut = DialBox(self.tr("k, steps the gradient goes back"), Dial(1, STEPS, 1, 8))
        self.guesses = GuessesForm()
        self.answer = PlainLabel(wrap=True)
        self.answer.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.go_on = QPushButton(self.tr("Next value"))
        self.look = QPushButton(self.tr("Look at it"))
        for label in (self.prompt, self.answer):
            label.setProperty(CAPTION, True)
        self._lay_out()
        self.questions.currentRowChanged.connect(self._choose)
        self.guesses.reveal_asked.connect(self._reveal)
        self.guesses.refused.connect(self.refused)
        self.guesses.changed.connect(self.voted)
        self.cut.changed.connect(self._answer_again)
        self.look.clicked.connect(self._look)
        self.go_on.clicked.connect(self._choose)
        self.questions.setCurrentRow(1)

    def show_state(self, state: InspectorState) -> None:
        """Ask for the value after the one in sight, unless that is the one just revealed."""
        self._state = state
        if self.question() is None and self._place != _place(state, ahead=0):
            self._ask_value(state)

    def question(self) -> MisconceptionQuestion | None:
        """The ready question that is chosen; None for the cell's next value."""
        row = self.questions.currentRow()
        return QUESTIONS[row - 1] if row > 0 else None

    def votes(self) -> Votes:
        """The question, the hands for each choice, whether its answer is shown, and the score."""
        row = max(0, self.questions.currentRow())
        revealed = self._explanation is not None
        return Votes(row, self.guesses.raised(), revealed, self.guesses.score, self._ask)

    def show_votes(self, votes: Votes) -> None:
        """Show the question with its hands as they were."""
        self._ask = votes.ask
        with QSignalBlocker(self.questions):
            self.questions.setCurrentRow(min(votes.question, len(QUESTIONS)))
        self._choose()
        self.guesses.raise_hands(votes.hands)
        if votes.revealed and self.question() is not None:
            self._reveal()
        self.guesses.show_score(votes.score)

    def _choose(self) -> None:
        question = self.question()
        self._explanation = self._value = self._place = None
        self.answer.clear()
        self.look.setVisible(question is not None)
        self.go_on.setVisible(question is None)
        for button in (self.look, self.go_on):
            button.setEnabled(False)
        self.cut.setVisible(question is not None and question.sliding)
        self.prompt.setVisible(question is None)
        if question is not None:
            self.guesses.ask(question.choices)
        elif self._state is not None:
            self._ask_value(self._state)

    def _ask_value(self, state: InspectorState) -> None:
        place = _place(state, ahead=1)
        if place == self._place:
            return
        self._place = place
        self.answer.clear()
        self.go_on.setEnabled(False)
        if state.position == state.last_position:
            self._value = None
            self.prompt.setText(self.tr("The pass ends here: go to another step or pass."))
            self.guesses.ask(())
            return
        following = state.at_position(state.position + 1)
        self._value = predict_value(
            state.trace,
            following.operation.name,
            following.cursor.time,
            state.cursor.entry,
            backward=state.backward,
        )
        self.prompt.setText(language.text(self._value.prompt))
        self.guesses.ask(tuple(choice.line for choice in self._value.choices))

    def _reveal(self) -> None:
        question = self.question()
        if question is not None:
            self.guesses.show_right(question.right)
            self._explanation = question.answer(int(self.cut.value()))
            self.answer.setText(language.text(self._explanation.sentence))
            self.look.setEnabled(True)
        elif self._value is not None:
            self.guesses.show_right(self._value.right)
            self.answer.setText(language.text(self._value.seen))
            self.go_on.setEnabled(True)
            self.asked.emit(OperationStepped(1))
        self.voted.emit()

    def _answer_again(self) -> None:
        """The answer for another k, once it was revealed."""
        question = self.question()
        if question is not None and self._explanation is not None:
            self._explanation = question.answer(int(self.cut.value()))
            self.answer.setText(language.text(self._explanation.sentence))

    def _look(self) -> None:
        if self._explanation is not None:
            self.looked.emit(self._explanation)

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, sizes().half_gap, 0, 0)
        layout.addWidget(self.questions, stretch=1)
        layout.addWidget(self.prompt)
        layout.addWidget(self.guesses)
        layout.addWidget(self.cut)
        layout.addWidget(self.answer)
        for button in (self.look, self.go_on):
            layout.addWidget(button, alignment=Qt.AlignmentFlag.AlignLeft)


def _place(state: InspectorState, ahead: int) -> tuple[Trace, bool, int]:
    """The value so many operations after the one in sight."""
    return state.trace, state.backward, state.position + ahead


if __name__ == "__main__":
    from rnnstudio.ui.inspector.example import example_state
    from rnnstudio.ui.widgets.preview import preview

    preview(QuestionsView, example_state())
