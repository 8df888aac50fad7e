"""Which of the days are for testing, how far ahead is forecast, and how wide intervals are."""

from __future__ import annotations

from contextlib import suppress
from datetime import date
from functools import partial

import numpy as np
from PySide6.QtCore import QDate, QSignalBlocker, Signal
from PySide6.QtWidgets import QCheckBox, QDateEdit, QGridLayout, QVBoxLayout, QWidget

from rnnstudio.core import language
from rnnstudio.core.errors import UserError
from rnnstudio.core.messages import Message
from rnnstudio.core.session.undo_history import Change
from rnnstudio.core.stocks.data.price_table import PriceTable
from rnnstudio.core.stocks.evaluation.forecast import MOST_DAYS, USUAL, EvaluationRequest
from rnnstudio.core.stocks.evaluation.wording import plain_words
from rnnstudio.core.stocks.model.scaling import fit_scaling, fitted_on
from rnnstudio.ui.running import sentence
from rnnstudio.ui.stocks.state import StocksState
from rnnstudio.ui.theme.tokens import sizes
from rnnstudio.ui.widgets.labels import PlainLabel, plain_tip
from rnnstudio.ui.widgets.number_box import DecimalBox, WholeBox
from rnnstudio.ui.widgets.number_text import day_format

_DIGITS = 10
"""Of a percentage: enough that a hundredth of it is the share that was typed."""


class SpansForm(QWidget):
    """``changed(change)``: other days ahead or intervals are asked for."""

    test_day_changed = Signal()
    changed = Signal(object)
    problem = Signal(str)
    """Why the typed share cannot be taken; empty once it can."""
    look_changed = Signal()
    """Candles or intervals are to be seen, or not."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._table: PriceTable | None = None
        self._asked = USUAL
        self._noted: object = None
        self.day = QDateEdit()
        self.day.setDisplayFormat(day_format())
        self.day.setCalendarPopup(True)
        self.share = WholeBox(self.tr("The test share"), 1, 99)
        self.share.setToolTip(self.tr("The same as a share of the rows"))
        self.days = WholeBox(self.tr("Days ahead"), 1, MOST_DAYS)
        self.days.setValue(USUAL.days)
        self.days.setToolTip(self.tr("Days ahead, by horizon and into the unknown future"))
        self.nominal = DecimalBox(self.tr("Intervals"), 50, 99)
        self.nominal.setValue(100 * USUAL.nominal)
        self.nominal.setToolTip(plain_tip(language.text(plain_words("interval"))))
        self.band_box = QCheckBox(self.tr("Intervals in the chart"))
        self.candles_box = QCheckBox(self.tr("Candles in the chart"))
        self.note = PlainLabel(role="muted", wrap=True)
        self._lay_out()
        self.day.dateChanged.connect(self._take_day)
        self.share.committed.connect(self._take_share)
        self.days.valueChanged.connect(partial(self._take, Message("Days ahead")))
        self.nominal.valueChanged.connect(partial(self._take, Message("Width of the intervals")))
        for box in (self.band_box, self.candles_box):
            box.toggled.connect(self.look_changed)

    def test_day(self) -> np.datetime64:
        """The chosen first test day."""
        chosen = self.day.date()
        return np.datetime64(date(chosen.year(), chosen.month(), chosen.day()), "D")

    def choose_span(self, table: PriceTable, day: np.datetime64) -> None:
        """Offer the table's days as the first test day, and choose ``day``."""
        self._table = table
        with QSignalBlocker(self.day):
            first = table.dates[min(1, table.rows - 1)]
            self.day.setDateRange(_qdate(first), _qdate(table.dates[-1]))
            self.day.setDate(_qdate(day))
        self._show_share()

    def forget_span(self) -> None:
        """There are no days to choose from."""
        self._table = None

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

    def show_state(self, state: StocksState) -> None:
        """Offer what the state allows, and say what the scaler has seen of the spans."""
        idle = not state.run.active and not state.reading
        for widget in (self.day, self.share):
            widget.setEnabled(idle and state.train is not None and state.test is None)
        wanted = (state.split, state.spec, state.open, state.times_opened)
        if wanted != self._noted:
            self._noted = wanted
            self.note.setText(self._note(state))

    def _note(self, state: StocksState) -> str:
        if state.split is None or state.spec is None:
            return ""
        scaling = fit_scaling(state.spec, state.split.table, state.split.train_rows)
        test = state.split.test_rows if state.open else None
        opened = language.filled(self.tr("Accesses to the test span: {0}."), state.times_opened)
        says = fitted_on(scaling, state.split.table, test)
        return language.filled(self.tr("Scaler {0}. {1}"), language.text(says), opened)

    def _take(self, done: Message) -> None:
        with suppress(UserError):
            question = self.question()
            if question != self._asked:
                self._asked = question
                self.changed.emit(Change(done, ("evaluation", done.template)))

    def _take_day(self) -> None:
        self._show_share()
        self.test_day_changed.emit()

    def _take_share(self) -> None:
        if self._table is None:
            return
        try:
            percent = self._percent()
        except UserError as error:
            self.problem.emit(sentence(error))
            return
        self.problem.emit("")
        rows = int(self._table.rows * (1 - percent / 100))
        # Of few days a share may leave none to train on, or none to test on.
        rows = min(max(rows, 1), self._table.rows - 1)
        self.day.setDate(_qdate(self._table.dates[rows]))

    def _percent(self) -> int:
        """The typed share; raises UserError if there is none."""
        percent = self.share.value()
        if not 1 <= percent <= 99:
            raise UserError(
                "The test share is {share:.0%}; it must be between 1 and 99.", share=percent / 100
            )
        return percent

    def _show_share(self) -> None:
        """The share that the chosen day comes to."""
        if self._table is None:
            return
        rows = int(np.searchsorted(self._table.dates, self.test_day()))
        with QSignalBlocker(self.share):
            self.share.setValue(round(100 * (1 - rows / self._table.rows)))

    def _lay_out(self) -> None:
        grid = QGridLayout()
        grid.setColumnStretch(1, 1)
        for row, (text, box, unit) in enumerate(
            (
                (self.tr("Test from"), self.day, ""),
                (self.tr("Test share"), self.share, self.tr("%")),
                (self.tr("Days ahead"), self.days, ""),
                (self.tr("Intervals"), self.nominal, self.tr("%")),
            )
        ):
            label = PlainLabel(text)
            label.setBuddy(box)
            box.setAccessibleName(text)
            grid.addWidget(label, row, 0)
            grid.addWidget(box, row, 1)
            grid.addWidget(PlainLabel(unit), row, 2)
            box.setMinimumWidth(sizes().drawer // 4)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(sizes().gap)
        layout.addLayout(grid)
        for part in (self.band_box, self.candles_box, self.note):
            layout.addWidget(part)


def _qdate(day: np.datetime64) -> QDate:
    plain: date = day.astype("datetime64[D]").item()
    return QDate(plain.year, plain.month, plain.day)
