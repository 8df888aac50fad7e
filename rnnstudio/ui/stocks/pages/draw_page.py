"""Draw tomorrow: a class draws the next days before it sees what the network says of them."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QWidget

from rnnstudio.core import language
from rnnstudio.core.numbers import plain
from rnnstudio.core.stocks.teaching.drawing_rounds import (
    DAYS,
    DrawnRound,
    count_nearer,
    stretches_left,
)
from rnnstudio.core.stocks.teaching.drawing_words import (
    count_sentence,
    drawn_days,
    round_finding,
)
from rnnstudio.ui.stocks.drawing_state import (
    DayMoved,
    DrawingCleared,
    DrawingSheet,
    NextRoundAsked,
    PriceRaised,
    RoundRevealed,
    StrokeDrawn,
)
from rnnstudio.ui.stocks.pages.drawing_chart import DrawingChart
from rnnstudio.ui.stocks.pages.drawing_scores import DrawingScores
from rnnstudio.ui.stocks.pages.shares_page import NumbersPage
from rnnstudio.ui.stocks.state import StocksState
from rnnstudio.ui.widgets.key_button import Face, KeyButton
from rnnstudio.ui.widgets.labels import PlainLabel, WrappedLabel
from rnnstudio.ui.widgets.page_keys import PageKey
from rnnstudio.ui.widgets.sort_table import TableCell, TableLine


class DrawPage(NumbersPage):
    """A round after the other: draw ten days, reveal them, and count who was nearer.

    ``train_wanted``: there is no network yet that could be beside the drawing.
    """

    train_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("Draw tomorrow"), parent)
        self.drawing = DrawingChart()
        self.scores = DrawingScores()
        self.hint = WrappedLabel(role="muted")
        self.count = WrappedLabel()
        self.count.setAlignment(Qt.AlignmentFlag.AlignTop)  # where nothing is left to draw
        self.progress = PlainLabel(role="muted")
        self.clear_button = KeyButton(Face("", self.tr("Begin anew"), self.tr("Del")))
        self.button = KeyButton(Face("", self.tr("Reveal"), self.tr("Enter")), "primary")
        self.clear_button.clicked.connect(partial(self.asked.emit, DrawingCleared()))
        self.button.clicked.connect(self._press)
        self.drawing.stroke.connect(self._draw_stroke)
        self.drawing.day_chosen.connect(self._choose_day)
        self.build(
            [self.drawing, self.scores, self.hint, self.count],
            [self.progress, self.clear_button, self.button],
        )

    def draw(self, state: StocksState) -> None:
        """Show the round that is drawn, or what came of it."""
        sheet = state.sheet
        for part in (self.drawing, self.scores, self.hint):
            part.setVisible(sheet is not None)
        if sheet is None:
            self.say(state.problem or self._nothing_left(state))
        else:
            self.drawing.show_sheet(sheet)
            self.scores.show_round(state.drawing.rounds[-1] if sheet.over else None)
            self._say_round(state, sheet)
        self.count.setText(language.text(count_sentence(count_nearer(state.drawing.rounds))))
        self._show_controls(state, sheet)

    def numbers(self, state: StocksState) -> tuple[Sequence[str], Sequence[TableLine]]:
        """A line for each round that is over."""
        titles = [
            self.tr("round"),
            self.tr("share"),
            self.tr("column"),
            self.tr("first day"),
            self.tr("last day"),
            self.tr("your RMSE"),
            self.tr("network's RMSE"),
            self.tr("yesterday's RMSE"),
            self.tr("you were nearer than yesterday's price"),
        ]
        rounds = enumerate(state.drawing.rounds, start=1)
        return titles, [self._line(number, each) for number, each in rounds]

    def keys(self) -> Sequence[PageKey]:
        """Draw, reveal, go on."""
        if self.table_button.isChecked():
            return super().keys()
        day, price = self.tr("The day before or after."), self.tr("Its price higher or lower.")
        next_stage = self.tr("Reveal once all days are drawn, then draw the next ones.")
        return [
            *super().keys(),
            PageKey(("Left",), day, partial(self._ask, DayMoved(-1))),
            PageKey(("Right",), day, partial(self._ask, DayMoved(1))),
            PageKey(("Up",), price, partial(self._ask, PriceRaised(1))),
            PageKey(("Down",), price, partial(self._ask, PriceRaised(-1))),
            PageKey(("Return", "Enter", "Space", "PgDown", "N"), next_stage, self.button.click),
            PageKey(("Del",), self.tr("Begin the drawing anew."), self.clear_button.click),
        ]

    def _say_round(self, state: StocksState, sheet: DrawingSheet) -> None:
        """The question, or who was nearest; and what helps to understand it."""
        if sheet.over:
            self.say(language.text(round_finding(state.drawing.rounds[-1])))
            self.hint.setText(
                language.filled(
                    self.tr(
                        "RMSE over these {0} days: the network was given the days before them, "
                        "yesterday's price is the last one known, held."
                    ),
                    DAYS,
                )
            )
            return
        share = sheet.split.table.source
        self.say(
            language.filled(
                self.tr("Where does {0} go in the next {1} days? Draw it."), share, DAYS
            )
        )
        self.hint.setText(self._how_to_draw(state))

    def _how_to_draw(self, state: StocksState) -> str:
        keys = self.tr(
            "Draw with the mouse, or with the arrow keys: left and right for the day, up and down "
            "for the price."
        )
        if not state.open:
            return keys
        return language.filled(
            self.tr("{0} The verdict on these days has been seen already."), keys
        )

    def _nothing_left(self, state: StocksState) -> str:
        if state.split is None:
            return self.tr("There are no prices yet; open a file.")
        if state.split.rows_test < DAYS:
            return language.filled(
                self.tr(
                    "The test span has fewer than {0} days: let it begin earlier to draw them."
                ),
                DAYS,
            )
        return self.tr("All test days were drawn. Open another share to go on.")

    def _show_controls(self, state: StocksState, sheet: DrawingSheet | None) -> None:
        """The violet button says what comes next, and why it cannot yet."""
        drawing_now = sheet is not None and not sheet.over
        drawn = 0 if sheet is None else sum(price is not None for price in sheet.drawing.drawn)
        self.clear_button.setEnabled(drawing_now and drawn > 0)
        self.button.setVisible(sheet is not None)
        self.progress.setText(self._progress_text(state, sheet))
        tip = ""
        if not drawing_now:
            face = Face(
                "next", language.filled(self.tr("The next {0} days"), DAYS), self.tr("Enter")
            )
        elif state.fitting is None:
            face = Face("", self.tr("Train the network"), self.tr("Enter"))
            tip = self.tr("The network is being trained.") if state.run.active else ""
        else:
            face = Face("", self.tr("Reveal"), self.tr("Enter"))
            tip = "" if drawn == DAYS else language.text(drawn_days(drawn))
        self.button.show_face(face)
        self.button.setEnabled(not tip)
        self.button.setToolTip(tip)

    def _progress_text(self, state: StocksState, sheet: DrawingSheet | None) -> str:
        if sheet is None or state.split is None:
            return ""
        left = stretches_left(state.drawing.rounds, state.split)
        number = len(state.drawing.rounds) + (not sheet.over)
        return language.filled(
            self.tr("Round {0}; {1} more stretches of these test days"),
            number,
            left - (not sheet.over),
        )

    def _line(self, number: int, over: DrawnRound) -> TableLine:
        errors = (over.drawn_rmse, over.network_rmse, over.known_rmse)
        nearer = self.tr("yes") if over.is_nearer else self.tr("no")
        texts = (over.share, over.target, over.first, over.last)
        cells = [
            TableCell(f"{number}", number),
            *(TableCell(text, text) for text in texts),
            *(TableCell(language.number(plain(error)), error) for error in errors),
            TableCell(nearer, nearer),
        ]
        return TableLine(f"{number}", tuple(cells))

    @Slot(object)
    def _draw_stroke(self, points: tuple[tuple[int, float], ...]) -> None:
        self.asked.emit(StrokeDrawn(points))

    @Slot(int)
    def _choose_day(self, day: int) -> None:
        if self.state is not None:
            self.asked.emit(DayMoved(day - self.state.drawing.day))

    def _ask(self, event: object) -> None:
        self.asked.emit(event)

    @Slot()
    def _press(self) -> None:
        """Do what the violet button says."""
        sheet = None if self.state is None else self.state.sheet
        if self.state is None or sheet is None:
            return
        if sheet.over:
            self.asked.emit(NextRoundAsked())
        elif self.state.fitting is None:
            self.train_wanted.emit()
        else:
            self.asked.emit(RoundRevealed())
