"""The place of the verdict while it is not known: what it takes, or how far it has come."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QProgressBar, QPushButton, QVBoxLayout, QWidget

from rnnstudio.core import language
from rnnstudio.core.stocks.data.samples import SAMPLES
from rnnstudio.core.stocks.evaluation.seeds import SEEDS
from rnnstudio.core.stocks.evaluation.wording import figure
from rnnstudio.ui.stocks.home_state import HandRaised
from rnnstudio.ui.stocks.state import StocksState
from rnnstudio.ui.stocks.tab_events import JobKind
from rnnstudio.ui.theme.tokens import sizes, theme
from rnnstudio.ui.widgets.key_button import Face, KeyButton
from rnnstudio.ui.widgets.labels import PlainLabel

GUESSES = 3
"""No, a tie, yes."""


class BeforeVerdict(QWidget):
    """Nothing is known yet: what finding it out takes, what went wrong, or what a class guesses.

    ``asked(event)``: what the user wants.
    """

    asked = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title = PlainLabel(role="heading", wrap=True)
        self.text = PlainLabel(wrap=True)
        self.choose_button = QPushButton(self.tr("Choose a file …"))
        self.guesses = [KeyButton(Face("hand")) for _ in range(GUESSES)]
        for place, button in enumerate(self.guesses):
            button.clicked.connect(partial(self._raise_hand, place))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(sizes().gap)
        layout.addWidget(self.title)
        layout.addWidget(self.text)
        for button in self.guesses:
            layout.addWidget(button, alignment=Qt.AlignmentFlag.AlignLeft)
        layout.addWidget(self.choose_button, alignment=Qt.AlignmentFlag.AlignLeft)
        layout.addStretch(1)

    def show_state(self, state: StocksState, *, covered: bool) -> None:
        """Say what comes next; ``covered``: it is known, and not to be seen yet."""
        split = state.split
        own = state.file is None or state.file.data.path not in SAMPLES.values()
        self._show_guesses(state, covered=covered)
        self.choose_button.setVisible(not covered and not own and not theme().in_class)
        if covered:
            self.title.setText(self.tr("What do you think?"))
            self.text.setText(self.tr("Say it before it is shown, and count the hands."))
            return
        if state.run.error:
            self.title.setText(self.tr("That went wrong"))
            self.text.setText(state.run.error)
            return
        if split is None:
            self.title.setText(self.tr("Nothing can be found out yet"))
            self.text.setText(state.problem or self.tr("Open a file with share prices."))
            return
        self.title.setText(self.tr("Not found out yet"))
        says = language.filled(
            self.tr(
                "Five networks learn from {0:,} days, each from another start, and forecast {1:,} "
                "test days that none of them has seen. The test days are opened once."
            ),
            len(split.train_rows),
            len(split.test_rows),
        )
        sample = language.filled(
            self.tr("This is {0}, which comes with the program."), split.table.source
        )
        self.text.setText(says if own else f"{sample}\n\n{says}")

    def _show_guesses(self, state: StocksState, *, covered: bool) -> None:
        names = (self.tr("No"), self.tr("A tie"), self.tr("Yes, here"))
        for place, button in enumerate(self.guesses):
            button.setVisible(covered)
            hands = state.home.hands[place]
            text = (
                language.filled(self.tr("{0}: {1}"), names[place], hands) if hands else names[place]
            )
            button.show_face(Face("hand", text, f"{place + 1}"))

    def _raise_hand(self, place: int) -> None:
        self.asked.emit(HandRaised(place, 1))


class BusyVerdict(QWidget):
    """How far it has come, and the way to stop it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title = PlainLabel(self.tr("Finding out"), role="heading")
        self.progress = QProgressBar()
        self.progress.setTextVisible(False)
        self.progress.setAccessibleName(self.tr("How far it has come"))
        self.text = PlainLabel(wrap=True)
        self.stop_button = QPushButton(self.tr("Stop, keep what there is"))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(sizes().gap)
        for part in (self.title, self.progress, self.text):
            layout.addWidget(part)
        layout.addWidget(self.stop_button, alignment=Qt.AlignmentFlag.AlignLeft)
        layout.addStretch(1)

    def show_state(self, state: StocksState) -> None:
        """Say what is under way and how long it will take."""
        run = state.run
        self.progress.setRange(0, max(run.total, 1) if run.total else 0)
        self.progress.setValue(run.step)
        self.title.setText(
            self.tr("Finding out") if state.job is JobKind.FIND_OUT else self.tr("Training")
        )
        self.text.setText(self._text(state))

    def _text(self, state: StocksState) -> str:
        left = state.run.seconds_left
        says = [self.tr("Getting ready …")] if left is None else []
        if left is not None:
            says.append(language.filled(self.tr("About {0:.0f} s left."), max(left, 1.0)))
        evaluation = state.evaluation
        if state.job is JobKind.FIND_OUT and evaluation is not None:
            seeds = evaluation.summary.seeds
            done = 1 if seeds is None else len(seeds.rmses)
            rmse = figure(evaluation.forecast.rmse)
            flat = figure(evaluation.forecast.rmse_persistence)
            says.append(language.filled(self.tr("{0} of {1} seeds are trained."), done, SEEDS))
            says.append(
                language.filled(
                    self.tr("The first has an RMSE of {0}, yesterday's price {1}."), rmse, flat
                )
            )
        return "\n".join(says)
