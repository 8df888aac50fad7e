"""The forecaster's home page: a question, the days it is about, the verdict, and what proves it.

``python -m rnnstudio.ui.stocks.home.verdict_page`` opens it alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import numpy as np
from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from rnnstudio.core import language
from rnnstudio.core.messages import Message
from rnnstudio.core.stocks.validation.walk_forward import Walk
from rnnstudio.ui.stocks.home.brush import Brush
from rnnstudio.ui.stocks.home.card_content import card_contents
from rnnstudio.ui.stocks.home.chart_days import ChartDays, chart_days
from rnnstudio.ui.stocks.home.home_bar import HomeBar
from rnnstudio.ui.stocks.home.page_cards import PageCards
from rnnstudio.ui.stocks.home.price_chart import PriceChart
from rnnstudio.ui.stocks.home.verdict_card import VerdictCard
from rnnstudio.ui.stocks.home.waiting_card import GUESSES
from rnnstudio.ui.stocks.home_state import (
    STAGES,
    USUAL_DAYS,
    AheadShown,
    DaysChosen,
    HandRaised,
    LectureStepped,
    moved_days,
)
from rnnstudio.ui.stocks.picture_words import picture_words
from rnnstudio.ui.stocks.state import StocksState
from rnnstudio.ui.theme.tokens import scaled, sizes, theme
from rnnstudio.ui.widgets.chart_picture import CAPTION, DRAWING
from rnnstudio.ui.widgets.key_button import Face, KeyButton
from rnnstudio.ui.widgets.labelled_chart import TO_END
from rnnstudio.ui.widgets.labels import PlainLabel, WrappedLabel, plain_tip
from rnnstudio.ui.widgets.page_keys import PageKey
from rnnstudio.ui.widgets.page_tabs import scrolled
from rnnstudio.ui.widgets.view_picture import PicturePart, ViewPicture

_CARD, _NARROW_CARD = 304, 272
"""How wide the verdict is; beside text of its usual size, as the next ones."""
_NARROW = 1000
_LOW, _LOW_NARROW, _TINY = 632, 920, 480
"""Heights: below the first cards are links; in a narrow window, where they would take two rows,
below the second, for chart and verdict own three fifths of the page; below the third they go."""
WEEK = 5


class VerdictPage(QWidget):
    """``asked(event)``: what the user wants to look at. ``link_chosen(key)``: a further page.

    ``find_out_clicked``, ``stop_clicked``, ``choose_clicked``: as the buttons say.
    """

    asked = Signal(object)
    link_chosen = Signal(str)
    find_out_clicked = Signal()
    stop_clicked = Signal()
    choose_clicked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.question = WrappedLabel(role="sentence")
        self.question.setText(
            self.tr("Does the network know tomorrow better than “tomorrow = today”?")
        )
        self.source = PlainLabel(role="quiet")
        self.button = KeyButton(Face("", self.tr("Find out")), "primary")
        self.chart, self.brush = PriceChart(), Brush()
        self.notes = PlainLabel(role="muted", wrap=True)
        self.notes.setProperty(CAPTION, True)
        self.card, self.cards, self.bar = VerdictCard(), PageCards(), HomeBar()
        self._state = StocksState()
        self.seen: ChartDays | None = None
        self._lay_out()
        for drawn in (self.card, self.brush.names):
            drawn.setProperty(DRAWING, True)
        self.question.setProperty(CAPTION, True)
        self._connect()

    def show_state(self, state: StocksState) -> None:
        """Show the days, the verdict as far as it is told, and the way on."""
        kept = self.seen if state.train is self._state.train else None
        self._state = state
        self.seen = chart_days(state) or kept
        stage = state.home.stage if theme().in_class else STAGES
        judged = state.evaluation is not None
        self.chart.with_yesterday = stage >= 1
        self.chart.with_network = stage >= 2 and judged
        self.chart.show_days(self.seen, self._title(state))
        self._show_candles(state)
        self._show_notes(state)
        self.brush.show_days(state, self.seen)
        self.card.show_state(state)
        table = state.train
        self.source.setText(
            ""
            if table is None
            else language.filled(self.tr("{0}, {1:,} days"), table.source, table.rows)
        )

    def show_look(self, candles: bool, band: bool) -> None:
        """Draw candles in place of the truth, and intervals around the test days, or not."""
        self.chart.with_candles, self.chart.with_band = candles, band
        self.show_state(self._state)

    def show_further(self, walk: Walk | None, runs: int) -> None:
        """Show what was found on further pages, and what each costs."""
        self.cards.show_contents(card_contents(self._state, walk, runs))

    def show_obstacle(self, obstacle: str) -> None:
        """Say what finding out has to wait for, and what the violet button does."""
        state = self._state
        face = self._face(state)
        self.button.show_face(face)
        finding = face.text == self.tr("Find out")
        waits = obstacle or state.problem if finding else ""
        self.button.setEnabled(not state.run.active and (not finding or state.ready) and not waits)
        self.button.setToolTip(plain_tip(waits))
        self.bar.show_state(state, obstacle)

    def picture(self) -> ViewPicture:
        """What a picture of the verdict may have; it is drawn as its card, not said."""
        words = dict(picture_words(self._state))
        words.pop(PicturePart.VERDICT, None)
        on_page: dict[PicturePart, Sequence[QWidget]] = {PicturePart.SENTENCE: (self.question,)}
        if self.card.is_known:
            on_page[PicturePart.VERDICT] = (self.card,)
        left_out = () if self.card.is_known else (self.card,)
        return ViewPicture(self, "verdict", words, on_page, left_out=left_out)

    def keys(self) -> tuple[PageKey, ...]:
        """The telling, the days in the chart, and the violet button."""
        on, back = self.tr("The next stage of the telling."), self.tr("One stage back.")
        week, ends = self.tr("The frame a week on, or back."), self.tr("The first day, the last.")
        stages = [
            PageKey(("Space", "PgDown", "N"), on, self.go_on),
            PageKey(("Shift+Space", "PgUp"), back, partial(self._step_stage, -1)),
        ]
        if theme().in_class:
            stages += [
                PageKey(("Right",), on, self.go_on),
                PageKey(("Left",), back, partial(self._step_stage, -1)),
            ]
        else:
            day = self.tr("The day beside it in the chart.")
            stages += [
                PageKey(("Right",), day, partial(self.chart.move, 1)),
                PageKey(("Left",), day, partial(self.chart.move, -1)),
            ]
        return (
            *stages,
            *self._guess_keys(),
            PageKey(("Ctrl+Right", "Shift+Right"), week, partial(self._move_days, WEEK)),
            PageKey(("Ctrl+Left", "Shift+Left"), week, partial(self._move_days, -WEEK)),
            PageKey(("Home",), ends, partial(self.chart.move, -TO_END)),
            PageKey(("End",), ends, partial(self.chart.move, TO_END)),
            *self.chart.line_keys(),
            PageKey(
                ("Z",),
                language.filled(self.tr("The last {0} days."), USUAL_DAYS),
                partial(self.asked.emit, DaysChosen(None)),
            ),
            PageKey(("0",), self.tr("All days."), self._choose_all),
            PageKey(("Return", "Enter"), self.tr("The violet button."), self.button.click),
        )

    def _guess_keys(self) -> list[PageKey]:
        """The keys of a guess, as long as the verdict is kept from a class."""
        if self.card.sides.currentWidget() is not self.card.before or not theme().in_class:
            return []
        more = self.tr("Count a hand for no, a tie or yes.")
        less = self.tr("Take back a hand for no, a tie or yes.")
        keys = []
        for place in range(GUESSES):
            key, raised = f"{place + 1}", partial(self.asked.emit, HandRaised(place, 1))
            keys.append(PageKey((key,), more, raised))
            taken = partial(self.asked.emit, HandRaised(place, -1))
            keys.append(PageKey((f"Shift+{key}",), less, taken))
        guess = self.tr("Guess before it is shown.")
        return [*keys, PageKey(("G",), guess, self.card.before.guesses[0].setFocus)]

    def regions(self) -> tuple[QWidget, ...]:
        """Its parts, as F6 goes through them."""
        return (self.chart, self.card, self.cards, self.bar)

    @Slot()
    def go_on(self) -> None:
        """Tell a class the next stage; at a desk, and once all is told, press the violet button."""
        if theme().in_class and self._state.evaluation is not None and not self._at_end:
            self._step_stage(1)
        elif self.button.isEnabled():
            self.button.click()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In little room the verdict is narrow, cards are links, or gone."""
        super().resizeEvent(event)
        narrow = self.width() < scaled(_NARROW)
        self.card.setFixedWidth(round(scaled(_NARROW_CARD if narrow else _CARD)))
        in_class = theme().in_class
        self.cards.set_low(self.height() < scaled(_LOW_NARROW if narrow else _LOW))
        self.cards.setVisible(not in_class and self.height() >= scaled(_TINY))
        self.bar.setVisible(not in_class)
        self.source.setVisible(not narrow and not in_class)

    @property
    def _at_end(self) -> bool:
        return self._state.home.stage >= STAGES

    def _face(self, state: StocksState) -> Face:
        """What stands on the violet button."""
        if state.evaluation is None or state.run.active or state.stale:
            return Face("", self.tr("Find out"))
        if theme().in_class and not self._at_end:
            return Face("chevron-right", self.tr("Next"), icon_after=True)
        if state.home.ahead:
            return Face("", self.tr("The test days again"))
        days = len(state.evaluation.future.dates)
        return Face(
            "chevron-right", language.filled(self.tr("Next {0} days"), days), icon_after=True
        )

    @Slot()
    def _press(self) -> None:
        state = self._state
        if state.evaluation is None or state.stale:
            self.find_out_clicked.emit()
        elif theme().in_class and not self._at_end:
            self._step_stage(1)
        else:
            self.asked.emit(AheadShown(not state.home.ahead))

    def _step_stage(self, by: int) -> None:
        if theme().in_class:
            self.asked.emit(LectureStepped(by))

    def _move_days(self, by: int) -> None:
        if self.seen is not None:
            moved = moved_days(self.seen.days, by, len(self.seen.dates))
            self.asked.emit(DaysChosen(moved))

    def _choose_all(self) -> None:
        if self.seen is not None:
            self.asked.emit(DaysChosen((0, len(self.seen.dates))))

    @Slot(int, int)
    def _choose_days(self, first: int, stop: int) -> None:
        self.asked.emit(DaysChosen((first, stop)))

    def _show_notes(self, state: StocksState) -> None:
        """What the days ahead are made under, and where they go too far."""
        evaluation = state.evaluation
        notes: tuple[Message, ...] = ()
        if evaluation is not None and state.home.ahead:
            notes = (*evaluation.future.notes, *evaluation.summary.cautions)
        self.notes.setText(" ".join(map(language.text, notes)))
        self.notes.setVisible(bool(notes))

    def _show_candles(self, state: StocksState) -> None:
        table = state.train
        if state.evaluation is not None:
            table = state.evaluation.forecast.table
        if table is not None and self.seen is not None and self.chart.with_candles:
            known = int(np.isfinite(self.seen.truth).sum())
            self.chart.candles.show_rows(table, known, (state.spec or state.settings).target)
        self.chart.candles.setVisible(self.chart.with_candles)

    def _title(self, state: StocksState) -> str:
        seen = self.seen
        if seen is None or not len(seen.days):
            return ""
        target = (state.spec or state.settings).target
        if state.evaluation is not None:
            target = state.evaluation.forecast.spec.target
        count = len(seen.days)
        if seen.days.stop > seen.known:
            says = self.tr("{0}, the last days and the next {1}")
            return language.filled(says, target, seen.days.stop - seen.known)
        if state.evaluation is None:
            return language.filled(self.tr("{0}, {1:,} days before the test"), target, count)
        if state.home.days is None and seen.days.start >= seen.test.start:
            return language.filled(self.tr("{0}, last {1:,} test days"), target, count)
        return language.filled(self.tr("{0}, {1:,} days"), target, count)

    def _connect(self) -> None:
        self.button.clicked.connect(self._press)
        self.bar.again_clicked.connect(self.find_out_clicked)
        self.bar.draw_clicked.connect(lambda: self.link_chosen.emit("draw"))
        self.card.asked.connect(self.asked)
        self.card.stop_clicked.connect(self.stop_clicked)
        self.card.choose_clicked.connect(self.choose_clicked)
        self.cards.chosen.connect(self.link_chosen)
        self.brush.moved.connect(self._choose_days)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(2 * sizes().gap)
        head.addWidget(self.question, stretch=1)
        head.addWidget(self.source)
        head.addWidget(self.button)
        days = QFrame()
        days.setProperty("role", "card")
        inside = QVBoxLayout(days)
        inside.setContentsMargins(*4 * (sizes().gap,))
        inside.setSpacing(sizes().gap)
        inside.addWidget(self.chart, stretch=1)
        inside.addWidget(self.notes)
        inside.addWidget(self.brush)
        middle = QHBoxLayout()
        middle.setSpacing(round(1.5 * sizes().gap))
        middle.addWidget(days, stretch=1)
        middle.addWidget(self.card)
        above = QWidget()
        column = QVBoxLayout(above)
        edge = 20 * sizes().gap // 8
        column.setContentsMargins(edge, sizes().gap, edge, sizes().gap)
        column.setSpacing(sizes().gap)
        column.addLayout(head)
        column.addLayout(middle, stretch=1)
        column.addWidget(self.cards)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(scrolled(above), stretch=1)
        layout.addWidget(self.bar)


if __name__ == "__main__":
    from rnnstudio.ui.stocks.example import finished_state
    from rnnstudio.ui.widgets.preview import preview

    preview(VerdictPage, finished_state())
