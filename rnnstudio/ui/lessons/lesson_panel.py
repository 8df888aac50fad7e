"""What a lesson says and asks, beside the live studio; in front of a class below it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from html import escape

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from rnnstudio.core import language
from rnnstudio.core.lessons.lesson import Words
from rnnstudio.ui.lessons.answer_button import AnswerButton
from rnnstudio.ui.lessons.lesson_state import LessonState
from rnnstudio.ui.theme.icons import icon
from rnnstudio.ui.theme.pens import pen
from rnnstudio.ui.theme.tokens import colour, scaled, sizes, theme
from rnnstudio.ui.widgets.key_button import Face, KeyButton
from rnnstudio.ui.widgets.labels import PlainLabel, RichLabel, WrappedLabel

_WIDTH, _NARROW = 396, 324
"""In pixels beside text of its usual size: beside the cell, and beside the other tabs, whose names
and charts need more room."""
_STUDIO, _LEAST = 676, 280
"""A narrower studio scrolls sideways; a narrower panel breaks its words too often."""
_CLASS_SHARE = 0.42
"""Of the window's height, at most, in front of a class."""


class LessonPanel(QFrame):
    """Shows one step: title, words, question, answers, and the way on."""

    chosen = Signal(int)
    """The place of the answer that was chosen, from 0."""
    went_on = Signal()
    went_back = Signal()
    next_wanted = Signal()
    """The lesson after this one, at the end."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "lesson")
        self.setAccessibleName(self.tr("Lesson"))
        self.place = PlainLabel(role="muted")
        self.dots = StepDots()
        self.title = WrappedLabel(role="heading" if theme().in_class else "sentence")
        self.words = RichLabel(wrap=True)
        self.question = WrappedLabel(role="heading")
        self.seen = RichLabel(wrap=True)
        self.answers: list[AnswerButton] = []
        self.on_button = KeyButton(Face(), "primary")
        self.on_button.clicked.connect(self.went_on)
        self.next_button = QPushButton(self.tr("Next lesson"))
        self.next_button.clicked.connect(self.next_wanted)
        self.hint = PlainLabel(role="muted", wrap=True)
        self.back_button = QPushButton(icon("chevron-left"), "")
        self.back_button.setIconSize(QSize(sizes().mark, sizes().mark))
        self.back_button.setToolTip(self.tr("Back (Page Up)"))
        self.back_button.setAccessibleName(self.tr("Back"))
        self.back_button.clicked.connect(self.went_back)
        self._state: LessonState | None = None
        self._window_height = 0
        self._lay_out()

    def show_state(
        self, state: LessonState, number: str, fill: Callable[[Words, bool], str]
    ) -> None:
        """Show where the class is.

        ``number`` says which lesson this is; ``fill(words, revealed)`` gives a text in the language
        that is spoken, with its numbers.
        """
        before, self._state = self._state, state
        step, question = state.current, state.question
        code = language.code()
        self.place.setText(number)
        self.dots.show_step(state.step, len(state.lesson.steps))
        if step is None:
            title, text = (
                language.filled(self.tr("That was “{0}”."), state.lesson.title[code]),
                self._end(),
            )
        else:
            title, text = fill(step.title, False), _html(fill(step.text, False))
        self.title.setText(title)
        self.words.setText(text)
        self.question.setVisible(question is not None)
        self.question.setText("" if question is None else fill(question.text, False))
        new = before is None or (before.step, before.lesson) != (state.step, state.lesson)
        if new or (before is not None and before.revealed and not state.revealed):
            self._build_answers(
                [fill(each.text, False) for each in question.answers] if question else []
            )
        for place, button in enumerate(self.answers):
            if not state.revealed:
                button.setChecked(place == state.chosen)
            elif question is not None:
                button.show_right(right=place == question.right)
        self.seen.setVisible(state.revealed)
        if state.revealed and question is not None:
            self.seen.setText(_html(fill(question.seen, True)))
        self._show_way_on(state)
        if theme().in_class:
            self._fit_height()
        if new:
            self._area.verticalScrollBar().setValue(0)
        elif state.revealed:
            self._area.ensureWidgetVisible(self.seen)

    def take_focus(self) -> None:
        """Give the focus to the way on."""
        self.on_button.setFocus()

    def fit(self, window: QSize) -> None:
        """Leave the studio its room in a window of that size."""
        self._window_height = window.height()
        if theme().in_class:
            self._fit_height()
        else:
            beside_cell = self._state is None or self._state.lesson.tab == "inspector"
            wide, least = scaled(_WIDTH if beside_cell else _NARROW), scaled(_LEAST)
            width = round(min(wide, max(least, window.width() - scaled(_STUDIO))))
            self.setFixedWidth(width)
            self._set_narrow(narrow=width < round(scaled(_NARROW)))

    def _set_narrow(self, *, narrow: bool) -> None:
        """Write the title smaller, and leave out the key of the way on."""
        self.on_button.set_shape(keyed=not narrow)
        self.title.setProperty("role", "heading" if narrow else "sentence")
        self.title.style().unpolish(self.title)
        self.title.style().polish(self.title)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In front of a class be as high as the words are in the new width."""
        super().resizeEvent(event)
        if theme().in_class and event.size().width() != event.oldSize().width():
            self._fit_height()

    def showEvent(self, event: QShowEvent) -> None:
        """In front of a class be as high as the words are, which had no height until now."""
        super().showEvent(event)
        if theme().in_class:
            self._fit_height()

    def _fit_height(self) -> None:
        """Be as high as the words are, as far as the studio keeps its room."""
        wanted = self._body.heightForWidth(self.width()) + self._bar.sizeHint().height()
        self.setFixedHeight(min(wanted, round(_CLASS_SHARE * self._window_height)))

    def _end(self) -> str:
        state = self._state
        if state is None:
            return ""
        asked = sum(step.question is not None for step in state.lesson.steps)
        text = (
            self.tr(
                "{0} of {1} questions were answered rightly. Your own work comes back as it was."
            )
            if state.lesson.tab == "inspector"
            else self.tr("{0} of {1} questions were answered rightly. What was trained stays here.")
        )
        return _html(language.filled(text, state.right, asked))

    def _show_way_on(self, state: LessonState) -> None:
        asking = state.question is not None and not state.revealed
        if state.over:
            verb, hint = self.tr("Leave the lesson"), ""
        elif asking and state.chosen is not None:
            verb, hint = self.tr("Reveal"), ""
        elif asking:
            verb, hint = self.tr("Continue"), self.tr("choose first, or go on")
        else:
            verb, hint = self.tr("Continue"), ""
        self.on_button.show_face(Face("", verb, self.tr("Space")))
        self.hint.setText(hint)
        self.next_button.setVisible(state.over)
        self.back_button.setEnabled(state.step > 0 or state.revealed)

    def _build_answers(self, texts: list[str]) -> None:
        for old in self.answers:
            self._answers.removeWidget(old)
            old.hide()
            old.deleteLater()
        self.answers = [AnswerButton(str(place + 1), text) for place, text in enumerate(texts)]
        for place, button in enumerate(self.answers):
            button.clicked.connect(partial(self.chosen.emit, place))
            self._answers.addWidget(button, stretch=1 if theme().in_class else 0)

    def _lay_out(self) -> None:
        across = theme().in_class
        gap = sizes().gap
        head = QHBoxLayout()
        head.addWidget(self.place)
        head.addStretch(1)
        head.addWidget(self.dots)
        left, right = QVBoxLayout(), QVBoxLayout()
        for column in (left, right):
            column.setSpacing(gap)
        left.addLayout(head)
        left.addWidget(self.title)
        left.addWidget(self.words)
        self._line = QFrame()
        self._line.setProperty("role", "line")
        self._line.setFixedHeight(sizes().half_gap // 4)
        if not across:
            left.addWidget(self._line)
        way = QBoxLayout.Direction
        self._answers = QBoxLayout(way.LeftToRight if across else way.TopToBottom)
        self._answers.setSpacing(gap)
        right.addWidget(self.question)
        right.addLayout(self._answers)
        right.addWidget(self.seen)
        for column in (left, right):
            column.addStretch(1)
        content = QWidget()
        content.setProperty("role", "sections")
        self._body = body = QBoxLayout(way.LeftToRight if across else way.TopToBottom, content)
        body.setContentsMargins(sizes().margin, 2 * gap, sizes().margin, gap)
        body.setSpacing(sizes().margin if across else gap)
        body.addLayout(left, stretch=2 if across else 0)
        body.addLayout(right, stretch=3)
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area.setWidget(content)
        self._bar = bar = QHBoxLayout()
        bar.setContentsMargins(sizes().margin, gap, sizes().margin, gap if across else 3 * gap)
        bar.setSpacing(gap)
        bar.addWidget(self.on_button)
        # Beside the studio there is no room for both ways on in one row.
        (bar if across else right).addWidget(self.next_button)
        bar.addWidget(self.hint, stretch=1)
        bar.addWidget(self.back_button)
        page = QVBoxLayout(self)
        page.setContentsMargins(0, 0, 0, 0)
        page.setSpacing(0)
        page.addWidget(self._area, stretch=1)
        page.addLayout(bar)


class StepDots(QWidget):
    """A dot a step: those behind filled, the one in sight longer, the others hollow."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._step, self._of = 0, 1

    def show_step(self, step: int, of: int) -> None:
        """Show step ``step``, from 0, of so many."""
        self._step, self._of = step, of
        shown = min(step + 1, of)
        self.setAccessibleName(language.filled(self.tr("Step {0} of {1}"), shown, of))
        self.setToolTip(self.accessibleName())
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Room for all dots."""
        side = sizes().gap
        return QSize(round(side * (1.6 * self._of + 2)), sizes().mark)

    def minimumSizeHint(self) -> QSize:
        """No smaller."""
        return self.sizeHint()

    def paintEvent(self, _: QPaintEvent) -> None:
        """The dots from left to right."""
        side = float(sizes().gap)
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            left, top = 1.0, (self.height() - side) / 2
            for place in range(self._of):
                width = side * (3 if place == self._step else 1)
                done = place <= self._step
                painter.setPen(pen("you" if done else "outline", 1))
                painter.setBrush(QColor(colour("you" if done else "panel")))
                painter.drawRoundedRect(QRectF(left, top, width, side), side / 2, side / 2)
                left += width + 0.6 * side


def _html(text: str) -> str:
    """Paragraphs and bold words, as a lesson writes them."""
    parts = escape(text).split("**")
    bold = "".join(f"<b>{part}</b>" if place % 2 else part for place, part in enumerate(parts))
    return "".join(f"<p>{each}</p>" for each in bold.split("\n\n"))
