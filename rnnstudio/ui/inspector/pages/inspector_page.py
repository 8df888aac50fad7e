"""What the inspector's pages share: a frame, a table of their numbers, and a question."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QApplication, QStackedWidget, QVBoxLayout, QWidget

from rnnstudio.core import language
from rnnstudio.core.cells.misconceptions import explained, question_number
from rnnstudio.core.cells.prediction import GuessChoice
from rnnstudio.core.messages import Message
from rnnstudio.ui.inspector.cell.predict_bar import PredictBar
from rnnstudio.ui.inspector.events import (
    AnswerRevealed,
    Event,
    HandsCounted,
    OperationStepped,
    QuestionChosen,
)
from rnnstudio.ui.inspector.notice_view import NoticeView
from rnnstudio.ui.inspector.pages.page_look import PageLook
from rnnstudio.ui.inspector.state import InspectorState
from rnnstudio.ui.theme.tokens import scaled, sizes, theme
from rnnstudio.ui.widgets.chart_picture import CAPTION
from rnnstudio.ui.widgets.key_button import Face, KeyButton
from rnnstudio.ui.widgets.labelled_chart import LabelledChart
from rnnstudio.ui.widgets.page_frame import PageFrame, bar_of
from rnnstudio.ui.widgets.page_keys import PageKey, is_typed_in, press
from rnnstudio.ui.widgets.repaint import Repainter
from rnnstudio.ui.widgets.sort_table import SortTable, TableCell, TableLine, with_table
from rnnstudio.ui.widgets.view_picture import ViewPicture

_WORDS_FROM = 1000
"""A page that is so wide has words on all buttons; beside text of its usual size."""


class InspectorPage(PageFrame):
    """Shows the state when it is in sight. ``asked(event)``: what the user wants.

    A subclass gives its thing to ``build``, draws the state in ``draw``, and its numbers in
    ``numbers``. ``own_numbers``: what it shows is computed from settings of its own, not from the
    scene. ``question_key`` is the ready question that it can ask; empty: none.
    """

    asked = Signal(object)
    own_numbers = False
    question_key = ""

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("The cell"), title, parent)
        self.state: InspectorState | None = None
        self.notice = NoticeView()
        self.add_corner(self.notice)
        self.predict: PredictBar | None = None
        """The question, as long as it is before the class."""
        self.table = SortTable()
        self.table.setAccessibleName(language.filled(self.tr("Table: {0}"), title))
        self.table.horizontalHeader().setStretchLastSection(False)  # numbers stay side by side
        self.table_button = KeyButton(Face("grid", self.tr("Table"), "T"))
        self.table_button.setCheckable(True)
        self.table_button.toggled.connect(self._turn_table)
        self._repainter = Repainter[InspectorState](self._show, self)
        self._sides = QStackedWidget()
        self._was_asked, self._was_revealed, self._is_late = False, False, False

    def draw(self, state: InspectorState) -> None:
        """Show what of the state this page is about."""
        raise NotImplementedError

    def numbers(self, state: InspectorState) -> tuple[Sequence[str], Sequence[TableLine]]:
        """The titles of the table, and its lines."""
        raise NotImplementedError

    def picture(self, name: str) -> ViewPicture:
        """What a picture of the page may have, in a file of that name."""
        state, in_sight = self.state, self.table.isVisibleTo(self)
        view = super().picture(name)
        return view if state is None else with_table(view, lambda: self.numbers(state), in_sight)

    def build(self, things: Sequence[QWidget], controls: Sequence[QWidget | None]) -> None:
        """Put the things below the sentence (the first takes all room left), controls below all."""
        column = QWidget()
        layout = QVBoxLayout(column)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(sizes().gap)
        for place, thing in enumerate(things):
            layout.addWidget(thing, stretch=0 if place else 1)
        self._sides.addWidget(column)
        self._sides.addWidget(self.table)
        self.set_thing(self._sides)
        self.set_bar(bar_of(*controls))
        self.setFocusProxy(things[0])

    def current_look(self) -> PageLook:
        """How the page is looked at now."""
        chart = self.chart()
        return PageLook(
            None if chart is None else chart.place,
            self.choices(),
            self.table_button.isChecked(),
            self._was_asked,
            self._was_revealed,
        )

    def show_look(self, look: PageLook) -> None:
        """Look at the page in that way from the first state on."""
        self._was_asked, self._was_revealed = look.asked, look.revealed
        chart = self.chart()
        if chart is not None:
            chart.place = look.place
        self.show_choices(look.choices)
        self.table_button.setChecked(look.table)

    def choices(self) -> tuple[Any, ...]:
        """What was chosen on the page and is nowhere else."""
        return ()

    def show_choices(self, choices: tuple[Any, ...]) -> None:
        """Choose that again."""

    def is_covered(self, state: InspectorState) -> bool:
        """Whether the answer may not be seen yet: it is asked for, or will be in a lecture."""
        if self.is_asking:
            return not state.votes.revealed
        return theme().in_class and not self._was_revealed

    def show_state(self, state: InspectorState) -> None:
        """Show the state, at once or, where that costs a while, when the next frame is due."""
        self.state = state
        self._show_question(state)
        self.notice.show_state(state)
        if not self.isVisible():
            return
        if self.own_numbers and not self._is_late:
            self._repainter.put(state)
        else:
            self._is_late = False
            self._show(state)

    def flush(self) -> None:
        """Draw what is waiting at once."""
        self._repainter.flush()

    def go_on(self, by: int) -> bool:
        """Go on by one in a lecture (back if -1): ask, reveal; False: there is nothing more here.

        What was asked once is not asked again.
        """
        if self.is_asking:
            if by > 0 and self.state is not None and not self.state.votes.revealed:
                self.reveal()
                return True
            self.asked.emit(QuestionChosen(0))
            return by < 0
        if by > 0 and self.question_key and not self._was_asked:
            self.guess()
            return True
        return False

    @property
    def is_asking(self) -> bool:
        """Whether the page's own question is before the class."""
        question = None if self.state is None else self.state.question
        return question is not None and question.key == self.question_key

    @Slot()
    def guess(self) -> None:
        """Ask the page's question."""
        if self.question_key and not self.is_asking:
            self._was_asked = True
            self.asked.emit(QuestionChosen(question_number(self.question_key)))

    def reveal(self) -> None:
        """Show the answer to the page's question, and what was covered."""
        self._was_revealed = True
        self.asked.emit(AnswerRevealed())

    def close_topmost(self) -> bool:
        """Close what lies over the page: its table, then its question; whether there was one."""
        if self.table_button.isChecked():
            self.table_button.setChecked(False)
        elif self.is_asking and self.question_key:
            self.asked.emit(QuestionChosen(0))
        else:
            return False
        return True

    def seen(self, key: str) -> Message:
        """The answer to a question, in a sentence."""
        return explained(key).sentence

    def after_answer(self) -> None:
        """Go on from an answer: without a question."""
        self.asked.emit(QuestionChosen(0))

    def chart(self) -> LabelledChart | None:
        """The chart whose place the arrow keys move; None: there is none."""
        return None

    def keys(self) -> Sequence[PageKey]:
        """The keys that hold on this page now."""
        table = self.tr("The numbers in a table, or the chart again.")
        keys = [PageKey(("T",), table, self._toggle_table)]
        if self.question_key and not self.is_asking:
            keys.append(PageKey(("G",), self.tr("Guess before it is shown."), self.guess))
        if self.is_asking:
            keys += self.question_keys()
        chart = self.chart()
        return keys if chart is None or self.table.isVisible() else [*keys, *chart.keys()]

    def question_keys(self) -> Sequence[PageKey]:
        """The keys of a question: count a hand, take one back, reveal."""
        question = None if self.state is None else self.state.question
        places = range(0 if question is None else len(question.choices))
        count = self.tr("Choose, or count a hand for the choice of that number.")
        less = self.tr("Take back a hand for the choice of that number.")
        return [
            *(PageKey((f"{at + 1}",), count, partial(self._count, at, 1)) for at in places),
            *(PageKey((f"Shift+{at + 1}",), less, partial(self._count, at, -1)) for at in places),
            PageKey(("Return", "Enter"), self.tr("Reveal the answer, then go on."), self._press),
        ]

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keys that what has the focus does not take."""
        if is_typed_in(QApplication.focusWidget()) or not press(self.keys(), event):
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show buttons of the bar as icons where there is little room."""
        for button in self.compact_buttons():
            button.set_shape(compact=self.width() < scaled(_WORDS_FROM))
        super().resizeEvent(event)

    def compact_buttons(self) -> Sequence[KeyButton]:
        """The buttons whose icons say enough."""
        return (self.table_button,)

    def showEvent(self, event: QShowEvent) -> None:
        """Nothing is computed before it is seen."""
        super().showEvent(event)
        if self.state is None:
            self._is_late = True
        else:
            self._show(self.state)

    def _show(self, state: InspectorState) -> None:
        self.draw(state)
        if self.table_button.isChecked():
            self.table.show_lines(*self.numbers(state))

    def _show_question(self, state: InspectorState) -> None:
        question = state.question
        asking = question is not None and self.is_asking
        if question is not None and asking:
            seen = self.seen(question.key) if state.votes.revealed else question.text
            choices = [GuessChoice(choice) for choice in question.choices]
            self._predict_bar().show_question(
                question.text, choices, state.votes.fitted(len(choices)), question.right, seen
            )
        elif self.predict is not None:
            # Not hidden: a picture of the page would leave its button unpainted from then on.
            focused = self.predict.isAncestorOf(QApplication.focusWidget() or self)
            self.predict.setParent(None)
            self.predict.deleteLater()
            self.predict = None
            self.set_bar_visible(True)
            if focused:
                self.setFocus()

    def _predict_bar(self) -> PredictBar:
        """The bar of the question, in the place of the page's own."""
        if self.predict is None:
            self.predict = PredictBar()
            self.predict.asked.connect(self._answer)
            self.predict.sentence.setProperty(CAPTION, True)
            self.add_below(self.predict)
            self.predict.show()
            self.set_bar_visible(False)
        return self.predict

    def _press(self) -> None:
        """Reveal, or go on."""
        if self.predict is not None:
            self.predict.button.click()

    def _answer(self, event: Event) -> None:
        """What the bar of the question asks for: to go on from an answer takes it away."""
        match event:
            case AnswerRevealed():
                self.reveal()
            case OperationStepped():
                self.after_answer()
            case _:
                self.asked.emit(event)

    def _count(self, choice: int, by: int) -> None:
        self.asked.emit(HandsCounted(choice, by))

    @Slot()
    def _toggle_table(self) -> None:
        self.table_button.toggle()

    @Slot(bool)
    def _turn_table(self, shown: bool) -> None:
        self._sides.setCurrentIndex(int(shown))
        if shown and self.state is not None:
            self.table.show_lines(*self.numbers(self.state))


def number_cell(value: float, text: str) -> TableCell:
    """A number in a table, sorted by its value."""
    return TableCell(text, value)


def name_cell(text: str) -> TableCell:
    """A word in a table, sorted as such."""
    return TableCell(text, text)
