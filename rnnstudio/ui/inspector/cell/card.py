"""The card at the box: words, what is to be seen, the formula, and the numbers put in."""

from __future__ import annotations

from collections.abc import Collection
from math import ceil

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Signal
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from rnnstudio.core.cells.symbols import Notation
from rnnstudio.core.cells.table import Operation
from rnnstudio.core.cells.typeset import to_latex
from rnnstudio.ui.inspector.cell.card_words import (
    further_page,
    heading_text,
    seen_text,
    short_heading_text,
)
from rnnstudio.ui.inspector.cell.numbers_grid import NumbersGrid
from rnnstudio.ui.inspector.cell.scaled_frame import ScaledFrame
from rnnstudio.ui.inspector.cell.squash_curve import SQUASHED, SquashCurve
from rnnstudio.ui.inspector.gate_hues import gate_hue
from rnnstudio.ui.inspector.state import InspectorState
from rnnstudio.ui.theme.fonts import words
from rnnstudio.ui.theme.pens import pen
from rnnstudio.ui.widgets.formula_label import FormulaLabel
from rnnstudio.ui.widgets.labels import PlainLabel
from rnnstudio.ui.widgets.link_button import LinkButton

_BORDER = 2.0
_USUAL_HEIGHT = 21
"""Steps of spacing that it is high, unless it needs more or has less."""
_LEAST_FORMULA = 0.6
"""How much smaller a formula is drawn where there is little room."""
_ROWS_WANTED = 2
"""Before there are fewer rows of numbers than these, a formula is drawn smaller."""


class Card(ScaledFrame):
    """Everything about the current operation, in the room that it is given.

    ``asked(event)``: what the user wants. ``link_chosen(name)``: all "terms", the "code", or the
    page that shows more: "gates", "sums" or "flow".
    """

    asked = Signal(object)
    link_chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._state: InspectorState | None = None
        self._written: tuple[Operation, Notation] | None = None
        self._drawn = QRectF()
        self._left_out: frozenset[str] = frozenset()
        self.compact = False
        """Whether only words and formula are shown: numbers may not be seen, or have no room."""
        self.heading, self.seen = (
            PlainLabel(parent=self, wrap=True),
            PlainLabel(parent=self, wrap=True),
        )
        self.formula, self.curve = FormulaLabel(self), SquashCurve(self)
        self.numbers = NumbersGrid(self)
        self.links = {name: LinkButton("", self) for name in ("terms", "code", "more")}
        self.links["terms"].setText(self.tr("All terms"))
        self.links["code"].setText(self.tr("NumPy"))
        self._pages = {
            "gates": self.tr("Gates over time"),
            "sums": self.tr("Sums over time"),
            "flow": self.tr("Gradient flow"),
        }
        self._more = ""
        self._dress()
        self.numbers.asked.connect(self.asked)
        self.formula.loaded.connect(self._arrange)
        for name, link in self.links.items():
            link.clicked.connect(lambda _checked=False, name=name: self._follow(name))

    @property
    def frame(self) -> QRectF:
        """What is drawn of the card, in its own pixels: it may be lower than its room."""
        height = self._compact_height()
        if not self.compact:
            parts = (self.seen, self.formula, self.numbers)
            lowest = max(part.geometry().bottom() for part in parts if not part.isHidden())
            below = self.height() - self._inner().bottom()
            usual = 0 if self._left_out else round(_USUAL_HEIGHT * self._sizes.gap)
            height = max(lowest + below, usual)
        return QRectF(0, 0, self.width(), min(height, self.height()))

    def show_state(self, state: InspectorState) -> None:
        """Show the current operation and the chosen entry of its result."""
        self._state = state
        written = state.operation, state.cursor.notation
        if written != self._written:
            self._written = written
            operation = state.operation
            latex = to_latex(*written)
            self.formula.show_formula(latex, f"{operation.name} = {operation.formula}")
        self._more = further_page(state)
        self.links["more"].setText(self._pages.get(self._more, ""))
        self._arrange()

    def leave_out(self, parts: Collection[str]) -> None:
        """Do without "formula" or "numbers" from now on, or show everything again."""
        self._left_out = frozenset(parts)
        self.formula.setVisible("formula" not in parts)
        self._arrange()

    def paintEvent(self, _: QPaintEvent) -> None:
        """The ground, with a border in the colour of what is chosen."""
        with QPainter(self) as painter:
            self._paint_ground(painter, self.frame, pen("you", _BORDER))

    def _dress(self) -> None:
        """Write everything in the sizes that hold now."""
        scale = self._sizes
        self.seen.setFont(words(scale.text))
        self.formula.set_pixels(scale.formula)
        self.numbers.set_sizes(scale)
        self.curve.set_sizes(scale)
        self.setStyleSheet(f"QPushButton {{ font-size: {scale.label}px; }}")

    def _arrange(self) -> None:
        """Show what there is room for."""
        state = self._state
        if state is None:
            return
        whole = not state.concealed and self._fit_words(state)
        self.compact = not whole
        self.seen.setVisible(whole)
        if whole:
            self._arrange_whole(state)
        else:
            self.seen.clear()
            self.heading.setText(short_heading_text(state))
            self._arrange_compact(concealed=state.concealed)
        self.setAccessibleName(self.heading.text())
        self.setAccessibleDescription(self.seen.text())
        if (frame := self.frame) != self._drawn:
            self._drawn = frame
            self.update()

    def _fit_words(self, state: InspectorState) -> bool:
        """Write what there is room for above a formula and a row of numbers, or above a formula.

        False where there is no room for that.
        """
        inner = self._inner()
        formula = round(_LEAST_FORMULA * self.formula.sizeHint().height())
        self.heading.setFont(words(self._sizes.heading, bold=True))
        self.seen.setText(seen_text(state))
        height = 0
        for text, below in (
            (heading_text(state), formula + self.numbers.height_of(1)),
            (short_heading_text(state), formula + self.numbers.height_of(1)),
            (short_heading_text(state), formula),
        ):
            self.heading.setText(text)
            heading = max(self.heading.heightForWidth(inner.width()), self._sizes.target)
            height = heading + self.seen.heightForWidth(inner.width()) + below
            if height <= inner.height():
                return True
        return False

    def _arrange_compact(self, *, concealed: bool) -> None:
        """Words at the left, the formula at the right of them, and nothing of the numbers.

        Links follow where there is room for them, and where no value is asked for.
        """
        self.numbers.clear()
        self.curve.clear()
        for widget in (self.numbers, self.curve, *self.links.values()):
            widget.hide()
        self.heading.setFont(words(self._sizes.heading, bold=True))
        gap, edge = 3 * self._sizes.gap, round(_BORDER)
        height = min(self._compact_height(), self.height())
        inner = QRect(0, 0, self.width(), height).adjusted(*self._sides())
        wanted = self.formula.sizeHint().height()
        formula = self.formula.width_in(wanted)
        needed = inner.width() // 2 if formula is None else ceil(formula)
        taken = self._heading_width() + gap + round(_LEAST_FORMULA * needed)
        if not concealed and taken + self._links_width() <= inner.width():
            self._place_links((height - self._sizes.target) // 2)
            inner.setWidth(inner.width() - self._links_width())
        width = min(self._heading_width(), max(inner.width() - gap - needed, inner.width() // 2))
        for pixels in (self._sizes.heading, self._sizes.text, self._sizes.label):
            self.heading.setFont(words(pixels, bold=True))
            if self.heading.heightForWidth(width) <= height - 2 * edge:
                break
        self.heading.setGeometry(inner.left(), edge, width, height - 2 * edge)
        left = inner.left() + width + gap
        if formula is not None:
            left = max(left, inner.right() - needed)
        self.formula.setGeometry(left, (height - wanted) // 2, inner.right() + 1 - left, wanted)

    def _arrange_whole(self, state: InspectorState) -> None:
        """Words, the sentence, the formula, the numbers, the curve beside them, and the links.

        Where one line does not hold words and links, the links stand further down, or words take
        more lines; where neither has room, there are no links.
        """
        inner, width = self._inner(), self._links_width()
        if self._heading_width() + width <= inner.width():
            self._place_parts(state, inner, width)
            self._place_links(inner.top())
            return
        self._place_parts(state, inner, 0)
        top = self._free_place(inner, width)
        numbers = self.numbers.isHidden()
        if top is None:
            self._place_parts(state, inner, width)
            top = inner.top()
        if self._overflows(inner) or self.numbers.isHidden() is not numbers:
            self._place_parts(state, inner, 0)
            top = None
        self._place_links(top)

    def _overflows(self, inner: QRect) -> bool:
        parts = (self.heading, self.seen, self.formula)
        return any(part.geometry().bottom() > inner.bottom() for part in parts)

    def _free_place(self, inner: QRect, width: int) -> int | None:
        """Where links of that width have room at the right edge: beside the numbers or the formula.

        None where they have none.
        """
        numbers, formula = self.numbers.geometry(), self.formula.geometry()
        beside_numbers = self.curve.isHidden() and not numbers.isEmpty()
        if beside_numbers and numbers.right() + width <= inner.right():
            return numbers.bottom() + 1 - self._sizes.target
        needed, lower = (
            self.formula.width_in(formula.height()),
            formula.height() - self._sizes.target,
        )
        if needed is None or lower < 0 or formula.left() + needed + width > formula.right():
            return None
        self.formula.resize(formula.width() - width, formula.height())
        return formula.top() + lower // 2

    def _place_parts(self, state: InspectorState, inner: QRect, beside_heading: int) -> None:
        """Put everything but the links below each other; a formula gives way to numbers."""
        width = inner.width() - beside_heading
        height = max(self.heading.heightForWidth(width), self._sizes.target)
        self.heading.setGeometry(inner.left(), inner.top(), width, height)
        top = inner.top() + height
        height = self.seen.heightForWidth(inner.width())
        self.seen.setGeometry(inner.left(), top, inner.width(), height)
        top += height
        beside = QRect(QPoint(inner.left(), top + self._sizes.half_gap), inner.bottomRight())
        wanted = 0 if "formula" in self._left_out else self.formula.sizeHint().height()
        least = round(_LEAST_FORMULA * wanted)
        room = inner.bottom() + 1 - top
        lefts = [room - self.numbers.height_of(rows) for rows in range(1, _ROWS_WANTED + 1)]
        fitting = [left for left in lefts[: len(state.result)] if left >= least]
        height = min(wanted, fitting[-1] if fitting else least)
        formula = QRect(inner.left(), top, inner.width(), height)
        self._place_numbers(state, QRect(QPoint(inner.left(), top + height), inner.bottomRight()))
        formula.setWidth(formula.width() - self._place_curve(state, beside))
        self.formula.setGeometry(formula)

    def _place_numbers(self, state: InspectorState, room: QRect) -> None:
        """Put the numbers of as many rows as there is room for; none where there is none."""
        room.setLeft(room.left() - self.numbers.overhang)
        fits = "numbers" not in self._left_out and room.height() >= self.numbers.height_of(1)
        self.numbers.setVisible(fits)
        if fits:
            self.numbers.show_state(state, room.size())
            self.numbers.setGeometry(QRect(room.topLeft(), self.numbers.sizeHint()))
        else:
            self.numbers.clear()
            self.numbers.setGeometry(QRect(room.topLeft(), QSize(0, 0)))

    def _place_curve(self, state: InspectorState, room: QRect) -> int:
        """Put the curve, where a function is squashed, beside the numbers; the width it takes."""
        table = self.numbers.table
        size, gap = self.curve.sizeHint(), 2 * self._sizes.gap
        room.setLeft(self.numbers.geometry().right() + gap)
        fits = room.width() >= size.width() and room.height() >= size.height()
        if table is None or table.function not in SQUASHED or not fits:
            self.curve.clear()
            self.curve.hide()
            return 0
        hue = gate_hue(state.trace.cell, state.operation.name)
        self.curve.show_point(table.function, table.inner, table.value, hue)
        height = min(room.height(), 2 * size.height())
        self.curve.setGeometry(room.right() + 1 - size.width(), room.top(), size.width(), height)
        self.curve.show()
        return size.width() + gap

    def _links_width(self) -> int:
        """The width of the links, and of the space before each."""
        links = [link for link in self.links.values() if link.text()]
        return sum(link.sizeHint().width() + 2 * self._sizes.gap for link in links)

    def _place_links(self, top: int | None) -> None:
        """Put the links that lead anywhere at the right edge; None: nowhere."""
        right = self._inner().right() + 1
        for link in reversed(self.links.values()):
            link.setVisible(top is not None and bool(link.text()))
            if top is not None and link.text():
                size = link.sizeHint()
                link.setGeometry(right - size.width(), top, size.width(), size.height())
                right -= size.width() + 2 * self._sizes.gap

    def _inner(self) -> QRect:
        """The card without the space at its edges."""
        down = round(0.75 * self._sizes.gap)
        return self.rect().adjusted(*self._sides()).adjusted(0, down, 0, -down)

    def _sides(self) -> tuple[int, int, int, int]:
        """The space at the left and right edge, as it is added to a rectangle."""
        across = round(2.5 * self._sizes.gap)
        return across, 0, -across, 0

    def _heading_width(self) -> int:
        """The width of the words in one line."""
        metrics = QFontMetricsF(self.heading.font())
        return ceil(metrics.horizontalAdvance(self.heading.text())) + 2

    def _compact_height(self) -> int:
        return self.formula.sizeHint().height() + 2 * self._sizes.gap

    def _follow(self, name: str) -> None:
        self.link_chosen.emit(self._more if name == "more" else name)


if __name__ == "__main__":
    from rnnstudio.ui.inspector.example import example_state
    from rnnstudio.ui.widgets.preview import preview

    preview(Card, example_state())
