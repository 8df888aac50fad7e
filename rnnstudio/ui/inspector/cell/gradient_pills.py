"""Every gradient with a tick or a cross: whether it agrees with the differences."""

from __future__ import annotations

from dataclasses import dataclass, replace

from PySide6.QtCore import QPointF, QRectF, QSize
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from rnnstudio.core import language
from rnnstudio.core.cells.array_words import ArrayLabels, array_labels
from rnnstudio.core.cells.symbols import Symbol
from rnnstudio.ui.inspector.state import InspectorState
from rnnstudio.ui.theme.fonts import symbol_font
from rnnstudio.ui.theme.icons import judged, paint_icon
from rnnstudio.ui.theme.pens import pen
from rnnstudio.ui.theme.tokens import TypeScale, colour, sizes
from rnnstudio.ui.widgets.rich_text import RichText


@dataclass(frozen=True)
class GradientPill:
    """The gradient of one array, and whether it agrees."""

    symbol: Symbol
    agrees: bool


class GradientPills(QWidget):
    """Draws a pill a gradient, in as many lines as they need."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.pills: tuple[GradientPill, ...] = ()
        self._sizes = sizes()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(self.tr("Gradients"))

    def set_sizes(self, scale: TypeScale) -> None:
        """Draw beside letters of these sizes from now on."""
        self._sizes = scale
        self.update()

    def show_state(self, state: InspectorState, *, wrong_alone: bool = False) -> None:
        """Show the gradients that were checked, or only those that are wrong."""
        notation = state.cursor.notation
        pills = [
            GradientPill(_gradient(array_labels(state.scene, check.name, notation)), check.agrees)
            for check in state.checks or ()
        ]
        self.pills = tuple(pill for pill in pills if not (wrong_alone and pill.agrees))
        said = {True: self.tr("{0} agrees"), False: self.tr("{0} does not agree")}
        spoken = [language.filled(said[pill.agrees], pill.symbol.text) for pill in pills]
        self.setAccessibleDescription("; ".join(spoken))
        self.update()

    def heightForWidth(self, width: int) -> int:
        """How high the pills are in lines of that width."""
        if not self.pills:
            return 0
        return round(self._places(width)[-1].bottom() + 0.5)

    def sizeHint(self) -> QSize:
        """One line."""
        return QSize(0, round(self._height()))

    def paintEvent(self, _: QPaintEvent) -> None:
        """The pills in lines."""
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            for pill, place in zip(self.pills, self._places(self.width()), strict=True):
                self._paint_pill(painter, pill, place)

    def _paint_pill(self, painter: QPainter, pill: GradientPill, place: QRectF) -> None:
        """A wrong one stands out by its cross, its ground and its border."""
        painter.setPen(pen("hairline" if pill.agrees else "bad", 1))
        ground = QColor(colour("panel" if pill.agrees else "bad_soft"))
        painter.setBrush(ground)
        half, radius = painter.pen().widthF() / 2, place.height() / 2
        painter.drawRoundedRect(place.adjusted(half, half, -half, -half), radius, radius)
        side = float(self._sizes.mark)
        left = place.left() + self._sizes.half_gap
        mark = QRectF(left, place.center().y() - side / 2, side, side)
        paint_icon(painter, mark, *judged(pill.agrees))
        text = self._text(pill)
        top = QPointF(mark.right() + self._sizes.quarter_gap, place.center().y() - text.height / 2)
        text.draw(painter, top, QColor(colour("ink")))

    def _places(self, width: int) -> list[QRectF]:
        """Where each pill stands in lines of that width."""
        gap, height = float(self._sizes.half_gap), self._height()
        places: list[QRectF] = []
        left, top = 0.0, 0.0
        for pill in self.pills:
            around = self._sizes.mark + self._sizes.half_gap + self._sizes.gap
            wide = self._text(pill).width + around
            if left and left + wide > width:
                left, top = 0.0, top + height + gap
            places.append(QRectF(left, top, wide, height))
            left += wide + gap
        return places

    def _height(self) -> float:
        return 1.6 * self._sizes.mark

    def _text(self, pill: GradientPill) -> RichText:
        pixels = self._sizes.text
        return RichText(pill.symbol.html, pixels, symbol_font(pixels))


def _gradient(labels: ArrayLabels) -> Symbol:
    """How the gradient of an array is written."""
    return replace(labels.array, before="d")
