"""Opens the test span: how far ahead, how wide the intervals, and the button."""

from __future__ import annotations

from contextlib import suppress
from functools import partial

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from rnnstudio.core.errors import UserError
from rnnstudio.core.messages import Message
from rnnstudio.core.session.undo_history import Change
from rnnstudio.core.stocks.evaluation.forecast import MOST_DAYS, USUAL, EvaluationRequest
from rnnstudio.ui.stocks.state import StocksState
from rnnstudio.ui.widgets.labels import PlainLabel, plain_tip
from rnnstudio.ui.widgets.number_box import DecimalBox, WholeBox

_DIGITS = 10
"""Of a percentage: enough that a hundredth of it is the share that was typed."""


class EvaluateBar(QWidget):
    """Asks for an evaluation of the network that was trained last."""

    evaluate_clicked = Signal()
    changed = Signal(object)
    """A ``Change`` of what is asked."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.button = QPushButton(self.tr("Evaluate"))
        self._trained = False
        self._asked = USUAL
        self.days = WholeBox(self.tr("Days ahead"), 1, MOST_DAYS)
        self.days.setValue(USUAL.days)
        self.days.setToolTip(self.tr("Days ahead, by horizon and into the unknown future"))
        self.nominal = DecimalBox(self.tr("Intervals"), 50, 99)
        self.nominal.setValue(100 * USUAL.nominal)
        self.nominal.setToolTip(self.tr("Share of days that an interval is to hold"))
        for box in (self.days, self.nominal):
            box.setFixedWidth(box.sizeHint().width() * 2 // 3)  # few digits in a full line
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        for widget in (
            self.button,
            PlainLabel(self.tr("Days ahead")),
            self.days,
            PlainLabel(self.tr("Intervals")),
            self.nominal,
            PlainLabel(self.tr("%")),
        ):
            layout.addWidget(widget)
        self.button.clicked.connect(self.evaluate_clicked)
        self.days.valueChanged.connect(partial(self._take, Message("Days ahead")))
        self.nominal.valueChanged.connect(partial(self._take, Message("Width of the intervals")))

    def question(self) -> EvaluationRequest:
        """The request for the evaluation; raises UserError if it is invalid."""
        return EvaluationRequest(self.days.value(), self.nominal.value() / 100)

    @property
    def asked(self) -> EvaluationRequest:
        """The last request that was valid."""
        return self._asked

    def show_question(self, question: EvaluationRequest) -> None:
        """Show what was asked, in silence."""
        self._asked = question
        with QSignalBlocker(self.days), QSignalBlocker(self.nominal):
            self.days.setValue(question.days)
            self.nominal.setValue(round(100 * question.nominal, _DIGITS))

    def _take(self, done: Message) -> None:
        with suppress(UserError):
            question = self.question()
            if question != self._asked:
                self._asked = question
                self.changed.emit(Change(done, ("evaluation", done.template)))

    def show_state(self, state: StocksState) -> None:
        """A network that is trained can be evaluated while nothing else is under way."""
        idle = not state.run.active and not state.reading
        self._trained = state.trained is not None
        self.setEnabled(idle and self._trained)

    def show_obstacle(self, obstacle: str) -> None:
        """Say what pressing the button does, or why it cannot be pressed: what it waits for."""
        self.button.setEnabled(not obstacle)
        if not self._trained:
            obstacle = self.tr("There is no network to evaluate yet; train one.")
        opens = self.tr(
            "Evaluates on the test span; every access is counted, for each makes it less of a test"
        )
        self.button.setToolTip(plain_tip(obstacle or opens))
