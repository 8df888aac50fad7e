"""Choices with a count of hands for each, a button that reveals, and the score."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from rnnstudio.core import language
from rnnstudio.core.cells.prediction import MOST_CHOICES
from rnnstudio.core.cells.quiz import MOST_HANDS, QuizScore
from rnnstudio.core.errors import UserError
from rnnstudio.core.messages import Message
from rnnstudio.ui.theme.tokens import colours
from rnnstudio.ui.widgets.labels import PlainLabel
from rnnstudio.ui.widgets.number_box import WholeBox


class GuessesForm(QWidget):
    """A click on a choice raises one hand for it; the number beside it takes a whole show of hands.

    ``reveal_asked``: the class has guessed (or wants to know without a guess).
    ``refused(sentence)``: the number of hands is invalid. ``changed``: hands were raised.
    """

    changed = Signal()
    reveal_asked = Signal()
    refused = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.score = QuizScore()
        self.choices = [QPushButton() for _ in range(MOST_CHOICES)]
        label = self.tr("Hands for choice {0}")
        self.hands = [
            WholeBox(label.format(place + 1), 0, MOST_HANDS) for place in range(MOST_CHOICES)
        ]
        self.reveal = QPushButton(self.tr("Reveal"))
        self.reveal.setProperty("role", "primary")
        self.score_label = PlainLabel(role="muted")
        self._lay_out()
        for button, hands in zip(self.choices, self.hands, strict=True):
            hands.setToolTip(self.tr("Hands for this choice"))
            button.clicked.connect(hands.stepUp)
            hands.valueChanged.connect(self.changed)
        self.reveal.clicked.connect(self._reveal)
        self._show_score()

    def ask(self, choices: tuple[Message, ...]) -> None:
        """Offer new choices, no hands raised; with none there is nothing to reveal."""
        for place, (button, hands) in enumerate(zip(self.choices, self.hands, strict=True)):
            offered = place < len(choices)
            button.setText(language.text(choices[place]) if offered else "")
            button.setStyleSheet("text-align: left;")
            with QSignalBlocker(hands):
                hands.setValue(0)
            for widget in (button, hands):
                widget.setVisible(offered)
                widget.setEnabled(True)
        self.reveal.setEnabled(bool(choices))

    def raised(self) -> tuple[int, ...]:
        """The hands for each choice, as far as they are numbers."""
        return tuple(min(max(0, box.value()), MOST_HANDS) for box in self.hands)

    def raise_hands(self, hands: Sequence[int]) -> None:
        """Show so many hands for each choice."""
        for box, count in zip(self.hands, hands, strict=False):
            box.setValue(min(count, MOST_HANDS))

    def show_score(self, score: QuizScore) -> None:
        """Show how many guesses were right so far."""
        self.score = score
        self._show_score()

    def _reveal(self) -> None:
        try:
            _ = self._counted()
        except UserError as error:
            self.refused.emit(language.text(error.message))
        else:
            self.reveal_asked.emit()

    def _counted(self) -> tuple[int, ...]:
        """The hands of each choice; raises UserError if something else stands there."""
        counted = tuple(box.value() for box in self.hands)
        for box, hands in zip(self.hands, counted, strict=True):
            if not 0 <= hands <= MOST_HANDS:
                raise UserError(
                    "{label}: {hands}; it must be a number from 0 to {most}.",
                    label=box.label,
                    hands=hands,
                    most=MOST_HANDS,
                )
        return counted

    def show_right(self, right: int) -> None:
        """Mark the right choice and count the hands, which stay as they are."""
        self.score = self.score.with_hands(self._counted(), right)
        self.choices[right].setStyleSheet(
            f"text-align: left; font-weight: 600; color: {colours().good};"
        )
        self.choices[right].setText(f"✓ {self.choices[right].text()}")
        for widget in (*self.choices, *self.hands):
            widget.setEnabled(widget is self.choices[right])
        self.reveal.setEnabled(False)
        self._show_score()

    def _show_score(self) -> None:
        score = self.score
        if score.total:
            text = self.tr("Right so far: {0} of {1} guesses ({2:.0%})")
            self.score_label.setText(
                text.format(score.right, score.total, score.right / score.total)
            )
        else:
            self.score_label.setText(self.tr("Right so far: 0 of 0 guesses"))

    def _lay_out(self) -> None:
        grid = QGridLayout()
        grid.setColumnStretch(0, 1)
        for place, (button, hands) in enumerate(zip(self.choices, self.hands, strict=True)):
            grid.addWidget(button, place, 0)
            grid.addWidget(hands, place, 1)
        bottom = QHBoxLayout()
        bottom.addWidget(self.reveal)
        bottom.addWidget(self.score_label, stretch=1, alignment=Qt.AlignmentFlag.AlignRight)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addLayout(grid)
        layout.addLayout(bottom)


def _example() -> GuessesForm:
    form = GuessesForm()
    form.ask((Message("smaller"), Message("larger")))
    return form


if __name__ == "__main__":
    from rnnstudio.ui.widgets.preview import open_window

    open_window(_example, 500, 160)
