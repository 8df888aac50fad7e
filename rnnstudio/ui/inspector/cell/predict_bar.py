"""Predict, then reveal: the question for the cell's current value, or one that a page asks."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from rnnstudio.core import language
from rnnstudio.ui.inspector.events import AnswerRevealed, HandsCounted, OperationStepped
from rnnstudio.ui.inspector.state import InspectorState
from rnnstudio.ui.theme.tokens import theme
from rnnstudio.ui.widgets.question_bar import QuestionBar


class PredictBar(QuestionBar):
    """Says in events what happens: ``asked(event)``.

    A click on a choice counts a hand (``HandsCounted``). The violet button asks first for
    ``AnswerRevealed``, then for ``OperationStepped``, the next one.
    """

    asked = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.counted.connect(lambda choice, by: self.asked.emit(HandsCounted(choice, by)))
        self.reveal_clicked.connect(lambda: self.asked.emit(AnswerRevealed()))
        self.next_clicked.connect(
            lambda: self.asked.emit(OperationStepped(1, ask=theme().in_class))
        )

    def show_state(self, state: InspectorState) -> None:
        """Show the question about the cell's current value; nothing happens where there is none."""
        question = state.prediction
        if question is None:
            return
        self.show_question(
            question.prompt,
            question.choices,
            state.votes,
            question.right,
            question.seen,
            place=self._place_text(state),
        )

    def _place_text(self, state: InspectorState) -> str:
        cursor = state.cursor
        if theme().in_class:
            return language.filled(
                self.tr("Step {0} of {1} · F5 leaves Class"), cursor.time + 1, state.steps
            )
        return language.filled(
            self.tr("Step {0} of {1} · value {2} of {3}"),
            cursor.time + 1,
            state.steps,
            cursor.operation + 1,
            len(state.table),
        )


if __name__ == "__main__":
    from rnnstudio.ui.inspector.example import example_state
    from rnnstudio.ui.widgets.preview import preview

    preview(PredictBar, example_state().asking())
