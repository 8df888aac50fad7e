"""The values of a step as pills: what is done, what is looked at, what is not yet."""

from __future__ import annotations

from enum import Enum

from PySide6.QtCore import QPoint, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QMenu, QSizePolicy, QWidget

from rnnstudio.core import language
from rnnstudio.core.cells.box_labels import spoken
from rnnstudio.core.cells.notation import symbol
from rnnstudio.core.cells.symbols import Symbol
from rnnstudio.core.messages import Message
from rnnstudio.ui.inspector.cell.row_runs import RowRun, pill_symbol, row_runs
from rnnstudio.ui.inspector.events import OperationChosen
from rnnstudio.ui.inspector.state import InspectorState
from rnnstudio.ui.theme.fonts import words
from rnnstudio.ui.theme.pens import pen
from rnnstudio.ui.theme.tokens import colour, scaled, sizes
from rnnstudio.ui.widgets.labels import plain_tip
from rnnstudio.ui.widgets.symbol_shape import SymbolShape, symbol_shape

_HEIGHT, _NARROWEST, _AROUND = 30.0, 34.0, 9.0
"""A pill's height and least width, and the room around what it says, in pixels at a desk."""


class RowStage(Enum):
    """Whether the pass has come to a value."""

    DONE = "done"
    CURRENT = "current"
    NOT_YET = "not yet"


_ROLES = {RowStage.DONE: "ink", RowStage.CURRENT: "on_you", RowStage.NOT_YET: "muted"}
"""The colour of what a pill says."""


class Track(QWidget):
    """A click on a pill goes to its value; the pill of several weights opens to them.

    ``asked(event)``: what the user wants. Where there is no room for all pills they are moved, so
    that the current one is in sight.
    """

    asked = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._state: InspectorState | None = None
        self._dense = False
        self.pills: list[Pill] = []
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(self.tr("Values of this step"))

    def show_state(self, state: InspectorState) -> None:
        """Show the values of the current step, as far as the pass has come."""
        before, self._state = self._state, state
        if before is not None and shown_row(before) == shown_row(state):
            return
        runs = row_runs(state.trace.cell, state.table)
        while len(self.pills) < len(runs):
            self._add_pill()
        for place, pill in enumerate(self.pills):
            pill.setVisible(place < len(runs))
            if place < len(runs):
                pill.show_run(state, runs[place])
        self.updateGeometry()
        self._place_pills()

    def set_dense(self, dense: bool) -> None:
        """Let the pills stand closely, or not."""
        if dense != self._dense:
            self._dense = dense
            self.updateGeometry()
            self._place_pills()

    def width_of(self, *, dense: bool) -> int:
        """How wide all pills are beside each other."""
        shown = [pill.width_of(dense=dense) for pill in self._shown()]
        return sum(shown) + self._gap(dense) * max(len(shown) - 1, 0)

    def sizeHint(self) -> QSize:
        """All pills beside each other."""
        return QSize(self.width_of(dense=self._dense), round(scaled(_HEIGHT)))

    def minimumSizeHint(self) -> QSize:
        """A few pills are in sight in any case."""
        least = min(self.sizeHint().width(), round(scaled(3 * _NARROWEST)))
        return QSize(least, self.sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the current pill in sight."""
        super().resizeEvent(event)
        self._place_pills()

    def _add_pill(self) -> None:
        pill = Pill(self)
        pill.clicked.connect(lambda: self._go_to(pill))
        self.pills.append(pill)

    def _go_to(self, pill: Pill) -> None:
        """To the value of a pill, or to one of those that it stands for."""
        if pill.run.count == 1:
            self.asked.emit(OperationChosen(pill.run.first))
        elif self._state is not None:
            menu = self._menu(self._state, pill.run)
            menu.popup(pill.mapToGlobal(QPoint(0, -menu.sizeHint().height())))

    def _menu(self, state: InspectorState, run: RowRun) -> QMenu:
        """The rows of a run, each with its symbol and in words; it is deleted once it closes."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for place in range(run.first, run.last + 1):
            row = state.table[place]
            written = symbol(row.name, state.cursor.notation).text
            action = menu.addAction(
                language.filled(self.tr("{0}: {1}"), written, language.text(row.meaning))
            )
            action.setCheckable(True)
            action.setChecked(place == state.cursor.operation)
            action.triggered.connect(
                lambda _checked, place=place: self.asked.emit(OperationChosen(place))
            )
        return menu

    def _shown(self) -> list[Pill]:
        return [pill for pill in self.pills if not pill.isHidden()]

    def _place_pills(self) -> None:
        left, high = -self._moved(), round(scaled(_HEIGHT))
        for pill in self._shown():
            width = pill.width_of(dense=self._dense)
            pill.setGeometry(left, (self.height() - high) // 2, width, high)
            left += width + self._gap(self._dense)

    @staticmethod
    def _gap(dense: bool) -> int:
        return sizes().quarter_gap if dense else sizes().half_gap

    def _moved(self) -> int:
        """How far the pills are moved to the left, for the current one to be in sight."""
        beyond = self.sizeHint().width() - self.width()
        if beyond <= 0:
            return 0
        before = 0
        for pill in self._shown():
            width = pill.width_of(dense=self._dense)
            if pill.stage is RowStage.CURRENT:
                before += width // 2
                break
            before += width + self._gap(self._dense)
        return min(max(before - self.width() // 2, 0), beyond)


def shown_row(state: InspectorState) -> tuple[object, ...]:
    """Which row of which table is looked at, and how it is written: all that pills follow from."""
    cursor = state.cursor
    return state.trace.cell, cursor.direction, cursor.operation, cursor.notation


class Pill(QAbstractButton):
    """A value by its symbol, or several by how many they are.

    Done: whole and in ink. Current: filled. Not yet: dashed.
    """

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.run, self.stage = RowRun(0, 0), RowStage.NOT_YET
        self._symbol, self._label, self._count = Symbol(""), "", ""
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    def show_run(self, state: InspectorState, run: RowRun) -> None:
        """Show one row of the pass, or several."""
        cursor, row = state.cursor, state.table[run.first]
        self.run = run
        here = run.place(cursor.operation)
        self.stage = (
            RowStage.CURRENT if here else
            RowStage.DONE if run.last < cursor.operation else RowStage.NOT_YET
        )  # fmt: skip
        self._symbol = pill_symbol(row.name, cursor.notation)
        self._label = language.text(run.label) if run.label is not None else ""
        self._count = language.filled(self.tr("{0} of {1}"), here, run.count) if here else ""
        said = self._label or language.text(spoken(state.trace.cell, row.name))
        self.setAccessibleName(language.text(_spoken_pill(said, self.stage)))
        self.setToolTip(plain_tip(said if run.label else language.text(row.meaning)))
        self.update()

    def width_of(self, *, dense: bool) -> int:
        """As wide as what it says."""
        around = _AROUND if self._label else _AROUND / 2
        least = _NARROWEST if not dense else _HEIGHT
        width = self._said_width() + 2 * scaled(around / 2 if dense and self._label else around)
        return round(max(width, scaled(least)))

    def paintEvent(self, _: QPaintEvent) -> None:
        """The pill, and on its middle the symbol."""
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            self._paint_ground(painter)
            if self._label:
                painter.setFont(words())
                painter.setPen(pen(self._role, 1))
                said = self._count or self._label
                painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, said)
            else:
                self._paint_symbol(painter)

    @property
    def _role(self) -> str:
        return {RowStage.DONE: "ink", RowStage.CURRENT: "on_you", RowStage.NOT_YET: "muted"}[
            self.stage
        ]

    def _said_width(self) -> float:
        if self._label:
            return QFontMetricsF(words()).horizontalAdvance(self._label)
        return self._shape().width

    def _shape(self) -> SymbolShape:
        return symbol_shape(self._symbol, sizes().heading)

    def _paint_ground(self, painter: QPainter) -> None:
        current, waits = self.stage is RowStage.CURRENT, self.stage is RowStage.NOT_YET
        line = pen("you" if current else "outline", 1.2, (4, 3) if waits else ())
        inviting = self.underMouse() and not current
        painter.setPen(line)
        ground = "you" if current else "you_soft" if inviting else "panel"
        painter.setBrush(QColor(colour(ground)))
        inset = line.widthF() / 2
        place = QRectF(self.rect()).adjusted(inset, inset, -inset, -inset)
        painter.drawRoundedRect(place, place.height() / 2, place.height() / 2)

    def _paint_symbol(self, painter: QPainter) -> None:
        """Symbols stand on one line, whatever accents they have."""
        shape = self._shape()
        left = (self.width() - shape.width) / 2
        baseline = self.height() / 2 + sizes().heading / 4
        shape.draw(painter, QPointF(left, baseline), QColor(colour(self._role)))


def _spoken_pill(said: str, stage: RowStage) -> Message:
    """A pill as a screen reader says it."""
    match stage:
        case RowStage.DONE:
            return Message("{value}, done", {"value": said})
        case RowStage.CURRENT:
            return Message("{value}, current", {"value": said})
    return Message("{value}, not yet", {"value": said})
