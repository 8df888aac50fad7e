"""What stands where a result will: its shape, dashed as all that is not yet, and what it costs."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from rnnstudio.core import language
from rnnstudio.core.messages import Message
from rnnstudio.ui.theme.pens import pen
from rnnstudio.ui.theme.tokens import scaled, sizes
from rnnstudio.ui.widgets.chart_picture import for_pictures
from rnnstudio.ui.widgets.labels import PlainLabel

Shape = Callable[[QRectF], QPainterPath]
"""Draws the shape of a result within a frame."""
_LEAST_HEIGHT = 60
_LINE, _DASHES = 2.0, (4.0, 4.0)
_SHEET = 0.8
"""The width of a sheet over its height."""


def not_yet(trainings: int, seconds: float | None = None) -> Message | None:
    """What a result costs: so many trainings of so many ``seconds`` each, if that is known.

    None where nothing would be trained.
    """
    if not trainings:
        return None
    if seconds is None:
        return Message.counted(
            "Not computed yet: {n} training.", "Not computed yet: {n} trainings.", trainings
        )
    return Message.counted(
        "Not computed yet: {n} training, about {seconds:.0f} s.",
        "Not computed yet: {n} trainings, about {seconds:.0f} s.",
        trainings,
        seconds=max(trainings * seconds, 1.0),
    )


class PendingResult(QWidget):
    """The outline of a result, and below it what it costs and what it is for."""

    def __init__(self, shape: Shape, about: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.drawing = _Drawing(shape)
        self.cost, self.about = PlainLabel(role="heading", wrap=True), PlainLabel(about, wrap=True)
        for_pictures(self.drawing, self.cost, self.about)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 2 * sizes().gap)
        layout.setSpacing(sizes().gap)
        layout.addWidget(self.drawing, stretch=1)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)
        for label in (self.cost, self.about):
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
            layout.addWidget(label)
        self.show_words(None)

    def show_words(self, cost: Message | None, about: str | None = None) -> None:
        """Say what the result costs, if anything; ``about`` is as before unless it is given."""
        self.cost.setText("" if cost is None else language.text(cost))
        if about is not None:
            self.about.setText(about)
        for label in (self.cost, self.about):
            label.setVisible(bool(label.text()))


class _Drawing(QWidget):
    """A shape, as large as there is room."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self._shape = shape
        self.setMinimumHeight(round(scaled(_LEAST_HEIGHT)))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def paintEvent(self, _: QPaintEvent) -> None:
        """The shape, and nothing that could be taken for a result."""
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(pen("outline", _LINE, _DASHES))
            gap = float(sizes().gap)
            frame = QRectF(self.rect()).adjusted(gap, gap, -gap, -gap)
            painter.drawPath(self._shape(frame))


def _axes(frame: QRectF) -> QPainterPath:
    path = QPainterPath(frame.topLeft())
    path.lineTo(frame.bottomLeft())
    path.lineTo(frame.bottomRight())
    return path


def _at(frame: QRectF, x: float, y: float) -> QPointF:
    """The place that is so large a share of the frame right of its left edge, below its upper."""
    return QPointF(frame.left() + x * frame.width(), frame.top() + y * frame.height())


def line_chart(frame: QRectF) -> QPainterPath:
    """Two lines on axes."""
    path = _axes(frame)
    for start, first, second, end in ((0.7, 0.2, 0.9, 0.25), (0.75, 0.6, 0.7, 0.5)):
        path.moveTo(_at(frame, 0.03, start))
        path.cubicTo(_at(frame, 0.35, first), _at(frame, 0.6, second), _at(frame, 0.97, end))
    return path


def dot_chart(frame: QRectF) -> QPainterPath:
    """Marks at their heights on axes, and a level that crosses all of them."""
    path, radius = _axes(frame), float(sizes().half_gap)
    path.moveTo(_at(frame, 0.0, 0.5))
    path.lineTo(_at(frame, 1.0, 0.5))
    for place, height in enumerate((0.4, 0.65, 0.3, 0.55, 0.75)):
        path.addEllipse(_at(frame, 0.1 + 0.2 * place, height), radius, radius)
    return path


def sheet(frame: QRectF) -> QPainterPath:
    """A sheet of paper: a heading, a chart, the rows of a table."""
    page = QRectF(frame)
    page.setWidth(min(frame.width(), _SHEET * frame.height()))
    page.moveCenter(frame.center())
    path = QPainterPath()
    path.addRoundedRect(page, sizes().radius, sizes().radius)
    for row, end in ((0.1, 0.6), (0.17, 0.9), (0.7, 0.9), (0.78, 0.9), (0.86, 0.9)):
        path.moveTo(_at(page, 0.1, row))
        path.lineTo(_at(page, end, row))
    path.addPath(line_chart(QRectF(_at(page, 0.1, 0.25), _at(page, 0.9, 0.6))))
    return path


def table_rows(frame: QRectF) -> QPainterPath:
    """The rows and columns of a table."""
    path = QPainterPath()
    path.addRoundedRect(frame, sizes().radius, sizes().radius)
    for row in range(1, 6):
        path.moveTo(_at(frame, 0.0, row / 6))
        path.lineTo(_at(frame, 1.0, row / 6))
    for column in (0.3, 0.55, 0.8):
        path.moveTo(_at(frame, column, 0.0))
        path.lineTo(_at(frame, column, 1.0))
    return path
