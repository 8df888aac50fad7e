"""Which fault is injected? What the gradient check says, and the faults to choose from."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape

from PySide6.QtCore import QPoint, QRect, QRectF, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QPushButton, QWidget

from rnnstudio.core import language
from rnnstudio.ui.inspector.cell.fault_choice import FaultChoice, FaultFace
from rnnstudio.ui.inspector.cell.gradient_pills import GradientPills
from rnnstudio.ui.inspector.cell.scaled_frame import ScaledFrame
from rnnstudio.ui.inspector.events import CheckAsked, FaultGuessed
from rnnstudio.ui.inspector.state import InspectorState
from rnnstudio.ui.inspector.verdict_words import verdict_html
from rnnstudio.ui.theme.fonts import with_symbols, words
from rnnstudio.ui.theme.icons import judged, paint_icon
from rnnstudio.ui.theme.pens import pen
from rnnstudio.ui.theme.tokens import colour
from rnnstudio.ui.widgets.labels import PlainLabel, RichLabel


@dataclass(frozen=True)
class _Fit:
    """How much of the panel is shown, and in which letters.

    ``roomy``: choices as high as other buttons; ``agreeing``: the gradients that agree, too;
    ``pills``: any gradient; ``others``: the faults that the class did not choose once it has found
    the right one; ``choices``: any fault, and what is said of the guess.
    """

    roomy: bool = False
    agreeing: bool = True
    pills: bool = True
    small: bool = False
    others: bool = True
    choices: bool = True


_FITS = (
    _Fit(roomy=True),
    _Fit(),
    _Fit(agreeing=False),
    _Fit(agreeing=False, small=True),
    _Fit(pills=False, small=True),
    _Fit(pills=False, small=True, others=False),
    _Fit(pills=False, small=True, choices=False),
)
"""From all to the least, which is shown where there is no room for more."""


_USUAL_HEIGHT = 21
"""Steps of spacing that it is high, unless it needs more or has less."""


class FaultPanel(ScaledFrame):
    """``asked(event)``: check the gradients, or guess a fault."""

    asked = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._state: InspectorState | None = None
        self._lowest = 0
        self._passed, self._says_more = False, False
        self.question = PlainLabel(parent=self, wrap=True)
        self.outcome = PlainLabel(parent=self)
        self.pills = GradientPills(self)
        self.check = QPushButton(self.tr("Check the gradients"), self)
        self.choices: list[FaultChoice] = []
        self.verdict = RichLabel(parent=self, wrap=True)
        self.check.clicked.connect(lambda: self.asked.emit(CheckAsked()))
        self._dress()

    def show_state(self, state: InspectorState) -> None:
        """Show the question, what was checked, and what came of the last guess."""
        self._state = state
        hidden, fault = bool(state.fault_choices), state.scene.fault
        asks = self.tr("A fault is hidden in one row. Which?")
        self.question.setText(asks if hidden else self.tr("Is every gradient right?"))
        self._show_outcome(state)
        self._show_choices(state)
        hint = ""
        if fault is None:
            hint = self.tr("Plant a fault under Check, and let the class find it.")
        elif not hidden:
            hint = language.filled(self.tr("Injected: {0}."), escape(language.text(fault.meaning)))
        said = verdict_html(state) or hint
        self._says_more = bool(said)
        self.verdict.setText(with_symbols(said))
        self.setAccessibleName(self.question.text())
        self.setAccessibleDescription(self.outcome.text())
        self._arrange()

    def paintEvent(self, _: QPaintEvent) -> None:
        """A ground with a border."""
        with QPainter(self) as painter:
            height = min(self.height(), max(self._lowest, _USUAL_HEIGHT * self._sizes.gap))
            self._paint_ground(painter, QRectF(0, 0, self.width(), height), pen("hairline", 1))
            if not self.outcome.isHidden():
                side, beside = self._sizes.mark, self.outcome.geometry()
                top = beside.center().y() - side / 2
                mark = QRectF(beside.left() - side - self._sizes.half_gap, top, side, side)
                paint_icon(painter, mark, *judged(self._passed))

    def _show_outcome(self, state: InspectorState) -> None:
        checks = state.checks or ()
        agreeing = sum(check.agrees for check in checks)
        self._passed = agreeing == len(checks)
        text = language.filled(self.tr("{0} of {1} gradients agree"), agreeing, len(checks))
        if self._passed:
            text = language.filled(self.tr("All {0} gradients agree"), len(checks))
        self.outcome.setText(text if checks else self.tr("Not checked since the last change."))
        self.outcome.setStyleSheet(f"color: {colour('good' if self._passed else 'bad')};")
        self.outcome.setVisible(bool(checks))
        self.check.setVisible(not checks)

    def _show_choices(self, state: InspectorState) -> None:
        """A choice a fault, those made before are kept."""
        faults, verdict = state.fault_choices, state.verdict
        while len(self.choices) < len(faults):
            choice = FaultChoice(self)
            place = len(self.choices)
            choice.clicked.connect(lambda _checked=False, place=place: self.choose(place + 1))
            choice.set_sizes(self._sizes, self._sizes.text)
            self.choices.append(choice)
        for place, choice in enumerate(self.choices):
            choice.setVisible(place < len(faults))
        for number, (fault, choice) in enumerate(zip(faults, self.choices, strict=False), start=1):
            guessed = verdict is not None and verdict.fault == fault.key
            right = verdict.right if verdict is not None and guessed else None
            choice.show_face(FaultFace(str(number), language.text(fault.meaning), right))

    def choose(self, number: int) -> bool:
        """Guess the fault with that number, from 1 on; whether there is one."""
        faults = self._state.fault_choices if self._state is not None else ()
        if not 1 <= number <= len(faults):
            return False
        self.asked.emit(FaultGuessed(faults[number - 1].key))
        return True

    def _dress(self) -> None:
        """Write everything in the sizes that hold now."""
        scale = self._sizes
        self.outcome.setFont(words(scale.text, bold=True))
        self.verdict.setFont(words(scale.text))
        self.pills.set_sizes(scale)

    def _arrange(self) -> None:
        """Show as much as there is room for."""
        if self._state is None:
            return
        inner = self.rect().adjusted(*2 * (2 * self._sizes.gap,), *2 * (-2 * self._sizes.gap,))
        inner.adjust(0, -self._sizes.gap, 0, self._sizes.gap)
        for fit in _FITS:
            lowest = self._place(self._state, inner, fit)
            self._lowest = lowest + self._sizes.gap
            if lowest <= inner.bottom() + 1:
                break
        self.update()

    def _place(self, state: InspectorState, inner: QRect, fit: _Fit) -> int:
        """Put everything below each other; the lower edge of it all."""
        pixels = self._sizes.heading if fit.choices else self._sizes.text
        self.question.setFont(words(pixels, bold=True))
        top = self._place_head(inner) + self._sizes.half_gap
        self.pills.show_state(state, wrong_alone=not fit.agreeing)
        self.pills.setVisible(fit.pills and bool(self.pills.pills))
        if not self.pills.isHidden():
            height = self.pills.heightForWidth(inner.width())
            self.pills.setGeometry(inner.left(), top, inner.width(), height)
            top += height + self._sizes.gap
        top = self._place_choices(state, QRect(QPoint(inner.left(), top), inner.bottomRight()), fit)
        self.verdict.setVisible(self._says_more and fit.choices)
        height = 0 if self.verdict.isHidden() else self.verdict.heightForWidth(inner.width())
        self.verdict.setGeometry(inner.left(), top, inner.width(), height)
        return top + height

    def _place_head(self, inner: QRect) -> int:
        """The question, at its right what the check says or its button; else below it."""
        answer: QWidget = self.check if self.outcome.isHidden() else self.outcome
        mark = 0 if answer is self.check else self._sizes.mark + self._sizes.half_gap
        wanted = answer.sizeHint()
        question = self.question.fontMetrics().horizontalAdvance(self.question.text()) + 2
        needed = question + 2 * self._sizes.gap + mark + wanted.width()
        place = QRect(inner.topLeft(), wanted)
        if needed <= inner.width():
            height = max(self.question.heightForWidth(question), wanted.height())
            self.question.setGeometry(inner.left(), inner.top(), question, height)
            place.moveTopRight(inner.topRight())
            place.moveTop(inner.top() + (height - wanted.height()) // 2)
        else:
            height = self.question.heightForWidth(inner.width())
            self.question.setGeometry(inner.left(), inner.top(), inner.width(), height)
            place.moveTopLeft(inner.topLeft() + QPoint(mark, height))
            height += wanted.height()
        answer.setGeometry(place)
        return inner.top() + height

    def _place_choices(self, state: InspectorState, room: QRect, fit: _Fit) -> int:
        """Two choices a line; the lower edge of all."""
        found = state.verdict is not None and state.verdict.right and not fit.others
        known = self.choices[: len(state.fault_choices)]
        for choice in known:
            choice.setVisible(fit.choices and (not found or choice.face.right is not None))
        shown = [choice for choice in known if not choice.isHidden()]
        gap, top = self._sizes.gap, room.top()
        width = (room.width() - gap) // 2
        for first in range(0, len(shown), 2):
            pair = shown[first : first + 2]
            for choice in pair:
                choice.set_sizes(self._sizes, self._sizes.label if fit.small else self._sizes.text)
            least = self._sizes.control - self._sizes.quarter_gap if fit.roomy else 0
            height = max(least, *(choice.heightForWidth(width) for choice in pair))
            for place, choice in enumerate(pair):
                choice.setGeometry(room.left() + place * (width + gap), top, width, height)
            top += height + self._sizes.half_gap
        return top


if __name__ == "__main__":
    from rnnstudio.ui.inspector.example import example_state
    from rnnstudio.ui.widgets.preview import preview

    preview(FaultPanel, example_state())
