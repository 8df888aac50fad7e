"""Check a claim: a published figure beside what "tomorrow = today" scores on the file's days."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from functools import partial

import numpy as np
from PySide6.QtCore import QDate, QSignalBlocker, Qt, Slot
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import (
    QComboBox,
    QDateEdit,
    QGridLayout,
    QLineEdit,
    QPushButton,
    QSizePolicy,
    QWidget,
)

from rnnstudio.core import language
from rnnstudio.core.errors import UserError
from rnnstudio.core.messages import Message
from rnnstudio.core.numbers import PERCENT, NumberText
from rnnstudio.core.session.analysis_work import ClaimWork
from rnnstudio.core.stocks.evaluation.claims import (
    MEASURES,
    ClaimCheck,
    PublishedClaim,
    published_claims,
)
from rnnstudio.ui.stocks.claim_state import (
    checked_claim,
    checked_examples,
    claimed_day,
    claimed_table,
)
from rnnstudio.ui.stocks.pages.drawing_scores import BestMark
from rnnstudio.ui.stocks.pages.shares_page import NumbersPage
from rnnstudio.ui.stocks.state import StocksState
from rnnstudio.ui.stocks.tab_events import ClaimTyped
from rnnstudio.ui.theme.fonts import words
from rnnstudio.ui.theme.tokens import sizes
from rnnstudio.ui.widgets.chart_picture import for_pictures
from rnnstudio.ui.widgets.labels import PlainLabel, WrappedLabel
from rnnstudio.ui.widgets.number_text import day_format
from rnnstudio.ui.widgets.page_keys import PageKey
from rnnstudio.ui.widgets.sort_table import TableCell, TableLine

_MOST_LETTERS = 40
_WIDEST = f"000.00{PERCENT}"


class ClaimForm(QWidget):
    """The measure, the figure and the first day."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.measure = QComboBox()
        for name, found in MEASURES.items():
            self.measure.addItem(language.capitalized(found.label), name)
        self.measure.setAccessibleName(self.tr("Measure"))
        self.value = QLineEdit()
        self.value.setMaxLength(_MOST_LETTERS)
        self.value.setAccessibleName(self.tr("Claimed figure"))
        self.day = QDateEdit()
        self.day.setDisplayFormat(day_format())
        self.day.setCalendarPopup(True)
        self.day.setAccessibleName(self.tr("First day"))
        labels = (self.tr("Measure"), self.tr("Claimed figure"), self.tr("First day"))
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(2 * sizes().gap)
        for column, (text, field) in enumerate(
            zip(labels, (self.measure, self.value, self.day), strict=True)
        ):
            field.setMinimumHeight(sizes().control)
            label = PlainLabel(text, role="muted")
            label.setBuddy(field)
            grid.addWidget(label, 0, column)
            grid.addWidget(field, 1, column)
        grid.setColumnStretch(3, 1)

    def show_claim(self, claim: ClaimWork) -> None:
        """Show what is typed; that asks for nothing."""
        with QSignalBlocker(self.measure), QSignalBlocker(self.value):
            self.measure.setCurrentIndex(self.measure.findData(claim.measure))
            if self.value.text() != claim.value:
                self.value.setText(claim.value)

    def show_days(self, first: np.datetime64, last: np.datetime64, day: np.datetime64) -> None:
        """Offer the days of a file, and show the chosen one; that asks for nothing."""
        with QSignalBlocker(self.day):
            self.day.setDateRange(_qdate(first), _qdate(last))
            self.day.setDate(_qdate(day))


class ClaimFigure(QWidget):
    """A figure in large letters below what it is of, with a tick where it is the better one."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.name = PlainLabel(name, role="muted")
        self.value = PlainLabel(role="sentence")
        widest = QFontMetrics(words(sizes().sentence, bold=True)).horizontalAdvance(_WIDEST)
        self.value.setMinimumWidth(widest)  # another figure moves nothing
        self.mark = BestMark()
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.addWidget(self.name, 0, 0, 1, 2)
        grid.addWidget(self.value, 1, 0)
        grid.addWidget(self.mark, 1, 1, Qt.AlignmentFlag.AlignVCenter)

    def show_figure(self, text: str, *, best: bool) -> None:
        """Show a figure, or that there is none yet."""
        self.value.setText(text)
        self.mark.best = best
        self.mark.update()
        said = self.tr("{0}: {1}, better") if best else self.tr("{0}: {1}")
        self.setAccessibleName(language.filled(said, self.name.text(), text))


class ClaimPage(NumbersPage):
    """A claim that is typed or taken from a paper, and what it is worth on the file's days."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("Check a claim"), parent)
        self.form = ClaimForm()
        self.claimed = ClaimFigure(self.tr("claimed"))
        self.persistence = ClaimFigure(self.tr("tomorrow = today"))
        self.result = WrappedLabel()
        self.result.setMargin(sizes().half_gap)
        self.examples = [self._example_button(claim) for claim in published_claims()]
        self._drawn: object = None
        for_pictures(self.claimed, self.persistence, self.result)
        self.build([self._thing()])
        self.setFocusProxy(self.examples[0])
        self.form.measure.activated.connect(self._type)
        self.form.value.textEdited.connect(self._type)
        self.form.day.dateChanged.connect(self._type)

    def draw(self, state: StocksState) -> None:
        """Show the claim and what it comes to."""
        self.form.show_claim(state.claim)
        table, day = claimed_table(state), claimed_day(state)
        self.form.day.setEnabled(table is not None)
        if table is not None and day is not None:
            self.form.show_days(table.dates[min(1, table.rows - 1)], table.dates[-1], day)
        for claim, button in zip(published_claims(), self.examples, strict=True):
            typed = (state.claim.measure, state.claim.value)
            button.setChecked(typed == (claim.measure, _typed(claim)))
        if (state.claim, table, day) != self._drawn:
            self._drawn = state.claim, table, day
            self._check(state)

    def numbers(self, state: StocksState) -> tuple[Sequence[str], Sequence[TableLine]]:
        """A line for each published claim, beside the file's days."""
        titles = [
            self.tr("paper"),
            self.tr("source"),
            self.tr("share"),
            self.tr("measure"),
            self.tr("claimed"),
            self.tr("tomorrow = today, here"),
            self.tr("the claim is better"),
        ]
        return titles, [self._line(claim, found) for claim, found in checked_examples(state)]

    def keys(self) -> Sequence[PageKey]:
        """The table, and the published claims by their numbers."""
        says = self.tr("Check the published claim of that number.")
        keys = enumerate(self.examples, start=1)
        return [
            *super().keys(),
            *(PageKey((f"{number}",), says, button.click) for number, button in keys),
            PageKey(("PgDown", "N"), self.tr("The next published claim."), partial(self._go, 1)),
            PageKey(("PgUp",), self.tr("The published claim before."), partial(self._go, -1)),
        ]

    def _check(self, state: StocksState) -> None:
        """Hold the claim beside what needs no network, and say what comes of it."""
        role = "error"
        try:
            found = checked_claim(state)
        except UserError as error:
            found = None
            self.say(self.tr("This claim cannot be checked."))
            self.result.setText(language.capitalized(error.message))
        else:
            role = ""
            self.say(self._headline(found))
            self.result.setText(
                self._unchecked(state) if found is None else language.text(found.sentence)
            )
        self.result.setProperty("role", role or None)
        self.result.style().unpolish(self.result)
        self.result.style().polish(self.result)
        self._show_figures(state, found)

    def _show_figures(self, state: StocksState, found: ClaimCheck | None) -> None:
        is_direction = state.claim.measure == "direction"
        without = (
            self.tr("a coin, or the usual way") if is_direction else self.tr("tomorrow = today")
        )
        self.persistence.name.setText(without)
        if found is None:
            self.claimed.show_figure("?", best=False)
            self.persistence.show_figure("?", best=False)
            return
        measure = MEASURES[found.measure]
        said = [language.text(measure.figure(each)) for each in (found.claim, found.persistence)]
        self.claimed.show_figure(said[0], best=found.beats)
        self.persistence.show_figure(said[1], best=measure.beats(found.persistence, found.claim))

    def _headline(self, found: ClaimCheck | None) -> str:
        if found is None:
            return self.tr("What is a claimed figure worth?")
        if found.beats:
            return self.tr("On these days the claim would be better than no network at all.")
        return self.tr("On these days no network is needed for this claim.")

    def _unchecked(self, state: StocksState) -> str:
        table = claimed_table(state)
        if table is None:
            return self.tr("There are no prices yet; open a file.")
        return language.filled(
            self.tr(
                "Type a figure that somebody claims, or choose a published one: it is held beside "
                "“tomorrow = today” on the days of {0} from the first day on."
            ),
            table.source,
        )

    def _thing(self) -> QWidget:
        """Form, figures and sentence above the published claims."""
        thing = QWidget()
        grid = QGridLayout(thing)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(3 * sizes().gap)
        grid.setVerticalSpacing(sizes().gap)
        grid.addWidget(self.form, 0, 0, 1, 3)
        grid.addWidget(self.claimed, 1, 0)
        grid.addWidget(self.persistence, 1, 1)
        grid.addWidget(self.result, 2, 0, 1, 3)
        heading = PlainLabel(
            self.tr("Published claims, held beside the days of this file and not their own"),
            role="heading",
        )
        grid.addWidget(heading, 3, 0, 1, 3)
        grid.addWidget(self._examples(), 4, 0, 1, 3)
        grid.setColumnStretch(2, 1)
        grid.setRowStretch(5, 1)
        return thing

    def _examples(self) -> QWidget:
        """A button for each published claim, beside where it stands."""
        rows = QWidget()
        grid = QGridLayout(rows)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(2 * sizes().gap)
        for row, (claim, button) in enumerate(zip(published_claims(), self.examples, strict=True)):
            where = PlainLabel(wrap=True)
            where.setText(f"{claim.title}\n{claim.source}")
            where.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            where.setToolTip(claim.url)
            grid.addWidget(button, row, 0)
            grid.addWidget(where, row, 1)
        grid.setColumnStretch(1, 1)
        return rows

    def _example_button(self, claim: PublishedClaim) -> QPushButton:
        text = language.text(
            Message(
                "{share}: {label} {figure}",
                {
                    "share": claim.share,
                    "label": MEASURES[claim.measure].label,
                    "figure": MEASURES[claim.measure].figure(claim.value),
                },
            )
        )
        button = QPushButton(text)
        button.setCheckable(True)
        button.setMinimumHeight(sizes().control)
        button.setAccessibleName(text)
        button.setAccessibleDescription(f"{claim.title}, {claim.source}")
        button.clicked.connect(partial(self._choose, claim))
        return button

    def _line(self, claim: PublishedClaim, found: ClaimCheck | None) -> TableLine:
        measure = MEASURES[claim.measure]
        label = language.text(measure.label)
        here, better = "", ""
        if found is not None:
            here = language.text(measure.figure(found.persistence))
            better = self.tr("yes") if found.beats else self.tr("no")
        cells = [
            *(TableCell(text, text) for text in (claim.title, claim.source, claim.share, label)),
            TableCell(language.text(measure.figure(claim.value)), claim.value),
            TableCell(here, None if found is None else found.persistence),
            TableCell(better, better),
        ]
        return TableLine(claim.title, tuple(cells))

    @Slot(PublishedClaim)
    def _choose(self, claim: PublishedClaim, _checked: bool = True) -> None:
        if self.state is not None:
            chosen = replace(self.state.claim, measure=claim.measure, value=_typed(claim))
            self.asked.emit(ClaimTyped(chosen))

    def _go(self, by: int) -> None:
        """Check the claim after or before the chosen one; the first where none is."""
        chosen = [place for place, button in enumerate(self.examples) if button.isChecked()]
        place = chosen[0] + by if chosen else 0
        if 0 <= place < len(self.examples):
            self.examples[place].click()

    @Slot()
    def _type(self) -> None:
        """Ask for what is typed now; the day only once it was chosen."""
        if self.state is None:
            return
        chosen, shown = self.form.day.date(), claimed_day(self.state)
        day = self.state.claim.day
        if shown is not None and chosen != _qdate(shown):
            day = chosen.toString(Qt.DateFormat.ISODate)
        measure = self.form.measure.currentData()
        self.asked.emit(ClaimTyped(ClaimWork(measure, self.form.value.text(), day)))


def _typed(claim: PublishedClaim) -> str:
    return language.number(NumberText(f"{claim.value:g}"))


def _qdate(day: np.datetime64) -> QDate:
    plain: date = day.astype("datetime64[D]").item()
    return QDate(plain.year, plain.month, plain.day)
